# SPDX-License-Identifier: MIT
"""The engine against the plain model of tests/model, on its random policies and logs: whatever way
a host takes its events, they are those of the model, in its order, each told once."""

import datetime
import random
import sys
import unittest

import laws  # first: it freezes the zones

sys.path.insert(0, str(laws.ROOT / "tests" / "model"))

import drive  # noqa: E402  beside the model
import tap_unittest  # noqa: E402
from compare import normal  # noqa: E402
from generate import WINDOWS, LogWriter, shuffled  # noqa: E402
from hypothesis import assume, given, strategies as st  # noqa: E402
from model_calendar import OutOfRange  # noqa: E402
from model_engine import Model  # noqa: E402
from model_policy import Author, yaml_text  # noqa: E402
from model_rules import Rules  # noqa: E402
from walk import seconds  # noqa: E402

import libsla  # noqa: E402

PLAIN = {"agreed", "agreements", "roll", "host"}
CHANGING = PLAIN | {"retarget", "reopen"}
LATE = CHANGING | {"late"}
FEATURES = st.sampled_from([PLAIN, CHANGING, LATE])
STATES = {"cancelled": "cancelled", "exempted": "exempt"}


class Case:
    """A random policy and log, and the model after it."""

    def __init__(self, seed, features):
        self.seed = seed
        self.rng = random.Random(seed)
        window = self.rng.choice(WINDOWS)
        self.policy = Author(self.rng, features, window).policy()
        rules = Rules(self.policy, window)
        writer = LogWriter(self.rng, rules, features, window)
        rows, self.until, _ = writer.write(self.rng.choice([1, 2, 4]), self.rng.choice([6, 15, 30]))
        self.rows = shuffled(self.rng, rows) if "late" in features else rows
        self.rules = rules
        self.zone = self.policy["timezone"]

    def model(self, count=None):
        model = Model(self.rules)
        for row in self.rows[:count]:
            model.update(*row)
        if count is None:
            model.advance(self.until)
        return model

    def compiled(self):
        return libsla.Policy.compile(yaml_text(self.policy), zoneinfo=str(laws.ZONES))

    def __repr__(self):
        lines = [f"seed {self.seed}", yaml_text(self.policy), *map(repr, self.rows),
                 f"until {self.until}"]
        return "\n".join(lines)


@st.composite
def cases(draw, features=FEATURES):
    try:
        case = Case(draw(st.integers(0, 2 ** 32)), draw(features))
        case.told = [normal(event) for event in case.model().told]
    except OutOfRange:
        assume(False)
    return case


def plain(event):
    """An Event in the model's words."""
    return normal({
        "type": str(event.type), "incident": event.incident, "agreement": event.agreement,
        "kind": str(event.kind), "metric": event.metric, "cycle": event.cycle,
        "at": seconds(event.at), "elapsed": event.elapsed // datetime.timedelta(seconds=1),
        "deadline": None if event.deadline is None else seconds(event.deadline),
        "remaining": event.remaining // datetime.timedelta(seconds=1), "late": event.late,
        "percent": event.percent, "level": event.level, "notify": list(event.notify),
        "via": list(event.via), "severity": event.severity, "in_grace": event.in_grace,
        "reason": event.reason, "actor": event.actor})


class EngineLaws(unittest.TestCase):
    maxDiff = 3000

    def assert_events(self, events, expected, case):
        self.assertEqual([plain(event) for event in events], expected, case)
        ids = [event.id for event in events]
        self.assertEqual(len(ids), len(set(ids)), case)  # E5
        for event in events:
            self.assertIsNone(laws.same_datetime(event.at, seconds(event.at), case.zone))

    @given(cases(), st.sampled_from([drive.pulled, drive.handed_over, drive.batched]))
    def test_events_are_the_models_in_whatever_way_they_are_taken(self, case, run):
        with case.compiled() as policy:
            events, engine = run(random.Random(case.seed), policy, case.rows, case.until)
            with engine:
                self.assert_events(events, case.told, case)

    @given(cases(st.sampled_from([PLAIN, CHANGING])))
    def test_steps_of_bytes_tell_of_each_incident_what_the_model_tells(self, case):
        with case.compiled() as policy:
            told = drive.stepped(random.Random(case.seed), policy, case.rows, case.until)
        for incident, events in told.items():
            self.assert_events(events, [event for event in case.told
                                        if event["incident"] == incident], case)

    @given(cases())
    def test_clocks_stand_as_the_models(self, case):
        with case.compiled() as policy, libsla.Engine(policy) as engine:
            engine.update_many(case.rows)
            engine.advance(case.until)
            got = {(c.incident, c.metric, str(c.kind), c.cycle): self.clock(c)
                   for c in engine.clocks()}
            self.assertEqual(got, dict(self.clocks_of(case.model())), case)
            for clock in engine.clocks(state=("running", "paused")):
                self.assertEqual(engine.clock(clock.incident, clock.metric, clock.kind), clock)

    @staticmethod
    def clock(clock):
        second = datetime.timedelta(seconds=1)
        return (str(clock.state), seconds(clock.started),
                None if clock.deadline is None else seconds(clock.deadline),
                clock.elapsed // second)

    @staticmethod
    def clocks_of(model):
        for incident in model.incidents.values():
            for (metric, kind), cycles in incident.clocks.items():
                for clock in cycles:
                    if clock.silent:
                        continue
                    counted_to = model.now if clock.state == "running" else (
                        clock.paused_since() if clock.state == "paused" else clock.judged_at)
                    deadline = None if clock.state == "paused" else clock.deadline_and_breach()[0]
                    yield (incident.name, metric, kind, clock.cycle), (
                        STATES.get(clock.state, clock.state), clock.started, deadline,
                        clock.used(counted_to))

    @given(cases(), st.integers(0, 30))
    def test_next_due_is_when_the_model_tells_something_next_E7(self, case, count):
        count = min(count, len(case.rows))
        assume(count > 0)
        try:
            due = self.next_told(case.model(count))
        except OutOfRange:
            assume(False)
        with case.compiled() as policy, libsla.Engine(policy) as engine:
            engine.update_many(case.rows[:count])
            list(engine)
            if due is not None:
                self.assertLessEqual(engine.next_due_seconds, due, case)
            if not any("when" in step or "late" in step for entry in case.policy.get(
                    "escalations", []) for step in entry["steps"]):
                self.assertEqual(engine.next_due_seconds, due, case)
            if engine.next_due is not None:  # then nothing is told before
                self.assertIsNone(laws.same_datetime(engine.next_due, engine.next_due_seconds,
                                                     case.zone), case)
                engine.advance(engine.next_due_seconds - 1)
            self.assertEqual(list(engine), [], case)

    @staticmethod
    def next_told(model):
        """When the model tells something next, or None."""
        told = len(model.told)
        while (fact := model.next_fact()) is not None:
            model.fire(fact)
            if len(model.told) > told:
                return fact[0][0]
        return None

    @given(cases(), st.data())
    def test_a_saved_engine_is_the_same_and_a_damaged_one_is_refused(self, case, data):
        with case.compiled() as policy, libsla.Engine(policy) as engine:
            engine.update_many(case.rows)
            state = engine.save()
            with libsla.Engine(policy) as other:
                other.load(state)
                self.assertEqual(other.save(), state)
                self.assertEqual(other.clocks(), engine.clocks())
                self.assertEqual(list(other), list(engine))
            with libsla.Engine(policy) as other:
                place = data.draw(st.integers(0, len(state) - 1))
                damaged = bytearray(state)
                damaged[place] ^= data.draw(st.integers(1, 255))
                for broken in (bytes(damaged), state[:place]):
                    with self.assertRaises((libsla.DataError, libsla.PolicyChangedError)):
                        other.load(broken)
                    self.assertEqual(other.incidents, 0)


if __name__ == "__main__":
    tap_unittest.main()
