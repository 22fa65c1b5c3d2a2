# SPDX-License-Identifier: MIT
"""A city's service requests as files: the event log for `sla-check replay`, and what was published.

Two files are written for every city:
  log.csv        incident,at,event,type,department   one row for each thing that happened
  published.csv  incident,target,closed,flag         what the city itself says about the request
An empty cell of the log leaves the attribute as it was, so closing rows carry no type.
"""

import csv
import gzip
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass
class Request:
    """One service request, as published. Instants carry an offset; open ones have no closed."""

    incident: str
    type: str
    department: str
    opened: datetime
    target: datetime
    closed: datetime | None
    flag: str  # "ONTIME", "OVERDUE" or empty


def read_rows(path):
    """The rows of a CSV file, plain or gzip, as dictionaries."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


# Python compares two times of one zone by their wall clocks, so that the hour which the autumn
# change repeats would be shuffled: instants are compared as seconds.
def by_opening(request):
    return request.opened.timestamp(), request.incident


def closed_early(request):
    return request.closed is not None and request.closed.timestamp() < request.opened.timestamp()


def choose_sample(requests, every):
    """Every n-th request of each type and year of opening, the first one included.

    The choice depends on nothing but the data, and leaves out no type and no year.
    """
    groups = defaultdict(list)
    for request in sorted(requests, key=by_opening):
        groups[request.type, request.opened.year].append(request)
    return [request for group in groups.values() for request in group[::every]]


def events_of(request):
    """(seconds, place among equal instants, row) for each thing that happened to the request."""
    opened = request.opened
    yield opened.timestamp(), 0, (
        request.incident, opened.isoformat(), "opened", request.type, request.department)
    if request.closed is not None:
        # A few requests are closed seconds "before" they are opened, because two machines wrote
        # the two times. In the log they are closed at the instant of their opening.
        closed = opened if closed_early(request) else request.closed
        yield closed.timestamp(), 1, (request.incident, closed.isoformat(), "closed", "", "")


def write_log(requests, path):
    """The event log, ordered by instant; at one instant openings come first."""
    events = [event for request in requests for event in events_of(request)]
    events.sort(key=lambda event: (event[0], event[1], event[2][0]))
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["incident", "at", "event", "type", "department"])
        writer.writerows(row for _, _, row in events)
    return len(events)


def write_published(requests, path):
    """The city's own answers."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["incident", "target", "closed", "flag"])
        for request in sorted(requests, key=by_opening):
            closed = request.closed.isoformat() if request.closed else ""
            writer.writerow([request.incident, request.target.isoformat(), closed, request.flag])


def prepare(read_requests, arguments, city):
    """The command line that every city's prepare.py has: FILE FOLDER [--every N]."""
    usage = f"usage: prepare.py {city}.csv[.gz] OUTPUT-FOLDER [--every N]"
    every = 1
    if len(arguments) == 4 and arguments[2] == "--every" and arguments[3].isdigit():
        every = max(1, int(arguments[3]))
        arguments = arguments[:2]
    if len(arguments) != 2:
        print(usage, file=sys.stderr)
        return 2
    source, folder = Path(arguments[0]), Path(arguments[1])
    try:
        requests = list(read_requests(source))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        print(f"prepare: cannot read {source}: {error}", file=sys.stderr)
        return 2
    except (KeyError, ValueError) as error:
        print(f"prepare: {source} is not the city's file: {error!r}", file=sys.stderr)
        return 2
    chosen = choose_sample(requests, every)
    folder.mkdir(parents=True, exist_ok=True)
    events = write_log(chosen, folder / "log.csv")
    write_published(chosen, folder / "published.csv")
    early = sum(closed_early(request) for request in chosen)
    print(f"prepare: {len(chosen):,} of {len(requests):,} requests, {events:,} events"
          + (f", {early} closed before they were opened" if early else ""))
    return 0
