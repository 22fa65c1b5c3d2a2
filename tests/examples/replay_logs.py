#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Replays real logs whole and checks what must hold of every clock (TAP, a line for each law).

    replay_logs.py SLA-CHECK LOG-CLOCKS ZONES ROOT LOG

LOG is `example`, `sample` (ServiceNow's sample with the example's policy, and with everything at
once), `made-up`, `servicenow` or `volvo`. The last two are whole logs that do not come with the
project: they are looked for in the folder that SLA_CITY_DATA names; without it the test is skipped.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime, timezone
from functools import cache
from pathlib import Path

import volvo_log
from log_laws import Replay

LAWS = ["order", "ids", "causes", "states", "counted time", "budget", "deadlines", "verdicts",
        "steps", "clocks", "sums of pauses"]


@cache
def seconds(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00"))
               .replace(tzinfo=timezone.utc).timestamp())


def prepare(root, log, scratch):
    """(policy, log) to replay; None where the whole log is not there."""
    example, policies = root / "examples/servicenow-uci", root / "tests/data/logs"
    if log in ("example", "sample"):
        policy = example / "policy.yaml" if log == "example" else policies / "servicenow.yaml"
        return policy, example / "sample/log.csv"
    if log == "made-up":
        volvo_log.write_log(policies / "volvo-made-up.csv", scratch / "log.csv")
        return policies / "volvo.yaml", scratch / "log.csv"
    name = {"servicenow": "servicenow-uci.csv.gz", "volvo": "volvo-bpi2013.csv.gz"}[log]
    table = Path(os.environ.get("SLA_CITY_DATA", ""), name)
    if "SLA_CITY_DATA" not in os.environ or not table.exists():
        return None
    if log == "volvo":
        volvo_log.write_log(table, scratch / "log.csv")
    else:
        subprocess.run([sys.executable, example / "prepare.py", table, scratch], check=True,
                       stdout=subprocess.DEVNULL)
    return policies / f"{log}.yaml", scratch / "log.csv"


def lines_of(command, zones):
    """What a program prints, one JSON value a line."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8",
                          env=dict(os.environ, TZDIR=str(zones))) as program:
        yield from map(json.loads, program.stdout)
    if program.returncode != 0:
        raise RuntimeError(f"{command}: status {program.returncode}")


def rows_of(log):
    """(incident, instant) of every update."""
    with open(log, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["incident"], seconds(row["at"])


def events_of(program, zones, policy, log):
    """The events of sla-check, instants as seconds."""
    for event in lines_of([program, "replay", policy, log, "--format", "jsonl"], zones):
        event["at"] = seconds(event["at"])
        event["deadline"] = event["deadline"] and seconds(event["deadline"])
        event.setdefault("percent", None)
        yield event


def clocks_of(log_clocks, zones, policy, log):
    return lines_of([log_clocks, zones, policy, log], zones)


def main():
    program, log_clocks, zones, root, log = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        found = prepare(Path(root), log, Path(scratch))
        if found is None:
            print("1..0 # SKIP SLA_CITY_DATA names no folder with the whole log")
            return 0
        replay, types = Replay(found[0]), Counter()
        for row in rows_of(found[1]):
            replay.take_row(*row)
        for event in events_of(program, zones, *found):
            types[event["type"]] += 1
            replay.take(event)
        for clock in clocks_of(log_clocks, zones, *found):
            replay.check_clock(clock)
        replay.finish()
    print("# " + ", ".join(f"{count:,} {name}" for name, count in types.most_common()))
    print("# " + ", ".join(f"{count:,} {law}" for law, count in replay.counts.items()))
    for number, law in enumerate(LAWS, 1):
        mine = [sentence for name, sentence in replay.faults if name == law]
        for sentence in mine[:5]:
            print(f"# {sentence}")
        if len(mine) > 5:
            print(f"# and {len(mine) - 5:,} more")
        good = not mine and replay.counts[law] > 0
        print(f"{'ok' if good else 'not ok'} {number} - {log}: {law}")
    print(f"1..{len(LAWS)}")
    return 1 if replay.faults else 0


if __name__ == "__main__":
    sys.exit(main())
