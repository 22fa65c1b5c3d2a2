# SPDX-License-Identifier: MIT
"""Scenarios in the pages: a log, and the events that every line of it must bring.

They are scenario files (tests/support/scenario.h) whose policy is a block of the page. A weekday
may stand before a date for readers; it must be that date's, and is taken away before the run.
"""

import datetime
import itertools
import re

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NAMED = re.compile(rf"\b({'|'.join(WEEKDAYS)}) (?=(\d{{4}}-\d\d-\d\d))")
HEAD = "--- log short\n"


def plain(text):
    """The text without its weekdays, and what is wrong with them."""
    wrong = [f"{date} is no {name}" for name, date in NAMED.findall(text)
             if WEEKDAYS[datetime.date.fromisoformat(date).weekday()] != name]
    return NAMED.sub("", text), wrong


def fault(run, scratch, policy, text):
    """What is wrong with a block, or None. `run(path)` returns the scenario as it really goes."""
    wanted, wrong = plain(text)
    if wrong:
        return "\n".join(wrong)
    path = scratch / "block.scenario"
    policy_text = (scratch / policy).read_text(encoding="utf-8")
    path.write_text(f"--- policy\n{policy_text}{HEAD}{wanted}", encoding="utf-8")
    printed = run(path)
    got = printed.partition(HEAD)[2]
    if not got:
        return f"no scenario: {printed}"
    if not any(line.startswith("  ") for line in got.splitlines()):
        return "nothing happens in it"
    pairs = itertools.zip_longest(text.splitlines(), wanted.splitlines(), got.splitlines())
    for shown, line, other in pairs:
        if line != other:
            return f"{shown}\nbut there is\n{other}"
    return None
