/* SPDX-License-Identifier: MIT */
/* Columns of numbers: a caller's instants or durations, read as whole seconds. */
#ifndef BASE_NUMBERS_H
#define BASE_NUMBERS_H

#include <sla/column.h>
#include <stdbool.h>

/* Columns are read in blocks of so many rows, on the stack of the call. */
#define NUMBERS_BLOCK 64u
/* What is read where a row is missing. No number of finer ticks is floored to it. */
#define NUMBER_NONE INT64_MIN

/* How many parts of a second a column may count in. */
static inline bool ticks_are_right(uint32_t ticks)
{
    return ticks == 1 || ticks == 1000 || ticks == 1000000 || ticks == 1000000000;
}

struct numbers {
    const char *values; /* of row 0 */
    int64_t stride;
    const uint8_t *validity;
    uint64_t validity_first;
    uint32_t width, ticks;
    bool is_array; /* of seconds: blocks of it need not be copied */
    uint64_t missing; /* of the block that was read last: bits of rows; 0 of one that was not
                         copied says nothing */
    int64_t block[NUMBERS_BLOCK];
};

/* Makes ready for so many rows of a caller's column. False: it cannot be right. */
bool numbers_open(struct numbers *numbers, const sla_numbers *given, size_t rows);
/* An array of seconds: row i is values[i * step]. With no rows it may be NULL. */
void numbers_open_array(struct numbers *numbers, const int64_t *values, size_t step, size_t rows);

/* The seconds of rows `row` to `row` + `count` - 1, of which there are at most NUMBERS_BLOCK. They
   stand in the caller's column, or here until the next block is read. */
const int64_t *numbers_block(struct numbers *numbers, size_t row, size_t count);
/* The seconds of one row. */
int64_t numbers_at(const struct numbers *numbers, size_t row);

#endif
