# SPDX-License-Identifier: MIT
"""Attributes of incidents: Python's values as the texts that policies compare."""

from __future__ import annotations

import math
from ctypes import Array, addressof, c_char_p, c_void_p, cast
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from operator import index
from typing import Any, List, Mapping, Optional, Tuple, Union

from ._native import constants as c
from ._native import texts
from ._native.structs import Attribute
from .errors import ArgumentError, NaiveTimeError

Value = Union[str, bool, int, float, datetime, date, Enum, None]
Attributes = Mapping[str, Value]


def text_of(name: str, value: Value) -> str:
    """The text of one value.

    A str is itself, a bool "true" or "false", an int decimal, a finite float its shortest decimal,
    an aware datetime RFC 3339, a date YYYY-MM-DD, an Enum what its value is. Else TypeError.
    """
    if type(value) is str:
        return value
    if isinstance(value, Enum):
        return text_of(name, value.value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise TypeError(f"attribute {name} is {value}: no number that a policy can compare")
        return float.__repr__(value)
    if isinstance(value, datetime):
        offset = value.utcoffset()
        if offset is None:
            raise NaiveTimeError(f"attribute {name} has no zone: {value}. Give it one, "
                                 'tzinfo=ZoneInfo("Europe/Berlin"), or send local time as text')
        if offset % timedelta(minutes=1):  # RFC 3339 has no seconds in an offset
            value = value.astimezone(timezone.utc)
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    dtype = getattr(value, "dtype", None)
    if getattr(dtype, "kind", "") == "b" and getattr(value, "shape", None) == ():  # numpy's bool
        return "true" if value else "false"
    try:
        return str(index(value))  # type: ignore[arg-type]
    except TypeError:  # no whole number of another library
        pass
    raise TypeError(f"attribute {name} is of type {type(value).__name__}: give str, bool, int, "
                    "float, datetime, date or an Enum of these")


def bytes_of_value(name: str, value: Value) -> bytes:
    """The same in UTF-8. ValueError: it has half of a surrogate pair."""
    return texts.encoded(text_of(name, value), "attribute ", name)


def bytes_of_name(name: str) -> bytes:
    """The name of an attribute in UTF-8."""
    return texts.encoded(name, "an attribute's name")


class AttributeArray:
    """Attributes in the form of the C library: an array of sla_attribute, which shows bytes that
    are kept here."""

    __slots__ = ("array", "count", "_kept")

    def __init__(self, attributes: Optional[Attributes], more: Optional[Attributes] = None, *,
                 removing: bool = False) -> None:
        """`more` are those given by keyword. None is an attribute that is absent, or, with
        `removing`, one to be taken away."""
        items = merged(attributes, more)
        if not removing:
            items = [(name, value) for name, value in items if value is not None]
        self.count = len(items)
        self.array: Optional[Array[Attribute]] = (Attribute * self.count)() if items else None
        self._kept: List[bytes] = []
        for place, (name, value) in enumerate(items):
            item: Any = self.array[place]  # type: ignore[index]
            self._show(item.name, bytes_of_name(name))
            if value is None:
                item.flags = c.ATTRIBUTE_REMOVE
            else:
                self._show(item.value, bytes_of_value(name, value))

    @property
    def address(self) -> Optional[int]:
        """For a field of a struct or an argument; None when there are none."""
        return None if self.array is None else addressof(self.array)

    def _show(self, text: Any, data: bytes) -> None:
        self._kept.append(data)
        text.data = cast(c_char_p(data), c_void_p).value
        text.length = len(data)


def merged(attributes: Optional[Attributes],
           more: Optional[Attributes]) -> List[Tuple[str, Value]]:
    """The attributes of a mapping and those given by keyword. TypeError if one is given twice, or
    if a name is no str; ArgumentError if it is empty."""
    try:
        items = list(attributes.items()) if attributes else []
    except AttributeError:
        raise TypeError("attributes are a mapping of names to values, not "
                        f"{type(attributes).__name__}") from None
    for name, _ in items:
        if not isinstance(name, str):
            raise TypeError(f"names of attributes are texts, not {type(name).__name__}: {name!r}")
        if not name:
            raise ArgumentError("an attribute has no name")
    if more:
        for name in more:
            if attributes and name in attributes:
                raise TypeError(f"attribute {name} is given twice")
        items.extend(more.items())
    return items
