/* SPDX-License-Identifier: MIT */
/* What a calendar is made of, before it is compiled: the input of calendar_compile(). */
#ifndef TIME_CALENDAR_RULES_H
#define TIME_CALENDAR_RULES_H

#include "time/zone.h"

/* One interval of a local day: [open, close) in seconds of the day, 0 <= open < close <= 86400. */
struct interval {
    int32_t open, close;
};

struct intervals {
    const struct interval *items; /* in any order; may touch and overlap (C2) */
    size_t count;
};

/* Hours by weekday, 0 = Monday. Night shifts are already split at midnight, week wrap included. */
struct week_hours {
    struct intervals days[7];
};

#define EXCEPTION_HOLIDAY 1u /* closed, or cut at `open_until` */
#define EXCEPTION_WORKDAY 2u /* a make-up working day: `like` a weekday, or `hours` */
#define EXCEPTION_SPECIAL 3u /* the calendar's own day: `hours` (none: closed) */

#define LIKE_NONE (-1)
#define LIKE_FIRST_OPEN (-2) /* the week's first open weekday */

/* One date whose hours are not the week's (C3). Special beats workday beats holiday; of two of the
   same kind on a date the first in the list wins. */
struct date_exception {
    sla_date date;
    uint32_t kind;
    int32_t like;       /* EXCEPTION_WORKDAY: 0..6, LIKE_NONE (use `hours`), LIKE_FIRST_OPEN */
    int32_t open_until; /* EXCEPTION_HOLIDAY: second of the day, or -1: closed all day */
    struct intervals hours;
    sla_text name;
};

struct calendar_rules {
    sla_text name;
    const struct zone *zone; /* outlives the calendar */
    bool always;             /* 24x7: every second; nothing below is read */
    struct week_hours week;
    const struct date_exception *exceptions; /* in any order of dates */
    size_t exception_count;
    bool has_through;
    sla_date through; /* C10: the last date that the holiday lists speak for */
};

#endif
