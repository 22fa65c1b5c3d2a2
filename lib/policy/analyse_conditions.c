/* SPDX-License-Identifier: MIT */
/* Conditions as sets of incidents, and those that can never hold. */
#include "policy/analyse_space.h"

#include "policy/analyse_report.h"

#define PAIRS_MAX 64u /* parts of a condition of which two are looked for that exclude each other */

static bool value_passes(const struct condition_model *condition, const struct space_value *value)
{
    if (value->kind == SPACE_ABSENT)
        return false;
    switch (condition->op) {
    case CONDITION_BETWEEN:
        return text_is_decimal(value->text) &&
               (condition->min.at == NULL ||
                decimal_compare(value->text, condition->min.value) >= 0) &&
               (condition->max.at == NULL ||
                decimal_compare(value->text, condition->max.value) <= 0);
    case CONDITION_PREFIX:
        return text_starts_with(value->text, condition->text.value);
    case CONDITION_CONTAINS:
        return text_contains(value->text, condition->text.value);
    default:
        return true; /* it exists */
    }
}

static uint32_t passing(struct analysis *analysis, const struct condition_model *condition,
                        const struct space_slot *slot)
{
    uint32_t set = SET_NONE;
    if (slot->lost)
        return SET_LOST;
    if (condition->op == CONDITION_EXISTS)
        return sets_minus(&analysis->sets, SET_ALL, slot->values.items[0].set);
    for (size_t i = 1; i < slot->values.count; i++)
        if (value_passes(condition, &slot->values.items[i]))
            set = sets_or(&analysis->sets, set, slot->values.items[i].set);
    return set;
}

/* Equal to one of several; values that the attribute never has are told one by one. */
static uint32_t equal_to_some(struct analysis *analysis, const struct condition_model *condition,
                              const struct space_slot *slot, bool tell)
{
    uint32_t set = SET_NONE;
    for (size_t i = 0; i < condition->values.count; i++) {
        const struct text_field *value = &condition->values.items[i];
        uint32_t equal = space_equal(slot, value->value);
        if (tell && set_is_none(equal))
            tell_never_has(analysis, slot, value);
        set = sets_or(&analysis->sets, set, equal);
    }
    return set;
}

static uint32_t opened_in(struct analysis *analysis, const struct condition_model *condition)
{
    const struct space_slot *opened = &analysis->slots[0];
    uint32_t number = compile_calendar_name(analysis->compile, condition->calendar.at,
                                            condition->calendar.value);
    uint32_t set = SET_NONE, bit = 0;
    if (opened->lost)
        return SET_LOST;
    while (analysis->calendars.items[bit] != number)
        bit++;
    for (size_t i = 1; i < opened->values.count; i++)
        if ((opened->values.items[i].open >> bit & 1) != 0)
            set = sets_or(&analysis->sets, set, opened->values.items[i].set);
    return set;
}

/* The parts of a condition can each hold, but not together: which two, if it is two? */
static void tell_conflict(struct analysis *analysis, const struct condition_model *all)
{
    const struct condition_model *children[PAIRS_MAX];
    uint32_t holds[PAIRS_MAX];
    size_t count = 0;
    for (const struct condition_model *child = all->children; child; child = child->next) {
        if (count == PAIRS_MAX)
            break;
        children[count] = child;
        holds[count++] = condition_set(analysis, child, false);
        for (size_t i = 0; i + 1 < count; i++)
            if (set_is_none(sets_and(&analysis->sets, holds[i], holds[count - 1]))) {
                tell_never_holds(analysis, child->at, children[i]->at);
                return;
            }
    }
    tell_never_holds(analysis, all->at, NULL);
}

static uint32_t children_set(struct analysis *analysis, const struct condition_model *condition,
                             bool tell)
{
    bool is_all = condition->op == CONDITION_ALL, child_never = false;
    uint32_t set = is_all ? SET_ALL : SET_NONE;
    for (const struct condition_model *child = condition->children; child; child = child->next) {
        uint32_t holds = condition_set(analysis, child, tell);
        child_never = child_never || set_is_none(holds);
        set = is_all ? sets_and(&analysis->sets, set, holds)
                     : sets_or(&analysis->sets, set, holds);
    }
    if (tell && is_all && set_is_none(set) && !child_never)
        tell_conflict(analysis, condition);
    return set;
}

uint32_t condition_set(struct analysis *analysis, const struct condition_model *condition,
                       bool tell)
{
    uint32_t set;
    if (condition == NULL)
        return SET_ALL;
    if (condition->op == CONDITION_ALL || condition->op == CONDITION_ANY)
        return children_set(analysis, condition, tell);
    if (condition->op == CONDITION_NOT) {
        set = sets_minus(&analysis->sets, SET_ALL,
                         condition_set(analysis, condition->children, tell));
    } else if (condition->op == CONDITION_OPENED_IN) {
        set = opened_in(analysis, condition);
    } else {
        const struct space_slot *slot =
            &analysis->slots[space_find(analysis, &condition->attribute)];
        if (condition->op == CONDITION_IN) /* told value by value */
            return equal_to_some(analysis, condition, slot, tell);
        set = passing(analysis, condition, slot);
    }
    if (tell && set_is_none(set))
        tell_never_holds(analysis, condition->at, NULL);
    return set;
}
