#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a test under ThreadSanitizer, or says why that cannot be.

A program with a race on purpose shows whether ThreadSanitizer works here: it must complain. Old
versions of it do not start on kernels that scatter memory widely; without address randomisation
they do, where that may be switched off.

usage: under_tsan.py RACE TEST ARGUMENT...
"""

import os
import shutil
import subprocess
import sys

RACE_EXIT = 66


def try_race(prefix, race):
    """None: the race was seen; else what happened instead."""
    result = subprocess.run([*prefix, race], text=True, capture_output=True, check=False)
    if result.returncode == RACE_EXIT and "data race" in result.stderr:
        return None
    lines = result.stderr.strip().splitlines()
    return lines[0] if lines else f"the race was not seen; exit status {result.returncode}"


def main():
    race, test = sys.argv[1], sys.argv[2:]
    os.environ["TSAN_OPTIONS"] = f"halt_on_error=1:exitcode={RACE_EXIT}:second_deadlock_stack=1"
    setarch = shutil.which("setarch")
    prefixes = [[]] + ([[setarch, os.uname().machine, "-R"]] if setarch else [])
    problems = []
    for prefix in prefixes:
        problem = try_race(prefix, race)
        if problem is None:
            sys.stdout.flush()
            os.execvp((prefix + test)[0], prefix + test)
        problems.append(problem)
    print(f"1..0 # SKIP ThreadSanitizer cannot run here: {'; '.join(problems)}")


main()
