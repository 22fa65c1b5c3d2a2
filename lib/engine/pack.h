/* SPDX-License-Identifier: MIT */
/* Packing: numbers, clocks and drafts as bytes, the same on every machine.
 *
 * A number takes seven bits a byte, the lowest first. What usually has a value that follows from
 * what stands before it is written only when it differs. */
#ifndef ENGINE_PACK_H
#define ENGINE_PACK_H

#include "engine/draft.h"

#define PACKED_NUMBER_MAX 10u /* bytes of the largest number */

/* Bytes that grow in front of the writer: room is made before, by pack_bound(). */
static inline unsigned char *pack_number(unsigned char *at, uint64_t number)
{
    while (number >= 0x80) {
        *at++ = (unsigned char)(number | 0x80);
        number >>= 7;
    }
    *at++ = (unsigned char)number;
    return at;
}

/* Signed numbers: those near zero, of either sign, are short. */
static inline uint64_t fold_sign(uint64_t number)
{
    return number << 1 ^ (0 - (number >> 63));
}
static inline uint64_t unfold_sign(uint64_t number)
{
    return number >> 1 ^ (0 - (number & 1));
}

/* Fixed numbers, the lowest byte first. */
static inline unsigned char *store32(unsigned char *at, uint32_t number)
{
    at[0] = (unsigned char)number;
    at[1] = (unsigned char)(number >> 8);
    at[2] = (unsigned char)(number >> 16);
    at[3] = (unsigned char)(number >> 24);
    return at + 4;
}
static inline unsigned char *store64(unsigned char *at, uint64_t number)
{
    return store32(store32(at, (uint32_t)number), (uint32_t)(number >> 32));
}
static inline uint32_t load32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
static inline uint64_t load64(const unsigned char *at)
{
    return load32(at) | (uint64_t)load32(at + 4) << 32;
}

/* A reader that never passes the end: what is missing reads as 0, and `failed` is set. */
struct unpacker {
    const unsigned char *at, *end;
    bool failed;
};
uint64_t unpack_long_number(struct unpacker *unpacker);

static inline uint64_t unpack_number(struct unpacker *unpacker)
{
    if (unpacker->at < unpacker->end && *unpacker->at < 0x80)
        return *unpacker->at++;
    return unpack_long_number(unpacker);
}
/* A number that fits in 32 bits; a larger one sets `failed`. */
static inline uint32_t unpack_u32(struct unpacker *unpacker)
{
    uint64_t number = unpack_number(unpacker);
    unpacker->failed |= number > UINT32_MAX;
    return (uint32_t)number;
}
uint64_t unpack_fixed(struct unpacker *unpacker); /* eight bytes */
uint32_t unpack_fixed32(struct unpacker *unpacker);
int64_t unpack_signed(struct unpacker *unpacker);
/* A text, borrowed from the bytes. */
sla_text unpack_text(struct unpacker *unpacker);
unsigned char *pack_text(unsigned char *at, sla_text text);

/* A clock; `base` is an instant near which its own lie. */
#define PACKED_CLOCK_MAX 512u
unsigned char *pack_clock(unsigned char *at, const struct clock *clock, sla_time base);
void unpack_clock(struct unpacker *unpacker, struct clock *clock, sla_time base);

/* Items of a draft's lists; `base` is the instant of the incident's opening. */
unsigned char *pack_head(unsigned char *at, const struct incident_head *head);
unsigned char *pack_attribute(unsigned char *at, const struct held_attribute *held);
void unpack_attribute(struct unpacker *unpacker, struct held_attribute *held);
unsigned char *pack_span(unsigned char *at, const struct span *span, sla_time base);
void unpack_span(struct unpacker *unpacker, struct span *span, sla_time base);
unsigned char *pack_cause(unsigned char *at, const struct cause *cause, sla_time base);
void unpack_cause(struct unpacker *unpacker, struct cause *cause, sla_time base);
unsigned char *pack_send(unsigned char *at, const struct send *send, sla_time base);
void unpack_send(struct unpacker *unpacker, struct send *send, sla_time base);

/* A cycle that is over. */
#define PACKED_PAST_MAX (PACKED_CLOCK_MAX + PACKED_NUMBER_MAX)
unsigned char *pack_past(unsigned char *at, const struct past_cycle *past, sla_time base);
void unpack_past(struct unpacker *unpacker, struct past_cycle *past, sla_time base);

/* A whole draft without its history. `pack_bound` is how many bytes it may take at most. */
size_t pack_bound(const struct draft *draft);
unsigned char *pack_draft(unsigned char *at, const struct draft *draft);
/* SLA_OK; SLA_ERROR_MEMORY; SLA_ERROR_DATA: these bytes were never packed. Texts are borrowed from
   the bytes; `allocator` is the draft's. Attributes and what was told are left packed. */
sla_status unpack_draft(struct unpacker *unpacker, struct draft *draft,
                        const sla_allocator *allocator);
/* Unpacks the attributes, unless it is done already. It cannot fail on bytes that were packed;
   else the draft has fewer, and false is returned. */
bool unpack_attributes(struct draft *draft);
/* Its head alone. */
void unpack_head(struct unpacker *unpacker, struct incident_head *head);
/* Another head in the place of one, of which `size` bytes are there; false: it needs other room. */
bool repack_head(unsigned char *at, size_t size, const struct incident_head *head);

#endif
