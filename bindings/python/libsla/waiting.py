# SPDX-License-Identifier: MIT
"""Events that wait in an engine, or came out of a step: many are read at once, as columns."""

from __future__ import annotations

from ctypes import addressof, c_char, c_size_t, sizeof
from datetime import datetime, timedelta
from itertools import repeat
from struct import calcsize
from typing import (TYPE_CHECKING, Any, Callable, Dict, Iterable, List, Optional, Sequence, Tuple,
                    Union)

from ._native import constants as c
from ._native import texts
from ._native.library import lib
from ._native.structs_columns import EventColumns, ListSink, TextSink
from .errors import check
from .event import Event
from .record import made
from .words import EVENT_TYPES, KINDS

if TYPE_CHECKING:
    from .policy import Policy

SHOWN = 256
"""Events that are read at once, at most."""

_NUMBERS = {  # column: the form of a number, as memoryview.cast() names it
    "ids": "B", "at": "q", "deadlines": "q", "elapsed": "q", "remaining": "q", "types": "B",
    "kinds": "B", "event_flags": "B", "metric_indexes": "I", "agreement_indexes": "I",
    "severity_indexes": "I", "cycles": "I", "percents": "i", "levels": "i", "repetitions": "I",
    "lines": "I",
}
_TEXTS = ("incidents", "agreements", "metrics", "severities", "reasons", "actors")
_LISTS = ("notify", "via")
_NEVER = repeat(None)
_NO = repeat(False)
_NOBODY: Iterable[Tuple[str, ...]] = repeat(())


class EventNames:
    """What events are read with: the policy's zone, and the names of its metrics, agreements and
    severities by their indexes. It goes on when the policy is closed."""

    __slots__ = ("zone", "metrics", "agreements", "severities", "columns")

    def __init__(self, policy: Policy) -> None:
        self.zone = policy.zone
        self.metrics = policy.metrics
        self.agreements = policy.agreements
        self.severities = policy.severities
        self.columns = {"metric_indexes": (self.metrics, "metrics"),
                        "agreement_indexes": (self.agreements, "agreements"),
                        "severity_indexes": (self.severities, "severities")}


def names_of(policy: Policy) -> EventNames:
    """Those of a policy, made once."""
    names = policy._event_names
    if names is None:
        names = policy._event_names = EventNames(policy)
    return names


def _memory(size: int, form: str) -> Tuple[memoryview, int]:
    """Memory that C can write: numbers of a form of memoryview.cast(), and its address."""
    memory = (c_char * size)()
    view: Any = memoryview(memory).cast("B")
    return view.cast(form), addressof(memory)


class _Texts:
    """An sla_text_sink and its memory."""

    __slots__ = ("sink", "_offsets", "_bytes")

    def __init__(self, count: int, capacity: int) -> None:
        self._offsets, offsets = _memory(4 * (count + 1), "i")
        self._bytes, data = _memory(capacity, "B")
        self.sink = TextSink(sizeof(TextSink), 0, 4, 0, capacity, 0, 0, offsets, data)

    def grow(self) -> bool:
        """Makes room for what did not fit. Was there not enough?"""
        if self.sink.used <= self.sink.capacity:
            return False
        self.sink.capacity = 1 << (self.sink.used - 1).bit_length()
        self._bytes, self.sink.bytes = _memory(self.sink.capacity, "B")
        return True

    def read(self, count: int) -> List[str]:
        """So many texts."""
        offsets = self._offsets[:count + 1].tolist()
        data = bytes(self._bytes[:offsets[-1]])
        every = data.decode()
        if len(every) == len(data):  # a byte is a character
            return [every[a:b] for a, b in zip(offsets, offsets[1:])]
        return [data[a:b].decode() for a, b in zip(offsets, offsets[1:])]

    def read_optional(self, count: int) -> Iterable[Optional[str]]:
        """The same, None for the empty ones."""
        if not self.sink.used:
            return _NEVER
        return [text or None for text in self.read(count)]


class _Lists:
    """An sla_list_sink and its memory."""

    __slots__ = ("sink", "_offsets", "_texts")

    def __init__(self, count: int) -> None:
        self._make(count, 4 * count)

    def _make(self, count: int, capacity: int) -> None:
        self._offsets, offsets = _memory(4 * (count + 1), "i")
        self._texts = _Texts(capacity, 16 * capacity)
        self.sink = ListSink(sizeof(ListSink), 0, 4, 0, capacity, 0, offsets,
                             addressof(self._texts.sink))

    def grow(self) -> bool:
        """As that of texts."""
        if self.sink.used > self.sink.capacity:
            self._make(SHOWN, 1 << self.sink.used.bit_length())
            return True
        return self._texts.grow()

    def read(self, count: int) -> Iterable[Tuple[str, ...]]:
        """So many lists."""
        offsets = self._offsets[:count + 1].tolist()
        if not offsets[-1]:
            return _NOBODY
        words = self._texts.read(offsets[-1])
        return [tuple(words[a:b]) for a, b in zip(offsets, offsets[1:])]


class _Window:
    """Memory for the columns of SHOWN events. One thread uses it at a time."""

    def __init__(self) -> None:
        self._columns: Any = texts.sized(EventColumns)
        self._numbers: Dict[str, memoryview] = {}
        self._durations: Dict[int, timedelta] = {}
        for name, form in _NUMBERS.items():
            width = 16 if name == "ids" else calcsize(form)
            self._numbers[name], address = _memory(width * SHOWN, form)
            setattr(self._columns, name, address)
        self._texts = {name: _Texts(SHOWN, 16 * SHOWN) for name in _TEXTS}
        self._lists = {name: _Lists(SHOWN) for name in _LISTS}
        self._sinks: List[Tuple[str, Union[_Texts, _Lists]]] = [*self._texts.items(),
                                                                *self._lists.items()]
        self._show_sinks()

    def _show_sinks(self) -> None:
        for name, sink in self._sinks:
            setattr(self._columns, name, addressof(sink.sink))

    def read(self, show: Callable[..., int], pointer: int, first: int, count: int,
             names: EventNames) -> List[Event]:
        """At most so many of the events that a function of C shows, from the place `first` on."""
        columns, found = self._columns, c_size_t()
        columns.first, columns.capacity = first, min(count, SHOWN)
        status = show(pointer, addressof(columns), addressof(found))
        while status == c.ERROR_LIMIT:  # not even one: a very long text
            if not any([sink.grow() for _, sink in self._sinks]):
                check(status)
            self._show_sinks()
            status = show(pointer, addressof(columns), addressof(found))
        return self._events(found.value, names) if check(status) == c.OK else []

    def _events(self, count: int, names: EventNames) -> List[Event]:
        numbers = {name: column[:count].tolist() for name, column in self._numbers.items()
                   if name != "ids"}
        zone, flags = names.zone, numbers["event_flags"]
        from_seconds = datetime.fromtimestamp
        different = {*numbers["at"], *numbers["deadlines"]}
        different.discard(c.TIME_NONE)  # of a paused clock
        instants = {at: from_seconds(at, zone) for at in different}
        metrics, agreements, severities = (
            self._named(count, numbers[indexes], known, column)
            for indexes, (known, column) in names.columns.items())
        return made(
            Event, map(EVENT_TYPES.__getitem__, numbers["types"]),
            self._texts["incidents"].read(count), metrics,
            map(instants.__getitem__, numbers["at"]),
            map(instants.get, numbers["deadlines"]),
            self._read_durations(numbers["elapsed"]), self._read_durations(numbers["remaining"]),
            map(KINDS.__getitem__, numbers["kinds"]), numbers["cycles"], agreements, severities,
            self._texts["reasons"].read_optional(count), self._texts["actors"].read_optional(count),
            self._lists["notify"].read(count), self._lists["via"].read(count),
            _optional(numbers["percents"]), _optional(numbers["levels"]), numbers["repetitions"],
            _flag(flags, c.EVENT_LATE), _flag(flags, c.EVENT_IN_GRACE),
            _flag(flags, c.EVENT_PROVISIONAL), numbers["lines"], self._ids(count))

    def _named(self, count: int, indexes: List[int], known: Sequence[str],
               column: str) -> Sequence[Optional[str]]:
        try:
            return [known[index] for index in indexes]
        except IndexError:  # there is none, or it is another policy's (E9)
            told = self._texts[column].read(count)
            return [known[index] if index != c.NO_INDEX else text or None
                    for index, text in zip(indexes, told)]

    def _read_durations(self, seconds: List[int]) -> List[timedelta]:
        known = self._durations
        if len(known) > 10_000:
            known.clear()
        durations = []
        for number in seconds:
            duration = known.get(number)
            if duration is None:
                duration = known[number] = timedelta(0, number)
            durations.append(duration)
        return durations

    def _ids(self, count: int) -> List[str]:
        digits = self._numbers["ids"][:16 * count].hex()
        return [digits[at:at + 32] for at in range(0, 32 * count, 32)]


def _optional(numbers: List[int]) -> Iterable[Optional[int]]:
    if max(numbers) == c.NO_NUMBER:
        return _NEVER
    return [None if number == c.NO_NUMBER else number for number in numbers]


def _flag(flags: List[int], flag: int) -> Iterable[bool]:
    return [bool(one & flag) for one in flags] if any(flags) else _NO


# A window is taken by pop() and put back by append(), which are one step for Python's threads.
_windows: List[_Window] = []


def _read(show: Callable[..., int], pointer: int, first: int, count: int,
          names: EventNames) -> List[Event]:
    try:
        window = _windows.pop()
    except IndexError:
        window = _Window()
    events = window.read(show, pointer, first, count, names)
    _windows.append(window)
    return events


def waiting_events(pointer: int, count: int, names: EventNames) -> List[Event]:
    """The first events in line of an engine, at most so many, and SHOWN; none is removed."""
    return _read(lib.engine_events, pointer, 0, count, names)


def step_events(pointer: int, names: EventNames) -> Tuple[Event, ...]:
    """All events of a step."""
    events: List[Event] = []
    while more := _read(lib.step_events, pointer, len(events), SHOWN, names):
        events += more
    return tuple(events)
