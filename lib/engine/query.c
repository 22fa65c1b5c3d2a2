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

/* The clocks of an incident in one row: those of past cycles, then the others. */
static uint32_t clock_count(const struct incident *incident)
{
    return (uint32_t)incident->past_count + incident->counts[PART_CLOCKS];
}
static const struct clock *clock_at(const struct incident *incident, uint32_t index)
{
    if (index < incident->past_count)
        return &incident->past[index].clock;
    return (const struct clock *)incident_part(incident, PART_CLOCKS) +
           (index - incident->past_count);
}

static void describe(const sla_engine *engine, const struct incident *incident, uint32_t index,
                     sla_clock *out)
{
    const sla_policy *policy = engine->policy;
    bool is_past = index < incident->past_count;
    /* A copy, so that the counting functions, which may also change, have something to point to. */
    struct clock clock = *clock_at(incident, index);
    span_array spans = {.count = is_past ? 0 : incident->counts[PART_SPANS]};
    const struct span *items = incident_part(incident, PART_SPANS);
    memcpy(&spans.items, &items, sizeof items); /* read only; the array type is not const */
    struct counting counting = {policy, &engine->allocator, &clock,
                                is_past ? 0 : index - (uint32_t)incident->past_count, &spans};
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
        .paused = is_past ? incident->past[index].paused : clock_paused(&counting, at),
        .metric_index = clock.metric,
        .cycle = clock.cycle,
        .line = policy->target_rules[clock.rule].line,
    };
    sla_calendar_name(calendar, &out->calendar);
    if (incident->severity != INDEX_NONE)
        out->severity = text_table_at(&policy->literals, policy->severities[incident->severity]);
    out->remaining = clock.budget - out->elapsed;
    out->percent = percent_of(out->elapsed, clock.budget);
    sla_time projected, breach;
    if (clock.state == SLA_CLOCK_PAUSED &&
        clock_projection(&counting, at, &projected, &breach) == SLA_OK)
        out->projected = projected;
    bool is_breached = (clock.flags & CLOCK_BREACH_TOLD) != 0 || clock.state == SLA_CLOCK_MISSED;
    out->flags = (is_breached ? SLA_CLOCK_BREACHED : 0) |
                 ((clock.flags & CLOCK_MET_IN_GRACE) != 0 ? SLA_CLOCK_IN_GRACE : 0) |
                 (calendar_is_provisional(calendar, clock.deadline) ? SLA_CLOCK_PROVISIONAL : 0);
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
    uint32_t found = INDEX_NONE, cycle = 0;
    for (uint32_t i = 0; i < clock_count(incident); i++) {
        const struct clock *clock = clock_at(incident, i);
        if (clock->metric == metric_index && clock->kind == kind && clock_is_told(clock) &&
            clock->cycle > cycle) {
            cycle = clock->cycle;
            found = i;
        }
    }
    sla_clock made;
    if (found == INDEX_NONE)
        return SLA_ERROR_NOT_FOUND;
    describe(engine, incident, found, &made);
    return struct_write(out_clock, &made, sizeof made) ? SLA_OK : SLA_ERROR_ARGUMENT;
}

static bool comes_before(const struct clock *a, const struct clock *b)
{
    if (a->metric != b->metric)
        return a->metric < b->metric;
    return a->kind != b->kind ? a->kind < b->kind : a->cycle < b->cycle;
}

/* The told clock of an incident that comes next after `before` (INDEX_NONE: the first). */
static uint32_t find_next(const struct incident *incident, uint32_t before)
{
    uint32_t found = INDEX_NONE;
    for (uint32_t i = 0; i < clock_count(incident); i++) {
        const struct clock *clock = clock_at(incident, i);
        if (clock_is_told(clock) &&
            (before == INDEX_NONE || comes_before(clock_at(incident, before), clock)) &&
            (found == INDEX_NONE || comes_before(clock, clock_at(incident, found))))
            found = i;
    }
    return found;
}

sla_status sla_engine_clocks(const sla_engine *engine, uint64_t *cursor, sla_clock *out_clock)
{
    if (engine == NULL || cursor == NULL || out_clock == NULL)
        return SLA_ERROR_ARGUMENT;
    /* The cursor: the incident in its upper half, one more than the last clock in its lower. */
    uint32_t before = (uint32_t)*cursor - 1; /* 0 gives INDEX_NONE */
    for (uint64_t number = *cursor >> 32; number < engine->incidents.count; number++) {
        const struct incident *incident = incident_at(&engine->incidents, (uint32_t)number);
        uint32_t index = before != INDEX_NONE && before >= clock_count(incident)
                             ? INDEX_NONE
                             : find_next(incident, before);
        before = INDEX_NONE;
        if (index == INDEX_NONE)
            continue;
        sla_clock made;
        describe(engine, incident, index, &made);
        if (!struct_write(out_clock, &made, sizeof made))
            return SLA_ERROR_ARGUMENT;
        *cursor = number << 32 | (index + 1);
        return SLA_OK;
    }
    return SLA_EMPTY;
}
