/* SPDX-License-Identifier: MIT */
/* Plans on trial. */
#include "oracle_trial.h"

#include <sla/diag.h>
#include <stdio.h>
#include <stdlib.h>

struct trial trial_make(int count, char **arguments, uint64_t seed)
{
    struct trial trial = {.random = {count > 2 ? strtoull(arguments[2], NULL, 10) : seed}};
    const char *folder = count > 1 ? arguments[1] : ".";
    trial.shown = count > 4 ? strtol(arguments[4], NULL, 10) : 4;
    trial.clocks = wall_clocks_read(folder);
    snprintf(trial.zoneinfo, sizeof trial.zoneinfo, "%s/zoneinfo", folder);
    printf("# seed %llu\n", (unsigned long long)trial.random.state);
    return trial;
}

long trial_questions(int count, char **arguments, long usual)
{
    if (count > 3)
        return strtol(arguments[3], NULL, 10);
    return getenv("SLA_VALGRIND") == NULL ? usual : usual / 20;
}

void trial_free(struct trial *trial)
{
    wall_clocks_free(&trial->clocks);
}

static void print_policy(const char *text)
{
    for (const char *line = text; *line != '\0';) {
        int length = (int)strcspn(line, "\n");
        printf("#   %.*s\n", length, line);
        line += length + (line[length] == '\n');
    }
    fflush(stdout);
}

/* Compiles; `code` gets the number of the first error, or 0. */
static sla_policy *compile_plan(const struct trial *trial, const struct plan *plan, char *text,
                                char *message, uint32_t *code)
{
    sla_policy_options options = {.size = sizeof options};
    options.zoneinfo = (sla_text){trial->zoneinfo, SLA_NUL_TERMINATED};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    plan_write(plan, &trial->clocks, text, PLAN_TEXT_CAPACITY);
    sla_status status = sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, &diags);
    *code = 0;
    message[0] = '\0';
    for (size_t i = 0; status != SLA_OK && i < sla_diags_count(diags) && *code == 0; i++) {
        const sla_diag *diag = sla_diags_at(diags, i);
        if (diag->severity != SLA_DIAG_ERROR)
            continue;
        *code = diag->code;
        sla_diag_format(diag, message, 1000);
    }
    sla_diags_free(diags);
    return policy;
}

#define NEVER_OPEN 308u

sla_policy *trial_compile(struct trial *trial, const struct plan *plan,
                          const struct oracle_days *all)
{
    static char text[PLAN_TEXT_CAPACITY];
    char message[1000];
    uint32_t code;
    bool opens = true;
    for (int32_t i = 0; i < plan->calendar_count; i++)
        opens = opens && oracle_days_opens(&all[i]);
    sla_policy *policy = compile_plan(trial, plan, text, message, &code);
    if (policy != NULL && opens)
        return policy;
    if (policy != NULL || opens || code != NEVER_OPEN) {
        if (trial->wrong++ < trial->shown) {
            printf("# this policy %s:\n",
                   opens ? "is refused" : "has a calendar that never opens");
            print_policy(message);
            print_policy(text);
        }
    }
    sla_policy_unref(policy);
    return NULL;
}

const sla_calendar *trial_calendar(const sla_policy *policy, int32_t index)
{
    char name[20];
    snprintf(name, sizeof name, "c%d", index);
    return sla_policy_calendar(policy, name, SLA_NUL_TERMINATED);
}

static int64_t by_walk(const struct trial *trial, const struct plan *plan, int32_t index,
                       const struct oracle_question *question)
{
    struct oracle_walk walk;
    int64_t at = oracle_asks_date(question) ? question->at * PLAN_DAY : question->at;
    int64_t from = at - WALK_SECONDS / 2;
    from = from < 0 ? 0 : from;
    from = from > SLA_TIME_MAX - WALK_SECONDS ? SLA_TIME_MAX - WALK_SECONDS + 1 : from;
    oracle_walk_make(&walk, plan, &trial->clocks, index, from);
    int64_t answer = oracle_walk_answer(&walk, question);
    oracle_walk_free(&walk);
    return answer;
}

static int64_t by_days(const struct trial *trial, const struct plan *plan, int32_t index,
                       const struct oracle_question *question)
{
    static struct oracle_days all[PLAN_CALENDARS];
    int64_t answer = ORACLE_UNKNOWN;
    oracle_days_make(all, plan, &trial->clocks);
    if (oracle_days_opens(&all[index]))
        answer = oracle_days_answer(&all[index], question);
    oracle_days_free(all, plan);
    return answer;
}

static int64_t by_library(const struct trial *trial, const struct plan *plan, int32_t index,
                          const struct oracle_question *question)
{
    static char text[PLAN_TEXT_CAPACITY];
    char message[1000];
    uint32_t code;
    sla_policy *policy = compile_plan(trial, plan, text, message, &code);
    if (policy == NULL)
        return ORACLE_UNKNOWN;
    int64_t answer = oracle_library(trial_calendar(policy, index), question);
    sla_policy_unref(policy);
    return answer;
}

static int64_t answer_of(enum trial_side side, const struct trial *trial, const struct plan *plan,
                         int32_t index, const struct oracle_question *question)
{
    return side == BY_WALK   ? by_walk(trial, plan, index, question)
           : side == BY_DAYS ? by_days(trial, plan, index, question)
                             : by_library(trial, plan, index, question);
}

void trial_differ(struct trial *trial, const struct plan *plan, int32_t index,
                  const struct oracle_question *question, enum trial_side right,
                  enum trial_side other)
{
    static const char *const names[] = {"the walk", "the oracle of days", "the library"};
    static char text[PLAN_TEXT_CAPACITY];
    char asked[ORACLE_TEXT_CAPACITY], wanted[SLA_TIME_CAPACITY], got[SLA_TIME_CAPACITY];
    struct plan smallest = *plan;
    if (trial->wrong++ >= trial->shown)
        return;
    int64_t is[2] = {answer_of(right, trial, plan, index, question),
                     answer_of(other, trial, plan, index, question)};
    for (int step = 0; step < 1000;) {
        struct plan tried = smallest;
        if (!plan_simpler(&tried, index, step))
            break;
        step++;
        int64_t a = answer_of(right, trial, &tried, index, question);
        int64_t b = a == ORACLE_UNKNOWN ? a : answer_of(other, trial, &tried, index, question);
        if (a == b || b == ORACLE_UNKNOWN)
            continue;
        smallest = tried;
        is[0] = a;
        is[1] = b;
        step = 0;
    }
    oracle_question_text(question, asked);
    oracle_answer_text(question, is[0], wanted);
    oracle_answer_text(question, is[1], got);
    printf("# c%d %s: %s says %s, %s says %s\n", index, asked, names[right], wanted, names[other],
           got);
    plan_write(&smallest, &trial->clocks, text, sizeof text);
    print_policy(text);
}
