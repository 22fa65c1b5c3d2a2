#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An after-sales desk on a Friday evening: desk.py examples/policies/after-sales.yaml"""

import sys

import libsla


def tell(event):
    """Here a real desk sends mail. Most events are for nobody in particular."""
    if event.notify:
        print(f"{event.at:%H:%M} {event.type} {event.metric}, due {event.deadline:%H:%M}: "
              f"{', '.join(event.via)} to {', '.join(event.notify)}")


with libsla.Policy.load(sys.argv[1]) as policy, libsla.Engine(policy, on_event=tell) as engine:
    def friday(time):
        return policy.calendar("office").parse(f"2026-11-20T{time}")

    # A machine stands still in Shanghai. The customer calls.
    engine.update("INC-7", friday("17:50"), impact="outage", city="Shanghai", channel="phone")
    engine.update("INC-7", friday("17:50:09"), "picked_up")
    engine.update("INC-7", friday("18:45"), "responded")
    engine.update("INC-7", friday("19:00"), "dispatched")  # an engineer sets out
    engine.advance(friday("20:35"))
    for clock in engine.clocks(incident="INC-7", due_before=friday("23:59")):
        print(f"{clock.metric}: {clock.state}, {clock.elapsed} of {clock.budget}")
    engine.update("INC-7", friday("21:05"), "arrived")
    print(str(engine.explain("INC-7", "onsite")).splitlines()[0])
