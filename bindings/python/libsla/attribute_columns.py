# SPDX-License-Identifier: MIT
"""Columns of attributes: texts, categories, numbers and booleans, where they lie.

What attributes.py does for one value is done for a column: whole numbers are their decimal texts,
booleans "true" and "false". Arrow's texts, dictionaries (categories), whole numbers and booleans,
and arrays of whole numbers and booleans, are read in place. Lists, and arrays of Python's objects,
are converted one by one. None, NaN and nulls are attributes that an incident does not have.
"""

from __future__ import annotations

from array import array
from contextlib import ExitStack
from ctypes import addressof, c_char_p, c_void_p, cast, sizeof
from datetime import date
from enum import Enum
from itertools import accumulate
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Union

from ._native import constants as c
from ._native.structs import Text
from ._native.structs_columns import Texts
from .arrow import (ArrowArray, ArrowSchema, Taken, column_of, describe, exports_arrow, format_of)
from .attributes import bytes_of_value
from .memory import strided_of
from .numbers import absent, pandas_array

_OFFSETS = {"u": c.TEXTS_OFFSETS32, "U": c.TEXTS_OFFSETS64}
_SIGNED = {"c": 1, "s": 2, "i": 4, "l": 8}
_UNSIGNED = {"C": 1, "S": 2, "I": 4, "L": 8}
_WIDTHS = {**_SIGNED, **_UNSIGNED}
_FALSE_TRUE = array("B", [0b10])  # the bits of false and true


class TextPiece(NamedTuple):
    """Rows that lie together."""

    rows: int
    texts: Texts

    def at(self, row: int) -> Texts:
        """The rows from that one on."""
        if not row:
            return self.texts
        later = Texts.from_buffer_copy(self.texts)
        later.first += row
        return later


class Constant(NamedTuple):
    """One text for all rows, or none for all (a text without data)."""

    text: Text

    def at(self, row: int) -> Text:
        """The same, wherever."""
        return self.text


def spread(text: Text, rows: int) -> TextPiece:
    """One text as a column: a dictionary of one, whose index stands in every row."""
    indexes, ends = bytes(rows), array("q", [0, text.length])
    piece = _texts(c.TEXTS_OFFSETS64, rows, 0, ends.buffer_info()[0], bytes=text.data,
                   indexes=cast(c_char_p(indexes), c_void_p).value, index_width=1)
    piece.texts.count = 1
    piece.texts.kept = indexes, ends, text
    return piece


class AttributeInput(NamedTuple):
    """An attribute of all incidents."""

    name: str
    rows: Optional[int]  # None: one value
    pieces: Sequence[Union[TextPiece, Constant]]
    kept: Any


def read_attribute(name: str, value: Any, stack: ExitStack) -> AttributeInput:
    """Reads a column, or one value for all rows. TypeError names the attribute."""
    shown = f"attribute {name}"
    if isinstance(value, (str, int, float, date, Enum)) or value is None or (
            hasattr(value, "__index__") and not hasattr(value, "__len__")):
        return _constant(name, None if value is None else bytes_of_value(name, value))
    plain = pandas_array(value)
    if plain is not None:
        value = plain[0]
    elif exports_arrow(value):
        try:
            return _arrow(name, stack.enter_context(Taken(value, shown)))
        except ImportError:  # pandas without pyarrow
            value = value.tolist()
    if isinstance(value, (list, tuple)):
        return _sequence(name, value)
    return _array(name, value, shown, stack)


def _constant(name: str, data: Optional[bytes]) -> AttributeInput:
    text = Text() if data is None else Text(cast(c_char_p(data), c_void_p), len(data))
    return AttributeInput(name, None, [Constant(text)], data)


def _texts(form: int, rows: int, first: int, elements: Optional[int], **more: Any) -> TextPiece:
    made = Texts(sizeof(Texts), 0, form)
    made.first, made.count, made.elements = first, first + rows, elements
    for field, value in more.items():
        setattr(made, field, value)
    return TextPiece(rows, made)


def _sequence(name: str, values: Sequence[Any]) -> AttributeInput:
    present = [not absent(value) for value in values]
    found = [bytes_of_value(f"{name}[{row}]", value) if there else b""
             for row, (value, there) in enumerate(zip(values, present))]
    joined = b"".join(found)
    offsets = array("q", [0])
    offsets.extend(accumulate(map(len, found)))
    bits = _bits(present)
    piece = _texts(c.TEXTS_OFFSETS64, len(found), 0, offsets.buffer_info()[0],
                   bytes=cast(c_char_p(joined), c_void_p).value,
                   validity=bits.buffer_info()[0])
    return AttributeInput(name, len(found), [piece] if found else [], (joined, offsets, bits))


def _bits(flags: List[bool]) -> array[int]:
    text = "".join("1" if flag else "0" for flag in reversed(flags)) or "0"
    return array("B", int(text, 2).to_bytes((len(text) + 7) // 8, "little"))


def _array(name: str, value: Any, shown: str, stack: ExitStack) -> AttributeInput:
    """An array of numpy or of the buffer protocol."""
    found = strided_of(value, shown, stack)
    if found.letter in ("U", "O", "T", "S"):
        return _sequence(name, value.tolist())
    if found.swapped or found.letter not in ("i", "u", "b"):
        raise TypeError(f"{shown}: texts, whole numbers or booleans are asked for, not {found.type}"
                        + _hint(found.letter))
    kept: Any = found
    address, rows = found.address, found.rows
    if found.stride != found.width and rows > 1:
        kept = array("b", memoryview(value).tobytes())
        address = kept.buffer_info()[0]
    if found.letter in "iu":
        form = c.TEXTS_NUMBERS if found.letter == "i" else c.TEXTS_UNSIGNED
        piece = _texts(form, rows, 0, address, width=found.width)
    else:
        piece = _booleans(rows, address)
    return AttributeInput(name, rows, [piece] if rows else [], kept)


def _booleans(rows: int, address: int) -> TextPiece:
    """Bytes of 0 and 1: indexes of a dictionary."""
    piece = _texts(c.TEXTS_BOOLEANS, rows, 0, _FALSE_TRUE.buffer_info()[0], indexes=address,
                   index_width=1)
    piece.texts.count = 2
    return piece


def _hint(letter: str) -> str:
    if letter == "f":
        return "; cast numbers to int64 (pandas: Int64), or to texts as the policy has them"
    return "; cast them to texts as the policy has them"


def _arrow(name: str, taken: Taken) -> AttributeInput:
    schema, chunks = column_of(taken)
    pieces = []
    for chunk in chunks:
        if chunk.length:
            pieces.append(_chunk(schema, chunk, taken.name))
    rows = sum(piece.rows for piece in pieces)
    return AttributeInput(name, rows, pieces, (taken, pieces))


def _chunk(schema: ArrowSchema, chunk: ArrowArray, shown: str) -> TextPiece:
    rows, first = chunk.length, chunk.offset
    text = format_of(schema)
    validity = chunk.buffers[0] if chunk.null_count and chunk.n_buffers else None
    if schema.dictionary:
        if text not in _WIDTHS:
            raise TypeError(f"{shown}: a dictionary with odd indexes")
        inside = chunk.dictionary.contents
        elements = _elements(format_of(schema.dictionary.contents), inside)
        if elements is not None:
            piece = _texts(rows=rows, first=first, indexes=chunk.buffers[1],
                           index_width=_WIDTHS[text], validity=validity,
                           element_validity=inside.buffers[0] if inside.null_count else None,
                           **elements)
            piece.texts.count, piece.texts.element_first = inside.length, inside.offset
            return piece
    elif text == "n":
        return _nothing(rows)
    else:
        elements = _elements(text, chunk)
        if elements is not None:
            return _texts(rows=rows, first=first, validity=validity, **elements)
    raise TypeError(f"{shown}: texts, whole numbers or booleans are asked for, not "
                    + describe(schema) + _hint("f" if text in ("e", "f", "g") else ""))


def _elements(text: str, of: ArrowArray) -> Optional[Dict[str, Any]]:
    """The fields of sla_texts that tell where the elements of an Arrow array are."""
    if text in _OFFSETS:
        return {"form": _OFFSETS[text], "elements": of.buffers[1], "bytes": of.buffers[2]}
    if text == "vu":
        data = addressof(of.buffers.contents) + 2 * sizeof(c_void_p)
        return {"form": c.TEXTS_VIEWS, "elements": of.buffers[1], "bytes": data,
                "buffers": of.n_buffers - 3, "buffer_sizes": of.buffers[of.n_buffers - 1]}
    if text == "b":
        return {"form": c.TEXTS_BOOLEANS, "elements": of.buffers[1]}
    if text in _WIDTHS:
        form = c.TEXTS_NUMBERS if text in _SIGNED else c.TEXTS_UNSIGNED
        return {"form": form, "elements": of.buffers[1], "width": _WIDTHS[text]}
    return None


def _nothing(rows: int) -> TextPiece:
    """Arrow's type of nulls, which has no memory: bits that are all 0."""
    piece = _texts(c.TEXTS_BOOLEANS, rows, 0, None)
    bits = bytes((rows + 7) // 8)
    address = cast(c_char_p(bits), c_void_p).value
    piece.texts.elements = piece.texts.validity = address
    piece.texts.kept = bits
    return piece
