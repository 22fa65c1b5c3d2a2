/* SPDX-License-Identifier: MIT */
/* What an engine knows of one clock and its incident, copied out for an explanation. The one file
 * of explanations that knows how an engine keeps its incidents. */
#include "engine/explain.h"

#include "engine/work.h"

struct explain_engine explain_engine(const sla_engine *engine)
{
    return (struct explain_engine){engine->policy, &engine->host, engine->now};
}

/* Texts that the policy does not know are the incident's, which may change. */
static void copy_attributes(const struct draft *draft, sla_explanation *explanation)
{
    struct slot *slots = explanation->facts.slots;
    held_fill(&draft->attributes, &explanation->facts);
    for (uint32_t i = 0; i < explanation->policy->slot_count; i++)
        if (slots[i].present && slots[i].literal == 0)
            slots[i].text = explain_copy(explanation, slots[i].text);
}

/* The cycle that is asked for, or the last one that was told; INDEX_NONE: there is none. */
static uint32_t find_clock(const struct view *view, uint32_t kind, uint32_t metric, uint32_t cycle)
{
    for (uint32_t i = view_count(view); i > 0; i--) { /* the last ones stand behind */
        const struct clock *clock = view_clock(view, i - 1);
        if (clock->metric == metric && clock->kind == kind && clock_is_told(clock) &&
            (cycle == 0 || clock->cycle == cycle))
            return i - 1;
    }
    return INDEX_NONE;
}

/* As in counted_on(): of a calendar that went with its policy the engine counts on another. */
static uint32_t stand_in(const sla_policy *policy, uint32_t calendar)
{
    return calendar < policy->calendar_count ? calendar : 0;
}

/* The spans of one clock, which becomes number 0. */
static void copy_spans(const struct draft *draft, uint32_t clock, sla_explanation *explanation,
                       struct explain_subject *out)
{
    for (size_t i = 0; i < draft->spans.count; i++) {
        struct span span = draft->spans.items[i];
        if (span.clock != clock)
            continue;
        span.calendar = stand_in(explanation->policy, span.calendar);
        span.clock = 0;
        if (!array_push(&explanation->arena.allocator, &out->spans, span))
            explanation->failed = true;
    }
}

/* Nothing was lost of a cycle that nothing interrupted, if its calendar still counts as it did: it
   may be another policy's by now (E9). */
static bool counts_as_then(const sla_policy *policy, const struct clock *clock)
{
    const sla_calendar *calendar = counted_on(policy, clock->calendar);
    return calendar_elapsed(calendar, clock->origin, clock->ended) == clock->used &&
           calendar_elapsed(calendar, clock->origin, clock->due0) == clock->budget;
}

static void copy_clock(const sla_engine *engine, uint32_t index, sla_explanation *explanation,
                       struct explain_subject *out)
{
    const struct view *view = engine->view;
    const struct clock *clock = view_clock(view, index);
    out->has_clock = true;
    out->clock = *clock;
    out->agreement = explain_copy(explanation, engine_agreement_name(engine, clock->agreement));
    out->calendar = explain_copy(explanation, engine_calendar_name(engine, clock->calendar));
    out->clock.first_calendar = stand_in(explanation->policy, clock->first_calendar);
    out->has_record = !is_foreign(clock->calendar);
    if (view_is_past(view, index)) {
        out->is_past = true;
        out->paused = view->draft.past.items[index].paused;
        out->has_record = out->has_record && clock->pauses == 0 && clock->reopens == 0 &&
                          (clock->flags & CLOCK_MIXED) == 0 &&
                          counts_as_then(explanation->policy, clock);
        return;
    }
    copy_spans(&view->draft, index - (uint32_t)view->draft.past.count, explanation, out);
    /* what had ended when another policy was bound: its calendars may count otherwise now (E9) */
    sla_time end = clock->pause_from != SLA_TIME_NONE ? clock->pause_from : clock->ended;
    if (!clock_is_open(clock) && out->spans.count == 0 && clock->base_at >= end &&
        (clock->flags & CLOCK_MIXED) != 0)
        out->has_record = false;
}

sla_status explain_subject(const sla_engine *engine, sla_text id, uint32_t kind, uint32_t metric,
                           uint32_t cycle, sla_explanation *explanation,
                           struct explain_subject *out)
{
    uint32_t number = incidents_find(&engine->incidents, id);
    *out = (struct explain_subject){.has_clock = false};
    if (number == INDEX_NONE)
        return SLA_ERROR_NOT_FOUND;
    sla_status status = view_read(engine->view, &engine->incidents, number, engine->changes);
    if (status != SLA_OK)
        return status;
    uint32_t found = find_clock(engine->view, kind, metric, cycle);
    if (found == INDEX_NONE && cycle != 0)
        return SLA_ERROR_NOT_FOUND;
    out->opened_at = engine->view->draft.head.opened_at;
    copy_attributes(&engine->view->draft, explanation);
    if (found != INDEX_NONE)
        copy_clock(engine, found, explanation, out);
    return explanation->failed ? SLA_ERROR_MEMORY : SLA_OK;
}
