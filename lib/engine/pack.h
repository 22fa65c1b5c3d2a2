/* SPDX-License-Identifier: MIT */
/* Packing: numbers and texts as bytes, the same on every machine. A number takes seven bits a byte,
 * the lowest first. */
#ifndef ENGINE_PACK_H
#define ENGINE_PACK_H

#include "base/text.h"

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

#endif
