# SPDX-License-Identifier: MIT
"""A policy for the tests, and short ways to write instants."""

from datetime import datetime
from zoneinfo import ZoneInfo

import libsla

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")

TEXT = """
sla: 1
name: Desk
timezone: Europe/Berlin
calendar: office
calendars:
  office: {hours: {mon-fri: "09:00-12:00, 13:00-17:00"}, holidays: [ours]}
  night: {hours: {daily: "22:00-06:00"}}
  shanghai: {timezone: Asia/Shanghai, hours: {mon-fri: "09:00-18:00"}}
holidays:
  ours:
    through: 2027-12-31
    closed: [{yearly: 12-25, name: Christmas}, {yearly: 12-24, open_until: "12:00"}]
    workdays: [{date: 2026-11-28, like: fri, name: make-up day}]
severities: [urgent, normal]
classify:
  severity: [{when: {impact: outage}, is: urgent}, {is: normal}]
targets:
  - {when: {severity: urgent}, name: worst, calendar: 24x7, first_response: 1h, resolution: 8h}
  - {first_response: 4h, resolution: {within: 2wd, due: close, grace: 1h}}
goals:
  - {name: answers, metrics: first_response, when: {severity: urgent}, at_least: 95%, per: month}
  - {at_least: 99.5%, per: week}
tests:
  - name: an outage
    incident: {impact: outage}
    at: 2026-11-20T17:50
    expect: {severity: urgent, first_response: 2026-11-20T18:50}
  - name: an answer in time
    at: 2026-11-20T16:00
    expect: {first_response: 2026-11-23T12:00}
    then:
      - {at: 2026-11-23T12:00, event: responded, expect_events: met first_response}
"""


def policy(text=TEXT, **options):
    return libsla.Policy.compile(text, **options)


def berlin(*fields, fold=0):
    """A datetime in Berlin."""
    return datetime(*fields, tzinfo=BERLIN, fold=fold)
