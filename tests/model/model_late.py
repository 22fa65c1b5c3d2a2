# SPDX-License-Identifier: MIT
"""Late news: an update in the engine's past, but not before the incident's last one (E2)."""
import copy


class Late:
    """A part of Model."""

    def update_late(self, name, at, event, changes):
        """What was told since then stays told; told breaches that prove untrue are retracted."""
        incident = self.incidents.get(name)
        self.all_late = True
        if incident is not None:
            self.forget_facts(incident)
            before, truth = self.truth_after(name, at, event, changes)
            for clock in self.every_open_clock(incident):
                if clock.breach_told is None:
                    continue
                if clock.breach_told < at and not (
                        self.was_resumed_after(clock, at) and
                        before[(clock.metric, clock.kind, clock.cycle)] is None):
                    continue  # what was known before the update is a matter of K8
                if truth.get((clock.metric, clock.kind, clock.cycle)) == clock.breach_told:
                    clock.breach_ahead, clock.breach_told = clock.breach_told, None
                else:
                    self.tell(incident, clock, 'breach_retracted', at,
                              deadline=clock.breach_deadline)
                    self.arm_due(clock)
            self.go_back(incident, at)
        self.apply(name, at, event, changes)
        self.all_late = False

    def every_open_clock(self, incident):
        for metric in self.policy['metrics']:
            yield from self.open_clocks(incident, metric)

    def truth_after(self, name, at, event, changes):
        """{clock: its breach in force just before the update}, and the same at now, as if nothing
        had been told yet."""
        trial = copy.copy(self)
        incident = self.incidents[name].twin()
        trial.incidents = {name: incident}
        trial.dirty, trial.told = {}, []
        for clock in self.every_open_clock(incident):
            clock.breach_told = None
        trial.go_back(incident, at)
        trial.tell_until(incident, at)
        before = trial.breaches(incident)
        trial.apply(name, at, event, changes)
        return before, trial.breaches(incident)

    @staticmethod
    def breaches(incident):
        return {(metric, kind, clock.cycle): clock.breach_told
                for (metric, kind), cycles in incident.clocks.items() for clock in cycles}

    @staticmethod
    def was_resumed_after(clock, at):
        """By a limit that has not come yet, as the update sees it."""
        return clock.limit_resume is not None and clock.limit_resume > at \
            and clock.record[-1][0] == clock.limit_resume

    def go_back(self, incident, at):
        """What time alone did after `at`: pauses ended by limits, steps ended by their `when`."""
        for clock in self.every_open_clock(incident):
            if self.was_resumed_after(clock, at):
                clock.record.pop()
                clock.record[-1][1] = None
                clock.state = 'paused'
                clock.resumed_at = clock.record[-1][0]
                for cause in clock.causes.values():
                    cause[1] = cause[0] <= at
            clock.limit_resume = None
            for key, told in list(clock.steps.items()):
                if told['over'] and told['over_at'] > at:
                    told['over'] = False
                    if told['sends'] == 0:
                        del clock.steps[key]
