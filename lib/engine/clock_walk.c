/* SPDX-License-Identifier: MIT */
/* Walking a clock's record: stretch by stretch, each counted on the calendar of its time. */
#include "engine/clock.h"

/* The running stretches of a clock, one after the other. */
struct walk {
    const struct counting *counting;
    size_t next;       /* span to look at */
    sla_time from;     /* the present stretch: from ... */
    sla_time to;       /* ... to here; SLA_TIME_NEVER: it is the last, open one */
    uint32_t calendar; /* ... counted on this */
    uint32_t calendar_behind;
    sla_time from_behind;
};

static const struct span *next_span(struct walk *walk)
{
    const span_array *spans = walk->counting->spans;
    while (walk->next < spans->count) {
        const struct span *span = &spans->items[walk->next++];
        if (span->clock == walk->counting->index)
            return span;
    }
    return NULL;
}

static bool walk_next(struct walk *walk)
{
    if (walk->to == SLA_TIME_NEVER)
        return false;
    walk->from = walk->from_behind;
    walk->calendar = walk->calendar_behind;
    const struct span *span = next_span(walk);
    if (span != NULL) {
        walk->to = span->from;
        walk->from_behind = span->to;
        walk->calendar_behind = span->calendar;
    } else {
        walk->to = SLA_TIME_NEVER;
    }
    return true;
}

static struct walk walk_begin(const struct counting *counting)
{
    const struct clock *clock = counting->clock;
    return (struct walk){.counting = counting,
                         .to = SLA_TIME_MIN,
                         .from_behind = clock->base_at,
                         .calendar_behind = clock->first_calendar};
}

sla_duration clock_used_by_spans(const struct counting *counting, sla_time at)
{
    sla_duration used = counting->clock->base_used;
    for (struct walk walk = walk_begin(counting); walk_next(&walk) && walk.from < at;)
        used += calendar_elapsed(counted_on(counting->policy, walk.calendar), walk.from,
                                 walk.to < at ? walk.to : at);
    return used;
}

sla_duration clock_used(const struct counting *counting, sla_time at)
{
    const struct clock *clock = counting->clock;
    const sla_policy *policy = counting->policy;
    if (!clock_is_told(clock))
        return 0;
    if (clock->pause_from != SLA_TIME_NONE && at >= clock->pause_from)
        return clock->used;
    if (clock->pause_from == SLA_TIME_NONE && at == clock->run_from)
        return clock->used;
    if (clock->pause_from == SLA_TIME_NONE && at >= clock->run_from)
        return clock->used +
               calendar_elapsed(counted_on(policy, clock->calendar), clock->run_from, at);
    return clock_used_by_spans(counting, at);
}

sla_duration clock_paused(const struct counting *counting, sla_time until)
{
    const struct clock *clock = counting->clock;
    const sla_policy *policy = counting->policy;
    sla_duration paused = clock->base_paused;
    for (size_t i = 0; i < counting->spans->count; i++) {
        const struct span *span = &counting->spans->items[i];
        if (span->clock == counting->index && span->is_pause && span->calendar != INDEX_NONE)
            paused += calendar_elapsed(counted_on(policy, span->calendar), span->from, span->to);
    }
    if (clock->pause_from != SLA_TIME_NONE && clock->calendar != INDEX_NONE)
        paused += calendar_elapsed(counted_on(policy, clock->calendar), clock->pause_from, until);
    return paused;
}

sla_status clock_reach(const struct counting *counting, sla_duration amount, sla_time *out_at)
{
    const sla_policy *policy = counting->policy;
    const struct clock *clock = counting->clock;
    *out_at = clock->origin;
    if (amount <= 0)
        return SLA_OK;
    *out_at = clock->base_at;
    amount -= clock->base_used;
    if (amount <= 0 && clock->base_used > 0)
        return SLA_OK;
    for (struct walk walk = walk_begin(counting); walk_next(&walk);) {
        const sla_calendar *calendar = counted_on(policy, walk.calendar);
        if (walk.to == SLA_TIME_NEVER)
            return calendar_add(calendar, walk.from, amount, out_at);
        sla_duration counted = calendar_elapsed(calendar, walk.from, walk.to);
        if (counted >= amount)
            return calendar_add(calendar, walk.from, amount, out_at);
        amount -= counted;
    }
    return SLA_ERROR_RANGE; /* not reached: the last stretch is open */
}

sla_status clock_reach_mixed(const struct counting *counting, sla_duration budget,
                             sla_time *out_at, sla_time *out_read_at)
{
    const span_array *spans = counting->spans;
    sla_time changed_at = counting->clock->base_at;
    for (size_t i = 0; i < spans->count; i++)
        if (spans->items[i].clock == counting->index && !spans->items[i].is_pause)
            changed_at = spans->items[i].to;
    sla_duration used = clock_used_by_spans(counting, changed_at);
    if (used < budget) {
        *out_read_at = changed_at;
        return calendar_add(counted_on(counting->policy, counting->clock->calendar), changed_at,
                            budget - used, out_at);
    }
    sla_status status = clock_reach(counting, budget, out_at);
    *out_read_at = *out_at;
    return status;
}

sla_status clock_reach_after(const struct counting *counting, sla_time from, sla_duration amount,
                             uint32_t calendar_index, sla_time *out_at)
{
    const sla_calendar *calendar = counted_on(counting->policy, calendar_index);
    const span_array *spans = counting->spans;
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *span = &spans->items[i];
        if (span->clock != counting->index || !span->is_pause || span->to <= from)
            continue;
        /* the breach itself may lie in a pause, which began with nothing left at closing time */
        sla_duration counted =
            span->from > from ? calendar_elapsed(calendar, from, span->from) : 0;
        if (counted >= amount)
            break;
        amount -= counted;
        from = span->to;
    }
    return calendar_add(calendar, from, amount, out_at);
}

sla_time clock_leave_pause(const struct counting *counting, sla_time at)
{
    for (size_t i = 0; i < counting->spans->count; i++) {
        const struct span *span = &counting->spans->items[i];
        if (span->clock == counting->index && span->is_pause && span->from < at && at < span->to)
            return span->to;
    }
    return at;
}
