#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every key of the language has its section in doc/policy-format: what it is, what holds without
it, since when it is read, which errors it can cause, and an example (which run_docs.py compiles).

usage: key_pages.py WRITE_SCHEMA SLA_CHECK
"""

import json
import pathlib
import re
import subprocess
import sys

import blocks

ROOT = pathlib.Path(__file__).resolve().parents[2]
INDEX = ROOT / "doc" / "policy-format.md"
PAGES = sorted((ROOT / "doc" / "policy-format").glob("*.md"))
# - `through`: a date; optional; since 0.1; SLA-113
LINE = re.compile(r"- `([a-z0-9_]+)`: (.+)")
LEVELS = {1: "0.1", 2: "0.2", 3: "0.3", 4: "0.4"}


class Section:
    """What stands under a heading of the third level."""

    def __init__(self, page, chapter, heading, text):
        self.place = f"{page.name}: {heading}"
        self.chapter = chapter
        self.keys = re.findall(r"`([a-z0-9_]+)`", heading)
        self.blocks = blocks.blocks_of(text)
        outside = re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M)
        joined = re.sub(r"\n  (?=\S)", " ", outside)
        self.told = dict(match.groups() for match in map(LINE.fullmatch, joined.split("\n"))
                         if match)


def sections_of(page):
    """The sections of a page; before the first chapter they are of the policy itself."""
    chapter, heading, lines = "the policy", None, []
    for line in [*page.read_text(encoding="utf-8").split("\n"), "## end"]:
        if line.startswith(("## ", "### ")) or line.startswith("Next: "):
            if heading:
                yield Section(page, chapter, heading, "\n".join(lines))
            heading = line.removeprefix("### ") if line.startswith("### ") else None
            if line.startswith("## "):
                chapter = line.removeprefix("## ").lower()
            lines = []
        else:
            lines.append(line)


def faults_of(entry, section, codes):
    """What is wrong with the section of a key."""
    name = f"{section.place}: {entry['key']}"
    told = section.told.get(entry["key"])
    if told is None:
        yield f"{name}: no line that says what it is"
        return
    parts = told.split("; ")
    if len(parts) != 4:
        yield f"{name}: not \"kind; default; since; errors\" but {told}"
        return
    _, without, since, errors = parts
    conditional = re.match(r"required (beside|without) ", without)
    if entry["required"] != (without == "required"):
        yield f"{name}: is {'required' if entry['required'] else 'not required'}"
    if not entry["required"] and not conditional and not without.startswith(
            ("optional", "default ")):
        yield f"{name}: {without}?"
    if since != f"since {LEVELS[entry['since']]}":
        yield f"{name}: {since}; it is read since {LEVELS[entry['since']]}"
    for code in re.findall(r"\d+", errors):
        if int(code) not in codes:
            yield f"{name}: there is no code {code}"
    if errors != "none" and not re.fullmatch(r"SLA-\d{3}((, | to )SLA-\d{3})*", errors):
        yield f"{name}: errors are written SLA-113, SLA-114 or none, not {errors}"
    if not any(re.search(rf"\b{entry['key']}: ", block.text + " ") or re.search(
            rf"\b{entry['key']}:$", block.text, re.M) for block in section.blocks):
        yield f"{name}: no example has it"


def known_codes(program):
    told = subprocess.run([program, "check", "--explain", "SLA-0"], capture_output=True, text=True,
                          check=False).stderr
    return {int(code) for code in re.findall(r"SLA-(\d+)", told)}


def report(number, name, faults):
    for fault in faults:
        print(f"# {fault}")
    print(f"{'not ok' if faults else 'ok'} {number} - {name}")


def main():
    write_schema, program = sys.argv[1:]
    keys = json.loads(subprocess.run([write_schema, "--keys"], check=True, capture_output=True,
                                     text=True).stdout)
    codes = known_codes(program)
    sections = [section for page in PAGES for section in sections_of(page)]
    missing, wrong, seen = [], [], set()
    for entry in keys:
        found = [section for section in sections
                 if section.chapter == entry["map"] and entry["key"] in section.keys]
        if len(found) != 1:
            missing.append(f"{entry['key']} in {entry['map']}: {len(found)} sections")
            continue
        seen.add((found[0].place, found[0].chapter, entry["key"]))
        wrong += faults_of(entry, found[0], codes)
    unknown = [f"{section.place}: {key} is no key of {section.chapter}" for section in sections
               for key in section.keys if (section.place, section.chapter, key) not in seen]
    index = INDEX.read_text(encoding="utf-8")
    lost = [page.name for page in PAGES if f"(policy-format/{page.name})" not in index]
    print("1..4")
    report(1, "every_key_has_one_section", missing)
    report(2, f"sections_say_what_keys_are ({len(seen)})", wrong)
    report(3, "sections_are_of_keys_that_there_are", unknown)
    report(4, "the_index_names_every_page", lost)


main()
