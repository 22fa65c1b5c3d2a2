# SPDX-License-Identifier: MIT
"""Random policies: a structure that the model reads, and the same as YAML text."""
import datetime
import json

from model_calendar import EPOCH

DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
ZONES = ['UTC', 'Europe/London', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe',
         'Asia/Kathmandu', 'Africa/Casablanca']
TABLES = [['09:00-12:00', '13:00-18:00'], ['08:00-17:00'], ['22:00-06:00'], ['09:00-18:00'],
          ['00:00-24:00'], ['06:00-10:30', '10:30-14:00', '20:00-02:00'], ['01:30-03:30']]
EVENTS = ['e0', 'e1', 'e2', 'e3', 'e4', 'e5']
FIXED = {'cat': ['a', 'b', 'c'], 'plan': ['gold', 'silver'], 'users': ['1', '7', '50', '2.5', 'x']}
MOBILE = {'status': ['new', 'wait', 'work', 'ext'], 'actor': ['human', 'bot'], 'flag': ['true'],
          'team': ['red', 'blue', 'green'], 'note': ['1', '20', '300', 'abc']}


def seconds(text):
    hours, minutes = text.split(':')
    return int(hours) * 3600 + int(minutes) * 60


def stretches(texts):
    return [tuple(seconds(part) for part in text.split('-')) for text in texts]


class Author:
    def __init__(self, rng, features, window):
        self.rng, self.features, self.window = rng, features, window

    def chance(self, probability):
        return self.rng.random() < probability

    # Calendars. The YAML text is kept beside the model's form, under the key `text`.

    def hours(self):
        if self.chance(0.15):
            return 'always', 'always'
        table, text = {}, {}
        usual = self.rng.choice(TABLES)
        for weekday in range(7):
            chosen = usual if weekday < 5 else self.rng.choice(TABLES)
            if self.chance(0.15):
                chosen = self.rng.choice(TABLES)
            if self.chance(0.7 if weekday > 4 else 0.1):
                continue
            table[weekday] = stretches(chosen)
            text[DAYS[weekday]] = chosen
        if not table:
            return self.hours()
        return table, text

    def calendar(self, name, zone, holidays):
        hours, text = self.hours()
        spec = {'timezone': self.rng.choice(ZONES), 'hours': hours}
        lines = {'hours': text}
        if self.chance(0.5):
            spec['timezone'] = zone
        else:
            lines['timezone'] = spec['timezone']
        first = self.window[0] // 86400
        if self.chance(0.6):
            closed, entries, worked = {}, [], []
            for date in self.rng.sample(range(first + 40, first + 130), 8):
                iso = (EPOCH + datetime.timedelta(days=date)).isoformat()
                if self.chance(0.25):
                    closed[date] = seconds('12:00')
                    entries.append({'date': iso, 'open_until': '12:00'})
                else:
                    closed[date] = None
                    entries.append(iso)
            spec['holidays'], spec['workdays'] = closed, {}
            for date in self.rng.sample(range(first + 40, first + 130), 3):
                iso = (EPOCH + datetime.timedelta(days=date)).isoformat()
                spec['workdays'][date] = stretches(['09:00-12:00'])
                worked.append({'date': iso, 'hours': '09:00-12:00'})
            holidays['list_' + name] = {'through': '2031-12-31', 'closed': entries,
                                        'workdays': worked}
            lines['holidays'] = ['list_' + name]
        if self.chance(0.3):
            spec['special'], lines['special'] = {}, []
            for date in self.rng.sample(range(first + 40, first + 130), 3):
                iso = (EPOCH + datetime.timedelta(days=date)).isoformat()
                opened = self.rng.choice([[], ['10:00-16:00']])
                spec['special'][date] = stretches(opened)
                lines['special'].append({'date': iso, 'hours': opened or 'closed'})
        spec['text'] = lines
        return spec

    # Conditions and triggers.

    def test(self, values):
        value = self.rng.choice(values)
        return self.rng.choice([
            value, value, [value, self.rng.choice(values)], {'not': value}, {'exists': True},
            {'exists': False}, {'prefix': value[:1]}, {'contains': value[-1:]},
            {'min': 2, 'max': 40}, {'not': {'min': 5}}])

    def condition(self, universe, depth=0):
        key = self.rng.choice(list(universe))
        roll = self.rng.random()
        if depth < 2 and roll < 0.1:
            return {'any': [self.condition(universe, depth + 1) for _ in range(2)]}
        if depth < 2 and roll < 0.16:
            return {'not': self.condition(universe, depth + 1)}
        if depth < 2 and roll < 0.2:
            return {'all': [self.condition(universe, depth + 1) for _ in range(2)]}
        if roll < 0.25:
            word = self.rng.choice(['opened_in', 'opened_outside'])
            return {word: self.rng.choice(list(self.calendars))}
        result = {key: self.test(universe[key])}
        if self.chance(0.15):
            other = self.rng.choice(list(universe))
            result.setdefault(other, self.test(universe[other]))
        return result

    def trigger(self, opened=0.0):
        if self.chance(opened):
            return 'opened'
        events = self.rng.sample(EVENTS, self.rng.choice([1, 1, 2]))
        if self.chance(0.1):
            events.append('opened')
        roll = self.rng.random()
        if roll < 0.5:
            return events[0]
        if roll < 0.65:
            return events
        if roll < 0.75:
            return {'event': events, 'when': self.condition(MOBILE)}
        if roll < 0.85:
            return {'changed': self.rng.choice(['team', 'status', 'queue'])}
        if roll < 0.9:
            return {'changed': 'team', 'when': self.condition(MOBILE)}
        if roll < 0.95:
            return {'event': events, 'changed': 'status'}
        return {'when': self.condition(MOBILE)}

    def pause(self):
        roll = self.rng.random()
        if roll < 0.6:
            pause = {'while': self.rng.choice([{'status': 'wait'}, {'status': ['wait', 'ext']},
                                               self.condition(MOBILE)])}
        else:
            pause = {'event': self.rng.choice(['hold', ['hold', 'e4']]),
                     'until': self.rng.choice(['unhold', ['unhold', 'e5']])}
            if self.chance(0.3):
                word = self.rng.choice(['event', 'until'])
                pause[word] = {'event': pause[word], 'when': self.condition(MOBILE)}
            elif self.chance(0.2):
                pause[self.rng.choice(['event', 'until'])] = {'changed': 'team'}
        if self.chance(0.7):
            pause['reason'] = self.rng.choice(['customer', 'parts', 'weather'])
        if self.chance(0.5):
            pause['limit'] = self.rng.choice(['30m', '2h', '4h', '90s', '1wd', '2wd'])
        return pause

    def metric(self):
        metric = {'start': self.trigger(opened=0.5), 'stop': self.trigger()}
        if self.chance(0.3):
            metric['repeat'] = True
        if self.chance(0.6):
            pauses = [self.pause() for _ in range(self.rng.choice([1, 1, 2, 3]))]
            metric['pause'] = pauses if len(pauses) > 1 or self.chance(0.5) else pauses[0]
        if self.chance(0.35):
            metric['cancel'] = self.trigger()
        if self.chance(0.25):
            metric['reset'] = self.trigger()
        if 'reopen' in self.features and self.chance(0.75):
            mode = self.rng.choice(['ignore', 'resume', 'count', 'restart', 'cycle'])
            metric['reopen'] = mode
            if self.chance(0.3):
                trigger = self.rng.choice([['e5', 'reopened'], {'event': 'reopened', 'when':
                                                                self.condition(MOBILE)}])
                metric['reopen'] = {'event': trigger, 'clock': mode}
        if 'retarget' in self.features:
            if self.chance(0.3):
                metric['retarget'] = self.rng.choice(['keep', 'restart'])
            if self.chance(0.3):
                metric['never_loosen'] = True
        return metric

    # Targets.

    def within(self, calendar):
        roll = self.rng.random()
        if roll < 0.55:
            return self.rng.choice(['30m', '1h', '90m', '2h', '4h', '8h', '90s', '1h30m', '24h',
                                    '10h', '45m', '0s' if self.chance(0.2) else '3h'])
        if roll < 0.9 or not self.always(calendar):
            return self.rng.choice(['0wd', '1wd', '1wd', '2wd', '3wd'])
        return self.rng.choice(['0d', '1d', '2d', '3d'])

    def always(self, calendar):
        if calendar == '24x7':
            return True
        if calendar not in self.calendars:
            return False
        spec = self.calendars[calendar]
        return spec['hours'] == 'always' and not any(
            spec.get(key) for key in ('holidays', 'workdays', 'special'))

    def fixed(self, calendar):
        within = self.within(calendar)
        if self.chance(0.5):
            return within
        result = {'within': within}
        if within.endswith('wd'):
            if self.chance(0.6):
                result['due'] = self.rng.choice(['close', 'same_time', '12:00', '17:00', '09:00',
                                                 '23:30'])
            if self.chance(0.4):
                result['cutoff'] = self.rng.choice(['16:00', '12:00', '10:00', '23:00'])
        if self.chance(0.5):
            result['grace'] = self.rng.choice(['10m', '1h', '3h'])
        return result

    def target(self, calendar):
        if self.chance(0.06):
            return 'none'
        if 'agreed' in self.features and self.chance(0.12):
            value = {'agreed': 'visit_at'}
            if self.chance(0.85):
                value['latest'] = self.within(calendar)
            if self.chance(0.3):
                value['grace'] = '1h'
            return value
        if self.chance(0.1):
            key = self.rng.choice(['cat', 'plan'])
            return {'by': key, 'is': {v: self.fixed(calendar) for v in FIXED[key][:2]},
                    'default': self.rng.choice(['none', self.fixed(calendar)])}
        value = self.fixed(calendar)
        if isinstance(value, dict) and not value['within'].endswith('d') and self.chance(0.2):
            value['calendar'] = self.rng.choice(list(self.calendars))
        return value

    def row(self, last, inherited):
        row = {}
        if not last:
            row['when'] = self.condition(self.universe)
        calendar = inherited
        if self.chance(0.4):
            calendar = row['calendar'] = self.rng.choice(list(self.calendars) + ['24x7'])
        elif self.chance(0.12) and not self.always(inherited):
            row['calendar'] = self.calendar_table(inherited)
        for metric in self.metrics:
            if last or self.chance(0.6):
                target = self.target(calendar)
                if 'by' in (row.get('calendar') or {}) and days(target):
                    target = '2h'
                row[metric] = target
        if set(row) <= {'when', 'calendar'}:
            row[self.rng.choice(list(self.metrics))] = self.fixed('none known')
        return row

    def calendar_table(self, default):
        """Follow the sun, if teams may change in mid-flight."""
        key = self.rng.choice(['cat', 'plan'])
        if 'retarget' in self.features:
            key = self.rng.choice(['cat', 'team', 'team'])
        return {'by': key, 'default': default,
                'is': {v: self.rng.choice(list(self.calendars))
                       for v in (FIXED | MOBILE)[key][:2]}}

    def rows(self, inherited):
        count = self.rng.choice([1, 2, 3])
        return [self.row(i == count - 1, inherited) for i in range(count)]

    # Escalations.

    def step(self, used_due):
        roll = self.rng.random()
        duration = self.rng.choice(['10m', '30m', '1h', '2h', '5h', '45s', '20h'])
        if roll < 0.3:
            step = {'at': self.rng.choice(['50%', '80%', '33%', '99%', '1%'])}
        elif roll < 0.5:
            step = {'at': duration + ' before'}
        elif roll < 0.65 and not used_due:
            step = {'at': self.rng.choice(['due', 'due', '100%'])}
        elif roll < 0.85:
            step = {'at': duration + ' after'}
        else:
            step = {'at': self.rng.choice(['120%', '150%', '101%', '300%'])}
        due = step['at'] in ('due', '100%')
        early = 'before' in step['at'] or step['at'] in ('50%', '80%', '33%', '99%', '1%')
        if not due and step['at'][-1] != '%' and self.chance(0.2):
            step['calendar'] = self.rng.choice(list(self.calendars) + ['24x7'])
        if not due and self.chance(0.2):
            step['only_in'] = self.rng.choice(list(self.calendars))
        if not due and self.chance(0.15):
            step['late'] = 'skip'
        if not early and self.chance(0.4):
            step['repeat'] = self.rng.choice(['10m', '1h', '3h', '45s'])
            step['times'] = self.rng.choice([1, 2, 3, 5])
        if self.chance(0.2):
            step['when'] = self.condition(MOBILE)
        if self.chance(0.3):
            step['via'] = self.rng.sample(['mail', 'sms', 'phone'], self.rng.choice([1, 2]))
        if self.chance(0.7):
            step['notify'] = self.rng.sample(['owner', 'lead', 'boss'], self.rng.choice([1, 2]))
        if self.chance(0.3):
            step['level'] = self.rng.choice([1, 2, 3])
        return step

    def entry(self, last):
        entry = {}
        if not last:
            if self.chance(0.6):
                entry['metrics'] = self.rng.sample(list(self.metrics),
                                                   self.rng.randint(1, len(self.metrics)))
            if self.chance(0.5) or not entry:
                entry['when'] = self.condition(self.universe)
            if 'agreements' in self.features and self.chance(0.3):
                entry['kinds'] = self.rng.sample(['sla', 'ola', 'uc'], self.rng.choice([1, 2]))
            if 'agreements' in self.features and self.agreement_names and self.chance(0.3):
                count = min(self.rng.choice([1, 2]), len(self.agreement_names))
                entry['agreements'] = self.rng.sample(self.agreement_names, count)
        steps = []
        for _ in range(self.rng.choice([1, 2, 3, 4])):
            steps.append(self.step(any(s['at'] in ('due', '100%') for s in steps)))
        entry['steps'] = steps
        return entry

    def classify(self):
        rules = {}
        if self.chance(0.5):
            rules['queue'] = {'by': 'team', 'is': {'red': 'q1', 'blue': 'q1'}, 'default': 'q2'}
        universe = dict(FIXED) if 'retarget' not in self.features else {**FIXED, **MOBILE}
        rules['region'] = [{'when': self.condition(universe), 'is': 'city'}, {'is': 'remote'}]
        universe['region'] = ['city', 'remote']
        severities = ['urgent', 'important', 'general']
        if self.chance(0.3):
            rules['priority'] = self.matrix(['P1', 'P2', 'P3'])
            universe['priority'] = ['P1', 'P2', 'P3']
        rows = [{'when': self.condition(universe), 'is': 'urgent'}]
        if self.chance(0.15):  # what the policy does not list is taken as the last severity
            rows.append({'when': {'note': {'exists': True}}, 'is': {'copy': 'note'}})
        rows += [{'when': self.condition(universe), 'is': 'important'}, {'is': 'general'}]
        if self.chance(0.4):
            rows.append({'raise': self.rng.choice([1, -1, 2]), 'when': self.condition(universe)})
        rules['severity'] = self.matrix(severities) if self.chance(0.2) else rows
        universe['severity'] = severities
        self.universe = universe
        return rules, severities

    def matrix(self, values):
        down, across = self.rng.choice([('cat', 'plan'), ('plan', 'cat'), ('cat', 'region'),
                                        ('region', 'plan')])
        known = {**FIXED, 'region': ['city', 'remote']}
        return {'matrix': {'rows': {down: known[down]}, 'columns': {across: known[across][:2]},
                           'values': [[self.rng.choice(values) for _ in known[across][:2]]
                                      for _ in known[down]]},
                'default': self.rng.choice(values)}

    def date_of_opening(self):
        """A date about which incidents are opened."""
        date = self.window[0] // 86400 + self.rng.randrange(55, 115)
        return (EPOCH + datetime.timedelta(days=date)).isoformat()

    def agreements(self, default):
        made = []
        for name, kind in (('gold', 'sla'), ('standard', 'sla'), ('team', 'ola'), ('shop', 'ola'),
                           ('vendor', 'uc')):
            if made and self.chance(0.35):
                continue
            agreement = {'name': name}
            if kind != 'sla' or self.chance(0.5):
                agreement['kind'] = kind
            if name in ('gold', 'shop') or self.chance(0.15):
                agreement['when'] = self.condition(self.universe)
            for key, limit in (('from', 0.2), ('until', 0.2)):
                if self.chance(limit):
                    agreement[key] = self.date_of_opening()
            if agreement.get('from', '0') > agreement.get('until', '9'):
                agreement['from'], agreement['until'] = agreement['until'], agreement['from']
            inherited = default
            if self.chance(0.3):
                inherited = agreement['calendar'] = self.rng.choice(list(self.calendars))
            agreement['targets'] = self.rows(inherited)
            made.append(agreement)
        return made

    def policy(self):
        zone = self.rng.choice(ZONES)
        holidays = {}
        self.calendars = {}
        for index in range(self.rng.choice([1, 2, 3])):
            name = f'c{index}'
            self.calendars[name] = self.calendar(name, zone, holidays)
        classify, severities = self.classify()
        self.metrics = {f'm{i}': self.metric() for i in range(self.rng.choice([1, 2, 2, 3]))}
        default = self.rng.choice(list(self.calendars))
        policy = {'timezone': zone, 'calendar': default, 'calendars': self.calendars,
                  'holidays': holidays, 'severities': severities, 'classify': classify,
                  'metrics': self.metrics}
        if 'roll' in self.features and self.chance(0.25):
            policy['roll_deadlines'] = True
        if 'agreements' in self.features and self.chance(0.4):
            policy['agreements'] = self.agreements(default)
        else:
            policy['targets'] = self.rows(default)
        self.agreement_names = [a['name'] for a in policy.get('agreements', [])]
        if self.chance(0.85):
            count = self.rng.choice([1, 1, 2, 3])
            policy['escalations'] = [self.entry(i == count - 1) for i in range(count)]
        return policy


def days(target):
    text = json.dumps(target)
    return any(word in text for word in ('0d', '1d', '2d', '3d'))


def flow(value):
    """A value in YAML's flow style; texts quoted, numbers and booleans plain."""
    return json.dumps(value, ensure_ascii=False)


def yaml_text(policy):
    lines = ['sla: 1', f'timezone: {policy["timezone"]}', f'calendar: {policy["calendar"]}']
    if policy.get('roll_deadlines'):
        lines.append('roll_deadlines: true')
    for section in ('holidays', 'calendars', 'classify', 'metrics'):
        if policy.get(section):
            lines.append(f'{section}:')
            for name, value in policy[section].items():
                value = value['text'] if section == 'calendars' else value
                if isinstance(value, list):
                    lines.append(f'  {name}:')
                    lines += [f'    - {flow(row)}' for row in value]
                else:
                    lines.append(f'  {name}: {flow(value)}')
    lines.append(f'severities: {flow(policy["severities"])}')
    for section in ('targets', 'agreements', 'escalations'):
        if policy.get(section):
            lines.append(f'{section}:')
            for item in policy[section]:
                lines.append(f'  - {flow(item)}')
    return '\n'.join(lines) + '\n'
