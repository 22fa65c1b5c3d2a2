# SPDX-License-Identifier: MIT
"""The Python peers. usage: peers.py FOLDER SECONDS LIMIT NAME..."""

import datetime
import pathlib
import statistics
import sys
import time
import zoneinfo

FOLDER, SECONDS, LIMIT = pathlib.Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
ZONE = zoneinfo.ZoneInfo("America/New_York")
UTC = datetime.timezone.utc
HOURS_8, HOURS_200 = datetime.timedelta(hours=8), datetime.timedelta(hours=200)

now = time.process_time  # work of this process: others on the machine do not count
rows = [tuple(map(int, line.split())) for line in open(FOLDER / "questions.txt", encoding="ascii")]
starts, ends, days, lasts = zip(*rows)
holidays = [datetime.date.fromisoformat(line.strip())
            for line in open(FOLDER / "holidays.txt", encoding="ascii")]


def report(name, work, nanoseconds, answers):
    (FOLDER / "answers" / f"{name}.{work}").write_text(
        "".join(f"{answer}\n" for answer in answers), encoding="ascii")
    print(f"time {name} {work} {nanoseconds:.3f} {len(answers)}", flush=True)


def median_pass(call):
    took, began = [], now()
    while not took or now() < began + SECONDS:
        begin = now()
        call()
        took.append(now() - begin)
    return statistics.median_low(took)


def measure(name, work, call, *columns, answer=int):
    """Asks row after row, until the limit of seconds. Then again; the median pass counts."""
    began = now()
    got = []
    for row in zip(*columns):
        got.append(call(*row))
        if now() > began + LIMIT:
            break
    asked = list(zip(*columns))[:len(got)]
    def ask_all():
        for row in asked:
            call(*row)

    report(name, work, median_pass(ask_all) / len(got) * 1e9, [answer(value) for value in got])


def instants(seconds):
    return [datetime.datetime.fromtimestamp(value, ZONE) for value in seconds]


def local_times(seconds):
    return [value.replace(tzinfo=None) for value in instants(seconds)]


def in_seconds(span):
    return int(span.total_seconds())


def pandas_hours():
    """Adds hours; has no question for the hours between two instants."""
    import pandas
    rules = {"start": ["09:00", "13:00"], "end": ["12:00", "18:00"], "holidays": holidays}
    eight = pandas.offsets.CustomBusinessHour(8, **rules)
    two_hundred = pandas.offsets.CustomBusinessHour(200, **rules)
    asked = [pandas.Timestamp(value, unit="s", tz="America/New_York") for value in starts]
    answer = lambda got: int(got.timestamp())
    measure("pandas", "W1", lambda start: start + eight, asked, answer=answer)
    measure("pandas", "W2", lambda start: start + two_hundred, asked, answer=answer)


def businesstimedelta_hours():
    import businesstimedelta
    import pytz
    zone = pytz.timezone("America/New_York")
    office = businesstimedelta.Rules([
        businesstimedelta.WorkDayRule(datetime.time(9), datetime.time(18), tz=zone),
        businesstimedelta.LunchTimeRule(datetime.time(12), datetime.time(13), tz=zone),
        businesstimedelta.HolidayRule(set(holidays), tz=zone)])
    eight = businesstimedelta.BusinessTimeDelta(office, hours=8)
    two_hundred = businesstimedelta.BusinessTimeDelta(office, hours=200)
    asked = [datetime.datetime.fromtimestamp(value, zone) for value in starts]
    until = [datetime.datetime.fromtimestamp(value, zone) for value in ends]
    answer = lambda got: int(got.timestamp())
    measure("businesstimedelta", "W1", lambda start: start + eight, asked, answer=answer)
    measure("businesstimedelta", "W2", lambda start: start + two_hundred, asked, answer=answer)
    measure("businesstimedelta", "W3", office.difference, asked, until,
            answer=lambda got: in_seconds(got.timedelta))


def timegrid_hours():
    """Knows no zones: is asked in local time. What can be asked of its compiled form, is."""
    import timegrid
    office = timegrid.TimeGridCalendar.weekdays(datetime.time(9), datetime.time(18))
    office = office.break_weekdays(datetime.time(12), datetime.time(13))
    for date in holidays:
        office = office.close(date)
    compiled = office.compile(datetime.datetime(2015, 1, 1), datetime.datetime(2035, 1, 1))
    asked, until = local_times(starts), local_times(ends)
    answer = lambda got: int(got.replace(tzinfo=ZONE).timestamp())
    measure("timegrid", "W1", lambda start: office.add_work_duration(start, HOURS_8), asked,
            answer=answer)
    measure("timegrid", "W2", lambda start: office.add_work_duration(start, HOURS_200), asked,
            answer=answer)
    measure("timegrid", "W3", compiled.get_working_duration, asked, until, answer=in_seconds)


def numpy_days():
    """Days only, but many at once: one call for all rows."""
    import numpy
    office = numpy.busdaycalendar(holidays=numpy.array(holidays, dtype="datetime64[D]"))
    day = numpy.array(days, dtype="datetime64[D]")
    last = numpy.array(lasts, dtype="datetime64[D]")
    for work, call in (
            ("W1", lambda: numpy.busday_offset(day, 1, busdaycal=office)),
            ("W2", lambda: numpy.busday_offset(day, 25, busdaycal=office)),
            ("W3", lambda: numpy.busday_count(day, last, busdaycal=office))):
        report("numpy", work, median_pass(call) / len(rows) * 1e9, call().astype("int64"))


PEERS = {"pandas": pandas_hours, "businesstimedelta": businesstimedelta_hours,
         "timegrid": timegrid_hours, "numpy": numpy_days}

for wanted in sys.argv[4:]:
    try:
        PEERS[wanted]()
    except Exception as error:  # one that fails must not stop the others
        print(f"fault {wanted} {error!r}", flush=True)
