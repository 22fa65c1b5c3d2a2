# SPDX-License-Identifier: MIT
"""The structs of columns, field by field."""

from ctypes import c_int64, c_size_t, c_uint32, c_uint64, c_void_p, Structure


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


class TextSink(Structure):
    """sla_text_sink of <sla/event_columns.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("width", c_uint32), ("reserved", c_uint32),
        ("capacity", c_uint64), ("used", c_uint64), ("missing", c_uint64),
        ("offsets", c_void_p), ("bytes", c_void_p), ("validity", c_void_p), ("unused", c_void_p),
    ]


class ListSink(Structure):
    """sla_list_sink of <sla/event_columns.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("width", c_uint32), ("reserved", c_uint32),
        ("capacity", c_uint64), ("used", c_uint64), ("offsets", c_void_p), ("texts", c_void_p),
    ]


class EventColumns(Structure):
    """sla_event_columns of <sla/event_columns.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("ticks", c_uint32), ("reserved", c_uint32),
        ("first", c_uint64), ("capacity", c_uint64), ("types", c_void_p), ("kinds", c_void_p),
        ("event_flags", c_void_p), ("ids", c_void_p), ("at", c_void_p), ("deadlines", c_void_p),
        ("elapsed", c_void_p), ("remaining", c_void_p), ("metric_indexes", c_void_p),
        ("agreement_indexes", c_void_p), ("severity_indexes", c_void_p), ("cycles", c_void_p),
        ("percents", c_void_p), ("levels", c_void_p), ("repetitions", c_void_p),
        ("lines", c_void_p), ("has_deadline", c_void_p), ("has_metric", c_void_p),
        ("has_agreement", c_void_p), ("has_severity", c_void_p), ("has_percent", c_void_p),
        ("has_level", c_void_p), ("late", c_void_p), ("in_grace", c_void_p),
        ("provisional", c_void_p), ("id_texts", c_void_p), ("incidents", c_void_p),
        ("agreements", c_void_p), ("metrics", c_void_p), ("severities", c_void_p),
        ("reasons", c_void_p), ("actors", c_void_p), ("notify", c_void_p), ("via", c_void_p),
    ]


class UpdateColumns(Structure):
    """sla_update_columns of <sla/update_columns.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("rows", c_uint64), ("first", c_uint64),
        ("incidents", c_void_p), ("at", c_void_p), ("events", c_void_p),
        ("sequences", c_void_p), ("columns", c_void_p), ("column_count", c_size_t),
        ("statuses", c_void_p), ("reserved", c_void_p),
    ]
