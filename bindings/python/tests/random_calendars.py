# SPDX-License-Identifier: MIT
"""Random calendars for Hypothesis: the YAML of a policy, and a walk that says what it means."""

import dataclasses
import datetime
import json

from hypothesis import strategies as st

from walk import MINUTES, WEEKDAYS, Plan, Walk

ZONES = ["UTC", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/St_Johns",
         "America/Havana", "America/Santiago", "Asia/Kathmandu", "Asia/Tehran", "Asia/Beirut",
         "Africa/Casablanca", "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Chatham",
         "Pacific/Apia", "Antarctica/Troll", "Asia/Shanghai"]
# First dates of four weeks: changes to and from summer time, a date that Apia has not, a leap day,
# and a year for which zones have nothing but their rule.
WEEKS = [datetime.date(2026, 3, 8), datetime.date(2026, 10, 20), datetime.date(2011, 12, 18),
         datetime.date(2024, 2, 12), datetime.date(2022, 3, 14), datetime.date(2093, 3, 17)]
DAYS = 28
TIMES = [0, 30, 60, 90, 120, 150, 180, 210, 360, 540, 720, 780, 1020, 1080, 1320, 1380, 1410, 1439]


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def intervals_text(intervals):
    return [f"{clock(begin)}-{clock(end)}" for begin, end in intervals] or "closed"


@st.composite
def intervals(draw, overnight):
    """Up to three of a day; the last may run past midnight. They may touch and overlap (C2)."""
    result = []
    for _ in range(draw(st.integers(1, 3))):
        begin, end = draw(st.sampled_from(TIMES)), draw(st.sampled_from([*TIMES, MINUTES]))
        if begin != end and (begin < end or (overnight and end > 0)):
            result.append((begin, end))
    return result or [(540, 1020)]


@st.composite
def weeks(draw):
    if draw(st.integers(0, 9)) == 0:
        return {weekday: [(0, MINUTES)] for weekday in range(7)}
    usual = draw(intervals(overnight=True))
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    other = draw(st.sampled_from(sorted(days)))
    return {weekday: draw(intervals(overnight=True)) if weekday == other else usual
            for weekday in sorted(days)}


def week_yaml(week):
    return {WEEKDAYS[weekday]: intervals_text(row) for weekday, row in week.items()}


@dataclasses.dataclass
class Made:
    """One calendar: its YAML, its holiday list's, its walk; `through` or None."""

    yaml: dict
    list: dict
    walk: Walk
    through: datetime.date  # None: no list that ends; ...: ask the members
    always: bool

    def walk_date(self, at):
        return self.walk.local_of(at)[0]


@st.composite
def calendars(draw, first):
    zone = draw(st.sampled_from(ZONES))
    dates = st.integers(-1, DAYS).map(lambda n: first + datetime.timedelta(days=n))
    hours = draw(weeks())
    yaml = {"timezone": zone, "hours": week_yaml(hours)}
    listed, through, seasons, closures = {}, None, [], []
    holidays, workdays, special = {}, {}, {}
    if draw(st.booleans()):
        for date in draw(st.lists(dates, max_size=4, unique=True)):
            holidays[date] = draw(st.sampled_from([None, None, 720, 150]))
        listed["closed"] = [
            {"date": str(date)} if closes is None else
            {"date": str(date), "open_until": clock(closes)} for date, closes in holidays.items()]
        for date in draw(st.lists(dates, max_size=2, unique=True)):
            workdays[date] = draw(st.one_of(st.sampled_from(sorted(hours)),
                                            intervals(overnight=False)))
        listed["workdays"] = [
            {"date": str(date), "like": WEEKDAYS[row]} if isinstance(row, int) else
            {"date": str(date), "hours": intervals_text(row)} for date, row in workdays.items()]
        if draw(st.booleans()):
            through = first + datetime.timedelta(days=draw(st.integers(5, DAYS - 2)))
            listed["through"] = str(through)
    if draw(st.integers(0, 3)) == 0:
        for date in draw(st.lists(dates, max_size=2, unique=True)):
            special[date] = draw(st.one_of(st.just([]), intervals(overnight=False)))
        yaml["special"] = [{"date": str(date), "hours": intervals_text(row)}
                           for date, row in special.items()]
    if draw(st.integers(0, 3)) == 0:
        begin = datetime.datetime.combine(draw(dates), datetime.time(draw(st.integers(0, 23)), 30))
        end = begin + datetime.timedelta(minutes=draw(st.sampled_from([180, 300, 2880, 7215])))
        closures.append((begin, end))
        yaml.setdefault("special", []).append(
            {"from": begin.isoformat()[:16], "to": end.isoformat()[:16], "hours": "closed"})
    if draw(st.integers(0, 3)) == 0:
        begin, end = draw(dates), draw(dates)
        seasons.append(((begin.month, begin.day), (end.month, end.day), draw(weeks())))
        yaml["seasons"] = [{"from": f"{begin:%m-%d}", "to": f"{end:%m-%d}",
                            "hours": week_yaml(seasons[0][2])}]
    plan = Plan(hours, seasons, holidays, workdays, special, closures)
    plain = not (seasons or holidays or workdays or special or closures)
    return Made(yaml, listed, Walk.of(plan, zone, first, DAYS), through,
                plain and hours == {weekday: [(0, MINUTES)] for weekday in range(7)})


@dataclasses.dataclass
class Random:
    """A policy with calendars: `made` by name, one of them may be made of the others (C9)."""

    text: str
    made: dict
    roll: bool


@st.composite
def policies(draw):
    first = draw(st.sampled_from(WEEKS))
    made = {f"c{n}": draw(calendars(first)) for n in range(draw(st.integers(1, 2)))}
    if len(made) == 2:
        one, two = (made[name].walk.flags for name in ("c0", "c1"))
        word, join = draw(st.sampled_from([
            ("all_of", lambda a, b: a & b), ("any_of", lambda a, b: a | b),
            ("none_of", lambda a, b: 1 - (a | b))]))
        flags = bytes(map(join, one, two))
        if any(flags):  # C8: one that never opens is refused
            throughs = [part.through for part in made.values() if part.through]
            made["both"] = Made({"timezone": made["c0"].walk.key, word: ["c0", "c1"]}, {},
                                made["c0"].walk.with_flags(flags), None if not throughs else ...,
                                False)
    roll = draw(st.booleans())
    lists = {f"list_{name}": part.list for name, part in made.items() if part.list}
    for name, part in made.items():
        if part.list:
            part.yaml["holidays"] = [f"list_{name}"]
    lines = ["sla: 1", f"timezone: {draw(st.sampled_from(ZONES))}", "calendar: c0",
             f"roll_deadlines: {json.dumps(roll)}", "calendars:"]
    lines += [f"  {name}: {json.dumps(part.yaml)}" for name, part in made.items()]
    if lists:
        lines += ["holidays:"] + [f"  {name}: {json.dumps(rows)}" for name, rows in lists.items()]
    return Random("\n".join([*lines, "targets: [{resolution: 1h}]", ""]), made, roll)


@st.composite
def instants(draw, walk):
    """Mostly about an opening, a closing, a midnight or a change of the clock."""
    low, high = walk.start * 60 + 4 * 86400, walk.end - 9 * 86400
    kind = draw(st.integers(0, 3))
    if kind:
        edges = walk.edges[kind - 1]
        near = [at for at in edges if low <= at < high]
        if near:
            return draw(st.sampled_from(near)) + draw(st.sampled_from([0, 0, 1, -1, 59, -3600]))
    return draw(st.integers(low, high - 1))
