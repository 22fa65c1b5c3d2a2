# SPDX-License-Identifier: MIT
"""Goals: what was promised, in which period a clock falls, and what a count means."""

import unittest
from datetime import datetime, timezone

import desk
import tap_unittest
from desk import berlin

import libsla
from libsla import GoalVerdict, Kind, Period


class Goals(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.policy = desk.policy()
        cls.answers, cls.everything = cls.policy.goals

    def test_a_goal_says_what_was_promised(self):
        self.assertEqual((self.answers.name, self.answers.per, self.answers.at_least),
                         ("answers", Period.MONTH, 0.95))
        self.assertEqual(self.answers.metrics, ("first_response",))
        self.assertEqual((self.answers.index, self.everything.index), (0, 1))
        self.assertEqual(self.everything.per_million, 995000)

    def test_a_goal_that_names_nothing_is_for_all(self):
        self.assertEqual(self.everything.metrics, self.policy.metrics)
        self.assertEqual(self.everything.agreements, self.policy.agreements)
        self.assertEqual(self.everything.kinds, tuple(Kind))

    def test_a_goal_may_name_kinds_and_agreements(self):
        policy = desk.policy("sla: 1\ncalendar: 24x7\nagreements:\n"
                             "  - {name: gold, when: {plan: gold}, targets: [{resolution: 1h}]}\n"
                             "  - {name: rest, targets: [{resolution: 2h}]}\n"
                             "goals: [{at_least: 90%, per: day, kinds: [sla, uc],"
                             " agreements: [rest]}]\n")
        goal, = policy.goals
        self.assertEqual((goal.kinds, goal.agreements), ((Kind.SLA, Kind.UC), ("rest",)))

    def test_a_period_is_whole_dates_in_the_policys_zone(self):
        # 23:30Z on 31 October is November in Berlin
        start, end = self.answers.period(datetime(2026, 10, 31, 23, 30, tzinfo=timezone.utc))
        self.assertEqual((start, end), (berlin(2026, 11, 1), berlin(2026, 12, 1)))
        self.assertEqual(start.isoformat(), "2026-11-01T00:00:00+01:00")
        # weeks begin on Monday
        self.assertEqual(self.everything.period(berlin(2026, 11, 22, 12)),
                         (berlin(2026, 11, 16), berlin(2026, 11, 23)))
        seconds = tuple(int(at.timestamp()) for at in (start, end))
        self.assertEqual(self.answers.period(seconds[0]), seconds)

    def test_a_period_outside_1970_to_2199_is_a_range_error(self):
        with self.assertRaises(libsla.RangeError):
            self.everything.period(0)

    def test_a_count_is_judged_exactly(self):
        judge = self.answers.judge  # 95 %
        self.assertEqual(judge(95, 5), GoalVerdict.KEPT)
        self.assertEqual(judge(94, 6), GoalVerdict.BROKEN)
        self.assertEqual(judge(94, 5, 1), GoalVerdict.UNDECIDED)
        self.assertEqual(judge(95, 4, 1), GoalVerdict.KEPT)
        self.assertEqual(judge(0, 0), GoalVerdict.UNDECIDED)
        self.assertEqual(judge(2 ** 70, 0), GoalVerdict.UNDECIDED)
        self.assertEqual(judge(0, 2 ** 64 + 1), GoalVerdict.UNDECIDED)

    def test_an_engine_says_which_goals_look_at_a_clock_as_its_incident_is_now(self):
        asked = []
        with libsla.Engine(self.policy) as engine:
            engine.on_event = lambda event: asked.append(engine.goals(event))
            at = int(berlin(2026, 11, 20, 10, 0).timestamp())
            engine.update("A", at, impact="outage")
            clocks = {clock.metric: clock for clock in engine.clocks()}
            self.assertEqual(engine.goals(clocks["first_response"]),
                             (self.answers, self.everything))
            self.assertEqual(engine.goals(clocks["resolution"]), (self.everything,))
            engine.update("A", at + 60, impact="none")  # not urgent any more
            self.assertEqual(engine.goals(clocks["first_response"]), (self.everything,))
            engine.forget("A")
            with self.assertRaises(libsla.NotFoundError):
                engine.goals(clocks["resolution"])
        self.assertEqual(asked[:2], [(self.answers, self.everything), (self.everything,)])

    def test_counts_are_whole_numbers(self):
        with self.assertRaises(libsla.ArgumentError):
            self.answers.judge(-1, 0)
        with self.assertRaises(TypeError):
            self.answers.judge(1.0, 0)


if __name__ == "__main__":
    tap_unittest.main()
