# SPDX-License-Identifier: MIT
"""What explanations are made of, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Optional

from ._native import constants as c
from .target import Target
from .words import DayKind, Kind, State, Word
from .words import _numbered as numbered


class VerdictKind(Word):
    """Which sort of row of the policy was asked."""

    CHOICE = "choice"
    MATRIX = "matrix"
    TABLE = "table"
    RAISE = "raise"
    AGREEMENT = "agreement"
    TARGET = "target"
    TARGET_TABLE = "target_table"
    CALENDAR_TABLE = "calendar_table"
    ESCALATION = "escalation"


class Reason(Word):
    """Why a row did not match."""

    CONDITION = "condition"
    DATES = "dates"
    METRIC = "metric"
    KIND = "kind"
    AGREEMENT = "agreement"


class RecordKind(Word):
    """What happened to a clock."""

    STARTED = "started"
    RESTARTED = "restarted"
    PAUSED = "paused"
    STOPPED = "stopped"
    CALENDAR = "calendar"
    ENDED = "ended"
    BOUND = "bound"


class PartKind(Word):
    """What becomes of a part of the time."""

    COUNTED = "counted"
    CLOSED = "closed"
    PAUSED = "paused"
    STOPPED = "stopped"


VERDICTS = numbered(VerdictKind, c.VERDICT_CHOICE, c.VERDICT_MATRIX, c.VERDICT_TABLE,
                    c.VERDICT_RAISE, c.VERDICT_AGREEMENT, c.VERDICT_TARGET,
                    c.VERDICT_TARGET_TABLE, c.VERDICT_CALENDAR_TABLE, c.VERDICT_ESCALATION)
REASONS = numbered(Reason, c.REASON_CONDITION, c.REASON_DATES, c.REASON_METRIC, c.REASON_KIND,
                   c.REASON_AGREEMENT)
RECORDS = numbered(RecordKind, c.RECORD_STARTED, c.RECORD_RESTARTED, c.RECORD_PAUSED,
                   c.RECORD_STOPPED, c.RECORD_CALENDAR, c.RECORD_ENDED, c.RECORD_BOUND)
PARTS = numbered(PartKind, c.PART_COUNTED, c.PART_CLOSED, c.PART_PAUSED, c.PART_STOPPED)


@dataclass(frozen=True)
class ExplainedClock:
    """The clock and its target. Instants are in the zone of its calendar, None where there are
    none; durations are counted time on it."""

    state: State
    """"none": it has not started, or nothing is promised."""
    incident: Optional[str]
    """None of Policy.explain()."""
    metric: str
    kind: Kind
    cycle: int
    """0: none."""
    agreement: Optional[str]
    calendar: Optional[str]
    severity: Optional[str]
    row: Optional[str]
    """The name of the row of targets."""
    target: Optional[Target]
    """As it is written; None for an agreed instant (D6), or where nothing is promised."""
    now: Optional[datetime]
    """What the explanation looks at."""
    opened: Optional[datetime]
    """When the incident was."""
    started: Optional[datetime]
    counted_from: Optional[datetime]
    """The start, or the last restart."""
    ended: Optional[datetime]
    first_due: Optional[datetime]
    """The deadline before pauses moved it (D4)."""
    deadline: Optional[datetime]
    breach_at: Optional[datetime]
    """After this instant the promise is broken: the deadline and its grace."""
    projected: Optional[datetime]
    """While it is paused: the deadline if it were resumed now."""
    budget: Optional[timedelta]
    grace: timedelta
    elapsed: timedelta
    remaining: Optional[timedelta]
    paused: timedelta
    moved: timedelta
    """Pauses that moved the deadline (K4)."""
    extended: timedelta
    """What the host added (K12); in `budget`."""
    parts_from: Optional[datetime]
    """Where the parts begin: later than counted_from where another policy was bound, with ..."""
    used_before: timedelta
    """... so much used before; in `elapsed` ..."""
    paused_before: timedelta
    """... and so much paused; in `paused`."""
    is_promised: bool
    """A target applies; else there is no deadline."""
    agreed: bool
    """The deadline is an agreed instant (D6)."""
    breached: bool
    in_grace: bool
    provisional: bool
    rolled: bool
    """The deadline was moved from a closing to the next opening (C6)."""
    other_target: bool
    """The attributes would now choose another target than the clock keeps."""
    no_record: bool
    """Only sums are kept of what was before: there are no events of pauses, and no parts."""
    mixed: bool
    """Counted on more than one calendar."""
    unknown_severity: bool
    """The severity was taken as the last one."""
    pinned: bool
    """The host pinned the deadline (K12)."""
    out_of_range: bool
    """The deadline cannot be computed: it lies outside 1970 to 2199, or never comes."""
    line: int
    """Of the target in the policy file; 0: none."""
    row_line: int
    metric_line: int


@dataclass(frozen=True)
class ExplainedAttribute:
    """An attribute that the incident has and that the policy looks at."""

    name: str
    value: str
    derived: bool
    """Made by the policy's `classify`."""


@dataclass(frozen=True)
class ExplainedVerdict:
    """What became of one row of the policy."""

    what: VerdictKind
    name: str
    """The derived attribute, the agreement, the row's name; may be empty."""
    matched: bool
    gives: Optional[str]
    """The value, the target, the calendar, "+1" of a `raise`."""
    condition: Optional[str]
    """Its `when` in the policy's words, or what a table looks up."""
    reason: Optional[Reason]
    """Why it did not match."""
    wanted: Optional[str]
    """The part that does not hold, or the dates, in the policy's words."""
    has: Optional[str]
    """What the incident has instead."""
    attribute: Optional[str]
    """If one attribute alone decided: its name, and ..."""
    value: Optional[str]
    """... its value; None where the incident does not have it."""
    line: int
    failed_line: int
    """Of the first part of the condition that does not hold; else 0."""


@dataclass(frozen=True)
class ExplainedEvent:
    """Something that happened to the clock."""

    what: RecordKind
    at: datetime
    until: Optional[datetime]
    """Of a pause or a stop; None: it still is."""
    state: Optional[State]
    """As what it ended, of "stopped" and "ended"."""
    counted: timedelta
    """Of a pause or a stop: time of the calendar that passed."""
    text: Optional[str]
    """The reason of a pause; the calendar's name."""
    by_limit: bool
    """The pause's limit ended it."""
    counts: bool
    """The time until `until` counts."""
    line: int
    """Of the pause in the policy file; 0: none."""


@dataclass(frozen=True)
class ExplainedPart:
    """A part of the time since the start of counting."""

    what: PartKind
    start: datetime
    end: datetime
    """Exclusive."""
    counted: timedelta
    """Of a pause: what of it would have counted."""
    name: Optional[str]
    """Of the day or closure, or the pause's reason."""
    day: Optional[DayKind]
    """Where it is more than the week's hours."""
    ahead: bool
    """Not used: after now, or after the end."""
    over: bool
    """Behind the deadline."""
    shifted: bool
    """The zone's clocks change in it, so that times of day mislead."""
