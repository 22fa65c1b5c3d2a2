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
    clock->now = clock->started = clock->counted_from = clock->ended = SLA_TIME_NONE;
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

/* The target as it is written, and where it stands. */
static void describe_target(sla_explanation *explanation, const struct clock *clock)
{
    const sla_policy *policy = explanation->policy;
    const struct target_rule *rule = &policy->target_rules[clock->rule];
    const sla_calendar *calendar = policy->calendars[clock->calendar];
    sla_explained_clock *out = &explanation->clock;
    out->flags |= SLA_EXPLAINED_TARGET;
    out->agreement = policy->agreements[clock->agreement].name;
    out->calendar_handle = calendar;
    sla_calendar_name(calendar, &out->calendar);
    out->line = rule->line;
    explanation->rule = clock->rule;
    out->grace = clock->grace;
    if ((clock->flags & CLOCK_AGREED) != 0) {
        out->flags |= SLA_EXPLAINED_AGREED;
        return;
    }
    out->unit = rule->target.unit;
    out->due = rule->target.due;
    out->due_time = rule->target.due_time;
    out->cutoff = rule->target.cutoff;
    out->amount = rule->target.amount;
}

/* Is it what the attributes would choose now? */
static void compare_target(sla_explanation *explanation, const struct clock *clock,
                           const struct promise *promise)
{
    const sla_policy *policy = explanation->policy;
    bool was_agreed = (clock->flags & CLOCK_AGREED) != 0;
    if (!promise->found || promise->agreed != was_agreed ||
        (was_agreed && promise->agreed_at != clock->due0) ||
        !promise_is_same(policy, promise, clock->agreement, clock->rule, clock->calendar)) {
        explanation->clock.flags |= SLA_EXPLAINED_OTHER_TARGET;
        return;
    }
    explanation->clock.row = policy->target_rows[promise->row].name;
    explanation->clock.row_line = policy->target_rows[promise->row].line;
}

/* How the clock stands, at the now that is already in the explanation. */
static void describe_clock(sla_explanation *explanation, const struct counting *counting)
{
    const struct clock *clock = counting->clock;
    sla_explained_clock *out = &explanation->clock;
    bool is_open = clock_is_open(clock), is_paused = clock->state == SLA_CLOCK_PAUSED;
    sla_time projected, breach;
    describe_target(explanation, clock);
    out->started = clock->started;
    out->counted_from = clock->origin;
    out->ended = clock->ended;
    out->first_due = clock->due0;
    if (!is_paused) {
        out->deadline = clock->deadline;
        out->breach_at = clock->breach_at;
    } else if (clock_projection(counting, out->now, &projected, &breach) == SLA_OK) {
        out->projected = projected;
    }
    out->budget = clock->budget;
    out->elapsed = is_open ? clock_used(counting, out->now) : clock->used;
    out->remaining = out->budget - out->elapsed;
    out->paused = clock_paused(counting, is_open ? out->now : clock->ended);
    out->moved = clock->shift;
    sla_time plain = clock->due0;
    if ((clock->flags & CLOCK_ROLLS) != 0 &&
        (clock->shift == 0 ||
         calendar_add(out->calendar_handle, clock->due0, clock->shift, &plain) == SLA_OK) &&
        plain != clock->deadline)
        out->flags |= SLA_EXPLAINED_ROLLED;
    if ((clock->flags & CLOCK_BREACH_TOLD) != 0 || clock->state == SLA_CLOCK_MISSED)
        out->flags |= SLA_EXPLAINED_BREACHED;
    if ((clock->flags & CLOCK_MET_IN_GRACE) != 0)
        out->flags |= SLA_EXPLAINED_IN_GRACE;
    if ((clock->flags & CLOCK_MIXED) != 0)
        out->flags |= SLA_EXPLAINED_MIXED;
    if (calendar_is_provisional(out->calendar_handle, clock->deadline))
        out->flags |= SLA_EXPLAINED_PROVISIONAL;
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
    describe_target(explanation, &clock);
    compare_target(explanation, &clock, promise);
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
    describe_clock(explanation, &counting);
    compare_target(explanation, clock, &promise);
    explain_escalation(explanation, kind, metric, clock->agreement);
    if (subject->has_record) {
        explain_record(explanation, &counting);
        return;
    }
    explanation->clock.paused = subject->paused;
    explanation->clock.flags |= SLA_EXPLAINED_NO_RECORD;
    sla_explained_event events[] = {
        {.size = sizeof events[0], .what = SLA_RECORD_STARTED, .at = clock->started},
        {.size = sizeof events[0], .what = SLA_RECORD_ENDED, .at = clock->ended,
         .state = clock->state},
    };
    explanation_push(explanation, &explanation->events, events[0]);
    explanation_push(explanation, &explanation->events, events[1]);
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
        describe_clock(explanation, &counting);
    else
        describe_target(explanation, &clock);
    compare_target(explanation, &clock, &promise);
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
