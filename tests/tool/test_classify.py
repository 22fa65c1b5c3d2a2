# SPDX-License-Identifier: MIT
"""sla-check classify: what a policy makes of an incident."""

import json

from tool_case import DESK, ToolCase

import tap_unittest

LINE = {text.strip(): number for number, text in enumerate(DESK.splitlines(), 1)}
URGENT_ROW = LINE["- {when: {severity: urgent}, first_response: 30m, resolution: 4h}"]


class Classify(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", DESK)

    def classify(self, *arguments):
        out, err = self.run_tool("classify", "p.yaml", *arguments, "--format", "json")
        self.assertEqual(err, "")
        return json.loads(out)

    def test_json_has_the_shape_of_the_contract(self):
        found = self.classify("impact=outage", "city=Shanghai", "--at", "2026-11-20T17:50")
        self.assertEqual(found["attributes"], {"region": "城市", "severity": "urgent"})
        # 17:50 in Shanghai is 09:50Z; 24x7 counts every second
        self.assertEqual(found["clocks"][0], {
            "agreement": "default", "kind": "sla", "metric": "first_response", "within": "30m",
            "calendar": "24x7", "deadline": "2026-11-20T10:20:00Z", "provisional": False,
            "line": URGENT_ROW})
        self.assertEqual([clock["metric"] for clock in found["clocks"]],
                         ["first_response", "resolution"])
        self.assertEqual(found["clocks"][1]["deadline"], "2026-11-20T13:50:00Z")

    def test_chinese_values_are_compared(self):
        self.assertEqual(self.classify("city=深圳")["attributes"]["region"], "城市")
        self.assertEqual(self.classify("city=广州")["attributes"]["region"], "remote")

    def test_instants_may_have_an_offset_or_be_unix_seconds(self):
        at = ["2026-11-20T09:50:00Z", "1795168200", "2026-11-20T17:50:00+08:00", "1795168200.9"]
        for text in at:
            with self.subTest(at=text):
                self.assertEqual(self.classify("--at", text)["at"], "2026-11-20T09:50:00Z")

    def test_working_days_are_told_as_the_policy_writes_them(self):
        self.write("p.yaml", """\
sla: 1
timezone: Asia/Shanghai
calendar: office
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
metrics: {first: {start: opened, stop: done}, second: {start: opened, stop: done}}
targets: [{first: {within: 1wd, due: close, cutoff: "16:00", grace: 1h}, second: 90s}]
""")
        # Fri 20 Nov 16:30 is past the cut-off: day 0 is Monday, day 1 Tuesday, close 17:00 = 09:00Z
        first, second = self.classify("--at", "2026-11-20T16:30")["clocks"]
        self.assertEqual((first["within"], first["due"], first["cutoff"], first["grace"]),
                         ("1wd", "close", "16:00", "1h"))
        self.assertEqual(first["deadline"], "2026-11-24T09:00:00Z")
        self.assertEqual((second["within"], second["deadline"]),
                         ("1m30s", "2026-11-20T08:31:30Z"))
        self.assertNotIn("due", second)
        out, _ = self.run_tool("classify", "p.yaml", "--at", "2026-11-20T16:30")
        self.assertIn("1wd, due close, cutoff 16:00, grace 1h", out)

    def test_text_shows_derived_attributes_and_deadlines_with_offset(self):
        out, _ = self.run_tool("classify", "p.yaml", "impact=outage", "--at", "2026-11-20T17:50")
        lines = out.splitlines()
        self.assertEqual(lines[0].split(), ["opened", "Fri", "2026-11-20T17:50:00+08:00"])
        self.assertEqual(lines[1].split(), ["region", "remote"])
        self.assertEqual(lines[2].split(), ["severity", "urgent"])
        row = next(line for line in lines if line.startswith("first_response"))
        self.assertEqual(row.split(), ["first_response", "default", "30m", "24x7", "Fri",
                                       "2026-11-20T18:20:00+08:00", str(URGENT_ROW)])

    def test_without_a_time_it_is_now(self):
        out, _ = self.run_tool("classify", "p.yaml", "--format", "json")
        self.assertRegex(json.loads(out)["at"], r"^20\d\d-")

    def test_attribute_that_nobody_looks_at_is_told(self):
        out, err = self.run_tool("classify", "p.yaml", "ctiy=Shanghai", "--at", "0")
        self.assertIn("never looks at 'ctiy'", err)
        self.assertIn("remote", out)

    def test_policy_from_standard_input(self):
        out, _ = self.run_tool("classify", "-", "impact=outage", "--format", "json", stdin=DESK)
        self.assertEqual(json.loads(out)["attributes"]["severity"], "urgent")

    def test_wrong_usage(self):
        for arguments, message in (
                (["impact"], "KEY=VALUE"), (["=x"], "KEY=VALUE"),
                (["a=1", "b=2", "a=3"], "'a' is given twice"),
                (["--at", "yesterday"], "cannot read the time 'yesterday'"),
                (["--at", "2200-01-02"], "cannot read the time")):
            with self.subTest(arguments=arguments):
                out, err = self.run_tool("classify", "p.yaml", *arguments, status=2)
                self.assertEqual(out, "")
                self.assertIn(message, err)
        self.run_tool("classify", status=2)

    def test_value_may_be_empty_or_hold_an_equals_sign(self):
        self.classify("impact=", "city=a=b")


if __name__ == "__main__":
    tap_unittest.main()
