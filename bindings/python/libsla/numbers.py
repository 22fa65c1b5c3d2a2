# SPDX-License-Identifier: MIT
"""Columns of instants and durations: what data frames, arrays and lists have, where it lies.

`read` takes
- Arrow columns, by __arrow_c_array__ or __arrow_c_stream__ (pyarrow, polars, DuckDB, pandas);
- arrays with __array_interface__ (numpy, of datetime64 and timedelta64 too) or the buffer protocol
  (array.array, memoryview) of signed numbers of 4 or 8 bytes, with any step;
- lists, tuples and numpy's arrays of objects: of datetimes, timedeltas, ints and None, which are
  converted one by one: slow;
- one value for all rows: a datetime, an int, a timedelta, a text such as "8h".

Whole numbers are seconds. None, NaT, nulls, and the least number of a width are missing.
"""

from __future__ import annotations

from array import array
from contextlib import ExitStack
from ctypes import sizeof
from datetime import date, datetime, timedelta
from operator import index
from typing import Any, List, NamedTuple, Optional, Sequence, Union

from ._native import constants as c
from ._native.structs_columns import Numbers
from .arrow import ArrowArray, ArrowSchema, Taken, column_of, describe, exports_arrow, format_of
from .errors import NaiveTimeError
from .memory import Strided, strided_of
from .times import duration_seconds, seconds_of

_TICKS = {"s": 1, "m": 1_000, "u": 1_000_000, "n": 1_000_000_000}
_UNITS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_SECONDS = {"l": 8, "i": 4}

SECONDS, INSTANT, DURATION = "seconds", "instants", "durations"
Zone = Union[None, str]  # of instants: a name, "" without a zone (naive), None: the calendar's


class Piece(NamedTuple):
    """Rows that lie together."""

    rows: int
    numbers: Numbers  # of its first row

    def at(self, row: int) -> Numbers:
        """The rows from that one on."""
        first = self.numbers
        if not row or not first.stride:
            return first
        return Numbers(first.size, 0, first.width, first.ticks, first.stride,
                       first.validity_first + row, first.values + row * first.stride,
                       first.validity)


class Input(NamedTuple):
    """A column, or one value for all rows."""

    kind: str  # SECONDS, INSTANT or DURATION
    ticks: int
    zone: Zone
    rows: Optional[int]  # None: one value
    pieces: List[Piece]
    kept: Any  # what must live as long


def read(value: Any, name: str, wanted: str, naive: Optional[str], stack: ExitStack) -> Input:
    """Reads a column that must be of whole seconds or of `wanted` (INSTANT or DURATION). What was
    borrowed is given back at the end of `stack`. TypeError and ValueError name the column."""
    one = _one_value(value, name, wanted, naive)
    if one is not None:
        return one
    plain = pandas_array(value)
    if plain is not None:
        array_of, zone = plain
        return _strided(strided_of(array_of, name, stack), name, wanted, naive, zone)
    if exports_arrow(value):
        return _arrow(stack.enter_context(Taken(value, name)), wanted, naive)
    if isinstance(value, (list, tuple)):
        return _sequence(value, name, wanted, naive)
    found = strided_of(value, name, stack)
    if found.letter == "O" and not found.scalar:
        return _sequence(value.tolist(), name, wanted, naive)
    return _strided(found, name, wanted, naive, None)


def _numbers(ticks: int, width: int, stride: int, values: Optional[int],
             validity: Optional[int] = None, first: int = 0) -> Numbers:
    return Numbers(sizeof(Numbers), 0, width, ticks, stride, first, values, validity)


def _one_value(value: Any, name: str, wanted: str, naive: Optional[str]) -> Optional[Input]:
    if isinstance(value, datetime) and wanted == INSTANT:
        if value.tzinfo is None and naive == "utc":
            value, kind, zone = _utc_seconds(value), INSTANT, ""
        else:
            value, kind, zone = seconds_of(value, name), INSTANT, None
    elif isinstance(value, (timedelta, str)) and wanted == DURATION:
        value, kind, zone = duration_seconds(value, name), DURATION, None
    elif isinstance(value, (date, timedelta, str, float, bool)) or value is None:
        raise TypeError(f"{name}: {_asked(wanted)}, not {type(value).__name__}")
    elif type(value) is int or hasattr(value, "__index__") and not hasattr(value, "__len__"):
        check = seconds_of if wanted == INSTANT else duration_seconds
        value, kind, zone = check(index(value), name), SECONDS, None
    else:
        return None
    memory = array("q", [value])
    piece = Piece(0, _numbers(1, 8, 0, memory.buffer_info()[0]))
    return Input(kind, 1, zone, None, [piece], memory)


def _asked(wanted: str) -> str:
    if wanted == INSTANT:
        return ("instants are asked for (timestamps with a zone, whole seconds since 1970, or one "
                "such value)")
    return 'durations are asked for (of any unit, whole seconds, or one such value, "8h")'


def _utc_seconds(value: datetime) -> int:
    from datetime import timezone

    return seconds_of(value.replace(tzinfo=timezone.utc))


def _checked(kind: str, zone: Zone, name: str, wanted: str, naive: Optional[str],
             what: str) -> None:
    if kind not in (SECONDS, wanted):
        raise TypeError(f"{name}: {_asked(wanted)}, not {what}")
    if kind == INSTANT and zone == "" and naive != "utc":
        raise NaiveTimeError(
            f"{name}: these timestamps have no zone. Say which: naive=\"utc\" if they are UTC, "
            "else localize them first: pandas .dt.tz_localize(\"Europe/Berlin\"), polars "
            ".dt.replace_time_zone(\"Europe/Berlin\"), SQL ... AT TIME ZONE 'Europe/Berlin'")


def _arrow(taken: Taken, wanted: str, naive: Optional[str]) -> Input:
    schema, chunks = column_of(taken)
    kind, ticks, width, zone = _arrow_type(schema, taken.name, wanted)
    _checked(kind, zone, taken.name, wanted, naive, describe(schema))
    pieces = []
    for chunk in chunks:
        if chunk.length:
            pieces.append(Piece(chunk.length, _chunk(chunk, ticks, width)))
    return Input(kind, ticks, zone, sum(piece.rows for piece in pieces), pieces, taken)


def _arrow_type(schema: ArrowSchema, name: str, wanted: str) -> Any:
    text = format_of(schema)
    if schema.dictionary:
        text = ""
    if text in _SECONDS:
        return SECONDS, 1, _SECONDS[text], None
    if text.startswith("ts") and text[2:3] in _TICKS:
        return INSTANT, _TICKS[text[2]], 8, text[4:]
    if text.startswith("tD") and text[2:] in _TICKS:
        return DURATION, _TICKS[text[2]], 8, None
    if text == "n":
        return SECONDS, 1, 0, None
    hint = ""
    if text.startswith("td") and wanted == INSTANT:
        hint = "; a date has no time of day: make timestamps with a zone of them"
    elif text in ("g", "f", "e"):
        hint = "; cast it to int64 if it holds whole seconds"
    raise TypeError(f"{name}: {_asked(wanted)}, not {describe(schema)}{hint}")


_MISSING = array("q", [c.TIME_NONE])


def _chunk(chunk: ArrowArray, ticks: int, width: int) -> Numbers:
    if not width:  # Arrow's type of nulls has no memory
        return _numbers(1, 8, 0, _MISSING.buffer_info()[0])
    validity = chunk.buffers[0] if chunk.null_count else None
    return _numbers(ticks, width, width, (chunk.buffers[1] or 0) + chunk.offset * width,
                    validity, chunk.offset)


def _strided(found: Strided, name: str, wanted: str, naive: Optional[str], zone: Zone) -> Input:
    letter, unit = found.letter, found.unit
    kind = {"M": INSTANT, "m": DURATION, "i": SECONDS}.get(letter)
    ticks = _UNITS.get(unit, 0) if letter in "Mm" else 1
    if letter in "Mm" and not ticks:
        raise TypeError(f"{name}: {found.type} counts no seconds or parts of them; convert it: "
                        f'.astype("{"datetime" if letter == "M" else "timedelta"}64[s]")')
    if kind is None or found.width not in (4, 8) or letter in "Mm" and found.width != 8:
        hint = "; cast it to int64 if it holds whole seconds" if letter in "fui" else ""
        if letter == "i" and found.width == 1 or letter == "u" and found.width == 1:
            hint = '; bytes are cast by memoryview(...).cast("q")'
        raise TypeError(f"{name}: {_asked(wanted)}, not {found.type}{hint}")
    if letter == "M" and zone is None:
        zone = ""
    _checked(kind, zone, name, wanted, naive, found.type)
    if found.swapped:
        raise ValueError(f"{name}: its bytes are in the order of other machines ({found.type})")
    piece = Piece(found.rows, _numbers(ticks, found.width, found.stride, found.address))
    if found.scalar:
        return Input(kind, ticks, zone, None, [Piece(0, _numbers(ticks, found.width, 0,
                                                                 found.address))], found)
    return Input(kind, ticks, zone, found.rows, [piece] if found.rows else [], found)


def pandas_array(value: Any) -> Any:
    """(numpy array, zone) of a pandas Series or Index with numpy's memory: pandas itself would copy
    it for Arrow, and needs pyarrow to do so. The zone is None where the type has none."""
    dtype = getattr(value, "dtype", None)
    if dtype is None or type(value).__module__.split(".")[0] != "pandas":
        return None
    inner = getattr(getattr(value, "array", value), "_ndarray", None)
    if not hasattr(inner, "__array_interface__"):
        return None
    zone = getattr(dtype, "tz", None)
    if zone is not None:  # DatetimeTZDtype: numpy's memory is UTC
        return inner, _zone_name(zone)
    return (inner, None) if getattr(dtype, "kind", "") in ("i", "M", "m") else None


def _zone_name(zone: Any) -> str:
    """As Arrow writes it: a key or "+01:00". The instants do not depend on it: what has neither, as
    a zone of dateutil, is shown as UTC."""
    for name in ("key", "zone"):  # of zoneinfo, of pytz
        key = getattr(zone, name, None)
        if isinstance(key, str):
            return key
    minutes, rest = divmod(zone.utcoffset(None) or timedelta(0), timedelta(minutes=1))
    if not minutes or rest:
        return "UTC"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def absent(value: Any) -> bool:
    """None, NaN, NaT, and what pandas calls NA, which is not even false."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:
        return True
    except ValueError:  # an array
        return False


def _sequence(values: Sequence[Any], name: str, wanted: str, naive: Optional[str]) -> Input:
    kind: Optional[str] = None
    zone: Zone = None
    seconds = array("q")
    for row, value in enumerate(values):
        if absent(value):
            seconds.append(c.TIME_NONE)
            continue
        try:
            one = _one_value(value, f"{name}[{row}]", wanted, naive)
            if one is None:
                raise TypeError(f"{name}[{row}]: {_asked(wanted)}, not {type(value).__name__}")
        except (TypeError, ValueError) as error:
            if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2 ** 63:
                one = None  # out of range is the row's own error
            else:
                raise error
        found = SECONDS if one is None else one.kind
        if kind is not None and found != kind:
            raise TypeError(f"{name}[{row}]: {found} among {kind}")
        kind = found
        if one is None:
            seconds.append(value)
        else:
            zone = one.zone
            seconds.append(one.kept[0])
    rows = len(seconds)
    pieces = [Piece(rows, _numbers(1, 8, 8, seconds.buffer_info()[0]))] if rows else []
    return Input(kind or SECONDS, 1, zone, rows, pieces, seconds)
