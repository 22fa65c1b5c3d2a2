# SPDX-License-Identifier: MIT
"""Datetimes, seconds, durations and zones on their way to the C library and back."""

import copy
import os
import pickle
import shutil
import sys
import tempfile
import unittest
import zoneinfo
from datetime import date, datetime, timedelta, timezone, tzinfo
from unittest import mock
from zoneinfo import ZoneInfo

import desk
import tap_unittest
from desk import BERLIN, berlin

import libsla
from libsla import times
from libsla._native import places

LAST = 7_258_118_399  # 2199-12-31T23:59:59Z


class Whole:
    """A whole number of another library."""

    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class NoOffset(tzinfo):
    def utcoffset(self, at):
        return None


class Seconds(unittest.TestCase):
    def test_t1_seconds_count_from_1970_in_utc(self):
        self.assertEqual(times.seconds_of(datetime(1970, 1, 1, tzinfo=timezone.utc)), 0)
        self.assertEqual(times.seconds_of(datetime(1970, 1, 1, 1, tzinfo=BERLIN)), 0)
        self.assertEqual(times.seconds_of(datetime(2199, 12, 31, 23, 59, 59, 999999,
                                                   tzinfo=timezone.utc)), LAST)

    def test_t2_microseconds_are_floored(self):
        # In the last century a float has room for little more than microseconds.
        for year in (1970, 2026, 2038, 2107, 2199):
            whole = datetime(year, 6, 1, 12, tzinfo=timezone.utc)
            for part in (1, 500000, 999999):
                self.assertEqual(times.seconds_of(whole.replace(microsecond=part)),
                                 times.seconds_of(whole))

    def test_t2_a_datetime_that_rounds_up_is_floored(self):
        class Stamp(datetime):  # a pandas.Timestamp with 999999999 nanoseconds does so
            def timestamp(self):
                return round(super().timestamp())

        late = Stamp(2026, 6, 1, 12, 0, 0, 999999, tzinfo=timezone.utc)
        self.assertEqual(times.seconds_of(late), times.seconds_of(late.replace(microsecond=0)))

    def test_t1_what_is_outside_1970_to_2199_is_a_range_error(self):
        outside = [datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=timezone.utc),
                   datetime(2200, 1, 1, tzinfo=timezone.utc), datetime(1970, 1, 1, tzinfo=BERLIN),
                   datetime.min.replace(tzinfo=timezone.utc),
                   datetime.max.replace(tzinfo=timezone.utc),
                   -1, LAST + 1, 2 ** 63, 2 ** 64, 2 ** 64 + 5, -2 ** 64]
        for at in outside:
            with self.assertRaisesRegex(libsla.RangeError, "1970..2199"):
                times.seconds_of(at)

    def test_a_repeated_local_time_is_told_apart_by_fold(self):
        first = times.seconds_of(berlin(2026, 10, 25, 2, 30))
        self.assertEqual(times.seconds_of(berlin(2026, 10, 25, 2, 30, fold=1)), first + 3600)
        self.assertEqual(times.instant_of(first, BERLIN).fold, 0)
        self.assertEqual(times.instant_of(first + 3600, BERLIN).fold, 1)

    def test_a_naive_datetime_is_refused_with_advice(self):
        for at in (datetime(2026, 11, 20, 17, 50), datetime(2026, 1, 1, tzinfo=NoOffset())):
            with self.assertRaisesRegex(libsla.NaiveTimeError, "ZoneInfo.*calendar.localize"):
                times.seconds_of(at)
        self.assertTrue(issubclass(libsla.NaiveTimeError, TypeError))

    def test_whole_numbers_of_other_libraries_are_seconds(self):
        self.assertEqual(times.seconds_of(Whole(5)), 5)
        self.assertEqual(times.duration_seconds(Whole(5)), 5)

    def test_other_types_are_refused_by_name(self):
        for at, hint in ((True, "not bool"), (1.5, "math.floor"), (None, "not NoneType"),
                         ("2026-11-20", r"calendar.parse\(\)"), (date(2026, 1, 1), "time of day"),
                         (timedelta(1), "not timedelta")):
            with self.assertRaisesRegex(TypeError, hint):
                times.seconds_of(at)


class Durations(unittest.TestCase):
    def test_a_timedelta_is_floored(self):
        for given, seconds in ((timedelta(hours=1), 3600), (timedelta(microseconds=999999), 0),
                               (timedelta(microseconds=-1), -1), (timedelta(days=-1), -86400),
                               (timedelta(seconds=-2, microseconds=500000), -2)):
            self.assertEqual(times.duration_seconds(given), seconds)

    def test_d1_texts_are_read_as_in_a_policy(self):
        for text, seconds in (("90s", 90), ("30m", 1800), ("1h30m", 5400), ("240h", 864000)):
            self.assertEqual(times.duration_seconds(text), seconds)

    def test_a_text_that_is_no_duration_is_a_text_error(self):
        for text in ("", "8", "h", "8 hours", "-8h", "1.5h", "8h\0", "८h"):
            with self.assertRaises(libsla.TextError):
                times.duration_seconds(text)
        with self.assertRaisesRegex(libsla.TextError, r"due\(\)"):
            times.duration_seconds("3wd")

    def test_what_is_longer_than_all_time_is_a_range_error(self):
        for given in (LAST + 1, -LAST - 1, 2 ** 64, 2 ** 64 + 60, timedelta.max, timedelta.min):
            with self.assertRaises(libsla.RangeError):
                times.duration_seconds(given)

    def test_other_types_are_refused_by_name(self):
        for given in (True, 1.5, None, b"8h"):
            with self.assertRaisesRegex(TypeError, type(given).__name__):
                times.duration_seconds(given)


class Zones(unittest.TestCase):
    def zones(self, folder, **loaded):
        return times.Zones(folder, loaded)

    def test_a_zone_is_pythons_own_where_the_file_says_the_same(self):
        zone = desk.policy().calendar("office").zone
        self.assertIs(zone, ZoneInfo("Europe/Berlin"))
        self.assertEqual(pickle.loads(pickle.dumps(zone)), zone)

    def test_a_zone_of_another_folder_has_the_rules_of_that_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "Europe"))
            source = os.path.join(zoneinfo.TZPATH[0], "Asia", "Shanghai")
            with open(source, "rb") as file, \
                    open(os.path.join(folder, "Europe", "Berlin"), "wb") as other:
                other.write(file.read())
            policy = desk.policy("sla: 1\ntimezone: Europe/Berlin\ntargets: [{resolution: 1h}]\n",
                                 zoneinfo=folder)
            zone = policy.zone
        self.assertEqual(zone.key, "Europe/Berlin")
        self.assertEqual(datetime(2026, 6, 1, tzinfo=zone).utcoffset(), timedelta(hours=8))
        # It goes with values to other processes; here it stays the same, as repeated local times
        # of different zones are never equal.
        self.assertIs(pickle.loads(pickle.dumps(zone)), zone)
        self.assertIs(copy.deepcopy(zone), zone)
        self.assertEqual(pickle.loads(pickle.dumps(at := datetime(2026, 6, 1, tzinfo=zone))), at)
        # and C counts with the same
        self.assertEqual(policy.calendar("24x7").parse("2026-06-01").isoformat(),
                         "2026-06-01T00:00:00+08:00")

    def test_the_folder_is_the_first_of_pythons_that_has_zones(self):
        self.assertEqual(times.default_zoneinfo(), zoneinfo.TZPATH[0])
        with mock.patch.object(zoneinfo, "TZPATH", ("/nowhere", zoneinfo.TZPATH[0])):
            self.assertEqual(times.default_zoneinfo(), zoneinfo.TZPATH[1])

    def test_without_zones_the_packages_own_are_taken(self):
        with mock.patch.object(zoneinfo, "TZPATH", ()):
            with mock.patch.object(places, "zoneinfo", lambda: None):
                self.assertEqual(times.default_zoneinfo(), "")
            with mock.patch.object(places, "zoneinfo", lambda: ZONES):
                self.assertEqual(times.default_zoneinfo(), ZONES)
                policy = desk.policy()
        self.assertEqual(policy.zone.key, "Europe/Berlin")

    def test_a_zone_of_the_package_tzdata_is_pythons_own(self):
        with tempfile.TemporaryDirectory() as folder:
            inner = os.path.join(folder, "tzdata", "zoneinfo", "Europe")
            os.makedirs(inner)
            for path in (inner, os.path.dirname(inner), os.path.join(folder, "tzdata")):
                open(os.path.join(path, "__init__.py"), "w").close()
            shutil.copy(os.path.join(ZONES, "Europe", "Berlin"), inner)
            with mock.patch.object(zoneinfo, "TZPATH", ()), \
                    mock.patch.object(sys, "path", [folder, *sys.path]), \
                    mock.patch.dict(sys.modules):
                sys.modules.pop("tzdata", None)
                self.assertIs(self.zones(ZONES)["Europe/Berlin"], ZoneInfo("Europe/Berlin"))

    def test_utc_needs_no_file(self):
        with mock.patch.object(zoneinfo, "TZPATH", ()):
            zone = self.zones("/nowhere")["UTC"]
        self.assertEqual(datetime(2026, 6, 1, tzinfo=zone).utcoffset(), timedelta(0))
        self.assertEqual(datetime(2026, 6, 1, tzinfo=zone).tzname(), "UTC")

    def test_bytes_of_a_loader_make_the_zone(self):
        with open(os.path.join(ZONES, "Asia", "Tokyo"), "rb") as file:
            zone = times.Zones("", {"Moon/Base": file.read()})["Moon/Base"]
        self.assertEqual(datetime(2026, 6, 1, tzinfo=zone).utcoffset(), timedelta(hours=9))


ZONES = zoneinfo.TZPATH[0]

if __name__ == "__main__":
    tap_unittest.main()
