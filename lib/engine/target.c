/* SPDX-License-Identifier: MIT */
/* Targets: finding the agreement, the row and the amount, and resolving it to a deadline. */
#include "engine/target.h"

#include "base/checked.h"
#include "time/instant.h"

/* Of each kind the first agreement that matches applies; its dates look at the local date of
   opening in the policy's zone. */
static bool agreement_applies(const struct facts *facts, const struct agreement *agreement)
{
    if (agreement->has_from || agreement->has_until) {
        int32_t second;
        sla_date date = zone_date(facts->policy->zone, facts->opened_at, &second);
        if ((agreement->has_from && date < agreement->from) ||
            (agreement->has_until && date > agreement->until))
            return false;
    }
    return condition_holds(facts, agreement->condition);
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
    if (rule->type == TARGET_AGREED) {
        promise->agreed = read_agreed(facts, rule->agreed_slot, &promise->agreed_at);
        if (!promise->agreed && !rule->has_latest)
            return;
    }
    promise->found = true;
}

void promises_find(const struct facts *facts, struct promise *promises)
{
    const sla_policy *policy = facts->policy;
    memset(promises, 0, policy->metric_count * KIND_COUNT * sizeof *promises);
    uint32_t kinds_done = 0;
    for (uint32_t a = 0; a < policy->agreement_count; a++) {
        const struct agreement *agreement = &policy->agreements[a];
        if ((kinds_done & 1u << agreement->kind) != 0 || !agreement_applies(facts, agreement))
            continue;
        kinds_done |= 1u << agreement->kind;
        uint32_t named = 0; /* metrics that some row has named so far */
        for (uint32_t r = 0; r < agreement->rows.count && named < policy->metric_count; r++) {
            uint32_t row_index = agreement->rows.first + r;
            const struct target_row *row = &policy->target_rows[row_index];
            if (!condition_holds(facts, row->condition))
                continue;
            for (uint32_t t = 0; t < row->targets.count; t++) {
                const struct row_target *target = &policy->row_targets[row->targets.first + t];
                struct promise *promise = &promises[target->metric * KIND_COUNT + agreement->kind];
                if (promise->row != 0)
                    continue; /* an earlier row named this metric */
                promise->row = row_index + 1;
                promise->agreement = a;
                named++;
                resolve(facts, target->target, promise);
            }
        }
    }
    for (uint32_t i = 0; i < policy->metric_count * KIND_COUNT; i++)
        if (promises[i].row != 0)
            promises[i].row--;
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

bool promise_is_same(const sla_policy *policy, const struct promise *promise, uint32_t agreement,
                     uint32_t rule, uint32_t calendar)
{
    if (promise->agreement != agreement || promise->calendar != calendar || rule == INDEX_NONE)
        return false;
    if (promise->rule == rule)
        return true;
    const sla_target *a = promise->target, *b = &policy->target_rules[rule].target;
    return a->unit == b->unit && a->amount == b->amount && a->due == b->due &&
           a->due_time == b->due_time && a->cutoff == b->cutoff && a->grace == b->grace;
}

bool promise_rolls(const sla_policy *policy, const struct promise *promise)
{
    return policy->roll_deadlines && !promise->agreed && promise->target->unit == SLA_UNIT_SECONDS;
}
