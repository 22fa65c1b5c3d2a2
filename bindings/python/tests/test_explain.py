# SPDX-License-Identifier: MIT
"""Explanations: why a clock has the deadline it has."""

import datetime
import pickle
import threading
import unittest

import incidents
import libsla
import tap_unittest
from incidents import at

HOUR = datetime.timedelta(hours=1)


class Explanations(unittest.TestCase):
    def setUp(self):
        self.policy = incidents.policy()
        self.engine = libsla.Engine(self.policy)
        self.engine.update_many(incidents.history())

    def test_text_is_for_people(self):
        text = str(self.engine.explain("B", "solve"))
        self.assertEqual(text, self.engine.explain("B", "solve").text())
        for words in ("solve of B: running, due Mon 23 Nov 2026 10:30", "severity: urgent",
                      "customer", "What happened"):
            self.assertIn(words, text)
        self.assertTrue(text.endswith("\n"))

    def test_clock_alone_and_all_parts(self):
        explanation = self.engine.explain("A", "solve")
        self.assertIn("impact: outage", str(explanation).partition("\nWhy\n")[2])
        alone = explanation.text(clock_alone=True)
        self.assertNotIn("impact: outage", alone.partition("\nWhy\n")[2])
        long = self.policy.explain({}, at("09:00"), "solve").text
        self.assertEqual(long(), long(all_parts=True))  # a short one has all of them anyway
        weeks = incidents.policy(incidents.POLICY.replace("solve: 8h", "solve: 800h"))
        text = weeks.explain({}, at("09:00"), "solve").text
        self.assertLess(len(text().splitlines()), len(text(all_parts=True).splitlines()) - 50)

    def test_the_clock_as_values(self):
        clock = self.engine.explain("B", "solve").clock
        self.assertEqual(
            ("running", "B", "solve", "sla", 1, "default", "office", "normal", None),
            (clock.state, clock.incident, clock.metric, clock.kind, clock.cycle, clock.agreement,
             clock.calendar, clock.severity, clock.row))
        # 8 h from 09:30 are due Mon 09:30; an hour of pause moved that to 10:30
        self.assertEqual(
            (at("14:00"), at("09:30"), at("09:30"), at("09:30", 23), at("10:30", 23), None),
            (clock.now, clock.opened, clock.started, clock.first_due, clock.deadline, clock.ended))
        self.assertEqual((8 * HOUR, 3.5 * HOUR, 4.5 * HOUR, HOUR, HOUR, 0 * HOUR),
                         (clock.budget, clock.elapsed, clock.remaining, clock.paused, clock.moved,
                          clock.grace))
        self.assertEqual("8h", str(clock.target))
        self.assertEqual((True, False, False), (clock.is_promised, clock.breached, clock.pinned))

    def test_attributes_and_verdicts(self):
        explanation = self.engine.explain("B", "solve")
        self.assertEqual([("impact", "none", False), ("status", "open", False),
                          ("severity", "normal", True)],
                         [(one.name, one.value, one.derived) for one in explanation.attributes])
        first = explanation.verdicts[0]
        self.assertEqual(
            ("choice", "severity", False, "condition", "impact: outage", "impact: none", "impact",
             "none"),
            (first.what, first.name, first.matched, first.reason, first.wanted, first.has,
             first.attribute, first.value))
        self.assertEqual([("severity", True), ("default", True)],
                         [(one.name, one.matched) for one in explanation.verdicts[1:3]])
        lines = incidents.POLICY.splitlines()
        self.assertIn("severity:", lines[first.line - 1])

    def test_an_absent_attribute_has_no_value(self):
        first = self.engine.explain("C", "solve").verdicts[0]
        self.assertEqual(("impact", None), (first.attribute, first.value))

    def test_events_and_parts(self):
        explanation = self.engine.explain("B", "solve")
        self.assertEqual(
            [("started", at("09:30"), None, None),
             ("paused", at("10:00"), at("11:00"), "customer")],
            [(one.what, one.at, one.until, one.text) for one in explanation.events])
        self.assertEqual(HOUR, explanation.events[1].counted)
        parts = explanation.parts
        self.assertEqual(at("09:30"), parts[0].start)
        for before, after in zip(parts, parts[1:]):
            self.assertEqual(before.end, after.start)  # no gap
        used = [part.counted for part in parts if part.what == "counted" and not part.ahead]
        self.assertEqual(explanation.clock.elapsed, sum(used, 0 * HOUR))
        self.assertEqual([("paused", "customer", HOUR)],
                         [(part.what, part.name, part.counted) for part in parts
                          if part.what == "paused"])

    def test_it_does_not_change_and_outlives_engine_and_policy(self):
        explanation = self.engine.explain("B", "solve")
        text = str(explanation)
        self.engine.update("B", at("15:00"), "solved")
        self.engine.close()
        self.policy.close()
        self.assertEqual(text, str(explanation))
        seen = []
        threads = [threading.Thread(target=lambda: seen.append(str(explanation)))
                   for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([text] * 8, seen)

    def test_without_an_engine(self):
        explanation = self.policy.explain({"impact": "outage"}, at("15:00"), "solve")
        clock = explanation.clock
        self.assertEqual((None, at("11:00", 23), at("15:00")),
                         (clock.incident, clock.deadline, clock.now))
        self.assertEqual(clock, self.policy.explain(None, at=at("15:00"), metric="solve",
                                                    impact="outage").clock)

    def test_what_is_not_promised_is_explained_too(self):
        clock = self.policy.explain({}, at("09:00"), "solve", kind="uc").clock
        self.assertEqual(("none", False, None, None), (clock.state, clock.is_promised,
                                                       clock.deadline, clock.target))

    def test_instants_are_in_the_zone_of_their_calendar(self):
        policy = incidents.policy(
            "sla: 1\ntimezone: Europe/Berlin\n"
            'calendars: {tokyo: {timezone: Asia/Tokyo, hours: {mon-fri: "09:00-17:00"}}}\n'
            "targets: [{calendar: tokyo, resolution: 2h}]\n")
        explanation = policy.explain({}, at("02:00"), "resolution")
        self.assertEqual("2026-11-20T12:00:00+09:00", explanation.clock.deadline.isoformat())
        self.assertEqual("Asia/Tokyo", explanation.parts[0].start.tzinfo.key)

    def test_what_is_wrong_is_refused_in_words(self):
        for kind, words, wrong in (
                (libsla.NotFoundError, "answer, solve",
                 lambda: self.policy.explain({}, at("09:00"), "solv")),
                (libsla.RangeError, "1970", lambda: self.policy.explain({}, -1, "solve")),
                (ValueError, "xla", lambda: self.policy.explain({}, 0, "solve", "xla")),
                (libsla.ArgumentError, "cycle",
                 lambda: self.engine.explain("A", "solve", cycle=-1)),
                (libsla.ClosedError, "closed", lambda: self.closed().text()),
                (TypeError, "pickled", lambda: pickle.dumps(self.engine.explain("A", "solve")))):
            with self.assertRaisesRegex(kind, words):
                wrong()

    def closed(self):
        with self.engine.explain("A", "solve") as explanation:
            pass
        self.assertIn("closed", repr(explanation))
        return explanation


if __name__ == "__main__":
    tap_unittest.main()
