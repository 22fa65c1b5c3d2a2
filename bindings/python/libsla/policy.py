# SPDX-License-Identifier: MIT
"""A policy: the YAML text, checked and compiled."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from ctypes import addressof, byref, c_void_p, create_string_buffer
from types import MappingProxyType
from typing import (TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, Literal, Mapping,
                    Optional, Tuple, Union)

from ._native import constants as c
from ._native import structs_explain, texts
from ._native.library import lib
from ._native.structs import PolicyOptions, Text
from .calendar import Calendar
from .errors import ArgumentError, NotFoundError, PolicyError, PolicyNotFoundError, check
from .handle import Handle
from .times import Zones, default_zoneinfo

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from .attributes import Attributes, Value
    from .classify import Classification
    from .diag import Diagnostic
    from .evaluate import Evaluation
    from .explain import Explanation
    from .goal import Goal
    from .loader import Loading
    from .policy_test import PolicyTest
    from .state import StateBytes, Step
    from .times import Instant
    from .waiting import EventNames
    from .words import Kind

_MOST_SHOWN = 20
_DUMPS = {"yaml": c.DUMP_YAML, "json": c.DUMP_JSON}


class Policy(Handle):
    """Calendars, severities, metrics, targets and escalations, ready to be used.

    Immutable: any number of threads and engines may share one. After close() its calendars raise
    ClosedError; engines made from it go on.
    """

    __slots__ = ("_keeper", "_zones", "_warnings", "_calendars", "_name", "_event_names")

    def __new__(cls, *given: Any) -> Policy:
        if len(given) != 3:
            raise TypeError("a policy is made by Policy.load(path) or Policy.compile(text)")
        return super().__new__(cls)

    def __init__(self, pointer: int, zones: Zones, warnings: Tuple[Diagnostic, ...]) -> None:
        """Use Policy.load() or Policy.compile()."""
        super().__init__(pointer, lib.policy_unref)
        self._keeper = Handle(lib.policy_ref(pointer), lib.policy_unref)
        self._zones = zones
        self._warnings = warnings
        self._name = texts.ask(lib.policy_name, pointer)
        self._event_names: Optional[EventNames] = None
        self._calendars: Dict[str, Calendar] = {}
        for place in _count(lib.policy_calendar_at, pointer):
            calendar = Calendar(lib.policy_calendar_at(pointer, place), self._keeper, zones)
            self._calendars[calendar.name] = calendar

    @classmethod
    def load(cls, path: Union[str, os.PathLike[str]], *, zoneinfo: Optional[str] = None,
             analyse: bool = False, portable: bool = False, keep_dump: bool = False,
             loader: Optional[Loading] = None, max_bytes: int = 0, max_nodes: int = 0,
             max_depth: int = 0, max_scalar: int = 0, max_diags: int = 0) -> Policy:
        """Reads and compiles a policy file; included files are found in its folder.

        `analyse` also warns of what is allowed but surely not meant, `portable` of scalars that
        other YAML readers read differently; `keep_dump` keeps what dump() gives. `zoneinfo` is a
        folder of TZif files; without it that of Python is taken, then the package's own. `loader`
        is called as loader(kind, name), kind "policy", "include" or "zone", and gives the file's
        bytes, or None; what it raises comes out of here. Limits of 0 are the C library's.

        PolicyError: the policy has faults, all of which are told. PolicyNotFoundError (a
        FileNotFoundError): there is no such file.
        """
        options = _Options(None, zoneinfo, analyse, portable, keep_dump, loader, max_bytes,
                           max_nodes, max_depth, max_scalar, max_diags)
        name = os.fspath(path)
        data = os.fsencode(name)
        if b"\0" in data:
            raise ValueError(f"a path has no NUL character: {name!r}")
        return cls._compiled(options, lambda *more: lib.policy_load(data, *more), name)

    @classmethod
    def compile(cls, text: Union[str, bytes], *, file_name: str = "policy",
                zoneinfo: Optional[str] = None, analyse: bool = False, portable: bool = False,
                keep_dump: bool = False, loader: Optional[Loading] = None, max_bytes: int = 0,
                max_nodes: int = 0, max_depth: int = 0, max_scalar: int = 0,
                max_diags: int = 0) -> Policy:
        """Compiles a policy text. `file_name` stands in diagnostics, and its folder is where
        included files are looked for. The rest is as in load()."""
        options = _Options(file_name, zoneinfo, analyse, portable, keep_dump, loader, max_bytes,
                           max_nodes, max_depth, max_scalar, max_diags)
        data = texts.data_of(text, "the text of a policy")
        return cls._compiled(options, lambda *more: lib.policy_compile(data, len(data), *more),
                             file_name)

    @classmethod
    def _compiled(cls, options: _Options, call: Callable[..., int], name: str) -> Policy:
        from . import diag

        pointer, diags = c_void_p(), c_void_p()
        status = call(byref(options.struct), byref(pointer), byref(diags))
        told = diag.taken(diags.value)
        if options.loader is not None and options.loader.raised is not None:
            raise options.loader.raised
        if status == c.ERROR_POLICY:
            raise PolicyError(_shown(told), told)
        if status == c.ERROR_NOT_FOUND:
            if options.loader is None and os.path.exists(name):
                open(name, "rb").close()  # raises what is wrong with it
            raise PolicyNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        check(status)
        return cls(pointer.value or 0, options.zones(), told)

    @property
    def name(self) -> str:
        """The policy's own name; may be empty."""
        return self._name

    @property
    def warnings(self) -> Tuple[Diagnostic, ...]:
        """What is doubtful in it, in the order of places."""
        return self._warnings

    @property
    def fingerprint(self) -> bytes:
        """16 bytes that differ when the policy, or a zone rule that it uses, differs."""
        buffer = create_string_buffer(16)
        lib.policy_fingerprint(self._live(), buffer)
        return buffer.raw

    @property
    def severities(self) -> Tuple[str, ...]:
        """The names of its severities, worst first."""
        return self._names(lib.policy_severity_at)

    @property
    def metrics(self) -> Tuple[str, ...]:
        """The names of its metrics, in the order of the policy."""
        return self._names(lib.policy_metric_at)

    @property
    def agreements(self) -> Tuple[str, ...]:
        """The names of its agreements, in the order of the policy, all kinds together."""
        return self._names(lib.policy_agreement_at)

    @property
    def calendars(self) -> Mapping[str, Calendar]:
        """Its calendars by name, in the order of the policy; "24x7" is the first."""
        self._live()
        return MappingProxyType(self._calendars)

    def calendar(self, name: str) -> Calendar:
        """The calendar of that name. NotFoundError says which there are."""
        self._live()
        calendar = self._calendars.get(name)
        if calendar is not None:
            return calendar
        raise NotFoundError(f'there is no calendar "{name}"' + _instead(name, self._calendars))

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the policy, in which events tell their instants."""
        return self.calendar("24x7").zone

    @property
    def goals(self) -> Tuple[Goal, ...]:
        """What rates it promises, in its order."""
        from . import goal

        return tuple(goal.goals_of(self))

    @property
    def tests(self) -> Tuple[PolicyTest, ...]:
        """The tests that its author wrote into it; a test's run() says what is not as expected."""
        from . import policy_test

        return tuple(policy_test.tests_of(self))

    def classify(self, attributes: Optional[Attributes] = None, *, at: Instant,
                 **more: Value) -> Classification:
        """The severity, agreements and targets of an incident that is opened at `at`.

        Attributes are given as a mapping, by keyword, or both; see libsla.attributes for what
        values may be. None is an attribute that is absent. Deadlines are in their calendars' zones.
        """
        from . import classify

        return classify.classify(self, attributes, more, at)

    def explain(self, /, attributes: Optional[Attributes], at: Instant, metric: str,
                kind: Union[Kind, str] = "sla", **more: Value) -> Explanation:
        """Why the clock of a metric would have its deadline, or why it would have none, on an
        incident that is opened at `at` with these attributes. str() of it is for people.

        NotFoundError: there is no such metric. RangeError: outside 1970 to 2199.
        """
        from . import explain

        return explain.explain_policy(self, attributes, more, at, metric, kind)

    def step(self, /, state: Optional[StateBytes], incident: Optional[str] = None,
             at: Optional[Instant] = None, event: Optional[str] = None, *,
             now: Optional[Instant] = None, sequence: int = 0,
             attributes: Optional[Attributes] = None, rebind: bool = False,
             **more: Value) -> Step:
        """The pure step: one incident's bytes in, at most one update, events and new bytes out.

        `state` is what the step before gave, or Engine.save_incident(); None: the incident is not
        known yet. First time passes to `now`, then the update is applied, whose arguments are those
        of Engine.update(); without `incident` there is none. An update before `now` is late news
        (E2). With `rebind` the state may be another policy's (E9). Driving every incident so gives
        what an engine would, but for the order between incidents. Any thread.

        The errors are those of Engine.load() and Engine.update().
        """
        from . import state as states

        return states.step(self, state, incident, at, event, now, sequence, attributes, rebind,
                           more)

    def dump(self, form: str = "yaml") -> str:
        """What the policy says, written in one way: "yaml" for people, "json" for programs. A
        policy again, with the same fingerprint.

        NotFoundError unless it was compiled with keep_dump=True.
        """
        if form not in _DUMPS:
            raise ArgumentError(f'a dump is "yaml" or "json", not {form!r}')
        text = Text()
        check(lib.policy_dump(self._live(), _DUMPS[form], byref(text)),
              "the policy was compiled without keep_dump=True")
        return texts.read(text)

    def evaluate_many(self, opened: Any, attributes: Optional[Mapping[str, Any]] = None, *,
                      metrics: Optional[Iterable[str]] = None,
                      kinds: Iterable[str] = ("sla",),
                      naive: Optional[Literal["utc"]] = None) -> Evaluation:
        """What is promised to many incidents: classify() of whole columns.

            policy.evaluate_many(df["opened"], {"priority": df["priority"], "plan": "gold"})

        `opened` is a column of instants as in Calendar.add_many(); `attributes` has for each name
        a column (texts, categories, whole numbers, booleans), or one value for all rows. A null is
        an attribute that the incident does not have. Answers are those of `metrics` (None: all of
        the policy) for promises of `kinds`. No copies; other threads run meanwhile.

        A row without an answer has nulls, and its status says why. TypeError and ValueError for
        columns that cannot be right, NotFoundError for a metric or kind that there is not.
        """
        from . import evaluate

        return evaluate.evaluate_many(self, opened, attributes, metrics, kinds, naive)

    def close(self) -> None:
        """Frees it. Its calendars then raise ClosedError; engines made from it go on, all but
        Engine.goals(), whose goals are the policy's."""
        for calendar in getattr(self, "_calendars", {}).values():
            calendar._close()
        super().close()

    @property
    def _goal_count(self) -> int:
        pointer, goal, count = self._live(), texts.sized(structs_explain.Goal), 0
        while lib.policy_goal_at(pointer, count, byref(goal)):
            count += 1
        return count

    @contextmanager
    def _held(self) -> Iterator[int]:
        """The address for a call during which other threads run: they may close the policy."""
        pointer: int = lib.policy_ref(self._live())
        try:
            yield pointer
        finally:
            lib.policy_unref(pointer)

    def _names(self, ask: Callable[..., int]) -> Tuple[str, ...]:
        pointer, text = self._live(), Text()
        names: List[str] = []
        while ask(pointer, len(names), byref(text)):
            names.append(texts.read(text))
        return tuple(names)

    def __repr__(self) -> str:
        if self.closed:
            return "<libsla.Policy, closed>"
        name = f" {self._name!r}" if self._name else ""
        others = [name for name in self._calendars if name != "24x7"]
        return f"<libsla.Policy{name}, calendars: {', '.join(others) or 'none'}>"


class _Options:
    """An sla_policy_options, and what it shows."""

    def __init__(self, file_name: Optional[str], zoneinfo: Optional[str], analyse: bool,
                 portable: bool, keep_dump: bool, loader: Optional[Loading], max_bytes: int,
                 max_nodes: int, max_depth: int, max_scalar: int, max_diags: int) -> None:
        self._folder = default_zoneinfo() if zoneinfo is None else os.fspath(zoneinfo)
        self._kept = [texts.encoded(file_name or "", "file_name"), os.fsencode(self._folder)]
        struct = texts.sized(PolicyOptions)
        struct.flags = (analyse and c.POLICY_ANALYSE) | (portable and c.POLICY_PORTABLE) | (
            keep_dump and c.POLICY_KEEP_DUMP)
        struct.file_name, struct.zoneinfo = (texts.of(data) for data in self._kept)
        for limit, value in (("max_bytes", max_bytes), ("max_nodes", max_nodes),
                             ("max_depth", max_depth), ("max_scalar", max_scalar),
                             ("max_diags", max_diags)):
            if not 0 <= value < 1 << (64 if limit == "max_bytes" else 32):
                raise ValueError(f"{limit} is {value}")
            setattr(struct, limit, value)
        self.struct = struct
        self.loader = None
        if loader is not None:
            from .loader import HostLoader

            self.loader = HostLoader(loader, self._folder)
            struct.loader = addressof(self.loader.struct)

    def zones(self) -> Zones:
        return Zones(self._folder, self.loader.zones if self.loader else {})


def _count(at: Callable[..., Any], pointer: int) -> Iterator[int]:
    place = 0
    while at(pointer, place):
        yield place
        place += 1


def _shown(told: Tuple[Diagnostic, ...]) -> str:
    """The text of an exception: all diagnostics, unless there are very many."""
    shown = [str(one).rstrip("\n") for one in told[:_MOST_SHOWN]]
    if len(told) > len(shown):
        shown.append(f"... and {len(told) - len(shown)} more: see `diagnostics` of this exception")
    return "\n".join(shown)


def _instead(name: object, known: Mapping[str, object]) -> str:
    """What may have been meant, or what there is."""
    import difflib

    near = difflib.get_close_matches(str(name), known, 1)
    if near:
        return f'; did you mean "{near[0]}"?'
    return "; there are " + ", ".join(known)
