/* SPDX-License-Identifier: MIT */
/* Going through a policy for what it looks at. */
#include "engine/outlook.h"

static void note_trigger(struct outlook *outlook, const sla_policy *policy,
                         const struct trigger *trigger, uint32_t stage)
{
    if (!trigger->present)
        return;
    for (uint32_t i = 0; i < trigger->events.count; i++)
        outlook->events[policy->literal_lists[trigger->events.first + i]] |= (uint8_t)stage;
    if (trigger->events.count == 0)
        outlook->without_name |= stage;
    if (trigger->changed_slot != 0 ||
        (trigger->condition != INDEX_NONE && trigger->events.count == 0))
        outlook->looks_back = true;
}

static void note_metrics(struct outlook *outlook, const sla_policy *policy)
{
    for (uint32_t m = 0; m < policy->metric_count; m++) {
        const struct metric *metric = &policy->metrics[m];
        note_trigger(outlook, policy, &metric->cancel, LOOKS_CANCEL);
        note_trigger(outlook, policy, &metric->stop, LOOKS_STOP);
        note_trigger(outlook, policy, &metric->reset, LOOKS_RESET);
        note_trigger(outlook, policy, &metric->start, LOOKS_START);
        note_trigger(outlook, policy, &metric->reopen_on, LOOKS_START);
        outlook->refuses |= metric->never_loosen;
    }
    for (uint32_t p = 0; p < policy->pause_count; p++) {
        note_trigger(outlook, policy, &policy->pauses[p].from, LOOKS_PAUSE);
        note_trigger(outlook, policy, &policy->pauses[p].until, LOOKS_PAUSE);
    }
}

static void note_condition(struct outlook *outlook, const sla_policy *policy, uint32_t index)
{
    if (index == INDEX_NONE)
        return;
    const struct condition *condition = &policy->conditions[index];
    outlook->slots[condition->slot] = 1;
    for (uint32_t i = 0; i < condition->children.count; i++)
        note_condition(outlook, policy, policy->condition_children[condition->children.first + i]);
}

static void note_derivations(struct outlook *outlook, const sla_policy *policy)
{
    for (uint32_t d = 0; d < policy->derivation_count; d++) {
        const struct derivation *derivation = &policy->derivations[d];
        const struct range ranges[] = {derivation->rows, derivation->raises};
        outlook->slots[derivation->table.slot] = 1;
        outlook->slots[derivation->row_slot] = outlook->slots[derivation->column_slot] = 1;
        for (int r = 0; r < 2; r++)
            for (uint32_t i = 0; i < ranges[r].count; i++) {
                const struct derivation_row *row = &policy->derivation_rows[ranges[r].first + i];
                note_condition(outlook, policy, row->condition);
                outlook->slots[row->copy_slot] = 1;
            }
    }
    outlook->slots[policy->severity_slot] = 1;
}

static void note_targets(struct outlook *outlook, const sla_policy *policy)
{
    for (uint32_t a = 0; a < policy->agreement_count; a++) {
        const struct agreement *agreement = &policy->agreements[a];
        note_condition(outlook, policy, agreement->condition);
        for (uint32_t r = 0; r < agreement->rows.count; r++)
            note_condition(outlook, policy,
                           policy->target_rows[agreement->rows.first + r].condition);
    }
    for (uint32_t i = 0; i < policy->target_rule_count; i++) {
        const struct target_rule *rule = &policy->target_rules[i];
        outlook->slots[rule->agreed_slot] = outlook->slots[rule->table.slot] = 1;
        if (rule->calendar_choice != INDEX_NONE)
            outlook->slots[policy->calendar_choices[rule->calendar_choice].table.slot] = 1;
    }
}

static void note_escalations(struct outlook *outlook, const sla_policy *policy)
{
    for (uint32_t e = 0; e < policy->escalation_count; e++) {
        const struct escalation *entry = &policy->escalations[e];
        note_condition(outlook, policy, entry->condition);
        for (uint32_t s = 0; s < entry->steps.count; s++)
            outlook->looks_back |= policy->steps[entry->steps.first + s].condition != INDEX_NONE;
    }
}

bool outlook_init(struct outlook *outlook, const sla_policy *policy,
                  const sla_allocator *allocator)
{
    *outlook = (struct outlook){.event_count = policy->literals.texts.count + 1,
                                .slot_count = policy->slot_count};
    outlook->events = memory_zero(allocator, outlook->event_count);
    outlook->slots = memory_zero(allocator, outlook->slot_count);
    if (outlook->events == NULL || outlook->slots == NULL)
        return false;
    note_metrics(outlook, policy);
    note_derivations(outlook, policy);
    note_targets(outlook, policy);
    note_escalations(outlook, policy);
    return true;
}

void outlook_free(struct outlook *outlook, const sla_allocator *allocator)
{
    memory_free(allocator, outlook->events, outlook->event_count);
    memory_free(allocator, outlook->slots, outlook->slot_count);
}
