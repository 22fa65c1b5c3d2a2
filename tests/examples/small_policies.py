#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Asks the policies that have no tests in them what they promise, situation by situation (TAP).

    small_policies.py SLA-CHECK POLICIES-FOLDER

Every deadline was worked out by hand, as the comment beside it says; none was copied from a run.
2026-11-20 is a Friday.
"""

import sys
from pathlib import Path

from policy_check import run_tests, situation_faults

# Berlin, Mon-Fri 09:00-12:00 and 13:00-17:00.
MINIMAL = [
    ("an outage counts every hour", "2026-11-20T16:50", {"impact": "outage"},
     {"severity": "urgent", "first_response": "2026-11-20T17:50",
      "resolution": "2026-11-21T00:50"}),
    ("anything else counts in working hours", "2026-11-20T16:00", {},
     {"severity": "normal",
      "first_response": "2026-11-23T12:00",  # 1 h on Friday, 3 h until noon on Monday
      "resolution": "2026-11-24T17:00"}),  # two working days later, by closing time
]

# London, Mon-Fri 08:00-18:00, Sat 09:00-13:00.
TEN_LINES = [
    ("P1 counts every hour", "2026-11-21T23:00", {"priority": "P1"},
     {"first_response": "2026-11-21T23:15", "resolution": "2026-11-22T03:00"}),
    ("P2 goes on on Saturday", "2026-11-20T17:30", {"priority": "P2"},
     {"first_response": "2026-11-21T09:30",  # half an hour on either day
      "resolution": "2026-11-21T13:00"}),  # 17:30 is not open on Saturday: its closing
    ("anything else has three working days", "2026-11-20T09:00", {},
     {"first_response": "2026-11-20T13:00", "resolution": "2026-11-24T18:00"}),  # 21, 23, 24
]

# UTC; each customer has hours of its own. What is promised is told in the customer's zone here.
MANAGED_SERVICES = [
    ("tills stand still while the stores are open", "2026-11-20T15:00+08:00",
     {"customer": "haina", "site": "CN-SHA-042", "service": "tills", "users": "300",
      "summary": "收银中断"},
     {"business_hours": "yes", "importance": "vital", "priority": "P1", "severity": "critical",
      "reach": "city", "desk": "shanghai desk", "first_response": "2026-11-20T15:10+08:00",
      "onsite": "2026-11-20T16:00+08:00", "restoration": "2026-11-20T19:00+08:00",
      # three working days of the office: Mon 23, Tue 24, Wed 25, at closing time
      "root_cause": "2026-11-25T18:00+08:00"}),
    ("the same after closing time is less urgent", "2026-11-20T23:00+08:00",
     {"customer": "haina", "site": "CN-SHA-042", "service": "tills", "users": "300",
      "summary": "收银中断"},
     {"business_hours": "no", "importance": "normal", "severity": "critical",
      "first_response": "2026-11-20T23:20+08:00", "restoration": "2026-11-21T07:00+08:00"}),
    ("an operating theatre at Christmas", "2026-12-25T03:00",
     {"customer": "thames", "ward": "theatre"},
     {"severity": "critical", "first_response": "2026-12-25T03:05",
      "onsite": "2026-12-25T04:00",  # without a site nobody knows how far it is: an hour
      "restoration": "2026-12-25T05:00"}),
    ("the old contract's last day", "2026-12-31T20:00",
     {"customer": "meridian", "service": "online_banking", "users": "60"},
     # a service with a workaround is P3; vital for this customer, and so one step up
     {"priority": "P3", "severity": "major",
      "first_response agreement": "Meridian Credit Union 2026",
      "first_response": "2026-12-31T20:15"}),
    ("the new contract's first day", "2027-01-01T20:00",
     {"customer": "meridian", "service": "online_banking", "users": "60"},
     {"first_response agreement": "Meridian Credit Union 2027",
      "first_response": "2027-01-01T20:10"}),
    ("banking is not counted while it is maintained", "2026-11-22T00:30-05:00",
     {"customer": "meridian", "service": "online_banking", "users": "60"},
     {"workaround": "2026-11-22T06:30-05:00"}),  # 2 h, without Sunday 01:00 to 05:00
    ("a plan counts on the nearest office", "2026-11-23T10:00+09:00",
     {"plan": "商务版", "site": "JP-NGO-7"},
     {"severity": "minor", "first_response calendar": "tokyo",
      # a holiday; on Tuesday 3 h until noon, and one after lunch
      "first_response": "2026-11-24T14:00+09:00"}),
    ("a carrier owes an answer", "2026-11-20T21:30+08:00",
     {"customer": "haina", "site": "CN-SHA-001", "service": "wan", "impact": "person"},
     {"supplier": "yunqiao", "severity": "minor",
      # 30 minutes until 22:00, 30 from 08:00 on
      "supplier_response": "2026-11-21T08:30+08:00"}),
]

POLICIES = [("minimal", "Europe/Berlin", MINIMAL), ("ten-lines", "Europe/London", TEN_LINES),
            ("managed-services", "UTC", MANAGED_SERVICES)]


def main():
    check, folder = sys.argv[1:]
    tests = []
    for policy, zone, situations in POLICIES:
        path = Path(folder, policy + ".yaml")
        for name, *rest in situations:
            tests.append((f"{policy}: {name}", lambda path=path, zone=zone, rest=rest:
                          situation_faults(check, path, zone, *rest)))
    return run_tests(tests)


if __name__ == "__main__":
    sys.exit(main())
