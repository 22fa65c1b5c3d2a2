/* SPDX-License-Identifier: MIT */
/* The yardstick of the calendar benchmark: the plainest fast thing, a table of 8 bytes for every
 * day of 1970..2199 with an inverse table beside it. It is large (1 MB a calendar) and knows no
 * more than two spans a day; libsla's calendar is compared with it in the same run. */
#ifndef BENCH_BARE_TABLE_H
#define BENCH_BARE_TABLE_H

#include <sla/calendar.h>
#include <stdbool.h>

#define BARE_DAYS 84020u

struct bare_shape {
    uint32_t open[2], length[2];
};

struct bare_table {
    int64_t shift;         /* second of the table = instant + shift */
    uint64_t *days;        /* BARE_DAYS + 1: open seconds before << 16 | shape */
    uint32_t *inverse;     /* the day of open second n << inverse_shift */
    uint32_t inverse_shift;
    struct bare_shape *shapes;
    size_t shape_count;
    size_t bytes;
};

/* Fills the table by asking a calendar, day after day; false if a day has more than two spans or
   memory is out. */
bool bare_table_init(struct bare_table *table, const sla_calendar *calendar, int64_t shift);
void bare_table_free(struct bare_table *table);

sla_status bare_table_add(const struct bare_table *table, sla_time from, sla_duration counted,
                          sla_time *out_at);
sla_status bare_table_elapsed(const struct bare_table *table, sla_time from, sla_time to,
                              sla_duration *out_counted);

#endif
