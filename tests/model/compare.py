#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the engine with the slow model on random policies and logs, event by event.

    compare.py PROGRAM [--logs N] [--seed S] [--features agreed,reopen,...] [--split]

PROGRAM is engine_lines, or sla-check, which is started for every log. A difference is shrunk to
the shortest log that still shows it, and printed with its policy."""
import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile

from engine_process import EngineProcess
from generate import WINDOWS, LogWriter, run_model, run_rows, shuffled
from model_calendar import OutOfRange
from model_policy import Author, yaml_text
from model_rules import Rules, format_instant
from shrink import shrink_log, shrink_policy

FIELDS = ['type', 'incident', 'agreement', 'kind', 'metric', 'cycle', 'at', 'deadline', 'elapsed',
          'remaining', 'late', 'percent', 'level', 'notify', 'via', 'severity', 'in_grace',
          'reason', 'actor']
ATTRIBUTES = ['cat', 'plan', 'users', 'visit_at', 'status', 'actor', 'flag', 'team', 'note',
              'metric', 'by', 'deadline', 'reason']


def normal(event):
    """Only the fields that are compared, spelled one way."""
    result = {}
    for field in FIELDS:
        value = event.get(field)
        if field in ('at', 'deadline') and isinstance(value, int):
            value = format_instant(value)
        if field == 'reason' and event['type'] == 'resumed':
            value = None
        if value is None or value == '' or value == [] or value is False:
            continue
        result[field] = value
    return result


def write_log(path, rows):
    with open(path, 'w', newline='') as file:
        writer = csv.writer(file, lineterminator='\n')
        writer.writerow(['incident', 'at', 'event'] + ATTRIBUTES)
        for incident, at, event, changes in rows:
            cells = ['\\N' if key in changes and changes[key] is None else changes.get(key, '')
                     for key in ATTRIBUTES]
            writer.writerow([incident, at, event] + cells)


class Tool:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.policy = os.path.join(folder, 'policy.yaml')
        self.log = os.path.join(folder, 'log.csv')

    def use(self, policy):
        with open(self.policy, 'w') as file:
            file.write(yaml_text(policy))

    def run(self, rows, until):
        write_log(self.log, rows)
        done = subprocess.run([self.program, 'replay', self.policy, self.log, '--format', 'jsonl',
                               '--until', format_instant(until)], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f'exit {done.returncode}: {done.stderr[:2000]}')
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return told_once([event for event in lines if 'type' in event])

    def close(self):
        return 0


class Engine(EngineProcess):
    def run(self, rows, until):
        return told_once(self.events(rows, until))


def told_once(events):
    """As they are compared; E5: one fact, one id."""
    result, ids = [], set()
    for event in events:
        result.append(normal(event))
        if event['id'] in ids:
            result[-1]['id'] = 'told before'
        ids.add(event['id'])
    return result


def difference(expected, got):
    """Index of the first event that differs, or None."""
    for index in range(max(len(expected), len(got))):
        if expected[index:index + 1] != got[index:index + 1]:
            return index
    return None


def differs(tool, policy, window, rows, until):
    try:
        expected = [normal(event) for event in run_model(policy, window, rows, until)]
    except OutOfRange:
        return None
    return engine_differs(tool, rows, until, expected)


def engine_differs(tool, rows, until, expected):
    try:
        got = tool.run(rows, until)
    except RuntimeError as error:
        got = [{'type': str(error)}]
    index = difference(expected, got)
    return None if index is None else (index, expected, got)


def split_differs(tool, rng, rows, until, expected):
    """T4: the engine is advanced at many more instants, by updates of an incident of its own."""
    polls = [('poll', rng.randint(rows[0][1], until), '', {}) for _ in range(rng.choice([3, 40]))]
    known = {row[1] for row in rows}
    polls += [('poll', at + 1, '', {}) for at in known if at < until]
    together = sorted(rows + polls, key=lambda row: row[1])
    try:
        got = [event for event in tool.run(together, until) if event['incident'] != 'poll']
    except RuntimeError as error:
        got = [{'type': str(error)}]
    return difference(expected, got) is not None


def report(tool, policy, window, rows, until, seed):
    """Prints the smallest policy and log that still differ, as comments of TAP."""
    def still_differs(candidate, shorter):
        tool.use(candidate)
        try:
            found = differs(tool, candidate, window, shorter, until)
        except KeyError: # an act of the host without its argument: not what the generator makes
            return False
        return found is not None and (refused or not is_refusal(found))

    refused = False
    tool.use(policy)
    found = differs(tool, policy, window, rows, until)
    refused = is_refusal(found)
    rows = shrink_log(still_differs, policy, rows)
    if not refused:
        policy = shrink_policy(still_differs, policy, rows)
        rows = shrink_log(still_differs, policy, rows)
    tool.use(policy)
    index, expected, got = differs(tool, policy, window, rows, until)
    lines = [f'the model and the engine differ (seed {seed})'] + yaml_text(policy).splitlines()
    for incident, at, event, changes in rows:
        lines.append(f'{format_instant(at)} {at} {incident} {event or "-"} {changes}')
    lines.append(f'until {format_instant(until)}')
    for place in range(max(index - 6, 0), index):
        lines.append('    both ' + json.dumps(expected[place]))
    for place in range(index, index + 3):
        lines.append('expected ' + json.dumps(expected[place] if place < len(expected) else None))
        lines.append('     got ' + json.dumps(got[place] if place < len(got) else None))
    print('\n'.join('# ' + line for line in lines))


def is_refusal(found):
    return found[2][:1] and found[2][0]['type'].startswith('exit')


def one(seed, tool, features, logs_per_policy):
    """Yields (policy, window, rows, until, what the model tells) of one random policy; with late
    news each log twice, as it happened and as it came."""
    rng = random.Random(seed)
    window = rng.choice(WINDOWS)
    try:
        policy = Author(rng, features, window).policy()
        tool.use(policy)
        rules = Rules(policy, window)
        for _ in range(logs_per_policy):
            writer = LogWriter(rng, rules, features, window)
            rows, until, told = writer.write(rng.choice([1, 2, 4, 6]), rng.choice([6, 15, 30]))
            yield policy, window, rows, until, told
            late = shuffled(rng, rows) if 'late' in features else rows
            if late != rows:
                yield policy, window, late, until, run_rows(rules, late, until)
    except OutOfRange:
        return


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('--logs', type=int, default=1000)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--features', default='agreed,agreements,roll')
    parser.add_argument('--failures', type=int, default=1)
    parser.add_argument('--per-policy', type=int, default=4)
    parser.add_argument('--split', action='store_true',
                        help='also with empty updates of another incident in between (T4)')
    options = parser.parse_args()
    features = set(options.features.split(','))
    logs = events = failures = 0
    seed = options.seed * 1000000
    with tempfile.TemporaryDirectory() as folder:
        is_tool = os.path.basename(options.program).startswith('sla-check')
        tool = Tool(options.program, folder) if is_tool else Engine(options.program)
        while logs < options.logs:
            seed += 1
            for policy, window, rows, until, told in one(seed, tool, features,
                                                         options.per_policy):
                logs += 1
                events += len(told)
                told = [normal(event) for event in told]
                if options.split:
                    if split_differs(tool, random.Random(seed + logs), rows, until, told):
                        print(f'# asking in between changes the events (seed {seed})')
                        failures += 1
                elif engine_differs(tool, rows, until, told):
                    report(tool, policy, window, rows, until, seed)
                    failures += 1
                    break
            if failures >= options.failures:
                break
        failures += tool.close() != 0  # sanitizers speak at the end
    name = (f'the engine and the slow model agree on {logs} logs, {events} events '
            f'({options.features})')
    print('1..1')
    print(('not ok' if failures else 'ok') + f' 1 - {name}')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
