# SPDX-License-Identifier: MIT
"""The Arrow C data interface without any package that has it: structs of our own go in, and what
comes out is read as its specification says."""

import array
import ctypes
import gc
import subprocess
import sys
import textwrap
import threading
import unittest
from ctypes import addressof, c_char_p, c_void_p, py_object, pythonapi

import libsla
import tap_unittest
from column_case import ColumnCase, scalar, some_instants
from libsla import arrow, lend
from libsla.arrow import ArrowArray, ArrowSchema, ArrowStream

new_capsule = pythonapi["PyCapsule_New"]
new_capsule.restype, new_capsule.argtypes = py_object, [c_void_p, c_char_p, c_void_p]
pointer_of = pythonapi["PyCapsule_GetPointer"]
pointer_of.restype, pointer_of.argtypes = c_void_p, [py_object, c_char_p]
Release = ctypes.CFUNCTYPE(None, c_void_p)
Get = ctypes.CFUNCTYPE(ctypes.c_int, c_void_p, c_void_p)
LastError = ctypes.CFUNCTYPE(c_void_p, c_void_p)


class Exporter:
    """Gives int64 or timestamps as Arrow does, in chunks, and counts what comes back."""

    def __init__(self, chunks, form=b"l", offset=0, fails_at=None):
        self.form, self.offset, self.fails_at = form, offset, fails_at
        self.chunks = [array.array("q", [7] * offset + [at or 0 for at in rows]) for rows in chunks]
        self.bits = [self.bits_of([True] * offset + [at is not None for at in rows])
                     for rows in chunks]
        self.out = self.back = 0
        self.kept = []
        self.releases = {kind: self.releaser(kind)
                         for kind in (ArrowSchema, ArrowArray, ArrowStream)}
        self.functions = [Get(self.get_schema), Get(self.get_next), LastError(self.last_error)]
        self.message = ctypes.create_string_buffer(b"the cable was pulled")

    @staticmethod
    def bits_of(flags):
        text = "".join("01"[flag] for flag in reversed(flags)) or "0"
        return array.array("B", int(text, 2).to_bytes(len(flags) // 8 + 1, "little"))

    def releaser(self, kind):
        def release(address):
            self.back += 1
            kind.from_address(address).release = None
        return Release(release)

    def give(self, struct):
        struct.release = ctypes.cast(self.releases[type(struct)], c_void_p).value
        self.out += 1
        return struct

    def schema(self):
        return self.give(ArrowSchema(format=self.form, name=b"", flags=2))

    def array(self, place):
        rows = len(self.chunks[place]) - self.offset
        buffers = (c_void_p * 2)(self.bits[place].buffer_info()[0],
                                 self.chunks[place].buffer_info()[0])
        self.kept.append(buffers)
        return self.give(ArrowArray(length=rows, null_count=-1, offset=self.offset, n_buffers=2,
                                    buffers=ctypes.cast(buffers, ctypes.POINTER(c_void_p))))

    def get_schema(self, stream, out):
        found = self.schema()
        ctypes.memmove(out, addressof(found), ctypes.sizeof(ArrowSchema))
        return 0

    def get_next(self, stream, out):
        place = self.at
        self.at += 1
        if place == self.fails_at:
            return 5
        found = self.array(place) if place < len(self.chunks) else ArrowArray()
        ctypes.memmove(out, addressof(found), ctypes.sizeof(ArrowArray))
        return 0

    def last_error(self, stream):
        return addressof(self.message)

    def capsule(self, struct, name):
        self.kept.append(struct)
        return new_capsule(addressof(struct), name, None)


class OneArray(Exporter):
    def __arrow_c_array__(self, requested_schema=None):
        return (self.capsule(self.schema(), b"arrow_schema"),
                self.capsule(self.array(0), b"arrow_array"))


class Stream(Exporter):
    def __arrow_c_stream__(self, requested_schema=None):
        self.at = 0
        functions = [ctypes.cast(one, c_void_p).value for one in self.functions]
        return self.capsule(self.give(ArrowStream(*functions)), b"arrow_array_stream")


class GoingIn(ColumnCase):
    def test_an_array_with_nulls_is_read_and_given_back_once(self):
        rows = some_instants(50)
        rows[3] = rows[17] = None
        for offset in 0, 1, 13:
            given = OneArray([rows], offset=offset)
            self.assert_rows(self.office.add_many(given, "5h"),
                             [scalar(self.office.add, at, None if at is None else "5h")
                              for at in rows])
            self.assertEqual((given.out, given.back), (2, 2))

    def test_a_stream_is_read_chunk_by_chunk(self):
        rows = some_instants(100)
        rows[40] = None
        chunks = [rows[:7], [], rows[7:9], rows[9:73], rows[73:]]
        given, counted = Stream(chunks), Stream([list(range(50)), list(range(50, 100))])
        self.assert_rows(self.office.add_many(given, counted),
                         [scalar(self.office.add, *pair) for pair in zip(rows, range(100))])
        self.assertEqual((given.out, given.back), (7, 7))
        self.assertEqual((counted.out, counted.back), (4, 4))

    def test_timestamps_keep_their_unit_and_zone(self):
        rows = some_instants(5)
        given = OneArray([[at * 1000 + 999 for at in rows]], b"tsm:Asia/Tokyo")
        result = self.office.add_many(given, "5h")
        self.assertEqual(result.type, "tsm:Asia/Tokyo")
        self.assertEqual(list(result.values),
                         [self.office.add(at, "5h") * 1000 for at in rows])
        self.assertEqual(result[0].tzinfo.key, "Asia/Tokyo")

    def test_what_is_refused_is_given_back(self):
        for form, part in ((b"g", "float64; cast it"), (b"u", "not text"), (b"tdD", "a date has"),
                           (b"tsu:", "have no zone"), (b"L", "uint64"), (b"tDs", "Arrow format")):
            given = OneArray([[1, 2]], form)
            with self.assertRaises(TypeError) as caught:
                self.office.add_many(given, "5h")
            self.assertIn("start: ", str(caught.exception))
            self.assertIn(part, str(caught.exception))
            self.assertEqual((given.out, given.back), (2, 2))

    def test_a_stream_that_fails_says_why_and_is_given_back(self):
        given = Stream([some_instants(5), some_instants(5)], fails_at=1)
        with self.assertRaisesRegex(ValueError, "start: .*the cable was pulled"):
            self.office.add_many(given, "5h")
        self.assertEqual((given.out, given.back), (3, 3))

    def test_a_struct_that_was_taken_already(self):
        class Twice(OneArray):
            def __arrow_c_array__(self, requested_schema=None):
                self.pair = getattr(self, "pair", None) or super().__arrow_c_array__()
                return self.pair
        given = Twice([some_instants(5)])
        self.office.add_many(given, "5h")
        with self.assertRaisesRegex(ValueError, "start: .*taken already"):
            self.office.add_many(given, "5h")


def taken(kind, capsule, name):
    """The struct moved out of a capsule, as a consumer does."""
    there = kind.from_address(pointer_of(capsule, name))
    ours = kind.from_buffer_copy(there)
    there.release = None
    return ours


def give_back(struct):
    Release(struct.release)(addressof(struct))


class ComingOut(ColumnCase):
    def setUp(self):
        gc.collect()
        lend.sweep()
        self.before = lend.lent()
        self.result = self.office.add_many(array.array("q", some_instants(20)), 60)
        self.rows = list(self.result)

    def read(self, one):
        return list((ctypes.c_int64 * one.length).from_address(one.buffers[1]))

    def test_the_memory_is_that_of_the_column(self):
        schema, one = self.result.__arrow_c_array__()
        kind = taken(ArrowSchema, schema, b"arrow_schema")
        ours = taken(ArrowArray, one, b"arrow_array")
        self.assertEqual((kind.format, kind.name, kind.flags), (b"l", b"", 2))
        self.assertEqual((ours.length, ours.null_count, ours.offset, ours.n_buffers), (20, 0, 0, 2))
        self.assertEqual(ours.buffers[1], self.result.__array_interface__["data"][0])
        self.assertEqual(ours.buffers[1] % 64, 0)
        self.assertIsNone(ours.buffers[0])
        give_back(kind)
        give_back(ours)
        self.assertIsNone(ours.release)

    def test_memory_lives_until_it_is_given_back(self):
        _, capsule = self.result.__arrow_c_array__()
        ours = taken(ArrowArray, capsule, b"arrow_array")
        del capsule
        self.result = None
        gc.collect()
        junk = [self.office.add_many([1], n) for n in range(100)]  # would be put in its place
        self.assertEqual(self.read(ours), self.rows)
        thread = threading.Thread(target=give_back, args=(ours,))
        thread.start()
        thread.join()
        self.assertIsNone(ours.release)
        del junk

    def test_capsules_that_nobody_took_are_let_go(self):
        for _ in range(50):
            self.result.__arrow_c_array__()
            self.result.__arrow_c_stream__()
            self.result.__arrow_c_schema__()
        lend.sweep()
        self.assertEqual(lend.lent(), self.before)
        kept = self.result.__arrow_c_stream__()
        lend.sweep()
        self.assertEqual(lend.lent(), self.before + 1)
        del kept
        self.result = None  # the end of a column looks after them, too
        self.assertEqual(lend.lent(), self.before)

    def test_a_stream_gives_the_array_once(self):
        stream = taken(ArrowStream, self.result.__arrow_c_stream__(), b"arrow_array_stream")
        self.result = None
        kinds = [ArrowSchema(), ArrowSchema()]
        for kind in kinds:
            self.assertEqual(Get(stream.get_schema)(addressof(stream), addressof(kind)), 0)
            self.assertEqual(kind.format, b"l")
        one, none = ArrowArray(), ArrowArray()
        for out in one, none:
            self.assertEqual(Get(stream.get_next)(addressof(stream), addressof(out)), 0)
        self.assertIsNone(none.release)
        give_back(stream)
        self.assertEqual(self.read(one), self.rows)
        for struct in kinds + [one]:
            give_back(struct)

    def test_nulls_have_a_bit(self):
        result = self.office.add_many([1_767_603_600, None, 1_767_603_600, -1] * 5, 60)
        ours = taken(ArrowArray, result.__arrow_c_array__()[1], b"arrow_array")
        self.assertEqual(ours.null_count, 10)
        bits = (ctypes.c_uint8 * 3).from_address(ours.buffers[0])
        self.assertEqual(list(bits), [0b01010101, 0b01010101, 0b0101])
        give_back(ours)

    def test_our_own_columns_go_in_again(self):
        again = self.office.elapsed_many(self.result, self.result)
        self.assertEqual(list(again), [0] * 20)
        self.assertIsNotNone(self.result.__arrow_c_array__(None))

    def test_it_can_be_given_back_after_the_interpreter(self):
        """A consumer that has a static variable, as C libraries do, gives back at the exit of the
        process: here libc's atexit() calls the array's own release."""
        program = textwrap.dedent("""\
            import array, ctypes, libsla, sys
            from libsla.arrow import ArrowArray
            policy = libsla.Policy.compile("sla: 1\\n")
            result = policy.calendar("24x7").add_many(array.array("q", [5]), 60)
            get = ctypes.pythonapi["PyCapsule_GetPointer"]
            get.restype, get.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
            libc = ctypes.CDLL(None)
            for name in ("arrow_array", "arrow_schema"):
                capsule = result.__arrow_c_array__()[name == "arrow_array"]
                address = get(capsule, name.encode())
                libc.malloc.restype = ctypes.c_void_p
                ours = libc.malloc(ctypes.c_size_t(80))
                kind = getattr(libsla.arrow, "Arrow" + name[6:].capitalize())
                ctypes.memmove(ours, address, ctypes.sizeof(kind))
                release = kind.from_address(ours).release
                kind.from_address(address).release = None
                done = libc.__cxa_atexit(ctypes.c_void_p(release), ctypes.c_void_p(ours), None)
                assert done == 0
            held = [result.__arrow_c_array__(), result.__arrow_c_stream__()]
            sys.modules["held"] = held  # the last to be cleared
            """)
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


tap_unittest.main()
