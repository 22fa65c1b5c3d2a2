#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Single calls of a calendar, with seconds and with datetimes.

Beside them, in the same run, stands what Python takes to add a timedelta to a datetime, and to turn
a datetime into seconds and back, which every call with datetimes has to do. Time of the processor
is counted, and the best of many short rounds: other programs only take time away.
"""

import time
import timeit
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import libsla

POLICY = """\
sla: 1
timezone: Europe/Berlin
calendar: office
calendars: {office: {hours: {mon-fri: "09:00-12:00, 13:00-17:00"}, holidays: [ours]}}
holidays: {ours: {closed: [{yearly: 12-25}, {yearly: easter + 1}]}}
targets: [{first_response: 4h}]
"""
ZONE = ZoneInfo("Europe/Berlin")
CALLS, ROUNDS = 2_000, 60
MOST_SECONDS, MOST_DATETIMES = 900, 3_500  # ns, what a call may take


def nanoseconds(statement, **names):
    """Of the quickest round, for one call."""
    timer = timeit.Timer(statement, globals=names, timer=time.process_time)
    return min(timer.repeat(ROUNDS, CALLS)) / CALLS * 1e9


def calls(office):
    """Each with seconds, then with datetimes."""
    start, end = datetime(2026, 11, 20, 16, 50, tzinfo=ZONE), datetime(2026, 12, 28, tzinfo=ZONE)
    first, last = int(start.timestamp()), int(end.timestamp())
    for name, seconds, datetimes in (
            ("add", (first, 14400), (start, timedelta(hours=4))),
            ("add of a text", (first, "4h"), (start, "4h")),
            ("elapsed", (first, last), (start, end)),
            ("is_open", (first,), (start,)),
            ("next_open", (first,), (start,)),
            ("next_close", (first,), (start,)),
            ("due, 3wd", (first, "3wd"), (start, "3wd")),
            ("due, 4h", (first, 14400), (start, timedelta(hours=4)))):
        call = getattr(office, name.split()[0].rstrip(","))
        yield name, *(nanoseconds(f"call({', '.join('ab'[:len(given)])})", call=call,
                                  **dict(zip("ab", given))) for given in (seconds, datetimes))


def main():
    start = datetime(2026, 11, 20, 16, 50, tzinfo=ZONE)
    plain = nanoseconds("a + b", a=start, b=timedelta(hours=4))
    there_and_back = nanoseconds("back(a.timestamp(), zone)", back=datetime.fromtimestamp,
                                 a=start, zone=ZONE)
    print(f"Python alone: datetime + timedelta {plain:.0f} ns; "
          f"to seconds and back {there_and_back:.0f} ns")
    print("one call        seconds                        datetimes")
    with libsla.Policy.compile(POLICY) as policy:
        for name, seconds, datetimes in calls(policy.calendar("office")):
            print(f"{name:14} {seconds:6,.0f} ns, {seconds / plain:5.1f} additions  "
                  f"{datetimes:6,.0f} ns, {datetimes / there_and_back:4.1f} times there and back"
                  + (" (too slow)" if seconds > MOST_SECONDS or datetimes > MOST_DATETIMES else ""))


if __name__ == "__main__":
    main()
