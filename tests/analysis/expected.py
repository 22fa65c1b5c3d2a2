# SPDX-License-Identifier: MIT
"""What the analysis must say of a small policy, worked out from all its incidents. A set of
incidents is a number with a bit for each."""

from small_policies import METRICS, day_number

TAKERS_MAX = 8
DAY = 86400


class Expected:
    """`found` has (code, line, more) for everything that must be told."""

    def __init__(self, policy, incidents):
        self.policy, self.incidents = policy, incidents
        self.all = (1 << len(incidents)) - 1
        self.found = []
        self.told_taker = None
        self.takers = {}              # line -> sets that related lines may name
        self.targets = [incident.targets() for incident in incidents]
        for index, made in enumerate(policy["classify"]):
            self.derivation(index, made)
        self.leaves = {}              # (agreement, row, metric, key) -> (set, target)
        self.all_agreements()
        self.uncovered = {}           # (kind, metric) -> set
        self.coverage()
        self.escalations()
        self.order()

    def where(self, test):
        return sum(1 << i for i, incident in enumerate(self.incidents) if test(incident))

    def tell(self, code, line, *more):
        self.found.append((code, line) + more)

    def condition(self, condition, line, before=None):
        """The set of a condition; parts that never hold are told."""
        if condition is None:
            return self.all
        kind = condition[0]
        if kind in ("all", "any"):
            sets = [self.condition(child, line, before) for child in condition[1]]
            result = self.all if kind == "all" else 0
            for child in sets:
                result = result & child if kind == "all" else result | child
            if kind == "all" and result == 0 and all(sets):
                self.tell(901, line)
            return result
        if kind == "not":
            result = self.all & ~self.condition(condition[1], line, before)
        else:
            result = self.where(lambda incident: incident.holds(condition, before))
        if kind not in ("not", "opened") and condition[1] == "in":
            for value in condition[2]:
                self.never_has(line, condition[0], value, before)
        elif result == 0:
            self.tell(901, line)
        return result

    def equal(self, name, value, before=None):
        before = len(self.policy["classify"]) if before is None else before
        return self.where(lambda incident: incident.see(name, before) == value)

    def never_has(self, line, name, value, before=None):
        equal = self.equal(name, value, before)
        if equal == 0:
            self.tell(902, line, f'"{name}" is never "{value}"')
        return equal

    @staticmethod
    def find_takers(wanted, earlier):
        """Those of `earlier` (line, set) that take everything."""
        if wanted == 0:
            return []
        for taker in earlier:
            if wanted & ~taker[1] == 0:
                return [taker]
        found = []
        for taker in earlier:
            if wanted & taker[1]:
                found.append(taker)
                wanted &= ~taker[1]
        return found

    def unreachable(self, code, line, takers, *more):
        takers = list(dict.fromkeys(takers))[:TAKERS_MAX]
        if len(takers) == 1 and takers[0][1] == self.all:
            if self.told_taker == takers[0][0]:
                return
            self.told_taker = takers[0][0]
        self.tell(code, line, *more, "by " + ",".join(str(taker[0]) for taker in takers))

    def derivation(self, index, made):
        if "rows" in made:
            earlier = []
            for number, row in enumerate(made["rows"]):
                if "raise" in row:
                    continue
                holds = self.condition(row["when"], row["line"], index)
                if holds and not any(i.row_of[index] == number for i in self.incidents):
                    self.unreachable(402, row["line"], self.find_takers(holds, earlier))
                earlier.append((row["line"], holds))
            for number, row in enumerate(made["rows"]):
                if "raise" not in row:
                    continue
                holds = self.condition(row["when"], row["line"], index)
                moves = any((index, number) in i.moves for i in self.incidents)
                if made["name"] == "severity" and self.policy["severities"] and holds \
                        and not moves:
                    self.tell(907, row["line"])
        elif "by" in made:
            for key in made["is"]:
                self.never_has(made["line"], made["by"], key, index)
        else:
            self.matrix(index, made)

    def matrix(self, index, made):
        axes = []
        for by, values in ((made["rows_by"], made["rows_are"]),
                           (made["columns_by"], made["columns_are"])):
            axes.append([self.never_has(made["line"], by, value, index) for value in values])
        for row, of_row in enumerate(axes[0]):
            for column, of_column in enumerate(axes[1]):
                if of_row and of_column and of_row & of_column == 0:
                    self.tell(904, made["line"], made["cells"][row][column], "by ")

    def all_agreements(self):
        applies = [incident.agreements() for incident in self.incidents]
        earlier = {"sla": [], "ola": []}
        self.inside = []
        for number, agreement in enumerate(self.policy["agreements"]):
            kind = agreement["kind"]
            holds = self.condition(agreement["when"], agreement.get("when_line"))
            mine = holds & self.where(lambda incident: incident.is_in_force(agreement))
            inside = sum(1 << i for i, found in enumerate(applies) if found.get(kind) == number)
            self.inside.append(inside)
            if holds and not inside:
                self.unreachable(905, agreement["line"], self.find_takers(mine, earlier[kind]))
            earlier[kind].append((agreement.get("line"), mine))
        for number, agreement in enumerate(self.policy["agreements"]):
            self.rows(number, agreement)

    def rows(self, number, agreement):
        holds_of = []
        for place, row in enumerate(agreement["targets"]):
            holds = self.condition(row["when"], row["line"])
            holds_of.append(holds)
            dead, live = [], []
            for metric in METRICS:
                if metric not in row:
                    continue
                here = sum(1 << i for i, found in enumerate(self.targets)
                           if found.get((number, metric), (None,))[0] == place)
                (live if here else dead).append(metric)
                self.target(number, place, row, metric, here)
            if holds and self.inside[number] and dead:
                self.dead_targets(number, place, row, holds_of, dead, live)

    def dead_targets(self, number, place, row, holds_of, dead, live):
        agreement, together = self.policy["agreements"][number], []
        for metric in dead:
            earlier = []
            if agreement["when"] is not None or self.inside[number] != self.all:
                earlier.append((agreement.get("line"), self.all & ~self.inside[number]))
            earlier += [(other["line"], holds_of[i])
                        for i, other in enumerate(agreement["targets"][:place])
                        if metric in other]
            takers = self.find_takers(holds_of[place], earlier)
            together += takers
            if live:
                self.unreachable(903, row["line"], takers, metric)
        if not live:
            self.unreachable(402, row["line"], together)

    def target(self, number, place, row, metric, here):
        target = row[metric]
        if isinstance(target, str):
            self.leaves[number, place, metric, None] = (here, target)
            return
        rest = here
        for key in target["is"]:
            equal = self.never_has(row["line"], target["by"], key)
            if equal and here and not equal & here:
                self.tell(904, row["line"], key, "by ")
            self.leaves[number, place, metric, key] = (equal & here, target["is"][key])
            rest &= ~equal
        self.leaves[number, place, metric, None] = (rest, target["default"])

    def meant(self, kind):
        agreements = [(n, a) for n, a in enumerate(self.policy["agreements"])
                      if a["kind"] == kind]
        if kind != "sla":
            promised = 0
            for (number, _, _, _), (here, target) in self.leaves.items():
                if self.policy["agreements"][number]["kind"] == kind \
                        and target not in (None, "none"):
                    promised |= here
            return promised
        first = min([day_number(a["from"]) if "from" in a else 0 for _, a in agreements])
        last = max([day_number(a["until"]) if "until" in a else 10 ** 6 for _, a in agreements])
        return self.where(lambda incident: first <= incident.at // DAY <= last)

    def coverage(self):
        for kind in ("sla", "ola"):
            for metric in METRICS:
                leaves = [leaf for (number, _, name, _), leaf in self.leaves.items()
                          if name == metric
                          and self.policy["agreements"][number]["kind"] == kind]
                if not any(here and target not in (None, "none") for here, target in leaves):
                    continue
                covered = 0
                for here, target in leaves:
                    covered |= here if target is not None else 0
                missing = self.meant(kind) & ~covered
                if missing:
                    self.uncovered[kind, metric] = missing

    def clocks(self):
        """{(agreement, metric): incidents that have such a clock}."""
        found = {}
        for (number, _, metric, _), (here, target) in self.leaves.items():
            if here and target not in (None, "none"):
                found[number, metric] = found.get((number, metric), 0) | here
        return found

    def fits(self, entry, number, metric):
        kind = self.policy["agreements"][number]["kind"]
        return metric in entry.get("metrics", METRICS) and kind in entry.get("kinds", [kind])

    def escalations(self):
        clocks, earlier = self.clocks(), []
        for entry in self.policy["escalations"]:
            holds = self.condition(entry["when"], entry["line"])
            takers, reached, early = [], not clocks, False
            for (number, metric), here in clocks.items():
                if not self.fits(entry, number, metric):
                    continue
                before = [(other["line"], taken) for other, taken in earlier
                          if self.fits(other, number, metric)]
                free = holds
                for _, taken in before:
                    free &= ~taken
                reached = reached or here & free != 0
                takers += self.find_takers(here & holds, before)
                early = early or any(
                    leaf & free and target in ("1h", "2h")
                    for (n, _, m, _), (leaf, target) in self.leaves.items()
                    if (n, m) == (number, metric))
            if holds and not reached:
                self.unreachable(906, entry["line"], takers)
            if entry["at"] == "2h before" and early:
                self.tell(911, entry["line"])
            earlier.append((entry, holds))

    def is_longer(self, leaf, others):
        here, target = leaf
        return target not in (None, "none") and any(
            here & there and shorter not in (None, "none") and int(target[:-1]) > int(shorter[:-1])
            for there, shorter in others)

    def order(self):
        agreements = self.policy["agreements"]
        for (number, place, metric, _), leaf in self.leaves.items():
            line = agreements[number]["targets"][place]["line"]
            if metric == "first_response" and self.is_longer(
                    leaf, [other for (n, _, m, _), other in self.leaves.items()
                           if n == number and m == "resolution"]):
                self.tell(909, line)
            if agreements[number]["kind"] == "ola" and self.is_longer(
                    leaf, [other for (n, _, m, _), other in self.leaves.items()
                           if agreements[n]["kind"] == "sla" and m == metric]):
                self.tell(910, line)
