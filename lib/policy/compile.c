/* SPDX-License-Identifier: MIT */
/* The one file that turns a model into a compiled policy: the order of the work, and the moving of
 * what was gathered into the policy's own memory. */
#include "policy/analyse.h"
#include "policy/compile.h"
#include "policy/fingerprint.h"

static void init(struct compile *compile)
{
    struct text_table *tables[] = {&compile->calendar_names, &compile->holiday_names,
                                   &compile->severity_names, &compile->derived_names,
                                   &compile->agreement_names, &compile->zone_names};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        text_table_init(tables[i], &compile->build->allocator);
    compile->deriving = AFTER_ALL;
    compile->default_choice = INDEX_NONE;
}

static void release(struct compile *compile)
{
    const sla_allocator *allocator = &compile->build->allocator;
    text_table_free(&compile->calendar_names);
    text_table_free(&compile->holiday_names);
    text_table_free(&compile->severity_names);
    text_table_free(&compile->derived_names);
    text_table_free(&compile->agreement_names);
    text_table_free(&compile->zone_names);
    array_free(allocator, &compile->zones);
    array_free(allocator, &compile->exceptions);
    array_free(allocator, &compile->calendars);
    array_free(allocator, &compile->conditions);
    array_free(allocator, &compile->condition_children);
    array_free(allocator, &compile->literal_lists);
    array_free(allocator, &compile->table_entries);
    array_free(allocator, &compile->derivations);
    array_free(allocator, &compile->derivation_rows);
    array_free(allocator, &compile->metrics);
    array_free(allocator, &compile->pauses);
    array_free(allocator, &compile->calendar_choices);
    array_free(allocator, &compile->target_rules);
    array_free(allocator, &compile->row_targets);
    array_free(allocator, &compile->target_rows);
    array_free(allocator, &compile->agreements);
    array_free(allocator, &compile->escalations);
    array_free(allocator, &compile->steps);
    array_free(allocator, &compile->goals);
    array_free(allocator, &compile->index_lists);
    array_free(allocator, &compile->word_lists);
}

static const void *moved(struct compile *compile, const void *items, size_t size)
{
    if (size == 0)
        return NULL;
    const void *copy = arena_copy(&compile->policy->arena, items, size);
    if (copy == NULL)
        build_fail(compile->build, SLA_ERROR_MEMORY);
    return copy;
}

#define MOVE(compile, field) \
    ((compile)->policy->field = moved((compile), (compile)->field.items,         \
                                      (compile)->field.count * sizeof *(compile)->field.items))
#define MOVE_COUNTED(compile, field, counter) \
    (MOVE(compile, field), (compile)->policy->counter = (uint32_t)(compile)->field.count)

static void publish(struct compile *compile)
{
    MOVE(compile, conditions);
    MOVE(compile, condition_children);
    MOVE(compile, literal_lists);
    MOVE(compile, table_entries);
    MOVE(compile, derivation_rows);
    MOVE_COUNTED(compile, pauses, pause_count);
    MOVE(compile, calendar_choices);
    MOVE_COUNTED(compile, target_rules, target_rule_count);
    MOVE(compile, row_targets);
    MOVE(compile, target_rows);
    MOVE(compile, steps);
    MOVE(compile, index_lists);
    MOVE(compile, word_lists);
    MOVE_COUNTED(compile, calendars, calendar_count);
    MOVE_COUNTED(compile, derivations, derivation_count);
    MOVE_COUNTED(compile, metrics, metric_count);
    MOVE_COUNTED(compile, agreements, agreement_count);
    MOVE_COUNTED(compile, escalations, escalation_count);
    MOVE_COUNTED(compile, goals, goal_count);
}

static void compile_severities(struct compile *compile)
{
    const struct text_list *list = &compile->model->severities;
    uint32_t *literals = arena_new(&compile->policy->arena, (list->count + 1) * sizeof *literals);
    if (literals == NULL) {
        build_fail(compile->build, SLA_ERROR_MEMORY);
        return;
    }
    for (size_t i = 0; i < list->count; i++)
        literals[i] = compile_literal(compile, list->items[i].value);
    compile->policy->severities = literals;
    compile->policy->severity_count = (uint32_t)list->count;
    /* The severity is an attribute: derived if `classify` makes it, else what the host says. */
    if (list->count > 0)
        compile->policy->severity_slot =
            compile_slot(compile, &(struct text_field){TEXT("severity"), NULL});
}

void compile_policy(struct build *build, struct model *model, struct sla_policy *policy)
{
    struct compile compile = {.build = build, .model = model, .policy = policy};
    init(&compile);
    policy->name = compile_text(&compile, model->name.value);
    policy->roll_deadlines = model->roll_deadlines;
    policy->opened_literal = compile_literal(&compile, TEXT("opened"));
    compile_zone(&compile, &(struct text_field){.at = NULL}); /* UTC stands in for lost ones */
    if (build->status == SLA_OK)
        policy->zone = compile_zone(&compile, &model->zone);
    static void (*const stages[])(struct compile *) = {
        compile_collect_names, compile_calendars,  compile_severities,  compile_derivations,
        compile_metrics,       compile_agreements, compile_escalations, compile_goals,
        compile_final_slots,   compile_tests,      compile_matches,
    };
    /* Each stage relies on what the ones before it made, faulty or not; not on lost memory. */
    for (size_t i = 0; i < sizeof stages / sizeof *stages && build->status == SLA_OK; i++)
        stages[i](&compile);
    if (build->status == SLA_OK && build->diags->errors == 0)
        publish(&compile);
    if (build->status == SLA_OK && build->diags->errors == 0)
        fingerprint_finish(policy);
    if (build->status == SLA_OK && build->diags->errors == 0 &&
        (build->options.flags & SLA_POLICY_ANALYSE) != 0)
        analyse_policy(&compile);
    release(&compile);
}
