/* SPDX-License-Identifier: MIT */
/* Explanations: made for a clock of an engine, or for one that would start. */
#include "engine/explain.h"

#include "base/checked.h"
#include "base/structs.h"

static sla_explanation *explanation_new(sla_policy *policy, const sla_allocator *allocator)
{
    struct arena arena;
    arena_init(&arena, allocator);
    sla_explanation *made = arena_new(&arena, sizeof *made);
    struct slot *slots = arena_new(&arena, policy->slot_count * sizeof *slots);
    if (made == NULL || slots == NULL) {
        arena_free(&arena);
        return NULL;
    }
    *made = (sla_explanation){.policy = sla_policy_ref(policy), .facts = {policy, slots, 0}};
    made->arena = arena;
    sla_explained_clock *clock = &made->clock;
    *clock = (sla_explained_clock){.size = sizeof *clock, .cutoff = SLA_NO_CUTOFF};
    clock->now = clock->started = clock->counted_from = SLA_TIME_NONE;
    clock->parts_from = clock->ended = SLA_TIME_NONE;
    clock->first_due = clock->deadline = clock->breach_at = clock->projected = SLA_TIME_NONE;
    return made;
}

void sla_explanation_free(sla_explanation *explanation)
{
    if (explanation == NULL)
        return;
    struct arena arena = explanation->arena;
    sla_policy *policy = explanation->policy;
    array_free(&arena.allocator, &explanation->attributes);
    array_free(&arena.allocator, &explanation->verdicts);
    array_free(&arena.allocator, &explanation->events);
    array_free(&arena.allocator, &explanation->stretches);
    arena_free(&arena);
    sla_policy_unref(policy);
}

/* What the attributes come to: classification, agreement, row. */
static struct promise classify(sla_explanation *explanation, uint32_t kind, uint32_t metric)
{
    const struct metric *about = &explanation->policy->metrics[metric];
    explanation->clock.kind = kind;
    explanation->clock.metric_index = metric;
    explanation->clock.metric = about->name;
    explanation->clock.metric_line = about->line;
    explanation->clock.opened = explanation->facts.opened_at;
    if (!explain_classify(explanation))
        explanation->clock.flags |= SLA_EXPLAINED_UNKNOWN_SEVERITY;
    return explain_target(explanation, kind, metric);
}

/* A metric that has not started: what it would be promised, but not until when. */
static void explain_waiting(sla_explanation *explanation, const struct promise *promise,
                            uint32_t kind, uint32_t metric)
{
    struct clock clock = {.agreement = promise->agreement, .rule = promise->rule,
                          .calendar = promise->calendar, .grace = promise->target->grace,
                          .flags = promise->agreed ? CLOCK_AGREED : 0,
                          .due0 = promise->agreed_at};
    explain_clock_target(explanation, &clock);
    explain_clock_row(explanation, &clock, promise);
    explain_escalation(explanation, kind, metric, clock.agreement);
}

static void explain_clock(sla_explanation *explanation, struct explain_subject *subject,
                          uint32_t kind, uint32_t metric)
{
    struct promise promise = classify(explanation, kind, metric);
    if (explanation->failed)
        return;
    if (!subject->has_clock) {
        if (promise.found)
            explain_waiting(explanation, &promise, kind, metric);
        return;
    }
    struct clock *clock = &subject->clock;
    struct counting counting = {explanation->policy, &explanation->arena.allocator, clock, 0,
                                &subject->spans};
    explanation->clock.state = clock->state;
    explanation->clock.cycle = clock->cycle;
    explain_clock_state(explanation, &counting);
    explanation->clock.agreement = subject->agreement;
    explanation->clock.calendar = subject->calendar;
    explain_clock_row(explanation, clock, &promise);
    explain_escalation(explanation, kind, metric, clock->agreement);
    if (subject->is_past)
        explanation->clock.paused = subject->paused;
    if (subject->has_record) {
        explain_record(explanation, &counting);
        return;
    }
    explanation->clock.flags |= SLA_EXPLAINED_NO_RECORD;
    sla_explained_event event = {.size = sizeof event, .what = SLA_RECORD_STARTED,
                                 .at = clock->started};
    explanation_push(explanation, &explanation->events, event);
    event.what = SLA_RECORD_ENDED;
    event.at = clock->ended;
    event.state = clock->state;
    if (!clock_is_open(clock))
        explanation_push(explanation, &explanation->events, event);
}

sla_status sla_engine_explain(const sla_engine *engine, const sla_text *incident, uint32_t kind,
                              uint32_t metric_index, uint32_t cycle, sla_explanation **out)
{
    sla_text id;
    if (engine == NULL || incident == NULL || out == NULL || kind >= KIND_COUNT ||
        !text_from_api(incident->data, incident->length, &id))
        return SLA_ERROR_ARGUMENT;
    struct explain_engine about = explain_engine(engine);
    if (metric_index >= about.policy->metric_count)
        return SLA_ERROR_ARGUMENT;
    sla_explanation *explanation = explanation_new(about.policy, about.allocator);
    if (explanation == NULL)
        return SLA_ERROR_MEMORY;
    struct explain_subject subject;
    sla_status status = explain_subject(engine, id, kind, metric_index, cycle, explanation,
                                        &subject);
    if (status == SLA_OK) {
        explanation->clock.now = about.now;
        explanation->clock.incident = explain_copy(explanation, id);
        explanation->facts.opened_at = subject.opened_at;
        explain_clock(explanation, &subject, kind, metric_index);
        status = explanation->failed ? SLA_ERROR_MEMORY : SLA_OK;
    }
    array_free(about.allocator, &subject.spans);
    if (status == SLA_OK)
        *out = explanation;
    else
        sla_explanation_free(explanation);
    return status;
}

/* Takes one attribute of the caller; those that the policy never asks for do not matter. */
static sla_status take_attribute(sla_explanation *explanation, const sla_attribute *attribute)
{
    const sla_policy *policy = explanation->policy;
    uint32_t id = attribute->id;
    sla_text name, value;
    if ((attribute->flags & ~SLA_ATTRIBUTE_REMOVE) != 0 || id > policy->attribute_count)
        return SLA_ERROR_ARGUMENT;
    bool is_removed = (attribute->flags & SLA_ATTRIBUTE_REMOVE) != 0;
    if (!is_removed && !text_from_api(attribute->value.data, attribute->value.length, &value))
        return SLA_ERROR_ARGUMENT;
    if (id == 0) {
        if (!text_from_api(attribute->name.data, attribute->name.length, &name) ||
            name.length == 0)
            return SLA_ERROR_ARGUMENT;
        id = text_table_find(&policy->attributes, name);
    }
    if (id == 0)
        return SLA_OK;
    if (is_removed) {
        explanation->facts.slots[id] = (struct slot){TEXT_NONE, 0, 0};
        return SLA_OK;
    }
    sla_text copy = explain_copy(explanation, value);
    slot_set(&explanation->facts.slots[id], copy, text_table_find(&policy->literals, copy));
    return explanation->failed ? SLA_ERROR_MEMORY : SLA_OK;
}

/* The clock as it would start: everything lies ahead. */
static void explain_start(sla_explanation *explanation, uint32_t kind, uint32_t metric)
{
    sla_explained_clock *out = &explanation->clock;
    struct promise promise = classify(explanation, kind, metric);
    if (!promise.found || explanation->failed)
        return;
    span_array none = {0};
    struct clock clock = {.metric = metric, .kind = (uint8_t)kind, .started = out->now};
    struct counting counting = {explanation->policy, &explanation->arena.allocator, &clock, 0,
                                &none};
    out->status = clock_begin(&counting, &promise, out->now);
    if (out->status == SLA_OK)
        explain_clock_state(explanation, &counting);
    else
        explain_clock_target(explanation, &clock);
    explain_clock_row(explanation, &clock, &promise);
    explain_escalation(explanation, kind, metric, clock.agreement);
    if (out->status == SLA_OK)
        explain_record(explanation, &counting);
}

sla_status sla_policy_explain(const sla_policy *policy, sla_time at,
                              const sla_attribute *attributes, size_t count, uint32_t kind,
                              uint32_t metric_index, sla_explanation **out)
{
    if (policy == NULL || out == NULL || (attributes == NULL && count > 0) || kind >= KIND_COUNT ||
        metric_index >= policy->metric_count)
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    sla_policy *shared; /* only the count of references changes */
    memcpy(&shared, &policy, sizeof shared);
    sla_explanation *explanation = explanation_new(shared, &policy->allocator);
    if (explanation == NULL)
        return SLA_ERROR_MEMORY;
    explanation->clock.now = explanation->facts.opened_at = at;
    sla_status status = SLA_OK;
    for (size_t i = 0; status == SLA_OK && i < count; i++)
        status = take_attribute(explanation, &attributes[i]);
    if (status == SLA_OK) {
        explain_start(explanation, kind, metric_index);
        status = explanation->failed ? SLA_ERROR_MEMORY : SLA_OK;
    }
    if (status != SLA_OK) {
        sla_explanation_free(explanation);
        return status;
    }
    *out = explanation;
    return (explanation->clock.flags & SLA_EXPLAINED_UNKNOWN_SEVERITY) != 0 ? SLA_UNKNOWN_SEVERITY
                                                                            : SLA_OK;
}

int32_t sla_explanation_clock(const sla_explanation *explanation, sla_explained_clock *out)
{
    return explanation != NULL && out != NULL &&
           struct_write(out, &explanation->clock, sizeof explanation->clock);
}

#define AT(explanation, array, index, out)                                                  \
    ((explanation) != NULL && (out) != NULL && (index) < (explanation)->array.count &&      \
     struct_write((out), &(explanation)->array.items[index], sizeof *(explanation)->array.items))

int32_t sla_explanation_attribute(const sla_explanation *explanation, size_t index,
                                  sla_explained_attribute *out_attribute)
{
    return AT(explanation, attributes, index, out_attribute);
}

int32_t sla_explanation_verdict(const sla_explanation *explanation, size_t index,
                                sla_explained_verdict *out_verdict)
{
    return AT(explanation, verdicts, index, out_verdict);
}

int32_t sla_explanation_event(const sla_explanation *explanation, size_t index,
                              sla_explained_event *out_event)
{
    return AT(explanation, events, index, out_event);
}
