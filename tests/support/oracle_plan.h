/* SPDX-License-Identifier: MIT */
/* Calendars as the oracles know them: what an author would write, key by key, and nothing that the
 * library made of it. Plain data without pointers, so that a plan is copied by assignment. */
#ifndef SUPPORT_ORACLE_PLAN_H
#define SUPPORT_ORACLE_PLAN_H

#include "random.h"
#include "zone_files.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLAN_DAY 86400
#define PLAN_SPANS 5
#define PLAN_DAYS 8
#define PLAN_SEASONS 3
#define PLAN_LISTS 3
#define PLAN_MEMBERS 3
#define PLAN_CALENDARS 6

/* One interval in seconds of the day. In a week `close <= open` ends on the next morning (C2). */
struct plan_span {
    int32_t open, close;
};
struct plan_hours {
    struct plan_span spans[PLAN_SPANS];
    int32_t count; /* 0: closed */
};
struct plan_week {
    struct plan_hours days[7]; /* 0 is Monday */
};

enum plan_form {
    PLAN_DATE,   /* date to `to` */
    PLAN_YEARLY, /* month and day, to to_month and to_day, which may lie in the next year */
    PLAN_NTH,    /* the nth weekday of a month; nth -1 is the last */
    PLAN_EASTER, /* so many days after Easter Sunday */
    PLAN_FORMS
};
enum plan_observed {
    PLAN_AS_IS,
    PLAN_NEAREST_WEEKDAY,
    PLAN_NEXT_WEEKDAY,
    PLAN_NEXT_FREE_WEEKDAY,
    PLAN_SUNDAY_TO_MONDAY,
    PLAN_SUNDAY_TO_NEXT_FREE_DAY,
    PLAN_OBSERVED
};

/* Which dates a row speaks of. Dates are days since 1970-01-01. */
struct plan_when {
    int32_t form, observed;
    int32_t date, to;
    int32_t month, day, to_month, to_day; /* to_month 0: one day */
    int32_t nth, weekday, offset;
    int32_t since, until, except; /* years, 0: not given */
};

struct plan_closed {
    struct plan_when when;
    int32_t open_until; /* second of the day, or -1: closed all day */
};

#define PLAN_LIKE_HOURS (-1)
#define PLAN_LIKE_NOTHING (-2) /* neither `like` nor `hours` */
struct plan_workday {
    int32_t date, to;
    int32_t like; /* 0..6, or one of the above */
    struct plan_hours hours;
};

struct plan_list {
    struct plan_closed closed[PLAN_DAYS];
    int32_t closed_count;
    struct plan_workday workdays[PLAN_DAYS];
    int32_t workday_count;
    int32_t through; /* a date, or -1: not given */
};

/* A special day, or a closure between two local times, in seconds since 1970-01-01T00:00 there. */
struct plan_special {
    bool is_closure;
    struct plan_when when;
    struct plan_hours hours;
    int64_t from, to;
};

struct plan_season {
    int32_t month, day, to_month, to_day; /* may cross New Year */
    struct plan_week week;
};

enum plan_algebra { PLAN_HOURS, PLAN_ALL_OF, PLAN_ANY_OF, PLAN_NONE_OF };
#define PLAN_ROUND_THE_CLOCK (-1) /* the calendar "24x7" */

struct plan_calendar {
    int32_t zone;    /* index of the wall clocks; -1: the policy's, or what is inherited */
    int32_t extends; /* index of an earlier calendar, or -1 */
    int32_t algebra;
    int32_t members[PLAN_MEMBERS];
    int32_t member_count;
    /* The keys that are there: a given one replaces the inherited one. */
    bool has_hours, has_seasons, has_holidays, has_special;
    bool always; /* hours: always */
    struct plan_week week;
    struct plan_season seasons[PLAN_SEASONS];
    int32_t season_count;
    int32_t lists[PLAN_LISTS];
    int32_t list_count;
    struct plan_special special[PLAN_DAYS];
    int32_t special_count;
};

/* A policy that is only calendars, named c0, c1 ...; its holiday lists are h0, h1 ... */
struct plan {
    int32_t zone;   /* index of the wall clocks; -1: not given, UTC */
    int32_t center; /* the date around which most things happen */
    bool rolls;     /* roll_deadlines: true */
    struct plan_list lists[PLAN_LISTS];
    int32_t list_count;
    struct plan_calendar calendars[PLAN_CALENDARS];
    int32_t calendar_count;
};

/* A calendar with what it inherits filled in, and its zone. */
struct plan_calendar plan_resolve(const struct plan *plan, int32_t index);

/* A random plan whose zones are among `clocks`, c0's being `zone` unless that is -1. What happens
   in it lies near its center. */
void plan_random(struct plan *plan, const struct wall_clocks *clocks, struct random *random,
                 int32_t zone);

/* The plan as a policy; ends the program when `capacity` is too small. */
#define PLAN_TEXT_CAPACITY 65536
void plan_write(const struct plan *plan, const struct wall_clocks *clocks, char *text,
                size_t capacity);

/* The `step`th way to make a plan simpler, keeping calendar `index`; false: there are no more. */
bool plan_simpler(struct plan *plan, int32_t index, int step);

#endif
