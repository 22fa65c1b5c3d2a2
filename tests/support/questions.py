# SPDX-License-Identifier: MIT
"""Questions about a policy, one a line, as the pages and tables of examples write them.

    office: Fri 2026-11-20T17:50 + 8h = Mon 2026-11-23T16:50
    office: 2026-06-16T11:00 + 2wd due 16:00 cutoff 10:00 = 2026-06-19T16:00
    office: 2026-11-23T09:05 - 10m = 2026-11-20T16:55
    office: 2026-11-20T16:00 .. 2026-11-23T10:00 = 2h
    office: open 2026-11-20T12:00 = no
    office: next open 2026-11-20T18:00 = 2026-11-23T09:00      (next close as well)
    office: 2199-12-31T12:00 + 48h = range error               (or another error of sla-check)
    resolution: opened 2026-06-15T10:00 plan=gold = 2026-06-15T18:00
    resolution: opened 2026-06-15T10:00; held 2026-06-15T11:00 .. 2026-06-15T12:00 = ...
    resolution breach: opened 2026-06-15T10:00; solved 2026-06-17T09:00 = ...
    resolution met elapsed: opened 2026-06-15T10:00; solved 2026-06-15T12:00 = 2h

What follows "#" is for readers. "provisional" may stand behind an answer. A weekday before a date
must be that date's. The first group is asked of `sla-check calendar --batch`. The last is replayed:
`held A .. B` sets the attribute `status` to `held` from A to B, any other word is an update of
that name; the answer is the metric's last deadline, or the instant of its first event of the named
type, or the time that this event says was used. Times without an offset are local to the calendar,
or to the policy.
"""

import csv
import datetime
import io
import json
import re

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TIME = rf"(?:(?:{'|'.join(WEEKDAYS)}) )?\d{{4}}-\d\d-\d\d(?:T\S+)?"
UNITS = {"h": 3600, "m": 60, "s": 1}
DEADLINES = {"started", "resumed", "reopened", "retargeted", "extended"}


class Wrong(ValueError):
    """A line that is no question."""


def time_of(text):
    """The time without its weekday, which is checked."""
    name, _, rest = text.rpartition(" ")
    try:
        date = datetime.date.fromisoformat(rest[:10])
    except ValueError as fault:
        raise Wrong(f"{text}: {fault}") from fault
    if name and WEEKDAYS[date.weekday()] != name:
        raise Wrong(f"{rest} is a {WEEKDAYS[date.weekday()]}, not a {name}")
    return rest


def seconds_of(text):
    """"1h30m", "-2h", "0s" in seconds."""
    if not re.fullmatch(r"-?(\d+h)?(\d+m)?(\d+s)?", text) or text in ("", "-"):
        raise Wrong(f"{text} is no duration")
    total = sum(int(number) * UNITS[unit] for number, unit in re.findall(r"(\d+)([hms])", text))
    return -total if text.startswith("-") else total


def target_of(text):
    """"2wd due 16:00 cutoff 10:00" as sla-check takes it."""
    within, *words = text.split()
    if len(words) % 2:
        raise Wrong(f"{text} is no target")
    return {"within": within, **dict(zip(words[::2], words[1::2], strict=True))}


def asked_of_calendar(calendar, text):
    """The question as JSON."""
    form = {"calendar": calendar}
    if match := re.fullmatch(rf"({TIME}) \.\. ({TIME})", text):
        return {**form, "op": "elapsed", "from": time_of(match[1]), "to": time_of(match[2])}
    if match := re.fullmatch(rf"(open|next open|next close) ({TIME})", text):
        op = "is_open" if match[1] == "open" else match[1].replace(" ", "_")
        return {**form, "op": op, "at": time_of(match[2])}
    if match := re.fullmatch(rf"({TIME}) - (\S+)", text):
        return {**form, "op": "add", "at": time_of(match[1]), "seconds": -seconds_of(match[2])}
    if match := re.fullmatch(rf"({TIME}) \+ (\S+)", text):
        try:
            seconds = seconds_of(match[2])
            return {**form, "op": "add", "at": time_of(match[1]), "seconds": seconds}
        except Wrong:
            pass
    if match := re.fullmatch(rf"({TIME}) \+ (.+)", text):
        return {**form, "op": "due", "at": time_of(match[1]), "within": target_of(match[2])}
    raise Wrong(f"{text} is no question")


def wanted_of(op, text):
    """The answer as JSON; an instant is still text."""
    if text.endswith(" error"):
        return {"error": text.removesuffix(" error")}
    provisional = text.endswith(" provisional")
    text = text.removesuffix(" provisional")
    if op == "elapsed":
        result = seconds_of(text)
    elif op == "is_open":
        if text not in ("yes", "no"):
            raise Wrong(f"{text} is neither yes nor no")
        result = text == "yes"
    elif re.fullmatch(TIME, text):
        result = time_of(text)
    else:
        raise Wrong(f"{text} is no time")
    return {"result": result, "provisional": True} if provisional else {"result": result}


def log_of(text):
    """The CSV log of one incident."""
    rows, names = [], ["status"]
    for clause in text.split("; "):
        word, _, rest = clause.partition(" ")
        if match := re.fullmatch(rf"({TIME}) \.\. ({TIME})", rest):
            rows += [(time_of(match[1]), "", {"status": word}),
                     (time_of(match[2]), "", {"status": "open"})]
        elif match := re.fullmatch(rf"({TIME})((?: \w+=\S+)*)", rest):
            attributes = dict(pair.split("=", 1) for pair in match[2].split())
            names += [name for name in attributes if name not in names]
            rows.append((time_of(match[1]), word, attributes))
        else:
            raise Wrong(f"{clause} is no update")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["incident", "at", "event", *names])
    for at, event, attributes in rows:
        writer.writerow(["1", at, event, *(attributes.get(name, "") for name in names)])
    return out.getvalue()


class Asker:
    """Asks sla-check about one policy. `run(arguments, stdin)` returns what it printed."""

    def __init__(self, run, policy):
        self.run = run
        self.policy = policy

    def batch(self, questions):
        asked = "".join(json.dumps(question) + "\n" for question in questions)
        printed = self.run(["calendar", self.policy, "--batch"], asked)
        return [json.loads(line) for line in printed.splitlines()]

    def replay(self, metric, text):
        """The metric's last deadline, or what its first event of the named type says."""
        name, _, kind = metric.partition(" ")
        field = "elapsed" if kind.endswith(" elapsed") else "at"
        kind = kind.removesuffix(" elapsed")
        printed = self.run(["replay", self.policy, "-", "--format", "jsonl", "--until",
                            "2199-12-31T00:00:00Z"], log_of(text))
        events = [event for event in map(json.loads, printed.splitlines())
                  if event["metric"] == name]
        if kind:
            found = [event[field] for event in events if event["type"] == kind][:1]
        else:
            found = [event["deadline"] for event in events if event["type"] in DEADLINES][-1:]
        return {"result": found[0]} if found else {"error": "no such event"}

    def instants(self, calendars_and_texts):
        """Local texts as UTC."""
        return [answer.get("result", answer) for answer in self.batch(
            [{"calendar": calendar, "op": "add", "at": text, "seconds": 0}
             for calendar, text in calendars_and_texts])]

    def faults(self, lines):
        """(line, what is wrong with it) of every line whose answer is another one."""
        asked, wrong = [], []
        for line in lines:
            try:
                name, colon, rest = line.split("#")[0].strip().partition(": ")
                question, equals, answer = (part.strip() for part in rest.partition(" = "))
                if not colon or not equals:
                    raise Wrong("is not NAME: QUESTION = ANSWER")
                if question.startswith("opened "):
                    form = "elapsed" if name.endswith(" elapsed") else "due"
                    asked.append((line, "24x7", wanted_of(form, answer),
                                  lambda name=name, text=question: self.replay(name, text)))
                else:
                    form = asked_of_calendar(name, question)
                    asked.append((line, name, wanted_of(form["op"], answer), form))
            except Wrong as fault:
                wrong.append((line, str(fault)))
        answers = iter(self.batch([form for *_, form in asked if isinstance(form, dict)]))
        got = [next(answers) if isinstance(form, dict) else form() for *_, form in asked]
        places = [(calendar, wanted["result"]) for _, calendar, wanted, _ in asked
                  if isinstance(wanted.get("result"), str)]
        instants = iter(self.instants(places))
        for (line, _, wanted, _), answer in zip(asked, got, strict=True):
            if isinstance(wanted.get("result"), str):
                wanted = {**wanted, "result": next(instants)}
            answer.pop("message", None)
            if answer != wanted:
                wrong.append((line, f"wanted {json.dumps(wanted)}, got {json.dumps(answer)}"))
        return wrong
