# SPDX-License-Identifier: MIT
"""A loader: files of a policy from somewhere else than the file system."""

import os
import unittest
import zoneinfo
from datetime import datetime

import desk
import tap_unittest

import libsla
from libsla import FileKind

ZONES = zoneinfo.TZPATH[0]
TEXT = """sla: 1
timezone: Moon/Base
include: [holidays/ours.yaml]
calendar: office
calendars: {office: {hours: {mon-fri: "09:00-17:00"}, holidays: [ours]}}
targets: [{resolution: 1h}]
"""
INCLUDED = "sla: 1\nholidays: {ours: {closed: [{date: 2026-11-20, name: 月球}]}}\n"


def zone_file(name):
    with open(os.path.join(ZONES, *name.split("/")), "rb") as file:
        return file.read()


class Loader(unittest.TestCase):
    def setUp(self):
        self.files = {(FileKind.INCLUDE, "holidays/ours.yaml"): INCLUDED.encode(),
                      (FileKind.ZONE, "Moon/Base"): zone_file("Asia/Tokyo"),
                      (FileKind.POLICY, "moon"): TEXT.encode()}
        self.asked = []

    def load(self, kind, name):
        self.asked.append((kind, name))
        return self.files.get((kind, name))

    def test_files_come_from_the_loader_by_kind_and_name(self):
        policy = libsla.Policy.load("moon", loader=self.load)
        self.assertEqual(set(self.asked), set(self.files))
        office = policy.calendar("office")
        self.assertFalse(office.is_open(office.parse("2026-11-20T10:00")))
        self.assertEqual(office.day(datetime(2026, 11, 20).date()).name, "月球")
        # the zone is the one that was given, here and in C
        self.assertEqual(office.zone.key, "Moon/Base")
        self.assertEqual(office.format(0), "1970-01-01T09:00:00+09:00")
        self.assertEqual(office.parse("2026-01-01").isoformat(), "2026-01-01T00:00:00+09:00")

    def test_kinds_are_words(self):
        kinds = []
        libsla.Policy.load("moon", loader=lambda kind, name: kinds.append(str(kind)) or
                           self.load(kind, name))
        self.assertEqual(set(kinds), {"policy", "include", "zone"})

    def test_a_file_may_be_a_text_or_anything_that_is_bytes(self):
        self.files[FileKind.INCLUDE, "holidays/ours.yaml"] = INCLUDED
        self.files[FileKind.ZONE, "Moon/Base"] = memoryview(zone_file("Asia/Tokyo"))
        self.files[FileKind.POLICY, "moon"] = bytearray(TEXT.encode())
        libsla.Policy.load("moon", loader=self.load)

    def test_an_empty_file_is_a_file(self):
        self.files[FileKind.INCLUDE, "holidays/ours.yaml"] = b""
        with self.assertRaises(libsla.PolicyError):  # that has no list "ours"
            libsla.Policy.load("moon", loader=self.load)

    def test_none_is_a_file_that_is_not_there(self):
        del self.files[FileKind.INCLUDE, "holidays/ours.yaml"]
        with self.assertRaisesRegex(libsla.PolicyError, "holidays/ours.yaml"):
            libsla.Policy.load("moon", loader=self.load)
        with self.assertRaises(FileNotFoundError):
            libsla.Policy.load("mars", loader=self.load)

    def test_zones_that_the_loader_does_not_have_come_from_the_folder(self):
        policy = desk.policy(loader=lambda kind, name: None)
        self.assertEqual(policy.calendar("shanghai").zone, zoneinfo.ZoneInfo("Asia/Shanghai"))

    def test_what_the_loader_raises_comes_out_of_the_call(self):
        for kind in (ValueError("mine"), KeyboardInterrupt(), SystemExit(3)):
            def fail(*_, error=kind):
                raise error
            with self.assertRaises(type(kind)) as caught:
                libsla.Policy.load("moon", loader=fail)
            self.assertIs(caught.exception, kind)

    def test_what_is_no_file_is_a_type_error(self):
        with self.assertRaises(TypeError):
            libsla.Policy.load("moon", loader=lambda kind, name: 3.5)
        with self.assertRaises(TypeError):
            desk.policy(loader="files")

    def test_a_loader_may_compile_policies_itself(self):
        inner = []

        def load(kind, name):
            inner.append(desk.policy())
            return self.load(kind, name)

        libsla.Policy.load("moon", loader=load)
        self.assertEqual(inner[0].name, "Desk")


if __name__ == "__main__":
    tap_unittest.main()
