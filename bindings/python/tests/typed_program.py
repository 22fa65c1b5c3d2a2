# SPDX-License-Identifier: MIT
# A program of a user, for mypy alone: what it reveals stands in the comments, and what mypy must
# refuse is marked as ignored, which mypy refuses in turn when there is nothing to ignore.
import datetime as dt
from datetime import datetime, timedelta, timezone

import libsla

now = datetime(2026, 11, 20, 16, 50, tzinfo=timezone.utc)

with libsla.Policy.load("policy.yaml") as policy:
    reveal_type(policy)  # libsla.policy.Policy
    reveal_type(policy.name)  # str
    reveal_type(policy.warnings)  # tuple[libsla.diag.Diagnostic, ...]
    reveal_type(policy.severities)  # tuple[str, ...]
    office = policy.calendar("office")

reveal_type(office)  # libsla.calendar.Calendar
# Instants of the kind that went in.
reveal_type(office.add(now, "8h"))  # datetime.datetime
reveal_type(office.add(now, timedelta(hours=8)))  # datetime.datetime
reveal_type(office.add(1_700_000_000, 3600))  # int
reveal_type(office.elapsed(now, now))  # datetime.timedelta
reveal_type(office.elapsed(0, 1))  # int
reveal_type(office.due(now, "3wd"))  # datetime.datetime
reveal_type(office.due(0, libsla.Target.parse("3wd")))  # int
reveal_type(office.next_open(now))  # datetime.datetime
reveal_type(office.next_close(0))  # int
reveal_type(office.is_open(now))  # bool
reveal_type(office.is_workday(dt.date(2026, 11, 20)))  # bool

office.add("2026-11-20T16:50", "8h")  # type: ignore[call-overload]
office.add(now, None)  # type: ignore[call-overload]
office.elapsed(now, 1_700_000_000)  # type: ignore[call-overload]
office.elsewhere(now)  # type: ignore[attr-defined]
policy.name = "another"  # type: ignore[misc]

try:
    libsla.Policy.compile("sla: 1")
except libsla.PolicyError as error:
    reveal_type(error.diagnostics)  # tuple[libsla.diag.Diagnostic, ...]
    reveal_type(error.diagnostics[0].line)  # int
