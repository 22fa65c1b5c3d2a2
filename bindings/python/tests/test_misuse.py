# SPDX-License-Identifier: MIT
"""Wrong arguments of every kind: only exceptions that are documented come, and no crash."""

import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

import tap_unittest

MISUSE = pathlib.Path(__file__).resolve().parent / "misuse.py"


class Misuse(unittest.TestCase):
    def test_wrong_arguments_end_in_documented_exceptions_and_never_in_a_crash(self):
        with tempfile.TemporaryDirectory() as folder:
            trace = pathlib.Path(folder) / "trace"
            done = subprocess.run([sys.executable, str(MISUSE), str(trace)], capture_output=True,
                                  text=True, timeout=100, check=False)
            last = trace.read_text(encoding="utf-8", errors="replace").splitlines()[-1:]
        if done.returncode != 0:
            how = signal.Signals(-done.returncode).name if done.returncode < 0 else done.returncode
            self.fail(f"ended with {how} in {last}\n{done.stderr[-3000:]}")
        count, *faults = done.stdout.splitlines()
        self.assertGreater(int(count.split()[0]), 20_000)
        self.assertEqual(faults[:50], [])


if __name__ == "__main__":
    tap_unittest.main()
