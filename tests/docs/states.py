# SPDX-License-Identifier: MIT
"""The table of a clock's states, doc/clocks/states.txt: rows, and what they allow."""

import dataclasses
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "doc" / "clocks" / "states.txt"
PICTURE = SOURCE.with_suffix(".svg")
NO_CLOCK = "."
UNTOLD = "-"


@dataclasses.dataclass(frozen=True)
class Row:
    """One row of the table. `start` may be a group, `end` may be "same"."""

    start: str
    event: str
    end: str
    rules: tuple
    when: str

    def __str__(self):
        return f"{self.start} {self.event} {self.end}"


class Table:
    """The states with their groups and meanings, and the rows."""

    def __init__(self, text):
        self.meanings, self.groups, self.rows = {}, {}, []
        for line in text.splitlines():
            words = line.split()
            if not words or words[0] == "#":
                continue
            if words[0] == "state":
                self.meanings[words[1]] = " ".join(words[3:])
                self.groups.setdefault(words[2], []).append(words[1])
            elif words[0] == "group":
                self.groups[words[1]] = [state for name in words[2:]
                                         for state in self.groups[name]]
            else:
                self.rows.append(Row(*words[:3], tuple(words[3].split(",")), " ".join(words[4:])))
        self.check()

    def check(self):
        """Every name stands for something."""
        for row in self.rows:
            for name in (row.start, row.end):
                if name not in (*self.meanings, *self.groups, NO_CLOCK, "same"):
                    raise ValueError(f"{row}: there is no state {name}")

    def members(self, name):
        """The states of a group, or the state itself."""
        return self.groups[name] if name in self.groups and name != NO_CLOCK else [name]

    def steps(self):
        """{(state, event, state): row} of all that may be told."""
        return {(start, row.event, start if row.end == "same" else row.end): row
                for row in self.rows if row.event != UNTOLD for start in self.members(row.start)}

    def reachable_steps(self):
        """The steps from states to which a row leads."""
        reached = {end for _, _, end in self.steps()} | {NO_CLOCK, "silent"}
        return [step for step in self.steps() if step[0] in reached]


def read():
    return Table(SOURCE.read_text(encoding="utf-8"))
