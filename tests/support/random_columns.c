/* SPDX-License-Identifier: MIT */
/* Columns of numbers in random layouts. */
#include "random_columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *random_memory(size_t size)
{
    void *memory = malloc(size == 0 ? 1 : size);
    if (memory == NULL) {
        fputs("no memory\n", stderr);
        exit(2);
    }
    memset(memory, 0xA5, size);
    return memory;
}

static bool chance(struct random *random, int percent)
{
    return random_between(random, 1, 100) <= percent;
}

/* What has no number in this width and tick says something else. */
static void fit(struct random_number *number, uint32_t width, uint32_t ticks)
{
    int64_t most = (width == 4 ? INT32_MAX : INT64_MAX) / ticks - 1;
    if (number->seconds > most)
        number->seconds = most;
    if (number->seconds < -most)
        number->seconds = -most;
}

static int64_t stride_of(struct random *random, uint32_t width)
{
    static const int64_t odd[] = {0, 1, 3, 8, 40};
    int64_t stride = width;
    if (chance(random, 40))
        stride += odd[random_between(random, 0, 4)];
    return chance(random, 30) ? -stride : stride;
}

/* A missing row has a bit of 0 and any number, or the least number. */
static void put(struct random_numbers *made, struct random *random,
                const struct random_number *number, char *at, uint64_t bit)
{
    const sla_numbers *column = &made->column;
    int64_t ticked = number->seconds * column->ticks + random_between(random, 0, column->ticks - 1);
    bool by_bit = number->missing && made->validity != NULL && chance(random, 70);
    if (made->validity != NULL) {
        made->validity[bit / 8] &= (uint8_t)~(1u << bit % 8);
        made->validity[bit / 8] |= (uint8_t)(!by_bit << bit % 8);
    }
    if (column->width == 8) {
        ticked = number->missing && !by_bit ? INT64_MIN : ticked;
        memcpy(at, &ticked, sizeof ticked);
    } else {
        int32_t narrow = number->missing && !by_bit ? INT32_MIN : (int32_t)ticked;
        memcpy(at, &narrow, sizeof narrow);
    }
}

void random_numbers_make(struct random_numbers *made, struct random *random,
                         struct random_number *numbers, size_t rows)
{
    static const uint32_t all_ticks[] = {1, 1000, 1000000, 1000000000};
    sla_numbers *column = &made->column;
    *made = (struct random_numbers){.column = {.size = sizeof *column, .width = 8}};
    if (chance(random, 20))
        column->width = 4;
    column->ticks = all_ticks[random_between(random, 0, 3)];
    bool one_for_all = rows > 0 && chance(random, 15);
    column->stride = one_for_all ? 0 : stride_of(random, column->width);
    column->validity_first = chance(random, 40) ? 0 : (uint64_t)random_between(random, 0, 77);
    size_t places = one_for_all || rows == 0 ? 1 : rows;
    size_t step = (size_t)(column->stride < 0 ? -column->stride : column->stride);
    size_t lead = chance(random, 60) ? 0 : (size_t)random_between(random, 1, 9);
    made->values = random_memory(lead + (places - 1) * step + column->width);
    if (chance(random, 60))
        made->validity = random_memory((size_t)(column->validity_first + places + 7) / 8);
    char *first = made->values + lead + (column->stride < 0 ? (places - 1) * step : 0);
    for (size_t i = 0; i < rows; i++) {
        if (one_for_all)
            numbers[i] = numbers[0];
        fit(&numbers[i], column->width, column->ticks);
        if (i < places)
            put(made, random, &numbers[i], first + (int64_t)i * column->stride,
                column->validity_first + i);
    }
    column->values = first;
    column->validity = made->validity;
    if (column->width == 8 && column->stride == 8 && lead == 0 && column->validity_first == 0)
        made->array = (void *)first;
}

void random_numbers_free(struct random_numbers *made)
{
    free(made->values);
    free(made->validity);
}
