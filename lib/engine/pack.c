/* SPDX-License-Identifier: MIT */
/* Packing a draft: its head, then list by list. Empty lists cost nothing: one number of bits tells
   which there are. */
#include "engine/pack.h"

uint64_t unpack_long_number(struct unpacker *unpacker)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && unpacker->at < unpacker->end; shift += 7) {
        unsigned char byte = *unpacker->at++;
        if (shift == 63 && byte > 1)
            break;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    unpacker->failed = true;
    unpacker->at = unpacker->end;
    return 0;
}

uint32_t unpack_fixed32(struct unpacker *unpacker)
{
    if (unpacker->end - unpacker->at < 4) {
        unpacker->failed = true;
        unpacker->at = unpacker->end;
        return 0;
    }
    unpacker->at += 4;
    return load32(unpacker->at - 4);
}

uint64_t unpack_fixed(struct unpacker *unpacker)
{
    if (unpacker->end - unpacker->at < 8) {
        unpacker->failed = true;
        unpacker->at = unpacker->end;
        return 0;
    }
    unpacker->at += 8;
    return load64(unpacker->at - 8);
}

int64_t unpack_signed(struct unpacker *unpacker)
{
    return (int64_t)unfold_sign(unpack_number(unpacker));
}

sla_text unpack_text(struct unpacker *unpacker)
{
    uint64_t length = unpack_number(unpacker);
    if (length > (uint64_t)(unpacker->end - unpacker->at)) {
        unpacker->failed = true;
        unpacker->at = unpacker->end;
        return TEXT_NONE;
    }
    sla_text text = {(const char *)unpacker->at, (size_t)length};
    unpacker->at += length;
    return text;
}

unsigned char *pack_text(unsigned char *at, sla_text text)
{
    at = pack_number(at, text.length);
    if (text.length > 0)
        memcpy(at, text.data, text.length);
    return at + text.length;
}

size_t pack_bound(const struct draft *draft)
{
    size_t bound = 16 * PACKED_NUMBER_MAX + draft->clocks.count * PACKED_CLOCK_MAX +
                   (draft->spans.count + draft->causes.count + draft->sends.count) * 5 *
                       PACKED_NUMBER_MAX +
                   draft->holding.count * PACKED_NUMBER_MAX + draft->packed_attributes.size +
                   draft->attributes.count * 4 * PACKED_NUMBER_MAX +
                   (draft->told.count + draft->told_before) * 8;
    for (size_t i = 0; i < draft->attributes.count; i++) /* what is not read is empty */
        bound += draft->attributes.items[i].name.length + draft->attributes.items[i].value.length;
    return bound;
}

/* The lists in their order; `item` and `base` are what an element is packed with. */
#define FOR_EACH_LIST(LIST)                                                                       \
    LIST(1, struct span, spans, pack_span(at, item, base), unpack_span(unpacker, item, base))     \
    LIST(2, struct cause, causes, pack_cause(at, item, base), unpack_cause(unpacker, item, base)) \
    LIST(3, struct send, sends, pack_send(at, item, base), unpack_send(unpacker, item, base))     \
    LIST(4, uint32_t, holding, pack_number(at, *item), *item = unpack_u32(unpacker))
#define HAS_CLOCKS 1u
#define HAS_ATTRIBUTES (1u << 5)
#define HAS_TOLD (1u << 6)
#define IS_REBUILT (1u << 7)

/* The attributes as they were packed, or anew: how many, how many bytes, the bytes. */
static unsigned char *pack_attributes(unsigned char *at, const struct draft *draft)
{
    const struct packed_attributes *packed = &draft->packed_attributes;
    if (packed->count > 0) {
        at = pack_number(at, packed->count);
        at = pack_number(at, packed->size);
        memcpy(at, packed->bytes, packed->size);
        return at + packed->size;
    }
    at = pack_number(at, draft->attributes.count);
    unsigned char *bytes = at + 1; /* mostly it takes one byte to say how many */
    unsigned char *end = bytes;
    for (size_t i = 0; i < draft->attributes.count; i++)
        end = pack_attribute(end, &draft->attributes.items[i]);
    size_t size = (size_t)(end - bytes);
    unsigned char length[PACKED_NUMBER_MAX];
    size_t width = (size_t)(pack_number(length, size) - length);
    if (width != 1)
        memmove(at + width, bytes, size);
    memcpy(at, length, width);
    return at + width + size;
}

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

static unsigned char *pack_clocks(unsigned char *at, const struct draft *draft)
{
    at = pack_number(at, draft->clocks.count);
    for (size_t i = 0; i < draft->clocks.count; i++) {
        const struct clock *clock = &draft->clocks.items[i];
        if (draft_clock_is_unchanged(draft, i)) {
            const struct packed_clock *packed = &draft->packed_clocks.items[i];
            memcpy(at, packed->bytes, packed->size);
            at += packed->size;
        } else {
            at = pack_clock(at, clock, draft->head.opened_at);
        }
    }
    return at;
}

static sla_status unpack_clocks(struct unpacker *unpacker, struct draft *draft,
                                const sla_allocator *allocator)
{
    uint64_t count = unpack_number(unpacker);
    if (count > (uint64_t)(unpacker->end - unpacker->at)) /* a byte each at least */
        return SLA_ERROR_DATA;
    if (!array_reserve(allocator, &draft->clocks, (size_t)count) ||
        !array_reserve(allocator, &draft->packed_clocks, (size_t)count))
        return SLA_ERROR_MEMORY;
    draft->clocks.count = draft->packed_clocks.count = (size_t)count;
    for (size_t i = 0; i < count; i++) {
        struct packed_clock *packed = &draft->packed_clocks.items[i];
        packed->bytes = unpacker->at;
        unpack_clock(unpacker, &packed->clock, draft->head.opened_at);
        packed->size = (size_t)(unpacker->at - packed->bytes);
        draft->clocks.items[i] = packed->clock;
    }
    return SLA_OK;
}

unsigned char *pack_draft(unsigned char *at, const struct draft *draft)
{
    sla_time base = draft->head.opened_at;
    uint32_t lists = draft->packed_attributes.count + draft->attributes.count > 0 ? HAS_ATTRIBUTES
                                                                                  : 0;
    if (draft->told_before + draft->told.count > 0)
        lists |= HAS_TOLD;
    if (draft->is_rebuilt)
        lists |= IS_REBUILT;
    at = pack_head(at, &draft->head);
#define NOTE(bit, type, list, pack, unpack) lists |= (uint32_t)(draft->list.count > 0) << bit;
    FOR_EACH_LIST(NOTE)
#undef NOTE
    lists |= draft->clocks.count > 0 ? HAS_CLOCKS : 0;
    at = pack_number(at, lists);
    if (draft->clocks.count > 0)
        at = pack_clocks(at, draft);
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
        at = pack_attributes(at, draft);
    return (lists & HAS_TOLD) != 0 ? pack_told(at, draft) : at;
}

static bool find_attributes(struct unpacker *unpacker, struct draft *draft,
                            const sla_allocator *allocator)
{
    struct packed_attributes *packed = &draft->packed_attributes;
    packed->count = unpack_number(unpacker);
    packed->size = unpack_number(unpacker);
    packed->bytes = unpacker->at;
    if (packed->size > (uint64_t)(unpacker->end - unpacker->at) || packed->count > packed->size) {
        unpacker->failed = true;
        *packed = (struct packed_attributes){NULL, 0, 0};
        return true;
    }
    unpacker->at += packed->size;
    if (array_reserve(allocator, &draft->attributes, (size_t)packed->count))
        return true;
    *packed = (struct packed_attributes){NULL, 0, 0};
    return false;
}

bool unpack_attributes(struct draft *draft)
{
    struct packed_attributes packed = draft->packed_attributes;
    if (packed.bytes == NULL) /* none */
        return true;
    struct unpacker unpacker = {packed.bytes, packed.bytes + packed.size, false};
    draft->packed_attributes = (struct packed_attributes){NULL, 0, 0};
    for (uint64_t i = 0; i < packed.count && !unpacker.failed; i++)
        unpack_attribute(&unpacker, &draft->attributes.items[draft->attributes.count++]);
    return !unpacker.failed && unpacker.at == unpacker.end;
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
    sla_status status = (lists & HAS_CLOCKS) != 0 ? unpack_clocks(unpacker, draft, allocator)
                                                  : SLA_OK;
    if (status != SLA_OK)
        return status;
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
    if ((lists & HAS_ATTRIBUTES) != 0 && !find_attributes(unpacker, draft, allocator))
        return SLA_ERROR_MEMORY;
    if ((lists & HAS_TOLD) != 0)
        find_told(unpacker, draft);
    draft->is_rebuilt = (lists & IS_REBUILT) != 0;
    return unpacker->failed || lists > (IS_REBUILT << 1) - 1 ? SLA_ERROR_DATA : SLA_OK;
}
