# SPDX-License-Identifier: MIT
"""What every column of answers is: rows for Arrow and for Python itself."""

from __future__ import annotations

from typing import (Any, Generic, Iterator, List, NoReturn, Optional, Sequence, Tuple, TypeVar,
                    Union, overload)

from . import lend
from .lend import Node
from .loan import Loan

Item = TypeVar("Item")
Self = TypeVar("Self", bound="Exporter")


def bits_size(rows: int) -> int:
    """Bytes for a bit of each row; a multiple of 8."""
    return (rows + 63) // 64 * 8


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

    def __copy__(self: Self) -> Self:
        return self  # it cannot change

    def __deepcopy__(self: Self, _memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} objects cannot be pickled: their memory belongs to "
                        "this process. Send lists of Python or a table of pyarrow instead")

    def __del__(self) -> None:
        try:
            lend.sweep()
        except Exception:  # the end of the interpreter
            pass


class Column(Exporter, Generic[Item]):
    """A column of answers. Immutable; any number of threads may use one.

    pyarrow, polars, DuckDB and pandas take it as an Arrow array, without a copy. Indexing and
    iterating give Python's own objects, and None where there is no answer.
    """

    __slots__ = ("_validity", "_missing")
    _validity: Optional[int]  # offset of bits in the loan
    _missing: Optional[int]  # None: not counted yet

    @property
    def type(self) -> str:
        """Arrow's name of the type: "l" (int64), "tsu:Europe/Berlin", "tDs", "u" (text) ..."""
        return self._node().format

    @property
    def missing(self) -> int:
        """How many rows have no answer."""
        if self._missing is None:
            self._missing = self._count_missing()
        return self._missing

    def _count_missing(self) -> int:
        if self._validity is None:
            return 0
        bits = self._loan.view(self._validity, (self._rows + 7) // 8)
        return self._rows - bin(int.from_bytes(bits, "little")).count("1")

    def _bits(self) -> Optional[int]:
        """The address of the bits of validity, or None where nothing is missing."""
        if self._validity is None or not self.missing:
            return None
        return self._loan.address + self._validity

    def _cells(self) -> Sequence[Any]:
        """What _item() makes the rows' items of."""
        raise NotImplementedError

    def _item(self, cell: Any) -> Any:
        raise NotImplementedError

    @overload
    def __getitem__(self, row: int) -> Optional[Item]: ...
    @overload
    def __getitem__(self, row: slice) -> List[Optional[Item]]: ...

    def __getitem__(self, row: Union[int, slice]) -> Any:
        found = self._cells()[row]
        return list(map(self._item, found)) if isinstance(row, slice) else self._item(found)

    def __iter__(self) -> Iterator[Optional[Item]]:
        return map(self._item, self._cells())

    def to_list(self) -> List[Optional[Item]]:
        """All items, as Python has them."""
        return list(self)

    def __repr__(self) -> str:
        shown = ", ".join(map(str, self[:3])) + (", ..." if self._rows > 3 else "")
        gaps = f", {self.missing} missing" if self.missing else ""
        return f"<libsla.{type(self).__name__} {self.type!r}, {self._rows} rows{gaps}: {shown}>"
