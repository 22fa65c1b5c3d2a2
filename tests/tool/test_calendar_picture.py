# SPDX-License-Identifier: MIT
"""sla-check calendar: the pictures of a month and a year, and the same as JSON.

October 2026 begins on a Thursday and has 22 weekdays, of which 1, 2, 5, 6 and 7 are holidays;
Saturday 10 is worked instead: 18 open days of 7.5 hours.
"""

import datetime
import json
import re

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
        self.assertRegex(self.day(out, 1), r"^Thu  1\* .*closed +国庆节$")
        self.assertRegex(self.day(out, 10), r"^Sat 10\+ .*18:00 +make-up day$")
        self.assertIn("* holidays       1 Oct to 7 Oct 国庆节\n+ make-up days   10 Oct\n", out)
        self.assertIn(OFFICE_BAR, self.day(out, 10))

    def test_totals_are_added_up(self):
        out = self.show("office", "--month", "2026-10")
        self.assertEqual(out.splitlines()[-1],
                         "18 working days, 135h open, 7 holiday dates, 1 make-up day")

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

    def test_clock_change_is_marked_with_both_readings_of_the_clock(self):
        # America/New_York: 02:00 becomes 03:00 on 8 March, 02:00 becomes 01:00 on 1 November
        out = self.show("newyork", "--month", "2026-11")
        self.assertEqual(self.day(out, 1), f"Sun  1' ..<<{'.' * 44}  closed"
                         f"{' ' * 19}02:00>01:00")
        self.assertIn("' clock changes  1 Nov 02:00 -> 01:00 (1h back, a day of 25h)\n", out)
        self.assertIn("< comes twice", out)
        out = self.show("newyork", "--month", "2026-03")
        self.assertIn("' ....>>..", self.day(out, 8))
        self.assertIn("' clock changes  8 Mar 02:00 -> 03:00 (1h forward, a day of 23h)\n", out)
        self.assertIn("> skipped by the clock", out)

    def test_open_hour_that_comes_twice_is_marked(self):
        out = self.show("night", "--month", "2026-11")
        self.assertEqual(self.day(out, 1)[:56], f"Sun  1' ##22{'#' * 8}{'.' * 36}")
        self.assertIn("2 open, comes twice", out)

    def test_half_an_hour_is_one_cell(self):
        # Lord Howe: 02:00 becomes 02:30 on 4 October 2026, and 01:30 again on 5 April
        self.write("p.yaml", "sla: 1\ntimezone: Australia/Lord_Howe\n")
        out = self.show("24x7", "--month", "2026-10")
        self.assertEqual(self.day(out, 4)[:56], f"Sun  4' {'#' * 4}>{'#' * 43}")
        self.assertIn("4 Oct 02:00 -> 02:30 (30m forward, a day of 23h30m)", out)
        out = self.show("24x7", "--month", "2026-04")
        self.assertEqual(self.day(out, 5)[:56], f"Sun  5' ###2{'#' * 44}")
        self.assertIn("5 Apr 02:00 -> 01:30 (30m back, a day of 24h30m)", out)

    def test_changes_of_ramadan_are_marked(self):
        # Morocco 2026: back on 15 February at 03:00, forward on 22 March at 02:00
        self.write("p.yaml", "sla: 1\ntimezone: Africa/Casablanca\n")
        out = self.show("24x7", "--year", "2026")
        self.assertIn("15 Feb 03:00 -> 02:00 (1h back, a day of 25h),\n"
                      "                 22 Mar 02:00 -> 03:00 (1h forward, a day of 23h)\n", out)

    def test_date_that_a_zone_skipped_is_said(self):
        self.write("p.yaml", "sla: 1\ntimezone: Pacific/Apia\n")
        out = self.show("24x7", "--month", "2011-12")
        self.assertEqual(self.day(out, 30), f"Fri 30' {'>' * 48}  no such date")
        self.assertEqual(self.day(out, 31)[:8], "Sat 31  ")
        self.assertIn("' clock changes  30 Dec is skipped (24h forward)\n", out)
        self.assertEqual(out.splitlines()[-1], "30 working days, 720h open")

    def test_dates_beyond_the_holiday_lists_are_provisional(self):
        out = self.show("office", "--month", "2027-01")
        self.assertEqual(self.day(out, 4)[:8], "Mon  4? ")
        self.assertIn("? provisional    from 1 Jan on: the holiday lists end on 31 Dec 2026\n", out)
        self.assertNotIn("?", self.show("office", "--month", "2026-12"))
        self.assertRegex(self.show("office", "--year", "2027"), r"(?m)^January  \? 21 days ")

    def test_weeks_of_a_month_are_added_up(self):
        lines = self.show("office", "--month", "2026-10").splitlines()
        weeks = [line.split("week")[1].strip() for line in lines if "week" in line]
        # 8, 9 and 10 are worked in the second one; the last one ends with the month
        self.assertEqual(weeks, ["no open day", "3 days, 22h30m", "5 days, 37h30m",
                                 "5 days, 37h30m", "5 days, 37h30m"])
        self.assertTrue(lines[lines.index(self.day("\n".join(lines), 4)) + 1].strip()
                        .startswith("week"))

    def test_months_of_a_year_are_bars(self):
        out = self.show("office", "--year", "2026")
        bars = dict(re.findall(r"(?m)^(\w+)  +\d+ days? +\w+  (#+)$", out))
        self.assertEqual(len(bars), 12)
        # 23 days make the longest bar, 42 columns; October has 18
        self.assertEqual((len(bars["July"]), len(bars["October"])), (42, round(42 * 18 / 23)))
        self.assertRegex(out, r"(?m)^October +18 days +135h  #")

    def test_many_intervals_are_counted_where_they_do_not_fit(self):
        hours = ", ".join(f"{hour:02}:00-{hour:02}:30" for hour in range(24))
        self.write("p.yaml", f'sla: 1\ncalendars: {{c: {{hours: {{daily: "{hours}"}}}}}}\n')
        self.assertEqual(self.day(self.show("c", "--month", "2026-11"), 2),
                         f"Mon  2  {'#.' * 24}  00:00-00:30 01:00-01:30 02:00-02:30 +21")
        found = json.loads(self.show("c", "--month", "2026-11", "--format", "json"))
        self.assertEqual(len(found["days"][0]["open"]), 24)

    def test_no_line_is_wider_than_a_hundred_columns(self):
        self.write("p.yaml", OFFICE.replace("国庆节", "国庆节" * 40))
        for arguments in (["--month", "2026-10"], ["--year", "2026"]):
            out = self.show("office", *arguments, LC_ALL="C.UTF-8")
            self.assertLessEqual(max(map(width, out.splitlines())), 100)
            # the whole name stands in the list, whatever the bar has room for
            self.assertIn("国庆节" * 40, re.sub(r"\n +", "", out))
        self.assertIn("…", self.show("office", "--month", "2026-10", LC_ALL="C.UTF-8"))

    def test_terminal_gets_colour_and_its_own_width(self):
        for columns, limit in ((80, 80), (99, 80), (120, 100)):
            out = self.on_terminal("calendar", "p.yaml", "office", "--month", "2026-10",
                                   columns=columns, LC_ALL="C.UTF-8").replace("\r\n", "\n")
            self.assertIn("\x1b[31m", out)
            plain = re.sub(r"\x1b\[\d+m", "", out)
            self.assertLessEqual(max(map(width, plain.splitlines())), limit)
            self.assertIn("09:00-12:00 13:30-18:00", plain)
            self.assertRegex(self.day(plain, 1), r"closed +国庆节$")
        self.assertNotIn("\x1b", self.on_terminal("calendar", "p.yaml", "office", NO_COLOR="1"))
        self.assertNotIn("\x1b", self.show("office", "--month", "2026-10"))

    def test_columns_stay_aligned_behind_wide_names(self):
        out = self.show("office", "--year", "2026")
        for line in out.splitlines():
            self.assertLessEqual(width(line), 80)

    def test_year_has_twelve_months_and_what_is_special(self):
        out = self.show("office", "--year", "2026")
        for month in range(1, 13):
            self.assertIn(datetime.date(2026, month, 1).strftime("%B"), out)
        self.assertIn("* holidays       1 Oct to 7 Oct 国庆节\n", out)
        self.assertIn("+ make-up days   10 Oct\n", out)
        self.assertRegex(out, r"1\* 2\* 3\* 4\*")
        self.assertRegex(out, r"10\+")
        # 261 weekdays in 2026, less five, and one more
        self.assertEqual(out.splitlines()[-1].split(",")[:2],
                         ["257 working days", " 1927h30m open"])

    def write_closure(self):
        self.write("p.yaml", """\
sla: 1
timezone: Asia/Shanghai
calendars:
  office:
    hours: {mon-fri: "09:00-17:00"}
    special:
      - {from: 2026-08-03T14:00, to: 2026-08-05T10:30, hours: closed, name: 台风}
      - {date: 2026-08-07, hours: "10:00-12:00", name: 周年庆}
""")

    def test_closures_and_special_days_are_named(self):
        self.write_closure()
        out = self.show("office", "--month", "2026-08")
        # what is left of the hours is open: until Monday 14:00, and from Wednesday 10:30
        self.assertRegex(self.day(out, 3), r"^Mon  3! .*  09:00-14:00 +台风$")
        self.assertRegex(self.day(out, 4), r"^Tue  4! .*  closed +台风$")
        self.assertRegex(self.day(out, 5), r"^Wed  5! .*  10:30-17:00 +台风$")
        self.assertRegex(self.day(out, 7), r"^Fri  7~ .*  10:00-12:00 +周年庆$")
        self.assertIn("~ special days   7 Aug 周年庆\n! closures       3 Aug to 5 Aug 台风\n", out)
        self.assertTrue(out.endswith(", 1 special day, 3 dates with a closure\n"), out)
        found = json.loads(self.show("office", "--month", "2026-08", "--format", "json"))
        self.assertEqual([(day["kind"], day["name"]) for day in found["days"][2:7]],
                         [("closure", "台风")] * 3 + [("regular", None), ("special", "周年庆")])
        self.assertIn("3! 4! 5! 6  7~", self.show("office", "--year", "2026"))

    def test_calendar_made_of_others_is_shown_in_its_own_zone(self):
        self.write("p.yaml", """\
sla: 1
calendars:
  shanghai: {timezone: Asia/Shanghai, hours: {mon-fri: "09:00-17:00"}}
  berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
  both: {timezone: Asia/Shanghai, all_of: [shanghai, berlin]}
""")
        # 09:00 in Berlin is 15:00 in Shanghai in summer and 16:00 in winter
        out = self.show("both", "--month", "2026-10")
        self.assertEqual(self.day(out, 23)[58:], "15:00-17:00")
        self.assertEqual(self.day(out, 26)[58:], "16:00-17:00")

    def test_dates_that_do_not_touch_are_listed_apart(self):
        self.write("p.yaml", """\
sla: 1
holidays:
  h: {through: 2026-12-31, closed: [2026-04-06, 2026-04-07, 2026-06-19, 2026-12-25]}
calendars: {c: {hours: {mon-fri: "09:00-17:00"}, holidays: [h]}}
""")
        self.assertIn("* holidays       6 Apr to 7 Apr, 19 Jun, 25 Dec\n",
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
        self.assertIn("' clock changes  8 Mar 02:00 -> 03:00 (1h forward, a day of 23h),\n"
                      "                 1 Nov 02:00 -> 01:00 (1h back, a day of 25h)\n", out)

    def test_json_has_every_date(self):
        found = json.loads(self.show("office", "--month", "2026-10", "--format", "json"))
        self.assertEqual((found["calendar"], found["zone"]), ("office", "Asia/Shanghai"))
        self.assertEqual((found["open_days"], found["open_seconds"]), (18, 135 * 3600))
        self.assertEqual(len(found["days"]), 31)
        self.assertEqual(found["days"][0]["name"], "国庆节")
        self.assertEqual([day["kind"] for day in found["days"][6:10]],
                         ["holiday", "regular", "regular", "workday"])
        self.assertEqual(found["days"][8]["open"], [
            {"from": "2026-10-09T01:00:00Z", "to": "2026-10-09T04:00:00Z",
             "hours": "09:00-12:00"},
            {"from": "2026-10-09T05:30:00Z", "to": "2026-10-09T10:00:00Z",
             "hours": "13:30-18:00"}])
        self.assertEqual((found["year"], found["month"], found["provisional_from"]),
                         (2026, 10, None))
        self.assertEqual(found["months"],
                         [{"month": 10, "open_days": 18, "open_seconds": 135 * 3600}])
        found = json.loads(self.show("office", "--year", "2024", "--format", "json"))
        self.assertEqual(len(found["days"]), 366)
        self.assertEqual((len(found["months"]), found["month"]), (12, None))
        self.assertEqual(sum(month["open_seconds"] for month in found["months"]),
                         found["open_seconds"])
        found = json.loads(self.show("office", "--month", "2027-02", "--format", "json"))
        self.assertEqual(found["provisional_from"], "2027-02-01")

    def test_json_tells_how_the_clock_changes(self):
        found = json.loads(self.show("newyork", "--month", "2026-03", "--format", "json"))
        self.assertEqual(found["days"][7]["clock_changes"], [
            {"at": "2026-03-08T07:00:00Z", "from": "-05:00", "to": "-04:00", "seconds": 3600}])
        self.assertTrue(found["days"][7]["clock_change"])
        self.assertEqual(found["days"][7]["day_seconds"], 23 * 3600)
        self.assertEqual(sum(len(day["clock_changes"]) for day in found["days"]), 1)
        self.write("p.yaml", "sla: 1\ntimezone: Pacific/Apia\n")
        found = json.loads(self.show("24x7", "--month", "2011-12", "--format", "json"))
        self.assertEqual([(day["date"], day["clock_changes"][0]["seconds"])
                          for day in found["days"] if day["skipped"]], [("2011-12-30", 86400)])

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
                (["--month", "2026-10"], "which calendar of p.yaml?"),
                (["--format", "svg"], "which calendar of p.yaml?"),
                (["--batch", "--month", "2026-10"], "not for --batch"),
                (["--batch", "--format", "svg"], "JSON lines"),
                (["office", "--format", "svgg"], "did you mean 'svg'?"),
                (["office", "night"], "one calendar")):
            with self.subTest(arguments=arguments):
                out, err = self.run_tool("calendar", "p.yaml", *arguments, status=2)
                self.assertEqual(out, "")
                self.assertIn(message, err)


if __name__ == "__main__":
    tap_unittest.main()
