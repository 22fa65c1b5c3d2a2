# SPDX-License-Identifier: MIT
"""Clocks: one metric running on one incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Iterable, Optional, Union

from ._native import constants as c
from ._native import texts
from ._native.structs import ClockFilter
from .record import compact, make
from .times import Instant, duration_of, instant_of, optional_instant, seconds_of
from .words import KINDS, STATES, Kind, State

if TYPE_CHECKING:
    from datetime import tzinfo

Kinds = Union[Kind, str, Iterable[Union[Kind, str]], None]
States = Union[State, str, Iterable[Union[State, str]], None]


@compact
@dataclass(frozen=True)
class Clock:
    """A clock as it stood at the engine's now. Instants are aware datetimes in the policy's zone;
    durations are counted time on the clock's calendar."""

    state: State
    """Compares equal to its word: clock.state == "running"."""
    incident: str
    metric: str
    started: datetime
    deadline: Optional[datetime]
    """None while it is paused."""
    breach_at: Optional[datetime]
    """After this instant the promise is broken: the deadline and its grace. None while paused."""
    projected: Optional[datetime]
    """While it is paused: the deadline if it were resumed now."""
    ended: Optional[datetime]
    """None while it is open."""
    budget: timedelta
    elapsed: timedelta
    """Of the budget, used."""
    remaining: timedelta
    """Negative when the budget is overrun."""
    paused: timedelta
    """Counted time that went by in pauses."""
    grace: timedelta
    extended: timedelta
    """What the host added (K12)."""
    percent: int
    """Of the budget used, rounded down."""
    breached: bool
    in_grace: bool
    """Met after the deadline, within grace (D5)."""
    provisional: bool
    """The deadline lies beyond the holiday data (C10)."""
    pinned: bool
    """The host set the deadline (K12)."""
    kind: Kind
    cycle: int
    """From 1."""
    agreement: Optional[str]
    calendar: str
    severity: Optional[str]
    """The incident's."""
    line: int
    """Of the target in the policy file; 0: none."""
    fingerprint: bytes
    """Of the policy by which it is judged, as Policy.fingerprint."""

    @property
    def is_open(self) -> bool:
        """Running or paused."""
        return self.state in (State.RUNNING, State.PAUSED)


def read_clock(clock: Any, zone: tzinfo) -> Clock:
    """A Clock of our own from an sla_clock."""
    flags = clock.flags
    return make(
        Clock, STATES[clock.state], texts.read(clock.incident), texts.read(clock.metric),
        instant_of(clock.started, zone), optional_instant(clock.deadline, zone),
        optional_instant(clock.breach_at, zone), optional_instant(clock.projected, zone),
        optional_instant(clock.ended, zone), duration_of(clock.budget), duration_of(clock.elapsed),
        duration_of(clock.remaining), duration_of(clock.paused), duration_of(clock.grace),
        duration_of(clock.extended), clock.percent, bool(flags & c.CLOCK_BREACHED),
        bool(flags & c.CLOCK_IN_GRACE), bool(flags & c.CLOCK_PROVISIONAL),
        bool(flags & c.CLOCK_PINNED), KINDS[clock.kind], clock.cycle,
        texts.read(clock.agreement) or None, texts.read(clock.calendar),
        texts.read(clock.severity) or None, clock.line, texts.digest(clock.fingerprint))


class Filter:
    """Which clocks to look for, as an sla_clock_filter, and the texts that it shows."""

    def __init__(self, incident: Optional[str], metric: Optional[str], kind: Kinds, state: States,
                 severity: Optional[str], agreement: Optional[str], due_before: Optional[Instant],
                 **flags: Optional[bool]) -> None:
        struct = texts.sized(ClockFilter)
        self._kept = []
        for name, text in (("incident", incident), ("metric", metric), ("severity", severity),
                           ("agreement", agreement)):
            if text is not None:
                data = texts.encoded(text, name)
                if not data:
                    raise ValueError(f"{name} is empty: leave it out to find all")
                self._kept.append(data)
                setattr(struct, name, texts.of(data))
        struct.kinds = _bits(kind, Kind)
        struct.states = _bits(state, State)
        if due_before is not None:
            # 0 would be "any"; nothing is due before 1970
            struct.due_before = seconds_of(due_before, "due_before") or -1
        bits = {"breached": c.CLOCK_BREACHED, "in_grace": c.CLOCK_IN_GRACE,
                "provisional": c.CLOCK_PROVISIONAL, "pinned": c.CLOCK_PINNED}
        self.without = 0
        for name, wanted in flags.items():
            if wanted:
                struct.flags |= bits[name]
            elif wanted is not None:
                self.without |= bits[name]
        self.struct = struct


def _bits(words: Any, kind: Any) -> int:
    """A bit for every word; None has none, which is all."""
    if words is None:
        return 0
    if isinstance(words, str):
        words = (words,)
    bits = 0
    for word in words:
        bits |= 1 << kind(word).number
    if bits == 0:
        raise ValueError(f"no {kind.__name__.lower()} at all is wanted: leave it out to find all")
    return bits
