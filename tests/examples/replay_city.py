#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Replays a city's log, or another one that says how it was judged, and compares the answers.

    replay_city.py SLA-CHECK CITY-FOLDER sample|TABLE.csv.gz OPTIONS OF compare.py...

With a table, the whole one, it is looked for in the folder that SLA_CITY_DATA names; without
that the test is skipped (status 77), because the whole tables do not come with the project.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SKIP = 77


def main():
    check, city, source, *options = sys.argv[1:]
    city = Path(city)
    with tempfile.TemporaryDirectory() as scratch:
        folder = city / "sample"
        if source != "sample":
            table = Path(os.environ.get("SLA_CITY_DATA", ""), source)
            if "SLA_CITY_DATA" not in os.environ or not table.exists():
                print(f"skipped: SLA_CITY_DATA names no folder with {source}")
                return SKIP
            folder = Path(scratch)
            subprocess.run([sys.executable, city / "prepare.py", table, folder], check=True)
        events = Path(scratch, "events.jsonl")
        with open(events, "wb") as output:
            subprocess.run([check, "replay", city / "policy.yaml", folder / "log.csv",
                            "--format", "jsonl"], stdout=output, check=True)
        compare = city / "compare.py"
        if not compare.exists():
            compare = city.parent / "common" / "compare.py"
        return subprocess.run([sys.executable, compare, events, folder / "published.csv", *options],
                              check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
