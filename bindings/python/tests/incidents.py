# SPDX-License-Identifier: MIT
"""A policy and a morning of incidents for the tests of the engine.

Office hours are Mon-Fri 09:00-17:00 in Berlin; 20 Nov 2026 is a Friday, and Berlin is UTC+1 then.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import libsla

BERLIN = ZoneInfo("Europe/Berlin")
POLICY = """\
sla: 1
timezone: Europe/Berlin
calendar: office
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
severities: [urgent, normal]
classify:
  severity: [{when: {impact: outage}, is: urgent}, {is: normal}]
metrics:
  answer: {start: opened, stop: answered}
  solve: {start: opened, stop: solved, pause: {while: {status: waiting}, reason: customer}}
targets:
  - {when: {severity: urgent}, answer: 1h, solve: 4h}
  - {answer: 2h, solve: 8h}
escalations:
  - metrics: [solve]
    steps: [{at: 50%, notify: [owner]}, {at: due, notify: [owner, manager], via: [sms, mail]}]
"""
# The same with shorter promises: 6 hours to solve what is normal.
STRICTER = POLICY.replace("solve: 8h", "solve: 6h")


def at(time, day=20):
    """An instant of November 2026 in Berlin."""
    hour, minute = time.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=BERLIN)


def history():
    """Updates of three incidents, in order."""
    return [
        ("A", at("09:00"), None, {"impact": "outage"}),
        ("B", at("09:30"), None, {"impact": "none"}),
        ("A", at("09:40"), "answered"),
        ("B", at("10:00"), None, {"status": "waiting"}),
        ("C", at("10:10")),
        ("B", at("11:00"), None, {"status": "open"}),
        ("C", at("11:30"), "answered"),
        ("A", at("12:00"), "solved"),
        ("B", at("14:00"), "answered"),
    ]


def policy(text=POLICY):
    return libsla.Policy.compile(text)


def told(engine):
    """What waits, as (time of day, type, incident, metric)."""
    return [brief(event) for event in engine]


def brief(event):
    return f"{event.at:%H:%M}", str(event.type), event.incident, event.metric
