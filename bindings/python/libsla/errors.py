# SPDX-License-Identifier: MIT
"""What can go wrong, as exceptions.

Every status of the C library that says "nothing was done" has its class, and the classes are also
what Python programmers expect: a RangeError is a ValueError, a NotFoundError a KeyError. Wrong
types of arguments are plain TypeErrors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Dict, Tuple, Type

from ._native import constants as c
from ._native.library import lib

if TYPE_CHECKING:
    from .diag import Diagnostic


class SlaError(Exception):
    """The C library refused a call; nothing was changed. Every other SlaError is one of its
    subclasses; a number that this package does not know is this class itself.
    """

    status: int = c.ERROR_ARGUMENT
    """The number of the C library, negative."""

    @property
    def name(self) -> str:
        """The status's name in C, such as "SLA_ERROR_RANGE"."""
        name: bytes = lib.status_name(self.status)
        return name.decode()


class ArgumentError(SlaError, ValueError):
    """A value that cannot be right."""


class SlaMemoryError(SlaError, MemoryError):
    """There is no memory."""

    status = c.ERROR_MEMORY


class RangeError(SlaError, ValueError):
    """An instant, given or computed, outside 1970 to 2199 (T1), or one that never comes (C8)."""

    status = c.ERROR_RANGE


class PolicyError(SlaError, ValueError):
    """A policy has faults. Its text is that of all of them, as compilers write it."""

    status = c.ERROR_POLICY
    diagnostics: Tuple[Diagnostic, ...]
    """Errors and warnings, in the order of their places."""

    def __init__(self, message: str, diagnostics: Tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message, diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return str(self.args[0])


class NotFoundError(SlaError, KeyError):
    """There is no such thing: a calendar, an incident, a clock, a metric, a goal."""

    status = c.ERROR_NOT_FOUND
    __str__ = Exception.__str__  # a KeyError's own would put the sentence in quotes


class PolicyNotFoundError(FileNotFoundError, NotFoundError):
    """There is no such policy file; a FileNotFoundError with its `filename`."""

    __str__ = FileNotFoundError.__str__


class OrderError(SlaError, ValueError):
    """An update lies before the last one of its incident (E3)."""

    status = c.ERROR_ORDER


class BusyError(SlaError, RuntimeError):
    """A change from inside a callback, or from a second thread at the same time (E6)."""

    status = c.ERROR_BUSY


class LimitError(SlaError, ValueError):
    """A limit of the library or of the options is reached."""

    status = c.ERROR_LIMIT


class TextError(SlaError, ValueError):
    """A text that cannot be read as an instant, a duration or a target."""

    status = c.ERROR_SYNTAX


class DataError(SlaError, ValueError):
    """Bytes that are damaged, cut, or no state of libsla."""

    status = c.ERROR_DATA


class PolicyChangedError(SlaError, ValueError):
    """A state was saved under a policy that said something else (E8): load it with rebind=True."""

    status = c.ERROR_POLICY_CHANGED


class ClosedError(ValueError):
    """An object is used after its close()."""


class NaiveTimeError(TypeError):
    """A datetime without a zone: which instant it means depends on where one is."""


_CLASSES: Dict[int, Type[SlaError]] = {
    kind.status: kind
    for kind in (ArgumentError, SlaMemoryError, RangeError, PolicyError, NotFoundError, OrderError,
                 BusyError, LimitError, TextError, DataError, PolicyChangedError)
}


def error(status: int, what: str = "") -> SlaError:
    """The exception of a negative status. `what` says what was refused; without it the exception
    says what the C library says of the status."""
    kind = _CLASSES.get(status, SlaError)
    made = kind(what or lib.status_text(status).decode())
    made.status = status
    return made


def refusal(status: int, what: str) -> SlaError:
    """The same: what was refused, and then what the C library says of the status."""
    return error(status, f"{what}: {lib.status_text(status).decode()}")


def check(status: int, what: str = "") -> int:
    """Raises the exception of a negative status; gives any other back."""
    if status < 0:
        raise error(status, what)
    return status
