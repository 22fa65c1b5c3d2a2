# SPDX-License-Identifier: MIT
"""What the tests of installing share."""

import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile

NEEDED = ("mesonpy", "tzdata")


def lacking(*modules):
    """Those of the modules that are not installed."""
    return [name for name in modules if not importlib.util.find_spec(name)]


# A user's first program. There are no zones but the package's own.
PROGRAM = """\
import datetime, libsla
policy = libsla.Policy.compile('''
sla: 1
timezone: America/New_York
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
targets: [{calendar: office, resolution: 4h}]
''')
office = policy.calendar("office")
start = datetime.datetime(2026, 11, 20, 21, tzinfo=datetime.timezone.utc)  # Friday, 16:00
print(office.add(start, "4h").isoformat())
from libsla._native import library, places
print(library.library_path())
print(places.zoneinfo())
print(*{line.split()[-1] for line in open("/proc/self/maps") if "yaml" in line})
"""


def scratch(case):
    """A folder of a test case's own, as long as its tests run."""
    holder = tempfile.TemporaryDirectory()
    case.addClassCleanup(holder.cleanup)
    return pathlib.Path(holder.name).resolve()


def run(*command, **options):
    """Runs a command to its good end and gives its output."""
    ran = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                         check=False, **options)
    if ran.returncode:
        raise AssertionError(f"{command[0]} ended with {ran.returncode}:\n{ran.stdout[-3000:]}"
                             f"{ran.stderr[-3000:]}")
    return ran.stdout.strip()


def alone():
    """An environment that knows nothing of this tree and of no zones."""
    return {name: value for name, value in os.environ.items()
            if not name.startswith(("SLA_", "PYTHON", "LD_"))} | {"PYTHONTZPATH": ""}


def clean_python(folder):
    """A Python that has pip alone; its command."""
    run(sys.executable, "-m", "venv", folder)
    return folder / "bin" / "python3"


def serve(case, python, wheel):
    """Installs a wheel into a clean Python, for which it must be enough. Gives the places of the
    library, the zones and libyaml."""
    run(python, "-m", "pip", "install", "--no-index", wheel, env=alone())
    due, *places = run(python, "-c", PROGRAM, cwd="/", env=alone()).splitlines()
    case.assertEqual(due, "2026-11-23T12:00:00-05:00")  # an hour on Friday, three on Monday
    return places
