#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every header compiles alone: the public ones as C11 and C++, those of lib/ as C11.

usage: headers.py BUILD_INCLUDE COMPILER...
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

from tree import ROOT, Report, under

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]


def compile_alone(command, suffix, include, options):
    """Compiles a file with one include, twice over, and returns the compiler's complaint."""
    with tempfile.TemporaryDirectory() as scratch:
        source = pathlib.Path(scratch, "alone" + suffix)
        # `typedef` keeps the file from being empty, which ISO C forbids
        source.write_text(f"#include {include}\n#include {include}\ntypedef int sla_alone;\n",
                          encoding="ascii")
        result = subprocess.run([*command, *WARNINGS, *options, str(source)], text=True,
                                capture_output=True, check=False)
        return result.stderr.strip().splitlines()[:5] if result.returncode else []


def main():
    build_include, compiler = sys.argv[1], sys.argv[2:]
    public = [f"-I{ROOT / 'include'}", f"-I{build_include}"]
    report = Report()
    for path in under("include", ".h", ".h.in"):
        name = path.name.removesuffix(".in")
        report.rule(f"{name}_compiles_alone_as_c11",
                    compile_alone(compiler, ".c", f"<sla/{name}>", ["-std=c11", *public]))
    plus = next((found for found in map(shutil.which, ["c++", "g++", "clang++"]) if found), None)
    for path in under("include", ".h", ".h.in"):
        name = path.name.removesuffix(".in")
        rule = f"{name}_compiles_alone_as_cpp"
        if plus:
            report.rule(rule, compile_alone([plus], ".cpp", f"<sla/{name}>",
                                            ["-std=c++11", *public]))
        else:
            report.skip(rule, "no C++ compiler")
    for path in under("lib", ".h"):
        name = str(path.relative_to(ROOT / "lib"))
        rule = f"{name}_compiles_alone"
        report.rule(rule, compile_alone(compiler, ".c", f'"{name}"',
                                        ["-std=c11", f"-I{ROOT / 'lib'}", *public]))
    report.end()


main()
