#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `import libsla` brings with it: little, and nothing that is not Python's own."""

import pathlib
import subprocess
import sys
import unittest

import tap_unittest

# Packages that the library works with when its user does, and large parts of Python itself.
LATER = {"asyncio", "concurrent", "email", "http", "json", "logging", "multiprocessing", "sqlite3",
         "unittest", "urllib"}
OPTIONAL = {"numpy", "pandas", "polars", "pyarrow", "duckdb", "matplotlib", "hypothesis", "mypy"}


def modules_after(code):
    """The top names of what is imported after some code, but not without it."""
    names = []
    for program in (code, "pass"):
        ran = subprocess.run([sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)"],
                             check=True, capture_output=True, text=True)
        names.append({name.split(".")[0] for name in ran.stdout.split()})
    return names[0] - names[1]


class Import(unittest.TestCase):
    """In a process of its own."""

    def test_it_imports_no_optional_package(self):
        self.assertEqual(modules_after("import libsla") & OPTIONAL, set())

    def test_it_imports_no_large_part_of_python(self):
        self.assertEqual(modules_after("import libsla") & LATER, set())

    def test_everything_that_it_imports_is_pythons_own(self):
        if not hasattr(sys, "stdlib_module_names"):
            self.skipTest("this Python does not know the names of its own modules")
        foreign = modules_after("import libsla") - set(sys.stdlib_module_names) - {"libsla"}
        self.assertEqual(foreign, set())

    def test_all_public_names_are_there(self):
        ran = subprocess.run([sys.executable, "-c", "from libsla import *"], check=False,
                             capture_output=True, text=True)
        self.assertEqual(ran.stderr, "")

    def test_every_module_can_be_imported_first(self):
        """A circle of imports shows itself only to those who begin at the wrong end."""
        package = pathlib.Path(__file__).resolve().parents[1] / "libsla"
        for path in sorted(package.glob("[a-z]*.py")):
            with self.subTest(path.stem):
                ran = subprocess.run([sys.executable, "-c", f"import libsla.{path.stem}"],
                                     check=False, capture_output=True, text=True)
                self.assertEqual(ran.stderr, "")


tap_unittest.main()
