# SPDX-License-Identifier: MIT
"""How sla-check is called: commands, help, wrong usage, pipes and full disks."""

import os
import re
import subprocess
import unittest

from tool_case import DESK, OFFICE, PROGRAM, ToolCase

import tap_unittest

COMMANDS = ["check", "test", "classify", "explain", "calendar", "replay", "import-holidays"]


class CommandLine(ToolCase):
    def test_help_names_every_command(self):
        out, err = self.run_tool("--help")
        for command in COMMANDS:
            self.assertRegex(out, rf"(?m)^  {command} ")
        self.assertEqual(err, "")

    def test_every_command_has_help_with_an_example(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                out, err = self.run_tool(command, "--help")
                self.assertIn(f"sla-check {command}", out)
                self.assertRegex(out, r"Examples?:\n\s+(echo|sla-check)")
                self.assertEqual(err, "")
                self.assertEqual(self.run_tool("help", command)[0], out)
                for line in out.splitlines() + self.run_tool("--help")[0].splitlines():
                    self.assertLessEqual(len(line), 80)

    def test_version_names_tool_and_library(self):
        out, _ = self.run_tool("--version")
        self.assertRegex(out, r"\Asla-check \d+\.\d+\.\d+ \(libsla \d+\.\d+\.\d+\)\n\Z")

    def test_no_argument_is_wrong_usage_and_shows_help(self):
        out, err = self.run_tool(status=2)
        self.assertEqual(out, "")
        self.assertIn("Usage:", err)

    def test_misspelt_command_is_suggested(self):
        _, err = self.run_tool("replya", "a", "b", status=2)
        self.assertIn("did you mean 'replay'?", err)

    def test_unknown_command_lists_the_commands(self):
        _, err = self.run_tool("frobnicate", status=2)
        for command in COMMANDS:
            self.assertIn(command, err)

    def test_unknown_option_is_wrong_usage(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                _, err = self.run_tool(command, "--frobnicate", status=2)
                self.assertIn("--frobnicate", err)
                self.assertIn(f"sla-check {command} --help", err)

    def test_wrong_format_is_wrong_usage(self):
        for command in COMMANDS[:6]:
            with self.subTest(command=command):
                _, err = self.run_tool(command, "p.yaml", "x", "--format", "xml", status=2)
                self.assertIn("xml", err)

    def test_file_named_like_a_command_is_read_with_a_path(self):
        self.write("replay", OFFICE)
        out, _ = self.run_tool("./replay")
        self.assertEqual(out, "./replay: no faults\n")

    def test_missing_folder_and_unreadable_policies_say_why(self):
        (self.folder / "folder").mkdir()
        for command in (["check"], ["test"], ["classify"], ["explain"], ["calendar"]):
            with self.subTest(command=command):
                out, err = self.run_tool(*command, "missing.yaml", status=2)
                self.assertEqual(out, "")
                self.assertIn("cannot read missing.yaml: No such file", err)
                _, err = self.run_tool(*command, "folder", status=2)
                self.assertIn("cannot read folder: Is a directory", err)

    def test_faulty_policy_fails_every_command_on_standard_error(self):
        self.write("bad.yaml", "sla: 1\nnmae: x\n")
        self.write("log.csv", "incident,at\n")
        for command in (["classify", "bad.yaml"], ["calendar", "bad.yaml", "24x7"],
                        ["replay", "bad.yaml", "log.csv"]):
            with self.subTest(command=command):
                out, err = self.run_tool(*command, status=1)
                self.assertEqual(out, "")
                self.assertIn("bad.yaml:2:1: error:", err)

    def test_zone_files_come_from_tzdir(self):
        self.write("p.yaml", OFFICE)
        (self.folder / "empty").mkdir()
        out, _ = self.run_tool("p.yaml", TZDIR=str(self.folder / "empty"), status=1)
        self.assertIn("Asia/Shanghai", out)

    def test_reader_that_goes_away_is_no_fault(self):
        self.write("p.yaml", OFFICE)
        with open(self.folder / "err", "wb") as errors:
            tool = subprocess.Popen([PROGRAM, "calendar", "p.yaml", "--batch"], cwd=self.folder,
                                    env=self.environment(), stdin=subprocess.PIPE,
                                    stdout=subprocess.PIPE, stderr=errors)
            tool.stdout.close()
            line = b'{"calendar":"office","op":"is_open","at":0}\n'
            try:
                for _ in range(20000):
                    tool.stdin.write(line)
                tool.stdin.close()
            except BrokenPipeError:
                pass
            self.assertEqual(tool.wait(timeout=60), 0)
        self.assertEqual((self.folder / "err").read_text(), "")

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full here")
    def test_full_disk_is_told_and_fails(self):
        self.write("p.yaml", DESK)
        rows = "".join(f"I{i},{i * 60},opened\n" for i in range(2000))
        self.write("log.csv", "incident,at,event\n" + rows)
        for arguments in (["p.yaml"], ["--help"], ["calendar", "p.yaml", "24x7"],
                          ["replay", "p.yaml", "log.csv"],
                          ["replay", "p.yaml", "log.csv", "--format", "jsonl"]):
            with self.subTest(arguments=arguments), open("/dev/full", "wb") as full:
                done = subprocess.run([PROGRAM, *arguments], cwd=self.folder, stdout=full,
                                      env=self.environment(), stderr=subprocess.PIPE, timeout=60,
                                      check=False)
                self.assertEqual(done.returncode, 2)
                self.assertIn(b"cannot write the output: No space left", done.stderr)

    def test_colour_is_for_terminals_and_not_with_no_color(self):
        self.write("p.yaml", OFFICE)
        arguments = ["calendar", "p.yaml", "office", "--month", "2026-10"]
        self.assertIn("\x1b[", self.on_terminal(*arguments))
        self.assertNotIn("\x1b[", self.on_terminal(*arguments, NO_COLOR="1"))
        self.assertNotIn("\x1b[", self.on_terminal(*arguments, TERM="dumb"))
        self.assertNotIn("\x1b[", self.run_tool(*arguments)[0])

    def test_colour_changes_no_character(self):
        self.write("p.yaml", OFFICE)
        self.write("bad.yaml", "sla: 1\nnmae: x\n")
        for arguments in (["calendar", "p.yaml", "office", "--month", "2026-10"],
                          ["calendar", "p.yaml", "newyork", "--year", "2026"],
                          ["calendar", "p.yaml"]):
            with self.subTest(arguments=arguments):
                plain, _ = self.run_tool(*arguments)
                coloured = self.on_terminal(*arguments, columns=100).replace("\r\n", "\n")
                self.assertEqual(re.sub(r"\x1b\[\d+m", "", coloured), plain)
        plain, _ = self.run_tool("bad.yaml", status=1)
        coloured = self.on_terminal("bad.yaml").replace("\r\n", "\n")
        self.assertEqual(re.sub(r"\x1b\[\d+m", "", coloured), plain)


if __name__ == "__main__":
    tap_unittest.main()
