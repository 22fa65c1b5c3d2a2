/* SPDX-License-Identifier: MIT */
/* The policy's own tests: from the model to the compiled policy. They bring no attribute, literal
 * or line into it, so that a policy with tests answers, and is identified, as one without. */
#include "policy/compile_tests.h"

#include "time/instant.h"

void *test_array(struct compile *compile, size_t count, size_t width)
{
    if (count == 0)
        return NULL;
    void *array = arena_new(&compile->policy->arena, count * width);
    if (array == NULL)
        build_fail(compile->build, SLA_ERROR_MEMORY);
    return array;
}

struct test_place test_place_of(const struct node *node)
{
    if (node == NULL)
        return (struct test_place){0, 0, 0, 0};
    const struct span *span = &node->span;
    return (struct test_place){span->line, span->column, span->end_line, span->end_column};
}

/* T3 says what is taken; the author may not have known. */
static void warn_of_local_time(struct compile *compile, const struct text_field *field,
                               sla_time at)
{
    const struct zone *zone = compile->policy->zone;
    sla_time local;
    char text[SLA_TIME_CAPACITY];
    struct hint hint = {.length = 0};
    if (instant_has_offset(field->value) ||
        instant_parse(field->value, NULL, &local) != SLA_OK)
        return;
    size_t change = zone_change_at(zone, at);
    const struct zone_change *now = &zone->changes[change], *next = now + 1;
    instant_format(at, zone, text);
    if (at + now->offset != local) {
        hint_add(&hint, "it is taken as ");
        hint_add(&hint, text);
        report(compile->build, CODE_NO_SUCH_TIME, field->at, field->value, zone->name,
               hint_text(&hint));
    } else if (change + 1 < zone->change_count && next->offset < now->offset &&
               at >= next->at - (now->offset - next->offset)) {
        hint_add(&hint, "the first is taken: ");
        hint_add(&hint, text);
        hint_add(&hint, "; the second is ");
        instant_format(at + now->offset - next->offset, zone, text);
        hint_add(&hint, text);
        report(compile->build, CODE_TIME_TWICE, field->at, field->value, zone->name,
               hint_text(&hint));
    }
}

bool test_instant(struct compile *compile, const struct text_field *field, sla_time *out)
{
    if (!compile_instant(compile, field, compile->policy->zone, out))
        return false;
    warn_of_local_time(compile, field, *out);
    return true;
}

static void compile_changes(struct test_compile *tests, const struct test_step_model *model,
                            struct test_step *out)
{
    struct compile *compile = tests->compile;
    struct test_change *changes = test_array(compile, model->change_count, sizeof *changes);
    for (size_t i = 0; changes != NULL && i < model->change_count; i++) {
        const struct change_model *change = &model->changes[i];
        changes[i].name = compile_text(compile, change->name.value);
        changes[i].value = compile_text(compile, change->value.value);
        changes[i].is_removed = change->is_removed;
    }
    sla_text *events = test_array(compile, model->events.count, sizeof *events);
    for (size_t i = 0; events != NULL && i < model->events.count; i++)
        events[i] = compile_text(compile, model->events.items[i].value);
    out->changes = changes;
    out->change_count = changes == NULL ? 0 : (uint32_t)model->change_count;
    out->events = events;
    out->event_count = events == NULL ? 0 : (uint32_t)model->events.count;
}

/* A name that is nearly one of a table, but is not: surely a slip. */
static void warn_if_near(struct compile *compile, const struct text_table *names,
                         const struct text_field *name, enum diag_code code)
{
    if (text_table_find(names, name->value) != 0)
        return;
    struct suggestion suggestion = suggestion_for(compile->build, name->value);
    for (size_t i = 0; i < names->texts.count && *suggestion.budget > 0; i++)
        suggestion_offer(&suggestion, names->texts.items[i]);
    struct hint hint;
    if (suggestion.best.length > 0)
        report(compile->build, code, name->at, name->value, TEXT_NONE,
               suggestion_hint(&suggestion, &hint));
}

static void warn_of_slips(struct test_compile *tests, const struct test_step_model *model)
{
    struct compile *compile = tests->compile;
    bool is_act = false; /* of the host: it has attributes of its own (K12) */
    for (size_t i = 0; i < model->events.count; i++) {
        const struct text_field *event = &model->events.items[i];
        if (text_starts_with(event->value, TEXT("sla:")))
            is_act = true;
        else
            warn_if_near(compile, &tests->updates, event, CODE_UNHEARD_UPDATE);
    }
    for (size_t i = 0; !is_act && i < model->change_count; i++)
        warn_if_near(compile, &compile->policy->attributes, &model->changes[i].name,
                     CODE_UNSEEN_ATTRIBUTE);
}

/* The slot in which an attribute is seen after classification; 0: there is none (told). */
static uint32_t find_slot(struct compile *compile, const struct text_field *name)
{
    const struct sla_policy *policy = compile->policy;
    uint32_t number = text_table_find(&compile->derived_names, name->value);
    if (number != 0)
        return policy->attribute_count + number;
    number = text_table_find(&policy->attributes, name->value);
    if (number != 0)
        return policy->visible_slots[number];
    struct build *build = compile->build;
    if ((build->lost & LOST_METRICS) != 0)
        return 0;
    const struct text_table *tables[] = {&compile->model->metric_names, &compile->derived_names,
                                         &policy->attributes};
    struct suggestion suggestion = suggestion_for(compile->build, name->value);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (size_t k = 0; k < tables[i]->texts.count && *suggestion.budget > 0; k++)
            suggestion_offer(&suggestion, tables[i]->texts.items[k]);
    suggestion_offer(&suggestion, TEXT("agreement"));
    struct hint hint;
    if (build->diags->errors > 0 && suggestion.best.length == 0)
        return 0; /* what was refused may have brought it */
    if (!report_again(build, CODE_UNKNOWN_METRIC, name->at, name->value))
        report(build, CODE_UNKNOWN_EXPECTED, name->at, name->value, TEXT_NONE,
               suggestion_hint(&suggestion, &hint));
    return 0;
}

static void compile_values(struct compile *compile, const struct test_step_model *model,
                           struct test_step *out)
{
    struct expected_value *values = test_array(compile, model->value_count, sizeof *values);
    for (size_t i = 0; values != NULL && i < model->value_count; i++) {
        const struct expected_value_model *value = &model->values[i];
        values[i].slot = find_slot(compile, &value->name);
        values[i].how = value->how;
        values[i].name = compile_text(compile, value->name.value);
        values[i].value = compile_text(compile, value->value.value);
        values[i].place = test_place_of(value->value.at);
        if (value->how == EXPECT_EQUAL && text_equal(value->name.value, TEXT("severity")))
            compile_check_severity(compile, &value->value);
    }
    out->values = values;
    out->value_count = values == NULL ? 0 : (uint32_t)model->value_count;
}

static void compile_agreement_names(struct compile *compile, const struct text_list *list,
                                    struct test_step *out)
{
    struct expected_agreement *items = test_array(compile, list->count, sizeof *items);
    for (size_t i = 0; items != NULL && i < list->count; i++) {
        const struct text_field *name = &list->items[i];
        items[i] = (struct expected_agreement){INDEX_NONE, test_place_of(name->at)};
        bool is_none = text_equal(name->value, TEXT("none")) && list->count == 1 &&
                       text_table_find(&compile->agreement_names, name->value) == 0;
        if (is_none)
            continue;
        uint32_t number = compile_find(compile, &compile->agreement_names, name->at, name->value,
                                       CODE_UNKNOWN_AGREEMENT);
        items[i].agreement = number == 0 ? INDEX_NONE : number - 1;
    }
    out->agreements = items;
    out->agreement_count = items == NULL ? 0 : (uint32_t)list->count;
}

static bool expects_something(const struct test_step_model *step)
{
    return step->value_count > 0 || step->clock_count > 0 || step->agreements.count > 0 ||
           step->in_order.at != NULL || step->only.at != NULL || step->never.at != NULL;
}

static void compile_step(struct test_compile *tests, const struct test_step_model *model,
                         struct test_step *out)
{
    struct compile *compile = tests->compile;
    out->at = SLA_TIME_NONE;
    out->place = test_place_of(model->instant.at);
    if (model->instant.at != NULL)
        test_instant(compile, &model->instant, &out->at);
    warn_of_slips(tests, model);
    compile_changes(tests, model, out);
    compile_values(compile, model, out);
    compile_agreement_names(compile, &model->agreements, out);
    test_compile_clocks(tests, model, out);
    test_compile_events(tests, &model->in_order, &out->in_order);
    test_compile_events(tests, &model->only, &out->only);
    test_compile_events(tests, &model->never, &out->never);
}

static void compile_test(struct test_compile *tests, const struct test_model *model,
                         struct policy_test *out)
{
    struct compile *compile = tests->compile;
    struct test_step *steps = test_array(compile, model->count, sizeof *steps);
    bool expects = false;
    if (steps == NULL)
        return;
    for (size_t i = 0; i < model->count; i++) {
        const struct node *at = model->steps[i].instant.at;
        compile_step(tests, &model->steps[i], &steps[i]);
        expects = expects || expects_something(&model->steps[i]);
        if (i > 0 && steps[i].at != SLA_TIME_NONE && steps[i].at < steps[i - 1].at)
            report_related(compile->build, CODE_STEP_BACKWARDS, at, at->text, TEXT_NONE,
                           TEXT_NONE, model->steps[i - 1].instant.at,
                           TEXT("the step before it is here"));
    }
    if (!expects && compile->build->diags->errors == 0) /* what was refused may have been it */
        report(compile->build, CODE_EXPECTS_NOTHING, model->name.at, TEXT_NONE, TEXT_NONE,
               TEXT_NONE);
    out->name = compile_text(compile, model->name.value);
    out->place = test_place_of(model->name.at);
    out->steps = steps;
    out->step_count = (uint32_t)model->count;
}

static void hear(struct test_compile *tests, const struct trigger_model *trigger)
{
    for (size_t i = 0; i < trigger->events.count; i++)
        if (text_table_add(&tests->updates, trigger->events.items[i].value) == 0)
            build_fail(tests->compile->build, SLA_ERROR_MEMORY);
}

static void look_at_metrics(struct test_compile *tests)
{
    const struct model *model = tests->compile->model;
    for (size_t i = 0; i < model->metric_count; i++) {
        const struct metric_model *metric = &model->metrics[i];
        const struct trigger_model *triggers[] = {&metric->start, &metric->stop, &metric->reset,
                                                  &metric->cancel, &metric->reopen_on};
        for (size_t k = 0; k < sizeof triggers / sizeof *triggers; k++)
            hear(tests, triggers[k]);
        for (size_t k = 0; k < metric->pause_count; k++) {
            hear(tests, &metric->pauses[k].from);
            hear(tests, &metric->pauses[k].until);
        }
    }
    for (size_t i = 0; i < model->agreement_count; i++)
        for (size_t k = 0; k < model->agreements[i].count; k++) {
            const struct target_row_model *row = &model->agreements[i].rows[k];
            for (size_t n = 0; n < row->count; n++) {
                const struct promise_model *promise = &row->promises[n];
                uint32_t number = text_table_find(&model->metric_names, promise->metric.value);
                if (promise->target.type != TARGET_NONE)
                    tests->metric_kinds[number - 1] |= 1u << model->agreements[i].kind;
            }
        }
}

void compile_tests(struct compile *compile)
{
    const struct model *model = compile->model;
    struct test_compile tests = {.compile = compile};
    struct policy_test *compiled = test_array(compile, model->test_count, sizeof *compiled);
    if (compiled == NULL)
        return;
    tests.metric_kinds =
        build_array(compile->build, model->metric_count, sizeof *tests.metric_kinds);
    text_table_init(&tests.updates, &compile->build->allocator);
    if (tests.metric_kinds != NULL) {
        hear(&tests, &(struct trigger_model){.events = {&(struct text_field){TEXT("opened"), NULL},
                                                        1, NULL}});
        look_at_metrics(&tests);
        for (size_t i = 0; i < model->test_count; i++)
            compile_test(&tests, &model->tests[i], &compiled[i]);
    }
    text_table_free(&tests.updates);
    compile->policy->tests = compiled;
    compile->policy->test_count = (uint32_t)model->test_count;
}
