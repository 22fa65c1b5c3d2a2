#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The vendors' published examples of deadlines and clocks, asked of sla-check (TAP).

    vendors.py SLA-CHECK VENDORS-FOLDER ZONES

Each example either agrees or differs with a reason; an example that no longer differs is a fault
too, so that the table cannot grow old.
"""

import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

import questions

PROGRAM, FOLDER, ZONES = map(os.path.abspath, sys.argv[1:])
FIVE = ("Microsoft Dynamics 365", "ServiceNow", "IBM FileNet", "Eccentex", "Zendesk")
TABLES = {"examples": "policy.yaml", "clocks": "clocks.yaml"}  # and the policy of each
IN_WORDS = "(in words)"
HEAD = re.compile(r"\[(.+)\] (.+)")


def run(arguments, stdin):
    done = subprocess.run([PROGRAM, *arguments], input=stdin, text=True, capture_output=True,
                          cwd=FOLDER, env=dict(os.environ, TZDIR=ZONES), timeout=60, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return done.stdout


class Page:
    """A page of a vendor and its examples: (kind, line, published, because, policy, number)."""

    def __init__(self, vendor, title):
        self.vendor, self.title, self.address, self.examples = vendor, title, None, []


def pages_of(text, own_policy):
    """The pages of a table; anything that is not of its form is an error."""
    pages, says, policy = [], None, own_policy
    for number, line in enumerate(text.splitlines(), 1):
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        if line == "" or word == "#":
            continue
        if head := HEAD.fullmatch(line):
            pages.append(Page(*head.groups()))
        elif line.startswith(("https://", "http://")):
            pages[-1].address = line
        elif word == "says":
            says, policy = rest, own_policy
        elif word == "policy":
            policy = rest
        elif word in ("agrees", "differs") and says:
            pages[-1].examples.append({"kind": word, "line": rest, "policy": policy,
                                       "number": number, "says": says})
            says = None
        elif word in ("published", "because") and pages[-1].examples[-1]["kind"] == "differs":
            pages[-1].examples[-1][word] = rest
        else:
            raise ValueError(f"line {number}: {line}")
    return pages


def faults_of(page):
    """What is wrong with the examples of a page."""
    if page.address is None or not page.examples:
        yield "no address or no example"
    for policy in sorted({example["policy"] for example in page.examples}):
        asker = questions.Asker(run, policy)
        mine = [example for example in page.examples if example["policy"] == policy]
        for line, fault in asker.faults([example["line"] for example in mine]):
            yield f"{line}: {fault}"
        for example in mine:
            if example["kind"] == "agrees":
                continue
            if not re.match(r"[CDTK]\d", example.get("because", "")):
                yield f"line {example['number']}: differs, but no rule says why"
            question = example["line"].rpartition(" = ")[0]
            found = asker.faults([f"{question} = {example.get('published')}"])
            if not found or not found[0][1].startswith("wanted "):
                yield f"line {example['number']}: does not differ from what is published"


def read(name):
    return pathlib.Path(FOLDER, name).read_text(encoding="utf-8")


def examples_of(pages, differing=False):
    return [example for page in pages for example in page.examples
            if not differing or example["kind"] == "differs"]


def report(number, good, name):
    print(f"{'ok' if good else 'not ok'} {number} - {name}")


def main():
    tables = {name: pages_of(read(f"{name}.txt"), policy) for name, policy in TABLES.items()}
    number = 0
    for page in [page for pages in tables.values() for page in pages]:
        number += 1
        faults = list(faults_of(page))
        for fault in faults:
            print(f"# {fault}")
        report(number, not faults, f"{page.vendor.replace('#', '')}: {page.title.replace('#', '')} "
                                   f"({len(page.examples)} examples)")
    count = {vendor: sum(len(page.examples) for page in tables["examples"]
                         if page.vendor.startswith(vendor)) for vendor in FIVE}
    for name, pages in tables.items():
        worded = sum(IN_WORDS in example["says"] for example in examples_of(pages))
        print(f"# {name}: {len(examples_of(pages))} examples, {worded} in words with our figures, "
              f"{len(examples_of(pages, differing=True))} differ")
    print("# " + ", ".join(f"{vendor} {found}" for vendor, found in count.items()))
    good = all(count.values()) and sum(count.values()) >= 40
    report(number + 1, good, "all five vendors are there")
    figures = [example for example in examples_of(tables["clocks"])
               if IN_WORDS not in example["says"]]
    report(number + 2, len(figures) >= 15, "clocks have figures of the pages themselves")
    print(f"1..{number + 2}")


main()
