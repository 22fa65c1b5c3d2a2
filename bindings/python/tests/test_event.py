# SPDX-License-Identifier: MIT
"""Events as values, and their reading in pieces of all sizes."""

import copy
import dataclasses
import datetime
import pickle
import re
import threading
import unittest
import weakref

import incidents
import libsla
import tap_unittest
from incidents import at


def events():
    """All of the history and of the days after it."""
    with incidents.policy() as policy, libsla.Engine(policy) as engine:
        engine.update_many(incidents.history())
        engine.advance(at("22:00", 23))
        return list(engine)


class Values(unittest.TestCase):
    """An event is a frozen value of its own."""

    def setUp(self):
        self.all = events()
        self.breach = next(event for event in self.all if event.type == "breach")

    def test_what_an_event_says(self):
        # B answers at 14:00 what was due at 11:30
        event = self.breach
        self.assertEqual(
            ("breach", "B", "answer", at("11:30"), at("11:30"), "sla", 1, "default", "normal"),
            (event.type, event.incident, event.metric, event.at, event.deadline, event.kind,
             event.cycle, event.agreement, event.severity))
        two_hours = datetime.timedelta(hours=2)
        self.assertEqual((two_hours, datetime.timedelta(0), None, None, (), (), None, None, 0),
                         (event.elapsed, event.remaining, event.reason, event.actor, event.notify,
                          event.via, event.percent, event.level, event.repetition))
        self.assertEqual((False, False, False), (event.late, event.in_grace, event.provisional))
        self.assertEqual(int(at("11:30").timestamp()), event.at_seconds)
        self.assertEqual(event.at_seconds, event.deadline_seconds)
        self.assertTrue(re.fullmatch("[0-9a-f]{32}", event.id))
        self.assertEqual("2026-11-20T11:30:00+01:00 breach B answer", str(event))

    def test_a_paused_clock_has_no_deadline_and_a_reason(self):
        event = next(event for event in self.all if event.type == "paused")
        self.assertEqual((None, None, "customer"),
                         (event.deadline, event.deadline_seconds, event.reason))

    def test_whom_to_tell_and_how(self):
        late = [event for event in self.all if event.type == "breach" and event.metric == "solve"]
        self.assertEqual({(("owner", "manager"), ("sms", "mail"))},
                         {(event.notify, event.via) for event in late})
        warnings = [event for event in self.all if event.type == "warning"]
        self.assertEqual({(("owner",), (), 50)},
                         {(event.notify, event.via, event.percent) for event in warnings})

    def test_instants_are_in_the_zone_of_the_policy(self):
        for event in self.all:
            self.assertEqual("Europe/Berlin", event.at.tzinfo.key)
            self.assertEqual(datetime.timedelta(hours=1), event.at.utcoffset())

    def test_it_is_a_frozen_dataclass(self):
        self.assertTrue(dataclasses.is_dataclass(self.breach))
        for name in ("type", "at", "id", "new"):
            with self.assertRaises(dataclasses.FrozenInstanceError):
                setattr(self.breach, name, None)
        with self.assertRaises(dataclasses.FrozenInstanceError):
            del self.breach.at
        self.assertTrue(repr(self.breach).startswith("Event(type=<EventType.BREACH: 'breach'>"))
        fields = dataclasses.asdict(self.breach)
        self.assertEqual((23, "B"), (len(fields), fields["incident"]))
        self.assertEqual(self.breach, libsla.Event(**fields))

    def test_equal_events_are_equal_and_hash_alike(self):
        again = events()
        self.assertEqual(self.all, again)
        self.assertEqual(len(self.all), len(set(self.all) | set(again)))
        self.assertNotEqual(self.all[0], self.all[1])
        self.assertNotEqual(self.breach, "breach")

    def test_it_can_be_copied_replaced_and_pickled(self):
        for event in self.all:
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                self.assertEqual(event, pickle.loads(pickle.dumps(event, protocol)))
            self.assertEqual(event, copy.copy(event))
            self.assertEqual(event, copy.deepcopy(event))
            other = dataclasses.replace(event, incident="Z")
            self.assertEqual(("Z", event.id), (other.incident, other.id))
            self.assertIs(type(event), type(other))
        if hasattr(copy, "replace"):
            self.assertEqual("Z", copy.replace(self.breach, incident="Z").incident)
        self.assertIs(self.breach, weakref.ref(self.breach)())

    def test_it_outlives_its_engine_and_policy_and_may_go_to_other_threads(self):
        seen = []
        thread = threading.Thread(target=lambda: seen.append([str(event) for event in self.all]))
        thread.start()
        thread.join()
        self.assertEqual([str(event) for event in self.all], seen[0])


class Reading(unittest.TestCase):
    """Many events are read at once; what does not fit is read all the same."""

    def test_events_of_every_number_come_whole_and_in_order(self):
        with incidents.policy() as policy:
            for count in (1, 2, 3, 7, 64, 127, 128, 129, 700):
                engine, seen = libsla.Engine(policy), []
                names = [f"I{number}" for number in range(count)]
                engine.update_many((name, at("09:00")) for name in names)
                self.assertEqual(2 * count, engine.pending)
                wanted = [name for name in names for _ in range(2)]
                again = libsla.Engine(policy)
                again.load(engine.save())
                self.assertEqual(wanted, [event.incident for event in engine])
                again.on_event = seen.append
                again.deliver()
                self.assertEqual(wanted, [event.incident for event in seen])

    def test_names_of_every_script_are_whole(self):
        names = ["Müller", "a", "工单-7", "Ω" * 3, "b"]
        with incidents.policy() as policy, libsla.Engine(policy) as engine:
            engine.update_many((name, at("09:00")) for name in names)
            self.assertEqual([name for name in names for _ in range(2)],
                             [event.incident for event in engine])

    def test_long_texts_are_whole(self):
        long, reason = "ü" * 2048, "x" * 65_535  # the longest that there are, in bytes
        with incidents.policy() as policy, libsla.Engine(policy) as engine:
            engine.update("A", at("09:00"))
            engine.update(long, at("09:00"))
            engine.update(long, at("09:10"), "sla:extend", by="1h", reason=reason, actor="語")
            engine.update("B", at("09:10"))
            told = [(event.incident, event.reason, event.actor) for event in engine]
            nothing = (None, None)
            self.assertEqual([("A", *nothing)] * 2 + [(long, *nothing)] * 2
                             + [(long, reason, "語")] * 2 + [("B", *nothing)] * 2, told)

    def test_many_names_to_notify_are_whole(self):
        names = [f"person-{number:03}" for number in range(300)]
        text = incidents.POLICY.replace("notify: [owner]", f"notify: [{', '.join(names)}]")
        with incidents.policy(text) as policy, libsla.Engine(policy) as engine:
            engine.update_many((f"I{number}", at("09:00")) for number in range(40))
            engine.advance(at("16:00"))
            lists = [event.notify for event in engine if event.type == "warning"]
            self.assertEqual([tuple(names)] * 40, lists)

    def test_events_of_a_policy_that_is_gone_keep_their_names(self):
        with incidents.policy() as policy, incidents.policy(
                "sla: 1\ntargets: [{first_response: 1h, resolution: 1h}]\n") as other:
            engine = libsla.Engine(policy)
            engine.update("A", at("09:00"), impact="outage")
            engine.update("A", at("09:10"), status="waiting")
            before = [(event.type, event.metric, event.severity, event.reason)
                      for event in libsla.Policy.step(policy, engine.save_incident("A"),
                                                      now=at("09:10")).events]
            engine.bind(other)
            after = [(event.type, event.metric, event.severity, event.reason) for event in engine]
            self.assertEqual(before, after[:len(before)])
            self.assertEqual([("started", "answer", "urgent", None),
                              ("started", "solve", "urgent", None),
                              ("paused", "solve", "urgent", "customer")], before)


if __name__ == "__main__":
    tap_unittest.main()
