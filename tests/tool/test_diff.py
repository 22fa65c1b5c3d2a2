# SPDX-License-Identifier: MIT
"""sla-check diff: each change to a policy is told, and nothing else."""

import json

from diff_changes import BASE, CHANGES
from tool_case import ToolCase

import tap_unittest

# Other ways of writing the same.
SAME = {
    "comments and blank lines": ("severities:", "# worst first\n\nseverities:"),
    "order of keys": (
        "name: desk\ntimezone: Europe/Berlin\n", "timezone: Europe/Berlin\nname: desk\n"),
    "order in a condition": (
        "{severity: urgent, region: city}", "{region: city, severity: urgent}"),
    "order of values": ("[Rome, Oslo]", "[Oslo, Rome]"),
    "order of update names": ("[responded, resolved]", "[resolved, responded]"),
    "order of people": ("[owner, lead]", "[lead, owner]"),
    "quotes": ("first_response: 1h", "\"first_response\": '1h'"),
    "other units": ("first_response: 1h", "first_response: 3600s"),
    "a list of one": ("notify: [boss]}\n      - {at: 1h", "notify: boss}\n      - {at: 1h"),
    "percent": ("at: due", "at: 100%"),
    "days one by one": ('{mon-fri: "12:00-20:00"}',
                        '{mon: "12:00-20:00", "tue, thu": "12:00-16:00, 16:00-20:00", '
                        '"wed, fri": "12:00-20:00"}'),
    "dates one by one": ("{date: 2026-12-24, to: 2026-12-26, name: Christmas}",
                         "{date: 2026-12-25, to: 2026-12-26, name: Christmas}\n"
                         "      - {date: 2026-12-24, name: Christmas}"),
    "a calendar written out": ('field: {extends: office, hours: {daily: "08:00-20:00"}}',
                               'field: {holidays: [town], hours: {daily: "08:00-20:00"}}'),
    "the calendar of the row at the target": ("calendar: 24x7, first_response: 1h, resolution: 8h",
                                              "first_response: {within: 1h, calendar: 24x7}, "
                                              "resolution: {within: 8h, calendar: 24x7}"),
    "a condition in other words": ("when: {severity: urgent, region: city}",
                                   "when: {all: [{severity: [urgent]}, "
                                   "{attribute: {region: city}}]}"),
    "defaults": ("stop: arrived}", "stop: arrived, reopen: ignore, retarget: keep, repeat: false}"),
    "x- keys": ("severities:", "x-owner: service management\nseverities:"),
    "description": ("severities:", "description: what we promise\nseverities:"),
    "anchors": ("severities:", "x-hours: &hours {mon-fri: \"12:00-20:00\"}\nseverities:"),
}


class Diff(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("old.yaml", BASE)

    def diff(self, old, new, *arguments, status=0):
        self.write("old.yaml", old)
        self.write("new.yaml", new)
        out, err = self.run_tool("diff", "old.yaml", "new.yaml", *arguments, status=status,
                                 LC_ALL="C.UTF-8")
        self.assertEqual(err, "")
        return out

    def changed(self, change):
        old, new, _, *more = change
        text = BASE
        pairs = [old, new] if isinstance(old, tuple) else [(old, new)]
        for before, after in pairs + more:
            self.assertEqual(text.count(before), 1, before)
            text = text.replace(before, after)
        return text

    def test_json_has_every_part_of_a_change(self):
        new = self.changed(CHANGES["a shorter target"])
        self.assertEqual(json.loads(self.diff(BASE, new, "--format", "json")), [{
            "section": "targets", "kind": "changed", "path": "targets[0].first_response",
            "subject": "row 1 (region: city, severity: urgent)", "what": "first_response",
            "old": "1h on 24x7", "new": "30m on 24x7", "direction": "tighter", "note": None}])
        self.assertEqual(json.loads(self.diff(BASE, BASE, "--format", "json")), [])

    def test_json_lines_are_one_change_each(self):
        new = self.changed(CHANGES["a holiday more"])
        lines = self.read_lines(self.diff(BASE, new, "--format", "jsonl"))
        self.assertEqual([(line["kind"], line["what"], line["new"]) for line in lines],
                         [("added", "2026-10-03", "closed (Unity)"),
                          ("added", "2026-11-11", "closed")])
        self.assertEqual(self.diff(BASE, BASE, "--format", "jsonl"), "")

    def test_exit_code_tells_of_changes_only_where_it_is_asked(self):
        new = self.changed(CHANGES["a shorter target"])
        self.diff(BASE, new)
        self.diff(BASE, new, "--exit-code", status=1)
        self.diff(BASE, BASE, "--exit-code")

    def test_included_files_are_no_difference(self):
        at, end = BASE.index("holidays:"), BASE.index("severities:")
        self.write("shared.yaml", "sla: 1\n" + BASE[at:end])
        self.assertEqual(self.diff(BASE, BASE[:at] + "include: shared.yaml\n" + BASE[end:]),
                         "No change in meaning.\n")

    def test_agreements_are_matched_by_name(self):
        old = ("sla: 1\nagreements:\n  - {name: gold, when: {plan: gold}, targets: "
               "[{resolution: 4h}]}\n  - {name: rest, targets: [{resolution: 8h}]}\n")
        new = old.replace("plan: gold", "plan: [gold, vip]").replace("8h", "6h")
        new += "  - {name: team, kind: ola, targets: [{resolution: 2h}]}\n"
        self.assertEqual(self.diff(old, new), """\
Promises
  agreement gold
    condition: plan: gold → plan: gold or vip
  rest: row 1 (every incident)
    resolution: 8h on 24x7 → 6h on 24x7  tighter
  agreement team
    agreement: new, ola, for every incident, 1 row  changed

3 changes: 1 tighter
""")

    def test_other_side_may_come_from_standard_input(self):
        out, err = self.run_tool("diff", "-", "old.yaml", stdin=BASE)
        self.assertEqual((out, err), ("No change in meaning.\n", ""))

    def test_faults_of_both_policies_are_shown(self):
        self.write("new.yaml", "sla: 1\ntargets: [{resolution: 4 h}]\n")
        self.write("bad.yaml", "sla: 2\n")
        out, err = self.run_tool("diff", "bad.yaml", "new.yaml", status=1)
        self.assertEqual(out, "")
        self.assertIn("bad.yaml:1:6: error:", err)
        self.assertIn("new.yaml:2:24: error:", err)

    def test_wrong_usage_is_told(self):
        for arguments in (["old.yaml"], [], ["old.yaml"] * 3, ["-", "-"], ["old.yaml", "none.yaml"],
                          ["old.yaml", "old.yaml", "--format", "yaml"]):
            with self.subTest(arguments=arguments):
                out, err = self.run_tool("diff", *arguments, status=2)
                self.assertEqual(out, "")
                self.assertNotEqual(err, "")

    def test_colour_is_for_terminals(self):
        self.write("new.yaml", self.changed(CHANGES["a longer target"]))
        self.assertIn("\033[31mlooser\033[0m", self.on_terminal("diff", "old.yaml", "new.yaml"))
        self.assertNotIn("\033", self.on_terminal("diff", "old.yaml", "new.yaml", NO_COLOR="1"))

    def test_what_others_wrote_cannot_steer_a_terminal(self):
        new = BASE.replace("notify: [owner, lead]", 'notify: [owner, lead, "\\u202Ex"]')
        self.assertIn("\\xE2\\x80\\xAEx", self.diff(BASE, new))


def add_change(name, change):
    def test(self):
        out = self.diff(BASE, self.changed(change))
        body, _, summary = out.rpartition("\n\n")
        self.assertEqual(body + "\n", change[2])
        self.assertRegex(summary, r"^[1-9]\d* changes?")
        # the way back is told, too
        self.assertRegex(self.diff(self.changed(change), BASE), r"(?m)^[1-9]\d* changes?")
    setattr(Diff, "test_told_" + name.replace(" ", "_"), test)


def add_same(name, old, new):
    def test(self):
        self.assertEqual(BASE.count(old), 1, old)
        self.assertEqual(self.diff(BASE, BASE.replace(old, new), "--exit-code"),
                         "No change in meaning.\n")
    setattr(Diff, "test_not_told_" + name.replace(" ", "_"), test)


for title, one in CHANGES.items():
    add_change(title, one)
for title, (one, other) in SAME.items():
    add_same(title, one, other)

if __name__ == "__main__":
    tap_unittest.main()
