#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every key has a description and an example that compiles, and the committed schemas are current.

usage: examples.py SLA_CHECK WRITE_SCHEMA POLICY_SCHEMA INCLUDED_SCHEMA
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import jsonschema

from key_policies import AROUND, Keys
from policies import ROOT, as_json, write

sys.path.insert(0, str(ROOT / "tests" / "support"))
import tap_unittest  # noqa: E402

SLA_CHECK, WRITE_SCHEMA = (os.path.abspath(path) for path in sys.argv[1:3])
POLICY, INCLUDED = (pathlib.Path(path) for path in sys.argv[3:5])


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def objects(schema):
    """Every mapping of a schema that lists properties, with its title."""
    yield schema
    yield from (definition for definition in schema["definitions"].values()
                if "properties" in definition)


class Examples(unittest.TestCase):
    """What write_schema knows of every key."""

    keys = Keys(WRITE_SCHEMA)

    def check(self, tree, included):
        """What sla-check says of a policy, or of a file that a policy includes."""
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "china.yaml").write_text("sla: 1\n", encoding="utf-8")
            (pathlib.Path(folder) / "holidays").mkdir()
            (pathlib.Path(folder) / "holidays" / "china.yaml").write_text(
                "sla: 1\n", encoding="utf-8")
            pathlib.Path(folder, "it.yaml").write_text(write(tree), encoding="utf-8")
            pathlib.Path(folder, "main.yaml").write_text("sla: 1\ninclude: it.yaml\n",
                                                         encoding="utf-8")
            done = subprocess.run([SLA_CHECK, "check", "main.yaml" if included else "it.yaml"],
                                  cwd=folder, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + write(tree)

    def test_every_key_has_an_example(self):
        for entry in self.keys.all:
            self.assertIsNotNone(entry["example"], f"{entry['key']} in {entry['map']}")
            self.assertGreater(len(entry["about"]), 5)

    def test_every_mapping_of_the_language_can_be_shown(self):
        self.assertEqual(set(self.keys.maps), set(AROUND))

    def test_every_example_compiles(self):
        for entry in self.keys.all:
            with self.subTest(map=entry["map"], key=entry["key"]):
                status, told = self.check(self.keys.policy(entry), Keys.is_included(entry))
                self.assertEqual(status, 0, told)

    def test_every_example_is_good_for_the_schema(self):
        schemas = {False: load(POLICY), True: load(INCLUDED)}
        for entry in self.keys.all:
            with self.subTest(map=entry["map"], key=entry["key"]):
                schema = schemas[Keys.is_included(entry)]
                errors = list(jsonschema.Draft7Validator(schema).iter_errors(
                    as_json(self.keys.policy(entry))))
                self.assertEqual(errors, [])

    def test_the_committed_schemas_are_what_the_table_of_keys_gives(self):
        for path, option in ((POLICY, []), (INCLUDED, ["--included"])):
            now = subprocess.run([WRITE_SCHEMA, *option], check=True, capture_output=True,
                                 text=True).stdout
            self.assertEqual(path.read_text(encoding="utf-8"), now,
                             f"renew it: write_schema {' '.join(option)} >{path.name}")

    def test_schemas_are_schemas(self):
        for path in (POLICY, INCLUDED):
            schema = load(path)
            jsonschema.Draft7Validator.check_schema(schema)
            for part in objects(schema):
                self.assertIn("title", part)
                for name, value in part["properties"].items():
                    if value is not False:
                        self.assertGreater(len(value["description"]), 5, name)

    def test_nothing_in_a_schema_is_unused(self):
        for path in (POLICY, INCLUDED):
            text = path.read_text(encoding="utf-8")
            for name in load(path)["definitions"]:
                self.assertIn(f'"#/definitions/{name}"', text)


tap_unittest.main()
