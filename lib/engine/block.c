/* SPDX-License-Identifier: MIT */
/* Blocks: drafts taken from incidents, and put back. */
#include "engine/incident.h"

/* More than so many told events in a block go to the incident's history. */
#define TOLD_IN_BLOCK 24u
/* A block that has to grow will have to again: most updates tell something. */
#define ROOM_TO_GROW 32u
/* Blocks begin no larger than this, whatever the last one needed. */
#define USUAL_SIZE_MAX 512u

sla_status draft_take(struct draft *draft, const struct incidents *incidents,
                      const struct incident *incident)
{
    struct unpacker unpacker = {incident->block, incident->block + incident->used, false};
    unpack_text(&unpacker);
    if (unpacker.at < unpacker.end)
        return unpack_draft(&unpacker, draft, incidents->allocator);
    draft_clear(draft); /* a new incident */
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

sla_status draft_put(struct draft *draft, struct incidents *incidents, struct incident *incident)
{
    const sla_allocator *allocator = incidents->allocator;
    sla_text id = incident_id(incident);
    size_t prefix = (size_t)((const unsigned char *)id.data - incident->block) + id.length;
    size_t told_before = draft->told_before, told = draft->told.count;
    incidents->packing.count = 0;
    if (!make_history(draft, incidents, incident) ||
        !array_reserve(allocator, &incidents->packing, pack_bound(draft)))
        return SLA_ERROR_MEMORY;
    bool spills = told_before + told > TOLD_IN_BLOCK;
    if (spills) /* they go to the history, but not before all went well */
        draft->told_before = draft->told.count = 0;
    size_t size = (size_t)(pack_draft(incidents->packing.items, draft) - incidents->packing.items);
    draft->told_before = told_before;
    draft->told.count = told;
    if (size > UINT32_MAX / 2)
        return SLA_ERROR_LIMIT;
    unsigned char *old_block = NULL;
    size_t old_size = incident->block_size;
    bool is_first = incident->used == prefix;
    uint32_t room = (uint32_t)((prefix + size + 15) / 16 * 16 + 8); /* fits malloc's sizes */
    if (!is_first)
        room += ROOM_TO_GROW;
    else
        incidents->usual_size = room < USUAL_SIZE_MAX ? room : USUAL_SIZE_MAX;
    if (prefix + size > incident->block_size) {
        unsigned char *block = memory_new(allocator, room);
        if (block == NULL)
            return SLA_ERROR_MEMORY;
        memcpy(block, incident->block, prefix);
        old_block = incident->block;
        incident->block = block;
        incident->block_size = room;
    }
    if (draft->past.count > 0 || spills) /* what is still packed lies in the old block */
        write_history(draft, incident->history);
    memcpy(incident->block + prefix, incidents->packing.items, size);
    incident->used = (uint32_t)(prefix + size);
    memory_free(allocator, old_block, old_size);
    return SLA_OK;
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
