#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turns Volvo's log of incidents (BPI Challenge 2013) into one for `sla-check replay`.

    volvo_log.py volvo-bpi2013.csv[.gz] LOG.csv

A row of the table says that an incident came into a state: "Accepted+Wait - User". Its instants
bear no zone and are read as they stand, without their fractions.
"""

import csv
import gzip
import sys


def write_log(table, log):
    opener = gzip.open if str(table).endswith(".gz") else open
    with opener(table, "rt", encoding="utf-8", newline="") as file:
        rows = [(row["end_timestamp"][:19], row["caseid"], row["task"].split("+"))
                for row in csv.DictReader(file)]
    rows.sort(key=lambda row: row[0])  # stable: what has one instant stays in order
    with open(log, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["incident", "at", "event", "status", "substatus"])
        for at, incident, (status, substatus) in rows:
            writer.writerow([incident, at, "", status, substatus])


if __name__ == "__main__":
    write_log(*sys.argv[1:])
