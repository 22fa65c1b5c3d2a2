#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes zone_changes.txt: every change of offset of the frozen zones, as Python's zoneinfo
sees them. The offset is probed every six hours and each change found by bisection."""

import datetime
import pathlib
import sys
import zoneinfo

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE / "zoneinfo"
BEGIN = -9 * 86400
END = 7258118400 + 9 * 86400
STEP = 6 * 3600
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def offset_at(zone, at):
    moment = EPOCH + datetime.timedelta(seconds=at)
    return int(moment.astimezone(zone).utcoffset().total_seconds())


def changes_of(zone):
    """Yields (instant, offset): the offset that holds from the instant on."""
    previous = offset_at(zone, BEGIN)
    yield None, previous
    for at in range(BEGIN + STEP, END, STEP):
        offset = offset_at(zone, at)
        if offset == previous:
            continue
        low, high = at - STEP, at
        while high - low > 1:
            middle = (low + high) // 2
            if offset_at(zone, middle) == previous:
                low = middle
            else:
                high = middle
        yield high, offset
        previous = offset


def main():
    zoneinfo.reset_tzpath(to=[str(FOLDER)])
    names = sorted(
        str(path.relative_to(FOLDER))
        for path in FOLDER.rglob("*")
        if path.is_file() and path.suffix != ".md"
    )
    with open(HERE / "zone_changes.txt", "w", encoding="ascii") as out:
        for name in names:
            changes = list(changes_of(zoneinfo.ZoneInfo(name)))
            words = [f"{at}:{offset}" for at, offset in changes[1:]]
            out.write(" ".join([name, str(changes[0][1]), *words]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
