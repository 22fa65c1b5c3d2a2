# SPDX-License-Identifier: MIT
"""A slow model of calendars and targets, written from the rules T, C and D alone.

A calendar is one sorted list of open stretches [from, to) in instants. It is made date by date on
the local wall clock, then moved to instants piece by piece of constant offset, as C1 says."""
import bisect
import datetime
import zoneinfo

DAY = 86400
UTC = datetime.timezone.utc
EPOCH = datetime.date(1970, 1, 1)


class OutOfRange(Exception):
    """The question leaves the window for which the model has stretches."""


def merged(stretches):
    """Sorted stretches without overlaps; stretches that touch become one."""
    result = []
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


class Zone:
    """Offsets of a zone, asked of the zone data by instant."""
    known = {}

    def __init__(self, name):
        self.name = name
        self.info = zoneinfo.ZoneInfo(name)
        self.cached_pieces = {}

    @classmethod
    def named(cls, name):
        if name not in cls.known:
            cls.known[name] = cls(name)
        return cls.known[name]

    def offset(self, at):
        moment = datetime.datetime.fromtimestamp(at, UTC).astimezone(self.info)
        return int(moment.utcoffset().total_seconds())

    def pieces(self, start, end):
        """[(from, to, offset)] that cover [start, end): looked at every hour, then every second."""
        if (start, end) in self.cached_pieces:
            return self.cached_pieces[start, end]
        result = []
        begin, offset = start, self.offset(start)
        at = start
        while at < end:
            following = min(at + 3600, end)
            new = self.offset(following)
            if new != offset:
                low, high = at, following
                while high - low > 1:
                    middle = (low + high) // 2
                    if self.offset(middle) == offset:
                        low = middle
                    else:
                        high = middle
                result.append((begin, high, offset))
                begin, offset = high, new
            at = following
        result.append((begin, end, offset))
        self.cached_pieces[start, end] = result
        return result

    def local(self, at):
        """(date, second of the day) on the wall clock."""
        return divmod(at + self.offset(at), DAY)

    def instant(self, date, second):
        """T3: a repeated local time is its first occurrence, a skipped one is moved forward."""
        day = EPOCH + datetime.timedelta(days=date + second // DAY)
        second %= DAY
        naive = datetime.datetime(day.year, day.month, day.day, second // 3600,
                                  second // 60 % 60, second % 60, tzinfo=self.info, fold=0)
        return int((naive - datetime.datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())


class Calendar:
    """spec: timezone; hours: {weekday 0..6: [(open, close)]} or 'always', an interval with
    close <= open goes past midnight; holidays: {date: None or the second at which it closes};
    workdays and special: {date: [(open, close)]}."""

    def __init__(self, spec, start, end):
        self.zone = Zone.named(spec['timezone'])
        self.spec = spec
        self.start, self.end = start, end
        self.week = self.weekly_table(spec['hours'])
        self.always = spec['hours'] == 'always' and not any(
            spec.get(key) for key in ('holidays', 'workdays', 'special'))
        local = []
        for date in range(start // DAY - 2, end // DAY + 3):
            local += [(date * DAY + a, date * DAY + b) for a, b in self.hours_of(date)]
        local = merged(local)
        stretches = []
        for begin, stop, offset in self.zone.pieces(start, end):
            first = bisect.bisect_left(local, (begin + offset, 0)) - 1
            for a, b in local[max(first, 0):]:
                if a - offset >= stop:
                    break
                stretches.append((max(a - offset, begin), min(b - offset, stop)))
        self.stretches = merged(stretches)
        self.starts = [a for a, b in self.stretches]
        self.sums = [0]
        for a, b in self.stretches:
            self.sums.append(self.sums[-1] + b - a)

    @staticmethod
    def weekly_table(hours):
        """C2: a night shift is split at midnight, into the next weekday of the same table."""
        table = {weekday: [] for weekday in range(7)}
        if hours == 'always':
            return {weekday: [(0, DAY)] for weekday in range(7)}
        for weekday, intervals in hours.items():
            for a, b in intervals:
                if a < b:
                    table[weekday].append((a, b))
                else:
                    table[weekday].append((a, DAY))
                    table[(weekday + 1) % 7].append((0, b))
        return table

    def hours_of(self, date):
        """C3: special day, else make-up working day, else holiday, else the weekly hours."""
        for key in ('special', 'workdays'):
            if date in self.spec.get(key, {}):
                return merged(self.spec[key][date])
        weekly = self.week[(date + 3) % 7]  # 1970-01-01 was a Thursday
        holidays = self.spec.get('holidays', {})
        if date in holidays:
            if holidays[date] is None:
                return []
            return merged((a, min(b, holidays[date])) for a, b in weekly)
        return merged(weekly)

    def check(self, *instants):
        for at in instants:
            if not self.start <= at < self.end:
                raise OutOfRange

    def before(self, at):
        """Counted seconds from the window's start to `at`."""
        self.check(at)
        index = bisect.bisect_right(self.starts, at) - 1
        if index < 0:
            return 0
        a, b = self.stretches[index]
        return self.sums[index] + min(at, b) - a

    def elapsed(self, a, b):
        """C4."""
        return self.before(b) - self.before(a)

    def add(self, at, counted):
        """C5: the earliest t >= at with elapsed(at, t) >= n; for -n the latest t <= at."""
        self.check(at)
        if counted == 0:
            return at
        wanted = self.before(at) + counted
        if counted > 0:
            index = bisect.bisect_left(self.sums, wanted) - 1
            if index >= len(self.stretches):
                raise OutOfRange
            return self.stretches[index][0] + wanted - self.sums[index]
        index = bisect.bisect_right(self.sums, wanted) - 1
        if wanted < 0 or index < 0:
            raise OutOfRange
        return self.stretches[index][0] + wanted - self.sums[index]

    def is_open(self, at):
        self.check(at)
        index = bisect.bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.stretches[index][1]

    def next_open(self, at):
        """C7."""
        if self.is_open(at):
            return at
        index = bisect.bisect_right(self.starts, at)
        if index == len(self.starts):
            raise OutOfRange
        return self.starts[index]

    def is_closing(self, at):
        """Open until `at`, closed from it on."""
        return not self.is_open(at) and self.elapsed(at - 1, at) == 1

    def stretches_of(self, date):
        """C7: the open stretches of a local date, cut at its own midnights."""
        a, b = self.zone.instant(date, 0), self.zone.instant(date + 1, 0)
        self.check(a, b)
        index = max(bisect.bisect_right(self.starts, a) - 1, 0)
        result = []
        while index < len(self.stretches) and self.stretches[index][0] < b:
            start, end = max(self.stretches[index][0], a), min(self.stretches[index][1], b)
            if start < end:
                result.append((start, end))
            index += 1
        return result

    def next_workday(self, date):
        date += 1
        while not self.stretches_of(date):
            date += 1
        return date

    def due_workdays(self, start, days, due='same_time', cutoff=None):
        """D2."""
        date, second = self.zone.local(start)
        first = self.next_open(start)
        if cutoff is not None and second >= cutoff and any(
                b > start for a, b in self.stretches_of(date)):
            first = self.stretches_of(self.next_workday(date))[0][0]
        day, time_of_day = self.zone.local(first)
        for _ in range(days):
            day = self.next_workday(day)
        while True:
            stretches = self.stretches_of(day)
            if due == 'close':
                result = stretches[-1][1]
            else:
                wanted = self.zone.instant(day, time_of_day if due == 'same_time' else due)
                if due == 'same_time' and day == self.zone.local(first)[0]:
                    wanted = first  # also in the second run of a repeated hour
                result = wanted
                if not self.is_open(wanted):
                    closings = [b for a, b in stretches if b <= wanted]
                    result = closings[-1] if closings else stretches[0][0]
            if result >= first:
                return result
            day = self.next_workday(day)

    def due_days(self, start, days):
        """D3. No deadline is before its start, not even of 0 days in an hour that occurs twice."""
        if days == 0:
            return start
        date, second = self.zone.local(start)
        return self.zone.instant(date + days, second)

    def due(self, start, target):
        """The deadline of a fixed target: unit s, wd or d."""
        if target['unit'] == 's':
            return self.add(start, target['amount'])
        if target['unit'] == 'wd':
            return self.due_workdays(start, target['amount'], target.get('due', 'same_time'),
                                     target.get('cutoff'))
        return self.due_days(start, target['amount'])
