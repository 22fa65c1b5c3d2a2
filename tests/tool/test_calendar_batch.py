# SPDX-License-Identifier: MIT
"""sla-check calendar --batch: questions with answers that were worked out by hand.

The office works Mon-Fri 09:00-12:00 and 13:30-18:00 in Shanghai (+08:00). 2026-11-20 is a Friday.
"""

import json
import select
import subprocess

from tool_case import OFFICE, PROGRAM, ToolCase

import tap_unittest

FRIDAY_EVENING = "2026-11-20T17:50:00+08:00"


def question(op, calendar="office", **more):
    return {"calendar": calendar, "op": op, **more}


class Batch(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", OFFICE)

    def ask(self, *questions):
        text = "".join((entry if isinstance(entry, str) else json.dumps(entry)) + "\n"
                       for entry in questions)
        out, err = self.run_tool("calendar", "p.yaml", "--batch", stdin=text)
        self.assertEqual(err, "")
        return self.read_lines(out)

    def check_answers(self, table):
        answers = self.ask(*[entry for entry, _ in table])
        for (entry, expected), answer in zip(table, answers, strict=True):
            with self.subTest(question=entry):
                self.assertEqual(answer, expected)

    def test_add_counts_open_time(self):
        self.check_answers([
            # 10 min on Friday, 3 h and 4.5 h on Monday, the last 20 min on Tuesday
            (question("add", at=FRIDAY_EVENING, seconds=28800), {"result": "2026-11-24T01:20:00Z"}),
            # C5: nothing more is needed, so nothing moves
            (question("add", at="2026-11-21T12:00:00+08:00", seconds=0),
             {"result": "2026-11-21T04:00:00Z"}),
            # C5: what ends at closing time is due then, not the next morning
            (question("add", at=FRIDAY_EVENING, seconds=600), {"result": "2026-11-20T10:00:00Z"}),
            # backwards: 5 min of Monday, 5 min of Friday evening
            (question("add", at="2026-11-23T09:05:00+08:00", seconds=-600),
             {"result": "2026-11-20T09:55:00Z"}),
        ])

    def test_elapsed_counts_between_and_backwards(self):
        monday = "2026-11-23T10:00:00+08:00"
        friday = "2026-11-20T17:00:00+08:00"
        self.check_answers([
            (question("elapsed", **{"from": friday, "to": monday}), {"result": 7200}),
            (question("elapsed", **{"from": monday, "to": friday}), {"result": -7200}),
            (question("elapsed", **{"from": friday, "to": friday}), {"result": 0}),
        ])

    def test_open_and_closed(self):
        self.check_answers([
            (question("is_open", at="2026-10-01T10:00"), {"result": False}),  # a holiday Thursday
            (question("is_open", at="2026-10-10T10:00"), {"result": True}),  # a make-up Saturday
            (question("is_open", at="2026-10-17T10:00"), {"result": False}),  # any other Saturday
            (question("is_open", at="2026-11-20T12:00"), {"result": False}),  # half-open
            (question("is_open", at="2026-11-20T09:00"), {"result": True}),
            # after the holidays: Thursday 8 October 09:00
            (question("next_open", at="2026-09-30T18:00"), {"result": "2026-10-08T01:00:00Z"}),
            (question("next_open", at="2026-11-20T10:00"), {"result": "2026-11-20T02:00:00Z"}),
            (question("next_close", at="2026-11-20T10:00"), {"result": "2026-11-20T04:00:00Z"}),
            (question("next_close", at="2026-11-20T12:30"), {"result": "2026-11-20T04:30:00Z"}),
        ])

    def test_due_takes_targets_as_a_policy_writes_them(self):
        saturday, half_past_four = "2026-11-21T11:00", "2026-11-20T16:30"
        self.check_answers([
            (question("due", at=FRIDAY_EVENING, within="2h"), {"result": "2026-11-23T02:50:00Z"}),
            # D2: from Saturday day 0 is Monday, day 1 is Tuesday, at its opening
            (question("due", at=saturday, within="1wd"), {"result": "2026-11-24T01:00:00Z"}),
            (question("due", at=half_past_four, within={"within": "1wd"}),
             {"result": "2026-11-23T08:30:00Z"}),
            (question("due", at=half_past_four, within={"within": "1wd", "due": "close"}),
             {"result": "2026-11-23T10:00:00Z"}),
            # after the cut-off day 0 is Monday
            (question("due", at=half_past_four,
                      within={"within": "1wd", "due": "close", "cutoff": "16:00"}),
             {"result": "2026-11-24T10:00:00Z"}),
            (question("due", at=half_past_four, within={"within": "1wd", "due": "15:00"}),
             {"result": "2026-11-23T07:00:00Z"}),
            # 24:00 and seconds, as in a policy: the cut-off never comes, Monday closes at 18:00
            (question("due", at=half_past_four,
                      within={"within": "1wd", "due": "24:00", "cutoff": "24:00"}),
             {"result": "2026-11-23T10:00:00Z"}),
            (question("due", at=half_past_four, within={"within": "1wd", "due": "15:00:30"}),
             {"result": "2026-11-23T07:00:30Z"}),
            # the grace moves the breach, not the deadline (D5)
            (question("due", at=half_past_four, within={"within": "1h", "grace": "2h"}),
             {"result": "2026-11-20T09:30:00Z"}),
            # the target's own calendar counts, and nothing is promised by `none`
            (question("due", at=FRIDAY_EVENING, within={"within": "2h", "calendar": "24x7"}),
             {"result": "2026-11-20T11:50:00Z"}),
            (question("due", at=FRIDAY_EVENING, within="none"), {"result": None}),
            (question("due", "24x7", at="2026-11-20T10:00", within="3d"),
             {"result": "2026-11-23T02:00:00Z"}),
        ])

    def test_deadlines_roll_where_the_policy_says_so(self):
        evening = "2026-11-20T17:00:00+08:00"
        table = [(question("due", at=evening, within=within), {"result": result})
                 for within, result in (
                     # C6: what ends at the closing instant moves to Monday 09:00, nothing else
                     ("1h", "2026-11-23T01:00:00Z"),
                     ({"within": "1h", "grace": "1h"}, "2026-11-23T01:00:00Z"),
                     ("59m", "2026-11-20T09:59:00Z"),
                     ("61m", "2026-11-23T01:01:00Z"),
                     ({"within": "0wd", "due": "close"}, "2026-11-20T10:00:00Z"))]
        # on a Saturday nothing closes: 0s stays where it is
        saturday = question("due", at="2026-11-21T12:00:00+08:00", within="0s")
        self.write("p.yaml", OFFICE + "roll_deadlines: true\n")
        self.check_answers([*table, (saturday, {"result": "2026-11-21T04:00:00Z"}),
                            (question("add", at=evening, seconds=3600),
                             {"result": "2026-11-20T10:00:00Z"})])
        self.write("p.yaml", OFFICE + "roll_deadlines: false\n")
        self.check_answers([(table[0][0], {"result": "2026-11-20T10:00:00Z"})])

    def test_instants_without_offset_are_local_to_the_calendar(self):
        self.check_answers([
            # 09:00 in New York in winter is 14:00Z
            (question("next_open", "newyork", at="2026-11-20T00:00"),
             {"result": "2026-11-20T14:00:00Z"}),
            (question("add", "newyork", at=1795168200, seconds=1),
             {"result": "2026-11-20T14:00:01Z"}),
            (question("add", "newyork", at="1795168200", seconds=1),
             {"result": "2026-11-20T14:00:01Z"}),
            (question("add", "newyork", at=1795168200.75, seconds=0),
             {"result": "2026-11-20T09:50:00Z"}),
        ])

    def test_repeated_hour_counts_twice_and_skipped_hour_not_at_all(self):
        night = {"from": "2026-10-31T22:00", "to": "2026-11-01T06:00"}
        spring = {"from": "2026-03-07T22:00", "to": "2026-03-08T06:00"}
        self.check_answers([
            (question("elapsed", "night", **night), {"result": 9 * 3600}),
            (question("elapsed", "night", **spring), {"result": 7 * 3600}),
        ])

    def test_answers_beyond_the_holiday_data_are_provisional(self):
        self.check_answers([
            # 1 h on Thursday 31 December, 1 h on Friday 1 January, of which the list says nothing
            (question("add", at="2026-12-31T17:00", seconds=7200),
             {"result": "2027-01-01T02:00:00Z", "provisional": True}),
            (question("is_open", at="2027-01-04T10:00"), {"result": True, "provisional": True}),
            (question("elapsed", **{"from": "2026-12-31T09:00", "to": "2027-01-01T10:00"}),
             {"result": 27000 + 3600, "provisional": True}),
            (question("is_open", at="2026-12-31T10:00"), {"result": True}),
            (question("is_open", "night", at="2030-01-04T10:00"), {"result": False}),
        ])

    def test_errors_have_one_of_four_names_and_the_run_goes_on(self):
        at = {"at": FRIDAY_EVENING}
        table = [
            ("argument", question("add", **at)),
            ("argument", question("add", at=FRIDAY_EVENING, seconds="1h")),
            ("argument", question("add", at=FRIDAY_EVENING, seconds=1.5)),
            ("argument", question("frobnicate", **at)),
            ("argument", {"op": "is_open", **at}),
            ("argument", {"calendar": "office", **at}),
            ("argument", {"calendar": 7, "op": "is_open", **at}),
            ("argument", question("is_open")),
            ("argument", question("is_open", at=None)),
            ("argument", question("is_open", at=[1])),
            ("argument", question("due", **at)),
            ("argument", question("due", within=5, **at)),
            ("argument", question("due", within={"within": "1h", "calendar": 5}, **at)),
            ("not_found", question("due", within={"within": "1h", "calendar": "x"}, **at)),
            ("argument", question("due", within="3d", **at)),
            ("argument", question("due", within={"due": "close"}, **at)),
            ("argument", question("due", within={"within": "1wd", "x": 1}, **at)),
            ("argument", question("due", within={"within": "1h", "due": "close"}, **at)),
            ("argument", question("due", within={"within": "1h", "grace": "1wd"}, **at)),
            ("argument", "[]"),
            ("argument", "7"),
            ("syntax", question("is_open", at="yesterday")),
            ("syntax", question("is_open", at="2026-02-30")),
            ("syntax", question("due", within="soon", **at)),
            ("syntax", question("due", within={"within": "1wd", "due": "25:00"}, **at)),
            ("syntax", question("due", within={"within": "1wd", "due": "24:00:01"}, **at)),
            ("syntax", question("due", within={"within": "1wd", "due": "16:00:3"}, **at)),
            ("syntax", question("due", within={"within": "1wd", "due": "16:60"}, **at)),
            ("syntax", question("due", within={"within": "1wd", "cutoff": "4pm"}, **at)),
            ("syntax", "{"),
            ("syntax", "no json"),
            ("syntax", '{"op":"add","op":"add"}'),
            ("syntax", '"\\u0000"'),
            ("range", question("is_open", at=-1)),
            ("range", question("is_open", at=7258118400)),
            ("range", question("is_open", at=1e300)),
            ("range", question("is_open", at="2200-01-02")),
            ("range", question("add", at=FRIDAY_EVENING, seconds=10**15)),
            ("range", question("add", at=FRIDAY_EVENING, seconds=-2**63)),
            ("range", question("add", at=FRIDAY_EVENING, seconds=10**19)),
            ("range", '{"calendar":"office","op":"is_open","at":1e400}'),
            ("range", question("next_close", "24x7", **at)),
            ("not_found", question("is_open", "offcie", **at)),
        ]
        good = question("is_open", **at)
        answers = self.ask(*[entry for _, entry in table], good)
        self.assertEqual(answers.pop(), {"result": True})
        for (name, entry), answer in zip(table, answers, strict=True):
            with self.subTest(question=entry):
                self.assertEqual(set(answer), {"error", "message"})
                self.assertEqual(answer["error"], name, answer["message"])
                self.assertTrue(answer["message"])

    def test_targets_that_look_at_an_incident_say_so(self):
        for key, target in (("by", {"by": "plan", "is": {"gold": "1h"}, "default": "none"}),
                            ("agreed", {"agreed": "visit_at", "latest": "3wd"})):
            with self.subTest(key=key):
                (answer,) = self.ask(question("due", at=FRIDAY_EVENING, within=target))
                self.assertEqual(answer["error"], "argument")
                self.assertIn(f'"{key}" needs the attributes of an incident', answer["message"])

    def test_durations_beyond_all_time_are_out_of_range_and_say_so(self):
        longest = ["999999999999wd", "9999999999999999999h", "84007wd", "7258118400s",
                   {"within": "1h", "grace": "7258118400s"}]
        for within in longest:
            with self.subTest(within=within):
                (answer,) = self.ask(question("due", at=0, within=within))
                self.assertEqual(answer["error"], "range")
                self.assertIn("longer than 1970 to 2199", answer["message"])
        # 84,006 days from 1970-01-01 are 2200-01-01: not too long to be read, but never due
        (answer,) = self.ask(question("due", "24x7", at=0, within="84006d"))
        self.assertEqual(answer["error"], "range")
        self.assertNotIn("longer", answer["message"])
        # from 00:00Z the last second of 2199
        (answer,) = self.ask(question("due", "24x7", at=0, within="7258118399s"))
        self.assertEqual(answer, {"result": "2199-12-31T23:59:59Z"})

    def test_names_in_messages_may_be_long_chinese(self):
        name = "日历" * 500
        (answer,) = self.ask(question("is_open", name, at=0))
        self.assertEqual(answer["error"], "not_found")

    def test_blank_lines_are_no_questions(self):
        out, _ = self.run_tool("calendar", "p.yaml", "--batch", stdin="\n  \n\r\n")
        self.assertEqual(out, "")

    def test_last_line_needs_no_line_end(self):
        out, _ = self.run_tool("calendar", "p.yaml", "--batch",
                               stdin='{"calendar":"office","op":"is_open","at":0}')
        self.assertEqual(out, '{"result":false}\n')  # Thursday 08:00 in Shanghai

    def test_questions_with_wrong_usage(self):
        _, err = self.run_tool("calendar", "p.yaml", "office", "--batch", status=2)
        self.assertIn("names its calendar", err)
        _, err = self.run_tool("calendar", "-", "--batch", status=2)
        self.assertIn("standard input", err)

    def test_every_answer_comes_before_the_next_question(self):
        tool = subprocess.Popen([PROGRAM, "calendar", "p.yaml", "--batch"], cwd=self.folder,
                                env=self.environment(), stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE)
        for _ in range(3):
            tool.stdin.write(json.dumps(question("is_open", at=FRIDAY_EVENING)).encode() + b"\n")
            tool.stdin.flush()
            ready, _, _ = select.select([tool.stdout], [], [], 30)
            self.assertTrue(ready, "no answer within 30 s")
            self.assertEqual(tool.stdout.readline(), b'{"result":true}\n')
        tool.stdin.close()
        self.assertEqual(tool.wait(timeout=30), 0)
        tool.stdout.close()


if __name__ == "__main__":
    tap_unittest.main()
