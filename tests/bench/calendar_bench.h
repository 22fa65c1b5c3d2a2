/* SPDX-License-Identifier: MIT */
/* What the benchmarks of calendars share: rules to compile, time, and lines of the table. */
#ifndef BENCH_CALENDAR_BENCH_H
#define BENCH_CALENDAR_BENCH_H

#include "random.h"
#include "time/calendar.h"

#define HOUR 3600
#define DAY 86400
#define FIRST_YEAR 2015
#define YEARS 20
#define HOLIDAYS (10 * YEARS)
/* So many that a processor cannot learn by heart which way the branches of each start go. */
#define STARTS 16384

/* The machine on which the goals in nanoseconds were set: the bare table's `add` and `elapsed`. */
#define GOAL_BARE_ADD 7.0
#define GOAL_BARE_ELAPSED 3.2

double bench_now(void); /* nanoseconds */

/* Monday to Friday 09-12 and 13-18, ten holidays a year for 20 years; every other variant has hours
   and holidays of its own. */
struct bench_rules {
    struct calendar_rules rules;
    struct interval hours[2];
    struct date_exception holidays[HOLIDAYS];
};
void bench_rules_make(struct bench_rules *made, const struct zone *zone, unsigned variant);

/* Keeps answers from being optimised away. */
extern volatile int64_t bench_sink;

/* The best nanoseconds a call of `call`, which has `start` and leaves its answer in `got`. */
#define BENCH(best, starts, call)                              \
    do {                                                       \
        int64_t bench_sum = 0;                                 \
        double bench_begin = bench_now();                      \
        for (int i = 0; i < STARTS; i++) {                     \
            sla_time start = (starts)[i];                      \
            int64_t got = 0;                                   \
            (void)start;                                       \
            (void)(call);                                      \
            bench_sum += got;                                  \
        }                                                      \
        double bench_took = (bench_now() - bench_begin) / STARTS; \
        bench_sink = bench_sink + bench_sum;                   \
        if (best == 0 || bench_took < best)                    \
            best = bench_took;                                 \
    } while (0)

#endif
