#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where the package looks for the C library, what it refuses, and what it says when there is none.

Each case is a process of its own: the library is looked for when the package is imported.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import tap_unittest

PACKAGE = pathlib.Path(__file__).resolve().parents[1] / "libsla"
LIBRARY = pathlib.Path(os.environ["SLA_LIBRARY"]).resolve()
BESIDE = ".libsla.mesonpy.libs"
ASK = "from libsla._native import library; print(library.library_path())"
CATCH = """\
try:
    import libsla._native.library
except ImportError as error:
    print(error.name)
    print(error)
"""


def stub(folder, name, source):
    """A shared library that is not, or not quite, libsla."""
    path = folder / name
    compiler = os.environ["CC"].split()
    subprocess.run([*compiler, "-shared", "-fPIC", "-x", "c", "-o", path, "-"], input=source,
                   check=True, text=True)
    return path


class LibraryCase(unittest.TestCase):
    """A copy of the package in a folder of its own, as pip leaves it: nothing beside it yet."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name).resolve()
        self.site = self.folder / "site"
        shutil.copytree(PACKAGE, self.site / "libsla",
                        ignore=shutil.ignore_patterns("__pycache__"))
        self.system = self.folder / "system"
        self.system.mkdir()

    def place(self, path):
        """The real library at another place; a copy, so that it is known by its own path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(LIBRARY, path)
        return path

    def bundle(self):
        return self.place(self.site / BESIDE / LIBRARY.name)

    def installed(self):
        return self.place(self.system / "libsla.so.0")

    def ask(self, code=ASK, sla_library=None, site=None):
        """What a program prints that has the package in its path."""
        environment = dict(os.environ, PYTHONPATH=str(site or self.site),
                           LD_LIBRARY_PATH=str(self.system))
        environment.pop("SLA_LIBRARY")
        if sla_library is not None:
            environment["SLA_LIBRARY"] = str(sla_library)
        ran = subprocess.run([sys.executable, "-c", code], env=environment, cwd=self.folder,
                             capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return ran.stdout.strip()

    def refusal(self, **options):
        """The text of the ImportError, which there must be."""
        name, _, text = self.ask(CATCH, **options).partition("\n")
        self.assertEqual(name, "libsla")
        return text


class Order(LibraryCase):
    """SLA_LIBRARY, the package, the system."""

    def test_the_variable_comes_before_the_package_and_the_system(self):
        self.bundle()
        self.installed()
        named = self.place(self.folder / "elsewhere" / "my-libsla.so")
        self.assertEqual(self.ask(sla_library=named), str(named))

    def test_the_variable_may_be_a_name_that_the_system_knows(self):
        self.bundle()
        installed = self.installed()
        self.assertEqual(self.ask(sla_library="libsla.so.0"), str(installed))

    def test_the_package_comes_before_the_system(self):
        bundled = self.bundle()
        self.installed()
        self.assertEqual(self.ask(), str(bundled))

    def test_without_its_own_library_the_package_takes_the_systems(self):
        installed = self.installed()
        self.assertEqual(self.ask(), str(installed))

    def test_an_empty_variable_says_nothing(self):
        bundled = self.bundle()
        self.assertEqual(self.ask(sla_library=""), str(bundled))

    def test_a_damaged_library_of_the_package_leaves_the_systems(self):
        self.bundle().write_text("no library")
        installed = self.installed()
        self.assertEqual(self.ask(), str(installed))

    def test_libraries_of_the_machine_may_be_in_lib64(self):
        self.site = self.site.rename(self.folder / "lib")  # .../lib/python3/site-packages
        site = self.site / "python3" / "site-packages"
        site.mkdir(parents=True)
        (self.site / "libsla").rename(site / "libsla")
        bundled = self.place(self.folder / "lib64" / "python3" / "site-packages" / BESIDE
                             / LIBRARY.name)
        code = "import sys; sys.platlibdir = 'lib64'; " + ASK
        self.assertEqual(self.ask(code, site=site), str(bundled))

    def test_the_package_says_which_library_it_uses(self):
        self.bundle()
        version = "from libsla._native import library; print(library.library_version())"
        self.assertRegex(self.ask(version), r"^\d+\.\d+\.\d+$")


class Refusals(LibraryCase):
    """An ImportError says what was tried, why it was not taken, and what to do."""

    def test_a_wrong_variable_is_no_reason_to_take_another_library(self):
        self.bundle()
        self.installed()
        text = self.refusal(sla_library="/nowhere/libsla.so.0")
        self.assertIn("SLA_LIBRARY: /nowhere/libsla.so.0: ", text)
        self.assertIn("correct it, or unset it", text)
        self.assertNotIn(BESIDE, text)

    def test_everything_that_was_tried_is_listed(self):
        damaged = self.bundle()
        damaged.write_text("no library")
        text = self.refusal()
        self.assertIn(f"the package: {damaged}: ", text)
        self.assertIn("the system: libsla.so.0: ", text)
        self.assertIn("pip install", text)
        self.assertIn("SLA_LIBRARY", text)

    def test_a_package_without_a_library_says_where_it_looked(self):
        text = self.refusal()
        self.assertIn(f"the package: there is no library in {self.site / BESIDE}", text)

    def test_another_library_is_told_from_libsla(self):
        other = stub(self.folder, "other.so", "int other(void) { return 0; }\n")
        text = self.refusal(sla_library=other)
        self.assertIn(f"{other}: this is not libsla", text)

    def test_an_old_libsla_is_refused_by_its_version_and_what_it_lacks(self):
        old = stub(self.folder, "old.so",
                   'const char *sla_version(void) { return "0.1.0"; }\n')
        text = self.refusal(sla_library=old)
        self.assertIn(f"{old}: this is libsla 0.1.0, which is too old for this package: it has no "
                      "sla_", text)

    def test_an_old_libsla_of_the_system_does_not_hide_why_the_packages_failed(self):
        self.bundle().write_text("no library")
        stub(self.system, "libsla.so.0", 'const char *sla_version(void) { return "0.1.0"; }\n')
        text = self.refusal()
        self.assertIn("the package: ", text)
        self.assertIn("the system: libsla.so.0: this is libsla 0.1.0", text)

    def test_each_line_names_a_path_once(self):
        damaged = self.bundle()
        damaged.write_text("no library")
        self.assertEqual(self.refusal().count(str(damaged)), 1)


tap_unittest.main()
