#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes lib/base/width_table.def from the Unicode data that Python brings: which characters take
no column of a terminal, and which take two. Unassigned ones between two of a kind go with them."""

import pathlib
import sys
import unicodedata

TABLE = pathlib.Path(__file__).resolve().parents[2] / "lib" / "base" / "width_table.def"
# Signs that stand before Arabic and Syriac numbers, and can be seen.
VISIBLE_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x8E2, 0x110BD, 0x110CD}
END = 0x110000


def is_combining(character):
    """Marks, invisible signs, and the vowels and finals that Hangul syllables are made of."""
    code = ord(character)
    category = unicodedata.category(character)
    return (category in ("Mn", "Me") or 0x1160 <= code <= 0x11FF or
            (category == "Cf" and code not in VISIBLE_FORMATS))


def is_wide(character):
    return (unicodedata.east_asian_width(character) in "WF" and not is_combining(character) and
            unicodedata.category(character) != "Cn")


def blocks(belongs):
    """Ascending pairs of first and last."""
    found = []
    joined = False  # nothing but unassigned characters since the last one that belongs
    for code in range(0x300, END):
        character = chr(code)
        if belongs(character):
            if joined:
                found[-1][1] = code
            else:
                found.append([code, code])
            joined = True
        elif unicodedata.category(character) not in ("Cn", "Co", "Cs"):
            joined = False
    return found


def write(out, name, pairs):
    out.append(f"static const struct block {name}[] = {{")
    line = "   "
    for first, last in pairs:
        item = f" {{0x{first:X}, 0x{last:X}}},"
        if len(line) + len(item) > 100:
            out.append(line)
            line = "   "
        line += item
    out += [line, "};"]


def main():
    version = unicodedata.unidata_version
    out = ["/* SPDX-License-Identifier: MIT */",
           f"/* Made by tests/data/character_widths.py from Unicode {version}. */"]
    write(out, "combining", blocks(is_combining))
    write(out, "wide", blocks(is_wide))
    text = "\n".join(out) + "\n"
    if "--write" in sys.argv:
        TABLE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
