#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compliance of a log of incidents, with polars: compliance_polars.py POLICY LOG.csv"""

import sys

import libsla
import polars as pl

policy = libsla.Policy.load(sys.argv[1])
log = pl.read_csv(sys.argv[2], infer_schema=False).with_columns(
    pl.col("at").str.to_datetime("%Y-%m-%dT%H:%M", time_unit="us", time_zone="UTC"),
    pl.col("priority").forward_fill().over("incident"))
is_closed = pl.col("event") == "closed"
closed = log.group_by("incident", maintain_order=True).agg(
    pl.col("at").first().alias("opened"), pl.col("at").filter(is_closed).first().alias("closed"),
    pl.col("priority").filter(is_closed).first()).drop_nulls()
found = policy.evaluate_many(closed["opened"], {"priority": closed["priority"]},
                             metrics=["made_sla"])
done = closed.hstack(pl.DataFrame(found)).drop_nulls("made_sla_deadline").with_columns(
    pl.col("severity").cast(pl.String), met=pl.col("closed") <= pl.col("made_sla_deadline"))
for severity, clocks, met in done.group_by("severity").agg(
        pl.len(), pl.col("met").sum()).sort("severity").iter_rows():
    print(f"{severity} {clocks} {met} {100 * met / clocks:.2f} %")
