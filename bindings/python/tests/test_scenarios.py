# SPDX-License-Identifier: MIT
"""The scenario files of the C tests run unchanged from Python, and give the same text byte for
byte: tests/scenario, and the scenario blocks of the pages."""

import pathlib
import sys
import tempfile
import unittest

import scenario
import tap_unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "docs"))
import blocks  # noqa: E402  (of the folder above)
import scenarios  # noqa: E402

FILES = sorted((ROOT / "tests" / "scenario").glob("*.scenario"))
PAGES = [page for page in sorted((ROOT / "doc").rglob("*.md"))
         if "```text scenario" in page.read_text(encoding="utf-8")]


def faults_of_page(page, scratch):
    """What is wrong with the scenario blocks of a page."""
    for block in blocks.blocks_of(page.read_text(encoding="utf-8")):
        if block.option("file"):
            (scratch / block.option("file")).write_text(block.text, encoding="utf-8")
        if "scenario" in block.words:
            fault = scenarios.fault(lambda path: scenario.run(path.read_text(encoding="utf-8")),
                                    scratch, block.option("of"), block.text)
            if fault:
                yield f"line {block.line}: {fault}"


class Scenarios(unittest.TestCase):
    """A test for every file and page is added below."""

    maxDiff = None

    def test_there_are_scenarios(self):
        self.assertGreater(len(FILES), 15)
        self.assertGreater(len(PAGES), 2)


def test_of_file(path):
    def test(self):
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text, scenario.run(text))

    return test


def test_of_page(page):
    def test(self):
        with tempfile.TemporaryDirectory() as scratch:
            self.assertEqual([], list(faults_of_page(page, pathlib.Path(scratch))))

    return test


for file in FILES:
    setattr(Scenarios, f"test_{file.stem}", test_of_file(file))
for file in PAGES:
    setattr(Scenarios, f"test_page_{file.stem}", test_of_page(file))

if __name__ == "__main__":
    tap_unittest.main()
