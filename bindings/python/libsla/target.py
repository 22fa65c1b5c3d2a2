# SPDX-License-Identifier: MIT
"""Targets: how long is allowed."""

from __future__ import annotations

from ctypes import byref, sizeof
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cached_property, lru_cache
from typing import Any, Optional, Union

from ._native import constants as c
from ._native import texts
from ._native.library import lib
from ._native import structs
from .errors import ArgumentError, TextError, check
from .times import Duration, duration_seconds
from .words import UNITS, Due, Unit

_ZERO = timedelta(0)


@dataclass(frozen=True)
class Target:
    """So many seconds of counted time (D1), working days (D2) or calendar days (D3)."""

    amount: int
    """Seconds or days, at least 0."""
    unit: Unit = Unit.SECONDS
    due: Due = Due.SAME_TIME
    """At which time of its day it is due; for working days."""
    due_time: Optional[time] = None
    """The local time of that, with Due.TIME."""
    cutoff: Optional[time] = None
    """From this local time on a day counts as the next; for working days."""
    grace: timedelta = _ZERO
    """Counted time between the deadline and the breach; it moves no deadline (D5)."""

    @classmethod
    def parse(cls, text: str, *, due: Union[Due, str, time, None] = None,
              cutoff: Union[str, time, None] = None, grace: Duration = 0) -> Target:
        """Reads "90s", "1h30m", "3wd" or "2d". `due` is "same_time", "close", or a local time
        such as "12:00"; `cutoff` is a local time. Both belong to working days.

        TextError for what cannot be read, ArgumentError for what does not fit together.
        """
        read = texts.sized(structs.Target)
        data = texts.encoded(text, "a target's text")
        check(lib.target_parse(data, len(data), byref(read)),
              f'"{text}" is no target: write it like "90s", "1h30m", "3wd" or "2d"')
        word, due_time = _due(due)
        return cls(read.amount, UNITS[read.unit], word, due_time,
                   None if cutoff is None else _local_time(cutoff),
                   timedelta(seconds=duration_seconds(grace, "grace")))

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError(f"amount must be an int, not {type(self.amount).__name__}")
        if not 0 <= self.amount <= c.TIME_MAX:
            raise ArgumentError(f"the amount of a target is not {self.amount}")
        # Words may be given as texts: Target(3, "wd", "close").
        if type(self.unit) is not Unit:
            object.__setattr__(self, "unit", Unit(self.unit))
        if type(self.due) is not Due:
            object.__setattr__(self, "due", Due(self.due))
        for name, local in (("due_time", self.due_time), ("cutoff", self.cutoff)):
            if local is not None:
                object.__setattr__(self, name, _local_time(local))
        if not isinstance(self.grace, timedelta):
            raise TypeError(f"grace must be a timedelta, not {type(self.grace).__name__}")
        if self.grace < _ZERO:
            raise ArgumentError("grace is never negative")
        if (self.due is Due.TIME) != (self.due_time is not None):
            raise ArgumentError("due_time belongs to Due.TIME, and Due.TIME needs it")
        if self.unit is not Unit.WORKDAYS and (self.due is not Due.SAME_TIME or self.cutoff):
            raise ArgumentError("due and cutoff belong to working days")

    @cached_property
    def _address(self) -> Any:
        """The same for the C library."""
        return byref(structs.Target(
            sizeof(structs.Target), 0, self.unit.number, self.due.number,
            _second(self.due_time) if self.due_time else 0,
            c.NO_CUTOFF if self.cutoff is None else _second(self.cutoff), self.amount,
            self.grace.days * 86400 + self.grace.seconds))

    def __reduce__(self) -> Any:  # without _address, which is of this process
        return type(self), (self.amount, self.unit, self.due, self.due_time, self.cutoff,
                            self.grace)

    def __str__(self) -> str:
        if self.unit is not Unit.SECONDS:
            return f"{self.amount}{self.unit}"
        hours, rest = divmod(self.amount, 3600)
        parts = ((hours, "h"), (rest // 60, "m"), (rest % 60, "s"))
        return "".join(f"{number}{unit}" for number, unit in parts if number) or "0s"


def address_of(target: Union[Target, Duration]) -> Any:
    """For the C library: a target as callers may give it, a text, a Target, or counted time."""
    if isinstance(target, Target):
        return target._address
    if isinstance(target, str):
        return _text_address(target)
    if type(target) is int:  # true counts as 1 in a cache, too
        return _seconds_address(target)
    try:
        return _seconds_address(duration_seconds(target, "the target"))
    except TypeError:
        raise TypeError('a target is a Target, a text such as "3wd" or "4h", a timedelta or whole '
                        f"seconds, not {type(target).__name__}") from None


@lru_cache(maxsize=512)
def _text_address(text: str) -> Any:
    return Target.parse(text)._address


@lru_cache(maxsize=512)
def _seconds_address(seconds: int) -> Any:
    return Target(duration_seconds(seconds, "the target"))._address


def _due(due: Union[Due, str, time, None]) -> tuple[Due, Optional[time]]:
    if due is None:
        return Due.SAME_TIME, None
    if isinstance(due, str) and due in (Due.SAME_TIME, Due.CLOSE):
        return Due(due), None
    return Due.TIME, _local_time(due)


def _local_time(value: Union[str, time]) -> time:
    if isinstance(value, str):
        try:
            value = time.fromisoformat(value)
        except ValueError:
            raise TextError(f'"{value}" is no local time: write it like "15:00"') from None
    if not isinstance(value, time):
        raise TypeError(f"a local time is a datetime.time or a text such as \"15:00\", not "
                        f"{type(value).__name__}")
    if value.tzinfo is not None:
        raise ArgumentError(f"{value} has a zone: local times are the calendar's own")
    return value


def _second(value: time) -> int:
    return value.hour * 3600 + value.minute * 60 + value.second
