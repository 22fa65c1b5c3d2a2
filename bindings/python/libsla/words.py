# SPDX-License-Identifier: MIT
"""The words of the language, as enums whose values are the words themselves.

Each compares equal to its word (`event.type == "breach"`), prints as it, and knows the number that
the C library uses for it.
"""

from __future__ import annotations

from enum import Enum
from typing import Dict, Type, TypeVar

from ._native import constants as c

Some = TypeVar("Some", bound="Word")


class Word(str, Enum):
    """A word of the policy language or of the event log."""

    number: int
    """What the C library writes for it."""

    @classmethod
    def _missing_(cls, value: object) -> None:
        raise ValueError(f"{value!r} is no {cls.__name__}: there are {', '.join(map(str, cls))}")

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, spec: str) -> str:
        return format(str(self.value), spec)


class Kind(Word):
    """Between whom a promise is."""

    SLA = "sla"
    OLA = "ola"
    UC = "uc"


class State(Word):
    """What a clock does."""

    NONE = "none"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"
    EXEMPT = "exempt"


class EventType(Word):
    """What the engine tells."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    RETARGETED = "retargeted"
    REOPENED = "reopened"
    EXTENDED = "extended"
    CANCELLED = "cancelled"
    EXEMPTED = "exempted"
    WARNING = "warning"
    BREACH = "breach"
    BREACH_RETRACTED = "breach_retracted"
    ESCALATION = "escalation"
    MET = "met"
    MISSED = "missed"


class DayKind(Word):
    """Why a date has the hours that it has (C3)."""

    REGULAR = "regular"
    HOLIDAY = "holiday"
    WORKDAY = "workday"
    SPECIAL = "special"
    CLOSURE = "closure"


class Unit(Word):
    """In what a target is given (D1 to D3)."""

    SECONDS = "s"
    WORKDAYS = "wd"
    DAYS = "d"


class Due(Word):
    """At which time of its day a target in working days is due (D2)."""

    SAME_TIME = "same_time"
    CLOSE = "close"
    TIME = "time"


class Period(Word):
    """How long a goal counts before it begins again."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class GoalVerdict(Word):
    """What a count of clocks means for a goal."""

    UNDECIDED = "undecided"
    KEPT = "kept"
    BROKEN = "broken"


class Change(Word):
    """What a new policy did to a clock (E9)."""

    RETARGETED = "retargeted"
    STARTED = "started"
    CANCELLED = "cancelled"


class MismatchKind(Word):
    """What was not as a policy's test expected it."""

    ATTRIBUTE = "attribute"
    AGREEMENT = "agreement"
    CLOCK = "clock"
    EVENT = "event"
    UNEXPECTED = "unexpected"
    UPDATE = "update"


class FileKind(Word):
    """What a loader is asked for."""

    POLICY = "policy"
    INCLUDE = "include"
    ZONE = "zone"


def _numbered(kind: Type[Some], *numbers: int) -> Dict[int, Some]:
    """The words of an enum by their numbers, which they learn."""
    for word, number in zip(kind, numbers):
        word.number = number
    return dict(zip(numbers, kind))


KINDS = _numbered(Kind, c.KIND_SLA, c.KIND_OLA, c.KIND_UC)
STATES = _numbered(State, c.CLOCK_NONE, c.CLOCK_RUNNING, c.CLOCK_PAUSED, c.CLOCK_MET,
                   c.CLOCK_MISSED, c.CLOCK_CANCELLED, c.CLOCK_EXEMPT)
EVENT_TYPES = _numbered(EventType, c.EVENT_STARTED, c.EVENT_PAUSED, c.EVENT_RESUMED,
                        c.EVENT_RETARGETED, c.EVENT_REOPENED, c.EVENT_EXTENDED, c.EVENT_CANCELLED,
                        c.EVENT_EXEMPTED, c.EVENT_WARNING, c.EVENT_BREACH,
                        c.EVENT_BREACH_RETRACTED, c.EVENT_ESCALATION, c.EVENT_MET, c.EVENT_MISSED)
DAY_KINDS = _numbered(DayKind, c.DAY_REGULAR, c.DAY_HOLIDAY, c.DAY_WORKDAY, c.DAY_SPECIAL,
                      c.DAY_CLOSURE)
UNITS = _numbered(Unit, c.UNIT_SECONDS, c.UNIT_WORKDAYS, c.UNIT_DAYS)
DUES = _numbered(Due, c.DUE_SAME_TIME, c.DUE_CLOSE, c.DUE_TIME)
PERIODS = _numbered(Period, c.PERIOD_DAY, c.PERIOD_WEEK, c.PERIOD_MONTH, c.PERIOD_QUARTER,
                    c.PERIOD_YEAR)
GOAL_VERDICTS = _numbered(GoalVerdict, c.GOAL_UNDECIDED, c.GOAL_KEPT, c.GOAL_BROKEN)
CHANGES = _numbered(Change, c.MOVE_RETARGETED, c.MOVE_STARTED, c.MOVE_CANCELLED)
MISMATCH_KINDS = _numbered(MismatchKind, c.MISMATCH_ATTRIBUTE, c.MISMATCH_AGREEMENT,
                           c.MISMATCH_CLOCK, c.MISMATCH_EVENT, c.MISMATCH_UNEXPECTED,
                           c.MISMATCH_UPDATE)
FILE_KINDS = _numbered(FileKind, c.FILE_POLICY, c.FILE_INCLUDE, c.FILE_ZONE)
