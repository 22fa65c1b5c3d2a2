# SPDX-License-Identifier: MIT
"""sla-check calendar: the pictures of a month and a year, and the same as JSON.

October 2026 begins on a Thursday and has 22 weekdays, of which 1, 2, 5, 6 and 7 are holidays;
Saturday 10 is worked instead: 18 open days of 7.5 hours.
"""

import datetime
import json

from tool_case import OFFICE, ToolCase, width

import tap_unittest

# half-hour cells: closed until 09:00, three hours, lunch, four and a half hours, closed
OFFICE_BAR = "." * 18 + "#" * 6 + "." * 3 + "#" * 9 + "." * 12
CLOSED_BAR = "." * 48


class Picture(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", OFFICE)

    def show(self, *arguments, **environment):
        out, err = self.run_tool("calendar", "p.yaml", *arguments, **environment)
        self.assertEqual(err, "")
        return out

    def day(self, picture, number):
        return next(line for line in picture.splitlines() if line[3:6].strip() == str(number)
                    and line[:3].strip())

    def test_month_has_a_bar_and_the_hours_of_every_date(self):
        out = self.show("office", "--month", "2026-10")
        self.assertEqual(out.splitlines()[0], "office - October 2026 - Asia/Shanghai")
        self.assertEqual(self.day(out, 9),
                         f"Fri  9  {OFFICE_BAR}  09:00-12:00 13:30-18:00")
        self.assertEqual(self.day(out, 11), f"Sun 11  {CLOSED_BAR}  closed")
        days = [line for line in out.splitlines() if line[:3] in
                ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")]
        self.assertEqual(len(days), 31)

    def test_scale_stands_over_the_hours(self):
        lines = self.show("office", "--month", "2026-10").splitlines()
        scale, bar = lines[2], self.day("\n".join(lines), 9)
        for hour in range(0, 25, 3):
            column = 8 + hour * 2
            self.assertEqual(scale[column:].split()[0], str(hour))
        self.assertEqual(bar[8 + 9 * 2], "#")

    def test_holidays_and_make_up_days_are_named(self):
        out = self.show("office", "--month", "2026-10")
        self.assertRegex(self.day(out, 1), r"closed +holiday: 国庆节$")
        self.assertRegex(self.day(out, 10), r"^Sat 10  .*18:00 +make-up day$")
        self.assertIn(OFFICE_BAR, self.day(out, 10))

    def test_totals_are_added_up(self):
        out = self.show("office", "--month", "2026-10")
        self.assertEqual(out.splitlines()[-1],
                         "18 open days, 135h open, 7 holiday dates, 1 make-up day")

    def test_blocks_are_shown_where_the_locale_is_utf8(self):
        plain = self.show("office", "--month", "2026-10")
        blocks = self.show("office", "--month", "2026-10", LC_ALL="C.UTF-8")
        self.assertIn("█", blocks)
        self.assertEqual(self.day(blocks, 9)[8:56].replace("█", "#").replace("·", "."),
                         self.day(plain, 9)[8:56])

    def test_part_of_a_cell_is_shown(self):
        # 09:15-09:45: the second half of one cell, the first half of the next
        out = self.show("quarter", "--month", "2026-11", LC_ALL="C.UTF-8")
        self.assertIn("·" * 18 + "▐▌" + "·" * 28 + "  09:15-09:45", out)
        self.assertIn("." * 18 + "++" + "." * 28, self.show("quarter", "--month", "2026-11"))

    def test_cell_that_is_open_for_part_of_a_half_is_shaded(self):
        self.write("p.yaml", 'sla: 1\ncalendars: {c: {hours: {mon: "09:00-09:20"}}}\n')
        out = self.show("c", "--month", "2026-11", LC_ALL="C.UTF-8")
        self.assertIn("·" * 18 + "▒" + "·" * 29 + "  09:00-09:20", out)

    def test_night_shift_is_cut_at_midnight(self):
        out = self.show("night", "--month", "2026-10")
        self.assertEqual(self.day(out, 3), f"Sat  3  {'.' * 44}####  22:00-24:00")
        self.assertEqual(self.day(out, 4), f"Sun  4  {'#' * 12}{'.' * 36}  00:00-06:00")

    def test_clock_change_is_marked_with_the_length_of_the_day(self):
        out = self.show("newyork", "--month", "2026-11")
        self.assertIn("clock changes from -04:00 to -05:00, a day of 25h", self.day(out, 1))
        out = self.show("newyork", "--month", "2026-03")
        self.assertIn("clock changes from -05:00 to -04:00, a day of 23h", self.day(out, 8))

    def test_date_that_a_zone_skipped_is_said(self):
        self.write("p.yaml", "sla: 1\ntimezone: Pacific/Apia\n")
        out = self.show("24x7", "--month", "2011-12")
        self.assertIn("skipped", self.day(out, 30))
        self.assertTrue(out.splitlines()[-1].startswith("30 open days, 720h open"), out)

    def test_dates_beyond_the_holiday_lists_are_provisional(self):
        out = self.show("office", "--month", "2027-01")
        self.assertTrue(self.day(out, 4).endswith(" ?"))
        self.assertIn("? provisional:", out)
        self.assertNotIn("?", self.show("office", "--month", "2026-12"))

    def test_columns_stay_aligned_behind_wide_names(self):
        out = self.show("office", "--year", "2026")
        for line in out.splitlines():
            self.assertLessEqual(width(line), 80)

    def test_year_has_twelve_months_and_what_is_special(self):
        out = self.show("office", "--year", "2026")
        for month in range(1, 13):
            self.assertIn(datetime.date(2026, month, 1).strftime("%B"), out)
        self.assertIn("* holidays      1 Oct to 7 Oct 国庆节\n", out)
        self.assertIn("+ make-up days  10 Oct\n", out)
        self.assertRegex(out, r"1\* 2\* 3\* 4\*")
        self.assertRegex(out, r"10\+")
        # 261 weekdays in 2026, less five, and one more
        self.assertEqual(out.splitlines()[-1].split(",")[:2], ["257 open days", " 1927h30m open"])

    def test_dates_that_do_not_touch_are_listed_apart(self):
        self.write("p.yaml", """\
sla: 1
holidays:
  h: {through: 2026-12-31, closed: [2026-04-06, 2026-04-07, 2026-06-19, 2026-12-25]}
calendars: {c: {hours: {mon-fri: "09:00-17:00"}, holidays: [h]}}
""")
        self.assertIn("* holidays      6 Apr to 7 Apr, 19 Jun, 25 Dec\n",
                      self.show("c", "--year", "2026"))

    def test_year_has_every_weekday_in_its_column(self):
        lines = self.show("24x7", "--year", "2026").splitlines()
        start = next(i for i, line in enumerate(lines) if line.startswith("January"))
        for column, month in ((0, 1), (25, 2), (50, 3)):
            for line in lines[start + 2 : start + 8]:
                for weekday in range(7):
                    cell = line[column + 3 * weekday : column + 3 * weekday + 2].strip()
                    if cell.isdigit():
                        date = datetime.date(2026, month, int(cell))
                        self.assertEqual(date.weekday(), weekday, line)

    def test_clock_changes_of_a_year_are_listed(self):
        out = self.show("newyork", "--year", "2026")
        self.assertIn("' clock changes 8 Mar (23h), 1 Nov (25h)\n", out)

    def test_json_has_every_date(self):
        found = json.loads(self.show("office", "--month", "2026-10", "--format", "json"))
        self.assertEqual((found["calendar"], found["zone"]), ("office", "Asia/Shanghai"))
        self.assertEqual((found["open_days"], found["open_seconds"]), (18, 135 * 3600))
        self.assertEqual(len(found["days"]), 31)
        self.assertEqual(found["days"][0]["name"], "国庆节")
        self.assertEqual([day["kind"] for day in found["days"][6:10]],
                         ["holiday", "regular", "regular", "workday"])
        self.assertEqual(found["days"][8]["open"], [
            {"from": "2026-10-09T01:00:00Z", "to": "2026-10-09T04:00:00Z"},
            {"from": "2026-10-09T05:30:00Z", "to": "2026-10-09T10:00:00Z"}])
        found = json.loads(self.show("office", "--year", "2024", "--format", "json"))
        self.assertEqual(len(found["days"]), 366)

    def test_without_a_name_the_calendars_are_listed(self):
        out = self.show()
        self.assertRegex(out, r"(?m)^24x7 +Asia/Shanghai$")
        self.assertRegex(out, r"(?m)^newyork +America/New_York$")
        found = json.loads(self.show("--format", "json"))
        self.assertEqual(found[1], {"calendar": "office", "zone": "Asia/Shanghai"})

    def test_list_is_aligned_behind_wide_names(self):
        self.write("p.yaml", 'sla: 1\ncalendars: {办公室: {hours: {mon: "09:00-17:00"}}}\n')
        lines = self.show().splitlines()
        self.assertEqual({width(line[: line.index(line.split()[1])]) for line in lines[:3]}, {10})

    def test_first_and_last_months_of_the_range_are_shown(self):
        self.show("office", "--month", "1970-01")
        self.show("office", "--month", "2199-12")
        self.show("newyork", "--year", "1970")
        self.show("office", "--year", "2199")

    def test_without_a_month_it_is_this_month(self):
        today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
        self.assertIn(today.strftime("%B %Y"), self.show("office").splitlines()[0])

    def test_wrong_usage(self):
        for arguments, message in (
                (["offcie"], "did you mean 'office'?"),
                (["frobnicate"], "it has: 24x7, office"),
                (["office", "--month", "2026-13"], "cannot read the month '2026-13'"),
                (["office", "--month", "2026"], "cannot read the month"),
                (["office", "--month", "2026-1x"], "cannot read the month"),
                (["office", "--year", "26"], "cannot read the year"),
                (["office", "--year", "2200"], "1970 to 2199"),
                (["office", "--year", "0000"], "1970 to 2199"),
                (["office", "--month", "2026-10", "--year", "2026"], "exclude each other"),
                (["office", "--year", "2026", "--month", "2026-10"], "exclude each other"),
                (["office", "--month", "1969-12"], "1970 to 2199"),
                (["office", "night"], "one calendar")):
            with self.subTest(arguments=arguments):
                out, err = self.run_tool("calendar", "p.yaml", *arguments, status=2)
                self.assertEqual(out, "")
                self.assertIn(message, err)


if __name__ == "__main__":
    tap_unittest.main()
