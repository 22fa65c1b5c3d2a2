/* SPDX-License-Identifier: MIT */
/* C3, read straight from the rule: what the hours of one local date are, for the oracles. */
#ifndef SUPPORT_ORACLE_HOURS_H
#define SUPPORT_ORACLE_HOURS_H

#include "oracle_dates.h"

enum oracle_kind { ORACLE_REGULAR, ORACLE_HOLIDAY, ORACLE_WORKDAY, ORACLE_SPECIAL };

/* A closure as instants, C3's last word. */
struct oracle_closure {
    int64_t from, to;
};

/* One calendar that is not an algebra of others, with every row laid on its dates. */
struct oracle_rules {
    struct plan_calendar calendar; /* resolved */
    const struct wall_clock *clock;
    struct plan_list lists[PLAN_LISTS];   /* those of the calendar, in its order */
    int16_t *special;                     /* by date: a row of `calendar.special`, or -1 */
    int16_t *closed[PLAN_LISTS];          /* by date: a row of the list, or -1 */
    struct oracle_closure closures[PLAN_DAYS];
    int32_t closure_count;
};
void oracle_rules_make(struct oracle_rules *rules, const struct plan *plan, int32_t index,
                       const struct wall_clocks *clocks);
void oracle_rules_free(struct oracle_rules *rules);

/* Intervals of one date in [0, 86400), in any order; they may overlap. */
struct oracle_day {
    enum oracle_kind kind;
    struct plan_span spans[2 * PLAN_SPANS];
    int32_t count;
};
void oracle_day_of(const struct oracle_rules *rules, int32_t date, struct oracle_day *out);

/* A local time as an instant (T3). `local` is in seconds since 1970-01-01T00:00 on that clock. */
int64_t oracle_instant(const struct wall_clock *clock, int64_t local);
/* The local time of an instant, and its date. */
int64_t oracle_local(const struct wall_clock *clock, int64_t at);
int32_t oracle_local_date(const struct wall_clock *clock, int64_t at);
static inline int32_t oracle_floor_day(int64_t local)
{
    return (int32_t)(local >= 0 ? local / PLAN_DAY : -((PLAN_DAY - 1 - local) / PLAN_DAY));
}

/* The wall clock of a plan's zone; UTC for -1. */
const struct wall_clock *oracle_clock(const struct wall_clocks *clocks, int32_t zone);

#endif
