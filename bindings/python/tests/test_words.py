# SPDX-License-Identifier: MIT
"""The words of the language as enums."""

import pickle
import unittest

import tap_unittest

import libsla
from libsla import words
from libsla._native.library import lib

TABLES = (
    words.KINDS, words.STATES, words.EVENT_TYPES, words.DAY_KINDS, words.UNITS, words.DUES,
    words.PERIODS, words.GOAL_VERDICTS, words.CHANGES, words.MISMATCH_KINDS, words.FILE_KINDS)


class Words(unittest.TestCase):
    def test_a_word_is_its_text(self):
        self.assertEqual(libsla.EventType.BREACH, "breach")
        self.assertEqual(str(libsla.EventType.BREACH), "breach")
        self.assertEqual(f"{libsla.EventType.BREACH:>8}", "  breach")
        self.assertEqual("%s" % libsla.Kind.UC, "uc")
        self.assertIs(libsla.State("met"), libsla.State.MET)
        self.assertEqual({"breach": 1}[libsla.EventType.BREACH], 1)

    def test_every_word_knows_its_number(self):
        for table in TABLES:
            for number, word in table.items():
                self.assertEqual(word.number, number)
            kind = type(next(iter(table.values())))
            self.assertEqual(list(table.values()), list(kind))

    def test_kinds_and_event_types_are_those_of_the_library(self):
        for kind in libsla.Kind:
            self.assertEqual(lib.kind_name(kind.number).decode(), kind)
        for event in libsla.EventType:
            self.assertEqual(lib.event_type_name(event.number).decode(), event)
        # and there are no more
        self.assertIsNone(lib.kind_name(len(libsla.Kind)))
        self.assertIsNone(lib.event_type_name(len(libsla.EventType) + 1))

    def test_a_word_that_there_is_not_is_told_those_there_are(self):
        with self.assertRaisesRegex(ValueError, "'slo' is no Kind: there are sla, ola, uc"):
            libsla.Kind("slo")

    def test_words_can_be_pickled(self):
        self.assertIs(pickle.loads(pickle.dumps(libsla.State.MET)), libsla.State.MET)


if __name__ == "__main__":
    tap_unittest.main()
