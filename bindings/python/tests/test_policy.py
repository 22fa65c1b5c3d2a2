# SPDX-License-Identifier: MIT
"""Policy: compiled from text or a file, shared, closed."""

import os
import pathlib
import tempfile
import threading
import unittest
from datetime import timedelta

import desk
import tap_unittest
from desk import BERLIN, berlin

import libsla

INCLUDING = """sla: 1
include: holidays/ours.yaml
calendar: office
calendars: {office: {hours: {mon-fri: "09:00-17:00"}, holidays: [ours]}}
targets: [{resolution: 1h}]
"""
INCLUDED = 'sla: 1\nholidays: {ours: {closed: [{date: 2026-11-20, name: ours}]}}\n'


class Compiled(unittest.TestCase):
    def test_a_policy_lists_its_names_in_its_order(self):
        policy = desk.policy()
        self.assertEqual(policy.name, "Desk")
        self.assertEqual(policy.severities, ("urgent", "normal"))
        self.assertEqual(policy.metrics, ("first_response", "resolution"))
        self.assertEqual(policy.agreements, ("default",))
        self.assertEqual(list(policy.calendars), ["24x7", "office", "night", "shanghai"])
        self.assertIs(policy.calendars["office"], policy.calendar("office"))
        self.assertEqual(policy.zone, BERLIN)
        self.assertEqual(policy.warnings, ())

    def test_an_unknown_calendar_is_told_with_what_may_have_been_meant(self):
        policy = desk.policy()
        with self.assertRaisesRegex(libsla.NotFoundError, 'no calendar "ofice"; did you mean "off'):
            policy.calendar("ofice")
        with self.assertRaisesRegex(libsla.NotFoundError, "there are 24x7, office, night, shangh"):
            policy.calendar("zzz")
        with self.assertRaises(KeyError):
            policy.calendars["zzz"]
        with self.assertRaises(TypeError):
            policy.calendars["mine"] = policy.calendar("office")

    def test_the_fingerprint_is_that_of_what_it_says(self):
        policy = desk.policy()
        self.assertEqual(len(policy.fingerprint), 16)
        self.assertEqual(desk.policy(desk.TEXT + "# a comment\n").fingerprint, policy.fingerprint)
        self.assertNotEqual(desk.policy(desk.TEXT.replace("4h", "5h")).fingerprint,
                            policy.fingerprint)

    def test_text_may_be_bytes(self):
        self.assertEqual(desk.policy(desk.TEXT.encode()).fingerprint, desk.policy().fingerprint)
        with self.assertRaises(TypeError):
            desk.policy(None)
        with self.assertRaises(TypeError):
            desk.policy(5)

    def test_a_dump_is_the_policy_again(self):
        policy = desk.policy(keep_dump=True)
        for form in ("yaml", "json"):
            self.assertEqual(desk.policy(policy.dump(form)).fingerprint, policy.fingerprint)
        self.assertTrue(policy.dump("json").startswith("{"))
        self.assertTrue(policy.dump().startswith("sla: 1\n"))
        with self.assertRaisesRegex(libsla.ArgumentError, "xml"):
            policy.dump("xml")
        with self.assertRaisesRegex(libsla.NotFoundError, "keep_dump=True"):
            desk.policy().dump()

    def test_limits_are_limits(self):
        with self.assertRaises(libsla.PolicyError):
            desk.policy(max_bytes=100)
        with self.assertRaises(libsla.PolicyError):
            desk.policy(max_nodes=10)
        for limit in ({"max_depth": -1}, {"max_diags": 2 ** 32}, {"max_bytes": 2 ** 64}):
            with self.assertRaises(ValueError):
                desk.policy(**limit)

    def test_policies_and_calendars_are_not_made_by_hand(self):
        with self.assertRaisesRegex(TypeError, r"Policy.load\(path\) or Policy.compile\(text\)"):
            libsla.Policy("policy.yaml")
        with self.assertRaisesRegex(TypeError, r'policy.calendar\("office"\)'):
            libsla.Calendar("office")

    def test_it_says_what_it_is(self):
        self.assertEqual(repr(desk.policy()),
                         "<libsla.Policy 'Desk', calendars: office, night, shanghai>")


class Loaded(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name, "政策.yaml")

    def test_a_file_may_be_named_by_a_text_or_a_path(self):
        self.path.write_text(desk.TEXT, encoding="utf-8")
        for path in (self.path, str(self.path), os.fsencode(self.path)):
            self.assertEqual(libsla.Policy.load(path).fingerprint, desk.policy().fingerprint)

    def test_a_file_that_is_not_there_is_a_file_not_found_error(self):
        with self.assertRaises(FileNotFoundError) as caught:
            libsla.Policy.load(self.path)
        self.assertEqual(caught.exception.filename, str(self.path))
        self.assertIsInstance(caught.exception, libsla.NotFoundError)
        self.assertIn(repr(str(self.path)), str(caught.exception))
        self.assertEqual(caught.exception.name, "SLA_ERROR_NOT_FOUND")

    def test_what_is_no_file_is_refused(self):
        with self.assertRaises(IsADirectoryError):
            libsla.Policy.load(self.folder.name)
        with self.assertRaises(ValueError):
            libsla.Policy.load("a\0b")
        with self.assertRaises(TypeError):
            libsla.Policy.load(5)

    def test_diagnostics_name_the_file(self):
        self.path.write_text("sla: 2\n")
        with self.assertRaises(libsla.PolicyError) as caught:
            libsla.Policy.load(self.path)
        self.assertEqual(caught.exception.diagnostics[0].file, str(self.path))

    def test_included_files_are_found_beside_it(self):
        self.path.write_text(INCLUDING)
        holidays = self.path.parent / "holidays"
        holidays.mkdir()
        (holidays / "ours.yaml").write_text(INCLUDED)
        closed = berlin(2026, 11, 20, 10)
        self.assertFalse(libsla.Policy.load(self.path).calendar("office").is_open(closed))
        # of a text, beside the file that it says it is
        office = desk.policy(INCLUDING, file_name=str(self.path)).calendar("office")
        self.assertFalse(office.is_open(closed))

    def test_an_included_file_that_is_not_there_is_a_fault_of_the_policy(self):
        self.path.write_text(INCLUDING)
        with self.assertRaises(libsla.PolicyError) as caught:
            libsla.Policy.load(self.path)
        self.assertEqual(caught.exception.diagnostics[0].line, 2)


class Closed(unittest.TestCase):
    def test_a_closed_policy_and_its_calendars_say_so(self):
        policy = desk.policy()
        office = policy.calendar("office")
        with policy:
            self.assertFalse(policy.closed)
        self.assertTrue(policy.closed)
        at = berlin(2026, 11, 20)
        for use in (lambda: policy.metrics, lambda: policy.fingerprint, lambda: policy.goals,
                    lambda: policy.tests, lambda: policy.calendars, lambda: policy.zone,
                    lambda: policy.calendar("office"), lambda: policy.classify(at=at),
                    lambda: policy.dump(), policy.__enter__,
                    lambda: office.add(at, "1h"), lambda: office.add(5, 5),
                    lambda: office.elapsed(at, at), lambda: office.is_open(at),
                    lambda: office.is_open(5), lambda: office.next_open(at),
                    lambda: office.due(at, "1wd"), lambda: office.is_provisional(at),
                    lambda: office.is_workday(at.date()), lambda: office.day(at.date()),
                    lambda: office.parse("2026-01-01"), lambda: office.format(at)):
            with self.assertRaisesRegex(libsla.ClosedError, "closed"):
                use()
        policy.close()  # once more does nothing
        self.assertEqual(repr(policy), "<libsla.Policy, closed>")

    def test_a_calendar_keeps_what_it_needs_of_its_policy(self):
        office = desk.policy().calendar("office")
        self.assertEqual(office.add(berlin(2026, 11, 20, 16), "30m"), berlin(2026, 11, 20, 16, 30))

    def test_threads_share_a_policy_while_others_close_theirs(self):
        policy = desk.policy()
        office, wrong = policy.calendar("office"), []
        begin = berlin(2026, 1, 1)
        wanted = [office.add(int(begin.timestamp()) + day * 86400, 3600) for day in range(300)]

        def ask():
            for _ in range(10):
                own = desk.policy()
                for day in range(300):
                    seconds = int(begin.timestamp()) + day * 86400
                    if office.add(seconds, 3600) != wanted[day]:
                        wrong.append(day)
                    office.elapsed(begin, begin + timedelta(days=day))
                own.close()

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    tap_unittest.main()
