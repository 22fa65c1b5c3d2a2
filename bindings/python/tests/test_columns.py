# SPDX-License-Identifier: MIT
"""Columns of the standard library: arrays, memoryviews, lists, single values. Row by row the
answers are those of the single calls."""

import array
import copy
import ctypes
import gc
import pickle
import random
import sys
import threading
import time
import unittest
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import libsla
import tap_unittest
from column_case import LAST, NONE, START, ColumnCase, scalar, some_instants
from libsla import numbers
from libsla._native.prototypes import SLOW

UTC = timezone.utc


class Interface:
    """An array that shows its memory as numpy's do."""

    def __init__(self, memory, typestr, rows, stride=None, first=0, **more):
        address = memory.buffer_info()[0] + first * memory.itemsize
        self.memory = memory
        self.__array_interface__ = {
            "shape": (rows,), "typestr": typestr, "version": 3, "data": (address, True),
            "strides": None if stride is None else (stride,), **more}


class WhatGoesIn(ColumnCase):
    def setUp(self):
        self.rows = some_instants(100)
        self.expected = [(self.office.add(at, "5h"), 0) for at in self.rows]

    def test_an_array_of_seconds(self):
        self.assert_rows(self.office.add_many(array.array("q", self.rows), "5h"), self.expected)

    def test_an_array_of_four_bytes(self):
        self.assert_rows(self.office.add_many(array.array("i", self.rows), "5h"), self.expected)

    def test_any_step_and_backwards(self):
        memory = array.array("q", [1, 2, 3] * 100)
        memory[1::3] = array.array("q", self.rows)
        view = memoryview(memory)
        self.assert_rows(self.office.add_many(view[1::3], "5h"), self.expected)
        self.assert_rows(self.office.add_many(view[-2::-3], "5h"), self.expected[::-1])

    def test_read_only_memory(self):
        data = array.array("q", self.rows).tobytes()
        self.assert_rows(self.office.add_many(memoryview(data).cast("q"), "5h"), self.expected)

    def test_memory_that_is_not_aligned(self):
        data = b"x" + array.array("q", self.rows).tobytes()
        class Odd:
            __array_interface__ = {"shape": (100,), "typestr": "<i8", "version": 3,
                                   "data": (ctypes.cast(data, ctypes.c_void_p).value + 1, True)}
        self.assert_rows(self.office.add_many(Odd(), "5h"), self.expected)

    def test_array_interface_of_every_unit(self):
        order = "<" if sys.byteorder == "little" else ">"
        for unit, ticks in (("s", 1), ("ms", 10 ** 3), ("us", 10 ** 6), ("ns", 10 ** 9)):
            with self.subTest(unit):
                # what is finer than a second is floored (T2)
                memory = array.array("q", [at * ticks + ticks // 2 for at in self.rows] + [NONE])
                result = self.office.add_many(Interface(memory, f"{order}M8[{unit}]", 101), "5h",
                                              naive="utc")
                self.assertEqual(result.type, f"ts{unit[0]}:")
                self.assertEqual(list(result.values)[:-1],
                                 [at * ticks for at, _ in self.expected])
                self.assertEqual((result.values[100], result.missing, result.status[100]),
                                 (NONE, 1, 6))

    def test_lists_of_datetimes_answer_in_the_calendars_zone(self):
        result = self.office.add_many(
            [datetime.fromtimestamp(at, UTC) for at in self.rows] + [None], "5h")
        berlin = ZoneInfo("Europe/Berlin")
        self.assert_rows(result, [(datetime.fromtimestamp(at, berlin), 0)
                                  for at, _ in self.expected] + [(None, 6)])
        self.assertEqual(result[0].tzinfo.key, "Europe/Berlin")
        self.assertEqual(result.type, "tss:Europe/Berlin")

    def test_lists_of_seconds(self):
        self.assert_rows(self.office.add_many([*self.rows, None], [18000] * 101),
                         [*self.expected, (None, 6)])
        self.assert_rows(self.office.add_many(self.rows, [timedelta(hours=5)] * 100),
                         self.expected)

    def test_a_single_value_stands_for_all_rows(self):
        counted = list(range(-40_000, 40_000, 4_000))
        for start in START + 30_000, datetime.fromtimestamp(START + 30_000, UTC):
            self.assert_rows(self.office.add_many(start, counted),
                             [(self.office.add(start, one), 0) for one in counted])
        rows = self.rows
        self.assert_rows(self.office.elapsed_many(START, rows),
                         [(self.office.elapsed(START, at), 0) for at in rows])
        first = datetime.fromtimestamp(START, UTC)
        self.assertEqual(list(self.office.elapsed_many(first, rows)),
                         [self.office.elapsed(START, at) for at in rows])

    def test_arrays_of_ctypes_which_give_no_strides(self):
        rows = (ctypes.c_int64 * 3)(*self.rows[:3])
        self.assert_rows(self.office.add_many(rows, "5h"), self.expected[:3])

    def test_what_is_no_value_in_a_list_is_missing(self):
        for nothing in (None, float("nan")):
            self.assert_rows(self.office.add_many([START, nothing], 60),
                             [(self.office.add(START, 60), 0), (None, 6)])

    def test_no_rows(self):
        for empty in (array.array("q"), [], memoryview(b"").cast("q")):
            for result in (self.office.add_many(empty, "5h"), self.office.elapsed_many(empty, 5),
                           self.office.due_many(empty, "2wd")):
                self.assert_rows(result, [])

    def test_inputs_are_read_where_they_lie(self):
        memory = array.array("q", self.rows)
        with ExitStack() as stack:
            found = numbers.read(memoryview(memory)[3:], "start", numbers.INSTANT, None, stack)
            self.assertEqual(found.pieces[0].numbers.values, memory.buffer_info()[0] + 24)

    def test_memory_is_held_during_the_call_and_given_back(self):
        memory = array.array("q", self.rows)
        self.office.add_many(memory, "5h")
        memory.append(1)  # a BufferError if it were still held
        with self.assertRaises(TypeError):
            self.office.add_many(memory, object())
        memory.append(2)


class WhatComesOut(ColumnCase):
    def test_elapsed_and_due_are_those_of_single_calls(self):
        starts, ends = some_instants(200, 2), some_instants(200, 3)
        self.assert_rows(self.office.elapsed_many(array.array("q", starts),
                                                  array.array("q", ends)),
                         [(self.office.elapsed(*pair), 0) for pair in zip(starts, ends)])
        for target in ("3wd", "90m", libsla.Target.parse("2wd", due="close", cutoff="15:00")):
            self.assert_rows(self.office.due_many(array.array("q", starts), target),
                             [(self.office.due(at, target), 0) for at in starts])

    def test_rows_with_errors_say_so_and_leave_the_others(self):
        rows = [START, -1, LAST + 1, NONE, LAST, 2 ** 62]
        result = self.office.add_many(array.array("q", rows), 3600)
        expected = [scalar(self.office.add, None if at == NONE else at, 3600) for at in rows]
        self.assertEqual([status for _, status in expected], [0, -3, -3, 6, -3, -3])
        self.assert_rows(result, expected)
        self.assertEqual(result.values[1], NONE)

    def test_values_and_status_are_memory(self):
        rows = some_instants(10)
        result = self.office.add_many(array.array("q", rows), 60)
        self.assertEqual((result.values.format, result.values.readonly), ("q", True))
        self.assertEqual((result.status.values.format, len(result.status)), ("i", 10))
        self.assertEqual(result[2:4], result.to_list()[2:4])
        self.assertEqual(result[-1], result.values[9])
        with self.assertRaises(IndexError):
            result[10]
        self.assertIn("10 rows", repr(result))

    def test_a_copy_is_the_same_and_pickling_says_what_to_do(self):
        result = self.office.add_many(array.array("q", some_instants(10)), 60)
        self.assertIs(copy.copy(result), result)
        self.assertIs(copy.deepcopy(result), result)
        with self.assertRaisesRegex(TypeError, "Result objects cannot be pickled.*lists"):
            pickle.dumps(result)

    @unittest.skipIf(sys.version_info < (3, 12), "classes have no __buffer__ before Python 3.12")
    def test_memoryview_takes_whole_seconds(self):
        result = self.office.add_many(array.array("q", some_instants(10)), 60)
        self.assertEqual(memoryview(result), result.values)

    def test_answers_outlive_everything(self):
        policy = libsla.Policy.compile("sla: 1\ncalendar: office\n"
                                       "calendars: {office: {hours: {mon: '09:00-17:00'}}}\n"
                                       "targets: [{resolution: 1h}]\n")
        result = policy.calendar("office").add_many(array.array("q", [START]), 60)
        values, status = result.values, result.status
        policy.close()
        del result, policy
        gc.collect()
        # 2026-01-05 is the first Monday; 09:01 in UTC, the zone of a policy that names none
        self.assertEqual(list(values), [1_767_603_660])
        self.assertEqual(list(status), [0])

    def test_a_closed_policy_says_so(self):
        policy = libsla.Policy.compile("sla: 1\ntargets: [{calendar: 24x7, resolution: 1h}]\n")
        always = policy.calendar("24x7")
        policy.close()
        with self.assertRaises(libsla.ClosedError):
            always.add_many([START], 60)


class WhatIsRefused(ColumnCase):
    def refused(self, kind, part, call, *arguments, **more):
        with self.assertRaises(kind) as caught:
            call(*arguments, **more)
        self.assertIn(part, str(caught.exception))

    def test_columns_of_other_types(self):
        add = self.office.add_many
        rows = array.array("q", [START])
        for start, part in ((array.array("d", [1.5]), "cast it to int64"),
                            (array.array("Q", [1]), "buffer of format"),
                            (array.array("h", [1]), "instants"), (b"12345678", 'cast("q")'),
                            ("2026-01-05", "not str"), (1.5, "not float"), (None, "not NoneType"),
                            (object(), "object is no column"), ([1.5], "start[0]"),
                            (["x"], "start[0]"),
                            ([START, datetime.now(UTC)], "start[1]"),
                            ([True], "not bool"), (True, "not bool"),
                            (timedelta(1), "not timedelta"),
                            ({1: 2}, "no column")):
            with self.subTest(start=start):
                self.refused(TypeError, "start", add, start, rows)
                self.refused(TypeError, part, add, start, rows)
        self.refused(TypeError, "counted: durations", add, rows, datetime.now(UTC))
        self.refused(TypeError, "counted[0]: durations", add, rows, [datetime.now(UTC)])
        self.refused(libsla.TextError, "no duration", add, rows, "soon")

    def test_naive_timestamps_unless_they_are_said_to_be_utc(self):
        naive = Interface(array.array("q", [START]), "<M8[s]", 1)
        for start in (naive, datetime(2026, 1, 5), [datetime(2026, 1, 5)]):
            self.refused(libsla.NaiveTimeError, "start", self.office.add_many, start, [60])
        self.refused(TypeError, "start[1]: instants are asked for", self.office.add_many,
                     [START, object()], 60)
        self.assertEqual(self.office.add_many([datetime(2026, 1, 5, 8)], "1h", naive="utc")[0],
                         datetime(2026, 1, 5, 9))
        self.refused(ValueError, "naive is 'local'", self.office.add_many, [START], 1,
                     naive="local")

    def test_lengths_that_differ(self):
        self.refused(ValueError, "counted has 3 rows, start has 2", self.office.add_many,
                     [START, START], [1, 2, 3])
        self.refused(TypeError, "no column in start and counted", self.office.add_many, START, 1)
        self.refused(TypeError, "no column in start", self.office.due_many, START, "1wd")

    def test_odd_arrays(self):
        memory = array.array("q", [START] * 4)
        add = self.office.add_many
        other = ">" if sys.byteorder == "little" else "<"
        self.refused(ValueError, "order of other machines", add, Interface(memory, other + "i8", 4),
                     1)
        self.refused(ValueError, "2 dimensions", add, Interface(memory, "<i8", 2, shape=(2, 2)), 1)
        self.refused(ValueError, "2 dimensions", add,
                     memoryview(memory).cast("B").cast("q", (2, 2)), 1)
        self.refused(TypeError, "masked", add, Interface(memory, "<i8", 4, mask=memory), 1)
        self.refused(TypeError, "datetime64[s]", add, Interface(memory, "<M8[D]", 4), 1)
        self.refused(TypeError, "float64", add, Interface(memory, "<f8", 4), 1)

    def test_a_target_that_no_row_can_have(self):
        self.refused(libsla.ArgumentError, "", self.office.due_many, [START], "2d")


class RandomLayouts(ColumnCase):
    def test_random_layouts_answer_as_single_calls(self):
        chance = random.Random(7)
        calendars = list(self.policy.calendars.values())
        for _ in range(150):
            calendar = chance.choice(calendars)
            count = chance.randrange(1, 40)
            starts, start = self.layout(chance, count, 0, LAST)
            counts, counted = self.layout(chance, count, -10 ** 7, 10 ** 7)
            self.assert_rows(calendar.add_many(start, counted),
                             [scalar(calendar.add, *pair) for pair in zip(starts, counts)])
            ends, end = self.layout(chance, count, 0, LAST)
            self.assert_rows(calendar.elapsed_many(start, end),
                             [scalar(calendar.elapsed, *pair) for pair in zip(starts, ends)])

    def layout(self, chance, count, low, high):
        """(whole seconds or None for each row, the same as a column of some form)"""
        rows = [None if chance.random() < 0.1 else chance.randrange(low, high)
                for _ in range(count)]
        form = chance.randrange(4)
        if form == 0:
            return rows, rows
        if form == 1:  # of four bytes; what is missing is the least number of these
            rows = [None if at is None else at % 2 ** 31 for at in rows]
            return rows, array.array("i", [-2 ** 31 if at is None else at for at in rows])
        step = chance.choice([1, 2, 3, -1, -2])
        memory = array.array("q", [0]) * (count * abs(step))
        view = memoryview(memory)[::step][:count]
        for place, at in enumerate(rows):
            view[place] = NONE if at is None else at
        return rows, view


class Threads(ColumnCase):
    def test_other_threads_run_while_the_library_works(self):
        """With a switch interval of minutes another thread runs only if this one lets it."""
        self.assertLessEqual({"sla_calendar_add_columns", "sla_calendar_elapsed_columns",
                              "sla_calendar_due_columns"}, SLOW)
        rows = array.array("q", some_instants(1000)) * 3000
        counter, ended = [0], threading.Event()

        def count():
            while not ended.is_set():
                counter[0] += 1
                time.sleep(0)  # others may go on

        thread = threading.Thread(target=count)
        before = sys.getswitchinterval()
        sys.setswitchinterval(600)
        try:
            thread.start()
            while not counter[0]:
                time.sleep(0.001)
            begun = counter[0]
            self.office.due_many(rows, "3wd")
            during = counter[0] - begun
        finally:
            ended.set()
            sys.setswitchinterval(before)
            thread.join()
        self.assertGreater(during, 100)

    def test_many_threads_share_a_calendar(self):
        rows = array.array("q", some_instants(5000))
        expected = list(self.office.add_many(rows, "5h"))
        found = [None] * 4

        def work(place):
            found[place] = [list(self.office.add_many(rows, "5h")) for _ in range(5)]

        threads = [threading.Thread(target=work, args=(place,)) for place in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(found, [[expected] * 5] * 4)


tap_unittest.main()
