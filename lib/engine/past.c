/* SPDX-License-Identifier: MIT */
/* Past cycles: clocks that nothing will change any more are taken out of the way of updates. */
#include "engine/incident.h"

static bool is_past(const struct draft *draft, uint32_t index, const uint32_t *last)
{
    const struct clock *clock = &draft->clocks.items[index];
    return !clock_is_open(clock) && last[clock->metric * KIND_COUNT + clock->kind] != index;
}

/* Drops the elements of clock `gone`, and renumbers those of the clocks behind it. */
#define TAKE_OUT(array, gone)                                               \
    do {                                                                    \
        size_t kept = 0;                                                    \
        for (size_t i = 0; i < (array)->count; i++) {                       \
            if ((array)->items[i].clock == (gone))                          \
                continue;                                                   \
            (array)->items[kept] = (array)->items[i];                       \
            (array)->items[kept++].clock -= (array)->items[i].clock > (gone); \
        }                                                                   \
        (array)->count = kept;                                              \
    } while (0)

static void take_out(struct draft *draft, uint32_t gone)
{
    TAKE_OUT(&draft->spans, gone);
    TAKE_OUT(&draft->causes, gone);
    TAKE_OUT(&draft->sends, gone);
    draft->clocks.count--;
    memmove(draft->clocks.items + gone, draft->clocks.items + gone + 1,
            (draft->clocks.count - gone) * sizeof *draft->clocks.items);
}

bool draft_put_away(struct draft *draft, struct incidents *incidents, struct incident *incident,
                    const sla_policy *policy, const uint32_t *last)
{
    size_t count = 0, capacity = incident->past_capacity;
    for (uint32_t i = 0; i < draft->clocks.count; i++)
        count += is_past(draft, i, last);
    if (!memory_grow(incidents->allocator, &incident->past, &incident->past_capacity,
                     incident->past_count + count, sizeof *incident->past))
        return false;
    incidents->bytes += (incident->past_capacity - capacity) * sizeof *incident->past;
    for (uint32_t i = (uint32_t)draft->clocks.count; count > 0 && i > 0; i--) {
        if (!is_past(draft, i - 1, last))
            continue;
        struct past_cycle *past = &incident->past[incident->past_count++];
        past->clock = draft->clocks.items[i - 1];
        struct counting counting = {policy, incidents->allocator, &past->clock, i - 1,
                                    &draft->spans};
        past->paused = clock_paused(&counting, past->clock.ended);
        take_out(draft, i - 1);
    }
    return true;
}

void incident_restore(struct incident *incident, const struct incident *before)
{
    struct incident now = *incident;
    *incident = *before;
    incident->block = now.block;
    incident->block_size = now.block_size;
    incident->past = now.past;
    incident->past_capacity = now.past_capacity;
}
