# SPDX-License-Identifier: MIT
"""Instants, durations and zones: Python's kinds and the C library's seconds.

An instant is an aware datetime, in any zone, or an int: seconds since 1970-01-01T00:00:00Z (T1).
A duration is a timedelta, an int of seconds, or a text such as "1h30m". What is finer than a second
is floored (T2).
"""

from __future__ import annotations

import os
import zoneinfo
from ctypes import byref
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from io import BytesIO
from math import floor
from operator import index
from typing import Any, Dict, NoReturn, Optional, Tuple, Union
from zoneinfo import ZoneInfo

from ._native import constants as c
from ._native import places, texts
from ._native.library import lib
from ._native.structs import Target
from .errors import NaiveTimeError, RangeError, TextError, check

Instant = Union[datetime, int]
Duration = Union[timedelta, int, str]

# A zone file that every folder of zones has.
_PROBE = os.path.join("Europe", "Berlin")
_EPOCH = date(1970, 1, 1).toordinal()
# Dates that some place has at an instant of 1970 to 2199.
_FIRST_DATE, _LAST_DATE = date(1969, 12, 31), date(2200, 1, 1)
# The smallest TZif file that says UTC (RFC 9636), for machines without any zones.
_UTC_FILE = (b"TZif" + bytes(16) + bytes(12) + bytes(4) + b"\0\0\0\1\0\0\0\4"
             + bytes(6) + b"UTC\0")


def seconds_of(at: Instant, what: str = "the instant") -> int:
    """The seconds of an instant, floored (T2). Repeated local times are told apart by `fold`.

    NaiveTimeError for a datetime without a zone; TypeError for anything but datetimes and ints;
    RangeError outside 1970 to 2199 (T1).
    """
    if isinstance(at, datetime):
        if at.tzinfo is None:
            _refuse_naive(at, what)
        try:
            stamp = at.timestamp()
            seconds = floor(stamp)
            if seconds == stamp and at.microsecond:  # pandas rounded nanoseconds up
                seconds -= 1
        except TypeError:  # a tzinfo that knows no offset
            _refuse_naive(at, what)
    elif type(at) is int:
        seconds = at
    else:
        seconds = _whole(at, what, "an aware datetime or whole seconds since 1970")
    # ctypes would cut an int that is too large for C.
    if 0 <= seconds <= c.TIME_MAX:
        return seconds
    raise RangeError(f"{what} is outside 1970..2199: {at}")


def instant_of(seconds: int, zone: tzinfo) -> datetime:
    """The aware datetime of so many seconds, in a zone."""
    return datetime.fromtimestamp(seconds, zone)


def localized(at: datetime, zone: tzinfo) -> datetime:
    """A datetime without a zone, read on a zone's wall clock (T3)."""
    if not isinstance(at, datetime):
        raise TypeError(f"only a datetime can be localized, not a {type(at).__name__}")
    if at.tzinfo is not None:
        raise ValueError(f"{at} has a zone already; at.astimezone(calendar.zone) is the same "
                         "instant in the calendar's")
    first, second = (at.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if at.fold and first.timestamp() < second.timestamp():  # else not repeated, but skipped
        first = second
    return instant_of(seconds_of(first), zone)


def optional_instant(seconds: int, zone: tzinfo) -> Optional[datetime]:
    """The same; None for "no instant" and "never"."""
    if seconds in (c.TIME_NONE, c.TIME_NEVER):
        return None
    return datetime.fromtimestamp(seconds, zone)


def duration_seconds(duration: Duration, what: str = "the duration") -> int:
    """The seconds of a duration, floored. TextError for a text that is no counted time, RangeError
    for one that no two instants are apart."""
    if isinstance(duration, str):
        return _text_seconds(duration)
    if isinstance(duration, timedelta):
        seconds = duration.days * 86400 + duration.seconds
    elif type(duration) is int:
        seconds = duration
    else:
        seconds = _whole(duration, what, 'a timedelta, whole seconds, or a text such as "1h30m"')
    if -c.TIME_MAX <= seconds <= c.TIME_MAX:
        return seconds
    raise RangeError(f"{what} is longer than 1970..2199: {duration}")


def duration_of(seconds: int) -> timedelta:
    """The timedelta of so many seconds."""
    return timedelta(0, seconds)


def number_of_date(day: date) -> int:
    """A date for the C library: days since 1970-01-01."""
    if not isinstance(day, date) or isinstance(day, datetime):
        hint = "; calendar.date(at) is the local date of an instant" if (
            isinstance(day, datetime)) else ""
        raise TypeError(f"a date is a datetime.date, not a {type(day).__name__}{hint}")
    if not _FIRST_DATE <= day <= _LAST_DATE:
        raise RangeError(f"{day} is outside 1970..2199")
    return day.toordinal() - _EPOCH


def date_of_number(number: int) -> date:
    """The date of the C library's number."""
    return date.fromordinal(number + _EPOCH)


def optional_duration(seconds: int) -> Optional[timedelta]:
    """The same; None for "no duration"."""
    return None if seconds == c.DURATION_NONE else timedelta(0, seconds)


@lru_cache(maxsize=512)
def _text_seconds(text: str) -> int:
    target = texts.sized(Target)
    data = texts.encoded(text, "a duration")
    check(lib.target_parse(data, len(data), byref(target)),
          f'"{text}" is no duration: write it like "90s", "30m", "1h30m"')
    if target.unit != c.UNIT_SECONDS:
        raise TextError(f'"{text}" is a number of days, not counted time: ask due() of a calendar')
    return int(target.amount)


def _refuse_naive(at: datetime, what: str) -> NoReturn:
    if at != at:
        raise TypeError(f"{what} is {at}: there is no such instant")
    raise NaiveTimeError(
        f"{what} has no zone: {at}. Give it one, tzinfo=ZoneInfo(\"Europe/Berlin\"), or let the "
        "calendar read it as its local time: calendar.localize(at)")


def _whole(value: object, what: str, wanted: str) -> int:
    """Whole numbers of other libraries are as good as ints; bool and float are not."""
    if not isinstance(value, (bool, str)):
        try:
            return index(value)  # type: ignore[arg-type]
        except TypeError:
            pass
    hint = ""
    if isinstance(value, str):
        hint = "; calendar.parse() reads texts"
    elif isinstance(value, float):
        hint = "; round it down with math.floor()"
    elif isinstance(value, date) and value == value:  # NaT is said to be a date
        hint = "; a date has no time of day"
    elif type(value).__name__ in ("datetime64", "timedelta64"):
        hint = f'; .astype("{type(value).__name__}[s]").item() is what Python has'
    raise TypeError(f"{what} must be {wanted}, not {type(value).__name__}{hint}")


def default_zoneinfo() -> str:
    """The folder of zone files: the first of zoneinfo.TZPATH that has any, else the package's own,
    else "": what the C library was built with."""
    for folder in zoneinfo.TZPATH:
        if os.path.isfile(os.path.join(folder, _PROBE)):
            return folder
    return places.zoneinfo() or ""


class FileZone(ZoneInfo):
    """A zone of a file that is not Python's own. Such a ZoneInfo cannot be pickled; this one goes
    with its file."""

    _data: bytes

    def __reduce__(self) -> Tuple[Any, ...]:
        return file_zone, (self._data, self.key)


@lru_cache(maxsize=256)
def file_zone(data: bytes, key: str) -> FileZone:
    """The zone of a file: the same for the same file, as repeated local times of different zones
    are never equal."""
    zone = FileZone.from_file(BytesIO(data), key)
    zone._data = data
    return zone


class Zones:
    """The zones of one policy, by name: those of the very files that the C library read."""

    def __init__(self, folder: str, loaded: Dict[str, bytes]) -> None:
        self._folder = folder
        self._loaded = loaded  # what a loader of the host's gave
        self._zones: Dict[str, ZoneInfo] = {}

    def __getitem__(self, key: str) -> ZoneInfo:
        zone = self._zones.get(key)
        if zone is None:
            zone = self._zones[key] = self._find(key)
        return zone

    def _find(self, key: str) -> ZoneInfo:
        data = self._loaded.get(key)
        if data is None and self._folder:
            data = _read(os.path.join(self._folder, *key.split("/")))
        if data is None and key == "UTC":
            data = _UTC_FILE
        if data is None or data == _python_file(key):
            return ZoneInfo(key)  # Python's own can be pickled, and is shared
        return file_zone(data, key)


def _read(path: str) -> Optional[bytes]:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def _python_file(key: str) -> Optional[bytes]:
    """The file that ZoneInfo(key) reads."""
    for folder in zoneinfo.TZPATH:
        data = _read(os.path.join(folder, *key.split("/")))
        if data is not None:
            return data
    try:
        import tzdata  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        return None
    return _read(os.path.join(os.path.dirname(tzdata.__file__), "zoneinfo", *key.split("/")))
