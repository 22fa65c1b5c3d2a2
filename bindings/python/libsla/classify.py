# SPDX-License-Identifier: MIT
"""Classification: from an incident's attributes to its severity, agreements and targets."""

from __future__ import annotations

from ctypes import byref, c_void_p
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Optional, Tuple

from ._native import constants as c
from ._native import structs, texts
from ._native.library import lib
from .attributes import AttributeArray, Attributes
from .errors import check
from .target import Target
from .times import Instant, duration_of, optional_duration, optional_instant, seconds_of
from .words import DUES, KINDS, UNITS, Due, Kind

if TYPE_CHECKING:
    from .policy import Policy


@dataclass(frozen=True)
class ClassifiedClock:
    """What one metric would get, if its clock started when the incident is opened."""

    kind: Kind
    metric: str
    agreement: str
    calendar: str
    """The name of the calendar that it counts on."""
    deadline: Optional[datetime]
    """In the calendar's zone; None where it cannot be computed: outside 1970 to 2199, or never."""
    budget: Optional[timedelta]
    """Counted time until the deadline (D4)."""
    grace: timedelta
    """Counted time from the deadline to the breach (D5)."""
    provisional: bool
    """The deadline lies beyond the holiday data (C10)."""
    target: Optional[Target]
    """As it is written; None for an agreed instant (D6)."""
    row: str
    """The name of the row of targets; may be empty."""
    line: int
    """Of the target, in the policy file."""
    goals: Tuple[int, ...]
    """The goals that look at it, as places in policy.goals."""


@dataclass(frozen=True)
class Classification:
    """What a policy says of an incident when it is opened."""

    severity: Optional[str]
    """None in a policy without severities."""
    unknown_severity: bool
    """The incident's severity is none of the policy's: the last one was taken."""
    derived: Mapping[str, str] = field(hash=False)
    """What the policy derives from other attributes, in its order."""
    agreements: Mapping[Kind, str] = field(hash=False)
    """The agreement in force of each kind, whether it promises something or not."""
    clocks: Tuple[ClassifiedClock, ...]
    """Metric by metric, kind by kind; metrics without a target are left out."""

    def clock(self, metric: str, kind: str = Kind.SLA) -> Optional[ClassifiedClock]:
        """The clock of a metric, or None where it has no target."""
        for clock in self.clocks:
            if clock.metric == metric and clock.kind == kind:
                return clock
        return None


def classify(policy: Policy, attributes: Optional[Attributes], more: Attributes,
             at: Instant) -> Classification:
    """See Policy.classify()."""
    given = AttributeArray(attributes, more)
    out = c_void_p()
    status = check(lib.policy_classify(policy._live(), seconds_of(at, "at"), given.address,
                                       given.count, byref(out)))
    try:
        return _read(policy, out, status == c.UNKNOWN_SEVERITY)
    finally:
        lib.classification_free(out)


def _read(policy: Policy, made: c_void_p, unknown_severity: bool) -> Classification:
    return Classification(
        texts.ask(lib.classification_severity, made) or None, unknown_severity,
        dict(_derived(made)), dict(_agreements(made)), tuple(_clocks(policy, made)))


def _derived(made: c_void_p) -> Iterator[Tuple[str, str]]:
    name, value, place = structs.Text(), structs.Text(), 0
    while lib.classification_derived(made, place, byref(name), byref(value)):
        yield texts.read(name), texts.read(value)
        place += 1


def _agreements(made: c_void_p) -> Iterator[Tuple[Kind, str]]:
    name = structs.Text()
    for kind in Kind:
        if lib.classification_agreement(made, kind.number, byref(name)):
            yield kind, texts.read(name)


def _clocks(policy: Policy, made: c_void_p) -> Iterator[ClassifiedClock]:
    clock = texts.sized(structs.ClassifiedClock)
    goals, place = policy._goal_count, 0
    while lib.classification_clock(made, place, byref(clock)):
        calendar = texts.read(clock.calendar)
        zone = policy._calendars[calendar].zone
        yield ClassifiedClock(
            KINDS[clock.kind], texts.read(clock.metric), texts.read(clock.agreement), calendar,
            optional_instant(clock.deadline, zone) if clock.status == c.OK else None,
            optional_duration(clock.budget) if clock.status == c.OK else None,
            duration_of(clock.grace), bool(clock.provisional), _target(clock),
            texts.read(clock.row), clock.line,
            tuple(goal for goal in range(goals)
                  if lib.classification_goal(made, goal, place) == 1))
        place += 1


def _target(clock: Any) -> Optional[Target]:
    if clock.unit == 0:
        return None
    due = DUES[clock.due]
    return Target(clock.amount, UNITS[clock.unit], due,
                  _time(clock.due_time) if due is Due.TIME else None,
                  None if clock.cutoff == c.NO_CUTOFF else _time(clock.cutoff),
                  duration_of(clock.grace))


def _time(second: int) -> time:
    return time(second // 3600, second // 60 % 60, second % 60)
