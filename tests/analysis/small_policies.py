# SPDX-License-Identifier: MIT
"""Random small policies as plain Python values, and the same as YAML, a row on each line."""

import datetime

NAMES = ["a", "b", "n", "t"]          # equality; equality; numbers; parts of texts
VALUES = ["x", "y", "z"]
TEXTS = ["ab", "b", "abc", "q-"]
METRICS = ["first_response", "resolution"]
CALENDARS = {                         # weekday -> hours of the day, half-open
    "office": {day: [(9, 17)] for day in range(5)},
    "field": {day: [(8, 20)] for day in range(7)},
    "nights": {day: [(0, 6), (22, 24)] for day in range(7)},
    "fair": {day: [(7, 18)] for day in (5, 6)},
    "lunch": {day: [(11, 13)] for day in range(7)},
}
DATES = ["2026-01-05", "2026-03-10", "2026-06-01", "2026-06-02", "2026-12-31"]
EPOCH = datetime.date(1970, 1, 1)


def day_number(date):
    return (datetime.date.fromisoformat(date) - EPOCH).days


class Author:
    """Writes one policy; `random` decides everything."""

    def __init__(self, random):
        self.random = random
        self.derived = []             # names that conditions may see as derived
        self.values = {name: list(VALUES) for name in ("a", "b")}
        self.listed = False           # are there severities, which conditions must keep to?
        self.calendars = random.random() < 0.3
        self.parts = random.random() < 0.25
        self.numbers = random.random() < 0.5

    def chance(self, share):
        return self.random.random() < share

    def value_of(self, name):
        if name == "n":
            return self.random.choice(["1", "5", "10", "5.0"])
        if name == "t":
            return self.random.choice(TEXTS)
        values = self.values.get(name, VALUES)
        may_be_odd = name != "severity" or not self.listed
        return self.random.choice(VALUES + ["odd"] if may_be_odd and self.chance(0.03) else values)

    def test(self, name):
        """A condition on one attribute: (name, operator, operand)."""
        draw = self.random.random()
        if name == "n" and draw < 0.7:
            low, high = sorted(self.random.sample([-1, 1, 3, 5, 10], 2))
            kind = self.random.randrange(3)
            return (name, "between", str(low) if kind != 0 else None,
                    str(high) if kind != 1 else None)
        if name == "t" and draw < 0.4:
            return (name, "prefix", self.random.choice(TEXTS))
        if name == "t" and draw < 0.7:
            return (name, "contains", self.random.choice(TEXTS))
        if draw < 0.85 or name in ("n", "t"):
            count = self.random.choice([1, 1, 1, 2, 2, 3])
            return (name, "in", sorted({self.value_of(name) for _ in range(count)}))
        return (name, "exists") if draw < 0.93 else ("not", (name, "exists"))

    def names(self):
        plain = ["a", "b"] + (["n"] if self.numbers else []) + (["t"] if self.parts else [])
        return plain + self.derived * 2

    def condition(self, depth=0):
        draw = self.random.random()
        if self.calendars and draw < 0.12:
            test = ("opened", self.random.choice(list(CALENDARS)))
            return test if self.chance(0.6) else ("not", test)
        if depth < 2 and draw < 0.35:
            kind = self.random.choice(["all", "all", "any", "any", "not"])
            if kind == "not":
                return ("not", self.condition(depth + 1))
            return (kind, [self.condition(depth + 1)
                           for _ in range(self.random.choice([2, 2, 3]))])
        return self.test(self.random.choice(self.names()))

    def when(self, share=0.85):
        return self.condition() if self.chance(share) else None

    def rows(self, name, severities):
        values = severities if name == "severity" and severities else ["k", "l", "m"]
        rows = []
        for _ in range(self.random.randint(0, 3)):
            row = {"when": self.when(), "is": self.random.choice(values)}
            if self.chance(0.15):
                row["is"] = ("copy", self.random.choice(["a", "b"] + self.derived))
            rows.append(row)
        rows.append({"when": None, "is": self.random.choice(values)})
        if name == "severity" and severities:
            for _ in range(self.random.choice([0, 0, 1, 2])):
                rows.append({"raise": self.random.choice([1, 1, -1, 2]), "when": self.when()})
        return rows

    def derivation(self, name, severities):
        draw = self.random.random()
        pool = ["a", "b"] + self.derived
        values = severities if name == "severity" and severities else ["k", "l", "m"]
        if draw < 0.65:
            return {"name": name, "rows": self.rows(name, severities)}
        by = self.random.choice(pool)
        keys = list(dict.fromkeys(self.value_of(by) for _ in range(self.random.randint(1, 3))))
        default = self.random.choice(values) if self.chance(0.6) else None
        if draw < 0.82:
            return {"name": name, "by": by, "default": default,
                    "is": {key: self.random.choice(values) for key in keys}}
        column = self.random.choice(pool)
        columns = list(dict.fromkeys(self.value_of(column)
                                     for _ in range(self.random.randint(1, 2))))
        return {"name": name, "rows_by": by, "rows_are": keys, "columns_by": column,
                "columns_are": columns, "default": default,
                "cells": [[self.random.choice(values) for _ in columns] for _ in keys]}

    def classify(self, severities):
        made = []
        for name in self.random.sample(["region", "severity", "a"], self.random.randint(0, 3)):
            made.append(self.derivation(name, severities))
            self.derived.append(name)
            seen = [row["is"] for row in made[-1].get("rows", []) if "is" in row
                    and isinstance(row["is"], str)] or ["k", "l"]
            self.values[name] = severities if name == "severity" and severities else seen
        return made

    def target(self):
        draw = self.random.random()
        if draw < 0.1:
            return "none"
        if draw < 0.22:
            by = self.random.choice(["a", "b"] + self.derived)
            keys = list(dict.fromkeys(self.value_of(by) for _ in range(2)))
            return {"by": by, "is": {key: self.hours() for key in keys},
                    "default": self.random.choice([None, "none", self.hours()])}
        return self.hours()

    def hours(self):
        return f"{self.random.choice([1, 2, 4, 8])}h"

    def target_rows(self):
        rows = []
        for _ in range(self.random.randint(1, 4)):
            metrics = self.random.choice([METRICS, METRICS, METRICS[:1], METRICS[1:]])
            rows.append({"when": self.when(0.8), **{name: self.target() for name in metrics}})
        return rows

    def agreement(self, number):
        made = {"name": f"agreement {number}", "kind": self.random.choice(["sla", "sla", "ola"]),
                "when": self.when(0.6), "targets": self.target_rows()}
        if self.chance(0.25):
            first, last = sorted(self.random.sample(DATES, 2))
            if self.chance(0.7):
                made["from"] = first
            if self.chance(0.7):
                made["until"] = last
        return made

    def escalation(self):
        made = {"when": self.when(0.7), "at": self.random.choice(["50%", "2h before", "due"])}
        if self.chance(0.3):
            made["metrics"] = [self.random.choice(METRICS)]
        if self.chance(0.2):
            made["kinds"] = [self.random.choice(["sla", "ola"])]
        return made

    def policy(self):
        severities = self.random.choice([[], ["k", "l"], ["k", "l", "m"]])
        if severities:
            self.values["severity"] = severities
            self.listed = True
        policy = {"severities": severities, "classify": self.classify(severities)}
        if severities and "severity" not in self.derived and self.chance(0.7):
            self.derived.append("severity")
        self.values.setdefault("severity", VALUES)
        several = self.chance(0.35)
        policy["agreements"] = [self.agreement(i) for i in range(self.random.randint(1, 3))] \
            if several else [{"name": "default", "kind": "sla", "when": None,
                              "targets": self.target_rows()}]
        policy["several"] = several
        policy["escalations"] = [self.escalation() for _ in range(self.random.choice([0, 1, 2, 3]))]
        return policy


def quoted(text):
    return '"' + text + '"'


def test_yaml(condition):
    name, operator = condition[:2]
    if operator == "in":
        values = ", ".join(quoted(value) for value in condition[2])
        return f"[{values}]" if len(condition[2]) > 1 else values
    if operator == "between":
        bounds = [f"{key}: {bound}" for key, bound in zip(("min", "max"), condition[2:]) if bound]
        return "{" + ", ".join(bounds) + "}"
    if operator == "exists":
        return "{exists: true}"
    return "{" + f"{operator}: {quoted(condition[2])}" + "}"


def condition_yaml(condition):
    if condition[0] in ("all", "any"):
        return "{" + condition[0] + ": [" + ", ".join(map(condition_yaml, condition[1])) + "]}"
    if condition[0] == "not":
        return "{not: " + condition_yaml(condition[1]) + "}"
    if condition[0] == "opened":
        return "{opened_in: " + condition[1] + "}"
    return "{" + condition[0] + ": " + test_yaml(condition) + "}"


def target_yaml(target):
    if isinstance(target, str):
        return target
    rows = ", ".join(f"{quoted(key)}: {value}" for key, value in target["is"].items())
    default = "" if target["default"] is None else f", default: {target['default']}"
    return "{by: " + target["by"] + ", is: {" + rows + "}" + default + "}"


class Writer:
    """Lines of YAML; notes in each row on which line it stands."""

    def __init__(self):
        self.lines = []

    def add(self, line):
        self.lines.append(line)
        return len(self.lines)

    def row(self, indent, row, parts):
        if row.get("when") is not None:
            parts = ["when: " + condition_yaml(row["when"])] + parts
        row["line"] = self.add(indent + "- {" + ", ".join(parts) + "}")

    def derivation(self, made):
        made["line"] = self.add(f"  {made['name']}:")
        default = "" if made.get("default") is None else f", default: {quoted(made['default'])}"
        if "rows" in made:
            for row in made["rows"]:
                if "raise" in row:
                    parts = [f"raise: {row['raise']}"]
                elif isinstance(row["is"], tuple):
                    parts = ["is: {copy: " + row["is"][1] + "}"]
                else:
                    parts = ["is: " + quoted(row["is"])]
                self.row("    ", row, parts)
        elif "by" in made:
            pairs = ", ".join(f"{quoted(k)}: {quoted(v)}" for k, v in made["is"].items())
            made["line"] = self.add("    {by: " + made["by"] + ", is: {" + pairs + "}"
                                    + default + "}")
        else:
            rows = ", ".join(map(quoted, made["rows_are"]))
            columns = ", ".join(map(quoted, made["columns_are"]))
            cells = ", ".join("[" + ", ".join(map(quoted, row)) + "]" for row in made["cells"])
            made["line"] = self.add(
                "    {matrix: {rows: {" + made["rows_by"] + ": [" + rows + "]}, columns: {"
                + made["columns_by"] + ": [" + columns + "]}, values: [" + cells + "]}"
                + default + "}")

    def target_rows(self, indent, rows):
        for row in rows:
            self.row(indent, row, [f"{name}: {target_yaml(row[name])}" for name in METRICS
                                   if name in row])

    def agreement(self, made):
        parts = [f"name: {made['name']}", f"kind: {made['kind']}"]
        parts += [f"{key}: {made[key]}" for key in ("from", "until") if key in made]
        if made["when"] is not None:
            parts.append("when: " + condition_yaml(made["when"]))
        made["line"] = self.add("  - " + parts[0])
        for part in parts[1:]:
            line = self.add("    " + part)
            if part.startswith("when"):
                made["when_line"] = line
        made["targets_line"] = self.add("    targets:")
        self.target_rows("      ", made["targets"])

    def policy(self, policy):
        self.add("sla: 1")
        self.add("calendar: 24x7")
        self.add("calendars:")
        self.add("  office: {hours: {mon-fri: \"09:00-17:00\"}}")
        self.add("  field: {hours: {daily: \"08:00-20:00\"}}")
        self.add("  nights: {hours: {daily: \"22:00-06:00\"}}")
        self.add("  fair: {hours: {sat-sun: \"07:00-18:00\"}}")
        self.add("  lunch: {hours: {daily: \"11:00-13:00\"}}")
        if policy["severities"]:
            self.add("severities: [" + ", ".join(map(quoted, policy["severities"])) + "]")
        if policy["classify"]:
            self.add("classify:")
            for made in policy["classify"]:
                self.derivation(made)
        if policy["several"]:
            policy["line"] = self.add("agreements:")
            for made in policy["agreements"]:
                self.agreement(made)
        else:
            policy["line"] = self.add("targets:")
            self.target_rows("  ", policy["agreements"][0]["targets"])
        if policy["escalations"]:
            self.add("escalations:")
            for entry in policy["escalations"]:
                parts = [f"{key}: [{', '.join(entry[key])}]" for key in ("metrics", "kinds")
                         if key in entry]
                self.row("  ", entry, parts + ["steps: [{at: " + entry["at"] + "}]"])
        return "\n".join(self.lines) + "\n"


def write(random):
    """A policy, and its text."""
    policy = Author(random).policy()
    return policy, Writer().policy(policy)
