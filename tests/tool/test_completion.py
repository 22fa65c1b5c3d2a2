# SPDX-License-Identifier: MIT
"""What bash, zsh and fish offer behind sla-check, asked of the shells themselves."""

import os
import unittest

import completion_shells
from tool_case import PROGRAM, ToolCase

import options
import tap_unittest

POLICY = """\
sla: 1
calendar: office
calendars:
  office: {hours: {mon-fri: "09:00-17:00"}}
  工作时间: {hours: always}
  night shift: {hours: {daily: "22:00-06:00"}}
metrics:
  first_response: {start: opened, stop: responded}
  修复: {start: opened, stop: resolved}
targets:
  - {first_response: 1h, 修复: 8h}
"""


class Completion(ToolCase):
    def setUp(self):
        super().setUp()
        path = self.folder / ".bin"
        path.mkdir()
        (path / "sla-check").symlink_to(PROGRAM)
        self.path = f"{path}{os.pathsep}{os.environ['PATH']}"
        self.write("policy.yaml", POLICY)
        self.write("log.csv", "incident,at\n")

    def offers(self, shell, *words):
        # What looks for leaks at a program's end stops it by ptrace, and then and again that hangs
        # below a shell. Leaks of these commands are looked for where they are tested themselves.
        sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        found, messages = shell.offers(
            ["sla-check", *words], self.folder,
            self.environment(PATH=self.path, LC_ALL="C.UTF-8", ASAN_OPTIONS=sanitizer))
        self.assertEqual(messages, "")
        return {item.removesuffix(" ") for item in found}

    def on_every_shell(self, wanted, *words, absent=()):
        for shell in completion_shells.SHELLS:
            with self.subTest(shell=shell.name, words=words):
                found = self.offers(shell, *words)
                self.assertLessEqual(set(wanted), found)
                self.assertFalse(set(absent) & found, found)

    def test_commands_and_files_stand_first(self):
        self.on_every_shell([*options.commands(PROGRAM), "policy.yaml"], "")
        self.on_every_shell(["classify"], "cla", absent=["check", "policy.yaml"])

    def test_every_option_of_help_is_known_and_no_other(self):
        for command in options.commands(PROGRAM):
            known = options.options_of(PROGRAM, command)
            long = {option for option in known if option.startswith("--")}
            for shell in completion_shells.SHELLS:
                with self.subTest(shell=shell.name, command=command):
                    found = {item.removesuffix("=") for item in self.offers(shell, command, "--")}
                    self.assertEqual({item for item in found if item.startswith("--")}, long)
                    short = {item for item in self.offers(shell, command, "-")
                             if item.startswith("-") and not item.startswith("--")}
                    self.assertEqual(short, known - long)

    def test_formats_are_those_that_the_command_takes(self):
        for command, formats in (("check", "text json jsonl sarif github"),
                                 ("classify", "text json"), ("calendar", "text json svg"),
                                 ("replay", "text jsonl")):
            for word in formats.split():
                self.write("log.csv", "incident,at\n")
                status = 2 if command == "calendar" and word == "svg" else 0
                arguments = {"replay": ["log.csv"], "calendar": []}.get(command, [])
                self.run_tool(command, "policy.yaml", *arguments, "--format", word, status=status)
            self.on_every_shell(formats.split(), command, "--format", "", absent=["policy.yaml"])

    def test_codes_are_offered_for_explain(self):
        self.on_every_shell(["SLA-231", "SLA-001", "list", "all"], "check", "--explain", "",
                            absent=["policy.yaml"])
        self.on_every_shell(["SLA-231"], "--explain", "SLA-23", absent=["SLA-001"])

    def test_calendars_of_the_policy_are_offered(self):
        self.on_every_shell(["office", "24x7", "工作时间"], "calendar", "policy.yaml", "",
                            absent=["log.csv"])
        self.on_every_shell(["policy.yaml"], "calendar", "")

    def test_metrics_of_the_policy_are_offered(self):
        self.on_every_shell(["first_response", "修复"], "explain", "policy.yaml", "--metric", "",
                            absent=["policy.yaml"])

    def test_nothing_is_said_about_a_policy_that_is_faulty(self):
        self.write("policy.yaml", "sla: 2\n")
        self.on_every_shell([], "calendar", "policy.yaml", "", absent=["office"])
        self.on_every_shell([], "explain", "policy.yaml", "--metric", "", absent=["first_response"])

    @unittest.skipIf(not completion_shells.MISSING, "every shell is there")
    def test_shells_that_are_missing(self):
        self.skipTest("not there: " + ", ".join(completion_shells.MISSING))


if __name__ == "__main__":
    tap_unittest.main()
