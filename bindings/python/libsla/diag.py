# SPDX-License-Identifier: MIT
"""Diagnostics: what is wrong, or doubtful, in a policy, and where."""

from __future__ import annotations

from ctypes import addressof, create_string_buffer, sizeof
from dataclasses import dataclass, field
from typing import Optional, Tuple, Union

from ._native import constants as c
from ._native import texts
from ._native.library import lib
from ._native.structs import Diag, DiagPlace
from .errors import NotFoundError

_SEVERITIES = {c.DIAG_ERROR: "error", c.DIAG_WARNING: "warning"}


@dataclass(frozen=True)
class Place:
    """A second place that belongs to a diagnostic, such as "first defined here"."""

    line: int
    column: int
    message: str
    file: str


@dataclass(frozen=True)
class Diagnostic:
    """One fault or doubt. Lines and columns count from 1, columns in characters; the end is the
    column behind the last character. Line 0 is the file as a whole. str() of it is the text that
    compilers write, with the line and a caret.
    """

    code: int
    severity: str
    """"error" or "warning"."""
    line: int
    column: int
    end_line: int
    end_column: int
    file: str
    path: str
    """Where in the policy: "targets[2].onsite"; empty at the top."""
    message: str
    hint: str
    """How to repair it; may be empty."""
    source_line: str
    related: Tuple[Place, ...]
    formatted: str = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """The code as it is printed, "SLA-231"; empty for one without a code."""
        return f"SLA-{self.code:03d}" if self.code else ""

    @property
    def is_error(self) -> bool:
        """Does it keep the policy from being used?"""
        return self.severity == "error"

    def __str__(self) -> str:
        return self.formatted


def explain_code(code: Union[int, str]) -> str:
    """What a diagnostic's code means, 231 or "SLA-231", with the smallest policy that causes it and
    the repair. NotFoundError if there is no such code."""
    digits = str(code).upper().replace("SLA-", "", 1)
    number = int(digits) if digits.isdecimal() else 0
    explained = lib.diag_explain(number) if 0 < number < 1 << 32 else None
    if explained is None:
        raise NotFoundError(f"there is no diagnostic {code}")
    return str(explained.decode())


def taken(diags: Optional[int]) -> Tuple[Diagnostic, ...]:
    """The diagnostics of an sla_diags, which is freed; 0 or None has none."""
    if not diags:
        return ()
    try:
        return tuple(_read(lib.diags_at(diags, place)) for place in range(lib.diags_count(diags)))
    finally:
        lib.diags_free(diags)


def _read(address: int) -> Diagnostic:
    diag = Diag.from_address(address)
    related = (DiagPlace * diag.related_count).from_address(diag.related or addressof(diag))
    length = lib.diag_format(address, None, 0)
    buffer = create_string_buffer(length + 1)
    lib.diag_format(address, buffer, sizeof(buffer))
    return Diagnostic(
        diag.code, _SEVERITIES[diag.severity], diag.line, diag.column, diag.end_line,
        diag.end_column, texts.read(diag.file), texts.read(diag.path), texts.read(diag.message),
        texts.read(diag.hint), texts.read(diag.source_line),
        tuple(Place(place.line, place.column, texts.read(place.message), texts.read(place.file))
              for place in related),
        buffer.value.decode())
