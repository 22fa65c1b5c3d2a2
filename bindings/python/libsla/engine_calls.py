# SPDX-License-Identifier: MIT
"""How the engine is called: everything happens in turn, and what waits is told at the end."""

from __future__ import annotations

from ctypes import addressof, c_size_t, c_uint64, c_void_p
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Tuple, Union
from weakref import ref

from ._native import constants as c
from ._native import texts
from ._native.library import lib
from ._native.structs import Clock as ClockStruct
from .clock import Clock, Filter, read_clock
from .errors import ArgumentError, NotFoundError, SlaError, check, refusal
from .event import Event
from .state import Move, take_moves, take_state
from .times import optional_instant
from .turn import FREE, Answer, TurnHandle
from .update import OUTCOMES, Outcome, Packed, Plain, statuses_for
from .waiting import SHOWN, names_of, waiting_events

if TYPE_CHECKING:
    from .aio import Run
    from .event_columns import EventTable
    from .policy import Policy

_event_done = lib.engine_event_done
_COROUTINE = 0x280  # of an `async def`, as inspect.CO_COROUTINE and CO_ASYNC_GENERATOR
_GENERATOR = 0x20  # of a `def` with a yield, as inspect.CO_GENERATOR


class EngineCalls(TurnHandle):
    """What Engine is made of. Functions whose first argument is `pointer` run when it is their
    thread's turn."""

    __slots__ = ("_policy", "_zone", "_names", "_metrics", "_on_event", "_on_rearm", "_told_due",
                 "_version", "_packed", "_runners")

    def __init__(self, policy: Policy) -> None:
        out = c_void_p()
        check(lib.engine_new(policy_of(policy)._live(), None, None, addressof(out)))
        super().__init__(out.value or 0, lib.engine_free)
        self._on_event: Optional[Callable[[Event], object]] = None
        self._on_rearm: Optional[Callable[[Optional[datetime]], object]] = None
        self._told_due = c.TIME_NEVER
        self._version = 0  # one more with every change
        self._packed = Packed()
        self._runners: List[ref[Run]] = []  # of aio.run()
        self._use(policy)

    def _use(self, policy: Policy) -> None:
        self._policy = policy
        self._zone = policy.zone
        self._names = names_of(policy)
        self._metrics: Dict[str, int] = {name: at for at, name in enumerate(policy.metrics)}

    def _metric(self, name: str) -> int:
        try:
            return self._metrics[name]
        except KeyError:
            there = ", ".join(self._metrics)
            raise NotFoundError(f'the policy has no metric "{name}"; it has {there}') from None

    def _run(self, what: Any, call: Callable[..., int], *arguments: object) -> int:
        """A change: calls C, hands over the events, and gives the status or raises it."""
        try:
            return self._change(self._call, what, call, *arguments)
        finally:
            if self._runners:
                self._tell_runners()

    def _call(self, pointer: int, what: Any, call: Callable[..., int], *arguments: object) -> int:
        self._version += 1
        status = call(pointer, *arguments)
        if status < 0:
            # An engine that was advanced first has something to tell. Should on_event raise, then
            # this error is the context of what it raised.
            try:
                raise refusal(status, what[0] % what[1:])
            finally:
                self._tell(pointer)
        self._tell(pointer)
        return status

    def _tell_runners(self) -> None:
        for one in list(self._runners):
            runner = one()
            if runner is not None:
                runner.changed()

    def close(self) -> None:
        super().close()
        self._tell_runners()

    def _tell(self, pointer: int) -> None:
        """Hands over the waiting events one by one, and then next_due if it has changed."""
        try:
            on_event, shown = self._on_event, 1
            while on_event is not None:
                events = waiting_events(pointer, shown, self._names)
                if not events:
                    break
                for event in events:
                    on_event(event)
                    _event_done(pointer)
                shown = min(2 * shown, SHOWN)
        finally:
            if self._on_rearm is not None:
                due = lib.engine_next_due(pointer)
                if due != self._told_due:
                    self._told_due = due
                    self._on_rearm(optional_instant(due, self._zone))

    def _show(self, pointer: int, shown: int) -> Tuple[int, List[Event]]:
        return self._version, waiting_events(pointer, shown, self._names)

    def _take(self, event: Event, version: int) -> int:
        """Removes an event that was the first one in a version of the engine, if it still is. The
        version now. The same as a _change(), but for every event of a loop."""
        turn = self._turn
        try:
            del turn[0]
        except IndexError:
            raise self._busy() from None
        try:
            pointer = self._live()
            if version != self._version:
                first = waiting_events(pointer, 1, self._names)
                if not first or first[0].id != event.id:
                    return self._version
            _event_done(pointer)
            self._version += 1
            return self._version
        finally:
            turn[:] = FREE

    def _shown_table(self, pointer: int, limit: Optional[int], removing: bool) -> EventTable:
        from .event_columns import engine_show, event_table

        if limit is not None and limit < 0:
            raise ArgumentError(f"limit is {limit}")
        waiting: int = lib.engine_events_waiting(pointer)
        rows = waiting if limit is None else min(limit, waiting)
        table = event_table(self._names, engine_show(pointer), rows)
        if removing and rows:
            check(lib.engine_events_done(pointer, rows))
            self._version += 1
        return table

    def _apply(self, pointer: int, row: Plain) -> int:
        self._packed.pack([row])
        status: int = lib.engine_update(pointer, self._packed.address)
        return status

    def _run_many(self, rows: List[Plain], done: List[Union[Outcome, SlaError]]) -> None:
        """Applies the rows, which are taken out of the list, and adds their outcomes."""
        if rows:
            taken, rows[:] = rows[:], ()
            self._run(("updates",), self._apply_many, taken, done)

    def _apply_many(self, pointer: int, rows: List[Plain],
                    done: List[Union[Outcome, SlaError]]) -> int:
        count = self._packed.pack(rows)
        statuses, number = statuses_for(count), c_size_t()
        status: int = lib.engine_update_many(pointer, self._packed.address, count, statuses,
                                             addressof(number))
        for row, one in zip(rows[:number.value], statuses):
            done.append(OUTCOMES[one] if one >= 0 else refusal(
                one, f'update of "{row[0].decode()}" at {row[1]}'))
        return status

    def _rebuild(self, pointer: int, incident: bytes, rows: List[Plain]) -> int:
        text = texts.of(incident)
        count = self._packed.pack(rows)
        status: int = lib.engine_rebuild(pointer, addressof(text), self._packed.address, count)
        return status

    def _with_text(self, pointer: int, call: Callable[..., int], incident: bytes) -> int:
        text = texts.of(incident)
        return call(pointer, addressof(text))

    def _clock(self, pointer: int, struct: Any, incident: bytes, kind: int, metric: int,
               missing: str) -> Clock:
        text = texts.of(incident)
        status = lib.engine_clock(pointer, addressof(text), kind, metric, addressof(struct))
        check(status, missing)
        return read_clock(struct, self._zone)

    def _find(self, pointer: int, wanted: Filter) -> List[Clock]:
        clocks: List[Clock] = []
        struct, cursor = texts.sized(ClockStruct), c_uint64()
        arguments = addressof(wanted.struct), addressof(cursor), addressof(struct)
        while check(lib.engine_find_clocks(pointer, *arguments)) == c.OK:
            if not struct.flags & wanted.without:
                clocks.append(read_clock(struct, self._zone))
        return clocks

    def _save(self, pointer: int, call: Callable[..., int], incident: Optional[bytes] = None,
              missing: str = "") -> bytes:
        out = c_void_p()
        if incident is None:
            check(call(pointer, addressof(out)))
        else:
            text = texts.of(incident)
            check(call(pointer, addressof(text), addressof(out)), missing)
        return take_state(out.value or 0)

    def _load(self, pointer: int, moves: List[Move], state: bytes, flags: int) -> int:
        out = c_void_p()
        status: int = lib.engine_load(pointer, state, len(state), flags, addressof(out))
        if status >= 0:
            moves += take_moves(out.value, self._zone)
        return status

    def _bind(self, pointer: int, moves: List[Move], policy: Policy, policy_pointer: int) -> int:
        out = c_void_p()
        status: int = lib.engine_bind(pointer, policy_pointer, addressof(out))
        if status >= 0:
            self._use(policy)
            moves += take_moves(out.value, self._zone)
        return status


def nothing(_pointer: int) -> int:
    return c.OK


def policy_of(policy: Policy) -> Policy:
    """A policy that is one: another object's address would be the end of the process."""
    from .policy import Policy as Kind

    if not isinstance(policy, Kind):
        raise TypeError(f"an engine is made with a Policy, not with a {type(policy).__name__}")
    return policy


def list_for(given: Optional[List[Answer]], name: str) -> List[Answer]:
    """The caller's list for what a call gives, or a new one. The caller's has it also if an
    exception ends the call."""
    if given is not None and not isinstance(given, list):
        raise TypeError(f"{name} is a list, not {type(given).__name__}")
    return [] if given is None else given


def checked(function: Any, name: str) -> Any:
    """A callback that can be one."""
    if function is not None and not callable(function):
        raise TypeError(f"{name} must be a function, not {type(function).__name__}")
    inner = function
    while isinstance(inner, partial):
        inner = inner.func
    called = inner if hasattr(inner, "__code__") else getattr(type(inner), "__call__", None)
    flags = getattr(getattr(called, "__code__", None), "co_flags", 0)
    if flags & _COROUTINE:
        raise TypeError(f"{name} is an async function, which nobody would wait for: take the "
                        "events from libsla.aio.run(engine)")
    if flags & _GENERATOR:
        raise TypeError(f"{name} is a generator function, which would do nothing: it has a yield")
    return function
