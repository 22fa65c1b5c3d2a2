#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes files as C, so that sla-check has them wherever it is.

usage: embed.py OUTPUT.c NAME=FILE...
"""

import pathlib
import sys


def main():
    output, *pairs = sys.argv[1:]
    lines = ["/* SPDX-License-Identifier: MIT */", "/* Written by embed.py. */",
             '#include "embed.h"', "", "#include <string.h>", ""]
    rows = []
    for number, pair in enumerate(pairs):
        name, path = pair.split("=", 1)
        data = pathlib.Path(path).read_bytes()
        lines.append(f"static const unsigned char file_{number}[] = {{")
        lines += ["    " + ", ".join(str(byte) for byte in data[at:at + 20]) + ","
                  for at in range(0, len(data), 20)]
        lines += ["};", ""]
        rows.append(f'    {{"{name}", (const char *)file_{number}, sizeof file_{number}}},')
    lines += ["static const struct embedded files[] = {", *rows, "};", "",
              "const struct embedded *embedded_at(size_t index)", "{",
              "    return index < sizeof files / sizeof *files ? &files[index] : NULL;", "}", "",
              "const struct embedded *embedded_file(const char *name)", "{",
              "    for (size_t i = 0; i < sizeof files / sizeof *files; i++)",
              "        if (strcmp(files[i].name, name) == 0)", "            return &files[i];",
              "    return NULL;", "}"]
    pathlib.Path(output).write_text("\n".join(lines) + "\n", encoding="ascii")


main()
