#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts the instructions of operations under callgrind and compares them with the baseline.

An operation may take 5 % more than the baseline says, no more. Two counts are compared:
  own  instructions of libsla itself; they depend on its source and the compiler alone
  all  with those of the C library; they depend on its version and on the processor, too, so they
       are compared only where both are those of the baseline
The baseline has a section for each compiler of each distribution, since they do not agree on what
a compiler does unasked. Where there is none, there is nothing to say.
"""

import argparse
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile

ALLOWED = 1.05
SKIPPED = 77
GROWTH_FROM, GROWTH_ALLOWED = 10000, 1.2


def counted(text, library):
    """The instructions in one dump of callgrind: those of objects named `library`, and all."""
    own = total = 0
    ours = callee = False
    for line in text.splitlines():
        if line.startswith("ob="):
            ours = pathlib.PurePath(line[3:]).name.startswith(library)
        elif line.startswith("calls="):
            callee = True  # the next line is what the callee took, which is counted there
        elif re.match(r"[0-9]", line):
            if not callee:
                cost = int(line.split()[1])
                total += cost
                own += cost if ours else 0
            callee = False
    return own, total


def run(driver, arguments, library):
    """Runs the driver: {operation: (own, all)}, of one operation each, in the driver's order."""
    environment = dict(os.environ, LD_BIND_NOW="1")
    environment.pop("MALLOC_PERTURB_", None)  # `meson test` sets it, and malloc then takes longer
    with tempfile.TemporaryDirectory() as scratch:
        result = subprocess.run(
            ["valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no", "--dump-line=no",
             "--compress-strings=no", "--compress-pos=no",
             f"--callgrind-out-file={scratch}/out", driver, *arguments],
            env=environment, text=True, capture_output=True, check=False)
        if result.returncode != 0:
            sys.exit(f"the driver failed under callgrind:\n{result.stderr}")
        times = dict(line.split() for line in result.stdout.splitlines())
        found = {}
        for dump in pathlib.Path(scratch).glob("out.*"):
            text = dump.read_text(encoding="utf-8", errors="replace")
            name = re.search(r"^desc: Trigger: Client Request: (\w+)$", text, re.M)
            if name:
                own, total = counted(text, library)
                each = int(times[name[1]])
                found[name[1]] = (own / each, total / each)
    if set(found) != set(times):
        sys.exit(f"callgrind told nothing of {sorted(set(times) - set(found))}")
    return {name: found[name] for name in times}


def machine():
    """What the counts of the C library depend on."""
    try:
        flags = pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        flags = ""
    features = "avx2" if re.search(r"^flags.*\bavx2\b", flags, re.M) else "no avx2"
    return f"{' '.join(platform.libc_ver())}, {features}"


def distribution():
    try:
        return platform.freedesktop_os_release()["ID"]
    except (AttributeError, OSError, KeyError):  # Python before 3.10; no such file
        return platform.system().lower()


def read_baseline(path):
    """{compiler: (machine, {operation: (own, all)})}"""
    sections = {}
    rows = {}
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    for line in lines:
        head = re.fullmatch(r"\[(.*); (.*)\]", line)
        if head:
            rows = {}
            sections[head[1]] = (head[2], rows)
        elif line and not line.startswith("#"):
            name, own, total = line.split()
            rows[name] = (float(own), float(total))
    return sections


def write_baseline(path, sections):
    with path.open("w", encoding="ascii") as file:
        file.write("# SPDX-License-Identifier: MIT\n"
                   "# Instructions of one operation: of libsla itself, and with the C library's.\n"
                   "# Written by instructions.py --write; see there.\n")
        for compiler, (where, rows) in sorted(sections.items()):
            file.write(f"\n[{compiler}; {where}]\n")
            for name, (own, total) in rows.items():
                file.write(f"{name:28} {own:10.1f} {total:10.1f}\n")


def verdict(found, wanted, same_machine):
    """What is wrong with an operation's counts; None: nothing."""
    if found[0] > wanted[0] * ALLOWED:
        return f"own instructions grew by {(found[0] / wanted[0] - 1) * 100:.1f} %"
    if same_machine and found[1] > wanted[1] * ALLOWED:
        return f"all instructions grew by {(found[1] / wanted[1] - 1) * 100:.1f} %"
    return None


def row_of(name, found, wanted):
    row = f"{name:28} {found[0]:10.1f} {found[1]:10.1f}"
    if wanted:
        row += f"  {wanted[0]:10.1f} {wanted[1]:10.1f}  {(found[0] / wanted[0] - 1) * 100:+6.1f} %"
    return row


def compare(found, where, section, tap):
    """Prints every operation beside the baseline; returns how many are wrong."""
    base_where, base = section
    wrong = 0
    print(f"{'# ' if tap else ''}{'an operation':28} {'own':>10} {'all':>10}  {'baseline':>10} "
          f"{'all':>10}  {'own':>8}", flush=True)
    for number, (name, counts) in enumerate(found.items(), 1):
        wanted = base.get(name)
        fault = verdict(counts, wanted, where == base_where) if wanted else None
        wrong += fault is not None
        row = row_of(name, counts, wanted) + (f"  FAILED: {fault}" if fault else "")
        if tap:
            print(f"# {row}")
            print(f"{'not ok' if fault else 'ok'} {number} - {name}_takes_no_more_instructions"
                  + ("" if wanted else " # SKIP no baseline for this operation"))
        else:
            print(row)
    for name in sorted(set(base) - set(found)):
        wrong += 1
        print(f"# {name}: in the baseline, but not counted any more; renew it with --write")
    if tap:
        print(f"1..{len(found)}")
    return wrong


def growth(driver, library, incidents):
    """How much more an update takes with many incidents than with few; no test of the baseline."""
    few = run(driver, [str(GROWTH_FROM)], library)
    many = run(driver, [str(incidents)], library)
    print(f"{'all instructions, incidents:':28} {GROWTH_FROM:>10} {incidents:>10}    growth, "
          f"goal {GROWTH_ALLOWED}")
    for name, (_, total) in few.items():
        print(f"{name:28} {total:10.1f} {many[name][1]:10.1f}  {many[name][1] / total:8.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("driver")
    parser.add_argument("--library", default="libsla.so", help="how the library's name begins")
    parser.add_argument("--compiler", help="such as 'gcc-12-x86_64', part of a section's name")
    parser.add_argument("--baseline", type=pathlib.Path)
    parser.add_argument("--write", action="store_true", help="renew the compiler's section")
    parser.add_argument("--tap", action="store_true", help="a test of its own for each operation")
    parser.add_argument("--growth", type=int, metavar="INCIDENTS",
                        help="instead: instructions of updates with so many incidents and few")
    options = parser.parse_args()
    if options.growth:
        growth(options.driver, options.library, options.growth)
        return 0
    if not options.compiler or not options.baseline:
        parser.error("--compiler and --baseline are needed")
    sections = read_baseline(options.baseline)
    section = f"{options.compiler} {distribution()}"
    unknown = f"no baseline for this compiler: {section}"
    if options.tap and section not in sections:
        print(f"1..0 # SKIP {unknown}")
        return 0
    found = run(options.driver, [], options.library)
    if options.write:
        sections[section] = (machine(), found)
        write_baseline(options.baseline, sections)
        return 0
    wrong = compare(found, machine(), sections.get(section, ("", {})), options.tap)
    if section not in sections:
        print(unknown)
        return SKIPPED
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
