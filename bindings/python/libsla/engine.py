# SPDX-License-Identifier: MIT
"""The engine: incidents' clocks, driven by updates and by the time that the host passes in."""

from __future__ import annotations

from datetime import datetime
from operator import index
from typing import (TYPE_CHECKING, Any, Callable, Iterable, Iterator, List, Literal, Mapping,
                    Optional, Tuple, Union)

from ._native import constants as c
from ._native import texts
from ._native.library import lib
from ._native.structs import Clock as ClockStruct
from .attributes import Attributes, Value
from .clock import Clock, Filter, Kinds, States
from .engine_calls import EngineCalls, checked, list_for, nothing, policy_of
from .errors import ArgumentError, SlaError
from .event import Event
from .state import Move, StateBytes, Step, bytes_of, step
from .times import Instant, optional_instant, seconds_of
from .update import OUTCOMES, Outcome, Updating, bytes_of_id, plain, plain_of
from .waiting import SHOWN
from .words import Kind

if TYPE_CHECKING:
    from .event_columns import EventTable
    from .explain import Explanation
    from .goal import Goal
    from .number_column import NumberColumn
    from .policy import Policy

_CHUNK = 512  # updates in one call of the C library


class Engine(EngineCalls):
    """The clocks of all incidents under one policy.

    It has no clock of its own: update() tells it what happened, advance() what time it is. What it
    has to tell waits in line as events. They are taken by iterating over the engine, or, with
    `on_event`, handed to that function at the end of every call that changes something.

    Instants are aware datetimes of any zone, or ints: seconds since 1970. Instants that come out
    are datetimes in the policy's zone.

    One thread at a time: a second one gets a BusyError. Many engines may share a policy, each with
    a thread of its own.

    Callbacks: all state is final before the first one runs. From inside one, questions work, and
    changes are a BusyError. What `on_event` returns means nothing. What it raises comes out of the
    call; the update is applied then, and this event and all behind it stay in line, to be handed
    over again by deliver() or at the end of the next call.
    """

    __slots__ = ()

    def __init__(self, policy: Policy, on_event: Optional[Callable[[Event], object]] = None,
                 on_rearm: Optional[Callable[[Optional[datetime]], object]] = None) -> None:
        """`on_rearm` is called with next_due when that has changed, at the end of the call."""
        super().__init__(policy)
        self.on_event = on_event
        self.on_rearm = on_rearm

    @property
    def policy(self) -> Policy:
        """The policy that is bound now."""
        return self._policy

    @property
    def on_event(self) -> Optional[Callable[[Event], object]]:
        """Who is handed the events; None: they wait to be taken."""
        return self._on_event

    @on_event.setter
    def on_event(self, function: Optional[Callable[[Event], object]]) -> None:
        self._on_event = checked(function, "on_event")

    @property
    def on_rearm(self) -> Optional[Callable[[Optional[datetime]], object]]:
        """Who is told that next_due has changed."""
        return self._on_rearm

    @on_rearm.setter
    def on_rearm(self, function: Optional[Callable[[Optional[datetime]], object]]) -> None:
        self._on_rearm = checked(function, "on_rearm")

    # What happened, and what time it is

    def update(self, /, incident: str, at: Instant, event: Optional[str] = None, *,
               sequence: int = 0, attributes: Optional[Attributes] = None,
               **more: Value) -> Outcome:
        """Applies an update (E1, K5); one later than `now` advances the engine first.

        Attributes that change are given by keyword, or by the mapping `attributes`, which has room
        for every name; None takes one away. `event` is the update's name, such as "responded";
        names that begin with "sla:" are acts of the host (K12). `sequence` is as in Update.

        Gives Outcome.APPLIED, DUPLICATE (nothing changed) or UNKNOWN_SEVERITY (applied).
        OrderError: it lies before the incident's last one. RangeError: outside 1970 to 2199.
        TextError: an act of the host whose duration or instant cannot be read. After an error the
        incident is as it was.
        """
        row = plain(incident, at, event, attributes, sequence, more)
        return OUTCOMES[self._run(('update of "%s" at %s', incident, at), self._apply, row)]

    def update_many(self, updates: Iterable[Updating],
                    outcomes: Optional[List[Union[Outcome, SlaError]]] = None
                    ) -> List[Union[Outcome, SlaError]]:
        """Applies updates one after the other, as update() does; faster without `on_event`.

        Each is an Update or a tuple (incident, at, event, attributes, sequence), of which the last
        three may be left out. Gives for each its Outcome, or the SlaError that it would have
        raised, which does not stop the others. They are added to the list `outcomes` if there is
        one: should an exception end the call, as one of `on_event`, it has how far it came.
        """
        done = list_for(outcomes, "outcomes")
        rows: List[Any] = []
        limit = _CHUNK if self._on_event is None else 1
        try:
            for one in updates:
                try:
                    rows.append(plain_of(one))
                except SlaError as refused:
                    self._run_many(rows, done)  # those before it
                    done.append(refused)
                if len(rows) >= limit:
                    self._run_many(rows, done)
        finally:
            self._run_many(rows, done)
        return done

    def update_columns(self, incident: Any, at: Any, event: Any = None,
                       attributes: Optional[Mapping[str, Any]] = None, *,
                       removing: Iterable[str] = (), sequence: Any = None,
                       naive: Optional[Literal["utc"]] = None) -> NumberColumn[int]:
        """Applies a log of updates that lies in columns, row after row, as update_many() does:

            engine.update_columns(log["incident"], log["at"], log["event"],
                                  {"priority": log["priority"], "state": log["state"]})

        `incident`, `event` and the attributes are columns of texts (see Policy.evaluate_many()), or
        one value for all rows; `at` is as in Calendar.add_many(), `sequence` of int64. A null of an
        attribute changes nothing; of those named by `removing` it takes the attribute away.

        Gives the status of each row: 0, 2 (a duplicate), 4 (an unknown severity), 6 (no incident or
        no instant), or the number of the error that update() would raise, which does not stop the
        others. Events are handed to `on_event` at the end.
        """
        from contextlib import ExitStack

        from .update_columns import Updates

        with ExitStack() as stack:
            updates = Updates(incident, at, event, attributes, removing, sequence, naive, stack)
            self._run(("updates",), updates.apply)
            return updates.statuses()

    def rebuild(self, incident: str, updates: Iterable[Updating]) -> Outcome:
        """Replaces what is known of an incident by its history, given again in full (corrected,
        backdated), and tells only the differences. The updates are all of this incident, and are
        given as to update_many(); the outcome is that of the last one.

        ArgumentError: there is none (see forget()), or one is of another incident. OrderError:
        they are not in order. After an error the incident is as it was.
        """
        rows = [plain_of(one) for one in updates]
        return OUTCOMES[self._run(('history of "%s"', incident), self._rebuild,
                                  bytes_of_id(incident), rows)]

    def advance(self, now: Instant) -> None:
        """Tells everything that is known at `now`. Going back does nothing. RangeError: outside
        1970 to 2199."""
        self._run(("advance to %s", now), lib.engine_advance, seconds_of(now, "now"))

    def forget(self, incident: str) -> None:
        """Forgets an incident and its clocks, for instance long after it was closed. Its events
        that wait stay in line. NotFoundError: there is no such incident."""
        self._run(('there is no incident "%s"', incident), self._with_text, lib.engine_forget,
                  bytes_of_id(incident))

    # Events

    def deliver(self) -> None:
        """Hands the waiting events to `on_event`, after it raised. Without it, does nothing."""
        self._run(("delivery",), nothing)

    @property
    def pending(self) -> int:
        """How many events wait."""
        count: int = self._ask(lib.engine_events_waiting)
        return count

    def __iter__(self) -> Iterator[Event]:
        """The waiting events, in order. Each is removed when the loop takes the next one or is
        left, in whichever way. The engine may be changed in the loop: new events come at its
        end."""
        shown = 1
        while True:
            version, events = self._ask(self._show, shown)
            if not events:
                return
            shown = min(2 * shown, SHOWN)
            for event in events:
                try:
                    yield event
                except BaseException:  # at the interpreter's end too: nothing else may come out
                    try:
                        self._take(event, version)
                    except Exception:
                        pass
                    raise
                now = self._take(event, version)
                if now != version + 1:  # the engine was changed: look again
                    shown = 1
                    break
                version = now

    def event_table(self, limit: Optional[int] = None) -> EventTable:
        """The waiting events, or the first so many, as a table for data frames and databases: one
        call, no copies (see EventTable). None is removed. Also from inside a callback."""
        return self._ask(self._shown_table, limit, False)

    def drain_columns(self, limit: Optional[int] = None) -> EventTable:
        """The same, and removes them: they are taken. LimitError and MemoryError leave all in
        line."""
        return self._change(self._shown_table, limit, True)

    # Questions

    @property
    def next_due(self) -> Optional[datetime]:
        """The earliest instant at which advance() has something to tell (E7); None: never."""
        return optional_instant(self._ask(lib.engine_next_due), self._zone)

    @property
    def next_due_seconds(self) -> Optional[int]:
        """The same in seconds since 1970."""
        due: int = self._ask(lib.engine_next_due)
        return None if due == c.TIME_NEVER else due

    @property
    def now(self) -> Optional[datetime]:
        """The latest instant that the engine has seen; None before the first."""
        return optional_instant(self._ask(lib.engine_now), self._zone)

    @property
    def incidents(self) -> int:
        """How many incidents it holds."""
        count: int = self._ask(lib.engine_incidents)
        return count

    @property
    def memory(self) -> int:
        """How many bytes of memory it holds."""
        count: int = self._ask(lib.engine_memory)
        return count

    def clock(self, incident: str, metric: str, kind: Union[Kind, str] = Kind.SLA) -> Clock:
        """The last cycle of a clock, as it stands at `now`. NotFoundError: there is no such
        incident, or its clock was never started."""
        struct = texts.sized(ClockStruct)
        return self._ask(self._clock, struct, bytes_of_id(incident), Kind(kind).number,
                         self._metric(metric),
                         f'incident "{incident}" has no {kind} clock "{metric}"')

    def clocks(self, *, incident: Optional[str] = None, metric: Optional[str] = None,
               kind: Kinds = None, state: States = None, severity: Optional[str] = None,
               agreement: Optional[str] = None, due_before: Optional[Instant] = None,
               breached: Optional[bool] = None, in_grace: Optional[bool] = None,
               provisional: Optional[bool] = None, pinned: Optional[bool] = None) -> List[Clock]:
        """The clocks that were told, every cycle, in order of incident, metric, kind and cycle;
        those that all given arguments agree with. `kind` and `state` may be several words:
        state=("running", "paused"). `due_before`: with a deadline before this instant."""
        wanted = Filter(incident, metric, kind, state, severity, agreement, due_before,
                        breached=breached, in_grace=in_grace, provisional=provisional,
                        pinned=pinned)
        return self._ask(self._find, wanted)

    def explain(self, incident: str, metric: str, kind: Union[Kind, str] = Kind.SLA,
                cycle: int = 0) -> Explanation:
        """Why a clock has the deadline it has, or why there is none; `cycle` 0 is the last one.
        str() of it is for people. NotFoundError: no such incident, metric or cycle."""
        from .explain import explain_clock

        cycle = index(cycle)
        if not 0 <= cycle < 1 << 32:
            raise ArgumentError(f"cycle is {cycle}")
        return self._ask(explain_clock, self._policy._zones, self._zone, bytes_of_id(incident),
                         Kind(kind).number, self._metric(metric), cycle,
                         f'incident "{incident}" has no {kind} clock "{metric}" to be explained')

    def goals(self, of: Union[Clock, Event]) -> Tuple[Goal, ...]:
        """Which of the policy's goals look at a clock: they are for its metric, kind and agreement,
        and their condition holds for the incident as it is now. Best asked when the verdict is
        told, also from inside `on_event`. NotFoundError: there is no such incident any more."""
        from .goal import goals_at

        return self._ask(goals_at, self._policy, of, self._metrics.get(of.metric))

    # State

    def save(self) -> bytes:
        """The whole engine as bytes, waiting events included. Also from inside a callback."""
        return self._ask(self._save, lib.engine_save)

    def save_incident(self, incident: str) -> bytes:
        """The same of one incident. NotFoundError: there is no such incident."""
        return self._ask(self._save, lib.engine_save_incident, bytes_of_id(incident),
                         f'there is no incident "{incident}"')

    def load(self, state: StateBytes, rebind: bool = False,
             moves: Optional[List[Move]] = None) -> List[Move]:
        """Restores what was saved: an engine into an empty one, an incident beside the others or
        in its own place. With `rebind` it may have been saved under another policy: K8 is applied,
        and the clocks that moved are listed: they are added to the list `moves` if there is one,
        which has them also if `on_event` raises.

        PolicyChangedError: saved under another policy, without `rebind`. DataError: damaged, cut
        off or no state of libsla. After an error nothing has changed.
        """
        moved = list_for(moves, "moves")
        flags = c.LOAD_REBIND if rebind else 0
        self._run(("load",), self._load, moved, bytes_of(state), flags)
        return moved

    def bind(self, policy: Policy, moves: Optional[List[Move]] = None) -> List[Move]:
        """Binds another policy to the live engine (E9). Lists the open clocks that it moved, as
        load() does."""
        moved = list_for(moves, "moves")
        with policy_of(policy)._held() as pointer:
            self._run(("bind",), self._bind, moved, policy, pointer)
        return moved

    def step(self, /, state: Optional[StateBytes], incident: Optional[str] = None,
             at: Optional[Instant] = None, event: Optional[str] = None, *,
             now: Optional[Instant] = None, sequence: int = 0,
             attributes: Optional[Attributes] = None, rebind: bool = False,
             **more: Value) -> Step:
        """Policy.step() of this engine's policy. The engine itself takes no part in it."""
        return step(self._policy, state, incident, at, event, now, sequence, attributes, rebind,
                    more)

    def __repr__(self) -> str:
        if self.closed:
            return "<libsla.Engine, closed>"
        try:
            return f"<libsla.Engine, incidents: {self.incidents}, now: {self.now}>"
        except SlaError:
            return "<libsla.Engine, busy>"
