# SPDX-License-Identifier: MIT
"""What owns an object of the C library."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Callable, List, NoReturn, Optional, Type, TypeVar

from .errors import ClosedError

Self = TypeVar("Self", bound="Handle")


class Handle:
    """An object of the C library, freed by close(), by the end of a `with` block, or when nobody
    uses it any more; at the interpreter's end too, silently.
    """

    # The address is owned as the only item of a list: pop() gives it to one thread only, so it is
    # freed once. The function that frees it is kept here because at the interpreter's end modules
    # are empty.
    __slots__ = ("_pointer", "_owned", "_free", "__weakref__")

    def __init__(self, pointer: int, free: Callable[[int], object]) -> None:
        self._free = free
        self._owned: List[int] = [pointer]
        self._pointer: Optional[int] = pointer

    @property
    def closed(self) -> bool:
        """Was it closed?"""
        return self._pointer is None

    def close(self) -> None:
        """Frees it. Any later use is a ClosedError; closing again does nothing."""
        self._pointer = None
        try:
            pointer = self._owned.pop()
        except IndexError:
            return
        self._free(pointer)

    def _live(self) -> int:
        """The address for a call of the C library."""
        pointer = self._pointer
        if pointer is None:
            raise ClosedError(f"this {type(self).__name__} is closed")
        return pointer

    def __enter__(self: Self) -> Self:
        self._live()
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()

    def __del__(self) -> None:
        try:
            Handle.close(self)  # not that of a subclass: what was made from it may live on
        except Exception:  # one that was never made whole, or the end of the interpreter
            pass

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        name = type(self).__name__
        raise TypeError(f"{name} objects cannot be copied or pickled: they belong to this process")
