/* SPDX-License-Identifier: MIT */
/* Deriving attributes: the `classify` part of a policy, applied in order. */
#include "engine/match.h"

static void set_literal(const struct facts *facts, struct slot *slot, uint32_t literal)
{
    if (literal != 0 && literal != INDEX_NONE)
        slot_set(slot, text_table_at(&facts->policy->literals, literal), literal);
}

static uint32_t position_of(const sla_policy *policy, struct range list, uint32_t literal)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (literal != 0 && policy->literal_lists[list.first + i] == literal)
            return i;
    return INDEX_NONE;
}

static void derive_matrix(const struct facts *facts, const struct derivation *derivation,
                          struct slot *slot)
{
    const sla_policy *policy = facts->policy;
    uint32_t row = position_of(policy, derivation->row_literals,
                               facts->slots[derivation->row_slot].literal);
    uint32_t column = position_of(policy, derivation->column_literals,
                                  facts->slots[derivation->column_slot].literal);
    uint32_t literal = derivation->otherwise;
    if (row != INDEX_NONE && column != INDEX_NONE)
        literal = policy->literal_lists[derivation->cells.first +
                                        row * derivation->column_literals.count + column];
    set_literal(facts, slot, literal);
}

static void derive_rows(const struct facts *facts, const struct derivation *derivation,
                        struct slot *slot)
{
    struct match_walk walk;
    uint32_t first;
    if (derivation->index == NULL)
        return; /* there are no rows */
    match_begin(&walk, facts, derivation->index);
    if (!match_next(&walk, &first))
        return;
    const struct derivation_row *row =
        &facts->policy->derivation_rows[derivation->rows.first + first];
    if (row->copy_slot != 0)
        *slot = facts->slots[row->copy_slot];
    else
        set_literal(facts, slot, row->literal);
}

static uint32_t severity_of(const sla_policy *policy, const struct slot *slot)
{
    for (uint32_t i = 0; slot->present && slot->literal != 0 && i < policy->severity_count; i++)
        if (policy->severities[i] == slot->literal)
            return i;
    return INDEX_NONE;
}

/* `raise` rows: all that match, in order, never past the ends (index 0 is the worst). */
static uint32_t apply_raises(const struct facts *facts, struct range raises, uint32_t severity)
{
    const struct derivation_row *row = facts->policy->derivation_rows + raises.first;
    int64_t tier = severity, last = (int64_t)facts->policy->severity_count - 1;
    for (uint32_t i = 0; i < raises.count; i++, row++) {
        if (!condition_holds(facts, row->condition))
            continue;
        tier -= row->raise;
        tier = tier < 0 ? 0 : tier > last ? last : tier;
    }
    return (uint32_t)tier;
}

bool classify_derive(const struct facts *facts, uint32_t *out_severity)
{
    const sla_policy *policy = facts->policy;
    bool known = true, settled = false;
    uint32_t severity = INDEX_NONE;
    for (uint32_t i = 0; i < policy->derivation_count; i++) {
        const struct derivation *derivation = &policy->derivations[i];
        struct slot value = {TEXT_NONE, 0, 0};
        if (derivation->kind == DERIVE_ROWS)
            derive_rows(facts, derivation, &value);
        else if (derivation->kind == DERIVE_MATRIX)
            derive_matrix(facts, derivation, &value);
        else
            set_literal(facts, &value, table_choose(facts, &derivation->table));
        if (policy->severity_count > 0 && derivation->slot == policy->severity_slot) {
            severity = severity_of(policy, &value);
            known = severity != INDEX_NONE;
            if (!known)
                severity = policy->severity_count - 1;
            severity = apply_raises(facts, derivation->raises, severity);
            set_literal(facts, &value, policy->severities[severity]);
            settled = true;
        }
        facts->slots[derivation->slot] = value;
    }
    if (!settled && policy->severity_count > 0) { /* the host says the severity itself */
        struct slot *slot = &facts->slots[policy->severity_slot];
        severity = severity_of(policy, slot);
        known = severity != INDEX_NONE;
        if (!known) {
            severity = policy->severity_count - 1;
            set_literal(facts, slot, policy->severities[severity]);
        }
    }
    *out_severity = severity;
    return known;
}
