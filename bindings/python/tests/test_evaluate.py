# SPDX-License-Identifier: MIT
"""Evaluation of columns: row by row what classify() says, from every form of attributes."""

import array
import enum
import gc
import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import libsla
import tap_unittest
from column_case import LAST, ColumnCase, some_instants

COLUMNS = ["severity", "status"] + [
    f"{metric}_{what}" for metric in ("first_response", "resolution")
    for what in ("deadline", "budget", "status", "agreement", "calendar")]


class Plan(enum.Enum):
    NONE = "none"
    GOLD = "gold"


class Evaluating(ColumnCase):
    def classified(self, at, attributes):
        """The row of COLUMNS, by classify()."""
        try:
            found = self.policy.classify(attributes, at=at)
        except libsla.SlaError as error:
            return [None, error.status] + [None, None, error.status, None, None] * 2
        row = [found.severity, 0]
        for metric in "first_response", "resolution":
            clock = next((one for one in found.clocks
                          if (one.metric, one.kind) == (metric, "sla")), None)
            if clock is None:
                row += [None, None, 0, None, None]
            else:
                due, budget = clock.deadline, clock.budget
                if isinstance(at, int):  # then columns answer in seconds; classify() never does
                    due, budget = int(due.timestamp()), int(budget.total_seconds())
                row += [due, budget, 0, clock.agreement, clock.calendar]
        return row

    def assert_evaluated(self, table, instants, attributes):
        """`attributes` are texts or None for each row."""
        expected = [self.classified(at, {name: values[row] for name, values in attributes.items()})
                    for row, at in enumerate(instants)]
        found = table.to_dict()
        self.assertEqual(list(found), COLUMNS)
        for place, name in enumerate(COLUMNS):
            with self.subTest(name):
                self.assertEqual(found[name], [row[place] for row in expected])

    def setUp(self):
        self.rows = some_instants(60)
        chance = random.Random(5)
        self.impact = [chance.choice(["outage", "slow", "", None]) for _ in self.rows]
        self.plan = [chance.choice(["none", "gold", None]) for _ in self.rows]
        self.attributes = {"impact": self.impact, "plan": self.plan}

    def test_lists_of_texts(self):
        table = self.policy.evaluate_many(self.rows, self.attributes)
        self.assertEqual(table.column_names, tuple(COLUMNS))
        self.assert_evaluated(table, self.rows, self.attributes)

    def test_instants_answer_with_instants_and_timedeltas(self):
        instants = [datetime.fromtimestamp(at, timezone.utc) for at in self.rows]
        table = self.policy.evaluate_many(instants, self.attributes)
        self.assert_evaluated(table, instants, self.attributes)
        urgent = self.impact.index("outage")
        self.assertEqual(table["first_response_budget"][urgent], timedelta(hours=1))
        self.assertEqual(table["first_response_deadline"][urgent].tzinfo, ZoneInfo("Europe/Berlin"))

    def test_one_value_for_all_rows(self):
        plans = [Plan.NONE] * 60
        self.assert_evaluated(self.policy.evaluate_many(self.rows, {"plan": Plan.NONE}), self.rows,
                              {"plan": plans})
        at = self.rows[0]
        self.assert_evaluated(self.policy.evaluate_many(at, self.attributes), [at] * 60,
                              self.attributes)
        self.assert_evaluated(self.policy.evaluate_many(self.rows, {"impact": None}), self.rows, {})
        self.assert_evaluated(self.policy.evaluate_many(self.rows), self.rows, {})

    def test_attributes_that_the_policy_does_not_ask_for_are_passed_over(self):
        table = self.policy.evaluate_many(self.rows, {**self.attributes, "colour": ["red"] * 60})
        self.assert_evaluated(table, self.rows, self.attributes)

    def test_numbers_and_booleans_are_their_texts(self):
        policy = libsla.Policy.compile("""\
            sla: 1
            calendar: 24x7
            severities: [first, second, third]
            classify:
              severity: [{when: {priority: "-1"}, is: first}, {when: {vip: "true"}, is: second},
                         {is: third}]
            targets: [{resolution: 1h}]
            """)
        priorities, vips = [-1, 1, -1, 0] * 5, [True, False, False, True] * 5
        expected = ["first", "third", "first", "second"] * 5
        instants = some_instants(20)

        class Booleans:
            memory = array.array("B", vips)
            __array_interface__ = {"shape": (20,), "typestr": "|b1", "version": 3,
                                   "data": (memory.buffer_info()[0], True)}

        wide = memoryview(array.array("q", [9, 9] * 20))[::2]
        for row, priority in enumerate(priorities):
            wide[row] = priority
        for numbers in (priorities, wide, *(array.array(letter, priorities) for letter in "bhiq")):
            for flags in vips, Booleans():
                table = policy.evaluate_many(instants, {"priority": numbers, "vip": flags})
                self.assertEqual(table["severity"].to_list(), expected)
        unsigned = policy.evaluate_many(instants, {"priority": array.array("H", [1] * 20)})
        self.assertEqual(unsigned["severity"].to_list(), ["third"] * 20)

    def test_rows_with_errors_have_nulls_and_say_so(self):
        instants = [self.rows[0], -1, LAST + 5, None, LAST]
        table = self.policy.evaluate_many(instants, {"plan": "gold"})
        self.assertEqual(table["status"].to_list()[:4], [0, -3, -3, 6])
        self.assertEqual(table["severity"].to_list()[:4], ["normal", None, None, None])
        self.assertEqual(table["resolution_calendar"][1:3], [None, None])
        # 2199-12-31 is classified, but 2wd from there are past the end
        self.assertEqual((table["status"][4], table["resolution_status"][4]), (0, -3))
        self.assertEqual((table["severity"][4], table["resolution_deadline"][4]), ("normal", None))

    def test_metrics_and_kinds_can_be_chosen(self):
        policy = libsla.Policy.compile("""\
            sla: 1
            calendar: 24x7
            agreements:
              - {name: ours, targets: [{first_response: 1h, resolution: 4h}]}
              - {name: team, kind: ola, targets: [{resolution: 2h}]}
            """)
        table = policy.evaluate_many([0], metrics=["resolution"], kinds=["ola", "sla"])
        self.assertEqual(table["ola_resolution_budget"].to_list(), [7200])
        self.assertEqual(table["resolution_budget"].to_list(), [14400])
        self.assertEqual(table["ola_resolution_agreement"].to_list(), ["team"])
        self.assertNotIn("first_response_deadline", table.column_names)
        self.assertEqual(policy.evaluate_many([0], metrics="resolution", kinds="uc")
                         ["uc_resolution_agreement"].to_list(), [None])
        for more, part in (({"metrics": ["repair"]}, "repair"), ({"kinds": ["XLA"]}, "XLA")):
            with self.assertRaisesRegex(libsla.NotFoundError, part):
                policy.evaluate_many([0], **more)
        with self.assertRaisesRegex(libsla.NotFoundError, "no column 'soon'"):
            table["soon"]
        table = self.policy.evaluate_many([0])
        self.assertIn("severity", table)
        self.assertNotIn("soon", table)
        with self.assertRaisesRegex(TypeError, "not iterable"):
            list(table)

    def test_columns_of_other_types_or_lengths_are_refused(self):
        for value, part in ((array.array("d", [1.5]), "attribute impact: .*cast numbers to int64"),
                            ([object()], r"attribute impact\[0\]"), (object(), "attribute impact"),
                            ([datetime(2026, 1, 1)], r"attribute impact\[0\] has no zone")):
            with self.assertRaisesRegex(TypeError, part):
                self.policy.evaluate_many([0], {"impact": value})
        with self.assertRaisesRegex(ValueError, "attribute impact has 2 rows, opened has 1"):
            self.policy.evaluate_many([0], {"impact": ["a", "b"]})
        with self.assertRaisesRegex(TypeError, "no column in opened and attribute impact"):
            self.policy.evaluate_many(0, {"impact": "a"})

    def test_answers_outlive_the_policy(self):
        policy = libsla.Policy.compile("sla: 1\ntargets: [{calendar: 24x7, resolution: 1h}]\n")
        table = policy.evaluate_many([0, 5])
        policy.close()
        gc.collect()
        self.assertEqual(table["resolution_deadline"].to_list(), [3600, 3605])
        self.assertEqual(table["resolution_calendar"].to_list(), ["24x7"] * 2)
        self.assertIn("2 rows: severity, status, ", repr(table))
        with self.assertRaises(libsla.ClosedError):
            policy.evaluate_many([0])

    def test_no_rows(self):
        table = self.policy.evaluate_many([], {"impact": []})
        self.assertEqual(table.to_dict(), {name: [] for name in COLUMNS})


tap_unittest.main()
