# SPDX-License-Identifier: MIT
"""Calendars: when time counts, and sums of counted time."""

from __future__ import annotations

from ctypes import byref, c_int64
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn, Optional, overload
from zoneinfo import ZoneInfo

from ._native import texts
from ._native.library import lib
from .errors import ClosedError, check
from .handle import Handle
from .times import (Duration, Instant, duration_of, duration_seconds, instant_of, seconds_of)

if TYPE_CHECKING:
    from .times import Zones


class Calendar:
    """Hours, holidays and a zone. Immutable; any number of threads may use one.

    Instants go in as aware datetimes of any zone, and come out in the calendar's; or as ints,
    seconds since 1970 (UTC), and then ints come out. A datetime without a zone is a NaiveTimeError.
    Instants outside 1970 to 2199, given or computed, are a RangeError.
    """

    __slots__ = ("_pointer", "_keeper", "_zones", "_name", "_key", "__weakref__")

    def __init__(self, pointer: int, keeper: Handle, zones: Zones) -> None:
        """Made by a policy, whose C object `keeper` keeps alive."""
        self._pointer: Optional[int] = pointer
        self._keeper = keeper
        self._zones = zones
        self._name = texts.ask(lib.calendar_name, pointer)
        self._key = texts.ask(lib.calendar_zone, pointer)

    @property
    def name(self) -> str:
        """Its name in the policy."""
        return self._name

    @property
    def zone(self) -> ZoneInfo:
        """Its zone, with the rules that the policy was compiled with."""
        return self._zones[self._key]

    def _live(self) -> int:
        """The address for a call of the C library; it stays good while this object lives."""
        if self._pointer is None:
            raise ClosedError(f"the policy of calendar {self._name} is closed")
        return self._pointer

    @overload
    def add(self, start: datetime, counted: Duration) -> datetime: ...
    @overload
    def add(self, start: int, counted: Duration) -> int: ...

    def add(self, start: Instant, counted: Duration) -> Instant:
        """The instant by which so much time has been counted from `start`: the earliest (C5); for
        a negative time the latest before it by which so much is counted until `start`."""
        out = c_int64()
        check(lib.calendar_add(self._live(), seconds_of(start), duration_seconds(counted),
                               byref(out)))
        return out.value if type(start) is int else instant_of(out.value, self.zone)

    @overload
    def elapsed(self, start: datetime, end: datetime) -> timedelta: ...
    @overload
    def elapsed(self, start: int, end: int) -> int: ...

    def elapsed(self, start: Any, end: Any) -> Any:
        """The time counted from `start` until before `end`; negative when `end` is earlier (C4)."""
        out = c_int64()
        check(lib.calendar_elapsed(self._live(), seconds_of(start), seconds_of(end), byref(out)))
        return out.value if type(start) is int else duration_of(out.value)

    def __repr__(self) -> str:
        return f"<libsla.Calendar {self._name} in {self._key}>"

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("a Calendar cannot be copied or pickled: it belongs to its policy")
