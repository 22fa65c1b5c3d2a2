#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual pages name every command and option of sla-check and every key of a policy, and
nothing that is not there; formatters take them, and their policies are right.

usage: man_pages.py SLA_CHECK SCDOC_OR_NOTHING
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import options  # noqa: E402
import tap_unittest  # noqa: E402

SLA_CHECK, SCDOC = (sys.argv[1:] + ["", ""])[:2]
PAGES = {"sla-check": 1, "sla-policy": 5}


def source_of(name):
    return (ROOT / "doc" / "man" / f"{name}.{PAGES[name]}.scd").read_text(encoding="utf-8")


def sections(text, mark):
    """Title: text of every section that begins with that mark, up to the next heading."""
    parts = re.split(rf"(?m)^({mark} .*)$", text)
    return {title[len(mark) + 1:]: re.split(r"(?m)^#{1,%d} " % len(mark), body)[0]
            for title, body in zip(parts[1::2], parts[2::2])}


def options_in(body):
    """Options that a part of the page describes: lines such as *-f*, *--format*=_FORMAT_."""
    return {option for line in body.splitlines() if line.startswith("*-")
            for option in re.findall(r"\*(-[\w?-]+)\*", line)}


def keys_of_the_language():
    """(kind, key) of every rule of the reader's table."""
    table = (ROOT / "lib" / "policy" / "keys_table.c").read_text(encoding="utf-8")
    return re.findall(r'\{MAP_(\w+),[^"]*?"([\w-]+)"', table)


class Pages(unittest.TestCase):
    def test_every_command_and_option_is_described_and_no_other(self):
        described = sections(source_of("sla-check"), "##")
        commands = {title.split()[0]: body for title, body in described.items()}
        known = options.commands(SLA_CHECK)
        self.assertLessEqual(set(known), set(commands))
        self.assertLessEqual(set(commands) - set(known), options.MAY_LACK)
        shared = sections(source_of("sla-check"), "#")["OPTIONS OF ALL COMMANDS"]
        self.assertEqual(options_in(shared), options.SHARED)
        for command in known:
            with self.subTest(command=command):
                found = options.options_of(SLA_CHECK, command) - options.SHARED
                self.assertEqual(options_in(commands[command]), found)

    def test_synopsis_of_a_command_is_that_of_its_help(self):
        titles = {title.split()[0]: title for title in sections(source_of("sla-check"), "##")}
        for command in options.commands(SLA_CHECK):
            with self.subTest(command=command):
                synopsis = options.synopsis_of(SLA_CHECK, command)
                self.assertEqual(titles[command], f"{command} {synopsis}".strip())

    def test_every_key_of_the_language_is_described_and_no_other(self):
        keys = {key for _, key in keys_of_the_language()}
        self.assertGreater(len(keys), 80)
        page = source_of("sla-policy")
        described = set(re.findall(r"(?m)^- \*([\w-]+)\*: ", page))
        self.assertEqual(described, keys)
        # as often as mappings have it, so that each mapping has all of its own
        count = {}
        for _, key in keys_of_the_language():
            count[key] = count.get(key, 0) + 1
        for key, times in count.items():
            found = len(re.findall(rf"(?m)^- \*{re.escape(key)}\*: ", page))
            self.assertEqual(found, times, key)

    def test_policies_of_the_pages_have_no_faults(self):
        blocks = re.findall(r"(?ms)^```\n(.*?)^```", source_of("sla-policy"))
        self.assertGreaterEqual(len(blocks), 2)
        for block in blocks:
            text = block if block.startswith("sla: 1") else "sla: 1\n" + block
            done = subprocess.run([SLA_CHECK, "check", "--strict", "-"], input=text, text=True,
                                  capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_every_diagnostic_has_a_page_that_the_index_leads_to(self):
        folder = ROOT / "doc" / "diagnostics"
        index = (folder / "index.md").read_text(encoding="utf-8")
        listed = subprocess.run([SLA_CHECK, "--explain", "list"], text=True, capture_output=True,
                                check=True).stdout
        for line in listed.splitlines():
            code = line[:7]
            with self.subTest(code=code):
                (page,) = re.findall(rf"\[{code}\]\(([\w-]+\.md)#{code.lower()}\)", index)
                self.assertIn(f"\n## {code}\n", (folder / page).read_text(encoding="utf-8"))

    @unittest.skipUnless(SCDOC, "scdoc is not there")
    def test_formatters_take_the_pages(self):
        for name, section in PAGES.items():
            page = subprocess.run([SCDOC], input=source_of(name), text=True, capture_output=True,
                                  check=True).stdout
            self.assertIn(f'.TH "{name}" "{section}"', page)
            for tool, arguments in (("mandoc", ["-T", "lint", "-W", "error"]),
                                    ("man", ["-l", "--warnings", "-E", "UTF-8"])):
                if shutil.which(tool) is None:
                    continue
                with tempfile.TemporaryDirectory() as folder:
                    file = pathlib.Path(folder) / f"{name}.{section}"
                    file.write_text(page, encoding="utf-8")
                    done = subprocess.run([tool, *arguments, str(file)], text=True, check=False,
                                          capture_output=True, stdin=subprocess.DEVNULL)
                with self.subTest(page=name, tool=tool):
                    self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)


if __name__ == "__main__":
    tap_unittest.main()
