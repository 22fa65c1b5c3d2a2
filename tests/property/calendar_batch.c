/* SPDX-License-Identifier: MIT */
/* Property: every row of a batch has the answer of the single call, over random calendars, any
 * number of rows, every step, rows without an answer, and outputs that are inputs; and every way
 * through a block of rows has the same answers.
 * Arguments: the folder of test data, and a seed to try another run. */
#include "oracle_trial.h"
#include "time/calendar_batch.h"

#include <stdio.h>

#define ROWS 300
#define PLANS 40
#define BATCHES_A_CALENDAR 24

static long rows_asked, blocks_asked, wrong;

static void compare(const char *what, int64_t from, int64_t with, int64_t wanted, int64_t got)
{
    if (wanted != got && wrong++ < 20)
        printf("# %s(%lld, %lld) should be %lld and is %lld\n", what, (long long)from,
               (long long)with, (long long)wanted, (long long)got);
}

/* Where the calendars are asked: their moments, and instants that are none. */
static sla_time random_instant(struct random *random, const struct oracle_days *days,
                               int32_t center)
{
    static const sla_time odd[] = {SLA_TIME_MIN,     SLA_TIME_MAX,  SLA_TIME_MIN - 1,
                                   SLA_TIME_MAX + 1, SLA_TIME_NONE, SLA_TIME_NEVER};
    if (random_between(random, 0, 99) < 3)
        return odd[random_between(random, 0, 5)];
    return oracle_moment(days, center, random);
}

static sla_duration random_sum(struct random *random)
{
    static const sla_duration odd[] = {0, 1, -1, INT64_MAX, SLA_DURATION_NONE, SLA_TIME_MAX};
    int64_t choice = random_between(random, 0, 99);
    if (choice < 6)
        return odd[choice];
    int64_t reach = choice < 50 ? 3 * PLAN_DAY : 4000 * (int64_t)PLAN_DAY;
    return random_between(random, choice % 4 == 0 ? -reach : 0, reach);
}

struct batch {
    size_t rows, first_step, second_step;
    int64_t first[3 * ROWS], second[3 * ROWS], out[ROWS];
    sla_status statuses[ROWS];
};

static void compare_rows(const char *what, const struct batch *batch, const int64_t *first,
                         const int64_t *out, const int64_t *wanted,
                         const sla_status *wanted_statuses, sla_status status, bool with_statuses)
{
    bool failed = false;
    for (size_t i = 0; i < batch->rows; i++) {
        int64_t a = first[i * batch->first_step];
        int64_t b = batch->second[i * batch->second_step];
        compare(what, a, b, wanted[i], out[i]);
        if (with_statuses)
            compare(what, a, b, wanted_statuses[i], batch->statuses[i]);
        failed = failed || wanted_statuses[i] != SLA_OK;
    }
    compare(what, 0, (int64_t)batch->rows, failed ? SLA_ROWS_FAILED : SLA_OK, status);
    rows_asked += (long)batch->rows;
}

static void ask(const sla_calendar *calendar, const struct oracle_days *days, int32_t center,
                struct random *random)
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
        kept[i] = batch.first[i] = random_instant(random, days, center);
        batch.second[i] = add ? random_sum(random) : random_instant(random, days, center);
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
    compare_rows(add ? "add_many" : "elapsed_many", &batch, kept, out, wanted, statuses, status,
                 with_statuses);
}

static void ask_due(const sla_calendar *calendar, const struct oracle_days *days, int32_t center,
                    struct random *random)
{
    static struct batch batch;
    static int64_t wanted[ROWS];
    static sla_status statuses[ROWS];
    sla_target target = {.size = sizeof target, .cutoff = SLA_NO_CUTOFF};
    target.unit = random_between(random, 0, 2) == 0 ? SLA_UNIT_SECONDS : SLA_UNIT_WORKDAYS;
    target.due = (uint32_t)random_between(random, 0, 2);
    target.due_time = (uint32_t)random_between(random, 0, PLAN_DAY);
    if (random_between(random, 0, 1) == 0)
        target.cutoff = (uint32_t)random_between(random, 0, PLAN_DAY);
    target.amount = target.unit == SLA_UNIT_SECONDS ? random_between(random, 0, 30 * PLAN_DAY)
                                                    : random_between(random, 0, 12);
    batch.rows = (size_t)random_between(random, 0, 60);
    batch.first_step = (size_t)random_between(random, 0, 3);
    batch.second_step = 0;
    for (size_t i = 0; i < 3 * ROWS; i++)
        batch.first[i] = random_instant(random, days, center);
    for (size_t i = 0; i < batch.rows; i++) {
        wanted[i] = SLA_TIME_NONE;
        statuses[i] = sla_calendar_due(calendar, batch.first[i * batch.first_step], &target,
                                       &wanted[i]);
    }
    sla_status status = sla_calendar_due_many(calendar, batch.rows, batch.first, batch.first_step,
                                              &target, batch.out, batch.statuses);
    compare_rows("due_many", &batch, batch.first, batch.out, wanted, statuses, status, true);
}

/* A block by one way: taken as a whole with the answers of single calls, or not at all. */
static void ask_block(const sla_calendar *calendar, const int64_t *first,
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
    compare(add != NULL ? "block taken (add)" : "block taken (elapsed)", first[0], second[0],
            ordinary, taken);
    for (size_t i = 0; i < BLOCK_ROWS; i++)
        compare(add != NULL ? "block add" : "block elapsed", first[i], second[i],
                taken ? wanted[i] : 77, out[i]);
    blocks_asked++;
}

static void ask_blocks(const sla_calendar *calendar, const struct oracle_days *days,
                       int32_t center, struct random *random)
{
    int64_t from[BLOCK_ROWS];
    int64_t to[BLOCK_ROWS];
    int64_t sums[BLOCK_ROWS];
    if (!calendar->plain)
        return;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        do
            from[i] = random_instant(random, days, center);
        while (from[i] < SLA_TIME_MIN || from[i] > SLA_TIME_MAX / 2);
        to[i] = random_between(random, SLA_TIME_MIN, SLA_TIME_MAX);
        sums[i] = random_between(random, 1, i % 2 == 0 ? 3 * PLAN_DAY : 300 * PLAN_DAY);
    }
    int64_t row = random_between(random, 0, BLOCK_ROWS - 1);
    if (random_between(random, 0, 2) == 0)
        from[row] = random_instant(random, days, center);
    if (random_between(random, 0, 2) == 0)
        to[row] = random_instant(random, days, center);
    if (random_between(random, 0, 2) == 0)
        sums[row] = random_sum(random);
    if (random_between(random, 0, 2) == 0) { /* the last sum that can be reached, or one more */
        from[row] = SLA_TIME_MAX - random_between(random, 0, 20 * PLAN_DAY);
        sla_calendar_elapsed(calendar, from[row], SLA_TIME_MAX, &sums[row]);
        sums[row] += random_between(random, 0, 1);
    }
    ask_block(calendar, from, sums, block_add_plain, NULL);
    ask_block(calendar, from, to, NULL, block_elapsed_plain);
#ifdef BLOCK_AVX2
    if (block_avx2_works()) {
        ask_block(calendar, from, sums, block_add_avx2, NULL);
        ask_block(calendar, from, to, NULL, block_elapsed_avx2);
    }
#endif
}

int main(int count, char **arguments)
{
    static struct oracle_days all[PLAN_CALENDARS];
    struct trial trial = trial_make(count, arguments, 20261126);
    long wanted = trial_questions(count, arguments, 100000);
    printf("1..2\n");
    for (int plans = 0; plans < PLANS && rows_asked < 2 * wanted; plans++) {
        struct plan plan;
        plan_random(&plan, &trial.clocks, &trial.random, -1);
        oracle_days_make(all, &plan, &trial.clocks);
        sla_policy *policy = trial_compile(&trial, &plan, all);
        for (int32_t i = 0; policy != NULL && i < plan.calendar_count; i++) {
            for (int n = 0; n < BATCHES_A_CALENDAR; n++) {
                ask(trial_calendar(policy, i), &all[i], plan.center, &trial.random);
                ask_due(trial_calendar(policy, i), &all[i], plan.center, &trial.random);
                ask_blocks(trial_calendar(policy, i), &all[i], plan.center, &trial.random);
            }
        }
        sla_policy_unref(policy);
        oracle_days_free(all, &plan);
    }
    bool fine = wrong == 0 && trial.wrong == 0;
    trial_free(&trial);
    printf("# %ld rows, %ld blocks, %ld wrong\n", rows_asked, blocks_asked, wrong);
    printf("%s 1 - every_row_of_a_batch_has_the_answer_of_the_single_call\n",
           fine && rows_asked >= wanted ? "ok" : "not ok");
    printf("%s 2 - every_way_through_a_block_has_the_answers_of_single_calls\n",
           fine && blocks_asked >= wanted / 200 ? "ok" : "not ok");
    return fine ? 0 : 1;
}
