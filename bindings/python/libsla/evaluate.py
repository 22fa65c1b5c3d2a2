# SPDX-License-Identifier: MIT
"""What is promised to many incidents: severity, deadlines, budgets, by columns of attributes."""

from __future__ import annotations

from contextlib import ExitStack
from ctypes import addressof, byref, sizeof
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Mapping, Optional, Tuple

from ._native import texts
from ._native.library import lib
from ._native.structs import ClockColumns, Evaluation as EvaluationStruct
from ._native.structs import Column as ColumnStruct
from ._native.structs import Text
from .attribute_columns import AttributeInput, read_attribute
from .attributes import merged
from .column import Column, bits_size
from .columns import Room, check_naive, counted_form, instants_form, rows_of, stretches
from .errors import NotFoundError, check
from .loan import Loan
from .number_column import NumberColumn, status_form
from .numbers import INSTANT, Input, read
from .table import Table
from .text_column import NameColumn, Names
from .words import Kind

if TYPE_CHECKING:
    from .policy import Policy

_KINDS = {str(kind): kind.number for kind in Kind}


class Evaluation(Table):
    """The answers for many incidents, row by row those of Policy.classify(). Its columns:

    - severity: a name, or null where the policy has none or the row has an error;
    - status: of the row, 0, 4 (SLA_UNKNOWN_SEVERITY), 6 (SLA_MISSING) or an error's number;
    - for each METRIC that was asked for: METRIC_deadline, METRIC_budget (counted time),
      METRIC_status, METRIC_agreement, METRIC_calendar, null where nothing is promised. Of other
      kinds than "sla" the names begin with the kind: ola_METRIC_deadline.
    """

    __slots__ = ()


class _Clock:
    """Where the answers of one metric and kind lie."""

    def __init__(self, name: str, metric: int, kind: int) -> None:
        self.name = name
        self.metric = metric
        self.kind = kind
        self.due: Any = None
        self.budget: Any = None
        self.agreements = self.calendars = 0


class _Layout:
    """Offsets in a loan, one behind the other."""

    def __init__(self) -> None:
        self.size = 0

    def take(self, size: int) -> int:
        offset = self.size
        self.size += (size + 63) // 64 * 64
        return offset


def evaluate_many(policy: Policy, opened: Any, attributes: Optional[Mapping[str, Any]],
                  metrics: Optional[Iterable[str]], kinds: Iterable[str],
                  naive: Optional[str]) -> Evaluation:
    """See Policy.evaluate_many()."""
    check_naive(naive)
    clocks = _clocks(policy, metrics, kinds)
    with ExitStack() as stack:
        pointer = stack.enter_context(policy._held())
        first = read(opened, "opened", INSTANT, naive, stack)
        inputs = [read_attribute(name, value, stack)
                  for name, value in merged(attributes, None)]
        rows = rows_of([("opened", first),
                        *((f"attribute {one.name}", one) for one in inputs)])
        used = [one for one in inputs if _is_asked(pointer, one.name)]
        work = _Work(policy, rows, first, clocks)
        for row, count, found in stretches(rows, [first, *used]):
            work.fill(pointer, row, count, found[0], used, found[1:])
        return work.table(first)


def _is_asked(pointer: int, name: str) -> bool:
    data = name.encode()
    return bool(lib.policy_attribute(pointer, data, len(data)))


def _clocks(policy: Policy, metrics: Optional[Iterable[str]],
            kinds: Iterable[str]) -> List[_Clock]:
    known = policy.metrics
    if isinstance(metrics, str):
        metrics = (metrics,)
    if isinstance(kinds, str):
        kinds = (kinds,)
    clocks = []
    wanted = known if metrics is None else tuple(metrics)
    for kind in map(str, kinds):
        if kind not in _KINDS:
            raise NotFoundError(f'there is no kind "{kind}"; there are {", ".join(_KINDS)}')
        for metric in wanted:
            if metric not in known:
                raise NotFoundError(f'there is no metric "{metric}"; there are '
                                    + ", ".join(known))
            prefix = "" if kind == "sla" else kind + "_"
            clocks.append(_Clock(prefix + metric, known.index(metric), _KINDS[kind]))
    return clocks


class _Work:
    """The memory of the answers, and the calls that fill it."""

    def __init__(self, policy: Policy, rows: int, opened: Input, clocks: List[_Clock]) -> None:
        self._rows = rows
        self._clocks = clocks
        self._zone = policy.zone
        self._lists = (policy.severities, policy.agreements, tuple(policy.calendars))
        layout = _Layout()
        self._names_at = [layout.take(Names.size(names)) for names in self._lists]
        self._statuses = layout.take(rows * 4)
        self._severities = layout.take(rows * 4 + bits_size(rows))
        places = []
        for clock in clocks:
            places.append((layout.take(Room.size(rows)), layout.take(Room.size(rows))))
            clock.agreements = layout.take(rows * 4 + bits_size(rows))
            clock.calendars = layout.take(rows * 4 + bits_size(rows))
        self._loan = loan = Loan(layout.size)
        for clock, (due, budget) in zip(clocks, places):
            clock.due = Room(loan, due, rows, opened.ticks)
            clock.budget = Room(loan, budget, rows, opened.ticks)

    def fill(self, pointer: int, row: int, count: int, opened: Any, used: List[AttributeInput],
             found: List[Any]) -> None:
        """Asks for the rows of a stretch."""
        base = self._loan.address
        asked = (ClockColumns * len(self._clocks))()
        outs: List[Tuple[Room, Any]] = []
        for place, clock in zip(asked, self._clocks):
            due, budget = (room.answers(row, count) for room in (clock.due, clock.budget))
            outs += [(clock.due, due), (clock.budget, budget)]
            budget.statuses = None
            place.size, place.metric, place.kind = sizeof(place), clock.metric, clock.kind
            place.due, place.budget = addressof(due), addressof(budget)
            place.agreements = base + clock.agreements + row * 4
            place.calendars = base + clock.calendars + row * 4
        columns = (ColumnStruct * len(used))()
        kept = [fill_column(column, one, texts)
                for column, one, texts in zip(columns, used, found)]
        ask = EvaluationStruct(sizeof(EvaluationStruct))
        ask.rows, ask.opened = count, addressof(opened)
        ask.columns, ask.column_count = addressof(columns), len(used)
        ask.clocks, ask.clock_count = addressof(asked), len(self._clocks)
        ask.severities = base + self._severities + row * 4
        ask.statuses = base + self._statuses + row * 4
        check(lib.policy_evaluate_many(pointer, byref(ask)))
        for room, out in outs:
            room.done(row, count, out)
        del kept

    def table(self, opened: Input) -> Evaluation:
        """The answers under their names."""
        rows, loan = self._rows, self._loan
        severities, agreements, calendars = (
            Names(names, loan, at) for names, at in zip(self._lists, self._names_at))

        def named(names: Names, offset: int) -> NameColumn:
            return NameColumn(loan, rows, names, offset, offset + rows * 4, False)

        columns: Dict[str, Column[Any]] = {
            "severity": named(severities, self._severities),
            "status": NumberColumn(loan, rows, status_form(), self._statuses),
        }
        for clock in self._clocks:
            name = clock.name
            columns[name + "_deadline"] = clock.due.column(instants_form(opened, self._zone))
            columns[name + "_budget"] = clock.budget.column(counted_form(opened))
            columns[name + "_status"] = clock.due.status()
            columns[name + "_agreement"] = named(agreements, clock.agreements)
            columns[name + "_calendar"] = named(calendars, clock.calendars)
        return Evaluation(loan, rows, columns)


def fill_column(column: ColumnStruct, one: AttributeInput, found: Any) -> Any:
    """Writes an sla_column; gives what must be kept for the call."""
    data = one.name.encode()
    column.name = texts.of(data)
    if isinstance(found, Text):
        column.values, column.step = addressof(found), 0
    else:
        column.texts, column.step = addressof(found), 1
    return data, found
