# SPDX-License-Identifier: MIT
"""What misuse.py calls: everything public, with good arguments of which one is replaced."""

import asyncio
import datetime
import enum

import libsla

UTC = datetime.timezone.utc
NOON = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def policies(test):
    for kind in (libsla.Policy, libsla.Calendar):
        test.each_place(kind.__name__, kind)
    named = {"file_name": "p", "zoneinfo": None, "analyse": False, "portable": False,
             "keep_dump": False, "loader": None, "max_bytes": 0, "max_nodes": 0, "max_depth": 0,
             "max_scalar": 0, "max_diags": 0}
    test.each_place("Policy.compile", libsla.Policy.compile, test.text, **named)
    del named["file_name"]
    test.each_place("Policy.load", libsla.Policy.load, "/nowhere", **named)
    for policy in (test.policy, test.closed):
        test.each_place("policy.calendar", policy.calendar, "office")
        test.each_place("policy.classify", policy.classify, {"impact": "outage"}, at=NOON, more=1)
        test.each_place("policy.dump", policy.dump, "yaml")
        for name in ("name", "warnings", "fingerprint", "severities", "metrics", "agreements",
                     "calendars", "zone", "goals", "tests", "__repr__", "__reduce__"):
            test.call(f"policy.{name}", getattr, policy, name)
    for goal in test.policy.goals:
        test.each_place("goal.judge", goal.judge, 1, 2, 3)
        test.each_place("goal.period", goal.period, NOON)
    for one in test.policy.tests:
        test.each_place("test.run", one.run)


def calendars(test):
    for calendar in (test.policy.calendar("office"), test.closed_calendar):
        day = datetime.date(2026, 11, 20)
        for name, *good in (
                ("add", NOON, "1h"), ("add", 0, 1), ("elapsed", NOON, NOON), ("elapsed", 0, 0),
                ("is_open", NOON), ("next_open", NOON), ("next_close", NOON), ("due", NOON, "3wd"),
                ("is_provisional", NOON), ("is_workday", day), ("workdays", day, day),
                ("add_workdays", day, 1), ("date", NOON), ("day", day),
                ("parse", "2026-11-20T10:00"), ("format", NOON),
                ("localize", datetime.datetime(2026, 11, 20))):
            test.each_place(f"calendar.{name}", getattr(calendar, name), *good)


def values(test):
    test.each_place("explain_code", libsla.explain_code, 231)
    test.each_place("Target.parse", libsla.Target.parse, "3wd", due="close", cutoff="15:00",
                    grace="1h")
    test.each_place("Target", libsla.Target, 3, libsla.Unit.WORKDAYS, due=libsla.Due.CLOSE,
                    due_time=None, cutoff=datetime.time(12), grace=datetime.timedelta(0))
    for name in libsla.__all__:
        kind = getattr(libsla, name)
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            test.each_place(name, kind, next(iter(kind)).value)
    # What was made of odd values must not fail later either.
    for value in test.values():
        for key in ("unit", "due", "due_time", "cutoff", "grace"):
            try:
                target = libsla.Target(3, **{"unit": libsla.Unit.WORKDAYS, key: value})
            except Exception:
                continue  # told above
            test.call(f"calendar.due of {key}", test.policy.calendar("office").due,
                      NOON, target)


def columns(test):
    for calendar in (test.policy.calendar("office"), test.closed_calendar):
        for name, *good in (("add_many", [NOON, 0], "1h"), ("add_many", [0, 1], [1, 2]),
                            ("elapsed_many", [0, 1], [5, 6]), ("due_many", [NOON], "3wd")):
            test.each_place(f"calendar.{name}", getattr(calendar, name), *good, naive=None)
    if hasattr(test.policy, "evaluate_many"):
        test.each_place("policy.evaluate_many", test.policy.evaluate_many, [0, 1],
                        {"impact": ["outage", None]}, metrics=None, kinds=("sla",), naive=None)
        for value in test.values():
            test.call("policy.evaluate_many of a column", test.policy.evaluate_many, [0, 1],
                      {"impact": value})


def engine_of(test):
    """A new engine with something in it."""
    engine = libsla.Engine(test.policy)
    engine.update("INC-1", NOON, impact="outage")
    return engine


def engines(test):
    test.each_place("Engine", libsla.Engine, test.policy, on_event=None, on_rearm=None)
    closed = engine_of(test)
    state, one = closed.save(), closed.save_incident("INC-1")
    closed.close()
    rows = [("INC-1", NOON, "responded", {"x": 1}, 5), libsla.Update("INC-1", NOON)]
    for engine in (engine_of(test), closed):
        test.each_place("engine.update", engine.update, "INC-1", NOON, "x", sequence=0,
                        attributes={"x": 1}, more=2)
        test.each_place("engine.update_many", engine.update_many, rows, None)
        test.each_place("engine.rebuild", engine.rebuild, "INC-1", rows)
        for value in test.values():
            test.call("engine.update_many of rows", engine.update_many, [rows[0], value])
            for place in range(5):
                row = list(rows[0])
                row[place] = value
                test.call("engine.update_many of a row", engine.update_many, [tuple(row)])
                test.call("engine.rebuild of a row", engine.rebuild, "INC-1", [tuple(row)])
            for act in ("sla:extend", "sla:pin", "sla:exempt"):
                test.call("an act", engine.update, "INC-1", 1_900_000_000, act, attributes={
                    "by": value, "deadline": value, "metric": value})
        test.each_place("engine.clock", engine.clock, "INC-1", "resolution", "sla")
        test.each_place("engine.clocks", engine.clocks, incident="INC-1", metric=None, kind=None,
                        state=None, severity=None, agreement=None, due_before=None, breached=None,
                        in_grace=None, provisional=None, pinned=None)
        test.each_place("engine.explain", engine.explain, "INC-1", "resolution", "sla", 0)
        test.each_place("engine.save_incident", engine.save_incident, "INC-1")
        test.each_place("engine.load", engine.load, one, rebind=False)
        test.each_place("engine.bind", engine.bind, test.other)
        test.each_place("engine.step", engine.step, one, "INC-1", NOON, "x", now=None, sequence=0,
                        attributes=None, rebind=False)
        test.each_place("engine.forget", engine.forget, "INC-2")
        for value in test.values():
            for name in ("on_event", "on_rearm", "next_due", "policy", "unknown"):
                test.call(f"engine.{name} =", setattr, engine, name, value,
                          also=() if name.startswith("on_") else (AttributeError,))
            engine.on_event = engine.on_rearm = None
        for name in ("pending", "next_due", "next_due_seconds", "now", "incidents", "memory",
                     "policy", "__repr__", "__iter__", "save"):
            test.call(f"engine.{name}", getattr, engine, name)
        test.each_place("engine.save", engine.save)
        test.each_place("engine.deliver", engine.deliver)
        test.each_place("list(engine)", lambda *_: list(engine))
        test.each_place("engine.advance", engine.advance, NOON)
        test.each_place("engine.close", engine.close)
    for policy in (test.policy, test.closed):
        test.each_place("policy.step", policy.step, one, "INC-1", NOON, "x", now=None, sequence=0,
                        attributes=None, rebind=False)
        test.each_place("policy.explain", policy.explain, {"impact": "outage"}, at=NOON,
                        metric="resolution", kind="sla")
    test.each_place("describe", libsla.describe, state)
    # Cut and damaged everywhere.
    for place in range(0, len(state), 3):
        for damaged in (state[:place], state[:place] + b"\xff" + state[place + 1:]):
            engine = libsla.Engine(test.policy)
            test.call("engine.load of damage", engine.load, damaged)
            test.call("policy.step of damage", test.policy.step, damaged, now=NOON)
            test.call("describe of damage", libsla.describe, damaged)
    explanation = engine_of(test).explain("INC-1", "resolution")
    for _ in range(2):
        for name in (name for name in dir(explanation) if name[0] != "_"):
            test.call(f"explanation.{name}", lambda: getattr(explanation, name))
            attribute = getattr(type(explanation), name, None)
            if callable(attribute):
                test.each_place(f"explanation.{name}", getattr(explanation, name))
        test.call("str(explanation)", str, explanation)
        explanation.close()


def callbacks(test):
    """Changes from inside, closing from inside, callbacks that are no functions."""
    for change in ("update", "advance", "close", "deliver", "save", "clocks", "load", "forget"):
        engine = libsla.Engine(test.policy)

        def on_event(_event, engine=engine, change=change):
            arguments = {"update": ("INC-2", NOON), "advance": (NOON,), "load": (b"",),
                         "forget": ("INC-1",)}.get(change, ())
            getattr(engine, change)(*arguments)

        engine.on_event = on_event
        test.call(f"{change} from on_event", engine.update, "INC-1", NOON)
        engine.on_event = None
        engine.on_rearm = on_event
        test.call(f"{change} from on_rearm", engine.update, "INC-3", NOON)
    for bad in (lambda: None, lambda a, b: None, len, int, object):
        for name in ("on_event", "on_rearm"):
            engine = libsla.Engine(test.policy, **{name: bad})
            test.call(f"{name}={bad!r:.30}", engine.update, "INC-1", NOON)


def asyncio_runs(test):
    async def first(run):
        async for _ in run:
            break

    for value in test.values():
        test.call("aio.run", lambda value=value: asyncio.run(first(libsla.aio.run(value))))
        test.call("aio.run of a clock", lambda value=value: asyncio.run(asyncio.wait_for(first(
            libsla.aio.run(engine_of(test), clock=lambda: value)), 0.01)))
