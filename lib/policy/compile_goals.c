/* SPDX-License-Identifier: MIT */
/* Goals: from the model to the compiled policy. */
#include "policy/compile.h"

void compile_goals(struct compile *compile)
{
    const struct model *model = compile->model;
    for (size_t i = 0; i < model->goal_count; i++) {
        const struct goal_model *source = &model->goals[i];
        struct goal goal = {.kinds = source->scope.kinds, .rate = (uint32_t)source->rate.value,
                            .period = source->period, .line = line_of(source->at)};
        goal.name = compile_text(compile, source->name.value);
        goal.metrics = compile_find_all(compile, &model->metric_names, &source->scope.metrics,
                                        CODE_UNKNOWN_METRIC);
        goal.agreements = compile_find_all(compile, &compile->agreement_names,
                                           &source->scope.agreements, CODE_UNKNOWN_AGREEMENT);
        goal.condition = compile_condition(compile, source->scope.when);
        if (!compile_push(compile, &compile->goals, goal))
            return;
    }
}
