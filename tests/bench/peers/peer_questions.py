# SPDX-License-Identifier: MIT
"""The questions that every peer is asked: the same holidays, the same rows, in one folder.

holidays.txt   200 dates, ten a year, each on a weekday
questions.txt  rows of four numbers: start and end, instants; day and last, days since 1970-01-01
policy.yaml    the same for libsla: `office` is what is wanted, `plain` for those who know one
               interval a day, `weekdays` for those who know no holidays
"""

import datetime
import random
import zoneinfo

ZONE = "America/New_York"
FIRST_YEAR, YEARS, ROWS = 2015, 20, 4096
EPOCH = datetime.date(1970, 1, 1)

# Roughly where the American ones fall; moved to a weekday. tests/bench/calendar.c has the same.
PLACES = [(1, 1), (1, 19), (2, 16), (5, 25), (6, 19), (7, 4), (9, 7), (11, 11), (11, 26), (12, 25)]

POLICY = """sla: 1
timezone: {zone}
calendar: office
holidays:
  american:
    through: {through}
    closed: [{dates}]
calendars:
  office: {{hours: {{mon-fri: "09:00-12:00, 13:00-18:00"}}, holidays: [american]}}
  plain: {{hours: {{mon-fri: "09:00-17:00"}}, holidays: [american]}}
  weekdays: {{hours: {{mon-fri: "09:00-17:00"}}}}
targets: [{{resolution: 8h}}]
"""


def holidays():
    found = []
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        for month, day in PLACES:
            date = datetime.date(year, month, day)
            while date.weekday() > 4:
                date += datetime.timedelta(days=1)
            found.append(date)
    return found


def rows(closed):
    """Random over the years, to the minute, as some peers know no seconds. `day` is the local date
    of the start or the next working day: peers differ in what a day more than Saturday is. The
    last answers, 200 hours on, still lie within the years that have holidays."""
    draw = random.Random(2026).random
    zone = zoneinfo.ZoneInfo(ZONE)
    begin = datetime.datetime(FIRST_YEAR, 1, 1, tzinfo=zone).timestamp()
    minutes = (datetime.datetime(FIRST_YEAR + YEARS - 1, 11, 1, tzinfo=zone).timestamp()
               - begin) // 60
    for _ in range(ROWS):
        start = int(begin) + 60 * int(draw() * minutes)
        end = start + 60 * int((25 + 10 * draw()) * 1440)
        day = datetime.datetime.fromtimestamp(start, zone).date()
        while day.weekday() > 4 or day in closed:
            day += datetime.timedelta(days=1)
        number = (day - EPOCH).days
        yield start, end, number, number + 25 + int(11 * draw())


def write(folder):
    dates = holidays()
    lines = [date.isoformat() for date in dates]
    (folder / "holidays.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    through = f"{FIRST_YEAR + YEARS - 1}-12-31"
    (folder / "policy.yaml").write_text(
        POLICY.format(zone=ZONE, through=through, dates=", ".join(lines)), encoding="utf-8")
    (folder / "questions.txt").write_text(
        "".join("%d %d %d %d\n" % row for row in rows(set(dates))), encoding="utf-8")
    (folder / "answers").mkdir(exist_ok=True)
