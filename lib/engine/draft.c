/* SPDX-License-Identifier: MIT */
/* Drafts: their end, and putting away the cycles that nothing will change any more. */
#include "engine/draft.h"

void draft_clear(struct draft *draft)
{
    draft->clocks.count = draft->taken.count = 0;
    draft->spans.count = draft->causes.count = draft->sends.count = 0;
    draft->holding.count = draft->told.count = draft->past.count = 0;
    held_clear(&draft->attributes);
    draft->packed_told = NULL;
    draft->told_before = 0;
    draft->is_rebuilt = false;
    draft->head = (struct incident_head){SLA_TIME_NONE, SLA_TIME_NONE, 0, INDEX_NONE};
}

void draft_free(struct draft *draft, const sla_allocator *allocator)
{
    array_free(allocator, &draft->taken);
    array_free(allocator, &draft->clocks);
    array_free(allocator, &draft->spans);
    array_free(allocator, &draft->causes);
    array_free(allocator, &draft->sends);
    array_free(allocator, &draft->attributes.own);
    array_free(allocator, &draft->holding);
    array_free(allocator, &draft->told);
    array_free(allocator, &draft->past);
}

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

void draft_take_out(struct draft *draft, uint32_t gone)
{
    TAKE_OUT(&draft->spans, gone);
    TAKE_OUT(&draft->causes, gone);
    TAKE_OUT(&draft->sends, gone);
    draft->clocks.count--;
    memmove(draft->clocks.items + gone, draft->clocks.items + gone + 1,
            (draft->clocks.count - gone) * sizeof *draft->clocks.items);
}

bool draft_put_away(struct draft *draft, const sla_allocator *allocator, const sla_policy *policy,
                    const uint32_t *last)
{
    size_t first = draft->past.count;
    for (uint32_t i = (uint32_t)draft->clocks.count; i > 0; i--) {
        if (!is_past(draft, i - 1, last))
            continue;
        struct past_cycle past = {.clock = draft->clocks.items[i - 1]};
        struct counting counting = {policy, allocator, &past.clock, i - 1, &draft->spans};
        past.paused = clock_paused(&counting, past.clock.ended);
        if (!array_push(allocator, &draft->past, past))
            return false;
        draft_take_out(draft, i - 1);
    }
    for (size_t i = first, j = draft->past.count; i + 1 < j; i++, j--) { /* the earliest first */
        struct past_cycle *a = &draft->past.items[i], *b = &draft->past.items[j - 1], kept = *a;
        *a = *b;
        *b = kept;
    }
    return true;
}
