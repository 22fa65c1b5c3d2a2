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

static sla_duration counted_in_pauses(const struct counting *counting)
{
    sla_duration paused = 0;
    for (size_t i = 0; i < counting->spans->count; i++) {
        const struct span *span = &counting->spans->items[i];
        if (span->clock == counting->index && span->is_pause)
            paused += calendar_elapsed(counting->policy->calendars[span->calendar], span->from,
                                       span->to);
    }
    return paused;
}

static void describe(const sla_engine *engine, const struct incident *incident, uint32_t index,
                     sla_clock *out)
{
    const sla_policy *policy = engine->policy;
    /* A copy, so that the counting functions, which may also change, have something to point to. */
    struct clock clock = ((const struct clock *)incident_part(incident, PART_CLOCKS))[index];
    span_array spans = {.count = incident->counts[PART_SPANS]};
    const struct span *items = incident_part(incident, PART_SPANS);
    memcpy(&spans.items, &items, sizeof items); /* read only; the array type is not const */
    struct counting counting = {policy, &engine->allocator, &clock, index, &spans};
    const sla_calendar *calendar = policy->calendars[clock.calendar];
    bool is_open = clock_is_open(&clock);
    sla_time at = is_open ? engine->now : clock.ended;
    *out = (sla_clock){
        .size = sizeof *out,
        .state = clock.state,
        .kind = clock.kind,
        .incident = {incident->id, incident->id_length},
        .agreement = policy->agreements[clock.agreement].name,
        .metric = policy->metrics[clock.metric].name,
        .started = clock.started,
        .ended = clock.ended,
        .deadline = clock.state == SLA_CLOCK_PAUSED ? SLA_TIME_NONE : clock.deadline,
        .projected = SLA_TIME_NONE,
        .budget = clock.budget,
        .elapsed = is_open ? clock_used(&counting, at) : clock.used,
        .paused = counted_in_pauses(&counting),
        .metric_index = clock.metric,
        .cycle = clock.cycle,
        .line = policy->target_rules[clock.rule].line,
    };
    sla_calendar_name(calendar, &out->calendar);
    if (incident->severity != INDEX_NONE)
        out->severity = text_table_at(&policy->literals, policy->severities[incident->severity]);
    out->remaining = clock.budget - out->elapsed;
    out->percent = percent_of(out->elapsed, clock.budget);
    if (clock.pause_from != SLA_TIME_NONE)
        out->paused += calendar_elapsed(calendar, clock.pause_from, at);
    sla_time projected, breach;
    if (clock.state == SLA_CLOCK_PAUSED &&
        clock_projection(&counting, at, &projected, &breach) == SLA_OK)
        out->projected = projected;
    bool is_breached = (clock.flags & CLOCK_BREACH_TOLD) != 0 || clock.state == SLA_CLOCK_MISSED;
    out->flags = (is_breached ? SLA_CLOCK_BREACHED : 0) |
                 ((clock.flags & CLOCK_MET_IN_GRACE) != 0 ? SLA_CLOCK_IN_GRACE : 0) |
                 (calendar_is_provisional(calendar, clock.deadline) ? SLA_CLOCK_PROVISIONAL : 0);
}

static const struct clock *clock_at(const struct incident *incident, uint32_t index)
{
    return (const struct clock *)incident_part(incident, PART_CLOCKS) + index;
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
    const struct incident *incident = incident_at(&engine->incidents, number);
    for (uint32_t i = incident->counts[PART_CLOCKS]; i > 0; i--) {
        const struct clock *clock = clock_at(incident, i - 1);
        if (clock->metric == metric_index && clock->kind == kind && clock_is_told(clock)) {
            sla_clock made;
            describe(engine, incident, i - 1, &made);
            return struct_write(out_clock, &made, sizeof made) ? SLA_OK : SLA_ERROR_ARGUMENT;
        }
    }
    return SLA_ERROR_NOT_FOUND;
}

/* The told clock of an incident that comes next after (metric, kind, cycle) packed in `after`. */
static uint32_t find_after(const struct incident *incident, uint64_t after, uint64_t *out_key)
{
    uint32_t found = INDEX_NONE;
    for (uint32_t i = 0; i < incident->counts[PART_CLOCKS]; i++) {
        const struct clock *clock = clock_at(incident, i);
        uint64_t key = ((uint64_t)clock->metric * KIND_COUNT + clock->kind) << 16 |
                       (clock->cycle & 0xFFFF);
        if (clock_is_told(clock) && key >= after && (found == INDEX_NONE || key < *out_key)) {
            found = i;
            *out_key = key;
        }
    }
    return found;
}

sla_status sla_engine_clocks(const sla_engine *engine, uint64_t *cursor, sla_clock *out_clock)
{
    if (engine == NULL || cursor == NULL || out_clock == NULL)
        return SLA_ERROR_ARGUMENT;
    /* The cursor: the incident in the upper half, the first key to take in the lower. */
    for (uint64_t number = *cursor >> 32; number < engine->incidents.count; number++) {
        const struct incident *incident = incident_at(&engine->incidents, (uint32_t)number);
        uint64_t after = number == *cursor >> 32 ? *cursor & UINT32_MAX : 0, key = 0;
        uint32_t index = find_after(incident, after, &key);
        if (index == INDEX_NONE)
            continue;
        sla_clock made;
        describe(engine, incident, index, &made);
        if (!struct_write(out_clock, &made, sizeof made))
            return SLA_ERROR_ARGUMENT;
        *cursor = number << 32 | (key + 1);
        return SLA_OK;
    }
    return SLA_EMPTY;
}
