/* SPDX-License-Identifier: MIT */
/* What an engine knows of one clock and its incident, copied out for an explanation. The one file
 * of explanations that knows how an engine keeps its incidents. */
#include "engine/explain.h"

#include "engine/work.h"

struct explain_engine explain_engine(const sla_engine *engine)
{
    return (struct explain_engine){engine->policy, &engine->allocator, engine->now};
}

static void copy_attributes(const sla_engine *engine, const struct incident *incident,
                            sla_explanation *explanation)
{
    const struct held_attribute *held = incident_part(incident, PART_ATTRIBUTES);
    for (uint32_t i = 0; i < incident->counts[PART_ATTRIBUTES]; i++) {
        if (held[i].slot == 0)
            continue;
        sla_text value = explain_copy(explanation, pool_text(&engine->pool, held[i].value));
        slot_set(&explanation->facts.slots[held[i].slot], value,
                 text_table_find(&engine->policy->literals, value));
    }
}

static bool is_wanted(const struct clock *clock, uint32_t kind, uint32_t metric, uint32_t cycle)
{
    return clock->kind == kind && clock->metric == metric && clock_is_told(clock) &&
           (cycle == 0 || clock->cycle == cycle);
}

static void find_past(const struct incident *incident, uint32_t kind, uint32_t metric,
                      uint32_t cycle, struct explain_subject *out)
{
    for (size_t i = 0; i < incident->past_count; i++) {
        const struct past_cycle *past = &incident->past[i];
        if (!is_wanted(&past->clock, kind, metric, cycle) ||
            (out->has_clock && past->clock.cycle < out->clock.cycle))
            continue;
        out->has_clock = true;
        out->clock = past->clock;
        out->paused = past->paused;
        /* nothing was lost where nothing interrupted it */
        out->has_record = past->clock.pauses == 0 && past->clock.reopens == 0 &&
                          (past->clock.flags & CLOCK_MIXED) == 0;
    }
}

sla_status explain_subject(const sla_engine *engine, sla_text id, uint32_t kind, uint32_t metric,
                           uint32_t cycle, sla_explanation *explanation,
                           struct explain_subject *out)
{
    uint32_t number = incidents_find(&engine->incidents, id), found = INDEX_NONE;
    *out = (struct explain_subject){.has_clock = false};
    if (number == INDEX_NONE)
        return SLA_ERROR_NOT_FOUND;
    const struct incident *incident = incident_at(&engine->incidents, number);
    out->opened_at = incident->opened_at;
    copy_attributes(engine, incident, explanation);
    find_past(incident, kind, metric, cycle, out);
    const struct clock *clocks = incident_part(incident, PART_CLOCKS);
    for (uint32_t i = 0; i < incident->counts[PART_CLOCKS]; i++) {
        if (!is_wanted(&clocks[i], kind, metric, cycle) ||
            (out->has_clock && clocks[i].cycle < out->clock.cycle))
            continue;
        found = i;
        out->has_clock = out->has_record = true;
        out->clock = clocks[i];
    }
    const struct span *spans = incident_part(incident, PART_SPANS);
    for (uint32_t i = 0; found != INDEX_NONE && i < incident->counts[PART_SPANS]; i++) {
        if (spans[i].clock != found)
            continue;
        struct span span = spans[i];
        span.clock = 0;
        if (!array_push(&engine->allocator, &out->spans, span))
            explanation->failed = true;
    }
    if (explanation->failed)
        return SLA_ERROR_MEMORY;
    return cycle != 0 && !out->has_clock ? SLA_ERROR_NOT_FOUND : SLA_OK;
}
