# SPDX-License-Identifier: MIT
"""Calendar: sums of counted time, openings, dates. Rules are those of semantics.md."""

import unittest
from datetime import date, datetime, time, timedelta, timezone

import desk
import tap_unittest
from desk import BERLIN, SHANGHAI, berlin

import libsla

HOUR = 3600


class Calendar(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.policy = desk.policy()
        cls.office = cls.policy.calendar("office")
        cls.night = cls.policy.calendar("night")
        cls.shanghai = cls.policy.calendar("shanghai")

    def test_c5_add_counts_across_the_weekend(self):
        # Friday 16:50: ten minutes, then Monday from 9:00
        self.assertEqual(self.office.add(berlin(2026, 11, 20, 16, 50), timedelta(minutes=30)),
                         berlin(2026, 11, 23, 9, 20))

    def test_c5_what_ends_at_closing_is_due_at_closing(self):
        self.assertEqual(self.office.add(berlin(2026, 11, 20, 16), "1h"), berlin(2026, 11, 20, 17))

    def test_c5_add_nothing_is_the_start_even_when_closed(self):
        sunday = berlin(2026, 11, 22, 3)
        self.assertEqual(self.office.add(sunday, 0), sunday)

    def test_c5_negative_time_is_counted_backwards(self):
        self.assertEqual(self.office.add(berlin(2026, 11, 23, 9, 20), timedelta(minutes=-30)),
                         berlin(2026, 11, 20, 16, 50))
        self.assertEqual(self.office.add(int(berlin(2026, 11, 23, 9, 20).timestamp()), -1800),
                         int(berlin(2026, 11, 20, 16, 50).timestamp()))

    def test_a_duration_may_be_a_timedelta_seconds_or_a_text(self):
        start, due = berlin(2026, 11, 23, 9), berlin(2026, 11, 23, 10, 30)
        for counted in (timedelta(hours=1, minutes=30), 5400, "1h30m", "90m", "5400s"):
            self.assertEqual(self.office.add(start, counted), due)

    def test_answers_are_in_the_zone_of_the_calendar(self):
        start = datetime(2026, 11, 23, 8, tzinfo=timezone.utc)
        due = self.office.add(start, "1h")
        self.assertEqual(due.isoformat(), "2026-11-23T10:00:00+01:00")
        self.assertIs(due.tzinfo, self.office.zone)
        self.assertEqual(self.shanghai.next_open(start).tzinfo, SHANGHAI)

    def test_seconds_in_and_seconds_out(self):
        start = int(berlin(2026, 11, 23, 9).timestamp())
        self.assertEqual(self.office.add(start, HOUR), start + HOUR)
        self.assertIs(type(self.office.add(start, timedelta(hours=1))), int)
        self.assertEqual(self.office.elapsed(start, start + HOUR), HOUR)
        self.assertEqual(self.office.next_open(start - 5), start)
        self.assertEqual(self.office.next_close(start), start + 3 * HOUR)
        self.assertEqual(self.office.due(start, "1h"), start + HOUR)
        self.assertTrue(self.office.is_open(start))

    def test_c4_elapsed_counts_open_time_and_is_signed(self):
        friday, monday = berlin(2026, 11, 20, 16), berlin(2026, 11, 23, 10)
        self.assertEqual(self.office.elapsed(friday, monday), timedelta(hours=2))
        self.assertEqual(self.office.elapsed(monday, friday), timedelta(hours=-2))
        self.assertEqual(self.office.elapsed(friday, friday), timedelta(0))

    def test_elapsed_takes_two_datetimes_or_two_numbers(self):
        at = berlin(2026, 11, 20, 16)
        for start, end in ((at, 5), (5, at)):
            with self.assertRaisesRegex(TypeError, "datetimes or both seconds"):
                self.office.elapsed(start, end)

    def test_c1_the_repeated_hour_counts_twice_and_the_skipped_one_not(self):
        # The night of 2026-10-25 has 22:00-06:00 with 2:00-3:00 twice; that of 03-29 without it.
        self.assertEqual(self.night.elapsed(berlin(2026, 10, 24, 22), berlin(2026, 10, 25, 6)),
                         timedelta(hours=9))
        self.assertEqual(self.night.elapsed(berlin(2026, 3, 28, 22), berlin(2026, 3, 29, 6)),
                         timedelta(hours=7))

    def test_fold_tells_the_two_occurrences_of_a_local_time_apart(self):
        first, second = berlin(2026, 10, 25, 2, 30), berlin(2026, 10, 25, 2, 30, fold=1)
        self.assertEqual(self.night.elapsed(first, second.astimezone(timezone.utc)),
                         timedelta(hours=1))
        out = self.night.add(first, "1h")
        self.assertEqual((out.hour, out.minute, out.fold), (2, 30, 1))
        self.assertEqual(self.night.add(first, 0).fold, 0)

    def test_c7_next_open_and_next_close_may_be_now(self):
        monday = berlin(2026, 11, 23, 9)
        self.assertEqual(self.office.next_open(berlin(2026, 11, 20, 17)), monday)
        self.assertEqual(self.office.next_open(monday), monday)
        self.assertEqual(self.office.next_close(monday), berlin(2026, 11, 23, 12))
        self.assertEqual(self.office.next_close(berlin(2026, 11, 23, 12)),
                         berlin(2026, 11, 23, 12))

    def test_c2_hours_are_half_open(self):
        self.assertTrue(self.office.is_open(berlin(2026, 11, 23, 9)))
        self.assertFalse(self.office.is_open(berlin(2026, 11, 23, 12)))

    def test_c8_what_never_comes_is_a_range_error(self):
        always = self.policy.calendar("24x7")
        with self.assertRaises(libsla.RangeError):
            always.next_close(berlin(2026, 1, 1))
        with self.assertRaises(libsla.RangeError):
            self.office.add(berlin(2199, 12, 31), "24h")

    def test_d1_to_d3_due(self):
        tuesday = berlin(2026, 11, 17, 11)
        self.assertEqual(self.office.due(tuesday, "4h"), berlin(2026, 11, 17, 16))
        self.assertEqual(self.office.due(tuesday, timedelta(hours=4)), berlin(2026, 11, 17, 16))
        self.assertEqual(self.office.due(tuesday, "2wd"), berlin(2026, 11, 19, 11))
        self.assertEqual(self.policy.calendar("24x7").due(tuesday, "2d"), berlin(2026, 11, 19, 11))

    def test_d2_a_target_may_be_due_at_closing_and_have_a_cutoff(self):
        afternoon = berlin(2026, 11, 17, 15, 30)
        target = libsla.Target.parse("1wd", due="close", cutoff="15:00")
        # After the cut-off the clock begins on Wednesday, so day 1 is Thursday.
        self.assertEqual(self.office.due(afternoon, target), berlin(2026, 11, 19, 17))
        early = libsla.Target.parse("1wd", due=time(10, 15))
        self.assertEqual(self.office.due(afternoon, early), berlin(2026, 11, 18, 10, 15))

    def test_d3_calendar_days_need_a_calendar_that_is_always_open(self):
        with self.assertRaisesRegex(libsla.ArgumentError, "always open"):
            self.office.due(berlin(2026, 11, 17, 11), "2d")

    def test_c6_rolled_deadlines_roll_in_due_and_not_in_add(self):
        rolling = desk.policy("roll_deadlines: true\n" + desk.TEXT.split("tests:")[0])
        office, friday = rolling.calendar("office"), berlin(2026, 11, 20, 16)
        self.assertEqual(office.due(friday, "1h"), berlin(2026, 11, 23, 9))
        self.assertEqual(office.add(friday, "1h"), berlin(2026, 11, 20, 17))

    def test_what_is_no_target_is_refused(self):
        for target in (True, 4.5, None, b"3wd"):
            with self.assertRaisesRegex(TypeError, 'such as "3wd" or "4h".*' +
                                        type(target).__name__):
                self.office.due(berlin(2026, 11, 17, 11), target)
        with self.assertRaises(libsla.RangeError):
            self.office.due(berlin(2026, 11, 17, 11), 2 ** 64)
        with self.assertRaises(libsla.ArgumentError):
            self.office.due(berlin(2026, 11, 17, 11), -1)

    def test_c10_answers_beyond_the_holiday_lists_are_provisional(self):
        self.assertFalse(self.office.is_provisional(berlin(2027, 12, 31, 12)))
        self.assertTrue(self.office.is_provisional(berlin(2028, 1, 3, 12)))
        self.assertIs(self.night.is_provisional(berlin(2100, 1, 1)), False)

    def test_c7_working_days_are_counted_by_date(self):
        self.assertTrue(self.office.is_workday(date(2026, 12, 24)))  # half a day
        self.assertFalse(self.office.is_workday(date(2026, 12, 25)))
        self.assertTrue(self.office.is_workday(date(2026, 11, 28)))  # a Saturday made up
        # 23 to 28 November: five days and the Saturday
        self.assertEqual(self.office.workdays(date(2026, 11, 23), date(2026, 11, 30)), 6)
        self.assertEqual(self.office.workdays(date(2026, 11, 30), date(2026, 11, 23)), -6)
        self.assertEqual(self.office.add_workdays(date(2026, 11, 27), 1), date(2026, 11, 28))
        self.assertEqual(self.office.add_workdays(date(2026, 11, 30), -2), date(2026, 11, 27))
        self.assertEqual(self.office.add_workdays(date(2026, 11, 29), 0), date(2026, 11, 29))

    def test_working_days_that_are_not_there_are_a_range_error(self):
        with self.assertRaisesRegex(libsla.RangeError, "100000 working days after 2026-11-29"):
            self.office.add_workdays(date(2026, 11, 29), 100000)
        with self.assertRaises(libsla.RangeError):
            self.office.add_workdays(date(2026, 11, 29), 2 ** 64 + 1)

    def test_a_date_is_no_datetime(self):
        with self.assertRaisesRegex(TypeError, r"calendar.date\(at\)"):
            self.office.is_workday(berlin(2026, 11, 20))
        with self.assertRaises(TypeError):
            self.office.day("2026-11-20")
        with self.assertRaises(libsla.RangeError):
            self.office.day(date(1969, 12, 30))

    def test_the_date_of_an_instant_is_that_of_its_wall_clock(self):
        at = datetime(2026, 11, 20, 20, tzinfo=timezone.utc)
        self.assertEqual(self.office.date(at), date(2026, 11, 20))
        self.assertEqual(self.shanghai.date(at), date(2026, 11, 21))
        self.assertEqual(self.shanghai.date(int(at.timestamp())), date(2026, 11, 21))

    def test_c3_a_day_says_its_hours_and_why(self):
        day = self.office.day(date(2026, 12, 24))
        self.assertEqual((day.kind, day.name), (libsla.DayKind.HOLIDAY, ""))
        self.assertEqual(day.stretches, (
            libsla.Stretch(berlin(2026, 12, 24, 9), berlin(2026, 12, 24, 12)),))
        self.assertEqual(day.open, timedelta(hours=3))
        christmas = self.office.day(date(2026, 12, 25))
        self.assertEqual((christmas.name, christmas.stretches), ("Christmas", ()))
        saturday = self.office.day(date(2026, 11, 28))
        self.assertEqual((saturday.kind, saturday.name), ("workday", "make-up day"))
        self.assertEqual(len(saturday.stretches), 2)

    def test_a_day_with_a_clock_change_has_23_or_25_hours(self):
        spring, autumn = (self.night.day(date(2026, *day)) for day in ((3, 29), (10, 25)))
        self.assertTrue(spring.clock_change and autumn.clock_change)
        self.assertEqual(spring.end.timestamp() - spring.start.timestamp(), 23 * HOUR)
        self.assertEqual(autumn.end.timestamp() - autumn.start.timestamp(), 25 * HOUR)
        self.assertFalse(self.night.day(date(2026, 11, 20)).clock_change)

    def test_a_day_may_have_more_stretches_than_one_expects(self):
        hours = ", ".join(f"{hour:02}:00-{hour:02}:30" for hour in range(20))
        many = desk.policy("sla: 1\ncalendar: c\ntargets: [{resolution: 1h}]\n"
                           f'calendars: {{c: {{hours: {{daily: "{hours}"}}}}}}\n').calendar("c")
        self.assertEqual(len(many.day(date(2026, 11, 20)).stretches), 20)

    def test_t3_parse_reads_local_time_and_offsets(self):
        self.assertEqual(self.office.parse("2026-11-20T17:50:00+08:00"),
                         berlin(2026, 11, 20, 10, 50))
        self.assertEqual(self.office.parse("2026-11-20T17:50"), berlin(2026, 11, 20, 17, 50))
        self.assertEqual(self.office.parse("2026-11-20"), berlin(2026, 11, 20))
        with self.assertRaisesRegex(libsla.TextError, '"tomorrow"'):
            self.office.parse("tomorrow")
        with self.assertRaises(libsla.RangeError):
            self.office.parse("2200-01-02")

    def test_format_writes_the_offset_of_the_calendar(self):
        at = datetime(2026, 11, 20, 10, 50, tzinfo=timezone.utc)
        self.assertEqual(self.office.format(at), "2026-11-20T11:50:00+01:00")
        self.assertEqual(self.shanghai.format(int(at.timestamp())), "2026-11-20T18:50:00+08:00")

    def test_t3_localize_reads_a_naive_datetime_as_parse_does(self):
        for fields in ((2026, 11, 20, 17, 50), (2026, 3, 29, 2, 23), (2026, 10, 25, 2, 30)):
            naive = datetime(*fields)
            self.assertEqual(self.office.localize(naive).isoformat(),
                             self.office.parse(naive.isoformat()).isoformat())
        # skipped: moved forward by the gap; repeated: the first, or with fold the second
        self.assertEqual(self.office.localize(datetime(2026, 3, 29, 2, 23)).isoformat(),
                         "2026-03-29T03:23:00+02:00")
        self.assertEqual(self.office.localize(datetime(2026, 3, 29, 2, 23, fold=1)).isoformat(),
                         "2026-03-29T03:23:00+02:00")
        self.assertEqual(self.office.localize(datetime(2026, 10, 25, 2, 30)).isoformat(),
                         "2026-10-25T02:30:00+02:00")
        self.assertEqual(self.office.localize(datetime(2026, 10, 25, 2, 30, fold=1)).isoformat(),
                         "2026-10-25T02:30:00+01:00")

    def test_localize_refuses_a_datetime_that_has_a_zone(self):
        with self.assertRaisesRegex(ValueError, "has a zone already"):
            self.office.localize(berlin(2026, 11, 20))

    def test_a_calendar_says_what_it_is(self):
        self.assertEqual((self.office.name, self.office.zone), ("office", BERLIN))
        self.assertEqual(repr(self.shanghai), "<libsla.Calendar shanghai in Asia/Shanghai>")


if __name__ == "__main__":
    tap_unittest.main()
