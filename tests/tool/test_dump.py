# SPDX-License-Identifier: MIT
"""sla-check dump: a policy in one canonical form, for people and programs."""

import json

from tool_case import DESK, OFFICE, ROOT, ToolCase

import tap_unittest

POLICIES = [path for folder in ("examples", "tests/data")
            for path in (ROOT / folder).rglob("*.yaml")
            if not {"diagnostics", "holidays"} & set(path.parts)]


class Dump(ToolCase):
    def dump(self, path, *arguments):
        out, err = self.run_tool("dump", str(path), *arguments)
        self.assertEqual(err, "")
        return out

    def test_every_good_policy_is_its_own_dumps_dump(self):
        self.assertGreater(len(POLICIES), 12)
        for path in POLICIES:
            with self.subTest(policy=path.name):
                text = self.dump(path)
                self.write("again.yaml", text)
                self.assertEqual(self.dump("again.yaml"), text)
                self.write("again.json", self.dump(path, "--format", "json"))
                self.assertEqual(self.dump("again.json"), text)

    def test_json_is_json_and_yaml_says_the_same_to_other_readers(self):
        try:
            import yaml
        except ImportError:
            self.skipTest("no module yaml")
        for path in POLICIES:
            with self.subTest(policy=path.name):
                document = json.loads(self.dump(path, "--format", "json"))
                self.assertEqual(yaml.safe_load(self.dump(path)), document)

    def test_texts_stay_texts_for_every_reader(self):
        self.write("p.yaml", "sla: 1\ntargets: [{when: {a: [no, 1.10, 0123, 12:30, 2026-01-01, "
                             "~, null, 1e3, .inf, 0x1F, 1_000, '', '<<']}, resolution: 1h}]\n")
        document = json.loads(self.dump("p.yaml", "--format", "json"))
        values = ["no", "1.10", "0123", "12:30", "2026-01-01", "~", "null", "1e3", ".inf", "0x1F",
                  "1_000", "", "<<"]
        self.assertEqual(document["targets"][0]["when"]["a"], values)
        try:
            import yaml
        except ImportError:
            self.skipTest("no module yaml")
        self.assertEqual(yaml.safe_load(self.dump("p.yaml")), document)

    def test_files_are_merged_in(self):
        self.write("shared.yaml", OFFICE.replace("name: office\n", "").replace("calendar: office\n",
                                                                               ""))
        self.write("p.yaml", "sla: 1\ninclude: shared.yaml\ncalendar: office\n"
                             "targets: [{resolution: 4h}]\n")
        text = self.dump("p.yaml")
        self.assertNotIn("include", text)
        self.assertIn('      - {date: "2026-10-01", to: "2026-10-07", name: "国庆节"}\n', text)
        self.assertIn('      mon-fri: "09:00-12:00, 13:30-18:00"\n', text)

    def test_policy_comes_from_standard_input_too(self):
        self.write("p.yaml", DESK)
        out, _ = self.run_tool("dump", "-", stdin=DESK)
        self.assertEqual(out, self.dump("p.yaml"))

    def test_faults_are_shown_and_nothing_else(self):
        self.write("p.yaml", "sla: 1\ntargets: [{resolution: 4 h}]\n")
        out, err = self.run_tool("dump", "p.yaml", status=1)
        self.assertEqual(out, "")
        self.assertIn("p.yaml:2:24: error:", err)

    def test_wrong_usage_is_told(self):
        self.write("p.yaml", DESK)
        for arguments in (["none.yaml"], [], ["p.yaml", "p.yaml"], ["p.yaml", "--format", "xml"]):
            with self.subTest(arguments=arguments):
                out, err = self.run_tool("dump", *arguments, status=2)
                self.assertEqual(out, "")
                self.assertNotEqual(err, "")


tap_unittest.main()
