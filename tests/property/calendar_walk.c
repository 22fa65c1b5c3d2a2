/* SPDX-License-Identifier: MIT */
/* Property: every answer of a calendar is that of a walk over every second (C1 to C5, C7, C9, D2),
 * in spans of up to 14 days, in every frozen zone.
 * Arguments: the folder of test data, a seed to try another run, and how many questions. */
#include "oracle_trial.h"

#include <stdio.h>

#define QUESTIONS_A_WALK 600

static long questions;

/* Moves a question into the walk, with sums that end at its moments. */
static void move_in(struct oracle_question *question, const struct oracle_walk *walk,
                    struct random *random)
{
    if (oracle_asks_date(question)) {
        question->at = walk->date[random_between(random, 0, WALK_SECONDS - 1)];
        return;
    }
    if (question->ask == ASK_DUE && random_between(random, 0, 3) > 0) {
        question->unit = SLA_UNIT_SECONDS; /* the walk is slow to find a working day */
        question->due = SLA_DUE_SAME_TIME;
        question->cutoff = SLA_NO_CUTOFF;
    }
    int64_t other = oracle_walk_moment(walk, random);
    question->at = oracle_walk_moment(walk, random);
    if (question->ask == ASK_ELAPSED)
        question->with = other;
    bool is_sum = question->ask == ASK_ADD ||
                  (question->ask == ASK_DUE && question->unit == SLA_UNIT_SECONDS);
    if (is_sum)
        question->with = walk->before[other - walk->from] - walk->before[question->at - walk->from];
    if (is_sum && random_between(random, 0, 3) == 0)
        question->with += random_between(random, -1, 1);
    if (question->ask == ASK_DUE) /* no target is negative */
        question->with = question->with < 0 ? -question->with : question->with;
}

/* The zones take turns, so that each is asked about. */
static void try_plan(struct trial *trial, long turn)
{
    static struct oracle_days all[PLAN_CALENDARS];
    struct plan plan;
    struct oracle_walk walk;
    plan_random(&plan, &trial->clocks, &trial->random,
                (int32_t)(turn % (long)trial->clocks.count));
    int32_t index = (int32_t)random_between(&trial->random, 0, plan.calendar_count - 1);
    oracle_days_make(all, &plan, &trial->clocks);
    sla_policy *policy = trial_compile(trial, &plan, all);
    int64_t from = (int64_t)plan.center - random_between(&trial->random, 1, 13);
    from *= PLAN_DAY;
    from = from < 0 ? 0 : from;
    from = from > SLA_TIME_MAX - WALK_SECONDS ? SLA_TIME_MAX - WALK_SECONDS + 1 : from;
    if (policy != NULL) {
        oracle_walk_make(&walk, &plan, &trial->clocks, index, from);
        for (int n = 0; n < QUESTIONS_A_WALK; n++) {
            struct oracle_question question = oracle_ask(&all[index], plan.center, &trial->random);
            move_in(&question, &walk, &trial->random);
            int64_t wanted = oracle_walk_answer(&walk, &question);
            if (wanted == ORACLE_UNKNOWN)
                continue;
            questions++;
            if (oracle_library(trial_calendar(policy, index), &question) != wanted)
                trial_differ(trial, &plan, index, &question, BY_WALK, BY_LIBRARY);
        }
        oracle_walk_free(&walk);
    }
    sla_policy_unref(policy);
    oracle_days_free(all, &plan);
}

int main(int count, char **arguments)
{
    struct trial trial = trial_make(count, arguments, 20261122);
    long wanted = trial_questions(count, arguments, 50000);
    long turns = 0;
    printf("1..1\n");
    while (questions < wanted && turns < wanted)
        try_plan(&trial, turns++);
    bool fine = trial.wrong == 0 && questions >= wanted &&
                turns >= (wanted < 50000 ? 1 : (long)trial.clocks.count);
    trial_free(&trial);
    printf("# %ld questions to walk and library, %ld plans, %ld wrong\n", questions, turns,
           trial.wrong);
    printf("%s 1 - every_answer_is_that_of_a_walk_over_every_second\n", fine ? "ok" : "not ok");
    return fine ? 0 : 1;
}
