# SPDX-License-Identifier: MIT
"""Calendars against a walk over every minute (walk.py), on random calendars and instants."""

import datetime
import unittest

import laws  # first: it freezes the zones
import tap_unittest
from hypothesis import given, strategies as st
from random_calendars import instants, policies
from walk import Outside, seconds

import libsla

COUNTED = [0, 1, 59, 60, 61, 1800, 3600, 8 * 3600, 86400, 5 * 86400]


def text_of(count):
    """A length of time as people write it."""
    hours, rest = divmod(count, 3600)
    return f"{hours}h{rest // 60}m{rest % 60}s"


class Question:
    """One question to a calendar; arguments are instants ("at"), lengths ("for") or neither."""

    def __init__(self, name, arguments, expected, answer):
        self.name, self.arguments, self.expected, self.answer = name, arguments, expected, answer

    def __repr__(self):
        return f"{self.name}{self.arguments} = {self.expected}"

    def as_numbers(self, calendar):
        return getattr(calendar, self.name)(*(value for _, value in self.arguments))

    def as_datetimes(self, calendar, draw):
        arguments = []
        for what, value in self.arguments:
            if what == "at":
                value = draw(laws.datetimes_of(value))
            elif what == "for":
                forms = [datetime.timedelta(seconds=value, microseconds=draw(
                    st.sampled_from([0, 1, 999_999]))), value]
                value = draw(st.sampled_from(forms + [text_of(value)] * (value >= 0)))
            arguments.append(value)
        return getattr(calendar, self.name)(*arguments), arguments


@st.composite
def questions(draw, made, roll):
    walk = made.walk
    at, other = draw(instants(walk)), draw(instants(walk))
    count = draw(st.sampled_from(COUNTED))
    date = walk.local_of(at)[0]
    options = {
        "is_open": ([("at", at)], lambda: walk.is_open(at), "as it is"),
        "next_open": ([("at", at)], lambda: walk.next_open(at), "at"),
        "next_close": ([("at", at)], lambda: walk.next_close(at), "at"),
        "elapsed": ([("at", at), ("at", other)], lambda: walk.elapsed(at, other), "for"),
        "add": ([("at", at), ("for", count)], lambda: walk.add(at, count), "at"),
        "due": ([("at", at), ("as it is", text_of(count))],
                lambda: walk.due_counted(at, count, roll), "at"),
        "date": ([("at", at)], lambda: date, "as it is"),
    }
    name = draw(st.sampled_from(sorted(options)))
    if name == "add" and draw(st.booleans()):
        options["add"] = ([("at", at), ("for", -count)], lambda: walk.add(at, -count), "at")
    arguments, expected, answer = options[name]
    try:
        return Question(name, arguments, expected(), answer)
    except Outside:
        return None


@st.composite
def targets(draw):
    """(text, options, how the walk is asked)."""
    count = draw(st.integers(0, 3))
    due = draw(st.sampled_from([None, "same_time", "close", 0, 540, 720, 150, 1410]))
    cutoff = draw(st.sampled_from([None, None, 60, 720, 960]))
    options = {}
    if due is not None:
        options["due"] = due if isinstance(due, str) else f"{due // 60:02}:{due % 60:02}"
    if cutoff is not None:
        options["cutoff"] = f"{cutoff // 60:02}:{cutoff % 60:02}"
    return f"{count}wd", options, (count, due or "same_time" if due != 0 else 0, cutoff)


def compiled(random):
    return libsla.Policy.compile(random.text, zoneinfo=str(laws.ZONES))


class CalendarLaws(unittest.TestCase):
    maxDiff = None

    @given(policies(), st.data())
    def test_numbers_and_datetimes_of_any_zone_are_answered_as_by_the_walk(self, random, data):
        with compiled(random) as policy:
            for name, made in random.made.items():
                calendar = policy.calendar(name)
                for _ in range(20):
                    question = data.draw(questions(made, random.roll))
                    if question is not None:
                        self.ask(calendar, made.walk.key, question, data.draw)

    def ask(self, calendar, zone, question, draw):
        got = question.as_numbers(calendar)
        self.assertEqual(got, question.expected, question)
        self.assertIs(type(got), type(question.expected), question)
        got, arguments = question.as_datetimes(calendar, draw)
        if question.answer == "at":
            fault = laws.same_datetime(got, question.expected, zone)
            self.assertIsNone(fault, f"{question.name}{arguments}")
        elif question.answer == "for":
            self.assertEqual(got, datetime.timedelta(seconds=question.expected), arguments)
        else:
            self.assertEqual(got, question.expected, arguments)

    @given(policies(), st.data())
    def test_working_days_are_due_as_by_the_walk_D2(self, random, data):
        with compiled(random) as policy:
            for name, made in random.made.items():
                calendar = policy.calendar(name)
                for _ in range(8):
                    start = data.draw(instants(made.walk))
                    text, options, asked = data.draw(targets())
                    try:
                        expected = made.walk.due_workdays(start, *asked)
                    except Outside:
                        continue
                    target = libsla.Target.parse(text, **options)
                    self.assertEqual(calendar.due(start, target), expected, (name, start, target))
                    given = data.draw(laws.datetimes_of(start))
                    self.assertIsNone(laws.same_datetime(calendar.due(given, target), expected,
                                                         made.walk.key), (name, given, target))
                    if not options:
                        self.assertEqual(calendar.due(start, text), expected)

    @given(policies(), st.data())
    def test_calendar_days_are_due_as_by_the_walk_D3(self, random, data):
        with compiled(random) as policy:
            for name, made in random.made.items():
                start, count = data.draw(instants(made.walk)), data.draw(st.integers(0, 5))
                if not made.always:
                    if all(made.walk.flags):
                        continue  # open for these weeks, perhaps for ever
                    with self.assertRaises(libsla.ArgumentError):
                        policy.calendar(name).due(start, f"{count}d")
                    continue
                expected = made.walk.due_days(start, count)
                self.assertEqual(policy.calendar(name).due(start, f"{count}d"), expected)

    @given(policies(), st.data())
    def test_dates_are_counted_as_by_the_walk_C7(self, random, data):
        with compiled(random) as policy:
            for name, made in random.made.items():
                calendar, walk = policy.calendar(name), made.walk
                for _ in range(4):
                    date = walk.local_of(data.draw(instants(walk)))[0]
                    other = walk.local_of(data.draw(instants(walk)))[0]
                    count = data.draw(st.integers(-4, 4))
                    self.assertIs(calendar.is_workday(date), walk.is_workday(date))
                    self.assertEqual(calendar.workdays(date, other), walk.workdays(date, other))
                    try:
                        expected = walk.add_workdays(date, count)
                    except Outside:
                        pass  # it may even be one that never comes (C8)
                    else:
                        self.assertEqual(calendar.add_workdays(date, count), expected)
                    self.assert_day(calendar.day(date), walk, date)

    def assert_day(self, day, walk, date):
        stretches = walk.stretches(date)
        self.assertEqual([(seconds(part.open), seconds(part.close)) for part in day.stretches],
                         stretches)
        for part, (opens, closes) in zip(day.stretches, stretches):
            self.assertIsNone(laws.same_datetime(part.open, opens, walk.key))
            self.assertIsNone(laws.same_datetime(part.close, closes, walk.key))

    @given(policies(), st.data())
    def test_answers_behind_a_holiday_list_are_provisional_C10(self, random, data):
        with compiled(random) as policy:
            for name, made in random.made.items():
                at = data.draw(instants(made.walk))
                if made.through is ...:  # of others, in zones of their own
                    expected = any(made.walk_date(at) > made.through for made in (
                        random.made["c0"], random.made["c1"]) if made.through)
                else:
                    expected = made.through is not None and made.walk_date(at) > made.through
                calendar = policy.calendar(name)
                self.assertIs(calendar.is_provisional(at), expected)
                self.assertIs(calendar.is_provisional(data.draw(laws.datetimes_of(at))), expected)


if __name__ == "__main__":
    tap_unittest.main()
