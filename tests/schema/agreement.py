#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The JSON Schema and the reader give the same answer to thousands of spoilt policies.

What a schema can say (structure, keys, types, words, the form of a text) must be found by both;
what only the reader can know (names, order, sums) is the list READER_ONLY.

usage: agreement.py SLA_CHECK WRITE_SCHEMA POLICY_SCHEMA INCLUDED_SCHEMA [COUNT [SEED]]
"""

import collections
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import yaml

import mutations
from key_policies import Keys
from policies import ROOT, Scalar, as_json, places, read, shown, write

# Codes of faults that no schema can see, and why.
READER_ONLY = {
    10: "a limit", 11: "a limit", 12: "a limit", 13: "a limit",
    20: "a file that is not there", 22: "files are counted over all files",
    117: "a sum that is too large", 232: "a name", 233: "a name", 234: "a name", 235: "a name",
    236: "a name", 237: "a file", 238: "a name", 302: "a day under two keys",
    305: "two texts compared", 306: "two texts compared", 308: "hours added up",
    309: "two dates compared", 310: "two dates compared", 311: "counted over all calendars",
    312: "counted over all files", 314: "a circle of names", 333: "two instants compared",
    334: "a circle of names", 335: "what a named calendar is", 401: "the order of rows",
    821: "two instants compared", 823: "a name", 824: "names", 825: "kinds of agreements",
    826: "what a named agreement is",
    406: "two lists compared", 409: "two numbers compared", 601: "what is named elsewhere",
    602: "what a named calendar is", 702: "two steps compared", 104: "YAML itself",
}
# These are in the list in some places only.
READER_ONLY_AT = (
    (None, r"\.expect\.(?!(attributes|metrics|agreement)\b)"),  # is it a metric or an attribute?
    (231, r"targets\[\d+\]\.[^.]+$"),  # which metrics there are
    (116, r"agreements|goals|tests"),  # names in several mappings compared
    (403, r"classify\.severity\["),  # that there are severities
)
# Ways to spoil that mostly do no harm; the others must be refused in a tenth of the cases at least.
HARMLESS = {"own_key", "other_quotes", "repeated_item"}


def exact_pattern(_validator, pattern, text, _schema):
    """As ECMAScript has it: $ is the very end, not before a last line break."""
    if isinstance(text, str) and not re.search(pattern.replace("$", r"\Z"), text):
        yield jsonschema.ValidationError(f"{text!r} does not match {pattern!r}")


def validator_of(path):
    schema = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    kind = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": exact_pattern})
    return kind(schema)


class Stock:
    """Parts of good policies, to be put where they do not belong."""

    def __init__(self, trees):
        self.nodes = collections.defaultdict(list)
        self.keys = []
        for tree in trees:
            for path, node in places(tree):
                if path and len(write({"a": node})) < 600:
                    self.nodes[type(node)].append(node)
                    if isinstance(path[-1], str):
                        self.keys.append((path[-1], node))


def good_policies():
    """(name, tree, is it an included file): every example, and what the tests keep."""
    for path in sorted(ROOT.glob("examples/**/*.yaml")) + sorted(
            ROOT.glob("tests/data/policies/*.yaml")):
        tree = read(path.read_text(encoding="utf-8"))
        if "holidays" in path.parts: # a few entries of each list do
            for days in tree["holidays"].values():
                days["closed"] = days["closed"][-12:]
        yield path.relative_to(ROOT).as_posix(), tree, path.parent.name == "holidays"


def fixtures():
    """Policies with one fault of each kind; those that are no YAML are not for a schema."""
    for path in sorted(ROOT.glob("tests/data/diagnostics/*.yaml")):
        try:
            tree = read(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError, AttributeError, TypeError, RecursionError):
            continue
        if isinstance(tree, dict) and "<<" not in path.read_text(encoding="utf-8"):
            yield f"fixture {path.stem}", tree, False


def ask_reader(program, folder, names):
    """The faults that sla-check finds, by file."""
    found = collections.defaultdict(list)
    for start in range(0, len(names), 200):
        done = subprocess.run([program, "check", "--format", "jsonl", *names[start:start + 200]],
                              cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1) or done.stderr:
            raise RuntimeError(f"ended with {done.returncode}: {done.stderr}")
        for line in done.stdout.split("\n")[:-1]:
            fault = json.loads(line)
            if fault["severity"] == "error":
                found[fault["file"]].append(fault)
    return found


def is_for_schema(fault):
    """Is it a fault that a schema must see?"""
    code = int(fault["code"].removeprefix("SLA-"))
    return code not in READER_ONLY and not any(
        other in (code, None) and re.search(place, fault["path"])
        for other, place in READER_ONLY_AT)


class Cases:
    """Spoilt policies as files, beside what the schema says of them."""

    def __init__(self, folder, schemas):
        self.folder, self.schemas = folder, schemas
        self.all = {}

    def add(self, way, source, tree, included):
        name = f"{len(self.all)}.yaml"
        text = write(tree)
        if included:
            (self.folder / f"part-{name}").write_text(text, encoding="utf-8")
            text = f'sla: 1\ninclude: ["part-{name}"]\n'
        (self.folder / name).write_text(text, encoding="utf-8")
        self.all[name] = (way, source, tree, included)

    def schema_faults(self, tree, included):
        return list(self.schemas[included].iter_errors(as_json(tree)))


def meet(faults, errors):
    """Is one of the schema's errors about the same place as one of the reader's faults: on the way
    to it, below it, or beside it in the same mapping?"""
    for error in errors:
        path = shown(error.absolute_path)
        around = shown(list(error.absolute_path)[:-1])
        for fault in faults:
            if fault["path"].startswith((path, around)) or path.startswith(fault["path"]):
                return True
    return False


def fill(cases, count, seed):
    chance = random.Random(seed)
    sources = list(good_policies())
    stock = Stock([tree for _, tree, _ in sources])
    for name, tree, included in [*sources, *fixtures()]:
        cases.add("as it is", name, tree, included)
    # small policies more often: there a random place is more often an interesting one
    weights = [1 / (4 + sum(1 for _ in places(tree)) ** 0.5) for _, tree, _ in sources]
    while len(cases.all) < count:
        way = mutations.ALL[len(cases.all) % len(mutations.ALL)]
        name, tree, included = chance.choices(sources, weights)[0]
        spoilt = way(tree, chance, stock)
        if isinstance(spoilt, dict) and spoilt:
            cases.add(way.__name__, name, spoilt, included)


def fill_forms(cases, keys, count, seed):
    """Every text for every kind of value that may be one, at some key of that kind; and texts for
    keys of any kind."""
    chance = random.Random(seed)
    kinds = collections.defaultdict(list)
    for entry in keys.all:
        if entry["text"]:
            kinds[entry["kind"]].append(entry)
    pairs = [(chance.choice(entries), text) for entries in kinds.values()
             for text in mutations.TEXTS]
    pairs += [(chance.choice(keys.all), chance.choice(mutations.TEXTS)) for _ in range(count // 4)]
    for entry, text in pairs:
        cases.add("form", f"{entry['map']}, {entry['key']}: {text!r}",
                  keys.policy(entry, Scalar(text)), Keys.is_included(entry))


def compare(cases, program):
    """The cases in which schema and reader differ, and counts by way to spoil."""
    found = ask_reader(program, cases.folder, list(cases.all))
    found = {name.removeprefix("part-"): faults for name, faults in found.items()}
    different, counts = [], collections.Counter()
    for name, (way, source, tree, included) in cases.all.items():
        errors = cases.schema_faults(tree, included)
        told = found.get(name, [])
        faults = [fault for fault in told if is_for_schema(fault)]
        counts[way] += 1
        counts[way, bool(errors)] += 1
        why = None
        if faults and not errors:
            why = "only the reader refuses it"
        elif errors and not told:
            why = "only the schema refuses it"
        elif errors and not meet(faults or told, errors):
            why = "they refuse other places"
        if why:
            different.append((name, way, source, why, errors, told))
    return different, counts


def tell(cases, different):
    for name, way, source, why, errors, faults in different[:20]:
        print(f"# {source}, {way}: {why}")
        for error in errors[:3]:
            print(f"#   schema: {shown(error.absolute_path)}: {error.message[:150]}")
        for fault in faults[:3]:
            print(f"#   reader: {fault['path']}: {fault['message']} [{fault['code']}]")
        if "KEEP" in os.environ:
            shutil.copy(cases.folder / name, os.environ["KEEP"])
            print(f"#   {os.environ['KEEP']}/{name}")


def main():
    program, write_schema, policy, included, *rest = sys.argv[1:]
    count = int(rest[0]) if rest else 2000
    seed = int(rest[1]) if len(rest) > 1 else 1
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        shutil.copytree(ROOT / "examples" / "holidays", folder / "holidays")
        cases = Cases(folder, {False: validator_of(policy), True: validator_of(included)})
        fill(cases, count, seed)
        fill_forms(cases, Keys(os.path.abspath(write_schema)), count, seed)
        different, counts = compare(cases, os.path.abspath(program))
        tell(cases, different)
    ways = [way.__name__ for way in mutations.ALL] + ["form"]
    print(f"1..{2 + len(ways)}")
    print(f"# {len(cases.all)} policies, {len(different)} answers differ")
    print(f"{'not ok' if different else 'ok'} 1 - schema_and_reader_give_the_same_answers")
    enough = counts["as it is", False] > 10 and counts["as it is", True] > 40
    print(f"{'ok' if enough else 'not ok'} 2 - good_policies_and_fixtures_were_asked_about"
          f" # {counts['as it is', False]} good, {counts['as it is', True]} not")
    for number, name in enumerate(ways, 3):
        refused, fine, all_of_them = counts[name, True], counts[name, False], counts[name]
        least = count // len(ways) // 3
        good = all_of_them >= least and (name in HARMLESS or refused >= all_of_them // 10) and (
            fine > 0)
        print(f"{'ok' if good else 'not ok'} {number} - {name}: {refused} refused, {fine} fine")


main()
