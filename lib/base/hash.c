/* SPDX-License-Identifier: MIT */
/* Hashes by multiplication: a 64 x 64 product folded to 64 bits mixes every bit with every other.
   Bytes are read as little-endian numbers, so that all machines agree. */
#include "base/hash.h"

#include <string.h>

#define ODD_A UINT64_C(0x9E3779B97F4A7C15) /* 2^64 / golden ratio */
#define ODD_B UINT64_C(0xC2B2AE3D27D4EB4F)
#define ODD_C UINT64_C(0x165667B19E3779F9)

static uint64_t fold(uint64_t x, uint64_t y)
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

static uint64_t read_bytes(const unsigned char *bytes, size_t count)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (count == 8) { /* by far the most common, and one load */
        uint64_t whole;
        memcpy(&whole, bytes, 8);
        return whole;
    }
#endif
    uint64_t number = 0;
    for (size_t i = 0; i < count; i++)
        number |= (uint64_t)bytes[i] << (8 * i);
    return number;
}

uint64_t hash_bytes(const void *data, size_t length)
{
    const unsigned char *bytes = data;
    uint64_t hash = fold((uint64_t)length ^ ODD_A, ODD_B);
    while (length >= 8) {
        hash = fold(hash ^ read_bytes(bytes, 8), ODD_A);
        bytes += 8;
        length -= 8;
    }
    if (length > 0)
        hash = fold(hash ^ read_bytes(bytes, length), ODD_C);
    return fold(hash ^ ODD_B, ODD_C);
}

void digest_init(struct digest *digest, uint64_t seed)
{
    digest->a = seed ^ ODD_A;
    digest->b = fold(seed ^ ODD_C, ODD_B);
}

/* Each step is a bijection of (a, b) for a given number, as in a Feistel round, so that two
   different states never fall together by hashing the same number. */
void digest_number(struct digest *digest, uint64_t number)
{
    uint64_t a = digest->a ^ number;
    uint64_t b = digest->b + fold(a ^ ODD_B, ODD_A);
    a += fold(b ^ ODD_C, ODD_B);
    digest->a = a << 29 | a >> 35;
    digest->b = b;
}

void digest_text(struct digest *digest, sla_text text)
{
    digest_number(digest, text.length);
    const unsigned char *bytes = (const unsigned char *)text.data;
    for (size_t at = 0; at < text.length; at += 8)
        digest_number(digest, read_bytes(bytes + at, text.length - at < 8 ? text.length - at : 8));
}

void digest_finish(const struct digest *digest, uint64_t out[2])
{
    struct digest last = *digest;
    digest_number(&last, ODD_A);
    digest_number(&last, ODD_B);
    digest_number(&last, ODD_C);
    out[0] = last.a;
    out[1] = last.b;
}
