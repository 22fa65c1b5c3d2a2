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

/* Every second of it (seasons.c). */
void week_hours_always(struct week_hours *out_week);

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

/* Weekly hours for a part of every year, both ends inclusive; it may cross New Year. On a date that
   several seasons hold the first in the list counts. */
struct season {
    int32_t from_month, from_day, to_month, to_day;
    struct week_hours week;
};
#define SEASONS_MAX 366u

/* A stretch of instants that is taken away after everything else (C3). */
struct closure {
    sla_time from, to; /* from < to */
    sla_text name;
};

/* Other calendars, which outlive this one, asked on instants (C9): it is open when all of all_of
   are, one of any_of is (if there are any), and none of none_of is. */
struct calendar_list {
    const sla_calendar *const *items;
    size_t count;
};
struct calendar_algebra {
    struct calendar_list all_of, any_of, none_of;
};

struct calendar_rules {
    sla_text name;
    const struct zone *zone; /* outlives the calendar */
    bool rolls;              /* C6: see calendar_deadline() */
    bool always;             /* 24x7: every second; nothing below is read */
    const struct calendar_algebra *algebra; /* NULL: the hours below; else they are not read */
    struct week_hours week;
    const struct season *seasons; /* at most SEASONS_MAX */
    size_t season_count;
    const struct closure *closures; /* in any order; may overlap */
    size_t closure_count;
    const struct date_exception *exceptions; /* in any order of dates */
    size_t exception_count;
    bool has_through;
    sla_date through; /* C10: the last date that the holiday lists speak for */
    uint64_t identity[2]; /* the same for calendars that count alike; see calendar_identity() */
};

#endif
