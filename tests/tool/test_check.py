# SPDX-License-Identifier: MIT
"""sla-check check: faults with places, for people, programs and code scanning."""

import datetime
import json

from tool_case import OFFICE, ToolCase, width

import tap_unittest

# The wrong key stands in line 2, columns 1 to 5 (the end is exclusive).
MISSPELT = "sla: 1\nnmae: x\n"
# Behind wide characters: column 36 counts characters, the caret must look at the screen.
WIDE = "sla: 1\nclassify: {\n  region: [{when: {城市: 深圳市}, iz: city}, {is: remote}]}\n"


class Check(ToolCase):
    def test_policy_without_faults_says_so(self):
        self.write("p.yaml", OFFICE)
        self.assertEqual(self.run_tool("p.yaml"), ("p.yaml: no faults\n", ""))
        self.assertEqual(self.run_tool("check", "p.yaml"), ("p.yaml: no faults\n", ""))

    def test_fault_is_shown_as_compilers_do_with_a_caret(self):
        self.write("p.yaml", MISSPELT)
        out, _ = self.run_tool("p.yaml", status=1)
        first, line, caret, verdict = out.splitlines()
        self.assertRegex(first, r'^p\.yaml:2:1: error: .*nmae.*did you mean "name".*\[SLA-\d{3}\]$')
        self.assertIn("nmae: x", line)
        self.assertEqual(caret.index("^"), line.index("nmae"))
        self.assertEqual(verdict, "p.yaml: 1 error")

    def test_caret_stands_under_the_word_behind_wide_characters(self):
        self.write("p.yaml", WIDE)
        out, _ = self.run_tool("p.yaml", status=1)
        lines = out.splitlines()
        at = next(i for i, line in enumerate(lines) if 'unknown key "iz"' in line)
        source, caret = lines[at + 1 : at + 3]
        before = source[: source.index("iz: city")]
        self.assertEqual(width(caret[: caret.index("^")]), width(before))

    def test_json_is_one_document_in_the_shape_of_the_contract(self):
        self.write("p.yaml", MISSPELT)
        out, err = self.run_tool("check", "p.yaml", "--format", "json", status=1)
        self.assertEqual(err, "")
        (fault,) = json.loads(out)
        self.assertEqual(set(fault), {"file", "line", "column", "end_line", "end_column",
                                      "severity", "code", "path", "message", "hint", "related"})
        self.assertEqual((fault["file"], fault["line"], fault["column"]), ("p.yaml", 2, 1))
        self.assertEqual((fault["end_line"], fault["end_column"]), (2, 5))
        self.assertEqual((fault["severity"], fault["path"]), ("error", "nmae"))
        self.assertRegex(fault["code"], r"^SLA-\d{3}$")
        self.assertIn('"name"', fault["hint"])
        self.assertEqual(fault["related"], [])

    def test_json_columns_count_characters(self):
        self.write("p.yaml", WIDE)
        out, _ = self.run_tool("check", "p.yaml", "--format", "json", status=1)
        column = WIDE.splitlines()[2].index("iz") + 1
        self.assertIn((3, column), [(fault["line"], fault["column"]) for fault in json.loads(out)])

    def test_related_places_are_told(self):
        self.write("p.yaml", "sla: 1\nname: a\nname: b\n")
        out, _ = self.run_tool("check", "p.yaml", "--format", "json", status=1)
        (fault,) = json.loads(out)
        (place,) = fault["related"]
        self.assertEqual((fault["line"], place["line"], place["column"]), (3, 2, 1))
        self.assertTrue(place["message"])

    def test_json_without_faults_is_an_empty_list(self):
        self.write("p.yaml", OFFICE)
        out, _ = self.run_tool("check", "p.yaml", "--format", "json")
        self.assertEqual(json.loads(out), [])

    def test_json_lines_are_one_fault_a_line(self):
        self.write("p.yaml", "sla: 1\nnmae: x\ntimezon: UTC\n")
        out, _ = self.run_tool("check", "p.yaml", "--format", "jsonl", status=1)
        self.assertEqual([fault["line"] for fault in self.read_lines(out)], [2, 3])

    def test_several_policies_are_one_report(self):
        self.write("a.yaml", MISSPELT)
        self.write("b.yaml", OFFICE)
        self.write("c.yaml", MISSPELT)
        out, _ = self.run_tool("a.yaml", "b.yaml", "c.yaml", status=1)
        self.assertEqual([line for line in out.splitlines() if ".yaml: " in line and "rr" in line
                          or "no faults" in line][-1], "c.yaml: 1 error")
        self.assertIn("b.yaml: no faults\n", out)
        out, _ = self.run_tool("check", "a.yaml", "b.yaml", "c.yaml", "--format", "json", status=1)
        self.assertEqual([fault["file"] for fault in json.loads(out)], ["a.yaml", "c.yaml"])

    def test_unreadable_file_among_others_is_exit_2_and_json_stays_valid(self):
        self.write("a.yaml", MISSPELT)
        out, err = self.run_tool("check", "missing.yaml", "a.yaml", "--format", "json", status=2)
        self.assertEqual([fault["file"] for fault in json.loads(out)], ["a.yaml"])
        self.assertIn("missing.yaml", err)

    def test_standard_input_is_read_once(self):
        self.assertEqual(self.run_tool("check", "-", stdin=OFFICE), ("<stdin>: no faults\n", ""))
        out, err = self.run_tool("check", "-", "-", stdin=OFFICE, status=2)
        self.assertEqual(out, "")
        self.assertIn("only once", err)

    def test_dash_reads_standard_input(self):
        out, _ = self.run_tool("-", stdin=MISSPELT, status=1)
        self.assertIn("<stdin>:2:1: error:", out)
        self.assertEqual(self.run_tool("check", "-", stdin=OFFICE)[0], "<stdin>: no faults\n")

    def test_github_annotations_escape_what_would_end_them(self):
        self.write("a,b.yaml", MISSPELT)
        out, _ = self.run_tool("check", "a,b.yaml", "--format", "github", status=1)
        self.assertRegex(out, r"\A::error file=a%2Cb\.yaml,line=2,endLine=2,col=1,endColumn=5,"
                              r"title=SLA-\d{3}::.*nmae.*\n\Z")

    def test_explain_tells_a_code_in_any_spelling(self):
        self.write("p.yaml", MISSPELT)
        out, _ = self.run_tool("check", "p.yaml", "--format", "json", status=1)
        code = json.loads(out)[0]["code"]
        whole, _ = self.run_tool("--explain", code)
        self.assertGreater(len(whole), 40)
        for spelling in (code.lower(), code[4:], code.replace("-", "")):
            self.assertEqual(self.run_tool("check", "--explain", spelling)[0], whole)

    def test_several_codes_are_explained_in_order(self):
        first, second = (self.run_tool("--explain", code)[0] for code in ("231", "308"))
        for arguments in (["--explain", "231,308"], ["--explain", "231", "308"],
                          ["--explain=231", "--explain=sla-308"]):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.run_tool(*arguments)[0], first + "\n" + second)
        out, err = self.run_tool("--explain", "231,999", status=2)
        self.assertEqual(out, first)
        self.assertIn("999", err)

    def test_list_has_a_line_for_each_code_and_all_explains_them(self):
        lines = self.run_tool("--explain", "list")[0].splitlines()
        self.assertGreater(len(lines), 80)
        whole = self.run_tool("--explain", "all")[0]
        for line in lines:
            self.assertRegex(line, r"^SLA-\d{3}  (error  |warning)  \S")
            self.assertIn(self.run_tool("--explain", line[:7])[0], whole)
        self.assertIn('SLA-232  error    there is no calendar "..."', lines)

    def test_unknown_code_lists_the_codes(self):
        for code in ("SLA-999", "nonsense", "SLA-", "99999999999999999999"):
            with self.subTest(code=code):
                out, err = self.run_tool("--explain", code, status=2)
                self.assertEqual(out, "")
                self.assertRegex(err, r"(SLA-\d{3} ){3}")

    def test_every_listed_code_is_explained(self):
        _, err = self.run_tool("--explain", "0", status=2)
        codes = [word for word in err.split() if word.startswith("SLA-")]
        self.assertGreater(len(codes), 20)
        self.assertEqual(codes, sorted(set(codes)))
        for code in codes:
            with self.subTest(code=code):
                self.assertIn(code, self.run_tool("--explain", code)[0])

    def write_lists(self):
        """Lists that ended long ago, end in 30 days, in 200 days, and never say so."""
        today = datetime.date.today()
        ends = {"past": datetime.date(2020, 12, 31), "soon": today + datetime.timedelta(days=30),
                "later": today + datetime.timedelta(days=200)}
        lists = "".join(f"  {name}: {{through: {end}, closed: [2020-01-01]}}\n"
                        for name, end in ends.items())
        calendars = "".join(f"  {name}: {{hours: {{mon-fri: '09:00-17:00'}}, holidays: [{name}]}}\n"
                            for name in (*ends, "open_end"))
        self.write("p.yaml", f"sla: 1\nholidays:\n{lists}  open_end: {{closed: [2020-01-01]}}\n"
                             f"calendars:\n{calendars}")
        return ends["soon"]

    def test_policy_is_analysed_and_strict_makes_warnings_fail(self):
        self.write("p.yaml", "sla: 1\ntargets:\n  - {resolution: 8h}\n"
                             "  - {when: {plan: gold}, resolution: 4h}\n")
        out, _ = self.run_tool("p.yaml")
        self.assertIn("p.yaml:4:5: warning: this row is never reached [SLA-402]", out)
        self.assertIn("p.yaml:3:5: note: ", out)
        self.run_tool("check", "p.yaml", "--strict", status=1)
        out, _ = self.run_tool("check", "p.yaml", "--format", "json")
        (warning,) = json.loads(out)
        self.assertEqual((warning["severity"], warning["code"], warning["path"]),
                         ("warning", "SLA-402", "targets[1]"))
        self.assertEqual([place["line"] for place in warning["related"]], [3])

    def test_policy_with_errors_is_not_analysed(self):
        self.write("p.yaml", "sla: 1\nnmae: x\ntargets: [{resolution: 8h}, {resolution: 4h}]\n")
        out, _ = self.run_tool("p.yaml", status=1)
        self.assertNotIn("warning", out)

    def test_scalars_that_others_read_differently_are_told_when_asked_for(self):
        self.write("p.yaml", "sla: 1\nname: no\ntargets: [{resolution: 8h}]\n")
        self.run_tool("check", "p.yaml", "--strict")
        out, _ = self.run_tool("check", "p.yaml", "--strict", "--portable", status=1)
        self.assertIn('p.yaml:2:7: warning: other readers of YAML read "no" as false; '
                      "put it in quotes [SLA-951]", out)

    def test_horizon_warns_of_lists_that_end_within_it(self):
        soon = self.write_lists()
        hint = "; add the dates that follow, and move `through` [SLA-315]"
        past_line = ('p.yaml: warning: the holiday lists of calendar "past" ended on 2020-12-31'
                     + hint)
        soon_line = f'p.yaml: warning: the holiday lists of calendar "soon" end on {soon}{hint}'
        for horizon in ("90d", "2160h"):
            out, err = self.run_tool("check", "p.yaml", "--horizon", horizon)
            self.assertEqual(out.splitlines(), [past_line, soon_line, "p.yaml: 2 warnings"])
            self.assertEqual(err, "")
        out, _ = self.run_tool("check", "p.yaml", "--horizon", "20d")
        self.assertEqual(out.splitlines(), [past_line, "p.yaml: 1 warning"])
        out, _ = self.run_tool("check", "p.yaml", "--horizon", "300d")
        self.assertEqual(len(out.splitlines()), 4)
        out, _ = self.run_tool("check", "p.yaml", "--horizon", "999999d")  # the end of time
        self.assertEqual(len(out.splitlines()), 4)
        self.assertEqual(self.run_tool("check", "p.yaml")[0], "p.yaml: no faults\n")

    def test_horizon_warns_in_every_form_and_strict_makes_it_fail(self):
        self.write_lists()
        self.run_tool("check", "p.yaml", "--strict")
        self.run_tool("check", "p.yaml", "--strict", "--horizon", "20d", status=1)
        out, _ = self.run_tool("check", "p.yaml", "--horizon", "20d", "--format", "json")
        (fault,) = json.loads(out)
        self.assertEqual((fault["code"], fault["line"], fault["severity"], fault["file"]),
                         ("SLA-315", 0, "warning", "p.yaml"))
        out, _ = self.run_tool("check", "p.yaml", "--horizon", "20d", "--format", "sarif")
        (result,) = json.loads(out)["runs"][0]["results"]
        self.assertEqual(result["ruleId"], "SLA-315")
        self.assertNotIn("region", result["locations"][0]["physicalLocation"])
        out, _ = self.run_tool("check", "p.yaml", "--horizon", "20d", "--format", "github")
        self.assertTrue(out.startswith("::warning file=p.yaml,title=SLA-315::"), out)
        self.assertIn("through", self.run_tool("--explain", "SLA-315")[0])

    def test_horizon_must_be_days_or_hours(self):
        self.write("p.yaml", OFFICE)
        for horizon in ("soon", "5wd", "-1d", ""):
            with self.subTest(horizon=horizon):
                _, err = self.run_tool("check", "p.yaml", "--horizon", horizon, status=2)
                self.assertIn("cannot read the horizon", err)

    def test_the_first_50_are_shown_and_the_rest_is_counted(self):
        self.write("p.yaml", "sla: 1\n" + "".join(f"k{i}: 1\n" for i in range(60)))
        out, _ = self.run_tool("p.yaml", status=1)
        lines = out.splitlines()
        self.assertEqual(lines[-1],
                         "p.yaml: 60 errors (the first 50 shown; --max-diagnostics 0 shows all)")
        places = [line for line in lines if line.startswith("p.yaml:") and " error: " in line]
        self.assertEqual([int(line.split(":")[1]) for line in places], list(range(2, 52)))
        out, _ = self.run_tool("p.yaml", "--max-diagnostics", "60", status=1)
        self.assertEqual(out.splitlines()[-1], "p.yaml: 60 errors")
        out, _ = self.run_tool("p.yaml", "--max-diagnostics", "0", status=1)
        self.assertEqual(out.splitlines()[-1], "p.yaml: 60 errors")

    def test_each_policy_has_its_own_50(self):
        for name in ("a.yaml", "b.yaml"):
            self.write(name, "sla: 1\n" + "".join(f"k{i}: 1\n" for i in range(51)))
        out, _ = self.run_tool("a.yaml", "b.yaml", status=1)
        shown = [line for line in out.splitlines() if " error: " in line]
        self.assertEqual(len(shown), 100)

    def test_programs_are_told_what_is_not_shown(self):
        self.write("p.yaml", "sla: 1\n" + "".join(f"k{i}: 1\n" for i in range(4)) +
                   "targets: [{name: a}, {resolution: 1h}]\n")
        out, _ = self.run_tool("check", "p.yaml", "--max-diagnostics", "3", "--format", "json",
                               status=1)
        faults = json.loads(out)
        self.assertEqual([fault["line"] for fault in faults], [2, 3, 4, 5])
        rest = faults[3]
        self.assertEqual((rest["code"], rest["severity"], rest["column"]), ("SLA-019", "error", 1))
        self.assertEqual(rest["message"], "1 more error and 1 more warning are not shown")
        self.assertIn("--max-diagnostics", rest["hint"])
        out, _ = self.run_tool("check", "p.yaml", "--max-diagnostics", "4", "--format", "jsonl",
                               status=1)
        rest = self.read_lines(out)[-1]
        self.assertEqual((rest["code"], rest["severity"], rest["line"]), ("SLA-019", "warning", 6))
        out, _ = self.run_tool("check", "p.yaml", "--max-diagnostics", "1", "--format", "github",
                               status=1)
        self.assertRegex(out.splitlines()[-1],
                         r"^::error file=p\.yaml,line=3,.*title=SLA-019::3 more")
        out, _ = self.run_tool("check", "p.yaml", "--max-diagnostics", "1", "--format", "sarif",
                               status=1)
        results = json.loads(out)["runs"][0]["results"]
        self.assertEqual([result["ruleId"] for result in results], ["SLA-231", "SLA-019"])

    def test_all_faults_beyond_those_that_the_library_keeps_are_counted(self):
        self.write("p.yaml", "sla: 1\n" + "".join(f"k{i}: 1\n" for i in range(1500)))
        out, _ = self.run_tool("p.yaml", status=1)
        self.assertEqual(out.splitlines()[-1],
                         "p.yaml: 1500 errors (the first 50 shown; --max-diagnostics 0 shows all)")
        for most in ("0", "1500"):
            out, _ = self.run_tool("p.yaml", "--max-diagnostics", most, status=1)
            self.assertEqual(out.splitlines()[-1], "p.yaml: 1500 errors")

    def test_a_number_of_diagnostics_is_a_number(self):
        self.write("p.yaml", OFFICE)
        for number in ("few", "-1", "", "5x", "100001"):
            with self.subTest(number=number):
                _, err = self.run_tool("p.yaml", f"--max-diagnostics={number}", status=2)
                self.assertIn("write a number such as 50, or 0 for all", err)

    def test_other_commands_show_ten_errors_and_count_the_rest(self):
        self.write("p.yaml", "sla: 1\n" + "".join(f"k{i}: 1\n" for i in range(12)))
        _, err = self.run_tool("classify", "p.yaml", status=1)
        self.assertEqual(len([line for line in err.splitlines() if " error: " in line]), 10)
        self.assertEqual(err.splitlines()[-1],
                         "sla-check: 2 more errors: sla-check check p.yaml shows them")

    def test_bytes_that_are_no_utf8_keep_json_valid(self):
        self.write("p.yaml", b"sla: 1\nname: \xff\xfe\n")
        out, _ = self.run_tool("check", "p.yaml", "--format", "json", status=1)
        self.assertEqual(json.loads(out)[0]["severity"], "error")
        self.run_tool("check", "p.yaml", "--format", "sarif", status=1)


if __name__ == "__main__":
    tap_unittest.main()
