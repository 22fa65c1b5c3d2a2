/* SPDX-License-Identifier: MIT */
/* Property: every answer of a calendar, over any length between 1970 and 2199, is that of an oracle
 * which goes over all local dates; and the oracle's answers are those of a walk over every second.
 * The library is reached as its users reach it: by the text of a policy and the public functions.
 * Arguments: the folder of test data, a seed to try another run, and how many questions. */
#include "oracle_trial.h"

#include <stdio.h>

#define QUESTIONS_A_CALENDAR 500
#define PROOFS_A_WALK 200

static long questions; /* to the library */
static long proofs;    /* to the oracle of days itself */
static long calendars;

static void ask(struct trial *trial, const struct plan *plan, const struct oracle_days *days,
                int32_t index, const sla_calendar *calendar)
{
    for (int n = 0; n < QUESTIONS_A_CALENDAR; n++) {
        struct oracle_question question = oracle_ask(days, plan->center, &trial->random);
        int64_t wanted = oracle_days_answer(days, &question);
        if (wanted == ORACLE_UNKNOWN)
            continue;
        questions++;
        if (oracle_library(calendar, &question) != wanted)
            trial_differ(trial, plan, index, &question, BY_DAYS, BY_LIBRARY);
    }
}

static void prove(struct trial *trial, const struct plan *plan, const struct oracle_days *days,
                  int32_t index)
{
    struct oracle_walk walk;
    int64_t from = (int64_t)plan->center * PLAN_DAY - WALK_SECONDS / 2;
    from = from < 0 ? 0 : from;
    from = from > SLA_TIME_MAX - WALK_SECONDS ? SLA_TIME_MAX - WALK_SECONDS + 1 : from;
    oracle_walk_make(&walk, plan, &trial->clocks, index, from);
    for (int n = 0, asked = 0; asked < PROOFS_A_WALK && n < 20 * PROOFS_A_WALK; n++) {
        struct oracle_question question = oracle_ask(days, plan->center, &trial->random);
        int64_t wanted = oracle_walk_answer(&walk, &question);
        int64_t got = oracle_days_answer(days, &question);
        if (wanted == ORACLE_UNKNOWN || got == ORACLE_UNKNOWN)
            continue;
        asked++;
        proofs++;
        if (got != wanted)
            trial_differ(trial, plan, index, &question, BY_WALK, BY_DAYS);
    }
    oracle_walk_free(&walk);
}

int main(int count, char **arguments)
{
    static struct oracle_days all[PLAN_CALENDARS];
    struct trial trial = trial_make(count, arguments, 20261123);
    long wanted = trial_questions(count, arguments, 100000);
    long plans = 0;
    printf("1..2\n");
    for (; (questions < wanted || proofs < wanted / 10) && plans < wanted / 500 + 50; plans++) {
        struct plan plan;
        plan_random(&plan, &trial.clocks, &trial.random, -1);
        oracle_days_make(all, &plan, &trial.clocks);
        sla_policy *policy = trial_compile(&trial, &plan, all);
        for (int32_t i = 0; i < plan.calendar_count && policy != NULL; i++, calendars++)
            ask(&trial, &plan, &all[i], i, trial_calendar(policy, i));
        int32_t one = (int32_t)random_between(&trial.random, 0, plan.calendar_count - 1);
        if (oracle_days_opens(&all[one]))
            prove(&trial, &plan, &all[one], one);
        sla_policy_unref(policy);
        oracle_days_free(all, &plan);
    }
    trial_free(&trial);
    printf("# %ld questions to days and library, %ld to walk and days, %ld plans, %ld calendars, "
           "%ld wrong\n",
           questions, proofs, plans, calendars, trial.wrong);
    bool fine = trial.wrong == 0;
    printf("%s 1 - the_oracle_of_days_answers_as_the_walk_does\n",
           fine && proofs >= wanted / 10 ? "ok" : "not ok");
    printf("%s 2 - every_answer_is_that_of_the_oracle_of_days\n",
           fine && questions >= wanted ? "ok" : "not ok");
    return fine ? 0 : 1;
}
