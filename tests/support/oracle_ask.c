/* SPDX-License-Identifier: MIT */
/* Random questions. */
#include "oracle_ask.h"

static int64_t opening_or_closing(const struct oracle_days *days, int64_t at,
                                  struct random *random)
{
    const struct line *open = &days->open;
    int64_t i = (int64_t)line_find(open, at) + random_between(random, -60, 60);
    if (i < 0 || i >= (int64_t)open->count)
        return at;
    return random_between(random, 0, 1) == 0 ? open->items[i].from : open->items[i].to;
}

static int64_t any(struct random *random)
{
    return random_between(random, SLA_TIME_MIN, SLA_TIME_MAX);
}

int64_t oracle_moment(const struct oracle_days *days, int32_t center, struct random *random)
{
    const struct wall_clock *clock = days->clock;
    int64_t middle = (int64_t)center * PLAN_DAY;
    int64_t at = middle + random_between(random, -30 * PLAN_DAY, 30 * PLAN_DAY);
    switch (random_between(random, 0, 9)) {
    case 0:
    case 1:
    case 2:
        at = opening_or_closing(days, middle, random);
        break;
    case 3:
        at = opening_or_closing(days, any(random), random);
        break;
    case 4:
        if (clock->count > 1)
            at = clock->changes[random_between(random, 1, (int64_t)clock->count - 1)].at;
        at += random_between(random, -3, 3) * 3600;
        break;
    case 5: /* a midnight near the center, or of New Year */
        at = random_between(random, 0, 1) == 0
                 ? middle + random_between(random, -25, 25) * PLAN_DAY
                 : (int64_t)oracle_date_of((int32_t)random_between(random, 1970, 2199), 1, 1) *
                       PLAN_DAY;
        at = oracle_instant(clock, at);
        break;
    case 6:
        if (days->rules.closure_count > 0) {
            struct oracle_closure closure =
                days->rules.closures[random_between(random, 0, days->rules.closure_count - 1)];
            at = random_between(random, 0, 1) == 0 ? closure.from : closure.to;
        }
        break;
    case 7:
        at = any(random);
        if (random_between(random, 0, 4) == 0)
            at = random_between(random, 0, 1) == 0
                     ? SLA_TIME_MIN + random_between(random, 0, 2 * PLAN_DAY)
                     : SLA_TIME_MAX - random_between(random, 0, 2 * PLAN_DAY);
        break;
    default:
        break;
    }
    if (random_between(random, 0, 1) == 0)
        at += random_between(random, -1, 1);
    if (random_between(random, 0, 199) == 0)
        return random_between(random, 0, 1) == 0 ? SLA_TIME_MIN : SLA_TIME_MAX;
    if (random_between(random, 0, 999) == 0)
        return random_between(random, 0, 1) == 0 ? SLA_TIME_MIN - 1 : SLA_TIME_MAX + 1;
    return oracle_in_range(at) ? at : any(random);
}

/* Sums that end at a moment exactly, or next to it, and sums that end anywhere. */
static int64_t random_sum(const struct oracle_days *days, int64_t at, int32_t center,
                          struct random *random)
{
    int64_t other = oracle_moment(days, center, random);
    int64_t sum = line_before(&days->open, other) - line_before(&days->open, at);
    if (random_between(random, 0, 3) == 0)
        sum += random_between(random, -1, 1);
    if (random_between(random, 0, 5) == 0)
        sum = random_between(random, -40 * 3600, 400 * 3600);
    return random_between(random, 0, 20) == 0 ? 0 : sum;
}

static uint32_t time_of_day(const struct oracle_days *days, int64_t at, struct random *random)
{
    int64_t local = oracle_local(days->clock, at);
    int64_t time = local - (int64_t)oracle_floor_day(local) * PLAN_DAY;
    if (random_between(random, 0, 2) == 0)
        time = random_between(random, 0, 96) * 900;
    if (random_between(random, 0, 2) == 0)
        time += random_between(random, -1, 1);
    return (uint32_t)(time < 0 ? 0 : time > PLAN_DAY - 1 ? PLAN_DAY - 1 : time);
}

static void ask_due(struct oracle_question *question, const struct oracle_days *days,
                    int32_t center, struct random *random)
{
    bool always = days->open.count == 1;
    question->unit = random_between(random, 0, 9) > 0 ? SLA_UNIT_WORKDAYS : SLA_UNIT_SECONDS;
    if (random_between(random, 0, always ? 1 : 99) == 0)
        question->unit = SLA_UNIT_DAYS;
    if (question->unit == SLA_UNIT_SECONDS) {
        question->with = random_sum(days, question->at, center, random);
        question->with = question->with < 0 ? -question->with : question->with;
        return;
    }
    question->with = random_between(random, 0, 4);
    if (random_between(random, 0, 3) == 0)
        question->with = random_between(random, 0, 40);
    if (random_between(random, 0, 99) == 0)
        question->with = random_between(random, 0, 800);
    if (question->unit == SLA_UNIT_DAYS)
        return;
    question->due = (uint32_t)random_between(random, SLA_DUE_SAME_TIME, SLA_DUE_TIME);
    int64_t other = oracle_moment(days, center, random);
    if (question->due == SLA_DUE_TIME)
        question->due_time = time_of_day(days, oracle_in_range(other) ? other : 0, random);
    if (random_between(random, 0, 1) == 0 && oracle_in_range(question->at))
        question->cutoff = time_of_day(days, question->at, random);
}

static void ask_day(struct oracle_question *question, const struct oracle_days *days,
                    struct random *random)
{
    question->at = oracle_local_date(days->clock, question->at) + random_between(random, -1, 1);
    question->with = random_between(random, 0, 9);
    if (question->with >= ASK_DAY_STRETCH)
        question->with = ASK_DAY_STRETCH + random_between(random, 0, 7);
    if (random_between(random, 0, 1) == 0)
        return;
    question->ask = (enum oracle_ask)random_between(random, ASK_IS_WORKDAY, ASK_ADD_WORKDAYS);
    question->with = 0;
    if (question->ask == ASK_WORKDAYS)
        question->with = random_between(random, 0, 3) == 0
                             ? random_between(random, 2, 84003)
                             : question->at + random_between(random, -200, 200);
    if (question->ask == ASK_ADD_WORKDAYS)
        question->with = random_between(random, -30, 30);
}

struct oracle_question oracle_ask(const struct oracle_days *days, int32_t center,
                                  struct random *random)
{
    static const enum oracle_ask asks[] = {
        ASK_ELAPSED, ASK_ELAPSED,   ASK_ELAPSED,    ASK_ADD, ASK_ADD, ASK_ADD, ASK_ADD,
        ASK_IS_OPEN, ASK_NEXT_OPEN, ASK_NEXT_CLOSE, ASK_DUE, ASK_DUE, ASK_DAY, ASK_DAY,
        ASK_PROVISIONAL,
    };
    struct oracle_question question = {.cutoff = SLA_NO_CUTOFF};
    question.ask = asks[random_between(random, 0, sizeof asks / sizeof *asks - 1)];
    question.at = oracle_moment(days, center, random);
    if (question.ask == ASK_ELAPSED)
        question.with = oracle_moment(days, center, random);
    if (question.ask == ASK_ADD)
        question.with = random_sum(days, question.at, center, random);
    if (question.ask == ASK_DUE)
        ask_due(&question, days, center, random);
    if (question.ask == ASK_DAY)
        ask_day(&question, days, random);
    /* The data ends at a midnight: ask on both sides of it. */
    if (question.ask == ASK_PROVISIONAL && days->through_count > 0 &&
        random_between(random, 0, 1) == 0) {
        const struct oracle_through *through =
            &days->through[random_between(random, 0, days->through_count - 1)];
        question.at = oracle_instant(through->clock, ((int64_t)through->date + 1) * PLAN_DAY) +
                      random_between(random, -1, 1);
    }
    return question;
}
