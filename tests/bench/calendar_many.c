/* SPDX-License-Identifier: MIT */
/* A thousand different calendars, of 20 years of holidays each: what a question to any of them
 * costs, what one of them takes, how long one compiles. Argument: the folder of test data. */
#include "calendar_bench.h"
#include "zone_files.h"

#include <stdio.h>
#include <stdlib.h>

#define CALENDARS 1000
#define ROUNDS 60

static sla_calendar *calendars[CALENDARS];
static sla_time starts[STARTS];
static uint16_t which[STARTS];

static double compile_time(const struct bench_rules *made)
{
    double best = 0;
    for (int round = 0; round < 400; round++) {
        struct arena arena;
        sla_calendar *calendar;
        test_arena(&arena);
        double begin = bench_now();
        if (calendar_compile(&arena, &made->rules, &calendar) != SLA_OK)
            return -1;
        double took = bench_now() - begin;
        best = best == 0 || took < best ? took : best;
        arena_free(&arena);
    }
    return best / 1000;
}

/* Nanoseconds of one read that depends on the one before it, over so many bytes. */
static double random_read(size_t bytes, struct random *random)
{
    size_t lines = bytes / 64, steps = 1000000, at = 0;
    size_t(*cells)[8] = calloc(lines, sizeof *cells);
    if (cells == NULL)
        return 0;
    for (size_t i = 0; i < lines; i++)
        cells[i][0] = i;
    for (size_t i = lines - 1; i > 0; i--) { /* one cycle through all of them */
        size_t j = (size_t)random_between(random, 0, (int64_t)i - 1), kept = cells[i][0];
        cells[i][0] = cells[j][0];
        cells[j][0] = kept;
    }
    double begin = bench_now();
    for (size_t i = 0; i < steps; i++)
        at = cells[at][0];
    double took = (bench_now() - begin) / (double)steps;
    bench_sink = bench_sink + (int64_t)at;
    free(cells);
    return took;
}

int main(int count, char **arguments)
{
    static const char *const zones[] = {"America/New_York", "Europe/London", "Asia/Shanghai",
                                        "Australia/Sydney"};
    char folder[4096];
    static struct bench_rules made;
    struct random random = {2027};
    struct arena arena;
    struct zone read[4];
    double add = 0, elapsed = 0, add_one = 0, compile[4];
    uint64_t largest = 0, total = 0;
    test_arena(&arena);
    snprintf(folder, sizeof folder, "%s/zoneinfo", count > 1 ? arguments[1] : ".");
    for (size_t i = 0; i < 4; i++) {
        read[i] = zone_from_file(&arena, folder, zones[i]);
        bench_rules_make(&made, &read[i], 0);
        compile[i] = compile_time(&made);
    }
    for (unsigned i = 0; i < CALENDARS; i++) {
        bench_rules_make(&made, &read[i % 4], i);
        if (calendar_compile(&arena, &made.rules, &calendars[i]) != SLA_OK)
            return 1;
        uint64_t memory = calendar_memory(calendars[i]);
        largest = memory > largest ? memory : largest;
        total += memory;
    }
    sla_time begin = (sla_time)civil_to_date(FIRST_YEAR, 1, 1) * DAY;
    for (int round = 0; round < ROUNDS; round++) {
        /* New questions each round, so that the caches do not learn them. */
        for (size_t i = 0; i < STARTS; i++) {
            starts[i] = begin + random_between(&random, 0, (int64_t)YEARS * 365 * DAY);
            which[i] = (uint16_t)random_between(&random, 0, CALENDARS - 1);
        }
        BENCH(add, starts, sla_calendar_add(calendars[which[i]], start, 8 * HOUR, &got));
        for (size_t i = 0; i < STARTS; i++)
            which[i] = (uint16_t)random_between(&random, 0, CALENDARS - 1);
        BENCH(elapsed, starts,
              sla_calendar_elapsed(calendars[which[i]], start, start + 30 * DAY, &got));
        BENCH(add_one, starts, sla_calendar_add(calendars[0], start, 8 * HOUR, &got));
    }
    printf("%-36s %10s  %s\n", "1,000 calendars at random", "", "goal");
    printf("%-36s %7.1f ns  80 ns (one calendar: %.1f ns)\n", "add 8 h", add, add_one);
    printf("%-36s %7.1f ns  80 ns\n", "elapsed over 30 days", elapsed);
    printf("%-36s %7.1f ns\n", "a dependent read over as many bytes", random_read(total, &random));
    printf("%-36s %7llu B   32,768 B (on average %llu)\n", "memory of the largest",
           (unsigned long long)largest, (unsigned long long)(total / CALENDARS));
    for (size_t i = 0; i < 4; i++)
        printf("compile, %-27s %7.1f us  200 us\n", zones[i], compile[i]);
    arena_free(&arena);
    return 0;
}
