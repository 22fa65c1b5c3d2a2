# SPDX-License-Identifier: MIT
"""What the tests of columns share: a calendar, instants to ask for, and packages that may lack."""

import importlib
import random
import unittest

import libsla

POLICY = """\
sla: 1
timezone: Europe/Berlin
calendars:
  office:
    hours: {mon-fri: "09:00-12:00, 13:00-17:00"}
  night: {hours: {mon-sun: "22:00-06:00"}}
severities: [urgent, normal]
classify:
  severity: [{when: {impact: outage}, is: urgent}, {is: normal}]
calendar: office
targets:
  - {when: {severity: urgent}, calendar: 24x7, first_response: 1h, resolution: 8h}
  - {when: {plan: none}, resolution: none}
  - {first_response: 4h, resolution: {within: 2wd, due: close}}
"""

START, END = 1_767_225_600, 1_798_761_600  # the year 2026 (UTC), changes of clocks included
LAST = 7_258_118_399  # of 2199
NONE = -(2 ** 63)


def some_instants(count, seed=1):
    """Whole seconds of 2026."""
    chance = random.Random(seed)
    return [chance.randrange(START, END) for _ in range(count)]


def package(name):
    """A module that the test needs, or a skipped test."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise unittest.SkipTest(f"{name} is not installed") from None


def scalar(call, *arguments):
    """(answer, status) of a single call, None as an argument being missing."""
    if None in arguments:
        return None, 6
    try:
        return call(*arguments), 0
    except libsla.SlaError as error:
        return None, error.status


class ColumnCase(unittest.TestCase):
    """A test with a policy."""

    @classmethod
    def setUpClass(cls):
        cls.policy = libsla.Policy.compile(POLICY)
        cls.office = cls.policy.calendar("office")

    def assert_rows(self, result, expected):
        """Compares values and statuses with (answer, status) for each row."""
        self.assertEqual(list(result), [answer for answer, _ in expected])
        self.assertEqual(list(result.status), [status for _, status in expected])
        self.assertEqual(result.missing, sum(answer is None for answer, _ in expected))
        self.assertEqual(len(result), len(expected))
