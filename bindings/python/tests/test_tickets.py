# SPDX-License-Identifier: MIT
"""examples/tickets.py: whatever dies in the middle, nothing is lost and nothing is sent twice."""

import importlib.util
import os
import pathlib
import sqlite3
import tempfile
import threading
import unittest

import private_postgresql
import tap_unittest

import libsla

# Every place where a process may die, or a share of them.
EACH = 1 if os.environ.get("SLA_LAWS") == "nightly" else 7
ROOT = pathlib.Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "bindings" / "python" / "examples" / "tickets.py"
POLICY = ROOT / "examples" / "policies" / "minimal.yaml"

_spec = importlib.util.spec_from_file_location("tickets", EXAMPLE)
tickets = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tickets)

# What happens, in order. An urgent ticket has one hour round the clock, others four office hours;
# 2026-11-20 is a Friday, and the office is open from 09:00 to 12:00 and from 13:00 to 17:00.
HAPPENED = [
    ("T-1", "2026-11-20T16:00", None, {"impact": "outage"}),
    ("T-2", "2026-11-20T16:50", None, {}),
    ("T-1", "2026-11-20T17:15", "responded", {}),
    ("T-3", "2026-11-20T17:20", None, {"impact": "outage"}),
    ("T-2", "2026-11-23T09:10", "responded", {}),
    ("T-3", "2026-11-23T09:30", "resolved", {}),
]
# And what must come out, worked out by hand; instants of the same ticket in this order.
TOLD = {
    "T-1": ["Fri 16:00:00 T-1 started first_response", "Fri 16:00:00 T-1 started resolution",
            "Fri 16:30:00 T-1 warning first_response -> owner",
            "Fri 17:00:00 T-1 breach first_response -> owner, manager",
            "Fri 17:15:00 T-1 missed first_response",
            "Fri 23:30:00 T-1 warning resolution -> owner",
            "Sat 00:00:00 T-1 breach resolution -> owner, manager"],
    "T-2": ["Fri 16:50:00 T-2 started first_response", "Fri 16:50:00 T-2 started resolution",
            "Mon 09:10:00 T-2 met first_response", "Tue 16:30:00 T-2 warning resolution -> owner",
            "Tue 17:00:00 T-2 breach resolution -> owner, manager"],
    "T-3": ["Fri 17:20:00 T-3 started first_response", "Fri 17:20:00 T-3 started resolution",
            "Fri 17:50:00 T-3 warning first_response -> owner",
            "Fri 18:20:00 T-3 breach first_response -> owner, manager",
            "Sat 00:50:00 T-3 warning resolution -> owner",
            "Sat 01:20:00 T-3 breach resolution -> owner, manager",
            "Mon 09:30:00 T-3 missed first_response", "Mon 09:30:00 T-3 missed resolution"],
}


class Dying:
    """A connection or a cursor whose process dies before call number `at`, or never."""

    def __init__(self, inner, counter):
        self.inner, self.counter = inner, counter

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def cursor(self):
        return Dying(self.inner.cursor(), self.counter)

    def execute(self, *arguments):
        self.counter()
        return self.inner.execute(*arguments)

    def commit(self):
        self.counter()
        self.inner.commit()
        self.counter()


class Counter:
    def __init__(self, at=None):
        self.count, self.at = 0, at

    def __call__(self):
        self.count += 1
        if self.count == self.at:
            os._exit(9)


class Inbox:
    """Who receives: leaves out what it has, and dies in between like everybody else."""

    def __init__(self, path, counter=lambda: None):
        self.path, self.counter = path, counter

    def __call__(self, event, text):
        self.counter()
        if event not in [line.split(" ", 1)[0] for line in self.lines()]:
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(f"{event} {text}\n")
        self.counter()

    def lines(self):
        return self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []

    def texts(self):
        told = {}
        for line in self.lines():
            text = line.split(" ", 1)[1]
            told.setdefault(text.split()[2], []).append(text)
        return told


class Tickets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.policy = libsla.Policy.load(POLICY)
        cls.parse = staticmethod(cls.policy.calendar("office").parse)

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def fresh(self, path="tickets.sqlite3"):
        connection = sqlite3.connect(self.folder / path, isolation_level=None, timeout=30)
        connection.execute("PRAGMA synchronous = OFF")  # processes die here, not machines
        self.addCleanup(connection.close)
        return connection

    def live_through(self, connection, inbox, dialect=tickets.SQLITE):
        """All that happens; each piece of news is told again and again, as by somebody who does
        not know whether it came through."""
        table = tickets.Tickets(connection, self.policy, dialect)
        for number, (ticket, at, event, attributes) in enumerate(HAPPENED, 1):
            table.work(self.parse(at))
            table.happened(ticket, self.parse(at), event, sequence=number, **attributes)
            table.send(inbox)
        table.work(self.parse("2026-11-25T00:00"))
        table.send(inbox)

    def rows(self, connection):
        cursor = connection.cursor()
        cursor.execute("SELECT id, state, next_due FROM tickets ORDER BY id")
        rows = [(name, bytes(state), due) for name, state, due in cursor.fetchall()]
        connection.commit()
        return rows

    def test_the_events_are_what_was_worked_out_by_hand(self):
        inbox, connection = Inbox(self.folder / "inbox"), self.fresh()
        self.live_through(connection, inbox)
        self.assertEqual(inbox.texts(), TOLD)
        self.assertEqual([due for _, _, due in self.rows(connection)], [None, None, None])

    def test_they_are_those_of_an_engine_that_never_stops(self):
        told = {}

        def on_event(event):
            told.setdefault(event.incident, []).append(tickets.describe(event))

        with libsla.Engine(self.policy, on_event=on_event) as engine:
            for ticket, at, event, attributes in HAPPENED:
                engine.update(ticket, self.parse(at), event, **attributes)
            engine.advance(self.parse("2026-11-25T00:00"))
        self.assertEqual(told, TOLD)

    @unittest.skipUnless(hasattr(os, "fork"), "this system cannot fork")
    def test_a_process_that_dies_anywhere_loses_nothing_and_sends_nothing_twice(self):
        counter = Counter()
        whole = self.fresh("whole")
        self.live_through(Dying(whole, counter), Inbox(self.folder / "whole inbox", counter))
        expected = self.rows(whole)
        self.assertGreater(counter.count, 100)
        for at in range(1, counter.count + 1, EACH):
            path = self.folder / f"{at}.sqlite3"
            inbox = Inbox(self.folder / f"{at} inbox")
            child = os.fork()
            if child == 0:
                try:
                    dying = Counter(at)
                    connection = sqlite3.connect(path, isolation_level=None)
                    connection.execute("PRAGMA synchronous = OFF")
                    self.live_through(Dying(connection, dying), Inbox(inbox.path, dying))
                finally:
                    os._exit(0)
            self.assertEqual(os.WEXITSTATUS(os.waitpid(child, 0)[1]), 9, at)
            connection = self.fresh(path)
            self.live_through(connection, inbox)  # from the beginning: nobody knows how far it came
            self.assertEqual(inbox.texts(), TOLD, at)
            self.assertEqual(self.rows(connection), expected, at)
            connection.close()

    def test_the_due_rows_are_found_by_the_index(self):
        connection = self.fresh()
        tickets.Tickets(connection, self.policy)
        plan = connection.execute("EXPLAIN QUERY PLAN SELECT id, state FROM tickets WHERE "
                                  "next_due <= 1 ORDER BY next_due LIMIT 1").fetchall()
        self.assertIn("tickets_due", str(plan))


@unittest.skipIf(private_postgresql.MISSING, private_postgresql.MISSING)
class OnPostgresql(Tickets):
    """The same with a server of our own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = private_postgresql.Server()
        cls.addClassCleanup(cls.server.close)

    def fresh(self, path=None):
        connection = self.server.connect()
        self.addCleanup(connection.close)
        cursor = connection.cursor()
        cursor.execute("DROP TABLE IF EXISTS tickets, outbox")
        connection.commit()
        return connection

    def live_through(self, connection, inbox, dialect=tickets.POSTGRESQL):
        super().live_through(connection, inbox, dialect)

    def test_a_process_that_dies_anywhere_loses_nothing_and_sends_nothing_twice(self):
        """A client that dies is a connection that closes: the server rolls back."""
        class Died(BaseException):
            pass

        class Closing(Counter):
            def __call__(self):
                self.count += 1
                if self.count == self.at:
                    raise Died

        counter = Closing()
        whole = self.fresh()
        self.live_through(Dying(whole, counter), Inbox(self.folder / "whole inbox", counter))
        expected = self.rows(whole)
        for at in range(1, counter.count + 1, 2 * EACH):
            inbox, dying = Inbox(self.folder / f"{at} inbox"), Closing(at)
            connection = self.fresh()
            with self.assertRaises(Died):
                self.live_through(Dying(connection, dying), Inbox(inbox.path, dying))
            connection.close()
            connection = self.server.connect()
            self.live_through(connection, inbox)
            self.assertEqual(inbox.texts(), TOLD, at)
            self.assertEqual(self.rows(connection), expected, at)
            connection.close()

    def test_the_due_rows_are_found_by_the_index(self):
        connection = self.fresh()
        tickets.Tickets(connection, self.policy, tickets.POSTGRESQL)
        cursor = connection.cursor()
        cursor.execute("SET enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id, state FROM tickets WHERE next_due <= 1 "
                       "ORDER BY next_due LIMIT 1 FOR UPDATE SKIP LOCKED")
        self.assertIn("tickets_due", str(cursor.fetchall()))

    def test_workers_and_tellers_at_the_same_time_tell_each_event_once(self):
        self.fresh()
        tickets.Tickets(self.server.connect(), self.policy, tickets.POSTGRESQL)
        names = [f"T-{number}" for number in range(20)]
        barrier = threading.Barrier(4)
        faults = []

        def one(number):
            connection = self.server.connect()
            try:
                table = tickets.Tickets(connection, self.policy, tickets.POSTGRESQL)
                barrier.wait()
                for name in names:  # all of them tell the same news
                    table.happened(name, self.parse("2026-11-20T16:00"), sequence=1,
                                   impact="outage")
                table.work(self.parse("2026-11-21T12:00"))
            except BaseException as fault:
                faults.append((number, fault))
            finally:
                connection.close()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(faults, [])
        connection = self.server.connect()
        cursor = connection.cursor()
        cursor.execute("SELECT text FROM outbox")
        told = sorted(text for (text,) in cursor.fetchall())
        connection.close()
        expected = [line for line in TOLD["T-1"] if "17:15" not in line]
        self.assertEqual(told, sorted(line.replace("T-1", name) for line in expected
                                      for name in names))


if __name__ == "__main__":
    tap_unittest.main()
