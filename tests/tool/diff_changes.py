# SPDX-License-Identifier: MIT
"""A policy, and what is said about each of many changes to it."""

BASE = """\
sla: 1
name: desk
timezone: Europe/Berlin
calendar: office
holidays:
  town:
    through: 2026-12-31
    closed:
      - {date: 2026-05-01, name: May Day}
      - {date: 2026-12-24, to: 2026-12-26, name: Christmas}
      - {yearly: 01-01}
    workdays: [{date: 2026-05-02, like: fri}]
calendars:
  office:
    hours: {mon-fri: "09:00-12:00, 13:00-17:00"}
    holidays: town
  field: {extends: office, hours: {daily: "08:00-20:00"}}
  late: {hours: {mon-fri: "12:00-20:00"}, special: [{date: 2026-06-01, hours: closed}]}
  joint: {any_of: [office, late]}
severities: [urgent, normal]
classify:
  region:
    - {when: {city: [Rome, Oslo]}, is: city}
    - {is: remote}
  severity:
    - {when: {impact: outage}, is: urgent}
    - {when: {users: {min: 100}}, is: urgent}
    - {is: normal}
    - {raise: 1, when: {plan: vip}}
  team: {by: product, is: {router: network, printer: desk}, default: desk}
  priority: {matrix: {rows: {impact: [high, low]}, columns: {urgency: [high, low]},
             values: [[P1, P2], [P2, P3]]}, default: P4}
metrics:
  first_response: {start: opened, stop: [responded, resolved]}
  resolution:
    start: opened
    stop: resolved
    pause:
      - {while: {status: waiting}, reason: customer, limit: 72h}
      - {event: hold, until: unhold}
    reopen: resume
  visit: {start: dispatched, stop: arrived}
targets:
  - {when: {severity: urgent, region: city}, calendar: 24x7, first_response: 1h, resolution: 8h}
  - {name: VIP, when: {plan: vip}, first_response: 2h, resolution: {within: 3wd, cutoff: "16:00"}}
  - {when: {severity: urgent}, calendar: field, first_response: 2h, resolution: 16h, visit: 4h}
  - {first_response: 8h, visit: none,
     resolution: {by: type, is: {phone: 1wd, mail: 2wd}, default: 5wd}}
escalations:
  - metrics: [first_response]
    when: {severity: urgent}
    steps:
      - {at: 30m before, notify: [owner, lead], via: [email]}
      - {at: due, notify: [boss]}
      - {at: 1h after, notify: [boss], repeat: 1h, times: 3}
  - steps: [{at: 80%, notify: [owner]}]
goals:
  - {metrics: [first_response], at_least: 95%, per: month}
  - {name: solved, metrics: [resolution], at_least: 90%, per: year}
tests:
  - {name: outage, at: 2026-11-20T17:50, incident: {impact: outage}, expect: {severity: urgent}}
"""

# What is replaced by what in BASE, and the whole of what is said about it.
CHANGES = {
    "a shorter target": (
        "first_response: 1h, resolution: 8h", "first_response: 30m, resolution: 8h", """\
Promises
  row 1 (region: city, severity: urgent)
    first_response: 1h on 24x7 → 30m on 24x7  tighter
"""),
    "a longer target": ("resolution: 8h}", "resolution: 10h}", """\
Promises
  row 1 (region: city, severity: urgent)
    resolution: 8h on 24x7 → 10h on 24x7  looser
"""),
    # a budget of eight hours round the clock ends before eight hours in the field's
    "a calendar that is open longer": (
        "calendar: field, first_response: 2h, resolution: 16h, visit: 4h",
        "calendar: field, first_response: {within: 2h, calendar: 24x7}, resolution: 16h, visit: 4h",
        """\
Promises
  row 3 (severity: urgent)
    first_response: 2h on field → 2h on 24x7  tighter
"""),
    "more time on a calendar that is open longer": (
        "calendar: field, first_response: 2h, resolution: 16h, visit: 4h",
        "calendar: field, first_response: {within: 3h, calendar: 24x7}, resolution: 16h, visit: 4h",
        """\
Promises
  row 3 (severity: urgent)
    first_response: 2h on field → 3h on 24x7  changed
"""),
    # neither of the two calendars is open whenever the other is
    "another calendar": (
        "calendar: field, first_response: 2h, resolution: 16h, visit: 4h",
        "calendar: field, first_response: {within: 1h, calendar: late}, resolution: 16h, visit: 4h",
        """\
Promises
  row 3 (severity: urgent)
    first_response: 2h on field → 1h on late  changed
"""),
    "the calendar of a row": (
        "calendar: 24x7, first_response: 1h, resolution: 8h",
        "calendar: field, first_response: 1h, resolution: 8h", """\
Promises
  row 1 (region: city, severity: urgent)
    first_response: 1h on 24x7 → 1h on field  looser
    resolution: 8h on 24x7 → 8h on field  looser
"""),
    "the calendar of the policy": ("calendar: office\nholidays", "calendar: 24x7\nholidays", """\
Promises
  row 2 (VIP)
    first_response: 2h on office → 2h on 24x7  tighter
    resolution: 3wd, cutoff 16:00, on office → 3wd, cutoff 16:00, on 24x7  changed
  row 4 (every incident)
    first_response: 8h on office → 8h on 24x7  tighter
    resolution for type: phone: 1wd on office → 1wd on 24x7  changed
    resolution for type: mail: 2wd on office → 2wd on 24x7  changed
    resolution for every other type: 5wd on office → 5wd on 24x7  changed
"""),
    "hours become working days": ("first_response: 8h, visit", "first_response: 1wd, visit", """\
Promises
  row 4 (every incident)
    first_response: 8h on office → 1wd on office  changed
"""),
    "fewer working days": ("within: 3wd", "within: 2wd", """\
Promises
  row 2 (VIP)
    resolution: 3wd, cutoff 16:00, on office → 2wd, cutoff 16:00, on office  tighter
"""),
    # from 15:00 on counting begins a day later than before
    "an earlier cut-off": ('cutoff: "16:00"', 'cutoff: "15:00"', """\
Promises
  row 2 (VIP)
    resolution: 3wd, cutoff 16:00, on office → 3wd, cutoff 15:00, on office  looser
"""),
    "fewer days, due at closing": ("default: 5wd", "default: {within: 4wd, due: close}", """\
Promises
  row 4 (every incident)
    resolution for every other type: 5wd on office → 4wd, due close, on office  changed
"""),
    "grace": ("first_response: 8h, visit", "first_response: {within: 8h, grace: 10m}, visit", """\
Promises
  row 4 (every incident)
    first_response: 8h on office → 8h, grace 10m, on office  looser
"""),
    "a promise where there was none": ("visit: none", "visit: 2wd", """\
Promises
  row 4 (every incident)
    visit: no promise → 2wd on office  tighter
"""),
    "a promise less": (", visit: 4h", ", visit: none", """\
Promises
  row 3 (severity: urgent)
    visit: 4h on field → no promise  looser
"""),
    "a metric taken out of a row": (", visit: 4h", "", """\
Promises
  row 3 (severity: urgent)
    visit: 4h on field → as rows behind it say  changed
"""),
    "one entry of a table": ("mail: 2wd", "mail: 3wd", """\
Promises
  row 4 (every incident)
    resolution for type: mail: 2wd on office → 3wd on office  looser
"""),
    # mail had two days of its own, and gets the five of all others
    "an entry less": (", mail: 2wd", "", """\
Promises
  row 4 (every incident)
    resolution for type: mail: 2wd on office → 5wd on office  looser
"""),
    "a wider condition": ("{severity: urgent, region: city}", "{severity: urgent}", """\
Promises
  row 1 (severity: urgent)
    condition: region: city, severity: urgent → severity: urgent
"""),
    "the name of a row": ("name: VIP", "name: gold", """\
Promises
  row 2 (gold)
    name: "VIP" → "gold"
"""),
    # urgent ones of the city are urgent: the third row takes them, unless they are of a VIP
    "a row less": (
        "  - {when: {severity: urgent, region: city}, calendar: 24x7, first_response: 1h, "
        "resolution: 8h}\n", "", """\
Promises
  row 1 (region: city, severity: urgent) is gone
    first_response: 1h on 24x7 → 2h on office  changed  (now: row 1 (VIP) and rows behind it)
    resolution: 8h on 24x7 → 3wd, cutoff 16:00, on office  changed  \
(now: row 1 (VIP) and rows behind it)
"""),
    "the last urgent row less": (
        "  - {when: {severity: urgent}, calendar: field, first_response: 2h, resolution: 16h, "
        "visit: 4h}\n", "", """\
Promises
  row 3 (severity: urgent) is gone
    first_response: 2h on field → 8h on office  looser  (now: row 3 (every incident))
    resolution: 16h on field → by type (phone: 1wd, mail: 2wd, else 5wd) on office  changed  \
(now: row 3 (every incident))
    visit: 4h on field → no promise  looser  (now: row 3 (every incident))
"""),
    "a new row": (
        "  - {first_response: 8h", "  - {when: {type: phone}, first_response: 4h}\n"
        "  - {first_response: 8h", """\
Promises
  row 4 (type: phone) is new
    first_response: 8h on office → 4h on office  tighter  (before: row 4 (every incident))
"""),
    "a row moved": (
        ("  - {name: VIP, when: {plan: vip}, first_response: 2h, "
         'resolution: {within: 3wd, cutoff: "16:00"}}\n', ""),
        ("targets:\n", "targets:\n  - {name: VIP, when: {plan: vip}, first_response: 2h, "
         'resolution: {within: 3wd, cutoff: "16:00"}}\n'), """\
Promises
  row 1 (VIP)
    place: 2 → 1  changed  (now before row 2 (region: city, severity: urgent))
"""),
    "longer hours": (
        'late: {hours: {mon-fri: "12:00-20:00"}', 'late: {hours: {mon-fri: "12:00-20:00", '
        'sat: "12:00-14:00"}', """\
Calendars
  calendar late
    sat: closed → 12:00-14:00  open longer  (from 40h to 42h a week)
"""),
    "other hours": (
        'late: {hours: {mon-fri: "12:00-20:00"}', 'late: {hours: {mon-fri: "11:00-19:00"}', """\
Calendars
  calendar late
    mon-fri: 12:00-20:00 → 11:00-19:00  changed
"""),
    "the zone of a calendar": ("late: {hours", "late: {timezone: Asia/Tokyo, hours", """\
Calendars
  calendar late
    timezone: Europe/Berlin → Asia/Tokyo  changed
"""),
    # every day by itself: the office is closed then on its weekly hours
    "a special day": (
        "{date: 2026-06-01, hours: closed}", '{date: 2026-06-01, to: 2026-06-03, hours: closed}',
        """\
Calendars
  calendar late
    2026-06-02 to 2026-06-03: new, closed  open less
"""),
    "another calendar in a joint one": (
        "any_of: [office, late]", "any_of: [office, late, field]", """\
Calendars
  calendar joint
    any_of: office, late → office, late, field  open longer
"""),
    "a new calendar": (
        "  joint:", '  new: {hours: {sat-sun: "10:00-14:00"}, holidays: town}\n  joint:', """\
Calendars
  calendar new
    new, sat-sun 10:00-14:00, without holidays of town
"""),
    "another name for a calendar": ("  late: {hours", "  evening: {hours", """\
Calendars
  calendar evening
    name: late → evening
""", ("[office, late]", "[office, evening]")),
    "a holiday more": (
        "      - {yearly: 01-01}\n", "      - {yearly: 01-01}\n"
        "      - {date: 2026-10-03, name: Unity}\n      - {date: 2026-11-11}\n", """\
Holidays
  holidays town
    2026-10-03: new, closed (Unity)  open less  (used by office, field)
    2026-11-11: new, closed  open less  (used by office, field)
"""),
    "a holiday less": ("      - {date: 2026-05-01, name: May Day}\n", "", """\
Holidays
  holidays town
    2026-05-01: gone, was closed (May Day)  open longer  (used by office, field)
"""),
    "a half day": (
        "      - {date: 2026-12-24, to: 2026-12-26, name: Christmas}\n",
        '      - {date: 2026-12-24, open_until: "12:00", name: Christmas}\n'
        "      - {date: 2026-12-25, to: 2026-12-26, name: Christmas}\n", """\
Holidays
  holidays town
    2026-12-24: closed (Christmas) → open until 12:00 (Christmas)  open longer  \
(used by office, field)
"""),
    "a yearly day": ("{yearly: 01-01}", "{yearly: 01-01, since: 2027}", """\
Holidays
  holidays town
    every 01-01: gone, was closed  open longer  (used by office, field)
    every 01-01 since 2027: new, closed  open longer  (used by office, field)
"""),
    "a make-up day": ("    workdays: [{date: 2026-05-02, like: fri}]\n", "", """\
Holidays
  holidays town
    2026-05-02: gone, was worked like fri  open less  (used by office, field)
"""),
    "how far a list reaches": ("through: 2026-12-31", "through: 2027-12-31", """\
Holidays
  holidays town
    speaks for dates through: 2026-12-31 → 2027-12-31  (used by office, field)
"""),
    "severities": ("severities: [urgent, normal]", "severities: [urgent, normal, low]", """\
Severities
    severities: urgent, normal → urgent, normal, low  (worst first)
"""),
    "what a row of a classification gives": (
        "{when: {users: {min: 100}}, is: urgent}", "{when: {users: {min: 100}}, is: normal}", """\
Classification
  severity
    row 2 (users at least 100): urgent → normal
"""),
    "a condition of a classification": ("{min: 100}", "{min: 50}", """\
Classification
  severity
    row 2 (urgent): condition: users at least 100 → users at least 50
"""),
    "a row of a classification more": (
        "    - {is: normal}\n", "    - {when: {impact: slow}, is: normal}\n    - {is: normal}\n",
        """\
Classification
  severity
    row 3 (impact: slow): new, normal  (takes incidents from rows behind it)
"""),
    "raise": ("{raise: 1, when", "{raise: -1, when", """\
Classification
  severity
    row 4 (plan: vip): 1 up → 1 down
"""),
    "a table of a classification": (
        "printer: desk}, default: desk", "printer: network}, default: desk", """\
Classification
  team
    printer: desk → network
"""),
    "a cell of a matrix": ("[P2, P3]]", "[P1, P3]]", """\
Classification
  priority
    impact: low, urgency: high: P2 → P1
"""),
    "what starts and stops a clock": (
        "visit: {start: dispatched, stop: arrived}",
        "visit: {start: {event: dispatched, when: {region: city}}, stop: arrived}", """\
Metrics
  metric visit
    start: dispatched → dispatched when region: city
"""),
    "one more update that stops": (
        "stop: [responded, resolved]", "stop: [resolved, closed, responded]", """\
Metrics
  metric first_response
    stop: responded or resolved → resolved, closed or responded
"""),
    "a shorter pause": ("limit: 72h", "limit: 48h", """\
Metrics
  metric resolution
    pause while status: waiting: at most: 72h → 48h  tighter
"""),
    "a pause less": ("      - {event: hold, until: unhold}\n", "", """\
Metrics
  metric resolution
    pause: gone, was from hold until unhold  tighter
"""),
    "a pause more": (
        "visit: {start: dispatched, stop: arrived}",
        "visit: {start: dispatched, stop: arrived, pause: {while: {weather: bad}}}", """\
Metrics
  metric visit
    pause: new, while weather: bad  looser
"""),
    "reopen": ("reopen: resume", "reopen: restart", """\
Metrics
  metric resolution
    reopen: resume → restart
"""),
    "never_loosen": ("    reopen: resume\n", "    reopen: resume\n    never_loosen: true\n", """\
Metrics
  metric resolution
    never_loosen: false → true  tighter
"""),
    "a metric more": (
        "  visit: {start", "  report: {start: resolved, stop: reported}\n  visit: {start", """\
Metrics
  metric report
    new, from resolved to reported
"""),
    "order of metrics": (
        ("  visit: {start: dispatched, stop: arrived}\n", ""),
        ("metrics:\n", "metrics:\n  visit: {start: dispatched, stop: arrived}\n"), """\
Metrics
    order: first_response, resolution, visit → visit, first_response, resolution  \
(of events at one instant)
"""),
    "somebody else is told": ("notify: [owner, lead]", "notify: [owner, director]", """\
People told
  entry 1 (first_response, severity: urgent)
    30m before: owner, lead → owner, director  (director is told now, lead is told no longer)
"""),
    "on another way": ("via: [email]", "via: [sms, email]", """\
People told
  entry 1 (first_response, severity: urgent)
    30m before: via: email → sms, email
"""),
    "earlier": ("at: 30m before", "at: 1h before", """\
People told
  entry 1 (first_response, severity: urgent)
    step for owner, lead: 30m before → 1h before
"""),
    "more often": ("times: 3", "times: 5", """\
People told
  entry 1 (first_response, severity: urgent)
    1h after: times: 3 → 5
"""),
    "a step more": (
        "steps: [{at: 80%, notify: [owner]}]", "steps: [{at: 80%, notify: [owner]}, "
        "{at: 90%, notify: [owner, lead], via: sms}]", """\
People told
  entry 2 (every metric)
    90%: new, owner, lead by sms
"""),
    "an entry for other incidents": ("    when: {severity: urgent}\n    steps", "    steps", """\
People told
  entry 1 (first_response)
    is for: first_response, severity: urgent → first_response
"""),
    "an entry less": ("  - steps: [{at: 80%, notify: [owner]}]\n", "", """\
People told
  entry 2 (every metric) is gone
    80%: gone, was owner  (entries behind it decide)
"""),
    "a higher rate": ("at_least: 95%", "at_least: 97.5%", """\
Goals
    first_response: at least 95% per month → at least 97.5% per month  tighter
"""),
    "another period": ("at_least: 90%, per: year", "at_least: 90%, per: quarter", """\
Goals
    solved: at least 90% per year → at least 90% per quarter  changed
"""),
    "a goal less": (
        "  - {name: solved, metrics: [resolution], at_least: 90%, per: year}\n", "", """\
Goals
    solved: gone, was at least 90% per year  looser
"""),
    "a goal for other incidents": (
        "{name: solved, metrics", "{name: solved, when: {severity: urgent}, metrics", """\
Goals
    solved: is for: resolution → resolution, severity: urgent  changed
"""),
    "a test": (
        "incident: {impact: outage}, expect", "incident: {impact: outage, plan: vip}, expect", """\
Tests
    outage: expects something else
"""),
    "a test more": ("tests:\n", "tests:\n  - {name: slow, at: 2026-11-20T17:50}\n", """\
Tests
    slow: new
"""),
    "the zone of the policy": ("timezone: Europe/Berlin", "timezone: Europe/London", """\
Policy
    timezone: Europe/Berlin → Europe/London  \
(local time, also of calendars without a zone of their own)
"""),
    "rolling deadlines": ("name: desk\n", "name: desk\nroll_deadlines: true\n", """\
Policy
    roll_deadlines: new, true  looser  (a deadline at closing time moves to the next opening)
"""),
    "the name of the policy": ("name: desk\n", "name: help desk\n", """\
Policy
    name: desk → help desk
"""),
}
