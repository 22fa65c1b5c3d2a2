#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sla-check init and schema: what they write is good, and nothing is overwritten.

usage: test_init.py SLA_CHECK
"""

import json
import re

from tool_case import ROOT, ToolCase

import tap_unittest

TEMPLATES = ("minimal", "helpdesk", "after-sales", "contracts")


class Init(ToolCase):
    """A commented policy to start from."""

    def test_every_template_is_without_findings_and_passes_its_tests(self):
        for template in TEMPLATES:
            with self.subTest(template):
                out, err = self.run_tool("init", "--template", template)
                self.assertEqual(err, "")
                self.write("p.yaml", out)
                self.run_tool("check", "--strict", "p.yaml")
                passed, _ = self.run_tool("test", "p.yaml")
                self.assertRegex(passed, r"[3-9] tests passed")

    def test_every_template_has_goals_and_tests_and_says_what_to_run(self):
        for template in TEMPLATES:
            with self.subTest(template):
                out, _ = self.run_tool("init", "-t", template)
                self.assertRegex(out, r"(?m)^goals:")
                self.assertRegex(out, r"(?m)^tests:")
                self.assertIn("sla-check check POLICY", out)
                self.assertIn("sla-check test POLICY", out)
                self.assertGreater(len(re.findall(r"(?m)^#|  # ", out)), 12)

    def test_the_templates_are_those_that_the_help_names(self):
        out, _ = self.run_tool("init", "--help")
        for template in TEMPLATES:
            self.assertIn(template, out)
        self.assertIn("sla-check init --timezone Europe/Berlin --output policy.yaml", out)

    def test_zone_and_name_are_put_in_and_what_is_said_about_them_stays(self):
        out, _ = self.run_tool("init", "--timezone", "Asia/Shanghai", "--name", 'our "desk": 售后')
        self.assertIn('\nname: "our \\"desk\\": 售后"\n', out)
        self.assertRegex(out, r"\ntimezone: Asia/Shanghai +# local times")
        self.write("p.yaml", out)
        self.run_tool("check", "--strict", "p.yaml")
        self.run_tool("test", "p.yaml")

    def test_a_zone_that_nobody_knows_writes_nothing(self):
        out, err = self.run_tool("init", "--timezone", "Mars/Base", "--output", "p.yaml", status=2)
        self.assertEqual(out, "")
        self.assertIn('there is no time zone "Mars/Base"', err)
        self.assertFalse((self.folder / "p.yaml").exists())

    def test_a_file_that_is_there_stays_as_it_is(self):
        self.write("p.yaml", "mine\n")
        _, err = self.run_tool("init", "--output", "p.yaml", status=2)
        self.assertIn("p.yaml is there already", err)
        self.assertEqual((self.folder / "p.yaml").read_text(encoding="utf-8"), "mine\n")

    def test_a_folder_that_is_not_there_is_told(self):
        _, err = self.run_tool("init", "--output", "no/p.yaml", status=2)
        self.assertIn("cannot write no/p.yaml: No such file or directory", err)

    def test_with_the_schema_an_editor_finds_it(self):
        (self.folder / "desk").mkdir()
        out, err = self.run_tool("init", "--output", "desk/p.yaml", "--schema")
        self.assertEqual(out, "")
        self.assertIn("sla-check check desk/p.yaml", err)
        first = (self.folder / "desk" / "p.yaml").read_text(encoding="utf-8").split("\n")[0]
        self.assertEqual(first, "# yaml-language-server: $schema=sla-policy.schema.json")
        self.assertTrue((self.folder / "desk" / "sla-policy.schema.json").exists())
        # a second policy in the folder shares it
        self.run_tool("init", "--output", "desk/q.yaml", "--schema")

    def test_without_the_schema_no_editor_is_led_to_a_file_that_is_not_there(self):
        out, _ = self.run_tool("init")
        self.assertNotIn("yaml-language-server", out)
        self.assertTrue(out.startswith("# A service policy"))
        _, err = self.run_tool("init", "--schema", status=2)
        self.assertIn("--schema needs --output", err)

    def test_a_template_that_is_not_there_is_told_with_the_nearest(self):
        _, err = self.run_tool("init", "--template", "helpdsk", status=2)
        self.assertIn("did you mean 'helpdesk'", err)


class Schema(ToolCase):
    """The JSON Schema of policies."""

    def test_it_prints_the_schemas_of_the_documentation(self):
        for option, name in (([], "sla-policy"), (["--included"], "sla-included")):
            out, _ = self.run_tool("schema", *option)
            path = ROOT / "doc" / f"{name}.schema.json"
            self.assertEqual(out, path.read_text(encoding="utf-8"))
            self.assertEqual(json.loads(out)["$schema"], "http://json-schema.org/draft-07/schema#")

    def test_a_file_that_is_there_stays_as_it_is(self):
        self.run_tool("schema", "--output", "s.json")
        _, err = self.run_tool("schema", "--output", "s.json", status=2)
        self.assertIn("s.json is there already", err)


tap_unittest.main()
