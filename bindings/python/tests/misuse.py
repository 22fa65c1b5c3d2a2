# SPDX-License-Identifier: MIT
"""Calls everything public with everything wrong, and prints what is neither an answer nor an
exception that the package documents. Run by test_misuse.py in a process of its own, since what is
looked for could also end it."""

import array
import datetime
import decimal
import enum
import faulthandler
import fractions
import gc
import inspect
import sys

import libsla

import misuse_calls

UTC = datetime.timezone.utc
NOON = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
POLICY = """
sla: 1
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
severities: [urgent, general]
classify: {severity: [{when: {impact: outage}, is: urgent}, {is: general}]}
targets: [{calendar: office, first_response: 1h, resolution: 2wd}]
goals: [{metrics: [resolution], at_least: 90%, per: month}]
tests: [{name: one, at: 2026-11-20T10:00, expect: {severity: general}}]
"""


class Raising(datetime.tzinfo):
    def utcoffset(self, dt):
        raise ValueError("no offset today")

    dst = tzname = utcoffset


class NoOffset(datetime.tzinfo):
    def utcoffset(self, dt):
        return None

    dst = tzname = utcoffset


class Wrong(datetime.tzinfo):
    def utcoffset(self, dt):
        return 3600

    dst = tzname = utcoffset


class Liar(datetime.datetime):
    """Says nonsense about itself."""

    def timestamp(self):
        return float("nan")


class Colour(enum.Enum):
    RED = object()


class Hostile:
    """Raises whatever is asked of it."""

    def __index__(self):
        raise ValueError("no index")

    __str__ = __len__ = __iter__ = __hash__ = __index__


class Mapping(dict):
    def items(self):
        return [("a", "b", "c")]


class FakeArray:
    __array_interface__ = {"shape": "x", "typestr": 5, "data": None, "version": 3}


class FakeArrow:
    def __arrow_c_schema__(self):
        return 5

    def __arrow_c_array__(self, requested_schema=None):
        return None, "no capsule"

    def __arrow_c_stream__(self, requested_schema=None):
        raise ValueError("no stream")


def raising(*_arguments):
    raise ValueError("a function of the host's raises")


def long_text():
    return "x" * 100_000


def nasty(policy, other, closed, closed_calendar):
    """Values for any place. Built anew, since calls may keep or change them."""
    at = datetime.datetime
    return [
        None, True, False, 0, -1, 1, 2 ** 31, 2 ** 32 + 231, 2 ** 63 - 1, 2 ** 63, -2 ** 63 - 1,
        2 ** 64, 2 ** 64 + 1_000_000_000, 10 ** 30, 1.5, float("nan"), float("inf"),
        decimal.Decimal("1.5"), fractions.Fraction(1, 3), 1j, "", " ", "\0", "a\0b", "\ud800",
        "8h\0", "office\0", long_text(), "3wd", "-1h", "99999999999999999999h", "é" * 5000, b"",
        b"\0\xff", bytearray(b"x"), memoryview(b"x"), [], [1], (), (1, 2), {}, {"a": 1}, {1: "a"},
        {"": "x"}, {"a\0b": "c\0d"}, {"\ud800": "x"}, {"x": "\ud800"}, {"x": float("nan")},
        {"x": 10 ** 5000}, {"x": object()}, {"x": at(2026, 1, 1)}, {"x": Colour.RED}, Mapping(a=1),
        set(), object(), Hostile(), Exception, len, raising, iter([]), Ellipsis,
        at(2026, 1, 1), at.min, at.max, at.min.replace(tzinfo=UTC), at.max.replace(tzinfo=UTC),
        at(2026, 1, 1, tzinfo=Raising()), at(2026, 1, 1, tzinfo=NoOffset()),
        at(2026, 1, 1, tzinfo=Wrong()), Liar(2026, 1, 1, tzinfo=UTC),
        at(2026, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=23, microseconds=1))),
        datetime.date.min, datetime.date.max, datetime.date(2026, 1, 1), datetime.time(1),
        datetime.time(1, tzinfo=UTC), datetime.timedelta.max, datetime.timedelta.min,
        datetime.timedelta(microseconds=-1), libsla.Kind.UC, libsla.Unit.WORKDAYS, Colour.RED,
        libsla.Target(1), libsla.Target, policy, other, closed, other.calendar("office"),
        closed_calendar, policy.goals[0], NOON,
        array.array("q", [0, 1]), array.array("d", [0.5]), memoryview(b"abcdefgh").cast("q"),
        memoryview(bytes(64)).cast("q")[::2], memoryview(bytes(64)).cast("q", (2, 4)),
        memoryview(b""), FakeArray(), FakeArrow(), libsla.Update("\ud800", True, 5, [], -1)]


# NotImplementedError is what Python says to who iterates over a memoryview of two dimensions.
ALLOWED = (libsla.SlaError, libsla.ClosedError, TypeError, ValueError, LookupError, OSError,
           NotImplementedError)
# Exceptions that a mistake in the package would raise, although they are subclasses of the above.
NEVER = (libsla.SlaMemoryError,)


class Tester:
    def __init__(self):
        self.faults, self.calls, self.text = [], 0, POLICY
        self.policy, self.other, self.closed = (libsla.Policy.compile(POLICY) for _ in range(3))
        self.closed_calendar = self.closed.calendar("office")
        self.closed.close()

    def values(self):
        return nasty(self.policy, self.other, self.closed, self.closed_calendar)

    def call(self, name, function, *arguments, also=(), **named):
        """`also`: exceptions that are right here, although they are mistakes elsewhere."""
        self.calls += 1
        shown = ", ".join([brief(value) for value in arguments]
                          + [f"{key}={brief(value)}" for key, value in named.items()])
        # What is written last is where the process died.
        print(f"{name}({shown})", file=TRACE)
        TRACE.flush()
        try:
            answer = function(*arguments, **named)
            if inspect.isgenerator(answer):
                for _ in zip(range(3), answer):
                    pass
        except ALLOWED as error:
            if isinstance(error, NEVER):
                self.faults.append(f"{name}({shown}) raised {error!r:.200}")
        except also:
            pass
        except BaseException as error:
            self.faults.append(f"{name}({shown}) raised {error!r:.200}")

    def each_place(self, name, function, *good, **named):
        """Every value at every place of a call that is good otherwise, also too few and too many
        arguments."""
        for place in range(len(good)):
            for value in self.values():
                self.call(name, function, *good[:place], value, *good[place + 1:], **named)
        for key in named:
            for value in self.values():
                self.call(name, function, *good, **{**named, key: value})
        for value in self.values():
            self.call(name, function, value)
            self.call(name, function, *good, value, **named)
            self.call(name, function, *good, **named, unknown=value)
        self.call(name, function)


def brief(value):
    try:
        text = repr(value)
    except Exception:
        text = type(value).__name__
    return text if len(text) < 60 else text[:50] + "..."


def main():
    faulthandler.enable()
    test = Tester()
    for calls in (misuse_calls.policies, misuse_calls.calendars, misuse_calls.columns,
                  misuse_calls.values, misuse_calls.engines, misuse_calls.callbacks,
                  misuse_calls.asyncio_runs):
        calls(test)
    test.policy = test.other = test.closed = test.closed_calendar = None
    gc.collect()
    print(f"{test.calls} calls")
    for fault in test.faults:
        print(fault)


if __name__ == "__main__":
    TRACE = open(sys.argv[1], "w", encoding="utf-8", errors="backslashreplace")
    main()
