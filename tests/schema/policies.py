# SPDX-License-Identifier: MIT
"""Policies as trees of mappings (dict), lists and scalars, for the tests of the JSON Schema.

A scalar keeps whether it was written plainly: the reader takes every scalar as a text, an editor
resolves a plain one by YAML's core schema, and the JSON Schema must accept what it then sees.
"""

import dataclasses
import json
import pathlib
import re

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|"
                   r"\.(nan|NaN|NAN)")
WORDS = {word: value for value, words in (
    (True, ("true", "True", "TRUE")), (False, ("false", "False", "FALSE")),
    (None, ("null", "Null", "NULL", "~", ""))) for word in words}
# What can be written without quotes in block style, and means the same without them.
SAFE = re.compile(r"[A-Za-z0-9_/一-鿿](?:[^:#\x00-\x1f\"'\\\x7f-\x9f]|:(?=\S)|(?<=\S)#)*|-?[0-9.]+|~")


@dataclasses.dataclass(frozen=True)
class Scalar:
    """A text, and whether it stands without quotes."""

    text: str
    plain: bool = True


def read(text):
    """The tree of a YAML text."""
    return tree_of(yaml.compose(text, Loader=LOADER))


def tree_of(node):
    if isinstance(node, yaml.MappingNode):
        return {key.value: tree_of(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [tree_of(item) for item in node.value]
    return Scalar(node.value, node.style is None)


def resolved(text):
    """What a plain scalar is by the core schema of YAML 1.2."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text, 0 if text[:2] in ("0o", "0x") else 10)
    if FLOAT.fullmatch(text):
        return float(text.replace(".inf", "inf").replace(".nan", "nan"))
    return text


def loses_its_form(text):
    """Would a reader of the resolved value not know any more how it was written (1.0, 0x1, TRUE)?
    Nobody who sees only the value can say whether the language allows the text."""
    value = resolved(text)
    if isinstance(value, bool) or value is None:
        return text not in ("true", "false", "")
    if isinstance(value, int):
        return text != str(value)
    if isinstance(value, float):
        return not re.fullmatch(r"-?[0-9]+\.[0-9]+", text) or value == int(value)
    return False


def as_json(node):
    """What an editor's validator sees."""
    if isinstance(node, dict):
        return {key: as_json(value) for key, value in node.items()}
    if isinstance(node, list):
        return [as_json(item) for item in node]
    return resolved(node.text) if is_plain(node) else node.text


def is_plain(scalar):
    """Is it written without quotes, by write()?"""
    return scalar.plain and not loses_its_form(scalar.text) and (
        scalar.text == "" or SAFE.fullmatch(scalar.text) is not None
        and not scalar.text.endswith((" ", ":")))


def write(node, depth=0):
    """The tree as YAML text in block style."""
    margin = "  " * depth
    if isinstance(node, dict):
        lines = [f"{margin}{in_quotes(key)}:{behind(value, depth)}" for key, value in node.items()]
    else:
        lines = [f"{margin}-{behind(item, depth)}" for item in node]
    return "".join(lines)


def behind(node, depth):
    if isinstance(node, Scalar):
        return f" {node.text if is_plain(node) else in_quotes(node.text)}".rstrip(" ") + "\n"
    if not node:
        return " {}\n" if isinstance(node, dict) else " []\n"
    return "\n" + write(node, depth + 1)


def in_quotes(text):
    return json.dumps(text, ensure_ascii=False)


def places(node, path=()):
    """Every (path, node) below a tree, the root first."""
    yield path, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from places(value, path + (key,))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from places(item, path + (index,))


def replaced(node, path, new):
    """The tree with another node at a path."""
    if not path:
        return new
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = replaced(copy[path[0]], path[1:], new)
    return copy


def shown(path):
    """A path as diagnostics write it: targets[2].onsite"""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else ("." if text else "") + step
    return text
