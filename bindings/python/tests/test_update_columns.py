# SPDX-License-Identifier: MIT
"""Updates as columns do what the same updates do one by one."""

import array
import random
import unittest

import libsla
import tap_unittest
from column_case import POLICY, START, package


def log(count=300):
    chance = random.Random(9)
    rows = []
    for number in range(count):
        rows.append((f"INC-{chance.randrange(40)}", START + 1000 * number + chance.randrange(900),
                     chance.choice(["responded", "resolved", "", None]),
                     chance.choice(["outage", "slow", None]), chance.choice(["none", "x", None])))
    rows[50] = (None, *rows[50][1:])
    rows[60] = (rows[60][0], None, *rows[60][2:])
    rows[70] = (rows[69][0], rows[69][1] - 500, "responded", None, None)
    return rows


class UpdateColumns(unittest.TestCase):
    def setUp(self):
        self.policy = libsla.Policy.compile(POLICY)
        self.rows = log()

    def one_by_one(self, removing=()):
        engine, statuses = libsla.Engine(self.policy), []
        for incident, at, event, impact, plan in self.rows:
            if incident is None or at is None:
                statuses.append(6)
                continue
            attributes = {name: value for name, value in (("impact", impact), ("plan", plan))
                          if value is not None or name in removing}
            try:
                engine.update(incident, at, event or None, attributes=attributes)
                statuses.append(0)
            except libsla.SlaError as error:
                statuses.append(error.status)
        return list(engine), statuses

    def test_a_log_in_lists(self):
        incident, at, event, impact, plan = (list(column) for column in zip(*self.rows))
        for removing in (), ["plan"]:
            engine = libsla.Engine(self.policy)
            found = engine.update_columns(incident, at, event, {"impact": impact, "plan": plan},
                                          removing=removing)
            events, statuses = self.one_by_one(removing)
            self.assertEqual(found.to_list(), statuses)
            self.assertIn(-6, statuses)
            self.assertEqual(list(engine), events)

    def test_a_log_in_chunks(self):
        pl = package("polars")
        engine = libsla.Engine(self.policy)
        frame = pl.DataFrame(self.rows, ["incident", "at", "event", "impact", "plan"], orient="row")
        chunks = [frame[:33], frame[33:34], frame[34:]]
        frame = pl.concat(chunks, rechunk=False)
        found = engine.update_columns(frame["incident"], frame["at"], frame["event"],
                                      {"impact": frame["impact"], "plan": frame["plan"]})
        events, statuses = self.one_by_one()
        self.assertEqual(found.to_list(), statuses)
        self.assertEqual(list(engine), events)

    def test_one_value_for_all_rows_and_sequences(self):
        engine, told = libsla.Engine(self.policy), []
        engine.on_event = told.append
        found = engine.update_columns("INC-1", [START, START, START + 1], "opened",
                                      {"impact": "slow"}, sequence=array.array("q", [1, 1, 2]))
        self.assertEqual(found.to_list(), [0, 2, 0])
        self.assertEqual(len(told), 2)  # one for each metric

    def test_what_cannot_be_is_refused(self):
        engine = libsla.Engine(self.policy)
        for kind, part, arguments, more in (
                (ValueError, "attribute impact has 1 rows", (["a", "b"], [1, 2], None,
                                                            {"impact": ["x"]}), {}),
                (ValueError, "removing: .*'plan'", (["a"], [1]), {"removing": ["plan"]}),
                (TypeError, "sequence", (["a"], [1]), {"sequence": array.array("i", [1])}),
                (TypeError, r"at\[0\]", (["a"], ["x"]), {})):
            with self.assertRaisesRegex(kind, part):
                engine.update_columns(*arguments, **more)
        self.assertEqual(engine.incidents, 0)


tap_unittest.main()
