/* SPDX-License-Identifier: MIT */
/* Columns as data frames and databases keep them: numbers in ticks, texts side by side, gaps.
 *
 * The forms of memory are those of the Arrow columnar format, so that a column of pandas, polars,
 * DuckDB or Arrow goes in and comes out as it lies, without a copy; a plain array is the simplest
 * of them. Everything a struct points to is borrowed for the call. Since 0.5. */
#ifndef SLA_COLUMN_H
#define SLA_COLUMN_H

#include <sla/types.h>

SLA_BEGIN_DECLS

/* A column of instants or durations. Row i is read at `values` + i * `stride` bytes; it is missing
   if its bit of `validity` is 0, or if it is the least number of its width (as NaT is). What is
   finer than a second is floored to the second (T2). */
typedef struct sla_numbers {
    uint32_t size;
    uint32_t flags;  /* 0 */
    uint32_t width;  /* bytes of a number, signed: 4 or 8 */
    uint32_t ticks;  /* of a second: 1, 1,000, 1,000,000 or 1,000,000,000 */
    int64_t stride;  /* bytes from one row to the next, of either sign; 0: one for all rows */
    uint64_t validity_first; /* the bit of row 0; with stride 0 the only one that is looked at */
    const void *values;      /* of row 0; it need not be aligned */
    const uint8_t *validity; /* bits, the lowest of a byte first; NULL: nothing is missing */
} sla_numbers;

/* A column of answers, written by the call into memory of the caller's. A row without an answer,
   missing or an error, gets INT64_MIN, a 0 in `validity`, and a status. */
typedef struct sla_answers {
    uint32_t size;
    uint32_t flags;   /* 0 */
    uint32_t width;   /* bytes of a value: 8 */
    uint32_t ticks;   /* of a second, in which `values` are written, as in sla_numbers */
    uint64_t missing; /* out: how many rows have no answer */
    int64_t *values;      /* as many as there are rows */
    uint8_t *validity;    /* (rows + 7) / 8 bytes, bits past the last row 0; or NULL */
    sla_status *statuses; /* SLA_OK, SLA_MISSING, or the row's error; or NULL */
    void *reserved;       /* NULL */
} sla_answers;

#define SLA_TEXTS_OFFSETS32 1u /* int32 offsets, one more than there are texts, and bytes */
#define SLA_TEXTS_OFFSETS64 2u /* int64 offsets */
#define SLA_TEXTS_VIEWS 3u     /* 16 bytes a text: its length and bytes, or a buffer and a place */
#define SLA_TEXTS_BOOLEANS 4u  /* bits: the texts "false" and "true" */
#define SLA_TEXTS_NUMBERS 5u   /* signed numbers of `width` bytes: their decimal texts */
#define SLA_TEXTS_UNSIGNED 6u  /* numbers without a sign */

/* A column of texts. Row i is the element `first` + i, or, with `indexes`, the element of the
   dictionary whose number stands at indexes[first + i]. A row is wrong, which is its own error, if
   its index is none of the dictionary's, its offsets are negative, descend or lie beyond the last
   one, or its view names no buffer or bytes outside of it. Indexes, offsets, views and numbers need
   not be aligned. */
typedef struct sla_texts {
    uint32_t size;
    uint32_t flags;       /* 0 */
    uint32_t form;        /* SLA_TEXTS_... of the elements */
    uint32_t width;       /* bytes of a number, of SLA_TEXTS_NUMBERS and _UNSIGNED: 1, 2, 4, 8;
                             else 0 */
    uint32_t index_width; /* bytes of an index: 1, 2, 4, 8; 0: there is no dictionary */
    uint32_t buffers;     /* of views: how many pointers `bytes` has; else 0 */
    uint64_t count;         /* elements in the dictionary or, without one, up to the last row's,
                               those before `first` included */
    uint64_t first;         /* where row 0 is, among the indexes or the elements */
    uint64_t element_first; /* where the dictionary begins in its elements; else 0 */
    const void *elements;   /* offsets, views, bits or numbers; with a `count` of 0 maybe NULL */
    const void *bytes;      /* of offsets: the texts; of views: an array of pointers to buffers */
    const void *indexes;    /* or NULL */
    const uint8_t *validity;         /* of the rows: bit `first` + i; NULL: none is missing */
    const uint8_t *element_validity; /* of a dictionary: bit `element_first` + n for its element
                                        n; NULL: none is missing */
    const int64_t *buffer_sizes;     /* of views: bytes of each buffer; NULL: views are trusted
                                        to stay inside them */
} sla_texts;

SLA_END_DECLS

#endif
