# SPDX-License-Identifier: MIT
"""The structs of explanations, goals and tests of a policy, field by field."""

from ctypes import c_int32, c_int64, c_uint32, c_void_p, Structure

from .structs import Text


class ExplainedClock(Structure):
    """sla_explained_clock of <sla/explain.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("state", c_uint32), ("kind", c_uint32),
        ("incident", Text), ("metric", Text), ("agreement", Text), ("row", Text),
        ("calendar", Text), ("severity", Text), ("calendar_handle", c_void_p),
        ("reserved", c_void_p), ("now", c_int64), ("opened", c_int64), ("started", c_int64),
        ("counted_from", c_int64), ("ended", c_int64), ("first_due", c_int64),
        ("deadline", c_int64), ("breach_at", c_int64), ("projected", c_int64),
        ("budget", c_int64), ("grace", c_int64), ("elapsed", c_int64), ("remaining", c_int64),
        ("paused", c_int64), ("moved", c_int64), ("extended", c_int64), ("parts_from", c_int64),
        ("used_before", c_int64), ("paused_before", c_int64), ("amount", c_int64),
        ("unit", c_uint32), ("due", c_uint32), ("due_time", c_uint32), ("cutoff", c_uint32),
        ("metric_index", c_uint32), ("cycle", c_uint32), ("line", c_uint32),
        ("row_line", c_uint32), ("metric_line", c_uint32), ("status", c_int32),
    ]


class ExplainedAttribute(Structure):
    """sla_explained_attribute of <sla/explain.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("name", Text), ("value", Text),
    ]


class ExplainedVerdict(Structure):
    """sla_explained_verdict of <sla/explain.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("what", c_uint32), ("line", c_uint32),
        ("reason", c_uint32), ("failed_line", c_uint32), ("name", Text), ("gives", Text),
        ("condition", Text), ("wanted", Text), ("has", Text), ("attribute", Text),
        ("value", Text),
    ]


class ExplainedEvent(Structure):
    """sla_explained_event of <sla/explain.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("what", c_uint32), ("state", c_uint32),
        ("line", c_uint32), ("reserved", c_uint32), ("at", c_int64), ("until", c_int64),
        ("counted", c_int64), ("text", Text),
    ]


class ExplainedPart(Structure):
    """sla_explained_part of <sla/explain.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("what", c_uint32), ("day", c_uint32),
        ("name", Text), ("calendar", c_void_p), ("reserved", c_void_p), ("from", c_int64),
        ("to", c_int64), ("counted", c_int64),
    ]


class Goal(Structure):
    """sla_goal of <sla/goal.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("name", Text), ("period", c_uint32),
        ("rate", c_uint32), ("kinds", c_uint32), ("line", c_uint32), ("metric_count", c_uint32),
        ("agreement_count", c_uint32),
    ]


class PolicyTest(Structure):
    """sla_policy_test of <sla/policy_test.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("name", Text), ("at", c_int64),
        ("step_count", c_uint32), ("line", c_uint32), ("column", c_uint32),
        ("reserved", c_uint32),
    ]


class TestMismatch(Structure):
    """sla_test_mismatch of <sla/policy_test.h>."""

    _fields_ = [
        ("size", c_uint32), ("flags", c_uint32), ("what", c_uint32), ("step", c_uint32),
        ("line", c_uint32), ("column", c_uint32), ("end_line", c_uint32),
        ("end_column", c_uint32), ("at", c_int64), ("subject", Text), ("expected", Text),
        ("got", Text), ("metric_index", c_uint32), ("kind", c_uint32), ("explanation", c_void_p),
        ("reserved", c_void_p),
    ]
