#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Columns: nanoseconds a row of a million rows, beside numpy's busday_offset in the same run, which
counts whole days only; events as a table; and what a call costs before its first row.

Time of the processor is counted, and the best of several rounds. Without numpy its lines are left
out.
"""

import array
import random
import time

import libsla

POLICY = """\
sla: 1
timezone: Europe/Berlin
calendar: office
holidays: {de: {closed: [HOLIDAYS]}}
calendars: {office: {hours: {mon-fri: "09:00-12:00, 13:00-17:00"}, holidays: [de]}}
severities: [urgent, normal]
classify: {severity: [{when: {impact: outage}, is: urgent}, {is: normal}]}
targets: [{first_response: 4h, resolution: 16h}]
escalations:
  - steps: [{at: 50%, notify: [owner]}, {at: due, notify: [owner, manager], via: [sms]}]
"""
HOLIDAYS = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25",
            "2026-10-03", "2026-12-25", "2026-12-26"]
ROWS, INCIDENTS, ROUNDS, CALLS = 1_000_000, 50_000, 7, 2000
START, YEAR = 1_767_225_600, 365 * 86400


def best(call, rounds=ROUNDS):
    """The least seconds of some rounds."""
    least = float("inf")
    for _ in range(rounds):
        begin = time.process_time()
        call()
        least = min(least, time.process_time() - begin)
    return least


def show(what, seconds, rows, beside=None):
    ratio = f"   {beside / seconds:6.1f} x as fast as busday_offset" if beside else ""
    print(f"{what:36} {1e9 * seconds / rows:8.1f} ns a row{ratio}")


def days_of_numpy(rows):
    """Seconds of busday_offset by two days for the same instants and holidays, or None."""
    try:
        import numpy
    except ImportError:
        return None
    days = numpy.asarray(rows).astype("M8[s]").astype("M8[D]")
    show("numpy.busday_offset, no holidays",
         best(lambda: numpy.busday_offset(days, 2, roll="forward")), len(rows))
    calendar = numpy.busdaycalendar(holidays=HOLIDAYS)
    seconds = best(lambda: numpy.busday_offset(days, 2, roll="forward", busdaycal=calendar))
    show("numpy.busday_offset, nine holidays", seconds, len(rows))
    return seconds


def events(policy):
    """Seconds for a table of events of a full engine, for one that is lent to Arrow, and how many
    these are."""
    engine = libsla.Engine(policy)
    chance = random.Random(1)
    engine.update_many((f"INC-{number}", START + 7 * 86400 + chance.randrange(3600), None,
                        {"impact": "outage"}) for number in range(INCIDENTS))
    engine.advance(START + 30 * 86400)
    seconds = best(engine.event_table)
    lent = best(lambda: engine.event_table().__arrow_c_stream__())
    return seconds, lent, len(engine.drain_columns())


def main():
    policy = libsla.Policy.compile(POLICY.replace("HOLIDAYS", ", ".join(HOLIDAYS)))
    office = policy.calendar("office")
    chance = random.Random(5)
    rows = array.array("q", (START + chance.randrange(YEAR) for _ in range(ROWS)))
    due = office.add_many(rows, "8h")
    days = days_of_numpy(rows)
    show("add_many", best(lambda: office.add_many(rows, "8h")), ROWS, days)
    show("elapsed_many", best(lambda: office.elapsed_many(rows, due)), ROWS, days)
    show("due_many, 2wd", best(lambda: office.due_many(rows, "2wd")), ROWS, days)
    show("evaluate_many, two metrics", best(lambda: policy.evaluate_many(
        rows, {"impact": "outage"})), ROWS)
    table, lent, count = events(policy)
    for what, seconds in ("event_table", table), ("event_table, lent to Arrow", lent):
        show(what, seconds, count)
        print(f"{'':36} {count / seconds / 1e6:8.1f} million events a second")
    one = rows[:1]
    seconds = best(lambda: [office.add_many(one, 3600) for _ in range(CALLS)])
    print(f"{'add_many of one row':36} {1e6 * seconds / CALLS:8.1f} us a call")


main()
