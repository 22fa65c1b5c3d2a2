# SPDX-License-Identifier: MIT
"""sla-check replay: what a log comes to, judged by the policy's goals."""

import json

from tool_case import ToolCase

import tap_unittest

POLICY = """\
sla: 1
timezone: Asia/Shanghai
severities: [urgent, general]
classify: {severity: [{when: {impact: outage}, is: urgent}, {is: general}]}
targets: [{first_response: 1h, resolution: 8h}]
goals:
  - {name: 紧急响应, metrics: first_response, when: {severity: urgent}, at_least: 50%, per: month}
  - {metrics: [first_response, resolution], at_least: 99.95%, per: week}
  - {when: {plan: gold}, at_least: 100%, per: year}
"""
# 1: answered in time on Monday 5 October, urgent then; solved in time, general by then.
# 2: answered too late, never solved. 3: Sunday 1 November, answered too late when it was no longer
# urgent. 4: Friday 20 November, answered in time; the log ends there, in the middle of its week.
LOG = """\
incident,at,event,impact
1,2026-10-05T09:00:00+08:00,opened,outage
1,2026-10-05T09:30:00+08:00,responded,
1,2026-10-05T10:00:00+08:00,resolved,slow
2,2026-10-06T09:00:00+08:00,opened,outage
2,2026-10-06T11:00:00+08:00,responded,
3,2026-11-01T00:00:00+08:00,opened,outage
3,2026-11-01T02:00:00+08:00,responded,slow
4,2026-11-20T00:00:00+08:00,opened,
4,2026-11-20T00:10:00+08:00,responded,
"""
OCTOBER = "".join(LOG.splitlines(True)[:6])


class ReplayGoals(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", POLICY)
        self.write("log.csv", LOG)

    def goals(self, *arguments):
        out, err = self.run_tool("replay", "p.yaml", "log.csv", "--summary", "json", *arguments)
        self.assertEqual(err, "")
        return json.loads(out)["goals"]

    def periods(self, goal):
        return [(period["period"], period["met"], period["missed"], period["open"],
                 period["breached_open"], period["verdict"]) for period in goal["periods"]]

    def test_each_goal_is_judged_period_by_period(self):
        urgent, weekly, gold = self.goals()
        self.assertEqual(self.periods(urgent), [("2026-10", 1, 1, 0, 0, "kept")])
        # the resolutions of 2 and 3 are open and over their 8 h; that of 4 is open
        self.assertEqual(self.periods(weekly),
                         [("2026-W41", 2, 1, 1, 1, "broken"), ("2026-W44", 0, 1, 1, 1, "broken"),
                          ("2026-W47", 1, 0, 1, 0, "undecided")])
        self.assertEqual(gold["periods"], [])

    def test_json_says_what_was_promised_and_reached(self):
        urgent, weekly, gold = self.goals()
        self.assertEqual((urgent["name"], urgent["line"], urgent["metrics"], urgent["promised"],
                          urgent["per"]), ("紧急响应", 7, ["first_response"], 0.5, "month"))
        self.assertEqual((weekly["name"], weekly["promised"], weekly["per"]),
                         (None, 0.9995, "week"))
        self.assertEqual(weekly["metrics"], ["first_response", "resolution"])
        self.assertEqual(gold["metrics"], [])
        (october,) = urgent["periods"]
        self.assertEqual((october["from"], october["to"], october["reached"]),
                         ("2026-09-30T16:00:00Z", "2026-10-31T16:00:00Z", 0.5))
        self.assertAlmostEqual(weekly["periods"][0]["reached"], 2 / 3, 5)

    def test_a_goal_looks_at_the_incident_as_it_was_when_it_was_judged(self):
        # had 1 been looked at as it ended, general, October would have one missed and none met
        self.write("log.csv", "".join(LOG.splitlines(True)[:4]))
        self.assertEqual(self.periods(self.goals("--until", "2026-11-01T00:00:00+08:00")[0]),
                         [("2026-10", 1, 0, 0, 0, "kept")])

    def test_a_period_that_is_not_over_is_undecided(self):
        self.write("log.csv", OCTOBER)
        self.assertEqual(self.periods(self.goals("--until", "2026-10-31T23:59:59+08:00")[0]),
                         [("2026-10", 1, 1, 0, 0, "undecided")])
        self.assertEqual(self.periods(self.goals("--until", "2026-11-01T00:00:00+08:00")[0])[0],
                         ("2026-10", 1, 1, 0, 0, "kept"))

    def test_all_of_them_is_broken_by_the_first_miss_even_within_the_period(self):
        self.write("p.yaml", POLICY.replace("50%", "100%"))
        self.write("log.csv", OCTOBER)
        self.assertEqual(self.periods(self.goals("--until", "2026-10-31T00:00:00+08:00")[0]),
                         [("2026-10", 1, 1, 0, 0, "broken")])

    def test_what_was_cancelled_or_exempted_counts_nowhere(self):
        self.write("p.yaml", POLICY + "metrics: {first_response: {start: opened, stop: responded, "
                                      "cancel: withdrawn},\n"
                                      "          resolution: {start: opened, stop: resolved}}\n")
        self.write("log.csv", LOG + "5,2026-11-20T01:00:00+08:00,opened,\n"
                                    "5,2026-11-20T01:01:00+08:00,withdrawn,\n"
                                    "5,2026-11-20T01:02:00+08:00,sla:exempt,\n")
        self.assertEqual(self.periods(self.goals()[1])[-1],
                         ("2026-W47", 1, 0, 1, 0, "undecided"))

    def test_the_table_shows_goal_period_rates_and_verdict(self):
        out, _ = self.run_tool("replay", "p.yaml", "log.csv", "--no-events", LC_ALL="C.UTF-8")
        rows = [line.split() for line in out.split("GOAL")[1].splitlines()[1:]]
        self.assertEqual(rows, [
            "紧急响应 7 2026-10 50 % 50.00 % 1 1 0 0 kept".split(),
            "first_response, resolution 8 2026-W41 99.95 % 66.67 % 2 1 1 1 broken".split(),
            "first_response, resolution 8 2026-W44 99.95 % 0.00 % 0 1 1 1 broken".split(),
            "first_response, resolution 8 2026-W47 99.95 % 100.00 % 1 0 1 0 undecided".split(),
            "all metrics 9 - 100 % - 0 0 0 0 undecided".split()])

    def test_a_policy_without_goals_has_no_such_table(self):
        self.write("p.yaml", POLICY.split("goals:")[0])
        out, _ = self.run_tool("replay", "p.yaml", "log.csv", "--no-events")
        self.assertNotIn("GOAL", out)
        self.assertEqual(self.goals(), [])

    def test_days_quarters_and_years_have_their_names(self):
        for period, names in (("day", ["2026-10-05", "2026-10-06", "2026-11-01", "2026-11-20"]),
                              ("quarter", ["2026-Q4"]), ("year", ["2026"])):
            self.write("p.yaml", POLICY.replace("per: week", f"per: {period}"))
            self.assertEqual([found[0] for found in self.periods(self.goals()[1])], names)

    def test_a_week_at_new_year_is_that_of_its_thursday(self):
        self.write("log.csv", "incident,at,event,impact\n"
                              "1,2027-01-01T09:00:00+08:00,opened,\n"
                              "1,2027-01-01T09:10:00+08:00,responded,\n"
                              "2,2024-12-30T09:00:00+08:00,opened,\n"
                              "2,2024-12-30T09:10:00+08:00,responded,\n")
        out, _ = self.run_tool("replay", "p.yaml", "log.csv", "--sort", "--summary", "json")
        weekly = json.loads(out)["goals"][1]
        self.assertEqual([found[0] for found in self.periods(weekly)], ["2025-W01", "2026-W53"])


if __name__ == "__main__":
    tap_unittest.main()
