# SPDX-License-Identifier: MIT
"""Reads the fenced blocks and the links of Markdown pages."""

import dataclasses
import re

FENCE = re.compile(r"^```(.*)$")


@dataclasses.dataclass
class Block:
    """One fenced block. `words` are what stands behind the language: file=x, output, ci ..."""

    language: str
    words: list
    line: int
    text: str

    def option(self, name):
        """The value of name=value, or None."""
        for word in self.words:
            key, equals, value = word.partition("=")
            if key == name and equals:
                return value
        return None

    def first_line(self):
        return self.text.split("\n", 1)[0]


def blocks_of(text):
    """Every block of a page, in order."""
    found, opened, lines = [], None, []
    for number, line in enumerate(text.split("\n"), 1):
        match = FENCE.match(line)
        if opened is None and match:
            words = match.group(1).split()
            opened = Block(words[0] if words else "", words[1:], number, "")
            lines = []
        elif opened is not None and line == "```":
            opened.text = "".join(piece + "\n" for piece in lines)
            found.append(opened)
            opened = None
        elif opened is not None:
            lines.append(line)
    if opened is not None:
        raise ValueError(f"line {opened.line}: a block without an end")
    return found


def links_of(text):
    """(line, target) of every link that leads to a file."""
    outside = re.sub(r"^```.*?^```$", lambda match: "\n" * match.group(0).count("\n"), text,
                     flags=re.S | re.M)
    for number, line in enumerate(outside.split("\n"), 1):
        for target in re.findall(r"\]\(([^)\s]+)\)", line):
            if not re.match(r"[a-z]+:|#", target):
                yield number, target.split("#")[0]


def matches(expected, got):
    """Is it the same text? A line "..." in the expected one stands for any lines."""
    pieces = re.split(r"^\.\.\.\n", expected, flags=re.M)
    pattern = "(?:.*\n)*?".join(re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, got) is not None
