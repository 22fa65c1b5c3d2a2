#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Property: for every zone of the time zone database, 1970 to 2199, in every form in which its
files are installed, the library says what Python's zoneinfo says about the same file.

    zones_against_zoneinfo.py PROGRAM ZONEINFO DATA [--dense]

PROGRAM is answer_zones, ZONEINFO the machine's folder of zone files, DATA tests/data. The forms:

    machine, frozen, frozen-fat, frozen-odd   the files of ZONEINFO and of DATA as they are
    fat, slim                                 ZONEINFO/tzdata.zi compiled by `zic -b` when it runs

Three things are compared. Offsets: one second before, at and behind every change that the library
or the file knows, every few hours in the days around it, and at steps of less than two weeks over
the whole time, so that a change that only Python knows is seen too. Local times (T3): both ends
and the inside of every gap and of every repeated stretch, and steps over the whole time; Python
with fold=0 means by a repeated local time the first, and by a skipped one the instant as far behind
the gap's begin. Fingerprints: those of one zone are the same in the forms of one release.

What differs for a known reason is listed in EXPLAINED; an entry that no longer occurs is a fault.
"""

import collections
import datetime
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from library_zones import LibraryZones  # noqa: E402

DAY = 86400
HOUR = 3600
END = 7258118400  # 2200-01-01
EPOCH = datetime.datetime(1970, 1, 1)
SKIPPED = ("right", "posix")
ONE_RELEASE = ("machine", "fat", "slim")  # forms whose fingerprints must be the same

# what: "clock" for offsets and local times between two instants (UTC), or "fingerprint". zic: the
# versions with which the difference must occur, None: always. What another version writes may have
# the difference or not; any difference that is not listed is a fault.
Explained = collections.namedtuple("Explained", "what forms zone zic first last why")
EXPLAINED = [
    Explained(
        "clock", ("frozen-odd",), "America/Ojinaga", None, "2022-10-30 08:00", "2022-11-06 08:00",
        "zic 2.36 ends the slim file with the change of 2022-10-30 to -06:00 and a rule by which "
        "-05:00 would hold until 2022-11-06; RFC 9636 says that the two must agree. Python follows "
        "the rule at once; the library from the rule's next change on, which gives what the fat "
        "file and the database say."),
    Explained(
        "clock", ("slim",), "America/Ojinaga", ("2.36",), "2022-10-30 08:00", "2022-11-06 08:00",
        "As the frozen one, which was made in this way."),
    Explained(
        "fingerprint", ("slim",), "Asia/Gaza", ("2.36",), None, None,
        "zic 2.36 leaves the changes of 2073 to 2086 out of the slim file (Ramadan then falls into "
        "summer time), so that the two files tell different things. Python reads the same."),
    Explained(
        "fingerprint", ("slim",), "Asia/Hebron", ("2.36",), None, None, "As Asia/Gaza."),
]


class Sample:
    """How densely is asked."""

    def __init__(self, dense):
        self.step = (30 * HOUR if dense else 14 * DAY) - 12345
        self.local_step = (30 * HOUR if dense else 61 * DAY) - 4321
        hours = range(-72, 73) if dense else range(-36, 37, 4)
        self.around = [hour * HOUR for hour in hours]

    def instants(self, known):
        """Instants to ask for, given the changes that are known of."""
        asked = set(range(0, END, self.step))
        for at in known:
            asked.update((at - 1, at, at + 1))
            asked.update(at + distance for distance in self.around)
        return sorted(at for at in asked if 0 <= at < END)

    def local_times(self, changes):
        asked = set(range(0, END, self.local_step))
        for (_, before), (at, after) in zip(changes, changes[1:]):
            low, high = at + min(before, after), at + max(before, after)
            asked.update((low - HOUR, low - 1, low, low + 1, (low + high) // 2,
                          high - 1, high, high + 1, high + HOUR))
        return sorted(local for local in asked if DAY <= local < END - DAY)


def times_in_file(data):
    """The changes that a TZif file lists, by a reader that checks nothing."""

    def counts(at):
        return struct.unpack(">6L", data[at + 20:at + 44])

    ut, standard, leaps, times, types, characters = counts(0)
    size = 4
    at = 44
    if data[4:5] >= b"2":
        at += times * 5 + types * 6 + characters + leaps * 8 + standard + ut + 44
        times = counts(at - 44)[3]
        size = 8
    found = struct.unpack(f">{times}{'q' if size == 8 else 'l'}", data[at:at + times * size])
    return [time for time in found if -3 * DAY <= time < END + 3 * DAY]


def seconds_of(delta):
    return delta.days * DAY + delta.seconds


def offset_differences(zone, changes, instants):
    """Yields (instant, Python's offset, ours)."""
    base = EPOCH.replace(tzinfo=zone)
    index = 0
    for at in instants:
        while index + 1 < len(changes) and changes[index + 1][0] <= at:
            index += 1
        moment = base + datetime.timedelta(seconds=at)
        theirs = seconds_of(zone.fromutc(moment) - moment)
        if theirs != changes[index][1]:
            yield at, theirs, changes[index][1]


def local_differences(zone, local_times, ours):
    """Yields (local time, Python's instant, ours)."""
    for local, at in zip(local_times, ours):
        theirs = local - seconds_of(zone.utcoffset(EPOCH + datetime.timedelta(seconds=local)))
        if theirs != at:
            yield local, theirs, at


Found = collections.namedtuple("Found", "fingerprint offsets local_times")


class Comparison:
    """All forms; a file that has been seen in another form is not asked about twice."""

    def __init__(self, program, sample):
        self.library = LibraryZones(program)
        self.sample = sample
        self.by_bytes = {}
        self.found = collections.defaultdict(dict)  # [form][zone]
        self.asked = [0, 0]

    def add_folder(self, form, folder):
        for path in sorted(folder.rglob("*")):
            name = str(path.relative_to(folder))
            if name.split("/")[0] in SKIPPED or not path.is_file():
                continue
            data = path.read_bytes()
            if data[:4] != b"TZif":
                continue
            if data not in self.by_bytes:
                self.by_bytes[data] = self._compare(path, data)
            self.found[form][name] = self.by_bytes[data]

    def _compare(self, path, data):
        fingerprint, changes = self.library.changes(path)
        if not changes:
            return None
        with open(path, "rb") as file:
            zone = zoneinfo.ZoneInfo.from_file(file)
        instants = self.sample.instants(
            set(times_in_file(data)) | {at for at, _ in changes[1:]})
        local_times = self.sample.local_times(changes)
        self.asked[0] += len(instants)
        self.asked[1] += len(local_times)
        return Found(fingerprint, list(offset_differences(zone, changes, instants)),
                     list(local_differences(zone, local_times,
                                            self.library.instants(path, local_times))))


class Verdicts:
    """TAP, and which explained differences have been met."""

    def __init__(self, zic):
        self.zic = zic
        self.met = []
        self.count = 0
        self.failed = False

    def explains(self, what, form, zone, times=()):
        shown = [str(EPOCH + datetime.timedelta(seconds=at)) for at in times]
        for entry in EXPLAINED:
            if (entry.what, entry.zone) == (what, zone) and form in entry.forms and all(
                    entry.first <= time <= entry.last for time in shown):
                self.met += [] if entry in self.met else [entry]
                return True
        return False

    def say(self, name, faults):
        self.count += 1
        for fault in faults[:20]:
            print(f"# {fault}")
        if len(faults) > 20:
            print(f"# ... and {len(faults) - 20} more")
        self.failed = self.failed or bool(faults)
        print(f"{'not ok' if faults else 'ok'} {self.count} - {name}", flush=True)

    def skip(self, name, why):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {why}")

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def shown_difference(zone, differences):
    at, theirs, ours = differences[0]
    moment = EPOCH + datetime.timedelta(seconds=at)
    return f"{zone}: {len(differences)} differ, first {moment}: {theirs}, here {ours}"


def judge_form(verdicts, form, zones):
    """The tests of one form."""
    refused = [zone for zone, found in zones.items() if found is None]
    verdicts.say(f"every_zone_is_read: {form}", refused or ([] if zones else ["no zones"]))
    for what, instant in (("offsets", 0), ("local_times", 2)):
        faults = []
        for zone, found in zones.items():
            differences = getattr(found, what) if found is not None else []
            instants = [difference[instant] for difference in differences]
            if differences and not verdicts.explains("clock", form, zone, instants):
                faults.append(shown_difference(zone, differences))
        verdicts.say(f"{what}_are_those_of_zoneinfo: {form}", faults)


def judge_fingerprints(verdicts, found):
    faults = []
    for form in ONE_RELEASE:
        for zone, entry in found[form].items():
            fat = found["fat"].get(zone)
            if entry is None or fat is None or entry.fingerprint == fat.fingerprint:
                continue
            if not verdicts.explains("fingerprint", form, zone):
                faults.append(f"{zone}: {form} and fat differ")
    verdicts.say("fat_slim_and_the_machines_files_have_one_fingerprint", faults)


def judge_explanations(verdicts):
    verdicts.say("every_explained_difference_still_occurs", [
        f"{entry.zone} {' '.join(entry.forms)}: {entry.what} differs no longer"
        for entry in EXPLAINED if entry not in verdicts.met and
        (entry.zic is None or verdicts.zic in entry.zic)])
    for entry in verdicts.met:
        print(f"# explained: {entry.zone} {' '.join(entry.forms)}, {entry.what}: {entry.why}")


def find_zic():
    """(path, version), or None."""
    zic = shutil.which("zic") or shutil.which("zic", path="/usr/sbin:/sbin:/usr/local/sbin")
    if zic is None:
        return None
    shown = subprocess.run([zic, "--version"], capture_output=True, text=True, check=False).stdout
    return zic, (shown.split() or ["unknown"])[-1]


def main():
    arguments = [word for word in sys.argv[1:] if word != "--dense"]
    program = arguments[0]
    machine, data = (pathlib.Path(word).resolve() for word in arguments[1:3])
    comparison = Comparison(program, Sample("--dense" in sys.argv))
    zic = find_zic()
    source = machine / "tzdata.zi"
    verdicts = Verdicts(zic[1] if zic and source.is_file() else "none")
    for form, folder in (("frozen", "zoneinfo"), ("frozen-fat", "zoneinfo-fat"),
                         ("frozen-odd", "zoneinfo-odd")):
        comparison.add_folder(form, data / folder)
    if machine.is_dir():
        comparison.add_folder("machine", machine)
    if zic and source.is_file():
        with tempfile.TemporaryDirectory() as scratch:
            for form in ("fat", "slim"):
                folder = pathlib.Path(scratch, form)
                subprocess.run([zic[0], "-b", form, "-d", str(folder), str(source)], check=True)
                comparison.add_folder(form, folder)
    for form, zones in comparison.found.items():
        judge_form(verdicts, form, zones)
    if "fat" in comparison.found:
        judge_fingerprints(verdicts, comparison.found)
    else:
        verdicts.skip("fat_slim_and_the_machines_files_have_one_fingerprint",
                      "no zic" if zic is None else f"no {source}")
    judge_explanations(verdicts)
    names = set().union(*comparison.found.values())
    print(f"# zic {verdicts.zic}; {len(names)} zones in {len(comparison.by_bytes)} different files;"
          f" {comparison.asked[0]} instants and {comparison.asked[1]} local times asked")
    return verdicts.end()


if __name__ == "__main__":
    sys.exit(main())
