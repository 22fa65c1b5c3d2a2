# SPDX-License-Identifier: MIT
"""A small policy around every key of the language, from the examples that editors show."""

import json
import subprocess

from policies import Scalar

TESTED = {"severities": ["urgent", "general"],
          "classify": {"severity": [{"when": {"impact": "outage"}, "is": "urgent"},
                                    {"is": "general"}]},
          "targets": [{"first_response": "1h", "resolution": "8h"}]}
DAY = {"day": {"hours": {"daily": "08:00-20:00"}}, "late": {"hours": {"daily": "20:00-24:00"}}}
WEEK = {"mon-fri": "09:00-17:00"}
TIERS = {"severities": ["urgent", "general"]}
PROMISE = {"targets": [{"resolution": "8h"}]}
METRIC = {"start": "opened", "stop": "resolved"}
CHINA = {"holidays": {"china": {"closed": ["2026-10-01"]}}}



def tested(more):
    """A policy with one test, which has these keys, too."""
    return {**TESTED, "tests": [{"name": "one", "at": "2026-11-20T17:50", **more}]}


# Where a mapping stands: what is around it.
AROUND = {
    "the policy": lambda it: it,
    "an included file": lambda it: it,
    "a holiday list": lambda it: {"holidays": {"china": it}},
    "a closed day": lambda it: {"holidays": {"china": {"closed": [it]}}},
    "a working day": lambda it: {"holidays": {"china": {"workdays": [it]}}},
    "a calendar": lambda it: {**CHINA, "calendars": {**DAY, "office": it}},
    "a season": lambda it: {"calendars": {"office": {"hours": WEEK, "seasons": [it]}}},
    "a special day": lambda it: {"calendars": {"office": {"hours": WEEK, "special": [it]}}},
    "a classification": lambda it: {"classify": {"team": it}},
    "a matrix": lambda it: {"classify": {"priority": {"matrix": it}}},
    "a row of a classification": lambda it: {
        **TIERS, "classify": {"severity": [it, {"is": "general"}]}},
    "a copied value": lambda it: {"classify": {"priority": [{"is": it}]}},
    "a table": lambda it: {"targets": [{"resolution": it}], "calendars": DAY, "calendar": "day"},
    "a condition on one attribute": lambda it: {"targets": [{"when": {"a": it}, **PROMISE[
        "targets"][0]}]},
    "a metric": lambda it: {"metrics": {"resolution": it}, **PROMISE},
    "a trigger": lambda it: {"metrics": {"resolution": {"start": it, "stop": "resolved"}}},
    "a pause": lambda it: {"metrics": {"resolution": {**METRIC, "pause": it}}},
    "reopen": lambda it: {"metrics": {"resolution": {**METRIC, "reopen": it}}},
    "a target row": lambda it: {**TIERS, "targets": [it]},
    "a target": lambda it: {"targets": [{"resolution": it}], "calendars": DAY, "calendar": "day"},
    "an agreement": lambda it: {"agreements": [it]},
    "an escalation": lambda it: {**TIERS, **PROMISE, "escalations": [it]},
    "a step": lambda it: {"calendars": DAY, "calendar": "day", **PROMISE,
                          "escalations": [{"steps": [it]}]},
    "a goal": lambda it: {**TESTED, "goals": [it]},
    "a test": lambda it: {**TESTED, "tests": [it]},
    "a step of a test": lambda it: tested({"then": [it]}),
    "an attribute that is taken away": lambda it: tested(
        {"then": [{"at": "2026-11-20T18:00", "incident": {"impact": it}}]}),
    "what a test expects": lambda it: tested({"incident": {"impact": "outage"}, "expect": it}),
    "an expected value": lambda it: tested({"expect": {"attributes": {"severity": it}}}),
    "an expected clock": lambda it: tested({"expect": {"metrics": {"resolution": it}}}),
    "an expected event": lambda it: tested({"expect_events": [it]}),
}


def as_tree(value):
    """JSON as a tree of policies.py; texts stand without quotes where that is the same."""
    if isinstance(value, dict):
        return {key: as_tree(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_tree(item) for item in value]
    if isinstance(value, Scalar):
        return value
    return Scalar(value if isinstance(value, str) else json.dumps(value))


class Keys:
    """Every key of the language that this build knows, as write_schema tells it."""

    def __init__(self, write_schema):
        told = subprocess.run([write_schema, "--keys"], check=True, capture_output=True, text=True)
        self.all = json.loads(told.stdout)
        self.maps = list(dict.fromkeys(entry["map"] for entry in self.all))

    def policy(self, entry, value=None):
        """A policy with this key, whose value is the example unless another is given."""
        members = {other["key"]: other["example"] for other in self.all
                   if other["map"] == entry["map"] and other["required"]}
        members.update(entry["beside"])
        members[entry["key"]] = entry["example"] if value is None else value
        tree = AROUND[entry["map"]](members)
        return as_tree({"sla": "1", **tree})

    @staticmethod
    def is_included(entry):
        return entry["map"] == "an included file"
