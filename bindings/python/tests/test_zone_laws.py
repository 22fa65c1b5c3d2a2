# SPDX-License-Identifier: MIT
"""Zones against Python's own zoneinfo, and laws that hold of any calendar in any year (T1 to T3,
C4, C5, C7)."""

import datetime
import unittest
import zoneinfo

import laws  # first: it freezes the zones
import tap_unittest
from hypothesis import given, strategies as st
from walk import EPOCH, UTC, instant_of, moment, seconds

import libsla

LAST = 7_258_118_399  # T1: 2199-12-31T23:59:59Z
YEAR = 366 * 86400

POLICY = """
sla: 1
timezone: Europe/Berlin
calendar: desk
calendars:
  desk: {hours: {mon-fri: "09:00-12:00, 13:00-17:30", sat: "22:00-06:00"}, holidays: [ours]}
  guard: {timezone: Australia/Lord_Howe, hours: {daily: "22:00-06:00"}}
  always: {timezone: America/Santiago, hours: always}
  rare: {timezone: Asia/Tehran, hours: {sun: "02:00-02:30"}, special: [
    {from: 2030-01-01T00:00, to: 2033-01-01T00:00, hours: closed}]}
holidays: {ours: {closed: [{yearly: 12-25, to: 01-01}, {yearly: easter + 1}]}}
targets: [{resolution: 1h}]
"""


def zones_policy():
    """One calendar in each zone."""
    lines = [f'  "{zone}": {{timezone: {zone}, hours: {{mon-fri: "09:00-17:00"}}}}'
             for zone in laws.ALL_ZONES]
    return "\n".join(["sla: 1", "timezone: UTC", "calendar: UTC", "calendars:", *lines,
                      "targets: [{resolution: 1h}]", ""])


def changes(zone):
    """The instants at which the clocks of a zone change, of half a dozen years."""
    found = []
    for year in (1971, 1986, 2011, 2023, 2026, 2027, 2199):
        start = seconds(datetime.datetime(year, 1, 1, tzinfo=UTC))
        for at in range(start, min(start + YEAR, LAST - 86400), 86400):
            low, high = at, at + 86400
            offset = moment(high, zone).utcoffset()
            if moment(low, zone).utcoffset() == offset:
                continue
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if moment(middle, zone).utcoffset() == offset else (
                    middle, high)
            found.append(high)
    return found or [86400]


def with_whole_minutes(value):
    return value.utcoffset() % datetime.timedelta(minutes=1) == datetime.timedelta(0)


CHANGES = {key: changes(zoneinfo.ZoneInfo(key)) for key in laws.ALL_ZONES}


def is_repeated(local, zone):
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() > second.utcoffset()


@st.composite
def local_times(draw, key):
    """Naive times: any, or on a day when the clock changes."""
    zone = zoneinfo.ZoneInfo(key)
    if draw(st.booleans()):  # in the hours that are left out or repeated, or about them
        before = moment(draw(st.sampled_from(CHANGES[key])) - 1, zone).replace(tzinfo=None, fold=0)
        return before + datetime.timedelta(seconds=draw(st.integers(-2 * 3600, 2 * 3600)))
    return moment(draw(st.integers(86400, LAST - 86400)), zone).replace(tzinfo=None, fold=0)


@st.composite
def instants(draw, key):
    """Any, or about a change of the clock."""
    if draw(st.booleans()):
        return draw(st.sampled_from(CHANGES[key])) + draw(st.integers(-2 * 3600, 2 * 3600))
    return draw(st.integers(0, LAST))


class ZoneLaws(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.zones = libsla.Policy.compile(zones_policy(), zoneinfo=str(laws.ZONES))
        cls.policy = libsla.Policy.compile(POLICY, zoneinfo=str(laws.ZONES))

    @classmethod
    def tearDownClass(cls):
        cls.zones.close()
        cls.policy.close()

    @given(st.sampled_from(laws.ALL_ZONES), st.data())
    def test_local_times_are_those_of_zoneinfo_in_gaps_and_repeats_too_T3(self, key, data):
        calendar = self.zones.calendar(key)
        for _ in range(8):
            local = data.draw(local_times(key))
            at = instant_of(local, zoneinfo.ZoneInfo(key))
            if not 0 <= at <= LAST:
                continue
            self.assertIsNone(laws.same_datetime(calendar.localize(local), at, key), local)
            for text in (local.isoformat(), local.isoformat().replace("T", "t")):
                self.assertIsNone(laws.same_datetime(calendar.parse(text), at, key), text)

    @given(st.sampled_from(laws.ALL_ZONES), st.data())
    def test_texts_are_those_of_isoformat_and_read_back(self, key, data):
        calendar, zone = self.zones.calendar(key), zoneinfo.ZoneInfo(key)
        for _ in range(8):
            at = data.draw(instants(key))
            written = moment(at, zone)
            if not with_whole_minutes(written):
                continue  # RFC 3339 cannot say such offsets
            expected = written.isoformat()
            if key in ("UTC", "Etc/UTC"):
                expected = expected.replace("+00:00", "Z")
            given = data.draw(laws.datetimes_of(at))
            self.assertIn(calendar.format(given), (expected, written.isoformat()))
            self.assertEqual(calendar.format(at), calendar.format(given))
            self.assertIsNone(laws.same_datetime(calendar.parse(written.isoformat()), at, key))
            self.assertEqual(calendar.date(given), written.date())

    @given(st.sampled_from(laws.ALL_ZONES), st.data())
    def test_a_datetime_means_the_same_instant_in_any_zone(self, key, data):
        calendar = self.zones.calendar(key)
        for near in (key, data.draw(st.sampled_from(laws.ALL_ZONES))):
            at = data.draw(instants(near))
            given = data.draw(laws.datetimes_of(at, near))
            self.assertIsNone(laws.same_datetime(calendar.add(given, 0), at, key), given)

    @given(st.sampled_from(laws.ALL_ZONES), st.sampled_from(laws.ALL_ZONES), st.data())
    def test_both_times_of_a_repeated_hour_are_told_apart(self, key, other, data):
        zone, calendar = zoneinfo.ZoneInfo(key), self.zones.calendar(other)
        for fold in (0, 1):
            local = data.draw(local_times(key))
            given = local.replace(tzinfo=zone, fold=fold)
            if is_repeated(local, zone):
                found = self.zones.calendar(key).localize(local.replace(fold=fold))
                self.assertIsNone(laws.same_datetime(found, seconds(given), key))
            at = (given - given.utcoffset()).replace(tzinfo=UTC) - EPOCH
            at //= datetime.timedelta(seconds=1)
            if 0 <= at <= LAST:
                self.assertIsNone(laws.same_datetime(calendar.add(given, 0), at, other), given)

    # Laws without an oracle, over all years.

    @given(st.sampled_from(["desk", "guard", "always", "rare", "24x7"]), st.integers(0, LAST),
           st.integers(0, LAST))
    def test_elapsed_is_antisymmetric_and_adds_up_C4(self, name, a, b):
        calendar = self.policy.calendar(name)
        self.assertEqual(calendar.elapsed(a, b), -calendar.elapsed(b, a))
        middle = (a + b) // 2
        self.assertEqual(calendar.elapsed(a, b),
                         calendar.elapsed(a, middle) + calendar.elapsed(middle, b))
        self.assertTrue(0 <= calendar.elapsed(min(a, b), max(a, b)) <= abs(a - b))

    @given(st.sampled_from(["desk", "guard", "always", "rare"]), st.integers(0, LAST),
           st.one_of(st.integers(0, 10 * 86400), st.integers(0, 10 ** 10), st.integers(0, 2)))
    def test_add_is_the_earliest_and_the_latest_instant_C5(self, name, a, count):
        calendar = self.policy.calendar(name)
        try:
            later = calendar.add(a, count)
        except libsla.RangeError:
            self.assertLess(calendar.elapsed(a, LAST), count)
        else:
            self.assertTrue(later >= a and calendar.elapsed(a, later) == count)
            self.assertTrue(later == a or calendar.elapsed(a, later - 1) < count)
        try:
            earlier = calendar.add(a, -count)
        except libsla.RangeError:
            self.assertLess(calendar.elapsed(0, a), count)
        else:
            self.assertTrue(earlier <= a and calendar.elapsed(earlier, a) == count)
            self.assertTrue(earlier == a or calendar.elapsed(earlier + 1, a) < count)

    @given(st.sampled_from(["desk", "guard", "rare"]), st.integers(0, LAST - 5 * YEAR))
    def test_openings_and_closings_are_the_first_ones_C7(self, name, at):
        calendar = self.policy.calendar(name)
        opens, closes = calendar.next_open(at), calendar.next_close(at)
        self.assertIs(calendar.is_open(opens), True)
        self.assertIs(calendar.is_open(closes), False)
        self.assertEqual(calendar.elapsed(at, opens), 0)
        self.assertEqual(calendar.elapsed(at, closes), closes - at)
        self.assertIn(at, (opens, closes))

    @given(st.sampled_from(["desk", "always"]), st.integers(-10 ** 25, 10 ** 25))
    def test_what_lies_outside_the_years_1970_to_2199_is_a_range_error_T1(self, name, at):
        calendar = self.policy.calendar(name)
        inside = 0 <= at <= LAST
        for ask in (lambda: calendar.is_open(at), lambda: calendar.add(at, 0),
                    lambda: calendar.elapsed(at, 0), lambda: calendar.next_open(at),
                    lambda: calendar.date(at), lambda: calendar.format(at)):
            if inside and at < LAST - YEAR:
                ask()
            elif not inside:
                self.assertRaises(libsla.RangeError, ask)

    def test_calendars_show_the_zones_of_the_folder_that_the_policy_was_given(self):
        for key in laws.ALL_ZONES:
            zone = self.zones.calendar(key).zone
            self.assertEqual(str(zone), key)
            for at in CHANGES[key]:
                for second in range(at - 7200, at + 7200, 1800):
                    self.assertEqual(moment(second, zone).utcoffset(),
                                     moment(second, zoneinfo.ZoneInfo(key)).utcoffset())


if __name__ == "__main__":
    tap_unittest.main()
