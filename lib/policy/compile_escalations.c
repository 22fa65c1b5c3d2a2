/* SPDX-License-Identifier: MIT */
/* Escalations: from the model to the compiled policy. */
#include "policy/compile.h"

#include <sla/event.h>

struct range compile_find_all(struct compile *compile, const struct text_table *names,
                              const struct text_list *list, enum diag_code code)
{
    struct range range = {(uint32_t)compile->index_lists.count, 0};
    for (size_t i = 0; i < list->count; i++) {
        uint32_t number =
            compile_find(compile, names, list->items[i].at, list->items[i].value, code);
        if (number != 0 && compile_push(compile, &compile->index_lists, number - 1))
            range.count++;
    }
    return range;
}

static struct range copy_words(struct compile *compile, const struct text_list *list)
{
    struct range range = {(uint32_t)compile->word_lists.count, 0};
    for (size_t i = 0; i < list->count; i++) {
        sla_text word = compile_text(compile, list->items[i].value);
        if (compile_push(compile, &compile->word_lists, word))
            range.count++;
    }
    return range;
}

static uint32_t find_calendar(struct compile *compile, const struct text_field *name)
{
    return name->at == NULL ? INDEX_NONE : compile_calendar_name(compile, name->at, name->value);
}

static bool compile_step(struct compile *compile, const struct step_model *model)
{
    struct step step = {.type = model->type, .percent = model->percent, .offset = model->offset,
                        .skip_late = model->skip_late, .repeat = model->repeat.value,
                        .times = 1, .level = SLA_NO_NUMBER, .line = line_of(model->at)};
    if (model->times.at != NULL)
        step.times = (uint32_t)model->times.value;
    if (model->level.at != NULL)
        step.level = (int32_t)model->level.value;
    step.calendar = find_calendar(compile, &model->calendar);
    step.only_in = find_calendar(compile, &model->only_in);
    step.condition = compile_condition(compile, model->when);
    step.notify = copy_words(compile, &model->notify);
    step.via = copy_words(compile, &model->via);
    return compile_push(compile, &compile->steps, step);
}

void compile_escalations(struct compile *compile)
{
    const struct model *model = compile->model;
    for (size_t i = 0; i < model->escalation_count; i++) {
        const struct escalation_model *source = &model->escalations[i];
        struct escalation escalation = {.kinds = source->scope.kinds, .line = line_of(source->at)};
        escalation.metrics = compile_find_all(compile, &model->metric_names, &source->scope.metrics,
                                              CODE_UNKNOWN_METRIC);
        escalation.agreements = compile_find_all(compile, &compile->agreement_names,
                                                 &source->scope.agreements, CODE_UNKNOWN_AGREEMENT);
        escalation.condition = compile_condition(compile, source->scope.when);
        escalation.steps.first = (uint32_t)compile->steps.count;
        for (size_t k = 0; k < source->count; k++)
            if (compile_step(compile, &source->steps[k]))
                escalation.steps.count++;
        if (!compile_push(compile, &compile->escalations, escalation))
            return;
    }
}
