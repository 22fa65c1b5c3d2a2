# SPDX-License-Identifier: MIT
"""The Arrow C data interface: our columns and tables go out, as they lie.

The structs lie in memory of loans, and C functions give it back (see <sla/loan.h>): no Python runs
when somebody releases what was taken, on whatever thread, and be it after the interpreter's end.
For the same reason the capsules have no destructors of Python's: these would also run while an
error is on its way, and lose it. Each capsule is kept here until nobody else has it; then its
struct, if nobody took it, is released.
"""

from __future__ import annotations

import ctypes
import struct
import sys
from collections import deque
from ctypes import c_char_p, c_void_p, cast, memmove, pythonapi
from typing import Any, Deque, List, NamedTuple, Optional, Tuple

from ._native.library import lib
from .arrow import NULLABLE, ArrowArray, ArrowSchema, ArrowStream
from .errors import check
from .loan import Loan

_SCHEMA = struct.Struct("@3P2q4P")
_ARRAY = struct.Struct("@5q5P")
_STREAM_SIZE = ctypes.sizeof(ArrowStream)

_new_capsule = pythonapi["PyCapsule_New"]
_new_capsule.restype, _new_capsule.argtypes = ctypes.py_object, [c_void_p, c_char_p, c_void_p]


def _address(function: Any) -> int:
    return cast(function, c_void_p).value or 0


_RELEASE_SCHEMA = _address(lib.loan_release_schema)
_RELEASE_ARRAY = _address(lib.loan_release_array)


class Node(NamedTuple):
    """A column, and the columns in it, as Arrow has them."""

    format: str
    name: str
    rows: int
    missing: int
    buffers: Tuple[Optional[int], ...]  # addresses
    children: Tuple[Node, ...] = ()
    dictionary: Optional[Node] = None


def _count(node: Node) -> int:
    inner = sum(map(_count, node.children))
    return 1 + inner + (_count(node.dictionary) if node.dictionary else 0)


def _texts(node: Node) -> List[bytes]:
    own = [node.format.encode() + b"\0", node.name.encode() + b"\0"]
    for child in node.children + ((node.dictionary,) if node.dictionary else ()):
        own.extend(_texts(child))
    return own


def _pointers(node: Node) -> int:
    inner = node.children + ((node.dictionary,) if node.dictionary else ())
    return len(node.buffers) + len(node.children) + sum(map(_pointers, inner))


class _Writer:
    """Lays structs, pointers and texts one behind the other into a loan."""

    def __init__(self, size: int, structs: int, pointers: int, texts: int,
                 behind: Optional[Loan]) -> None:
        room = structs * size + pointers * struct.calcsize("P") + texts
        self.loan = Loan(room, behind)
        self.view = self.loan.view(0, room)
        self.structs = 0
        self.rest = structs * size
        self.size = size

    def next_struct(self) -> int:
        place = self.structs
        self.structs += self.size
        return place

    def put_pointers(self, addresses: List[int]) -> int:
        """The address of an array of them; 0 for none."""
        if not addresses:
            return 0
        place = self.rest
        struct.pack_into(f"@{len(addresses)}P", self.view, place, *addresses)
        self.rest += struct.calcsize("P") * len(addresses)
        return self.loan.address + place

    def put_text(self, text: str) -> int:
        data = text.encode() + b"\0"
        place = self.rest
        self.view[place:place + len(data)] = data
        self.rest += len(data)
        return self.loan.address + place


def _put_schema(to: _Writer, node: Node) -> int:
    """The address of its struct. Pointers go in before texts, as they must be aligned."""
    place = to.next_struct()
    children = [_put_schema(to, child) for child in node.children]
    dictionary = _put_schema(to, node.dictionary) if node.dictionary else 0
    pointers = to.put_pointers(children)
    _SCHEMA.pack_into(to.view, place, 0, 0, 0, NULLABLE, len(children), pointers, dictionary,
                      _RELEASE_SCHEMA, to.loan.more())
    return to.loan.address + place


def _put_texts(to: _Writer, node: Node, address: int) -> None:
    there = ArrowSchema.from_address(address)
    pair = struct.pack("@2P", to.put_text(node.format), to.put_text(node.name))
    memmove(address, pair, len(pair))
    for place, child in enumerate(node.children):
        _put_texts(to, child, ctypes.addressof(there.children[place].contents))
    if node.dictionary:
        _put_texts(to, node.dictionary, ctypes.addressof(there.dictionary.contents))


def _put_array(to: _Writer, node: Node) -> int:
    place = to.next_struct()
    children = [_put_array(to, child) for child in node.children]
    dictionary = _put_array(to, node.dictionary) if node.dictionary else 0
    buffers = to.put_pointers([address or 0 for address in node.buffers])
    _ARRAY.pack_into(to.view, place, node.rows, node.missing, 0, len(node.buffers), len(children),
                     buffers, to.put_pointers(children), dictionary, _RELEASE_ARRAY,
                     to.loan.more())
    return to.loan.address + place


def _schema_struct(node: Node) -> Tuple[Loan, int]:
    writer = _Writer(_SCHEMA.size, _count(node), _pointers(node), sum(map(len, _texts(node))), None)
    address = _put_schema(writer, node)
    _put_texts(writer, node, address)
    return writer.loan, address


def _array_struct(node: Node, behind: Loan) -> Tuple[Loan, int]:
    writer = _Writer(_ARRAY.size, _count(node), _pointers(node), 0, behind)
    return writer.loan, _put_array(writer, node)


def schema_capsule(node: Node) -> object:
    """An "arrow_schema" capsule."""
    return _capsule(*_schema_struct(node), b"arrow_schema", ArrowSchema)


def array_capsules(node: Node, behind: Loan) -> Tuple[object, object]:
    """An "arrow_schema" and an "arrow_array" capsule; the memory behind lives as long as needed."""
    return schema_capsule(node), _capsule(*_array_struct(node, behind), b"arrow_array", ArrowArray)


def stream_capsule(node: Node, behind: Loan) -> object:
    """An "arrow_array_stream" capsule of one array."""
    (schema_loan, schema), (array_loan, array) = _schema_struct(node), _array_struct(node, behind)
    loan = Loan(_STREAM_SIZE)
    check(lib.loan_stream(schema, array, None, loan.address))
    del schema_loan, array_loan  # the stream is a user of both
    return _capsule(loan, loan.address, b"arrow_array_stream", ArrowStream)


# Capsules that were given away, each with the loan that its struct lies in. An item is always in
# the hands of one thread only: it is taken out to be looked at.
_lent: Deque[Tuple[object, Loan, int, Any]] = deque()
_NAMES = {ArrowSchema: b"arrow_schema", ArrowArray: b"arrow_array",
          ArrowStream: b"arrow_array_stream"}
_Release = ctypes.CFUNCTYPE(None, c_void_p)


def _capsule(loan: Loan, address: int, name: bytes, kind: Any) -> object:
    sweep()
    capsule: object = _new_capsule(address, _NAMES[kind], None)
    _lent.append((capsule, loan, address, kind))
    return capsule


def _users(item: Tuple[object, ...]) -> int:
    return sys.getrefcount(item[0])


_ALONE = _users((object(),))  # of what nobody else has


def sweep() -> None:
    """Lets capsules go that nobody has any more, and releases what nobody took from them."""
    for _ in range(len(_lent)):
        try:
            item = _lent.popleft()
        except IndexError:  # another thread was here
            return
        if _users(item) > _ALONE:
            _lent.append(item)
            continue
        there = item[3].from_address(item[2])
        if there.release:
            _Release(there.release)(item[2])


def lent() -> int:
    """How many capsules are out."""
    return len(_lent)
