# SPDX-License-Identifier: MIT
"""sla-check test: the tests that a policy has in it."""

import json
import xml.etree.ElementTree

from tool_case import ToolCase

import tap_unittest

# Friday 17:50. 24x7 and 1h: 18:50. In office hours 2h: 10 min on Friday, 1h50m on Monday: 10:50.
POLICY = """\
sla: 1
timezone: Asia/Shanghai
calendar: office
calendars: {office: {hours: {mon-fri: "09:00-18:00"}}}
severities: [urgent, general]
classify:
  region: [{when: {city: [Beijing, 上海]}, is: city}, {is: remote}]
  severity: [{when: {impact: outage}, is: urgent}, {is: general}]
agreements:
  - name: standard
    targets:
      - {when: {severity: urgent, region: city}, calendar: 24x7, first_response: 1h}
      - {first_response: 2h, resolution: 3wd}
tests:
"""
FIRST = len(POLICY.splitlines()) + 1
GOOD = """\
  - name: urgent in the city, Friday evening
    incident: {impact: outage, city: 上海}
    at: 2026-11-20T17:50
    expect: {severity: urgent, region: city, first_response: 2026-11-20T18:50}
    then:
      - {at: 2026-11-20T18:51, expect_events: [breach first_response]}
      - {at: 2026-11-20T18:55, event: responded, expect_events: [missed first_response]}
"""
WRONG = """\
  - name: 上海，星期五
    incident: {impact: outage, city: Paris}
    at: 2026-11-20T17:50
    expect: {region: city, agreement: none, first_response: 2026-11-20T18:50}
    then: [{at: 2026-11-20T18:51, expect_only_events: [breach first_response]}]
"""


class PolicyTests(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", POLICY + GOOD)

    def test_a_policy_whose_tests_pass_takes_one_line(self):
        out, err = self.run_tool("test", "p.yaml")
        self.assertEqual((out, err), ("p.yaml: 1 test passed\n", ""))

    def test_a_failure_shows_place_expectation_result_and_caret(self):
        self.write("p.yaml", POLICY + GOOD + WRONG)
        out, err = self.run_tool("test", "--brief", "p.yaml", status=1, LC_ALL="C.UTF-8")
        self.assertEqual(err, "")
        line = FIRST + len(GOOD.splitlines()) + 3
        source = "    expect: {region: city, agreement: none, first_response: 2026-11-20T18:50}"
        last = "    then: [{at: 2026-11-20T18:51, expect_only_events: [breach first_response]}]"

        def caret(text, part):
            return " " * text.index(part) + "^" + "~" * (len(part) - 1)

        def failure(at, text, part, rest):
            return [f'p.yaml:{at}:{text.index(part) + 1}: error: test "上海，星期五": {rest}',
                    text, caret(text, part), ""]

        self.assertEqual(
            out.splitlines(),
            failure(line, source, "city", "region: expected city, got remote")
            + failure(line, source, "none", "agreement: expected none, got standard")
            + failure(line, source, "2026-11-20T18:50",
                      "first_response: expected 2026-11-20T18:50:00+08:00, "
                      "got 2026-11-23T10:50:00+08:00")
            + failure(line + 1, last, "breach first_response",
                      "events: expected breach first_response, got no event")
            + ["p.yaml: 1 of 2 tests failed"])

    def test_a_failure_says_why_once(self):
        self.write("p.yaml", POLICY + WRONG)
        out, _ = self.run_tool("test", "p.yaml", status=1, LC_ALL="C.UTF-8")
        row = next(n for n, text in enumerate(POLICY.splitlines(), 1) if "region: [" in text)
        self.assertIn(f"     {row}  city    no       wants city: [Beijing, 上海]; "
                      "has city: Paris\n", out)
        self.assertIn(f"     {row}  remote  yes      no condition\n", out)
        self.assertEqual(out.count("How the time counts"), 1)
        self.assertIn("    Mon 23 Nov  09:00–10:50     1 h 50 min\n", out)

    def test_every_test_gets_a_line_when_asked(self):
        self.write("p.yaml", POLICY + WRONG + GOOD)
        out, _ = self.run_tool("test", "-v", "--brief", "p.yaml", status=1)
        self.assertIn("failed  上海，星期五\nok      urgent in the city, Friday evening\n"
                      "p.yaml: 1 of 2 tests failed\n", out)

    def test_only_the_named_tests_are_run(self):
        self.write("p.yaml", POLICY + WRONG + GOOD)
        for wanted in ("urgent in the city, Friday evening", "urgent*", "?rgent*"):
            out, _ = self.run_tool("test", "--only", wanted, "p.yaml")
            self.assertEqual(out, "p.yaml: 1 test passed, 1 left out\n")
        _, err = self.run_tool("test", "--only", "Urgent", "p.yaml", status=2)
        self.assertIn("there is no test 'Urgent'", err)

    def test_a_name_with_signs_of_a_pattern_is_found_as_it_is(self):
        self.write("p.yaml", POLICY + GOOD.replace("urgent in the city, Friday evening",
                                                   '"[1] really? \\\\ *"'))
        out, _ = self.run_tool("test", "--only", "[1] really? \\ *", "p.yaml")
        self.assertEqual(out, "p.yaml: 1 test passed\n")

    def test_a_policy_without_tests_says_so(self):
        self.write("none.yaml", "sla: 1\ntargets: [{resolution: 4h}]\n")
        out, err = self.run_tool("test", "none.yaml", "p.yaml")
        self.assertEqual(out, "none.yaml: the policy has no tests\np.yaml: 1 test passed\n")
        self.assertEqual(err, "")
        out, _ = self.run_tool("test", "--format", "json", "none.yaml")
        self.assertEqual(json.loads(out), [{"file": "none.yaml", "tests": [], "passed": 0,
                                            "failed": 0, "left_out": 0}])

    def test_a_faulty_policy_tells_its_faults_and_fails(self):
        self.write("bad.yaml", POLICY + GOOD.replace("severity: urgent", "severity: urgnet"))
        out, err = self.run_tool("test", "bad.yaml", "p.yaml", status=1)
        self.assertEqual(out, "p.yaml: 1 test passed\n")
        self.assertIn('there is no severity "urgnet"; did you mean "urgent"? [SLA-235]', err)

    def test_standard_input_is_tested_and_shown(self):
        out, _ = self.run_tool("test", "-", stdin=POLICY + GOOD)
        self.assertEqual(out, "<stdin>: 1 test passed\n")
        out, _ = self.run_tool("test", "--brief", "-", stdin=POLICY + WRONG, status=1)
        self.assertIn("    expect: {region: city, agreement: none,", out)
        _, err = self.run_tool("test", "-", "-", status=2)
        self.assertIn("only once", err)

    def test_json_has_places_and_both_values(self):
        self.write("p.yaml", POLICY + GOOD + WRONG)
        out, err = self.run_tool("test", "--format", "json", "p.yaml", status=1)
        self.assertEqual(err, "")
        (document,) = json.loads(out)
        self.assertEqual((document["file"], document["passed"], document["failed"]),
                         ("p.yaml", 1, 1))
        good, wrong = document["tests"]
        self.assertEqual(good, {"name": "urgent in the city, Friday evening", "line": FIRST,
                                "passed": True, "mismatches": []})
        self.assertFalse(wrong["passed"])
        self.assertEqual([found["what"] for found in wrong["mismatches"]],
                         ["attribute", "agreement", "clock", "event"])
        line = FIRST + len(GOOD.splitlines()) + 3
        self.assertEqual(wrong["mismatches"][2], {
            "what": "clock", "step": 0, "at": "2026-11-20T09:50:00Z", "line": line, "column": 61,
            "end_line": line, "end_column": 77, "subject": "first_response",
            "metric": "first_response", "kind": "sla",
            "expected": "2026-11-20T18:50:00+08:00", "got": "2026-11-23T10:50:00+08:00"})
        self.assertEqual(wrong["mismatches"][3]["step"], 1)

    def test_json_lines_have_one_test_each(self):
        self.write("p.yaml", POLICY + GOOD + WRONG)
        out, _ = self.run_tool("test", "--format", "jsonl", "p.yaml", status=1)
        tests = self.read_lines(out)
        self.assertEqual([(test["file"], test["passed"]) for test in tests],
                         [("p.yaml", True), ("p.yaml", False)])

    def test_tap_counts_through_all_policies(self):
        self.write("q.yaml", POLICY + WRONG.replace("上海，星期五", '"#1 ok \\\\ # skip"'))
        out, _ = self.run_tool("test", "--format", "tap", "p.yaml", "q.yaml", status=1)
        lines = out.splitlines()
        self.assertEqual(lines[0], "ok 1 - p.yaml: urgent in the city, Friday evening")
        self.assertEqual(lines[1], "not ok 2 - q.yaml: \\#1 ok \\\\ \\# skip")
        self.assertEqual(lines[2], f"# region: expected city, got remote (q.yaml:{FIRST + 3}:22)")
        self.assertEqual(lines[-1], "1..2")

    def test_junit_is_xml_that_other_programs_read(self):
        self.write("q.yaml", POLICY + GOOD.replace("urgent in", "<&\"> in") + WRONG)
        out, _ = self.run_tool("test", "--format", "junit", "q.yaml", status=1)
        (suite,) = xml.etree.ElementTree.fromstring(out.encode())
        self.assertEqual(suite.attrib, {"name": "q.yaml", "tests": "2", "failures": "1"})
        good, wrong = suite
        self.assertEqual(good.attrib["name"], '<&"> in the city, Friday evening')
        self.assertEqual(len(good), 0)
        self.assertEqual(len(wrong), 4)
        self.assertIn("region: expected city, got remote", wrong[0].attrib["message"])

    def test_a_name_from_the_policy_cannot_steer_the_terminal(self):
        text = POLICY + WRONG.replace("city: Paris", 'city: "\\e[31mred"')
        self.write("p.yaml", text.replace("region: city", 'city: "\\e[32mgreen"'))
        out, _ = self.run_tool("test", "p.yaml", status=1)
        self.assertIn("city: expected \\x1B[32mgreen, got \\x1B[31mred", out)
        self.assertNotIn("\x1b", out)


if __name__ == "__main__":
    tap_unittest.main()
