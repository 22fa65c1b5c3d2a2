/* SPDX-License-Identifier: MIT */
/* What a column costs beside an array of seconds: a million rows of a calendar of New York, in
 * turn in the same run. The ratio says what the forms of columns
 * cost, the nanoseconds are the machine's. Argument: the folder of test data. */
#include "calendar_bench.h"
#include "zone_files.h"

#include <stdio.h>
#include <string.h>

#define ROWS 1000000
#define SLICES 100
#define SLICE_ROWS (ROWS / SLICES)
#define ROUNDS 25

enum { ADD_MANY, ADD, ELAPSED_MANY, ELAPSED, QUESTIONS };

static int64_t starts[ROWS], ends[ROWS], sums[ROWS], out[ROWS];
static int64_t ticked_starts[ROWS], ticked_ends[ROWS];
static uint8_t valid[ROWS / 8], gaps[ROWS / 8], out_validity[ROWS / 8];
static sla_status statuses[ROWS];

struct form {
    const char *name;
    uint32_t ticks;
    const uint8_t *validity;
    sla_status *statuses;
    const char *goal;
};

static const struct form forms[] = {
    {"seconds", 1, NULL, NULL, "1.25"},
    {"seconds, validity, statuses", 1, valid, statuses, ""},
    {"milliseconds, validity", 1000, valid, NULL, ""},
    {"microseconds, validity", 1000000, valid, NULL, "1.60"},
    {"microseconds, 5 % missing", 1000000, gaps, NULL, ""},
    {"nanoseconds, validity", 1000000000, valid, NULL, ""},
};

/* A million rows are asked slice by slice, so that the best of a slice is one that nothing else
   on the machine fell into. */
static double best[QUESTIONS][SLICES];

#define BEST(question, slice, call)                                                  \
    do {                                                                             \
        double bench_begin = bench_now();                                            \
        (void)(call);                                                                \
        double bench_took = bench_now() - bench_begin;                               \
        bench_sink = bench_sink + out[(slice) * SLICE_ROWS];                         \
        if (best[question][slice] == 0 || bench_took < best[question][slice])        \
            best[question][slice] = bench_took;                                      \
    } while (0)

/* Nanoseconds a row. */
static double best_of(int question)
{
    double sum = 0;
    for (int i = 0; i < SLICES; i++)
        sum += best[question][i];
    return sum / ROWS;
}

static void measure_slice(const sla_calendar *calendar, const struct form *form, size_t slice)
{
    size_t first = slice * SLICE_ROWS;
    sla_numbers from = {.size = sizeof from, .width = 8, .ticks = form->ticks, .stride = 8,
                        .values = ticked_starts + first, .validity = form->validity,
                        .validity_first = first};
    sla_numbers to = from;
    sla_numbers counted = {.size = sizeof counted, .width = 8, .ticks = 1, .stride = 8,
                           .values = sums + first};
    sla_answers answers = {.size = sizeof answers, .width = 8, .ticks = form->ticks,
                           .values = out + first, .statuses = form->statuses};
    if (form->validity != NULL)
        answers.validity = out_validity;
    to.values = ticked_ends + first;
    BEST(ADD_MANY, slice, sla_calendar_add_many(calendar, SLICE_ROWS, starts + first, 1,
                                                sums + first, 1, out + first, NULL));
    BEST(ADD, slice, sla_calendar_add_columns(calendar, SLICE_ROWS, &from, &counted, &answers));
    BEST(ELAPSED_MANY, slice, sla_calendar_elapsed_many(calendar, SLICE_ROWS, starts + first, 1,
                                                        ends + first, 1, out + first, NULL));
    BEST(ELAPSED, slice, sla_calendar_elapsed_columns(calendar, SLICE_ROWS, &from, &to,
                                                      &answers));
}

static void measure(const sla_calendar *calendar, const struct form *form)
{
    memset(best, 0, sizeof best);
    for (size_t i = 0; i < ROWS; i++) {
        ticked_starts[i] = starts[i] * form->ticks + (int64_t)(i % form->ticks);
        ticked_ends[i] = ends[i] * form->ticks;
    }
    for (int round = 0; round < ROUNDS; round++)
        for (size_t slice = 0; slice < SLICES; slice++)
            measure_slice(calendar, form, slice);
    double add_many = best_of(ADD_MANY), elapsed_many = best_of(ELAPSED_MANY);
    double add = best_of(ADD), elapsed = best_of(ELAPSED);
    printf("add, %-31s %8.2f %8.2f %7.2f  %s\n", form->name, add, add_many, add / add_many,
           form->goal);
    printf("elapsed, %-27s %8.2f %8.2f %7.2f  %s\n", form->name, elapsed, elapsed_many,
           elapsed / elapsed_many, form->goal);
}

int main(int count, char **arguments)
{
    char folder[4096];
    static struct bench_rules made;
    struct random random = {2028};
    struct arena arena;
    sla_calendar *calendar;
    test_arena(&arena);
    snprintf(folder, sizeof folder, "%s/zoneinfo", count > 1 ? arguments[1] : ".");
    struct zone zone = zone_from_file(&arena, folder, "America/New_York");
    bench_rules_make(&made, &zone, 0);
    if (calendar_compile(&arena, &made.rules, &calendar) != SLA_OK)
        return 1;
    sla_time begin = (sla_time)civil_to_date(FIRST_YEAR, 1, 1) * DAY;
    for (size_t i = 0; i < ROWS; i++) {
        starts[i] = begin + random_between(&random, 0, (int64_t)YEARS * 365 * DAY);
        ends[i] = starts[i] + random_between(&random, 0, 60 * DAY);
        sums[i] = random_between(&random, 1, 80 * HOUR);
        valid[i / 8] = 0xff;
        gaps[i / 8] |= (uint8_t)((random_between(&random, 0, 19) > 0) << i % 8);
    }
    printf("%-36s %8s %8s %7s  %s\n", "a row of columns", "ns", "to", "ratio", "goal");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        measure(calendar, &forms[i]);
    arena_free(&arena);
    return 0;
}
