# SPDX-License-Identifier: MIT
"""The structs of columns, field by field."""

from ctypes import c_int64, c_uint32, c_uint64, c_void_p, Structure


class Numbers(Structure):
    """sla_numbers of <sla/column.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("width", c_uint32), ("ticks", c_uint32),
        ("stride", c_int64), ("validity_first", c_uint64), ("values", c_void_p),
        ("validity", c_void_p),
    ]


class Answers(Structure):
    """sla_answers of <sla/column.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("width", c_uint32), ("ticks", c_uint32),
        ("missing", c_uint64), ("values", c_void_p), ("validity", c_void_p),
        ("statuses", c_void_p), ("reserved", c_void_p),
    ]


class Texts(Structure):
    """sla_texts of <sla/column.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("form", c_uint32), ("width", c_uint32),
        ("index_width", c_uint32), ("buffers", c_uint32), ("count", c_uint64),
        ("first", c_uint64), ("element_first", c_uint64), ("elements", c_void_p),
        ("bytes", c_void_p), ("indexes", c_void_p), ("validity", c_void_p),
        ("element_validity", c_void_p), ("buffer_sizes", c_void_p),
    ]
