# SPDX-License-Identifier: MIT
"""What must hold of every clock of every replay, checked from the events alone.

`Replay` takes the events in the order in which they were told, rebuilds each clock's record of
running and paused stretches, and says what is wrong. The arithmetic is log_week's, not libsla's.
"""

from collections import Counter

from log_week import PolicyLines

VERDICTS = ("met", "missed")
ENDS = (*VERDICTS, "cancelled", "exempted")
DIRECT = ("started", "paused", "retargeted", "reopened", "breach_retracted", *ENDS)
STEPS = ("warning", "breach", "escalation")


class Clock:
    """One cycle of a metric of one kind on one incident, as its events tell it."""

    def __init__(self, key):
        self.key = key
        self.state = None
        self.budget = self.calendar = self.deadline = self.name = None
        self.prior = 0  # counted before it was told (K8)
        self.stretches = []  # [begin, end or None, calendar, is it running]
        self.calendars = set()
        self.breach_told = False
        self.whole = True  # told from its own start, and never restarted
        self.last = None

    def begin(self, at, calendar, prior=0):
        self.stretches = [[at, None, calendar, True]]
        self.prior = prior
        self.breach_told = False

    def turn(self, at, running, calendar=None):
        """From `at` on it runs, or does not, perhaps on another calendar."""
        last = self.stretches[-1]
        last[1] = at
        self.stretches.append([at, None, calendar or last[2], running])

    def stop(self, at):
        self.stretches[-1][1] = at

    def used(self, at):
        """Counted seconds in running stretches until `at`."""
        return self.prior + sum(
            calendar.elapsed(begin, at if end is None else min(end, at))
            for begin, end, calendar, running in self.stretches if running and begin < at)

    def paused(self):
        """Counted seconds in stretches that did not run."""
        return sum(calendar.elapsed(begin, end) for begin, end, calendar, running
                   in self.stretches if not running and end is not None)

    def reach(self, amount):
        """The earliest instant at which so much was used; None: not on this record."""
        amount -= self.prior
        if amount <= 0:
            return self.stretches[0][0]
        for begin, end, calendar, running in self.stretches:
            if not running:
                continue
            counted = None if end is None else calendar.elapsed(begin, end)
            if counted is None or counted >= amount:
                return calendar.add(begin, amount)
            amount -= counted
        return None


class Replay:
    """Takes the rows of a log and the events of its replay."""

    def __init__(self, policy_path):
        self.policy = PolicyLines(policy_path)
        self.clocks = {}
        self.rows = {}  # incident: the instants of its updates
        self.faults = []  # (law, sentence)
        self.counts = Counter()
        self.ids = set()
        self.known = 0

    def take_row(self, incident, at):
        self.rows.setdefault(incident, []).append(at)

    def fault(self, law, event, sentence):
        what = (f"{event['type']} of {event['incident']} {event['kind']} {event['metric']}"
                f"#{event['cycle']} at {event['at']}")
        self.faults.append((law, f"{what}: {sentence}"))

    def expect(self, law, event, what, wanted, got):
        self.counts[law] += 1
        if wanted != got:
            self.fault(law, event, f"{what}: {wanted} by the rules, {got} told")

    def require(self, law, event, holds, sentence):
        self.counts[law] += 1
        if not holds:
            self.fault(law, event, sentence)

    # -- laws of all events ------------------------------------------------------------------

    def take(self, event):
        """One event; instants are seconds."""
        key = (event["incident"], event["kind"], event["metric"], event["cycle"])
        clock = self.clocks.get(key)
        self.check_order(event)
        self.require("ids", event, event["id"] not in self.ids, "its id was told before (E5)")
        self.ids.add(event["id"])
        self.check_cause(event)
        if event["type"] == "started":
            self.require("states", event, clock is None, "it had started already")
            self.check_cycle(event)
            clock = self.clocks[key] = Clock(key)
        elif clock is None:
            self.fault("states", event, "it never started")
            return
        getattr(self, "take_" + event["type"])(clock, event)
        self.check_sums(clock, event)
        clock.last = event["type"]

    def check_order(self, event):
        """E4: facts are told in the order in which they become known."""
        known = event["at"] + (event["type"] == "breach")
        if not event["late"]:
            self.require("order", event, known >= self.known, "told after what became known later")
            self.known = max(self.known, known)
        else:
            self.require("order", event, event["at"] <= self.known, "late, but not in the past")

    def check_cause(self, event):
        """Nothing is told of a time before its incident, or without an update that brought it."""
        rows = self.rows[event["incident"]]
        self.require("causes", event, event["at"] >= rows[0], "before the incident was known")
        if event["type"] in DIRECT or (event["type"] == "resumed" and
                                       not self.policy.has_limit(event["metric"])):
            self.require("causes", event, event["at"] in rows, "no update has this instant")

    def check_cycle(self, event):
        if event["cycle"] == 1:
            return
        before = self.clocks.get((event["incident"], event["kind"], event["metric"],
                                  event["cycle"] - 1))
        self.require("states", event, before is None or before.state in ENDS,
                     "the cycle before is still open")

    def check_sums(self, clock, event):
        """Counted time is never more than wall time; what remains is the budget less the used."""
        law = "counted time"
        wall = event["at"] - self.rows[event["incident"]][0]
        self.require(law, event, 0 <= event["elapsed"] <= wall, "more counted time than wall time")
        self.expect("budget", event, "elapsed + remaining", clock.budget,
                    event["elapsed"] + event["remaining"])

    def check_used(self, clock, event):
        if event["at"] < clock.stretches[0][0]:
            return  # a fact from before it was told (K8)
        self.expect("counted time", event, "elapsed", clock.used(event["at"]), event["elapsed"])

    def check_deadline(self, clock, event):
        """While something remains the deadline is where the record reaches the budget (K4, K8)."""
        if clock.state != "running":
            self.expect("deadlines", event, "deadline", None, event["deadline"])
        elif clock.used(event["at"]) < clock.budget:
            self.expect("deadlines", event, "deadline", clock.reach(clock.budget),
                        event["deadline"])
        elif event["type"] in ("resumed", "reopened") and clock.last != "retargeted":
            self.require("deadlines", event, event["deadline"] <= event["at"],
                         "nothing remains, but the deadline lies ahead")
        clock.deadline = event["deadline"] or clock.deadline

    # -- one type after another --------------------------------------------------------------

    def set_target(self, clock, event):
        clock.budget, clock.name = self.policy.target(event["metric"], event["line"])
        clock.calendar = self.policy.calendars[clock.name]
        clock.calendars.add(clock.name)

    def take_started(self, clock, event):
        self.set_target(clock, event)
        clock.begin(event["at"], clock.calendar, event["elapsed"])
        clock.state = "running"
        clock.whole = event["elapsed"] == 0
        # with an elapsed time it was followed in silence before; its pauses are not known
        if event["elapsed"] == 0:
            self.check_deadline(clock, event)

    def take_paused(self, clock, event):
        self.require("states", event, clock.state == "running", f"it was {clock.state}")
        self.check_used(clock, event)
        clock.turn(event["at"], False)
        clock.state = "paused"
        self.check_deadline(clock, event)

    def take_resumed(self, clock, event):
        self.require("states", event, clock.state == "paused", f"it was {clock.state}")
        clock.turn(event["at"], True)
        clock.state = "running"
        self.check_used(clock, event)
        self.check_deadline(clock, event)

    def take_retargeted(self, clock, event):
        self.require("states", event, clock.state in ("running", "paused"), f"it was {clock.state}")
        self.set_target(clock, event)
        running = clock.state == "running"
        if self.policy.mode(event["metric"], "retarget", "keep") == "restart":
            clock.begin(event["at"], clock.calendar)
            clock.stretches[-1][3] = running
            clock.whole = False
        else:
            clock.turn(event["at"], running, clock.calendar)
        self.check_used(clock, event)
        self.check_deadline(clock, event)

    def take_reopened(self, clock, event):
        self.require("states", event, clock.state in ENDS, f"it was {clock.state}")
        mode = self.policy.mode(event["metric"], "reopen", "ignore")
        self.require("states", event, mode in ("resume", "count", "restart"), f"the mode is {mode}")
        was_paused = not clock.stretches[-1][3]
        ended = clock.stretches[-1][1]
        before = clock.calendar
        self.set_target(clock, event)
        if mode == "restart":
            clock.begin(event["at"], clock.calendar)
            clock.whole = False
        else:
            # stopped while paused, its record had ended at the start of that pause
            clock.turn(ended, mode == "count" and not was_paused, before)
            clock.turn(event["at"], True, clock.calendar)
        clock.state = "running"
        self.check_used(clock, event)
        self.check_deadline(clock, event)

    def end(self, clock, event):
        self.require("states", event, clock.state in ("running", "paused"), f"it was {clock.state}")
        self.check_used(clock, event)
        clock.stop(event["at"])
        clock.state = event["type"]

    def take_cancelled(self, clock, event):
        self.end(clock, event)

    def take_met(self, clock, event):
        self.require("verdicts", event, not clock.breach_told, "met, but its breach was told")
        if not event["in_grace"] and event["deadline"] is not None and clock.state == "running":
            self.require("verdicts", event, event["at"] <= event["deadline"], "after the deadline")
        self.end(clock, event)

    def take_missed(self, clock, event):
        self.require("verdicts", event, clock.breach_told, "missed, but no breach was told")
        self.end(clock, event)

    def take_warning(self, clock, event):
        self.take_step(clock, event)
        self.require("steps", event, event["late"] or not clock.breach_told, "after the breach")
        self.require("steps", event, event["elapsed"] <= clock.budget, "more than the budget used")
        if event["percent"] is None:
            return
        wanted = -(-clock.budget * event["percent"] // 100)
        if clock.whole:
            self.expect("steps", event, f"the instant of {event['percent']} %", clock.reach(wanted),
                        event["at"])

    def take_breach(self, clock, event):
        self.take_step(clock, event)
        self.require("verdicts", event, not clock.breach_told, "told twice")
        self.require("verdicts", event, event["remaining"] <= 0, "something remains")
        clock.breach_told = True

    def take_escalation(self, clock, event):
        self.take_step(clock, event)
        self.require("steps", event, clock.breach_told, "no breach before it")
        self.require("steps", event, event["elapsed"] >= clock.budget, "before the budget is used")

    def take_breach_retracted(self, clock, event):
        self.require("verdicts", event, clock.breach_told, "no breach was told")
        clock.breach_told = False

    def take_step(self, clock, event):
        self.require("states", event, clock.state == "running" or event["late"],
                     f"it is {clock.state}")
        self.check_used(clock, event)

    # -- what the engine holds at the end ----------------------------------------------------

    def check_clock(self, held):
        """A clock as sla_engine_clocks() gives it, against its events."""
        key = (held["incident"], held["kind"], held["metric"], held["cycle"])
        clock = self.clocks.pop(key, None)
        event = {**held, "type": "clock", "at": held["ended"] or self.now}
        if clock is None:
            self.fault("clocks", event, "the engine holds it, but nothing was told")
            return
        self.expect("clocks", event, "state", clock.state, held["state"])
        self.expect("clocks", event, "budget", clock.budget, held["budget"])
        self.expect("clocks", event, "calendar", clock.name, held["calendar"])
        self.expect("clocks", event, "breached", clock.breach_told, held["breached"])
        self.expect("clocks", event, "elapsed", clock.used(event["at"]), held["elapsed"])
        self.expect("clocks", event, "elapsed + remaining", held["budget"],
                    held["elapsed"] + held["remaining"])
        self.check_whole(clock, event, held)

    def check_whole(self, clock, event, held):
        """elapsed + paused + closed = wall, on one calendar from start to end."""
        if not clock.whole or len(clock.calendars) > 1:
            self.counts["clocks on several calendars, restarted or told later"] += 1
            return
        wall = event["at"] - held["started"]
        closed = wall - clock.calendar.elapsed(held["started"], event["at"])
        self.expect("sums of pauses", event, "elapsed + paused + closed", wall,
                    held["elapsed"] + held["paused"] + closed)
        self.counts["clocks that paused"] += held["paused"] > 0

    def finish(self):
        for key in self.clocks:
            self.faults.append(("clocks", f"{key}: told, but the engine does not hold it"))

    @property
    def now(self):
        return max(rows[-1] for rows in self.rows.values())
