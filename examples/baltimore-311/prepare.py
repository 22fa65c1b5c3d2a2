#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turns Baltimore's table of 311 requests into an event log and a list of published answers.

    python3 prepare.py baltimore311.csv.gz OUTPUT-FOLDER [--every N]

The table has one row a request; its times are on Baltimore's own wall clock, such as
"04/12/2018 11:11:26 AM". A time that the spring change skipped is read as one that many minutes
later, a time that the autumn change repeats as its first occurrence (T3). The city publishes no
ONTIME/OVERDUE flag. `--every 4` made the sample that stands here.
"""

import sys
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))
from city_log import Request, prepare, read_rows  # noqa: E402

BALTIMORE = ZoneInfo("America/New_York")


def instant(text):
    local = datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=BALTIMORE)
    # By way of UTC, so that a skipped time becomes one that a clock did show.
    return local.astimezone(timezone.utc).astimezone(BALTIMORE)


def read_requests(path):
    for row in read_rows(path):
        yield Request(
            incident=row["request_id"],
            type=row["type"],
            department=row["agency"],
            opened=instant(row["created_local"]),
            target=instant(row["due_local"]),
            closed=instant(row["closed_local"]) if row["closed_local"] else None,
            flag="",
        )


if __name__ == "__main__":
    sys.exit(prepare(read_requests, sys.argv[1:], "baltimore311"))
