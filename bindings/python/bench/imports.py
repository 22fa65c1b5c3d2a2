#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `import libsla` costs, beside `import json` and the interpreter alone in the same run.

Prints milliseconds, the least and the median of some runs, and the parts that cost most. Modules
are compiled before, as those of an installed package are.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 15
ENVIRONMENT = dict(os.environ)
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)


def run(code, *options):
    """The seconds that a process took, and what it wrote of its imports."""
    begin = time.perf_counter()
    ran = subprocess.run([sys.executable, *options, "-c", code], check=True, text=True,
                         stderr=subprocess.PIPE, env=ENVIRONMENT)
    return time.perf_counter() - begin, ran.stderr


def import_times(module):
    """Module -> (own, with all that it imports) in microseconds."""
    _, text = run(f"import {module}", "-X", "importtime")
    rows = re.findall(r"^import time: +(\d+) \| +(\d+) \| +(\S+)$", text, re.M)
    return {name: (int(own), int(whole)) for own, whole, name in rows}


def show(what, seconds):
    print(f"{what:34} {1000 * min(seconds):7.1f} ms   median "
          f"{1000 * statistics.median(seconds):7.1f} ms")


def main():
    programs = {"pass": [], "import json": [], "import libsla": []}
    imports = {"json": [], "libsla": []}
    best = {}
    for code in programs:
        run(code)  # compiles
    for _ in range(RUNS):
        for code, seconds in programs.items():
            seconds.append(run(code)[0])
        for module, seconds in imports.items():
            times = import_times(module)
            seconds.append(times[module][1] / 1e6)
            if module == "libsla" and seconds[-1] == min(seconds):
                best = times
    for code, seconds in programs.items():
        show(f"python -c {code!r}", seconds)
    for module, seconds in imports.items():
        show(f"-X importtime, {module}", seconds)
    print("the ten largest parts of import libsla:")
    for name, (own, _) in sorted(best.items(), key=lambda item: -item[1][0])[:10]:
        print(f"    {own / 1000:7.2f} ms  {name}")


with tempfile.TemporaryDirectory() as compiled:
    ENVIRONMENT["PYTHONPYCACHEPREFIX"] = compiled
    main()
