/* SPDX-License-Identifier: MIT */
/* Counting clocks for the policy's goals. */
#include "replay_goals.h"

#include "replay_goals_report.h"

#include <stdlib.h>
#include <string.h>

struct goals *goals_new(const sla_policy *policy)
{
    sla_goal goal = {.size = sizeof goal};
    size_t count = 0;
    while (sla_policy_goal_at(policy, count, &goal))
        count++;
    if (count == 0)
        return NULL;
    struct goals *goals = get_memory(NULL, sizeof *goals);
    *goals = (struct goals){.policy = policy, .count = count};
    goals->tallies = get_memory(NULL, count * sizeof *goals->tallies);
    for (size_t i = 0; i < count; i++) {
        struct tally *tally = &goals->tallies[i];
        *tally = (struct tally){.goal = {.size = sizeof tally->goal}};
        sla_policy_goal_at(policy, i, &tally->goal);
    }
    return goals;
}

/* Most clocks have one of a few sets: each is kept once. */
static uint32_t number_of_set(struct goals *goals, const unsigned char *set)
{
    for (size_t i = 0; i < goals->set_count; i++)
        if (memcmp(goals->sets + i * goals->count, set, goals->count) == 0)
            return (uint32_t)i;
    goals->sets = get_memory(goals->sets, (goals->set_count + 1) * goals->count);
    memcpy(goals->sets + goals->set_count * goals->count, set, goals->count);
    return (uint32_t)goals->set_count++;
}

uint32_t goals_of_clock(struct goals *goals, const sla_engine *engine, const sla_clock *clock)
{
    if (goals == NULL)
        return NO_GOALS;
    unsigned char *set = get_memory(NULL, goals->count);
    for (size_t i = 0; i < goals->count; i++) {
        int32_t answer = sla_engine_goal(engine, i, clock);
        if (answer == SLA_ERROR_MEMORY) {
            complain("out of memory");
            exit(EXIT_USAGE);
        }
        set[i] = answer == 1;
    }
    uint32_t number = number_of_set(goals, set);
    free(set);
    return number;
}

/* The period in which the clock started; periods ascend, and most clocks come in order. */
static struct period *find_period(struct tally *tally, sla_time from, sla_time to)
{
    size_t at = tally->count;
    while (at > 0 && tally->periods[at - 1].from > from)
        at--;
    if (at > 0 && tally->periods[at - 1].from == from)
        return &tally->periods[at - 1];
    if (tally->count == tally->capacity) {
        tally->capacity = tally->capacity * 2 + 16;
        tally->periods = get_memory(tally->periods, tally->capacity * sizeof *tally->periods);
    }
    memmove(&tally->periods[at + 1], &tally->periods[at],
            (tally->count - at) * sizeof *tally->periods);
    tally->count++;
    tally->periods[at] = (struct period){.from = from, .to = to};
    return &tally->periods[at];
}

void goals_count(struct goals *goals, uint32_t set, const sla_clock *clock)
{
    if (goals == NULL || set == NO_GOALS || clock->state == SLA_CLOCK_CANCELLED ||
        clock->state == SLA_CLOCK_EXEMPT)
        return;
    for (size_t i = 0; i < goals->count; i++) {
        sla_time from, to;
        if (!goals->sets[set * goals->count + i])
            continue;
        if (sla_policy_goal_period(goals->policy, i, clock->started, &from, &to) != SLA_OK) {
            goals->without_period++;
            continue;
        }
        struct period *period = find_period(&goals->tallies[i], from, to);
        period->met += clock->state == SLA_CLOCK_MET;
        period->missed += clock->state == SLA_CLOCK_MISSED;
        if (clock->state == SLA_CLOCK_RUNNING || clock->state == SLA_CLOCK_PAUSED) {
            period->open++;
            period->breached += (clock->flags & SLA_CLOCK_BREACHED) != 0;
        }
    }
}

void goals_free(struct goals *goals)
{
    if (goals == NULL)
        return;
    for (size_t i = 0; i < goals->count; i++)
        free(goals->tallies[i].periods);
    free(goals->tallies);
    free(goals->sets);
    free(goals);
}
