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

/* Rows of one width and tick, both of them constants where this is called. Is one of them missing?
   Mostly none is below zero, which is cheaper to know of all of them than to look for in each. */
static inline bool read_rows(const char *at, int64_t stride, size_t count, uint32_t width,
                             uint64_t ticks, int64_t *out)
{
    int64_t signs = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t number = number_of(at + (int64_t)i * stride, width);
        signs |= number;
        out[i] = (int64_t)((uint64_t)number / ticks);
    }
    if (signs >= 0)
        return false;
    bool some_missing = false;
    for (size_t i = 0; i < count; i++) {
        int64_t number = number_of(at + (int64_t)i * stride, width);
        some_missing |= number == NUMBER_NONE;
        out[i] = floor_to_seconds(number, ticks);
    }
    return some_missing;
}

static bool read_wide(const char *at, int64_t stride, size_t count, uint32_t ticks, int64_t *out)
{
    switch (ticks) {
    case 1: return read_rows(at, stride, count, 8, 1, out);
    case 1000: return read_rows(at, stride, count, 8, 1000, out);
    case 1000000: return read_rows(at, stride, count, 8, 1000000, out);
    default: return read_rows(at, stride, count, 8, 1000000000, out);
    }
}

static bool read_narrow(const char *at, int64_t stride, size_t count, uint32_t ticks, int64_t *out)
{
    return ticks == 1 ? read_rows(at, stride, count, 4, 1, out)
                      : read_rows(at, stride, count, 4, ticks, out);
}

static uint64_t find_missing(const int64_t *block, size_t count)
{
    uint64_t missing = 0;
    for (size_t i = 0; i < count; i++)
        missing |= (uint64_t)(block[i] == NUMBER_NONE) << i;
    return missing;
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
    bool more;
    if (numbers->validity != NULL)
        missing = ~bits_read(numbers->validity, numbers->validity_first + row, count) &
                  bits_first(count);
    const char *at = numbers->values + (int64_t)row * numbers->stride;
    numbers->missing = missing;
    if (numbers->is_array && missing == 0)
        return (const void *)at;
    if (numbers->width == 4)
        more = read_narrow(at, numbers->stride, count, numbers->ticks, numbers->block);
    else if (numbers->stride == 8)
        more = read_wide(at, 8, count, numbers->ticks, numbers->block);
    else
        more = read_wide(at, numbers->stride, count, numbers->ticks, numbers->block);
    take_out_missing(numbers->block, missing);
    if (more)
        numbers->missing = find_missing(numbers->block, count);
    return numbers->block;
}

/* What is the same for all blocks is made once. */
static void make_ready(struct numbers *numbers, size_t rows)
{
    numbers->is_array = numbers->ticks == 1 && numbers->width == sizeof(int64_t) &&
                        numbers->stride == sizeof(int64_t) &&
                        (uintptr_t)numbers->values % alignof(int64_t) == 0;
    numbers->missing = 0;
    if (numbers->stride != 0 || rows == 0)
        return;
    int64_t all = numbers_at(numbers, 0);
    numbers->missing = all == NUMBER_NONE ? UINT64_MAX : 0;
    for (size_t i = 0; i < NUMBERS_BLOCK; i++)
        numbers->block[i] = all;
}

bool numbers_open(struct numbers *numbers, const sla_numbers *given, size_t rows)
{
    sla_numbers own;
    int64_t length;
    uint64_t last;
    if (given == NULL || given->size < sizeof own || !struct_read(given, &own, sizeof own) ||
        own.flags != 0 || (own.width != 4 && own.width != 8) || !ticks_are_right(own.ticks) ||
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
