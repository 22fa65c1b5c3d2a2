#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Data goes one way, up: who includes whom, and who may call what."""

import re

from forbidden import FORBIDDEN_CALLS
from tree import ROOT, Report, code_of, line_of, shown, under

FLOORS = ["base", "time", "policy", "engine"]
LIB = under("lib", ".c", ".h")
INCLUDE = re.compile(r"^\s*#\s*include\s+([<\"])([^>\"]+)[>\"]", re.M)

FORBIDDEN_HEADERS = {"assert.h", "time.h", "locale.h", "pthread.h", "threads.h", "signal.h",
                     "setjmp.h", "wchar.h", "math.h", "unistd.h"}
MEMORY_CALLS = r"malloc|calloc|realloc|reallocarray|free|aligned_alloc|strdup|strndup|getline"
FILE_CALLS = r"fopen|freopen|fdopen|open|openat|mmap|opendir|tmpfile|stat|lstat|access"


def includes(path):
    code = code_of(path)
    for match in INCLUDE.finditer(code):
        yield line_of(code, match.start()), match.group(1), match.group(2)


def calls(path, names):
    """Calls of the functions by these names (members and other identifiers left out)."""
    code = code_of(path)
    for match in re.finditer(r"(?<![\w.>])(" + names + r")\s*\(", code):
        # a declaration, such as "bool open(...)", would be one too; there are none in lib
        yield line_of(code, match.start()), match.group(1)


def wrong_way():
    for path in LIB:
        floor = path.relative_to(ROOT / "lib").parts[0]
        if floor not in FLOORS:
            yield f"{shown(path)}: stands on no floor"
            continue
        for line, quote, name in includes(path):
            if quote == "<":
                continue
            place = f"{shown(path)}:{line}"
            above = name.split("/")[0]
            if above not in FLOORS or not (ROOT / "lib" / name).exists():
                yield f"{place}: \"{name}\" is not written as floor/file.h"
            elif FLOORS.index(above) > FLOORS.index(floor):
                yield f"{place}: {floor} includes {name}"
            elif floor == "engine" and above == "policy" and name != "policy/compiled.h":
                yield f"{place}: the engine knows only the compiled policy, not {name}"


def public_headers_that_look_inside():
    for path in under("include", ".h", ".h.in"):
        for line, quote, name in includes(path):
            if quote == '"' or not re.match(r"sla/|std(def|int)\.h$", name):
                yield f"{shown(path)}:{line}: includes {name}"


def examples_that_look_inside():
    for path in under("examples", ".c", ".h"):
        for line, quote, name in includes(path):
            if quote == '"' and name.split("/")[0] in FLOORS:
                yield f"{shown(path)}:{line}: includes {name}; examples use the public API alone"


def forbidden_headers():
    for path in LIB:
        for line, _, name in includes(path):
            looks_at_files = name == "sys/stat.h" and shown(path) == "lib/policy/loader.c"
            if name in FORBIDDEN_HEADERS or (name.startswith("sys/") and not looks_at_files):
                yield f"{shown(path)}:{line}: includes <{name}>"


def forbidden_calls():
    for path in LIB:
        for line, name in calls(path, FORBIDDEN_CALLS):
            yield f"{shown(path)}:{line}: calls {name}()"


def only_in(names, home):
    for path in LIB:
        if shown(path) != home:
            for line, name in calls(path, names):
                yield f"{shown(path)}:{line}: calls {name}()"


def more_than_one(what, users):
    users = sorted({shown(path) for path in users})
    if len(users) != 1:
        yield f"{what}: {', '.join(users) or 'nobody'}"


def yaml_users():
    return [path for path in LIB if any(name == "yaml.h" for _, _, name in includes(path))]


def file_openers():
    return [path for path in LIB if any(calls(path, FILE_CALLS))]


report = Report()
report.rule("floors_include_only_downwards", wrong_way())
report.rule("public_headers_show_nothing_inside", public_headers_that_look_inside())
report.rule("examples_use_the_public_api_alone", examples_that_look_inside())
report.rule("exactly_one_file_knows_libyaml", more_than_one("<yaml.h>", yaml_users()))
report.rule("exactly_one_file_opens_files", more_than_one("opening files", file_openers()))
report.rule("only_memory_c_allocates", only_in(MEMORY_CALLS, "lib/base/memory.c"))
report.rule("the_library_includes_nothing_of_the_host", forbidden_headers())
report.rule("the_library_calls_nothing_of_the_host", forbidden_calls())
report.end()
