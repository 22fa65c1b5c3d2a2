/* SPDX-License-Identifier: MIT */
/* Deriving attributes: the `classify` part of a policy, applied in order. */
#include "engine/match.h"

/* INDEX_NONE, of a table that chooses nothing, and 0 leave it absent. */
static void set_literal(const struct facts *facts, struct slot *slot, uint32_t literal)
{
    if (literal != 0 && literal != INDEX_NONE)
        slot_set(slot, text_table_at(&facts->policy->literals, literal), literal);
    else
        *slot = (struct slot){TEXT_NONE, 0, 0};
}

static uint32_t position_of(const sla_policy *policy, struct range list, uint32_t literal)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (literal != 0 && policy->literal_lists[list.first + i] == literal)
            return i;
    return INDEX_NONE;
}

static uint32_t derive_matrix(const struct facts *facts, const struct derivation *derivation)
{
    const sla_policy *policy = facts->policy;
    uint32_t row = position_of(policy, derivation->row_literals,
                               facts->slots[derivation->row_slot].literal);
    uint32_t column = position_of(policy, derivation->column_literals,
                                  facts->slots[derivation->column_slot].literal);
    if (row == INDEX_NONE || column == INDEX_NONE)
        return derivation->otherwise;
    return policy->literal_lists[derivation->cells.first +
                                 row * derivation->column_literals.count + column];
}

/* The first row that matches, or NULL. */
static const struct derivation_row *choose_row(const struct facts *facts,
                                               const struct derivation *derivation)
{
    struct match_walk walk;
    uint32_t first;
    if (derivation->index == NULL)
        return NULL; /* there are no rows */
    match_begin(&walk, facts, derivation->index);
    if (!match_next(&walk, &first))
        return NULL;
    return &facts->policy->derivation_rows[derivation->rows.first + first];
}

/* Fills a derived slot, which none of its own rows looks at. The severity's index, if a row of the
   severity says it; else INDEX_NONE. */
static uint32_t derive(const struct facts *facts, const struct derivation *derivation,
                       struct slot *slot)
{
    uint32_t literal = 0, severity = INDEX_NONE;
    if (derivation->kind == DERIVE_ROWS) {
        const struct derivation_row *row = choose_row(facts, derivation);
        if (row != NULL && row->copy_slot != 0) {
            *slot = facts->slots[row->copy_slot];
            return INDEX_NONE;
        }
        if (row != NULL) {
            literal = row->literal;
            severity = row->severity;
        }
    } else if (derivation->kind == DERIVE_MATRIX) {
        literal = derive_matrix(facts, derivation);
    } else {
        literal = table_choose(facts, &derivation->table);
    }
    set_literal(facts, slot, literal);
    return severity;
}

uint32_t policy_find_severity(const sla_policy *policy, uint32_t literal)
{
    for (uint32_t i = 0; literal != 0 && i < policy->severity_count; i++)
        if (policy->severities[i] == literal)
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

/* Puts the severity that a slot names in force, raised as the policy says. False: the policy does
   not list it, and the last one is taken. */
static bool settle_severity(const struct facts *facts, struct slot *slot, struct range raises,
                            uint32_t *out_severity)
{
    const sla_policy *policy = facts->policy;
    uint32_t severity = policy_find_severity(policy, slot->literal);
    bool known = severity != INDEX_NONE;
    if (!known)
        severity = policy->severity_count - 1;
    if (raises.count > 0)
        severity = apply_raises(facts, raises, severity);
    if (slot->literal != policy->severities[severity])
        set_literal(facts, slot, policy->severities[severity]);
    *out_severity = severity;
    return known;
}

bool classify_derive(const struct facts *facts, uint32_t *out_severity)
{
    const sla_policy *policy = facts->policy;
    bool known = true, settled = policy->severity_count == 0;
    *out_severity = INDEX_NONE;
    for (uint32_t i = 0; i < policy->derivation_count; i++) {
        const struct derivation *derivation = &policy->derivations[i];
        struct slot *slot = &facts->slots[derivation->slot];
        uint32_t severity = derive(facts, derivation, slot);
        if (derivation->slot != policy->severity_slot)
            continue;
        settled = true;
        if (severity != INDEX_NONE && derivation->raises.count == 0)
            *out_severity = severity;
        else
            known = settle_severity(facts, slot, derivation->raises, out_severity);
    }
    if (!settled) /* the host says the severity itself */
        known = settle_severity(facts, &facts->slots[policy->severity_slot], (struct range){0, 0},
                                out_severity);
    return known;
}
