# SPDX-License-Identifier: MIT
"""sla-check diff on random changes: what means the same is never told, what does not always is."""

import json
import random

from tool_case import ROOT, ToolCase

import tap_unittest

POLICIES = ["tests/data/policies/rich.yaml", "examples/two-continents.yaml",
            "examples/policies/helpdesk.yaml", "examples/policies/around-the-clock.yaml",
            "examples/policies/after-sales.yaml"]
ROUNDS = 60

# What makes a text of one kind another one of its kind, and never the same.
OTHER = {
    "duration": {"15m": "16m", "1h": "90m", "4h": "5h", "8h": "7h", "1wd": "2wd", "2wd": "1wd",
                 "3wd": "4wd", "5wd": "6wd", "10wd": "9wd"},
    "hours": {"09:00": "09:01", "18:00": "17:59", "17:00": "17:30", "08:00": "08:15"},
}


def places(value, path=()):
    """Every value in a document with its path."""
    yield path, value
    items = value.items() if isinstance(value, dict) else \
        enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, path + (key,))


def at(document, path):
    for key in path:
        document = document[key]
    return document


def targets(document):
    """Paths of the rows of all agreements."""
    return [path for path, value in places(document)
            if len(path) >= 2 and path[-2] == "targets" and isinstance(value, dict)]


def change_duration(rng, document):
    found = [path for path, value in places(document)
             if isinstance(value, str) and value in OTHER["duration"] and path[:1] in
             (("targets",), ("agreements",)) and "when" not in path
             and path[-1] not in ("by", "name")]
    path = rng.choice(found)
    at(document, path[:-1])[path[-1]] = OTHER["duration"][at(document, path)]


def drop_row(rng, document):
    path = rng.choice(targets(document))
    if len(at(document, path[:-1])) > 1:
        del at(document, path[:-1])[path[-1]]
    else:
        at(document, path)["name"] = "the only one"


def rename_row(rng, document):
    row = at(document, rng.choice(targets(document)))
    row["name"] = row.get("name", "row") + " of another name"


def change_condition(rng, document):
    row = at(document, rng.choice(targets(document)))
    row["when"] = {**row.get("when", {}), "quite_new": "yes"}


def change_hours(rng, document):
    found = [path for path, value in places(document)
             if path[:1] == ("calendars",) and "hours" in path and isinstance(value, str)
             and value[:5] in OTHER["hours"]]
    path = rng.choice(found)
    text = at(document, path)
    at(document, path[:-1])[path[-1]] = OTHER["hours"][text[:5]] + text[5:]


def close_a_day(rng, document):
    lists = document.setdefault("holidays", {})
    if not lists:
        lists["town"] = {}
    name = rng.choice(sorted(lists))
    lists[name].setdefault("closed", []).append(f"2031-0{rng.randint(1, 9)}-{rng.randint(10, 28)}")


def tell_somebody(rng, document):
    steps = [step for entry in document["escalations"] for step in entry["steps"]]
    rng.choice(steps)["notify"] = [f"somebody {rng.randint(1, 9)}"]


def drop_step(rng, document):
    entry = rng.choice(document["escalations"])
    del entry["steps"][rng.randrange(len(entry["steps"]))]
    if not entry["steps"]:
        entry["steps"] = [{"at": "99%"}]


def change_metric(rng, document):
    metric = document["metrics"][rng.choice(sorted(document["metrics"]))]
    metric["stop"] = "ended in another way"


def toggle_metric(rng, document):
    metric = document["metrics"][rng.choice(sorted(document["metrics"]))]
    key = rng.choice(["repeat", "never_loosen"])
    metric[key] = not metric.get(key, False)


def change_class(rng, document):
    rows = [row for entry in document["classify"].values() if isinstance(entry, list)
            for row in entry if "when" in row]
    rng.choice(rows)["when"]["quite_new"] = {"exists": True}


CHANGES = [change_duration, drop_row, rename_row, change_condition, change_hours, close_a_day,
           tell_somebody, drop_step, change_metric, toggle_metric, change_class]


def is_condition(path):
    """Is what stands there a condition, or in one?"""
    return bool({"when", "while"} & set(path))


def shuffle(rng, value, path=()):
    """The same policy: keys of mappings in another order, where that order means nothing."""
    if isinstance(value, list):
        items = [shuffle(rng, item, path + (number,)) for number, item in enumerate(value)]
        if is_condition(path) and all(isinstance(item, str) for item in items):
            rng.shuffle(items)
        return items
    if not isinstance(value, dict):
        return value
    keys = list(value)
    if path not in (("classify",), ("metrics",)):
        rng.shuffle(keys)
    return {key: shuffle(rng, value[key], path + (key,)) for key in keys}


class RandomDiff(ToolCase):
    def setUp(self):
        super().setUp()
        self.rng = random.Random(20261127)
        self.documents = []
        for path in POLICIES:
            out, _ = self.run_tool("dump", str(ROOT / path), "--format", "json")
            self.documents.append((path, json.loads(out)))

    def changes(self, old, new):
        self.write("old.json", json.dumps(old))
        self.write("new.json", json.dumps(new))
        out, err = self.run_tool("diff", "old.json", "new.json", "--format", "jsonl")
        self.assertEqual(err, "")
        return self.read_lines(out)

    def mutated(self, change):
        """A policy that has what is to be changed, before and after it."""
        while True:
            path, document = self.rng.choice(self.documents)
            new = json.loads(json.dumps(document))
            try:
                change(self.rng, new)
            except (IndexError, KeyError):
                continue
            return path, document, new

    def test_policy_and_itself_are_the_same(self):
        for path, document in self.documents:
            self.assertEqual(self.changes(document, document), [], path)

    def test_order_that_means_nothing_is_not_told(self):
        for _ in range(ROUNDS // 2):
            path, document = self.rng.choice(self.documents)
            self.assertEqual(self.changes(document, shuffle(self.rng, document)), [], path)

    def test_every_change_is_told_both_ways(self):
        done = set()
        for number in range(ROUNDS):
            change = CHANGES[number % len(CHANGES)]
            path, document, new = self.mutated(change)
            with self.subTest(policy=path, change=change.__name__):
                forth, back = self.changes(document, new), self.changes(new, document)
                self.assertNotEqual(forth, [])
                self.assertNotEqual(back, [])
                done.add(change)
                swapped = {"tighter": "looser", "looser": "tighter", "open longer": "open less",
                           "open less": "open longer"}
                if len(forth) == 1 and len(back) == 1:
                    direction = forth[0]["direction"]
                    self.assertEqual(back[0]["direction"], swapped.get(direction, direction))
        self.assertEqual(len(done), len(CHANGES))


if __name__ == "__main__":
    tap_unittest.main()
