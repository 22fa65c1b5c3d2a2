# SPDX-License-Identifier: MIT
"""Memory of arrays, as the buffer protocol and numpy's __array_interface__ show it."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from ctypes import (POINTER, Structure, byref, c_char_p, c_int, c_ssize_t, c_void_p, py_object,
                    pythonapi)
from typing import Any, Mapping, NamedTuple

_FORMAT_AND_STRIDES = 0x1C  # PyBUF_FORMAT | PyBUF_STRIDES; read-only memory is welcome
_NATIVE = "<" if sys.byteorder == "little" else ">"
_KINDS = {**dict.fromkeys("bhilqn", "i"), **dict.fromkeys("BHILQN", "u"),
          **dict.fromkeys("efd", "f"), "?": "b"}


class _Buffer(Structure):
    """A Py_buffer."""

    _fields_ = [
        ("buf", c_void_p), ("obj", c_void_p), ("len", c_ssize_t), ("itemsize", c_ssize_t),
        ("readonly", c_int), ("ndim", c_int), ("format", c_char_p),
        ("shape", POINTER(c_ssize_t)), ("strides", POINTER(c_ssize_t)),
        ("suboffsets", POINTER(c_ssize_t)), ("internal", c_void_p),
    ]


_get = pythonapi["PyObject_GetBuffer"]
_get.restype, _get.argtypes = c_int, [py_object, c_void_p, c_int]
_release = pythonapi["PyBuffer_Release"]
_release.restype, _release.argtypes = None, [c_void_p]


class Strided(NamedTuple):
    """Elements at equal distances."""

    letter: str  # numpy's kind of the elements: "i", "u", "f", "b", "M", "m", "U", "O" ...
    width: int
    unit: str  # of "M" and "m", such as "us"; else ""
    type: str  # for people
    rows: int
    stride: int  # in bytes
    address: int
    swapped: bool  # bytes in the order of other machines
    scalar: bool  # no dimension: one value
    kept: Any


def strided_of(value: Any, name: str, stack: ExitStack) -> Strided:
    """The elements of an array of one dimension. What was borrowed is given back at the end of
    `stack`."""
    interface = getattr(value, "__array_interface__", None)
    if isinstance(interface, dict):
        return _of_interface(interface, value, name)
    view = _Buffer()
    try:
        _get(value, byref(view), _FORMAT_AND_STRIDES)
    except TypeError:
        raise TypeError(f"{name}: {type(value).__name__} is no column: give an array, a column of "
                        "a data frame, or a list") from None
    stack.callback(_release, byref(view))
    if view.ndim != 1:
        raise ValueError(f"{name}: it has {view.ndim} dimensions, not one")
    text = (view.format or b"B").decode()
    order, letter = (text[0], text[1:]) if text[0] in "@=<>!" else ("@", text)
    swapped = order in "<>!" and (">" if order == "!" else order) != _NATIVE
    # ctypes gives no strides, even when asked.
    stride = view.strides[0] if view.strides else view.itemsize
    return Strided(_KINDS.get(letter, ""), view.itemsize, "", f'a buffer of format "{text}"',
                   view.shape[0], stride, view.buf or 0, swapped, False, view)


def _of_interface(interface: Mapping[str, Any], value: Any, name: str) -> Strided:
    shape, kind = interface["shape"], interface["typestr"]
    if not shape:  # numpy's scalars show memory that is gone at once; an array of one keeps it
        value = value.reshape(1)
        one = _of_interface(value.__array_interface__, value, name)
        return one._replace(scalar=True)
    if len(shape) > 1:
        raise ValueError(f"{name}: it has {len(shape)} dimensions, not one")
    if interface.get("mask") is not None or hasattr(value, "filled") and hasattr(value, "mask"):
        raise TypeError(f"{name}: a masked array; give the values with NaT, or an Arrow column")
    if interface.get("data") is None:
        raise TypeError(f"{name}: an array that does not say where its memory is")
    if kind[:1] not in ("<", ">", "|", "="):  # numpy's newer types, such as StringDType()
        return Strided("T" if kind.startswith("String") else "", 0, "", kind, shape[0], 0, 0, False,
                       False, value)
    letter, digits = kind[1], kind[2:]
    unit = ""
    if "[" in digits:
        digits, unit = digits.rstrip("]").split("[")
    width = int(digits or 0)  # none where elements are objects of Python
    strides = interface.get("strides")
    shown = {"M": f"datetime64[{unit}]", "m": f"timedelta64[{unit}]", "i": f"int{width * 8}",
             "u": f"uint{width * 8}", "f": f"float{width * 8}", "b": "bool", "O": "objects",
             "T": "texts"}.get(letter, kind)
    return Strided(letter, width, unit, shown, shape[0], strides[0] if strides else width,
                   interface["data"][0], kind[0] in "<>" and kind[0] != _NATIVE, False, value)
