# SPDX-License-Identifier: MIT
"""sla-check replay: how logs are read, CSV and JSON lines, good lines and bad ones."""

import bz2
import gzip
import json
import lzma
import subprocess

from tool_case import DESK, PROGRAM, ToolCase

import tap_unittest

CSV = """\
incident,at,event,impact,status,city
A,2026-11-20T10:00,opened,outage,,深圳
A,2026-11-20T10:10,responded,,,
A,2026-11-20T11:00,,,waiting,
A,2026-11-20T13:00,,,\\N,
A,2026-11-20T15:59,resolved,,,
"""
JSONL = """\
{"incident":"A","at":"2026-11-20T10:00","event":"opened","impact":"outage","city":"深圳"}
{"incident":"A","at":"2026-11-20T10:10","event":"responded"}
{"incident":"A","at":"2026-11-20T11:00","status":"waiting"}
{"incident":"A","at":"2026-11-20T13:00","event":null,"status":null}
{"incident":"A","at":"2026-11-20T15:59","event":"resolved"}
"""
TYPES = ["started", "started", "met", "paused", "resumed", "met"]


class Log(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", DESK)

    def replay(self, name, text, *arguments, stdin="", err="", policy="p.yaml"):
        """Events of a log, as JSON."""
        self.write(name, text)
        out, told = self.run_tool("replay", policy, name, "--format", "jsonl", *arguments,
                                  stdin=stdin)
        self.assertEqual(told, err)
        return self.read_lines(out)

    def refused(self, text, message, *arguments, name="log.csv"):
        """The log is refused with this message and exit 2."""
        self.write(name, text)
        out, err = self.run_tool("replay", "p.yaml", name, *arguments, "--format", "jsonl",
                                 status=2)
        self.assertIn(message, err)
        if not arguments:
            self.assertEqual(err.count("\n"), 1, err)  # the first bad line ends the replay
        return out

    def test_csv_and_json_lines_give_the_same_events(self):
        events = self.replay("log.csv", CSV)
        self.assertEqual([event["type"] for event in events], TYPES)
        self.assertEqual(self.replay("log.jsonl", JSONL), events)
        for name in ("log.ndjson", "log.json", "log.txt", "log"):
            with self.subTest(name=name):
                self.assertEqual(self.replay(name, JSONL), events)
        self.assertEqual(self.replay("log.txt", CSV), events)

    def test_standard_input_is_csv_or_json_lines(self):
        events = self.replay("log.csv", CSV)
        for text in (CSV, JSONL, "\n" + JSONL, "  " + JSONL, "\ufeff" + CSV, "\ufeff" + JSONL):
            with self.subTest(text=text[:12]):
                out, err = self.run_tool("replay", "p.yaml", "-", "--format", "jsonl", stdin=text)
                self.assertEqual((self.read_lines(out), err), (events, ""))

    def test_empty_cell_leaves_an_attribute_and_backslash_n_removes_it(self):
        # with `status` still waiting, the clock would stay paused and be judged at 11:00
        events = self.replay("log.csv", CSV.replace("\\N", ""))
        self.assertEqual([event["type"] for event in events], TYPES[:4] + ["met"])
        self.assertEqual(events[-1]["elapsed"], 3600)

    def test_removed_is_not_the_same_as_another_text(self):
        self.write("p.yaml", DESK.replace("{status: waiting}", "{status: {exists: true}}"))
        events = self.replay("log.csv", CSV)
        self.assertEqual([event["type"] for event in events], TYPES)
        self.assertEqual(self.replay("log.jsonl", JSONL), events)
        other = JSONL.replace('"status":null', '"status":"null"')
        self.assertNotIn("resumed", [event["type"] for event in self.replay("log.jsonl", other)])

    def test_extension_says_what_a_log_is(self):
        for name in ("log.jsonl", "log.ndjson", "log.json"):
            self.refused(CSV, f"{name}:1: no JSON", name=name)
        self.refused(JSONL, "log.csv:1:")

    def test_other_line_ends_quotes_and_blank_lines_change_nothing(self):
        events = self.replay("log.csv", CSV)
        quoted = "".join(",".join(f'"{cell}"' for cell in line.split(",")) + "\n"
                         for line in CSV.splitlines())
        for text in (CSV.replace("\n", "\r\n"), CSV.replace("\n", "\n\n"), "\n" + CSV,
                     CSV.rstrip("\n"), quoted, "\ufeff" + CSV, CSV.replace(",", " , ")):
            with self.subTest(text=text[:30]):
                self.assertEqual(self.replay("log.csv", text), events)

    def test_columns_stand_in_any_order_and_others_are_ignored(self):
        text = "x,at,status,incident,event,impact,y\n"
        for line in CSV.splitlines()[1:]:
            incident, at, event, impact, status, _ = line.split(",")
            text += f"1,{at},{status},{incident},{event},{impact},\\N\n"
        self.assertEqual(self.replay("log.csv", text), self.replay("other.csv", CSV))

    def test_instants_may_be_unix_seconds_or_have_offsets(self):
        events = self.replay("log.csv", CSV)
        # 2026-11-20T10:00 in Shanghai is 02:00Z, 1795140000
        for at in ("1795140000", "1795140000.9", "2026-11-20T02:00:00Z", "2026-11-20 10:00:00",
                   "2026-11-19T21:00:00-05:00", "2026-11-20T10:00:00.999+08:00"):
            with self.subTest(at=at):
                self.assertEqual(
                    self.replay("log.csv", CSV.replace("2026-11-20T10:00", at)), events)
        number = JSONL.replace('"2026-11-20T10:00"', "1795140000")
        self.assertEqual(self.replay("log.jsonl", number), events)
        number = JSONL.replace('"2026-11-20T10:00"', "1795140000.5")
        self.assertEqual(self.replay("log.jsonl", number), events)

    def test_json_numbers_and_truth_values_become_texts(self):
        self.write("v.yaml", """\
sla: 1
metrics: {m: {start: opened, stop: done}}
targets:
  - {when: {flag: true, off: false, count: 3, share: 0.1, big: 12345678901234567}, m: 1h}
  - {m: 2h}
""")
        row = {"incident": 7, "at": 0, "event": "opened", "flag": True, "off": False, "count": 3,
               "share": 0.1, "big": 12345678901234567}
        (event,) = self.replay("log.jsonl", json.dumps(row), policy="v.yaml")
        self.assertEqual((event["incident"], event["remaining"]), ("7", 3600))

    def test_map_renames_columns(self):
        text = CSV.replace("incident,at,event,impact", "case_id,opened,what,Impact Level")
        names = "incident=case_id, at=opened,event=what,impact=Impact Level"
        events = self.replay("log.csv", CSV)
        self.assertEqual(self.replay("log.csv", text, "--map", names), events)
        text = JSONL.replace('"incident"', '"case_id"').replace('"at"', '"opened"')
        self.assertEqual(self.replay("log.jsonl", text, "--map", "incident=case_id", "--map",
                                     "at=opened"), events)

    def test_map_of_a_column_that_is_not_there_is_refused(self):
        self.refused(CSV.replace("incident", "case_id"), 'did you mean "case_id"? (--map)',
                     "--map", "incident=case_ib")
        self.refused(CSV, 'column "incident" stands there twice', "--map", "incident=city")
        self.refused(JSONL, '"incident" is there twice', "--map", "incident=city",
                     name="log.jsonl")
        for wrong in ("incident", "=x", "x=", ""):
            self.refused(CSV, "incident=COLUMN", "--map", wrong)

    def test_header_must_name_incident_and_at_once(self):
        self.refused(CSV.replace("incident", "indicent"), 'log.csv:1: no column "incident"; did '
                                                          'you mean "indicent"?')
        self.refused("incident,event\n", 'no column "at"')
        self.refused("incident,at,a,a\n", 'column "a" stands there twice')
        self.refused("incident,at,,a\n", "column 3 has no name")
        self.refused("", "log.csv is empty")
        self.refused("\n\n", "log.csv is empty")

    def test_event_column_may_be_missing(self):
        (started, _) = self.replay("log.csv", "incident,at\nA,0\n")
        self.assertEqual((started["type"], started["at"]), ("started", "1970-01-01T00:00:00Z"))

    def test_log_that_can_say_nothing_is_noted(self):
        self.write("log.csv", "incident,at,Event\nA,0,responded\n")
        _, err = self.run_tool("replay", "p.yaml", "log.csv")
        self.assertIn('log.csv: note: no column "event", and none that the policy looks at', err)
        for columns in ("event,x", "impact,x", "impact,event"):  # either is enough
            self.write("log.csv", f"incident,at,{columns}\nA,0,,\n")
            self.assertEqual(self.run_tool("replay", "p.yaml", "log.csv")[1], "")

    def test_compressed_log_says_how_it_is_read(self):
        packed = {"gzip": gzip.compress(b""), "bzip2": bz2.compress(b""), "xz": lzma.compress(b""),
                  "zstd": b"\x28\xb5\x2f\xfd"}
        for program, data in packed.items():
            out = self.refused(data + b"\n", f"log.csv is compressed; {program} -dc LOG | "
                                             "sla-check replay POLICY - reads it")
            self.assertEqual(out, "")

    def test_log_without_rows_is_an_empty_replay(self):
        self.assertEqual(self.replay("log.csv", "incident,at,event\n"), [])
        self.assertIn("No clock was started.", self.run_tool("replay", "p.yaml", "log.csv")[0])

    def test_bad_lines_are_told_with_file_and_line(self):
        for row, message in (
                ("A,29/2/2016 01:16,,,,", 'log.csv:7: cannot read the instant "29/2/2016 01:16"'),
                ("A,1.2.3,,,,", 'log.csv:7: cannot read the instant "1.2.3"'),
                ("A,1.,,,,", "log.csv:7: cannot read the instant"),
                ("A,,,,,", 'log.csv:7: no instant in "at"'),
                (",2026-11-21,,,,", "log.csv:7: no incident"),
                ("A,1969-12-31T00:00Z,,,,", "log.csv:7: the instant"),
                ("A,99999999999,,,,", "log.csv:7: the instant"),
                ("A,2026-11-21,x", "log.csv:7: 3 cells, but the header has 6"),
                ("A,2026-11-21,,,,,", "log.csv:7: 7 cells, but the header has 6"),
                ("A,2026-11-20T15:58,,,,", "log.csv:7: an update of \"A\" that lies before"),
                ('A,2026-11-21,,19" rack,,', "log.csv:7: a quote where none can stand"),
                ('A,2026-11-21,,"never closed', "log.csv:7: a quote that begins")):
            with self.subTest(row=row):
                self.refused(CSV + row + "\n", message)

    def test_bad_json_lines_are_told_with_file_and_line(self):
        for row, message in (
                ("{", "log.jsonl:6: no JSON"),
                ("[]", "log.jsonl:6: not an object"),
                ('{"incident":"A","at":0,"at":1}', "log.jsonl:6: no JSON: duplicate"),
                ('{"incident":"A","at":{}}', 'log.jsonl:6: "at" is a list or an object'),
                ('{"incident":"A","at":0,"impact":["x"]}', '"impact" is a list or an object'),
                ('{"incident":"A"}', 'log.jsonl:6: no instant in "at"'),
                ('{"incident":null,"at":0}', "log.jsonl:6: no incident"),
                ('{"incident":"A","at":1e300}', 'log.jsonl:6: "1e+300" is outside'),
                ('{"at":0}', "log.jsonl:6: no incident")):
            with self.subTest(row=row):
                self.refused(JSONL + row + "\n", message, name="log.jsonl")

    def test_line_numbers_count_lines_inside_quotes(self):
        text = CSV + '"A","2026-11-20T16:00","","two\nlines","",""\n\nA,bad,,,,\n'
        self.refused(text, "log.csv:10: cannot read")

    def test_line_that_is_not_utf8_is_bad(self):
        self.refused(CSV.encode() + b"\xff,2026-11-21,,,,\n", "log.csv:7: the line is not UTF-8")
        self.refused(JSONL.encode() + b'{"incident":"\xc0\xaf","at":0}\n',
                     "log.jsonl:6: the line is not UTF-8", name="log.jsonl")

    def test_keep_going_counts_and_skips_bad_lines(self):
        bad = ['A,bad,,,,', ",0,,,,", "A", 'A,2026-11-20T10:00,,x"y,,', "A,2026-11-20T10:01,,,,"]
        lines = CSV.splitlines()
        text = "\n".join(lines[:3] + bad[:4] + lines[3:] + bad[4:]) + "\n"
        self.write("log.csv", text)
        out, err = self.run_tool("replay", "p.yaml", "log.csv", "--format", "jsonl",
                                 "--keep-going")
        self.assertEqual([event["type"] for event in self.read_lines(out)], TYPES)
        self.assertEqual([line.split(": ")[1] for line in err.splitlines()[:5]],
                         [f"log.csv:{line}" for line in (4, 5, 6, 7, 11)])
        self.assertEqual(err.splitlines()[5], "sla-check: 5 lines skipped as bad")
        out, _ = self.run_tool("replay", "p.yaml", "log.csv", "--summary", "json", "--keep-going")
        self.assertEqual(json.loads(out)["lines"], {
            "read": 10, "applied": 5, "bad": 5, "duplicates": 0, "after_until": 0, "unsorted": 0})

    def test_unsorted_lines_of_different_incidents_are_counted(self):
        text = "incident,at,event\nA,100,opened\nB,50,opened\nC,70,opened\nD,200,opened\n"
        self.replay("log.csv", text, err="sla-check: 2 lines earlier than a line before; --sort "
                                         "brings them into order\n")

    def test_sort_brings_lines_into_order_and_keeps_equal_instants(self):
        lines = CSV.splitlines()
        mixed = "\n".join([lines[0], lines[5], lines[3], lines[1], lines[4], lines[2]]) + "\n"
        self.refused(mixed, "--sort brings the lines into order")
        self.assertEqual(self.replay("log.csv", mixed, "--sort"), self.replay("o.csv", CSV))
        # at one instant the file's order holds: B is urgent first and normal in the end
        text = ("incident,at,event,impact\nB,100,opened,outage\nA,50,opened,\nB,100,,\\N\n"
                "B,160,responded,\n")
        severities = [event["severity"] for event in self.replay("log.csv", text, "--sort")
                      if event["incident"] == "B" and event["type"] in ("started", "met")]
        self.assertEqual(severities, ["urgent", "urgent", "normal"])

    def test_json_array_is_no_json_lines(self):
        self.refused("[{}]", "write one update a line", name="log.json")

    def test_log_cut_at_any_byte_is_read_or_refused(self):
        for name, text in (("log.csv", CSV), ("log.jsonl", JSONL)):
            data = text.encode("utf-8")
            for length in range(len(data)):
                self.write(name, data[:length])
                done = subprocess.run([PROGRAM, "replay", "p.yaml", name, "--no-events"],
                                      cwd=self.folder, env=self.environment(), timeout=60,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
                self.assertIn(done.returncode, (0, 2), (name, length, done.stderr))
                self.assertEqual(done.returncode == 2, done.stderr != b"", (name, length))

    def test_missing_log_says_why(self):
        _, err = self.run_tool("replay", "p.yaml", "missing.csv", status=2)
        self.assertIn("cannot read missing.csv: No such file", err)
        (self.folder / "folder").mkdir()
        _, err = self.run_tool("replay", "p.yaml", "folder", status=2)
        self.assertIn("cannot read folder", err)
        _, err = self.run_tool("replay", "-", "-", status=2)
        self.assertIn("both the policy and the log", err)
        _, err = self.run_tool("replay", "p.yaml", status=2)
        self.assertIn("which log?", err)


if __name__ == "__main__":
    tap_unittest.main()
