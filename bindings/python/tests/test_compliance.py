# SPDX-License-Identifier: MIT
"""The examples of compliance give the numbers of a plain loop over single calls, and the page shows
them as they are."""

import csv
import os
import pathlib
import subprocess
import sys
import unittest
from collections import Counter
from datetime import datetime, timezone

import libsla
import tap_unittest
from column_case import package

ROOT = pathlib.Path(__file__).resolve().parents[3]
DESK = ROOT / "examples" / "servicenow-uci"
EXAMPLES = ROOT / "bindings" / "python" / "examples"


def plain_lines():
    """Row by row: the priority that an incident has when it is closed first, by classify()."""
    policy = libsla.Policy.load(DESK / "policy.yaml")
    opened, priority, clocks, met, done = {}, {}, Counter(), Counter(), set()
    with open(DESK / "sample" / "log.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["at"]).replace(tzinfo=timezone.utc)
            name = row["incident"]
            opened.setdefault(name, at)
            priority[name] = row["priority"] or priority.get(name)
            if row["event"] != "closed" or name in done:
                continue
            done.add(name)
            found = policy.classify({"priority": priority[name]}, at=opened[name])
            for clock in found.clocks:
                if clock.metric == "made_sla":
                    clocks[found.severity] += 1
                    met[found.severity] += at <= clock.deadline
    return [f"{severity} {count} {met[severity]} {100 * met[severity] / count:.2f} %"
            for severity, count in sorted(clocks.items())]


class Compliance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.expected = plain_lines()

    def check(self, name, *needed):
        for module in needed:
            package(module)
        done = subprocess.run(
            [sys.executable, EXAMPLES / f"compliance_{name}.py", DESK / "policy.yaml",
             DESK / "sample" / "log.csv"], capture_output=True, text=True, check=False)
        self.assertEqual((done.stdout.splitlines(), done.stderr), (self.expected, ""))

    def test_the_loop_finds_what_can_be_compared(self):
        # published.csv has 1,961 closed incidents of priority 3 and 69 of priority 4
        self.assertEqual([line.split()[:2] for line in self.expected],
                         [["P3", "1961"], ["P4", "69"]])

    def test_pandas(self):
        if not hasattr(package("pandas").DataFrame, "from_arrow"):
            self.skipTest("pandas before 3 has no DataFrame.from_arrow")
        self.check("pandas", "pyarrow")

    def test_polars(self):
        self.check("polars", "polars")

    def test_duckdb(self):
        self.check("duckdb", "duckdb")

    def test_the_page_shows_the_examples(self):
        page = (ROOT / "doc" / "python-columns.md").read_text(encoding="utf-8")
        for path in EXAMPLES.glob("compliance_*.py"):
            text = path.read_text(encoding="utf-8")
            shown = text[text.index("\npolicy = ") + 1:]
            self.assertIn(f"```text\n{shown}```\n", page)


tap_unittest.main()
