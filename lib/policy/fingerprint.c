/* SPDX-License-Identifier: MIT */
/* The policy's fingerprint: every part of the compiled policy that can change an answer, in the
 * order of the arrays, and the rules of its zones. Lines of the file are left out, and so are the
 * policy's own tests: they promise nothing. */
#include "policy/fingerprint.h"

static void add_range(struct digest *digest, struct range range)
{
    digest_number(digest, range.first);
    digest_number(digest, range.count);
}

void fingerprint_add_zone(struct digest *digest, const struct zone *zone)
{
    digest_text(digest, zone->name);
    digest_number(digest, zone->fingerprint[0]);
    digest_number(digest, zone->fingerprint[1]);
}

struct digest fingerprint_resume(const struct sla_policy *policy)
{
    return (struct digest){policy->fingerprint[0], policy->fingerprint[1]};
}

void fingerprint_keep(struct sla_policy *policy, const struct digest *digest)
{
    policy->fingerprint[0] = digest->a;
    policy->fingerprint[1] = digest->b;
}

void fingerprint_begin(struct sla_policy *policy)
{
    struct digest digest;
    digest_init(&digest, FINGERPRINT_SEED);
    fingerprint_keep(policy, &digest);
}

static void add_table(struct digest *digest, const struct sla_policy *policy,
                      const struct table *table)
{
    digest_number(digest, table->slot);
    digest_number(digest, table->otherwise);
    add_range(digest, table->entries);
    for (uint32_t i = 0; i < table->entries.count; i++) {
        const struct table_entry *entry = &policy->table_entries[table->entries.first + i];
        digest_number(digest, entry->literal);
        digest_number(digest, entry->value);
    }
}

static void add_list(struct digest *digest, const uint32_t *list, struct range range)
{
    digest_number(digest, range.count);
    for (uint32_t i = 0; i < range.count; i++)
        digest_number(digest, list[range.first + i]);
}

static void add_condition(struct digest *digest, const struct sla_policy *policy, uint32_t index)
{
    if (index == INDEX_NONE) {
        digest_number(digest, INDEX_NONE);
        return;
    }
    const struct condition *condition = &policy->conditions[index];
    digest_number(digest, condition->op);
    digest_number(digest, condition->slot);
    digest_number(digest, condition->calendar);
    digest_text(digest, condition->text);
    digest_text(digest, condition->min);
    digest_text(digest, condition->max);
    add_list(digest, policy->literal_lists, condition->list);
    digest_number(digest, condition->children.count);
    uint64_t sum[2] = {0, 0}; /* what must all hold has no order */
    for (uint32_t i = 0; i < condition->children.count; i++) { /* as deep as the file was nested */
        uint32_t child = policy->condition_children[condition->children.first + i];
        if (condition->op != CONDITION_ALL) {
            add_condition(digest, policy, child);
            continue;
        }
        struct digest part;
        uint64_t number[2];
        digest_init(&part, FINGERPRINT_SEED);
        add_condition(&part, policy, child);
        digest_finish(&part, number);
        sum[0] += number[0];
        sum[1] += number[1];
    }
    digest_number(digest, sum[0]);
    digest_number(digest, sum[1]);
}

static void add_rows(struct digest *digest, const struct sla_policy *policy, struct range range)
{
    digest_number(digest, range.count);
    for (uint32_t i = 0; i < range.count; i++) {
        const struct derivation_row *row = &policy->derivation_rows[range.first + i];
        add_condition(digest, policy, row->condition);
        digest_number(digest, row->literal);
        digest_number(digest, row->copy_slot);
        digest_number(digest, (uint64_t)row->raise);
    }
}

static void add_derivation(struct digest *digest, const struct sla_policy *policy,
                           const struct derivation *derivation)
{
    digest_text(digest, derivation->name);
    digest_number(digest, derivation->kind);
    digest_number(digest, derivation->slot);
    add_rows(digest, policy, derivation->rows);
    add_rows(digest, policy, derivation->raises);
    add_table(digest, policy, &derivation->table);
    digest_number(digest, derivation->row_slot);
    digest_number(digest, derivation->column_slot);
    add_list(digest, policy->literal_lists, derivation->row_literals);
    add_list(digest, policy->literal_lists, derivation->column_literals);
    add_list(digest, policy->literal_lists, derivation->cells);
    digest_number(digest, derivation->otherwise);
}

static void add_trigger(struct digest *digest, const struct sla_policy *policy,
                        const struct trigger *trigger)
{
    digest_number(digest, trigger->present);
    add_list(digest, policy->literal_lists, trigger->events);
    digest_number(digest, trigger->changed_slot);
    add_condition(digest, policy, trigger->condition);
}

static void add_duration(struct digest *digest, const sla_target *target)
{
    digest_number(digest, target->unit);
    digest_number(digest, target->due);
    digest_number(digest, target->due_time);
    digest_number(digest, target->cutoff);
    digest_number(digest, (uint64_t)target->amount);
    digest_number(digest, (uint64_t)target->grace);
}

static void add_metric(struct digest *digest, const struct sla_policy *policy,
                       const struct metric *metric)
{
    digest_text(digest, metric->name);
    add_trigger(digest, policy, &metric->start);
    add_trigger(digest, policy, &metric->stop);
    add_trigger(digest, policy, &metric->reset);
    add_trigger(digest, policy, &metric->cancel);
    add_trigger(digest, policy, &metric->reopen_on);
    digest_number(digest, metric->reopen);
    digest_number(digest, metric->retarget);
    digest_number(digest, metric->repeat);
    digest_number(digest, metric->never_loosen);
    digest_number(digest, metric->pauses.count);
    for (uint32_t i = 0; i < metric->pauses.count; i++) {
        const struct pause *pause = &policy->pauses[metric->pauses.first + i];
        add_condition(digest, policy, pause->condition);
        add_trigger(digest, policy, &pause->from);
        add_trigger(digest, policy, &pause->until);
        digest_text(digest, pause->reason);
        digest_number(digest, pause->limited);
        add_duration(digest, &pause->limit);
    }
}

static void add_target(struct digest *digest, const struct sla_policy *policy, uint32_t index)
{
    const struct target_rule *rule = &policy->target_rules[index];
    digest_number(digest, rule->type);
    add_duration(digest, &rule->target);
    digest_number(digest, rule->agreed_slot);
    digest_number(digest, rule->has_latest);
    if (rule->calendar_choice != INDEX_NONE) {
        const struct calendar_choice *choice = &policy->calendar_choices[rule->calendar_choice];
        digest_number(digest, choice->is_table);
        digest_number(digest, choice->calendar);
        add_table(digest, policy, &choice->table);
    }
    if (rule->type != TARGET_TABLE)
        return;
    digest_number(digest, rule->table.slot);
    for (uint32_t i = 0; i < rule->table.entries.count; i++) { /* no tables in tables */
        const struct table_entry *entry = &policy->table_entries[rule->table.entries.first + i];
        digest_number(digest, entry->literal);
        add_target(digest, policy, entry->value);
    }
    digest_number(digest, rule->table.otherwise != INDEX_NONE);
    if (rule->table.otherwise != INDEX_NONE)
        add_target(digest, policy, rule->table.otherwise);
}

static void add_agreement(struct digest *digest, const struct sla_policy *policy,
                          const struct agreement *agreement)
{
    digest_text(digest, agreement->name);
    digest_number(digest, agreement->kind);
    add_condition(digest, policy, agreement->condition);
    digest_number(digest, agreement->has_from);
    digest_number(digest, (uint64_t)agreement->from);
    digest_number(digest, agreement->has_until);
    digest_number(digest, (uint64_t)agreement->until);
    digest_number(digest, agreement->rows.count);
    for (uint32_t i = 0; i < agreement->rows.count; i++) {
        const struct target_row *row = &policy->target_rows[agreement->rows.first + i];
        digest_text(digest, row->name);
        add_condition(digest, policy, row->condition);
        digest_number(digest, row->targets.count);
        for (uint32_t k = 0; k < row->targets.count; k++) {
            const struct row_target *target = &policy->row_targets[row->targets.first + k];
            digest_number(digest, target->metric);
            add_target(digest, policy, target->target);
        }
    }
}

static void add_words(struct digest *digest, const struct sla_policy *policy, struct range range)
{
    digest_number(digest, range.count);
    for (uint32_t i = 0; i < range.count; i++)
        digest_text(digest, policy->word_lists[range.first + i]);
}

static void add_escalation(struct digest *digest, const struct sla_policy *policy,
                           const struct escalation *escalation)
{
    add_list(digest, policy->index_lists, escalation->metrics);
    digest_number(digest, escalation->kinds);
    add_list(digest, policy->index_lists, escalation->agreements);
    add_condition(digest, policy, escalation->condition);
    digest_number(digest, escalation->steps.count);
    for (uint32_t i = 0; i < escalation->steps.count; i++) {
        const struct step *step = &policy->steps[escalation->steps.first + i];
        digest_number(digest, step->type);
        digest_number(digest, step->percent);
        digest_number(digest, (uint64_t)step->offset);
        digest_number(digest, step->calendar);
        digest_number(digest, step->only_in);
        digest_number(digest, step->skip_late);
        digest_number(digest, (uint64_t)step->repeat);
        digest_number(digest, step->times);
        digest_number(digest, (uint64_t)step->level);
        add_condition(digest, policy, step->condition);
        add_words(digest, policy, step->notify);
        add_words(digest, policy, step->via);
    }
}

static void add_goal(struct digest *digest, const struct sla_policy *policy,
                     const struct goal *goal)
{
    digest_text(digest, goal->name);
    add_list(digest, policy->index_lists, goal->metrics);
    digest_number(digest, goal->kinds);
    add_list(digest, policy->index_lists, goal->agreements);
    add_condition(digest, policy, goal->condition);
    digest_number(digest, goal->rate);
    digest_number(digest, goal->period);
}

void fingerprint_finish(struct sla_policy *policy)
{
    struct digest digest = fingerprint_resume(policy);
    digest_text(&digest, policy->name);
    digest_number(&digest, policy->roll_deadlines);
    fingerprint_add_zone(&digest, policy->zone);
    digest_number(&digest, policy->literals.texts.count);
    for (size_t i = 0; i < policy->literals.texts.count; i++)
        digest_text(&digest, policy->literals.texts.items[i]);
    digest_number(&digest, policy->attribute_count);
    for (size_t i = 0; i < policy->attribute_count; i++)
        digest_text(&digest, policy->attributes.texts.items[i]);
    digest_number(&digest, policy->severity_slot);
    add_list(&digest, policy->severities, (struct range){0, policy->severity_count});
    for (uint32_t i = 0; i < policy->derivation_count; i++)
        add_derivation(&digest, policy, &policy->derivations[i]);
    for (uint32_t i = 0; i < policy->metric_count; i++)
        add_metric(&digest, policy, &policy->metrics[i]);
    for (uint32_t i = 0; i < policy->agreement_count; i++)
        add_agreement(&digest, policy, &policy->agreements[i]);
    for (uint32_t i = 0; i < policy->escalation_count; i++)
        add_escalation(&digest, policy, &policy->escalations[i]);
    for (uint32_t i = 0; i < policy->goal_count; i++)
        add_goal(&digest, policy, &policy->goals[i]);
    digest_finish(&digest, policy->fingerprint);
}
