/* SPDX-License-Identifier: MIT */
/* The log: each line names what it is there for. */
#include "log.h"

#define LONG_WORDS                                                                                \
    "a text that fits into no buffer of a fixed size: "                                           \
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"

const struct line log_lines[] = {
    /* incidents open, with clocks of one, two and three kinds */
    {UPDATE, HOURS(0), "a", "opened", "impact=outage,plan=gold,city=Rome"},
    {UPDATE, HOURS(1), "b", "opened", "product=router,note=" LONG_WORDS},
    {UPDATE, HOURS(1), "c", "opened", "users=250,rank=normal"},
    {UPDATE, HOURS(1), "d", "", "plan=vip,product=printer"},
    {UPDATE, HOURS(1), LONG_WORDS, "opened", NULL},
    /* a clock stops; one that repeats starts */
    {UPDATE, HOURS(2), "a", "responded", NULL},
    {UPDATE, HOURS(2), "b", "asked", "customer=somebody"},
    {TAKE, 0, NULL, NULL, NULL},
    /* two causes of pauses, one with a limit, which overlap */
    {UPDATE, HOURS(3), "a", "", "status=waiting"},
    {UPDATE, HOURS(4), "a", "hold", NULL},
    {UPDATE, HOURS(5), "d", "", "status=waiting"},
    /* the limit ends a pause, steps fire, on calendars of their own */
    {ADVANCE, HOURS(12), NULL, NULL, NULL},
    {DELIVER, 0, NULL, NULL, NULL},
    {UPDATE, HOURS(13), "a", "unhold", "status=working,-city"},
    /* a metric that counts a team's time: stopped and started at one update */
    {UPDATE, HOURS(25), "b", "", "product=printer"},
    {UPDATE, HOURS(26), "b", "responded", "product=router"},
    {UPDATE, HOURS(26), "b", "asked", NULL},
    /* new targets, kept and begun again, refused as looser, and taken away */
    {UPDATE, HOURS(27), "c", "", "impact=outage,plan=gold"},
    {UPDATE, HOURS(27), "c", "", "impact=none,users=2"},
    {UPDATE, HOURS(28), "d", "", "status=visiting,visit_at=2026-01-07T12:00:00Z"},
    {UPDATE, HOURS(29), "d", "", "visit_at=2026-01-06T15:00:00Z"},
    {UPDATE, HOURS(29), "d", "", "plan=none,-product"},
    {UPDATE, HOURS(30), "d", "postponed", NULL},
    /* the host's own: longer, pinned, out of compliance; now and in the past */
    {UPDATE, HOURS(30), "a", "sla:extend", "metric=resolution,by=2h,reason=" LONG_WORDS},
    {UPDATE, HOURS(30), "b", "sla:pin", "deadline=2026-01-20T12:00:00Z,actor=somebody"},
    {UPDATE, HOURS(30), "b", "sla:exempt", "metric=counted,reason=flood"},
    {UPDATE, HOURS(31), "d", "sla:extend", "by=30m"},
    /* an update that has to advance the engine, and a third day of warnings and breaches */
    {LEAP, HOURS(50), "d", "visited", "status=seen"},
    {DELIVER, 0, NULL, NULL, NULL},
    /* late news: a pause that proves a breach untrue, and a stop in the past */
    {UPDATE, HOURS(30), "b", "hold", NULL},
    {UPDATE, HOURS(49), "b", "unhold", NULL},
    {UPDATE, HOURS(28), "c", "hold", "plan=vip"},
    {UPDATE, HOURS(29), "c", "sla:extend", "by=1h,reason=late"},
    {UPDATE, HOURS(31), "c", "resolved", NULL},
    {UPDATE, HOURS(2), "e", "opened", "impact=outage"},
    {UPDATE, HOURS(3), "e", "resolved", "colour=red"},
    /* every kind of reopening, now and in the past */
    {KEEP, 0, "a", NULL, NULL},
    {UPDATE, HOURS(51), "a", "resolved", NULL},
    {UPDATE, HOURS(52), "a", "reopened", "muted=true"},
    {UPDATE, HOURS(40), "e", "reopened", NULL},
    {UPDATE, HOURS(53), "d", "reopened", "status=visiting"},
    {UPDATE, HOURS(53), "c", "reopened", NULL},
    {UPDATE, HOURS(54), "c", "resolved", NULL},
    {UPDATE, HOURS(55), "c", "reopened", NULL},
    {UPDATE, HOURS(55), "c", "", "status=waiting"},
    {TAKE, 0, NULL, NULL, NULL},
    {CLOCK, 0, "c", NULL, NULL},
    {FIND, 0, NULL, NULL, NULL},
    {EXPLAIN, 0, "c", NULL, "impact=outage,plan=vip,city=Oslo"},
    /* bytes of state: saved with events that wait, loaded, stepped from; another policy */
    {SAVE, 0, NULL, NULL, NULL},
    {SAVE_ONE, 0, "b", NULL, NULL},
    {RESTART, 0, NULL, NULL, NULL},
    {KEEP, 0, "a", NULL, NULL},
    {STEP, HOURS(60), "a", "resolved", "colour=red,note=" LONG_WORDS},
    {LOAD_ONE, 0, "a", NULL, NULL},
    {BIND, 0, NULL, NULL, NULL},
    {UPDATE, HOURS(55), "e", "asked", "impact=none"},
    {REBIND, 0, NULL, NULL, NULL},
    /* forgotten with events that wait, and opened anew */
    {UPDATE, HOURS(55), "d", "postponed", NULL},
    {FORGET, 0, "d", NULL, NULL},
    {UPDATE, HOURS(56), "d", "opened", "plan=gold"},
    {REBUILD, HOURS(2), "a", "responded", "impact=outage,plan=gold,note=" LONG_WORDS},
    {REBUILD, HOURS(3), "new", "responded", "product=router"},
    {REBUILD, HOURS(50), "c", "sla:extend", "plan=gold,by=1h,reason=" LONG_WORDS ",actor=lead"},
    /* the end of some, and repeated reminders for the others */
    {UPDATE, HOURS(56), "b", "withdrawn", NULL},
    {ADVANCE, HOURS(200), NULL, NULL, NULL},
    {DELIVER, 0, NULL, NULL, NULL},
    {UPDATE, HOURS(201), "a", "resolved", NULL},
    {LEAP, HOURS(700), "c", "resolved", "plan=gold"},
    {DELIVER, 0, NULL, NULL, NULL},
    {ADVANCE, HOURS(2000), NULL, NULL, NULL},
    {DELIVER, 0, NULL, NULL, NULL},
};
const unsigned log_length = sizeof log_lines / sizeof *log_lines;
