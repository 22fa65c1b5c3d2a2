#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tickets in a table: each row holds its clocks as bytes, and says when it must be looked at next.

    tickets.py POLICY [DATABASE.sqlite3]      examples/policies/minimal.yaml

There is no engine and no process that must not die. Whoever changes a ticket, and the worker when a
row is due, does one step in one transaction: the new state and the events that it tells are written
together or not at all. The events go to an outbox; whoever sends from it gives the event's id
along, by which the receiver leaves out what it has.

Tickets takes any connection of the DB API; this file shows it with SQLite. The same lines do with
PostgreSQL (dialect POSTGRESQL) or as methods of a model of Django or SQLAlchemy: what matters is
the lock on the row, the transaction, and the index on next_due.
"""

import sqlite3
import sys
from contextlib import contextmanager

import libsla

SQLITE = {"bytes": "BLOB", "serial": "INTEGER PRIMARY KEY AUTOINCREMENT", "mark": "?",
          "begin": "BEGIN IMMEDIATE", "lock": "", "lock_free": ""}
POSTGRESQL = {"bytes": "BYTEA", "serial": "BIGSERIAL PRIMARY KEY", "mark": "%s", "begin": "",
              "lock": "FOR UPDATE", "lock_free": "FOR UPDATE SKIP LOCKED"}

SCHEMA = """
CREATE TABLE IF NOT EXISTS tickets (id VARCHAR(64) PRIMARY KEY, state {bytes} NOT NULL,
                                    next_due BIGINT);
CREATE INDEX IF NOT EXISTS tickets_due ON tickets (next_due);
CREATE TABLE IF NOT EXISTS outbox (place {serial}, event VARCHAR(32) NOT NULL UNIQUE,
                                   text TEXT NOT NULL, sent INTEGER NOT NULL DEFAULT 0)
"""


class Tickets:
    """The table, under one policy."""

    def __init__(self, connection, policy, dialect=SQLITE):
        self.connection, self.policy, self.dialect = connection, policy, dialect
        with self.transaction() as run:
            for statement in SCHEMA.format(**dialect).split(";"):
                run(statement)

    @contextmanager
    def transaction(self):
        cursor = self.connection.cursor()

        def run(statement, *values):
            cursor.execute(statement.replace("?", self.dialect["mark"]), values)
            return cursor

        try:
            if self.dialect["begin"]:
                run(self.dialect["begin"])
            yield run
            self.connection.commit()
        except BaseException:
            self.connection.rollback()
            raise
        finally:
            cursor.close()

    def happened(self, ticket, at, event=None, *, sequence=0, **attributes):
        """Something happened to a ticket; the first time makes its row. With a `sequence`, which
        grows, it may be told again by somebody who does not know whether it came through."""
        with self.transaction() as run:
            # Two that come first at once: the second waits here, and then finds the first's row.
            run("INSERT INTO tickets (id, state) VALUES (?, ?) ON CONFLICT DO NOTHING", ticket, b"")
            row = run(f"SELECT state FROM tickets WHERE id = ? {self.dialect['lock']}",
                      ticket).fetchone()
            step = self.policy.step(row[0], ticket, at, event, sequence=sequence,
                                    attributes=attributes)
            self.write(run, ticket, step)

    def work(self, now):
        """For a worker that comes every few seconds: every row that is due. How many there were.
        Several workers share the rows: each takes those that nobody else has locked."""
        count = 0
        while self.work_one(now):
            count += 1
        return count

    def work_one(self, now):
        with self.transaction() as run:
            row = run("SELECT id, state FROM tickets WHERE next_due <= ? ORDER BY next_due LIMIT 1 "
                      + self.dialect["lock_free"], int(now.timestamp())).fetchone()
            if row is not None:
                self.write(run, row[0], self.policy.step(row[1], now=now))
            return row is not None

    @staticmethod
    def write(run, ticket, step):
        due = None if step.next_due is None else int(step.next_due.timestamp())
        run("UPDATE tickets SET state = ?, next_due = ? WHERE id = ?", step.state, due, ticket)
        for event in step.events:
            run("INSERT INTO outbox (event, text) VALUES (?, ?)", event.id, describe(event))

    def send(self, transport):
        """Gives what waits to transport(id, text), in order. A crash before the commit sends again
        what was sent last: the id says so."""
        while True:
            with self.transaction() as run:
                row = run("SELECT place, event, text FROM outbox WHERE sent = 0 ORDER BY place "
                          f"LIMIT 1 {self.dialect['lock']}").fetchone()
                if row is None:
                    return
                transport(row[1], row[2])
                run("UPDATE outbox SET sent = 1 WHERE place = ?", row[0])


def describe(event):
    told = f" -> {', '.join(event.notify)}" if event.notify else ""
    return f"{event.at:%a %H:%M:%S} {event.incident} {event.type} {event.metric}{told}"


def main():
    policy = libsla.Policy.load(sys.argv[1])
    # isolation_level None: transactions begin where we say so
    connection = sqlite3.connect(*sys.argv[2:] or [":memory:"], isolation_level=None)
    tickets = Tickets(connection, policy)
    at = policy.calendar("office").parse
    tickets.happened("T-1", at("2026-11-20T16:00"), impact="outage")
    tickets.happened("T-2", at("2026-11-20T16:50"))
    print(f"{tickets.work(at('2026-11-20T17:10'))} rows were due")
    tickets.happened("T-1", at("2026-11-20T17:15"), "resolved")
    print(f"{tickets.work(at('2026-11-24T18:00'))} rows were due")
    tickets.send(lambda _, text: print(text))
    connection.close()


if __name__ == "__main__":
    main()
