/* SPDX-License-Identifier: MIT */
/* Reading columns of numbers: every width, stride and tick becomes whole seconds. */
#include "base/numbers.h"

#include "base/bits.h"
#include "base/checked.h"
#include "base/structs.h"

#include <stdalign.h>

/* T2. The complement of a number below zero is not below it, and is divided as others are; a
   constant makes a multiplication of it. */
static inline int64_t floor_to_seconds(int64_t number, uint64_t ticks)
{
    uint64_t negative = number < 0 ? UINT64_MAX : 0;
    int64_t seconds = (int64_t)((((uint64_t)number ^ negative) / ticks) ^ negative);
    return number == NUMBER_NONE ? NUMBER_NONE : seconds;
}

static inline int64_t number_of(const char *at, uint32_t width)
{
    if (width == sizeof(int64_t)) {
        int64_t number;
        memcpy(&number, at, sizeof number);
        return number;
    }
    int32_t number;
    memcpy(&number, at, sizeof number);
    return number == INT32_MIN ? NUMBER_NONE : number;
}

/* Rows of one width and tick, both of them constants where this is called. */
static inline void read_rows(const char *at, int64_t stride, size_t count, uint32_t width,
                             uint64_t ticks, int64_t *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = floor_to_seconds(number_of(at + (int64_t)i * stride, width), ticks);
}

static void read_wide(const char *at, int64_t stride, size_t count, uint32_t ticks, int64_t *out)
{
    switch (ticks) {
    case 1: read_rows(at, stride, count, 8, 1, out); break;
    case 1000: read_rows(at, stride, count, 8, 1000, out); break;
    case 1000000: read_rows(at, stride, count, 8, 1000000, out); break;
    default: read_rows(at, stride, count, 8, 1000000000, out); break;
    }
}

static void read_narrow(const char *at, int64_t stride, size_t count, uint32_t ticks, int64_t *out)
{
    if (ticks == 1)
        read_rows(at, stride, count, 4, 1, out);
    else
        read_rows(at, stride, count, 4, ticks, out);
}

static void take_out_missing(int64_t *block, uint64_t missing)
{
    for (; missing != 0; missing &= missing - 1)
        block[bits_lowest(missing)] = NUMBER_NONE;
}

int64_t numbers_at(const struct numbers *numbers, size_t row)
{
    uint64_t bit = numbers->validity_first + (numbers->stride == 0 ? 0 : row);
    if (numbers->validity != NULL && !bit_at(numbers->validity, bit))
        return NUMBER_NONE;
    const char *at = numbers->values + (int64_t)row * numbers->stride;
    return floor_to_seconds(number_of(at, numbers->width), numbers->ticks);
}

const int64_t *numbers_block(struct numbers *numbers, size_t row, size_t count)
{
    if (numbers->stride == 0)
        return numbers->block;
    uint64_t missing = 0;
    if (numbers->validity != NULL)
        missing = ~bits_read(numbers->validity, numbers->validity_first + row, count) &
                  bits_first(count);
    const char *at = numbers->values + (int64_t)row * numbers->stride;
    if (numbers->is_array && missing == 0)
        return (const void *)at;
    if (numbers->width == 4)
        read_narrow(at, numbers->stride, count, numbers->ticks, numbers->block);
    else if (numbers->stride == 8)
        read_wide(at, 8, count, numbers->ticks, numbers->block);
    else
        read_wide(at, numbers->stride, count, numbers->ticks, numbers->block);
    take_out_missing(numbers->block, missing);
    return numbers->block;
}

/* What is the same for all blocks is made once. */
static void make_ready(struct numbers *numbers, size_t rows)
{
    numbers->is_array = numbers->ticks == 1 && numbers->width == sizeof(int64_t) &&
                        numbers->stride == sizeof(int64_t) &&
                        (uintptr_t)numbers->values % alignof(int64_t) == 0;
    if (numbers->stride != 0 || rows == 0)
        return;
    int64_t all = numbers_at(numbers, 0);
    for (size_t i = 0; i < NUMBERS_BLOCK; i++)
        numbers->block[i] = all;
}

bool numbers_open(struct numbers *numbers, const sla_numbers *given, size_t rows)
{
    sla_numbers own;
    int64_t length;
    uint64_t last;
    if (given == NULL || given->size < sizeof own || !struct_read(given, &own, sizeof own) ||
        own.flags != 0 || (own.width != 4 && own.width != 8) ||
        (own.ticks != 1 && own.ticks != 1000 && own.ticks != 1000000 && own.ticks != 1000000000) ||
        (own.values == NULL && rows > 0) || ckd_mul(&length, own.stride, rows) ||
        ckd_add(&last, own.validity_first, rows))
        return false;
    numbers->values = own.values;
    numbers->stride = own.stride;
    numbers->validity = own.validity;
    numbers->validity_first = own.validity_first;
    numbers->width = own.width;
    numbers->ticks = own.ticks;
    make_ready(numbers, rows);
    return true;
}

void numbers_open_array(struct numbers *numbers, const int64_t *values, size_t step, size_t rows)
{
    numbers->values = (const void *)values;
    numbers->stride = (int64_t)(step * sizeof *values);
    numbers->validity = NULL;
    numbers->validity_first = 0;
    numbers->width = sizeof *values;
    numbers->ticks = 1;
    make_ready(numbers, rows);
}
