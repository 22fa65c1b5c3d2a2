# SPDX-License-Identifier: MIT
"""Columns of answers: for Arrow, for numpy, for memoryview, and for Python itself."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone, tzinfo
from typing import (Any, Callable, Dict, Generic, Iterator, List, NamedTuple, Optional, Tuple,
                    TypeVar, Union, overload)

from . import lend
from ._native import constants as c
from .lend import Node
from .loan import Loan

Item = TypeVar("Item")

_UNITS = {1: "s", 1_000: "ms", 1_000_000: "us", 1_000_000_000: "ns"}
_ORDER = "<" if sys.byteorder == "little" else ">"


class Form(NamedTuple):
    """What the numbers of a column are."""

    arrow: str  # Arrow's name of the type
    numpy: str  # numpy's
    letter: str  # that of the buffer protocol
    width: int
    read: Callable[[int], Any]


def seconds_form() -> Form:
    """Whole seconds."""
    return Form("l", _ORDER + "i8", "q", 8, int)


def status_form() -> Form:
    """Statuses of rows."""
    return Form("i", _ORDER + "i4", "i", 4, int)


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


class Exporter:
    """What has rows and gives them as Arrow does."""

    __slots__ = ("_loan", "_rows", "__weakref__")
    _loan: Loan
    _rows: int

    def _node(self, name: str = "") -> Node:
        raise NotImplementedError

    def __len__(self) -> int:
        return self._rows

    def __arrow_c_schema__(self) -> object:
        return lend.schema_capsule(self._node())

    def __arrow_c_array__(self, requested_schema: Optional[object] = None
                          ) -> Tuple[object, object]:
        """Capsules of type and memory. Another type cannot be asked for: `requested_schema` is
        passed over, as the interface allows."""
        return lend.array_capsules(self._node(), self._loan)

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return lend.stream_capsule(self._node(), self._loan)

    def __del__(self) -> None:
        try:
            lend.sweep()
        except Exception:  # the end of the interpreter
            pass


class Column(Exporter, Generic[Item]):
    """A column of numbers: instants, durations, whole seconds or statuses. Immutable.

    pyarrow, polars, DuckDB and pandas take it as an Arrow array, numpy by numpy.asarray(), all
    without a copy; `values` shows the numbers. Indexing and iterating give Python's own datetimes,
    timedeltas and ints, and None where there is no answer. Any number of threads may use one.
    """

    __slots__ = ("_form", "_offset", "_validity", "_missing", "_values")

    def __init__(self, loan: Loan, rows: int, form: Form, offset: int,
                 validity: Optional[int] = None, missing: int = 0) -> None:
        """Made by the package: numbers at an offset of a loan, and perhaps bits of validity."""
        self._loan = loan
        self._rows = rows
        self._form = form
        self._offset = offset
        self._validity = validity if missing else None
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
    def missing(self) -> int:
        """How many rows have no answer."""
        return self._missing

    @property
    def type(self) -> str:
        """Arrow's name of the type: "l" (int64), "tsu:Europe/Berlin", "tDs" ..."""
        return self._form.arrow

    @property
    def __array_interface__(self) -> Dict[str, Any]:
        return {"shape": (self._rows,), "typestr": self._form.numpy, "version": 3,
                "data": (self._loan.address + self._offset, True)}

    def _node(self, name: str = "") -> Node:
        address = self._loan.address
        validity = None if self._validity is None else address + self._validity
        return Node(self._form.arrow, name, self._rows, self._missing,
                    (validity, address + self._offset))

    def _item(self, value: int) -> Any:
        if value == c.TIME_NONE and self._form.width == 8:
            return None
        return self._form.read(value)

    @overload
    def __getitem__(self, row: int) -> Optional[Item]: ...
    @overload
    def __getitem__(self, row: slice) -> List[Optional[Item]]: ...

    def __getitem__(self, row: Union[int, slice]) -> Any:
        found: Any = self.values[row]
        if isinstance(row, slice):
            return [self._item(value) for value in found]
        return self._item(found)

    def __iter__(self) -> Iterator[Optional[Item]]:
        return map(self._item, self.values)

    def to_list(self) -> List[Optional[Item]]:
        """All items, as Python has them."""
        return list(self)

    def __repr__(self) -> str:
        shown = ", ".join(str(item) for item in self[:3]) + (", ..." if self._rows > 3 else "")
        gaps = f", {self._missing} missing" if self._missing else ""
        return f"<libsla.{type(self).__name__} {self.type!r}, {self._rows} rows{gaps}: {shown}>"


class Result(Column[Item]):
    """A column of answers, and why a row has none: `status`."""

    __slots__ = ("_status",)

    def __init__(self, column: Column[Item], status: Column[int]) -> None:
        super().__init__(column._loan, column._rows, column._form, column._offset,
                         column._validity, column._missing)
        self._status = status

    @property
    def status(self) -> Column[int]:
        """Of each row: 0 (SLA_OK), 6 (SLA_MISSING: there is no input), or what an exception of the
        single call would have as its `status`: -3 (SLA_ERROR_RANGE)."""
        return self._status


class WholeResult(Result[int]):
    """Answers in whole seconds. From Python 3.12 on memoryview() takes it, too; not so instants and
    durations, as numpy would then see numbers in them."""

    __slots__ = ()

    def __buffer__(self, flags: int) -> memoryview:
        return self.values


def result(column: Column[Any], status: Column[int]) -> Result[Any]:
    """The answers with their statuses."""
    return (WholeResult if column.type == "l" else Result)(column, status)
