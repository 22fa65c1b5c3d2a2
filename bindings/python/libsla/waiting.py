# SPDX-License-Identifier: MIT
"""Events that wait in an engine or came out of a step, read as Event objects."""

from __future__ import annotations

from ctypes import addressof
from typing import TYPE_CHECKING, Any, List, Optional, Tuple

from ._native import constants as c
from ._native import texts
from ._native.library import lib
from ._native.structs import Event as EventStruct
from ._native.structs import Text
from .event import Event, make_event
from .times import duration_of, instant_of, optional_instant
from .words import EVENT_TYPES, KINDS

if TYPE_CHECKING:
    from datetime import tzinfo


def waiting_events(pointer: int, count: int, zone: tzinfo) -> List[Event]:
    """The first events in line of an engine, at most so many; none is removed."""
    event = texts.sized(EventStruct)
    if lib.engine_next_event(pointer, addressof(event)) != c.OK:
        return []
    return [_read(event, zone)]


def step_events(pointer: int, zone: tzinfo) -> Tuple[Event, ...]:
    """All events of a step."""
    events: List[Event] = []
    event = texts.sized(EventStruct)
    while lib.step_event(pointer, len(events), addressof(event)):
        events.append(_read(event, zone))
    return tuple(events)


def _words(first: Optional[int], count: int) -> Tuple[str, ...]:
    if not count:
        return ()
    return tuple(texts.read(text) for text in (Text * count).from_address(first or 0))


def _number(number: int) -> Optional[int]:
    return None if number == c.NO_NUMBER else number


def _read(event: Any, zone: tzinfo) -> Event:
    flags = event.flags
    return make_event(
        EVENT_TYPES[event.type], texts.read(event.incident), texts.read(event.metric),
        instant_of(event.at, zone), optional_instant(event.deadline, zone),
        duration_of(event.elapsed), duration_of(event.remaining), KINDS[event.kind], event.cycle,
        texts.read(event.agreement) or None, texts.read(event.severity) or None,
        texts.read(event.reason) or None, texts.read(event.actor) or None,
        _words(event.notify, event.notify_count), _words(event.via, event.via_count),
        _number(event.percent), _number(event.level), event.repetition,
        bool(flags & c.EVENT_LATE), bool(flags & c.EVENT_IN_GRACE),
        bool(flags & c.EVENT_PROVISIONAL), event.line, _id(event.id[0], event.id[1]))


def _id(first: int, second: int) -> str:
    return (first.to_bytes(8, "little") + second.to_bytes(8, "little")).hex()
