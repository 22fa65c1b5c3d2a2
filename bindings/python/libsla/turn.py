# SPDX-License-Identifier: MIT
"""What changes in turns: one thread at a time, and from inside a callback questions only (E6)."""

from __future__ import annotations

from threading import get_ident
from typing import Callable, List, TypeVar

from .errors import BusyError
from .handle import Handle

Answer = TypeVar("Answer")

_IN_CALLBACK = ("a change from inside a callback of the same engine: let the callback return "
                "first, and keep what is to be done in a list or a queue until then")
_OTHER_THREAD = ("another thread is using this engine: take turns with a threading.Lock around "
                 "every use, or give each thread its own engine; they can share the policy")
FREE = (None,)
"""What a turn is put back with."""


class TurnHandle(Handle):
    """A handle for one thread at a time. Who comes out of turn gets a BusyError at once."""

    __slots__ = ("_turn", "_owner")

    def __init__(self, pointer: int, free: Callable[[int], object]) -> None:
        # The turn is the only item of a list. Taking it away by `del` and putting it back are one
        # step for other threads; and for signals too, as neither is a call: from Python 3.10 on a
        # KeyboardInterrupt cannot come in between and leave the turn with nobody.
        self._turn: List[None] = [None]
        self._owner = 0
        super().__init__(pointer, free)

    def _change(self, call: Callable[..., Answer], *arguments: object) -> Answer:
        """What call(pointer, *arguments) gives, which may change the object."""
        ident = get_ident()
        turn = self._turn
        try:
            del turn[0]
            self._owner = ident
        except IndexError:
            raise self._busy() from None
        try:
            return call(self._live(), *arguments)
        finally:
            self._owner = 0
            turn[:] = FREE

    def _busy(self) -> BusyError:
        return BusyError(_IN_CALLBACK if self._owner == get_ident() else _OTHER_THREAD)

    def _ask(self, call: Callable[..., Answer], *arguments: object) -> Answer:
        """The same of a question, which may also come from inside a callback."""
        if self._owner == get_ident():
            return call(self._live(), *arguments)
        return self._change(call, *arguments)

    def close(self) -> None:
        """Frees it. Any later use is a ClosedError; closing again does nothing. BusyError from
        inside a callback, or while another thread uses it."""
        if not self.closed:
            self._change(self._close)

    def _close(self, _pointer: int) -> None:
        super().close()
