# SPDX-License-Identifier: MIT
"""The engine: updates, time, events in line, clocks."""

import dataclasses
import datetime
import unittest

import incidents
import libsla
import tap_unittest
from incidents import at, told

HOUR = datetime.timedelta(hours=1)


class EngineCase(unittest.TestCase):
    """An engine that nothing has happened to yet."""

    def setUp(self):
        self.policy = incidents.policy()
        self.engine = libsla.Engine(self.policy)
        self.addCleanup(self.policy.close)
        self.addCleanup(self.engine.close)


class Updates(EngineCase):
    """E1 to E3."""

    def test_update_starts_clocks_and_advance_passes_time(self):
        self.assertEqual("applied", self.engine.update("A", at("09:00"), impact="outage"))
        # 50 % of 4 h is 11:00; the answer is due at 10:00, and broken a second later (K3, E4)
        self.assertEqual(at("10:00") + datetime.timedelta(seconds=1), self.engine.next_due)
        self.engine.advance(at("13:01"))
        self.assertEqual([("09:00", "started", "A", "answer"), ("09:00", "started", "A", "solve"),
                          ("10:00", "breach", "A", "answer"), ("11:00", "warning", "A", "solve"),
                          ("13:00", "breach", "A", "solve")], told(self.engine))
        self.assertIsNone(self.engine.next_due)
        self.assertEqual(at("13:01"), self.engine.now)

    def test_instants_may_be_seconds(self):
        self.engine.update("A", int(at("09:00").timestamp()))
        self.engine.advance(int(at("10:00").timestamp()))
        self.assertEqual(at("10:00"), self.engine.now)
        self.assertEqual(int(at("11:00").timestamp()) + 1, self.engine.next_due_seconds)

    def test_an_untouched_engine_knows_no_time(self):
        self.assertIsNone(self.engine.now)
        self.assertIsNone(self.engine.next_due)
        self.assertIsNone(self.engine.next_due_seconds)
        self.assertEqual(0, self.engine.incidents)
        self.assertGreater(self.engine.memory, 0)

    def test_a_naive_datetime_is_refused_with_advice(self):
        naive = datetime.datetime(2026, 11, 20, 9)
        for refused in (lambda: self.engine.update("A", naive), lambda: self.engine.advance(naive),
                        lambda: self.engine.clocks(due_before=naive)):
            with self.assertRaisesRegex(libsla.NaiveTimeError, "ZoneInfo"):
                refused()
        self.assertEqual(0, self.engine.incidents)

    def test_a_sequence_seen_before_is_a_duplicate(self):
        self.assertEqual("applied", self.engine.update("A", at("09:00"), sequence=7))
        self.assertIs(libsla.Outcome.DUPLICATE,
                      self.engine.update("A", at("09:10"), "solved", sequence=7))
        self.assertEqual("running", self.engine.clock("A", "solve").state)

    def test_a_severity_that_the_policy_does_not_list_is_told(self):
        plain = incidents.policy("sla: 1\nseverities: [high, low]\ntargets: [{resolution: 1h}]\n")
        engine = libsla.Engine(plain)
        self.assertIs(libsla.Outcome.UNKNOWN_SEVERITY, engine.update("A", 0, severity="odd"))
        self.assertEqual("low", next(iter(engine)).severity)

    def test_an_update_before_the_last_one_is_an_order_error(self):
        self.engine.update("A", at("10:00"))
        with self.assertRaisesRegex(libsla.OrderError, '"A"'):
            self.engine.update("A", at("09:59"), "solved")
        self.assertEqual("running", self.engine.clock("A", "solve").state)

    def test_instants_outside_the_range_are_range_errors(self):
        for wrong in (-1, 7_258_118_400, 1 << 63, 1 << 64, -(1 << 80)):
            with self.assertRaises(libsla.RangeError):
                self.engine.update("A", wrong)
            with self.assertRaises(libsla.RangeError):
                self.engine.advance(wrong)
            with self.assertRaises(libsla.RangeError):
                self.engine.clocks(due_before=wrong)

    def test_what_cannot_be_right_is_refused_in_words(self):
        for kind, words, wrong in (
                (TypeError, "str, not int", lambda: self.engine.update(5, 0)),
                (TypeError, "str, not bytes", lambda: self.engine.update("A", 0, b"solved")),
                (TypeError, "float", lambda: self.engine.update("A", 0.5)),
                (TypeError, "bool", lambda: self.engine.update("A", True)),
                (TypeError, "given twice",
                 lambda: self.engine.update("A", 0, attributes={"x": 1}, x=2)),
                (TypeError, "attribute x", lambda: self.engine.update("A", 0, x=[])),
                (libsla.ArgumentError, "no name",
                 lambda: self.engine.update("A", 0, attributes={"": 1})),
                (libsla.ArgumentError, "sequence",
                 lambda: self.engine.update("A", 0, sequence=-1)),
                (libsla.ArgumentError, "id has 1 to 4,096 bytes, not 0: ''$",
                 lambda: self.engine.update("", 0)),
                (libsla.ArgumentError, "id has 1 to 4,096 bytes, not 4,098: 'ü{40}'...$",
                 lambda: self.engine.update("ü" * 2049, 0)),
                (libsla.ArgumentError, "id has 1 to 4,096", lambda: self.engine.forget("")),
                (ValueError, "id is no text", lambda: self.engine.update("\ud800", 0)),
                (ValueError, "event's name is no text",
                 lambda: self.engine.update("A", 0, "\ud800")),
                (TypeError, "on_event", lambda: libsla.Engine(self.policy, on_event=5))):
            with self.assertRaisesRegex(kind, words):
                wrong()
        self.assertEqual(0, self.engine.incidents)

    def test_it_goes_on_when_its_policy_is_closed(self):
        self.engine.update("A", at("09:00"), impact="outage")
        self.policy.close()
        self.engine.advance(at("11:00"))
        # urgent: 4 hours to solve, an hour to answer
        self.assertEqual(at("13:00"), self.engine.clock("A", "solve").deadline)
        self.assertEqual([("started", "answer"), ("started", "solve"), ("breach", "answer"),
                          ("warning", "solve")],
                         [(event.type, event.metric) for event in self.engine])
        self.engine.update("B", at("11:10"))
        self.assertEqual(["B", "B"], self.engine.event_table()["incident"].to_list())
        self.assertEqual(2, len(self.engine.drain_columns()))
        explained = self.engine.explain("A", "solve")
        self.assertEqual(at("13:00"), explained.clock.deadline)
        self.assertIn("due Fri 20 Nov 2026 13:00", str(explained))
        other = libsla.Engine(incidents.policy())
        other.load(self.engine.save())
        self.assertEqual(2, other.incidents)
        with self.assertRaises(libsla.ClosedError):
            self.engine.goals(self.engine.clock("A", "solve"))

    def test_attributes_may_have_any_name_and_none_takes_one_away(self):
        odd = {"self": "x", "incident": "y", "at": 1, "event": True, "sequence": 2, "über": "ü"}
        self.engine.update("A", at("09:00"), attributes=odd, impact="outage", status="waiting")
        self.assertEqual("paused", self.engine.clock("A", "solve").state)
        self.engine.update("A", at("09:10"), status=None)
        self.assertEqual("running", self.engine.clock("A", "solve").state)

    def test_acts_of_the_host_move_deadlines(self):
        self.engine.update("A", at("09:00"))
        self.engine.update("A", at("10:00"), "sla:extend", by="1h", metric="answer", actor="lead",
                           reason="storm")
        event = list(self.engine)[-1]
        self.assertEqual(("extended", at("12:00"), "storm", "lead"),
                         (event.type, event.deadline, event.reason, event.actor))
        self.engine.update("A", at("10:10"), "sla:pin", metric="answer", deadline=at("16:00"))
        clock = self.engine.clock("A", "answer")
        self.assertEqual((at("16:00"), True), (clock.deadline, clock.pinned))
        with self.assertRaises(libsla.TextError):
            self.engine.update("A", at("10:20"), "sla:extend", by="soon")
        self.engine.update("A", at("10:30"), "sla:exempt")
        self.assertEqual(["exempt", "exempt"], [clock.state for clock in self.engine.clocks()])

    def test_many_updates_are_as_one_after_the_other(self):
        for update in incidents.history():
            self.engine.update(*update[:3], attributes=(update[3:] or (None,))[0])
        one_by_one = list(self.engine)
        self.assertGreater(len(one_by_one), 8)
        for form in (tuple, lambda update: libsla.Update(*update)):
            engine = libsla.Engine(self.policy)
            outcomes = engine.update_many(form(update) for update in incidents.history())
            self.assertEqual(["applied"] * 9, outcomes)
            self.assertEqual(one_by_one, list(engine))

    def test_equal_updates_are_one_in_a_set(self):
        made = {libsla.Update("INC-1", 0, None, {"impact": impact}) for impact in "aba"}
        self.assertEqual(sorted(one.attributes["impact"] for one in made), ["a", "b"])

    def test_many_updates_go_past_one_that_is_refused(self):
        outcomes = self.engine.update_many([
            ("A", at("09:00"), None, None, 5), ("A", at("08:00")), ("B", -1),
            ("A", at("09:10"), "solved", {}, 5), ("B", at("09:20"))])
        self.assertEqual(["applied", "duplicate", "applied"],
                         [str(outcomes[at]) for at in (0, 3, 4)])
        self.assertIsInstance(outcomes[1], libsla.OrderError)
        self.assertIsInstance(outcomes[2], libsla.RangeError)
        self.assertEqual(2, self.engine.incidents)

    def test_many_updates_in_more_than_one_piece(self):
        outcomes = self.engine.update_many((f"I{number}", number) for number in range(1300))
        self.assertEqual(["applied"] * 1300, outcomes)
        self.assertEqual([f"I{number}" for number in range(1300) for _ in range(2)],
                         [event.incident for event in self.engine])

    def test_what_the_iterable_of_many_updates_raises_comes_out_after_those_before_it(self):
        def broken():
            yield "A", at("09:00")
            yield "B", at("09:01")
            raise KeyError("no more")

        outcomes = []
        with self.assertRaisesRegex(KeyError, "no more"):
            self.engine.update_many(broken(), outcomes)
        self.assertEqual((["applied"] * 2, 2), (outcomes, self.engine.incidents))
        with self.assertRaisesRegex(TypeError, "an update is"):
            self.engine.update_many([("C", at("09:02")), "D"], outcomes)
        self.assertEqual((["applied"] * 3, 3), (outcomes, self.engine.incidents))


class Line(EngineCase):
    """Events that wait."""

    def setUp(self):
        super().setUp()
        self.engine.update("A", at("09:00"))
        self.engine.advance(at("16:00"))
        self.all = [("09:00", "started", "A", "answer"), ("09:00", "started", "A", "solve"),
                    ("11:00", "breach", "A", "answer"), ("13:00", "warning", "A", "solve")]

    def test_iteration_takes_them_in_order(self):
        self.assertEqual(4, self.engine.pending)
        self.assertEqual(self.all, told(self.engine))
        self.assertEqual(0, self.engine.pending)
        self.assertEqual([], told(self.engine))

    def test_an_event_stays_in_line_until_the_loop_takes_the_next(self):
        seen = [self.engine.pending for _ in self.engine]
        self.assertEqual([4, 3, 2, 1], seen)

    def test_a_loop_that_is_left_has_taken_what_it_was_given(self):
        for _ in self.engine:
            break
        self.assertEqual(self.all[1:], told(self.engine))

    def test_a_loop_whose_body_raises_has_taken_what_it_was_given(self):
        with self.assertRaises(ZeroDivisionError):
            for event in self.engine:
                if event.type == "breach":
                    raise ZeroDivisionError
        self.assertEqual(self.all[3:], told(self.engine))

    def test_the_engine_may_be_changed_in_the_loop(self):
        seen = []
        for event in self.engine:
            seen.append(incidents.brief(event))
            if event.type == "started" and event.incident == "A" and event.metric == "answer":
                self.engine.update("B", at("16:00"))
        self.assertEqual(self.all + [("16:00", "started", "B", "answer"),
                                     ("16:00", "started", "B", "solve")], seen)

    def test_two_loops_at_once_give_no_event_twice_and_lose_none(self):
        for how in ([0, 1] * 8, [0, 0, 1, 1, 0, 1, 1, 1], [1, 0, 0, 0, 0, 1, 1, 1]):
            engine = libsla.Engine(self.policy)
            engine.update("A", at("09:00"))
            engine.advance(at("16:00"))
            loops, seen = [iter(engine), iter(engine)], []
            for loop in how:
                event = next(loops[loop], None)
                if event is not None:
                    seen.append(event.id)
            del loops
            # Both may show the same first event, before either has taken it; nothing else repeats.
            self.assertEqual(4, len(set(seen)))
            self.assertEqual([], told(engine))

    def test_what_another_loop_took_is_not_taken_twice(self):
        first, second = iter(self.engine), iter(self.engine)
        self.assertEqual(next(first), next(second))
        second.close()
        self.assertEqual(self.all[1:], [incidents.brief(event) for event in first])

    def test_events_that_a_loop_has_read_ahead_may_be_taken_elsewhere(self):
        loop = iter(self.engine)
        given = [next(loop), next(loop)]  # and the third is read, too
        taken = list(self.engine)  # which begins with the one that the loop has not let go of
        self.assertEqual(given[1], taken[0])
        self.assertEqual(self.all, [incidents.brief(event) for event in given + taken[1:]])
        self.assertIsNone(next(loop, None))

    def test_an_exception_thrown_into_a_loop_leaves_it(self):
        loop = iter(self.engine)
        next(loop)
        with self.assertRaises(KeyError):
            loop.throw(KeyError("its event was taken"))
        self.assertEqual(self.all[1:], [incidents.brief(event) for event in self.engine])

    def test_a_closed_engine_ends_its_loops_with_an_error(self):
        loop = iter(self.engine)
        next(loop)
        self.engine.close()
        with self.assertRaises(libsla.ClosedError):
            next(loop)
        self.assertRaises(libsla.ClosedError, next, iter(self.engine))


class Clocks(EngineCase):
    """Questions about clocks."""

    def setUp(self):
        super().setUp()
        self.engine.update_many(incidents.history())

    def test_a_clock_as_it_stands(self):
        clock = self.engine.clock("B", "solve")
        # from 09:30, paused 10:00-11:00, 8 h: 3 h 30 of it at 14:00, the rest until Mon 10:30 + 1 h
        self.assertEqual(
            ("running", at("09:30"), at("10:30", 23), at("10:30", 23), None, None),
            (clock.state, clock.started, clock.deadline, clock.breach_at, clock.projected,
             clock.ended))
        self.assertEqual((8 * HOUR, 3.5 * HOUR, 4.5 * HOUR, HOUR, 43),
                         (clock.budget, clock.elapsed, clock.remaining, clock.paused,
                          clock.percent))
        self.assertEqual(("sla", 1, "office", "normal", False, True),
                         (clock.kind, clock.cycle, clock.calendar, clock.severity, clock.breached,
                          clock.is_open))
        self.assertEqual(self.policy.fingerprint, clock.fingerprint)
        self.assertEqual(at("09:30").tzinfo, clock.started.tzinfo)

    def test_clocks_are_found_by_all_that_is_given(self):
        def found(**wanted):
            return [clock.incident + " " + clock.metric for clock in self.engine.clocks(**wanted)]

        self.assertEqual(["A answer", "A solve", "B answer", "B solve", "C answer", "C solve"],
                         found())
        self.assertEqual(["B answer", "B solve"], found(incident="B"))
        self.assertEqual(["A answer", "B answer", "C answer"], found(metric="answer"))
        self.assertEqual(["B solve", "C solve"], found(state="running"))
        self.assertEqual(["B answer", "B solve", "C solve"],
                         found(state=(libsla.State.RUNNING, "missed")))
        self.assertEqual(["A answer", "A solve"], found(severity="urgent"))
        self.assertEqual([], found(severity="odd"))
        self.assertEqual([], found(kind="ola"))
        self.assertEqual(found(), found(kind=["sla", "uc"]))
        self.assertEqual(["B answer"], found(breached=True))
        self.assertEqual(5, len(found(breached=False)))
        self.assertEqual(["A answer", "B answer"], found(due_before=at("12:10"), metric="answer"))
        self.assertEqual([], found(due_before=0))
        self.assertEqual([], found(pinned=True))
        self.assertEqual(6, len(found(agreement="default", provisional=False, in_grace=False)))

    def test_a_word_that_is_none_is_refused(self):
        for wrong in ({"state": "open"}, {"kind": "xla"}, {"state": ()}, {"metric": ""}):
            with self.assertRaises(ValueError):
                self.engine.clocks(**wrong)
        with self.assertRaises(ValueError):
            self.engine.clock("A", "solve", "xla")

    def test_what_is_not_there_is_a_not_found_error_that_says_what_is(self):
        for words, wrong in (('answer, solve', lambda: self.engine.clock("A", "solv")),
                             ('"Z"', lambda: self.engine.clock("Z", "solve")),
                             ("ola", lambda: self.engine.clock("A", "solve", "ola")),
                             ('"Z"', lambda: self.engine.save_incident("Z")),
                             ('"Z"', lambda: self.engine.forget("Z")),
                             ('"Z"', lambda: self.engine.explain("Z", "solve")),
                             ("cycle|clock", lambda: self.engine.explain("A", "solve", cycle=2))):
            with self.assertRaisesRegex(libsla.NotFoundError, words):
                wrong()

    def test_a_clock_is_a_value(self):
        clock = self.engine.clock("A", "solve")
        self.assertEqual(clock, self.engine.clock("A", "solve"))
        self.assertEqual(1, len({clock, self.engine.clock("A", "solve")}))
        with self.assertRaises(dataclasses.FrozenInstanceError):
            clock.state = "met"


class Histories(EngineCase):
    """Rebuilding and forgetting."""

    def setUp(self):
        super().setUp()
        self.engine.update_many(incidents.history())
        list(self.engine)

    def test_rebuild_tells_only_what_differs(self):
        corrected = [update for update in incidents.history() if update[0] == "A"]
        corrected[-1] = ("A", at("13:30"), "solved")  # half an hour late, it turns out
        self.assertEqual("applied", self.engine.rebuild("A", corrected))
        self.assertEqual("missed", self.engine.clock("A", "solve").state)
        self.assertEqual([("13:00", "breach"), ("13:30", "missed")],
                         [(f"{event.at:%H:%M}", event.type) for event in self.engine])

    def test_rebuild_refuses_what_is_no_history(self):
        with self.assertRaises(libsla.ArgumentError):
            self.engine.rebuild("A", [])
        with self.assertRaises(libsla.ArgumentError):
            self.engine.rebuild("A", [("B", at("09:00"))])
        with self.assertRaises(libsla.OrderError):
            self.engine.rebuild("A", [("A", at("09:10")), ("A", at("09:00"))])
        self.assertEqual("met", self.engine.clock("A", "solve").state)

    def test_a_forgotten_incident_leaves_its_events(self):
        self.engine.update("D", at("14:10"))
        self.engine.forget("D")
        self.assertEqual(3, self.engine.incidents)
        self.assertEqual([("14:10", "warning", "C", "solve"), ("14:10", "started", "D", "answer"),
                          ("14:10", "started", "D", "solve")],
                         told(self.engine))


if __name__ == "__main__":
    tap_unittest.main()
