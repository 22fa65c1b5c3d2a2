#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A month's compliance report from a log: a table, and a chart as PNG.

    report.py POLICY LOG MONTH CHART.png [GOALS]

    report.py examples/servicenow-uci/policy.yaml examples/servicenow-uci/sample/log.csv 2016-03 \\
        march.png bindings/python/examples/report-goals.yaml

GOALS is YAML that is put behind the policy, for one that has no goals. Only the goals that are
judged by the month are reported. The chart needs matplotlib.
"""

import csv
import sys
from collections import Counter
from pathlib import Path

import libsla


def replay(policy, log):
    """An engine that has lived through the log; empty cells change nothing."""
    engine, parse = libsla.Engine(policy), policy.calendar("24x7").parse
    with open(log, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            incident, at, event = (row.pop(name) for name in ("incident", "at", "event"))
            changes = {name: value for name, value in row.items() if value}
            engine.update(incident, parse(at), event, attributes=changes)
    return engine


def counted(engine, month):
    """{goal: {day of the month: how many were met, missed, open}}, of clocks that started then."""
    counts = {goal: {} for goal in engine.policy.goals if goal.per == "month"}
    for clock in engine.clocks():
        if f"{clock.started:%Y-%m}" != month or clock.state in ("cancelled", "exempt"):
            continue
        verdict = "missed" if clock.breached and clock.is_open else str(clock.state)
        verdict = verdict if verdict in ("met", "missed") else "open"
        for goal in engine.goals(clock):
            if goal in counts:
                counts[goal].setdefault(clock.started.day, Counter())[verdict] += 1
    return counts


def line(goal, days):
    """(what was promised and reached, in words, and the verdict)."""
    total = sum(days.values(), Counter())
    judged = total["met"] + total["missed"]
    reached = f"{total['met'] / judged:.2%}" if judged else "-"
    verdict = goal.judge(total["met"], total["missed"], total["open"])
    return (goal.name, f"{goal.at_least:.0%}", reached, total["met"], total["missed"],
            total["open"], str(verdict))


def chart(counts, month, path):
    """A panel for each goal: the days' met and missed, and the rate so far against the promise."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.2 * len(counts)), layout="constrained")
    for place, (goal, days) in enumerate(counts.items(), 1):
        axes = figure.add_subplot(len(counts), 1, place)
        at = sorted(days)
        met, missed = ([days[day][verdict] for day in at] for verdict in ("met", "missed"))
        axes.bar(at, met, color="#4c9f70", label="met")
        axes.bar(at, missed, bottom=met, color="#d1495b", label="missed")
        axes.set(ylabel="clocks started", xlim=(0.4, 31.6), xticks=range(1, 32, 2))
        axes.yaxis.get_major_locator().set_params(integer=True)
        rate = axes.twinx()
        so_far, rates = Counter(), []
        for day in at:
            so_far += days[day]
            rates.append(100 * so_far["met"] / max(so_far["met"] + so_far["missed"], 1))
        rate.plot(at, rates, color="#1b3a4b", marker=".", label="so far")
        rate.axhline(100 * goal.at_least, color="#1b3a4b", linestyle="--", label="promised")
        rate.set(ylabel="% met", ylim=(0, 105))
        name, promised, reached, *_, verdict = line(goal, days)
        axes.set_title(f"{name}, {month}: {reached} met, {promised} promised: {verdict}")
        handles = [*axes.get_legend_handles_labels()[0], *rate.get_legend_handles_labels()[0]]
        rate.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=4,
                    frameon=False)
    figure.savefig(path, dpi=110)


def main():
    policy_path, log, month, picture, *goals = sys.argv[1:]
    text = "".join(Path(path).read_text(encoding="utf-8") for path in [policy_path, *goals])
    with libsla.Policy.compile(text, file_name=policy_path) as policy:
        with replay(policy, log) as engine:
            counts = counted(engine, month)
    rows = [("GOAL", "PROMISED", "REACHED", "MET", "MISSED", "OPEN", "VERDICT")]
    for row in rows + [line(goal, days) for goal, days in counts.items()]:
        print("{:<24} {:>8} {:>8} {:>6} {:>6} {:>6}  {}".format(*row))
    chart(counts, month, picture)


if __name__ == "__main__":
    main()
