# SPDX-License-Identifier: MIT
"""Goals: the rates that were promised, such as 95 % of all first responses in a month."""

from __future__ import annotations

from ctypes import byref, c_int64
from dataclasses import dataclass, field
from datetime import datetime
from typing import (TYPE_CHECKING, Any, Callable, Iterator, List, Optional, Tuple, Union,
                    overload)

from ._native import constants as c
from ._native import structs, structs_explain, texts
from ._native.library import lib
from .errors import ArgumentError, check
from .times import Instant, instant_of, seconds_of
from .words import GOAL_VERDICTS, KINDS, PERIODS, GoalVerdict, Kind, Period

if TYPE_CHECKING:
    from .clock import Clock
    from .event import Event
    from .policy import Policy

_MOST = 1 << 40  # beyond that C does not decide; ctypes would cut what is beyond 2**64


@dataclass(frozen=True)
class Goal:
    """Of all clocks of these metrics, kinds and agreements so many are met, in each period.

    The engine counts nothing: who reports asks for each clock which goals look at it.
    """

    index: int
    """Its place in policy.goals."""
    name: str
    """May be empty."""
    per: Period
    per_million: int
    """The rate that is promised: 950,000 is 95 %."""
    kinds: Tuple[Kind, ...]
    metrics: Tuple[str, ...]
    agreements: Tuple[str, ...]
    """All of the policy's where the goal names none."""
    line: int
    """In the policy file."""
    _policy: Policy = field(repr=False, compare=False)

    @property
    def at_least(self) -> float:
        """The rate that is promised: 0.95 is 95 %."""
        return self.per_million / c.GOAL_WHOLE

    @overload
    def period(self, at: datetime) -> Tuple[datetime, datetime]: ...
    @overload
    def period(self, at: int) -> Tuple[int, int]: ...

    def period(self, at: Instant) -> Any:
        """The period in which an instant lies: its beginning, and its end, which is not in it.
        Whole dates in the policy's zone. A clock belongs to the period in which it started.
        RangeError where a bound is outside 1970 to 2199."""
        start, end = c_int64(), c_int64()
        check(lib.policy_goal_period(self._policy._live(), self.index, seconds_of(at),
                                     byref(start), byref(end)))
        if not isinstance(at, datetime):
            return start.value, end.value
        zone = self._policy.zone
        return instant_of(start.value, zone), instant_of(end.value, zone)

    def judge(self, met: int, missed: int, open: int = 0) -> GoalVerdict:
        """What a count of clocks means: kept or broken whatever becomes of the open ones, or
        undecided. Clocks that were cancelled or exempted count nowhere; an open one that is
        breached may be counted as missed. Exact, without rounding."""
        counts = (met, missed, open)
        for count in counts:
            if type(count) is not int:
                raise TypeError(f"counts are ints, not {type(count).__name__}")
            if count < 0:
                raise ArgumentError(f"a count of clocks is not {count}")
        return GOAL_VERDICTS[lib.goal_judge(self.per_million,
                                            *(min(count, _MOST + 1) for count in counts))]


def goals_of(policy: Policy) -> Iterator[Goal]:
    """The goals of a policy, in its order."""
    pointer, goal, index = policy._live(), texts.sized(structs_explain.Goal), 0
    while lib.policy_goal_at(pointer, index, byref(goal)):
        yield Goal(
            index, texts.read(goal.name), PERIODS[goal.period], goal.rate,
            tuple(kind for number, kind in KINDS.items()
                  if not goal.kinds or goal.kinds >> number & 1),
            _named(lib.policy_goal_metric, pointer, index, policy.metrics),
            _named(lib.policy_goal_agreement, pointer, index, policy.agreements), goal.line,
            policy)
        index += 1


def goals_at(engine: int, policy: Policy, of: Union[Clock, Event],
             metric: Optional[int]) -> Tuple[Goal, ...]:
    """See Engine.goals()."""
    incident, agreement = of.incident.encode(), (of.agreement or "").encode()
    clock = texts.sized(structs.Clock)
    clock.kind = of.kind.number
    clock.metric_index = c.NO_INDEX if metric is None else metric
    clock.incident, clock.agreement = texts.of(incident), texts.of(agreement)
    return tuple(goal for goal in policy.goals if check(
        lib.engine_goal(engine, goal.index, byref(clock)),
        f'there is no incident "{of.incident}"') == 1)


def _named(ask: Callable[..., int], policy: int, goal: int,
           names: Tuple[str, ...]) -> Tuple[str, ...]:
    """The names that a goal gives; all when it gives none."""
    found: List[str] = []
    while (place := ask(policy, goal, len(found))) != c.NO_INDEX:
        found.append(names[place])
    return tuple(found) or names
