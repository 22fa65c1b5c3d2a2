#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The ServiceNow example's tools: prepare.py writes true logs, compare.py finds wrong flags (TAP).

    servicenow_tools.py EXAMPLES-FOLDER
"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

import tap_unittest  # noqa: E402

EXAMPLE = Path(sys.argv[1]) / "servicenow-uci"
HEAD = ("incident,state,reassignment_count,reopen_count,sys_mod_count,made_sla,opened_at,"
        "sys_updated_at,contact_type,impact,urgency,priority,assignment_group,resolved_at,"
        "closed_at")
LOG_HEAD = "incident,at,event,state,priority,impact,urgency,group"


def row(updated, state, number, *, opened="1/3/2016 09:00", flag="true", priority="3", group="7",
        reopened="0", closed="9/3/2016 12:00", incident="001"):
    return (f"{incident},{state},0,{reopened},{number},{flag},{opened},{updated},Phone,2,2,"
            f"{priority},{group},?,{closed}")


class Tools(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def run_script(self, script, *arguments):
        return subprocess.run([sys.executable, EXAMPLE / script, *arguments], check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")

    def prepare(self, *rows, every=None):
        """The lines of the log and of the published flags, without their heads."""
        table = self.folder / "table.csv"
        table.write_text("\n".join([HEAD, *rows]) + "\n")
        options = ["--every", str(every)] if every else []
        done = self.run_script("prepare.py", table, self.folder / "out", *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        log = (self.folder / "out" / "log.csv").read_text().splitlines()
        published = (self.folder / "out" / "published.csv").read_text().splitlines()
        self.assertEqual(log[0], LOG_HEAD)
        return log[1:], published[1:]

    def test_record_that_was_written_later_was_opened_before(self):
        log, _ = self.prepare(row("1/3/2016 09:20", "Active", 0))
        self.assertEqual(log, ["001,2016-03-01T09:00,opened,New,3,2,2,7",
                               "001,2016-03-01T09:20,,Active,,,,"])

    def test_record_that_was_written_at_once_is_one_update(self):
        log, _ = self.prepare(row("1/3/2016 09:00", "Resolved", 0))
        self.assertEqual(log, ["001,2016-03-01T09:00,resolved,Resolved,3,2,2,7"])
        log, _ = self.prepare(row("1/3/2016 09:00", "New", 0))
        self.assertEqual(log, ["001,2016-03-01T09:00,opened,New,3,2,2,7"])

    def test_record_that_was_written_before_it_was_opened_is_told_at_its_opening(self):
        log, _ = self.prepare(row("1/3/2016 08:00", "New", 0), row("1/3/2016 10:00", "Active", 1))
        self.assertEqual(log, ["001,2016-03-01T09:00,opened,New,3,2,2,7",
                               "001,2016-03-01T10:00,,Active,,,,"])

    def test_states_name_what_happened(self):
        log, _ = self.prepare(
            row("1/3/2016 09:00", "New", 0), row("1/3/2016 10:00", "Awaiting User Info", 1),
            row("1/3/2016 11:00", "Resolved", 2), row("1/3/2016 12:00", "Resolved", 3),
            row("1/3/2016 13:00", "Active", 4, priority="1"), row("1/3/2016 14:00", "Resolved", 5),
            row("9/3/2016 12:00", "Closed", 6), row("9/3/2016 12:01", "Closed", 7))
        self.assertEqual([line.split(",")[2] for line in log],
                         ["opened", "", "resolved", "", "reopened", "resolved", "closed", ""])
        self.assertEqual(log[4], "001,2016-03-01T13:00,reopened,Active,1,,,")
        self.assertEqual(log[3], "001,2016-03-01T12:00,,,,,,")

    def test_log_is_in_the_order_of_instants(self):
        log, _ = self.prepare(
            row("1/3/2016 11:00", "Resolved", 2, incident="002"),
            row("1/3/2016 09:30", "Active", 1, incident="002", opened="1/3/2016 09:30"),
            row("1/3/2016 10:00", "New", 0, opened="1/3/2016 10:00"))
        self.assertEqual([line[:20] for line in log], [
            "002,2016-03-01T09:30", "001,2016-03-01T10:00", "002,2016-03-01T11:00"])

    def test_flag_is_that_of_the_last_row(self):
        _, published = self.prepare(row("1/3/2016 09:00", "New", 0, priority="2"),
                                    row("9/3/2016 12:00", "Closed", 1, flag="false"))
        self.assertEqual(published, ["001,3,2016-03-09T12:00,false"])

    def test_sample_leaves_out_no_kind(self):
        rows = [row("1/3/2016 09:00", "New", 0, incident=f"{number:03}") for number in range(5)]
        rows += [row("1/3/2016 09:00", "New", 0, incident="900", priority="1"),
                 row("1/3/2016 09:00", "Awaiting Vendor", 0, incident="901"),
                 row("1/3/2016 09:00", "New", 0, incident="902", reopened="1")]
        _, published = self.prepare(*rows, every=4)
        self.assertEqual([line[:3] for line in published], ["000", "004", "900", "901", "902"])

    def test_foreign_table_is_refused(self):
        (self.folder / "table.csv").write_text("id,when\n1,2\n")
        for table in ("table.csv", "nothing.csv.gz"):
            done = self.run_script("prepare.py", self.folder / table, self.folder / "out")
            self.assertEqual(done.returncode, 2)
            self.assertTrue(done.stderr.startswith("prepare: "), done.stderr)

    def compare(self, verdicts, flags, *options):
        """The exit status for verdicts of the metric and flags of priority 3."""
        events = self.folder / "events.jsonl"
        events.write_text("".join(json.dumps(
            {"metric": metric, "type": verdict, "incident": incident, "elapsed": 3600,
             "remaining": 0, "at": "2016-03-09T12:00:00Z"}) + "\n"
            for metric, verdict, incident in verdicts))
        published = self.folder / "published.csv"
        published.write_text("incident,priority,closed,flag\n" + "".join(
            f"{incident},3,2016-03-09T12:00,{flag}\n" for incident, flag in flags))
        return self.run_script("compare.py", events, published, *options).returncode

    def test_right_flags_pass(self):
        self.assertEqual(self.compare([("made_sla", "met", "1"), ("made_sla", "missed", "2")],
                                      [("1", "true"), ("2", "false")]), 0)

    def test_wrong_flag_is_found(self):
        verdicts, flags = [("made_sla", "met", "1")], [("1", "false")]
        self.assertEqual(self.compare(verdicts, flags), 1)
        self.assertEqual(self.compare(verdicts, flags, "--flags", "0"), 0)

    def test_last_verdict_counts_and_other_metrics_do_not(self):
        self.assertEqual(self.compare(
            [("made_sla", "met", "1"), ("made_sla", "missed", "1"), ("resolution", "met", "1")],
            [("1", "false")]), 0)

    def test_too_few_verdicts_and_unknown_incidents_are_found(self):
        self.assertEqual(self.compare([], [("1", "true")]), 1)
        self.assertEqual(self.compare([("made_sla", "met", "1")], [("1", "true")],
                                      "--incidents", "2"), 1)
        self.assertEqual(self.compare([("made_sla", "met", "1"), ("made_sla", "met", "2")],
                                      [("1", "true")]), 1)


tap_unittest.main()
