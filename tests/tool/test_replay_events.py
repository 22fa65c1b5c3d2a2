# SPDX-License-Identifier: MIT
"""sla-check replay: the events of a day, worked out by hand from the policy DESK.

A is urgent: first response within 30 min, resolution within 4 h. It waits for its customer from
11:00 to 13:00, so that its resolution is due at 16:00 instead of 14:00. B is normal: 2 h and 8 h.
Nobody answers it in time. Times are Shanghai's; JSON has UTC.
"""

from tool_case import DESK, ToolCase

import tap_unittest

LOG = """\
incident,at,event,impact,status
A,2026-11-20T10:00,opened,outage,
A,2026-11-20T10:10,responded,,
A,2026-11-20T11:00,,,waiting
A,2026-11-20T13:00,,,\\N
A,2026-11-20T15:59,resolved,,
B,2026-11-20T16:00,opened,,
B,2026-11-20T20:30,responded,,
B,2026-11-20T21:00,withdrawn,,
"""


def utc(local):
    """A time of 20 November in Shanghai as UTC."""
    hour, minute = int(local[:2]) - 8, local[3:5]
    return f"2026-11-20T{hour:02}:{minute}:00Z"


# type, incident, metric, at, deadline, elapsed and remaining in minutes
EVENTS = [
    ("started", "A", "first_response", "10:00", "10:30", 0, 30),
    ("started", "A", "resolution", "10:00", "14:00", 0, 240),
    ("met", "A", "first_response", "10:10", "10:30", 10, 20),
    ("paused", "A", "resolution", "11:00", None, 60, 180),
    ("resumed", "A", "resolution", "13:00", "16:00", 60, 180),
    ("met", "A", "resolution", "15:59", "16:00", 239, 1),
    ("started", "B", "first_response", "16:00", "18:00", 0, 120),
    ("started", "B", "resolution", "16:00", "24:00", 0, 480),
    ("warning", "B", "first_response", "17:50", "18:00", 110, 10),
    ("breach", "B", "first_response", "18:00", "18:00", 120, 0),
    ("escalation", "B", "first_response", "18:30", "18:00", 150, -30),
    ("escalation", "B", "first_response", "19:00", "18:00", 180, -60),
    ("missed", "B", "first_response", "20:30", "18:00", 270, -150),
    ("cancelled", "B", "resolution", "21:00", "24:00", 300, 180),
]


class Events(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", DESK)
        self.write("log.csv", LOG)

    def replay(self, *arguments):
        out, _ = self.run_tool("replay", "p.yaml", "log.csv", "--format", "jsonl", *arguments)
        return self.read_lines(out)

    def test_every_event_of_a_day_in_order(self):
        events = self.replay()
        self.assertEqual([(event["type"], event["incident"], event["metric"]) for event in events],
                         [row[:3] for row in EVENTS])
        for event, (_, _, _, at, deadline, elapsed, remaining) in zip(events, EVENTS):
            with self.subTest(event=event):
                self.assertEqual(event["at"], utc(at))
                self.assertEqual(event["deadline"], deadline and utc(deadline))
                self.assertEqual((event["elapsed"], event["remaining"]),
                                 (elapsed * 60, remaining * 60))
                self.assertEqual((event["agreement"], event["kind"], event["cycle"],
                                  event["late"]), ("default", "sla", 1, False))

    def test_ids_are_32_hexadecimal_digits_and_the_same_again(self):
        ids = [event["id"] for event in self.replay()]
        for text in ids:
            self.assertRegex(text, r"^[0-9a-f]{32}$")
        self.assertEqual(len(set(ids)), len(EVENTS))
        self.assertEqual([event["id"] for event in self.replay()], ids)

    def test_fields_stand_where_they_apply(self):
        events = {(event["type"], event["incident"], event["at"]): event
                  for event in self.replay()}
        warning = events["warning", "B", utc("17:50")]
        self.assertEqual((warning["notify"], warning["via"]), (["owner"], ["email", "sms"]))
        self.assertNotIn("verdict", warning)
        self.assertNotIn("level", warning)
        second = events["escalation", "B", utc("19:00")]
        self.assertEqual((second["level"], second["repetition"], second["notify"]),
                         (2, 2, ["director", "部门"]))
        self.assertEqual(events["breach", "B", utc("18:00")]["notify"], ["director"])
        met = events["met", "A", utc("15:59")]
        self.assertEqual((met["verdict"], met["in_grace"], met["severity"]),
                         ("met", False, "urgent"))
        missed = events["missed", "B", utc("20:30")]
        self.assertEqual((missed["verdict"], missed["severity"]), ("missed", "normal"))
        self.assertNotIn("in_grace", missed)
        self.assertEqual(events["paused", "A", utc("11:00")]["reason"], "customer")

    def test_percent_and_grace_are_told(self):
        self.write("p.yaml", """\
sla: 1
metrics: {m: {start: opened, stop: done}}
targets: [{m: {within: 100m, grace: 10m}}]
escalations: [{steps: [{at: 50%, notify: [owner]}]}]
""")
        self.write("log.csv", "incident,at,event\nA,0,opened\nA,6300,done\n")
        events = self.replay()
        self.assertEqual([(event["type"], event["at"]) for event in events], [
            ("started", "1970-01-01T00:00:00Z"), ("warning", "1970-01-01T00:50:00Z"),
            ("met", "1970-01-01T01:45:00Z")])
        self.assertEqual(events[1]["percent"], 50)
        self.assertIs(events[2]["in_grace"], True)

    def test_acts_of_the_host_are_told_with_reason_and_actor(self):
        self.write("p.yaml", """\
sla: 1
metrics: {m: {start: opened, stop: done}}
targets: [{m: 1h}]
""")
        self.write("log.csv", "incident,at,event,by,deadline,reason,actor,metric\n"
                   "A,0,opened,,,,,\nB,0,opened,,,,,\nC,0,opened,,,,,\n"
                   "A,60,sla:extend,1h30m,,storm,lead,m\nB,60,sla:pin,,7200,,暴风,\n"
                   "C,60,sla:exempt,,,storm,,m\n")
        told = [(event["type"], event["incident"], event["deadline"], event["remaining"],
                 event.get("reason"), event.get("actor")) for event in self.replay()[3:]]
        self.assertEqual(told, [
            ("extended", "A", "1970-01-01T02:30:00Z", 8940, "storm", "lead"),
            ("extended", "B", "1970-01-01T02:00:00Z", 7140, None, "暴风"),
            ("exempted", "C", "1970-01-01T01:00:00Z", 3540, "storm", None)])
        out, _ = self.run_tool("replay", "p.yaml", "log.csv")
        self.assertRegex(out, "extended +A +m .*reason: storm +by lead")
        self.write("log.jsonl", '{"incident": "A", "at": 0, "event": "opened"}\n'
                   '{"incident": "A", "at": 60, "event": "sla:extend", "by": "soon"}\n')
        _, err = self.run_tool("replay", "p.yaml", "log.jsonl", status=2)
        self.assertIn("log.jsonl:2: ", err)

    def test_events_select_what_is_printed(self):
        wanted = self.replay("--events", "breach,missed")
        self.assertEqual([event["type"] for event in wanted], ["breach", "missed"])
        self.assertEqual(self.replay("--events", "breach", "--events", " missed"), wanted)
        _, err = self.run_tool("replay", "p.yaml", "log.csv", "--events", "breech", status=2)
        self.assertIn("did you mean 'breach'?", err)

    def test_until_is_inclusive_for_lines_and_events(self):
        # the line at 10:10 is applied, the one at 11:00 is not
        self.assertEqual([event["type"] for event in self.replay("--until", "2026-11-20T10:10")],
                         ["started", "started", "met"])
        # at its deadline a clock is not breached yet (K3); one second later it is
        types = [event["type"] for event in self.replay("--until", "2026-11-20T18:00")]
        self.assertEqual(types[-1], "warning")
        types = [event["type"] for event in self.replay("--until", "2026-11-20T18:00:01")]
        self.assertEqual(types[-1], "breach")

    def test_until_tells_how_many_lines_were_left(self):
        _, err = self.run_tool("replay", "p.yaml", "log.csv", "--until", "2026-11-20T16:00")
        self.assertEqual(err, "sla-check: 2 lines not applied: later than --until\n")
        _, err = self.run_tool("replay", "p.yaml", "log.csv", "--until", "soon", status=2)
        self.assertIn("cannot read --until 'soon'", err)

    def test_until_behind_the_log_goes_on_to_it(self):
        self.write("log.csv", LOG.splitlines()[0] + "\nB,2026-11-20T16:00,opened,,\n")
        self.assertEqual([event["type"] for event in self.replay()], ["started", "started"])
        types = [event["type"] for event in self.replay("--until", "2026-11-20T18:40")]
        self.assertEqual(types, ["started", "started", "warning", "breach", "escalation"])

    def test_end_is_the_last_instant_of_the_log(self):
        # the last line says nothing of B, but time has passed it by
        self.write("log.csv", "incident,at,event\nB,0,opened\nC,7201,opened\n")
        self.assertIn(("breach", "B"), [(event["type"], event["incident"])
                                        for event in self.replay()])
        self.write("log.csv", "incident,at,event\nB,0,opened\nC,7200,opened\n")
        self.assertNotIn("breach", [event["type"] for event in self.replay()])

    def test_text_has_the_offset_of_the_policys_zone(self):
        out, _ = self.run_tool("replay", "p.yaml", "log.csv")
        lines = out.splitlines()
        self.assertEqual(lines[0], "2026-11-20T10:00:00+08:00  started     A  first_response  "
                                   "[urgent]  due 2026-11-20T10:30:00+08:00  30m left")
        self.assertIn("2026-11-20T19:00:00+08:00  escalation  B  first_response  [normal]  due "
                      "2026-11-20T18:00:00+08:00  1h over  level 2  notify director, 部门", lines)
        self.assertIn("2026-11-20T20:30:00+08:00  missed      B  first_response  [normal]  took "
                      "4h30m of 2h", lines)
        self.assertEqual(lines[len(EVENTS)], "")

    def test_longest_type_moves_what_stands_behind_it_from_there_on(self):
        self.write("p.yaml", DESK.replace("cancel: withdrawn", "cancel: withdrawn\n    "
                                                               "retarget: keep"))
        self.write("log.csv", "incident,at,event,impact\nA,2026-11-20T10:00,opened,outage\n"
                              "A,2026-11-20T10:40,,none\nB,2026-11-20T10:41,opened,\n")
        out, _ = self.run_tool("replay", "p.yaml", "log.csv")
        lines = [line for line in out.splitlines() if line.startswith("2026")]
        at = next(i for i, line in enumerate(lines) if "breach_retracted" in line)
        self.assertEqual({line.index("  A  ") for line in lines[:at]}, {37})
        self.assertEqual({max(line.find("  A  "), line.find("  B  ")) for line in lines[at:]}, {43})

    def test_unknown_severity_is_told_once_with_its_line(self):
        self.write("p.yaml", DESK.replace("    - {is: normal}\n", "    - {is: {copy: level}}\n"))
        self.write("log.csv", "incident,at,event,level\nA,0,opened,normal\nB,5,opened,huge\n"
                              "C,9,opened,vast\n")
        out, err = self.run_tool("replay", "p.yaml", "log.csv", "--format", "jsonl")
        self.assertEqual({event["severity"] for event in self.read_lines(out)}, {"normal"})
        self.assertIn("log.csv:3: note: a severity that the policy does not list", err)
        self.assertEqual(err.count("note:"), 1)
        self.assertIn("2 lines with a severity", err)


    def test_visit_agreed_for_before_its_start_reads_right(self):
        self.write("p.yaml", "sla: 1\n"
                             "metrics: {visit: {start: opened, stop: arrived}}\n"
                             "targets: [{visit: {agreed: visit_at}}]\n")
        self.write("log.csv", "incident,at,event,visit_at\n"
                              "A,2026-11-20T10:00Z,opened,2026-11-20T08:30Z\n"
                              "A,2026-11-20T13:00Z,arrived,\n"
                              "B,2026-11-20T14:00Z,opened,2026-11-20T14:00Z\n"
                              "B,2026-11-20T15:00Z,arrived,\n")
        out, _ = self.run_tool("replay", "p.yaml", "log.csv")
        missed = [line for line in out.splitlines() if "  missed" in line]
        self.assertTrue(missed[0].endswith("  took 3h, due 1h30m before it started"), missed[0])
        self.assertTrue(missed[1].endswith("  took 1h of 0s"), missed[1])


if __name__ == "__main__":
    tap_unittest.main()
