# SPDX-License-Identifier: MIT
"""The slow oracle: it makes every incident that differs in anything a small policy may ask for, and
looks what each gets. It knows the rules of the language and nothing of the library's analysis."""

import itertools

from small_policies import CALENDARS, DATES, METRICS, TEXTS, VALUES, day_number

HALF_HOUR = 1800
DAY = 86400


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return text[-1].isdigit()


def holds_for(condition, value):
    """A condition on one attribute, for a value that may be absent (None)."""
    if value is None:
        return False
    operator = condition[1]
    if operator == "in":
        return value in condition[2]
    if operator == "between":
        return is_number(value) and (condition[2] is None or float(value) >= float(condition[2])) \
            and (condition[3] is None or float(value) <= float(condition[3]))
    if operator == "prefix":
        return value.startswith(condition[2])
    if operator == "contains":
        return condition[2] in value
    return True


def is_open(calendar, at):
    """Every calendar here is in UTC, and 1970-01-01 was a Thursday."""
    day, second = divmod(at, DAY)
    return any(first * 3600 <= second < last * 3600
               for first, last in CALENDARS[calendar].get((day + 3) % 7, []))


def parts_of(condition):
    """Every condition in a condition."""
    if condition is None:
        return
    yield condition
    if condition[0] in ("all", "any"):
        for child in condition[1]:
            yield from parts_of(child)
    elif condition[0] == "not":
        yield from parts_of(condition[1])


def conditions_of(policy):
    for made in policy["classify"]:
        for row in made.get("rows", []):
            yield row["when"]
    for agreement in policy["agreements"]:
        yield agreement["when"]
        for row in agreement["targets"]:
            yield row["when"]
    for entry in policy["escalations"]:
        yield entry["when"]


class Incident:
    """One incident: what the host gives, and what classification makes of it."""

    def __init__(self, policy, given, at):
        self.policy, self.given, self.at = policy, given, at
        self.derived = []             # values, in order of the derivations
        self.row_of = []              # of each derivation: the row that decided, or its cell
        self.moves = []               # raises that changed something: (derivation, row)
        self.severity = None
        for index, made in enumerate(policy["classify"]):
            self.derive(index, made)
        if policy["severities"] and not any(m["name"] == "severity" for m in policy["classify"]):
            self.severity = given.get("severity")
            if self.severity not in policy["severities"]:
                self.severity = policy["severities"][-1]

    def see(self, name, before):
        """An attribute, as what comes before the derivation number `before` sees it."""
        for index in range(min(before, len(self.derived)) - 1, -1, -1):
            if self.policy["classify"][index]["name"] == name:
                return self.derived[index]
        if name == "severity" and before == len(self.policy["classify"]) \
                and self.severity is not None:
            return self.severity
        return self.given.get(name)

    def holds(self, condition, before=None):
        before = len(self.policy["classify"]) if before is None else before
        if condition is None:
            return True
        kind = condition[0]
        if kind == "all":
            return all(self.holds(child, before) for child in condition[1])
        if kind == "any":
            return any(self.holds(child, before) for child in condition[1])
        if kind == "not":
            return not self.holds(condition[1], before)
        if kind == "opened":
            return is_open(condition[1], self.at)
        return holds_for(condition, self.see(kind, before))

    def derive(self, index, made):
        value, decided = made.get("default"), None
        if "rows" in made:
            for number, row in enumerate(made["rows"]):
                if "raise" not in row and self.holds(row["when"], index):
                    decided = number
                    value = self.see(row["is"][1], index) if isinstance(row["is"], tuple) \
                        else row["is"]
                    break
        elif "by" in made:
            decided = self.see(made["by"], index)
            value = made["is"].get(decided, value)
        else:
            row, column = self.see(made["rows_by"], index), self.see(made["columns_by"], index)
            if row in made["rows_are"] and column in made["columns_are"]:
                decided = (made["rows_are"].index(row), made["columns_are"].index(column))
                value = made["cells"][decided[0]][decided[1]]
        self.row_of.append(decided)
        if made["name"] == "severity" and self.policy["severities"]:
            value = self.settle(index, made, value)
        self.derived.append(value)

    def settle(self, index, made, value):
        severities = self.policy["severities"]
        tier = severities.index(value) if value in severities else len(severities) - 1
        for number, row in enumerate(made.get("rows", [])):
            if "raise" in row and self.holds(row["when"], index):
                moved = max(0, min(len(severities) - 1, tier - row["raise"]))
                if moved != tier:
                    self.moves.append((index, number))
                tier = moved
        self.severity = severities[tier]
        return self.severity

    def is_in_force(self, agreement):
        day = self.at // DAY
        return ("from" not in agreement or day >= day_number(agreement["from"])) \
            and ("until" not in agreement or day <= day_number(agreement["until"]))

    def agreements(self):
        """The agreement of each kind that applies: {kind: its number}."""
        found = {}
        for number, agreement in enumerate(self.policy["agreements"]):
            if agreement["kind"] not in found and self.is_in_force(agreement) \
                    and self.holds(agreement["when"]):
                found[agreement["kind"]] = number
        return found

    def targets(self):
        """{(agreement, metric): (row, the table's key or None, target or None)}."""
        found = {}
        for number in self.agreements().values():
            for place, row in enumerate(self.policy["agreements"][number]["targets"]):
                if not self.holds(row["when"]):
                    continue
                for metric in METRICS:
                    if metric in row and (number, metric) not in found:
                        found[number, metric] = (place,) + self.resolve(row[metric])
        return found

    def resolve(self, target):
        if isinstance(target, str):
            return None, target
        value = self.see(target["by"], len(self.policy["classify"]))
        return (value, target["is"][value]) if value in target["is"] else (None, target["default"])


def values_of(policy, name):
    """Values of an attribute that may matter, and more."""
    if name == "n":
        return [None, "-7", "-1", "0.5", "1", "1.0", "2", "3", "3.0", "4.25", "5", "5.0", "5.00",
                "7", "10", "10.0", "11", "word"]
    if name == "t":
        pieces = TEXTS + ["~"]
        joined = {"".join(parts) for count in (1, 2, 3)
                  for parts in itertools.product(pieces, repeat=count)}
        return [None, "", "z9"] + sorted(joined | set(TEXTS))
    texts = VALUES + ["odd", "k", "l", "m", "something else"] + policy["severities"]
    return [None] + sorted(set(texts))


def thinned(policy, name, values):
    """Only values to which the policy answers differently: asked for under any name, because values
    are copied."""
    tests = [part for condition in conditions_of(policy) for part in parts_of(condition)
             if part[0] not in ("all", "any", "not", "opened")]
    tests = [test for test in tests if test[1] != "exists"]
    singles = set(policy["severities"])
    for test in tests:
        singles |= set(test[2]) if test[1] == "in" else set()
    copies = any(isinstance(row.get("is"), tuple)
                 for made in policy["classify"] for row in made.get("rows", []))
    for made in policy["classify"]:
        if copies:                    # then a given text may be a derived one, too
            singles |= {row["is"] for row in made.get("rows", [])
                        if isinstance(row.get("is"), str)} | set(made.get("is", {}).values())
            singles |= {cell for row in made.get("cells", []) for cell in row}
            singles.add(made.get("default"))
        singles |= set(made.get("is", {})) | set(made.get("rows_are", [])) \
            | set(made.get("columns_are", []))
    for agreement in policy["agreements"]:
        for row in agreement["targets"]:
            for metric in METRICS:
                if isinstance(row.get(metric), dict):
                    singles |= set(row[metric]["is"])
    found = {}
    for value in values:
        answer = (value is None, tuple(holds_for(test, value) for test in tests),
                  value if value in singles else None)
        found.setdefault(answer, value)
    return list(found.values())


def cuts(policy):
    """Days on which an agreement begins or has ended, in order."""
    return sorted({day_number(a["from"]) for a in policy["agreements"] if "from" in a}
                  | {day_number(a["until"]) + 1 for a in policy["agreements"] if "until" in a})


def instants(policy):
    """Half-hours of a week in each stretch between dates of agreements, one for each answer."""
    dates = cuts(policy)
    asked = [name for name in CALENDARS
             if any(part == ("opened", name) for condition in conditions_of(policy)
                    for part in parts_of(condition))]
    found = {}
    for first, last in zip([day_number(DATES[0]) - 400] + dates,
                           dates + [day_number("2028-01-01")]):
        for day in range(first, min(last, first + 7)):
            for at in range(day * DAY, (day + 1) * DAY, HALF_HOUR if asked else DAY):
                found.setdefault((first, tuple(is_open(name, at) for name in asked)), at)
    return list(found.values())


def looks_at(policy):
    """The names of attributes that a policy asks for, as given or derived."""
    names = {part[0] for condition in conditions_of(policy) for part in parts_of(condition)
             if part[0] not in ("all", "any", "not", "opened")}
    for made in policy["classify"]:
        names |= {made[key] for key in ("by", "rows_by", "columns_by") if key in made}
        names |= {row["is"][1] for row in made.get("rows", [])
                  if isinstance(row.get("is"), tuple)}
    for agreement in policy["agreements"]:
        names |= {row[metric]["by"] for row in agreement["targets"] for metric in METRICS
                  if isinstance(row.get(metric), dict)}
    if policy["severities"]:
        names.add("severity")
    return sorted(names)


def incidents(policy, limit):
    """All of them; None if there are more than `limit`."""
    names = looks_at(policy)
    choices = [thinned(policy, name, values_of(policy, name)) for name in names]
    times = instants(policy)
    count = len(times)
    for values in choices:
        count *= len(values)
    if count > limit:
        return None
    return [Incident(policy, {name: value for name, value in zip(names, values)
                              if value is not None}, at)
            for values in itertools.product(*choices) for at in times]
