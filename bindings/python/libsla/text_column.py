# SPDX-License-Identifier: MIT
"""Columns of texts that come out: names from a list, texts side by side, lists of texts, flags."""

from __future__ import annotations

import struct
import sys
from typing import Any, List, Optional, Sequence, Tuple

from .column import Column
from .lend import Node
from .loan import Loan

NO_NAME = 0xFF  # the highest byte of NO_INDEX, and of no name's index
_HIGHEST = 3 if sys.byteorder == "little" else 0
_LETTERS, _ARROW = {1: "B", 4: "I"}, {1: "C", 4: "I"}
_PRESENT = bytes([0x31] * NO_NAME + [0x30])  # that byte to "0", others to "1"


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


class NameColumn(Column[str]):
    """A column of names: for Arrow a dictionary (a categorical, an enum), for Python str or None.

    `names` are all that there are, `indexes` the rows' places in them.
    """

    __slots__ = ("_names", "_offset", "_width", "_indexes")

    def __init__(self, loan: Loan, rows: int, names: Names, offset: int,
                 validity: Optional[int] = None, is_written: bool = True, width: int = 4) -> None:
        """Made by the package: indexes of 1 or 4 bytes, and bits, at offsets of a loan. Where these
        are not written, the rows whose index is NO_INDEX are missing, and the bits are written when
        somebody asks."""
        self._loan = loan
        self._rows = rows
        self._names = names
        self._offset = offset
        self._validity = validity
        self._missing: Optional[int] = None if is_written else -1
        self._width = width
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
            view = self._loan.view(self._offset, self._rows * self._width)
            self._indexes = view = view.cast(_LETTERS[self._width]).toreadonly()
        shown: memoryview = view
        return shown

    @property
    def missing(self) -> int:
        """How many rows have no name."""
        if self._missing == -1:
            self._missing = self._write_bits()
        return super().missing

    def _write_bits(self) -> int:
        highest = self._loan.view(self._offset, self._rows * 4)[_HIGHEST::4].tobytes()
        missing = highest.count(NO_NAME)
        if missing and self._validity is not None:
            size = (self._rows + 7) // 8
            bits = int(highest.translate(_PRESENT)[::-1], 2).to_bytes(size, "little")
            self._loan.view(self._validity, size)[:] = bits
        return missing

    def _node(self, name: str = "") -> Node:
        return Node(_ARROW[self._width], name, self._rows, self.missing,
                    (self._bits(), self._loan.address + self._offset), dictionary=self._names.node)

    def _cells(self) -> memoryview:
        return self.indexes

    def _item(self, cell: int) -> Optional[str]:
        names = self._names.names
        return names[cell] if cell < len(names) else None


class TextColumn(Column[str]):
    """A column of texts, which lie side by side."""

    __slots__ = ("_ends", "_bytes", "_wide")

    def __init__(self, loan: Loan, rows: int, ends: int, data: int, wide: bool,
                 validity: Optional[int] = None, missing: Optional[int] = 0) -> None:
        """Made by the package: offsets of 4 bytes, or with `wide` of 8, bytes, and bits, at offsets
        of a loan."""
        self._loan = loan
        self._rows = rows
        self._ends = ends
        self._bytes = data
        self._wide = wide
        self._validity = validity
        self._missing = missing

    def _node(self, name: str = "") -> Node:
        address = self._loan.address
        return Node("U" if self._wide else "u", name, self._rows, self.missing,
                    (self._bits(), address + self._ends, address + self._bytes))

    def _cells(self) -> Sequence[int]:
        return range(self._rows)

    def _item(self, cell: int) -> Optional[str]:
        if self._validity is not None and self.missing:
            if not self._loan.bit(self._validity, cell):
                return None
        begin, end = ends_of(self._loan, self._ends, cell, self._wide)
        return str(self._loan.view(self._bytes + begin, end - begin), "utf-8")


def ends_of(loan: Loan, offset: int, row: int, wide: bool) -> Tuple[int, int]:
    """Where an element begins and ends."""
    width = 8 if wide else 4
    begin, end = struct.unpack("=2q" if wide else "=2i",
                               loan.view(offset + row * width, 2 * width))
    return begin, end


class ListColumn(Column[Tuple[str, ...]]):
    """A column of lists of texts."""

    __slots__ = ("_ends", "_texts", "_wide")

    def __init__(self, loan: Loan, rows: int, ends: int, texts: TextColumn, wide: bool) -> None:
        """Made by the package: offsets into the texts of all lists."""
        self._loan = loan
        self._rows = rows
        self._ends = ends
        self._texts = texts
        self._wide = wide
        self._validity = None
        self._missing = 0

    def _node(self, name: str = "") -> Node:
        return Node("+L" if self._wide else "+l", name, self._rows, 0,
                    (None, self._loan.address + self._ends), (self._texts._node("item"),))

    def _cells(self) -> Sequence[int]:
        return range(self._rows)

    def _item(self, cell: int) -> Tuple[Optional[str], ...]:
        begin, end = ends_of(self._loan, self._ends, cell, self._wide)
        return tuple(self._texts[begin:end])


class FlagColumn(Column[bool]):
    """A column of yes and no."""

    __slots__ = ("_offset",)

    def __init__(self, loan: Loan, rows: int, offset: int) -> None:
        """Made by the package: bits at an offset of a loan."""
        self._loan = loan
        self._rows = rows
        self._offset = offset
        self._validity = None
        self._missing = 0

    def _node(self, name: str = "") -> Node:
        return Node("b", name, self._rows, 0, (None, self._loan.address + self._offset))

    def _cells(self) -> Sequence[int]:
        return range(self._rows)

    def _item(self, cell: int) -> bool:
        return self._loan.bit(self._offset, cell)
