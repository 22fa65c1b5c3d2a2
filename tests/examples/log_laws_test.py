#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The laws themselves: each finds the fault that is put into a true replay (TAP).

    log_laws_test.py SLA-CHECK LOG-CLOCKS ZONES ROOT
"""

import copy
import sys
import tempfile
from pathlib import Path

import replay_logs
from log_laws import Replay

PROGRAM, LOG_CLOCKS, ZONES, ROOT = sys.argv[1:]


class Story:
    """The made-up log, its events and clocks, to be changed and checked again."""

    def __init__(self, scratch):
        self.policy, log = replay_logs.prepare(Path(ROOT), "made-up", Path(scratch))
        self.rows = list(replay_logs.rows_of(log))
        self.events = list(replay_logs.events_of(PROGRAM, ZONES, self.policy, log))
        self.clocks = list(replay_logs.clocks_of(LOG_CLOCKS, ZONES, self.policy, log))

    def laws_broken(self, change):
        events, clocks = copy.deepcopy(self.events), copy.deepcopy(self.clocks)
        change(events, clocks)
        replay = Replay(self.policy)
        for row in self.rows:
            replay.take_row(*row)
        for event in events:
            replay.take(event)
        for clock in clocks:
            replay.check_clock(clock)
        replay.finish()
        return {law for law, _ in replay.faults}


def first(items, **wanted):
    return next(item for item in items
                if all(item[name] == value for name, value in wanted.items()))


def nothing(events, clocks):
    pass


def told_too_late(events, clocks):
    events.append(events.pop(0))


def told_twice(events, clocks):
    events[7]["id"] = events[3]["id"]


def without_an_update(events, clocks):
    first(events, type="paused")["at"] -= 1


def never_paused(events, clocks):
    events.remove(first(events, type="paused", metric="resumed"))


def never_resumed(events, clocks):
    events.remove(first(events, type="resumed", metric="resumed"))


def a_second_too_much(events, clocks):
    event = first(events, type="met", metric="resumed")
    event["elapsed"] += 1
    event["remaining"] -= 1


def a_second_less_remains(events, clocks):
    first(events, type="warning")["remaining"] -= 1


def deadline_not_moved(events, clocks):
    event = first(events, type="resumed", metric="resumed", kind="sla", late=False)
    event["deadline"] -= 1


def missed_called_met(events, clocks):
    event = first(events, type="missed", metric="queued")
    event.update(type="met", in_grace=False)


def breach_kept_back(events, clocks):
    events.remove(first(events, type="breach", metric="queued"))


def breach_before_its_time(events, clocks):
    event = first(events, type="breach", metric="queued")
    event.update(remaining=1, elapsed=event["elapsed"] - 1)


def warned_a_second_later(events, clocks):
    event = first(events, type="warning", metric="counted", percent=33, late=False)
    event.update(at=event["at"] + 1, elapsed=event["elapsed"] + 1, remaining=event["remaining"] - 1)


def another_state(events, clocks):
    first(clocks, state="met")["state"] = "missed"


def a_clock_forgotten(events, clocks):
    clocks.pop()


def a_pause_that_was_none(events, clocks):
    first(clocks, metric="counted")["paused"] += 1


TESTS = [(nothing, None), (told_too_late, "order"), (told_twice, "ids"),
         (without_an_update, "causes"), (never_paused, "states"), (never_resumed, "counted time"),
         (a_second_too_much, "counted time"), (a_second_less_remains, "budget"),
         (deadline_not_moved, "deadlines"), (missed_called_met, "verdicts"),
         (breach_kept_back, "verdicts"), (breach_before_its_time, "verdicts"),
         (warned_a_second_later, "steps"), (another_state, "clocks"),
         (a_clock_forgotten, "clocks"), (a_pause_that_was_none, "sums of pauses")]


def main():
    with tempfile.TemporaryDirectory() as scratch:
        story = Story(scratch)
    failed = 0
    for number, (change, law) in enumerate(TESTS, 1):
        broken = story.laws_broken(change)
        good = law in broken if law else not broken
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {change.__name__}")
        if not good:
            print(f"# wanted {law}, broken are {sorted(broken)}")
    print(f"1..{len(TESTS)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
