# SPDX-License-Identifier: MIT
"""Places where the C library puts an answer of 8 bytes.

To make one and its address for every call would cost more than most calls. A cell is taken from
`free` by pop(), and put back by append() when it was read: both are one step for Python's threads,
so nobody else writes into it in between. Calls that fail need not put theirs back.
"""

from __future__ import annotations

from ctypes import byref, c_int64
from typing import Any, List


class Cell(c_int64):
    """A number that C can write, and its address."""

    __slots__ = ("address",)
    address: Any

    def __init__(self) -> None:
        c_int64.__init__(self)  # ctypes' metaclass does not bear super()
        self.address = byref(self)


free: List[Cell] = []


def taken() -> Cell:
    """A cell that nobody else has."""
    try:
        return free.pop()
    except IndexError:
        return Cell()
