# SPDX-License-Identifier: MIT
"""Runs the scenario files of the C tests (tests/support/scenario.h) through the package, and gives
the same text: what is expected is replaced by what came."""

import re
from datetime import timedelta

import libsla

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


class Refused(Exception):
    """What the callback raises between the lines `refuse` and `take`."""


def duration_text(duration):
    """Counted time as people write it: 1h30m, 45s, -10m."""
    sign, left = ("-", -duration) if duration < timedelta(0) else ("", duration)
    hours, left = divmod(left, HOUR)
    minutes, left = divmod(left, MINUTE)
    seconds = left // SECOND
    parts = [f"{hours}h" if hours else "", f"{minutes}m" if minutes else "",
             f"{seconds}s" if seconds or not (hours or minutes) else ""]
    return sign + "".join(parts)


class Scenario:
    """One scenario on its way."""

    def __init__(self, policy, is_short):
        self.policy = policy
        self.zone = policy.calendar("24x7")
        self.is_short = is_short
        self.refuses = False
        self.lines = []
        self.engine = libsla.Engine(policy, self.on_event)

    def time(self, at):
        if at is None:
            return "none"
        text = self.zone.format(at)
        return re.sub(r"^(.{16})(:00)?(:\d\d)?.*", r"\1\3", text) if self.is_short else text

    def deadline(self, at, deadline):
        """A short log gives a deadline of the same day without its date."""
        text, day = self.time(deadline), self.time(at)
        return text[11:] if self.is_short and len(text) > 11 and text[:11] == day[:11] else text

    def on_event(self, event):
        if self.refuses:
            raise Refused
        words = [self.time(event.at), event.type, event.incident, event.metric]
        if event.kind != "sla":
            words.append(event.kind)
        if event.cycle > 1:
            words.append(f"#{event.cycle}")
        words += [f"deadline={self.deadline(event.at, event.deadline)}",
                  f"elapsed={duration_text(event.elapsed)}",
                  f"remaining={duration_text(event.remaining)}"]
        if event.percent is not None:
            words.append(f"percent={event.percent}")
        if event.level is not None:
            words.append(f"level={event.level}")
        if event.repetition > 1:
            words.append(f"n={event.repetition}")
        words += [f"{name}={','.join(texts)}" for name, texts in
                  (("notify", event.notify), ("via", event.via)) if texts]
        words += [f"{name}={text}" for name, text in
                  (("severity", event.severity), ("reason", event.reason), ("actor", event.actor))
                  if text is not None]
        words += [flag for flag in ("in_grace", "provisional", "late") if getattr(event, flag)]
        self.lines.append("  " + " ".join(map(str, words)))

    def clock(self, incident, metric):
        for kind in libsla.Kind:
            try:
                clock = self.engine.clock(incident, metric, kind)
            except libsla.NotFoundError:
                continue
            now = self.engine.now
            words = [clock.state, metric] + ([] if kind == "sla" else [kind])
            words += [f"deadline={self.deadline(now, clock.deadline)}",
                      f"elapsed={duration_text(clock.elapsed)}",
                      f"remaining={duration_text(clock.remaining)}"]
            if clock.projected is not None:
                words.append(f"projected={self.deadline(now, clock.projected)}")
            if clock.paused:
                words.append(f"paused={duration_text(clock.paused)}")
            words.append(f"percent={clock.percent}")
            words += [flag for flag in ("breached", "in_grace") if getattr(clock, flag)]
            self.lines.append("  " + " ".join(map(str, words)))

    def update(self, at, incident, *words):
        event, sequence, attributes = None, 0, {}
        for word in words:
            if word.startswith("@"):
                sequence = int(word[1:])
            elif word.startswith("-"):
                attributes[word[1:]] = None
            elif "=" in word:
                name, _, value = word.partition("=")
                attributes[name] = value
            else:
                event = word
        return self.engine.update(incident, at, event, sequence=sequence, attributes=attributes)

    def run(self, line):
        """Runs a line of input, and adds what it brings."""
        self.lines.append(line)
        time, word, *rest = words_of(line)
        at = self.zone.parse(time)
        outcome = libsla.Outcome.APPLIED
        try:
            if word == "advance":
                self.engine.advance(at)
            elif word == "due":
                due = self.engine.next_due
                self.lines.append(f"  next_due={'never' if due is None else self.time(due)}")
            elif word == "clock" and len(rest) == 2:
                self.clock(*rest)
            elif word in ("refuse", "take"):
                self.refuses = word == "refuse"
                self.engine.deliver()
            else:
                outcome = self.update(at, word, *rest)
        except libsla.SlaError as error:
            self.lines.append(f"  {error.name}")
        except Refused as refused:
            error = refused.__context__
            name = error.name if isinstance(error, libsla.SlaError) else "SLA_DELIVERY_REFUSED"
            self.lines.append(f"  {name}")
        if outcome != "applied":
            self.lines.append(f"  SLA_{outcome.upper()}")


def words_of(line):
    """The words of a line; `"` groups, also inside key="a b"."""
    return [word.replace('"', "") for word in re.findall(r'(?:"[^"]*"|[^ "])+', line)]


def run(text):
    """The text of a scenario with what really came."""
    before, _, log = text.partition("\n--- log")
    policy_text = before.partition("--- policy\n")[2] + "\n"
    head, _, log = log.partition("\n")
    with libsla.Policy.compile(policy_text) as policy:
        scenario = Scenario(policy, head.startswith(" short"))
        with scenario.engine:
            for line in log.splitlines():
                if line == "" or line.startswith("#"):
                    scenario.lines.append(line)
                elif not line.startswith("  "):
                    scenario.run(line)
    return f"{before}\n--- log{head}\n" + "".join(line + "\n" for line in scenario.lines)
