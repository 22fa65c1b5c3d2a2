# SPDX-License-Identifier: MIT
"""sla-check replay: a bar on a terminal while it works, and nothing anywhere else."""

import re

from tool_case import DESK, ToolCase

import tap_unittest

BAR = re.compile(r"\r([█░]{24}|[#.]{24}) +(\d+) %(?:  (?:\d+[hms])+ left)? *")


class Progress(ToolCase):
    def setUp(self):
        super().setUp()
        self.write("p.yaml", DESK)

    def write_log(self, lines, bad=""):
        self.write("log.csv", "incident,at,event\n" + "".join(
            f"I{number},{number},opened\n" for number in range(lines // 2)) + bad + "".join(
            f"I{number},{number},opened\n" for number in range(lines // 2, lines)))

    def long_replay(self, *arguments, bad="", before=100, **environment):
        """The messages of a replay that takes long enough for some bars, on whatever machine."""
        lines = 20_000
        while lines <= 2_560_000:
            self.write_log(lines, bad)
            shown = self.on_terminal("replay", "p.yaml", "log.csv", "--summary", "json", *arguments,
                                     messages=True, **environment)
            parts = [int(part) for _, part in BAR.findall(shown)]
            if len(parts) >= 4 and parts[0] < before:
                return shown
            lines *= 2
        self.fail(f"no bar: {shown!r}")

    def test_bar_grows_and_is_wiped(self):
        shown = self.long_replay(LC_ALL="C.UTF-8")
        parts = [int(part) for _, part in BAR.findall(shown)]
        self.assertEqual(parts, sorted(parts))
        for bar, part in BAR.findall(shown):
            self.assertIn(bar.count("█"), (int(part) * 24 // 100, (int(part) + 1) * 24 // 100))
        self.assertEqual(BAR.sub("", shown).strip(" \r"), "")  # and nothing else was written
        self.assertRegex(shown, r"\r +\r$")

    def test_bar_is_ascii_where_the_terminal_is(self):
        self.assertTrue(self.long_replay().isascii())

    def test_sorting_goes_on_from_where_reading_ended(self):
        shown = self.long_replay("--sort", before=50)
        parts = [int(part) for _, part in BAR.findall(shown)]
        self.assertEqual(parts, sorted(parts))
        self.assertGreater(parts[-1], 50)

    def test_message_stands_on_a_line_of_its_own_and_the_bar_comes_again(self):
        shown = self.long_replay("--keep-going", bad="B,never,opened\n")
        line = next(line for line in shown.split("\n") if "never" in line)
        self.assertTrue(line.split("\r")[-2].startswith("sla-check: log.csv:"), repr(line))

    def test_dumb_terminal_sees_no_bar(self):
        self.write_log(80_000)
        self.assertEqual(self.on_terminal("replay", "p.yaml", "log.csv", "--no-events",
                                          messages=True, TERM="dumb"), "")

    def test_pipe_sees_no_bar(self):
        self.write_log(80_000)
        self.assertEqual(self.run_tool("replay", "p.yaml", "log.csv", "--no-events")[1], "")


tap_unittest.main()
