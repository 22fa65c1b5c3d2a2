# SPDX-License-Identifier: MIT
"""The policy's own tests: incidents that its author wrote down with what must become of them."""

from __future__ import annotations

from ctypes import byref, c_void_p, create_string_buffer, sizeof
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Iterator, List, Optional

from ._native import constants as c
from ._native import structs_explain, texts
from ._native.library import lib
from .errors import check
from .times import instant_of
from .words import KINDS, MISMATCH_KINDS, Kind, MismatchKind

if TYPE_CHECKING:
    from .policy import Policy


@dataclass(frozen=True)
class Mismatch:
    """One thing that was not as a test expected it. Lines and columns count from 1, columns in
    characters, ends are exclusive; the place is that of the expectation in the policy's file."""

    what: MismatchKind
    step: int
    """0: at the opening; else the step under `then`, from 1."""
    at: datetime
    """The step's instant, in the policy's zone."""
    subject: str
    """"severity", "first_response deadline", "events" ..."""
    expected: str
    got: str
    line: int
    column: int
    end_line: int
    end_column: int
    metric: Optional[str]
    kind: Optional[Kind]
    """Of the metric's clock."""
    explanation: Optional[str] = field(repr=False)
    """Why that clock stood so, or how the incident was classified, as text for people."""

    def __str__(self) -> str:
        return (f"{self.line}:{self.column}: {self.subject}: expected {self.expected}, "
                f"got {self.got}")


@dataclass(frozen=True)
class PolicyTest:
    """One test."""

    index: int
    """Its place in policy.tests."""
    name: str
    at: datetime
    """When its incident is opened, in the policy's zone."""
    steps: int
    """The opening, and what stands under `then`."""
    line: int
    column: int
    """Of its name, in the policy's own file."""
    _policy: Policy = field(repr=False, compare=False)

    def run(self) -> List[Mismatch]:
        """Lives through the test in an engine of its own: what was not as expected, step by step;
        empty when it passed. Other threads run meanwhile."""
        run = c_void_p()
        with self._policy._held() as policy:
            check(lib.policy_test_run(policy, self.index, byref(run)))
            try:
                return list(_mismatches(self._policy, run))
            finally:
                lib.test_run_free(run)


def tests_of(policy: Policy) -> Iterator[PolicyTest]:
    """The tests of a policy, in its order."""
    pointer, test, index = policy._live(), texts.sized(structs_explain.PolicyTest), 0
    while lib.policy_test_at(pointer, index, byref(test)):
        yield PolicyTest(index, texts.read(test.name), instant_of(test.at, policy.zone),
                         test.step_count, test.line, test.column, policy)
        index += 1


def _mismatches(policy: Policy, run: c_void_p) -> Iterator[Mismatch]:
    found, place = texts.sized(structs_explain.TestMismatch), 0
    metrics, zone = policy.metrics, policy.zone
    while lib.test_run_mismatch(run, place, byref(found)):
        of_metric = found.metric_index != c.NO_INDEX
        yield Mismatch(
            MISMATCH_KINDS[found.what], found.step, instant_of(found.at, zone),
            texts.read(found.subject), texts.read(found.expected), texts.read(found.got),
            found.line, found.column, found.end_line, found.end_column,
            metrics[found.metric_index] if of_metric else None,
            KINDS[found.kind] if of_metric else None, _explanation(found.explanation))
        place += 1


def _explanation(explanation: Optional[int]) -> Optional[str]:
    if not explanation:
        return None
    length = lib.explanation_text(explanation, 0, None, 0)
    buffer = create_string_buffer(length + 1)
    lib.explanation_text(explanation, 0, buffer, sizeof(buffer))
    return buffer.value.decode()
