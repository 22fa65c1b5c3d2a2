# SPDX-License-Identifier: MIT
"""Conditions, triggers, classification and the choice of targets, read straight off the policy's
own structure (the one that is written out as YAML)."""
import datetime
import decimal
import functools

from model_calendar import EPOCH, Calendar, Zone

KINDS = ['sla', 'ola', 'uc']
KEYWORDS = ('all', 'any', 'not', 'opened_in', 'opened_outside')


@functools.lru_cache(maxsize=None)
def number(text):
    try:
        return decimal.Decimal(text)
    except decimal.InvalidOperation:
        return None


def test_holds(test, value):
    """One attribute's test; an absent value matches only {exists: false} and `not`."""
    if isinstance(test, str):
        return value == test
    if isinstance(test, list):
        return value in test
    if 'not' in test:
        return not test_holds(test['not'], value)
    if 'exists' in test:
        return (value is not None) == test['exists']
    if value is None:
        return False
    if 'prefix' in test:
        return value.startswith(test['prefix'])
    if 'contains' in test:
        return test['contains'] in value
    amount = number(value)
    return amount is not None and test.get('min', amount) <= amount <= test.get('max', amount)


@functools.lru_cache(maxsize=None)
def split_seconds(text):
    """90s, 1h30m -> seconds."""
    total, digits = 0, ''
    for letter in text:
        if letter.isdigit():
            digits += letter
        else:
            total += int(digits) * {'s': 1, 'm': 60, 'h': 3600}[letter]
            digits = ''
    return total


def clock_time(text):
    hours, minutes = text.split(':')
    return int(hours) * 3600 + int(minutes) * 60


def parse_target(text):
    if text.endswith('wd'):
        return {'unit': 'wd', 'amount': int(text[:-2])}
    if text.endswith('d'):
        return {'unit': 'd', 'amount': int(text[:-1])}
    return {'unit': 's', 'amount': split_seconds(text)}


@functools.lru_cache(maxsize=4096)
def parse_instant(text):
    """RFC 3339 with Z, or nothing."""
    try:
        return int(datetime.datetime.strptime(text or '', '%Y-%m-%dT%H:%M:%SZ')
                   .replace(tzinfo=datetime.timezone.utc).timestamp())
    except ValueError:
        return None


@functools.lru_cache(maxsize=65536)
def format_instant(at):
    moment = datetime.datetime.fromtimestamp(at, datetime.timezone.utc)
    return moment.strftime('%Y-%m-%dT%H:%M:%SZ')


def attributes_of(item, inside=False):
    """Every attribute that a policy asks for."""
    found = set()
    if isinstance(item, list):
        for part in item:
            found |= attributes_of(part, inside)
    elif isinstance(item, dict):
        for key, part in item.items():
            if key in ('changed', 'by', 'copy', 'agreed'):
                found.add(part)
            elif key in ('rows', 'columns'):
                found |= set(part)
            elif key in ('when', 'while') or (inside and key in ('all', 'any', 'not')):
                found |= attributes_of(part, True)
            elif inside and key not in ('opened_in', 'opened_outside'):
                found.add(key)
            else:
                found |= attributes_of(part)
    return found


@functools.lru_cache(maxsize=None)
def always_open(timezone, start, end):
    return Calendar({'timezone': timezone, 'hours': 'always'}, start, end)


class Rules:
    """A policy's structure made ready for questions; holds no state of incidents."""

    def __init__(self, policy, window):
        self.policy = policy
        self.zone = Zone.named(policy['timezone'])
        self.calendars = {'24x7': always_open(policy['timezone'], *window)}
        for name, spec in policy['calendars'].items():
            self.calendars[name] = Calendar(spec, *window)
        self.metrics = list(policy['metrics'])
        self.attributes = attributes_of(policy)
        self.agreements = policy.get('agreements') or [
            {'name': 'default', 'kind': 'sla', 'targets': policy['targets']}]
        used = {agreement.get('kind', 'sla') for agreement in self.agreements}
        self.kinds = [kind for kind in KINDS if kind in used]

    def condition(self, condition, attributes, opened_at):
        for key, test in condition.items():
            if key == 'all':
                holds = all(self.condition(c, attributes, opened_at) for c in test)
            elif key == 'any':
                holds = any(self.condition(c, attributes, opened_at) for c in test)
            elif key == 'not':
                holds = not self.condition(test, attributes, opened_at)
            elif key == 'opened_in':
                holds = self.calendars[test].is_open(opened_at)
            elif key == 'opened_outside':
                holds = not self.calendars[test].is_open(opened_at)
            else:
                holds = test_holds(test, attributes.get(key))
            if not holds:
                return False
        return True

    def matches(self, holder, attributes, opened_at):
        return 'when' not in holder or self.condition(holder['when'], attributes, opened_at)

    def classify(self, raw, opened_at):
        """The attributes that everything else sees. Rows that derive X see the incoming X."""
        visible = dict(raw)
        for name, rule in self.policy.get('classify', {}).items():
            seen = dict(visible)
            if 'matrix' in rule:
                value = self.from_matrix(rule, seen)
            elif isinstance(rule, dict):
                value = rule['is'].get(seen.get(rule['by']), rule['default'])
            else:
                row = next(r for r in rule if 'is' in r and self.matches(r, seen, opened_at))
                value = row['is']
                if isinstance(value, dict):
                    value = seen.get(value['copy'])
                if name == 'severity':
                    order = self.policy['severities']
                    place = order.index(value) if value in order else len(order) - 1
                    for r in rule:
                        if 'raise' in r and self.matches(r, seen, opened_at):
                            place = min(max(place - r['raise'], 0), len(order) - 1)
                    value = order[place]
            visible[name] = value
        return visible

    @staticmethod
    def from_matrix(rule, seen):
        (down, rows), = rule['matrix']['rows'].items()
        (across, columns), = rule['matrix']['columns'].items()
        if seen.get(down) not in rows or seen.get(across) not in columns:
            return rule['default']
        return rule['matrix']['values'][rows.index(seen[down])][columns.index(seen[across])]

    def fires(self, trigger, names, before, after, opened_at):
        """K5. `before` is None before an incident's first update."""
        if trigger is None:
            return False
        if isinstance(trigger, str):
            trigger = {'event': [trigger]}
        if isinstance(trigger, list):
            trigger = {'event': trigger}
        if 'event' in trigger:
            events = trigger['event']
            events = [events] if isinstance(events, str) else events
            if not set(events) & set(names):
                return False
        if 'changed' in trigger:
            key = trigger['changed']
            if (before or {}).get(key) == after.get(key):
                return False
        if 'when' in trigger:
            if not self.condition(trigger['when'], after, opened_at):
                return False
            if 'event' not in trigger and 'changed' not in trigger and before is not None \
                    and self.condition(trigger['when'], before, opened_at):
                return False
        return True

    def choose(self, value, attributes):
        """A value or a table of values."""
        if isinstance(value, dict) and 'by' in value:
            key = attributes.get(value['by'])
            return value['is'].get(key, value['default'])
        return value

    def promises(self, attributes, opened_at):
        """{(metric, kind): promise}: agreement, calendar, target, escalation entry."""
        result = {}
        opened_on = EPOCH + datetime.timedelta(days=self.zone.local(opened_at)[0])
        for kind in self.kinds:
            for agreement in self.agreements:
                if agreement.get('kind', 'sla') != kind \
                        or not self.matches(agreement, attributes, opened_at):
                    continue
                if opened_on.isoformat() < agreement.get('from', '0') \
                        or opened_on.isoformat() > agreement.get('until', '9'):
                    continue
                for metric in self.metrics:
                    promise = self.promise(agreement, metric, attributes, opened_at)
                    if promise:
                        promise['kind'] = kind
                        promise['entry'] = self.entry(metric, kind, agreement['name'], attributes,
                                                      opened_at)
                        result[metric, kind] = promise
                break
        return result

    def promise(self, agreement, metric, attributes, opened_at):
        for row in agreement['targets']:
            if metric not in row or not self.matches(row, attributes, opened_at):
                continue
            value = row[metric]
            calendar = None
            if isinstance(value, dict) and 'by' in value:
                value = self.choose(value, attributes)
            if value == 'none':
                return None
            if isinstance(value, str):
                value = {'within': value}
            for holder in (value, row, agreement, self.policy):
                if 'calendar' in holder:
                    calendar = self.choose(holder['calendar'], attributes)
                    break
            if calendar is None:
                calendar = '24x7'
            promise = {'agreement': agreement['name'], 'calendar': calendar,
                       'grace': split_seconds(value.get('grace', '0s')), 'agreed': None}
            if 'agreed' in value:
                promise['agreed'] = parse_instant(attributes.get(value['agreed']))
                if promise['agreed'] is None and 'latest' not in value:
                    return None
                within = value.get('latest')
            else:
                within = value['within']
            if promise['agreed'] is None:
                target = parse_target(within)
                if 'due' in value:
                    target['due'] = value['due'] if value['due'] in ('same_time', 'close') \
                        else clock_time(value['due'])
                if 'cutoff' in value:
                    target['cutoff'] = clock_time(value['cutoff'])
                promise['target'] = target
            else:
                promise['target'] = None
            return promise
        return None

    def entry(self, metric, kind, agreement, attributes, opened_at):
        for place, entry in enumerate(self.policy.get('escalations', [])):
            if metric in entry.get('metrics', [metric]) and kind in entry.get('kinds', [kind]) \
                    and agreement in entry.get('agreements', [agreement]) \
                    and self.matches(entry, attributes, opened_at):
                return place
        return None
