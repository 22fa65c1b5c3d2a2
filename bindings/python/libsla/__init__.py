# SPDX-License-Identifier: MIT
"""libsla: service levels computed exactly: deadlines, warnings, breaches and verdicts.

    policy = libsla.Policy.load("policy.yaml")
    office = policy.calendar("office")
    office.add(datetime(2026, 11, 20, 16, 50, tzinfo=ZoneInfo("Europe/Berlin")), "4h")
"""

from ._native.library import lib as _lib
from .calendar import Calendar
from .classify import Classification, ClassifiedClock
from .day import Day, Stretch
from .diag import Diagnostic, Place, explain_code
from .errors import (ArgumentError, BusyError, ClosedError, DataError, LimitError, NaiveTimeError,
                     NotFoundError, OrderError, PolicyChangedError, PolicyError,
                     PolicyNotFoundError, RangeError, SlaError, SlaMemoryError, TextError)
from .goal import Goal
from .policy import Policy
from .policy_test import Mismatch, PolicyTest
from .target import Target
from .words import (Change, DayKind, Due, EventType, FileKind, GoalVerdict, Kind, MismatchKind,
                    Period, State, Unit)

__version__: str = _lib.version().decode()

__all__ = [
    "ArgumentError",
    "BusyError",
    "Calendar",
    "Change",
    "Classification",
    "ClassifiedClock",
    "ClosedError",
    "DataError",
    "Day",
    "DayKind",
    "Diagnostic",
    "Due",
    "EventType",
    "FileKind",
    "Goal",
    "GoalVerdict",
    "Kind",
    "LimitError",
    "Mismatch",
    "MismatchKind",
    "NaiveTimeError",
    "NotFoundError",
    "OrderError",
    "Period",
    "Place",
    "Policy",
    "PolicyChangedError",
    "PolicyError",
    "PolicyNotFoundError",
    "PolicyTest",
    "RangeError",
    "SlaError",
    "SlaMemoryError",
    "State",
    "Stretch",
    "Target",
    "TextError",
    "Unit",
    "explain_code",
]
