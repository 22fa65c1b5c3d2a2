# SPDX-License-Identifier: MIT
"""What the house tests share: the files of the tree, C text without comments, TAP output."""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# policy-corpus: what a fuzzer wrote keeps no rules.
SKIPPED_FOLDERS = {".git", "__pycache__", "dist", ".venv", ".cache", "subprojects", "policy-corpus"}


def all_files():
    """Every file of the tree, without what is built or fetched."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        at_root = pathlib.Path(folder) == ROOT
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS
                            and not (at_root and name.startswith("build")))
        found += [pathlib.Path(folder, name) for name in sorted(names) if name != ".git"]
    return found


FILES = all_files()


def under(folder, *suffixes):
    """The files below a folder of the tree that end in one of the suffixes."""
    base = ROOT / folder
    return [path for path in FILES
            if base in path.parents and (not suffixes or path.name.endswith(suffixes))]


def shown(path):
    """A path as people write it: from the root of the tree."""
    return str(path.relative_to(ROOT))


def text_of(path):
    return path.read_text(encoding="utf-8")


def is_text(path):
    """Is it UTF-8 without NUL? Zone files, archives and broken input of tests are not."""
    try:
        return b"\0" not in path.read_bytes() and path.read_bytes().decode("utf-8") is not None
    except UnicodeDecodeError:
        return False


_BLANKED = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)


def code_of(path):
    """C text whose comments are gone and whose literals are empty; lines keep their numbers."""

    def blank(match):
        piece = match.group(0)
        lines = "\n" * piece.count("\n")
        return (piece[0] + piece[0] + lines) if piece[0] in "\"'" else " " + lines

    # The names of includes are kept: they stand in quotes too.
    lines = []
    for line in text_of(path).split("\n"):
        lines.append(line if not line.lstrip().startswith("#include") else
                     line.replace('"', "\x01"))
    return _BLANKED.sub(blank, "\n".join(lines)).replace("\x01", '"')


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


class Report:
    """Rules as TAP: one line a rule, and each fault as a comment above it."""

    def __init__(self):
        self.count = 0
        self.bad = 0

    def rule(self, name, faults):
        faults = list(faults)
        self.count += 1
        for fault in faults[:50]:
            print(f"# {fault}")
        if len(faults) > 50:
            print(f"# ... and {len(faults) - 50} more")
        self.bad += 1 if faults else 0
        print(f"{'not ok' if faults else 'ok'} {self.count} - {name}")

    def skip(self, name, why):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {why}")

    def end(self):
        print(f"1..{self.count}")
        sys.stdout.flush()
        sys.exit(0)
