# SPDX-License-Identifier: MIT
"""Calendars: when time counts, and sums of counted time."""

from __future__ import annotations

import datetime as dt
from ctypes import byref, c_int32, c_int64, c_void_p, create_string_buffer
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Optional, Union, overload
from zoneinfo import ZoneInfo

from ._native import cells, texts
from ._native import constants as c
from ._native.cells import Cell
from ._native.library import lib
from .errors import ClosedError, check, error
from .handle import Handle
from .times import (Duration, Instant, date_of_number, duration_of, duration_seconds, instant_of,
                    localized, number_of_date, seconds_of)

if TYPE_CHECKING:
    from .day import Day
    from .number_column import Result
    from .target import Target
    from .times import Zones

_add, _elapsed, _due = (lib.fast("calendar_" + name) for name in ("add", "elapsed", "due"))
_next_open, _next_close = lib.fast("calendar_next_open"), lib.fast("calendar_next_close")
_is_open = lib.calendar_is_open
_take, _put_back = cells.free.pop, cells.free.append
_MAX, _MIN = c.TIME_MAX, -c.TIME_MAX


def _address_of(target: Union[Target, Duration]) -> Any:
    """For the C library. Few programs need targets, so they are imported with the first one."""
    from .target import address_of

    globals()["_address_of"] = address_of
    return address_of(target)


class Calendar:
    """Hours, holidays and a zone. Immutable; any number of threads may use one.

    Instants go in as aware datetimes of any zone, and come out in the calendar's; or as ints,
    seconds since 1970 (UTC), and then ints come out. A datetime without a zone is a NaiveTimeError.
    Instants outside 1970 to 2199, given or computed, are a RangeError.
    """

    __slots__ = ("_pointer", "_address", "_keeper", "_zones", "_zone", "_name", "_key",
                 "__weakref__")

    def __new__(cls, *given: Any) -> Calendar:
        if len(given) != 3:
            raise TypeError('calendars belong to policies: policy.calendar("office")')
        return super().__new__(cls)

    def __init__(self, pointer: int, keeper: Handle, zones: Zones) -> None:
        """Made by a policy, whose C object `keeper` keeps alive."""
        self._pointer: Optional[int] = pointer
        self._address: Optional[c_void_p] = c_void_p(pointer)  # for fast functions
        self._keeper = keeper
        self._zones = zones
        self._zone: Optional[ZoneInfo] = None
        self._name = texts.ask(lib.calendar_name, pointer)
        self._key = texts.ask(lib.calendar_zone, pointer)

    @property
    def name(self) -> str:
        """Its name in the policy."""
        return self._name

    @property
    def zone(self) -> ZoneInfo:
        """Its zone, with the rules that the policy was compiled with."""
        if self._zone is None:
            self._zone = self._zones[self._key]
        return self._zone

    # In what follows numbers within range take a short way to C. ctypes would cut those that are
    # too large, so whatever else is given goes through seconds_of() and duration_seconds().

    @overload
    def add(self, start: datetime, counted: Duration) -> datetime: ...
    @overload
    def add(self, start: int, counted: Duration) -> int: ...

    def add(self, start: Instant, counted: Duration) -> Instant:
        """The instant by which so much time has been counted from `start`: the earliest (C5), so
        that time that ends at closing is due at closing. For a negative time the latest instant
        from which on so much is counted until `start`."""
        if type(counted) is not int or not _MIN <= counted <= _MAX:
            counted = duration_seconds(counted)
        if type(start) is int and 0 <= start <= _MAX:
            return self._ask(_add, start, counted)
        return self._like(start, self._ask(_add, seconds_of(start), counted))

    @overload
    def elapsed(self, start: datetime, end: datetime) -> timedelta: ...
    @overload
    def elapsed(self, start: int, end: int) -> int: ...

    def elapsed(self, start: Any, end: Any) -> Any:
        """The time counted from `start` until before `end`; negative when `end` is earlier (C4).
        A timedelta, or seconds for ints."""
        if type(start) is int and type(end) is int and 0 <= start <= _MAX and 0 <= end <= _MAX:
            return self._ask(_elapsed, start, end)
        counted = self._ask(_elapsed, seconds_of(start), seconds_of(end))
        if isinstance(start, datetime) != isinstance(end, datetime):
            raise TypeError("start and end must be both datetimes or both seconds")
        return duration_of(counted) if isinstance(start, datetime) else counted

    def is_open(self, at: Instant) -> bool:
        """Does time count at this instant (C1)?"""
        if type(at) is not int or not 0 <= at <= _MAX:
            at = seconds_of(at)
        answer: int = _is_open(self._pointer, at)
        if answer < 0:
            self._refuse(answer)
        return answer == 1

    @overload
    def next_open(self, at: datetime) -> datetime: ...
    @overload
    def next_open(self, at: int) -> int: ...

    def next_open(self, at: Instant) -> Instant:
        """The first open instant from `at` on, `at` itself when it is open (C7)."""
        if type(at) is int and 0 <= at <= _MAX:
            return self._find(_next_open, at)
        return self._like(at, self._find(_next_open, seconds_of(at)))

    @overload
    def next_close(self, at: datetime) -> datetime: ...
    @overload
    def next_close(self, at: int) -> int: ...

    def next_close(self, at: Instant) -> Instant:
        """The first closed instant from `at` on, `at` itself when it is closed (C7). RangeError
        where that never comes."""
        if type(at) is int and 0 <= at <= _MAX:
            return self._find(_next_close, at)
        return self._like(at, self._find(_next_close, seconds_of(at)))

    @overload
    def due(self, start: datetime, target: Union[Target, Duration]) -> datetime: ...
    @overload
    def due(self, start: int, target: Union[Target, Duration]) -> int: ...

    def due(self, start: Instant, target: Union[Target, Duration]) -> Instant:
        """The deadline of a target that starts at `start`: of "4h", "3wd", "2d" (D1 to D3), of
        counted time, or of a Target, whose grace moves no deadline. In a policy with
        `roll_deadlines: true` counted time that ends at a closing ends at the next opening (C6).

        ArgumentError for calendar days on a calendar that is not always open.
        """
        seconds = start if type(start) is int and 0 <= start <= _MAX else seconds_of(start)
        address = _address_of(target)
        try:
            cell = _take()
        except IndexError:
            cell = Cell()
        cell.first.value = seconds
        status = _due(self._address, cell.first, address, cell.address)
        if status:
            self._refuse(status, "calendar days (2d) need a calendar that is always open, and "
                         f'{self._name} is not: say working days, "2wd", or hours, "48h"')
        at = cell.out.value
        _put_back(cell)
        return at if type(start) is int else self._like(start, at)

    def add_many(self, start: Any, counted: Any, *,
                 naive: Optional[Literal["utc"]] = None) -> Result[Any]:
        """add() of whole columns: data frames' and databases' (anything with the Arrow PyCapsule
        interface), numpy's, array.array's, or lists; or a single value for all rows, as in
        add_many(opened, "8h"). No copies; other threads run meanwhile.

        The answers have the unit and zone of `start`: timestamps give timestamps, whole seconds
        whole seconds. A row without an answer is a null, and `status` of the result says why.
        Timestamps without a zone are a NaiveTimeError, unless naive="utc" says that they are UTC.
        Other types are a TypeError, columns of different lengths a ValueError.
        """
        from . import columns

        return columns.add_many(self, start, counted, naive)

    def elapsed_many(self, start: Any, end: Any, *,
                     naive: Optional[Literal["utc"]] = None) -> Result[Any]:
        """elapsed() of whole columns, or of a column and a single value, as in add_many(). The
        answers are durations in the unit of `start`; of whole seconds, whole seconds."""
        from . import columns

        return columns.elapsed_many(self, start, end, naive)

    def due_many(self, start: Any, target: Union[str, timedelta, int, Target], *,
                 naive: Optional[Literal["utc"]] = None) -> Result[Any]:
        """due() of a whole column, for one target; as in add_many()."""
        from . import columns

        return columns.due_many(self, start, _address_of(target), naive)

    def is_provisional(self, at: Instant) -> bool:
        """Does the instant lie beyond what the calendar's lists of holidays speak for (C10)?"""
        return bool(lib.calendar_is_provisional(self._live(), seconds_of(at)))

    def is_workday(self, date: dt.date) -> bool:
        """Has the local date any open time (C7)?"""
        return check(lib.calendar_is_workday(self._live(), number_of_date(date))) == 1

    def workdays(self, start: dt.date, end: dt.date) -> int:
        """The number of working days from `start` until before `end`; negative when `end` is
        earlier."""
        out = c_int64()
        check(lib.calendar_workdays(self._live(), number_of_date(start), number_of_date(end),
                                    byref(out)))
        return out.value

    def add_workdays(self, date: dt.date, n: int) -> dt.date:
        """The n-th working day after a date, which is itself never counted; for a negative n
        before it. With n = 0 the date itself, as it is."""
        out = c_int32()
        n = duration_seconds(n, "the number of working days")
        check(lib.calendar_add_workdays(self._live(), number_of_date(date), n, byref(out)),
              f"there are no {abs(n)} working days {'after' if n > 0 else 'before'} {date}")
        return date_of_number(out.value)

    def date(self, at: Instant) -> dt.date:
        """The local date of an instant."""
        out = c_int32()
        check(lib.calendar_date(self._live(), seconds_of(at), byref(out)))
        return date_of_number(out.value)

    def day(self, date: dt.date) -> Day:
        """The hours of a local date, and why it has them (C3)."""
        from .day import described

        return described(self._live(), date, self.zone)

    def parse(self, text: str) -> datetime:
        """Reads RFC 3339. Without an offset it is local time in the calendar's zone: a repeated one
        is its first occurrence, a skipped one is moved forward by the gap; a date alone is its
        midnight (T3). TextError for anything else."""
        out, data = c_int64(), texts.encoded(text, "an instant's text")
        check(lib.calendar_parse_time(self._live(), data, len(data), byref(out)),
              f'"{text}" is no instant: write it like "2026-11-20T18:50:00+08:00"')
        return instant_of(out.value, self.zone)

    def format(self, at: Instant) -> str:
        """RFC 3339 with the offset of the calendar's zone: "2026-11-20T18:50:00+08:00"."""
        buffer = create_string_buffer(c.TIME_CAPACITY)
        check(lib.calendar_format_time(self._live(), seconds_of(at), buffer))
        return buffer.value.decode()

    def localize(self, at: datetime) -> datetime:
        """A datetime without a zone, read on the calendar's wall clock as parse() does; a repeated
        local time with fold=1 is its second occurrence."""
        return localized(at, self.zone)

    def _live(self) -> int:
        """The address for a call of the C library; it stays good while this object lives."""
        if self._pointer is None:
            raise ClosedError(f"the policy of calendar {self._name} is closed")
        return self._pointer

    def _close(self) -> None:
        """Every later call is told that there is no calendar."""
        self._pointer = self._address = None

    def _ask(self, function: Any, first: int, second: int) -> int:
        """What a fast function makes of two numbers in range."""
        try:
            cell = _take()
        except IndexError:
            cell = Cell()
        cell.first.value = first
        cell.second.value = second
        status = function(self._address, cell.first, cell.second, cell.address)
        if status:
            self._refuse(status)
        answer = cell.out.value
        _put_back(cell)
        return answer

    def _find(self, function: Any, at: int) -> int:
        """What a fast function makes of one number in range."""
        try:
            cell = _take()
        except IndexError:
            cell = Cell()
        cell.first.value = at
        status = function(self._address, cell.first, cell.address)
        if status:
            self._refuse(status)
        answer = cell.out.value
        _put_back(cell)
        return answer

    def _like(self, given: Instant, seconds: int) -> Instant:
        """An answer in the form in which the question was put."""
        if isinstance(given, datetime):
            return datetime.fromtimestamp(seconds, self._zone or self.zone)
        return seconds

    def _refuse(self, status: int, what: str = "") -> NoReturn:
        """What was given is in range: it is the answer that is not, or the calendar."""
        self._live()
        if status == c.ERROR_RANGE:
            what = f"the answer lies outside 1970..2199, or never comes on calendar {self._name}"
        raise error(status, what)

    def __repr__(self) -> str:
        return f"<libsla.Calendar {self._name} in {self._key}>"

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("Calendar objects cannot be copied or pickled: they belong to their policy")
