# SPDX-License-Identifier: MIT
"""Tables of answers: columns of one length under names, for Arrow and for Python."""

from __future__ import annotations

import struct
import sys
from typing import (Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Union,
                    overload)

from .column import Column, Exporter
from .errors import NotFoundError
from .lend import Node
from .loan import Loan

NO_NAME = 0xFF  # the highest byte of NO_INDEX, and of no name's index
_HIGHEST = 3 if sys.byteorder == "little" else 0
_PRESENT = bytes([0x31] * NO_NAME + [0x30])  # that byte to "0", others to "1"


def bits_size(rows: int) -> int:
    """Bytes for a bit of each row; a multiple of 8."""
    return (rows + 63) // 64 * 8


class Names:
    """Names that columns of indexes show, in memory as Arrow wants them."""

    __slots__ = ("names", "node", "_loan")

    def __init__(self, names: Sequence[str], loan: Loan, offset: int) -> None:
        self.names = tuple(names)
        data = [name.encode() for name in names]
        ends = [0]
        for text in data:
            ends.append(ends[-1] + len(text))
        view = loan.view(offset, self.size(names))
        struct.pack_into(f"={len(ends)}i", view, 0, *ends)
        begin = len(ends) * 4
        view[begin:begin + ends[-1]] = b"".join(data)
        address = loan.address + offset
        self.node = Node("u", "", len(names), 0, (None, address, address + begin))

    @staticmethod
    def size(names: Sequence[str]) -> int:
        """How many bytes they take; a multiple of 8."""
        return ((len(names) + 1) * 4 + sum(len(name.encode()) for name in names) + 7) // 8 * 8


class TextColumn(Exporter):
    """A column of names: for Arrow a dictionary (a categorical, an enum), for Python str or None.

    `names` are all that there are, `indexes` the rows' places in them. Immutable; any thread.
    """

    __slots__ = ("_names", "_offset", "_validity", "_missing", "_indexes")

    def __init__(self, loan: Loan, rows: int, names: Names, offset: int, validity: int,
                 missing: Optional[int] = None) -> None:
        """Made by the package: indexes and bits at offsets of a loan. Without a number of missing
        rows these are the ones whose index is NO_INDEX, and the bits are written when Arrow
        asks."""
        self._loan = loan
        self._rows = rows
        self._names = names
        self._offset = offset
        self._validity = validity
        self._missing = missing
        self._indexes: Any = None

    @property
    def names(self) -> Tuple[str, ...]:
        """All names that a row could have."""
        return self._names.names

    @property
    def indexes(self) -> memoryview:
        """Places in `names`, read-only; 0xFFFFFFFF where there is none."""
        view: Any = self._indexes
        if view is None:
            view = self._loan.view(self._offset, self._rows * 4)
            self._indexes = view = view.cast("I").toreadonly()
        shown: memoryview = view
        return shown

    @property
    def missing(self) -> int:
        """How many rows have no name."""
        if self._missing is None:
            self._missing = self._find_missing()
        return self._missing

    def _find_missing(self) -> int:
        highest = self._loan.view(self._offset, self._rows * 4)[_HIGHEST::4].tobytes()
        missing = highest.count(NO_NAME)
        if missing:
            size = (self._rows + 7) // 8
            bits = int(highest.translate(_PRESENT)[::-1], 2).to_bytes(size, "little")
            self._loan.view(self._validity, size)[:] = bits
        return missing

    def _node(self, name: str = "") -> Node:
        address, missing = self._loan.address, self.missing
        validity = address + self._validity if missing else None
        return Node("I", name, self._rows, missing, (validity, address + self._offset),
                    dictionary=self._names.node)

    def _item(self, index: int) -> Optional[str]:
        names = self._names.names
        return names[index] if index < len(names) else None

    @overload
    def __getitem__(self, row: int) -> Optional[str]: ...
    @overload
    def __getitem__(self, row: slice) -> List[Optional[str]]: ...

    def __getitem__(self, row: Union[int, slice]) -> Any:
        found: Any = self.indexes[row]
        if isinstance(row, slice):
            return [self._item(index) for index in found]
        return self._item(found)

    def __iter__(self) -> Iterator[Optional[str]]:
        return map(self._item, self.indexes)

    def to_list(self) -> List[Optional[str]]:
        """All items, as Python has them."""
        return list(self)

    def __repr__(self) -> str:
        shown = ", ".join(map(str, self[:3])) + (", ..." if self._rows > 3 else "")
        return f"<libsla.TextColumn, {self._rows} rows: {shown}>"


AnyColumn = Union[Column[Any], TextColumn]


class Table(Exporter):
    """Columns by name. For pyarrow, polars, DuckDB and pandas it is an Arrow table, without a copy:

        pyarrow.table(table)   polars.DataFrame(table)   pandas.DataFrame.from_arrow(table)
        duckdb.sql("SELECT ... FROM table")

    Immutable; any number of threads may use one.
    """

    __slots__ = ("_columns",)

    def __init__(self, loan: Loan, rows: int, columns: Mapping[str, AnyColumn]) -> None:
        """Made by the package; the columns' memory is kept by the loan."""
        self._loan = loan
        self._rows = rows
        self._columns = dict(columns)

    @property
    def column_names(self) -> Tuple[str, ...]:
        """The names, in order."""
        return tuple(self._columns)

    def __getitem__(self, name: str) -> AnyColumn:
        try:
            return self._columns[name]
        except KeyError:
            raise NotFoundError(f"there is no column {name!r}; there are "
                                + ", ".join(self._columns)) from None

    def to_dict(self) -> Dict[str, List[Any]]:
        """All items, as Python has them, by the columns' names."""
        return {name: column.to_list() for name, column in self._columns.items()}

    def _node(self, name: str = "") -> Node:
        children = tuple(column._node(under) for under, column in self._columns.items())
        return Node("+s", name, self._rows, 0, (None,), children)

    def __repr__(self) -> str:
        return (f"<libsla.{type(self).__name__}, {self._rows} rows: "
                f"{', '.join(self._columns)}>")
