# SPDX-License-Identifier: MIT
"""libsla: service levels computed exactly: deadlines, warnings, breaches and verdicts.

    policy = libsla.Policy.load("policy.yaml")
    office = policy.calendar("office")
    office.add(datetime(2026, 11, 20, 16, 50, tzinfo=ZoneInfo("Europe/Berlin")), "4h")
"""

from typing import TYPE_CHECKING
from typing import List as _List

from ._native.library import library_path, library_version
from .calendar import Calendar
from .errors import (ArgumentError, BusyError, ClosedError, DataError, LimitError, NaiveTimeError,
                     NotFoundError, OrderError, PolicyChangedError, PolicyError,
                     PolicyNotFoundError, RangeError, SlaError, SlaMemoryError, TextError)
from .policy import Policy

if TYPE_CHECKING:
    from . import aio
    from .classify import Classification, ClassifiedClock
    from .clock import Clock
    from .day import Day, Stretch
    from .diag import Diagnostic, Place, explain_code
    from .engine import Engine
    from .event import Event
    from .explain import Explanation
    from .explained import (ExplainedAttribute, ExplainedClock, ExplainedEvent, ExplainedPart,
                            ExplainedVerdict, PartKind, Reason, RecordKind, VerdictKind)
    from .goal import Goal
    from .policy_test import Mismatch, PolicyTest
    from .state import Move, StateInfo, Step, describe
    from .target import Target
    from .update import Outcome, Update
    from .words import (Change, DayKind, Due, EventType, FileKind, GoalVerdict, Kind, MismatchKind,
                        Period, State, Unit)

__version__ = "0.5.0"

__all__ = [
    "ArgumentError",
    "BusyError",
    "Calendar",
    "Change",
    "Classification",
    "ClassifiedClock",
    "Clock",
    "ClosedError",
    "DataError",
    "Day",
    "DayKind",
    "Diagnostic",
    "Due",
    "Engine",
    "Event",
    "EventType",
    "ExplainedAttribute",
    "ExplainedClock",
    "ExplainedEvent",
    "ExplainedPart",
    "ExplainedVerdict",
    "Explanation",
    "FileKind",
    "Goal",
    "GoalVerdict",
    "Kind",
    "LimitError",
    "Mismatch",
    "MismatchKind",
    "Move",
    "NaiveTimeError",
    "NotFoundError",
    "OrderError",
    "Outcome",
    "PartKind",
    "Period",
    "Place",
    "Policy",
    "PolicyChangedError",
    "PolicyError",
    "PolicyNotFoundError",
    "PolicyTest",
    "RangeError",
    "Reason",
    "RecordKind",
    "SlaError",
    "SlaMemoryError",
    "State",
    "StateInfo",
    "Step",
    "Stretch",
    "Target",
    "TextError",
    "Unit",
    "Update",
    "VerdictKind",
    "aio",
    "describe",
    "explain_code",
    "library_path",
    "library_version",
]

# What not every program needs is imported when it is asked for, from these modules.
_LATER = {
    "Change": "words",
    "Classification": "classify",
    "ClassifiedClock": "classify",
    "Clock": "clock",
    "Day": "day",
    "DayKind": "words",
    "Diagnostic": "diag",
    "Due": "words",
    "Engine": "engine",
    "Event": "event",
    "EventType": "words",
    "ExplainedAttribute": "explained",
    "ExplainedClock": "explained",
    "ExplainedEvent": "explained",
    "ExplainedPart": "explained",
    "ExplainedVerdict": "explained",
    "Explanation": "explain",
    "FileKind": "words",
    "Goal": "goal",
    "GoalVerdict": "words",
    "Kind": "words",
    "Mismatch": "policy_test",
    "MismatchKind": "words",
    "Move": "state",
    "Outcome": "update",
    "PartKind": "explained",
    "Period": "words",
    "Place": "diag",
    "PolicyTest": "policy_test",
    "Reason": "explained",
    "RecordKind": "explained",
    "State": "words",
    "StateInfo": "state",
    "Step": "state",
    "Stretch": "day",
    "Target": "target",
    "Unit": "words",
    "Update": "update",
    "VerdictKind": "explained",
    "describe": "state",
    "explain_code": "diag",
}

if not TYPE_CHECKING:
    def __getattr__(name):
        from importlib import import_module

        if name == "aio":
            return import_module(".aio", __name__)
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module("." + _LATER[name], __name__), name)
        return found


def __dir__() -> _List[str]:
    return sorted({*globals(), *__all__})
