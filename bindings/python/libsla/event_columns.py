# SPDX-License-Identifier: MIT
"""Events as a table: all that wait, in one call, for data frames and databases."""

from __future__ import annotations

from ctypes import addressof, c_size_t, sizeof
from typing import TYPE_CHECKING, Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

from ._native import constants as c
from ._native.library import lib
from ._native.structs_columns import EventColumns, ListSink, TextSink
from .column import Column, bits_size
from .errors import check
from .lend import Node
from .loan import Loan
from .number_column import (NumberColumn, count_form, duration_form, instant_form, number_form)
from .table import Table
from .text_column import FlagColumn, ListColumn, NameColumn, Names, TextColumn
from .words import EVENT_TYPES, KINDS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from .waiting import EventNames

_PROBE = 256  # events whose texts say how much room all of them need
_TICKS = 1_000_000
# A name for every number below the count: an index is one.
_TYPES = [str(EVENT_TYPES.get(number, "")) for number in range(c.EVENT_TYPE_COUNT)]
_KINDS = [str(KINDS[number]) for number in range(len(KINDS))]

Show = Callable[[EventColumns], Tuple[int, int]]
"""Fills the columns; gives the status and how many rows there are."""


class EventTable(Table):
    """Events, in the order in which they are told, one a row. Its columns are the fields of Event:

    type, kind, agreement, metric, severity (names); incident, reason, actor, id (texts); at and
    deadline (timestamps in microseconds, in the policy's zone); elapsed and remaining (durations);
    notify and via (lists of texts); cycle, repetition, line; percent and level, null where they do
    not apply; late, in_grace, provisional (booleans).
    """

    __slots__ = ()


class _Field(NamedTuple):
    """A column of fixed width, and its bits of validity."""

    name: str
    place: str  # in sla_event_columns
    width: int
    validity: str = ""


_FIELDS = [
    _Field("type", "types", 1), _Field("kind", "kinds", 1), _Field("at", "at", 8),
    _Field("deadline", "deadlines", 8, "has_deadline"), _Field("elapsed", "elapsed", 8),
    _Field("remaining", "remaining", 8), _Field("metric", "metric_indexes", 4, "has_metric"),
    _Field("agreement", "agreement_indexes", 4, "has_agreement"),
    _Field("severity", "severity_indexes", 4, "has_severity"), _Field("cycle", "cycles", 4),
    _Field("percent", "percents", 4, "has_percent"), _Field("level", "levels", 4, "has_level"),
    _Field("repetition", "repetitions", 4), _Field("line", "lines", 4),
]
_FLAGS = ["late", "in_grace", "provisional"]
_TEXTS = {"incident": "incidents", "reason": "reasons", "actor": "actors", "id": "id_texts"}
_NAMED = {"metric": "metrics", "agreement": "agreements", "severity": "severities"}
_LISTS = ["notify", "via"]
_ORDER = ["type", "incident", "metric", "at", "deadline", "elapsed", "remaining", "kind", "cycle",
          "agreement", "severity", "reason", "actor", "notify", "via", "percent", "level",
          "repetition", "late", "in_grace", "provisional", "line", "id"]


class _Sink:
    """Room for texts."""

    def __init__(self, rows: int, room: int) -> None:
        self.wide = room >= 1 << 31
        width = 8 if self.wide else 4
        self.loan_size = (rows + 1) * 8 + bits_size(rows) + room
        self.rows, self.room, self.width = rows, room, width
        self.ends = self.validity = self.bytes = 0
        self.struct = TextSink(sizeof(TextSink), 0, width, 0, room)

    def lie(self, loan: Loan, offset: int) -> None:
        """Says where the room is."""
        self.ends = offset
        self.validity = self.ends + (self.rows + 1) * 8
        self.bytes = self.validity + bits_size(self.rows)
        loan.view(self.ends, 8)[:] = bytes(8)
        self.struct.offsets = loan.address + self.ends
        self.struct.validity = loan.address + self.validity
        self.struct.bytes = loan.address + self.bytes

    def column(self, loan: Loan, rows: int) -> TextColumn:
        return TextColumn(loan, rows, self.ends, self.bytes, self.wide, self.validity,
                          self.struct.missing)


class _Room:
    """Memory for the columns of so many events: where each lies, and how much room texts have."""

    def __init__(self, rows: int, needs: Dict[str, int], texts: Sequence[str]) -> None:
        self.rows = rows = max(rows, 1)
        self.at: Dict[str, int] = {}
        size = 0
        for field in _FIELDS:
            self.at[field.name] = size
            size += (rows * field.width + 7) // 8 * 8
            if field.validity:
                self.at[field.validity] = size
                size += bits_size(rows)
        for flag in _FLAGS:
            self.at[flag] = size
            size += bits_size(rows)
        self.sinks = {name: _Sink(rows, needs[name]) for name in texts}
        self.lists: Dict[str, ListSink] = {}
        for name in _LISTS:
            count = needs[name + "_count"]
            self.sinks[name] = _Sink(count, needs[name])
            width = 8 if count >= 1 << 31 else 4
            self.lists[name] = ListSink(sizeof(ListSink), 0, width, 0, count)
            self.at[name] = size
            size += (rows + 1) * 8
        starts = []
        for sink in self.sinks.values():
            starts.append(size)
            size += (sink.loan_size + 7) // 8 * 8
        self.loan = Loan(size)
        for sink, start in zip(self.sinks.values(), starts):
            sink.lie(self.loan, start)
        for name in _LISTS:  # where no event waits nothing is written, and offsets begin with 0
            self.loan.view(self.at[name], 8)[:] = bytes(8)

    def struct(self) -> EventColumns:
        """The columns for the C library."""
        base = self.loan.address
        made = EventColumns(sizeof(EventColumns), 0, _TICKS)
        made.capacity = self.rows
        for field in _FIELDS:
            setattr(made, field.place, base + self.at[field.name])
            if field.validity:
                setattr(made, field.validity, base + self.at[field.validity])
        for flag in _FLAGS:
            setattr(made, flag, base + self.at[flag])
        for name, sink in self.sinks.items():
            if name in self.lists:
                listed = self.lists[name]
                listed.offsets = base + self.at[name]
                listed.texts = addressof(sink.struct)
                sink.struct.validity = None  # every text of a list is one
                setattr(made, name, addressof(listed))
            else:
                setattr(made, _TEXTS.get(name) or _NAMED[name], addressof(sink.struct))
        return made

    def needs(self, shown: int, rows: int) -> Dict[str, int]:
        """How much room `rows` events may need, as so many needed what they did. The first ones may
        be of kinds that tell little; room that is not written costs nothing."""
        scale = 1.25 * rows / max(shown, 1)
        found = {name: int(sink.struct.used * scale) + 16 * rows + 4096
                 for name, sink in self.sinks.items()}
        for name, listed in self.lists.items():
            found[name + "_count"] = int(listed.used * scale) + 2 * rows + 64
        return found


def _filled(show: Show, rows: int, texts: Sequence[str]) -> Tuple[_Room, int]:
    """The columns of that many events."""
    names = [*texts, *_LISTS]
    needs = {name: 64 * _PROBE for name in names}
    needs.update({name + "_count": 8 * _PROBE for name in _LISTS})
    probe = rows > _PROBE
    while True:
        room = _Room(min(rows, _PROBE) if probe else rows, needs, texts)
        if not rows:
            return room, 0
        status, shown = show(room.struct())
        if status == c.ERROR_LIMIT:
            needs = room.needs(1, 4 * _PROBE)
            continue
        check(status)
        if probe:
            needs, probe = room.needs(shown, rows), False
        elif shown == rows:
            return room, shown
        else:  # later events have longer texts
            needs = {name: 4 * value for name, value in room.needs(shown, rows).items()}


def event_table(known: EventNames, show: Show, rows: int) -> EventTable:
    """A table of the first events in line, of which there are that many."""
    room, rows = _filled(show, rows, list(_TEXTS))
    lost = [name for name in _NAMED if _is_lost(known, room, name, rows)]
    if lost:  # names of a policy that was bound before: as texts
        room, rows = _filled(show, rows, [*_TEXTS, *lost])
    return _table(known, room, rows, lost)


def _is_lost(known: EventNames, room: _Room, name: str, rows: int) -> bool:
    """Has a row a name that the policy does not know? Of severities a row may have none."""
    validity = room.at["has_" + name]
    column = NumberColumn[int](room.loan, rows, count_form(), room.at[name], validity, None)
    return column.missing > 0 and not (name == "severity" and not known.severities)


def _table(known: EventNames, room: _Room, rows: int, lost: List[str]) -> EventTable:
    names = [*_names(known, lost).items(), ("type", _TYPES), ("kind", _KINDS)]
    own = Loan(sum(Names.size(texts) for _, texts in names), room.loan)
    named, offset = {}, 0
    for name, texts in names:
        named[name] = Names(texts, own, offset)
        offset += Names.size(texts)
    columns: Dict[str, Column[Any]] = {
        name: sink.column(room.loan, rows) for name, sink in room.sinks.items()
        if name not in room.lists}
    for name, listed in room.lists.items():
        texts_in = room.sinks[name].column(room.loan, listed.used)
        columns[name] = ListColumn(room.loan, rows, room.at[name], texts_in, listed.width == 8)
    for field in _FIELDS:
        if field.name in named:
            validity = room.at[field.validity] if field.validity else None
            columns[field.name] = NameColumn(room.loan, rows, named[field.name],
                                             room.at[field.name], validity, width=field.width)
        elif field.name not in columns:
            columns[field.name] = _numbers(known.zone, room, field, rows)
    for flag in _FLAGS:
        columns[flag] = FlagColumn(room.loan, rows, room.at[flag])
    return EventTable(own, rows, {name: columns[name] for name in _ORDER})


def _names(known: EventNames, lost: List[str]) -> Dict[str, Sequence[str]]:
    found = {"metric": known.metrics, "agreement": known.agreements, "severity": known.severities}
    return {name: texts for name, texts in found.items() if name not in lost}


def _numbers(zone: ZoneInfo, room: _Room, field: _Field, rows: int) -> NumberColumn[Any]:
    if field.name in ("at", "deadline"):
        form = instant_form(_TICKS, zone.key, zone)
    elif field.name in ("elapsed", "remaining"):
        form = duration_form(_TICKS)
    else:
        form = number_form() if field.validity else count_form()
    validity = room.at[field.validity] if field.validity else None
    return NumberColumn(room.loan, rows, form, room.at[field.name], validity,
                        None if field.validity else 0)


def engine_show(pointer: int) -> Show:
    """Shows the events that wait in an engine."""

    def show(columns: EventColumns) -> Tuple[int, int]:
        count = c_size_t()
        status: int = lib.engine_events(pointer, addressof(columns), addressof(count))
        return (c.OK if status == c.EMPTY else status), count.value

    return show
