# SPDX-License-Identifier: MIT
"""Columns of numpy, pandas, polars, DuckDB and pyarrow, both ways. Each test is skipped where the
package is not installed."""

import gc
import random
import subprocess
import sys
import textwrap
import unittest
import warnings
from datetime import datetime, timedelta, timezone, tzinfo

import libsla
import tap_unittest
from column_case import LAST, START, ColumnCase, package, scalar, some_instants

UTC = timezone.utc


def datetimes(rows):
    return [None if at is None else datetime.fromtimestamp(at, UTC) for at in rows]


class Frames(ColumnCase):
    def setUp(self):
        self.rows = some_instants(60)
        self.rows[7] = self.rows[31] = None
        self.times = datetimes(self.rows)
        self.expected = [scalar(self.office.add, at, None if at is None else "5h")
                         for at in self.rows]
        self.instants = datetimes([answer for answer, _ in self.expected])
        chance = random.Random(2)
        self.impact = [chance.choice(["outage", "slow", "", "a text of more than twelve bytes",
                                      None]) for _ in self.rows]
        self.severity = [None if at is None else "urgent" if text == "outage" else "normal"
                         for at, text in zip(self.rows, self.impact)]

    def assert_instants(self, result):
        self.assertEqual(list(result), self.instants)
        self.assertEqual(list(result.status), [status for _, status in self.expected])

    def assert_severities(self, opened, impact):
        table = self.policy.evaluate_many(opened, {"impact": impact})
        self.assertEqual(table["severity"].to_list(), self.severity)


class Numpy(Frames):
    def setUp(self):
        self.np = package("numpy")
        super().setUp()

    def test_datetime64_of_every_unit_and_step(self):
        np = self.np
        for unit in "s", "ms", "us", "ns":
            for step in 1, 2, -1:
                memory = np.zeros(60 * abs(step), f"M8[{unit}]")
                column = memory[::step]
                column[:] = [np.datetime64("NaT") if at is None else np.datetime64(at, "s")
                             for at in self.rows]
                result = self.office.add_many(column, "5h", naive="utc")
                found = np.asarray(result)
                self.assertEqual(found.dtype, f"M8[{unit}]")
                self.assertEqual([None if np.isnat(at) else int(at.astype("M8[s]").astype("i8"))
                                  for at in found], [answer for answer, _ in self.expected])
                self.assertEqual(found.__array_interface__["data"],
                                 result.__array_interface__["data"])

    def test_integers_and_spread_values(self):
        np = self.np
        rows = np.array([at for at in self.rows if at], "i8")
        added = np.asarray(self.office.add_many(rows, np.timedelta64(300, "m").astype("m8[s]")))
        self.assertEqual(added.tolist(), [self.office.add(int(at), "5h") for at in rows])
        spread = np.broadcast_to(np.int64(18000), rows.shape)
        self.assertEqual(np.asarray(self.office.add_many(rows, spread)).tolist(), added.tolist())
        self.assertEqual(np.asarray(self.office.elapsed_many(rows, added)).tolist(),
                         [18000] * len(rows))

    def test_answers_are_memory_that_lives(self):
        np = self.np
        found = np.asarray(self.office.add_many([at for at in self.rows if at], 60))
        kept = found.tolist()
        gc.collect()
        junk = [self.office.add_many([1], n) for n in range(100)]
        self.assertEqual(found.tolist(), kept)
        self.assertFalse(found.flags.writeable)
        del junk

    def test_attributes(self):
        np = self.np
        rows = [at or START for at in self.rows]
        self.severity = [one or "normal" for one in self.severity]
        self.severity = ["urgent" if text == "outage" else "normal" for text in self.impact]
        self.assert_severities(rows, np.array(self.impact, object))
        self.assert_severities(rows, np.array([text or "" for text in self.impact]))

    def test_texts_of_numpys_own_type(self):
        if not hasattr(self.np, "dtypes") or not hasattr(self.np.dtypes, "StringDType"):
            self.skipTest("numpy 2 has them")
        texts = self.np.array([text or "" for text in self.impact], self.np.dtypes.StringDType())
        self.severity = ["urgent" if text == "outage" else "normal" for text in self.impact]
        self.assert_severities([at or START for at in self.rows], texts)
        with self.assertRaisesRegex(TypeError, r"start: .* not StringDType\(\)"):
            self.office.add_many(texts, 1)

    def test_masked_arrays_are_refused(self):
        column = self.np.ma.masked_array([START, START], mask=[0, 1])
        with self.assertRaisesRegex(TypeError, "start: a masked array"):
            self.office.add_many(column, 1)


class Pandas(Frames):
    def setUp(self):
        self.pd = package("pandas")
        super().setUp()
        catching = warnings.catch_warnings()
        catching.__enter__()
        self.addCleanup(catching.__exit__, None, None, None)
        warnings.simplefilter("error")  # of what pandas will take away

    def test_numpys_memory_with_a_zone_is_not_copied(self):
        for zone in "UTC", "Asia/Tokyo":
            for unit in "s", "us", "ns":
                series = self.pd.Series(self.times).dt.as_unit(unit).dt.tz_convert(zone)
                result = self.office.add_many(series, "5h")
                self.assert_instants(result)
                self.assertEqual(result.type, f"ts{unit[0]}:{zone}")
                self.assert_instants(self.office.add_many(self.pd.Index(series), "5h"))

    def test_missing_timestamps_in_a_list_are_missing(self):
        times = [self.pd.NaT if at is None else self.pd.Timestamp(at) for at in self.times]
        self.assert_instants(self.office.add_many(times, "5h"))
        self.assertEqual(self.office.add_many([START, self.pd.NA, float("nan")], 1).missing, 2)

    def test_offsets_and_zones_without_a_name(self):
        class Nameless(tzinfo):  # as dateutil's
            def utcoffset(self, at):
                return None if at is None else timedelta(hours=1)

            dst = tzname = utcoffset

        for zone, name in ((timezone(timedelta(hours=1)), "+01:00"), (UTC, "UTC"),
                           (timezone(-timedelta(hours=9, minutes=30)), "-09:30"),
                           (Nameless(), "UTC")):
            series = self.pd.Series(self.times).dt.tz_convert(zone)
            result = self.office.add_many(series, "5h")
            self.assertEqual(result.type.partition(":")[2], name)
            self.assert_instants(result)

    def test_lists_and_arrays_of_objects_with_gaps(self):
        series = self.pd.Series(self.times)
        for objects in (series.tolist(), series.to_numpy(dtype=object)):
            self.assert_instants(self.office.add_many(objects, "5h"))

    def test_nanoseconds_of_single_instants_are_floored(self):
        late = self.pd.Timestamp("2026-11-20T16:00:00.999999999", tz="Europe/Berlin")
        self.assertEqual(self.office.add(late, 0), late.floor("s"))

    def test_no_warnings(self):
        # pandas 3.1 warns of Series.values with a zone, which setUp() makes an error.
        series = self.pd.Series(self.times).dt.tz_convert("Asia/Tokyo")
        for column in (series, self.pd.Index(series), series.array):
            self.assert_instants(self.office.add_many(column, "5h"))

    def test_naive_timestamps_are_refused_unless_they_are_utc(self):
        series = self.pd.Series(self.times).dt.tz_localize(None)
        with self.assertRaises(libsla.NaiveTimeError):
            self.office.add_many(series, "5h")
        found = self.office.add_many(series, "5h", naive="utc")
        self.assertEqual(found.to_list(),
                         [at and at.replace(tzinfo=None) for at in self.instants])

    def test_durations(self):
        series = self.pd.Series(self.times)
        counted = self.pd.Series([timedelta(hours=5)] * 60)
        self.assert_instants(self.office.add_many(series, counted))

    def test_categories_texts_and_objects(self):
        package("pyarrow")
        series = self.pd.Series(self.times)
        for kind in "category", "str", "object", "string":
            with self.subTest(kind):
                self.assert_severities(series, self.pd.Series(self.impact, dtype=kind))

    def test_numbers_with_gaps(self):
        package("pyarrow")
        series = self.pd.Series(self.rows, dtype="Int64")
        self.assertEqual(list(self.office.add_many(series, "5h")),
                         [answer for answer, _ in self.expected])
        with self.assertRaisesRegex(TypeError, "start: .*float64"):
            self.office.add_many(self.pd.Series(self.rows, dtype="float64"), "5h")
        with self.assertRaisesRegex(TypeError, "attribute impact: .*float64.*Int64"):
            self.policy.evaluate_many([0], {"impact": self.pd.Series([1.0])})

    def test_answers_become_frames(self):
        package("pyarrow")
        if not hasattr(self.pd.DataFrame, "from_arrow"):
            self.skipTest("pandas before 3 has no DataFrame.from_arrow")
        series = self.pd.Series(self.times)
        column = self.pd.Series.from_arrow(self.office.add_many(series, "5h"))
        self.assertEqual([None if self.pd.isna(at) else at for at in column], self.instants)
        table = self.policy.evaluate_many(series, {"impact": "outage"})
        frame = self.pd.DataFrame.from_arrow(table)
        self.assertEqual(list(frame.columns), list(table.column_names))
        self.assertEqual([None if self.pd.isna(one) else one for one in frame["severity"]],
                         table["severity"].to_list())


class Polars(Frames):
    def setUp(self):
        self.pl = package("polars")
        super().setUp()

    def test_series_with_chunks_and_slices(self):
        pl = self.pl
        for unit in "ms", "us", "ns":
            series = pl.Series("opened", self.times, pl.Datetime(unit, "UTC"))
            chunked = series[:13].append(series[13:13]).append(series[13:40]).append(series[40:])
            for one in series, chunked, pl.concat([series[5:], series])[55:]:
                result = self.office.add_many(one, pl.Series([18000] * 60))
                self.assert_instants(result)
                self.assertEqual(pl.Series(result).to_list(), self.instants)
                self.assertEqual(pl.Series(result).dtype, pl.Datetime(unit, "UTC"))
        self.assert_instants(self.office.add_many(series, pl.Series([timedelta(hours=5)] * 60)))

    def test_texts_categories_and_enums(self):
        pl = self.pl
        series = pl.Series(self.times)
        words = sorted({text for text in self.impact if text is not None})
        for kind in pl.String, pl.Categorical, pl.Enum(words):
            texts = pl.Series(self.impact, dtype=kind)
            self.assert_severities(series, texts)
            self.assert_severities(series, pl.concat([texts[3:], texts])[57:])
        self.assertEqual(self.policy.evaluate_many(series, {"impact": pl.Series([None] * 60)})
                         ["severity"].missing, 2)

    def test_answers_become_frames(self):
        table = self.policy.evaluate_many(self.pl.Series(self.times), {"impact": "outage"})
        frame = self.pl.DataFrame(table)
        self.assertEqual(frame.columns, list(table.column_names))
        self.assertEqual(frame["severity"].cast(self.pl.String).to_list(),
                         table["severity"].to_list())
        self.assertEqual(frame["resolution_deadline"].to_list(),
                         table["resolution_deadline"].to_list())

    def test_events_become_frames(self):
        engine = libsla.Engine(self.policy)
        for number in range(50):
            engine.update(f"INC-{number}", START + 400_000 + number)
        table = engine.event_table()
        frame = self.pl.DataFrame(table)
        events = list(engine)
        self.assertGreater(len(events), 90)
        self.assertEqual(frame["id"].to_list(), [event.id for event in events])
        self.assertEqual(frame["at"].to_list(), [event.at for event in events])
        self.assertEqual(frame["incident"].to_list(), [event.incident for event in events])
        self.assertEqual([tuple(one) for one in frame["notify"].to_list()],
                         [event.notify for event in events])
        self.assertEqual(frame["late"].to_list(), [event.late for event in events])


class DuckDB(Frames):
    def setUp(self):
        self.duckdb = package("duckdb")
        super().setUp()
        self.base = self.duckdb.connect()
        self.base.execute("CREATE TABLE log (opened TIMESTAMPTZ, impact VARCHAR)")
        self.base.executemany("INSERT INTO log VALUES (?::TIMESTAMPTZ, ?)",
                              [[at and at.isoformat(), text]
                               for at, text in zip(self.times, self.impact)])

    def test_columns_of_a_relation(self):
        opened = self.base.sql("SELECT opened FROM log")
        self.assert_instants(self.office.add_many(opened, "5h"))
        self.assert_severities(opened, self.base.sql("SELECT impact FROM log"))
        with self.assertRaisesRegex(TypeError, "start: a table with 2 columns"):
            self.office.add_many(self.base.sql("FROM log"), "5h")

    def test_many_chunks(self):
        numbers = self.base.sql("SELECT 1767600000 + range AS at FROM range(10000)")
        self.assertEqual(list(self.office.add_many(numbers, 60)),
                         [self.office.add(1_767_600_000 + n, 60) for n in range(10000)])

    def test_tables_are_read_by_queries(self):
        table = self.policy.evaluate_many(self.base.sql("SELECT opened FROM log"),
                                          {"impact": self.base.sql("SELECT impact FROM log")})
        self.base.register("answers", table)
        for _ in range(2):  # each query asks for a new stream
            found = self.base.sql("SELECT severity::VARCHAR, resolution_status FROM answers")
            self.assertEqual(found.fetchall(), list(zip(table["severity"].to_list(),
                                                        table["resolution_status"].to_list())))


class PyArrow(Frames):
    def setUp(self):
        self.pa = package("pyarrow")
        super().setUp()

    def test_no_copies_either_way(self):
        from contextlib import ExitStack

        from libsla import numbers

        pa = self.pa
        column = pa.array(self.times, pa.timestamp("us", "UTC"))
        with ExitStack() as stack:
            found = numbers.read(column[5:], "start", numbers.INSTANT, None, stack)
            self.assertEqual(found.pieces[0].numbers.values, column.buffers()[1].address + 40)
        result = self.office.add_many(column, "5h")
        taken = pa.array(result)
        self.assertEqual(taken.buffers()[1].address, result.__array_interface__["data"][0])
        taken.validate(full=True)
        self.assertEqual(taken.to_pylist(), self.instants)

    def test_texts_of_every_form(self):
        pa = self.pa
        opened = pa.array(self.times, pa.timestamp("ms", "UTC"))
        kinds = [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string()),
                 pa.dictionary(pa.uint32(), pa.large_string())]
        kinds += [pa.string_view()] if hasattr(pa, "string_view") else []
        for kind in kinds:
            with self.subTest(str(kind)):
                self.assert_severities(opened, pa.array(self.impact, kind))
                doubled = pa.array(["outage"] * 3 + self.impact, kind)[3:]
                self.assert_severities(opened, doubled)
                self.assert_severities(opened, pa.chunked_array([doubled[:9], doubled[9:]]))

    def test_tables_are_whole(self):
        pa = self.pa
        table = self.policy.evaluate_many(pa.array(self.times), {"impact": pa.array(self.impact)})
        taken = pa.table(table)
        taken.validate(full=True)
        names = table.to_dict()
        self.assertEqual({name: column.to_pylist()
                          for name, column in zip(taken.column_names, taken.columns)}, names)
        del table
        gc.collect()
        self.assertEqual(taken["severity"].to_pylist(), names["severity"])

    def test_an_error_of_the_reader_is_not_lost(self):
        result = self.office.add_many([START], 60)
        with self.assertRaises((self.pa.ArrowInvalid, TypeError, ValueError)):
            self.pa.record_batch(result)
        self.assertEqual(self.pa.array(result).to_pylist(), list(result))

    def test_random_layouts(self):
        pa = self.pa
        chance = random.Random(11)
        kinds = [pa.int64(), *(pa.timestamp(unit, "UTC") for unit in ("s", "ms", "us"))]
        for _ in range(100):
            count = chance.randrange(1, 60)
            starts, start = self.layout(chance, count, chance.choice(kinds), 0, LAST)
            counts, counted = self.layout(chance, count, chance.choice(
                [pa.int64(), pa.duration("s"), pa.duration("us")]), -10 ** 7, 10 ** 7)
            result = self.office.add_many(start, counted)
            expected = [scalar(self.office.add, *pair) for pair in zip(starts, counts)]
            self.assertEqual(list(result.status), [status for _, status in expected])
            self.assertEqual([one if one is None or isinstance(one, int) else
                              int(one.timestamp()) for one in result],
                             [answer for answer, _ in expected])
            pa.array(result).validate(full=True)

    def layout(self, chance, count, kind, low, high):
        """Whole seconds or None, and a column of chunks that are slices of others."""
        pa = self.pa
        ticks = {"s": 1, "ms": 10 ** 3, "us": 10 ** 6}[getattr(kind, "unit", "s")]
        rows = [None if chance.random() < .1 else chance.randrange(low, high)
                for _ in range(count)]
        chunks, at = [], 0
        while at < count:
            size = chance.randrange(1, count - at + 1)
            lead = chance.randrange(12)
            part = [None if one is None else one * ticks + chance.randrange(ticks)
                    for one in rows[at:at + size]]
            chunks.append(pa.array([1] * lead + part, kind)[lead:])
            at += size
        return rows, pa.chunked_array(chunks)

    def test_nobody_falls_at_the_end_of_the_interpreter(self):
        program = textwrap.dedent("""\
            import libsla, sys
            import pyarrow as pa
            always = libsla.Policy.compile("sla: 1\\n").calendar("24x7")
            result = always.add_many([5, 6], 60)
            held = [pa.array(result), result.__arrow_c_array__(), pa.table({"a": result})]
            sys.modules["held"] = held
            cycle = [held]; cycle.append(cycle)
            """)
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                              check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


tap_unittest.main()
