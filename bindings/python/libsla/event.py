# SPDX-License-Identifier: MIT
"""Events: what the engine tells the host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Optional, Tuple

from .record import compact
from .times import seconds_of
from .words import EventType, Kind


@compact
@dataclass(frozen=True)
class Event:
    """One event. Instants are aware datetimes in the policy's zone; None where there is nothing.

    It is a value of its own: it stays as it is whatever becomes of the engine, and can be compared,
    hashed, copied, pickled, and sent to other threads.
    """

    type: EventType
    """Compares equal to its word: event.type == "breach"."""
    incident: str
    metric: str
    at: datetime
    """The true instant of the fact, however late it was found."""
    deadline: Optional[datetime]
    """None while the clock is paused."""
    elapsed: timedelta
    """Counted time used at `at`."""
    remaining: timedelta
    """Of the budget; negative when it is overrun."""
    kind: Kind
    cycle: int
    """From 1."""
    agreement: Optional[str]
    severity: Optional[str]
    """The incident's at that moment."""
    reason: Optional[str]
    """Of a pause, an extension ..."""
    actor: Optional[str]
    """Of an act of the host."""
    notify: Tuple[str, ...]
    """Whom to tell, of a warning, a breach or an escalation."""
    via: Tuple[str, ...]
    """And how."""
    percent: Optional[int]
    """Of a step that is written as a percentage."""
    level: Optional[int]
    """Of a step."""
    repetition: int
    """The n-th send of a step, pause, retarget or reopening, from 1; 0 of what comes but once."""
    late: bool
    """An update made it true after its instant (E10)."""
    in_grace: bool
    """Met after the deadline, within grace (D5)."""
    provisional: bool
    """The deadline lies beyond the holiday data (C10)."""
    line: int
    """Of the step or target in the policy file; 0: none."""
    id: str
    """32 hexadecimal digits, the same for the same fact whenever and wherever it is computed (E5):
    who keeps ids handles each event once."""

    @property
    def at_seconds(self) -> int:
        """`at` as seconds since 1970-01-01T00:00:00Z."""
        return seconds_of(self.at)

    @property
    def deadline_seconds(self) -> Optional[int]:
        """`deadline` as seconds since 1970-01-01T00:00:00Z."""
        return None if self.deadline is None else seconds_of(self.deadline)

    def __str__(self) -> str:
        cycle = f" #{self.cycle}" if self.cycle > 1 else ""
        return f"{self.at.isoformat()} {self.type} {self.incident} {self.metric}{cycle}"
