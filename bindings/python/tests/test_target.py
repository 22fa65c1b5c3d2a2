# SPDX-License-Identifier: MIT
"""Target: how long is allowed, written as in a policy or put together."""

import copy
import pickle
import unittest
from datetime import time, timedelta, timezone

import tap_unittest

import libsla
from libsla import Due, Target, Unit


class Targets(unittest.TestCase):
    def test_texts_are_read_as_in_a_policy(self):
        self.assertEqual(Target.parse("1h30m"), Target(5400, Unit.SECONDS))
        self.assertEqual(Target.parse("3wd"), Target(3, Unit.WORKDAYS))
        self.assertEqual(Target.parse("2d"), Target(2, Unit.DAYS))
        for text in ("", "wd", "-1wd", "1.5h", "3 wd", "3w"):
            with self.assertRaisesRegex(libsla.TextError, "write it like"):
                Target.parse(text)

    def test_working_days_have_a_time_of_day_and_a_cutoff(self):
        target = Target.parse("1wd", due="12:30", cutoff="15:00", grace="30m")
        self.assertEqual((target.due, target.due_time, target.cutoff, target.grace),
                         (Due.TIME, time(12, 30), time(15), timedelta(minutes=30)))
        self.assertEqual(Target.parse("1wd", due="close").due, Due.CLOSE)
        self.assertEqual(Target.parse("1wd", due=Due.SAME_TIME), Target.parse("1wd"))
        self.assertEqual(Target.parse("1wd", due=time(12)).due_time, time(12))

    def test_midnight_is_a_time_like_any_other(self):
        self.assertEqual(Target.parse("1wd", due="00:00").due_time, time(0))
        self.assertEqual(Target.parse("1wd", cutoff=time(0)).cutoff, time(0))

    def test_what_does_not_fit_together_is_refused(self):
        for options in ({"due": "close"}, {"cutoff": "15:00"}, {"cutoff": "00:00"}):
            with self.assertRaisesRegex(libsla.ArgumentError, "working days"):
                Target.parse("4h", **options)
        with self.assertRaises(libsla.ArgumentError):
            Target(3, Unit.WORKDAYS, Due.TIME)
        with self.assertRaises(libsla.ArgumentError):
            Target(3, Unit.WORKDAYS, due_time=time(12))
        with self.assertRaises(libsla.ArgumentError):
            Target(-1)
        with self.assertRaises(libsla.ArgumentError):
            Target(2 ** 64)
        with self.assertRaises(libsla.ArgumentError):
            Target(1, grace=timedelta(-1))
        with self.assertRaises(TypeError):
            Target(True)
        with self.assertRaises(TypeError):
            Target(1.0)

    def test_a_local_time_has_no_zone(self):
        with self.assertRaisesRegex(libsla.ArgumentError, "has a zone"):
            Target.parse("1wd", due=time(12, tzinfo=timezone.utc))
        with self.assertRaisesRegex(libsla.TextError, "noon"):
            Target.parse("1wd", due="noon")
        with self.assertRaises(TypeError):
            Target.parse("1wd", cutoff=15)

    def test_a_target_prints_as_it_is_written(self):
        for text in ("90m", "1h30m", "45s", "0s", "240h", "3wd", "2d"):
            self.assertEqual(Target.parse(str(Target.parse(text))), Target.parse(text))
        self.assertEqual(str(Target(5405)), "1h30m5s")

    def test_targets_are_values(self):
        self.assertEqual(len({Target(5), Target(5), Target(5, Unit.DAYS)}), 2)
        with self.assertRaises(AttributeError):
            Target(5).amount = 6

    def test_a_target_that_was_used_can_be_copied_and_pickled(self):
        for target in (Target.parse("3wd", due="12:00", cutoff="15:00", grace="1h"), Target(60)):
            libsla.Policy.compile("sla: 1\n").calendar("24x7").due(0, Target(60))
            self.assertIsNotNone(target._address)  # as due() makes it
            for again in (pickle.loads(pickle.dumps(target)), copy.copy(target),
                          copy.deepcopy(target)):
                self.assertEqual(again, target)
                self.assertIsNot(again._address, target._address)


if __name__ == "__main__":
    tap_unittest.main()
