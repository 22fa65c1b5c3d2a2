# SPDX-License-Identifier: MIT
"""Ways to run a log through the package. Each gives all events, in the order they were told; what
a host may do in between (save and load, raise, stop a loop) is drawn at random."""

import libsla


class Refused(Exception):
    """What the host's function raises."""


def is_reopened_somewhere_else(rng, engine, policy):
    """A new engine that goes on from the bytes of the old one; or the old one."""
    if rng.random() > 0.2:
        return engine
    other = libsla.Engine(policy)
    assert other.load(engine.save()) == []
    other.on_event = engine.on_event
    engine.close()
    return other


def pulled(rng, policy, rows, until):
    """By iterating, now and then not to the end, and with updates inside the loop."""
    engine, told, coming = libsla.Engine(policy), [], iter(rows)

    def update_next():
        row = next(coming, None)
        if row is not None:
            incident, at, event, changes = row
            engine.update(incident, at, event, attributes=changes)
        return row is not None

    while update_next():
        engine = is_reopened_somewhere_else(rng, engine, policy)
        for event in engine:
            told.append(event)
            if rng.random() < 0.2:
                update_next()
            if rng.random() < 0.2:
                break  # this one counts as taken
    engine.advance(until)
    told += engine
    assert engine.pending == 0
    return told, engine


def handed_over(rng, policy, rows, until):
    """By a function that now and then raises; the same event must come again."""
    told = []

    def on_event(event):
        if rng.random() < 0.3:
            raise Refused(event.id)
        told.append(event)

    engine = libsla.Engine(policy, on_event=on_event)
    for incident, at, event, changes in rows:
        try:
            engine.update(incident, at, event, attributes=changes)
        except Refused:
            pass  # the update is applied
        engine = is_reopened_somewhere_else(rng, engine, policy)
    again = lambda: engine.advance(until)  # noqa: E731
    while True:
        try:
            again()
        except Refused:
            again = engine.deliver
        else:
            return told, engine


def batched(rng, policy, rows, until):
    """By update_many(), a few at a time."""
    engine, told, place = libsla.Engine(policy), [], 0
    while place < len(rows):
        count = rng.choice([1, 2, 5, 40])
        batch = [libsla.Update(*row) if rng.random() < 0.5 else row
                 for row in rows[place:place + count]]
        for outcome in engine.update_many(batch):
            assert outcome in ("applied", "unknown_severity"), outcome
        told += engine
        engine = is_reopened_somewhere_else(rng, engine, policy)
        place += count
    engine.advance(until)
    return told + list(engine), engine


def stepped(rng, policy, rows, until):
    """By step(): every incident's state is bytes in the hands of the host. Here events come
    incident by incident."""
    states, told = {}, {}
    for incident, at, event, changes in rows:
        if rng.random() < 0.2 and incident in states:
            step = policy.step(states[incident], now=at)
            states[incident] = step.state
            told[incident] += step.events
        step = policy.step(states.get(incident), incident, at, event, attributes=changes)
        states[incident] = rng.choice([bytes, bytearray, memoryview])(step.state)
        told.setdefault(incident, []).extend(step.events)
    for incident, state in states.items():
        step = policy.step(state, now=until)
        told[incident] += step.events
    return told
