# SPDX-License-Identifier: MIT
"""Blocks of questions and answers in the pages: asked of the built sla-check."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import questions


def faults(call, policy, text):
    """What is wrong with the block's lines. `call(command, stdin)` returns what was printed."""
    asker = questions.Asker(lambda arguments, stdin: call(["sla-check", *arguments], stdin), policy)
    lines = [line for line in text.splitlines() if line.split("#")[0].strip()]
    return [f"{line}\n    {fault}" for line, fault in asker.faults(lines)]
