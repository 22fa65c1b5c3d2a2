#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What instructions.py counts in a dump of callgrind, and when it says that there is too much."""

import contextlib
import io
import pathlib
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import instructions  # noqa: E402
import tap_unittest  # noqa: E402

# libsla takes 30 and 5 itself, the program 7, the C library 100; the 105 and 142 of the calls are
# what callees took.
DUMP = """\
desc: Trigger: Client Request: one
ob=/usr/bin/operations
fn=main
0 7
cob=/usr/lib/libsla.so.0.3.0
cfn=sla_calendar_add
calls=1 0
0 142

ob=/usr/lib/libsla.so.0.3.0
fn=sla_calendar_add
0 30
cob=/usr/lib/libc.so.6
cfn=malloc
calls=3 0
0 105
0 5

ob=/usr/lib/libc.so.6
fn=malloc
0 100

totals: 142
"""


class Instructions(unittest.TestCase):
    def compare(self, own, total, machine="glibc 2.36, avx2"):
        """How many operations are wrong whose baseline is 100 and 200."""
        section = ("glibc 2.36, avx2", {"one": (100.0, 200.0)})
        with contextlib.redirect_stdout(io.StringIO()):
            return instructions.compare({"one": (own, total)}, machine, section, tap=True)

    def test_what_a_callee_took_is_counted_once(self):
        self.assertEqual(instructions.counted(DUMP, "libsla.so"), (35, 142))

    def test_five_percent_more_are_allowed(self):
        self.assertEqual(self.compare(105.0, 210.0), 0)

    def test_more_than_five_percent_fail(self):
        self.assertEqual(self.compare(105.1, 200.0), 1)
        self.assertEqual(self.compare(100.0, 210.1), 1)

    def test_another_c_library_is_not_compared(self):
        self.assertEqual(self.compare(100.0, 400.0, "glibc 2.41, avx2"), 0)
        self.assertEqual(self.compare(105.1, 400.0, "glibc 2.41, avx2"), 1)

    def test_an_operation_that_is_not_counted_any_more_fails(self):
        section = ("here", {"gone": (1.0, 1.0)})
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(instructions.compare({}, "here", section, tap=True), 1)

    def test_a_renewed_section_leaves_the_others_as_they_were(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "instructions.txt")
            sections = {"gcc-12 x86_64": ("a, b", {"one": (1.5, 2.0), "two": (3.0, 4.0)})}
            instructions.write_baseline(path, sections)
            self.assertEqual(instructions.read_baseline(path), sections)
            sections["clang-14 x86_64"] = ("c", {"one": (7.0, 8.0)})
            instructions.write_baseline(path, sections)
            self.assertEqual(instructions.read_baseline(path), sections)

    def test_the_committed_baseline_can_be_read(self):
        path = pathlib.Path(__file__).resolve().parent / "instructions.txt"
        sections = instructions.read_baseline(path)
        self.assertTrue(sections)
        for _, rows in sections.values():
            for own, total in rows.values():
                self.assertLessEqual(own, total)


tap_unittest.main()
