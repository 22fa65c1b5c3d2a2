/* SPDX-License-Identifier: MIT */
/* Parts: a clock's stretches cut into what was open, and what was closed and why. They are found
 * when they are asked for, so that a target of years needs no memory. */
#include "base/structs.h"
#include "engine/explain.h"
#include "time/day.h"

/* The cursor: the stretch above, and below how far within it; every instant fits into 33 bits. */
#define CURSOR_BITS 33
#define CURSOR_MASK (((uint64_t)1 << CURSOR_BITS) - 1)

static bool same_reason(const struct day_reason *a, const struct day_reason *b)
{
    return a->kind == b->kind && text_equal(a->name, b->name);
}

/* From `at` on to where the calendar opens or closes, or the reason changes, or to `limit`. */
static void cut_part(const sla_calendar *calendar, sla_time at, sla_time limit,
                     sla_explained_part *part)
{
    bool is_open = calendar_is_open(calendar, at);
    sla_time end;
    if ((is_open ? calendar_next_close(calendar, at, &end)
                 : calendar_next_open(calendar, at, &end)) != SLA_OK ||
        end > limit)
        end = limit;
    struct day_reason reason, next;
    day_reason_at(calendar, at, &reason);
    sla_time until = reason.until;
    while (until < end) {
        day_reason_at(calendar, until, &next);
        if (!same_reason(&reason, &next))
            break;
        until = next.until;
    }
    part->what = is_open ? SLA_PART_COUNTED : SLA_PART_CLOSED;
    part->from = at;
    part->to = until < end ? until : end;
    part->counted = is_open ? part->to - part->from : 0;
    part->day = reason.kind;
    part->name = reason.name;
}

static void whole_part(const sla_policy *policy, const struct stretch *stretch,
                       sla_explained_part *part)
{
    part->what = stretch->what;
    part->from = stretch->from;
    part->to = stretch->to;
    part->counted = calendar_elapsed(part->calendar, stretch->from, stretch->to);
    if (stretch->cause >= SPAN_CAUSE(0))
        part->name = policy->pauses[stretch->cause - SPAN_CAUSE(0)].reason;
}

int32_t sla_explanation_part(const sla_explanation *explanation, uint64_t *cursor,
                             sla_explained_part *out_part)
{
    if (explanation == NULL || cursor == NULL || out_part == NULL)
        return 0;
    const sla_policy *policy = explanation->policy;
    sla_time at = (sla_time)(*cursor & CURSOR_MASK);
    for (uint64_t i = *cursor >> CURSOR_BITS; i < explanation->stretches.count; i++, at = 0) {
        const struct stretch *stretch = &explanation->stretches.items[i];
        const sla_calendar *calendar = policy->calendars[stretch->calendar];
        sla_explained_part part = {.size = sizeof part, .flags = stretch->flags,
                                   .calendar = calendar};
        at = at < stretch->from ? stretch->from : at;
        if (stretch->what == SLA_PART_COUNTED && at >= stretch->to)
            continue;
        if (stretch->what == SLA_PART_COUNTED)
            cut_part(calendar, at, stretch->to, &part);
        else
            whole_part(policy, stretch, &part);
        const struct zone *zone = calendar_zone(calendar);
        if (zone_offset_at(zone, part.from) != zone_offset_at(zone, part.to))
            part.flags |= SLA_PART_SHIFTED;
        uint64_t next = i << CURSOR_BITS | (uint64_t)part.to;
        if (stretch->what != SLA_PART_COUNTED)
            next = (i + 1) << CURSOR_BITS;
        if (!struct_write(out_part, &part, sizeof part))
            return 0;
        *cursor = next;
        return 1;
    }
    return 0;
}
