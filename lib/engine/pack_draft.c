/* SPDX-License-Identifier: MIT */
/* Packing a draft: its head, then list by list. Empty lists cost nothing: one number of bits tells
   which there are. */
#include "engine/pack_draft.h"

size_t pack_bound(const struct draft *draft)
{
    return 16 * PACKED_NUMBER_MAX + draft->clocks.count * PACKED_CLOCK_MAX +
           (draft->spans.count + draft->causes.count + draft->sends.count) * 5 *
               PACKED_NUMBER_MAX +
           draft->holding.count * PACKED_NUMBER_MAX + PACKED_HELD_MAX(&draft->attributes) +
           (draft->told.count + draft->told_before) * 8;
}

/* The lists in their order; `item` and `base` are what an element is packed with. */
#define FOR_EACH_LIST(LIST)                                                                       \
    LIST(0, struct clock, clocks, pack_clock(at, item, base), unpack_clock(unpacker, item, base)) \
    LIST(1, struct span, spans, pack_span(at, item, base), unpack_span(unpacker, item, base))     \
    LIST(2, struct cause, causes, pack_cause(at, item, base), unpack_cause(unpacker, item, base)) \
    LIST(3, struct send, sends, pack_send(at, item, base), unpack_send(unpacker, item, base))     \
    LIST(4, uint32_t, holding, pack_number(at, *item), *item = unpack_u32(unpacker))
#define HAS_ATTRIBUTES (1u << 5)
#define HAS_TOLD (1u << 6)
#define IS_REBUILT (1u << 7)

static unsigned char *pack_told(unsigned char *at, const struct draft *draft)
{
    at = pack_number(at, draft->told_before + draft->told.count);
    if (draft->told_before > 0)
        memcpy(at, draft->packed_told, draft->told_before * 8);
    at += draft->told_before * 8;
    for (size_t i = 0; i < draft->told.count; i++)
        at = store64(at, draft->told.items[i]);
    return at;
}

unsigned char *pack_draft(unsigned char *at, const struct draft *draft)
{
    sla_time base = draft->head.opened_at;
    uint32_t lists = draft->attributes.count > 0 ? HAS_ATTRIBUTES : 0;
    if (draft->told_before + draft->told.count > 0)
        lists |= HAS_TOLD;
    if (draft->is_rebuilt)
        lists |= IS_REBUILT;
    at = pack_head(at, &draft->head);
#define NOTE(bit, type, list, pack, unpack) lists |= (uint32_t)(draft->list.count > 0) << bit;
    FOR_EACH_LIST(NOTE)
#undef NOTE
    at = pack_number(at, lists);
#define PACK(bit, type, list, pack, unpack)                             \
    if (draft->list.count > 0) {                                        \
        at = pack_number(at, draft->list.count);                        \
        const type *item = draft->list.items;                           \
        for (size_t left = draft->list.count; left > 0; left--, item++) \
            at = pack;                                                  \
    }
    FOR_EACH_LIST(PACK)
#undef PACK
    if ((lists & HAS_ATTRIBUTES) != 0)
        at = pack_held(at, &draft->attributes);
    return (lists & HAS_TOLD) != 0 ? pack_told(at, draft) : at;
}

static void find_told(struct unpacker *unpacker, struct draft *draft)
{
    uint64_t count = unpack_number(unpacker);
    draft->packed_told = unpacker->at;
    if (count > (uint64_t)(unpacker->end - unpacker->at) / 8) {
        unpacker->failed = true;
        return;
    }
    draft->told_before = (size_t)count;
    unpacker->at += count * 8;
}

sla_status unpack_draft(struct unpacker *unpacker, struct draft *draft,
                        const sla_allocator *allocator)
{
    draft_clear(draft);
    unpack_head(unpacker, &draft->head);
    sla_time base = draft->head.opened_at;
    uint32_t lists = unpack_u32(unpacker);
#define UNPACK(bit, type, list, pack, unpack)                                            \
    if ((lists >> bit & 1) != 0) {                                                       \
        uint64_t count = unpack_number(unpacker);                                        \
        if (count > (uint64_t)(unpacker->end - unpacker->at)) /* a byte each at least */ \
            return SLA_ERROR_DATA;                                                       \
        if (!array_reserve(allocator, &draft->list, (size_t)count))                      \
            return SLA_ERROR_MEMORY;                                                     \
        draft->list.count = (size_t)count;                                               \
        type *item = draft->list.items;                                                  \
        for (size_t left = draft->list.count; left > 0; left--, item++)                  \
            unpack;                                                                      \
    }
    FOR_EACH_LIST(UNPACK)
#undef UNPACK
    if ((lists & HAS_ATTRIBUTES) != 0)
        held_borrow(&draft->attributes, unpacker);
    if ((lists & HAS_TOLD) != 0)
        find_told(unpacker, draft);
    draft->is_rebuilt = (lists & IS_REBUILT) != 0;
    return unpacker->failed || lists > (IS_REBUILT << 1) - 1 ? SLA_ERROR_DATA : SLA_OK;
}
