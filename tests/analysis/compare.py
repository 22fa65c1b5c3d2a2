#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the analysis with the enumeration of all incidents, on random small policies.

    compare.py PROGRAM ZONEINFO [--policies N] [--seed S] [--incidents N]

PROGRAM is analysis_lines. Every finding must be told, at its line, and nothing else: rows and
entries that are never reached and what takes their incidents, conditions that never hold, values
that never come, raises without effect, combinations without a target and their witnesses, targets
and warnings in the wrong order."""
import argparse
import random
import re
import subprocess
import sys

from enumeration import conditions_of, cuts, holds_for, incidents, is_open, parts_of
from expected import Expected
from small_policies import CALENDARS, day_number, write

OTHERS = {407, 914}                   # about the attribute derived later; calendars of no use
CODES = {402, 901, 902, 903, 904, 905, 906, 907, 908, 909, 910, 911}


class Library:
    def __init__(self, program, zoneinfo):
        self.process = subprocess.Popen([program, zoneinfo], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def ask(self, text):
        data = text.encode()
        self.process.stdin.write(b"policy %d\n" % len(data) + data)
        self.process.stdin.flush()
        found = []
        for line in iter(self.process.stdout.readline, b".\n"):
            if not line:
                raise EOFError("the program ended")
            code, at, _, message, hint, related = line.decode().rstrip("\n").split("\t")
            found.append((int(code), int(at), message, hint, related))
        return found


def normal(finding):
    """A finding of the library as `expected` writes it."""
    code, line, message, _, related = finding
    quoted = re.findall('"([^"]*)"', message)
    if code == 902:
        return code, line, message
    if code in (402, 905, 906):
        return code, line, "by " + related
    if code in (903, 904):
        return code, line, quoted[0], "by " + related
    return code, line


class Witness:
    """Combinations that a message of coverage names, and the incidents that are among them."""

    def __init__(self, expected):
        self.expected, self.policy = expected, expected.policy
        self.tests, self.texts, self.group = {}, {}, {}
        for index, made in enumerate(self.policy["classify"]):
            self.ask_derivation(index, made)
        for agreement in self.policy["agreements"]:
            self.ask_condition(agreement["when"])
            for row in agreement["targets"]:
                self.ask_condition(row["when"])
                for target in row.values():
                    if isinstance(target, dict):
                        self.ask(self.slot(target["by"]), target["is"])
        for entry in self.policy["escalations"]:
            self.ask_condition(entry["when"])
        self.ask(self.slot("severity"), self.policy["severities"])

    def slot(self, name, before=None):
        """An attribute as it is seen: the given one, or a derivation's."""
        before = len(self.policy["classify"]) if before is None else before
        for index in range(before - 1, -1, -1):
            if self.policy["classify"][index]["name"] == name:
                return index
        return name

    def ask(self, slot, texts):
        self.texts.setdefault(slot, set()).update(texts)
        self.group.setdefault(slot, {slot})

    def ask_condition(self, condition, before=None):
        for part in parts_of(condition):
            if part[0] not in ("all", "any", "not", "opened"):
                self.tests.setdefault(self.slot(part[0], before), []).append(part)
                self.ask(self.slot(part[0], before), part[2] if part[1] == "in" else ())

    def ask_derivation(self, index, made):
        self.ask(index, [cell for row in made.get("cells", []) for cell in row])
        self.ask(index, list(made.get("is", {}).values()) + [made.get("default")])
        for by, values in (("by", "is"), ("rows_by", "rows_are"), ("columns_by", "columns_are")):
            if by in made:
                self.ask(self.slot(made[by], index), made[values])
        for row in made.get("rows", []):
            self.ask_condition(row["when"], index)
            if isinstance(row.get("is"), str):
                self.ask(index, [row["is"]])
            elif "is" in row:
                self.join(index, self.slot(row["is"][1], index))

    def join(self, one, other):
        """Copies: what is a text of its own to one is so to the other."""
        self.ask(other, ())
        group = self.group[one] | self.group[other]
        for slot in group:
            self.group[slot] = group

    def literals(self, slot):
        return set().union(*(self.texts[other] for other in self.group.get(slot, ())))

    def is_alike(self, name, word, value):
        if word == "(absent)" or value is None:
            return word == "(absent)" and value is None
        slot = self.slot(name)
        literals = self.literals(slot)
        if word in literals or value in literals:
            return word == value
        told = "\x01" if word == "(other)" else word
        return all(holds_for(test, told) == holds_for(test, value)
                   for other in self.group.get(slot, ()) for test in self.tests.get(other, []))

    def instant(self, word):
        date, time = word.split("T")
        return day_number(date) * 86400 + int(time[:2]) * 3600 + int(time[3:]) * 60

    def is_same_time(self, word, incident):
        """An instant stands for its stretch between dates of agreements: two stretches in which
        none is in force are different, for the one may lie before the first agreement."""
        if word in CALENDARS:
            return is_open(word, incident.at)
        at = self.instant(word)
        return all(is_open(name, at) == is_open(name, incident.at) for name in CALENDARS
                   if ("opened", name) in self.asked()) and \
            all((at // 86400 < day) == (incident.at // 86400 < day) for day in cuts(self.policy))

    def asked(self):
        return [part for condition in conditions_of(self.policy) for part in parts_of(condition)]

    def among(self, combination):
        if combination == "all incidents":
            return self.expected.all
        tests = []
        for part in combination.split(", "):
            name, words = part.split("=", 1)
            tests.append((name, words.split("|")))
        return self.expected.where(lambda incident: all(
            any(self.fits(name, word, incident) for word in words) for name, words in tests))

    def fits(self, name, word, incident):
        if name == "opened_in":
            return is_open(word, incident.at)
        if name == "opened_outside":
            return not is_open(word, incident.at)
        if name == "opened":
            return self.is_same_time(word, incident)
        return self.is_alike(name, word, incident.see(name, len(self.policy["classify"])))

    def example(self, hint):
        """The set of incidents that a hint gives as an example: one, given by its attributes."""
        text = re.match("for example (.*); add a row", hint).group(1)
        text, _, at = text.partition(" at ")
        given = {} if text.startswith("one without") else dict(p.split("=", 1)
                                                              for p in text.split(" "))
        at = self.instant(at) if at else self.expected.incidents[0].at
        return type(self.expected.incidents[0])(self.policy, given, at)


def check_coverage(expected, findings):
    """None, or what is wrong with the findings about combinations without a target."""
    witness, left = Witness(expected), dict(expected.uncovered)
    for code, _, message, hint, _ in findings:
        if code != 908:
            continue
        metrics, words = re.match(r"there is no target of (.*) where (.*)$", message).groups()
        metrics = re.findall('"([^"]*)"', metrics)
        combinations = words.split("; ")
        others = combinations[-1] == "and others"
        told = [witness.among(combination) for combination in combinations[:len(combinations)
                                                                           - others]]
        union = 0
        for one in told:
            union |= one
        kind = next((k for (k, m), missing in left.items()
                     if m == metrics[0] and union & ~missing == 0
                     and (union == missing) != others), None)
        if kind is None or not all(told):
            return f"not those that lack a target: {message}"
        example = witness.example(hint)
        for metric in metrics:
            if left.pop((kind, metric), None) is None:
                return f"not uncovered: {kind} {metric}"
            number = example.agreements().get(kind)
            if example.targets().get((number, metric), (0, 0, None))[2] is not None:
                return f"the example has a target: {hint}"
    return f"not told: {list(left)}" if left else None


def difference(policy, findings, most):
    """None if the library says what must be said; a text if not; False: too many incidents."""
    every = incidents(policy, most)
    if every is None:
        return False
    expected = Expected(policy, every)
    told = sorted(normal(finding) for finding in findings if finding[0] in CODES - {908})
    odd = [finding for finding in findings if finding[0] not in CODES | OTHERS]
    if odd:
        return f"unexpected {odd}"
    wanted = sorted(expected.found)
    if told != wanted:
        return f"only told: {[f for f in told if f not in wanted]}\n" \
               f"# only expected: {[f for f in wanted if f not in told]}\n# {told}\n# {wanted}"
    return check_coverage(expected, findings)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("zoneinfo")
    parser.add_argument("--policies", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--incidents", type=int, default=300,
                        help="policies with more are left out")
    options = parser.parse_args()
    library = Library(options.program, options.zoneinfo)
    compared, number, codes = 0, 0, {}
    while compared < options.policies:
        number += 1
        policy, text = write(random.Random(f"{options.seed} {number}"))
        findings = library.ask(text)
        wrong = difference(policy, findings, options.incidents)
        if wrong is False:
            continue
        compared += 1
        for code in {finding[0] for finding in findings}:
            codes[code] = codes.get(code, 0) + 1
        if wrong is not None:
            print(f"# policy {number} of seed {options.seed}\n# {wrong}")
            print("\n".join(f"# {i:2} {line}" for i, line in enumerate(text.splitlines(), 1)))
            print("\n".join(f"# {finding}" for finding in findings))
            break
    good = compared == options.policies and wrong is None
    print("1..2")
    print(f"{'ok' if good else 'not ok'} 1 - the analysis says what enumeration says, of "
          f"{compared} policies")
    missing = sorted(code for code in CODES if codes.get(code, 0) < options.policies // 500)
    print(f"{'not ok' if missing else 'ok'} 2 - every finding is among them {missing or ''}")
    print("# " + ", ".join(f"{code}: {count}" for code, count in sorted(codes.items())))
    sys.exit(0 if good and not missing else 1)


main()
