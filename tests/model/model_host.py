# SPDX-License-Identifier: MIT
"""Reserved updates of the host: sla:extend, sla:pin and sla:exempt (K12)."""
from model_changes import is_overrun, twin
from model_rules import parse_instant, split_seconds

RESERVED = ('sla:extend', 'sla:pin', 'sla:exempt')
ARGUMENTS = ('metric', 'by', 'deadline', 'reason', 'actor')


def split_arguments(event, changes):
    """(what the reserved update says of itself, the changes of the incident's attributes)."""
    if event not in RESERVED:
        return {}, changes
    return ({key: changes[key] for key in ARGUMENTS if changes.get(key) is not None},
            {key: value for key, value in changes.items() if key not in ARGUMENTS})


class Host:
    """A part of Model."""

    def act(self, incident, at, event, said):
        """After K8 and before cancel: clock by clock."""
        words = {key: said.get(key) for key in ('reason', 'actor')}
        for metric in self.policy['metrics']:
            if said.get('metric', metric) != metric:
                continue
            for clock in self.open_clocks(incident, metric):
                if event == 'sla:exempt':
                    self.end(incident, clock, at, 'exempted', **words)
                elif not clock.silent:
                    self.grant(incident, clock, at, event, said, words)

    def grant(self, incident, clock, at, event, said, words):
        trial = twin(clock)
        if event == 'sla:extend':
            trial.extend(split_seconds(said['by']))
        else:
            text = said['deadline']
            trial.pinned, trial.extended = int(text) if text.isdigit() else parse_instant(text), 0
        if clock.breach_told is not None and not is_overrun(trial, at):
            self.tell(incident, clock, 'breach_retracted', at)
            self.arm_due(trial)
        vars(clock).update(vars(trial))
        self.breach_stands(clock)
        self.tell(incident, clock, 'extended', at, **words)
        self.breach_found(incident, clock, at)

    @staticmethod
    def let_go(clock):
        """Extensions and pins last until the clock ends."""
        clock.extended, clock.pinned = 0, None
