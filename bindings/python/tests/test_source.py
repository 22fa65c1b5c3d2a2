#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The archive of sources: all that git has is in it, and the package is built from it alone; and an
editable install follows its tree, C and Python."""

import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import unittest

import tap_unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
NEEDED = [name for name in ("mesonpy", "tzdata") if not importlib.util.find_spec(name)]
BUILD = "import mesonpy, sys; print(mesonpy.build_sdist(sys.argv[1]))"
# Who says what the status of no error means: C.
PROGRAM = """\
import libsla
from libsla._native.library import lib
print(libsla.__file__, lib.status_text(0).decode(), getattr(libsla, "ADDED", None))
"""


def run(*command, **options):
    """Runs a command to its good end and gives its output."""
    ran = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                         check=False, **options)
    if ran.returncode:
        raise AssertionError(f"{command[0]} ended with {ran.returncode}:\n{ran.stdout[-3000:]}"
                             f"{ran.stderr[-3000:]}")
    return ran.stdout.strip()


def committed():
    """The files of the last commit; none where there is no git."""
    if not shutil.which("git"):
        return set()
    ran = subprocess.run(["git", "-C", ROOT, "ls-tree", "-rz", "--name-only", "HEAD"],
                         capture_output=True, text=True, check=False)
    return {name for name in ran.stdout.split("\0") if name}


@unittest.skipIf(NEEDED or not shutil.which("ninja"), f"not installed: {NEEDED or 'ninja'}")
@unittest.skipUnless(committed(), "this is no clone of git")
class Source(unittest.TestCase):
    """One archive, and its tree, which is built without optimisation."""

    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = pathlib.Path(holder.name).resolve()
        name = run(sys.executable, "-c", BUILD, cls.folder, cwd=ROOT).splitlines()[-1]
        with tarfile.open(cls.folder / name) as archive:
            archive.extractall(cls.folder)
            cls.files = {one.name for one in archive if not one.isdir()}
        cls.archive, cls.tree = cls.folder / name, cls.folder / name.removesuffix(".tar.gz")

    def test_it_is_named_after_the_version(self):
        version = re.search(r"version: '([0-9.]+)'", (ROOT / "meson.build").read_text())[1]
        self.assertEqual(self.archive.name, f"libsla-{version}.tar.gz")

    def test_it_has_what_git_has(self):
        wanted = {f"{self.tree.name}/{name}" for name in committed() | {"PKG-INFO"}}
        self.assertEqual(self.files, wanted)

    def test_an_editable_install_of_it_follows_its_tree(self):
        site = self.folder / "env"
        run(sys.executable, "-m", "venv", site)
        python = site / "bin" / "python3"
        # what builds is that of the Python that runs this
        builders = os.pathsep.join({sysconfig.get_path(name) for name in ("purelib", "platlib")})
        clean = {name: value for name, value in os.environ.items()
                 if not name.startswith(("SLA_", "PYTHON", "LD_"))}
        clean["PATH"] = str(pathlib.Path(sys.executable).parent) + os.pathsep + clean["PATH"]
        run(python, "-m", "pip", "--disable-pip-version-check", "install", "--no-index",
            "--no-deps", "--no-build-isolation", "--config-settings=setup-args=-Dbuildtype=plain",
            "--editable", self.tree, env={**clean, "PYTHONPATH": builders})
        package = self.tree / "bindings" / "python" / "libsla" / "__init__.py"
        said = run(python, "-c", PROGRAM, cwd="/", env=clean)
        self.assertEqual(said, f"{package} done None")

        self.change(package, "__version__ =", "ADDED = 7\n__version__ =")
        self.change(self.tree / "lib" / "base" / "status.c", '"done"', '"well done"')
        said = run(python, "-c", PROGRAM, cwd="/", env=clean)
        self.assertEqual(said, f"{package} well done 7")

    def change(self, path, old, new):
        text = path.read_text()
        self.assertEqual(text.count(old), 1, path)
        path.write_text(text.replace(old, new))


tap_unittest.main()
