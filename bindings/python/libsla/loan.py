# SPDX-License-Identifier: MIT
"""Memory of answers: made by the C library, so that others may give it back from anywhere."""

from __future__ import annotations

from ctypes import byref, c_char, c_void_p
from typing import Any, Callable, Optional

from ._native.library import lib
from .errors import check


class Loan:
    """An sla_loan, and one of its users. The memory lives until its last user is gone: this object,
    views of it, and everybody who took it as an Arrow array."""

    __slots__ = ("pointer", "address", "_owned", "_unref", "__weakref__")

    def __init__(self, size: int, behind: Optional[Loan] = None) -> None:
        """New memory, not initialised, at a multiple of 64. `behind` is what must live as long."""
        self._owned: list[int] = []
        pointer, memory = c_void_p(), c_void_p()
        check(lib.loan_new(size, behind and behind.pointer, None, byref(pointer), byref(memory)))
        self.pointer: int = pointer.value or 0
        self.address: int = memory.value or 0
        self._owned.append(self.pointer)
        # Kept here because at the interpreter's end modules are empty.
        self._unref: Callable[[int], Any] = lib.loan_unref

    def view(self, offset: int, size: int) -> memoryview:
        """A part of the memory as bytes; the view is a user of it."""
        memory: Any = (c_char * size).from_address(self.address + offset)
        memory.loan = self  # ctypes does not know whose memory it is
        return memoryview(memory).cast("B")

    def bit(self, offset: int, row: int) -> bool:
        """One of the bits that begin at an offset."""
        return bool(self.view(offset + (row >> 3), 1)[0] >> (row & 7) & 1)

    def more(self) -> int:
        """One more user, which the C library counts down: the address for `private_data`."""
        pointer: int = lib.loan_ref(self.pointer)
        return pointer

    def __del__(self) -> None:
        try:
            pointer = self._owned.pop()
        except (AttributeError, IndexError):
            return
        self._unref(pointer)
