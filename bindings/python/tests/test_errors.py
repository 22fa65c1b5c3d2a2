# SPDX-License-Identifier: MIT
"""Statuses of the C library as exceptions."""

import pickle
import unittest

import tap_unittest

import libsla
from libsla import errors
from libsla._native import constants
from libsla._native.library import lib

STATUSES = {name: value for name, value in vars(constants).items() if name.startswith("ERROR_")}


class Errors(unittest.TestCase):
    def test_every_error_has_a_class_of_its_own(self):
        kinds = {errors.error(status).__class__ for status in STATUSES.values()}
        self.assertEqual(len(kinds), len(STATUSES))
        self.assertNotIn(libsla.SlaError, kinds)
        for name, status in STATUSES.items():
            made = errors.error(status)
            self.assertEqual((made.status, made.name), (status, "SLA_" + name))
            self.assertIsInstance(made, libsla.SlaError)
            self.assertEqual(str(made), lib.status_text(status).decode())

    def test_an_exception_says_what_was_refused(self):
        self.assertEqual(str(errors.error(constants.ERROR_RANGE, "too late")), "too late")
        self.assertEqual(str(errors.error(constants.ERROR_NOT_FOUND, "no clock")), "no clock")

    def test_a_status_of_a_newer_library_is_an_sla_error(self):
        made = errors.error(-99)
        self.assertIs(type(made), libsla.SlaError)
        self.assertEqual(made.status, -99)

    def test_check_raises_only_what_is_negative(self):
        self.assertEqual(errors.check(constants.OK), 0)
        self.assertEqual(errors.check(constants.DUPLICATE), constants.DUPLICATE)
        with self.assertRaises(libsla.BusyError):
            errors.check(constants.ERROR_BUSY)

    def test_exceptions_are_what_programmers_catch(self):
        for kind, usual in ((libsla.RangeError, ValueError), (libsla.ArgumentError, ValueError),
                            (libsla.NotFoundError, KeyError), (libsla.SlaMemoryError, MemoryError),
                            (libsla.TextError, ValueError), (libsla.DataError, ValueError),
                            (libsla.BusyError, RuntimeError), (libsla.ClosedError, ValueError),
                            (libsla.NaiveTimeError, TypeError), (libsla.PolicyError, ValueError),
                            (libsla.PolicyNotFoundError, FileNotFoundError),
                            (libsla.PolicyNotFoundError, libsla.NotFoundError)):
            self.assertTrue(issubclass(kind, usual))

    def test_exceptions_can_be_pickled(self):
        for status in STATUSES.values():
            made = errors.error(status, "so it is")
            again = pickle.loads(pickle.dumps(made))
            self.assertEqual((type(again), str(again), again.status),
                             (type(made), str(made), made.status))


if __name__ == "__main__":
    tap_unittest.main()
