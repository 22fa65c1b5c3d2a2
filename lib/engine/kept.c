/* SPDX-License-Identifier: MIT */
/* Kept incidents: drafts laid into blocks, and taken out again. */
#include "engine/kept.h"

#include "engine/pack_draft.h"

/* The parts behind the clocks; `item` and `base` are what an element is packed with. */
#define FOR_EACH_LIST(LIST)                                                                       \
    LIST(HAS_SPANS, struct span, spans, pack_span(at, item, base),                                \
         unpack_span(&unpacker, item, base))                                                      \
    LIST(HAS_CAUSES, struct cause, causes, pack_cause(at, item, base),                            \
         unpack_cause(&unpacker, item, base))                                                     \
    LIST(HAS_SENDS, struct send, sends, pack_send(at, item, base),                                \
         unpack_send(&unpacker, item, base))                                                      \
    LIST(HAS_HOLDING, uint32_t, holding, pack_number(at, *item), *item = unpack_u32(&unpacker))
#define HAS_SPANS 1u
#define HAS_CAUSES 2u
#define HAS_SENDS 4u
#define HAS_HOLDING 8u
#define HAS_ATTRIBUTES 16u
#define HAS_SEQUENCE 32u
#define IS_REBUILT 64u
#define IS_NEW 128u

size_t kept_size(size_t id_length)
{
    return sizeof(struct kept) + (id_length + 3) / 4 * 4;
}

void kept_begin(struct kept *kept, sla_text id)
{
    *kept = (struct kept){.opened_at = SLA_TIME_NONE,
                          .last_update = SLA_TIME_NONE,
                          .severity = INDEX_NONE,
                          .used = (uint32_t)kept_size(id.length),
                          .id_length = (uint16_t)id.length,
                          .parts = IS_NEW};
    memcpy(kept + 1, id.data, id.length);
}

bool kept_is_new(const struct kept *kept)
{
    return (kept->parts & IS_NEW) != 0;
}

static const unsigned char *clocks_end(const struct kept *kept)
{
    const unsigned char *at = kept_clocks(kept);
    for (uint32_t i = 0; i < kept->clock_count; i++)
        at = kept_clock_next(at, kept->opened_at).end;
    return at;
}

uint64_t kept_sequence(const struct kept *kept)
{
    return (kept->parts & HAS_SEQUENCE) == 0 ? 0 : load64(clocks_end(kept));
}

bool kept_note(struct kept *kept, sla_time last_update, uint64_t sequence)
{
    if (sequence != 0) {
        if ((kept->parts & HAS_SEQUENCE) == 0)
            return false;
        unsigned char *front = (unsigned char *)kept;
        store64(front + (clocks_end(kept) - front), sequence);
    }
    kept->last_update = last_update;
    return true;
}

size_t kept_bound(const struct draft *draft, size_t id_length)
{
    return kept_size(id_length) + draft->clocks.count * KEPT_CLOCK_MAX + 8 +
           (draft->spans.count + draft->causes.count + draft->sends.count) * 5 *
               PACKED_NUMBER_MAX +
           draft->holding.count * PACKED_NUMBER_MAX + 4 * PACKED_NUMBER_MAX +
           PACKED_HELD_MAX(&draft->attributes) + (draft->told.count + draft->told_before) * 8;
}

void kept_lay(struct kept *kept, const struct draft *draft)
{
    sla_time base = draft->head.opened_at;
    unsigned char *front = (unsigned char *)kept;
    unsigned char *at = front + (kept_clocks(kept) - front);
    uint32_t parts = draft->is_rebuilt ? IS_REBUILT : 0;
    for (size_t i = 0; i < draft->clocks.count; i++)
        at = kept_clock_lay(at, &draft->clocks.items[i], base);
    if (draft->head.last_sequence != 0) {
        parts |= HAS_SEQUENCE;
        at = store64(at, draft->head.last_sequence);
    }
    if (draft->attributes.count > 0) {
        parts |= HAS_ATTRIBUTES;
        at = pack_held(at, &draft->attributes);
    }
#define LAY(bit, type, list, pack, unpack)                              \
    if (draft->list.count > 0) {                                        \
        parts |= bit;                                                   \
        at = pack_number(at, draft->list.count);                        \
        const type *item = draft->list.items;                           \
        for (size_t left = draft->list.count; left > 0; left--, item++) \
            at = pack;                                                  \
    }
    FOR_EACH_LIST(LAY)
#undef LAY
    if (draft->told_before > 0)
        memcpy(at, draft->packed_told, draft->told_before * 8);
    at += draft->told_before * 8;
    for (size_t i = 0; i < draft->told.count; i++)
        at = store64(at, draft->told.items[i]);
    kept->opened_at = base;
    kept->last_update = draft->head.last_update;
    kept->severity = draft->head.severity;
    kept->clock_count = (uint32_t)draft->clocks.count;
    kept->told_count = (uint8_t)(draft->told_before + draft->told.count);
    kept->parts = (uint8_t)parts;
    kept->used = (uint32_t)(at - front);
}

sla_status kept_take(const struct kept *kept, struct draft *draft, const sla_allocator *allocator)
{
    sla_time base = kept->opened_at;
    uint32_t parts = kept->parts, count = kept->clock_count;
    draft_clear(draft);
    if (!array_reserve(allocator, &draft->clocks, count) ||
        !array_reserve(allocator, &draft->taken, count))
        return SLA_ERROR_MEMORY;
    draft->head.opened_at = base;
    draft->head.last_update = kept->last_update;
    draft->head.severity = kept->severity;
    draft->is_rebuilt = (parts & IS_REBUILT) != 0;
    const unsigned char *at = kept_clocks(kept);
    for (uint32_t i = 0; i < count; i++) {
        at = kept_clock_take(at, &draft->clocks.items[i], base);
        draft->taken.items[i] = draft->clocks.items[i];
    }
    draft->clocks.count = draft->taken.count = count;
    struct unpacker unpacker = {at, (const unsigned char *)kept + kept->used, false};
    if ((parts & HAS_SEQUENCE) != 0)
        draft->head.last_sequence = unpack_fixed(&unpacker);
    if ((parts & HAS_ATTRIBUTES) != 0)
        held_borrow(&draft->attributes, &unpacker);
#define TAKE(bit, type, list, pack, unpack)                              \
    if ((parts & bit) != 0) {                                            \
        size_t items = (size_t)unpack_number(&unpacker);                 \
        if (!array_reserve(allocator, &draft->list, items))              \
            return SLA_ERROR_MEMORY;                                     \
        draft->list.count = items;                                       \
        type *item = draft->list.items;                                  \
        for (; items > 0; items--, item++)                               \
            unpack;                                                      \
    }
    FOR_EACH_LIST(TAKE)
#undef TAKE
    draft->told_before = kept->told_count;
    draft->packed_told = unpacker.at;
    return SLA_OK;
}

bool kept_take_plain(const struct kept *kept, const unsigned char *clocks_end,
                     struct draft *draft)
{
    struct unpacker unpacker = {clocks_end, (const unsigned char *)kept + kept->used, false};
    if ((kept->parts & ~(HAS_ATTRIBUTES | HAS_SEQUENCE)) != 0)
        return false;
    draft_clear(draft);
    draft->head = (struct incident_head){kept->opened_at, kept->last_update, 0, kept->severity};
    if ((kept->parts & HAS_SEQUENCE) != 0)
        draft->head.last_sequence = unpack_fixed(&unpacker);
    if ((kept->parts & HAS_ATTRIBUTES) != 0)
        held_borrow(&draft->attributes, &unpacker);
    return true;
}
