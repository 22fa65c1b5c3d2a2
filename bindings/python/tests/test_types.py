#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The types of the package: strict for itself, and right for the programs of its users."""

import ast
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import unittest

import tap_unittest

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE.parent / "libsla"
PROGRAM = HERE / "typed_program.py"


def mypy(*arguments):
    """What mypy says of files; its cache is in the build."""
    environment = dict(os.environ, MYPYPATH=str(HERE.parent))
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-color-output", "--no-error-summary",
         "--cache-dir", os.path.join(os.environ["SLA_BUILD"], "mypy-cache"), *arguments],
        env=environment, capture_output=True, text=True, check=False)


def revealed(text):
    """Line -> type, as mypy writes it, without the words that differ between its versions."""
    found = {}
    for line, what in re.findall(r":(\d+): note: Revealed type is [\"'](.*)[\"']$", text, re.M):
        found[int(line)] = what.replace("builtins.", "").replace("Tuple[", "tuple[")
    return found


@unittest.skipUnless(importlib.util.find_spec("mypy"), "mypy is not installed")
class Mypy(unittest.TestCase):
    """What mypy --strict says."""

    def test_the_package_is_strict(self):
        said = mypy(str(PACKAGE))
        self.assertEqual(said.stdout + said.stderr, "")

    def test_a_users_program_has_the_types_that_it_expects(self):
        said = mypy(str(PROGRAM))
        expected = {}
        for number, line in enumerate(PROGRAM.read_text(encoding="ascii").splitlines(), 1):
            match = re.match(r" *reveal_type\(.*\)  # (.*)$", line)
            if match:
                expected[number] = match.group(1)
        self.assertGreater(len(expected), 15)
        self.assertEqual(revealed(said.stdout), expected)
        self.assertEqual([line for line in said.stdout.splitlines() if ": error:" in line], [])


class Sources(unittest.TestCase):
    """What holds without mypy."""

    def test_every_file_is_python_3_9(self):
        for path in PACKAGE.rglob("*.py"):
            with self.subTest(path.name):
                ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))

    def test_the_package_says_that_it_is_typed(self):
        self.assertTrue((PACKAGE / "py.typed").exists())


tap_unittest.main()
