/* SPDX-License-Identifier: MIT */
/* Running the policy's own tests: an engine lives through each, step by step. */
#include "engine/policy_test.h"

#include "base/structs.h"

int32_t sla_policy_test_at(const sla_policy *policy, size_t index, sla_policy_test *out_test)
{
    if (policy == NULL || out_test == NULL || index >= policy->test_count)
        return 0;
    const struct policy_test *test = &policy->tests[index];
    sla_policy_test made = {.size = sizeof made, .name = test->name, .at = test->steps[0].at,
                            .step_count = test->step_count, .line = test->place.line,
                            .column = test->place.column};
    return struct_write(out_test, &made, sizeof made);
}

/* The clock as it stands, or how the incident was classified; NULL: there is nothing to say. */
static sla_explanation *explain(struct trial *trial, const sla_test_mismatch *shown)
{
    sla_explanation *explanation = NULL;
    uint32_t metric = shown->metric_index == SLA_NO_INDEX ? 0 : shown->metric_index;
    if (metric >= trial->policy->metric_count || shown->what == SLA_MISMATCH_UPDATE)
        return NULL;
    sla_status status = sla_engine_explain(trial->engine, &TRIAL_INCIDENT, shown->kind, metric, 0,
                                           &explanation);
    if (status == SLA_ERROR_MEMORY)
        trial->failed = true;
    return status == SLA_OK ? explanation : NULL;
}

void trial_tell(struct trial *trial, const struct test_place *place, sla_test_mismatch shown)
{
    shown.size = sizeof shown;
    shown.step = trial->step;
    shown.at = trial_step(trial)->at;
    shown.line = place->line;
    shown.column = place->column;
    shown.end_line = place->end_line;
    shown.end_column = place->end_column;
    struct mismatch mismatch = {shown, explain(trial, &shown)};
    if (array_push(&trial->policy->allocator, &trial->run->mismatches, mismatch))
        return;
    sla_explanation_free(mismatch.explanation);
    trial->failed = true;
}

/* Takes what was told. Texts that the engine may let go are copied; the others are the policy's. */
static void take_events(struct trial *trial)
{
    sla_event event = {.size = sizeof event};
    while (sla_engine_next_event(trial->engine, &event) == SLA_OK) {
        event.reason = arena_text(&trial->run->arena, event.reason);
        if (event.reason.data == NULL ||
            !array_push(&trial->policy->allocator, &trial->told, event))
            trial->failed = true;
        sla_engine_event_done(trial->engine);
    }
}

static void tell_refusal(struct trial *trial, sla_status status, sla_text event)
{
    builder_add_c(&trial->words, sla_status_text(status));
    trial_tell(trial, &trial_step(trial)->place,
               (sla_test_mismatch){.what = SLA_MISMATCH_UPDATE, .metric_index = SLA_NO_INDEX,
                                   .subject = event.length > 0 ? event : TEXT("update"),
                                   .expected = TEXT("applied"), .got = trial_words(trial)});
}

/* One update; the changes of attributes come with the first. False: it could not be applied. */
static bool update(struct trial *trial, sla_text event, const sla_attribute *attributes,
                   size_t count)
{
    sla_update update = {.size = sizeof update, .incident = TRIAL_INCIDENT, .event = event,
                         .at = trial_step(trial)->at, .attributes = attributes,
                         .attribute_count = count};
    sla_status status = sla_engine_update(trial->engine, &update);
    if (status == SLA_ERROR_MEMORY)
        trial->failed = true;
    else if (status < SLA_OK)
        tell_refusal(trial, status, event);
    return status >= SLA_OK;
}

static bool live_step(struct trial *trial)
{
    const struct test_step *step = trial_step(trial);
    if (trial->step > 0 && step->event_count == 0 && step->change_count == 0) {
        sla_status status = sla_engine_advance(trial->engine, step->at);
        if (status == SLA_ERROR_MEMORY)
            trial->failed = true;
        else if (status < SLA_OK)
            tell_refusal(trial, status, TEXT_NONE);
        return status >= SLA_OK;
    }
    sla_attribute *attributes =
        arena_new(&trial->run->arena, (step->change_count + 1) * sizeof *attributes);
    if (attributes == NULL) {
        trial->failed = true;
        return false;
    }
    for (uint32_t i = 0; i < step->change_count; i++) {
        const struct test_change *change = &step->changes[i];
        attributes[i] = (sla_attribute){.name = change->name, .value = change->value};
        if (change->is_removed)
            attributes[i].flags = SLA_ATTRIBUTE_REMOVE;
    }
    bool good = update(trial, step->event_count > 0 ? step->events[0] : TEXT_NONE, attributes,
                       step->change_count);
    for (uint32_t i = 1; good && i < step->event_count; i++)
        good = update(trial, step->events[i], NULL, 0);
    return good;
}

static void live(struct trial *trial)
{
    for (; trial->step < trial->test->step_count && !trial->failed; trial->step++) {
        trial->told.count = 0;
        bool good = live_step(trial);
        if (!trial->failed)
            take_events(trial);
        if (!good || trial->failed)
            return;
        trial_check_values(trial);
        trial_check_clocks(trial);
        trial_check_events(trial);
    }
}

static sla_test_run *new_run(const sla_policy *policy)
{
    struct arena arena;
    arena_init(&arena, &policy->allocator);
    sla_test_run *run = arena_new(&arena, sizeof *run);
    if (run == NULL) {
        arena_free(&arena);
        return NULL;
    }
    sla_policy *shared; /* only the count of references changes */
    memcpy(&shared, &policy, sizeof shared);
    run->policy = sla_policy_ref(shared);
    run->arena = arena;
    return run;
}

sla_status sla_policy_test_run(const sla_policy *policy, size_t index, sla_test_run **out_run)
{
    if (policy == NULL || out_run == NULL || index >= policy->test_count)
        return SLA_ERROR_ARGUMENT;
    sla_test_run *run = new_run(policy);
    if (run == NULL)
        return SLA_ERROR_MEMORY;
    struct trial trial = {.run = run, .policy = policy, .test = &policy->tests[index]};
    builder_init(&trial.words, &policy->allocator);
    trial.failed = sla_engine_new(run->policy, NULL, NULL, &trial.engine) != SLA_OK;
    live(&trial);
    sla_engine_free(trial.engine);
    builder_free(&trial.words);
    array_free(&policy->allocator, &trial.told);
    if (trial.failed) {
        sla_test_run_free(run);
        return SLA_ERROR_MEMORY;
    }
    *out_run = run;
    return SLA_OK;
}

size_t sla_test_run_count(const sla_test_run *run)
{
    return run == NULL ? 0 : run->mismatches.count;
}

int32_t sla_test_run_mismatch(const sla_test_run *run, size_t index,
                              sla_test_mismatch *out_mismatch)
{
    if (run == NULL || out_mismatch == NULL || index >= run->mismatches.count)
        return 0;
    sla_test_mismatch made = run->mismatches.items[index].shown;
    made.explanation = run->mismatches.items[index].explanation;
    return struct_write(out_mismatch, &made, sizeof made);
}

void sla_test_run_free(sla_test_run *run)
{
    if (run == NULL)
        return;
    sla_policy *policy = run->policy;
    struct arena arena = run->arena; /* it holds the run itself */
    for (size_t i = 0; i < run->mismatches.count; i++)
        sla_explanation_free(run->mismatches.items[i].explanation);
    array_free(&policy->allocator, &run->mismatches);
    arena_free(&arena);
    sla_policy_unref(policy);
}
