#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The archive of the sources, and what is made of it: a wheel, and a package to work on."""

import importlib.metadata
import os
import pathlib
import shutil
import sys
import sysconfig
import tarfile
import unittest

import tap_unittest
from installing import NEEDED, alone, clean_python, lacking, run, scratch, serve

ROOT = pathlib.Path(__file__).resolve().parents[3]
LACKING = lacking(*NEEDED)
# pip makes both without optimisation, which takes a third of the time.
PLAIN = ("--no-index", "--no-deps", "--no-build-isolation",
         "--config-settings=setup-args=-Dbuildtype=plain")
SDIST = "import mesonpy, sys; print(mesonpy.build_sdist(sys.argv[1]))"  # as python -m build does
TEXT = "from libsla import errors; print(errors.error(-3))"


def tools():
    """The environment of a user who has the tools of the build."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
    return alone() | {"PATH": path}


@unittest.skipIf(LACKING, f"not installed: {LACKING}")
@unittest.skipUnless(shutil.which("git") and (ROOT / ".git").exists(), "no clone of the repository")
@unittest.skipUnless(shutil.which("ninja", path=tools()["PATH"]), "not installed: ninja")
class Sources(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = scratch(cls)
        name = run(sys.executable, "-c", SDIST, cls.folder, cwd=ROOT, env=tools()).split()[-1]
        cls.archive = cls.folder / name
        with tarfile.open(cls.archive) as archive:
            cls.files = {info.name.partition("/")[2] for info in archive if info.isfile()}
            archive.extractall(cls.folder)
        cls.tree = cls.folder / name[:-len(".tar.gz")]

    def test_the_archive_has_every_file_of_the_commit(self):
        files = set(run("git", "ls-tree", "-r", "--name-only", "-z", "HEAD",
                        cwd=ROOT).rstrip("\0").split("\0"))
        self.assertEqual(self.files - files, {"PKG-INFO"})
        self.assertEqual(files - self.files, set())

    def test_a_wheel_made_of_it_serves_a_clean_python(self):
        run(sys.executable, "-m", "pip", "wheel", *PLAIN, "--wheel-dir", self.folder / "wheel",
            self.archive, env=tools())
        (wheel,) = (self.folder / "wheel").glob("*.whl")
        python = clean_python(self.folder / "clean")
        library, zones, _ = serve(self, python, wheel)
        for path in (library, zones):
            self.assertTrue(path.startswith(str(python.parents[1])), path)

    def test_an_editable_one_compiles_what_was_changed(self):
        python = clean_python(self.folder / "edited")
        site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
        # The tools of the build, which the user installed. What they need themselves can lie in
        # another folder than they: ours for mesonpy, that of the system for packaging.
        folders = {str(found.locate_file("")): None for found in importlib.metadata.distributions()}
        pathlib.Path(site, "tools.pth").write_text("\n".join(folders) + "\n", encoding="utf-8")
        run(python, "-m", "pip", "install", *PLAIN, "--editable", self.tree, env=tools())
        said = run(python, "-c", TEXT, cwd="/", env=tools())

        (changed,) = (path for path in (self.tree / "lib").rglob("*.[ch]")
                      if f'"{said}"' in path.read_text(encoding="utf-8"))
        changed.write_text(changed.read_text(encoding="utf-8").replace(said, "a new text"),
                           encoding="utf-8")
        self.assertEqual(run(python, "-c", TEXT, cwd="/", env=tools()), "a new text")
        where = run(python, "-c", "import libsla; print(libsla.__file__)", cwd="/", env=tools())
        self.assertTrue(where.startswith(str(self.tree)), where)


tap_unittest.main()
