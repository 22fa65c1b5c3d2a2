# SPDX-License-Identifier: MIT
"""What others wrote into a log or a command line reaches a terminal as text, never as commands.

Control characters are shown as \\x1B; a line of output cannot be forged by a line end in a name.
"""

import json

from tool_case import ToolCase

import tap_unittest

POLICY = """\
sla: 1
classify:
  team: [{when: {team: {exists: true}}, is: {copy: team}}, {is: none}]
metrics:
  resolution: {start: opened, stop: resolved}
targets: [{resolution: 1h}]
"""

# ESC, a line end, DEL, CSI as one character (C1), a line separator, a right-to-left override
HOSTILE = "A\x1b[31m\nB\x7f\x9b\u2028\u202e中"
SHOWN = r"A\x1B[31m\x0AB\x7F\xC2\x9B\xE2\x80\xA8\xE2\x80\xAE中"


class VisibleText(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", POLICY)

    def write_log(self, *rows):
        self.write("log.jsonl", "".join(json.dumps(row) + "\n" for row in rows))

    def check_clean(self, text):
        for character in text:
            self.assertTrue(character == "\n" or ord(character) >= 0x20, repr(text))
            self.assertNotIn(character, "\x7f\x9b\u2028\u202e", repr(text))

    def test_events_of_a_hostile_incident_are_one_line_each(self):
        self.write_log({"incident": HOSTILE, "at": 0, "event": "opened"},
                       {"incident": HOSTILE, "at": 60, "event": "resolved"})
        out, err = self.run_tool("replay", "p.yaml", "log.jsonl")
        self.check_clean(out)
        self.check_clean(err)
        started, met = out.splitlines()[:2]
        for line, kind in ((started, "started"), (met, "met")):
            self.assertIn(f"  {kind}", line)
            self.assertIn(f"  {SHOWN}  resolution", line)

    def test_columns_stand_under_each_other(self):
        self.write_log({"incident": "A\x1b", "at": 0, "event": "opened"},
                       {"incident": "long", "at": 0, "event": "opened"})
        out, _ = self.run_tool("replay", "p.yaml", "log.jsonl")
        first, second = out.splitlines()[:2]
        self.assertEqual(first.index("resolution"), second.index("resolution"))

    def test_complaints_about_a_hostile_line_are_one_line(self):
        self.write_log({"incident": HOSTILE, "at": 60, "event": "opened"},
                       {"incident": HOSTILE, "at": 0, "event": "resolved"},
                       {"incident": "A", "at": HOSTILE})
        _, err = self.run_tool("replay", "p.yaml", "log.jsonl", "--keep-going")
        self.check_clean(err)
        self.assertIn(SHOWN, err)

    def test_classify_shows_hostile_values_as_text(self):
        out, err = self.run_tool("classify", "p.yaml", "--at", "2026-11-20T10:00",
                                 f"team={HOSTILE}", f"x{HOSTILE}=1")
        self.check_clean(out)
        self.check_clean(err)
        self.assertIn(f"team      {SHOWN}\n", out)
        self.assertIn(SHOWN, err)

    def test_json_keeps_the_text(self):
        self.write_log({"incident": HOSTILE, "at": 0, "event": "opened"})
        out, _ = self.run_tool("replay", "p.yaml", "log.jsonl", "--format", "jsonl")
        self.assertEqual(json.loads(out)["incident"], HOSTILE)

    def test_json_lines_escape_what_json_wants_escaped(self):
        name = "".join(map(chr, range(1, 0x80))) + "\\u0041\u0080\uffff\U0001f4a5中"
        self.write_log({"incident": name, "at": 0, "event": "opened"})
        out, _ = self.run_tool("replay", "p.yaml", "log.jsonl", "--format", "jsonl")
        self.assertEqual(json.loads(out)["incident"], name)
        self.assertEqual(len(out.splitlines()), 1)
        self.assertIn(r"\u001F", out)
        self.assertIn("中", out)

    def test_file_with_a_hostile_name_forges_no_line(self):
        name = "a\nb.yaml: no faults\x1b.yaml"
        self.write(name, "sla: 1\nnmae: x\n")
        out, _ = self.run_tool(name, status=1)
        self.check_clean(out)
        self.assertEqual(out.splitlines()[-1], r"a\x0Ab.yaml: no faults\x1B.yaml: 1 error")
        _, err = self.run_tool("check", "no\x1bfile", status=2)
        self.check_clean(err)


if __name__ == "__main__":
    tap_unittest.main()
