#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Property: for every zone of a folder of TZif files, 1970 to 2199, the library's offsets are
those of Python's zoneinfo, which reads the same files.

    zones_against_zoneinfo.py PROGRAM FOLDER [FOLDER ...]

PROGRAM is print_zone_changes. Python's offset is asked at every change that the library knows, one
second before and after, and twice a month in between (noon of some days), so that a change that
only Python knows is seen too: clocks do not change for less than two weeks."""

import datetime
import pathlib
import subprocess
import sys
import zoneinfo

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
END = 7258118400
PROBE = 14 * 86400 - 12345
SKIPPED = ("right", "posix")


def zone_names(folder):
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if name.split("/")[0] in SKIPPED or not path.is_file():
            continue
        with open(path, "rb") as file:
            if file.read(4) == b"TZif":
                yield name


def python_offset(zone, at):
    moment = EPOCH + datetime.timedelta(seconds=at)
    return int(moment.astimezone(zone).utcoffset().total_seconds())


def first_difference(zone, first, changes):
    """(instant, Python's offset, ours) of the first difference, or None; and how many asked."""
    asked = 0
    bounds = [at for at, _ in changes] + [END + PROBE]
    offsets = [first] + [offset for _, offset in changes]
    begin = 0
    for end, offset in zip(bounds, offsets):
        probes = set(range(max(begin, 0), min(end, END), PROBE))
        probes |= {at for at in (begin, begin + 1, end - 1) if 0 <= at < END and begin <= at < end}
        for at in sorted(probes):
            asked += 1
            theirs = python_offset(zone, at)
            if theirs != offset:
                return (at, theirs, offset), asked
        begin = end
    return None, asked


def check_folder(program, folder):
    names = list(zone_names(folder))
    output = subprocess.run(
        [program, str(folder)], input="\n".join(names) + "\n", capture_output=True, text=True,
        check=True,
    ).stdout
    zoneinfo.reset_tzpath(to=[str(folder)])
    zoneinfo.ZoneInfo.clear_cache()
    asked = 0
    faults = []
    for line in output.splitlines():
        name, first, *rest = line.split(" ")
        if first == "refused:":
            faults.append(line)
            continue
        changes = [tuple(int(part) for part in word.split(":")) for word in rest]
        difference, count = first_difference(zoneinfo.ZoneInfo(name), int(first), changes)
        asked += count
        if difference is not None:
            faults.append(f"{name} at {difference[0]}: {difference[1]} here {difference[2]}")
    if len(output.splitlines()) != len(names):
        faults.append("not every zone was answered")
    return len(names), asked, faults


def main():
    program, *folders = sys.argv[1:]
    print(f"1..{len(folders)}")
    failed = False
    for number, folder in enumerate(folders, 1):
        path = pathlib.Path(folder).resolve()
        if not path.is_dir():
            print(f"ok {number} - offsets of {path.name} # SKIP no such folder here")
            continue
        zones, asked, faults = check_folder(program, path)
        for fault in faults[:20]:
            print(f"# {fault}")
        print(f"# {zones} zones, {asked} instants, {len(faults)} faults")
        fine = not faults and zones > 0
        failed = failed or not fine
        print(f"{'ok' if fine else 'not ok'} {number} - "
              f"offsets_are_those_of_zoneinfo_in {path.name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
