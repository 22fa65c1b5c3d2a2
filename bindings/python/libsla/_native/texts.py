# SPDX-License-Identifier: MIT
"""Texts on their way to the C library and back."""

from __future__ import annotations

from ctypes import Structure, addressof, c_char_p, c_void_p, cast, sizeof, string_at
from struct import pack
from typing import Any, Callable, Type, TypeVar, Union

from .structs import Text

Struct = TypeVar("Struct", bound=Structure)


def read(text: Text) -> str:
    """A borrowed text as a str of our own."""
    length = text.length
    return string_at(text.data, length).decode() if length else ""


def data_of(given: Union[str, bytes], what: str) -> bytes:
    """The bytes of a text, or of anything that has bytes."""
    if isinstance(given, str):
        return encoded(given, what)
    try:
        return bytes(memoryview(given))
    except TypeError:
        raise TypeError(f"{what} is str or bytes, not {type(given).__name__}") from None


def encoded(text: str, what: str, name: str = "") -> bytes:
    """A text for the C library. TypeError for anything but a str, ValueError for one that UTF-8
    cannot write; they say what it is, and its name."""
    try:
        return str.encode(text)
    except UnicodeEncodeError:
        raise ValueError(f"{what}{name} is no text: {text!r} has half of a character") from None
    except TypeError:
        raise TypeError(f"{what}{name} is a str, not {type(text).__name__}: {text!r}") from None


def of(data: bytes) -> Text:
    """A text that shows these bytes. They must be kept as long as it is used."""
    return Text(cast(c_char_p(data), c_void_p), len(data))


def ask(function: Callable[..., Any], *arguments: Any) -> str:
    """What a function gives through an sla_text * as its last argument."""
    text = Text()
    function(*arguments, addressof(text))
    return read(text)


def digest(words: Any) -> bytes:
    """The 16 bytes of a fingerprint or an id that a struct has as two numbers."""
    return pack(">2Q", *words)


def sized(kind: Type[Struct]) -> Struct:
    """A new struct, all zero but its `size`."""
    return kind(sizeof(kind))
