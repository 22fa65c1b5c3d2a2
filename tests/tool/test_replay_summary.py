# SPDX-License-Identifier: MIT
"""sla-check replay: what a log comes to, as a table and as JSON."""

import json

from tool_case import DESK, ToolCase

import tap_unittest

NOTHING = {"clocks": 0, "met": 0, "missed": 0, "cancelled": 0, "exempt": 0, "running": 0,
           "breached_running": 0}


class Summary(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", DESK)

    def summary(self, rows, *arguments):
        self.write("log.csv", "incident,at,event,impact\n" + rows)
        out, _ = self.run_tool("replay", "p.yaml", "log.csv", "--summary", "json", *arguments)
        return json.loads(out)

    def group(self, found, metric, severity):
        return next(group for group in found["severities"]
                    if (group["metric"], group["severity"]) == (metric, severity))

    def check_group(self, group, **expected):
        self.assertEqual({key: group[key] for key in NOTHING}, {**NOTHING, **expected})

    def test_clocks_are_counted_by_how_they_ended(self):
        # normal: first response within 2 h, resolution within 8 h
        found = self.summary("A,0,opened,\nA,60,responded,\n"        # met
                             "B,100,opened,\nC,200,opened,\n"
                             "C,300,withdrawn,\n"                    # its resolution is cancelled
                             "B,7301,responded,\n"                   # one second late
                             "D,7302,opened,outage\n",
                             "--until", "9200")                      # D: 30 min are over
        self.check_group(self.group(found, "first_response", "normal"),
                         clocks=3, met=1, missed=1, running=1, breached_running=1)
        self.check_group(self.group(found, "resolution", "normal"), clocks=3, cancelled=1,
                         running=2)
        self.check_group(self.group(found, "first_response", "urgent"), clocks=1, running=1,
                         breached_running=1)
        self.assertEqual(self.group(found, "first_response", "normal")["compliance"], 0.5)
        self.assertIsNone(self.group(found, "resolution", "normal")["compliance"])
        self.assertEqual((found["incidents"], found["until"]), (4, "1970-01-01T02:33:20Z"))
        self.assertEqual(found["policy"], "help desk")
        self.assertEqual(found["lines"]["applied"], 7)

    def test_median_and_p90_are_by_nearest_rank(self):
        rows = "".join(f"I{n},0,opened,\n" for n in range(10))
        rows += "".join(f"I{n},{(n + 1) * 60},responded,\n" for n in range(10))
        group = self.group(self.summary(rows), "first_response", "normal")
        self.assertEqual((group["median"], group["p90"]), (300, 540))
        rows = "A,0,opened,\nA,77,responded,\n"
        group = self.group(self.summary(rows), "first_response", "normal")
        self.assertEqual((group["median"], group["p90"]), (77, 77))
        self.assertIsNone(self.group(self.summary("A,0,opened,\n"), "first_response",
                                     "normal")["median"])

    def test_metrics_are_totals_of_their_severities(self):
        found = self.summary("A,0,opened,outage\nB,1,opened,\nA,60,responded,\nB,121,responded,\n")
        (total,) = [group for group in found["metrics"] if group["metric"] == "first_response"]
        self.check_group(total, clocks=2, met=2)
        self.assertEqual((total["median"], total["p90"], total["kind"]), (60, 120, "sla"))
        self.assertEqual([group["severity"] for group in found["severities"]],
                         ["urgent", "normal"] * 2)

    def test_month_is_that_of_the_start_in_the_policys_zone(self):
        # 16:00Z is midnight in Shanghai
        found = self.summary("A,2026-10-31T15:59:59Z,opened,\nB,2026-10-31T16:00:00Z,opened,\n"
                             "A,2026-10-31T16:10:00Z,responded,\n")
        months = self.group(found, "first_response", "normal")["months"]
        self.assertEqual([month["month"] for month in months], ["2026-10", "2026-11"])
        self.check_group(months[0], clocks=1, met=1)
        self.check_group(months[1], clocks=1, running=1)

    def test_clock_belongs_to_the_severity_in_which_it_was_judged(self):
        # answered while urgent, then found to be normal: the open resolution moves, the past stays
        found = self.summary("A,0,opened,outage\nA,60,responded,\nA,120,,\\N\n")
        self.check_group(self.group(found, "first_response", "urgent"), clocks=1, met=1)
        self.check_group(self.group(found, "resolution", "normal"), clocks=1, running=1)
        found = self.summary("A,0,opened,outage\nA,60,responded,\nA,120,,\\N\nA,180,resolved,\n")
        self.check_group(self.group(found, "first_response", "urgent"), clocks=1, met=1)
        self.check_group(self.group(found, "resolution", "normal"), clocks=1, met=1)

    def test_large_numbers_are_grouped_and_one_severity_has_no_total(self):
        rows = "".join(f"I{n},0,opened\n" for n in range(1234))
        self.write("log.csv", "incident,at,event\n" + rows)
        out, _ = self.run_tool("replay", "p.yaml", "log.csv", "--no-events")
        self.assertTrue(out.startswith("1,234 updates, 1,234 incidents, 2,468 events: "), out)
        self.assertEqual([line.split()[:3] for line in out.splitlines()[3:]],
                         [["first_response", "normal", "1,234"], ["resolution", "normal", "1,234"]])

    def test_events_are_counted_even_if_they_are_not_printed(self):
        found = self.summary("A,0,opened,\nA,60,responded,\n", "--events", "breach")
        self.assertEqual((found["events"]["started"], found["events"]["met"],
                          found["events"]["breach"]), (2, 1, 0))

    def test_table_follows_the_events(self):
        self.write("log.csv", "incident,at,event,impact\nA,0,opened,outage\nB,1,opened,\n"
                              "A,60,responded,\nB,7202,responded,\n")
        out, _ = self.run_tool("replay", "p.yaml", "log.csv", "--events", "missed")
        event, blank, counts, blank2, heading, *rows = out.splitlines()
        self.assertIn("missed", event)
        self.assertEqual((blank, blank2), ("", ""))
        self.assertTrue(counts.startswith("4 updates, 2 incidents, "), counts)
        self.assertEqual(heading.split(), ["METRIC", "SEVERITY", "CLOCKS", "MET", "MISSED",
                                           "CANCELLED", "RUNNING", "BREACHED", "COMPLIANCE",
                                           "MEDIAN", "P90"])
        self.assertEqual([row.split() for row in rows[:3]], [
            ["first_response", "urgent", "1", "1", "0", "0", "0", "0", "100.00", "%", "1m", "1m"],
            ["first_response", "normal", "1", "0", "1", "0", "0", "0", "0.00", "%", "2h1s",
             "2h1s"],
            ["first_response", "all", "2", "1", "1", "0", "0", "0", "50.00", "%", "1m", "2h1s"]])

    def test_months_have_rows_above_their_total(self):
        self.write("log.csv", "incident,at,event,impact\nA,0,opened,outage\n"
                              "B,2678400,opened,outage\nA,60,responded,\nB,2678700,responded,\n")
        out, _ = self.run_tool("replay", "p.yaml", "log.csv", "--no-events", "--months")
        _, _, heading, *rows = out.splitlines()
        self.assertEqual(heading.split()[:4], ["METRIC", "SEVERITY", "MONTH", "CLOCKS"])
        self.assertEqual([row.split()[:4] + row.split()[-1:] for row in rows[:3]], [
            ["first_response", "urgent", "1970-01", "1", "1m"],
            ["first_response", "urgent", "1970-02", "1", "5m"],
            ["first_response", "urgent", "all", "2", "5m"]])

    def test_no_events_prints_the_table_alone(self):
        self.write("log.csv", "incident,at,event\nA,0,opened\n")
        alone, _ = self.run_tool("replay", "p.yaml", "log.csv", "--no-events")
        self.assertTrue(alone.startswith("1 update, 1 incident, 2 events: 2 started\n"), alone)
        self.assertEqual(self.run_tool("replay", "p.yaml", "log.csv", "--summary", "text")[0],
                         alone)
        self.assertTrue(self.run_tool("replay", "p.yaml", "log.csv")[0].endswith("\n\n" + alone))

    def test_policy_without_severities_has_one_group(self):
        self.write("p.yaml", "sla: 1\ntargets: [{first_response: 1h}]\n")
        found = self.summary("A,0,opened,\n")
        (group,) = found["severities"]
        self.assertIsNone(group["severity"])
        out, _ = self.run_tool("replay", "p.yaml", "log.csv", "--no-events")
        self.assertRegex(out, r"(?m)^first_response +- +1 ")


if __name__ == "__main__":
    tap_unittest.main()
