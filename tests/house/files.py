#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What every file keeps to: size, licence line, blanks, nothing left to do."""

import re

from tree import FILES, ROOT, Report, code_of, is_text, shown, text_of, under

# Files of lib/ that may be longer than 320 lines, and why. None may pass 500.
LONG = {}

SOURCES = [path for path in FILES if path.suffix in {".c", ".h", ".py"}
           or path.name.endswith(".h.in")]
SCRIPTS = [path for path in FILES if path.suffix in {"", ".sh"} and is_text(path)
           and text_of(path).startswith("#!")]
C_FILES = [path for path in SOURCES if path.suffix in {".c", ".h"} or path.name.endswith(".in")]
# Data of others is as it is; input of tests may be damaged on purpose.
OURS = [path for path in FILES if is_text(path) and "data" not in path.parts
        and path.suffix not in {".csv", ".ics", ".svg", ".tzif"} and path.name != "LICENSE"
        and not {"fixtures", "cases", "hostile"} & set(path.parts)]


def lines_of(path):
    return text_of(path).count("\n")


def too_long():
    for path in SOURCES:
        count = lines_of(path)
        limit = 500
        if ROOT / "lib" in path.parents and shown(path) not in LONG:
            limit = 320
        if count > limit:
            yield f"{shown(path)}: {count} lines; {limit} are allowed"
    for name in LONG:
        if not (ROOT / name).exists() or lines_of(ROOT / name) <= 320:
            yield f"{name}: needs no exception any more"


def long_pages():
    for path in under("doc", ".md") + [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]:
        if path.exists() and lines_of(path) > 200:
            yield f"{shown(path)}: {lines_of(path)} lines; 200 are allowed"


def without_licence():
    for path in SOURCES + SCRIPTS + [path for path in FILES if path.name == "meson.build"]:
        head = text_of(path).split("\n")[:3]
        if not any("SPDX-License-Identifier: MIT" in line for line in head):
            yield f"{shown(path)}: no SPDX line among the first three"


def without_purpose():
    for path in C_FILES:
        head = text_of(path).split("\n")
        if not (len(head) > 1 and head[1].startswith("/*")):
            yield f"{shown(path)}:2: no comment that says what the file is"


def blanks():
    for path in OURS:
        text = text_of(path)
        if text and not text.endswith("\n"):
            yield f"{shown(path)}: no newline at the end"
        if text.endswith("\n\n"):
            yield f"{shown(path)}: empty lines at the end"
        for number, line in enumerate(text.split("\n"), 1):
            if "\t" in line and path.suffix != ".scd":  # scdoc asks for tabs
                yield f"{shown(path)}:{number}: a tab"
            if line != line.rstrip():
                yield f"{shown(path)}:{number}: blanks at the end of the line"


def wide_lines():
    for path in SOURCES + SCRIPTS:
        for number, line in enumerate(text_of(path).split("\n"), 1):
            if len(line) > 100:
                yield f"{shown(path)}:{number}: {len(line)} columns; 100 are allowed"


def left_to_do():
    words = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + r"X)\b")
    for path in OURS:
        for number, line in enumerate(text_of(path).split("\n"), 1):
            if words.search(line):
                yield f"{shown(path)}:{number}: {line.strip()}"


def paths_of_a_machine():
    words = re.compile(r"(?<![\w.])/(?:" + "home|Users|work" + r")/\w")
    for path in OURS:
        for number, line in enumerate(text_of(path).split("\n"), 1):
            if words.search(line):
                yield f"{shown(path)}:{number}: {line.strip()}"


def names_like_posix():
    for path in C_FILES:
        code = code_of(path)
        for match in re.finditer(r"\btypedef\b[^;{]*\b\w+_t\s*;|^}\s*\w+_t\s*;", code, re.M):
            yield f"{shown(path)}: {match.group(0).split()[-1]} ends in _t, which is POSIX's"


def guards():
    for path in C_FILES:
        if path.suffix == ".c" or path.relative_to(ROOT).parts[0] not in {"include", "lib"}:
            continue
        wanted = f"{path.parent.name}_{path.name.split('.')[0]}_H".upper()
        if f"#ifndef {wanted}\n#define {wanted}\n" not in text_of(path):
            yield f"{shown(path)}: its guard is not {wanted}"


def examples_without_schema():
    """Editors complete and check with the schema that the first line of a policy names."""
    for path in under("examples", ".yaml"):
        text = text_of(path)
        kind = "policy"
        if not re.search(r"^(targets|agreements|calendar):", text, re.M):
            kind = "included"
        schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        wanted = ROOT / "doc" / f"sla-{kind}.schema.json"
        if not schema or (path.parent / schema.group(1)).resolve() != wanted or (
                not wanted.exists()):
            yield f"{shown(path)}:1: no line that leads an editor to {shown(wanted)}"


report = Report()
report.rule("files_are_short", too_long())
report.rule("pages_are_short", long_pages())
report.rule("sources_name_their_licence", without_licence())
report.rule("c_files_say_what_they_are", without_purpose())
report.rule("no_tabs_and_no_trailing_blanks", blanks())
report.rule("lines_fit_in_100_columns", wide_lines())
report.rule("nothing_is_left_to_do", left_to_do())
report.rule("no_path_of_a_developers_machine", paths_of_a_machine())
report.rule("no_type_name_ends_in_t", names_like_posix())
report.rule("examples_name_their_schema", examples_without_schema())
report.rule("headers_are_guarded_by_their_name", guards())
report.end()
