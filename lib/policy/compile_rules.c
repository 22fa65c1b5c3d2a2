/* SPDX-License-Identifier: MIT */
/* Derivations and metrics: from the model to the compiled policy. */
#include "policy/compile.h"

static bool is_severity(const struct derivation_model *model)
{
    return text_equal(model->name.value, TEXT("severity"));
}

static uint32_t value_literal(struct compile *compile, const struct derivation_model *derivation,
                              const struct text_field *value)
{
    if (value->at == NULL)
        return 0;
    if (is_severity(derivation))
        compile_check_severity(compile, value);
    return compile_literal(compile, value->value);
}

static bool push_row(struct compile *compile, const struct derivation_model *derivation,
                     const struct row_model *model, struct range *range)
{
    struct derivation_row row = {.line = line_of(model->at), .raise = (int32_t)model->raise.value};
    row.condition = compile_condition(compile, model->when);
    row.literal = value_literal(compile, derivation, &model->is);
    row.severity = INDEX_NONE;
    if (is_severity(derivation))
        for (uint32_t i = compile->policy->severity_count; i > 0; i--)
            if (row.literal == compile->policy->severities[i - 1])
                row.severity = i - 1;
    if (model->copy.at != NULL)
        row.copy_slot = compile_slot_as_given(compile, &model->copy);
    if (!compile_push(compile, &compile->derivation_rows, row))
        return false;
    range->count++;
    return true;
}

static void compile_rows(struct compile *compile, const struct derivation_model *model,
                         struct derivation *out)
{
    if (is_severity(model) && compile->model->severities.count == 0 &&
        (compile->build->lost & LOST_SEVERITIES) == 0)
        for (size_t i = 0; i < model->row_count; i++)
            if (model->rows[i].raise.at != NULL) {
                report(compile->build, CODE_RAISE_NOT_SEVERITY, model->rows[i].raise.at->key,
                       TEXT_NONE, TEXT_NONE, TEXT("add \"severities\""));
                break;
            }
    out->rows.first = (uint32_t)compile->derivation_rows.count;
    for (size_t i = 0; i < model->row_count; i++)
        if (model->rows[i].raise.at == NULL &&
            !push_row(compile, model, &model->rows[i], &out->rows))
            return;
    out->raises.first = (uint32_t)compile->derivation_rows.count;
    for (size_t i = 0; i < model->row_count; i++)
        if (model->rows[i].raise.at != NULL &&
            !push_row(compile, model, &model->rows[i], &out->raises))
            return;
}

static void compile_matrix(struct compile *compile, const struct derivation_model *model,
                           struct derivation *out)
{
    const struct matrix_model *matrix = &model->matrix;
    if (matrix->row_by.at == NULL || matrix->column_by.at == NULL || matrix->cells == NULL)
        return; /* told */
    out->row_slot = compile_slot(compile, &matrix->row_by);
    out->column_slot = compile_slot(compile, &matrix->column_by);
    out->row_literals = compile_literals(compile, &matrix->rows);
    out->column_literals = compile_literals(compile, &matrix->columns);
    out->cells.first = (uint32_t)compile->literal_lists.count;
    for (size_t i = 0; i < matrix->rows.count * matrix->columns.count; i++) {
        uint32_t literal = value_literal(compile, model, &matrix->cells[i]);
        if (!compile_push(compile, &compile->literal_lists, literal))
            return;
        out->cells.count++;
    }
    out->otherwise = value_literal(compile, model, &matrix->otherwise);
}

static void compile_derived_table(struct compile *compile, const struct derivation_model *model,
                                  struct derivation *out)
{
    if (model->table.by.at == NULL)
        return;
    compile_table(compile, &model->table, TABLE_LITERALS, NULL, &out->table);
    for (size_t i = 0; i <= model->table.count && is_severity(model); i++) {
        const struct entry_model *entry =
            i < model->table.count ? &model->table.entries[i] : &model->table.otherwise;
        compile_check_severity(compile, &(struct text_field){entry->value, entry->at});
    }
}

void compile_derivations(struct compile *compile)
{
    const struct model *model = compile->model;
    for (size_t i = 0; i < model->derivation_count; i++) {
        const struct derivation_model *source = &model->derivations[i];
        struct derivation derivation = {.kind = source->kind, .slot = SLOT_DERIVED | (uint32_t)i};
        derivation.name = compile_text(compile, source->name.value);
        derivation.line = line_of(source->name.at);
        derivation.table.otherwise = INDEX_NONE;
        compile->deriving = i;
        if (source->kind == DERIVE_ROWS)
            compile_rows(compile, source, &derivation);
        else if (source->kind == DERIVE_MATRIX)
            compile_matrix(compile, source, &derivation);
        else
            compile_derived_table(compile, source, &derivation);
        if (!compile_push(compile, &compile->derivations, derivation))
            break;
    }
    compile->deriving = AFTER_ALL;
}

static void compile_pause(struct compile *compile, const struct pause_model *model,
                          struct pause *out)
{
    *out = (struct pause){.limited = model->limited, .limit = model->limit,
                          .line = line_of(model->at)};
    out->condition = compile_condition(compile, model->condition);
    compile_trigger(compile, &model->from, &out->from);
    compile_trigger(compile, &model->until, &out->until);
    out->reason = compile_text(compile, model->reason.value);
}

void compile_metrics(struct compile *compile)
{
    const struct model *model = compile->model;
    for (size_t i = 0; i < model->metric_count; i++) {
        const struct metric_model *source = &model->metrics[i];
        struct metric metric = {.reopen = source->reopen, .retarget = source->retarget,
                                .repeat = source->repeat, .never_loosen = source->never_loosen};
        metric.name = compile_text(compile, source->name.value);
        metric.line = line_of(source->name.at);
        compile_trigger(compile, &source->start, &metric.start);
        compile_trigger(compile, &source->stop, &metric.stop);
        compile_trigger(compile, &source->reset, &metric.reset);
        compile_trigger(compile, &source->cancel, &metric.cancel);
        compile_trigger(compile, &source->reopen_on, &metric.reopen_on);
        if (source->reopen == REOPEN_IGNORE)
            metric.reopen_on.present = false;
        metric.pauses.first = (uint32_t)compile->pauses.count;
        for (size_t k = 0; k < source->pause_count; k++) {
            struct pause pause;
            compile_pause(compile, &source->pauses[k], &pause);
            if (!compile_push(compile, &compile->pauses, pause))
                return;
            metric.pauses.count++;
        }
        if (!compile_push(compile, &compile->metrics, metric))
            return;
    }
}
