/* SPDX-License-Identifier: MIT */
/* Property: the laws that hold of every calendar, whatever its hours (C4, C5, C7, C9). No oracle
 * has a say here; it only helps to find instants that are worth asking about.
 * Arguments: the folder of test data, a seed to try another run, and rounds of questions. */
#include "oracle_trial.h"

#include <stdio.h>
#include <stdlib.h>

#define PLANS 60

enum law {
    EXACT_FORWARDS,
    EXACT_BACKWARDS,
    MONOTONE,
    ADDITIVE,
    INVERSE,
    SIGNED,
    ANSWERS_AGREE,
    DAYS_SUM_UP,
    SET_ARITHMETIC,
    LAWS
};
static const char *const names[LAWS] = {
    "elapsed_to_the_sum_is_what_was_added_and_nothing_earlier_will_do",
    "elapsed_from_a_negative_sum_is_what_was_taken_and_nothing_later_will_do",
    "a_later_start_or_a_larger_sum_is_never_due_earlier",
    "a_sum_in_two_steps_is_due_when_the_whole_sum_is",
    "taking_back_what_was_added_loses_no_counted_time",
    "elapsed_changes_its_sign_with_the_direction_and_adds_up_over_a_third_instant",
    "openings_and_closings_agree_with_what_is_open",
    "the_days_of_a_calendar_sum_up_to_what_elapses",
    "union_intersection_and_complement_are_those_of_sets",
};

static long asked[LAWS];
static long broken[LAWS];

static void hold(enum law law, bool holds, int64_t a, int64_t b, int64_t c)
{
    asked[law]++;
    if (!holds && broken[law]++ < 3)
        printf("# %s: %lld %lld %lld\n", names[law], (long long)a, (long long)b, (long long)c);
}

/* Elapsed counted time, of instants that are in range. */
static int64_t elapsed(const sla_calendar *calendar, int64_t from, int64_t to)
{
    int64_t sum = INT64_MIN;
    sla_calendar_elapsed(calendar, from, to, &sum);
    return sum;
}

/* C5; -1 where the answer lies outside of 1970..2199. */
static int64_t add(const sla_calendar *calendar, int64_t from, int64_t sum)
{
    int64_t at = -1;
    return sla_calendar_add(calendar, from, sum, &at) == SLA_OK ? at : -1;
}

static void ask_sums(const sla_calendar *calendar, int64_t a, int64_t b, int64_t n, int64_t m)
{
    int64_t t = add(calendar, a, n);
    int64_t back = add(calendar, a, -n);
    if (t >= 0 && n > 0) {
        hold(EXACT_FORWARDS, t > a && elapsed(calendar, a, t) == n, a, n, t);
        hold(EXACT_FORWARDS, elapsed(calendar, a, t - 1) == n - 1, a, n, t);
        int64_t again = add(calendar, t, -n);
        hold(INVERSE, again >= a && elapsed(calendar, a, again) == 0, a, n, again);
    }
    if (back >= 0 && n > 0) {
        hold(EXACT_BACKWARDS, back < a && elapsed(calendar, back, a) == n, a, n, back);
        hold(EXACT_BACKWARDS, elapsed(calendar, back + 1, a) == n - 1, a, n, back);
        int64_t again = add(calendar, back, n);
        hold(INVERSE, again <= a && elapsed(calendar, again, a) == 0, a, n, again);
    }
    hold(EXACT_FORWARDS, add(calendar, a, 0) == a, a, 0, 0);
    int64_t both = add(calendar, a, n + m);
    if (t >= 0) {
        hold(ADDITIVE, add(calendar, t, m) == both, a, n, m);
        hold(MONOTONE, both < 0 || both >= t, a, n, m);
        int64_t from_b = add(calendar, b, n);
        hold(MONOTONE, from_b < 0 || (a <= b ? t <= from_b : t >= from_b), a, b, n);
    }
    if (back >= 0)
        hold(ADDITIVE, add(calendar, back, -m) == add(calendar, a, -n - m), a, -n, -m);
}

static void ask_instants(const sla_calendar *calendar, int64_t a, int64_t b, int64_t c)
{
    int64_t whole = elapsed(calendar, a, c);
    int64_t at = -1;
    hold(SIGNED, elapsed(calendar, c, a) == -whole, a, c, 0);
    hold(SIGNED, elapsed(calendar, a, b) + elapsed(calendar, b, c) == whole, a, b, c);
    hold(SIGNED, a > c ? whole <= 0 && whole >= c - a : whole >= 0 && whole <= c - a, a, c, 0);
    int32_t open = sla_calendar_is_open(calendar, a);
    if (a < SLA_TIME_MAX)
        hold(ANSWERS_AGREE, elapsed(calendar, a, a + 1) == open, a, open, 0);
    if (sla_calendar_next_open(calendar, a, &at) == SLA_OK) {
        hold(ANSWERS_AGREE, at >= a && sla_calendar_is_open(calendar, at) == 1, a, at, 0);
        hold(ANSWERS_AGREE, elapsed(calendar, a, at) == 0 && (at == a) == open, a, at, 0);
    }
    if (sla_calendar_next_close(calendar, a, &at) == SLA_OK) {
        hold(ANSWERS_AGREE, at >= a && sla_calendar_is_open(calendar, at) == 0, a, at, 0);
        hold(ANSWERS_AGREE, elapsed(calendar, a, at) == at - a && (at > a) == open, a, at, 0);
    }
}

static void ask_days(const sla_calendar *calendar, int64_t a, int64_t n)
{
    sla_day day = {.size = sizeof day};
    sla_stretch stretches[64];
    sla_date date = 0, found = 0;
    int64_t sum = 0, count = 0;
    if (sla_calendar_date(calendar, a, &date) != SLA_OK || date < 40 || date > 83900)
        return;
    sla_calendar_day(calendar, date, &day, stretches, 64);
    for (size_t i = 0; i < day.stretch_count; i++) {
        sum += elapsed(calendar, stretches[i].open, stretches[i].close);
        hold(DAYS_SUM_UP, stretches[i].open < stretches[i].close, date, (int64_t)i, 0);
    }
    hold(DAYS_SUM_UP, sum == day.open, date, sum, day.open);
    hold(DAYS_SUM_UP, sla_calendar_is_workday(calendar, date) == (day.open > 0), date, 0, 0);
    if (sla_calendar_add_workdays(calendar, date, n, &found) != SLA_OK)
        return;
    sla_calendar_workdays(calendar, date + 1, found + 1, &count);
    hold(DAYS_SUM_UP, count == n && (n == 0 || sla_calendar_is_workday(calendar, found) == 1),
         date, n, found);
}

/* c2, c3 and c4 are the intersection, the union and what is outside of the union of c0 and c1. */
static void ask_sets(const sla_policy *policy, int64_t from, int64_t to)
{
    int64_t is[5], open[5];
    for (int i = 0; i < 5; i++) {
        const sla_calendar *calendar = trial_calendar(policy, i);
        is[i] = elapsed(calendar, from, to);
        open[i] = sla_calendar_is_open(calendar, from);
    }
    hold(SET_ARITHMETIC, open[2] == (open[0] && open[1]), from, 0, 0);
    hold(SET_ARITHMETIC, open[3] == (open[0] || open[1]), from, 0, 0);
    hold(SET_ARITHMETIC, open[4] == !open[3], from, 0, 0);
    hold(SET_ARITHMETIC, is[2] + is[3] == is[0] + is[1], from, to, is[2]);
    hold(SET_ARITHMETIC, is[3] + is[4] == to - from, from, to, is[3]);
}

static void try_plan(struct trial *trial, long rounds)
{
    static struct oracle_days all[PLAN_CALENDARS];
    struct plan plan;
    struct random *random = &trial->random;
    do
        plan_random(&plan, &trial->clocks, random, -1);
    while (plan.calendar_count < 2);
    for (int32_t i = 2; i < 5; i++)
        plan.calendars[i] = (struct plan_calendar){
            .zone = -1, .extends = -1, .algebra = PLAN_ALL_OF + i - 2,
            .members = {0, 1}, .member_count = 2};
    plan.calendar_count = 5;
    oracle_days_make(all, &plan, &trial->clocks);
    sla_policy *policy = trial_compile(trial, &plan, all);
    for (long n = 0; policy != NULL && n < rounds; n++) {
        int32_t i = (int32_t)random_between(random, 0, 4);
        const sla_calendar *calendar = trial_calendar(policy, i);
        int64_t at[3];
        for (int k = 0; k < 3; k++)
            do
                at[k] = oracle_moment(&all[i], plan.center, random);
            while (!oracle_in_range(at[k]));
        int64_t sum = llabs(elapsed(calendar, at[0], at[1]));
        int64_t more = random_between(random, 0, 1) == 0 ? llabs(elapsed(calendar, at[1], at[2]))
                                                         : random_between(random, 0, 100000);
        ask_sums(calendar, at[0], at[2], sum, more);
        ask_instants(calendar, at[0], at[1], at[2]);
        ask_days(calendar, at[0], random_between(random, 0, 30));
        ask_sets(policy, at[0], at[1]);
    }
    sla_policy_unref(policy);
    oracle_days_free(all, &plan);
}

int main(int count, char **arguments)
{
    struct trial trial = trial_make(count, arguments, 20261124);
    long rounds = trial_questions(count, arguments, 15000) / PLANS;
    bool fine = true;
    printf("1..%d\n", LAWS);
    for (int n = 0; n < PLANS; n++)
        try_plan(&trial, rounds);
    for (int law = 0; law < LAWS; law++) {
        bool holds = broken[law] == 0 && asked[law] >= rounds * PLANS / 2 && trial.wrong == 0;
        printf("%s %d - %s\n# asked %ld times, broken %ld times\n", holds ? "ok" : "not ok",
               law + 1, names[law], asked[law], broken[law]);
        fine = fine && holds;
    }
    trial_free(&trial);
    return fine ? 0 : 1;
}
