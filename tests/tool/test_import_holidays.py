# SPDX-License-Identifier: MIT
"""sla-check import-holidays: feeds (RFC 5545) become holiday lists that the checker accepts.

DTEND is exclusive in a feed, `to` is inclusive in a policy. Where libical was missing at build time
the command says so, and its tests are skipped.
"""

import subprocess
import unittest

from tool_case import PROGRAM, ToolCase

import tap_unittest


def has_libical():
    done = subprocess.run([PROGRAM, "import-holidays", "-"], input=b"", capture_output=True,
                          check=False)
    return b"built without libical" not in done.stderr


def event(start, *lines, end=None, name="Day", uid=None):
    """An event of whole days; `uid` None is a feed without UIDs."""
    return "\r\n".join(["BEGIN:VEVENT", f"DTSTART;VALUE=DATE:{start}",
                        *([f"DTEND;VALUE=DATE:{end}"] if end else []),
                        *([f"SUMMARY:{name}"] if name else []),
                        *([f"UID:{uid}"] if uid else []), *lines, "END:VEVENT", ""])


def feed(*events):
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + "".join(events) + \
        "END:VCALENDAR\r\n"


@unittest.skipUnless(has_libical(), "built without libical")
class ImportHolidays(ToolCase):
    def run_import(self, *events, arguments=(), status=0):
        data = events[0] if len(events) == 1 and isinstance(events[0], bytes) else feed(*events)
        return self.run_tool("import-holidays", "-", *arguments, stdin=data, status=status)

    def read(self, *events, arguments=(), told=""):
        """The entries of a list; the whole file is checked and compiled."""
        out, err = self.run_import(*events, arguments=arguments)
        self.assertEqual(err, told)
        checked, _ = self.run_tool("check", "--strict", "-", stdin=out)
        self.assertEqual(checked, "<stdin>: no faults\n")
        self.file = out
        return [line.strip()[2:] for line in out.splitlines() if line.startswith("      - ")]

    def check_refused(self, message, *events, arguments=()):
        out, err = self.run_import(*events, arguments=arguments, status=2)
        self.assertEqual(out, "")
        self.assertIn(message, err)

    def test_output_is_a_whole_file_that_a_policy_includes(self):
        self.write("germany.ics", feed(event("20261003", name="Tag der Deutschen Einheit")))
        out, _ = self.run_tool("import-holidays", "germany.ics")
        self.assertEqual(out, """\
# From germany.ics, by sla-check import-holidays.
sla: 1
holidays:
  germany:
    through: 2026-10-03 # the last date that the list speaks for
    closed:
      - {date: 2026-10-03, name: Tag der Deutschen Einheit}
""")
        self.write("germany.yaml", out)
        self.write("p.yaml", "sla: 1\ninclude: [germany.yaml]\n"
                   "calendars: {office: {hours: always, holidays: [germany]}}\n")
        picture, _ = self.run_tool("calendar", "p.yaml", "office", "--month", "2026-10")
        self.assertIn("* holidays       3 Oct Tag der Deutschen Einheit\n", picture)

    def test_end_is_exclusive_there_and_inclusive_here(self):
        self.assertEqual(self.read(event("20261001", end="20261008", name="国庆节")),
                         ["{date: 2026-10-01, to: 2026-10-07, name: 国庆节}"])
        for end in (None, "20261002", "20261001"):  # one day, whatever is said of its end
            self.assertEqual(self.read(event("20261001", end=end, name="")), ["2026-10-01"])
        self.assertEqual(self.read(event("20261230", "DURATION:P4D", name="")),
                         ["{date: 2026-12-30, to: 2027-01-02}"])

    def test_dates_are_in_order_and_none_is_there_twice(self):
        self.assertEqual(
            self.read(event("20260501", name="B"), event("20260101", name="A"),
                      event("20260501", name="B", uid="x"), event("20260501", name="C"),
                      event("20260502", name="B"), event("20260504", name="B")),
            ["{date: 2026-01-01, name: A}", "{date: 2026-05-01, to: 2026-05-02, name: B}",
             "{date: 2026-05-01, name: C}", "{date: 2026-05-04, name: B}"])

    def test_same_day_every_year_is_yearly(self):
        for lines, expected in (
                (["RRULE:FREQ=YEARLY"], "since: 2021}"),
                (["RRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=12;BYMONTHDAY=25"], "since: 2021}"),
                (["RRULE:FREQ=YEARLY;UNTIL=20301225"], "since: 2021, until: 2030}"),
                (["RRULE:FREQ=YEARLY;UNTIL=20301224"], "since: 2021, until: 2029}"),
                (["RRULE:FREQ=YEARLY;UNTIL=20301225T000000Z"], "since: 2021, until: 2030}"),
                (["RRULE:FREQ=YEARLY;COUNT=3"], "since: 2021, until: 2023}"),
                (["RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20221225,20241225"],
                 "since: 2021, except: [2022, 2024]}")):
            with self.subTest(lines=lines):
                self.assertEqual(self.read(event("20211225", *lines)),
                                 ["{yearly: 12-25, name: Day, " + expected])
                self.assertNotIn("through", self.file)

    def test_yearly_days_from_before_1970_have_no_first_year(self):
        self.assertEqual(self.read(event("19000614", "RRULE:FREQ=YEARLY")),
                         ["{yearly: 06-14, name: Day}"])

    def test_yearly_range_may_cross_new_year_but_not_the_end_of_february(self):
        self.assertEqual(self.read(event("20201229", "RRULE:FREQ=YEARLY", end="20210103")),
                         ["{yearly: 12-29, to: 01-02, name: Day, since: 2020}"])
        # two days from 28 February end on the 29th in 2024 only
        self.assertEqual(
            self.read(event("20230228", "RRULE:FREQ=YEARLY", end="20230302"),
                      arguments=["--until", "2024"]),
            ["{date: 2023-02-28, to: 2023-03-01, name: Day}",
             "{date: 2024-02-28, to: 2024-02-29, name: Day}"])
        self.assertEqual(self.read(event("20240229", "RRULE:FREQ=YEARLY")),
                         ["{yearly: 02-29, name: Day, since: 2024}"])

    def test_weekday_of_a_month_is_yearly(self):
        for start, rule, expected in (
                ("20221124", "BYMONTH=11;BYDAY=4TH", "4th thu of nov, name: Day, since: 2022}"),
                ("20210531", "BYDAY=-1MO;BYMONTH=5", "last mon of may, name: Day, since: 2021}"),
                ("20210103", "BYMONTH=1;BYDAY=1SU", "1st sun of jan, name: Day, since: 2021}"),
                # 26 November 2026 and 25 November 2027
                ("20221124", "BYMONTH=11;BYDAY=4TH;UNTIL=20271124",
                 "4th thu of nov, name: Day, since: 2022, until: 2026}"),
                ("20221124", "BYMONTH=11;BYDAY=4TH;UNTIL=20271125",
                 "4th thu of nov, name: Day, since: 2022, until: 2027}"),
                ("20221124", "BYMONTH=11;BYDAY=4TH;COUNT=2",
                 "4th thu of nov, name: Day, since: 2022, until: 2023}")):
            with self.subTest(rule=rule):
                self.assertEqual(self.read(event(start, "RRULE:FREQ=YEARLY;" + rule)),
                                 ["{yearly: " + expected])
        self.assertEqual(
            self.read(event("20221124", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
                            "EXDATE;VALUE=DATE:20261126,20271126")),
            ["{yearly: 4th thu of nov, name: Day, since: 2022, except: [2026]}"])

    def test_fifth_weekday_is_written_out(self):
        # fifth Mondays: 30 March 2026, 29 March 2027; none in March 2028
        self.assertEqual(
            self.read(event("20260330", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=5MO"),
                      arguments=["--until", "2028"]),
            ["{date: 2026-03-30, name: Day}", "{date: 2027-03-29, name: Day}"])

    def test_other_rules_are_followed_to_their_end(self):
        # the last Monday of May, not so that a policy could say it: 25 May 2026, 31 May 2027,
        # 29 May 2028
        rule = "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=MO;BYSETPOS=-1"
        dates = ["{date: 2026-05-25, name: Day}", "{date: 2027-05-31, name: Day}",
                 "{date: 2028-05-29, name: Day}"]
        self.assertEqual(self.read(event("20260525", rule + ";COUNT=3")), dates)
        self.assertIn("through: 2028-05-29 ", self.file)
        self.assertEqual(self.read(event("20260525", rule + ";UNTIL=20280529")), dates)
        self.assertEqual(self.read(event("20260525", rule), arguments=["--until", "2028"]), dates)
        self.assertIn("through: 2028-12-31 ", self.file)
        self.assertEqual(self.read(event("20260525", rule),
                                   arguments=["--from", "2027", "--until", "2027"]), dates[1:2])
        # every other year on a fixed date is no yearly day
        self.assertEqual(self.read(event("20260101", "RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=2")),
                         ["{date: 2026-01-01, name: Day}", "{date: 2028-01-01, name: Day}"])

    def test_rule_without_an_end_asks_for_the_years(self):
        self.check_refused("its rule FREQ=MONTHLY has no end; say which years are wanted: "
                           "--until 2030", event("20260101", "RRULE:FREQ=MONTHLY"))

    def test_list_speaks_to_the_last_date_that_is_not_from_an_endless_rule(self):
        self.read(event("20260105", "RRULE:FREQ=MONTHLY;BYDAY=1MO"), event("20261224"),
                  arguments=["--until", "2030"])
        self.assertIn("through: 2026-12-24 ", self.file)
        self.read(event("20261224"), arguments=["--through", "2026-12-31"])
        self.assertIn("through: 2026-12-31 ", self.file)

    def test_dates_are_added_and_taken_away(self):
        self.assertEqual(
            self.read(event("20260101", "RDATE;VALUE=DATE:20260301,20260401",
                            "EXDATE;VALUE=DATE:20260301", name="")),
            ["2026-01-01", "2026-04-01"])

    def test_occurrence_that_was_moved_stands_where_it_was_moved_to(self):
        moved = event("20230508", "RECURRENCE-ID;VALUE=DATE:20230501", name="Moved", uid="a")
        self.assertEqual(
            self.read(event("20200501", "RRULE:FREQ=YEARLY", uid="a"), moved),
            ["{yearly: 05-01, name: Day, since: 2020, except: [2023]}",
             "{date: 2023-05-08, name: Moved}"])
        gone = event("20230501", "RECURRENCE-ID;VALUE=DATE:20230501", "STATUS:CANCELLED", uid="a")
        self.assertEqual(
            self.read(event("20220501", "RRULE:FREQ=DAILY;INTERVAL=365;COUNT=3", uid="a"), gone),
            ["{date: 2022-05-01, name: Day}", "{date: 2024-04-30, name: Day}"])

    def test_cancelled_and_older_versions_are_left_out(self):
        self.assertEqual(
            self.read(event("20260101", "STATUS:CANCELLED"), event("20260102", name=""),
                      event("20260105", "SEQUENCE:1", uid="a"),
                      event("20260106", "SEQUENCE:2", name="", uid="a"),
                      event("20260107", uid="b"),
                      event("20260107", "SEQUENCE:1", "STATUS:CANCELLED", uid="b"),
                      event("20260109", name="", uid="c"), event("20260120", name="", uid="c")),
            ["2026-01-02", "2026-01-06", "2026-01-09", "2026-01-20"])

    def test_events_with_a_time_of_day_are_told_and_left_out(self):
        timed = ("BEGIN:VEVENT\r\nDTSTART:20261224T120000\r\nDTEND:20261224T180000\r\n"
                 "SUMMARY:Half\r\nEND:VEVENT\r\n")
        told = 'sla-check: standard input: "Half" is left out: it has a time of day, ' \
               "20261224T120000\n"
        self.assertEqual(self.read(timed, event("20261225", name=""), told=told), ["2026-12-25"])
        _, err = self.run_import(*[timed] * 30, event("20261225"))
        self.assertEqual(len(err.splitlines()), 11)
        self.assertIn("20 more with a time of day are left out", err)
        # from midnight to midnight of the local clock it is a day all the same
        whole = timed.replace("T120000", "T000000").replace("1224T180000", "1226T000000")
        self.assertEqual(self.read(whole), ["{date: 2026-12-24, to: 2026-12-25, name: Half}"])

    def test_names_are_quoted_where_yaml_needs_it(self):
        for name, expected in (
                ("New Year's Day", "New Year's Day"),
                ("元旦（1月1日）", "元旦（1月1日）"),
                ('say "cheese": \\, #1', '"say \\"cheese\\": , #1"'),
                ("# no comment", '"# no comment"'),
                ("back\\\\slash", '"back\\\\slash"'),
                ("[a] {b}", '"[a] {b}"'),
                ("- minus", '"- minus"'),
                ("*star", '"*star"'),
                ("!tag &anchor", '"!tag &anchor"'),
                ("No", '"No"'),
                ("1", '"1"'),
                ("two\\nlines\\n", "two lines"),
                ("tab\tand\x01\x1b[31m", '"tab and [31m"'),
                ("c1\x9b\u2028\u202eend", "c1 end"),
                ("  blanks   inside  ", "blanks inside")):
            with self.subTest(name=name):
                self.assertEqual(self.read(event("20260101", name=name)),
                                 [f"{{date: 2026-01-01, name: {expected}}}"])

    def test_name_in_the_policy_is_the_name_in_the_feed(self):
        name = "国庆节 \"x\" \\\\ 'y': {z} #1"
        self.read(event("20260101", name=name))
        self.write("p.yaml", self.file + "calendars: {c: {hours: always, "
                   "holidays: [holidays]}}\n")
        out, _ = self.run_tool("calendar", "p.yaml", "c", "--month", "2026-01")
        self.assertIn("1 Jan " + name.replace("\\\\", "\\") + "\n", out)

    def test_folded_lines_are_one_line(self):
        self.assertEqual(self.read(event("20260101", name="Thanks\r\n giving 国\r\n\t庆")),
                         ["{date: 2026-01-01, name: Thanksgiving 国庆}"])

    def test_make_up_days_are_told_by_a_word_in_their_names(self):
        entries = (event("20261001", name="国庆节（休）"), event("20261010", name="国庆节（班）"))
        self.assertEqual(self.read(*entries, arguments=["--workdays", "班"]),
                         ["{date: 2026-10-01, name: 国庆节（休）}",
                          "{date: 2026-10-10, name: 国庆节（班）}"])
        self.assertRegex(self.file, r"closed:\n +- .*10-01.*\n +workdays:\n +- .*10-10")

    def test_list_is_called_as_asked_for(self):
        self.read(event("20260101"), arguments=["--name", "my: list"])
        self.assertIn('\n  "my: list":\n', self.file)

    def test_feed_may_begin_with_a_byte_order_mark_and_hold_several_calendars(self):
        out, _ = self.run_import(("\ufeff" + feed(event("20260101")) +
                                  feed(event("20260102", name="B"))).encode())
        self.assertEqual(out.count("date:"), 2)

    def test_dates_that_no_policy_knows_are_told_and_left_out(self):
        told = 'sla-check: standard input: "Day" of 1950 is left out: policies know the years ' \
               "1970 to 2199\n"
        self.assertEqual(self.read(event("19500101"), event("20260101"), told=told),
                         ["{date: 2026-01-01, name: Day}"])

    def test_bad_feeds_are_refused(self):
        whole = feed(event("20260101")).encode()
        for data, message in (
                (b"", "standard input is empty"),
                (b"hello\n", "standard input:1: a feed begins with BEGIN:VCALENDAR"),
                (b"<html>\n</html>\n", ":1: a feed begins with"),
                (whole[: whole.index(b"END:VEVENT")], "ends inside VEVENT; was it cut off?"),
                (whole[: whole.index(b"END:VCALENDAR")], "ends inside VCALENDAR"),
                (whole.replace(b"END:VEVENT\r\n", b""), ":7: this END has no BEGIN"),
                (whole.replace(b"Day", b"Caf\xe9"), ":6: this is no UTF-8 text"),
                (whole.replace(b"Day", b"a\0b"), ":6: this is no UTF-8 text"),
                (whole.decode().encode("utf-16"), "no UTF-8 text"),
                (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "has no holidays"),
                (whole.replace(b"20260101", b"20260231"), '"Day": its DTSTART is no date'),
                (whole.replace(b"20260101", b"soon"), '"Day": '),
                (whole.replace(b"DTSTART;VALUE=DATE:20260101\r\n", b""), "has no DTSTART")):
            with self.subTest(message=message):
                self.check_refused(message, data)

    def test_rules_that_cannot_be_read_are_never_dropped_silently(self):
        for line, message in (("RRULE:FREQ=SOMETIMES", "RRULE"),
                              ("RRULE:FREQ=YEARLY;BYDAY=4TX", "RRULE"),
                              ("RRULE:FREQ=HOURLY;COUNT=3", "counts hours"),
                              ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
                               "cannot be followed"),
                              ("EXRULE:FREQ=YEARLY", "EXRULE is not known"),
                              ("RRULE:FREQ=DAILY;COUNT=9999", "no holiday")):
            with self.subTest(line=line):
                self.check_refused(message, event("20260101", line))
        self.check_refused("longer than ten years", event("20260101", end="20460101"))

    def test_wrong_usage(self):
        self.write("a.ics", feed(event("20260101")))
        for arguments, message in (([], "which feed?"),
                                   (["a.ics", "b.ics"], "one feed at a time"),
                                   (["none.ics"], "cannot read none.ics: No such file"),
                                   (["."], "cannot read .: Is a directory"),
                                   (["a.ics", "--until", "26"], "wants a year"),
                                   (["a.ics", "--until", "2200"], "wants a year"),
                                   (["a.ics", "--from", "2027", "--until", "2026"], "lies before"),
                                   (["a.ics", "--from", "2027"], "in the years that were asked"),
                                   (["a.ics", "--through", "2026-02-30"], "wants a date"),
                                   (["a.ics", "--name", ""], "cannot be the name"),
                                   (["a.ics", "--name", "a\nb"], "cannot be the name"),
                                   (["a.ics", "--workdays", ""], "wants a text")):
            with self.subTest(arguments=arguments):
                out, err = self.run_tool("import-holidays", *arguments, status=2)
                self.assertEqual(out, "")
                self.assertIn(message, err)


class Help(ToolCase):
    def test_help_has_an_example(self):
        out, _ = self.run_tool("import-holidays", "--help")
        self.assertIn("sla-check import-holidays holidays.ics", out)


if __name__ == "__main__":
    tap_unittest.main()
