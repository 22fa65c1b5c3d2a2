#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The test of failed allocations knows every public function, and no other.

usage: names.py OOM    (the test's program)
"""

import pathlib
import re
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "house"))

from tree import Report, code_of, shown, under  # noqa: E402


def declared():
    """Functions of the public headers, with their places."""
    found = {}
    for path in under("include", ".h", ".h.in"):
        for match in re.finditer(r"^SLA_API\b[^;{]*?\b(\w+)\s*\(", code_of(path), re.M):
            found[match.group(1)] = shown(path)
    return found


def main():
    listed = subprocess.run([sys.argv[1], "--list"], check=True, capture_output=True, text=True)
    known = set(re.findall(r"^sla_\w+$", listed.stdout, re.M))
    functions = declared()
    report = Report()
    report.rule("every_public_function_is_tested_without_memory",
                (f"{place}: {name} is neither called in tests/oom/calls.c nor in deeds.c"
                 for name, place in functions.items() if name not in known))
    report.rule("no_function_is_tested_that_is_not_public", sorted(known - set(functions)))
    report.end()


main()
