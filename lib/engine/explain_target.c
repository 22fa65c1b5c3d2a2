/* SPDX-License-Identifier: MIT */
/* The target explained: which agreement, which row, which amount, which calendar, and which entry
 * of the escalations. */
#include "engine/explain.h"

static void write_dates(struct writer *writer, const sla_explanation *explanation,
                        const void *about)
{
    const struct agreement *agreement = about;
    const struct {
        bool present;
        const char *word;
        sla_date date;
    } bounds[] = {{agreement->has_from, "from: ", agreement->from},
                  {agreement->has_until, "until: ", agreement->until}};
    (void)explanation;
    for (size_t i = 0; i < 2; i++) {
        if (!bounds[i].present)
            continue;
        struct civil civil = civil_from_date(bounds[i].date);
        if (i > 0 && bounds[0].present)
            writer_add_c(writer, ", ");
        writer_add_c(writer, bounds[i].word);
        writer_add_number(writer, civil.year, 4);
        writer_add_c(writer, "-");
        writer_add_number(writer, civil.month, 2);
        writer_add_c(writer, "-");
        writer_add_number(writer, civil.day, 2);
    }
}

static void write_opened(struct writer *writer, const sla_explanation *explanation,
                         const void *about)
{
    (void)about;
    writer_add_c(writer, "opened ");
    write_instant(writer, explanation->policy->zone, explanation->facts.opened_at);
}

/* The local date of opening in the policy's zone, both ends inclusive. */
static bool dates_allow(const sla_explanation *explanation, const struct agreement *agreement)
{
    sla_date date = zone_date(explanation->policy->zone, explanation->facts.opened_at, NULL);
    return !(agreement->has_from && date < agreement->from) &&
           !(agreement->has_until && date > agreement->until);
}

static sla_explained_verdict on_agreement(sla_explanation *explanation,
                                          const struct agreement *agreement)
{
    sla_explained_verdict verdict = explain_verdict(explanation, SLA_VERDICT_AGREEMENT,
                                                    agreement->line, agreement->condition);
    verdict.name = agreement->name;
    if (dates_allow(explanation, agreement))
        return verdict;
    verdict.flags = 0;
    verdict.reason = SLA_REASON_DATES;
    verdict.failed_line = agreement->line;
    verdict.wanted = explain_written(explanation, write_dates, agreement);
    verdict.has = explain_written(explanation, write_opened, NULL);
    verdict.attribute = verdict.value = TEXT_NONE;
    return verdict;
}

static void write_rule(struct writer *writer, const sla_explanation *explanation,
                       const void *index)
{
    write_target(writer, explanation->policy, *(const uint32_t *)index);
}

static void write_slot(struct writer *writer, const sla_explanation *explanation,
                       const void *slot_index)
{
    uint32_t index = *(const uint32_t *)slot_index;
    const struct slot *slot = &explanation->facts.slots[index];
    if (!slot->present)
        writer_add_c(writer, "no ");
    write_word(writer, slot_name(explanation->policy, index));
    if (slot->present) {
        writer_add_c(writer, ": ");
        write_word(writer, slot->text);
    }
}

static sla_explained_verdict on_table(sla_explanation *explanation, uint32_t what, uint32_t line,
                                      const struct table *table)
{
    const struct slot *slot = &explanation->facts.slots[table->slot];
    sla_explained_verdict verdict = {
        .size = sizeof verdict,
        .flags = SLA_VERDICT_MATCHED | (slot->present ? 0 : SLA_VERDICT_ABSENT),
        .what = what,
        .line = line,
        .condition = explain_written(explanation, write_slot, &table->slot),
        .attribute = slot_name(explanation->policy, table->slot),
        .value = slot->present ? slot->text : TEXT_NONE,
    };
    return verdict;
}

/* Follows tables down to a target, and tells how its calendar was chosen. */
static void follow(sla_explanation *explanation, uint32_t index)
{
    const sla_policy *policy = explanation->policy;
    while (index != INDEX_NONE && policy->target_rules[index].type == TARGET_TABLE) {
        const struct target_rule *rule = &policy->target_rules[index];
        sla_explained_verdict verdict =
            on_table(explanation, SLA_VERDICT_TARGET_TABLE, rule->line, &rule->table);
        index = table_choose(&explanation->facts, &rule->table);
        verdict.gives = explain_written(explanation, write_rule, &index);
        explanation_push(explanation, &explanation->verdicts, verdict);
    }
    if (index == INDEX_NONE || policy->target_rules[index].calendar_choice == INDEX_NONE)
        return;
    const struct target_rule *rule = &policy->target_rules[index];
    const struct calendar_choice *choice = &policy->calendar_choices[rule->calendar_choice];
    if (!choice->is_table)
        return;
    sla_explained_verdict verdict =
        on_table(explanation, SLA_VERDICT_CALENDAR_TABLE, rule->line, &choice->table);
    uint32_t calendar = table_choose(&explanation->facts, &choice->table);
    if (calendar != INDEX_NONE)
        sla_calendar_name(policy->calendars[calendar], &verdict.gives);
    explanation_push(explanation, &explanation->verdicts, verdict);
}

/* The target that a row has for a metric; NULL: it does not name it. */
static const struct row_target *target_of(const sla_policy *policy, const struct target_row *row,
                                          uint32_t metric)
{
    for (uint32_t i = 0; i < row->targets.count; i++)
        if (policy->row_targets[row->targets.first + i].metric == metric)
            return &policy->row_targets[row->targets.first + i];
    return NULL;
}

static void explain_targets(sla_explanation *explanation, struct range rows, uint32_t metric)
{
    const sla_policy *policy = explanation->policy;
    for (uint32_t r = rows.first; r < rows.first + rows.count; r++) {
        const struct target_row *row = &policy->target_rows[r];
        const struct row_target *target = target_of(policy, row, metric);
        sla_explained_verdict verdict = {.size = sizeof verdict, .what = SLA_VERDICT_TARGET,
                                         .line = row->line, .reason = SLA_REASON_METRIC};
        if (target != NULL) {
            verdict = explain_verdict(explanation, SLA_VERDICT_TARGET, row->line, row->condition);
            verdict.gives = explain_written(explanation, write_rule, &target->target);
        }
        verdict.name = row->name;
        explanation_push(explanation, &explanation->verdicts, verdict);
        if ((verdict.flags & SLA_VERDICT_MATCHED) != 0) {
            follow(explanation, target->target);
            return;
        }
    }
}

struct promise explain_target(sla_explanation *explanation, uint32_t kind, uint32_t metric)
{
    const sla_policy *policy = explanation->policy;
    for (uint32_t a = 0; a < policy->agreement_count; a++) {
        const struct agreement *agreement = &policy->agreements[a];
        if (agreement->kind != kind)
            continue;
        sla_explained_verdict verdict = on_agreement(explanation, agreement);
        explanation_push(explanation, &explanation->verdicts, verdict);
        if ((verdict.flags & SLA_VERDICT_MATCHED) == 0)
            continue;
        explain_targets(explanation, agreement->rows, metric);
        break;
    }
    struct promise *promises = arena_new(
        &explanation->arena, (size_t)policy->metric_count * KIND_COUNT * sizeof *promises);
    if (promises == NULL) {
        explanation->failed = true;
        return (struct promise){.found = false};
    }
    promises_find(&explanation->facts, promises);
    return promises[metric * KIND_COUNT + kind];
}

static bool is_in(const sla_policy *policy, struct range list, uint32_t index)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (policy->index_lists[list.first + i] == index)
            return true;
    return list.count == 0;
}

void explain_escalation(sla_explanation *explanation, uint32_t kind, uint32_t metric,
                        uint32_t agreement)
{
    const sla_policy *policy = explanation->policy;
    for (uint32_t e = 0; e < policy->escalation_count; e++) {
        const struct escalation *entry = &policy->escalations[e];
        uint32_t reason = 0;
        if (!is_in(policy, entry->metrics, metric))
            reason = SLA_REASON_METRIC;
        else if (entry->kinds != 0 && (entry->kinds & 1u << kind) == 0)
            reason = SLA_REASON_KIND;
        else if (!is_in(policy, entry->agreements, agreement))
            reason = SLA_REASON_AGREEMENT;
        sla_explained_verdict verdict = {.size = sizeof verdict, .what = SLA_VERDICT_ESCALATION,
                                         .line = entry->line, .reason = reason};
        if (reason == 0)
            verdict = explain_verdict(explanation, SLA_VERDICT_ESCALATION, entry->line,
                                      entry->condition);
        explanation_push(explanation, &explanation->verdicts, verdict);
        if ((verdict.flags & SLA_VERDICT_MATCHED) != 0)
            return;
    }
}
