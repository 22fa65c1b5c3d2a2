/* SPDX-License-Identifier: MIT */
/* Agreements, their rows and targets: which calendar each target counts on, and how long is
 * allowed. */
#include "policy/compile.h"

#include "base/checked.h"

#define REF_BROKEN UINT32_MAX /* calendar_ref.compiled: told, do not tell again */

/* Where the calendar of a target may come from, the nearest first; NULL at the end. */
struct scope {
    struct calendar_ref *refs[4];
    const struct node *agreement; /* to tell a missing calendar once for each agreement */
    bool *told;
};

static uint32_t push_choice(struct compile *compile, struct calendar_choice choice)
{
    if (!compile_push(compile, &compile->calendar_choices, choice))
        return INDEX_NONE;
    return (uint32_t)compile->calendar_choices.count - 1;
}

static bool is_whole(const struct compile *compile, const struct table *table, size_t count)
{
    if (table->entries.count != count || table->otherwise == INDEX_NONE)
        return false;
    for (uint32_t i = 0; i < table->entries.count; i++)
        if (compile->table_entries.items[table->entries.first + i].value == INDEX_NONE)
            return false;
    return true;
}

/* The choice that a `calendar:` makes, compiled once; INDEX_NONE when it was told to be wrong. */
static uint32_t choice_of(struct compile *compile, struct calendar_ref *ref)
{
    if (ref->compiled != 0)
        return ref->compiled == REF_BROKEN ? INDEX_NONE : ref->compiled - 1;
    struct calendar_choice choice = {.calendar = INDEX_NONE};
    bool good = false;
    ref->compiled = REF_BROKEN;
    if (ref->table != NULL) {
        choice.is_table = true;
        compile_table(compile, ref->table, TABLE_CALENDARS, NULL, &choice.table);
        good = is_whole(compile, &choice.table, ref->table->count);
    } else if (ref->name.at != NULL) {
        choice.calendar = compile_calendar_name(compile, ref->name.at, ref->name.value);
        good = choice.calendar != INDEX_NONE;
    }
    uint32_t index = good ? push_choice(compile, choice) : INDEX_NONE;
    if (index != INDEX_NONE)
        ref->compiled = index + 1;
    return index;
}

/* The target's own calendar, else the row's, the agreement's, the policy's; a policy that defines
   none counts on 24x7. */
static uint32_t find_choice(struct compile *compile, const struct scope *scope,
                            const struct target_model *target)
{
    for (size_t i = 0; i < 4; i++) {
        if (scope->refs[i] != NULL && scope->refs[i]->at != NULL)
            return choice_of(compile, scope->refs[i]);
        if (scope->refs[i] != NULL && scope->refs[i]->lost)
            return INDEX_NONE;
    }
    if (compile->model->has_calendars) {
        if (!*scope->told)
            report(compile->build, CODE_NO_CALENDAR, target->at, TEXT_NONE, TEXT_NONE,
                   TEXT("add \"calendar: NAME\" to the target, its row, or the top of the policy"));
        *scope->told = true;
        return INDEX_NONE;
    }
    if (compile->default_choice == INDEX_NONE)
        compile->default_choice = push_choice(compile, (struct calendar_choice){.calendar = 0});
    return compile->default_choice;
}

static void report_days(struct compile *compile, const struct target_model *target,
                        const sla_calendar *calendar, const struct node *place)
{
    struct text_builder hint;
    sla_text name;
    int64_t hours;
    sla_calendar_name(calendar, &name);
    builder_init(&hint, &compile->build->allocator);
    builder_add_c(&hint, "write ");
    builder_add_number(&hint, target->target.amount);
    builder_add_c(&hint, "wd for working days");
    if (!ckd_mul(&hours, target->target.amount, 24)) {
        builder_add_c(&hint, ", or ");
        builder_add_number(&hint, hours);
        builder_add_c(&hint, "h for counted hours");
    }
    if (hint.failed)
        build_fail(compile->build, SLA_ERROR_MEMORY);
    else
        report_related(compile->build, CODE_DAYS_NEED_ALWAYS, target->duration_at,
                       target->duration_at->text, name, builder_text(&hint), place,
                       TEXT("the calendar is defined here"));
    builder_free(&hint);
}

/* D3: calendar days are on the wall clock, which only a calendar that is always open follows. */
static void check_days(struct compile *compile, const struct target_model *target, uint32_t index)
{
    if (target->duration_at == NULL || target->target.unit != SLA_UNIT_DAYS || index == INDEX_NONE)
        return;
    const struct calendar_choice *choice = &compile->calendar_choices.items[index];
    struct range entries = choice->is_table ? choice->table.entries : (struct range){0, 0};
    for (uint32_t i = 0; i <= entries.count; i++) {
        uint32_t number = i < entries.count
                              ? compile->table_entries.items[entries.first + i].value
                          : choice->is_table ? choice->table.otherwise
                                             : choice->calendar;
        const sla_calendar *calendar = compile->calendars.items[number];
        if (calendar != NULL && !calendar_is_always(calendar)) {
            report_days(compile, target, calendar, compile->model->calendars[number - 1].name.at);
            return;
        }
    }
}

static uint32_t compile_target(struct compile *compile, struct target_model *model,
                               struct scope scope);

static void compile_target_table(struct compile *compile, struct target_model *model,
                                 struct scope scope, struct target_rule *out)
{
    struct table_model *table = &model->table;
    uint32_t *indexes = build_array(compile->build, table->count + 1, sizeof *indexes);
    if (indexes == NULL || table->by.at == NULL)
        return;
    for (size_t i = 0; i <= table->count; i++) {
        struct entry_model *entry = i < table->count ? &table->entries[i] : &table->otherwise;
        indexes[i] = entry->target == NULL ? INDEX_NONE
                                           : compile_target(compile, entry->target, scope);
    }
    compile_table(compile, table, TABLE_TARGETS, indexes, &out->table);
}

static uint32_t compile_target(struct compile *compile, struct target_model *model,
                               struct scope scope)
{
    struct target_rule rule = {.type = model->type, .calendar_choice = INDEX_NONE,
                               .target = model->target, .has_latest = model->has_latest,
                               .line = line_of(model->at)};
    scope.refs[0] = &model->calendar;
    if (model->calendar.at != NULL)
        choice_of(compile, &model->calendar);
    if (model->type == TARGET_TABLE) {
        compile_target_table(compile, model, scope, &rule);
    } else if (model->type != TARGET_NONE && !model->broken) {
        rule.calendar_choice = find_choice(compile, &scope, model);
        check_days(compile, model, rule.calendar_choice);
        if (model->agreed.at != NULL)
            rule.agreed_slot = compile_slot(compile, &model->agreed);
    }
    if (!compile_push(compile, &compile->target_rules, rule))
        return INDEX_NONE;
    return (uint32_t)compile->target_rules.count - 1;
}

/* The calendar of a target about which no attribute has a say. */
static uint32_t fixed_calendar(const struct compile *compile, uint32_t target)
{
    if (target == INDEX_NONE)
        return INDEX_NONE;
    const struct target_rule *rule = &compile->target_rules.items[target];
    if (rule->type != TARGET_FIXED || rule->calendar_choice == INDEX_NONE)
        return INDEX_NONE;
    const struct calendar_choice *choice = &compile->calendar_choices.items[rule->calendar_choice];
    return choice->is_table ? INDEX_NONE : choice->calendar;
}

static bool compile_row(struct compile *compile, struct target_row_model *model,
                        struct scope scope)
{
    struct target_row row = {.line = line_of(model->at)};
    struct row_target *targets = build_array(compile->build, model->count, sizeof *targets);
    if (targets == NULL)
        return false;
    row.name = compile_text(compile, model->name.value);
    row.condition = compile_condition(compile, model->when);
    scope.refs[1] = &model->calendar;
    choice_of(compile, &model->calendar);
    for (size_t i = 0; i < model->count; i++) {
        struct promise_model *promise = &model->promises[i];
        targets[i].metric =
            text_table_find(&compile->model->metric_names, promise->metric.value) - 1;
        targets[i].target = compile_target(compile, &promise->target, scope);
        targets[i].calendar = fixed_calendar(compile, targets[i].target);
    }
    row.targets.first = (uint32_t)compile->row_targets.count;
    for (size_t i = 0; i < model->count; i++)
        if (compile_push(compile, &compile->row_targets, targets[i]))
            row.targets.count++;
    return compile_push(compile, &compile->target_rows, row);
}

void compile_agreements(struct compile *compile)
{
    struct model *model = compile->model;
    choice_of(compile, &model->calendar);
    for (size_t i = 0; i < model->agreement_count; i++) {
        struct agreement_model *source = &model->agreements[i];
        bool told = false;
        struct scope scope = {{NULL, NULL, &source->calendar, &model->calendar}, source->at, &told};
        struct agreement agreement = {.kind = source->kind, .line = line_of(source->at)};
        agreement.name = compile_text(compile, source->name.value);
        agreement.condition = compile_condition(compile, source->when);
        agreement.has_from = source->from.at != NULL;
        agreement.has_until = source->until.at != NULL;
        agreement.from = (sla_date)source->from.value;
        agreement.until = (sla_date)source->until.value;
        agreement.rows.first = (uint32_t)compile->target_rows.count;
        choice_of(compile, &source->calendar);
        for (size_t k = 0; k < source->count; k++)
            if (compile_row(compile, &source->rows[k], scope))
                agreement.rows.count++;
        if (!compile_push(compile, &compile->agreements, agreement))
            return;
    }
}
