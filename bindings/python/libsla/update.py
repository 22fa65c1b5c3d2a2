# SPDX-License-Identifier: MIT
"""Updates: what the host tells the engine."""

from __future__ import annotations

from ctypes import addressof, c_char, c_int32
from dataclasses import dataclass, field
from operator import index
from struct import Struct
from typing import Any, Iterable, List, Mapping, Optional, Tuple, Union

from ._native import constants as c
from ._native.texts import encoded
from .attributes import AttributeArray, Attributes, Value, merged, text_of
from .errors import ArgumentError, error
from .times import Instant, seconds_of
from .words import Word


class Outcome(Word):
    """What became of an update that was no error."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    """Its sequence was seen before; nothing changed (E3)."""
    UNKNOWN_SEVERITY = "unknown_severity"
    """Applied; a severity that the policy does not list was taken as the last one."""


OUTCOMES = {c.OK: Outcome.APPLIED, c.DUPLICATE: Outcome.DUPLICATE,
            c.UNKNOWN_SEVERITY: Outcome.UNKNOWN_SEVERITY}


@dataclass(frozen=True)
class Update:
    """Something that happened to an incident (E1), for Engine.update_many() and rebuild().

    Names that begin with "sla:" are acts of the host (K12): "sla:extend" with the attribute `by`,
    "sla:pin" with `deadline`, "sla:exempt".
    """

    incident: str
    """1 to 4096 bytes of UTF-8."""
    at: Instant
    event: Optional[str] = None
    """Its name, such as "responded"."""
    attributes: Mapping[str, Value] = field(default_factory=dict, hash=False)
    """Those that change; None takes one away."""
    sequence: int = 0
    """0: none. Else one that is not above the incident's last makes a duplicate (E3)."""


Updating = Union[Update, Tuple[Any, ...]]
"""An Update, or a tuple of its fields in order: (incident, at, event, attributes, sequence), of
which the last three may be left out."""

_ID_MAX = 4096  # bytes, as sla_update says
_UPDATE = Struct("@IIPNPNPNqQ")
_ATTRIBUTE = Struct("@PNPNII")
Plain = Tuple[bytes, int, bytes, List[bytes], int]


def bytes_of_id(incident: str) -> bytes:
    """An incident's id for the C library."""
    data = encoded(incident, "an incident's id")
    if not 0 < len(data) <= _ID_MAX:
        raise ArgumentError(f"an incident's id has 1 to {_ID_MAX:,} bytes, not {len(data):,}: "
                            f"{incident[:40]!r}{'...' if incident[40:] else ''}")
    return data


def plain(incident: str, at: Instant, event: Optional[str] = None,
          attributes: Optional[Attributes] = None, sequence: int = 0,
          more: Optional[Attributes] = None) -> Plain:
    """An update in bytes and numbers. Each attribute is its name and its value; an empty name
    stands before one that is to be taken away."""
    identity = bytes_of_id(incident)
    name_of_event = b"" if event is None else encoded(event, "an event's name")
    seconds = at if type(at) is int else seconds_of(at, "at")
    if not c.TIME_MIN <= seconds <= c.TIME_MAX:
        raise error(c.ERROR_RANGE, f"at is {at}: not from 1970 to 2199")
    if type(sequence) is not int:
        sequence = index(sequence)
    if not 0 <= sequence < 1 << 64:
        raise ArgumentError(f"sequence is {sequence}: not from 0 to 2^64 - 1")
    words: List[bytes] = []
    if attributes or more:
        try:
            for name, value in merged(attributes, more):
                words += (b"", name.encode()) if value is None else (
                    name.encode(), text_of(name, value).encode())
        except UnicodeEncodeError:
            AttributeArray(attributes, more)  # takes longer, and says which it is
            raise
    return identity, seconds, name_of_event, words, sequence


def plain_of(update: Updating) -> Plain:
    """The same of an Update or a tuple."""
    if isinstance(update, Update):
        return plain(update.incident, update.at, update.event, update.attributes, update.sequence)
    if not isinstance(update, tuple) or not 2 <= len(update) <= 5:
        raise TypeError("an update is an Update, or a tuple (incident, at, event, attributes, "
                        f"sequence) of which the last three may be left out, not {update!r}")
    return plain(*update)


class Packed:
    """Updates in the form of the C library, in memory that is used again and again."""

    __slots__ = ("address", "_texts", "_records")

    def __init__(self) -> None:
        self.address = 0
        """Where the updates are, one behind the other."""
        self._texts = _Memory(512)
        self._records = _Memory(1024)

    def pack(self, updates: Iterable[Plain]) -> int:
        """Packs them, in place of those before. How many they are."""
        updates = list(updates)
        words: List[bytes] = []
        for incident, _, event, attributes, _ in updates:
            words += (incident, event)
            words += attributes
        text = self._texts.filled(b"".join(words))
        count = len(updates)
        head = count * _UPDATE.size
        place = self._records.room(head + len(words) * _ATTRIBUTE.size)
        records, end = self._records.view, head
        for number, (incident, at, event, attributes, sequence) in enumerate(updates):
            event_text = text + len(incident)
            _UPDATE.pack_into(records, number * _UPDATE.size, _UPDATE.size, 0, text, len(incident),
                              event_text, len(event), place + end, len(attributes) >> 1, at,
                              sequence)
            text = event_text + len(event)
            for index in range(0, len(attributes), 2):
                name, value = attributes[index:index + 2]
                value_text = text + len(name)
                if name:
                    _ATTRIBUTE.pack_into(records, end, text, len(name), value_text, len(value),
                                         0, 0)
                else:
                    _ATTRIBUTE.pack_into(records, end, value_text, len(value), 0, 0, 0,
                                         c.ATTRIBUTE_REMOVE)
                text = value_text + len(value)
                end += _ATTRIBUTE.size
        self.address = place
        return count


class _Memory:
    """Bytes whose address is known; they move when more are needed."""

    __slots__ = ("view", "_size", "_address", "_owner")

    def __init__(self, size: int) -> None:
        self._size = 0
        self.room(size)

    def room(self, size: int) -> int:
        """Makes room for so many bytes. Their address."""
        if size > self._size:
            # by powers of two: ctypes keeps a type for every length
            self._size = 1 << (size - 1).bit_length()
            self._owner = (c_char * self._size)()
            self._address = addressof(self._owner)
            self.view = memoryview(self._owner).cast("B")
        return self._address

    def filled(self, data: bytes) -> int:
        """Writes them. Their address."""
        address = self.room(len(data))
        self.view[:len(data)] = data
        return address


def statuses_for(count: int) -> Any:
    """Room for the statuses of so many updates."""
    return (c_int32 * count)()
