/* SPDX-License-Identifier: MIT */
/* Which weekly hours are in force on which date: the calendar's own, or those of a season (C3). */
#ifndef TIME_SEASONS_H
#define TIME_SEASONS_H

#include "time/calendar_rules.h"

/* Hours of a local date: ascending, not touching. */
struct date_hours {
    sla_date date; /* unused in a week */
    const struct interval *hours;
    uint32_t count;
};
struct week_table {
    struct date_hours days[7];
};

/* From this date on week number `week` is in force: 0 is the calendar's own, n that of season
   n - 1. */
struct season_change {
    sla_date date;
    uint32_t week;
};

struct season_table {
    const struct season_change *changes; /* ascending; the first before every date there is */
    size_t count;                        /* 1 when there are no seasons */
};

/* Sorted, merged copies of intervals in `arena` (C2); false: no memory. */
bool hours_copy(struct arena *arena, struct intervals from, struct date_hours *out);

/* The weeks of a calendar's rules, 1 + season_count of them, in `arena`; NULL: no memory. */
const struct week_table *weeks_read(struct arena *arena, const struct calendar_rules *rules);

/* When they are in force; false: no memory. */
bool seasons_lay(struct arena *arena, const struct calendar_rules *rules,
                 struct season_table *out_table);

/* The index in `changes` of the one in force on a date, looking on from `hint`, another index. */
size_t seasons_seek(const struct season_table *table, sla_date date, size_t hint);

#endif
