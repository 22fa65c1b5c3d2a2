# SPDX-License-Identifier: MIT
"""The peers, what they know, and the tables of their figures and answers."""

import textwrap

WORKS = ("W1", "W2", "W3")


class Peer:
    """`told` is the set of libsla's answers for what the peer could be told: its calendar and its
    convention. `knows`: h hours, 2 two intervals a day, d holidays, z zones."""

    def __init__(self, title, knows, told="office", note=None):
        self.title, self.knows, self.told, self.note = title, knows, told, note


HOURS = {
    "day-loop": Peer("day loop on cctz, C++", "h2dz"),
    "workclock": Peer("workclock, Rust", "h2dz"),
    "mpxj": Peer("MPXJ, Java", "h2d"),
    "rickar-cal": Peer("rickar/cal, Go", "hdz", "plain",
                       "one interval a day, so it was told 09:00-17:00 without a break"),
    "timegrid": Peer("timegrid, Python over Rust", "h2d"),
    "pandas": Peer("pandas CustomBusinessHour", "h2dz", "rolled",
                   "a sum that ends at closing time is told as the next opening (what libsla's "
                   "`roll_deadlines` does); it has no question for W3"),
    "businesstimedelta": Peer("businesstimedelta, Python", "h2dz"),
    "dayjs-business-time": Peer("dayjs-business-time, Node.js", "h2d",
                                note="its zone is the one of the process"),
    "moment-business-time": Peer("moment-business-time, Node.js", "h2d",
                                 note="its zone is the one of the process; W3 is too short by the "
                                      "time to 13:00 when the end lies in the morning's hours"),
}
DAYS = {
    "bdays": Peer("bdays with its cache, Rust", "d", "days"),
    "numpy": Peer("numpy busday, all rows in one call", "d", "days"),
    "date-fns": Peer("date-fns, Node.js", "", "weekdays", "weekends only: it knows no holidays"),
}
# The sets of libsla that are measured beside the peers, and where they are shown.
OWN_HOURS = {"office": "**libsla**", "batch": "**libsla**, all rows in one call"}
OWN_DAYS = {"days": "**libsla**"}


LEGEND = """\
knows: h hours of the day, 2 two intervals a day, d holidays, z time zones.
×: how many times libsla's time, measured in turn with that peer. rows: how many questions it
answered in the time it was given, for W1/W2/W3 where they differ. right: percent of its answers
that are libsla's; as told: the same, after libsla too was told only what the peer can be told, and
follows its convention. Percents are rounded down.
"""


def rounded(value, digits):
    """With as many digits as the noise of a shared machine lets one believe."""
    return f"{int(float(f'{value:.{digits - 1}e}')):,}"


def nanoseconds(value):
    return f"{value:.1f}" if value < 100 else rounded(value, 3)


def times(value):
    return f"{value:.1f}×" if value < 10 else f"{rounded(value, 2)}×"


def triple(values):
    """Three values as one text, or the one that all are."""
    shown = ["–" if value is None else str(value) for value in values]
    present = {text for text in shown if text != "–"}
    return present.pop() if len(present) == 1 else "/".join(shown)


def same(folder, name, other, work):
    """Percent of equal answers, rounded down; None without answers."""
    mine, theirs = folder / "answers" / f"{name}.{work}", folder / "answers" / f"{other}.{work}"
    if not mine.exists() or not theirs.exists():
        return None
    pairs = list(zip(mine.read_text(encoding="ascii").split(),
                     theirs.read_text(encoding="ascii").split()))
    return 100 * sum(left == right for left, right in pairs) // len(pairs)


class Figures:
    """The best figure of all rounds, and libsla's best beside the same group."""

    def __init__(self):
        self.best, self.rows, self.beside = {}, {}, {}

    def add(self, output, group=None):
        """Takes the lines `time NAME WORK NANOSECONDS ROWS`; a group makes them libsla's beside
        it."""
        for line in output.splitlines():
            words = line.split()
            if not words or words[0] != "time":
                continue
            key, value = (words[1], words[2]), float(words[3])
            keep = self.best if group is None else self.beside.setdefault(group, {})
            keep[key] = min(value, keep.get(key, value))
            if group is None:
                self.rows[key] = max(int(words[4]), self.rows.get(key, 0))

    def own(self, name, work):
        """libsla's best of the whole run."""
        found = [figures[name, work] for figures in self.beside.values() if (name, work) in figures]
        return min(found) if found else None

    def ratio(self, peer, told, work, group):
        own = self.beside.get(group, {}).get((told, work))
        if own is None or (peer, work) not in self.best:
            return None
        return self.best[peer, work] / own


def print_table(title, figures, folder, peers, own, wanted, groups, versions):
    """`groups`: the language of each peer that ran; `wanted`: the answers that are right."""
    print(f"| {title} | knows | W1 ns | | W2 ns | | W3 ns | | rows | right | as told |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, label in own.items():
        values = [figures.own(name, work) for work in WORKS]
        if None not in values:
            cells = " | ".join(f"{nanoseconds(value)} | 1" if name != "batch" else
                               f"{nanoseconds(value)} | "
                               f"{value / figures.own('office', work):.2f}×"
                               for value, work in zip(values, WORKS))
            print(f"| {label} | h2dz | {cells} | | | |")
    notes = []
    for name, peer in peers.items():
        if name not in groups:
            continue
        cells = []
        for work in WORKS:
            ratio = figures.ratio(name, wanted, work, groups[name])
            cells += ["–", ""] if ratio is None else [nanoseconds(figures.best[name, work]),
                                                      times(ratio)]
        rows = triple([figures.rows.get((name, work)) for work in WORKS])
        right = triple([same(folder, name, wanted, work) for work in WORKS])
        told = triple([same(folder, name, peer.told, work) for work in WORKS])
        if peer.note:
            notes.append(textwrap.fill(f"- {peer.title.split(',')[0]}: {peer.note}.", 100,
                                       subsequent_indent="  ", break_on_hyphens=False))
        print(f"| {peer.title}, {versions.get(name, '?')} | {peer.knows or '–'} | "
              f"{' | '.join(cells)} | {rows} | {right} | {told} |")
    print()
    print("\n".join(notes) + "\n" if notes else "")
