/* SPDX-License-Identifier: MIT */
/* Bits of columns: which rows have a value. The lowest bit of a byte comes first. */
#ifndef BASE_BITS_H
#define BASE_BITS_H

#include "base/hash.h"

#include <stdbool.h>

static inline bool bit_at(const uint8_t *bits, uint64_t at)
{
    return (bits[at / 8] >> (at % 8) & 1) != 0;
}

/* The lowest `count` bits, 1 to 64 of them, set. */
static inline uint64_t bits_first(size_t count)
{
    return UINT64_MAX >> (64 - count);
}

/* `count` bits, 1 to 64, from bit `first` on. No byte is read that has none of them. */
static inline uint64_t bits_read(const uint8_t *bits, uint64_t first, size_t count)
{
    const uint8_t *at = bits + first / 8;
    unsigned shift = (unsigned)(first % 8);
    size_t bytes = (shift + count + 7) / 8;
    uint64_t word = hash_read(at, bytes < 8 ? bytes : 8) >> shift;
    if (bytes > 8)
        word |= (uint64_t)at[8] << (64 - shift);
    return word & bits_first(count);
}

/* Writes `count` bits, 1 to 64, into the bytes from `at` on; what is left of the last one is 0. */
static inline void bits_write(uint8_t *at, uint64_t word, size_t count)
{
    word &= bits_first(count);
    for (size_t i = 0; i < (count + 7) / 8; i++)
        at[i] = (uint8_t)(word >> (8 * i));
}

/* The place of the lowest bit that is set; there is one. */
static inline unsigned bits_lowest(uint64_t word)
{
    return (unsigned)__builtin_ctzll(word);
}

/* Bits written one a row, from the first row on; those of the last byte past the last row are 0. */
struct bit_writer {
    uint8_t *bits; /* the next byte; NULL: nobody wants them */
    uint8_t byte, count; /* what is not written yet */
};

/* Begins at a row, which must be a multiple of 8. */
static inline struct bit_writer bits_begin(uint8_t *bits, size_t row)
{
    return (struct bit_writer){bits == NULL ? NULL : bits + row / 8, 0, 0};
}

static inline void bits_put(struct bit_writer *writer, bool bit)
{
    writer->byte |= (uint8_t)(bit << writer->count);
    if (++writer->count < 8)
        return;
    if (writer->bits != NULL)
        *writer->bits++ = writer->byte;
    writer->byte = writer->count = 0;
}

static inline void bits_end(const struct bit_writer *writer)
{
    if (writer->bits != NULL && writer->count > 0)
        *writer->bits = writer->byte;
}

#endif
