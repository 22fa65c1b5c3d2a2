/* SPDX-License-Identifier: MIT */
/* Packing a clock. Each field stands in a table with the value that it usually has, which may
   follow from fields above it; only what differs is written, as its distance from a `near` value:
   in four bytes each, or, if one of them does not fit, in eight. One number has a bit for every
   common field, another one, if any of them differs, for the rare ones. The bits are part of the
   format of saved state: a new field gets a new bit among the rare ones, none is used twice. */
#include "engine/pack_draft.h"

#define IS_WIDE (1u << 30)
#define HAS_RARE (1u << 31)

/* FIELD(bit, type, field, usual value, near value) */
#define FOR_EACH_COMMON(FIELD)                                              \
    FIELD(0, uint32_t, escalation, INDEX_NONE, 0)                           \
    FIELD(1, uint16_t, flags, 0, 0)                                         \
    FIELD(2, uint32_t, cycle, 1, 0)                                         \
    FIELD(3, uint32_t, pauses, 0, 0)                                        \
    FIELD(4, uint32_t, cause, 0, 0)                                         \
    FIELD(5, sla_time, started, base, base)                                 \
    FIELD(6, sla_time, origin, clock->started, clock->started)              \
    FIELD(7, sla_time, run_from, clock->origin, clock->origin)              \
    FIELD(8, sla_time, ended, SLA_TIME_NONE, clock->run_from)               \
    FIELD(9, sla_time, pause_from, SLA_TIME_NONE, clock->run_from)          \
    FIELD(10, sla_time, resume_at, SLA_TIME_NEVER, clock->run_from)         \
    FIELD(11, sla_duration, used, 0, 0)                                     \
    FIELD(12, sla_duration, budget, 0, 0)                                   \
    FIELD(13, sla_duration, grace, 0, 0)                                    \
    FIELD(14, sla_duration, shift, 0, 0)                                    \
    FIELD(15, sla_time, due0, clock->origin, clock->origin)                 \
    FIELD(16, sla_time, deadline, clock->due0, clock->due0)                 \
    FIELD(17, sla_time, breach_at, clock->deadline, clock->deadline)        \
    FIELD(18, sla_time, told_breach_at, clock->breach_at, clock->breach_at) \
    FIELD(19, uint32_t, fired, 0, 0)                                        \
    FIELD(20, uint32_t, next_type, FACT_NONE, 0)                            \
    FIELD(21, uint32_t, next_order, 0, 0)                                   \
    FIELD(22, uint32_t, next_step, INDEX_NONE, 0)                           \
    FIELD(23, sla_time, next_at, clock->breach_at, clock->breach_at)
#define COMMON_BITS ((1u << 24) - 1)

#define FOR_EACH_RARE(FIELD)                                      \
    FIELD(0, uint32_t, first_calendar, clock->calendar, 0)        \
    FIELD(1, uint32_t, round, 0, 0)                               \
    FIELD(2, uint32_t, retargets, 0, 0)                           \
    FIELD(3, uint32_t, reopens, 0, 0)                             \
    FIELD(4, uint32_t, extensions, 0, 0)                          \
    FIELD(5, sla_time, base_at, clock->origin, clock->origin)     \
    FIELD(6, sla_duration, base_used, 0, 0)                       \
    FIELD(7, sla_duration, base_paused, 0, 0)                     \
    FIELD(8, sla_duration, extra, 0, 0)                           \
    FIELD(9, sla_duration, extended, 0, 0)                        \
    FIELD(10, sla_time, read_at, SLA_TIME_NONE, clock->started)   \
    FIELD(11, uint32_t, told_resume, 0, 0)                        \
    FIELD(12, sla_time, pinned_at, 0, clock->deadline)            \
    FIELD(13, uint32_t, earlier_state, 0, 0)                      \
    FIELD(14, sla_time, earlier_ended, 0, clock->started)         \
    FIELD(15, sla_time, reopened_at, 0, clock->started)
#define RARE_BITS ((1u << 16) - 1)

static unsigned count_bits(uint32_t bits)
{
    bits -= bits >> 1 & 0x55555555u;
    bits = (bits & 0x33333333u) + (bits >> 2 & 0x33333333u);
    return ((bits + (bits >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24;
}

/* The fields that differ, in eight bytes each. */
static unsigned char *pack_wide(unsigned char *at, const struct clock *clock, sla_time base,
                                uint32_t common, uint32_t rare)
{
#define PACK_COMMON(bit, type, field, usual, near)                                      \
    if ((common >> bit & 1) != 0)                                                       \
        at = store64(at, (uint64_t)clock->field - (uint64_t)(near));
#define PACK_RARE(bit, type, field, usual, near)                                        \
    if ((rare >> bit & 1) != 0)                                                         \
        at = store64(at, (uint64_t)clock->field - (uint64_t)(near));
    FOR_EACH_COMMON(PACK_COMMON)
    FOR_EACH_RARE(PACK_RARE)
#undef PACK_COMMON
#undef PACK_RARE
    return at;
}

/* The same in four bytes each; `*out_fits` tells whether that was enough. */
static unsigned char *pack_narrow(unsigned char *at, const struct clock *clock, sla_time base,
                                  uint32_t common, uint32_t rare, bool *out_fits)
{
    uint64_t distance, over = 0;
#define PACK_COMMON(bit, type, field, usual, near)                   \
    if ((common >> bit & 1) != 0) {                                  \
        distance = (uint64_t)clock->field - (uint64_t)(near);        \
        over |= (distance + UINT64_C(0x80000000)) >> 32;             \
        at = store32(at, (uint32_t)distance);                        \
    }
#define PACK_RARE(bit, type, field, usual, near)                     \
    if ((rare >> bit & 1) != 0) {                                    \
        distance = (uint64_t)clock->field - (uint64_t)(near);        \
        over |= (distance + UINT64_C(0x80000000)) >> 32;             \
        at = store32(at, (uint32_t)distance);                        \
    }
    FOR_EACH_COMMON(PACK_COMMON)
    if (rare != 0) {
        FOR_EACH_RARE(PACK_RARE)
    }
#undef PACK_COMMON
#undef PACK_RARE
    *out_fits = over == 0;
    return at;
}

unsigned char *pack_clock(unsigned char *at, const struct clock *clock, sla_time base)
{
    uint32_t common = 0, rare = 0;
#define COMPARE_COMMON(bit, type, field, usual, near) \
    common |= (uint32_t)(clock->field != (type)(usual)) << bit;
#define COMPARE_RARE(bit, type, field, usual, near) \
    rare |= (uint32_t)(clock->field != (type)(usual)) << bit;
    FOR_EACH_COMMON(COMPARE_COMMON)
    FOR_EACH_RARE(COMPARE_RARE)
#undef COMPARE_COMMON
#undef COMPARE_RARE
    unsigned char *start = at;
    at = store32(at, common | (rare != 0 ? HAS_RARE : 0));
    if (rare != 0)
        at = store32(at, rare);
    at = pack_number(at, clock->metric);
    at = pack_number(at, (uint64_t)clock->state << 2 | clock->kind);
    at = pack_number(at, (uint32_t)(clock->agreement + 1));
    at = pack_number(at, (uint32_t)(clock->rule + 1));
    at = pack_number(at, (uint32_t)(clock->calendar + 1));
    bool fits;
    unsigned char *end = pack_narrow(at, clock, base, common, rare, &fits);
    if (fits)
        return end;
    store32(start, common | IS_WIDE | (rare != 0 ? HAS_RARE : 0));
    return pack_wide(at, clock, base, common, rare);
}

/* The next distance; there is room for it. */
static inline uint64_t unpack_distance(struct unpacker *unpacker, bool is_wide)
{
    uint64_t distance = is_wide ? load64(unpacker->at)
                                : (uint64_t)(int64_t)(int32_t)load32(unpacker->at);
    unpacker->at += is_wide ? 8 : 4;
    return distance;
}

#define UNPACK_FIELD(bits, bit, type, field, usual, near)                                  \
    clock->field = (bits >> bit & 1) == 0                                                  \
                       ? (type)(usual)                                                     \
                       : (type)(unpack_distance(unpacker, is_wide) + (uint64_t)(near));
#define UNPACK_COMMON(bit, type, field, usual, near) \
    UNPACK_FIELD(common, bit, type, field, usual, near)
#define UNPACK_RARE(bit, type, field, usual, near) \
    UNPACK_FIELD(rare, bit, type, field, usual, near)
#define SET_USUAL(bit, type, field, usual, near) clock->field = (type)(usual);

static void unpack_fields(struct unpacker *unpacker, struct clock *clock, sla_time base,
                          uint32_t common, uint32_t rare)
{
    if ((common & IS_WIDE) != 0) {
        const bool is_wide = true;
        FOR_EACH_COMMON(UNPACK_COMMON)
        FOR_EACH_RARE(UNPACK_RARE)
        return;
    }
    const bool is_wide = false;
    FOR_EACH_COMMON(UNPACK_COMMON)
    if (rare != 0) {
        FOR_EACH_RARE(UNPACK_RARE)
    } else {
        FOR_EACH_RARE(SET_USUAL)
    }
}

void unpack_clock(struct unpacker *unpacker, struct clock *clock, sla_time base)
{
    uint32_t common = unpack_fixed32(unpacker), rare = 0;
    if ((common & HAS_RARE) != 0)
        rare = unpack_fixed32(unpacker);
    clock->metric = unpack_u32(unpacker);
    uint64_t state = unpack_number(unpacker);
    clock->kind = state & 3;
    clock->state = (uint8_t)(state >> 2);
    clock->agreement = unpack_u32(unpacker) - 1;
    clock->rule = unpack_u32(unpacker) - 1;
    clock->calendar = unpack_u32(unpacker) - 1;
    size_t width = (common & IS_WIDE) != 0 ? 8 : 4;
    size_t needed = width * (count_bits(common & COMMON_BITS) + count_bits(rare & RARE_BITS));
    if (state >> 2 > SLA_CLOCK_EXEMPT || (rare & ~RARE_BITS) != 0 ||
        (common & ~(COMMON_BITS | IS_WIDE | HAS_RARE)) != 0 ||
        (size_t)(unpacker->end - unpacker->at) < needed) {
        unpacker->failed = true;
        unpacker->at = unpacker->end;
        common = rare = 0;
    }
    unpack_fields(unpacker, clock, base, common, rare);
}
