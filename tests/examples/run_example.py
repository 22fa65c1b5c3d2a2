#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs an example and compares what it prints with a text that was worked out by hand.

    run_example.py EXPECTED.txt PROGRAM [ARGUMENT...]

EXPECTED.in beside it, if there is one, is given to the program through a pipe.
"""

import difflib
import os
import subprocess
import sys
from pathlib import Path


def main():
    expected_path, command = Path(sys.argv[1]), sys.argv[2:]
    input_path = expected_path.with_suffix(".in")
    given = input_path.read_bytes() if input_path.exists() else b""
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, timeout=300,
                          env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False)
    expected = expected_path.read_text(encoding="utf-8").splitlines()
    printed = done.stdout.decode("utf-8").splitlines()
    for line in difflib.unified_diff(expected, printed, "expected", "printed", lineterm=""):
        print(line)
    if done.returncode != 0:
        print(f"the program ended with status {done.returncode}")
    return 0 if printed == expected and done.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
