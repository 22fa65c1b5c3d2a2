/* SPDX-License-Identifier: MIT */
/* What questions to a calendar cost: Monday to Friday 09-12 and 13-18 in New York, ten holidays a
 * year for 20 years, random starts over those years. Beside it a bare table of days, timed in turn
 * in the same run: the ratio says more than nanoseconds on a shared machine. The best of some
 * rounds counts. Argument: the folder of test data. */
#include "bare_table.h"
#include "calendar_bench.h"
#include "time/calendar_tables.h"
#include "zone_files.h"

#include <stdio.h>

#define ROUNDS 100

static sla_time starts[STARTS], far_starts[STARTS], ends[STARTS], out[STARTS];
static sla_status statuses[STARTS];
static sla_date dates[STARTS];
static double scale_add, scale_elapsed; /* to the machine of the goals */

static void head(const char *what)
{
    printf("\n%-36s %8s %8s %7s  %s\n", what, "ns", "to", "ratio", "goal");
}

static void line(const char *what, double ours, double other, const char *goal)
{
    printf("%-36s %8.1f %8.1f %7.2f  %s\n", what, ours, other, ours / other, goal);
}

/* A goal in nanoseconds: on the machine of the goals it would be so many. */
static void scaled_line(const char *what, double ours, double scale, const char *goal)
{
    printf("%-36s %8.1f %8s %7s  %s; scaled %.1f\n", what, ours, "", "", goal, ours * scale);
}

/* The same question for all starts by one call. */
#define BENCH_MANY(best, call)                                  \
    do {                                                        \
        double bench_begin = bench_now();                       \
        (void)(call);                                           \
        double bench_took = (bench_now() - bench_begin) / STARTS; \
        bench_sink = bench_sink + out[STARTS / 2];              \
        if (best == 0 || bench_took < best)                     \
            best = bench_took;                                  \
    } while (0)

static void measure_sums(const sla_calendar *calendar, const struct bare_table *bare)
{
    double add = 0, elapsed = 0, bare_add = 0, bare_elapsed = 0, add_many = 0, elapsed_many = 0;
    double add_statuses = 0, far_add = 0, far_elapsed = 0, far[3] = {0, 0, 0};
    sla_duration hours = 8 * HOUR;
    for (int round = 0; round < ROUNDS; round++) {
        BENCH(bare_add, starts, bare_table_add(bare, start, hours, &got));
        BENCH(add, starts, sla_calendar_add(calendar, start, hours, &got));
        BENCH(bare_elapsed, starts, bare_table_elapsed(bare, start, start + 30 * DAY, &got));
        BENCH(elapsed, starts, sla_calendar_elapsed(calendar, start, start + 30 * DAY, &got));
        BENCH_MANY(add_many, sla_calendar_add_many(calendar, STARTS, starts, 1, &hours, 0, out,
                                                   NULL));
        BENCH_MANY(elapsed_many, sla_calendar_elapsed_many(calendar, STARTS, starts, 1, ends, 1,
                                                           out, NULL));
        BENCH_MANY(add_statuses, sla_calendar_add_many(calendar, STARTS, starts, 1, &hours, 0, out,
                                                       statuses));
        BENCH(far_add, far_starts, sla_calendar_add(calendar, start, hours, &got));
        BENCH(far_elapsed, far_starts,
              sla_calendar_elapsed(calendar, start, start + 30 * DAY, &got));
        BENCH(far[0], starts, sla_calendar_add(calendar, start, 200 * HOUR, &got));
        BENCH(far[1], starts, sla_calendar_add(calendar, start, 2000 * HOUR, &got));
        BENCH(far[2], starts, sla_calendar_add(calendar, start, 20000 * HOUR, &got));
    }
    scale_add = GOAL_BARE_ADD / bare_add;
    scale_elapsed = GOAL_BARE_ELAPSED / bare_elapsed;
    head("to the bare table's single call");
    line("add 8 h", add, bare_add, "1.5");
    line("elapsed over 30 days", elapsed, bare_elapsed, "2.0");
    line("add_many 8 h, a row", add_many, bare_add, "1.0");
    line("add_many with statuses", add_statuses, bare_add, "");
    line("elapsed_many over 30 days, a row", elapsed_many, bare_elapsed, "0.7");
    head("years without holidays, to those with");
    line("add 8 h", far_add, add, "3.0");
    line("elapsed over 30 days", far_elapsed, elapsed, "3.0");
    double least = far[0] < far[1] ? far[0] : far[1];
    least = far[2] < least ? far[2] : least;
    head("distances, to the cheapest");
    line("add 200 h", far[0], least, "1.5");
    line("add 2,000 h", far[1], least, "1.5");
    line("add 20,000 h", far[2], least, "1.5");
}

static void measure_others(const sla_calendar *calendar)
{
    double open = 0, next_open = 0, next_close = 0, count = 0, add = 0, same = 0, close = 0;
    double many = 0;
    sla_target target = {
        .size = sizeof target, .unit = SLA_UNIT_WORKDAYS, .cutoff = SLA_NO_CUTOFF, .amount = 5};
    sla_target at_close = target;
    at_close.due = SLA_DUE_CLOSE;
    for (int round = 0; round < ROUNDS; round++) {
        sla_date date;
        BENCH(open, starts, got = sla_calendar_is_open(calendar, start));
        BENCH(next_open, starts, sla_calendar_next_open(calendar, start, &got));
        BENCH(next_close, starts, sla_calendar_next_close(calendar, start, &got));
        BENCH(count, dates, sla_calendar_workdays(calendar, (sla_date)start, (sla_date)start + 30,
                                                  &got));
        BENCH(add, dates, (sla_calendar_add_workdays(calendar, (sla_date)start, 5, &date),
                           got = date));
        BENCH(same, starts, sla_calendar_due(calendar, start, &target, &got));
        BENCH(close, starts, sla_calendar_due(calendar, start, &at_close, &got));
        BENCH_MANY(many, sla_calendar_due_many(calendar, STARTS, starts, 1, &target, out, NULL));
    }
    head("other questions");
    scaled_line("is_open", open, scale_elapsed, "3 ns");
    scaled_line("next_open", next_open, scale_add, "none");
    scaled_line("next_close", next_close, scale_add, "none");
    scaled_line("workdays in 30 days", count, scale_elapsed, "3.7 ns");
    scaled_line("add_workdays 5", add, scale_add, "39 ns");
    scaled_line("due in 5 working days", same, scale_add, "none");
    scaled_line("due in 5 working days, at close", close, scale_add, "none");
    scaled_line("due_many in 5 working days, a row", many, scale_add, "none");
}

int main(int count, char **arguments)
{
    char folder[4096];
    static struct bench_rules made;
    struct random random = {2026};
    struct arena arena;
    sla_calendar *calendar;
    struct bare_table bare;
    test_arena(&arena);
    snprintf(folder, sizeof folder, "%s/zoneinfo", count > 1 ? arguments[1] : ".");
    struct zone zone = zone_from_file(&arena, folder, "America/New_York");
    bench_rules_make(&made, &zone, 0);
    if (calendar_compile(&arena, &made.rules, &calendar) != SLA_OK ||
        !bare_table_init(&bare, calendar, calendar->tables.shift))
        return 1;
    sla_time begin = (sla_time)civil_to_date(FIRST_YEAR, 1, 1) * DAY;
    int64_t length = (int64_t)YEARS * 365 * DAY;
    for (size_t i = 0; i < STARTS; i++) {
        starts[i] = begin + random_between(&random, 0, length);
        ends[i] = starts[i] + 30 * DAY;
        dates[i] = (sla_date)(starts[i] / DAY);
        far_starts[i] = random_between(&random, SLA_TIME_MIN, SLA_TIME_MAX - length - 60 * DAY);
        if (far_starts[i] > begin - 60 * DAY)
            far_starts[i] += length + 120 * DAY;
        if (far_starts[i] > SLA_TIME_MAX - 60 * DAY)
            far_starts[i] = 0;
    }
    measure_sums(calendar, &bare);
    measure_others(calendar);
    printf("\nA bare table takes %zu bytes, the calendar %llu.\n", bare.bytes,
           (unsigned long long)calendar_memory(calendar));
    bare_table_free(&bare);
    arena_free(&arena);
    return 0;
}
