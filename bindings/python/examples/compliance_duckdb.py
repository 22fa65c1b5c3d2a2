#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compliance of a log of incidents, with DuckDB: compliance_duckdb.py POLICY LOG.csv"""

import sys

import duckdb
import libsla

policy = libsla.Policy.load(sys.argv[1])
base = duckdb.connect()
base.execute("""
    CREATE TABLE closed AS
    SELECT incident, min("at") AS opened, min("at") FILTER (WHERE event = 'closed') AS closed,
           arg_min(filled, "at") FILTER (WHERE event = 'closed') AS priority
    FROM (SELECT *, last_value(priority IGNORE NULLS) OVER (
                 PARTITION BY incident ORDER BY "at", row ROWS UNBOUNDED PRECEDING) AS filled
          FROM (SELECT *, row_number() OVER () AS row FROM read_csv(?, types = {
                'at': 'TIMESTAMP', 'incident': 'VARCHAR', 'priority': 'VARCHAR'})))
    GROUP BY incident HAVING closed IS NOT NULL ORDER BY incident""", [sys.argv[2]])
found = policy.evaluate_many(base.sql("SELECT opened FROM closed"),
                             {"priority": base.sql("SELECT priority FROM closed")},
                             metrics=["made_sla"], naive="utc")
base.register("found", found)
for severity, clocks, met in base.sql("""
        SELECT severity::VARCHAR, count(*), count(*) FILTER (WHERE closed <= made_sla_deadline)
        FROM closed POSITIONAL JOIN found WHERE made_sla_deadline IS NOT NULL
        GROUP BY 1 ORDER BY 1""").fetchall():
    print(f"{severity} {clocks} {met} {100 * met / clocks:.2f} %")
