# SPDX-License-Identifier: MIT
"""The package itself: what `import libsla` gives, and what it leaves for later."""

import ast
import inspect
import pathlib
import re
import subprocess
import sys
import types
import unittest

import tap_unittest

import libsla
from libsla._native.library import lib

# Modules that take long to import, or that not every machine has.
LEFT = ("asyncio", "dataclasses", "inspect", "difflib", "sqlite3", "unittest", "numpy", "pandas",
        "polars", "pyarrow", "libsla.engine", "libsla.explain", "libsla.columns", "libsla.target")


class Package(unittest.TestCase):
    def test_the_version_is_the_librarys(self):
        self.assertEqual(libsla.__version__, lib.version().decode())

    def test_every_file_of_it_is_installed(self):
        folder = pathlib.Path(libsla.__file__).resolve().parent
        built = (folder.parent / "meson.build").read_text()
        there = {str(path.relative_to(folder.parent)) for path in folder.rglob("*")
                 if path.is_file() and path.parent.name != "__pycache__"}
        self.assertEqual(set(re.findall(r"'(libsla/[^']*)'", built)), there)

    def test_every_public_name_is_there(self):
        self.assertEqual(libsla.__all__, sorted(libsla.__all__))
        for name in libsla.__all__:
            self.assertIsNotNone(getattr(libsla, name))
            self.assertIn(name, dir(libsla))
        with self.assertRaisesRegex(AttributeError, "'libsla' has no attribute 'policy_of'"):
            libsla.policy_of

    def test_every_public_name_is_documented(self):
        for name in libsla.__all__:
            thing = getattr(libsla, name)
            if isinstance(thing, (type, types.FunctionType, types.ModuleType)):
                self.assertTrue((thing.__doc__ or "").strip(), name)
            for part, value in vars(thing).items() if isinstance(thing, type) else ():
                if not part.startswith("_") and isinstance(value, (types.FunctionType, property)):
                    self.assertTrue((value.__doc__ or "").strip(), f"{name}.{part}")

    def test_type_checkers_see_the_same_names_as_programs(self):
        tree = ast.parse(inspect.getsource(libsla))
        block, = (node for node in tree.body if isinstance(node, ast.If)
                  and isinstance(node.test, ast.Name))
        seen = {name.name: node.module for node in block.body for name in node.names}
        self.assertEqual(seen.pop("aio"), None)
        self.assertEqual(seen, libsla._LATER)

    def test_import_is_cheap(self):
        script = f"import sys, libsla; print([name for name in {LEFT!r} if name in sys.modules])"
        out = subprocess.run([sys.executable, "-S", "-c", script], check=True, text=True,
                             stdout=subprocess.PIPE).stdout
        self.assertEqual(out, "[]\n")


if __name__ == "__main__":
    tap_unittest.main()
