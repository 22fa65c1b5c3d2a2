/* SPDX-License-Identifier: MIT */
/* What the host does to a clock's budget and deadline, and what that makes of them (K12). */
#include "engine/clock.h"

sla_duration clock_budget(const struct counting *counting)
{
    const struct clock *clock = counting->clock;
    if ((clock->flags & CLOCK_PINNED) != 0)
        return calendar_elapsed(counted_on(counting->policy, clock->calendar), clock->origin,
                                clock->pinned_at);
    return clock->budget + clock->extended;
}

static sla_status settle_or_undo(struct counting *counting, const struct clock *before)
{
    sla_status status = clock_settle(counting);
    if (status != SLA_OK)
        *counting->clock = *before;
    return status;
}

sla_status clock_extend(struct counting *counting, sla_duration by)
{
    struct clock *clock = counting->clock, before = *clock;
    bool is_pinned = (clock->flags & CLOCK_PINNED) != 0;
    const sla_calendar *calendar = counted_on(counting->policy, clock->calendar);
    if (by > SLA_TIME_MAX)
        return SLA_ERROR_RANGE;
    if (is_pinned && calendar_add(calendar, clock->pinned_at, by, &clock->pinned_at) != SLA_OK)
        return SLA_ERROR_RANGE;
    clock->extended += by; /* both below 2^33 */
    return settle_or_undo(counting, &before);
}

/* It takes the place of what was extended before. */
sla_status clock_pin(struct counting *counting, sla_time at)
{
    struct clock *clock = counting->clock, before = *clock;
    clock->flags |= CLOCK_PINNED;
    clock->pinned_at = at;
    clock->extended = 0;
    return settle_or_undo(counting, &before);
}

sla_status clock_let_go(struct counting *counting)
{
    struct clock *clock = counting->clock, before = *clock;
    if (clock->extended == 0 && (clock->flags & CLOCK_PINNED) == 0)
        return SLA_OK;
    clock->extended = 0;
    clock->flags &= (uint16_t)~CLOCK_PINNED;
    return settle_or_undo(counting, &before);
}
