# SPDX-License-Identifier: MIT
"""Diagnostics: faults of a policy, as exceptions and warnings."""

import pickle
import unittest

import desk
import tap_unittest

import libsla

FAULTY = """sla: 1
calendar: offce
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
targets:
  - {resolution: 1h, resolution: 2h}
"""


def faults(text, **options):
    try:
        desk.policy(text, **options)
    except libsla.PolicyError as error:
        return error
    raise AssertionError("the policy has no fault")


class Diagnostics(unittest.TestCase):
    def test_every_fault_is_told_in_the_order_of_places(self):
        error = faults(FAULTY)
        self.assertEqual([one.line for one in error.diagnostics], [2, 5])
        self.assertTrue(all(one.is_error for one in error.diagnostics))
        self.assertEqual((error.status, error.name), (-4, "SLA_ERROR_POLICY"))

    def test_a_diagnostic_has_its_place_and_its_words(self):
        first, second = faults(FAULTY, file_name="desk.yaml").diagnostics
        self.assertEqual((first.file, first.line, first.column, first.end_line, first.end_column),
                         ("desk.yaml", 2, 11, 2, 16))
        self.assertEqual(first.source_line, "calendar: offce")
        self.assertEqual(first.path, "calendar")
        self.assertIn("offce", first.message)
        self.assertIn("office", first.hint + first.message)
        self.assertRegex(first.id, "^SLA-[0-9]{3}$")
        self.assertEqual(len(second.related), 1)
        self.assertEqual((second.related[0].line, second.related[0].file), (5, "desk.yaml"))

    def test_its_text_is_that_of_compilers(self):
        first = faults(FAULTY, file_name="desk.yaml").diagnostics[0]
        lines = str(first).splitlines()
        self.assertTrue(lines[0].startswith("desk.yaml:2:11: error: "))
        self.assertIn("[" + first.id + "]", lines[0])
        self.assertEqual(lines[1:], ["calendar: offce", "          ^~~~~"])

    def test_the_exception_shows_all_of_them(self):
        error = faults(FAULTY)
        for one in error.diagnostics:
            self.assertIn(str(one).rstrip("\n"), str(error))
        self.assertIsInstance(error, ValueError)

    def test_of_very_many_faults_the_exception_shows_the_first(self):
        error = faults("sla: 1\n" + "".join(f"k{number}: 1\n" for number in range(30)))
        count = len(error.diagnostics)
        self.assertGreaterEqual(count, 30)
        self.assertIn(str(error.diagnostics[19]).rstrip("\n"), str(error))
        self.assertTrue(str(error).endswith(f"... and {count - 20} more: see `diagnostics` of this "
                                            "exception"))

    def test_warnings_are_kept_and_compile_all_the_same(self):
        text = "sla: 1\ncalendar: 24x7\ntargets: [{resolution: 1h}, {resolution: 2h}]\n"
        self.assertEqual(desk.policy(text).warnings, ())
        warned = desk.policy(text, analyse=True).warnings
        self.assertEqual([one.severity for one in warned], ["warning"])
        self.assertEqual(warned[0].line, 3)

    def test_other_readers_of_yaml_are_warned_of(self):
        text = "sla: 1\ncalendar: 24x7\ntargets: [{when: {vip: yes}, resolution: 1h}]\n"
        self.assertTrue(desk.policy(text, portable=True).warnings)

    def test_columns_count_characters(self):
        found = faults("sla: 1\nname: 服务, targets: [{resolution: 1h}]\n").diagnostics[0]
        self.assertEqual(found.line, 2)

    def test_so_many_as_one_wants(self):
        text = "sla: 1\n" + "".join(f"k{number}: 1\n" for number in range(20))
        self.assertGreaterEqual(len(faults(text).diagnostics), 20)
        self.assertLessEqual(len(faults(text, max_diags=3).diagnostics), 4)

    def test_a_code_can_be_explained(self):
        found = faults(FAULTY).diagnostics[0]
        self.assertIn("calendar", libsla.explain_code(found.code))
        self.assertEqual(libsla.explain_code(found.id), libsla.explain_code(found.code))
        for odd in (999999, 0, -1, 2 ** 32 + found.code, "SLA-", "SLA-SLA-231", "", None):
            with self.assertRaises(libsla.NotFoundError):
                libsla.explain_code(odd)

    def test_diagnostics_are_values_that_can_be_kept(self):
        error = faults(FAULTY)
        one = error.diagnostics[0]
        with self.assertRaises(AttributeError):
            one.line = 7
        self.assertEqual(pickle.loads(pickle.dumps(one)), one)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((str(again), again.diagnostics), (str(error), error.diagnostics))


if __name__ == "__main__":
    tap_unittest.main()
