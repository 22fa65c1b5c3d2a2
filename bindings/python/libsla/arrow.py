# SPDX-License-Identifier: MIT
"""The Arrow C data interface: columns of others come in, as they lie.

An object with __arrow_c_array__ or __arrow_c_stream__ gives capsules with the structs that Arrow's
specification describes. Here they are taken over and given back; nothing is copied.
"""

from __future__ import annotations

import ctypes
from ctypes import (CFUNCTYPE, POINTER, Structure, addressof, c_char_p, c_int, c_int64, c_void_p,
                    pythonapi)
from typing import Any, List, Optional, Protocol, Tuple, Type, TypeVar

NULLABLE = 2  # of ArrowSchema.flags


class ArrowSchema(Structure):
    """The type of a column."""


class ArrowArray(Structure):
    """The memory of a column."""


class ArrowStream(Structure):
    """Columns of one type, one after the other."""


ArrowSchema._fields_ = [
    ("format", c_char_p), ("name", c_char_p), ("metadata", c_void_p), ("flags", c_int64),
    ("n_children", c_int64), ("children", POINTER(POINTER(ArrowSchema))),
    ("dictionary", POINTER(ArrowSchema)), ("release", c_void_p), ("private_data", c_void_p),
]
ArrowArray._fields_ = [
    ("length", c_int64), ("null_count", c_int64), ("offset", c_int64), ("n_buffers", c_int64),
    ("n_children", c_int64), ("buffers", POINTER(c_void_p)),
    ("children", POINTER(POINTER(ArrowArray))), ("dictionary", POINTER(ArrowArray)),
    ("release", c_void_p), ("private_data", c_void_p),
]
ArrowStream._fields_ = [
    ("get_schema", c_void_p), ("get_next", c_void_p), ("get_last_error", c_void_p),
    ("release", c_void_p), ("private_data", c_void_p),
]


class ArrayExporter(Protocol):
    """What has an Arrow array to give."""

    def __arrow_c_array__(self, requested_schema: Optional[object] = None
                          ) -> Tuple[object, object]: ...


class StreamExporter(Protocol):
    """What has a stream of Arrow arrays to give."""

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...


_capsule_pointer = pythonapi["PyCapsule_GetPointer"]
_capsule_pointer.restype, _capsule_pointer.argtypes = c_void_p, [ctypes.py_object, c_char_p]

# All let go of the interpreter: who releases may need it, on whatever thread.
_Release = CFUNCTYPE(None, c_void_p)
_Get = CFUNCTYPE(c_int, c_void_p, c_void_p)
_Error = CFUNCTYPE(c_char_p, c_void_p)

Struct = TypeVar("Struct", ArrowSchema, ArrowArray, ArrowStream)


def _taken(kind: Type[Struct], capsule: object, capsule_name: bytes, name: str) -> Struct:
    """The struct of a capsule, moved out of it."""
    there = kind.from_address(_capsule_pointer(capsule, capsule_name))
    if not there.release:
        raise ValueError(f"{name}: its Arrow struct was taken already")
    ours = kind.from_buffer_copy(there)
    there.release = None
    return ours


class Taken:
    """A column that was taken over: its type, and its chunks in order. A context manager; at its
    end everything is given back."""

    __slots__ = ("name", "schema", "chunks", "_streams")

    def __init__(self, exporter: Any, name: str) -> None:
        self.name = name
        self.schema = ArrowSchema()
        self.chunks: List[ArrowArray] = []
        self._streams: List[ArrowStream] = []
        try:
            if hasattr(exporter, "__arrow_c_array__"):
                self._take_array(exporter)
            else:
                self._take_stream(exporter)
        except BaseException:
            self.close()
            raise

    def _take_array(self, exporter: ArrayExporter) -> None:
        schema, array = exporter.__arrow_c_array__()
        self.schema = _taken(ArrowSchema, schema, b"arrow_schema", self.name)
        self.chunks.append(_taken(ArrowArray, array, b"arrow_array", self.name))

    def _take_stream(self, exporter: StreamExporter) -> None:
        stream = _taken(ArrowStream, exporter.__arrow_c_stream__(), b"arrow_array_stream",
                        self.name)
        self._streams.append(stream)
        self._ask(stream, stream.get_schema, self.schema)
        get_next = stream.get_next
        while True:
            chunk = ArrowArray()
            self._ask(stream, get_next, chunk)
            if not chunk.release:
                return
            self.chunks.append(chunk)

    def _ask(self, stream: ArrowStream, function: int, out: Structure) -> None:
        number = _Get(function)(addressof(stream), addressof(out))
        if number:
            text = _Error(stream.get_last_error)(addressof(stream)) or b""
            raise ValueError(f"{self.name}: its Arrow stream fails: "
                             f"{text.decode(errors='replace') or f'error {number}'}")

    def close(self) -> None:
        """Gives every struct back, once."""
        while self.chunks:
            _give_back(self.chunks.pop())
        if self.schema.release:
            _give_back(self.schema)
        while self._streams:
            _give_back(self._streams.pop())

    def __enter__(self) -> Taken:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()


def _give_back(struct: Any) -> None:
    if struct.release:
        _Release(struct.release)(addressof(struct))


def exports_arrow(value: object) -> bool:
    """Does it take part in the Arrow PyCapsule interface?"""
    return hasattr(value, "__arrow_c_array__") or hasattr(value, "__arrow_c_stream__")


def format_of(schema: ArrowSchema) -> str:
    """A type as the interface writes it: "l", "tsu:UTC"."""
    text: bytes = schema.format or b""
    return text.decode(errors="replace")


def column_of(taken: Taken) -> Tuple[ArrowSchema, List[ArrowArray]]:
    """The type and the chunks. A table of one column, as a query of a database gives it, is that
    column."""
    schema = taken.schema
    if format_of(schema) != "+s":
        return schema, taken.chunks
    if schema.n_children != 1:
        raise TypeError(f"{taken.name}: a table with {schema.n_children} columns; give one of them")
    return schema.children[0].contents, [child_of(taken, chunk, 0) for chunk in taken.chunks]


def child_of(taken: Taken, chunk: ArrowArray, place: int) -> ArrowArray:
    """A column of a table's chunk: the rows that the chunk has. Not to be released."""
    if chunk.null_count > 0 and chunk.buffers[0]:
        raise TypeError(f"{taken.name}: a struct column with nulls; give one of its fields")
    child = ArrowArray.from_buffer_copy(chunk.children[place].contents)
    child.length = chunk.length
    child.offset += chunk.offset
    return child


def describe(schema: ArrowSchema) -> str:
    """A type for people."""
    text = format_of(schema)
    names = {"g": "float64", "f": "float32", "e": "float16", "u": "text", "U": "text",
             "vu": "text", "z": "bytes", "Z": "bytes", "b": "bool", "tdD": "date32",
             "tdm": "date64", "tts": "time of day", "ttm": "time of day", "ttu": "time of day",
             "ttn": "time of day", "L": "uint64", "I": "uint32", "S": "uint16", "C": "uint8",
             "s": "int16", "c": "int8"}
    if schema.dictionary:
        return f"a dictionary of {names.get(format_of(schema.dictionary.contents), 'values')}"
    return names.get(text, f'Arrow format "{text}"')
