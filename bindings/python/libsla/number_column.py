# SPDX-License-Identifier: MIT
"""Columns of numbers that come out: instants, durations, seconds, statuses."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any, Callable, Dict, NamedTuple, Optional

from ._native import constants as c
from .column import Column, Item
from .lend import Node
from .loan import Loan

_UNITS = {1: "s", 1_000: "ms", 1_000_000: "us", 1_000_000_000: "ns"}
_ORDER = "<" if sys.byteorder == "little" else ">"


class Form(NamedTuple):
    """What the numbers of a column are."""

    arrow: str  # Arrow's name of the type
    numpy: str  # numpy's
    letter: str  # that of the buffer protocol
    width: int
    read: Callable[[int], Any]
    none: Optional[int] = c.TIME_NONE  # what stands where there is nothing


def seconds_form() -> Form:
    """Whole seconds."""
    return Form("l", _ORDER + "i8", "q", 8, int)


def status_form() -> Form:
    """Statuses of rows."""
    return Form("i", _ORDER + "i4", "i", 4, int, None)


def number_form() -> Form:
    """Numbers that may be negative, or not there."""
    return Form("i", _ORDER + "i4", "i", 4, int, c.NO_NUMBER)


def count_form() -> Form:
    """Numbers from 0 on."""
    return Form("I", _ORDER + "u4", "I", 4, int, None)


def instant_form(ticks: int, zone: str, reading: Optional[tzinfo] = None) -> Form:
    """Timestamps of a zone; "" is none: naive, and to be read as UTC. Items of Python are in
    `reading`, or in the zone of that name."""
    unit = _UNITS[ticks]
    place = reading or (_zone(zone) if zone else None)

    def read(value: int) -> datetime:
        seconds, part = divmod(value, ticks)
        at = datetime.fromtimestamp(seconds, place or timezone.utc)
        at = at.replace(microsecond=part * 1_000_000 // ticks) if part else at
        return at if place is not None else at.replace(tzinfo=None)

    return Form(f"ts{unit[0]}:{zone}", f"{_ORDER}M8[{unit}]", "q", 8, read)


def duration_form(ticks: int) -> Form:
    """Lengths of time."""
    unit = _UNITS[ticks]

    def read(value: int) -> timedelta:
        seconds, part = divmod(value, ticks)
        return timedelta(0, seconds, part * 1_000_000 // ticks)

    return Form(f"tD{unit[0]}", f"{_ORDER}m8[{unit}]", "q", 8, read)


def _zone(name: str) -> tzinfo:
    """The zone of a name as Arrow writes it: a key, or an offset such as "+02:00"."""
    from zoneinfo import ZoneInfo

    if name[:1] in "+-" and len(name) >= 5:
        hours, minutes = int(name[1:3]), int(name[-2:])
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if name[0] == "-" else offset)
    return timezone.utc if name.upper() in ("UTC", "Z") else ZoneInfo(name)


class NumberColumn(Column[Item]):
    """A column of numbers. numpy.asarray() takes it without a copy, too; `values` shows the
    numbers."""

    __slots__ = ("_form", "_offset", "_values")

    def __init__(self, loan: Loan, rows: int, form: Form, offset: int,
                 validity: Optional[int] = None, missing: Optional[int] = 0) -> None:
        """Made by the package: numbers at an offset of a loan, and perhaps bits of validity."""
        self._loan = loan
        self._rows = rows
        self._form = form
        self._offset = offset
        self._validity = validity
        self._missing = missing
        self._values: Any = None

    @property
    def values(self) -> memoryview:
        """The numbers, read-only: instants since 1970 (UTC) and durations in ticks of the type.
        Where there is no answer they are the least number."""
        view: Any = self._values
        if view is None:
            view = self._loan.view(self._offset, self._rows * self._form.width)
            self._values = view = view.cast(self._form.letter).toreadonly()
        shown: memoryview = view
        return shown

    @property
    def __array_interface__(self) -> Dict[str, Any]:
        return {"shape": (self._rows,), "typestr": self._form.numpy, "version": 3,
                "data": (self._loan.address + self._offset, True)}

    def _node(self, name: str = "") -> Node:
        return Node(self._form.arrow, name, self._rows, self.missing,
                    (self._bits(), self._loan.address + self._offset))

    def _cells(self) -> memoryview:
        return self.values

    def _item(self, cell: int) -> Any:
        form = self._form
        return None if cell == form.none else form.read(cell)


class Result(NumberColumn[Item]):
    """A column of answers, and why a row has none: `status`."""

    __slots__ = ("_status",)

    def __init__(self, column: NumberColumn[Item], status: NumberColumn[int]) -> None:
        super().__init__(column._loan, column._rows, column._form, column._offset,
                         column._validity, column._missing)
        self._status = status

    @property
    def status(self) -> NumberColumn[int]:
        """Of each row: 0 (SLA_OK), 6 (SLA_MISSING: there is no input), or what an exception of the
        single call would have as its `status`: -3 (SLA_ERROR_RANGE)."""
        return self._status


class WholeResult(Result[int]):
    """Answers in whole seconds. From Python 3.12 on memoryview() takes it, too; not so instants and
    durations, as numpy would then see numbers in them."""

    __slots__ = ()

    def __buffer__(self, flags: int) -> memoryview:
        return self.values


def result(column: NumberColumn[Any], status: NumberColumn[int]) -> Result[Any]:
    """The answers with their statuses."""
    return (WholeResult if column._form.arrow == "l" else Result)(column, status)
