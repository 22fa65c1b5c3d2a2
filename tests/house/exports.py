#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Declared = listed = seen in the built library = documented = in Python's table of prototypes; and
what the library imports.

usage: exports.py LIBSLA.SO LIBSLA_OBJECTS.A [--sanitized]
"""

import re
import runpy
import subprocess
import sys

from forbidden import FORBIDDEN_CALLS
from tree import ROOT, Report, code_of, shown, text_of, under

HEADERS = under("include", ".h", ".h.in")


def declared():
    """Functions marked SLA_API in the public headers, with their places."""
    found = {}
    for path in HEADERS:
        for match in re.finditer(r"^SLA_API\b[^;{]*?\b(\w+)\s*\(", code_of(path), re.M):
            found[match.group(1)] = path
    return found


def unmarked():
    for path in HEADERS:
        for match in re.finditer(r"^(?!SLA_API|typedef|#)[\w ]+[ *](sla_\w+)\([^;{]*\);",
                                 code_of(path), re.M):
            yield f"{shown(path)}: {match.group(1)} is declared without SLA_API"


def undocumented():
    """A comment must stand directly above a declaration, or above its neighbours in the block."""
    for path in HEADERS:
        # code_of() cannot be used here: the comments are what is looked for
        for block in re.split(r"\n\s*\n", text_of(path)):
            first = block.find("SLA_API")
            if re.search(r"^SLA_API ", block, re.M) and "*/" not in block[:first]:
                name = re.search(r"\b(sla_\w+)\s*\(", block[first:])
                yield f"{shown(path)}: {name.group(1) if name else block[first:60]}: no comment"


def listed():
    text = re.sub(r"/\*.*?\*/", "", text_of(ROOT / "lib" / "libsla.map"), flags=re.S)
    text = re.sub(r"^local:.*?^}", "", text, flags=re.S | re.M)
    return set(re.findall(r"^\s+(\w+);", text, re.M))


def symbols(*arguments):
    output = subprocess.run(["nm", *arguments], check=True, capture_output=True, text=True).stdout
    return [line.split() for line in output.splitlines() if line.strip()]


def exported(library):
    found = set()
    for words in symbols("-D", "--defined-only", library):
        name, kind = words[-1].split("@")[0], words[-2]
        if kind != "A":  # the name of the version itself
            found.add(name)
    return found


def called_from_python():
    """The table alone, without the package, which would load a library."""
    path = ROOT / "bindings" / "python" / "libsla" / "_native" / "prototypes.py"
    return set(runpy.run_path(str(path))["PROTOTYPES"])


def difference(left, left_name, right, right_name):
    for name in sorted(left - right):
        yield f"{name}: {left_name}, but not {right_name}"
    for name in sorted(right - left):
        yield f"{name}: {right_name}, but not {left_name}"


def forbidden_imports(library):
    pattern = re.compile(rf"(?:__)?(?:{FORBIDDEN_CALLS})(?:_chk|_fail)?$")
    for words in symbols("-D", "--undefined-only", library):
        name = words[-1].split("@")[0]
        if pattern.match(name):
            yield f"the library imports {name}"


def writable_data(archive):
    """Objects in .data or .bss: global state."""
    output = subprocess.run(["objdump", "-t", archive], check=True, capture_output=True,
                            text=True).stdout
    for line in output.splitlines():
        match = re.match(r"\S+ .{7} (\S+)\s+[0-9a-f]+\s+(?:\.hidden )?(\S+)$", line)
        if match and match.group(1) != match.group(2) and " O " in line:
            if re.match(r"(\.t?bss|\.t?data|\*COM\*)(?!\.rel\.ro)", match.group(1)):
                yield f"{match.group(2)} can be written (section {match.group(1)})"


def main():
    library, archive = sys.argv[1:3]
    sanitized = "--sanitized" in sys.argv
    names = set(declared())
    report = Report()
    report.rule("every_function_is_listed_in_the_version_script",
                difference(names, "declared", listed(), "listed in libsla.map"))
    report.rule("every_function_is_in_the_built_library",
                difference(names, "declared", exported(library), "exported"))
    report.rule("every_function_is_in_the_table_of_prototypes_of_python",
                difference(names, "declared", called_from_python(), "in prototypes.py"))
    report.rule("every_declaration_is_marked_as_exported", unmarked())
    report.rule("every_function_is_documented", undocumented())
    report.rule("the_library_imports_nothing_of_the_host", forbidden_imports(library))
    if sanitized:
        report.skip("there_is_no_global_state", "sanitizers add their own")
    else:
        report.rule("there_is_no_global_state", writable_data(archive))
    report.end()


main()
