/* SPDX-License-Identifier: MIT */
/* Property: every row of a batch has the answer of the single call, over random calendars, any
 * number of rows, every step, rows without an answer, and outputs that are inputs; every way
 * through a block of rows has the same answers; and working days are counted as one counts them
 * date by date.
 * Arguments: the folder of test data, and a seed to try another run. */
#include "slow_calendar.h"
#include "time/calendar_batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY 86400
#define ROWS 300
#define CALENDARS 110
#define BATCHES_A_CALENDAR 24

static long rows_asked, blocks_asked, dates_asked, wrong;

static void compare(const char *what, const char *zone, int64_t from, int64_t with, int64_t wanted,
                    int64_t got)
{
    if (wanted == got)
        return;
    wrong++;
    if (wrong <= 20)
        printf("# %s: %s(%lld, %lld) should be %lld and is %lld\n", zone, what, (long long)from,
               (long long)with, (long long)wanted, (long long)got);
}

/* Mostly an instant near the calendar's exceptions; seldom the ends of the range, or none. */
static sla_time random_instant(struct random *random, const struct calendar_rules *rules)
{
    static const sla_time odd[] = {SLA_TIME_MIN, SLA_TIME_MAX,     SLA_TIME_MIN - 1,
                                   SLA_TIME_MAX + 1, SLA_TIME_NONE, SLA_TIME_NEVER};
    int64_t choice = random_between(random, 0, 99);
    if (choice < 3)
        return odd[random_between(random, 0, 5)];
    if (choice < 40)
        return random_between(random, SLA_TIME_MIN, SLA_TIME_MAX);
    return (int64_t)rules->exceptions[0].date * DAY + random_between(random, -40 * DAY, 40 * DAY);
}

static sla_duration random_sum(struct random *random)
{
    static const sla_duration odd[] = {0, 1, -1, INT64_MAX, SLA_DURATION_NONE, SLA_TIME_MAX};
    int64_t choice = random_between(random, 0, 99);
    if (choice < 6)
        return odd[choice];
    int64_t reach = choice < 50 ? 3 * DAY : 4000 * DAY;
    return random_between(random, choice % 4 == 0 ? -reach : 0, reach);
}

struct batch {
    size_t rows, first_step, second_step;
    int64_t first[3 * ROWS], second[3 * ROWS], out[ROWS];
    sla_status statuses[ROWS];
};

static void compare_rows(const char *what, const char *zone, const struct batch *batch,
                         const int64_t *first, const int64_t *out, const int64_t *wanted,
                         const sla_status *wanted_statuses, sla_status status, bool with_statuses)
{
    bool failed = false;
    for (size_t i = 0; i < batch->rows; i++) {
        int64_t a = first[i * batch->first_step];
        int64_t b = batch->second[i * batch->second_step];
        compare(what, zone, a, b, wanted[i], out[i]);
        if (with_statuses)
            compare(what, zone, a, b, wanted_statuses[i], batch->statuses[i]);
        failed = failed || wanted_statuses[i] != SLA_OK;
    }
    compare(what, zone, 0, (int64_t)batch->rows, failed ? SLA_ROWS_FAILED : SLA_OK, status);
    rows_asked += (long)batch->rows;
}

static void ask(const sla_calendar *calendar, const struct calendar_rules *rules,
                struct random *random, const char *zone)
{
    static struct batch batch;
    static int64_t wanted[ROWS], kept[3 * ROWS];
    static sla_status statuses[ROWS];
    bool add = random_between(random, 0, 1) == 0;
    bool with_statuses = random_between(random, 0, 1) == 0;
    batch.rows = (size_t)random_between(random, 0, random_between(random, 0, 3) == 0 ? ROWS : 40);
    batch.first_step = (size_t)random_between(random, 0, 3);
    batch.second_step = (size_t)random_between(random, 0, 3);
    for (size_t i = 0; i < 3 * ROWS; i++) {
        kept[i] = batch.first[i] = random_instant(random, rules);
        batch.second[i] = add ? random_sum(random) : random_instant(random, rules);
    }
    for (size_t i = 0; i < batch.rows; i++) {
        int64_t a = batch.first[i * batch.first_step];
        int64_t b = batch.second[i * batch.second_step];
        wanted[i] = SLA_TIME_NONE;
        statuses[i] = add ? sla_calendar_add(calendar, a, b, &wanted[i])
                          : sla_calendar_elapsed(calendar, a, b, &wanted[i]);
    }
    /* with step 1, sometimes into the input itself */
    bool in_place = batch.first_step == 1 && random_between(random, 0, 1) == 0;
    int64_t *out = in_place ? batch.first : batch.out;
    sla_status *out_statuses = with_statuses ? batch.statuses : NULL;
    sla_status status =
        add ? sla_calendar_add_many(calendar, batch.rows, batch.first, batch.first_step,
                                    batch.second, batch.second_step, out, out_statuses)
            : sla_calendar_elapsed_many(calendar, batch.rows, batch.first, batch.first_step,
                                        batch.second, batch.second_step, out, out_statuses);
    compare_rows(add ? "add_many" : "elapsed_many", zone, &batch, kept, out, wanted, statuses,
                 status, with_statuses);
}

static void ask_due(const sla_calendar *calendar, const struct calendar_rules *rules,
                    struct random *random, const char *zone)
{
    static struct batch batch;
    static int64_t wanted[ROWS];
    static sla_status statuses[ROWS];
    sla_target target = {.size = sizeof target, .cutoff = SLA_NO_CUTOFF};
    target.unit = random_between(random, 0, 2) == 0 ? SLA_UNIT_SECONDS : SLA_UNIT_WORKDAYS;
    target.due = (uint32_t)random_between(random, 0, 2);
    target.due_time = (uint32_t)random_between(random, 0, DAY);
    if (random_between(random, 0, 1) == 0)
        target.cutoff = (uint32_t)random_between(random, 0, DAY);
    target.amount = target.unit == SLA_UNIT_SECONDS ? random_between(random, 0, 30 * DAY)
                                                    : random_between(random, 0, 12);
    batch.rows = (size_t)random_between(random, 0, 60);
    batch.first_step = (size_t)random_between(random, 0, 3);
    batch.second_step = 0;
    for (size_t i = 0; i < 3 * ROWS; i++)
        batch.first[i] = random_instant(random, rules);
    for (size_t i = 0; i < batch.rows; i++) {
        wanted[i] = SLA_TIME_NONE;
        statuses[i] = sla_calendar_due(calendar, batch.first[i * batch.first_step], &target,
                                       &wanted[i]);
    }
    sla_status status = sla_calendar_due_many(calendar, batch.rows, batch.first, batch.first_step,
                                              &target, batch.out, batch.statuses);
    compare_rows("due_many", zone, &batch, batch.first, batch.out, wanted, statuses, status, true);
}

/* A block by one way: taken as a whole with the answers of single calls, or not at all. */
static void ask_block(const sla_calendar *calendar, const char *zone, const int64_t *first,
                      const int64_t *second, block_add *add, block_elapsed *elapsed)
{
    int64_t out[BLOCK_ROWS];
    int64_t wanted[BLOCK_ROWS];
    bool ordinary = true;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        out[i] = 77;
        wanted[i] = SLA_TIME_NONE;
        sla_status status = add != NULL
                                ? sla_calendar_add(calendar, first[i], second[i], &wanted[i])
                                : sla_calendar_elapsed(calendar, first[i], second[i], &wanted[i]);
        ordinary = ordinary && status == SLA_OK && (add == NULL || second[i] > 0);
    }
    bool taken = add != NULL ? add(&calendar->tables, first, second, out)
                             : elapsed(&calendar->tables, first, second, out);
    compare(add != NULL ? "block taken (add)" : "block taken (elapsed)", zone, first[0], second[0],
            ordinary, taken);
    for (size_t i = 0; i < BLOCK_ROWS; i++)
        compare(add != NULL ? "block add" : "block elapsed", zone, first[i], second[i],
                taken ? wanted[i] : 77, out[i]);
    blocks_asked++;
}

static void ask_blocks(const sla_calendar *calendar, const struct calendar_rules *rules,
                       struct random *random, const char *zone)
{
    int64_t from[BLOCK_ROWS];
    int64_t to[BLOCK_ROWS];
    int64_t sums[BLOCK_ROWS];
    if (!calendar->plain)
        return;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        do
            from[i] = random_instant(random, rules);
        while (from[i] < SLA_TIME_MIN || from[i] > SLA_TIME_MAX / 2);
        to[i] = random_between(random, SLA_TIME_MIN, SLA_TIME_MAX);
        sums[i] = random_between(random, 1, i % 2 == 0 ? 3 * DAY : 300 * DAY);
    }
    int64_t row = random_between(random, 0, BLOCK_ROWS - 1);
    if (random_between(random, 0, 2) == 0)
        from[row] = random_instant(random, rules);
    if (random_between(random, 0, 2) == 0)
        to[row] = random_instant(random, rules);
    if (random_between(random, 0, 2) == 0)
        sums[row] = random_sum(random);
    if (random_between(random, 0, 2) == 0) { /* the last sum that can be reached, or one more */
        from[row] = SLA_TIME_MAX - random_between(random, 0, 20 * DAY);
        sla_calendar_elapsed(calendar, from[row], SLA_TIME_MAX, &sums[row]);
        sums[row] += random_between(random, 0, 1);
    }
    ask_block(calendar, zone, from, sums, block_add_plain, NULL);
    ask_block(calendar, zone, from, to, NULL, block_elapsed_plain);
#ifdef BLOCK_AVX2
    if (block_avx2_works()) {
        ask_block(calendar, zone, from, sums, block_add_avx2, NULL);
        ask_block(calendar, zone, from, to, NULL, block_elapsed_avx2);
    }
#endif
}

/* 90 dates counted one by one, and found again by their numbers. */
static void ask_workdays(const sla_calendar *calendar, const struct model *model,
                         struct random *random)
{
    const char *zone = model->clock->name;
    sla_date from = (sla_date)random_between(random, 3, DATE_MAX - 100);
    if (random_between(random, 0, 1) == 0)
        from = model->rules->exceptions[0].date + (sla_date)random_between(random, -60, 20);
    if (from < 3 || from > DATE_MAX - 100)
        from = 3;
    int64_t sum = 0;
    int64_t count;
    sla_date got;
    for (sla_date date = from; date < from + 90; date++) {
        compare("workdays", zone, from, date, SLA_OK,
                sla_calendar_workdays(calendar, from, date, &count));
        compare("workdays", zone, from, date, sum, count);
        sla_calendar_workdays(calendar, date, from, &count);
        compare("workdays", zone, date, from, -sum, count);
        bool workday = model_open_of_date(model, date) > 0;
        compare("is_workday", zone, date, 0, workday, sla_calendar_is_workday(calendar, date));
        sum += workday;
        dates_asked += 4;
        if (!workday || sum < 1)
            continue;
        sla_status status = sla_calendar_add_workdays(calendar, from - 1, sum, &got);
        compare("add_workdays", zone, from - 1, sum, date, status == SLA_OK ? got : INT32_MIN);
    }
}

int main(int count, char **arguments)
{
    char path[4096];
    const char *folder = count > 1 ? arguments[1] : ".";
    struct random random = {count > 2 ? strtoull(arguments[2], NULL, 10) : 20261126};
    printf("1..3\n# seed %llu\n", (unsigned long long)random.state);
    struct wall_clocks clocks = wall_clocks_read(folder);
    snprintf(path, sizeof path, "%s/zoneinfo", folder);
    for (size_t i = 0; i < CALENDARS; i++) {
        const struct wall_clock *clock = &clocks.items[i % clocks.count];
        struct arena arena;
        test_arena(&arena);
        struct zone zone = zone_from_file(&arena, path, clock->name);
        struct random_rules made;
        random_rules_make(&made, &random, (sla_date)random_between(&random, 0, 84000));
        made.rules.zone = &zone;
        made.rules.always = i % 20 == 19;
        struct model model;
        model_make(&model, &made.rules, clock);
        sla_calendar *calendar;
        sla_status status = calendar_compile(&arena, &made.rules, &calendar);
        compare("compile", clock->name, 0, 0, SLA_OK, status);
        for (int n = 0; status == SLA_OK && n < BATCHES_A_CALENDAR; n++) {
            ask(calendar, &made.rules, &random, clock->name);
            ask_due(calendar, &made.rules, &random, clock->name);
            ask_blocks(calendar, &made.rules, &random, clock->name);
            if (n < 3)
                ask_workdays(calendar, &model, &random);
        }
        model_free(&model);
        arena_free(&arena);
    }
    wall_clocks_free(&clocks);
    printf("# %ld rows, %ld blocks, %ld counts of dates, %ld wrong\n", rows_asked, blocks_asked,
           dates_asked, wrong);
    bool fine = wrong == 0;
    printf("%s 1 - every_row_of_a_batch_has_the_answer_of_the_single_call\n",
           fine && rows_asked >= 100000 ? "ok" : "not ok");
    printf("%s 2 - every_way_through_a_block_has_the_answers_of_single_calls\n",
           fine && blocks_asked >= 500 ? "ok" : "not ok");
    printf("%s 3 - working_days_are_counted_as_date_by_date\n",
           fine && dates_asked >= 50000 ? "ok" : "not ok");
    return fine ? 0 : 1;
}
