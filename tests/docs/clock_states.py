#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the engine to doc/clocks/states.txt, the picture to its table, and the pages to the rules.

Every row of the table must be seen in a scenario or a page, every single step of it somewhere, and
no event may be told in a state in which the table does not have it. Every rule K and E has a
section in a page, with an example that runs.

usage: clock_states.py SLA_CHECK [--logs N] [--seed S]
"""

import argparse
import collections
import pathlib
import re
import sys
import tempfile

import blocks
import draw_states
import states

sys.path.insert(0, str(states.ROOT / "tests" / "model"))

import compare

SCENARIOS = sorted((states.ROOT / "tests" / "scenario").glob("*.scenario"))
PAGES = sorted((states.ROOT / "doc").rglob("*.md"))
RULES = [f"K{n}" for n in range(1, 13)] + [f"E{n}" for n in range(1, 11)]
FEATURES = {"agreed", "agreements", "roll", "retarget", "reopen", "host"}
LATE = FEATURES | {"late"}
TOLD = re.compile(r"  (?:[A-Z][a-z]{2} )?(?P<at>\d{4}\S+) (?P<type>[a-z_]+) (?P<incident>\S+) "
                  r"(?P<metric>\S+)(?: (?P<kind>ola|uc))?(?: #(?P<cycle>\d+))? deadline=.* "
                  r"?elapsed=(?P<elapsed>\S+) ")


class Life:
    """Where one clock can be, after what was told of it."""

    def __init__(self, table):
        self.steps = table.steps()
        self.ended = set(table.members("ended"))
        # each possible state with the steps that led there and are not certain yet
        self.possible = {}

    def tell(self, event, has_used):
        """The steps that are certain now; None: the table does not have this event here."""
        if not self.possible:
            # what was used, or had ended, before the first word was so in silence
            was_silent = has_used or event == "reopened"
            self.possible = {"silent" if was_silent else states.NO_CLOCK: ()}
        after = collections.defaultdict(tuple)
        for (start, name, end) in self.steps:
            if name == event and start in self.possible:
                after[end] += (*self.possible[start], (start, name, end))
        self.possible = dict(after)
        if len(after) != 1:
            return None if not after else []
        ((end, certain),) = after.items()
        self.possible[end] = ()
        return certain


class Watcher:
    """Follows the clocks of one engine."""

    def __init__(self, table):
        self.table = table
        self.lives = {}
        self.faults = []

    def tell(self, event):
        """The steps that are certain now."""
        clock = (event["incident"], event.get("kind"), event["metric"])
        cycle = int(event.get("cycle") or 1)
        has_used = event["elapsed"] not in ("0s", 0, None)
        before = self.lives.get((*clock, cycle - 1))
        if event["type"] == "started" and before and not before.ended & before.possible.keys():
            self.faults.append(f"{event}: cycle {cycle - 1} has not ended")
        life = self.lives.setdefault((*clock, cycle), Life(self.table))
        was = set(life.possible)
        certain = life.tell(event["type"], has_used)
        if certain is None:
            self.faults.append(f"{event['type']} in the state {was or 'no clock'}: {event}")
        return certain or []


def events_of(text):
    """What the lines of a scenario tell."""
    return [match.groupdict() for match in map(TOLD.match, text.splitlines()) if match]


def scenarios():
    """(name, events) of every scenario file and every scenario block of the pages."""
    for path in SCENARIOS:
        yield path.name, events_of(path.read_text(encoding="utf-8"))
    for path in PAGES:
        for block in blocks.blocks_of(path.read_text(encoding="utf-8")):
            if "scenario" in block.words:
                yield f"{path.name} line {block.line}", events_of(block.text)


def logs(program, count, seed):
    """(seed, events) of random logs under random policies; every second policy with late news."""
    with tempfile.TemporaryDirectory() as folder:
        tool = compare.Tool(program, folder)
        while count > 0:
            seed += 1
            for _, _, rows, until, _ in compare.one(seed, tool, LATE if seed % 2 else FEATURES, 4):
                count -= 1
                yield f"random log of seed {seed}", tool.run(rows, until)


def without_example():
    """Rules that have no section with an example that runs."""
    shown = set()
    for path in PAGES:
        for section in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            if re.search(r"^```(text scenario|c$)", section, re.M):
                shown.update(re.findall(r"\b[KE]\d+\b", section.split("\n", 1)[0]))
    return [rule for rule in RULES if rule not in shown]


class Report:
    def __init__(self):
        self.count = 0

    def rule(self, name, faults):
        self.count += 1
        for fault in faults[:20]:
            print(f"# {fault}")
        print(f"{'not ok' if faults else 'ok'} {self.count} - {name}")
        sys.stdout.flush()


def follow(table, runs, seen, enough=None):
    """The faults, and how many runs and events there were. Adds to the steps that were seen; ends
    after `enough` runs, or later, once there is no step left to be seen."""
    faults, told, place = [], 0, 0
    for place, (name, events) in enumerate(runs, 1):
        watcher = Watcher(table)
        for event in events:
            seen.update(watcher.tell({**event, "elapsed": event.get("elapsed")}))
            told += 1
        faults += [f"{name}: {fault}" for fault in watcher.faults[:1]]
        if enough and place >= enough and seen.issuperset(table.reachable_steps()):
            break
    return faults, place, told


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--logs", type=int, default=300)
    parser.add_argument("--most", type=int, default=1500,
                        help="as many at most, until every step has been seen")
    parser.add_argument("--seed", type=int, default=10_000_000)
    options = parser.parse_args()
    table, report = states.read(), Report()
    report.rule("every_rule_of_clocks_and_events_has_an_example", without_example())
    drawn = draw_states.picture(table)
    is_new = states.PICTURE.exists() and states.PICTURE.read_text(encoding="utf-8") == drawn
    report.rule("the_picture_shows_the_table",
                [] if is_new else ["run tests/docs/draw_states.py"])
    seen = set()
    faults, _, _ = follow(table, scenarios(), seen)
    report.rule("scenarios_and_pages_keep_to_the_table", faults)
    rows = {table.steps()[step] for step in seen}
    report.rule("every_row_of_the_table_is_seen_in_a_scenario",
                sorted({str(row) for row in table.steps().values()} - {str(row) for row in rows}))
    faults, count, told = follow(table, logs(options.program, options.most, options.seed), seen,
                                 options.logs)
    report.rule("random_logs_keep_to_the_table", faults)
    print(f"# {count} logs, {told} events")
    report.rule("every_step_of_the_table_is_seen",
                [" ".join(step) for step in table.reachable_steps() if step not in seen])
    print(f"1..{report.count}")


if __name__ == "__main__":
    main()
