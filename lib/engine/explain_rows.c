/* SPDX-License-Identifier: MIT */
/* Verdicts on rows, and what `classify` did: which row gave each attribute its value. */
#include "engine/explain.h"

sla_text explain_copy(sla_explanation *explanation, sla_text text)
{
    sla_text copy = arena_text(&explanation->arena, text);
    if (copy.data == NULL)
        explanation->failed = true;
    return copy;
}

sla_text explain_written(sla_explanation *explanation,
                         void (*write)(struct writer *, const sla_explanation *, const void *),
                         const void *about)
{
    struct writer writer;
    writer_init(&writer, NULL, 0);
    write(&writer, explanation, about);
    size_t length = writer_finish(&writer);
    char *text = arena_new(&explanation->arena, length + 1);
    if (text == NULL) {
        explanation->failed = true;
        return TEXT_NONE;
    }
    writer_init(&writer, text, length + 1);
    write(&writer, explanation, about);
    writer_finish(&writer);
    return (sla_text){text, length};
}

static void write_when(struct writer *writer, const sla_explanation *explanation,
                       const void *condition)
{
    write_condition(writer, explanation->policy, *(const uint32_t *)condition, false);
}

static void write_has(struct writer *writer, const sla_explanation *explanation,
                      const void *condition)
{
    write_facts(writer, &explanation->facts, *(const uint32_t *)condition);
}

/* If one attribute alone decided, which. */
static void tell_attribute(const sla_explanation *explanation, uint32_t index,
                           sla_explained_verdict *verdict)
{
    const sla_policy *policy = explanation->policy;
    const struct condition *condition = &policy->conditions[index];
    while (condition->op == CONDITION_NOT)
        condition = &policy->conditions[policy->condition_children[condition->children.first]];
    if (condition->children.count > 0 || condition->op == CONDITION_OPENED_IN)
        return;
    const struct slot *slot = &explanation->facts.slots[condition->slot];
    verdict->attribute = slot_name(policy, condition->slot);
    verdict->value = slot->present ? slot->text : TEXT_NONE;
    if (!slot->present)
        verdict->flags |= SLA_VERDICT_ABSENT;
}

sla_explained_verdict explain_verdict(sla_explanation *explanation, uint32_t what, uint32_t line,
                                      uint32_t condition)
{
    sla_explained_verdict verdict = {.size = sizeof verdict, .what = what, .line = line};
    if (condition != INDEX_NONE)
        verdict.condition = explain_written(explanation, write_when, &condition);
    if (condition_holds(&explanation->facts, condition)) {
        verdict.flags = SLA_VERDICT_MATCHED;
        return verdict;
    }
    uint32_t part = condition_failed_part(&explanation->facts, condition);
    verdict.reason = SLA_REASON_CONDITION;
    verdict.failed_line = explanation->policy->conditions[part].line;
    verdict.wanted = explain_written(explanation, write_when, &part);
    verdict.has = explain_written(explanation, write_has, &part);
    tell_attribute(explanation, part, &verdict);
    return verdict;
}

static sla_text literal_text(const sla_policy *policy, uint32_t literal)
{
    return literal == 0 || literal == INDEX_NONE ? TEXT_NONE
                                                 : text_table_at(&policy->literals, literal);
}

static void explain_choices(sla_explanation *explanation, const struct derivation *derivation)
{
    const sla_policy *policy = explanation->policy;
    for (uint32_t i = 0; i < derivation->rows.count; i++) {
        const struct derivation_row *row = &policy->derivation_rows[derivation->rows.first + i];
        sla_explained_verdict verdict =
            explain_verdict(explanation, SLA_VERDICT_CHOICE, row->line, row->condition);
        verdict.name = derivation->name;
        if (row->copy_slot == 0)
            verdict.gives = literal_text(policy, row->literal);
        else if (explanation->facts.slots[row->copy_slot].present)
            verdict.gives = explanation->facts.slots[row->copy_slot].text;
        explanation_push(explanation, &explanation->verdicts, verdict);
        if ((verdict.flags & SLA_VERDICT_MATCHED) != 0)
            return;
    }
}

static void write_raise(struct writer *writer, const sla_explanation *explanation,
                        const void *raise)
{
    (void)explanation;
    int32_t tiers = *(const int32_t *)raise;
    if (tiers > 0)
        writer_add_c(writer, "+");
    writer_add_number(writer, tiers, 1);
}

/* All of them that match count, so that all are told. */
static void explain_raises(sla_explanation *explanation, const struct derivation *derivation)
{
    for (uint32_t i = 0; i < derivation->raises.count; i++) {
        const struct derivation_row *row =
            &explanation->policy->derivation_rows[derivation->raises.first + i];
        sla_explained_verdict verdict =
            explain_verdict(explanation, SLA_VERDICT_RAISE, row->line, row->condition);
        verdict.name = derivation->name;
        verdict.gives = explain_written(explanation, write_raise, &row->raise);
        explanation_push(explanation, &explanation->verdicts, verdict);
    }
}

static void write_slots(struct writer *writer, const sla_explanation *explanation,
                        const void *about)
{
    const uint32_t *slots = about; /* up to two */
    for (size_t i = 0; i < 2 && slots[i] != 0; i++) {
        const struct slot *slot = &explanation->facts.slots[slots[i]];
        if (i > 0)
            writer_add_c(writer, ", ");
        if (!slot->present)
            writer_add_c(writer, "no ");
        write_word(writer, slot_name(explanation->policy, slots[i]));
        if (slot->present) {
            writer_add_c(writer, ": ");
            write_word(writer, slot->text);
        }
    }
}

static void explain_lookup(sla_explanation *explanation, const struct derivation *derivation)
{
    bool is_matrix = derivation->kind == DERIVE_MATRIX;
    const uint32_t slots[2] = {is_matrix ? derivation->row_slot : derivation->table.slot,
                               is_matrix ? derivation->column_slot : 0};
    const struct slot *made = &explanation->facts.slots[derivation->slot];
    sla_explained_verdict verdict = {
        .size = sizeof verdict,
        .flags = SLA_VERDICT_MATCHED,
        .what = is_matrix ? SLA_VERDICT_MATRIX : SLA_VERDICT_TABLE,
        .line = derivation->line,
        .name = derivation->name,
        .gives = made->present ? made->text : TEXT_NONE,
        .condition = explain_written(explanation, write_slots, slots),
    };
    explanation_push(explanation, &explanation->verdicts, verdict);
}

static void push_attribute(sla_explanation *explanation, uint32_t flags, sla_text name,
                           const struct slot *slot)
{
    sla_explained_attribute attribute = {.size = sizeof attribute, .flags = flags, .name = name,
                                         .value = slot->text};
    if (slot->present)
        explanation_push(explanation, &explanation->attributes, attribute);
}

bool explain_classify(sla_explanation *explanation)
{
    const sla_policy *policy = explanation->policy;
    struct slot *slots = explanation->facts.slots;
    for (uint32_t i = 1; i <= policy->attribute_count; i++)
        push_attribute(explanation, 0, text_table_at(&policy->attributes, i), &slots[i]);
    struct slot given = slots[policy->severity_slot]; /* what rows see, listed or not */
    uint32_t severity;
    bool known = classify_derive(&explanation->facts, &severity);
    struct slot settled = slots[policy->severity_slot];
    bool is_given = policy->severity_slot <= policy->attribute_count;
    if (is_given)
        slots[policy->severity_slot] = given;
    for (uint32_t i = 0; i < policy->derivation_count; i++) {
        const struct derivation *derivation = &policy->derivations[i];
        if (derivation->kind == DERIVE_ROWS)
            explain_choices(explanation, derivation);
        else
            explain_lookup(explanation, derivation);
        explain_raises(explanation, derivation);
        push_attribute(explanation, SLA_ATTRIBUTE_DERIVED, derivation->name,
                       &slots[derivation->slot]);
    }
    slots[policy->severity_slot] = settled;
    if (severity != INDEX_NONE)
        explanation->clock.severity = text_table_at(&policy->literals,
                                                    policy->severities[severity]);
    return known;
}
