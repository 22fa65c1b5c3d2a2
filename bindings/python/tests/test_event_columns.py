# SPDX-License-Identifier: MIT
"""Events as a table: row by row the Event objects that iterating over the engine gives."""

import gc
import random
import unittest

import libsla
import tap_unittest
from column_case import START
from libsla.event_columns import EventTable

POLICY = """\
sla: 1
timezone: Europe/Berlin
calendar: office
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
severities: [urgent, normal]
classify: {severity: [{when: {impact: outage}, is: urgent}, {is: normal}]}
metrics:
  METRIC: {start: opened, stop: resolved, pause: {while: {state: waiting}, reason: caller}}
agreements:
  - name: AGREEMENT
    targets:
      - {when: {severity: urgent}, METRIC: {within: 1h, grace: 30m}}
      - {METRIC: 4h}
escalations:
  - steps:
      - {at: 50%, notify: [owner]}
      - {at: due, notify: [owner, manager], via: [sms]}
      - {at: 1h after, level: 2, repeat: 1h, times: 3, notify: [manager]}
"""


def policy_of(metric="resolution", agreement="standard"):
    return libsla.Policy.compile(POLICY.replace("METRIC", metric).replace("AGREEMENT", agreement))


def updates(count, seed=3):
    """Lives of incidents, in order."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        name = f"INC-{number}" + "!" * chance.choice([0, 0, 5, 200])
        at = START + 86400 * 5 + chance.randrange(5 * 86400)
        rows.append((name, at, None, {"impact": chance.choice(["outage", "slow"])}))
        if chance.random() < 0.5:
            rows.append((name, at + 600, None, {"state": "waiting"}))
            rows.append((name, at + 5000, None, {"state": None}))
        if chance.random() < 0.7:
            rows.append((name, at + chance.randrange(6000, 90000), "resolved"))
    return sorted(rows, key=lambda row: row[1])


def fields(event):
    """What a row of the table says of an event."""
    return {"type": event.type, "incident": event.incident, "metric": event.metric, "at": event.at,
            "deadline": event.deadline, "elapsed": event.elapsed, "remaining": event.remaining,
            "kind": event.kind, "cycle": event.cycle, "agreement": event.agreement,
            "severity": event.severity, "reason": event.reason, "actor": event.actor,
            "notify": event.notify, "via": event.via, "percent": event.percent,
            "level": event.level, "repetition": event.repetition, "late": event.late,
            "in_grace": event.in_grace, "provisional": event.provisional, "line": event.line,
            "id": event.id}


class EventColumns(unittest.TestCase):
    def engine(self, count=40):
        engine = libsla.Engine(policy_of())
        for outcome in engine.update_many(updates(count)):
            self.assertEqual(outcome, libsla.Outcome.APPLIED)
        return engine

    def assert_table(self, table, events):
        self.assertIsInstance(table, EventTable)
        found = table.to_dict()
        expected = [fields(event) for event in events]
        self.assertEqual(len(table), len(events))
        for name in expected[0] if expected else ():
            with self.subTest(name):
                self.assertEqual(found[name], [row[name] for row in expected])
        if expected:
            self.assertEqual(list(found), list(expected[0]))

    def test_rows_are_the_events_that_iteration_gives(self):
        engine = self.engine()
        table = engine.event_table()
        self.assertEqual(len(table), engine.pending)
        events = list(engine)
        self.assertGreater(len(events), 100)
        self.assertGreater(len({event.type for event in events}), 6)
        self.assert_table(table, events)

    def test_thousands_of_events_with_texts_of_any_length(self):
        engine = self.engine(1500)
        self.assertGreater(engine.pending, 4000)
        table = engine.event_table()
        self.assert_table(table, list(engine))

    def test_draining_takes_them(self):
        engine, twin = self.engine(), self.engine()
        events = list(twin)
        self.assert_table(engine.drain_columns(3), events[:3])
        self.assertEqual(engine.pending, len(events) - 3)
        self.assert_table(engine.event_table(2), events[3:5])
        self.assert_table(engine.drain_columns(), events[3:])
        self.assertEqual(engine.pending, 0)

    def test_no_event_is_a_table_without_rows(self):
        table = libsla.Engine(policy_of()).drain_columns()
        self.assert_table(table, [])
        self.assertEqual(set(map(tuple, table.to_dict().values())), {()})
        self.assert_table(self.engine().drain_columns(0), [])
        with self.assertRaisesRegex(libsla.ArgumentError, "limit is -1"):
            self.engine().drain_columns(-1)

    def test_names_of_a_policy_that_was_bound_before(self):
        engine, twin = self.engine(), self.engine()
        other = policy_of("repair", "gold")
        for one in engine, twin:
            one.bind(other)
        self.assert_table(engine.drain_columns(), list(twin))

    def test_the_table_outlives_the_engine(self):
        engine, twin = self.engine(), self.engine()
        table = engine.drain_columns()
        engine.close()
        del engine
        gc.collect()
        self.assert_table(table, list(twin))

    def test_from_inside_a_callback_it_may_be_looked_at(self):
        tables, faults = [], []
        engine = libsla.Engine(policy_of())

        def on_event(event):
            tables.append(engine.event_table(1)["id"][0])
            try:
                engine.drain_columns()
            except libsla.BusyError as error:
                faults.append(error)
            self.assertEqual(tables[-1], event.id)

        engine.on_event = on_event
        engine.update("INC-1", START + 90 * 3600)
        self.assertEqual((len(tables), len(faults)), (1, 1))


tap_unittest.main()
