/* SPDX-License-Identifier: MIT */
/* Hashes that are the same on every machine: 64 bits for tables, 128 bits for identities (event
   ids, fingerprints). Not for secrets. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <sla/types.h>
#include <string.h>

uint64_t hash_bytes(const void *data, size_t length);

/* The product of two numbers, folded to 64 bits: every bit depends on all of both. */
static inline uint64_t hash_fold(uint64_t x, uint64_t y)
{
#ifdef __SIZEOF_INT128__
    __extension__ unsigned __int128 product = (unsigned __int128)x * y;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t xl = (uint32_t)x, xh = x >> 32, yl = (uint32_t)y, yh = y >> 32;
    uint64_t low = xl * yl, middle1 = xh * yl, middle2 = xl * yh, high = xh * yh;
    uint64_t carry = (low >> 32) + (uint32_t)middle1 + (uint32_t)middle2;
    low = (carry << 32) | (uint32_t)low;
    high += (middle1 >> 32) + (middle2 >> 32) + (carry >> 32);
    return low ^ high;
#endif
}

/* At most 8 bytes as a little-endian number. Pieces that overlap say the same, so that any length
   takes at most two reads. */
static inline uint64_t hash_read(const unsigned char *bytes, size_t count)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (count >= 8) {
        uint64_t whole;
        memcpy(&whole, bytes, 8);
        return whole;
    }
    if (count >= 4) {
        uint32_t first, last;
        memcpy(&first, bytes, 4);
        memcpy(&last, bytes + count - 4, 4);
        return first | (uint64_t)last << (8 * (count - 4));
    }
    if (count == 0)
        return 0;
    size_t half = count / 2;
    return bytes[0] | (uint64_t)bytes[half] << (8 * half) |
           (uint64_t)bytes[count - 1] << (8 * (count - 1));
#else
    uint64_t number = 0;
    for (size_t i = 0; i < count && i < 8; i++)
        number |= (uint64_t)bytes[i] << (8 * i);
    return number;
#endif
}

/* A half of an identity as bytes, the highest first: the same on every machine. */
static inline void hash_put(void *to, uint64_t half)
{
    uint8_t *bytes = to;
    for (unsigned i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(half >> (56 - 8 * i));
}

/* A 128-bit hash of a sequence of numbers and texts; the lengths of texts are part of it. */
struct digest {
    uint64_t a, b;
};
void digest_init(struct digest *digest, uint64_t seed);
void digest_number(struct digest *digest, uint64_t number);
void digest_text(struct digest *digest, sla_text text);
void digest_finish(const struct digest *digest, uint64_t out[2]);

#endif
