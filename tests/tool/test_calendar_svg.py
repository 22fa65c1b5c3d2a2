# SPDX-License-Identifier: MIT
"""sla-check calendar --format svg: valid XML whose geometry says what the rules say.

Inside a panel x counts the dates of the month and y the seconds of the wall clock, so that the
heights of the bars are open seconds: the sum is what sla_calendar_elapsed() counts, also on dates
on which the clock changes (C1: a skipped hour is nothing, a repeated one counts twice).
"""

import json
import re
import xml.etree.ElementTree as xml

from tool_case import OFFICE, ToolCase

import tap_unittest

SVG = "{http://www.w3.org/2000/svg}"


class Svg(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", OFFICE)

    def draw(self, *arguments, **environment):
        out, err = self.run_tool("calendar", "p.yaml", *arguments, "--format", "svg", **environment)
        self.assertEqual(err, "")
        return xml.fromstring(out)

    def days(self, picture):
        """Each date with its element."""
        found = [group for group in picture.iter(f"{SVG}g")
                 if "day" in group.get("class", "").split()]
        return {group.get("data-date"): group for group in found}

    def rects(self, day, name):
        return [rect for rect in day.iter(f"{SVG}rect") if name in rect.get("class").split()]

    def heights(self, day, name="open"):
        return [(int(rect.get("y")), int(rect.get("height"))) for rect in self.rects(day, name)]

    def title(self, element):
        return element.find(f"{SVG}title").text

    def text(self, picture):
        return ["".join(element.itertext()) for element in picture.iter(f"{SVG}text")]

    def open_seconds(self, name, start, end):
        question = {"calendar": name, "op": "elapsed", "from": start, "to": end}
        out, _ = self.run_tool("calendar", "p.yaml", "--batch", stdin=json.dumps(question))
        return json.loads(out)["result"]

    def test_every_date_of_the_year_has_a_column(self):
        picture = self.draw("office", "--year", "2024")
        days = self.days(picture)
        self.assertEqual(len(days), 366)
        panels = [group for group in picture.iter(f"{SVG}g") if group.get("class") == "panel"]
        self.assertEqual([panel.get("data-month") for panel in panels],
                         [str(month) for month in range(1, 13)])
        for date, day in days.items():
            (ground,) = self.rects(day, "ground")
            self.assertEqual(int(float(ground.get("x"))), int(date[-2:]) - 1)
            self.assertEqual((ground.get("y"), ground.get("height")), ("0", "86400"))

    def test_bars_stand_at_their_hours(self):
        days = self.days(self.draw("office", "--year", "2026"))
        # 09:00-12:00 and 13:30-18:00 on a Friday and on the make-up Saturday
        for date in ("2026-10-09", "2026-10-10"):
            self.assertEqual(self.heights(days[date]), [(9 * 3600, 3 * 3600),
                                                        (13 * 3600 + 1800, 4 * 3600 + 1800)])
        self.assertEqual(self.heights(days["2026-10-11"]), [])
        self.assertEqual(self.heights(days["2026-10-01"]), [])

    def test_heights_of_the_bars_add_up_to_the_open_seconds(self):
        for name, year in (("office", 2026), ("night", 2026), ("newyork", 2025), ("always", 2026)):
            self.write("p.yaml", OFFICE + "  always: {timezone: Australia/Lord_Howe, "
                       "hours: always}\n")
            with self.subTest(calendar=name):
                days = self.days(self.draw(name, "--year", str(year)))
                total = sum(height for day in days.values() for _, height in self.heights(day))
                self.assertEqual(total, self.open_seconds(name, f"{year}-01-01",
                                                          f"{year + 1}-01-01"))

    def test_heights_on_dates_on_which_the_clock_changes(self):
        self.write("p.yaml", "sla: 1\ntimezone: America/New_York\n")
        days = self.days(self.draw("24x7", "--year", "2026"))
        spring, autumn = days["2026-03-08"], days["2026-11-01"]
        self.assertEqual(self.heights(spring), [(0, 2 * 3600), (3 * 3600, 21 * 3600)])
        self.assertEqual(self.heights(spring, "skipped"), [(2 * 3600, 3600)])
        self.assertEqual(self.heights(autumn), [(0, 2 * 3600), (3600, 23 * 3600)])
        self.assertEqual(self.heights(autumn, "repeated"), [(3600, 3600)])
        self.assertIn("clock 02:00 to 03:00, 1h forward", self.title(spring))
        self.assertIn("clock 02:00 to 01:00, 1h back", self.title(autumn))

    def test_date_that_a_zone_skipped_has_no_bar(self):
        self.write("p.yaml", "sla: 1\ntimezone: Pacific/Apia\n")
        day = self.days(self.draw("24x7", "--month", "2011-12"))["2011-12-30"]
        self.assertEqual(self.heights(day), [])
        self.assertIn("skipped by the zone", self.title(day))
        self.assertEqual(len(self.rects(day, "nodate")), 1)

    def test_dates_are_coloured_by_their_kind_and_named_in_tooltips(self):
        picture = self.draw("office", "--year", "2026")
        days = self.days(picture)
        kinds = {date: day.get("class").split()[1] for date, day in days.items()}
        self.assertEqual({kinds[f"2026-10-0{number}"] for number in range(1, 8)}, {"holiday"})
        self.assertEqual(kinds["2026-10-10"], "workday")
        self.assertEqual(sum(kind == "regular" for kind in kinds.values()), 365 - 8)
        self.assertEqual(self.title(days["2026-10-01"]),
                         "Thu 1 October 2026\nholiday: 国庆节\nclosed")
        self.assertEqual(self.title(days["2026-10-10"]), "Sat 10 October 2026\nmake-up day\n"
                         "09:00-12:00, 13:30-18:00 (7h30m)")
        self.assertIn("1-7 Oct  国庆节", self.text(picture))
        style = picture.find(f"{SVG}style").text
        for kind in ("holiday", "workday", "special", "closure", "exception"):
            self.assertIn(f".{kind} .ground{{", style)

    def test_closures_and_special_days_have_colours_of_their_own(self):
        self.write("p.yaml", """\
sla: 1
calendars:
  office:
    hours: {mon-fri: "09:00-17:00"}
    special:
      - {from: 2026-08-03T14:00, to: 2026-08-04T09:00, hours: closed, name: A & B}
      - {date: 2026-08-07, hours: "10:00-12:00"}
""")
        days = self.days(self.draw("office", "--month", "2026-08"))
        self.assertEqual(days["2026-08-03"].get("class"), "day closure")
        self.assertEqual(self.heights(days["2026-08-03"]), [(9 * 3600, 5 * 3600)])
        self.assertIn("closure: A & B", self.title(days["2026-08-03"]))
        self.assertEqual(days["2026-08-07"].get("class"), "day special")
        self.assertEqual(self.heights(days["2026-08-07"]), [(10 * 3600, 2 * 3600)])

    def test_head_has_name_zone_and_totals(self):
        picture = self.draw("office", "--month", "2026-10")
        totals = "18 working days, 135h open, 7 holiday dates, 1 make-up day"
        self.assertEqual(self.title(picture), "office · October 2026 · Asia/Shanghai")
        self.assertEqual(picture.find(f"{SVG}desc").text, totals)
        self.assertIn(f"Asia/Shanghai · {totals}", self.text(picture))

    def test_months_have_their_totals(self):
        text = self.text(self.draw("office", "--year", "2026"))
        self.assertIn("18 days · 135h", text)
        self.assertIn("October", text)

    def test_dates_beyond_the_holiday_lists_are_provisional(self):
        picture = self.draw("office", "--month", "2027-01")
        days = self.days(picture)
        self.assertTrue(all("provisional" in day.get("class").split() for day in days.values()))
        self.assertIn("Provisional from 1 January on: the holiday lists end on 31 December 2026.",
                      self.text(picture))

    def test_names_cannot_break_out(self):
        name = "</title><script>&\"'"
        quoted = name.replace("'", "''")
        self.write("p.yaml", f"""\
sla: 1
holidays:
  h: {{through: 2026-12-31, closed: [{{date: 2026-10-01, name: '{quoted}'}}]}}
calendars:
  '{quoted}': {{hours: {{mon-fri: "09:00-17:00"}}, holidays: [h]}}
""")
        picture = self.draw(name, "--month", "2026-10")
        self.assertIn(name, self.title(self.days(picture)["2026-10-01"]))
        self.assertTrue(self.title(picture).startswith(name))
        self.assertEqual(list(picture.iter(f"{SVG}script")), [])

    def test_long_names_are_cut_and_told_in_full_by_a_tooltip(self):
        self.write("p.yaml", OFFICE.replace("国庆节", "国庆节" * 30))
        picture = self.draw("office", "--year", "2026")
        (item,) = [text for text in self.text(picture) if "国庆节" in text]
        self.assertTrue(item.endswith("…"))
        titles = [title.text for title in picture.iter(f"{SVG}title")]
        self.assertIn("1-7 Oct  " + "国庆节" * 30, titles)

    def test_picture_fetches_nothing_and_is_the_same_in_every_locale(self):
        arguments = ["calendar", "p.yaml", "office", "--year", "2026", "--format", "svg"]
        out, _ = self.run_tool(*arguments)
        self.assertEqual(re.findall(r"(?:href|src|url|@import)\b", out), [])
        again, _ = self.run_tool(*arguments, LC_ALL="C.UTF-8")
        self.assertEqual(out, again)
        self.assertIn("prefers-color-scheme:dark", out)

    def test_everything_lies_on_the_paper(self):
        picture = self.draw("office", "--year", "2026")
        _, _, width, height = map(float, picture.get("viewBox").split())
        for element in picture.iter(f"{SVG}text"):
            self.assertTrue(0 <= float(element.get("x")) <= width, element.text)
            self.assertTrue(0 <= float(element.get("y")) <= height, element.text)


if __name__ == "__main__":
    tap_unittest.main()
