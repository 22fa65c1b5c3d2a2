#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the comparison with peers rests on: its questions, and libsla's answers to them, which are
the measure of everybody else's. They are compared with a walk over local days.

usage: peers_test.py LIBSLA    (the program built from libsla.c)
"""

import datetime
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zoneinfo

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / "support"))

import peer_questions as questions  # noqa: E402
import table  # noqa: E402
import tap_unittest  # noqa: E402

LIBSLA = sys.argv.pop()
ZONE = zoneinfo.ZoneInfo(questions.ZONE)
HOLIDAYS = set(questions.holidays())
DAY = datetime.timedelta(days=1)
SETS = {"office": (((9, 12), (13, 18)), HOLIDAYS), "plain": (((9, 17),), HOLIDAYS)}


def is_workday(date, holidays):
    return date.weekday() < 5 and date not in holidays


def date_of(number):
    return questions.EPOCH + datetime.timedelta(days=number)


def stretches(start, hours, holidays):
    """The open stretches from an instant on, day after local day, without end."""
    date = datetime.datetime.fromtimestamp(start, ZONE).date()
    while True:
        for begin, end in hours if is_workday(date, holidays) else ():
            opening, closing = (int(datetime.datetime(date.year, date.month, date.day, hour,
                                                      tzinfo=ZONE).timestamp())
                                for hour in (begin, end))
            if closing > start:
                yield max(opening, start), closing
        date += DAY


def add(start, counted, hours, holidays):
    for opening, closing in stretches(start, hours, holidays):
        if counted <= closing - opening:
            return opening + counted
        counted -= closing - opening


def elapsed(start, end, hours, holidays):
    counted = 0
    for opening, closing in stretches(start, hours, holidays):
        if opening >= end:
            return counted
        counted += min(closing, end) - opening


def add_days(number, count, holidays):
    date = date_of(number)
    while count > 0:
        date += DAY
        count -= is_workday(date, holidays)
    return (date - questions.EPOCH).days


def count_days(number, last, holidays):
    return sum(is_workday(date_of(day), holidays) for day in range(number, last))


class Answers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        questions.write(cls.folder)
        lines = (cls.folder / "questions.txt").read_text(encoding="ascii").splitlines()
        cls.rows = [tuple(map(int, line.split())) for line in lines]
        subprocess.run(
            [LIBSLA, cls.folder, "0", "office", "batch", "plain", "rolled", "weekdays", "days"],
            check=True, capture_output=True)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def answers(self, name, work):
        path = self.folder / "answers" / f"{name}.{work}"
        return list(map(int, path.read_text(encoding="ascii").split()))

    def same(self, got, expected):
        """assertEqual() would compare two long lists by a slow search for a nice message."""
        self.assertEqual(len(got), len(expected))
        self.assertEqual([pair for pair in zip(self.rows, got, expected)
                          if pair[1] != pair[2]][:3], [])

    def expect(self, name, work, call):
        self.same(self.answers(name, work), [call(*row) for row in self.rows])

    def test_every_holiday_is_a_weekday_and_no_two_are_one(self):
        self.assertEqual(len(HOLIDAYS), 10 * questions.YEARS)
        self.assertTrue(all(date.weekday() < 5 for date in HOLIDAYS))

    def test_questions_lie_in_the_years_that_have_holidays(self):
        years = {datetime.datetime.fromtimestamp(row[0], ZONE).year for row in self.rows}
        self.assertEqual(years, set(range(2015, 2035)))
        self.assertLess(max(row[1] for row in self.rows),
                        datetime.datetime(2034, 12, 25, tzinfo=ZONE).timestamp())
        for _, _, day, _ in self.rows:
            self.assertTrue(is_workday(date_of(day), HOLIDAYS))

    def test_hours_are_those_of_a_walk_over_days(self):
        for name, (hours, holidays) in SETS.items():
            with self.subTest(name):
                self.expect(name, "W1", lambda start, *_: add(start, 8 * 3600, hours, holidays))
                self.expect(name, "W2", lambda start, *_: add(start, 200 * 3600, hours, holidays))
                self.expect(name, "W3",
                            lambda start, end, *_: elapsed(start, end, hours, holidays))

    def test_days_are_those_of_a_walk_over_days(self):
        for name, holidays in (("days", HOLIDAYS), ("weekdays", set())):
            with self.subTest(name):
                self.expect(name, "W1", lambda _, __, day, ___: add_days(day, 1, holidays))
                self.expect(name, "W2", lambda _, __, day, ___: add_days(day, 25, holidays))
                self.expect(name, "W3",
                            lambda _, __, day, last: count_days(day, last, holidays))

    def test_rolled_answers_move_from_closing_time_to_the_next_opening(self):
        hours, holidays = SETS["office"]
        for work in ("W1", "W2"):
            self.same(
                self.answers("rolled", work),
                [next(stretches(at, hours, holidays))[0] for at in self.answers("office", work)])

    def test_batch_answers_are_those_of_single_calls(self):
        for work in table.WORKS:
            self.same(self.answers("batch", work), self.answers("office", work))

    def test_a_wrong_answer_is_seen_in_the_percents(self):
        right = self.answers("office", "W1")
        wrong = [value + (number == 7) for number, value in enumerate(right)]
        (self.folder / "answers" / "peer.W1").write_text(
            "".join(f"{value}\n" for value in wrong), encoding="ascii")
        self.assertEqual(table.same(self.folder, "peer", "office", "W1"), 99)
        self.assertEqual(table.same(self.folder, "office", "office", "W1"), 100)
        self.assertIsNone(table.same(self.folder, "absent", "office", "W1"))

    def test_the_best_round_counts_and_ratios_are_within_a_group(self):
        figures = table.Figures()
        figures.add("time office W1 10 4096", "Go")
        figures.add("time office W1 8 4096", "Go")
        figures.add("time office W1 9 4096", "Go")
        figures.add("time office W1 4 4096", "Rust")
        figures.add("time peer W1 100 50\nfault other it broke")
        figures.add("time peer W1 80 30")
        figures.add("time peer W1 95 30")
        self.assertEqual(figures.ratio("peer", "office", "W1", "Go"), 10)
        self.assertEqual(figures.rows["peer", "W1"], 50)
        self.assertEqual(figures.own("office", "W1"), 4)
        self.assertIsNone(figures.ratio("peer", "office", "W2", "Go"))


tap_unittest.main()
