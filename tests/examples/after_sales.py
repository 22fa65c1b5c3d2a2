#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Replays a day of the after-sales department: three incidents at once, and who is told (TAP).

    after_sales.py SLA-CHECK POLICY LOG

What is expected was worked out by hand. Times are Shanghai's. The situations of the policy are its
own tests, which sla-check runs.
"""

import json
import sys
from zoneinfo import ZoneInfo

from policy_check import instant, run, run_tests

ZONE = "Asia/Shanghai"

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
    return run_tests([("a day of warnings, breaches and verdicts",
                       lambda: day_faults(check, policy, log))])


if __name__ == "__main__":
    sys.exit(main())
