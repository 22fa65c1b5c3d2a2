#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the verdicts of a replay with the made_sla flags of UCI's incident log.

    python3 compare.py EVENTS.jsonl published.csv [--flags PERCENT] [--incidents N]

EVENTS.jsonl is what `sla-check replay --format jsonl` prints. The exit status is 1 if fewer than N
incidents of priority 3 got a verdict, or if less than PERCENT of these agree with their flags.
"""

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict

METRIC = "made_sla"
FLAG_OF = {"met": "true", "missed": "false"}


def read_verdicts(path):
    """The last verdict of each incident, as the event that told it."""
    verdicts = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            event = json.loads(line)
            if event["metric"] == METRIC and event["type"] in FLAG_OF:
                verdicts[event["incident"]] = event
    return verdicts


def read_published(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def agrees(row, verdict):
    return FLAG_OF[verdict["type"]] == row["flag"]


def report(published, verdicts):
    """Prints a line for each priority; returns (compared, right) for each, and what differs."""
    compared, right, without = Counter(), Counter(), defaultdict(Counter)
    different = []
    for row in published:
        verdict = verdicts.get(row["incident"])
        if verdict is None:
            without[row["priority"]][row["flag"]] += 1
            continue
        compared[row["priority"]] += 1
        right[row["priority"]] += agrees(row, verdict)
        if not agrees(row, verdict):
            different.append((row, verdict))
    for priority in sorted(compared):
        total, same = compared[priority], right[priority]
        print(f"flag right, priority {priority}   {same:7,}   {100 * same / total:7.3f} %"
              f"   of {total:,}")
    for priority in sorted(without):
        flags = without[priority]
        print(f"no promise,  priority {priority}   {sum(flags.values()):7,}"
              f"   ({flags['false']:,} flagged false, {flags['true']:,} true)")
    if different:
        print("what differs:")
    for row, verdict in different[:5]:
        print(f"  {row['incident']}: made_sla {row['flag']}, but {verdict['elapsed'] / 3600:.2f} h "
              f"used of {(verdict['elapsed'] + verdict['remaining']) / 3600:.0f} h, "
              f"closed {verdict['at']}")
    if len(different) > 5:
        print(f"  and {len(different) - 5} more")
    return compared["3"], right["3"]


def main():
    parser = argparse.ArgumentParser(description="Compares a replay with the flags of the log.")
    parser.add_argument("events")
    parser.add_argument("published")
    parser.add_argument("--flags", type=float, default=99.8, metavar="PERCENT")
    parser.add_argument("--incidents", type=int, default=1, metavar="N")
    options = parser.parse_args()
    try:
        verdicts, published = read_verdicts(options.events), read_published(options.published)
        compared, right = report(published, verdicts)
    except (OSError, KeyError, TypeError, ValueError) as error:
        print(f"compare: {error!r}", file=sys.stderr)
        return 2

    faults = []
    unknown = len(verdicts.keys() - {row["incident"] for row in published})
    if unknown:
        faults.append(f"{unknown} incidents of the replay are not in {options.published}")
    if compared < options.incidents:
        faults.append(f"only {compared} incidents of priority 3 got a verdict, "
                      f"not {options.incidents}")
    if compared and 100 * right / compared < options.flags:
        faults.append(f"fewer than {options.flags} % of the flags of priority 3 agree")
    for fault in faults:
        print(f"compare: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
