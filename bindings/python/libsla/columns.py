# SPDX-License-Identifier: MIT
"""Whole columns at once: add, elapsed and due of a calendar for millions of rows.

What goes in is said in numbers.py. Nothing is copied on the way, and while the C library works
other threads of Python run. What comes out is a Result, in the form of what went in: timestamps of
the same unit and zone for timestamps, whole seconds for whole seconds.
"""

from __future__ import annotations

from contextlib import ExitStack
from ctypes import byref, sizeof
from typing import TYPE_CHECKING, Any, Callable, Iterator, List, Optional, Sequence, Tuple

from ._native.library import lib
from ._native.structs_columns import Answers, Numbers
from .column import bits_size
from .errors import check
from .loan import Loan
from .number_column import (Form, NumberColumn, Result, duration_form, instant_form, result,
                            seconds_form, status_form)
from .numbers import DURATION, INSTANT, SECONDS, Input, read

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from .calendar import Calendar

Call = Callable[[int, Sequence[Numbers], Answers], int]


def rows_of(inputs: Sequence[Tuple[str, Any]]) -> int:
    """How many rows they have together. ValueError if they differ, TypeError if none is a
    column."""
    first: Optional[Tuple[str, int]] = None
    for name, one in inputs:
        if one.rows is None:
            continue
        if first is None:
            first = name, one.rows
        elif one.rows != first[1]:
            raise ValueError(f"{name} has {one.rows} rows, {first[0]} has {first[1]}")
    if first is None:
        names = " and ".join(name for name, _ in inputs)
        raise TypeError(f"no column in {names}: for one value there is the call without _many")
    return first[1]


def stretches(rows: int, inputs: Sequence[Any]) -> Iterator[Tuple[int, int, List[Any]]]:
    """Rows whose inputs lie together in every column: (first row, how many, and of each
    input what its piece has from there on)."""
    if all(len(one.pieces) <= 1 for one in inputs):
        if rows:
            yield 0, rows, [one.pieces[0].at(0) for one in inputs]
        return
    at = [(0, 0)] * len(inputs)  # of each input: which piece, and which row of it
    row = 0
    while row < rows:
        count = rows - row
        for one, (piece, inner) in zip(inputs, at):
            if one.rows is not None:
                count = min(count, one.pieces[piece].rows - inner)
        yield row, count, [one.pieces[piece].at(inner)
                           for one, (piece, inner) in zip(inputs, at)]
        for place, one in enumerate(inputs):
            piece, inner = at[place]
            if one.rows is not None:
                inner += count
                at[place] = (piece + 1, 0) if inner == one.pieces[piece].rows else (piece, inner)
        row += count


class Room:
    """Where a column of answers lies in a loan: numbers, bits of validity, statuses."""

    __slots__ = ("loan", "rows", "ticks", "missing", "_values", "_validity", "_statuses")

    def __init__(self, loan: Loan, offset: int, rows: int, ticks: int) -> None:
        self.loan = loan
        self.rows = rows
        self.ticks = ticks
        self.missing = 0
        self._values = offset
        self._validity = offset + rows * 8
        self._statuses = self._validity + bits_size(rows)

    @staticmethod
    def size(rows: int) -> int:
        """How many bytes it takes; a multiple of 8."""
        return rows * 8 + bits_size(rows) + (rows + 1) // 2 * 8

    def answers(self, row: int, count: int) -> Answers:
        """For so many rows from that one on. After the call, done() has to be called with it."""
        base = self.loan.address
        validity = base + self._validity + row // 8
        out = Answers(sizeof(Answers), 0, 8, self.ticks, 0, base + self._values + row * 8,
                      validity, base + self._statuses + row * 4, None)
        if row % 8:  # bits that begin inside a byte: at first they go elsewhere
            out.bits = bits = Loan((count + 7) // 8)
            out.validity = bits.address
        return out

    def done(self, row: int, count: int, out: Answers) -> None:
        """Counts what is missing, and puts bits where they belong."""
        self.missing += out.missing
        if row % 8:
            bits = out.bits.view(0, (count + 7) // 8)
            shifted = int.from_bytes(bits, "little") << row % 8
            data = bytearray(shifted.to_bytes(len(bits) + 1, "little"))
            there = self.loan.view(self._validity, (self.rows + 7) // 8)
            first = row // 8
            data[0] |= there[first]
            there[first:first + len(data)] = data[:len(there) - first]

    def column(self, form: Form) -> NumberColumn[Any]:
        """The numbers."""
        return NumberColumn(self.loan, self.rows, form, self._values, self._validity, self.missing)

    def status(self) -> NumberColumn[int]:
        """Why rows have none."""
        return NumberColumn(self.loan, self.rows, status_form(), self._statuses)


def _asked(inputs: Sequence[Tuple[str, Input]], ticks: int, call: Call) -> Room:
    """The answers of all rows, stretch by stretch."""
    rows = rows_of(inputs)
    room = Room(Loan(Room.size(rows)), 0, rows, ticks)
    for row, count, numbers in stretches(rows, [one for _, one in inputs]):
        out = room.answers(row, count)
        check(call(count, numbers, out))
        room.done(row, count, out)
    return room


def instants_form(like: Input, zone: ZoneInfo) -> Form:
    """That of instants that are answers: as those that were given; `zone` where these have none
    to show."""
    if like.kind == SECONDS:
        return seconds_form()
    if like.zone is None:
        return instant_form(like.ticks, zone.key, zone)
    return instant_form(like.ticks, like.zone)


def counted_form(like: Input) -> Form:
    """That of counted time in the ticks of instants that were given."""
    return seconds_form() if like.kind == SECONDS else duration_form(like.ticks)


def add_many(calendar: Calendar, start: Any, counted: Any, naive: Optional[str]) -> Result[Any]:
    """calendar.add() of each row."""
    check_naive(naive)
    with ExitStack() as stack:
        first = read(start, "start", INSTANT, naive, stack)
        second = read(counted, "counted", DURATION, naive, stack)
        pointer, add = calendar._live(), lib.calendar_add_columns
        room = _asked([("start", first), ("counted", second)], first.ticks,
                      lambda rows, numbers, out: add(pointer, rows, byref(numbers[0]),
                                                     byref(numbers[1]), byref(out)))
    return result(room.column(instants_form(first, calendar.zone)), room.status())


def elapsed_many(calendar: Calendar, start: Any, end: Any, naive: Optional[str]) -> Result[Any]:
    """calendar.elapsed() of each row."""
    check_naive(naive)
    with ExitStack() as stack:
        first = read(start, "start", INSTANT, naive, stack)
        second = read(end, "end", INSTANT, naive, stack)
        like = first if first.rows is not None else second
        pointer, elapsed = calendar._live(), lib.calendar_elapsed_columns
        room = _asked([("start", first), ("end", second)], like.ticks,
                      lambda rows, numbers, out: elapsed(pointer, rows, byref(numbers[0]),
                                                         byref(numbers[1]), byref(out)))
    return result(room.column(counted_form(like)), room.status())


def due_many(calendar: Calendar, start: Any, target: Any, naive: Optional[str]) -> Result[Any]:
    """calendar.due() of each row, for one target, which is given by its address."""
    check_naive(naive)
    with ExitStack() as stack:
        first = read(start, "start", INSTANT, naive, stack)
        pointer, due = calendar._live(), lib.calendar_due_columns
        room = _asked([("start", first)], first.ticks, lambda rows, numbers, out: due(
            pointer, rows, byref(numbers[0]), target, byref(out)))
    return result(room.column(instants_form(first, calendar.zone)), room.status())


def check_naive(naive: Optional[str]) -> None:
    """ValueError for a wish that is not known."""
    if naive not in (None, "utc"):
        raise ValueError(f'naive is {naive!r}: None refuses timestamps without a zone, "utc" '
                         "reads them as UTC")
