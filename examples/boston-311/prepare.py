#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turns Boston's table of 311 requests into an event log and a list of published answers.

    python3 prepare.py boston311.csv.gz OUTPUT-FOLDER [--every N]

The table has one row a request, with Unix seconds in opened_utc, target_utc and closed_utc (empty
while open) and ONTIME or OVERDUE in on_time. `--every 4` made the sample that stands here.
"""

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))
from city_log import Request, prepare, read_rows  # noqa: E402

BOSTON = ZoneInfo("America/New_York")


def instant(seconds):
    return datetime.fromtimestamp(int(seconds), BOSTON)


def read_requests(path):
    for row in read_rows(path):
        yield Request(
            incident=row["case_id"],
            type=row["type"],
            department=row["department"],
            opened=instant(row["opened_utc"]),
            target=instant(row["target_utc"]),
            closed=instant(row["closed_utc"]) if row["closed_utc"] else None,
            flag=row["on_time"],
        )


if __name__ == "__main__":
    sys.exit(prepare(read_requests, sys.argv[1:], "boston311"))
