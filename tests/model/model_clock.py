# SPDX-License-Identifier: MIT
"""A clock of the model: a record of what ran and what was paused, and answers that are computed
from that record from scratch at every question (K2 to K4, K9, K10, D4, D5)."""
from model_rules import split_seconds


class Clock:
    def __init__(self, rules, metric, kind, cycle, promise, at):
        self.rules = rules
        self.metric, self.kind, self.cycle = metric, kind, cycle
        self.state = 'running'
        self.started = at        # the trigger's instant (K1)
        self.ended_at = None
        self.record = []         # [from, to or None, 'run' or 'pause', calendar name]
        self.causes = {}         # place of a pause in the policy: [end of its limit, expired]
        self.steps = {}          # (entry, place): {'sends', 'last', 'over'}; one arming
        self.breach_told = None  # B as it was told
        self.breach_deadline = None
        self.breach_ahead = None  # told, but later than a late update (E2)
        self.known_facts = None  # see Model.facts()
        self.limit_resume = None  # when a limit ended the last pause
        self.pauses_told = 0
        self.resumes_told = frozenset()
        self.origin = at
        self.is_mixed = False
        self.counted_from = None  # pauses that ended by then move nothing (D6, K8)
        self.changed_at = None   # from when on the present calendar counts, of a mixed record
        self.extended = 0        # counted time more (K12)
        self.pinned = None       # the deadline as the host pinned it (K12)
        self.promise = None
        if promise:
            self.take(promise, at)
        self.record.append([at, None, 'run', self.calendar_name])

    # The promise.

    @property
    def silent(self):
        return self.promise is None

    @property
    def calendar_name(self):
        return self.promise['calendar'] if self.promise else None

    @property
    def calendar(self):
        return self.rules.calendars[self.calendar_name]

    def take(self, promise, now):
        """A promise as if it had been there since counting began (K8 on an unchanged calendar)."""
        self.promise = promise
        self.is_mixed = False
        self.counted_from = now if promise['agreed'] is not None else None
        if promise['agreed'] is not None:
            self.d0 = promise['agreed']
        else:
            self.d0 = self.calendar.due(self.origin, promise['target'])
        if promise['target'] and promise['target']['unit'] == 's':
            self.budget = promise['target']['amount']
        else:
            self.budget = self.calendar.elapsed(self.origin, self.d0)

    # The record.

    @property
    def is_open(self):
        return self.state in ('running', 'paused')

    def paused_since(self):
        """Start of the pause that runs now; consecutive entries of the record are one pause."""
        since = None
        for begin, end, what, _ in reversed(self.record):
            if what != 'pause':
                break
            since = begin
        return since

    def pauses(self, finished_only=True):
        result, before = [], None
        for begin, end, what, _ in self.record:
            if what == 'pause' and before == 'pause':
                result[-1][1] = end
            elif what == 'pause':
                result.append([begin, end])
            before = what
        if finished_only:
            result = [p for p in result if p[1] is not None]
        return result

    def switch(self, at, what):
        self.record[-1][1] = at
        self.record.append([at, None, what, self.calendar_name])
        self.state = {'run': 'running', 'pause': 'paused'}[what]

    def used(self, at):
        """Counted seconds used at `at`, each stretch on the calendar of its time."""
        total = 0
        for begin, end, what, calendar in self.record:
            if what == 'run' and begin < at:
                end = at if end is None else min(end, at)
                total += self.rules.calendars[calendar or self.calendar_name].elapsed(begin, end)
        return total

    # Deadline and breach.

    @property
    def allowed(self):
        """The budget, with what the host did to it (K12); of a pin as of an agreed instant."""
        if self.pinned is not None:
            return self.calendar.elapsed(self.origin, self.pinned)
        return self.budget + self.extended

    def extend(self, counted):
        self.extended += counted
        if self.pinned is not None:
            self.pinned = self.calendar.add(self.pinned, counted)

    def base(self):
        """(where the deadline stands before pauses, pauses that ended by then move nothing)."""
        if not self.extended:
            return self.d0, self.counted_from
        if not self.is_mixed or self.promise['agreed'] is not None:
            return self.calendar.add(self.d0, self.extended), self.counted_from
        left = self.budget + self.extended - self.used(self.changed_at)
        if left > 0:
            return self.calendar.add(self.changed_at, left), self.changed_at
        at = self.when_used(self.budget + self.extended)
        return at, at

    def rolled(self, at):
        """C6."""
        target = self.promise['target']
        if self.rules.policy.get('roll_deadlines') and target and target['unit'] == 's' \
                and self.calendar.is_closing(at):
            return self.calendar.next_open(at)
        return at

    def deadline_and_breach(self):
        """K4 and D5 with the pauses that have ended."""
        moved = extra = 0
        grace = self.promise['grace']
        if self.pinned is not None:
            base = deadline = self.pinned
            counted_from = None
        else:
            base, counted_from = self.base()
            deadline = self.rolled(base)
        for begin, end in self.pauses():
            if counted_from is not None and end <= counted_from:
                continue
            counted = self.calendar.elapsed(begin, end)
            if begin <= deadline and self.pinned is not None:
                continue
            if begin <= deadline:
                moved += counted
                deadline = self.rolled(self.calendar.add(base, moved))
            elif begin <= self.calendar.add(deadline, grace + extra):
                extra += counted
        return deadline, self.calendar.add(deadline, grace + extra)

    def told_deadline(self):
        """What an event says: null while paused."""
        return None if self.state == 'paused' else self.deadline_and_breach()[0]

    # Steps.

    def when_used(self, wanted):
        """The earliest instant at which so much is used."""
        if wanted <= 0:
            return self.origin
        total = 0
        for begin, end, what, calendar in self.record:
            if what != 'run':
                continue
            calendar = self.rules.calendars[calendar or self.calendar_name]
            if end is None:
                return calendar.add(begin, wanted - total)
            counted = calendar.elapsed(begin, end)
            if total + counted >= wanted:
                return calendar.add(begin, wanted - total)
            total += counted
        return None

    def after(self, calendar, start, counted):
        """So much later on a calendar, with what was spent paused left out."""
        at = start
        for begin, end in self.pauses():
            if end <= start:
                continue
            here = calendar.elapsed(at, max(begin, at))
            if here >= counted:
                return calendar.add(at, counted)
            counted -= here
            at = end
        return calendar.add(at, counted)

    def step_instant(self, step):
        """The first send of a step, before it is held to `only_in`."""
        deadline, breach = self.deadline_and_breach()
        calendar = self.rules.calendars[step.get('calendar', self.calendar_name)]
        words = step['at'].split()
        if words[0] == 'due':
            return breach
        if words[0].endswith('%'):
            percent = int(words[0][:-1])
            budget = max(self.allowed, 0)  # an agreed instant may lie before the start
            if percent < 100:
                return self.when_used(-(-percent * budget // 100))
            return self.after(self.calendar, breach, -(-(percent - 100) * budget // 100))
        offset = split_seconds(words[0])
        if words[1] == 'before':
            return self.moved_by_pauses(calendar.add(deadline, -offset))
        return self.after(calendar, breach, offset)

    def next_send(self, place):
        """(instant, number of the send) of a step, or None."""
        entry = self.promise['entry']
        step = self.rules.policy['escalations'][entry]['steps'][place]
        told = self.steps.get((entry, place), {'sends': 0, 'over': False})
        if told['over'] or told['sends'] >= step.get('times', 1):
            return None
        if told['sends'] == 0:
            at = self.step_instant(step)
            if at is None:
                return None
            at = max(at, self.origin)
        else:
            calendar = self.rules.calendars[step.get('calendar', self.calendar_name)]
            at = self.after(calendar, told['last'], split_seconds(step['repeat']))
        if 'only_in' in step:
            at = self.held(self.rules.calendars[step['only_in']], at)
        return at, told['sends'] + 1

    def moved_by_pauses(self, at):
        """K9: a pause moves steps that have not fired."""
        for begin, end in self.pauses():
            if begin < at < end:
                return end
        return at

    def held(self, calendar, at):
        """K10: the first instant from `at` on that is open and not inside a pause (K9: a pause
        moves steps that have not fired)."""
        at = calendar.next_open(at)
        for begin, end in self.pauses():
            if begin < at < end:
                at = calendar.next_open(end)
        return at
