# SPDX-License-Identifier: MIT
"""A log of updates as columns, applied row by row in one call."""

from __future__ import annotations

from contextlib import ExitStack
from ctypes import addressof, c_size_t, sizeof
from typing import Any, Iterable, List, Mapping, Optional

from ._native import constants as c
from ._native.library import lib
from ._native.structs import Column as ColumnStruct
from ._native.structs import Text
from ._native.structs_columns import UpdateColumns
from .attribute_columns import read_attribute, spread
from .columns import check_naive, rows_of, stretches
from .errors import check
from .evaluate import fill_column
from .loan import Loan
from .number_column import NumberColumn, status_form
from .numbers import DURATION, INSTANT, SECONDS, Input, read


class Updates:
    """What is to be applied: columns that were read, and memory for the statuses."""

    def __init__(self, incident: Any, at: Any, event: Any, attributes: Optional[Mapping[str, Any]],
                 removing: Iterable[str], sequence: Any, naive: Optional[str],
                 stack: ExitStack) -> None:
        check_naive(naive)
        self._at = read(at, "at", INSTANT, naive, stack)
        self._texts = [read_attribute("incident", incident, stack)]
        self._sequence = None if sequence is None else _sequence(sequence, stack)
        if event is not None:
            self._texts.append(read_attribute("event", event, stack))
        self._attributes = [read_attribute(name, value, stack)
                            for name, value in (attributes or {}).items()]
        self._removing = {removing} if isinstance(removing, str) else set(removing)
        unknown = self._removing.difference(one.name for one in self._attributes)
        if unknown:
            raise ValueError(f"removing: no column of attributes is called {min(unknown)!r}")
        named = [("at", self._at), *((one.name, one) for one in self._texts),
                 *((f"attribute {one.name}", one) for one in self._attributes)]
        if self._sequence is not None:
            named.append(("sequence", self._sequence))
        self.rows = rows_of(named)
        self._inputs = [one for _, one in named]
        self._loan = Loan(self.rows * 4)

    def apply(self, pointer: int) -> int:
        """Applies all rows. The C library's status, of which errors of rows are none."""
        for row, count, found in stretches(self.rows, self._inputs):
            ask = UpdateColumns(sizeof(UpdateColumns))
            at, found = found[0], found[1:]
            texts = [spread(one, count).texts if isinstance(one, Text) else one
                     for one in found[:len(self._texts)]]
            found = found[len(self._texts):]
            columns = (ColumnStruct * len(self._attributes))()
            kept = [fill_column(column, one, values)
                    for column, one, values in zip(columns, self._attributes, found)]
            for column, one in zip(columns, self._attributes):
                column.flags = c.ATTRIBUTE_REMOVE if one.name in self._removing else 0
            ask.rows, ask.at, ask.incidents = count, addressof(at), addressof(texts[0])
            if len(texts) > 1:
                ask.events = addressof(texts[1])
            if self._sequence is not None:
                ask.sequences = found[-1].values
            ask.columns, ask.column_count = addressof(columns), len(columns)
            ask.statuses = self._loan.address + row * 4
            done = c_size_t()
            status: int = lib.engine_update_columns(pointer, addressof(ask), addressof(done))
            del kept
            check(status, f"row {row + done.value}")
        return c.OK

    def statuses(self) -> NumberColumn[int]:
        """What became of each row."""
        return NumberColumn(self._loan, self.rows, status_form(), 0)


def _sequence(value: Any, stack: ExitStack) -> Input:
    found = read(value, "sequence", DURATION, None, stack)
    pieces: List[Any] = [piece.numbers for piece in found.pieces]
    if found.kind != SECONDS or found.rows is None or any(
            piece.width != 8 or piece.stride != 8 or piece.validity for piece in pieces):
        raise TypeError("sequence: a column of int64 without gaps is asked for")
    return found
