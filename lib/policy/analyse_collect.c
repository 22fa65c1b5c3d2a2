/* SPDX-License-Identifier: MIT */
/* What a policy asks of each attribute: gathered before its values are made. */
#include "policy/analyse_space.h"

static void ask_in(struct analysis *analysis, struct text_table *table, sla_text text)
{
    if (text_table_add(table, text) == 0)
        build_fail(analysis->build, SLA_ERROR_MEMORY);
}

static void ask_value(struct analysis *analysis, struct space_slot *slot, sla_text text)
{
    ask_in(analysis, &slot->asked.listed, text);
}

#define ask_also(analysis, list, text)                                     \
    ((void)(array_push(&(analysis)->build->allocator, (list), (text)) ||   \
            (build_fail((analysis)->build, SLA_ERROR_MEMORY), true)))

static void collect_condition(struct analysis *analysis, const struct condition_model *condition)
{
    if (condition == NULL)
        return;
    for (const struct condition_model *child = condition->children; child; child = child->next)
        collect_condition(analysis, child);
    if (condition->op == CONDITION_OPENED_IN) {
        uint32_t calendar = compile_calendar_name(analysis->compile, condition->calendar.at,
                                                  condition->calendar.value);
        for (size_t i = 0; i < analysis->calendars.count; i++)
            if (analysis->calendars.items[i] == calendar)
                return;
        ask_also(analysis, &analysis->calendars, calendar);
        return;
    }
    if (condition->attribute.at == NULL)
        return;
    struct space_slot *slot = &analysis->slots[space_find(analysis, &condition->attribute)];
    for (size_t i = 0; i < condition->values.count; i++)
        ask_value(analysis, slot, condition->values.items[i].value);
    if (condition->min.at != NULL)
        ask_also(analysis, &slot->asked.bounds, condition->min.value);
    if (condition->max.at != NULL)
        ask_also(analysis, &slot->asked.bounds, condition->max.value);
    if (condition->op == CONDITION_PREFIX)
        ask_in(analysis, &slot->asked.prefixes, condition->text.value);
    if (condition->op == CONDITION_CONTAINS)
        ask_in(analysis, &slot->asked.parts, condition->text.value);
}

static void collect_list(struct analysis *analysis, const struct text_field *by,
                         const struct text_list *list)
{
    struct space_slot *slot = &analysis->slots[space_find(analysis, by)];
    for (size_t i = 0; i < list->count; i++)
        ask_value(analysis, slot, list->items[i].value);
}

static void collect_table(struct analysis *analysis, const struct table_model *table)
{
    struct space_slot *slot = &analysis->slots[space_find(analysis, &table->by)];
    for (size_t i = 0; i < table->count; i++)
        ask_value(analysis, slot, table->entries[i].key.value);
}

static void collect_calendar(struct analysis *analysis, const struct calendar_ref *calendar)
{
    if (calendar->table != NULL)
        collect_table(analysis, calendar->table);
}

static void collect_target(struct analysis *analysis, const struct target_model *target)
{
    collect_calendar(analysis, &target->calendar);
    if (target->type != TARGET_TABLE)
        return;
    collect_table(analysis, &target->table);
    for (size_t i = 0; i <= target->table.count; i++) {
        const struct entry_model *entry =
            i < target->table.count ? &target->table.entries[i] : &target->table.otherwise;
        if (entry->target != NULL)
            collect_calendar(analysis, &entry->target->calendar);
    }
}

static void collect_date(struct analysis *analysis, sla_date date)
{
    for (size_t i = 0; i < analysis->dates.count; i++)
        if (analysis->dates.items[i] == date)
            return;
    ask_also(analysis, &analysis->dates, date);
}

static void collect_agreements(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    collect_calendar(analysis, &model->calendar);
    for (size_t i = 0; i < model->agreement_count; i++) {
        const struct agreement_model *agreement = &model->agreements[i];
        collect_condition(analysis, agreement->when);
        collect_calendar(analysis, &agreement->calendar);
        if (agreement->from.at != NULL)
            collect_date(analysis, (sla_date)agreement->from.value);
        if (agreement->until.at != NULL)
            collect_date(analysis, (sla_date)agreement->until.value + 1);
        for (size_t k = 0; k < agreement->count; k++) {
            const struct target_row_model *row = &agreement->rows[k];
            collect_condition(analysis, row->when);
            collect_calendar(analysis, &row->calendar);
            for (size_t m = 0; m < row->count; m++)
                collect_target(analysis, &row->promises[m].target);
        }
    }
}

static void collect_metrics(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    for (size_t i = 0; i < model->metric_count; i++) {
        const struct metric_model *metric = &model->metrics[i];
        const struct trigger_model *triggers[] = {&metric->start, &metric->stop, &metric->reset,
                                                  &metric->cancel, &metric->reopen_on};
        for (size_t k = 0; k < sizeof triggers / sizeof *triggers; k++)
            collect_condition(analysis, triggers[k]->when);
        for (size_t k = 0; k < metric->pause_count; k++) {
            collect_condition(analysis, metric->pauses[k].condition);
            collect_condition(analysis, metric->pauses[k].from.when);
            collect_condition(analysis, metric->pauses[k].until.when);
        }
    }
}

static void collect_escalations(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    for (size_t i = 0; i < model->escalation_count; i++) {
        collect_condition(analysis, model->escalations[i].scope.when);
        for (size_t k = 0; k < model->escalations[i].count; k++)
            collect_condition(analysis, model->escalations[i].steps[k].when);
    }
}

static void collect_derivations(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    for (size_t i = 0; i < model->derivation_count; i++) {
        const struct derivation_model *derivation = &model->derivations[i];
        analysis->compile->deriving = i;
        for (size_t k = 0; k < derivation->row_count; k++)
            collect_condition(analysis, derivation->rows[k].when);
        if (derivation->kind == DERIVE_TABLE)
            collect_table(analysis, &derivation->table);
        if (derivation->kind == DERIVE_MATRIX) {
            collect_list(analysis, &derivation->matrix.row_by, &derivation->matrix.rows);
            collect_list(analysis, &derivation->matrix.column_by, &derivation->matrix.columns);
        }
    }
    analysis->compile->deriving = AFTER_ALL;
}

static void hand_down(struct analysis *analysis, const struct space_slot *from,
                      struct space_slot *to)
{
    for (size_t i = 0; i < from->asked.listed.texts.count; i++)
        ask_value(analysis, to, from->asked.listed.texts.items[i]);
    for (size_t i = 0; i < from->asked.prefixes.texts.count; i++)
        ask_in(analysis, &to->asked.prefixes, from->asked.prefixes.texts.items[i]);
    for (size_t i = 0; i < from->asked.parts.texts.count; i++)
        ask_in(analysis, &to->asked.parts, from->asked.parts.texts.items[i]);
    for (size_t i = 0; i < from->asked.bounds.count; i++)
        ask_also(analysis, &to->asked.bounds, from->asked.bounds.items[i]);
}

static bool copies(const struct derivation_model *derivation)
{
    for (size_t i = 0; i < derivation->row_count; i++)
        if (derivation->rows[i].copy.at != NULL)
            return true;
    return false;
}

/* The texts that a derivation gives: where there are copies, one of them may be given, too. */
static void ask_given(struct analysis *analysis, const struct derivation_model *derivation,
                      struct space_slot *slot)
{
    const struct matrix_model *matrix = &derivation->matrix;
    for (size_t i = 0; i < derivation->row_count; i++)
        if (derivation->rows[i].is.at != NULL)
            ask_value(analysis, slot, derivation->rows[i].is.value);
    for (size_t i = 0; i < derivation->table.count; i++)
        ask_value(analysis, slot, derivation->table.entries[i].value);
    if (derivation->table.otherwise.at != NULL)
        ask_value(analysis, slot, derivation->table.otherwise.value);
    for (size_t i = 0; matrix->cells != NULL && i < matrix->rows.count * matrix->columns.count; i++)
        ask_value(analysis, slot, matrix->cells[i].value);
    if (matrix->otherwise.at != NULL)
        ask_value(analysis, slot, matrix->otherwise.value);
}

/* Between a derivation and what it copies: `down` hands down all that is asked of the copy, else
   the texts that are asked of the original go up. */
static void pass_on(struct analysis *analysis, size_t number, bool down)
{
    const struct derivation_model *derivation = &analysis->compile->model->derivations[number];
    struct space_slot *slot = &analysis->slots[analysis->attribute_count + 1 + number];
    analysis->compile->deriving = number;
    for (size_t i = 0; i < derivation->row_count; i++) {
        if (derivation->rows[i].copy.at == NULL)
            continue;
        struct space_slot *from =
            &analysis->slots[space_find(analysis, &derivation->rows[i].copy)];
        if (down)
            hand_down(analysis, slot, from);
        for (size_t k = 0; !down && k < from->asked.listed.texts.count; k++)
            ask_value(analysis, slot, from->asked.listed.texts.items[k]);
    }
}

/* What is asked of a copy is asked of what it copies; and a text that is a value of its own to one
   of them is so to the other. */
static void collect_copies(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    uint32_t settled = analysis->settled;
    const struct text_list *severities = &model->severities;
    uint32_t severity = severities->count == 0
                            ? 0
                            : space_find(analysis, &(struct text_field){TEXT("severity"), NULL});
    bool some = false;
    for (size_t i = 0; severity != 0 && i < severities->count; i++)
        ask_value(analysis, &analysis->slots[severity], severities->items[i].value);
    if (settled != 0) {
        uint32_t given = compile_slot_as_given(analysis->compile,
                                               &(struct text_field){TEXT("severity"), NULL});
        hand_down(analysis, &analysis->slots[settled], &analysis->slots[given]);
    }
    for (size_t i = 0; i < model->derivation_count; i++)
        some = some || copies(&model->derivations[i]);
    for (size_t i = 0; some && i < model->derivation_count; i++) {
        ask_given(analysis, &model->derivations[i],
                  &analysis->slots[analysis->attribute_count + 1 + i]);
        pass_on(analysis, i, false); /* an earlier one is done before a later one copies it */
    }
    for (size_t i = model->derivation_count; some && i-- > 0;)
        pass_on(analysis, i, true);
    analysis->compile->deriving = AFTER_ALL;
}

void space_collect(struct analysis *analysis)
{
    collect_derivations(analysis);
    collect_metrics(analysis);
    collect_agreements(analysis);
    collect_escalations(analysis);
    collect_copies(analysis);
}
