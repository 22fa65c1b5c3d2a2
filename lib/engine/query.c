/* SPDX-License-Identifier: MIT */
/* Queries: how the clocks of an incident stand at the engine's now. */
#include "base/structs.h"
#include "engine/work.h"

static uint32_t percent_of(sla_duration elapsed, sla_duration budget)
{
    if (elapsed <= 0)
        return 0;
    if (budget <= 0)
        return 100;
    int64_t whole = elapsed / budget, rest = elapsed % budget;
    int64_t percent = whole * 100 + rest * 100 / budget;
    return percent > UINT32_MAX ? UINT32_MAX : (uint32_t)percent;
}

static void describe(const sla_engine *engine, uint32_t index, sla_clock *out)
{
    const sla_policy *policy = engine->policy;
    const struct view *view = engine->view;
    bool is_past = view_is_past(view, index);
    /* A copy, so that the counting functions, which may also change, have something to point to. */
    struct clock clock = *view_clock(view, index);
    span_array none = {0};
    struct counting counting = {policy, &engine->allocator, &clock,
                                is_past ? 0 : index - (uint32_t)view->draft.past.count,
                                is_past ? &none : &engine->view->draft.spans};
    const sla_calendar *calendar = counted_on(policy, clock.calendar);
    bool is_open = clock_is_open(&clock);
    sla_time at = is_open ? engine->now : clock.ended;
    uint32_t severity = view->draft.head.severity;
    *out = (sla_clock){
        .size = sizeof *out,
        .state = clock.state,
        .kind = clock.kind,
        .incident = incident_id(incident_at(&engine->incidents, view->number)),
        .agreement = engine_agreement_name(engine, clock.agreement),
        .metric = engine_metric_name(engine, clock.metric),
        .started = clock.started,
        .ended = clock.ended,
        .deadline = clock.state == SLA_CLOCK_PAUSED ? SLA_TIME_NONE : clock.deadline,
        .projected = SLA_TIME_NONE,
        .breach_at = clock.state == SLA_CLOCK_PAUSED ? SLA_TIME_NONE : clock.breach_at,
        .budget = clock_budget(&counting),
        .grace = clock.grace,
        .extended = clock.extended,
        .elapsed = is_open ? clock_used(&counting, at) : clock.used,
        .paused = is_past ? view->draft.past.items[index].paused : clock_paused(&counting, at),
        .calendar = engine_calendar_name(engine, clock.calendar),
        .metric_index = is_foreign(clock.metric) ? INDEX_NONE : clock.metric,
        .cycle = clock.cycle,
        .line = clock.rule == INDEX_NONE ? 0 : policy->target_rules[clock.rule].line,
        .fingerprint = {policy->fingerprint[0], policy->fingerprint[1]},
    };
    if (severity != INDEX_NONE)
        out->severity = text_table_at(&policy->literals, policy->severities[severity]);
    out->remaining = out->budget - out->elapsed;
    out->percent = percent_of(out->elapsed, out->budget);
    sla_time projected, breach;
    if (clock.state == SLA_CLOCK_PAUSED &&
        clock_projection(&counting, at, &projected, &breach) == SLA_OK)
        out->projected = projected;
    bool is_breached = (clock.flags & CLOCK_BREACH_TOLD) != 0 || clock.state == SLA_CLOCK_MISSED;
    out->flags = (is_breached ? SLA_CLOCK_BREACHED : 0) |
                 ((clock.flags & CLOCK_MET_IN_GRACE) != 0 ? SLA_CLOCK_IN_GRACE : 0) |
                 (calendar_is_provisional(calendar, clock.deadline) ? SLA_CLOCK_PROVISIONAL : 0) |
                 ((clock.flags & CLOCK_PINNED) != 0 ? SLA_CLOCK_PINNED : 0);
}

/* The last told cycle of a metric and kind in the view, or INDEX_NONE. */
static uint32_t find_last(const struct view *view, uint32_t kind, uint32_t metric)
{
    for (uint32_t i = view_count(view); i > 0; i--) { /* the last ones stand behind */
        const struct clock *clock = view_clock(view, i - 1);
        if (clock->metric == metric && clock->kind == kind && clock_is_told(clock))
            return i - 1;
    }
    return INDEX_NONE;
}

sla_status sla_engine_clock(const sla_engine *engine, const sla_text *incident_id, uint32_t kind,
                            uint32_t metric_index, sla_clock *out_clock)
{
    sla_text id;
    if (engine == NULL || incident_id == NULL || out_clock == NULL ||
        !text_from_api(incident_id->data, incident_id->length, &id))
        return SLA_ERROR_ARGUMENT;
    uint32_t number = incidents_find(&engine->incidents, id);
    if (number == INDEX_NONE)
        return SLA_ERROR_NOT_FOUND;
    sla_status status =
        view_read(engine->view, &engine->incidents, number, engine->changes);
    if (status != SLA_OK)
        return status;
    uint32_t found = find_last(engine->view, kind, metric_index);
    sla_clock made;
    if (found == INDEX_NONE)
        return SLA_ERROR_NOT_FOUND;
    describe(engine, found, &made);
    return struct_write(out_clock, &made, sizeof made) ? SLA_OK : SLA_ERROR_ARGUMENT;
}

/* What a caller looks for; zeros look for everything. */
static bool is_wanted(const sla_clock *clock, const sla_clock_filter *filter)
{
    if (filter->states != 0 && (filter->states & 1u << clock->state) == 0)
        return false;
    if (filter->kinds != 0 && (filter->kinds & 1u << clock->kind) == 0)
        return false;
    if (filter->flags != 0 && (filter->flags & clock->flags) != filter->flags)
        return false;
    if (filter->metric.length > 0 && !text_equal(filter->metric, clock->metric))
        return false;
    if (filter->severity.length > 0 && !text_equal(filter->severity, clock->severity))
        return false;
    if (filter->agreement.length > 0 && !text_equal(filter->agreement, clock->agreement))
        return false;
    if (filter->due_before != 0 &&
        (clock->deadline == SLA_TIME_NONE || clock->deadline >= filter->due_before))
        return false;
    return true;
}

static sla_status read_filter(const sla_clock_filter *given, sla_clock_filter *filter)
{
    const uint32_t states = (1u << (SLA_CLOCK_EXEMPT + 1)) - (1u << SLA_CLOCK_RUNNING);
    const uint32_t flags = SLA_CLOCK_BREACHED | SLA_CLOCK_IN_GRACE | SLA_CLOCK_PROVISIONAL |
                           SLA_CLOCK_PINNED;
    if (!struct_read(given, filter, sizeof *filter) || (filter->states & ~states) != 0 ||
        (filter->kinds >> KIND_COUNT) != 0 || (filter->flags & ~flags) != 0 ||
        filter->reserved != 0)
        return SLA_ERROR_ARGUMENT;
    sla_text *texts[] = {&filter->incident, &filter->metric, &filter->severity,
                         &filter->agreement};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!text_from_api(texts[i]->data, texts[i]->length, texts[i]))
            return SLA_ERROR_ARGUMENT;
    return SLA_OK;
}

/* The next wanted clock of the incident from `*place` of its told ones on. SLA_EMPTY: none. */
static sla_status find_in_incident(const sla_engine *engine, uint32_t number,
                                   const sla_clock_filter *filter, uint32_t *place,
                                   sla_clock *out)
{
    struct view *view = engine->view;
    sla_status status = view_read(view, &engine->incidents, number, engine->changes);
    if (status == SLA_OK)
        status = view_sort(view, &engine->allocator);
    while (status == SLA_OK && *place < view->told.count) {
        describe(engine, (uint32_t)view->told.items[(*place)++], out);
        if (is_wanted(out, filter))
            return SLA_OK;
    }
    return status == SLA_OK ? SLA_EMPTY : status;
}

sla_status sla_engine_find_clocks(const sla_engine *engine, const sla_clock_filter *given,
                                  uint64_t *cursor, sla_clock *out_clock)
{
    sla_clock_filter filter = {.size = sizeof filter};
    if (engine == NULL || cursor == NULL || out_clock == NULL ||
        (given != NULL && read_filter(given, &filter) != SLA_OK))
        return SLA_ERROR_ARGUMENT;
    /* The cursor: the incident in its upper half, the place among its clocks in its lower. */
    uint32_t number = (uint32_t)(*cursor >> 32), place = (uint32_t)*cursor;
    bool is_one = filter.incident.length > 0;
    uint32_t only = is_one ? incidents_find(&engine->incidents, filter.incident) : INDEX_NONE;
    sla_clock made;
    for (uint32_t next; number < engine->incidents.next_number; number++, place = 0) {
        next = is_one ? only : incidents_next(&engine->incidents, number);
        if (next >= engine->incidents.next_number || next < number)
            break;
        place = next == number ? place : 0;
        number = next;
        sla_status status = find_in_incident(engine, number, &filter, &place, &made);
        if (status == SLA_EMPTY)
            continue;
        if (status != SLA_OK)
            return status;
        if (!struct_write(out_clock, &made, sizeof made))
            return SLA_ERROR_ARGUMENT;
        *cursor = (uint64_t)number << 32 | place;
        return SLA_OK;
    }
    return SLA_EMPTY;
}

sla_status sla_engine_clocks(const sla_engine *engine, uint64_t *cursor, sla_clock *out_clock)
{
    return sla_engine_find_clocks(engine, NULL, cursor, out_clock);
}
