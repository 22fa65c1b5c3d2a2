# SPDX-License-Identifier: MIT
"""Numbers on their way to the C library and back, for the calls that must be fastest.

To make a C number for every argument would cost more than most calls. A cell has three, and the
address of the last: it is taken from `free` by pop(), and put back by append() when it was read.
Both are one step for Python's threads, so nobody else writes into it in between. A call that fails
need not put its cell back.
"""

from __future__ import annotations

from ctypes import byref, c_int64
from typing import Any, List


class Cell:
    """Two numbers for the C library, and one from it."""

    __slots__ = ("first", "second", "out", "address")

    def __init__(self) -> None:
        self.first, self.second, self.out = c_int64(), c_int64(), c_int64()
        self.address: Any = byref(self.out)


free: List[Cell] = []
