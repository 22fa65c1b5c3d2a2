#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compliance of a log of incidents, with pandas: compliance_pandas.py POLICY LOG.csv"""

import sys

import libsla
import pandas as pd

policy = libsla.Policy.load(sys.argv[1])
log = pd.read_csv(sys.argv[2], dtype="str")
log["at"] = pd.to_datetime(log["at"]).dt.tz_localize("UTC")
log["priority"] = log.groupby("incident")["priority"].ffill()
closed = log[log["event"] == "closed"].groupby("incident").first()
closed["opened"] = log.groupby("incident")["at"].first()
found = policy.evaluate_many(closed["opened"], {"priority": closed["priority"]},
                             metrics=["made_sla"])
done = pd.DataFrame.from_arrow(found).assign(closed=closed["at"].array)
done = done[done["made_sla_deadline"].notna()]
done["met"] = done["closed"] <= done["made_sla_deadline"]
for severity, met in done.groupby(done["severity"].astype(str))["met"]:
    print(f"{severity} {len(met)} {met.sum()} {100 * met.mean():.2f} %")
