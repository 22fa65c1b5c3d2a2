# SPDX-License-Identifier: MIT
"""Policy.classify: severity, agreements and targets before an incident exists."""

import unittest
from datetime import datetime, time, timedelta, timezone

import desk
import tap_unittest
from desk import berlin

import libsla
from libsla import Kind

AGREED = """
sla: 1
timezone: Europe/Berlin
calendar: 24x7
calendars: {china: {timezone: Asia/Shanghai, hours: {mon-fri: "09:00-18:00"}}}
agreements:
  - {name: vendor, kind: uc, targets: [{visit: 2h}]}
  - {name: gold, when: {plan: gold}, targets: [
      {visit: {agreed: visit_at, latest: 3d}, resolution: {within: 2wd, due: "12:00",
       cutoff: "15:00", calendar: china}}]}
metrics: {visit: {start: opened, stop: visited}, resolution: {start: opened, stop: resolved}}
"""


class Classify(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.policy = desk.policy()

    def test_a_classification_says_what_an_incident_would_get(self):
        found = self.policy.classify({"impact": "outage"}, at=berlin(2026, 11, 20, 17, 50))
        self.assertEqual(found.severity, "urgent")
        self.assertEqual(found.derived, {"severity": "urgent"})
        self.assertEqual(found.agreements, {Kind.SLA: "default"})
        first = found.clock("first_response")
        self.assertEqual((first.kind, first.metric, first.agreement, first.calendar, first.row),
                         (Kind.SLA, "first_response", "default", "24x7", "worst"))
        self.assertEqual(first.deadline, berlin(2026, 11, 20, 18, 50))
        self.assertEqual((first.budget, first.grace), (timedelta(hours=1), timedelta(0)))
        self.assertEqual(first.target, libsla.Target(3600))
        self.assertFalse(first.provisional)
        line = desk.TEXT.split("\n").index([line for line in desk.TEXT.split("\n")
                                            if "name: worst" in line][0]) + 1
        self.assertEqual(first.line, line)

    def test_attributes_may_be_keywords(self):
        at = berlin(2026, 11, 20, 17, 50)
        self.assertEqual(self.policy.classify(at=at, impact="outage"),
                         self.policy.classify({"impact": "outage"}, at=at))
        self.assertEqual(self.policy.classify(at=at, impact=None).severity, "normal")

    def test_equal_classifications_are_one_in_a_set(self):
        given = {"impact": "outage"}, {"impact": None}, {"impact": "outage"}
        found = {self.policy.classify(one, at=berlin(2026, 11, 20, 17, 50)) for one in given}
        self.assertEqual(sorted(one.severity for one in found), ["normal", "urgent"])

    def test_d2_d5_targets_in_working_days_with_grace(self):
        # Friday 16:00, two working days, due at closing: Tuesday 17:00
        found = self.policy.classify(at=berlin(2026, 11, 20, 16)).clock("resolution")
        self.assertEqual(found.deadline, berlin(2026, 11, 24, 17))
        self.assertEqual(found.grace, timedelta(hours=1))
        self.assertEqual(found.target, libsla.Target.parse("2wd", due="close", grace="1h"))
        # an hour on Friday, seven on Monday and on Tuesday (D4)
        self.assertEqual(found.budget, timedelta(hours=15))

    def test_a_goal_that_looks_at_a_clock_is_named(self):
        at = berlin(2026, 11, 20, 17, 50)
        urgent, normal = (self.policy.classify(at=at, impact=impact).clock("first_response")
                          for impact in ("outage", None))
        self.assertEqual((urgent.goals, normal.goals), ((0, 1), (1,)))

    def test_an_unknown_severity_is_told(self):
        policy = desk.policy("sla: 1\ncalendar: 24x7\nseverities: [bad, good]\n"
                             "targets: [{when: {severity: bad}, resolution: 1h},"
                             " {resolution: 5h}]\n")
        self.assertFalse(policy.classify(at=0, severity="bad").unknown_severity)
        found = policy.classify(at=0, severity="awful")
        self.assertTrue(found.unknown_severity)
        self.assertEqual(found.severity, "good")  # the last one
        self.assertEqual(found.clock("resolution").budget, timedelta(hours=5))

    def test_a_policy_without_severities_has_none(self):
        policy = desk.policy("sla: 1\ncalendar: 24x7\ntargets: [{resolution: 1h}]\n")
        self.assertIsNone(policy.classify(at=0).severity)

    def test_every_kind_of_agreement_is_told_in_the_zone_of_its_calendar(self):
        policy = desk.policy(AGREED)
        at = datetime(2026, 11, 20, 8, 30, tzinfo=timezone.utc)  # 16:30 in China
        found = policy.classify(at=at, plan="gold")
        self.assertEqual(found.agreements, {Kind.SLA: "gold", Kind.UC: "vendor"})
        self.assertEqual(found.clock("visit", "uc").budget, timedelta(hours=2))
        due = found.clock("resolution")
        # Friday behind the cut-off counts as Monday, so Wednesday at noon
        self.assertEqual(due.deadline.isoformat(), "2026-11-25T12:00:00+08:00")
        self.assertEqual(due.target, libsla.Target.parse("2wd", due=time(12), cutoff="15:00"))
        self.assertIsNone(policy.classify(at=at).clock("resolution"))

    def test_d6_an_agreed_instant_is_the_deadline(self):
        policy, visit = desk.policy(AGREED), berlin(2026, 11, 21, 10)
        found = policy.classify(at=berlin(2026, 11, 20), plan="gold", visit_at=visit)
        self.assertEqual(found.clock("visit").deadline, visit)
        self.assertIsNone(found.clock("visit").target)
        later = policy.classify(at=berlin(2026, 11, 20), plan="gold", visit_at="soon")
        self.assertEqual(later.clock("visit").deadline, berlin(2026, 11, 23))

    def test_a_deadline_that_cannot_be_computed_is_none(self):
        found = self.policy.classify(at=7_258_118_399).clock("first_response")
        self.assertEqual((found.deadline, found.budget), (None, None))

    def test_instants_are_checked(self):
        with self.assertRaises(libsla.NaiveTimeError):
            self.policy.classify(at=datetime(2026, 1, 1))
        with self.assertRaises(libsla.RangeError):
            self.policy.classify(at=-1)
        with self.assertRaises(TypeError):
            self.policy.classify({"impact": "outage"})


if __name__ == "__main__":
    tap_unittest.main()
