# SPDX-License-Identifier: MIT
"""State as bytes (E8), the pure step, and what moved under another policy (E9)."""

from __future__ import annotations

from ctypes import addressof, c_size_t, c_void_p, string_at
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, List, Optional, Tuple, Union

from ._native import constants as c
from ._native import texts
from ._native.library import lib
from ._native.structs import Move as MoveStruct
from ._native.structs import StateInfo as InfoStruct
from .errors import check, refusal
from .event import Event
from .times import Instant, duration_of, optional_instant, seconds_of
from .update import OUTCOMES, Outcome, Packed, plain
from .waiting import names_of, step_events
from .words import CHANGES, KINDS, Change, Kind

if TYPE_CHECKING:
    from datetime import tzinfo

    from .attributes import Attributes
    from .policy import Policy

StateBytes = Union[bytes, bytearray, memoryview]
"""Bytes that were saved; anything with the buffer protocol, as databases give it."""


@dataclass(frozen=True)
class StateInfo:
    """What saved bytes say of themselves."""

    format: int
    is_incident: bool
    """One incident; else a whole engine."""
    fingerprint: bytes
    """Of the policy that they were saved under, as Policy.fingerprint."""
    incidents: int
    events: int
    """How many wait to be delivered."""
    now: Optional[datetime]
    """The engine's, in UTC; None: it was never told the time."""


@dataclass(frozen=True)
class Move:
    """One open clock that another policy moved. Instants are in the new policy's zone."""

    change: Change
    """Compares equal to its word: move.change == "retargeted"."""
    incident: str
    metric: str
    kind: Kind
    cycle: int
    deadline_before: Optional[datetime]
    """Of a paused clock: if it were resumed now. None: its calendar is gone, or counts otherwise
    now."""
    deadline: Optional[datetime]
    """None: cancelled."""
    budget_before: timedelta
    budget: timedelta
    agreement_before: Optional[str]
    agreement: Optional[str]
    calendar_before: Optional[str]
    calendar: Optional[str]
    line: int
    """Of the new target in the new policy; 0: none."""


@dataclass(frozen=True)
class Step:
    """What a pure step gives."""

    state: bytes
    """The incident's new bytes; empty: there is still no incident."""
    events: Tuple[Event, ...]
    next_due: Optional[datetime]
    """When the next step without an update has something to say; None: never."""
    outcome: Outcome
    """Of the update."""


def describe(state: StateBytes) -> StateInfo:
    """Looks at saved bytes without a policy. Any thread.

    DataError: they are damaged, cut off, or no state of libsla.
    """
    data = bytes_of(state)
    info = texts.sized(InfoStruct)
    check(lib.state_describe(data, len(data), addressof(info)))
    return StateInfo(info.format, bool(info.is_incident), texts.digest(info.fingerprint),
                     info.incidents, info.events, optional_instant(info.now, timezone.utc))


def take_state(pointer: int) -> bytes:
    """The bytes of an sla_state, which is freed."""
    try:
        return _shown(lib.state_bytes, pointer)
    finally:
        lib.state_free(pointer)


def take_moves(pointer: Optional[int], zone: tzinfo) -> List[Move]:
    """What an sla_moves lists; it is freed."""
    moves: List[Move] = []
    move: Any = texts.sized(MoveStruct)
    try:
        while lib.moves_at(pointer, len(moves), addressof(move)):
            moves.append(Move(
                CHANGES[move.change], texts.read(move.incident), texts.read(move.metric),
                KINDS[move.kind], move.cycle, optional_instant(move.deadline_before, zone),
                optional_instant(move.deadline, zone), duration_of(move.budget_before),
                duration_of(move.budget), texts.read(move.agreement_before) or None,
                texts.read(move.agreement) or None, texts.read(move.calendar_before) or None,
                texts.read(move.calendar) or None, move.line))
    finally:
        lib.moves_free(pointer)
    return moves


def step(policy: Policy, state: Optional[StateBytes], incident: Optional[str],
         at: Optional[Instant], event: Optional[str], now: Optional[Instant], sequence: int,
         attributes: Optional[Attributes], rebind: bool, more: Attributes) -> Step:
    """Policy.step()."""
    zone, pointer = policy.zone, policy._live()
    data = b"" if state is None else bytes_of(state)
    time = c.TIME_NONE if now is None else seconds_of(now, "now")
    address = None
    what = "a step"
    if incident is not None:
        if at is None:
            if now is None:
                raise TypeError("an update needs its instant: give `at`, or `now` for both")
            at = now
        packed = Packed()
        packed.pack([plain(incident, at, event, attributes, sequence, more)])
        address = packed.address
        what = f'the update of "{incident}" at {at}'
    elif at is not None or event is not None or attributes or more or sequence:
        raise TypeError("an update needs the id of its incident; for time alone, give `now`")
    out = c_void_p()
    status = lib.policy_step(pointer, data, len(data), address, time,
                             c.LOAD_REBIND if rebind else 0, addressof(out))
    if status < 0:
        raise refusal(status, what)
    try:
        return Step(_shown(lib.step_state, out.value),
                    step_events(out.value or 0, names_of(policy)),
                    optional_instant(lib.step_next_due(out.value), zone), OUTCOMES[status])
    finally:
        lib.step_free(out.value)


def bytes_of(state: StateBytes) -> bytes:
    if isinstance(state, str):
        raise TypeError("a state is bytes, not str")
    return bytes(memoryview(state))


def _shown(show: Any, pointer: Optional[int]) -> bytes:
    """Bytes that a function shows, copied."""
    data, size = c_void_p(), c_size_t()
    show(pointer, addressof(data), addressof(size))
    return string_at(data, size.value)
