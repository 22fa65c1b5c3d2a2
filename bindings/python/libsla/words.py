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

    def __new__(cls: Type[Some], word: str, number: int) -> Some:
        made = str.__new__(cls, word)
        made._value_ = word
        made.number = number
        return made

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, spec: str) -> str:
        return format(str(self.value), spec)


def numbered(kind: Type[Some]) -> Dict[int, Some]:
    """The words of an enum by their numbers."""
    return {word.number: word for word in kind}


class Kind(Word):
    """Between whom a promise is."""

    SLA = "sla", c.KIND_SLA
    OLA = "ola", c.KIND_OLA
    UC = "uc", c.KIND_UC


class State(Word):
    """What a clock does."""

    NONE = "none", c.CLOCK_NONE
    RUNNING = "running", c.CLOCK_RUNNING
    PAUSED = "paused", c.CLOCK_PAUSED
    MET = "met", c.CLOCK_MET
    MISSED = "missed", c.CLOCK_MISSED
    CANCELLED = "cancelled", c.CLOCK_CANCELLED
    EXEMPT = "exempt", c.CLOCK_EXEMPT


class EventType(Word):
    """What the engine tells."""

    STARTED = "started", c.EVENT_STARTED
    PAUSED = "paused", c.EVENT_PAUSED
    RESUMED = "resumed", c.EVENT_RESUMED
    RETARGETED = "retargeted", c.EVENT_RETARGETED
    REOPENED = "reopened", c.EVENT_REOPENED
    EXTENDED = "extended", c.EVENT_EXTENDED
    CANCELLED = "cancelled", c.EVENT_CANCELLED
    EXEMPTED = "exempted", c.EVENT_EXEMPTED
    WARNING = "warning", c.EVENT_WARNING
    BREACH = "breach", c.EVENT_BREACH
    BREACH_RETRACTED = "breach_retracted", c.EVENT_BREACH_RETRACTED
    ESCALATION = "escalation", c.EVENT_ESCALATION
    MET = "met", c.EVENT_MET
    MISSED = "missed", c.EVENT_MISSED


class DayKind(Word):
    """Why a date has the hours that it has (C3)."""

    REGULAR = "regular", c.DAY_REGULAR
    HOLIDAY = "holiday", c.DAY_HOLIDAY
    WORKDAY = "workday", c.DAY_WORKDAY
    SPECIAL = "special", c.DAY_SPECIAL
    CLOSURE = "closure", c.DAY_CLOSURE


class Unit(Word):
    """In what a target is given (D1 to D3)."""

    SECONDS = "s", c.UNIT_SECONDS
    WORKDAYS = "wd", c.UNIT_WORKDAYS
    DAYS = "d", c.UNIT_DAYS


class Due(Word):
    """At which time of its day a target in working days is due (D2)."""

    SAME_TIME = "same_time", c.DUE_SAME_TIME
    CLOSE = "close", c.DUE_CLOSE
    TIME = "time", c.DUE_TIME


class Period(Word):
    """How long a goal counts before it begins again."""

    DAY = "day", c.PERIOD_DAY
    WEEK = "week", c.PERIOD_WEEK
    MONTH = "month", c.PERIOD_MONTH
    QUARTER = "quarter", c.PERIOD_QUARTER
    YEAR = "year", c.PERIOD_YEAR


class Verdict(Word):
    """What a count of clocks means for a goal."""

    UNDECIDED = "undecided", c.GOAL_UNDECIDED
    KEPT = "kept", c.GOAL_KEPT
    BROKEN = "broken", c.GOAL_BROKEN


class Change(Word):
    """What a new policy did to a clock (E9)."""

    RETARGETED = "retargeted", c.MOVE_RETARGETED
    STARTED = "started", c.MOVE_STARTED
    CANCELLED = "cancelled", c.MOVE_CANCELLED


class MismatchKind(Word):
    """What was not as a policy's test expected it."""

    ATTRIBUTE = "attribute", c.MISMATCH_ATTRIBUTE
    AGREEMENT = "agreement", c.MISMATCH_AGREEMENT
    CLOCK = "clock", c.MISMATCH_CLOCK
    EVENT = "event", c.MISMATCH_EVENT
    UNEXPECTED = "unexpected", c.MISMATCH_UNEXPECTED
    UPDATE = "update", c.MISMATCH_UPDATE


class FileKind(Word):
    """What a loader is asked for."""

    POLICY = "policy", c.FILE_POLICY
    INCLUDE = "include", c.FILE_INCLUDE
    ZONE = "zone", c.FILE_ZONE


KINDS = numbered(Kind)
STATES = numbered(State)
EVENT_TYPES = numbered(EventType)
DAY_KINDS = numbered(DayKind)
UNITS = numbered(Unit)
DUES = numbered(Due)
PERIODS = numbered(Period)
VERDICTS = numbered(Verdict)
CHANGES = numbered(Change)
MISMATCH_KINDS = numbered(MismatchKind)
FILE_KINDS = numbered(FileKind)
