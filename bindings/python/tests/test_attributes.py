# SPDX-License-Identifier: MIT
"""Attributes: which text each of Python's values is."""

import enum
import unittest
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import desk
import tap_unittest
from desk import berlin

import libsla
from libsla.attributes import AttributeArray, text_of


class Impact(enum.Enum):
    OUTAGE = "outage"
    LEVEL = 3


class Word(str, enum.Enum):
    OUTAGE = "outage"


class Level(enum.IntEnum):
    HIGH = 3


class Shouting(str):
    def __str__(self):
        return self.upper()


class Whole:
    def __index__(self):
        return 7


class Attributes(unittest.TestCase):
    def test_each_value_has_its_text(self):
        for value, text in (("outage", "outage"), ("", ""), ("硬件", "硬件"), (True, "true"),
                            (False, "false"), (3, "3"), (-10 ** 30, "-1" + "0" * 30),
                            (1.5, "1.5"), (-0.0, "-0.0"), (1e300, "1e+300"), (Whole(), "7"),
                            (Impact.OUTAGE, "outage"), (Impact.LEVEL, "3"),
                            (Word.OUTAGE, "outage"), (Level.HIGH, "3"),
                            (Shouting("outage"), "outage"), (date(2026, 1, 2), "2026-01-02")):
            self.assertEqual(text_of("a", value), text)

    def test_an_aware_datetime_is_rfc_3339_to_the_second(self):
        at = berlin(2026, 11, 20, 17, 50, 3, 999999)
        self.assertEqual(text_of("visit_at", at), "2026-11-20T17:50:03+01:00")
        # RFC 3339 has no offsets with seconds
        odd = datetime(2026, 1, 1, tzinfo=timezone(timedelta(seconds=-2670)))
        self.assertEqual(text_of("visit_at", odd), "2026-01-01T00:44:30+00:00")

    def test_what_policies_cannot_compare_is_refused_by_name(self):
        for value, hint in ((float("nan"), "nan"), (float("inf"), "inf"), ([], "list"),
                            (b"outage", "bytes"), (Decimal(1), "Decimal"), (object(), "object")):
            with self.assertRaisesRegex(TypeError, f"attribute impact .*{hint}"):
                text_of("impact", value)
        with self.assertRaisesRegex(libsla.NaiveTimeError, "attribute visit_at has no zone"):
            text_of("visit_at", datetime(2026, 1, 1))

    def test_none_is_absent_or_takes_away(self):
        self.assertEqual(AttributeArray({"a": None, "b": 1}).count, 1)
        self.assertIsNone(AttributeArray({"a": None}).address)
        self.assertIsNone(AttributeArray(None).address)
        removing = AttributeArray({"a": None, "b": 1}, removing=True)
        self.assertEqual([item.flags for item in removing.array], [1, 0])

    def test_names_that_are_no_keyword_go_through_the_mapping(self):
        policy = desk.policy("sla: 1\nseverities: [bad, good]\nclassify: {severity: [\n"
                             "{when: {is broken: true, from: outside}, is: bad}, {is: good}]}\n"
                             "targets: [{resolution: 1h}]\ncalendar: 24x7\n")
        found = policy.classify({"is broken": True, "from": "outside"}, at=5)
        self.assertEqual(found.severity, "bad")
        self.assertEqual(policy.classify(attributes={"is broken": True}, at=5).severity, "good")

    def test_an_attribute_is_not_given_twice(self):
        with self.assertRaisesRegex(TypeError, "impact is given twice"):
            AttributeArray({"impact": 1}, {"impact": 2})

    def test_names_are_texts(self):
        with self.assertRaisesRegex(TypeError, "not int"):
            AttributeArray({1: "a"})
        for call in (desk.policy().classify, lambda given, at: libsla.Engine(desk.policy()).update(
                "A", at, attributes=given)):
            with self.assertRaisesRegex(libsla.ArgumentError, "an attribute has no name"):
                call({"": 1}, at=5)

    def test_half_of_a_character_is_refused_by_name(self):
        for given, words in (({"impact": "\ud800"}, "attribute impact is no text"),
                             ({"im\udc00": 1}, "an attribute's name is no text")):
            with self.assertRaisesRegex(ValueError, words):
                AttributeArray(given)
            with self.assertRaisesRegex(ValueError, words):
                libsla.Engine(desk.policy()).update("A", 5, attributes=given)

    def test_the_booleans_of_numpy_are_booleans(self):
        class Type:
            kind = "b"

        class Bool:
            dtype, shape = Type, ()

            def __init__(self, value):
                self.value = value

            def __bool__(self):
                return self.value

        self.assertEqual([text_of("a", Bool(value)) for value in (True, False)], ["true", "false"])
        Bool.shape = (1,)
        with self.assertRaisesRegex(TypeError, "attribute a is of type Bool"):
            text_of("a", Bool(True))

    def test_values_are_not_cut_at_a_nul(self):
        policy = desk.policy()
        self.assertEqual(policy.classify(impact="outage", at=5).severity, "urgent")
        self.assertEqual(policy.classify(impact="outage\0", at=5).severity, "normal")


if __name__ == "__main__":
    tap_unittest.main()
