# SPDX-License-Identifier: MIT
"""The public structs of libsla, field by field; a test asks the C compiler whether they are so."""

from ctypes import c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p, Structure


class Text(Structure):
    """sla_text of <sla/types.h>."""

    _fields_ = [
        ("data", c_void_p), ("length", c_size_t),
    ]


class Allocator(Structure):
    """sla_allocator of <sla/types.h>."""

    _fields_ = [
        ("allocate", c_void_p), ("user", c_void_p),
    ]


class DiagPlace(Structure):
    """sla_diag_place of <sla/diag.h>."""

    _fields_ = [
        ("line", c_uint32), ("column", c_uint32), ("message", Text), ("file", Text),
    ]


class Diag(Structure):
    """sla_diag of <sla/diag.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("code", c_uint32), ("severity", c_uint32),
        ("line", c_uint32), ("column", c_uint32), ("end_line", c_uint32),
        ("end_column", c_uint32), ("file", Text), ("path", Text), ("message", Text),
        ("hint", Text), ("source_line", Text), ("related", c_void_p),
        ("related_count", c_size_t),
    ]


class Loader(Structure):
    """sla_loader of <sla/policy.h>."""

    _fields_ = [
        ("load", c_void_p), ("release", c_void_p), ("user", c_void_p), ("reserved", c_void_p),
    ]


class PolicyOptions(Structure):
    """sla_policy_options of <sla/policy.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("file_name", Text), ("zoneinfo", Text),
        ("allocator", c_void_p), ("loader", c_void_p), ("max_bytes", c_uint64),
        ("max_nodes", c_uint32), ("max_depth", c_uint32), ("max_scalar", c_uint32),
        ("max_diags", c_uint32),
    ]


class Target(Structure):
    """sla_target of <sla/calendar.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("unit", c_uint32), ("due", c_uint32),
        ("due_time", c_uint32), ("cutoff", c_uint32), ("amount", c_int64), ("grace", c_int64),
    ]


class Stretch(Structure):
    """sla_stretch of <sla/calendar.h>."""

    _fields_ = [
        ("open", c_int64), ("close", c_int64),
    ]


class Day(Structure):
    """sla_day of <sla/calendar.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("kind", c_uint32), ("clock_change", c_uint32),
        ("start", c_int64), ("end", c_int64), ("open", c_int64), ("name", Text),
        ("stretch_count", c_size_t), ("reserved", c_size_t),
    ]


class Attribute(Structure):
    """sla_attribute of <sla/classify.h>."""

    _fields_ = [
        ("name", Text), ("value", Text), ("id", c_uint32), ("flags", c_uint32),
    ]


class ClassifiedClock(Structure):
    """sla_classified_clock of <sla/classify.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("kind", c_uint32), ("line", c_uint32),
        ("agreement", Text), ("metric", Text), ("calendar", Text), ("row", Text),
        ("calendar_handle", c_void_p), ("reserved", c_void_p), ("deadline", c_int64),
        ("budget", c_int64), ("grace", c_int64), ("status", c_int32), ("provisional", c_uint32),
        ("unit", c_uint32), ("due", c_uint32), ("due_time", c_uint32), ("cutoff", c_uint32),
        ("amount", c_int64),
    ]


class Column(Structure):
    """sla_column of <sla/evaluate.h>."""

    _fields_ = [
        ("name", Text), ("id", c_uint32), ("flags", c_uint32), ("values", c_void_p),
        ("value_ids", c_void_p), ("step", c_size_t), ("texts", c_void_p),
    ]


class ClockColumns(Structure):
    """sla_clock_columns of <sla/evaluate.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("metric", c_uint32), ("kind", c_uint32),
        ("deadlines", c_void_p), ("budgets", c_void_p), ("statuses", c_void_p),
        ("agreements", c_void_p), ("calendars", c_void_p), ("lines", c_void_p),
        ("due", c_void_p), ("budget", c_void_p),
    ]


class Evaluation(Structure):
    """sla_evaluation of <sla/evaluate.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("rows", c_size_t), ("at", c_void_p),
        ("at_step", c_size_t), ("columns", c_void_p), ("column_count", c_size_t),
        ("clocks", c_void_p), ("clock_count", c_size_t), ("severities", c_void_p),
        ("statuses", c_void_p), ("opened", c_void_p),
    ]


class Event(Structure):
    """sla_event of <sla/event.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("type", c_uint32), ("kind", c_uint32),
        ("id", c_uint64 * 2), ("incident", Text), ("agreement", Text), ("metric", Text),
        ("severity", Text), ("reason", Text), ("actor", Text), ("notify", c_void_p),
        ("notify_count", c_size_t), ("via", c_void_p), ("via_count", c_size_t), ("at", c_int64),
        ("deadline", c_int64), ("elapsed", c_int64), ("remaining", c_int64),
        ("metric_index", c_uint32), ("cycle", c_uint32), ("percent", c_int32),
        ("level", c_int32), ("repetition", c_uint32), ("line", c_uint32),
    ]


class Callbacks(Structure):
    """sla_callbacks of <sla/engine.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("on_event", c_void_p), ("on_rearm", c_void_p),
        ("user", c_void_p), ("reserved", c_void_p),
    ]


class EngineOptions(Structure):
    """sla_engine_options of <sla/engine.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("allocator", c_void_p), ("reserved", c_void_p),
    ]


class Update(Structure):
    """sla_update of <sla/engine.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("incident", Text), ("event", Text),
        ("attributes", c_void_p), ("attribute_count", c_size_t), ("at", c_int64),
        ("sequence", c_uint64),
    ]


class Clock(Structure):
    """sla_clock of <sla/engine.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("state", c_uint32), ("kind", c_uint32),
        ("incident", Text), ("agreement", Text), ("metric", Text), ("calendar", Text),
        ("severity", Text), ("started", c_int64), ("ended", c_int64), ("deadline", c_int64),
        ("projected", c_int64), ("budget", c_int64), ("elapsed", c_int64),
        ("remaining", c_int64), ("paused", c_int64), ("metric_index", c_uint32),
        ("cycle", c_uint32), ("percent", c_uint32), ("line", c_uint32), ("breach_at", c_int64),
        ("grace", c_int64), ("extended", c_int64), ("fingerprint", c_uint64 * 2),
    ]


class ClockFilter(Structure):
    """sla_clock_filter of <sla/engine.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("states", c_uint32), ("kinds", c_uint32),
        ("incident", Text), ("metric", Text), ("severity", Text), ("agreement", Text),
        ("due_before", c_int64), ("reserved", c_uint64),
    ]


class StateInfo(Structure):
    """sla_state_info of <sla/state.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("format", c_uint32), ("is_incident", c_uint32),
        ("fingerprint", c_uint64 * 2), ("incidents", c_uint64), ("events", c_uint64),
        ("now", c_int64),
    ]


class Move(Structure):
    """sla_move of <sla/state.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("change", c_uint32), ("kind", c_uint32),
        ("cycle", c_uint32), ("line", c_uint32), ("incident", Text), ("metric", Text),
        ("agreement_before", Text), ("agreement", Text), ("calendar_before", Text),
        ("calendar", Text), ("deadline_before", c_int64), ("deadline", c_int64),
        ("budget_before", c_int64), ("budget", c_int64),
    ]
