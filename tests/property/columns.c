/* SPDX-License-Identifier: MIT */
/* Property: every row of columns in random layouts has the answer of the single call, over random
 * calendars, and so have columns that the answers are written into.
 * Arguments: the folder of test data, and a seed to try another run. */
#include "oracle_trial.h"
#include "random_columns.h"

#include <stdio.h>
#include <stdlib.h>

#define ROWS 300
#define PLANS 40
#define BATCHES_A_CALENDAR 30

enum question { ADD, ELAPSED, DUE, QUESTIONS };
static const char *const names[QUESTIONS] = {"add", "elapsed", "due"};
static long rows_asked, gaps_seen, in_place_asked, wrong;

static void compare(const char *what, const char *part, size_t row, int64_t wanted, int64_t got)
{
    if (wanted != got && wrong++ < 20)
        printf("# %s_columns: %s of row %zu should be %lld and is %lld\n", what, part, row,
               (long long)wanted, (long long)got);
}

static void random_instant(struct random *random, const struct oracle_days *days, int32_t center,
                           struct random_number *out, int odd_percent)
{
    static const sla_time odd[] = {SLA_TIME_MIN, SLA_TIME_MAX, SLA_TIME_MIN - 1,
                                   SLA_TIME_MAX + 1, SLA_TIME_NEVER, -SLA_TIME_MAX};
    out->seconds = random_between(random, 1, 100) <= odd_percent
                       ? odd[random_between(random, 0, 5)]
                       : oracle_moment(days, center, random);
}

static void random_sum(struct random *random, struct random_number *out, int odd_percent)
{
    static const sla_duration odd[] = {0, 1, -1, INT64_MAX, SLA_TIME_MAX};
    int64_t reach = (random_between(random, 0, 1) == 0 ? 3 : 4000) * (int64_t)PLAN_DAY;
    out->seconds = random_between(random, 1, 100) <= odd_percent
                       ? odd[random_between(random, 0, 4)]
                       : random_between(random, odd_percent > 0 ? -reach : 1, reach);
}

/* What the single call says of a row. */
static sla_status answer_one(const sla_calendar *calendar, enum question question,
                             const sla_target *target, const struct random_number *first,
                             const struct random_number *second, int64_t *out)
{
    *out = INT64_MIN;
    if (first->missing || (question != DUE && second->missing))
        return SLA_MISSING;
    if (question == DUE)
        return sla_calendar_due(calendar, first->seconds, target, out);
    return question == ADD
               ? sla_calendar_add(calendar, first->seconds, second->seconds, out)
               : sla_calendar_elapsed(calendar, first->seconds, second->seconds, out);
}

static void ask_question(const sla_calendar *calendar, enum question question,
                         const sla_target *target, size_t rows, struct random *random,
                         struct random_number *first, struct random_number *second)
{
    static int64_t wanted[ROWS];
    static sla_status wanted_statuses[ROWS];
    static const uint32_t all_ticks[] = {1, 1000, 1000000, 1000000000};
    struct random_numbers one, two;
    random_numbers_make(&one, random, first, rows);
    random_numbers_make(&two, random, second, rows);
    sla_status whole = SLA_OK;
    uint64_t missing = 0;
    for (size_t i = 0; i < rows; i++) {
        wanted_statuses[i] =
            answer_one(calendar, question, target, &first[i], &second[i], &wanted[i]);
        missing += wanted_statuses[i] != SLA_OK;
        whole = wanted_statuses[i] < 0 ? SLA_ROWS_FAILED : whole;
    }
    bool in_place = one.array != NULL && random_between(random, 0, 1) == 0;
    sla_answers out = {.size = sizeof out, .width = 8};
    out.ticks = all_ticks[random_between(random, 0, 3)];
    out.values = in_place ? one.array : random_memory(rows * sizeof *out.values);
    out.validity = in_place && one.validity != NULL ? one.validity : random_memory((rows + 7) / 8);
    sla_status *statuses = random_memory(rows * sizeof *statuses);
    bool with_statuses = random_between(random, 0, 2) > 0;
    out.statuses = with_statuses ? statuses : NULL;
    sla_status status =
        question == ADD       ? sla_calendar_add_columns(calendar, rows, &one.column, &two.column,
                                                         &out)
        : question == ELAPSED ? sla_calendar_elapsed_columns(calendar, rows, &one.column,
                                                             &two.column, &out)
                              : sla_calendar_due_columns(calendar, rows, &one.column, target, &out);
    const char *what = names[question];
    compare(what, "status", rows, whole, status);
    compare(what, "missing", rows, (int64_t)missing, (int64_t)out.missing);
    for (size_t i = 0; i < rows; i++) {
        bool has = wanted_statuses[i] == SLA_OK;
        compare(what, "value", i, has ? wanted[i] * out.ticks : INT64_MIN, out.values[i]);
        compare(what, "bit", i, has, out.validity[i / 8] >> i % 8 & 1);
        if (with_statuses)
            compare(what, "status", i, wanted_statuses[i], statuses[i]);
    }
    for (size_t i = rows; i % 8 != 0; i++)
        compare(what, "bit behind", i, 0, out.validity[i / 8] >> i % 8 & 1);
    rows_asked += (long)rows;
    gaps_seen += (long)missing;
    in_place_asked += in_place;
    if (!in_place)
        free(out.values);
    if (out.validity != one.validity)
        free(out.validity);
    free(statuses);
    random_numbers_free(&one);
    random_numbers_free(&two);
}

static void ask(const sla_calendar *calendar, const struct oracle_days *days, int32_t center,
                struct random *random)
{
    static struct random_number first[ROWS], second[ROWS];
    enum question question = (enum question)random_between(random, 0, QUESTIONS - 1);
    size_t rows = (size_t)random_between(random, 0, random_between(random, 0, 1) == 0 ? ROWS : 70);
    /* whole blocks are mostly without anything odd, and some are with gaps alone */
    int odd = random_between(random, 0, 1) == 0 ? 0 : 3;
    int gaps = random_between(random, 0, 1) == 0 ? 0 : (int)random_between(random, 1, 60);
    sla_target target = {.size = sizeof target, .cutoff = SLA_NO_CUTOFF};
    target.unit = random_between(random, 0, 1) == 0 ? SLA_UNIT_SECONDS : SLA_UNIT_WORKDAYS;
    target.amount = target.unit == SLA_UNIT_SECONDS ? random_between(random, 0, 30 * PLAN_DAY)
                                                    : random_between(random, 0, 12);
    for (size_t i = 0; i < ROWS; i++) {
        random_instant(random, days, center, &first[i], odd);
        if (question == ADD)
            random_sum(random, &second[i], odd);
        else
            random_instant(random, days, center, &second[i], odd);
        first[i].missing = random_between(random, 1, 100) <= gaps;
        second[i].missing = random_between(random, 1, 100) <= gaps / 4;
    }
    ask_question(calendar, question, &target, rows, random, first, second);
}

int main(int count, char **arguments)
{
    static struct oracle_days all[PLAN_CALENDARS];
    struct trial trial = trial_make(count, arguments, 20261127);
    long wanted = trial_questions(count, arguments, 100000);
    printf("1..3\n");
    for (int plans = 0; plans < PLANS && rows_asked < 2 * wanted; plans++) {
        struct plan plan;
        plan_random(&plan, &trial.clocks, &trial.random, -1);
        oracle_days_make(all, &plan, &trial.clocks);
        sla_policy *policy = trial_compile(&trial, &plan, all);
        for (int32_t i = 0; policy != NULL && i < plan.calendar_count; i++)
            for (int n = 0; n < BATCHES_A_CALENDAR; n++)
                ask(trial_calendar(policy, i), &all[i], plan.center, &trial.random);
        sla_policy_unref(policy);
        oracle_days_free(all, &plan);
    }
    bool fine = wrong == 0 && trial.wrong == 0;
    trial_free(&trial);
    printf("# %ld rows, %ld without an answer, %ld columns in place, %ld wrong\n", rows_asked,
           gaps_seen, in_place_asked, wrong);
    printf("%s 1 - every_row_of_columns_in_any_layout_has_the_answer_of_the_single_call\n",
           fine && rows_asked >= wanted ? "ok" : "not ok");
    printf("%s 2 - gaps_were_among_them\n", gaps_seen >= rows_asked / 20 ? "ok" : "not ok");
    printf("%s 3 - answers_in_the_place_of_inputs_were_among_them\n",
           in_place_asked > 10 ? "ok" : "not ok");
    return fine ? 0 : 1;
}
