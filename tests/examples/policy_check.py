# SPDX-License-Identifier: MIT
"""Asks a policy what it promises in written situations, and compares with what is expected.

A situation is (name, opened at, attributes, expectations). Expected are derived attributes, "NAME
agreement", "NAME calendar" and "NAME provisional" of a metric, or a metric's deadline: RFC 3339, in
the zone of the situations where there is no offset. NONE: the metric has no target.
"""

import json
import os
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

NONE = None


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120,
                          env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command}: status {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8")


def instant(text, zone=None):
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return at if at.tzinfo is not None else at.replace(tzinfo=ZoneInfo(zone))


def situation_faults(check, policy, zone, at, attributes, expected):
    """One sentence for each thing that is not as expected."""
    words = [f"{name}={value}" for name, value in attributes.items()]
    opened = instant(at, zone).isoformat()
    answer = json.loads(run(check, "classify", policy, *words, "--at", opened, "--format", "json"))
    clocks = {clock["metric"]: clock for clock in answer["clocks"]}
    for name, value in expected.items():
        metric, _, field = name.partition(" ")
        if field:
            got = clocks[metric][field] if metric in clocks else NONE
        elif name in answer["attributes"]:
            got = answer["attributes"][name]
        elif name in clocks:
            got, value = instant(clocks[name]["deadline"]), value and instant(value, zone)
        else:
            got = NONE
        if got != value:
            shown = got.astimezone(ZoneInfo(zone)) if isinstance(got, datetime) else got
            yield f"{name}: expected {value}, got {shown}"


def run_tests(tests):
    """Prints TAP for (name, function that returns a list of faults); the exit status."""
    print(f"1..{len(tests)}")
    failed = 0
    for number, (name, faults_of) in enumerate(tests, 1):
        try:
            faults = list(faults_of())
        except (RuntimeError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
            faults = [repr(error)]
        failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {number} - {name}")
        for fault in faults:
            print(f"#   {fault}")
    return 1 if failed else 0
