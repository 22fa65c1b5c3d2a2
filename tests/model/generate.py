# SPDX-License-Identifier: MIT
"""Random logs. A log grows beside the model, so that many updates fall exactly on, one second
before or one second after an instant at which something is due."""
from model_engine import Model
from model_policy import EVENTS, FIXED, MOBILE
from model_rules import Rules, format_instant

# Windows that hold changes to and from summer time in both hemispheres.
WINDOWS = [(1769000000, 1769000000 + 400 * 86400), (1787000000, 1787000000 + 400 * 86400)]


class LogWriter:
    def __init__(self, rng, rules, features, window):
        self.rng, self.features = rng, features
        self.model = Model(rules)
        self.rows = []
        self.now = window[0] + rng.randrange(55 * 86400, 110 * 86400) // 1800 * 1800
        self.grain = rng.choice([1, 60, 600, 1800, 3600])

    def chance(self, probability):
        return self.rng.random() < probability

    def instants_due(self):
        """Where something is about to happen, by the model."""
        result = []
        for incident in self.model.incidents.values():
            for cycles in incident.clocks.values():
                for fact in self.model.facts(cycles[-1]):
                    result.append(fact[1])
                clock = cycles[-1]
                if clock.is_open and not clock.silent:
                    result += clock.deadline_and_breach()
        return [at for at in result if at >= self.now - 1]

    def next_instant(self):
        roll = self.rng.random()
        if roll < 0.15:
            return self.now
        if roll < 0.55:
            due = self.instants_due()
            if due:
                due = sorted(due)[:4]
                at = self.rng.choice(due) + self.rng.choice([0, 0, 0, 1, -1])
                return max(at, self.now)
        step = self.rng.choice([600, 3600, 3600, 4 * 3600, 12 * 3600, 86400])
        at = self.now + self.rng.randrange(step) + 1
        return max(at // self.grain * self.grain, self.now)

    def changes(self, first):
        changes = {}
        if first:
            for key, values in FIXED.items():
                if self.chance(0.85):
                    changes[key] = self.rng.choice(values)
            if 'agreed' in self.features and self.chance(0.7):
                offset = self.rng.choice([-3600, 0, 1800, 7200, 86400, 3 * 86400])
                changes['visit_at'] = self.rng.choice(
                    [format_instant(self.now + offset), format_instant(self.now + offset), 'soon'])
        elif 'retarget' in self.features and self.chance(0.35):
            key = self.rng.choice(list(FIXED))
            changes[key] = self.rng.choice(FIXED[key] + [None])
            if 'agreed' in self.features and self.chance(0.3):
                away = self.rng.choice([-600, 3600, 86400])
                changes['visit_at'] = format_instant(self.now + away)
        for key, values in MOBILE.items():
            if self.chance(0.22 if key != 'status' else 0.45):
                changes[key] = self.rng.choice(values + [None])
        return {key: value for key, value in changes.items()
                if value is not None or not first}

    def event(self, first):
        names = EVENTS + ['hold', 'unhold']
        if 'reopen' in self.features:
            names = names + ['reopened', 'reopened']
        if self.chance(0.03) and not first:
            return 'opened'
        return self.rng.choice(names) if self.chance(0.75 if not first else 0.2) else ''

    def next_closing(self):
        calendar = self.rng.choice(list(self.model.rules.calendars.values()))
        soon = range(self.now + 1, self.now + 5 * 86400)
        return next((end for _, end in calendar.stretches if end in soon), self.now)

    def act(self):
        """A reserved update of the host, and what it says of itself (K12)."""
        event = self.rng.choice(['sla:extend'] * 5 + ['sla:pin'] * 4 + ['sla:exempt'])
        said = {}
        if self.chance(0.6):
            said['metric'] = self.rng.choice(self.model.rules.metrics)
        if event == 'sla:extend' or self.chance(0.1):
            said['by'] = self.rng.choice(['30m', '1h', '1h30m', '90s', '8h', '20h', '0s'])
        if event == 'sla:pin' or self.chance(0.1):
            at = self.rng.choice(self.instants_due() + [self.now] * 3)
            at += self.rng.choice([-86400, -5400, -60, -1, 0, 1, 1800, 5400, 4 * 3600, 86400])
            if self.chance(0.2):
                at = self.next_closing()
            said['deadline'] = self.rng.choice([format_instant(at), str(at)])
        if self.chance(0.5):
            said['reason'] = self.rng.choice(['storm', 'strike at the depot'])
        if self.chance(0.5):
            said['actor'] = self.rng.choice(['lead', 'bot'])
        return event, said

    def write(self, incidents, length):
        names = [f'i{n}' for n in range(incidents)]
        for _ in range(length):
            self.now = self.next_instant()
            name = self.rng.choice(names)
            first = name not in self.model.incidents
            event, changes = self.event(first), self.changes(first)
            if 'host' in self.features and self.chance(0.02 if first else 0.16):
                event, said = self.act()
                changes = {key: value for key, value in changes.items() if key != 'actor'}
                changes.update(said)
            row = (name, self.now, event, changes)
            self.rows.append(row)
            self.model.update(*row)
        until = self.now + self.rng.choice([0, 3600, 86400, 12 * 86400])
        self.model.advance(until)
        return self.rows, until, self.model.told


def shuffled(rng, rows):
    """Some updates come late; each incident's own stay in order (E2, E3)."""
    delivery, last = [], {}
    for place, row in enumerate(rows):
        delay = rng.choice([0, 0, 0, 600, 7200, 86400, 4 * 86400])
        when = max(row[1] + delay, last.get(row[0], 0))
        last[row[0]] = when
        delivery.append((when, place, row))
    return [row for _, _, row in sorted(delivery, key=lambda item: item[:2])]


def run_model(policy, window, rows, until):
    return run_rows(Rules(policy, window), rows, until)


def run_rows(rules, rows, until):
    model = Model(rules)
    for row in rows:
        model.update(*row)
    model.advance(until)
    return model.told
