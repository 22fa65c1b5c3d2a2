/* SPDX-License-Identifier: MIT */
/* Hashes by multiplication: a 64 x 64 product folded to 64 bits mixes every bit with every other.
   Bytes are read as little-endian numbers, so that all machines agree. */
#include "base/hash.h"

#define ODD_A UINT64_C(0x9E3779B97F4A7C15) /* 2^64 / golden ratio */
#define ODD_B UINT64_C(0xC2B2AE3D27D4EB4F)
#define ODD_C UINT64_C(0x165667B19E3779F9)

uint64_t hash_bytes(const void *data, size_t length)
{
    const unsigned char *bytes = data;
    uint64_t hash = hash_fold((uint64_t)length ^ ODD_A, ODD_B);
    while (length >= 8) {
        hash = hash_fold(hash ^ hash_read(bytes, 8), ODD_A);
        bytes += 8;
        length -= 8;
    }
    if (length > 0)
        hash = hash_fold(hash ^ hash_read(bytes, length), ODD_C);
    return hash_fold(hash ^ ODD_B, ODD_C);
}

void digest_init(struct digest *digest, uint64_t seed)
{
    digest->a = seed ^ ODD_A;
    digest->b = hash_fold(seed ^ ODD_C, ODD_B);
}

/* Each step is a bijection of (a, b) for a given number, as in a Feistel round, so that two
   different states never fall together by hashing the same number. */
void digest_number(struct digest *digest, uint64_t number)
{
    uint64_t a = digest->a ^ number;
    uint64_t b = digest->b + hash_fold(a ^ ODD_B, ODD_A);
    a += hash_fold(b ^ ODD_C, ODD_B);
    digest->a = a << 29 | a >> 35;
    digest->b = b;
}

void digest_text(struct digest *digest, sla_text text)
{
    digest_number(digest, text.length);
    const unsigned char *bytes = (const unsigned char *)text.data;
    for (size_t at = 0; at < text.length; at += 8)
        digest_number(digest, hash_read(bytes + at, text.length - at < 8 ? text.length - at : 8));
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
