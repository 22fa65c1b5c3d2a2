/* SPDX-License-Identifier: MIT */
/* Property: every answer of a calendar, over any length between 1970 and 2199, is that of a slow
 * model that goes day by day; and the model's answers are those of a walk over every second.
 * Arguments: the folder of test data, and a seed to try another run. */
#include "slow_calendar.h"
#include "time/calendar.h"

#include <stdio.h>
#include <stdlib.h>

#define DAY 86400
#define SPAN (14 * DAY)
#define CALENDARS 110
#define QUESTIONS_A_CALENDAR 190 /* of six each */

static long proved;    /* questions answered by model and walk */
static long questions; /* questions answered by model and calendar */
static long wrong;

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

/* The model against the walk, around a change of the clocks. */
static void prove_model(const struct model *model, struct random *random)
{
    const struct wall_clock *clock = model->clock;
    int64_t from = random_between(random, 20 * DAY, SLA_TIME_MAX - 20 * DAY);
    if (clock->count > 1)
        from = clock->changes[random_between(random, 1, (int64_t)clock->count - 1)].at - 5 * DAY;
    if (from < 0)
        from = 0;
    struct walk walk;
    walk_make(&walk, model->rules, clock, from, from + SPAN);
    for (int n = 0; n < 40; n++) {
        int64_t i = random_between(random, 0, SPAN - 1);
        int64_t k = random_between(random, 0, SPAN);
        int64_t at;
        compare("model elapsed", clock->name, from + i, from + k,
                (int64_t)walk.before[k] - (int64_t)walk.before[i],
                model_elapsed(model, from + i, from + k));
        compare("model is_open", clock->name, from + i, 0, walk.open[i],
                model_is_open(model, from + i));
        /* next_open, next_close and add, as far as the walk reaches */
        for (int64_t j = i; j < SPAN; j++) {
            if (walk.open[j]) {
                bool found = model_next_open(model, from + i, &at);
                compare("model next_open", clock->name, from + i, 0, from + j, found ? at : -1);
                break;
            }
        }
        for (int64_t j = i; j < SPAN; j++) {
            if (!walk.open[j]) {
                bool found = model_next_close(model, from + i, &at);
                compare("model next_close", clock->name, from + i, 0, from + j, found ? at : -1);
                break;
            }
        }
        int64_t sum = (int64_t)walk.before[k] - (int64_t)walk.before[i];
        int64_t j = i; /* the earliest, or latest, instant with that sum */
        while (sum > 0 && (int64_t)walk.before[j] - (int64_t)walk.before[i] < sum)
            j++;
        while (sum < 0 && (int64_t)walk.before[i] - (int64_t)walk.before[j] < -sum)
            j--;
        compare("model add", clock->name, from + i, sum, from + j,
                model_add(model, from + i, sum, &at) ? at : -1);
        proved += 5;
    }
    walk_free(&walk);
}

static void ask(const sla_calendar *calendar, const struct model *model, struct random *random)
{
    const char *zone = model->clock->name;
    int64_t from = random_between(random, SLA_TIME_MIN, SLA_TIME_MAX);
    int64_t to = random_between(random, SLA_TIME_MIN, SLA_TIME_MAX);
    if (random_between(random, 0, 1) == 0) { /* near, and near the exceptions */
        from = (int64_t)model->rules->exceptions[0].date * DAY;
        from += random_between(random, -30, 30) * DAY;
        from += random_between(random, 0, DAY);
        from = from < SLA_TIME_MIN || from > SLA_TIME_MAX ? 0 : from;
        to = from + random_between(random, -90 * DAY, 90 * DAY);
        to = to < SLA_TIME_MIN || to > SLA_TIME_MAX ? from : to;
    }
    int64_t sum = model_elapsed(model, from, to);
    int64_t at;
    sla_time got;
    compare("elapsed", zone, from, to, sum, calendar_elapsed(calendar, from, to));
    compare("is_open", zone, from, 0, model_is_open(model, from),
            calendar_is_open(calendar, from));
    for (int n = 0; n < 2; n++) {
        bool found = model_add(model, from, sum, &at);
        sla_status status = calendar_add(calendar, from, sum, &got);
        compare("add", zone, from, sum, found ? at : -1, status == SLA_OK ? got : -1);
        sum += random_between(random, -10 * DAY, 10 * DAY); /* and sums that end anywhere */
    }
    bool found = model_next_open(model, from, &at);
    sla_status status = calendar_next_open(calendar, from, &got);
    compare("next_open", zone, from, 0, found ? at : -1, status == SLA_OK ? got : -1);
    found = model_next_close(model, from, &at);
    status = calendar_next_close(calendar, from, &got);
    compare("next_close", zone, from, 0, found ? at : -1, status == SLA_OK ? got : -1);
    questions += 6;
}

/* Working days are the dates with an open second: counted one by one (C7). */
static void ask_workdays(const sla_calendar *calendar, const struct model *model,
                         struct random *random)
{
    for (int n = 0; n < 20; n++) {
        sla_date date = (sla_date)random_between(random, 3, DATE_MAX - 300);
        if (n < 10 && model->rules->exception_count > 0)
            date = model->rules->exceptions[0].date + (sla_date)random_between(random, -20, 20);
        if (n >= 10 && n < 15 && model->clock->count > 1)
            date = (sla_date)(model->clock->changes[1 + n % (model->clock->count - 1)].at / DAY);
        if (date < 3)
            date = 3;
        int64_t wanted = random_between(random, 1, 30);
        sla_date expected = date;
        for (int64_t left = wanted; left > 0 && expected < DATE_MAX;)
            left -= model_open_of_date(model, ++expected) > 0;
        sla_date got;
        if (expected >= DATE_MAX)
            continue;
        sla_status status = calendar_add_workdays(calendar, date, wanted, &got);
        compare("add_workdays", model->clock->name, date, wanted, expected,
                status == SLA_OK ? got : INT32_MIN);
        compare("is_workday", model->clock->name, date, 0, model_open_of_date(model, date) > 0,
                calendar_is_workday(calendar, date));
        sla_date back = expected;
        for (int64_t left = wanted; left > 0 && back > 0;)
            left -= model_open_of_date(model, --back) > 0;
        if (back > 0) {
            status = calendar_add_workdays(calendar, expected, -wanted, &got);
            compare("add_workdays", model->clock->name, expected, -wanted, back,
                    status == SLA_OK ? got : INT32_MIN);
        }
        questions += 3;
    }
}

int main(int count, char **arguments)
{
    char path[4096];
    const char *folder = count > 1 ? arguments[1] : ".";
    struct random random = {count > 2 ? strtoull(arguments[2], NULL, 10) : 20261123};
    printf("1..2\n# seed %llu\n", (unsigned long long)random.state);
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
        struct model model;
        model_make(&model, &made.rules, clock);
        if (i % 2 == 0)
            prove_model(&model, &random);
        sla_calendar *calendar;
        sla_status status = calendar_compile(&arena, &made.rules, &calendar);
        compare("compile", clock->name, 0, 0, SLA_OK, status);
        for (int n = 0; status == SLA_OK && n < QUESTIONS_A_CALENDAR; n++)
            ask(calendar, &model, &random);
        if (status == SLA_OK)
            ask_workdays(calendar, &model, &random);
        model_free(&model);
        arena_free(&arena);
    }
    wall_clocks_free(&clocks);
    printf("# %ld questions to model and walk, %ld to model and calendar, %ld wrong\n", proved,
           questions, wrong);
    bool fine = wrong == 0;
    printf("%s 1 - the_model_goes_day_by_day_as_the_walk_does\n",
           fine && proved >= 10000 ? "ok" : "not ok");
    printf("%s 2 - every_answer_is_that_of_the_model\n",
           fine && questions >= 100000 ? "ok" : "not ok");
    return fine ? 0 : 1;
}
