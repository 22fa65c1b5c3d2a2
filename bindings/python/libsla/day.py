# SPDX-License-Identifier: MIT
"""Local dates: which hours one has, and why."""

from __future__ import annotations

from ctypes import byref
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Tuple

from ._native import structs, texts
from ._native.library import lib
from .errors import check
from .times import duration_of, instant_of, number_of_date
from .words import DAY_KINDS, DayKind


@dataclass(frozen=True)
class Stretch:
    """Open time of a date: from `open` until before `close`."""

    open: datetime
    close: datetime


@dataclass(frozen=True)
class Day:
    """What a local date is and why (C3)."""

    date: date
    kind: DayKind
    name: str
    """Of the holiday or special day; may be empty."""
    stretches: Tuple[Stretch, ...]
    """Its open time, cut at its own midnights (C7)."""
    open: timedelta
    """How much that is."""
    start: datetime
    end: datetime
    """The first instant of the date, and the first behind it; the same for a date that the zone
    left out."""
    clock_change: bool
    """Does the zone's offset change during the date?"""


def described(calendar: int, day: date, zone: tzinfo) -> Day:
    """The Day of a date in a calendar of the C library."""
    number, capacity = number_of_date(day), 8
    out = texts.sized(structs.Day)
    while True:
        stretches = (structs.Stretch * capacity)()
        check(lib.calendar_day(calendar, number, byref(out), stretches, capacity))
        if out.stretch_count <= capacity:
            break
        capacity = out.stretch_count
    return Day(
        day, DAY_KINDS[out.kind], texts.read(out.name),
        tuple(Stretch(instant_of(one.open, zone), instant_of(one.close, zone))
              for one in stretches[:out.stretch_count]),
        duration_of(out.open), instant_of(out.start, zone), instant_of(out.end, zone),
        bool(out.clock_change))
