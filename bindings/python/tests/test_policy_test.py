# SPDX-License-Identifier: MIT
"""The tests that a policy's author wrote into it."""

import unittest

import desk
import tap_unittest
from desk import berlin

import libsla
from libsla import Kind, MismatchKind

WRONG = """sla: 1
calendar: 24x7
timezone: Europe/Berlin
targets: [{when: {impact: outage}, first_response: 2h}, {first_response: 4h}]
tests:
  - name: an outage
    incident: {impact: outage}
    at: 2026-11-20T17:50
    expect: {first_response: 2026-11-20T18:50}
    then:
      - {at: 2026-11-20T21:00, expect: {impact: outrage}}
"""


class PolicyTests(unittest.TestCase):
    def test_the_tests_of_a_policy_are_listed(self):
        first, second = desk.policy().tests
        self.assertEqual((first.name, first.at, first.steps),
                         ("an outage", berlin(2026, 11, 20, 17, 50), 1))
        self.assertEqual((second.index, second.steps), (1, 2))

    def test_a_test_that_passes_has_no_mismatch(self):
        for test in desk.policy().tests:
            self.assertEqual(test.run(), [])

    def test_a_mismatch_says_what_was_expected_where(self):
        first, second = desk.policy(WRONG).tests[0].run()
        self.assertEqual((first.what, first.step, first.metric, first.kind),
                         (MismatchKind.CLOCK, 0, "first_response", Kind.SLA))
        self.assertEqual((first.expected, first.got),
                         ("2026-11-20T18:50:00+01:00", "2026-11-20T19:50:00+01:00"))
        self.assertEqual((first.line, first.column), (9, WRONG.split("\n")[8].index("2026") + 1))
        self.assertEqual(first.at, berlin(2026, 11, 20, 17, 50))
        self.assertEqual(str(first), f"9:{first.column}: first_response: expected "
                         "2026-11-20T18:50:00+01:00, got 2026-11-20T19:50:00+01:00")
        self.assertIn("2h, line 4", first.explanation)
        self.assertEqual((second.what, second.step, second.metric, second.kind),
                         (MismatchKind.ATTRIBUTE, 1, None, None))
        self.assertEqual((second.subject, second.expected, second.got),
                         ("impact", "outrage", "outage"))

    def test_a_test_keeps_its_policy(self):
        test = desk.policy(WRONG).tests[0]
        self.assertEqual(len(test.run()), 2)

    def test_a_test_of_a_closed_policy_is_told_so(self):
        policy = desk.policy()
        test = policy.tests[0]
        policy.close()
        with self.assertRaises(libsla.ClosedError):
            test.run()


if __name__ == "__main__":
    tap_unittest.main()
