# SPDX-License-Identifier: MIT
"""What changes in mid-flight: other targets (K8) and reopened clocks (K6)."""
import copy


def same_promise(one, other):
    """A change of agreement is a change of target; of an agreed instant the amount is no matter."""
    if [one[key] for key in ('agreement', 'calendar', 'grace', 'agreed')] != \
            [other[key] for key in ('agreement', 'calendar', 'grace', 'agreed')]:
        return False
    if one['agreed'] is not None:
        return True
    return whole(one['target']) == whole(other['target'])


def whole(target):
    if target['unit'] != 'wd':
        return target['unit'], target['amount']
    return 'wd', target['amount'], target.get('due', 'same_time'), target.get('cutoff')


def is_due_or_later(step):
    words = step['at'].split()
    return words[-1] in ('due', 'after') or (words[0][-1] == '%' and int(words[0][:-1]) >= 100)


def is_overrun(clock, now):
    """K3: of a paused clock, at the start of its pause."""
    if clock.state == 'paused':
        now = clock.paused_since()
    return now > clock.deadline_and_breach()[1]


def comparable_deadline(clock, now):
    """never_loosen: paused, the projections are compared."""
    if clock.state == 'paused':
        clock = twin(clock)
        clock.switch(now, 'run')
    return clock.deadline_and_breach()[0]


def twin(clock):
    other = copy.copy(clock)
    other.record = [list(entry) for entry in clock.record]
    other.steps = {key: dict(told) for key, told in clock.steps.items()}
    other.causes = {place: list(cause) for place, cause in clock.causes.items()}
    other.promise = dict(clock.promise) if clock.promise else None
    other.known_facts = None
    return other


class Changes:
    """A part of Model."""

    def retarget_all(self, incident, at):
        for metric in self.policy['metrics']:
            for clock in self.open_clocks(incident, metric):
                promise = self.promises.get((metric, clock.kind))
                if clock.silent and promise:
                    self.gain(incident, clock, promise, at)
                elif promise and not same_promise(clock.promise, promise):
                    self.move(incident, clock, promise, at)
                elif not promise and not clock.silent:
                    if not self.policy['metrics'][metric].get('never_loosen'):
                        self.end(incident, clock, at, 'cancelled')
                        self.start(incident, metric, clock.kind, at)
                        continue
                self.choose_entry(incident, clock)

    def choose_entry(self, incident, clock):
        if not clock.silent:
            clock.promise['entry'] = self.rules.entry(
                clock.metric, clock.kind, clock.promise['agreement'], incident.visible,
                incident.opened_at)

    def restarts(self, clock):
        return self.policy['metrics'][clock.metric].get('retarget') == 'restart'

    def gain(self, incident, clock, promise, at):
        """`started` is told now; with keep the time since the clock's own start counts."""
        if self.restarts(clock):
            self.begin_again(clock, promise, at)
        else:
            clock.take(promise, at)
            for entry in clock.record:
                entry[3] = clock.calendar_name
        self.choose_entry(incident, clock)
        self.tell(incident, clock, 'started', at, deadline=clock.deadline_and_breach()[0])
        if clock.state == 'paused':
            active = sorted(place for place, cause in clock.causes.items() if not cause[1])
            reason = self.pause_rules(clock.metric)[active[0]].get('reason') if active else None
            self.tell(incident, clock, 'paused', at, reason=reason)
        self.breach_found(incident, clock, at)

    def breach_found(self, incident, clock, at):
        if clock.breach_told is None and is_overrun(clock, at):
            fact = None, incident, clock, ('breach', None), clock.deadline_and_breach()[1]
            self.fire(fact, at)

    @staticmethod
    def begin_again(clock, promise, at):
        """A full budget from now; a pause that runs goes on."""
        clock.origin = at
        what = 'pause' if clock.state == 'paused' else 'run'
        clock.promise = promise
        if promise:
            clock.take(promise, at)
        clock.record = [[at, None, what, clock.calendar_name]]

    def move(self, incident, clock, promise, at):
        trial = twin(clock)
        if self.restarts(clock):
            self.begin_again(trial, promise, at)
        else:
            self.keep(trial, promise, at)
        if self.policy['metrics'][clock.metric].get('never_loosen') and \
                comparable_deadline(trial, at) > comparable_deadline(clock, at):
            return
        if clock.breach_told is not None and not is_overrun(trial, at):
            self.tell(incident, clock, 'breach_retracted', at)
            self.arm_due(trial)
        if self.restarts(clock):
            trial.steps = {}
            trial.breach_told = None
        vars(clock).update(vars(trial))
        self.breach_stands(clock)
        self.choose_entry(incident, clock)
        self.tell(incident, clock, 'retargeted', at)
        self.breach_found(incident, clock, at)

    @staticmethod
    def breach_stands(clock):
        """A told breach that is still true is the one in force from now on (E2)."""
        if clock.breach_told is not None:
            clock.breach_deadline, clock.breach_told = clock.deadline_and_breach()

    def arm_due(self, clock):
        clock.breach_told = None
        clock.steps = {
            (entry, place): told for (entry, place), told in clock.steps.items()
            if not is_due_or_later(self.policy['escalations'][entry]['steps'][place])}

    @staticmethod
    def keep(clock, promise, at):
        """What was used stays used."""
        old, counted_from, was_mixed = clock.promise, clock.counted_from, clock.is_mixed
        used = clock.used(at)
        clock.take(promise, at)
        if old is None or at == clock.origin or (
                not was_mixed and promise['calendar'] == old['calendar']):
            for entry in clock.record:
                entry[3] = clock.calendar_name
        else:
            # nothing counts in a pause, so `from now` is the same as from the start of the pause
            since = clock.paused_since() if clock.state == 'paused' else at
            clock.is_mixed, clock.changed_at = True, since
            if promise['agreed'] is None:
                if used < clock.budget:
                    clock.d0 = clock.calendar.add(since, clock.budget - used)
                    clock.counted_from = since
                else:
                    clock.d0 = clock.counted_from = clock.when_used(clock.budget)
            if clock.state == 'paused':
                clock.record[-1][3] = clock.calendar_name
            else:
                clock.switch(at, 'run')
        if old and old['agreed'] is not None and old['agreed'] == promise['agreed']:
            clock.counted_from = counted_from  # it did not change, so it was not read again

    # K6.

    def reopening(self, rule, fires):
        mode = rule.get('reopen', 'ignore')
        trigger = 'reopened'
        if isinstance(mode, dict):
            mode, trigger = mode['clock'], mode['event']
        return mode != 'ignore' and fires(trigger), mode

    def reopen(self, incident, clock, mode, at):
        promise = self.promises.get((clock.metric, clock.kind))
        refuses = mode in ('resume', 'count') \
            and self.policy['metrics'][clock.metric].get('never_loosen')
        loses = promise is None and not clock.silent and not refuses
        if mode == 'cycle' or loses:  # what lost its target is followed as the next cycle (K8)
            clock = self.start(incident, clock.metric, clock.kind, at)
            self.pause_or_resume(incident, clock, at)
            return
        self.let_go(clock)
        if mode == 'restart':
            clock.state = 'running'
            self.begin_again(clock, promise, at)
            clock.steps = {}
            clock.breach_told = None
        else:
            if mode == 'resume' or clock.record[-1][2] == 'pause':
                if clock.record[-1][2] == 'run':
                    clock.switch(clock.ended_at, 'pause')
                clock.switch(at, 'run')
            clock.state = 'running'
            self.look_up_again(clock, promise, at)
            if clock.breach_told is not None and not is_overrun(clock, at):
                self.arm_due(clock)
            self.breach_stands(clock)
        clock.ended_at = None
        clock.resumed_at = at
        clock.causes = {}
        self.choose_entry(incident, clock)
        self.tell(incident, clock, 'reopened', at)
        self.pause_or_resume(incident, clock, at)

    def look_up_again(self, clock, promise, at):
        if promise is None:
            return  # refused, or still without
        if clock.silent:
            clock.take(promise, at)
            for entry in clock.record:
                entry[3] = clock.calendar_name
            return
        if same_promise(clock.promise, promise):
            return
        trial = twin(clock)
        self.keep(trial, promise, at)
        if self.policy['metrics'][clock.metric].get('never_loosen') and \
                comparable_deadline(trial, at) > comparable_deadline(clock, at):
            return
        vars(clock).update(vars(trial))
