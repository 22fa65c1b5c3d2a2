# SPDX-License-Identifier: MIT
"""What the tests of sla-check share: running it in a folder of its own, with a small policy."""

import fcntl
import json
import os
import pathlib
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "sla-check"
ZONES = ROOT / "tests" / "data" / "zoneinfo"

OFFICE = """\
sla: 1
name: office
timezone: Asia/Shanghai
calendar: office
holidays:
  china:
    through: 2026-12-31
    closed:
      - {date: 2026-10-01, to: 2026-10-07, name: 国庆节}
    workdays:
      - {date: 2026-10-10, like: fri}
calendars:
  office:
    hours: {mon-fri: ["09:00-12:00", "13:30-18:00"]}
    holidays: [china]
  quarter:
    hours: {mon: "09:15-09:45"}
  night:
    timezone: America/New_York
    hours: {sat: "22:00-06:00"}
  newyork:
    timezone: America/New_York
    hours: {mon-fri: "09:00-17:00"}
"""

DESK = """\
sla: 1
name: help desk
timezone: Asia/Shanghai
severities: [urgent, normal]
classify:
  region:
    - {when: {city: [Shanghai, 深圳]}, is: 城市}
    - {is: remote}
  severity:
    - {when: {impact: outage}, is: urgent}
    - {is: normal}
metrics:
  first_response: {start: opened, stop: responded}
  resolution:
    start: opened
    stop: resolved
    pause: {while: {status: waiting}, reason: customer}
    cancel: withdrawn
targets:
  - {when: {severity: urgent}, first_response: 30m, resolution: 4h}
  - {first_response: 2h, resolution: 8h}
escalations:
  - metrics: [first_response]
    steps:
      - {at: 10m before, notify: [owner], via: [email, sms]}
      - {at: due, notify: [director]}
      - {at: 30m after, repeat: 30m, times: 2, level: 2, notify: [director, 部门]}
"""


def width(text):
    """Columns of a text on a terminal: 中 takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class ToolCase(unittest.TestCase):
    """A test with a folder of its own, in which sla-check runs."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sla-check-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        """Writes a file into the folder; returns its name."""
        data = text if isinstance(text, bytes) else text.encode("utf-8")
        (self.folder / name).write_bytes(data)
        return name

    def environment(self, **more):
        ours = ("NO_COLOR", "CLICOLOR_FORCE", "LANG", "LC_ALL", "LC_CTYPE", "TERM", "TZDIR")
        kept = {key: value for key, value in os.environ.items() if key not in ours}
        if (ZONES / "Asia" / "Shanghai").exists():
            kept["TZDIR"] = str(ZONES)
        return {**kept, "LC_ALL": "C", "TERM": "xterm", **more}

    def run_tool(self, *arguments, stdin="", status=0, **environment):
        """Runs sla-check; checks its exit status and that output ends with a line end."""
        data = stdin if isinstance(stdin, bytes) else stdin.encode("utf-8")
        done = subprocess.run([PROGRAM, *arguments], input=data, cwd=self.folder,
                              env=self.environment(**environment), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120, check=False)
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        self.assertEqual(done.returncode, status, f"{arguments}\n{out}\n{err}")
        for name, text in (("output", out), ("messages", err)):
            self.assertTrue(text == "" or text.endswith("\n"), f"{name} without a line end")
            self.assertNotIn(" \n", text, f"{name} with blanks at the end of a line")
        return out, err

    def on_terminal(self, *arguments, columns=80, messages=False, **environment):
        """What sla-check writes to a terminal of that width; its messages, if these are asked for.
        The other stream goes nowhere."""
        try:
            master, slave = pty.openpty()
        except OSError as error:  # a bare chroot has none
            self.skipTest(f"no terminal: {error}")
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        tool = subprocess.Popen([PROGRAM, *arguments], cwd=self.folder,
                                env=self.environment(**environment), stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL if messages else slave,
                                stderr=slave if messages else subprocess.DEVNULL)
        os.close(slave)
        shown = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:  # Linux says so when the other side is closed
                break
            if not part:
                break
            shown += part
        os.close(master)
        tool.wait(timeout=60)
        return shown.decode("utf-8")

    def read_lines(self, text):
        """JSON lines as a list."""
        return [json.loads(line) for line in text.splitlines()]
