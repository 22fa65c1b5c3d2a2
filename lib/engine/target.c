/* SPDX-License-Identifier: MIT */
/* Targets: finding the agreement, the row and the amount, and resolving it to a deadline. */
#include "engine/target.h"

#include "base/checked.h"
#include "engine/match.h"
#include "time/instant.h"

/* An agreement's dates look at the local date of opening in the policy's zone. */
static bool agreement_is_in_force(const struct facts *facts, const struct agreement *agreement)
{
    int32_t second;
    if (!agreement->has_from && !agreement->has_until)
        return true;
    sla_date date = zone_date(facts->policy->zone, facts->opened_at, &second);
    return (!agreement->has_from || date >= agreement->from) &&
           (!agreement->has_until || date <= agreement->until);
}

static uint32_t choose_calendar(const struct facts *facts, uint32_t choice_index)
{
    const struct calendar_choice *choice = &facts->policy->calendar_choices[choice_index];
    return choice->is_table ? table_choose(facts, &choice->table) : choice->calendar;
}

/* D6: the instant in the attribute, if it is there and can be read. */
static bool read_agreed(const struct facts *facts, uint32_t slot_index, sla_time *out_at)
{
    const struct slot *slot = &facts->slots[slot_index];
    return slot->present && instant_parse(slot->text, facts->policy->zone, out_at) == SLA_OK &&
           time_in_range(*out_at);
}

/* Follows tables down to a target; fills `promise` if one is promised. */
static void resolve(const struct facts *facts, uint32_t rule_index, struct promise *promise)
{
    const sla_policy *policy = facts->policy;
    while (rule_index != INDEX_NONE && policy->target_rules[rule_index].type == TARGET_TABLE)
        rule_index = table_choose(facts, &policy->target_rules[rule_index].table);
    if (rule_index == INDEX_NONE || policy->target_rules[rule_index].type == TARGET_NONE)
        return;
    const struct target_rule *rule = &policy->target_rules[rule_index];
    promise->calendar = choose_calendar(facts, rule->calendar_choice);
    if (promise->calendar == INDEX_NONE)
        return;
    promise->target = &rule->target;
    promise->rule = rule_index;
    promise->agreed = false;
    if (rule->type == TARGET_AGREED) {
        promise->agreed = read_agreed(facts, rule->agreed_slot, &promise->agreed_at);
        if (!promise->agreed && !rule->has_latest)
            return;
    }
    promise->found = true;
}

/* Per metric, the first row that matches and names it wins. */
static void find_in(const struct facts *facts, uint32_t agreement_index, struct promise *promises)
{
    const sla_policy *policy = facts->policy;
    const struct agreement *agreement = &policy->agreements[agreement_index];
    struct match_walk rows;
    uint32_t left = policy->metric_count, number;
    match_begin(&rows, facts, agreement->index);
    while (left > 0 && match_next(&rows, &number)) {
        uint32_t row_index = agreement->rows.first + number;
        struct range targets = policy->target_rows[row_index].targets;
        if (targets.count == 0)
            continue;
        const struct row_target *target = &policy->row_targets[targets.first];
        for (const struct row_target *end = target + targets.count; target < end; target++) {
            struct promise *promise = &promises[target->metric * KIND_COUNT + agreement->kind];
            if (promise->row != INDEX_NONE)
                continue; /* an earlier row named this metric */
            promise->row = row_index;
            promise->agreement = agreement_index;
            left--;
            if (target->calendar == INDEX_NONE) {
                resolve(facts, target->target, promise);
                continue;
            }
            promise->found = true;
            promise->agreed = false;
            promise->rule = target->target;
            promise->calendar = target->calendar;
            promise->target = &policy->target_rules[target->target].target;
        }
    }
}

void agreements_find(const struct facts *facts, uint32_t *agreements)
{
    const struct sla_policy *policy = facts->policy;
    for (uint32_t kind = 0; kind < KIND_COUNT; kind++)
        agreements[kind] = INDEX_NONE;
    struct match_walk walk;
    uint32_t kinds_left = policy->agreement_kinds, number;
    match_begin(&walk, facts, policy->agreement_index);
    while (kinds_left != 0 && match_next(&walk, &number)) {
        const struct agreement *agreement = &policy->agreements[number];
        uint32_t kind = 1u << agreement->kind; /* of each kind the first that matches applies */
        if ((kinds_left & kind) == 0 || !agreement_is_in_force(facts, agreement))
            continue;
        kinds_left ^= kind;
        agreements[agreement->kind] = number;
    }
}

void promises_find(const struct facts *facts, struct promise *promises)
{
    struct promise *end = promises + facts->policy->metric_count * KIND_COUNT;
    for (struct promise *promise = promises; promise < end; promise++) {
        promise->found = false;
        promise->row = INDEX_NONE;
    }
    uint32_t agreements[KIND_COUNT];
    agreements_find(facts, agreements);
    for (uint32_t kind = 0; kind < KIND_COUNT; kind++)
        if (agreements[kind] != INDEX_NONE)
            find_in(facts, agreements[kind], promises);
}

sla_status promise_due(const sla_policy *policy, const struct promise *promise, sla_time start,
                       sla_time *out_due)
{
    if (promise->agreed) {
        *out_due = promise->agreed_at;
        return SLA_OK;
    }
    return calendar_due(policy->calendars[promise->calendar], start, promise->target, out_due);
}

bool target_is_same(const sla_target *a, const sla_target *b)
{
    return a->unit == b->unit && a->amount == b->amount && a->due == b->due &&
           a->due_time == b->due_time && a->cutoff == b->cutoff && a->grace == b->grace;
}

bool promise_is_same(const sla_policy *policy, const struct promise *promise, uint32_t agreement,
                     uint32_t rule, uint32_t calendar)
{
    if (promise->agreement != agreement || promise->calendar != calendar || rule == INDEX_NONE)
        return false;
    if (promise->rule == rule)
        return true;
    return target_is_same(promise->target, &policy->target_rules[rule].target);
}

bool promise_rolls(const sla_policy *policy, const struct promise *promise)
{
    return policy->roll_deadlines && !promise->agreed && promise->target->unit == SLA_UNIT_SECONDS;
}

sla_status promise_answer(const sla_policy *policy, const struct promise *promise, sla_time at,
                          sla_time *out_deadline, sla_duration *out_budget)
{
    const sla_calendar *calendar = policy->calendars[promise->calendar];
    sla_time due, deadline;
    sla_status status = promise_due(policy, promise, at, &due);
    deadline = due;
    if (status == SLA_OK && promise_rolls(policy, promise))
        status = calendar_roll(calendar, &deadline);
    if (status != SLA_OK)
        return status;
    bool is_counted = !promise->agreed && promise->target->unit == SLA_UNIT_SECONDS;
    *out_budget = is_counted ? promise->target->amount : calendar_elapsed(calendar, at, due);
    *out_deadline = deadline;
    return SLA_OK;
}

uint32_t policy_find_metric(const sla_policy *policy, sla_text text)
{
    for (uint32_t i = 0; i < policy->metric_count; i++)
        if (text_equal(policy->metrics[i].name, text))
            return i;
    return INDEX_NONE;
}

uint32_t policy_find_agreement(const sla_policy *policy, sla_text text)
{
    for (uint32_t i = 0; i < policy->agreement_count; i++)
        if (text_equal(policy->agreements[i].name, text))
            return i;
    return INDEX_NONE;
}
