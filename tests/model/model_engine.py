# SPDX-License-Identifier: MIT
"""A slow model of the engine, written from the rules K and E alone. Between updates it looks, fact
by fact, for the one that comes next; nothing is queued, nothing is remembered but what was told."""
import copy

from model_changes import Changes, is_overrun, twin
from model_clock import Clock
from model_host import Host, split_arguments
from model_late import Late
from model_rules import KINDS, parse_target

FOREVER = 1 << 60


class Incident:
    def __init__(self, name, order, opened_at):
        self.name, self.order, self.opened_at = name, order, opened_at
        self.raw = {}
        self.visible = None  # before the first update
        self.clocks = {}     # (metric, kind): [every cycle]
        self.holds = {}      # (metric, place): an event pause holds
        self.last_at = opened_at

    def twin(self):
        """One that can be tried on. Clocks of earlier cycles never change again."""
        other = copy.copy(self)
        other.raw, other.holds = dict(self.raw), dict(self.holds)
        other.clocks = {key: cycles[:-1] + [twin(cycles[-1])]
                        for key, cycles in self.clocks.items()}
        return other

    def last(self, metric, kind):
        cycles = self.clocks.get((metric, kind))
        return cycles[-1] if cycles else None


class Model(Changes, Late, Host):
    def __init__(self, rules):
        self.rules = rules
        self.policy = rules.policy
        self.incidents = {}
        self.now = None
        self.told = []
        self.all_late = False  # an update in the engine's past is applied (E10)
        self.dirty = {}  # per incident, the next fact; only to save time

    # What is told.

    def tell(self, incident, clock, kind_of_event, at, late=False, **more):
        if clock.silent:
            return None
        used = clock.used(at) if 'used' not in more else more.pop('used')
        event = {'type': kind_of_event, 'incident': incident.name,
                 'agreement': clock.promise['agreement'], 'kind': clock.kind,
                 'metric': clock.metric, 'cycle': clock.cycle, 'at': at,
                 'deadline': more.pop('deadline') if 'deadline' in more else clock.told_deadline(),
                 'elapsed': used, 'remaining': clock.allowed - used,
                 'late': late or self.all_late,
                 'severity': incident.visible.get('severity') if incident.visible else None}
        event.update({key: value for key, value in more.items() if value is not None})
        self.told.append(event)
        return event

    # Facts that time brings.

    def step_facts(self, clock):
        """(moment known, instant, order, what) for the steps of a running clock."""
        if clock.promise['entry'] is None:
            return
        entry = self.policy['escalations'][clock.promise['entry']]
        for place, step in enumerate(entry['steps']):
            if step['at'] in ('due', '100%') and \
                    (clock.promise['entry'], place) not in clock.steps:
                continue  # its first send is the breach
            send = clock.next_send(place)
            if send:
                yield send[0], send[0], (place, send[1]), ('step', place)

    def due_place(self, clock):
        if clock.promise['entry'] is None:
            return None
        steps = self.policy['escalations'][clock.promise['entry']]['steps']
        for place, step in enumerate(steps):
            if step['at'] in ('due', '100%'):
                return place
        return None

    def facts(self, clock):
        """Asked of a clock that has not changed since, the same again; only to save time."""
        if clock.known_facts is None:
            clock.known_facts = list(self.work_out_facts(clock))
        return clock.known_facts

    def work_out_facts(self, clock):
        if not clock.is_open or clock.silent:
            return
        if clock.state == 'paused':
            if clock.breach_told is None and is_overrun(clock, None):
                breach = clock.deadline_and_breach()[1]
                yield breach + 1, breach, (-2, 0), ('breach', None)
            limit = self.pause_end(clock)
            if limit < FOREVER:
                yield limit, limit, (-1, 0), ('resume', None)
            return
        if clock.breach_told is None:
            breach = clock.deadline_and_breach()[1]
            place = self.due_place(clock)
            yield breach + 1, breach, (place if place is not None else 1000, 0), ('breach', None)
        yield from self.step_facts(clock)

    def next_fact(self, only=None):
        best = None
        for incident in [only] if only else self.incidents.values():
            if not only and self.dirty.get(incident.name) is not None:
                fact = self.dirty[incident.name]
            else:
                fact = None
                for (metric, kind), cycles in incident.clocks.items():
                    clock = cycles[-1]
                    for known, at, order, what in self.facts(clock):
                        key = (max(known, incident.last_at, clock.resumed_at), at, incident.order,
                               self.rules.metrics.index(metric), KINDS.index(kind), clock.cycle,
                               order)
                        if fact is None or key < fact[0]:
                            fact = key, incident, clock, what, at
                fact = fact or ((FOREVER,),)
                if not only:
                    self.dirty[incident.name] = fact
            if best is None or fact[0] < best[0]:
                best = fact
        return best if best and best[0][0] < FOREVER else None

    def pause_end(self, clock):
        """When pause limits alone would end the pause."""
        end = -1
        for limit, expired in clock.causes.values():
            if not expired:
                end = max(end, limit)
        return end

    def limit_end(self, clock, place, since):
        limit = self.pause_rules(clock.metric)[place].get('limit')
        if limit is None or clock.silent:
            return FOREVER
        return clock.calendar.due(since, parse_target(limit))

    def fire(self, fact, update_at=None):
        _, incident, clock, (what, place), at = fact
        self.dirty.pop(incident.name, None)
        clock.known_facts = None
        late = self.all_late or (update_at is not None and at < update_at)
        if what == 'resume':
            for cause in clock.causes.values():
                cause[1] = True
            clock.switch(at, 'run')
            clock.resumed_at = clock.limit_resume = at
            self.tell_resumed(incident, clock, at, late)
            return
        entry = clock.promise['entry']
        if what == 'breach':
            clock.breach_told = at
            clock.breach_deadline = clock.deadline_and_breach()[0]
            if clock.breach_ahead == at:
                clock.breach_ahead = None
                return  # it was told already, by the same id
            place = self.due_place(clock)
            more = {}
            if place is not None:
                step = self.policy['escalations'][entry]['steps'][place]
                clock.steps[entry, place] = {'sends': 1, 'last': at, 'over': False,
                                             'over_at': None}
                if self.rules.matches(step, incident.visible, incident.opened_at):
                    more = self.words(step)
                else:
                    clock.steps[entry, place].update(over=True, over_at=at + 1)
            self.tell(incident, clock, 'breach', at, late, **more)
            return
        step = self.policy['escalations'][entry]['steps'][place]
        told = clock.steps.setdefault((entry, place), {'sends': 0, 'last': None, 'over': False,
                                                       'over_at': None})
        if not self.rules.matches(step, incident.visible, incident.opened_at):
            told.update(over=True, over_at=max(at, incident.last_at))
            return
        told['sends'] += 1
        told['last'] = at
        if late and step.get('late') == 'skip':
            return  # a silent send; those to come in time are heard
        words = step['at'].split()
        early = words[-1] == 'before' or (words[0][-1] == '%' and int(words[0][:-1]) < 100)
        self.tell(incident, clock, 'warning' if early else 'escalation', at, late,
                  **self.words(step))

    @staticmethod
    def words(step):
        result = {key: step.get(key) for key in ('notify', 'via', 'level')}
        if step['at'].endswith('%'):
            result['percent'] = int(step['at'][:-1])
        return result

    def advance(self, to):
        while True:
            fact = self.next_fact()
            if fact is None or fact[0][0] > to:
                break
            self.fire(fact)
        self.now = to if self.now is None else max(to, self.now)

    # Updates.

    def update(self, name, at, event, changes):
        if self.now is None or at > self.now:
            self.advance(at)
        if at < self.now:
            self.update_late(name, at, event, changes)
        else:
            self.apply(name, at, event, changes)

    def apply(self, name, at, event, changes):
        """K5."""
        first = name not in self.incidents
        if first:
            self.incidents[name] = Incident(name, len(self.incidents), at)
        incident = self.incidents[name]
        self.forget_facts(incident)
        before, raw_before = incident.visible, dict(incident.raw)
        said, changes = split_arguments(event, changes)
        for key, value in changes.items():
            if value is None:
                incident.raw.pop(key, None)
            else:
                incident.raw[key] = value
        after = self.rules.classify(incident.raw, incident.opened_at)
        incident.visible = after
        incident.last_at = at
        names = ([event] if event else []) + (['opened'] if first else [])

        def fires(trigger):
            return self.rules.fires(trigger, names, before, after, incident.opened_at)

        self.promises = self.rules.promises(after, incident.opened_at)
        self.hold_pauses(incident, fires)
        if any(incident.raw.get(key) != raw_before.get(key) for key in self.rules.attributes):
            self.retarget_all(incident, at)
        if event.startswith('sla:'):
            self.act(incident, at, event, said)
        for metric, rule in self.policy['metrics'].items():
            if fires(rule.get('cancel')):
                for clock in self.open_clocks(incident, metric):
                    self.end(incident, clock, at, 'cancelled')
        for metric, rule in self.policy['metrics'].items():
            if fires(rule['stop']):
                for clock in self.open_clocks(incident, metric):
                    self.stop(incident, clock, at)
        for metric, rule in self.policy['metrics'].items():
            if fires(rule.get('reset')):
                for clock in self.open_clocks(incident, metric):
                    self.end(incident, clock, at, 'cancelled')
                    self.start(incident, metric, clock.kind, at)
        for metric in self.policy['metrics']:
            for clock in self.open_clocks(incident, metric):
                self.pause_or_resume(incident, clock, at)
        for metric, rule in self.policy['metrics'].items():
            starts, stops = fires(rule['start']), fires(rule['stop'])
            reopens, mode = self.reopening(rule, fires)
            for kind in self.rules.kinds:
                clock = incident.last(metric, kind)
                repeat = rule.get('repeat', False)
                if starts and (clock is None or (repeat and not clock.is_open)):
                    clock = self.start(incident, metric, kind, at)
                    self.pause_or_resume(incident, clock, at)
                    if stops and not repeat:
                        self.stop(incident, clock, at)
                elif reopens and clock is not None and not clock.is_open:
                    self.reopen(incident, clock, mode, at)
        self.tell_until(incident, self.now, at)

    def forget_facts(self, incident):
        """The incident is about to change."""
        self.dirty.pop(incident.name, None)
        for cycles in incident.clocks.values():
            cycles[-1].known_facts = None

    def tell_until(self, incident, until, update_at=None):
        while True:
            fact = self.next_fact(incident)
            if fact is None or fact[0][0] > until:
                break
            self.fire(fact, update_at)

    def open_clocks(self, incident, metric):
        clocks = [incident.last(metric, kind) for kind in self.rules.kinds]
        return [clock for clock in clocks if clock is not None and clock.is_open]

    def start(self, incident, metric, kind, at):
        cycles = incident.clocks.setdefault((metric, kind), [])
        clock = Clock(self.rules, metric, kind, len(cycles) + 1,
                      self.promises.get((metric, kind)), at)
        clock.resumed_at = at
        cycles.append(clock)
        self.tell(incident, clock, 'started', at)
        return clock

    def end(self, incident, clock, at, verdict, **more):
        """A clock that ends while paused ends at the start of the pause (K4)."""
        counted_to = clock.paused_since() if clock.state == 'paused' else at
        if not clock.silent:
            used = clock.used(counted_to)
            self.tell(incident, clock, verdict, at, used=used,
                      deadline=clock.deadline_and_breach()[0], **more)
        clock.state = verdict
        clock.ended_at = at
        clock.judged_at = counted_to

    def stop(self, incident, clock, at):
        """K2, D5."""
        if clock.silent:
            self.end(incident, clock, at, 'met')
            return
        judged = clock.paused_since() if clock.state == 'paused' else at
        deadline, breach = clock.deadline_and_breach()
        if judged <= breach:
            self.end(incident, clock, at, 'met', in_grace=judged > deadline or None)
        else:
            self.end(incident, clock, at, 'missed')

    # Pauses.

    def pause_rules(self, metric):
        pauses = self.policy['metrics'][metric].get('pause', [])
        return pauses if isinstance(pauses, list) else [pauses]

    def hold_pauses(self, incident, fires):
        for metric in self.policy['metrics']:
            for place, pause in enumerate(self.pause_rules(metric)):
                if 'while' in pause:
                    incident.holds[metric, place] = self.rules.condition(
                        pause['while'], incident.visible, incident.opened_at)
                else:  # between the one and the next of the other
                    holds = incident.holds.get((metric, place), False)
                    if fires(pause['until' if holds else 'event']):
                        incident.holds[metric, place] = not holds

    def pause_or_resume(self, incident, clock, at):
        reason = None
        holding = False
        for place, pause in enumerate(self.pause_rules(clock.metric)):
            if not incident.holds.get((clock.metric, place)):
                clock.causes.pop(place, None)
                continue
            if place not in clock.causes:
                clock.causes[place] = [self.limit_end(clock, place, at), False]
            cause = clock.causes[place]
            if cause[0] <= at:
                cause[1] = True
            if not cause[1]:
                if not holding:
                    reason = pause.get('reason')
                holding = True
        if holding and clock.state == 'running':
            clock.switch(at, 'pause')
            clock.pauses_told += 1
            self.tell(incident, clock, 'paused', at, reason=reason)
        elif not holding and clock.state == 'paused':
            clock.switch(at, 'run')
            clock.resumed_at = at
            self.tell_resumed(incident, clock, at)

    def tell_resumed(self, incident, clock, at, late=False):
        """E2: the end of a pause that was told once is not told again."""
        if clock.pauses_told not in clock.resumes_told:
            self.tell(incident, clock, 'resumed', at, late)
        clock.resumes_told = clock.resumes_told | {clock.pauses_told}
