# SPDX-License-Identifier: MIT
"""Tables of answers: columns of one length under names, for Arrow and for Python."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Tuple

from .column import Column, Exporter
from .errors import NotFoundError
from .lend import Node
from .loan import Loan


class Table(Exporter):
    """Columns by name. For pyarrow, polars, DuckDB and pandas it is an Arrow table, without a copy:

        pyarrow.table(table)   polars.DataFrame(table)   pandas.DataFrame.from_arrow(table)
        duckdb.sql("SELECT ... FROM table")

    Immutable; any number of threads may use one.
    """

    __slots__ = ("_columns",)

    def __init__(self, loan: Loan, rows: int, columns: Mapping[str, Column[Any]]) -> None:
        """Made by the package; the columns' memory is kept by the loan."""
        self._loan = loan
        self._rows = rows
        self._columns = dict(columns)

    @property
    def column_names(self) -> Tuple[str, ...]:
        """The names, in order."""
        return tuple(self._columns)

    __iter__ = None  # rows or columns? Python would try the column 0

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __getitem__(self, name: str) -> Column[Any]:
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
