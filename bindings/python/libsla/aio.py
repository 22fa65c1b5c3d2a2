# SPDX-License-Identifier: MIT
"""The engine in an asyncio program."""

from __future__ import annotations

import asyncio
import time
from threading import get_ident
from types import TracebackType
from typing import TYPE_CHECKING, AsyncIterator, Callable, Optional, Type, Union
from weakref import ref

from .errors import BusyError
from .event import Event
from .times import seconds_of

if TYPE_CHECKING:
    from datetime import datetime

    from .engine import Engine

Time = Callable[[], Union[float, "datetime"]]
"""What time it is: seconds since 1970 as time.time() gives them, or an aware datetime."""

# A sleep is cut into pieces: timers stand still while a machine is suspended, and people and NTP
# set clocks. So late an engine is after that at most.
_LONGEST = 60.0


def run(engine: Engine, *, clock: Time = time.time) -> Run:
    """The engine's events, each at its time:

        async for event in libsla.aio.run(engine):
            await tell(event)

    Sleeps until next_due, advances the engine to `clock()`, and gives the events that wait, one by
    one, in order. It wakes at once when the engine is changed meanwhile: by another task, by the
    loop's body, or by a callback of the loop. Other threads do not touch the engine; they send
    what they have by loop.call_soon_threadsafe(engine.update, ...).

    An event is done, and leaves the line, when the loop takes the next one or is left, as in
    `for event in engine`. All others stay in line when the loop is left, its task is cancelled or
    aclose() is called: a later run(), or a plain `for`, goes on there, and engine.save() has it.

    With engine.on_event the events go there, and this only passes the time. `clock` is what time
    it is; setting it back does nothing, setting it forward is seen within a minute. The iteration
    ends by itself when the engine is closed. What is raised while it waits ends it, cancellation
    too.

    One run() at a time: a second one is a BusyError while the first waits; else it takes over, and
    the first gets that error.
    """
    from .engine import Engine as Kind

    if not isinstance(engine, Kind):
        raise TypeError(f"aio.run() wants an Engine, not a {type(engine).__name__}")
    return Run(engine, clock)


class Run(AsyncIterator[Event]):
    """The iterator of run(); also an async context manager, whose end is aclose()."""

    def __init__(self, engine: Engine, clock: Time) -> None:
        self._engine = engine
        self._clock = clock
        self._shown: Optional[Event] = None  # given to the loop's body
        self._version = 0
        self._sleeper: Optional[asyncio.Future[None]] = None
        self._loop: Optional[asyncio.AbstractEventLoop] = None
        self._thread = 0
        self._ended = self._ousted = False

    def __aiter__(self) -> Run:
        return self

    async def __anext__(self) -> Event:
        if self._sleeper is not None:  # one that was forgotten would sleep for ever
            raise BusyError("another task waits for the next event of this run()")
        if self._loop is None and not self._ended:
            self._begin()
        try:
            while not self._ended:
                event = self._next()
                if event is not None:
                    return event
                if not self._ended:
                    await self._sleep()
        except BaseException:
            self._end()
            raise
        if self._ousted:
            raise BusyError("another run() of this engine has taken over: one at a time")
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Ends it. The event that was given last counts as taken; the others stay in line. A task
        that waits for the next event gets the end of the iteration."""
        self._end()

    async def __aenter__(self) -> Run:
        return self

    async def __aexit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                        traceback: Optional[TracebackType]) -> None:
        self._end()

    def __del__(self) -> None:
        try:
            self._end()
        except Exception:  # the end of the interpreter
            pass

    def _begin(self) -> None:
        """Takes the place of an earlier one that was left, or is at work on its last event."""
        runners = self._engine._runners
        for runner in [one() for one in runners]:
            if runner is None:
                continue
            if runner._sleeper is not None:
                raise BusyError("the engine is run already: take all events from that one")
            runner._ousted = True
            runner._end()
        self._loop, self._thread = asyncio.get_running_loop(), get_ident()
        runners[:] = [ref(self)]

    def _next(self) -> Optional[Event]:
        """The next event, whose time has come."""
        engine = self._engine
        if engine.closed:
            self._end()
            return None
        self._take()
        engine.advance(self._now())
        self._version, first = engine._ask(engine._show, 1)
        if not first or engine.on_event is not None:
            return None
        self._shown = first[0]
        return self._shown

    def _take(self) -> None:
        event, self._shown = self._shown, None
        if event is not None:
            self._engine._take(event, self._version)

    def _now(self) -> int:
        now = self._clock()
        return int(now // 1) if isinstance(now, (int, float)) else seconds_of(now, "clock()")

    async def _sleep(self) -> None:
        due = self._engine.next_due_seconds
        wait = _LONGEST
        if due is not None:
            now = self._clock()
            exact = now if isinstance(now, (int, float)) else now.timestamp()
            wait = min(max(due - exact, 0.0), _LONGEST)
        loop = asyncio.get_running_loop()
        self._sleeper = loop.create_future()
        timer = None if due is None else loop.call_later(wait, self._wake)
        try:
            await self._sleeper
        finally:
            self._sleeper = None
            if timer is not None:
                timer.cancel()

    def changed(self) -> None:
        """The engine was changed, or closed."""
        if self._sleeper is None:
            return
        if get_ident() == self._thread:
            self._wake()
        elif self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        sleeper = self._sleeper
        if sleeper is not None and not sleeper.done():
            sleeper.set_result(None)

    def _end(self) -> None:
        """Once: takes the event at hand and lets go of the engine."""
        if self._ended:
            return
        self._ended = True
        runners = self._engine._runners
        runners[:] = [one for one in runners if one() not in (None, self)]
        self._wake()
        if not self._engine.closed:
            self._take()
