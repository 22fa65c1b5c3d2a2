# SPDX-License-Identifier: MIT
"""What sla-check says of itself: its commands, and the options of each."""

import re
import subprocess

# argp gives these to every command.
SHARED = {"-?", "--help", "--usage", "-V", "--version"}


# What a build may not have, because it hangs on a library.
MAY_LACK = {"import-holidays"}


def output_of(program, *arguments):
    return subprocess.run([program, *arguments], text=True, capture_output=True, check=True,
                          stdin=subprocess.DEVNULL).stdout


def commands(program):
    """Name: synopsis of every command, in the order of the help."""
    listed = output_of(program, "--help").partition("Commands:\n")[2].partition("\n\n")[0]
    found = {}
    for line in listed.splitlines():
        name, synopsis = re.fullmatch(r"  (\S+) +(.*?)  +\S.*", line).groups()
        found[name] = synopsis
    return found


def synopsis_of(program, command):
    """What stands behind the options in a command's usage: POLICY [KEY=VALUE...]."""
    help_text = output_of(program, command, "--help")
    return re.match(rf"Usage: sla-check {command} \[OPTION\.\.\.\] ?(.*)\n", help_text).group(1)


def options_of(program, command):
    """Every option of a command: -f, --format ..."""
    found = set()
    for line in output_of(program, command, "--help").splitlines():
        if re.match(r" {2,6}-", line):
            for option in re.findall(r"(?:(?<=  )|(?<=, ))--?[\w?-]+", line[:40]):
                found.add(option)
    return found
