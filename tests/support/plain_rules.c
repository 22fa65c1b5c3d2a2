/* SPDX-License-Identifier: MIT */
/* The plain way to classify, as slow and as simple as the rules are. */
#include "plain_rules.h"

#include "time/instant.h"

static sla_text literal_text(const sla_policy *policy, uint32_t literal)
{
    return policy->literals.texts.items[literal - 1];
}

static bool same(sla_text a, sla_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static bool in_list(const struct plain_incident *incident, const struct condition *condition)
{
    const sla_policy *policy = incident->policy;
    for (uint32_t i = 0; i < condition->list.count; i++)
        if (same(literal_text(policy, policy->literal_lists[condition->list.first + i]),
                 incident->slots[condition->slot].text))
            return true;
    return false;
}

static bool in_bounds(const struct condition *condition, sla_text text)
{
    return text_is_decimal(text) &&
           (condition->min.length == 0 || decimal_compare(text, condition->min) >= 0) &&
           (condition->max.length == 0 || decimal_compare(text, condition->max) <= 0);
}

static bool has_part(sla_text text, sla_text part)
{
    for (size_t at = 0; at + part.length <= text.length; at++)
        if (same((sla_text){text.data + at, part.length}, part))
            return true;
    return false;
}

bool plain_condition(const struct plain_incident *incident, uint32_t index)
{
    if (index == UINT32_MAX)
        return true;
    const sla_policy *policy = incident->policy;
    const struct condition *condition = &policy->conditions[index];
    const struct plain_value *value = &incident->slots[condition->slot];
    uint32_t held = 0;
    for (uint32_t i = 0; i < condition->children.count; i++)
        held += plain_condition(incident,
                                policy->condition_children[condition->children.first + i]);
    switch ((enum condition_op)condition->op) {
    case CONDITION_ALL:
        return held == condition->children.count;
    case CONDITION_ANY:
        return held > 0;
    case CONDITION_NOT:
        return held == 0;
    case CONDITION_IN:
        return value->present && in_list(incident, condition);
    case CONDITION_BETWEEN:
        return value->present && in_bounds(condition, value->text);
    case CONDITION_PREFIX:
        return value->present && value->text.length >= condition->text.length &&
               same((sla_text){value->text.data, condition->text.length}, condition->text);
    case CONDITION_CONTAINS:
        return value->present && has_part(value->text, condition->text);
    case CONDITION_EXISTS:
        return value->present;
    case CONDITION_OPENED_IN:
        return sla_calendar_is_open(policy->calendars[condition->calendar], incident->at) == 1;
    }
    return false;
}

/* What a table chooses for a slot's text. */
static uint32_t choose(const struct plain_incident *incident, const struct table *table)
{
    const sla_policy *policy = incident->policy;
    const struct plain_value *value = &incident->slots[table->slot];
    for (uint32_t i = 0; value->present && i < table->entries.count; i++) {
        const struct table_entry *entry = &policy->table_entries[table->entries.first + i];
        if (same(literal_text(policy, entry->literal), value->text))
            return entry->value;
    }
    return table->otherwise;
}

static uint32_t place_in(const struct plain_incident *incident, struct range list, uint32_t slot)
{
    const sla_policy *policy = incident->policy;
    for (uint32_t i = 0; incident->slots[slot].present && i < list.count; i++)
        if (same(literal_text(policy, policy->literal_lists[list.first + i]),
                 incident->slots[slot].text))
            return i;
    return UINT32_MAX;
}

static struct plain_value literal_value(const sla_policy *policy, uint32_t literal)
{
    if (literal == 0 || literal == UINT32_MAX)
        return (struct plain_value){false, {NULL, 0}};
    return (struct plain_value){true, literal_text(policy, literal)};
}

static struct plain_value derived(const struct plain_incident *incident,
                                  const struct derivation *derivation)
{
    const sla_policy *policy = incident->policy;
    if (derivation->kind == DERIVE_TABLE)
        return literal_value(policy, choose(incident, &derivation->table));
    if (derivation->kind == DERIVE_MATRIX) {
        uint32_t row = place_in(incident, derivation->row_literals, derivation->row_slot);
        uint32_t column =
            place_in(incident, derivation->column_literals, derivation->column_slot);
        if (row == UINT32_MAX || column == UINT32_MAX)
            return literal_value(policy, derivation->otherwise);
        return literal_value(policy,
                             policy->literal_lists[derivation->cells.first +
                                                   row * derivation->column_literals.count +
                                                   column]);
    }
    for (uint32_t i = 0; i < derivation->rows.count; i++) {
        const struct derivation_row *row =
            &policy->derivation_rows[derivation->rows.first + i];
        if (plain_condition(incident, row->condition))
            return row->copy_slot != 0 ? incident->slots[row->copy_slot]
                                       : literal_value(policy, row->literal);
    }
    return literal_value(policy, 0);
}

static void settle_severity(struct plain_incident *incident, uint32_t slot, struct range raises)
{
    const sla_policy *policy = incident->policy;
    int32_t last = (int32_t)policy->severity_count - 1;
    uint32_t place = UINT32_MAX;
    for (uint32_t i = 0; incident->slots[slot].present && i < policy->severity_count; i++)
        if (same(literal_text(policy, policy->severities[i]), incident->slots[slot].text))
            place = i;
    incident->severity_known = place != UINT32_MAX;
    int32_t tier = incident->severity_known ? (int32_t)place : last;
    for (uint32_t i = 0; i < raises.count; i++) {
        const struct derivation_row *row = &policy->derivation_rows[raises.first + i];
        if (plain_condition(incident, row->condition))
            tier -= row->raise;
        tier = tier < 0 ? 0 : tier > last ? last : tier;
    }
    incident->severity = (uint32_t)tier;
    incident->slots[slot] = literal_value(policy, policy->severities[tier]);
}

static bool is_in_force(const struct plain_incident *incident, const struct agreement *agreement)
{
    int64_t date = incident->at / 86400;
    return (!agreement->has_from || date >= agreement->from) &&
           (!agreement->has_until || date <= agreement->until);
}

static void promise(const struct plain_incident *incident, uint32_t rule_index,
                    struct plain_promise *out)
{
    const sla_policy *policy = incident->policy;
    while (rule_index != UINT32_MAX && policy->target_rules[rule_index].type == TARGET_TABLE)
        rule_index = choose(incident, &policy->target_rules[rule_index].table);
    if (rule_index == UINT32_MAX || policy->target_rules[rule_index].type == TARGET_NONE)
        return;
    const struct target_rule *rule = &policy->target_rules[rule_index];
    const struct calendar_choice *choice = &policy->calendar_choices[rule->calendar_choice];
    const struct plain_value *agreed = &incident->slots[rule->agreed_slot];
    out->rule = rule_index;
    out->calendar = choice->is_table ? choose(incident, &choice->table) : choice->calendar;
    if (out->calendar == UINT32_MAX)
        return;
    out->found = true;
    if (rule->type != TARGET_AGREED)
        return;
    out->agreed = agreed->present && instant_parse(agreed->text, policy->zone,
                                                   &out->agreed_at) == SLA_OK;
    out->found = out->agreed || rule->has_latest;
}

/* The first row of the agreement that matches and names the metric. */
static void promise_of(struct plain_incident *incident, uint32_t agreement, uint32_t metric)
{
    const sla_policy *policy = incident->policy;
    const struct agreement *in = &policy->agreements[agreement];
    struct plain_promise *out = &incident->promises[metric][in->kind];
    for (uint32_t r = 0; r < in->rows.count; r++) {
        const struct target_row *row = &policy->target_rows[in->rows.first + r];
        for (uint32_t t = 0; t < row->targets.count; t++) {
            const struct row_target *target = &policy->row_targets[row->targets.first + t];
            if (target->metric != metric || !plain_condition(incident, row->condition))
                continue;
            out->agreement = agreement;
            out->row = in->rows.first + r;
            promise(incident, target->target, out);
            return;
        }
    }
}

void plain_classify(struct plain_incident *incident)
{
    const sla_policy *policy = incident->policy;
    bool settled = false;
    incident->severity = UINT32_MAX;
    incident->severity_known = true;
    for (uint32_t i = 0; i < policy->derivation_count; i++) {
        const struct derivation *derivation = &policy->derivations[i];
        incident->slots[derivation->slot] = derived(incident, derivation);
        if (policy->severity_count > 0 && derivation->slot == policy->severity_slot) {
            settle_severity(incident, derivation->slot, derivation->raises);
            settled = true;
        }
    }
    if (!settled && policy->severity_count > 0)
        settle_severity(incident, policy->severity_slot, (struct range){0, 0});
    memset(incident->promises, 0, sizeof incident->promises);
    for (uint32_t kind = 0; kind < PLAIN_KINDS; kind++) {
        uint32_t a = 0;
        while (a < policy->agreement_count &&
               (policy->agreements[a].kind != kind ||
                !is_in_force(incident, &policy->agreements[a]) ||
                !plain_condition(incident, policy->agreements[a].condition)))
            a++;
        for (uint32_t m = 0; a < policy->agreement_count && m < policy->metric_count; m++)
            promise_of(incident, a, m);
    }
}
