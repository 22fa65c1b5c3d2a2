# SPDX-License-Identifier: MIT
"""Ways to spoil a policy. Each takes a tree, a source of chance and the stock of parts, and gives
another tree, or None where it finds nothing to do."""

from policies import Scalar, places, replaced

# Texts of every form of the language, right in some places and wrong in others, and wrong in all.
TEXTS = """\
|1|2|0|-1|12|100|2021|1969|2199|2200|9.5|-0|+3|10001|-1001|1000|2147483647|2147483648|true|false
yes|no|True|90s|30m|1h30m|4h|1h30s|30m1h|1.5h|5wd|0wd|3d|4|4 hours|8 h|0s|h|1wd2h|-3d|4h |0h0m
09:00|24:00|24:00:00|24:01|9:00|09:60|16:00:30|23:59:60|09:00-12:00|22:00-06:00
09:00-12:00, 13:00-17:00|09:00 - 12:00|09:00-|9-17|00:00-24:00|24:00-24:00|closed|always|never
2026-02-15|2026-02-30|2024-02-29|2025-02-29|2100-02-29|1969-12-31|2199-12-31|2200-01-01|26-02-15
2026/02/15|2026-08-01T14:00|2026-08-01T14:00:30Z|2026-08-01T14:00+08:00|2026-08-01t24:00
2026-08-01 14:00|2026-08-01T14|2026-08-01T14:00:60|2026-08-01T14:59:60.5z|2026-08-01T14:00:00.
1900-01-01T00:00|2026-08-01T14:00+24:00|12-25|02-29|02-30|13-01|12-25 + 1|4th thu of nov
last mon of may|6th mon of may|4th thursday of nov|1st mon of jan - 7|easter|easter + 1|easter+1
easter - 400|easter -2|EASTER|easter 1|5th fri of feb+366|5th fri of feb + 367
mon on or before 05-24|wed before 11-23 -1|wed before 11-23-1|mon after 12-26+1
mon on before 05-24|mon|fri|mon-fri|daily|monday|nearest weekday|next free weekday
sunday to monday|on monday|next  weekday|due|50%|0%|100%|0100%|99%|120%|10000%|10001%|5.5%
30m before|1h after|30m  after|1wd before|before 30m|at due|due close|same_time|close|none|skip
keep|restart|resume|count|cycle|ignore|sla|ola|uc|gold|holidays/china.yaml|./a.yaml|../a.yaml
/a.yaml|a//b.yaml|a\\b.yaml|...yaml|c:/a.yaml|..|.|a/./b|a/..b|a/..|a/|24x7|opened|severity
urgent|x-mine|售后|name|when|calendar|tab\there|bell\x07|line\\nbreak
""".replace("\n", "|").replace("\\n", "\n")
TEXTS = list(dict.fromkeys(TEXTS.split("|")))


def pick(tree, chance, kind, deep=True):
    """A random (path, node) of a type."""
    found = [(path, node) for path, node in places(tree)
             if isinstance(node, kind) and (path or not deep)]
    return chance.choice(found) if found else (None, None)


def without_a_key(tree, chance, _):
    path, node = pick(tree, chance, dict, deep=False)
    if not node:
        return None
    gone = chance.choice(list(node))
    return replaced(tree, path, {key: value for key, value in node.items() if key != gone})


def misspelt_key(tree, chance, _):
    path, node = pick(tree, chance, dict, deep=False)
    if not node:
        return None
    old = chance.choice(list(node))
    at = chance.randrange(len(old) + 1)
    new = old[:at] + chance.choice(["", "e", "s", "_", " ", "X"]) + old[at + 1:]
    if new in node:
        return None
    return replaced(tree, path, {new if key == old else key: value for key, value in node.items()})


def unknown_key(tree, chance, _):
    path, node = pick(tree, chance, dict, deep=False)
    return replaced(tree, path, {**node, chance.choice(["extra", "note", "24x7", "", "中文"]):
                                 Scalar("1")})


def own_key(tree, chance, _):
    path, node = pick(tree, chance, dict, deep=False)
    value = chance.choice([Scalar("1"), Scalar(""), [], {"a": Scalar("b")}])
    return replaced(tree, path, {**node, "x-mine": value})


def known_key(tree, chance, stock):
    path, node = pick(tree, chance, dict, deep=False)
    key, value = chance.choice(stock.keys)
    if key in node:
        return None
    return replaced(tree, path, {**node, key: value})


def another_type(tree, chance, _):
    path, node = pick(tree, chance, (dict, list, Scalar))
    if path is None:
        return None
    others = {dict: [Scalar("word"), [node], list(node.values()) if isinstance(node, dict) else 0],
              list: [Scalar("word"), {"key": node}, [node]],
              Scalar: [[node], {"key": node}, {"is": node}, [node, node]]}
    return replaced(tree, path, chance.choice(others[type(node)]))


def nothing_there(tree, chance, _):
    path, _node = pick(tree, chance, (dict, list, Scalar))
    return None if path is None else replaced(
        tree, path, chance.choice([Scalar(""), Scalar("", False), [], {}]))


def another_text(tree, chance, _):
    path, node = pick(tree, chance, Scalar)
    return None if path is None else replaced(
        tree, path, Scalar(chance.choice(TEXTS), node.plain or chance.random() < 0.5))


def changed_character(tree, chance, _):
    path, node = pick(tree, chance, Scalar)
    if path is None:
        return None
    at = chance.randrange(len(node.text) + 1)
    piece = chance.choice(["", "0", "9", "-", ":", "h", "d", " ", "x", "\t", "\n", "\x01", "é"])
    text = node.text[:at] + piece + node.text[at + chance.randrange(2):]
    return replaced(tree, path, Scalar(text, node.plain))


def other_quotes(tree, chance, _):
    path, node = pick(tree, chance, Scalar)
    return None if path is None else replaced(tree, path, Scalar(node.text, not node.plain))


def grafted(tree, chance, stock):
    path, node = pick(tree, chance, (dict, list, Scalar))
    return None if path is None else replaced(tree, path, chance.choice(stock.nodes[type(node)]))


def repeated_item(tree, chance, _):
    path, node = pick(tree, chance, list)
    return None if not node else replaced(tree, path, [*node, chance.choice(node)])


def two_faults(tree, chance, stock):
    for mutation in chance.sample(SINGLE, 2):
        tree = mutation(tree, chance, stock) or tree
    return tree


SINGLE = [without_a_key, misspelt_key, unknown_key, own_key, known_key, another_type,
          nothing_there, another_text, changed_character, other_quotes, grafted, repeated_item]
ALL = [*SINGLE, two_faults]
