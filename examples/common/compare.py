#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the deadlines and verdicts of a replay with what a city published.

    python3 compare.py EVENTS.jsonl published.csv [--within SECONDS] [--deadlines PERCENT]
                       [--flags PERCENT] [--requests N]

EVENTS.jsonl is what `sla-check replay --format jsonl` prints. Every request that got a deadline is
compared; the flag only where the request is closed and the city gave one. The exit status is 1 if
fewer than N requests got a deadline, or if less than the demanded percentages agree.
"""

import argparse
import csv
import json
import sys
from datetime import datetime, timezone


def seconds(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def utc(instant):
    return f"{datetime.fromtimestamp(instant, timezone.utc):%Y-%m-%dT%H:%M:%SZ}"


def read_replay(path):
    """The deadline that each request was given at its start, and the verdict at its end."""
    deadlines, verdicts = {}, {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            event = json.loads(line)
            incident = event["incident"]
            if event["type"] == "started":
                if incident in deadlines:
                    raise ValueError(f"request {incident} started twice")
                deadlines[incident] = seconds(event["deadline"])
            elif event["type"] in ("met", "missed"):
                verdicts[incident] = event["type"]
    return deadlines, verdicts


def read_published(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {row["incident"]: row for row in csv.DictReader(file)}


def percent(part, whole):
    return 100.0 * part / whole if whole else 0.0


class Comparison:
    def __init__(self, deadlines, verdicts, published):
        self.differences = []  # (seconds off, incident), one for each request with a deadline
        self.flags = self.flags_right = 0
        self.unknown = [incident for incident in deadlines if incident not in published]
        self.without = sum(incident not in deadlines for incident in published)
        for incident, row in published.items():
            if incident not in deadlines:
                continue
            self.differences.append((deadlines[incident] - seconds(row["target"]), incident))
            if row["closed"] and row["flag"]:
                self.flags += 1
                expected = {"ONTIME": "met", "OVERDUE": "missed"}[row["flag"]]
                self.flags_right += verdicts.get(incident) == expected

    def within(self, limit):
        return sum(abs(off) <= limit for off, _ in self.differences)


def report(found, deadlines, published, limit):
    total = len(found.differences)
    near, exact = found.within(limit), found.within(0)
    others = f"   ({found.without:,} of other types have none)" if found.without else ""
    print(f"requests with a promise   {total:7,}{others}")
    if limit > 0:
        print(f"deadline within {limit:2} s      {near:7,}   {percent(near, total):7.3f} %")
    print(f"deadline to the second    {exact:7,}   {percent(exact, total):7.3f} %")
    if found.flags:
        print(f"flag right, if closed     {found.flags_right:7,}   "
              f"{percent(found.flags_right, found.flags):7.3f} %   of {found.flags:,}")
    if near < total:
        print("the worst differences:")
    worst = sorted(found.differences, key=lambda item: (-abs(item[0]), item[1]))[:5]
    for off, incident in worst:
        if abs(off) > limit:
            theirs = utc(seconds(published[incident]["target"]))
            print(f"  {incident}: published {theirs}, computed {utc(deadlines[incident])} "
                  f"({off / 86400:+.2f} days)")


def main():
    parser = argparse.ArgumentParser(description="Compares a replay with what a city published.")
    parser.add_argument("events")
    parser.add_argument("published")
    parser.add_argument("--within", type=int, default=60, metavar="SECONDS")
    parser.add_argument("--deadlines", type=float, default=100.0, metavar="PERCENT")
    parser.add_argument("--flags", type=float, default=100.0, metavar="PERCENT")
    parser.add_argument("--requests", type=int, default=1, metavar="N")
    options = parser.parse_args()

    try:
        deadlines, verdicts = read_replay(options.events)
        published = read_published(options.published)
        found = Comparison(deadlines, verdicts, published)
    except (OSError, KeyError, TypeError, ValueError) as error:
        print(f"compare: {error!r}", file=sys.stderr)
        return 2
    report(found, deadlines, published, options.within)

    faults = []
    if found.unknown:
        faults.append(f"{len(found.unknown)} requests of the replay are not in {options.published}")
    if len(found.differences) < options.requests:
        faults.append(f"only {len(found.differences)} requests got a deadline, "
                      f"not {options.requests}")
    if percent(found.within(options.within), len(found.differences)) < options.deadlines:
        faults.append(f"fewer than {options.deadlines} % of the deadlines agree")
    if found.flags and percent(found.flags_right, found.flags) < options.flags:
        faults.append(f"fewer than {options.flags} % of the flags agree")
    for fault in faults:
        print(f"compare: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
