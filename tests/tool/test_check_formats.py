# SPDX-License-Identifier: MIT
"""sla-check check for programs: SARIF 2.1.0, annotations of GitHub's workflows, colour."""

import json
import re

from tool_case import OFFICE, ToolCase

import tap_unittest

# The wrong key stands in line 2, columns 1 to 5 (the end is exclusive).
MISSPELT = "sla: 1\nnmae: x\n"
# Two files, two places, a warning and a path.
FAULTY = """\
sla: 1
include: [lists.yaml]
severities: [urgent, normal, urgent]
calendars: {office: {hours: {mon-fri: "09:00-17:00"}, holidays: [law]}}
calendar: office
targets: [{resolution: soon}]
"""
LISTS = "sla: 1\ncalendars: {office: {hours: always}}\n"


class Sarif(ToolCase):
    def run_of(self, *arguments, status=1):
        out, _ = self.run_tool("check", *arguments, "--format", "sarif", status=status)
        report = json.loads(out)
        self.assertEqual(report["version"], "2.1.0")
        (run,) = report["runs"]
        return run

    def test_places_count_characters_from_1_and_end_behind_the_last(self):
        self.write("a b.yaml", MISSPELT)
        run = self.run_of("a b.yaml")
        (result,) = run["results"]
        self.assertEqual(run["columnKind"], "unicodeCodePoints")
        self.assertEqual(run["tool"]["driver"]["name"], "sla-check")
        self.assertEqual(result["level"], "error")
        (location,) = result["locations"]
        place = location["physicalLocation"]
        self.assertEqual(place["artifactLocation"]["uri"], "a%20b.yaml")
        self.assertEqual(place["region"], {"startLine": 2, "startColumn": 1, "endLine": 2,
                                           "endColumn": 5})
        self.assertEqual(location["logicalLocations"], [{"fullyQualifiedName": "nmae"}])
        self.write("p.yaml", "sla: 1\n名: {𝄞: x}\n")  # an unknown key before a wide character
        (result,) = self.run_of("p.yaml")["results"]
        self.assertEqual(result["locations"][0]["physicalLocation"]["region"]["endColumn"], 2)

    def test_every_result_has_a_rule_that_explains_it(self):
        self.write("p.yaml", FAULTY)
        self.write("lists.yaml", LISTS)
        run = self.run_of("p.yaml")
        rules = run["tool"]["driver"]["rules"]
        self.assertEqual(len({rule["id"] for rule in rules}), len(rules))
        self.assertGreaterEqual(len(run["results"]), 4)
        for result in run["results"]:
            rule = rules[result["ruleIndex"]]
            self.assertEqual(rule["id"], result["ruleId"])
            self.assertEqual(rule["defaultConfiguration"]["level"], result["level"])
            self.assertNotIn("\n", rule["shortDescription"]["text"])
            self.assertNotIn("{1}", rule["shortDescription"]["text"])
            self.assertNotIn("\n", rule["fullDescription"]["text"])
            self.assertTrue(rule["fullDescription"]["text"].endswith("."))
            self.assertNotIn("helpUri", rule)  # there is no address that holds for ever
            code = rule["id"]
            self.assertTrue(self.run_tool("--explain", code)[0].endswith(rule["help"]["text"]))

    def test_second_places_are_related_locations(self):
        self.write("p.yaml", FAULTY)
        self.write("lists.yaml", LISTS)
        results = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] +
                   result["ruleId"]: result for result in self.run_of("p.yaml")["results"]}
        (place,) = results["p.yamlSLA-116"]["relatedLocations"]
        self.assertEqual(place["id"], 1)
        self.assertEqual(place["message"]["text"], "first named here")
        self.assertEqual(place["physicalLocation"]["region"], {"startLine": 3, "startColumn": 14})
        (place,) = results["lists.yamlSLA-116"]["relatedLocations"]
        self.assertEqual(place["physicalLocation"]["artifactLocation"]["uri"], "p.yaml")

    def test_fingerprint_stays_when_lines_move(self):
        def fingerprints():
            return [result["partialFingerprints"] for result in self.run_of("p.yaml")["results"]]

        self.write("p.yaml", "sla: 1\nnmae: x\ntargets: [{resolution: soon}]\n")
        before = fingerprints()
        for prints in before:
            (value,) = prints.values()
            self.assertRegex(value, r"^[0-9a-f]{16}$")
        self.assertNotEqual(before[0], before[1])
        self.write("p.yaml", "# moved\n\nsla: 1\nnmae: x\ntargets: [{resolution: soon}]\n")
        self.assertEqual(fingerprints(), before)

    def test_a_file_that_cannot_be_read_is_told(self):
        self.write("p.yaml", OFFICE)
        run = self.run_of("p.yaml", status=0)
        self.assertEqual((run["results"], run["tool"]["driver"]["rules"]), ([], []))
        self.assertEqual(run["invocations"], [{"executionSuccessful": True}])
        run = self.run_of("p.yaml", "none.yaml", status=2)
        self.assertEqual(run["invocations"], [{"executionSuccessful": False}])


class Github(ToolCase):
    def annotations(self, *arguments):
        out, _ = self.run_tool("check", *arguments, "--format", "github", status=1)
        return out.splitlines()

    def test_what_would_end_a_property_is_escaped(self):
        self.write("a,b:%.yaml", MISSPELT)
        (line,) = self.annotations("a,b:%.yaml")
        self.assertRegex(line, r"^::error file=a%2Cb%3A%25\.yaml,line=2,endLine=2,col=1,"
                               r'endColumn=5,title=SLA-231::unknown key "nmae" .*$')

    def test_a_line_end_in_a_name_ends_no_command(self):
        self.write("a\nb\r.yaml", MISSPELT)
        (line,) = self.annotations("a\nb\r.yaml")
        self.assertTrue(line.startswith("::error file=a%0Ab%0D.yaml,line=2,"), line)

    def test_what_would_end_a_message_is_escaped_and_commas_are_not(self):
        self.write("p.yaml", "sla: 1\nseverities: [a, b]\ntargets: [{when: {severity: '9%0Ax'}, "
                             "resolution: 1h}]\n")
        (line,) = self.annotations("p.yaml")
        self.assertTrue(line.endswith('there is no severity "9%250Ax"; the severities are '
                                      '"a", "b"'), line)

    def test_a_place_of_several_lines_has_no_columns(self):
        self.write("p.yaml", 'sla: 1\ntargets:\n  - {name: a,\n     resolution: {}}\n'
                             'severities: {a: 1,\n  b: 2}\n')
        lines = self.annotations("p.yaml")
        self.assertIn("line=5,endLine=6,title=SLA-102::", lines[-1])

    def test_a_warning_is_a_warning(self):
        self.write("p.yaml", "sla: 1\ntargets: [{name: a}, {resolution: 1h}]\n")
        out, _ = self.run_tool("check", "p.yaml", "--format", "github")
        self.assertTrue(out.startswith("::warning file=p.yaml,line=2,"), out)


class Colour(ToolCase):
    def test_colour_is_for_terminals_and_for_those_who_ask(self):
        self.write("p.yaml", MISSPELT)
        plain, _ = self.run_tool("p.yaml", status=1)
        self.assertNotIn("\033", plain)
        shown = self.on_terminal("p.yaml")
        self.assertIn("\033[31merror", shown)
        self.assertEqual(re.sub(r"\033\[\d+m|\r", "", shown), plain)
        self.assertNotIn("\033", self.on_terminal("p.yaml", NO_COLOR="1"))
        self.assertNotIn("\033", self.on_terminal("p.yaml", TERM="dumb"))
        self.assertIn("\033", self.on_terminal("p.yaml", NO_COLOR=""))
        forced, _ = self.run_tool("p.yaml", status=1, CLICOLOR_FORCE="1")
        self.assertEqual(re.sub(r"\033\[\d+m", "", forced), plain)
        self.assertNotEqual(forced, plain)
        for setting in ({"CLICOLOR_FORCE": "0"}, {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}):
            self.assertEqual(self.run_tool("p.yaml", status=1, **setting)[0], plain)

    def test_programs_never_get_colour(self):
        self.write("p.yaml", MISSPELT)
        for form in ("json", "jsonl", "sarif", "github"):
            out, _ = self.run_tool("check", "p.yaml", "--format", form, status=1,
                                   CLICOLOR_FORCE="1")
            self.assertNotIn("\\u001b", out)
            self.assertNotIn("\033", out)


if __name__ == "__main__":
    tap_unittest.main()
