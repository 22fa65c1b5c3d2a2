# SPDX-License-Identifier: MIT
"""Saved bytes, other policies for what is going on, and the pure step: E8 and E9."""

import datetime
import unittest

import incidents
import libsla
import tap_unittest
from incidents import at

HOUR = datetime.timedelta(hours=1)


def run(engine, updates):
    """What updates and the time until Monday night bring, as events."""
    engine.update_many(updates)
    engine.advance(at("22:00", 23))
    return list(engine)


class StateCase(unittest.TestCase):
    def setUp(self):
        self.policy = incidents.policy()
        self.engine = libsla.Engine(self.policy)
        self.addCleanup(self.policy.close)


class Saving(StateCase):
    """Going on from bytes is as never having stopped."""

    def test_saved_anywhere_it_goes_on_the_same(self):
        updates = incidents.history()
        wanted = run(libsla.Engine(self.policy), updates)
        for place in range(len(updates) + 1):
            engine = libsla.Engine(self.policy)
            engine.update_many(updates[:place])
            state = engine.save()
            self.assertIsInstance(state, bytes)
            other = libsla.Engine(self.policy)
            self.assertEqual([], other.load(state))
            self.assertEqual(wanted, run(other, updates[place:]))

    def test_one_incident_goes_from_engine_to_engine(self):
        self.engine.update_many(incidents.history())
        other = libsla.Engine(self.policy)
        other.load(self.engine.save_incident("B"))
        self.assertEqual(self.engine.clocks(incident="B"), other.clocks())
        other.load(memoryview(self.engine.save_incident("A")))
        self.assertEqual(2, other.incidents)

    def test_bytes_say_what_they_are(self):
        self.engine.update("A", at("09:00"))
        info = libsla.describe(self.engine.save())
        self.assertEqual((1, False, 1, 2, at("09:00"), self.policy.fingerprint),
                         (info.format, info.is_incident, info.incidents, info.events, info.now,
                          info.fingerprint))
        self.assertEqual(datetime.timezone.utc, info.now.tzinfo)
        self.assertTrue(libsla.describe(bytearray(self.engine.save_incident("A"))).is_incident)
        self.assertIsNone(libsla.describe(libsla.Engine(self.policy).save()).now)

    def test_damaged_bytes_are_refused_and_change_nothing(self):
        self.engine.update("A", at("09:00"))
        state = self.engine.save()
        other = libsla.Engine(self.policy)
        for broken in (b"", state[:-1], state[1:], state + b"\0", bytes(len(state)),
                       state[:40] + bytes([state[40] ^ 1]) + state[41:]):
            for refused in (lambda: other.load(broken), lambda: libsla.describe(broken),
                            lambda: self.policy.step(broken or b"x", now=at("10:00"))):
                with self.assertRaises(libsla.DataError):
                    refused()
        self.assertEqual((0, 0), (other.incidents, other.pending))
        for wrong in ("text", 5, None, [1]):
            with self.assertRaises(TypeError):
                other.load(wrong)

    def test_an_engine_is_loaded_into_an_empty_one_only(self):
        self.engine.update("A", at("09:00"))
        with self.assertRaisesRegex(libsla.ArgumentError, "load"):
            self.engine.load(self.engine.save())


class Moving(StateCase):
    """Another policy for what is going on."""

    def setUp(self):
        super().setUp()
        self.stricter = incidents.policy(incidents.STRICTER)
        self.addCleanup(self.stricter.close)
        self.engine.update_many(incidents.history())
        list(self.engine)

    def moves(self, moves):
        return [(move.change, move.incident, move.metric, move.deadline_before, move.deadline,
                 move.budget_before, move.budget) for move in moves]

    def wanted(self):
        # 6 h instead of 8 h: B from 09:30 with an hour of pause is due Fri 16:30 and not Mon 10:30;
        # C from 10:10 Fri 16:10 and not Mon 10:10.
        return [("retargeted", "B", "solve", at("10:30", 23), at("16:30"), 8 * HOUR, 6 * HOUR),
                ("retargeted", "C", "solve", at("10:10", 23), at("16:10"), 8 * HOUR, 6 * HOUR)]

    def test_bound_to_a_live_engine_it_says_what_moved(self):
        moves = self.engine.bind(self.stricter)
        self.assertEqual(self.wanted(), self.moves(moves))
        self.assertEqual(("sla", 1, "default", "office", "office"),
                         (moves[0].kind, moves[0].cycle, moves[0].agreement,
                          moves[0].calendar_before, moves[0].calendar))
        self.assertIs(self.stricter, self.engine.policy)
        # half of 6 h was used by then: told late, as nothing was said of it yet (K9)
        self.assertEqual([("retargeted", "B"), ("warning", "B"), ("retargeted", "C"),
                          ("warning", "C")],
                         [(event.type, event.incident) for event in self.engine])
        self.assertEqual(at("16:30"), self.engine.clock("B", "solve").deadline)

    def test_bytes_of_another_policy_need_rebind(self):
        state = self.engine.save()
        other = libsla.Engine(self.stricter)
        with self.assertRaisesRegex(libsla.PolicyChangedError, "load"):
            other.load(state)
        self.assertEqual(0, other.incidents)
        self.assertEqual(self.wanted(), self.moves(other.load(state, rebind=True)))

    def test_the_engine_needs_the_old_policy_no_more(self):
        self.engine.bind(self.stricter)
        self.policy.close()
        self.assertEqual(at("16:30"), self.engine.clock("B", "solve").deadline)
        self.engine.update("D", at("15:00"))
        self.assertEqual("D", list(self.engine)[-1].incident)

    def test_a_policy_that_is_closed_goes_on_in_its_engines(self):
        self.policy.close()
        self.engine.update("D", at("14:00"))
        self.assertEqual(2, self.engine.pending)
        self.assertEqual("Europe/Berlin", next(iter(self.engine)).at.tzinfo.key)
        for refused in (lambda: libsla.Engine(self.policy), lambda: self.engine.bind(self.policy),
                        lambda: self.engine.step(None, "A", 0)):
            with self.assertRaises(libsla.ClosedError):
                refused()


class Steps(StateCase):
    """The pure step."""

    def test_steps_bring_what_an_engine_brings(self):
        for incident in "ABC":
            updates = [update for update in incidents.history() if update[0] == incident]
            wanted = run(libsla.Engine(self.policy), updates)
            state, got = None, []
            for name, instant, *rest in updates:
                step = self.policy.step(state, name, instant, *rest[:1],
                                        attributes=(rest[1:] or [None])[0])
                self.assertEqual("applied", step.outcome)
                state, got = step.state, got + list(step.events)
            while step.next_due is not None:
                step = self.engine.step(state, now=step.next_due)
                state, got = step.state, got + list(step.events)
            self.assertEqual(wanted, got)
            self.assertGreater(len(got), 3)

    def test_a_step_is_pure(self):
        first = self.policy.step(None, "A", at("09:00"), impact="outage")
        again = self.policy.step(first.state, "A", at("09:40"), "answered")
        self.assertEqual(again, self.policy.step(first.state, "A", at("09:40"), "answered"))
        self.assertEqual(["started", "started"], [event.type for event in first.events])
        self.assertEqual(at("10:00") + datetime.timedelta(seconds=1), first.next_due)
        self.assertEqual(at("11:00"), again.next_due)
        self.assertEqual((0, True), (libsla.describe(first.state).events,
                                     libsla.describe(first.state).is_incident))

    def test_time_passes_before_the_update_and_an_older_one_is_late_news(self):
        first = self.policy.step(None, "A", at("09:00"))
        late = self.policy.step(first.state, "A", at("10:30"), "answered", now=at("11:30"))
        self.assertEqual([("breach", False), ("breach_retracted", True), ("met", True)],
                         [(event.type, event.late) for event in late.events])
        self.assertEqual(late, self.policy.step(first.state, "A", at("10:30"), "answered",
                                                now=int(at("11:30").timestamp())))

    def test_nothing_in_nothing_out(self):
        step = self.policy.step(None, now=at("09:00"))
        self.assertEqual((b"", (), None, "applied"),
                         (step.state, step.events, step.next_due, step.outcome))
        self.assertEqual(step, self.policy.step(b"", now=at("09:00")))

    def test_the_instant_of_an_update_may_be_now(self):
        self.assertEqual(self.policy.step(None, "A", at("09:00")).state,
                         self.policy.step(None, "A", now=at("09:00")).state)

    def test_what_does_not_fit_together_is_refused(self):
        state = self.policy.step(None, "A", at("09:00"), sequence=5).state
        for kind, wrong in (
                (TypeError, lambda: self.policy.step(None, "A")),
                (TypeError, lambda: self.policy.step(state, None, at("09:00"))),
                (TypeError, lambda: self.policy.step(state, impact="outage")),
                (TypeError, lambda: self.policy.step("text", "A", at("09:00"))),
                (libsla.ArgumentError, lambda: self.policy.step(state, "B", at("09:10"))),
                (libsla.OrderError, lambda: self.policy.step(state, "A", at("08:00"))),
                (libsla.RangeError, lambda: self.policy.step(state, now=1 << 65)),
                (libsla.TextError,
                 lambda: self.policy.step(state, "A", at("09:10"), "sla:extend", by="x"))):
            with self.assertRaises(kind):
                wrong()
        again = self.policy.step(state, "A", at("09:10"), "solved", sequence=5)
        self.assertEqual(("duplicate", ()), (again.outcome, again.events))

    def test_a_state_of_another_policy_is_rebound_when_asked(self):
        state = self.policy.step(None, "A", at("09:00")).state
        stricter = incidents.policy(incidents.STRICTER)
        with self.assertRaises(libsla.PolicyChangedError):
            stricter.step(state, now=at("09:10"))
        step = stricter.step(state, now=at("09:10"), rebind=True)
        self.assertEqual([("retargeted", at("15:00"))],
                         [(event.type, event.deadline) for event in step.events])


if __name__ == "__main__":
    tap_unittest.main()
