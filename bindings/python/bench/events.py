#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Events as objects: how many a second come out of an engine, taken by iteration or handed to
on_event, and updates that go in.

Beside them, in the same run, stands what the like costs in Python alone: a frozen dataclass with
the same fields, made by its own initializer from numbers that lie ready, with the same datetimes.
Time of the processor is counted, and the best of several rounds: others only take time away.
"""

import datetime
import gc
import time

import libsla

POLICY = """\
sla: 1
timezone: Europe/Berlin
calendar: office
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
targets: [{first_response: 4h, resolution: 16h}]
escalations:
  - steps: [{at: 50%, notify: [owner]}, {at: due, notify: [owner, manager], via: [sms]}]
"""
START = 1_795_000_000
INCIDENTS = 20_000
ROUNDS = 5


def updates():
    return [(f"INC-{number:06}", START + 60 * number) for number in range(INCIDENTS)]


def filled(policy, on_event=None):
    """An engine that has been fed; with on_event all its events come in advance()."""
    engine = libsla.Engine(policy, on_event)
    engine.update_many(updates())
    return engine


def best(run, prepare=lambda: None):
    """Seconds of the quickest round, and what it counted."""
    results = []
    for _ in range(ROUNDS):
        given = prepare()
        gc.collect()
        began = time.process_time()
        count = run(given)
        results.append((time.process_time() - began, count))
    return min(results)


def take_all(engine):
    engine.advance(START + 400 * 86400)
    return sum(1 for _ in engine)


def take_from(engine):
    return sum(1 for _ in engine)


def advanced(policy):
    engine = filled(policy)
    engine.advance(START + 400 * 86400)
    return engine


def hand_over(policy):
    count = 0

    def on_event(_event):
        nonlocal count
        count += 1

    engine = libsla.Engine(policy)
    engine.update_many(updates())
    engine.advance(START + 400 * 86400)
    engine.on_event = on_event
    began = time.process_time()
    engine.deliver()
    return time.process_time() - began, count


def by_hand(policy):
    """The same objects in Python alone."""
    zone = policy.zone
    engine = libsla.Engine(policy)
    engine.update("INC-1", START)
    event = next(iter(engine))
    rest = [getattr(event, name) for name in libsla.Event.__dataclass_fields__][7:]
    row = event.type, event.incident, event.metric
    at, count = START, 100_000

    def run(_given):
        for number in range(count):
            libsla.Event(*row, datetime.datetime.fromtimestamp(at + number, zone),
                         datetime.datetime.fromtimestamp(at + 2 * number, zone),
                         datetime.timedelta(0, number), datetime.timedelta(0, number), *rest)
        return count

    return best(run)


def main():
    with libsla.Policy.compile(POLICY) as policy:
        plain_seconds, plain_count = by_hand(policy)
        plain = plain_count / plain_seconds
        print(f"the same objects by their own initializer  {plain:10,.0f} a second")
        lines = [
            ("events taken by iteration", best(take_from, lambda: advanced(policy))),
            ("... with advance() in the time", best(take_all, lambda: filled(policy))),
            ("events handed to on_event", min(hand_over(policy) for _ in range(ROUNDS))),
            ("update_many() of tuples", best(lambda engine: len(engine.update_many(updates())),
                                             lambda: libsla.Engine(policy))),
        ]
        for name, (seconds, count) in lines:
            speed = count / seconds
            print(f"{name:42} {speed:10,.0f} a second  {1e9 * seconds / count:6,.0f} ns each  "
                  f"{speed / plain:5.2f} times that")


if __name__ == "__main__":
    main()
