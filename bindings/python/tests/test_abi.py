#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the package believes of the C library is what the installed headers say, to the last byte.

A wrong offset or type in a ctypes layer is no error message but a wrong answer or a crash.
"""

import ctypes
import importlib
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import tap_unittest
from c_headers import Headers

from libsla import errors, words
from libsla._native import constants, prototypes, structs
from libsla._native.library import lib

SIGNED, UNSIGNED = "bhilq", "BHILQ"
SCALARS = {ctypes.c_uint64: "uint64_t", ctypes.c_int64: "int64_t", ctypes.c_uint32: "uint32_t",
           ctypes.c_int32: "int32_t", ctypes.c_uint8: "uint8_t"}
# Numbers that stand among those of an enum, but are flags, counts or rates.
NO_WORDS = {"CLOCK_BREACHED", "CLOCK_IN_GRACE", "CLOCK_PROVISIONAL", "CLOCK_PINNED",
            "EVENT_TYPE_COUNT", "EVENT_LATE", "EVENT_IN_GRACE", "EVENT_PROVISIONAL", "GOAL_WHOLE"}


def install_headers(folder):
    """Where `meson install` puts them."""
    subprocess.run(["meson", "install", "-C", os.environ["SLA_BUILD"], "--no-rebuild", "--quiet",
                    "--destdir", folder, "--tags", "devel"], check=True,
                   stdout=subprocess.DEVNULL)
    (found,) = pathlib.Path(folder).rglob("include/sla")
    return found.parent


def python_structs():
    """C name -> class; the first word of a class's docstring is its C name."""
    folder = pathlib.Path(structs.__file__).parent
    return {kind.__doc__.split()[0]: kind
            for path in folder.glob("structs*.py")
            for kind in vars(importlib.import_module(f"libsla._native.{path.stem}")).values()
            if isinstance(kind, type) and issubclass(kind, ctypes.Structure)
            and kind is not ctypes.Structure}


def python_kind(kind):
    """As c_headers.py has it: i, u, p, s."""
    if issubclass(kind, ctypes.Structure):
        return "s"
    if issubclass(kind, ctypes.Array):
        return "p"  # what C makes of an array's name
    if kind._type_ in SIGNED:
        return "i"
    return "u" if kind._type_ in UNSIGNED else "p"


def python_numbers():
    return {f"SLA_{name}": value for name, value in vars(constants).items()
            if re.match(r"[A-Z]", name) and isinstance(value, int)}


def prefixes(word):
    """What stands before a word in the names of its number: {"KIND_"} for Kind.SLA."""
    return {name[:-len(word.name)] for name, value in vars(constants).items()
            if name.endswith("_" + word.name) and value == word.number}


class Abi(unittest.TestCase):
    """Compares with one set of answers of the compiler."""

    def assert_same(self, headers, package):
        """Two dictionaries; only what differs is shown: name -> (headers, package)."""
        self.assertEqual({name: (headers.get(name), package.get(name))
                          for name in sorted(set(headers) | set(package))
                          if headers.get(name) != package.get(name)}, {})

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            headers = Headers(install_headers(folder), os.environ["CC"].split())
            cls.functions = {function.name: function for function in headers.functions()}
            cls.structs = headers.structs
            cls.numbers = headers.numbers()
            cls.said = headers.answers(list(cls.questions()))

    @classmethod
    def questions(cls):
        """Statements of the C program."""
        for struct, fields in cls.structs.items():
            yield f'printf("struct {struct} %zu\\n", sizeof({struct}))'
            yield from (f"FIELD({struct}, {field})" for field in fields)
        for struct, kind in python_structs().items():
            for field, of in kind._fields_:
                if issubclass(of, ctypes.Array):
                    yield f"ARRAY({struct}, {field}, {SCALARS[of._type_]}[{of._length_}])"
        yield from (f"NUMBER({name})" for name in cls.numbers)
        for function in cls.functions.values():
            yield f"PROTOTYPE({function.name}, {function.pointer()})"
            types = [function.result, *function.arguments]
            for index, of in enumerate(types):
                if of != "void":
                    yield f'TYPE("{function.name} {index}", {of})'

    def told(self, word):
        return [words[1:] for words in self.said if words[0] == word]

    def test_the_headers_were_read(self):
        self.assertGreater(len(self.structs), 25)
        self.assertGreater(len(self.functions), 100)
        self.assertGreater(len(self.numbers), 130)

    def test_structs_are_the_same(self):
        ours = {name: ctypes.sizeof(kind) for name, kind in python_structs().items()}
        self.assert_same({name: int(size) for name, size in self.told("struct")}, ours)

    def test_fields_are_at_the_same_place_and_of_the_same_kind(self):
        ours = {}
        for struct, kind in python_structs().items():
            for name, of in kind._fields_:
                field = getattr(kind, name)
                ours[f"{struct}.{name}"] = (field.offset, field.size, python_kind(of))
        theirs = {name: (int(offset), int(size), kind)
                  for name, offset, size, kind in self.told("field")}
        self.assert_same(theirs, ours)
        self.assertEqual(self.told("wrong"), [])

    def test_structs_inside_structs_are_texts(self):
        for struct, kind in python_structs().items():
            for name, of in kind._fields_:
                if issubclass(of, ctypes.Structure):
                    self.assertIs(of, structs.Text, f"{struct}.{name}")

    def test_numbers_are_the_same(self):
        self.assert_same({name: int(value) for name, value in self.told("number")},
                         python_numbers())

    def test_functions_are_the_same(self):
        self.assertEqual(sorted(self.functions), sorted(prototypes.PROTOTYPES))

    def test_functions_take_and_return_the_same(self):
        theirs = {name: [None] + [None] * len(function.arguments)
                  for name, function in self.functions.items()}
        for name, index, size, kind, is_text in self.told("type"):
            # Only a text that is returned is made bytes of by ctypes.
            text = int(index) == 0 and is_text == "1"
            theirs[name][int(index)] = (int(size), kind, text)
        ours = {}
        for name, (result, arguments) in prototypes.PROTOTYPES.items():
            ours[name] = [of and (ctypes.sizeof(of), python_kind(of), of is ctypes.c_char_p)
                          for of in [result, *arguments]]
        self.assert_same(theirs, ours)

    def test_slow_functions_are_functions(self):
        self.assertEqual(prototypes.SLOW - set(self.functions), set())


class Words(unittest.TestCase):
    """Enums and exceptions leave out no number of the C library."""

    def test_enums_have_all_numbers_of_their_kind_under_the_same_names(self):
        enums = [kind for kind in vars(words).values() if isinstance(kind, type)
                 and issubclass(kind, words.Word) and kind is not words.Word]
        self.assertGreater(len(enums), 10)
        for kind in enums:
            with self.subTest(kind.__name__):
                (prefix,) = set.intersection(*(prefixes(word) for word in kind))
                numbers = {name[len(prefix):]: value for name, value in vars(constants).items()
                           if name.startswith(prefix) and name not in NO_WORDS}
                self.assertEqual({word.name: word.number for word in kind}, numbers)

    def test_event_types_and_kinds_are_called_as_the_library_calls_them(self):
        for word in words.EventType:
            self.assertEqual(lib.event_type_name(word.number).decode(), word)
        for word in words.Kind:
            self.assertEqual(lib.kind_name(word.number).decode(), word)

    def test_every_error_has_its_exception(self):
        for name, status in vars(constants).items():
            if name.startswith("ERROR_"):
                error = errors.error(status)
                self.assertIsNot(type(error), errors.SlaError, name)
                self.assertEqual(error.name, f"SLA_{name}")


tap_unittest.main()
