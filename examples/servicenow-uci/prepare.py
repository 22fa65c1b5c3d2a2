#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turns UCI's incident log into an event log for `sla-check replay` and a list of made_sla flags.

    python3 prepare.py servicenow-uci.csv.gz OUTPUT-FOLDER [--every N]

The table has one row for each time that a record was written: sys_updated_at says when, and the
other columns what stood in it then. `--every 12` made the sample that stands here.

  log.csv        incident,at,event,state,priority,impact,urgency,group
                 a cell only where it changed
  published.csv  incident,priority,closed,flag
                 as the last row of the incident has it
"""

import csv
import sys
from collections import defaultdict
from datetime import datetime
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))
from city_log import read_rows  # noqa: E402

KEPT = {"state": "state", "priority": "priority", "impact": "impact", "urgency": "urgency",
        "assignment_group": "group"}
DONE = ("Resolved", "Closed")


@cache
def instant(text):
    """The table writes 29/2/2016 01:16, without a zone."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M")


def read_incidents(path):
    """The rows of each incident, in the order in which they were written."""
    incidents = defaultdict(list)
    for row in read_rows(path):
        incidents[row["incident"]].append(row)
    for rows in incidents.values():
        rows.sort(key=lambda row: (instant(row["sys_updated_at"]), int(row["sys_mod_count"])))
    return list(incidents.values())


def kind_of(rows):
    """What tells incidents apart: priority, verdict, and what happened on the way."""
    last = rows[-1]
    return (last["priority"], last["made_sla"], last["reopen_count"] != "0",
            len({row["priority"] for row in rows}) > 1,
            any(row["state"].startswith("Awaiting") for row in rows))


def choose_sample(incidents, every):
    """Every n-th incident of each kind, the first one included: no kind is left out."""
    groups = defaultdict(list)
    for rows in incidents:
        groups[kind_of(rows)].append(rows)
    chosen = [rows for group in groups.values() for rows in group[::every]]
    return sorted(chosen, key=lambda rows: rows[0]["incident"])


def event_name(before, now):
    """What happened, told by the states before and after; most writings are none of these."""
    if before in DONE and now not in DONE:
        return "reopened"
    if now == before or now not in DONE:
        return ""
    return "resolved" if now == "Resolved" else "closed"


def updates_of(rows):
    """(instant, event, the columns that changed) for each time that the record was written.

    An incident begins at opened_at, which is often minutes before its record: then the opening is
    an update of its own, in the state New. Five were written before they were opened, as the desk
    corrected the time; they are told at their opening.
    """
    opened = instant(rows[0]["opened_at"])
    known, state = {}, "New"
    if instant(rows[0]["sys_updated_at"]) > opened:
        known = {name: rows[0][column] for column, name in KEPT.items()} | {"state": "New"}
        yield opened, "opened", dict(known)
    for row in rows:
        values = {name: row[column] for column, name in KEPT.items()}
        changed = {name: value for name, value in values.items() if known.get(name) != value}
        event = event_name(state, row["state"]) or ("" if known else "opened")
        known, state = values, row["state"]
        yield max(instant(row["sys_updated_at"]), opened), event, changed


def write_log(incidents, path):
    """The event log in the order of instants; at one instant, incident by incident."""
    updates = [(at, rows[0]["incident"], number, event, changed) for rows in incidents
               for number, (at, event, changed) in enumerate(updates_of(rows))]
    updates.sort(key=lambda update: update[:3])
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["incident", "at", "event", *KEPT.values()])
        for at, incident, _, event, changed in updates:
            writer.writerow([incident, f"{at:%Y-%m-%dT%H:%M}", event,
                             *(changed.get(name, "") for name in KEPT.values())])
    return len(updates)


def write_published(incidents, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["incident", "priority", "closed", "flag"])
        for rows in incidents:
            last = rows[-1]
            writer.writerow([last["incident"], last["priority"],
                             f"{instant(last['closed_at']):%Y-%m-%dT%H:%M}", last["made_sla"]])


def main(arguments):
    every = 1
    if len(arguments) == 4 and arguments[2] == "--every" and arguments[3].isdigit():
        every = max(1, int(arguments[3]))
        arguments = arguments[:2]
    if len(arguments) != 2:
        print("usage: prepare.py servicenow-uci.csv[.gz] OUTPUT-FOLDER [--every N]",
              file=sys.stderr)
        return 2
    source, folder = Path(arguments[0]), Path(arguments[1])
    try:
        incidents = read_incidents(source)
        chosen = choose_sample(incidents, every)
        folder.mkdir(parents=True, exist_ok=True)
        updates = write_log(chosen, folder / "log.csv")
        write_published(chosen, folder / "published.csv")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        print(f"prepare: {error}", file=sys.stderr)
        return 2
    except (KeyError, ValueError) as error:
        print(f"prepare: {source} is not UCI's table: {error!r}", file=sys.stderr)
        return 2
    written = sum(map(len, chosen))
    print(f"prepare: {len(chosen):,} of {len(incidents):,} incidents, {written:,} rows, "
          f"{updates:,} updates")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
