/* SPDX-License-Identifier: MIT */
/* Classification, metrics and escalations as text. */
#include "policy/dump.h"

static void dump_row(struct dump *dump, const struct row_model *row)
{
    dump_begin_map(dump, DUMP_LINE);
    dump_condition_field(dump, "when", row->when);
    dump_text_field(dump, "is", &row->is);
    if (row->copy.at != NULL) {
        dump_key(dump, "is");
        dump_begin_map(dump, DUMP_LINE);
        dump_text_field(dump, "copy", &row->copy);
        dump_end(dump);
    }
    if (row->raise.at != NULL) {
        dump_key(dump, "raise");
        dump_number(dump, row->raise.value);
    }
    dump_end(dump);
}

static void dump_axis(struct dump *dump, const char *key, const struct text_field *by,
                      const struct text_list *values)
{
    dump_key(dump, key);
    dump_begin_map(dump, DUMP_LINE);
    dump_name(dump, by->value);
    dump_names(dump, values);
    dump_end(dump);
}

static void dump_matrix(struct dump *dump, const struct matrix_model *matrix)
{
    dump_begin_map(dump, DUMP_BLOCK);
    dump_key(dump, "matrix");
    dump_begin_map(dump, DUMP_BLOCK);
    dump_axis(dump, "rows", &matrix->row_by, &matrix->rows);
    dump_axis(dump, "columns", &matrix->column_by, &matrix->columns);
    dump_key(dump, "values");
    dump_begin_list(dump, DUMP_BLOCK);
    for (size_t row = 0; row < matrix->rows.count; row++) {
        dump_begin_list(dump, DUMP_LINE);
        for (size_t i = 0; i < matrix->columns.count; i++)
            dump_text(dump, matrix->cells[row * matrix->columns.count + i].value);
        dump_end(dump);
    }
    dump_end(dump);
    dump_end(dump);
    dump_text_field(dump, "default", &matrix->otherwise);
    dump_end(dump);
}

static void dump_rows(struct dump *dump, const struct derivation_model *derivation)
{
    dump_begin_list(dump, DUMP_BLOCK);
    for (size_t i = 0; i < derivation->row_count; i++)
        dump_row(dump, &derivation->rows[i]);
    dump_end(dump);
}

void dump_classify(struct dump *dump, const struct model *model)
{
    if (model->derivation_count == 0)
        return;
    dump_key(dump, "classify");
    dump_begin_map(dump, DUMP_BLOCK);
    for (size_t i = 0; i < model->derivation_count; i++) {
        const struct derivation_model *derivation = &model->derivations[i];
        dump_name(dump, derivation->name.value);
        if (derivation->kind == DERIVE_ROWS)
            dump_rows(dump, derivation);
        else if (derivation->kind == DERIVE_MATRIX)
            dump_matrix(dump, &derivation->matrix);
        else
            dump_table(dump, &derivation->table);
    }
    dump_end(dump);
}

static void dump_trigger(struct dump *dump, const char *key, const struct trigger_model *trigger)
{
    if (trigger->at == NULL && !trigger->builtin)
        return;
    dump_key(dump, key);
    if (trigger->changed.at == NULL && trigger->when == NULL) {
        dump_names(dump, &trigger->events);
        return;
    }
    dump_begin_map(dump, DUMP_LINE);
    dump_names_field(dump, "event", &trigger->events);
    dump_text_field(dump, "changed", &trigger->changed);
    dump_condition_field(dump, "when", trigger->when);
    dump_end(dump);
}

static void dump_pause(struct dump *dump, const struct pause_model *pause)
{
    dump_begin_map(dump, DUMP_LINE);
    dump_condition_field(dump, "while", pause->condition);
    dump_trigger(dump, "event", &pause->from);
    dump_trigger(dump, "until", &pause->until);
    if (pause->limited) {
        dump_key(dump, "limit");
        dump_duration(dump, pause->limit.unit, pause->limit.amount);
    }
    dump_text_field(dump, "reason", &pause->reason);
    dump_end(dump);
}

static void dump_pauses(struct dump *dump, const struct metric_model *metric)
{
    if (metric->pause_count == 0)
        return;
    dump_key(dump, "pause");
    if (metric->pause_count > 1)
        dump_begin_list(dump, DUMP_BLOCK);
    for (size_t i = 0; i < metric->pause_count; i++)
        dump_pause(dump, &metric->pauses[i]);
    if (metric->pause_count > 1)
        dump_end(dump);
}

/* `ignore` is written where the author wrote it: what reopens has a number then. */
static void dump_reopen(struct dump *dump, const struct metric_model *metric)
{
    static const char *const modes[] = {
        [REOPEN_IGNORE] = "ignore",   [REOPEN_RESUME] = "resume", [REOPEN_COUNT] = "count",
        [REOPEN_RESTART] = "restart", [REOPEN_CYCLE] = "cycle",
    };
    if (metric->reopen_on.at == NULL && !metric->reopen_on.builtin)
        return;
    dump_key(dump, "reopen");
    if (metric->reopen_on.builtin) {
        dump_word(dump, modes[metric->reopen]);
        return;
    }
    dump_begin_map(dump, DUMP_LINE);
    dump_trigger(dump, "event", &metric->reopen_on);
    dump_key(dump, "clock");
    dump_word(dump, modes[metric->reopen]);
    dump_end(dump);
}

static void dump_metric(struct dump *dump, const struct metric_model *metric)
{
    dump_name(dump, metric->name.value);
    dump_begin_map(dump, DUMP_BLOCK);
    dump_words(dump, metric->at, "name");
    dump_words(dump, metric->at, "description");
    dump_trigger(dump, "start", &metric->start);
    dump_trigger(dump, "stop", &metric->stop);
    dump_pauses(dump, metric);
    dump_trigger(dump, "cancel", &metric->cancel);
    dump_trigger(dump, "reset", &metric->reset);
    dump_reopen(dump, metric);
    if (metric->retarget == RETARGET_RESTART) {
        dump_key(dump, "retarget");
        dump_word(dump, "restart");
    }
    if (metric->never_loosen) {
        dump_key(dump, "never_loosen");
        dump_flag(dump, true);
    }
    if (metric->repeat) {
        dump_key(dump, "repeat");
        dump_flag(dump, true);
    }
    dump_end(dump);
}

/* Those that a policy without `metrics` has are written, too: readers see what is timed. */
void dump_metrics(struct dump *dump, const struct model *model)
{
    dump_key(dump, "metrics");
    dump_begin_map(dump, DUMP_BLOCK);
    for (size_t i = 0; i < model->metric_count; i++)
        dump_metric(dump, &model->metrics[i]);
    dump_end(dump);
}

static void dump_at(struct dump *dump, const struct step_model *step)
{
    struct text_builder at;
    builder_init(&at, dump->text.allocator);
    if (step->type == STEP_DUE && step->percent == 0) {
        builder_add_c(&at, "due");
    } else if (step->percent != 0 || step->type == STEP_PERCENT) { /* 100% too, as it was written */
        builder_add_number(&at, step->percent);
        builder_add_c(&at, "%");
    } else {
        duration_build(&at, SLA_UNIT_SECONDS, step->offset);
        builder_add_c(&at, step->type == STEP_BEFORE ? " before" : " after");
    }
    builder_add(&at, (sla_text){"", 1}); /* a C string */
    dump->text.failed = dump->text.failed || at.failed;
    dump_key(dump, "at");
    dump_word(dump, at.failed ? "" : at.data);
    builder_free(&at);
}

static void dump_number_field(struct dump *dump, const char *key, const struct number_field *field)
{
    if (field->at == NULL)
        return;
    dump_key(dump, key);
    dump_number(dump, field->value);
}

static void dump_step(struct dump *dump, const struct step_model *step)
{
    dump_begin_map(dump, DUMP_LINE);
    dump_at(dump, step);
    dump_names_field(dump, "notify", &step->notify);
    dump_names_field(dump, "via", &step->via);
    dump_number_field(dump, "level", &step->level);
    dump_condition_field(dump, "when", step->when);
    if (step->repeat.at != NULL) {
        dump_key(dump, "repeat");
        dump_duration(dump, SLA_UNIT_SECONDS, step->repeat.value);
    }
    dump_number_field(dump, "times", &step->times);
    dump_text_field(dump, "only_in", &step->only_in);
    if (step->skip_late) {
        dump_key(dump, "late");
        dump_word(dump, "skip");
    }
    dump_text_field(dump, "calendar", &step->calendar);
    dump_end(dump);
}

void dump_kinds(struct dump *dump, uint32_t kinds)
{
    static const char *const names[] = {
        [SLA_KIND_SLA] = "sla", [SLA_KIND_OLA] = "ola", [SLA_KIND_UC] = "uc"};
    bool is_list = (kinds & (kinds - 1)) != 0;
    if (kinds == 0)
        return;
    dump_key(dump, "kinds");
    if (is_list)
        dump_begin_list(dump, DUMP_LINE);
    for (uint32_t kind = 0; kind < sizeof names / sizeof *names; kind++)
        if ((kinds & 1u << kind) != 0)
            dump_word(dump, names[kind]);
    if (is_list)
        dump_end(dump);
}

void dump_escalations(struct dump *dump, const struct model *model)
{
    if (model->escalation_count == 0)
        return;
    dump_key(dump, "escalations");
    dump_begin_list(dump, DUMP_BLOCK);
    for (size_t i = 0; i < model->escalation_count; i++) {
        const struct escalation_model *escalation = &model->escalations[i];
        dump_begin_map(dump, DUMP_BLOCK);
        dump_words(dump, escalation->at, "name");
        dump_names_field(dump, "metrics", &escalation->scope.metrics);
        dump_kinds(dump, escalation->scope.kinds);
        dump_names_field(dump, "agreements", &escalation->scope.agreements);
        dump_condition_field(dump, "when", escalation->scope.when);
        dump_key(dump, "steps");
        dump_begin_list(dump, DUMP_BLOCK);
        for (size_t k = 0; k < escalation->count; k++)
            dump_step(dump, &escalation->steps[k]);
        dump_end(dump);
        dump_end(dump);
    }
    dump_end(dump);
}
