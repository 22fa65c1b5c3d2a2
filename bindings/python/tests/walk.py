# SPDX-License-Identifier: MIT
"""The oracle of calendars: a walk over every minute of some weeks, in datetime and zoneinfo.

Written from rules C1 to C7, D1 to D3 and T3; it shares no line and no idea with the library. Hours
and changes of clocks lie on whole minutes here; instants between them do not."""

import array
import datetime
import functools
import itertools
from zoneinfo import ZoneInfo

UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)
MINUTES = 1440
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Outside(Exception):
    """The answer lies outside the weeks that the walk knows."""


def moment(at, zone=UTC):
    """An instant as a datetime of a zone."""
    return (EPOCH + datetime.timedelta(seconds=at)).astimezone(zone)


def seconds(value):
    """The instant of an aware datetime, floored (T2)."""
    return (value.astimezone(UTC) - EPOCH) // datetime.timedelta(seconds=1)


def instant_of(local, zone):
    """T3: a repeated local time is its first occurrence; a skipped one moves forward by the gap,
    which is what the offset before the gap makes of it."""
    return seconds(local.replace(tzinfo=zone, fold=0))


@functools.lru_cache(maxsize=256)
def local_minutes(key, start, count):
    """What the wall clock shows at each minute: minutes since the year 1. Asked of zoneinfo once an
    hour, and minute by minute in an hour in which the clock changes."""
    zone, result = ZoneInfo(key), array.array("l")

    def shown(minute):
        local = moment(minute * 60, zone)
        assert local.second == 0, f"{key} has offsets of seconds: choose other weeks"
        return local.toordinal() * MINUTES + local.hour * 60 + local.minute

    for hour in range(start, start + count, 60):
        first = shown(hour)
        if shown(hour + 60) == first + 60:
            result.extend(range(first, first + 60))
        else:
            result.extend(shown(minute) for minute in range(hour, hour + 60))
    return result


@functools.lru_cache(maxsize=256)
def changes(key, start, count):
    """The minutes at which the clock jumps, and those at which the date changes."""
    local = local_minutes(key, start, count)
    return ([m for m in range(1, count) if local[m] != local[m - 1] + 1],
            [m for m in range(1, count) if local[m] // MINUTES != local[m - 1] // MINUTES])


def earliest(low, high, holds):
    """The first number in [low, high) for which it holds, of a question that stays answered."""
    if low >= high or not holds(high - 1):
        raise Outside
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


class Plan:
    """What a calendar's YAML says, date by date (C2, C3). Times of day are minutes."""

    def __init__(self, hours, seasons=(), holidays=None, workdays=None, special=None, closures=()):
        self.hours = hours              # {weekday: [(open, close)]}; close <= open: past midnight
        self.seasons = seasons          # [((month, day), (month, day), hours)], both inclusive
        self.holidays = holidays or {}  # {date: None, or the minute at which it closes}
        self.workdays = workdays or {}  # {date: weekday whose hours it has, or its own hours}
        self.special = special or {}    # {date: [(open, close)]}
        self.closures = closures        # [(local datetime, local datetime)]

    def week_of(self, date):
        """C3: the first season that holds the date, else the week."""
        day = (date.month, date.day)
        for first, last, hours in self.seasons:
            if first <= day <= last if first <= last else day >= first or day <= last:
                return hours
        return self.hours

    def row(self, date, weekday):
        """C2: a weekday's row; evenings that run past midnight open the next weekday's morning."""
        week = self.week_of(date)
        own = [(begin, end if begin < end else MINUTES) for begin, end in week.get(weekday, ())]
        return own + [(0, end) for begin, end in week.get((weekday - 1) % 7, ()) if end <= begin]

    def minutes(self, date):
        """C3, closures left out: one byte for each minute that the date's clock may show."""
        closes = MINUTES
        if date in self.special:
            rows = self.special[date]
        elif date in self.workdays:
            rows = self.workdays[date]
            rows = self.row(date, rows) if isinstance(rows, int) else rows
        else:
            rows = self.row(date, date.weekday())
            if date in self.holidays:
                closes = self.holidays[date] or 0
        day = bytearray(MINUTES)
        for begin, end in rows:
            day[begin:end] = b"\1" * (end - begin)
        day[closes:] = bytes(MINUTES - closes)
        return day


class Walk:
    """A calendar over `days` days from midnight UTC of `first` on."""

    def __init__(self, key, first, days, flags):
        self.key, self.zone = key, ZoneInfo(key)
        self.start = (datetime.datetime.combine(first, datetime.time(), UTC) - EPOCH
                      ) // datetime.timedelta(minutes=1)
        self.first, self.days = first, days
        self.local = local_minutes(key, self.start, days * MINUTES)
        self.flags = flags
        self.sums = [0, *itertools.accumulate(flags)]
        self.end = (self.start + len(flags)) * 60
        self.known_dates = {}

    @classmethod
    def of(cls, plan, key, first, days):
        """C1: an instant is open iff its local time of day lies in the hours of its local date."""
        walk = cls(key, first, days, b"")
        open_of = functools.lru_cache(None)(lambda n: plan.minutes(datetime.date.fromordinal(n)))
        flags = bytearray()
        for minute in range(0, len(walk.local), 60):
            one, last = walk.local[minute], walk.local[minute + 59]
            if last == one + 59 and one // MINUTES == last // MINUTES:
                flags += open_of(one // MINUTES)[one % MINUTES:last % MINUTES + 1]
            else:
                flags += bytes(open_of(local // MINUTES)[local % MINUTES]
                               for local in walk.local[minute:minute + 60])
        for begin, end in plan.closures:
            for minute in range(max(instant_of(begin, walk.zone) // 60 - walk.start, 0),
                                min(instant_of(end, walk.zone) // 60 - walk.start, len(flags))):
                flags[minute] = 0
        return cls(key, first, days, bytes(flags))

    def with_flags(self, flags):
        """C9: a calendar made of others, in the zone of this one."""
        return Walk(self.key, self.first, self.days, bytes(flags))

    def place(self, at):
        if not self.start * 60 <= at < self.end:
            raise Outside
        return divmod(at - self.start * 60, 60)

    def local_of(self, at):
        """(date, second of the day) on the wall clock."""
        minute, second = self.place(at)
        ordinal, minute = divmod(self.local[minute], MINUTES)
        return datetime.date.fromordinal(ordinal), minute * 60 + second

    @functools.cached_property
    def edges(self):
        """Where something changes: (openings and closings, the clock, the date)."""
        opens, minute = [], self.flags.find(1 - self.flags[0])
        while minute >= 0:
            opens.append(minute)
            minute = self.flags.find(1 - self.flags[minute], minute)
        return [[(self.start + minute) * 60 for minute in minutes]
                for minutes in (opens, *changes(self.key, self.start, len(self.local)))]

    # C1, C4, C5, C7

    def is_open(self, at):
        return bool(self.flags[self.place(at)[0]])

    def counted(self, at):
        minute, second = self.place(at)
        return self.sums[minute] * 60 + self.flags[minute] * second

    def elapsed(self, a, b):
        return self.counted(b) - self.counted(a)

    def add(self, at, count):
        if count >= 0:
            return earliest(at, self.end, lambda t: self.elapsed(at, t) >= count)
        return -earliest(-at, 1 - self.start * 60, lambda t: self.elapsed(-t, at) >= -count)

    def next_where(self, at, flag):
        minute = self.place(at)[0]
        if self.flags[minute] == flag:
            return at
        found = self.flags.find(flag, minute)
        if found < 0:
            raise Outside
        return (self.start + found) * 60

    def next_open(self, at):
        return self.next_where(at, 1)

    def next_close(self, at):
        return self.next_where(at, 0)

    # Dates

    def minutes_of(self, date):
        """The minutes that show a date, none if the zone skipped it. A zone is never two days from
        UTC, nor does it go back so far."""
        if date not in self.known_dates:
            self.known_dates[date] = self.find_minutes(date)
        return self.known_dates[date]

    def find_minutes(self, date):
        ordinal = date.toordinal()
        noon = ((date - self.first).days * 2 + 1) * MINUTES // 2
        if not 2 * MINUTES <= noon < len(self.local) - 2 * MINUTES:
            raise Outside
        return [minute for minute in range(noon - 2 * MINUTES, noon + 2 * MINUTES)
                if self.local[minute] // MINUTES == ordinal]

    def stretches(self, date):
        """C7: open stretches of a date."""
        result = []
        for minute in self.minutes_of(date):
            at = (self.start + minute) * 60
            if self.flags[minute] and result and result[-1][1] == at:
                result[-1][1] = at + 60
            elif self.flags[minute]:
                result.append([at, at + 60])
        return [tuple(stretch) for stretch in result]

    def is_workday(self, date):
        return any(self.flags[minute] for minute in self.minutes_of(date))

    def add_workdays(self, date, count):
        step = datetime.timedelta(days=1 if count > 0 else -1)
        for _ in range(abs(count)):
            date += step
            while not self.is_workday(date):
                date += step
        return date

    def workdays(self, a, b):
        if b < a:
            return -self.workdays(b, a)
        return sum(self.is_workday(a + datetime.timedelta(days=n)) for n in range((b - a).days))

    # D1 to D3

    def due_counted(self, start, count, roll=False):
        at = self.add(start, count)
        closing = not self.is_open(at) and self.elapsed(at - 1, at) == 1
        return self.next_open(at) if roll and closing else at

    def due_days(self, start, count):
        if count == 0:
            return start  # in an hour that occurs twice, too: no deadline is before its start
        date, second = self.local_of(start)
        return self.at_local(date + datetime.timedelta(days=count), second)

    def at_local(self, date, second):
        midnight = datetime.datetime.combine(date, datetime.time())
        return instant_of(midnight + datetime.timedelta(seconds=second), self.zone)

    def due_workdays(self, start, count, due="same_time", cutoff=None):
        """`due` and `cutoff` are minutes of the day, or a word and None."""
        date, second = self.local_of(start)
        first = self.next_open(start)
        if cutoff is not None and second >= cutoff * 60 and \
                any(close > start for _, close in self.stretches(date)):
            first = self.stretches(self.add_workdays(date, 1))[0][0]
        day_0, second = self.local_of(first)
        day = self.add_workdays(day_0, count)
        while True:
            result = self.due_on(day, first, day_0, due, second)
            if result >= first:
                return result
            day = self.add_workdays(day, 1)

    def due_on(self, day, first, day_0, due, second):
        stretches = self.stretches(day)
        if due == "close":
            return stretches[-1][1]
        if due == "same_time" and day == day_0:
            return first
        wanted = self.at_local(day, second if due == "same_time" else due * 60)
        if self.is_open(wanted):
            return wanted
        return max((close for _, close in stretches if close <= wanted), default=stretches[0][0])
