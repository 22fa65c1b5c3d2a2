/* SPDX-License-Identifier: MIT */
/* Blocks: drafts taken from incidents, and put back. */
#include "engine/incident.h"

#include "engine/pack_draft.h"

/* A block that has to grow will have to again: most updates tell something. */
#define ROOM_TO_GROW 32u
/* Blocks begin no larger than this, whatever the last one needed. */
#define USUAL_SIZE_MAX 512u

sla_status draft_take(struct draft *draft, const struct incidents *incidents,
                      const struct incident *incident)
{
    if (!kept_is_new(incident->kept))
        return kept_take(incident->kept, draft, incidents->allocator);
    draft_clear(draft);
    return SLA_OK;
}

/* Makes room in the history for what the draft puts there; nothing is seen of it yet. */
static bool make_history(const struct draft *draft, const struct incidents *incidents,
                         struct incident *incident)
{
    const sla_allocator *allocator = incidents->allocator;
    bool spills = draft->told_before + draft->told.count > TOLD_IN_BLOCK;
    if (draft->past.count == 0 && !spills)
        return true;
    if (incident->history == NULL)
        incident->history = memory_zero(allocator, sizeof *incident->history);
    struct history *history = incident->history;
    return history != NULL && (!spills || array_reserve(allocator, &history->told,
                                                        draft->told_before + draft->told.count)) &&
           array_reserve(allocator, &history->cycles,
                         draft->past.count * PACKED_PAST_MAX);
}

static void write_history(struct draft *draft, struct history *history)
{
    if (draft->told_before + draft->told.count > TOLD_IN_BLOCK) {
        for (size_t i = 0; i < draft->told_before; i++)
            history->told.items[history->told.count++] = load64(draft->packed_told + 8 * i);
        for (size_t i = 0; i < draft->told.count; i++)
            history->told.items[history->told.count++] = draft->told.items[i];
    }
    for (size_t i = 0; i < draft->past.count; i++) {
        unsigned char *at = history->cycles.items + history->cycles.count;
        at = pack_past(at, &draft->past.items[i], draft->head.opened_at);
        history->cycles.count = (size_t)(at - history->cycles.items);
        history->cycle_count++;
    }
}

/* A size that fits malloc's. */
static uint32_t room_for(size_t size)
{
    return (uint32_t)((size + 15) / 16 * 16 + 8);
}

sla_status draft_put(struct draft *draft, struct incidents *incidents, struct incident *incident)
{
    const sla_allocator *allocator = incidents->allocator;
    struct kept *old = incident->kept, *laid;
    size_t front = kept_size(old->id_length), old_size = incident->block_size;
    size_t told_before = draft->told_before, told = draft->told.count;
    size_t bound = kept_bound(draft, old->id_length);
    incidents->laying.count = 0;
    if (bound > UINT32_MAX / 2)
        return SLA_ERROR_LIMIT;
    if (!make_history(draft, incidents, incident) ||
        !array_reserve(allocator, &incidents->laying, bound))
        return SLA_ERROR_MEMORY;
    bool spills = told_before + told > TOLD_IN_BLOCK;
    if (spills) /* they go to the history, but not before all went well */
        draft->told_before = draft->told.count = 0;
    laid = (struct kept *)incidents->laying.items;
    memcpy(laid, old, front);
    kept_lay(laid, draft);
    size_t size = laid->used;
    draft->told_before = told_before;
    draft->told.count = told;
    uint32_t room = room_for(size);
    if (!kept_is_new(old))
        room += ROOM_TO_GROW;
    else
        incidents->usual_size = room < USUAL_SIZE_MAX ? room : USUAL_SIZE_MAX;
    bool moves = size > old_size;
    if (moves) {
        struct kept *kept = memory_new(allocator, room);
        if (kept == NULL)
            return SLA_ERROR_MEMORY;
        incident->kept = kept;
        incident->block_size = room;
    }
    if (draft->past.count > 0 || spills) /* what is still borrowed lies in the old block */
        write_history(draft, incident->history);
    memcpy(incident->kept, laid, size);
    if (moves)
        memory_free(allocator, old, old_size);
    return SLA_OK;
}

bool incident_reserve(const struct incidents *incidents, struct incident *incident, uint32_t more)
{
    if (incident->block_size - incident->kept->used >= more)
        return true;
    uint32_t room = room_for(incident->kept->used + (size_t)more) + ROOM_TO_GROW;
    struct kept *kept = memory_new(incidents->allocator, room);
    if (kept == NULL)
        return false;
    memcpy(kept, incident->kept, incident->kept->used);
    memory_free(incidents->allocator, incident->kept, incident->block_size);
    incident->kept = kept;
    incident->block_size = room;
    return true;
}

sla_status draft_take_past(struct draft *draft, const struct incidents *incidents,
                           const struct incident *incident)
{
    const struct history *history = incident->history;
    draft->past.count = 0;
    if (history == NULL || history->cycle_count == 0)
        return SLA_OK;
    if (!array_reserve(incidents->allocator, &draft->past, history->cycle_count))
        return SLA_ERROR_MEMORY;
    struct unpacker unpacker = {history->cycles.items,
                                history->cycles.items + history->cycles.count, false};
    for (uint32_t i = 0; i < history->cycle_count; i++)
        unpack_past(&unpacker, &draft->past.items[draft->past.count++], draft->head.opened_at);
    return SLA_OK;
}
