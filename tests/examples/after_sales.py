#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Asks examples/policies/after-sales.yaml what it promises, situation by situation (TAP).

    after_sales.py SLA-CHECK POLICY LOG

Every deadline was worked out by hand from the calendar, as the comment beside it says; none was
copied from a run. Times are Shanghai's. The office works Mon-Fri 09:00-12:00 and 13:30-18:00.
"""

import json
import sys
from zoneinfo import ZoneInfo

from policy_check import NONE, instant, run, run_tests, situation_faults

ZONE = "Asia/Shanghai"

OUTAGE = {"impact": "outage"}
BROKEN = {"impact": "broken"}
QUESTION = {}

# name, opened at, attributes, {attribute or metric: what is expected}
SITUATIONS = [
    # --- severity and region ----------------------------------------------------------------
    ("a danger is urgent even if only a function is broken", "2026-11-16T10:00",
     {"safety_risk": "true", **BROKEN}, {"severity": "urgent", "region": "remote"}),
    ("a severe impact is urgent", "2026-11-16T10:00", {"impact": "severe"},
     {"severity": "urgent", "first_response": "2026-11-16T11:00"}),
    ("no safety risk and nothing broken is a question", "2026-11-16T10:00",
     {"safety_risk": "false"}, {"severity": "general"}),
    ("a central city may be written in Chinese", "2026-11-16T10:00", {"city": "深圳", **OUTAGE},
     {"region": "city", "onsite": "2026-11-16T12:00"}),
    ("any other city is remote", "2026-11-16T10:00", {"city": "Lhasa", **OUTAGE},
     {"region": "remote", "onsite": "2026-11-17T10:00"}),
    # --- first response, an ordinary week; 2026-11-20 is a Friday ---------------------------
    ("urgent on Friday evening counts through the night", "2026-11-20T17:50",
     {"city": "Shanghai", **OUTAGE},
     {"severity": "urgent", "region": "city", "first_response": "2026-11-20T18:50",
      "onsite": "2026-11-20T19:50", "received": "2026-11-21T17:50",
      "assessed": "2026-11-22T17:50", "resolution": "2026-11-23T17:50"}),
    ("important on Friday evening goes on on Monday", "2026-11-20T17:50", BROKEN,
     {"severity": "important", "first_response": "2026-11-23T10:50"}),  # 10 min, then 1 h 50 min
    ("general on Friday evening is due on Monday at the same time", "2026-11-20T17:50", QUESTION,
     {"first_response": "2026-11-23T17:50"}),
    ("general at closing time belongs to the next day", "2026-11-20T18:00", QUESTION,
     {"first_response": "2026-11-24T09:00"}),  # day 0 is Monday, its opening; day 1 is Tuesday
    ("important at closing time has its two hours on Monday", "2026-11-20T18:00", BROKEN,
     {"first_response": "2026-11-23T11:00"}),
    ("the lunch break does not count", "2026-11-24T11:30", BROKEN,
     {"first_response": "2026-11-24T15:00"}),  # 30 min until 12:00, 90 min from 13:30
    ("two hours that end with the morning are due at noon", "2026-11-23T10:00", BROKEN,
     {"first_response": "2026-11-23T12:00"}),
    ("important on Saturday waits for Monday", "2026-11-21T10:00", BROKEN,
     {"first_response": "2026-11-23T11:00"}),
    # --- Spring Festival 2026: closed 15-23 February, Saturdays 14 and 28 February worked ----
    ("important on the make-up Saturday goes on after the festival", "2026-02-14T17:00", BROKEN,
     {"first_response": "2026-02-24T10:00"}),  # 1 h until 18:00, 1 h from Tuesday 09:00
    ("a make-up Saturday is the working day after Friday", "2026-02-13T15:00", QUESTION,
     {"first_response": "2026-02-14T15:00"}),
    ("after the make-up Saturday comes the day after the festival", "2026-02-14T15:00", QUESTION,
     {"first_response": "2026-02-24T15:00"}),
    ("general during the festival", "2026-02-17T10:00", QUESTION,
     {"first_response": "2026-02-25T09:00"}),  # day 0 is Tuesday 24, 09:00
    ("urgent in a night of the festival", "2026-02-17T03:00", OUTAGE,
     {"first_response": "2026-02-17T04:00", "onsite": "2026-02-18T03:00"}),
    # --- National Day and New Year: Saturday 10 October and Sunday 4 January are worked ------
    ("general before National Day", "2026-09-30T16:00", QUESTION,
     {"first_response": "2026-10-08T16:00"}),  # 1-7 October are closed
    ("important before a make-up Saturday", "2026-10-09T17:30", BROKEN,
     {"first_response": "2026-10-10T10:30"}),  # 30 min on Friday, 90 min on Saturday
    ("important on a make-up Sunday", "2026-01-04T09:30", BROKEN,
     {"first_response": "2026-01-04T11:30"}),
    ("general before New Year", "2025-12-31T10:00", QUESTION,
     {"first_response": "2026-01-04T10:00"}),
    ("a deadline behind the last known holiday is provisional", "2026-12-31T16:00", QUESTION,
     {"first_response": "2027-01-01T16:00", "first_response provisional": True,
      "received provisional": False}),  # 24x7 has no holidays, so nothing is unknown
    # --- channels ---------------------------------------------------------------------------
    ("a telephone call", "2026-11-16T20:00", {"channel": "phone"},
     {"phone_pickup": "2026-11-16T20:00:15", "phone_answer": "2026-11-17T20:00",
      "first_response": "2026-11-18T09:00",  # after closing: day 0 is Tuesday, its opening
      "email_acknowledged": NONE, "email_answer": NONE, "chat_first_reply": NONE}),
    ("an e-mail with a question, Saturday night", "2026-11-21T22:00", {"channel": "email"},
     {"email_acknowledged": "2026-11-21T23:00", "email_answer": "2026-11-23T22:00",
      "phone_pickup": NONE, "chat_plan": NONE}),
    ("an e-mail about a broken function", "2026-11-21T22:00", {"channel": "email", **BROKEN},
     {"email_acknowledged": "2026-11-21T23:00", "email_answer": "2026-11-22T22:00"}),
    ("an e-mail about an outage", "2026-11-21T22:00", {"channel": "email", **OUTAGE},
     {"first_response": "2026-11-21T23:00", "email_answer": "2026-11-22T22:00"}),
    ("a chat with a question needs no plan", "2026-11-16T10:00", {"channel": "chat"},
     {"chat_first_reply": "2026-11-16T10:00:30", "chat_any_reply": "2026-11-16T10:05",
      "chat_plan": NONE, "phone_pickup": NONE}),
    ("a chat about a fault", "2026-11-16T23:30", {"channel": "chat", **BROKEN},
     {"chat_first_reply": "2026-11-16T23:30:30", "chat_any_reply": "2026-11-16T23:35",
      "chat_plan": "2026-11-17T01:30"}),
    # --- an agreed visit --------------------------------------------------------------------
    ("the agreed time is the deadline, a Saturday too", "2026-11-20T17:50",
     {"visit_at": "2026-11-28T10:00"}, {"visit": "2026-11-28T10:00"}),
    ("the agreed time may have an offset", "2026-11-20T17:50",
     {"visit_at": "2026-11-28T02:00:00Z"}, {"visit": "2026-11-28T10:00"}),
    ("nothing agreed: three working days", "2026-11-20T17:50", {},
     {"visit": "2026-11-25T17:50"}),
    ("an agreement that cannot be read: three working days", "2026-11-20T17:50",
     {"visit_at": "next week"}, {"visit": "2026-11-25T17:50"}),
    # --- same-day repair: 0wd, by closing time ------------------------------------------------
    ("brought in in the morning", "2026-11-24T10:00", {}, {"same_day_repair": "2026-11-24T18:00"}),
    ("brought in at lunch", "2026-11-24T12:30", {}, {"same_day_repair": "2026-11-24T18:00"}),
    ("brought in after closing", "2026-11-24T18:30", {}, {"same_day_repair": "2026-11-25T18:00"}),
    ("brought in on Friday evening", "2026-11-20T19:00", {},
     {"same_day_repair": "2026-11-23T18:00"}),
    ("brought in the evening before a make-up Saturday", "2026-02-13T19:00", {},
     {"same_day_repair": "2026-02-14T18:00"}),
    # --- escalated problems: 7wd ------------------------------------------------------------
    ("escalated in an ordinary week", "2026-11-16T14:00", {},
     {"escalated": "2026-11-25T14:00"}),  # 17 18 19 20, 23 24 25
    ("escalated on a Saturday", "2026-11-21T12:00", {},
     {"escalated": "2026-12-02T09:00"}),  # day 0 is Monday 23; 24 25 26 27 30, 1 2
    ("escalated before Spring Festival", "2026-02-13T10:00", {},
     {"escalated": "2026-03-02T10:00"}),  # Sat 14, Tue 24, 25, 26, 27, Sat 28, Mon 2 March
]

# The day of after_sales_day.csv, Friday 2026-11-20: what people are told, and the verdicts.
# A is an outage in Shanghai by phone, B a broken function by e-mail, C an outage in a chat.
OWNER_SUPERVISOR = ["owner", "supervisor"]
TEAM = ["owner", "supervisor", "department"]
ALL = [*TEAM, "director"]
DAY = [
    ("09:00:10", "met", "A", "phone_pickup", None),
    ("09:50:00", "warning", "A", "first_response", TEAM),  # due 10:00, 10 minutes before
    ("09:55:00", "met", "A", "first_response", None),
    ("10:00:30", "breach", "C", "chat_first_reply", OWNER_SUPERVISOR),
    ("10:00:45", "missed", "C", "chat_first_reply", None),
    ("10:00:45", "met", "C", "chat_any_reply", None),
    ("10:15:00", "breach", "C", "chat_any_reply", OWNER_SUPERVISOR),  # wrote at 10:10
    ("10:18:00", "warning", "B", "email_acknowledged", ["owner"]),  # 48 of 60 minutes
    ("10:20:00", "missed", "C", "chat_any_reply", None),
    ("10:30:00", "breach", "B", "email_acknowledged", OWNER_SUPERVISOR),
    ("10:40:00", "missed", "B", "email_acknowledged", None),
    ("10:50:00", "warning", "C", "first_response", TEAM),  # E1: sent although it is stopped now
    ("10:50:00", "met", "C", "first_response", None),
    ("11:06:00", "warning", "B", "first_response", ["owner"]),  # 96 of 120 minutes from 09:30
    ("11:25:00", "met", "B", "first_response", None),
    ("11:30:00", "warning", "A", "onsite", TEAM),  # sent out at 10:00, 2 h, 30 minutes before
    ("11:30:00", "warning", "C", "chat_plan", TEAM),  # 2 h from 10:00
    ("11:50:00", "met", "A", "onsite", None),
    ("12:00:00", "breach", "C", "chat_plan", ALL),
    ("12:10:00", "met", "A", "phone_answer", None),  # solved
    ("12:10:00", "met", "A", "received", None),
    ("12:10:00", "met", "A", "assessed", None),
    ("13:00:00", "escalation", "C", "chat_plan", ["director"]),
    ("14:00:00", "escalation", "C", "chat_plan", ["director"]),
    ("15:00:00", "escalation", "C", "chat_plan", ["director"]),  # three in all
    ("15:10:00", "met", "A", "resolution", None),  # the customer confirms
]
TOLD = "warning,breach,escalation,met,missed"


def day_faults(check, policy, log):
    text = run(check, "replay", policy, log, "--until", "2026-11-20T18:00:00+08:00",
               "--events", TOLD, "--format", "jsonl")
    got = []
    for event in map(json.loads, text.splitlines()):
        at = instant(event["at"]).astimezone(ZoneInfo(ZONE))
        told = event["type"] in ("warning", "breach", "escalation")
        if event["type"] == "warning" and event["incident"] in "AC" and \
                event.get("via") != ["email", "sms"]:
            yield f"an urgent warning goes by mail and SMS, not by {event.get('via')}"
        got.append((f"{at:%H:%M:%S}", event["type"], event["incident"], event["metric"],
                    event.get("notify") if told else None))
    for index in range(max(len(got), len(DAY))):
        mine = DAY[index] if index < len(DAY) else None
        theirs = got[index] if index < len(got) else None
        if mine != theirs:
            yield f"event {index + 1}: expected {mine}, got {theirs}"


def main():
    check, policy, log = sys.argv[1:]
    tests = [(name, lambda rest=rest: situation_faults(check, policy, ZONE, *rest))
             for name, *rest in SITUATIONS]
    tests.append(("a day of warnings, breaches and verdicts",
                  lambda: day_faults(check, policy, log)))
    return run_tests(tests)


if __name__ == "__main__":
    sys.exit(main())
