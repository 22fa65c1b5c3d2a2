/* SPDX-License-Identifier: MIT */
/* Goals: what was promised, whom it concerns, and whether a count keeps it. */
#include "engine/goal.h"

#include "base/checked.h"
#include "base/structs.h"
#include "engine/work.h"
#include "time/civil.h"

#include <sla/goal.h>

#define COUNTS_MAX (UINT64_C(1) << 40) /* times SLA_GOAL_WHOLE is less than 2^63 */

static const struct goal *find_goal(const sla_policy *policy, size_t index)
{
    return policy != NULL && index < policy->goal_count ? &policy->goals[index] : NULL;
}

int32_t sla_policy_goal_at(const sla_policy *policy, size_t index, sla_goal *out_goal)
{
    const struct goal *goal = find_goal(policy, index);
    if (goal == NULL || out_goal == NULL)
        return 0;
    sla_goal made = {.size = sizeof made, .name = goal->name, .period = goal->period,
                     .rate = goal->rate, .kinds = goal->kinds, .line = goal->line,
                     .metric_count = goal->metrics.count,
                     .agreement_count = goal->agreements.count};
    return struct_write(out_goal, &made, sizeof made);
}

static uint32_t listed(const sla_policy *policy, struct range list, size_t index)
{
    return index < list.count ? policy->index_lists[list.first + index] : SLA_NO_INDEX;
}

uint32_t sla_policy_goal_metric(const sla_policy *policy, size_t goal, size_t index)
{
    const struct goal *found = find_goal(policy, goal);
    return found == NULL ? SLA_NO_INDEX : listed(policy, found->metrics, index);
}

uint32_t sla_policy_goal_agreement(const sla_policy *policy, size_t goal, size_t index)
{
    const struct goal *found = find_goal(policy, goal);
    return found == NULL ? SLA_NO_INDEX : listed(policy, found->agreements, index);
}

static bool has(const sla_policy *policy, struct range list, uint32_t wanted)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (policy->index_lists[list.first + i] == wanted)
            return true;
    return list.count == 0; /* none are named: all are meant */
}

bool goal_is_for(const sla_policy *policy, const struct goal *goal, uint32_t metric, uint32_t kind,
                 uint32_t agreement)
{
    return has(policy, goal->metrics, metric) && has(policy, goal->agreements, agreement) &&
           (goal->kinds == 0 || (goal->kinds & 1u << kind) != 0);
}

int32_t sla_engine_goal(const sla_engine *engine, size_t goal, const sla_clock *given)
{
    sla_clock clock;
    sla_text incident, agreement;
    const struct goal *found = engine == NULL ? NULL : find_goal(engine->policy, goal);
    if (found == NULL || given == NULL || !struct_read(given, &clock, sizeof clock) ||
        !text_from_api(clock.incident.data, clock.incident.length, &incident) ||
        !text_from_api(clock.agreement.data, clock.agreement.length, &agreement))
        return SLA_ERROR_ARGUMENT;
    const sla_policy *policy = engine->policy;
    uint32_t number = policy_find_agreement(policy, agreement);
    if (number == INDEX_NONE || clock.metric_index >= policy->metric_count ||
        !goal_is_for(policy, found, clock.metric_index, clock.kind, number))
        return incidents_find(&engine->incidents, incident) == INDEX_NONE ? SLA_ERROR_NOT_FOUND
                                                                          : 0;
    struct looked looked;
    sla_status status = engine_look(engine, incident, &looked);
    if (status != SLA_OK)
        return status;
    bool holds = condition_holds(&looked.facts, found->condition);
    engine_look_away(engine, &looked);
    return holds;
}

/* The first date of the period in which a date lies, and of the one after it. */
static void period_dates(uint32_t period, sla_date date, sla_date *out_from, sla_date *out_to)
{
    struct civil civil = civil_from_date(date);
    int32_t months = period == SLA_PERIOD_MONTH ? 1 : period == SLA_PERIOD_QUARTER ? 3 : 12;
    if (period == SLA_PERIOD_DAY || period == SLA_PERIOD_WEEK) {
        *out_from = period == SLA_PERIOD_DAY ? date : date - weekday_of(date);
        *out_to = *out_from + (period == SLA_PERIOD_DAY ? 1 : 7);
        return;
    }
    int32_t month = (civil.month - 1) / months * months + 1;
    *out_from = civil_to_date(civil.year, month, 1);
    *out_to = month + months > 12 ? civil_to_date(civil.year + 1, 1, 1)
                                  : civil_to_date(civil.year, month + months, 1);
}

sla_status sla_policy_goal_period(const sla_policy *policy, size_t goal, sla_time at,
                                  sla_time *out_from, sla_time *out_to)
{
    const struct goal *found = find_goal(policy, goal);
    int32_t second;
    sla_date first, next;
    if (found == NULL || out_from == NULL || out_to == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    period_dates(found->period, zone_date(policy->zone, at, &second), &first, &next);
    sla_time from = zone_instant(policy->zone, first, 0);
    sla_time to = zone_instant(policy->zone, next, 0);
    if (at >= to) { /* clocks went back over midnight: the period has begun before */
        period_dates(found->period, next, &first, &next);
        from = to;
        to = zone_instant(policy->zone, next, 0);
    }
    if (!time_in_range(from) || !time_in_range(to))
        return SLA_ERROR_RANGE;
    *out_from = from;
    *out_to = to;
    return SLA_OK;
}

uint32_t sla_goal_judge(uint32_t rate, uint64_t met, uint64_t missed, uint64_t open)
{
    if (met > COUNTS_MAX || missed > COUNTS_MAX || open > COUNTS_MAX)
        return SLA_GOAL_UNDECIDED;
    uint64_t total = met + missed + open;
    if (total == 0 || total > COUNTS_MAX || rate > SLA_GOAL_WHOLE)
        return SLA_GOAL_UNDECIDED;
    if (met * SLA_GOAL_WHOLE >= total * rate)
        return SLA_GOAL_KEPT;
    if ((met + open) * SLA_GOAL_WHOLE < total * rate)
        return SLA_GOAL_BROKEN;
    return SLA_GOAL_UNDECIDED;
}
