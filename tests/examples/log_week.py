# SPDX-License-Identifier: MIT
"""Plain arithmetic of a week in UTC, and what a policy's lines say, to check replays with.

Nothing here asks libsla: weekdays with one stretch of hours, or always, are enough for the logs.
"""

import re
from functools import cache

DAY, WEEK = 86400, 7 * 86400
MONDAY = 4 * DAY  # 1970-01-05
UNITS = {"h": 3600, "m": 60, "s": 1}


class Always:
    """24x7: every second counts."""

    def elapsed(self, begin, end):
        return end - begin

    def add(self, at, amount):
        return at + amount


class Weekdays:
    """Monday to Friday, from one second of the day to another."""

    def __init__(self, opening, closing):
        self.opening, self.length = opening, closing - opening

    @cache
    def _before(self, at):
        """Open seconds from the first Monday until `at`."""
        weeks, rest = divmod(at - MONDAY, WEEK)
        days, second = divmod(rest, DAY)
        today = min(max(second - self.opening, 0), self.length) if days < 5 else 0
        return (weeks * 5 + min(days, 5)) * self.length + today

    def elapsed(self, begin, end):
        return self._before(end) - self._before(begin)

    def add(self, at, amount):
        """The earliest instant with so much counted since `at`: closing, not the next opening."""
        if amount <= 0:
            return at
        days, rest = divmod(self._before(at) + amount - 1, self.length)
        weeks, day = divmod(days, 5)
        return MONDAY + weeks * WEEK + day * DAY + self.opening + rest + 1


def seconds_of(text):
    """"1h30m" in seconds."""
    parts = re.findall(r"(\d+)([hms])", text)
    if "".join(map("".join, parts)) != text:
        raise ValueError(text)
    return sum(int(number) * UNITS[unit] for number, unit in parts)


class PolicyLines:
    """What stands at a line of a policy: a row's budgets and calendar, a metric's modes."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.lines = self.text.split("\n")
        self.calendars = {"24x7": Always()}
        for name, opening, closing in re.findall(
                r'^  (\w+):\s+\{?hours: \{mon-fri: "(\d+):00-(\d+):00"\}', self.text, re.M):
            self.calendars[name] = Weekdays(int(opening) * 3600, int(closing) * 3600)
        self.default = re.search(r"^calendar: (\S+)", self.text, re.M)[1]
        section = re.search(r"^metrics:\n(.*?)^\S", self.text, re.M | re.S)[1]
        section = re.sub(r"^ *#.*\n", "", section, flags=re.M)
        blocks = re.split(r"^  (\w+):", section, flags=re.M)
        self.metrics = dict(zip(blocks[1::2], blocks[2::2]))

    def mode(self, metric, key, default):
        """The value of `reopen` or `retarget`."""
        block = self.metrics[metric]
        found = re.search(key + r": (\w+)", block) or (
            re.search(r"clock: (\w+)", block) if key == "reopen" else None)
        return found[1] if found else default

    def has_limit(self, metric):
        return "limit:" in self.metrics[metric]

    def has_pause(self, metric):
        return "pause:" in self.metrics[metric]

    def target(self, metric, line):
        """(budget, name of the calendar) of the row that begins at a line."""
        row = self.lines[line - 1]
        found = re.search(r"\b" + metric + r": (\w+)", row)
        calendar = re.search(r"\bcalendar: (\w+)", row)
        return seconds_of(found[1]), calendar[1] if calendar else self.default
