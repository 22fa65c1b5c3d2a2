#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws doc/clocks/states.svg from doc/clocks/states.txt.

The table says which states and transitions there are and which rules they follow; this script only
knows where they lie on the paper. What has no place here is an error, so that no row of the table
can be left out of the picture. Needs nothing but Python, and the same table gives the same bytes.
"""

import html

import states

STYLE = """
text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-size:15px;\
fill:#1f2933}
.state{font-size:18px;font-weight:600;text-anchor:middle}
.group{font-size:15px;font-weight:600;fill:#52606d}
.event{font-weight:600}
.note,.rule{fill:#52606d;font-size:14px}
.middle{text-anchor:middle}
.end{text-anchor:end}
.paper{fill:#ffffff}
.open,.ended{fill:#f5f7fa;stroke:#9aa5b1}
.in_time{fill:#e3f5ea;stroke:#8fcca7}
.breached{fill:#fde7e4;stroke:#e3a59d}
.box{fill:#ffffff;stroke:#52606d;stroke-width:1.5}
.silent{stroke-dasharray:6 4}
.met{fill:#c6ecd4;stroke:#2f9e63}
.missed{fill:#fbd0cb;stroke:#d64545}
.line{fill:none;stroke:#3e4c59;stroke-width:1.7}
.untold{stroke-dasharray:6 4}
.head,.dot{fill:#3e4c59}
@media (prefers-color-scheme:dark){
text{fill:#e4e7eb}
.group,.note,.rule{fill:#a9b4c0}
.paper{fill:#15191e}
.open,.ended{fill:#1d232a;stroke:#52606d}
.in_time{fill:#16301f;stroke:#2f6b47}
.breached{fill:#391d1c;stroke:#7f403b}
.box{fill:#232a32;stroke:#9aa5b1}
.met{fill:#1d5636;stroke:#3fb87a}
.missed{fill:#6d2a28;stroke:#ef6a6a}
.line{stroke:#c3ccd5}
.head,.dot{fill:#c3ccd5}
}
"""

WIDTH, HEIGHT = 1130, 660
GROUPS = {  # x, y, width, height, its words and where they stand
    "open": (200, 24, 634, 564, "open", (216, 48)),
    "in_time": (216, 62, 600, 130, "in time", (230, 86)),
    "breached": (216, 296, 600, 130, "breached", (230, 414)),
    "ended": (950, 24, 156, 564, "ended", (966, 48)),
}
STATES = {  # x, y, width, height, the words on it
    "silent": (24, 322, 130, 56, "silent"),
    "running": (246, 100, 150, 64, "running"),
    "paused": (584, 100, 150, 64, "paused"),
    "running*": (246, 322, 150, 64, "running"),
    "paused*": (584, 322, 150, 64, "paused"),
    "met": (963, 102, 130, 56, "met"),
    "missed": (963, 326, 130, 56, "missed"),
    "cancelled": (963, 442, 130, 50, "cancelled"),
    "exempt": (963, 516, 130, 50, "exempt"),
}
NOTES = {  # x, y, class, what else is to be said
    "silent": (89, 400, "note middle", "no target: followed,"),
    "silent ": (89, 418, "note middle", "nothing is told"),
    "cycle": (24, 500, "note", "Every cycle is"),
    "cycle ": (24, 518, "note", "a clock of its own"),
    "cycle  ": (24, 536, "note", "(K5, K6, K7)."),
}
# from, event, to: the corners of the line, where its words stand, and how they are set
ROUTES = {
    (".", "started", "running"): ([(60, 122), (246, 122)], (76, 113, "")),
    (".", "-", "silent"): ([(60, 132), (60, 322)], (68, 236, "")),
    ("silent", "started", "running"): ([(100, 322), (100, 144), (246, 144)], (107, 214, "down")),
    ("running", "paused", "paused"): ([(396, 118), (584, 118)], (490, 110, "middle")),
    ("paused", "resumed", "running"): ([(584, 146), (396, 146)], (490, 165, "middle")),
    ("running*", "paused", "paused*"): ([(396, 340), (584, 340)], (490, 332, "middle")),
    ("paused*", "resumed", "running*"): ([(584, 368), (396, 368)], (490, 387, "middle")),
    ("running", "breach", "running*"): ([(280, 164), (280, 322)], (272, 238, "end down")),
    ("running*", "breach_retracted", "running"): ([(356, 322), (356, 164)], (364, 238, "down")),
    ("paused", "breach", "paused*"): ([(612, 164), (612, 322)], (604, 238, "end down")),
    ("paused*", "breach_retracted", "paused"): ([(664, 322), (664, 164)], (672, 238, "down")),
    ("in_time", "met", "met"): ([(816, 122), (963, 122)], (890, 113, "middle")),
    ("breached", "missed", "missed"): ([(816, 364), (963, 364)], (890, 384, "middle")),
    ("in_time", "missed", "missed"): ([(816, 170), (916, 170), (916, 344), (963, 344)],
                                      (908, 250, "end down")),
    ("open", "cancelled", "cancelled"): ([(834, 467), (963, 467)], (892, 458, "middle down")),
    ("open", "exempted", "exempt"): ([(834, 541), (963, 541)], (892, 532, "middle down")),
    ("ended", "reopened", "running"): ([(1028, 588), (1028, 630), (420, 630), (420, 588)],
                                       (724, 621, "middle")),
}
SAME_LINE = {
    ("ended", "reopened", "running*"): ("ended", "reopened", "running"),
    ("silent", "reopened", "running"): ("silent", "started", "running"),
}
ALSO_TOLD = (246, 478)  # the events that lead from a state to itself
OF_STATES = {  # how the picture says where they are told
    ("running", "paused", "running*", "paused*"): "",
    ("running", "running*"): "running",
    ("running*", "paused*"): "breached",
}


def attributes(**pairs):
    return "".join(f' {name.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
                   for name, value in pairs.items())


def element(name, content=None, **pairs):
    if content is None:
        return f"<{name}{attributes(**pairs)}/>"
    return f"<{name}{attributes(**pairs)}>{content}</{name}>"


def words(x, y, kind, text):
    return element("text", html.escape(text), x=x, y=y, class_=kind)


def box(shape, kind, title, radius):
    x, y, width, height = shape
    return element("rect", element("title", html.escape(title)), x=x, y=y, width=width,
                   height=height, rx=radius, class_=kind)


def head(before, tip):
    """The point of an arrow that comes from `before`."""
    (x0, y0), (x, y) = before, tip
    dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
    corners = [(x, y), (x - 10 * dx - 5 * dy, y - 10 * dy - 5 * dx),
               (x - 10 * dx + 5 * dy, y - 10 * dy + 5 * dx)]
    return element("polygon", points=" ".join(f"{a},{b}" for a, b in corners), class_="head")


def sentence(row):
    start = "no clock" if row.start == states.NO_CLOCK else row.start
    event = "untold" if row.event == states.UNTOLD else row.event
    return (f"{start} to {row.end}: {event}, {row.when} ({' '.join(row.rules)})"
            .replace("running*", "running, breached").replace("paused*", "paused, breached")
            .replace("in_time", "in time"))


def label(place, row):
    """The event and its rules: beside each other, or the rules below (`down`)."""
    x, y, how = place
    kinds = how.replace("down", "").strip()
    event = "" if row.event == states.UNTOLD else row.event
    rules = " ".join(row.rules)
    if "down" in how:
        below = 18 if "middle" not in how else 26
        return [words(x, y, f"event {kinds}".strip(), event),
                words(x, y + below, f"rule {kinds}".strip(), rules)]
    inner = element("tspan", event, class_="event") if event else ""
    gap = {"dx": 5} if event else {}
    return [element("text", inner + element("tspan", rules, class_="rule", **gap), x=x, y=y,
                    **({"class_": kinds} if kinds else {}))]


def arrow(row, also):
    corners, place = ROUTES[row.start, row.event, row.end]
    texts = label(place, row)
    for other in also:
        if other.event != row.event:
            place = (place[0], place[1] + 44, place[2])
            texts += label(place, other)
    points = " ".join(f"{x},{y}" for x, y in corners)
    kind = "line untold" if row.event == states.UNTOLD else "line"
    title = "; ".join(sentence(each) for each in (row, *also))
    return element("g", element("title", html.escape(title))
                   + element("polyline", points=points, class_=kind)
                   + head(*corners[-2:]) + "".join(texts))


def also_told(table):
    """The events that change no state, in their own lines."""
    x, y = ALSO_TOLD
    lines, by_event = [words(x, y, "group", "told on the way, in the same state")], {}
    for row in table.rows:
        if row.end == "same":
            by_event.setdefault(row.event, []).append(row)
    for place, (event, rows) in enumerate(by_event.items()):
        where = OF_STATES[tuple(state for row in rows for state in table.members(row.start))]
        text = (element("title", html.escape("; ".join(map(sentence, rows))))
                + element("tspan", event, class_="event")
                + element("tspan", f"{rows[0].rules[0]} {where}".strip(), class_="rule", dx=5))
        lines.append(element("text", text, x=x + 190 * (place % 3), y=y + 27 + 27 * (place // 3)))
    return lines


def picture(table):
    """The whole picture as text. KeyError: something of the table has no place."""
    moving = [row for row in table.rows if row.end != "same"]
    shared = {}
    for row in moving:
        shared.setdefault(SAME_LINE.get((row.start, row.event, row.end)), []).append(row)
    told = "Every arrow is an event. " + ". ".join(sentence(row) for row in table.rows) + "."
    parts = [element("title", "The life of a clock", id="title"),
             element("desc", html.escape(told), id="desc"),
             element("style", STYLE),
             element("rect", width=WIDTH, height=HEIGHT, rx=12, class_="paper")]
    if table.groups.keys() - {states.NO_CLOCK} != GROUPS.keys():
        raise KeyError("another group")
    for name, (*shape, text, place) in GROUPS.items():
        parts += [box(shape, name, text, 14), words(*place, "group", text)]
    for name, meaning in table.meanings.items():
        x, y, width, height, text = STATES[name]
        parts.append(box(STATES[name][:4], f"box {name.rstrip('*')}", meaning, height // 3))
        parts.append(words(x + width // 2, y + height // 2 + 6, "state", text))
    parts.append(element("circle", element("title", "no clock yet"), cx=60, cy=122, r=10,
                         class_="dot"))
    for row in moving:
        route = (row.start, row.event, row.end)
        if route not in SAME_LINE:
            parts.append(arrow(row, shared.get(route, [])))
    parts += also_told(table)
    parts += [words(*note) for note in NOTES.values()]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-labelledby="title desc">\n'
            "<!-- SPDX-License-Identifier: MIT. Drawn from states.txt by draw_states.py. -->\n"
            + "\n".join(parts) + "\n</svg>\n")


if __name__ == "__main__":
    states.PICTURE.write_text(picture(states.read()), encoding="utf-8")
