# SPDX-License-Identifier: MIT
"""The engine in a process that stays: policies and logs go in, events come out (engine_lines.c)."""
import os
import subprocess

from model_policy import yaml_text

NAMES = ['id', 'type', 'kind', 'incident', 'agreement', 'metric', 'severity', 'reason', 'actor',
         'notify', 'via', 'at', 'deadline', 'elapsed', 'remaining', 'cycle', 'percent', 'level',
         'late', 'in_grace']
FIRST_NUMBER = NAMES.index('at')


def event_of(line):
    event = {}
    for place, (name, text) in enumerate(zip(NAMES, line.split('\t'))):
        if text == '':
            continue
        if place >= FIRST_NUMBER:
            event[name] = int(text)
        elif name in ('notify', 'via'):
            event[name] = text.split(',')
        else:
            event[name] = text
    event['late'], event['in_grace'] = event['late'] == 1, event['in_grace'] == 1
    return event


def row_text(row):
    incident, at, event, changes = row
    fields = [incident, str(at), event]
    for name, value in changes.items():
        fields += ['-' + name, ''] if value is None else [name, value]
    return '\t'.join(fields)


class EngineProcess:
    def __init__(self, program):
        self.process = subprocess.Popen([program, os.environ['TZDIR']], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def ask(self, text):
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line == b'.\n':
                return lines
            lines.append(line.decode().rstrip('\n'))
        raise RuntimeError(f'exit {self.process.wait()}')

    def use(self, policy):
        text = yaml_text(policy)
        self.faults = self.ask(f'policy {len(text.encode())}\n{text}')

    def events(self, rows, until):
        """What the engine tells; RuntimeError where it refuses the policy or an update."""
        lines = self.ask('\n'.join(['log', *map(row_text, rows), f'end {until}', '']))
        faults = self.faults + [line for line in lines if line.startswith('!')]
        if faults:
            raise RuntimeError('exit ' + '; '.join(faults))
        return [event_of(line) for line in lines]

    def close(self):
        self.process.stdin.close()
        return self.process.wait()
