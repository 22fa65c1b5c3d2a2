# SPDX-License-Identifier: MIT
"""Explanations: why a clock has the deadline it has."""

from __future__ import annotations

from ctypes import addressof, c_uint64, c_void_p, create_string_buffer
from typing import TYPE_CHECKING, Any, Callable, List, Optional, Tuple, Type, TypeVar, Union

from ._native import constants as c
from ._native import structs_explain, texts
from ._native.library import lib
from .attributes import AttributeArray, Attributes
from .errors import NotFoundError, check, error
from .explained import (PARTS, REASONS, RECORDS, VERDICTS, ExplainedAttribute, ExplainedClock,
                        ExplainedEvent, ExplainedPart, ExplainedVerdict)
from .handle import Handle
from .classify import _target as target_of
from .times import (Instant, Zones, duration_of, instant_of, optional_duration, optional_instant,
                    seconds_of)
from .words import DAY_KINDS, KINDS, STATES, DayKind, Kind

if TYPE_CHECKING:
    from datetime import tzinfo

    from .policy import Policy

Item = TypeVar("Item")


class Explanation(Handle):
    """Which rows of the policy matched and why earlier ones did not, what happened to the clock,
    and how its time is counted, part by part. str() of it says all that in English.

    It does not change when the engine does. Any number of threads may read one. Instants are in
    the zone of the calendar that they are counted on.
    """

    __slots__ = ("_zones", "_zone")

    def __init__(self, pointer: int, zones: Zones, zone: tzinfo) -> None:
        """Made by Engine.explain() and Policy.explain()."""
        super().__init__(pointer, lib.explanation_free)
        self._zones = zones
        self._zone = zone  # where there is no calendar

    @property
    def clock(self) -> ExplainedClock:
        """The clock and its target."""
        it: Any = texts.sized(structs_explain.ExplainedClock)
        lib.explanation_clock(self._live(), addressof(it))
        zone, flags = self._zone_of(it.calendar_handle), it.flags

        def instant(seconds: int) -> Any:
            return optional_instant(seconds, zone)

        fields: List[Any] = [
            STATES[it.state], texts.read(it.incident) or None, texts.read(it.metric),
            KINDS[it.kind], it.cycle, texts.read(it.agreement) or None,
            texts.read(it.calendar) or None, texts.read(it.severity) or None,
            texts.read(it.row) or None,
            target_of(it) if flags & c.EXPLAINED_TARGET else None, instant(it.now),
            instant(it.opened), instant(it.started), instant(it.counted_from), instant(it.ended),
            instant(it.first_due), instant(it.deadline), instant(it.breach_at),
            instant(it.projected), optional_duration(it.budget), duration_of(it.grace),
            duration_of(it.elapsed), optional_duration(it.remaining), duration_of(it.paused),
            duration_of(it.moved), duration_of(it.extended), instant(it.parts_from),
            duration_of(it.used_before), duration_of(it.paused_before),
            *(bool(flags & flag) for flag in (
                c.EXPLAINED_TARGET, c.EXPLAINED_AGREED, c.EXPLAINED_BREACHED,
                c.EXPLAINED_IN_GRACE, c.EXPLAINED_PROVISIONAL, c.EXPLAINED_ROLLED,
                c.EXPLAINED_OTHER_TARGET, c.EXPLAINED_NO_RECORD, c.EXPLAINED_MIXED,
                c.EXPLAINED_UNKNOWN_SEVERITY, c.EXPLAINED_PINNED)),
            it.status == c.ERROR_RANGE, it.line, it.row_line, it.metric_line]
        return ExplainedClock(*fields)

    @property
    def attributes(self) -> Tuple[ExplainedAttribute, ...]:
        """Those that the incident has and that the policy looks at: first the host's, then the
        derived ones in the order of the policy."""
        return self._all(
            structs_explain.ExplainedAttribute, lib.explanation_attribute,
            lambda it: ExplainedAttribute(texts.read(it.name), texts.read(it.value),
                                          bool(it.flags & c.ATTRIBUTE_DERIVED)))

    @property
    def verdicts(self) -> Tuple[ExplainedVerdict, ...]:
        """What became of the rows, in the order in which they are asked: `classify`, agreements,
        targets, escalations. Rows behind the first that matched were not asked."""
        return self._all(
            structs_explain.ExplainedVerdict, lib.explanation_verdict,
            lambda it: ExplainedVerdict(
                VERDICTS[it.what], texts.read(it.name), bool(it.flags & c.VERDICT_MATCHED),
                texts.read(it.gives) or None, texts.read(it.condition) or None,
                REASONS.get(it.reason), texts.read(it.wanted) or None, texts.read(it.has) or None,
                texts.read(it.attribute) or None,
                None if it.flags & c.VERDICT_ABSENT or not it.attribute.length
                else texts.read(it.value), it.line, it.failed_line))

    @property
    def events(self) -> Tuple[ExplainedEvent, ...]:
        """What happened to the clock, in order of time."""
        zone = self._clock_zone()
        return self._all(
            structs_explain.ExplainedEvent, lib.explanation_event,
            lambda it: ExplainedEvent(
                RECORDS[it.what], instant_of(it.at, zone),
                optional_instant(it.until, zone)
                if it.what in (c.RECORD_PAUSED, c.RECORD_STOPPED) else None,
                STATES[it.state] if it.what in (c.RECORD_STOPPED, c.RECORD_ENDED) else None,
                duration_of(it.counted), texts.read(it.text) or None,
                bool(it.flags & c.RECORD_BY_LIMIT), bool(it.flags & c.RECORD_COUNTS), it.line))

    @property
    def parts(self) -> Tuple[ExplainedPart, ...]:
        """The time from the start of counting on, part by part, without a gap."""
        parts: List[ExplainedPart] = []
        it: Any = texts.sized(structs_explain.ExplainedPart)
        cursor, pointer = c_uint64(), self._live()
        while lib.explanation_part(pointer, addressof(cursor), addressof(it)):
            zone, flags = self._zone_of(it.calendar), it.flags
            day = DAY_KINDS[it.day]
            parts.append(ExplainedPart(
                PARTS[it.what], instant_of(getattr(it, "from"), zone), instant_of(it.to, zone),
                duration_of(it.counted), texts.read(it.name) or None,
                None if day is DayKind.REGULAR else day, bool(flags & c.PART_AHEAD),
                bool(flags & c.PART_OVER), bool(flags & c.PART_SHIFTED)))
        return tuple(parts)

    def text(self, *, all_parts: bool = False, clock_alone: bool = False) -> str:
        """The explanation for people: lines with their ends, columns aligned for a terminal. Of
        more than some forty parts those in the middle are summed up, unless `all_parts` is set;
        `clock_alone` leaves out `classify`, which is the same for every clock."""
        flags = ((c.TEXT_ALL_PARTS if all_parts else 0)
                 | (c.TEXT_CLOCK_ALONE if clock_alone else 0))
        pointer = self._live()
        size = lib.explanation_text(pointer, flags, None, 0) + 1
        buffer = create_string_buffer(size)
        lib.explanation_text(pointer, flags, buffer, size)
        return buffer.value.decode()

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        if self.closed:
            return "<libsla.Explanation, closed>"
        clock = self.clock
        return f"<libsla.Explanation of {clock.kind} {clock.metric}, {clock.state}>"

    def _all(self, kind: Type[Any], ask: Callable[..., int],
             read: Callable[[Any], Item]) -> Tuple[Item, ...]:
        pointer, struct = self._live(), texts.sized(kind)
        items: List[Item] = []
        while ask(pointer, len(items), addressof(struct)):
            items.append(read(struct))
        return tuple(items)

    def _clock_zone(self) -> tzinfo:
        it: Any = texts.sized(structs_explain.ExplainedClock)
        lib.explanation_clock(self._live(), addressof(it))
        return self._zone_of(it.calendar_handle)

    def _zone_of(self, calendar: Optional[int]) -> tzinfo:
        return self._zones[texts.ask(lib.calendar_zone, calendar)] if calendar else self._zone


def explain_clock(pointer: int, zones: Zones, zone: tzinfo, incident: bytes, kind: int,
                  metric: int, cycle: int, missing: str) -> Explanation:
    """Engine.explain() on the engine's pointer."""
    out, text = c_void_p(), texts.of(incident)
    check(lib.engine_explain(pointer, addressof(text), kind, metric, cycle, addressof(out)),
          missing)
    return Explanation(out.value or 0, zones, zone)


def explain_policy(policy: Policy, attributes: Optional[Attributes], more: Attributes, at: Instant,
                   metric: str, kind: Union[Kind, str]) -> Explanation:
    """Policy.explain()."""
    metrics = policy.metrics
    if metric not in metrics:
        raise NotFoundError(f'the policy has no metric "{metric}"; it has {", ".join(metrics)}')
    seconds = seconds_of(at, "at")
    given, out = AttributeArray(attributes, more), c_void_p()
    check(lib.policy_explain(policy._live(), seconds, given.address, given.count,
                             Kind(kind).number, metrics.index(metric), addressof(out)))
    return Explanation(out.value or 0, policy._zones, policy.zone)
