/* SPDX-License-Identifier: MIT */
/* Property: every answer of a calendar is that of a walk over every second (C1, C4, C5, C7), in
 * spans of up to 14 days around changes of the clocks, in every frozen zone.
 * Arguments: the folder of test data, and a seed to try another run. */
#include "slow_calendar.h"
#include "time/calendar.h"

#include <stdio.h>
#include <stdlib.h>

#define DAY 86400
#define SPAN (14 * DAY)
#define QUESTIONS_A_WINDOW 150

static long questions;
static long wrong;

static void compare(const char *what, const struct wall_clock *clock, int64_t from, int64_t with,
                    int64_t wanted, int64_t got)
{
    questions++;
    if (wanted == got)
        return;
    wrong++;
    if (wrong <= 20)
        printf("# %s: %s(%lld, %lld) is %lld by the walk, %lld by the calendar\n", clock->name,
               what, (long long)from, (long long)with, (long long)wanted, (long long)got);
}

/* The first second from `i` on whose state is `state`, or -1. */
static int64_t find(const struct walk *walk, int64_t i, uint8_t state)
{
    for (; i < walk->to - walk->from; i++) {
        if (walk->open[i] == state)
            return i;
    }
    return -1;
}

/* The first i from which on `sum` seconds have been open, or -1. */
static int64_t reach(const struct walk *walk, int64_t from, uint32_t sum)
{
    int64_t low = from;
    int64_t high = walk->to - walk->from;
    if (walk->before[high] < sum)
        return -1;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (walk->before[middle] >= sum)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void ask_add(const struct walk *walk, const sla_calendar *calendar, struct random *random,
                    const struct wall_clock *clock)
{
    int64_t length = walk->to - walk->from;
    int64_t i = random_between(random, 0, length - 1);
    sla_time got = SLA_TIME_NONE;
    uint32_t ahead = walk->before[length] - walk->before[i];
    uint32_t behind = walk->before[i];
    /* Exact closing times are the interesting sums: half the time the sum up to a place. */
    int64_t sum = random_between(random, 0, ahead);
    if (random_between(random, 0, 1) == 0)
        sum = walk->before[find(walk, i, 0) < 0 ? i : find(walk, i, 0)] - walk->before[i];
    if (calendar_add(calendar, walk->from + i, sum, &got) != SLA_OK)
        got = SLA_TIME_NONE;
    int64_t wanted = walk->from + reach(walk, i, walk->before[i] + (uint32_t)sum);
    compare("add", clock, walk->from + i, sum, wanted, got);
    if (behind == 0)
        return;
    int64_t back = random_between(random, 1, behind);
    if (calendar_add(calendar, walk->from + i, -back, &got) != SLA_OK)
        got = SLA_TIME_NONE;
    /* The latest instant with so few before it: one before the first with more. */
    int64_t more = reach(walk, 0, behind - (uint32_t)back + 1);
    compare("add", clock, walk->from + i, -back, walk->from + more - 1, got);
}

static void ask(const struct walk *walk, const sla_calendar *calendar, struct random *random,
                const struct wall_clock *clock)
{
    int64_t length = walk->to - walk->from;
    int64_t i = random_between(random, 0, length - 1);
    int64_t k = random_between(random, 0, length);
    sla_time at = walk->from + i;
    sla_time got = SLA_TIME_NONE;
    compare("elapsed", clock, at, walk->from + k,
            (int64_t)walk->before[k] - (int64_t)walk->before[i],
            calendar_elapsed(calendar, at, walk->from + k));
    compare("is_open", clock, at, 0, walk->open[i], calendar_is_open(calendar, at));
    int64_t open = find(walk, i, 1);
    if (open >= 0) {
        if (calendar_next_open(calendar, at, &got) != SLA_OK)
            got = SLA_TIME_NONE;
        compare("next_open", clock, at, 0, walk->from + open, got);
    }
    int64_t close = find(walk, i, 0);
    if (close >= 0) {
        if (calendar_next_close(calendar, at, &got) != SLA_OK)
            got = SLA_TIME_NONE;
        compare("next_close", clock, at, 0, walk->from + close, got);
    }
    ask_add(walk, calendar, random, clock);
}

/* One window of a zone: near a change of its clocks if it has one. */
static void try_window(const struct wall_clock *clock, const struct zone *zone,
                       struct random *random)
{
    int64_t center = random_between(random, 30 * DAY, 7258118399 - 30 * DAY);
    if (clock->count > 1 && random_between(random, 0, 9) > 0)
        center = clock->changes[random_between(random, 1, (int64_t)clock->count - 1)].at;
    int64_t from = center - random_between(random, DAY, SPAN - DAY);
    if (from < 0)
        from = 0;
    if (from + SPAN > SLA_TIME_MAX)
        from = SLA_TIME_MAX - SPAN;
    struct random_rules made;
    random_rules_make(&made, random, (sla_date)((from + SPAN / 2) / DAY));
    made.rules.zone = zone;
    struct arena arena;
    test_arena(&arena);
    sla_calendar *calendar;
    sla_status status = calendar_compile(&arena, &made.rules, &calendar);
    compare("compile", clock, from, 0, SLA_OK, status);
    if (status == SLA_OK) {
        struct walk walk;
        walk_make(&walk, &made.rules, clock, from, from + SPAN);
        for (int i = 0; i < QUESTIONS_A_WINDOW / 6; i++)
            ask(&walk, calendar, random, clock);
        walk_free(&walk);
    }
    arena_free(&arena);
}

int main(int count, char **arguments)
{
    char path[4096];
    const char *folder = count > 1 ? arguments[1] : ".";
    struct random random = {count > 2 ? strtoull(arguments[2], NULL, 10) : 20261122};
    printf("1..1\n# seed %llu\n", (unsigned long long)random.state);
    struct wall_clocks clocks = wall_clocks_read(folder);
    snprintf(path, sizeof path, "%s/zoneinfo", folder);
    size_t zones = 0;
    for (size_t i = 0; i < clocks.count; i++) {
        struct arena arena;
        test_arena(&arena);
        struct zone zone = zone_from_file(&arena, path, clocks.items[i].name);
        for (int window = 0; window < 4; window++)
            try_window(&clocks.items[i], &zone, &random);
        zones++;
        arena_free(&arena);
    }
    wall_clocks_free(&clocks);
    bool fine = wrong == 0 && zones >= 40 && questions >= 20000;
    printf("# %ld questions in %zu zones, %ld wrong\n", questions, zones, wrong);
    printf("%s 1 - every_answer_is_that_of_a_walk_over_every_second\n", fine ? "ok" : "not ok");
    return fine ? 0 : 1;
}
