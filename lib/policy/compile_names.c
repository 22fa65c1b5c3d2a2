/* SPDX-License-Identifier: MIT */
/* Names: who bears which, literals, and the slots of attributes. */
#include "policy/compile.h"

static bool collect(struct compile *compile, struct text_table *table, sla_text name)
{
    if (text_table_add(table, name) != 0)
        return true;
    build_fail(compile->build, SLA_ERROR_MEMORY);
    return false;
}

/* Names of one file are keys, so that only files can have the same. */
static void report_twice(struct compile *compile, const struct text_field *name,
                         const struct text_field *first)
{
    report_related(compile->build, CODE_NAMED_TWICE, name->at, name->value, TEXT_NONE, TEXT_NONE,
                   first->at, TEXT("first named here"));
}

/* Number n is calendar n - 1, 24x7 being the first: what has a taken name is left out. */
static bool collect_calendars(struct compile *compile)
{
    struct model *model = compile->model;
    struct text_table *names = &compile->calendar_names;
    size_t count = model->calendar_count;
    model->calendar_count = 0;
    bool good = collect(compile, names, TEXT("24x7"));
    for (size_t i = 0; good && i < count; i++) {
        const struct calendar_model *calendar = &model->calendars[i];
        uint32_t number = text_table_find(names, calendar->name.value);
        if (number > 1)
            report_twice(compile, &calendar->name, &model->calendars[number - 2].name);
        if (number != 0)
            continue;
        good = collect(compile, names, calendar->name.value);
        model->calendars[model->calendar_count++] = *calendar;
    }
    return good;
}

static bool collect_holidays(struct compile *compile)
{
    struct model *model = compile->model;
    size_t count = model->holidays_count;
    model->holidays_count = 0;
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        const struct holidays_model *list = &model->holidays[i];
        uint32_t number = text_table_find(&compile->holiday_names, list->name.value);
        if (number != 0) {
            report_twice(compile, &list->name, &model->holidays[number - 1].name);
            continue;
        }
        good = collect(compile, &compile->holiday_names, list->name.value);
        model->holidays[model->holidays_count++] = *list;
    }
    return good;
}

/* Names of agreements are values, not keys: only here two of them can be the same. */
static void collect_agreements(struct compile *compile)
{
    const struct model *model = compile->model;
    const struct node **first =
        build_array(compile->build, model->agreement_count, sizeof *first);
    for (size_t i = 0; first != NULL && i < model->agreement_count; i++) {
        const struct text_field *name = &model->agreements[i].name;
        uint32_t number = text_table_find(&compile->agreement_names, name->value);
        if (number != 0 && name->at != NULL)
            report_related(compile->build, CODE_NAMED_TWICE, name->at, name->value, TEXT_NONE,
                           TEXT_NONE, first[number - 1], TEXT("first named here"));
        if (number != 0 || (name->at == NULL && model->agreements[i].at->type != NODE_LIST))
            continue; /* told; only the agreement of the top's targets has no name in the text */
        first[compile->agreement_names.texts.count] = name->at;
        if (!collect(compile, &compile->agreement_names, name->value))
            return;
    }
}

void compile_collect_names(struct compile *compile)
{
    const struct model *model = compile->model;
    bool good = collect_calendars(compile) && collect_holidays(compile);
    for (size_t i = 0; good && i < model->severities.count; i++)
        good = collect(compile, &compile->severity_names, model->severities.items[i].value);
    for (size_t i = 0; good && i < model->derivation_count; i++)
        good = collect(compile, &compile->derived_names, model->derivations[i].name.value);
    if (good)
        collect_agreements(compile);
}

sla_text compile_text(struct compile *compile, sla_text text)
{
    if (text.length == 0)
        return TEXT("");
    sla_text copy = arena_text(&compile->policy->arena, text);
    if (copy.data == NULL)
        build_fail(compile->build, SLA_ERROR_MEMORY);
    return copy;
}

/* The number of a text in a table whose texts live in the policy. */
static uint32_t intern(struct compile *compile, struct text_table *table, sla_text text)
{
    uint32_t number = text_table_find(table, text);
    if (number != 0)
        return number;
    sla_text copy = compile_text(compile, text);
    number = copy.data == NULL ? 0 : text_table_add(table, copy);
    if (number == 0)
        build_fail(compile->build, SLA_ERROR_MEMORY);
    return number;
}

uint32_t compile_literal(struct compile *compile, sla_text text)
{
    return intern(compile, &compile->policy->literals, text);
}

/* Rows that derive X see the incoming X; what is derived earlier is seen as derived, what is
   derived only later cannot be; behind the classification the derived one hides the incoming. */
uint32_t compile_slot(struct compile *compile, const struct text_field *attribute)
{
    uint32_t derived = text_table_find(&compile->derived_names, attribute->value);
    if (derived != 0) {
        size_t index = derived - 1;
        if (compile->deriving == AFTER_ALL || index < compile->deriving)
            return SLOT_DERIVED | (uint32_t)index;
        if (index > compile->deriving && attribute->at != NULL)
            report_related(compile->build, CODE_DERIVED_LATER, attribute->at, attribute->value,
                           TEXT_NONE, TEXT_NONE, compile->model->derivations[index].name.at,
                           TEXT("it is derived here"));
    }
    return intern(compile, &compile->policy->attributes, attribute->value);
}

uint32_t compile_slot_as_given(struct compile *compile, const struct text_field *attribute)
{
    return compile_slot(compile, &(struct text_field){attribute->value, NULL});
}

static void finish(uint32_t *slot, uint32_t attribute_count)
{
    if ((*slot & SLOT_DERIVED) != 0)
        *slot = attribute_count + 1 + (*slot & ~SLOT_DERIVED);
}

static void finish_trigger(struct trigger *trigger, uint32_t attribute_count)
{
    finish(&trigger->changed_slot, attribute_count);
}

static void finish_derivations(struct compile *compile, uint32_t count)
{
    for (size_t i = 0; i < compile->derivations.count; i++) {
        struct derivation *derivation = &compile->derivations.items[i];
        finish(&derivation->slot, count);
        finish(&derivation->table.slot, count);
        finish(&derivation->row_slot, count);
        finish(&derivation->column_slot, count);
    }
    for (size_t i = 0; i < compile->derivation_rows.count; i++)
        finish(&compile->derivation_rows.items[i].copy_slot, count);
}

static void finish_metrics(struct compile *compile, uint32_t count)
{
    for (size_t i = 0; i < compile->metrics.count; i++) {
        struct metric *metric = &compile->metrics.items[i];
        finish_trigger(&metric->start, count);
        finish_trigger(&metric->stop, count);
        finish_trigger(&metric->reset, count);
        finish_trigger(&metric->cancel, count);
        finish_trigger(&metric->reopen_on, count);
    }
    for (size_t i = 0; i < compile->pauses.count; i++) {
        finish_trigger(&compile->pauses.items[i].from, count);
        finish_trigger(&compile->pauses.items[i].until, count);
    }
}

void compile_final_slots(struct compile *compile)
{
    struct sla_policy *policy = compile->policy;
    uint32_t count = (uint32_t)policy->attributes.texts.count;
    policy->attribute_count = count;
    policy->slot_count = count + 1 + (uint32_t)compile->model->derivation_count;
    finish(&policy->severity_slot, count);
    finish_derivations(compile, count);
    finish_metrics(compile, count);
    for (size_t i = 0; i < compile->conditions.count; i++)
        finish(&compile->conditions.items[i].slot, count);
    for (size_t i = 0; i < compile->calendar_choices.count; i++)
        finish(&compile->calendar_choices.items[i].table.slot, count);
    for (size_t i = 0; i < compile->target_rules.count; i++) {
        finish(&compile->target_rules.items[i].agreed_slot, count);
        finish(&compile->target_rules.items[i].table.slot, count);
    }
    uint32_t *visible = arena_new(&policy->arena, (count + 1) * sizeof *visible);
    if (visible == NULL) {
        build_fail(compile->build, SLA_ERROR_MEMORY);
        return;
    }
    for (uint32_t i = 1; i <= count; i++) {
        uint32_t derived =
            text_table_find(&compile->derived_names, text_table_at(&policy->attributes, i));
        visible[i] = derived == 0 ? i : count + derived;
    }
    policy->visible_slots = visible;
}

/* Kinds of names, by the code that tells of an unknown one. */
struct named {
    uint32_t code;
    uint32_t lost; /* LOST_* */
    const char *one, *many;
};

static const struct named *kind_of(enum diag_code code)
{
    static const struct named kinds[] = {
        {CODE_UNKNOWN_CALENDAR, LOST_CALENDARS, "calendar", "calendars"},
        {CODE_UNKNOWN_HOLIDAYS, LOST_HOLIDAYS, "holiday list", "holiday lists"},
        {CODE_UNKNOWN_METRIC, LOST_METRICS, "metric", "metrics"},
        {CODE_UNKNOWN_SEVERITY, LOST_SEVERITIES, "severity", "severities"},
        {CODE_UNKNOWN_AGREEMENT, LOST_AGREEMENTS, "agreement", "agreements"},
    };
    size_t i = 0;
    while (i + 1 < sizeof kinds / sizeof *kinds && kinds[i].code != (uint32_t)code)
        i++;
    return &kinds[i];
}

static void add_choices(struct hint *hint, const struct named *kind, const struct text_table *names)
{
    size_t shown = 0, count = names->texts.count;
    bool room = true;
    hint_add(hint, count == 0 ? "the policy has no " : count == 1 ? "the only " : "the ");
    hint_add(hint, count == 1 ? kind->one : kind->many);
    hint_add(hint, count == 0 ? "" : count == 1 ? " is " : " are ");
    for (size_t i = 0; i < count && room; i++)
        room = hint_add_choice(hint, &shown, names->texts.items[i], true);
}

uint32_t compile_find(struct compile *compile, const struct text_table *names,
                      const struct node *at, sla_text name, enum diag_code code)
{
    uint32_t number = text_table_find(names, name);
    if (number != 0 || at == NULL)
        return number;
    const struct named *kind = kind_of(code);
    if ((compile->build->lost & kind->lost) != 0) /* what would have brought it was told */
        return 0;
    if (report_again(compile->build, code, at, name))
        return 0;
    struct suggestion suggestion = suggestion_for(compile->build, name);
    for (size_t i = 0; i < names->texts.count && *suggestion.budget > 0; i++)
        suggestion_offer(&suggestion, names->texts.items[i]);
    struct hint hint;
    if (suggestion_hint(&suggestion, &hint).length == 0)
        add_choices(&hint, kind, names);
    report(compile->build, code, at, name, TEXT_NONE, hint_text(&hint));
    return 0;
}

uint32_t compile_calendar_name(struct compile *compile, const struct node *at, sla_text name)
{
    uint32_t number =
        compile_find(compile, &compile->calendar_names, at, name, CODE_UNKNOWN_CALENDAR);
    return number == 0 ? INDEX_NONE : number - 1;
}

void compile_check_severity(struct compile *compile, const struct text_field *value)
{
    if (compile->model->severities.count > 0 && value->at != NULL &&
        (compile->build->lost & LOST_SEVERITIES) == 0)
        compile_find(compile, &compile->severity_names, value->at, value->value,
                     CODE_UNKNOWN_SEVERITY);
}
