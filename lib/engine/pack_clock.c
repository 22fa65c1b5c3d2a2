/* SPDX-License-Identifier: MIT */
/* Packing a clock. Each field stands in a table with the value that it usually has, which may
   follow from fields above it; only what differs is written, as its distance from a `near` value.
   The bits are part of the format of saved state: a new field gets a new bit, none is used twice.
   What differs most often has the lowest ones, so that the number that holds them is short. */
#include "engine/pack.h"

/* FIELD(bit, type, field, usual value, near value) */
#define FOR_EACH_FIELD(FIELD)                                            \
    FIELD(20, uint32_t, cycle, 1, 0)                                     \
    FIELD(13, uint16_t, flags, 0, 0)                                     \
    FIELD(0, uint32_t, escalation, INDEX_NONE, INDEX_NONE)               \
    FIELD(22, uint32_t, first_calendar, clock->calendar, 0)              \
    FIELD(23, uint32_t, round, 0, 0)                                     \
    FIELD(14, uint32_t, pauses, 0, 0)                                    \
    FIELD(24, uint32_t, retargets, 0, 0)                                 \
    FIELD(25, uint32_t, reopens, 0, 0)                                   \
    FIELD(33, uint32_t, extensions, 0, 0)                                \
    FIELD(8, sla_time, started, base, base)                              \
    FIELD(21, sla_time, origin, clock->started, clock->started)          \
    FIELD(30, sla_time, base_at, clock->origin, clock->origin)           \
    FIELD(31, sla_duration, base_used, 0, 0)                             \
    FIELD(32, sla_duration, base_paused, 0, 0)                           \
    FIELD(9, sla_time, run_from, clock->origin, clock->origin)           \
    FIELD(10, sla_time, ended, SLA_TIME_NONE, clock->run_from)           \
    FIELD(16, sla_time, pause_from, SLA_TIME_NONE, clock->run_from)      \
    FIELD(17, sla_time, resume_at, SLA_TIME_NEVER, clock->run_from)      \
    FIELD(11, sla_duration, used, 0, 0)                                  \
    FIELD(1, sla_duration, budget, 0, 0)                                 \
    FIELD(18, sla_duration, grace, 0, 0)                                 \
    FIELD(15, sla_duration, shift, 0, 0)                                 \
    FIELD(26, sla_duration, extra, 0, 0)                                 \
    FIELD(34, sla_duration, extended, 0, 0)                              \
    FIELD(2, sla_time, due0, clock->origin, clock->origin)               \
    FIELD(12, sla_time, deadline, clock->due0, clock->due0)              \
    FIELD(19, sla_time, breach_at, clock->deadline, clock->deadline)     \
    FIELD(27, sla_time, read_at, SLA_TIME_NONE, clock->started)          \
    FIELD(28, sla_time, told_breach_at, clock->breach_at, clock->breach_at) \
    FIELD(29, uint32_t, told_resume, 0, 0)                               \
    FIELD(7, uint32_t, fired, 0, 0)                                      \
    FIELD(3, uint16_t, next_type, FACT_NONE, 0)                          \
    FIELD(4, uint16_t, next_order, 0, 0)                                 \
    FIELD(5, uint32_t, next_step, INDEX_NONE, 0)                         \
    FIELD(6, sla_time, next_at, clock->breach_at, clock->breach_at)      \
    FIELD(35, sla_time, pinned_at, 0, clock->deadline)                   \
    FIELD(36, uint32_t, cause, 0, 0)                                     \
    FIELD(37, uint32_t, earlier_state, 0, 0)                             \
    FIELD(38, sla_time, earlier_ended, 0, clock->started)                \
    FIELD(39, sla_time, reopened_at, 0, clock->started)
#define KNOWN_BITS ((UINT64_C(1) << 40) - 1)

unsigned char *pack_clock(unsigned char *at, const struct clock *clock, sla_time base)
{
    uint64_t differs = 0;
#define COMPARE(bit, type, field, usual, near) \
    differs |= (uint64_t)(clock->field != (type)(usual)) << bit;
    FOR_EACH_FIELD(COMPARE)
#undef COMPARE
    at = pack_number(at, clock->metric);
    at = pack_number(at, (uint64_t)clock->state << 2 | clock->kind);
    at = pack_number(at, (uint32_t)(clock->agreement + 1));
    at = pack_number(at, (uint32_t)(clock->rule + 1));
    at = pack_number(at, (uint32_t)(clock->calendar + 1));
    at = pack_number(at, differs);
#define PACK(bit, type, field, usual, near)                                          \
    if ((differs >> bit & 1) != 0)                                                   \
        at = pack_number(at, fold_sign((uint64_t)clock->field - (uint64_t)(near)));
    FOR_EACH_FIELD(PACK)
#undef PACK
    return at;
}

void unpack_clock(struct unpacker *unpacker, struct clock *clock, sla_time base)
{
    clock->metric = unpack_u32(unpacker);
    uint64_t state = unpack_number(unpacker);
    clock->kind = state & 3;
    clock->state = (uint8_t)(state >> 2);
    unpacker->failed |= state >> 2 > SLA_CLOCK_EXEMPT;
    clock->agreement = unpack_u32(unpacker) - 1;
    clock->rule = unpack_u32(unpacker) - 1;
    clock->calendar = unpack_u32(unpacker) - 1;
    uint64_t differs = unpack_number(unpacker);
    unpacker->failed |= (differs & ~KNOWN_BITS) != 0;
#define UNPACK(bit, type, field, usual, near)                                              \
    clock->field = (differs >> bit & 1) == 0                                               \
                       ? (type)(usual)                                                     \
                       : (type)(unfold_sign(unpack_number(unpacker)) + (uint64_t)(near));
    FOR_EACH_FIELD(UNPACK)
#undef UNPACK
}
