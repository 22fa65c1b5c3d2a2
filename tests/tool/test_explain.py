# SPDX-License-Identifier: MIT
"""sla-check explain: why a clock has the deadline it has."""

import json

from tool_case import ToolCase, width

import tap_unittest

POLICY = """\
sla: 1
timezone: Asia/Shanghai
calendar: office
holidays:
  china:
    through: 2026-12-31
    closed: [{date: 2026-10-01, to: 2026-10-07, name: 国庆节}]
    workdays: [{date: 2026-10-10, like: fri}]
calendars:
  office: {hours: {mon-fri: "09:00-12:00, 13:30-18:00"}, holidays: china}
severities: [urgent, normal]
classify:
  region:
    - {when: {city: [Shanghai, 深圳]}, is: 城市}
    - {is: remote}
  severity:
    - {when: {impact: outage}, is: urgent}
    - {is: normal}
metrics:
  first_response: {start: opened, stop: responded}
  resolution: {start: opened, stop: resolved}
  onsite: {start: dispatched, stop: arrived}
agreements:
  - name: standard
    targets:
      - {when: {severity: urgent}, calendar: 24x7, first_response: 10m, resolution: 4h}
      - {name: the rest, first_response: 30m, resolution: {within: 3wd, grace: 1h}}
  - {name: field team, kind: ola, targets: [{resolution: 2wd}]}
"""
LINE = {text.strip(): number for number, text in enumerate(POLICY.splitlines(), 1)}
URGENT = LINE["- {when: {severity: urgent}, calendar: 24x7, first_response: 10m, resolution: 4h}"]
REST = LINE["- {name: the rest, first_response: 30m, resolution: {within: 3wd, grace: 1h}}"]
FRIDAY = ("--at", "2026-11-20T17:50")


class Explain(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", POLICY)

    def explain(self, *arguments):
        out, err = self.run_tool("explain", "p.yaml", *arguments, LC_ALL="C.UTF-8")
        self.assertEqual(err, "")
        return out

    def as_json(self, *arguments):
        return json.loads(self.explain(*arguments, "--format", "json"))

    def test_intervals_are_told_as_the_contract_says(self):
        lines = self.explain(*FRIDAY, "--metric", "first_response").splitlines()
        self.assertEqual(lines[0], "first_response: due Mon 23 Nov 2026 09:20 +08:00")
        self.assertIn("  Fri 20 Nov  17:50–18:00     10 min", lines)
        self.assertIn("  Mon 23 Nov  09:00–09:20     20 min", lines)

    def test_rows_are_told_with_their_lines_and_why_not(self):
        out = self.explain(*FRIDAY, "--metric", "resolution", "impact=slow")
        rows = [line.split() for line in out.splitlines() if line.startswith("  line")]
        self.assertIn(["line", str(URGENT), "targets", "4h", "no", "wants", "severity:", "urgent;",
                       "has", "severity:", "normal"], rows)
        self.assertIn(["line", str(REST), "targets", "the", "rest", "3wd,", "grace", "1h", "yes",
                       "no", "condition"], rows)

    def test_holidays_and_make_up_days_are_named(self):
        # Wednesday 30 September 17:50; 1 to 7 October are off; Thursday the 8th is day 1, Friday
        # day 2, Saturday the 10th is made up, day 3
        out = self.explain("--at", "2026-09-30T17:50", "--metric", "resolution")
        self.assertIn("\n  Thu  1 Oct – Wed  7 Oct     holiday: 国庆节\n", out)
        self.assertIn("\n  Sat 10 Oct  09:00–12:00     3 h           day 3, make-up working day\n",
                      out)
        self.assertIn("\n  Sat 10 Oct  17:50           deadline\n", out)

    def test_interval_in_which_the_clocks_change_says_so(self):
        self.write("p.yaml", "sla: 1\ntimezone: Europe/Berlin\ntargets: [{resolution: 8h}]\n")
        out = self.explain("--at", "2026-03-28T22:00", "--metric", "resolution")
        self.assertIn("\n  Sat 28 Mar  22:00 – Sun 29 Mar 07:00   8 h           the clocks "
                      "change\n", out)

    def test_every_metric_and_kind_is_explained_and_classify_only_once(self):
        out = self.explain(*FRIDAY, "city=深圳")
        heads = [line.split(":")[0] for line in out.splitlines() if ": due" in line]
        self.assertEqual(heads, ["first_response", "resolution", "resolution (ola)"])
        self.assertEqual(out.count("What it is"), 1)
        self.assertEqual(out.count("城市 (derived)"), 1)
        self.assertIn("\nonsite: nothing is promised\n", out)

    def test_columns_are_aligned_for_wide_characters(self):
        out = self.explain(*FRIDAY, "city=深圳", "--metric", "first_response")
        rows = [line for line in out.splitlines() if line.startswith("  line")]
        ends = {width(row[:row.index(word) + 3]) for row in rows
                for word in ("yes", "no ") if f"  {word}  " in row}
        self.assertEqual(len(ends), 1, rows)

    def test_json_is_one_document_with_everything(self):
        found = self.as_json(*FRIDAY, "impact=slow", "city=深圳")
        self.assertEqual(found["at"], "2026-11-20T09:50:00Z")
        self.assertEqual(found["attributes"], {"given": {"impact": "slow", "city": "深圳"},
                                               "derived": {"region": "城市",
                                                           "severity": "normal"}})
        self.assertEqual([(row["line"], row["matched"]) for row in found["classify"]],
                         [(14, True), (17, False), (18, True)])
        self.assertEqual(found["classify"][1]["attribute"], "impact")
        self.assertEqual(found["classify"][1]["value"], "slow")
        first = found["clocks"][0]
        self.assertEqual((first["metric"], first["kind"], first["agreement"], first["calendar"]),
                         ("first_response", "sla", "standard", "office"))
        self.assertEqual((first["deadline"], first["budget"], first["line"]),
                         ("2026-11-23T01:20:00Z", 1800, REST))
        self.assertEqual(first["parts"], [
            {"what": "counted", "from": "2026-11-20T09:50:00Z", "to": "2026-11-20T10:00:00Z",
             "seconds": 600},
            {"what": "closed", "from": "2026-11-20T10:00:00Z", "to": "2026-11-23T01:00:00Z",
             "seconds": 0},
            {"what": "counted", "from": "2026-11-23T01:00:00Z", "to": "2026-11-23T01:20:00Z",
             "seconds": 1200}])
        why = [row for row in first["why"] if row["what"] == "targets"]
        self.assertEqual([(row["line"], row["matched"]) for row in why],
                         [(URGENT, False), (REST, True)])
        self.assertEqual((why[0]["reason"], why[0]["wanted"], why[0]["has"]),
                         ("condition", "severity: urgent", "severity: normal"))
        self.assertEqual(found["clocks"][1]["breach_after"], "2026-11-26T01:50:00Z")
        self.assertEqual([clock["promised"] for clock in found["clocks"]],
                         [True, True, True, False])

    def test_deadline_is_that_of_classify(self):
        for at in ("2026-09-30T17:50", "2026-10-10T10:00", "2026-11-20T12:30"):
            out, _ = self.run_tool("classify", "p.yaml", "--at", at, "--format", "json")
            wanted = [(clock["metric"], clock["kind"], clock["deadline"])
                      for clock in json.loads(out)["clocks"]]
            found = self.as_json("--at", at)
            self.assertEqual([(clock["metric"], clock["kind"], clock["deadline"])
                              for clock in found["clocks"] if clock["promised"]], wanted)

    def test_long_targets_are_summed_up_unless_all_is_asked_for(self):
        self.write("p.yaml", POLICY.replace("first_response: 30m", "first_response: 90wd"))
        arguments = (*FRIDAY, "--metric", "first_response")
        short, whole = self.explain(*arguments), self.explain(*arguments, "--all")
        self.assertRegex(short, r"\n  \.\.\. \d+ more intervals with .* between them \.\.\.\n")
        self.assertLess(len(short.splitlines()), 70)
        self.assertGreater(len(whole.splitlines()), 200)
        self.assertNotIn("...", whole)

    def test_unknown_metric_is_met_with_a_guess(self):
        _, err = self.run_tool("explain", "p.yaml", "--metric", "resolutoin", status=2)
        self.assertIn("did you mean 'resolution'?", err)
        _, err = self.run_tool("explain", "p.yaml", "--metric", "xyz", status=2)
        self.assertIn("its metrics are: first_response, resolution, onsite", err)

    def test_severity_that_is_not_listed_is_told(self):
        self.write("p.yaml", "sla: 1\nseverities: [a, b]\ntargets: [{resolution: 1h}]\n")
        out, err = self.run_tool("explain", "p.yaml", "severity=c", "--metric", "resolution")
        self.assertIn("does not list this severity", err)
        self.assertIn("note       the policy lists no such severity; the last is taken", out)

    def test_attribute_that_nobody_looks_at_is_told(self):
        _, err = self.run_tool("explain", "p.yaml", "ctiy=Shanghai", *FRIDAY)
        self.assertIn("never looks at 'ctiy'", err)

    def test_without_utf_8_dashes_are_ascii(self):
        out, _ = self.run_tool("explain", "p.yaml", *FRIDAY, "--metric", "first_response")
        self.assertIn("  Fri 20 Nov  17:50-18:00     10 min\n", out)

    def test_hostile_values_forge_nothing(self):
        out = self.explain(*FRIDAY, "city=\x1b[31m\nWhy", "--metric", "first_response")
        self.assertNotIn("\x1b", out)
        self.assertIn("  city      \\x1B[31m\\x0AWhy\n", out)

    def test_headings_are_bold_on_a_terminal_unless_no_color_is_set(self):
        arguments = ("explain", "p.yaml", *FRIDAY, "--metric", "first_response")
        shown = self.on_terminal(*arguments)
        self.assertIn("\x1b[1mWhy\x1b[0m", shown)
        self.assertRegex(shown, r"\x1b\[2m  line \d+ .*wants severity: urgent.*\x1b\[0m")
        self.assertNotIn("\x1b", self.on_terminal(*arguments, NO_COLOR="1"))
        self.assertNotIn("\x1b", self.explain(*FRIDAY))

    def test_wrong_usage(self):
        for arguments, message in (
                (["impact"], "KEY=VALUE"), (["a=1", "a=3"], "'a' is given twice"),
                (["--at", "yesterday"], "cannot read the time 'yesterday'"),
                (["--format", "xml"], "xml")):
            with self.subTest(arguments=arguments):
                out, err = self.run_tool("explain", "p.yaml", *arguments, status=2)
                self.assertEqual(out, "")
                self.assertIn(message, err)
        self.run_tool("explain", status=2)
        self.write("bad.yaml", "sla: 1\nnmae: x\n")
        self.run_tool("explain", "bad.yaml", status=1)


if __name__ == "__main__":
    tap_unittest.main()
