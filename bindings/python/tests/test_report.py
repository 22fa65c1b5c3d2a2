# SPDX-License-Identifier: MIT
"""examples/report.py: its table against what was worked out by hand and against sla-check, and a
chart that is a picture with something on it.

    test_report.py [SLA-CHECK]
"""

import importlib.util
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

import tap_unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "bindings" / "python" / "examples"
UCI = ROOT / "examples" / "servicenow-uci"
CHARTS = importlib.util.find_spec("matplotlib") is not None


class Report(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.picture = self.folder / "chart.png"

    def report(self, *arguments):
        """The rows of its table: the last words of each line."""
        done = subprocess.run([sys.executable, "-W", "ignore", EXAMPLES / "report.py", *arguments],
                              capture_output=True, encoding="utf-8", timeout=100, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        head, *rows = [line.split()[-6:] for line in done.stdout.splitlines()]
        self.assertEqual(head, ["PROMISED", "REACHED", "MET", "MISSED", "OPEN", "VERDICT"])
        return rows

    @unittest.skipUnless(CHARTS, "matplotlib is not installed")
    def test_the_after_sales_day_is_what_was_worked_out_by_hand(self):
        # A and C are urgent and answered in time; A is solved, B and C are not. Goals by the week
        # are left out.
        rows = self.report(ROOT / "examples" / "policies" / "after-sales.yaml",
                           ROOT / "tests" / "examples" / "after_sales_day.csv", "2026-11",
                           self.picture)
        self.assertEqual(rows, [["95%", "100.00%", "2", "0", "0", "kept"],
                                ["90%", "100.00%", "1", "0", "2", "undecided"]])

    @unittest.skipUnless(CHARTS and len(sys.argv) > 1, "matplotlib or sla-check is not there")
    def test_a_month_of_the_servicenow_log_is_as_sla_check_counts_it(self):
        goals = EXAMPLES / "report-goals.yaml"
        rows = self.report(UCI / "policy.yaml", UCI / "sample" / "log.csv", "2016-03",
                           self.picture, goals)
        policy = self.folder / "policy.yaml"
        policy.write_text((UCI / "policy.yaml").read_text(encoding="utf-8")
                          + goals.read_text(encoding="utf-8"), encoding="utf-8")
        said = subprocess.run([sys.argv[1], "replay", policy, UCI / "sample" / "log.csv",
                               "--no-events", "--summary", "json"], check=True,
                              stdout=subprocess.PIPE, encoding="utf-8").stdout
        expected = []
        for goal in json.loads(said)["goals"]:
            month, = [one for one in goal["periods"] if one["period"] == "2016-03"]
            missed = month["missed"] + month["breached_open"]
            expected.append([str(month["met"]), str(missed),
                             str(month["open"] - month["breached_open"]), month["verdict"]])
        self.assertEqual([row[2:] for row in rows], expected)
        self.assert_picture()

    def assert_picture(self):
        """A PNG of some size, and not one colour all over: that would be packed to nearly
        nothing."""
        data = self.picture.read_bytes()
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", data[16:24])
        self.assertTrue(width > 600 and height > 600, (width, height))
        self.assertGreater(len(data), 20_000)


if __name__ == "__main__":
    tap_unittest.main()
