/* SPDX-License-Identifier: MIT */
/* Conditions: does an incident match? */
#include "engine/slots.h"

void slots_clear(const struct facts *facts)
{
    memset(facts->slots, 0, facts->policy->slot_count * sizeof *facts->slots);
}

static bool is_one_of(const sla_policy *policy, struct range list, uint32_t literal)
{
    if (literal == 0)
        return false;
    const uint32_t *items = policy->literal_lists + list.first;
    for (uint32_t i = 0; i < list.count; i++)
        if (items[i] == literal)
            return true;
    return false;
}

static bool is_between(const struct condition *condition, sla_text number)
{
    if (!text_is_decimal(number))
        return false;
    if (condition->min.length > 0 && decimal_compare(number, condition->min) < 0)
        return false;
    return condition->max.length == 0 || decimal_compare(number, condition->max) <= 0;
}

static bool children_hold(const struct facts *facts, const struct condition *condition, bool wanted)
{
    const uint32_t *children = facts->policy->condition_children + condition->children.first;
    for (uint32_t i = 0; i < condition->children.count; i++)
        if (condition_holds(facts, children[i]) == wanted)
            return true;
    return false;
}

bool condition_holds(const struct facts *facts, uint32_t index)
{
    if (index == INDEX_NONE)
        return true;
    const struct condition *condition = &facts->policy->conditions[index];
    const struct slot *slot = &facts->slots[condition->slot];
    switch ((enum condition_op)condition->op) {
    case CONDITION_ALL:
        return !children_hold(facts, condition, false);
    case CONDITION_ANY:
        return children_hold(facts, condition, true);
    case CONDITION_NOT:
        return !children_hold(facts, condition, true);
    case CONDITION_IN:
        return slot->present && is_one_of(facts->policy, condition->list, slot->literal);
    case CONDITION_BETWEEN:
        return slot->present && is_between(condition, slot->text);
    case CONDITION_PREFIX:
        return slot->present && text_starts_with(slot->text, condition->text);
    case CONDITION_CONTAINS:
        return slot->present && text_contains(slot->text, condition->text);
    case CONDITION_EXISTS:
        return slot->present;
    case CONDITION_OPENED_IN:
        return calendar_is_open(facts->policy->calendars[condition->calendar], facts->opened_at);
    }
    return false;
}

uint32_t table_choose(const struct facts *facts, const struct table *table)
{
    uint32_t literal = facts->slots[table->slot].literal; /* 0: absent, or in no table */
    uint32_t count = table->entries.count;
    if (literal == 0 || count == 0)
        return table->otherwise;
    /* The entries ascend by literal; halving without a branch that nobody could foresee. */
    const struct table_entry *entry = facts->policy->table_entries + table->entries.first;
    while (count > 1) {
        uint32_t half = count / 2;
        entry += entry[half].literal <= literal ? half : 0;
        count -= half;
    }
    return entry->literal == literal ? entry->value : table->otherwise;
}
