/* SPDX-License-Identifier: MIT */
/* Columns of numbers in random layouts, made from the seconds that must be read in them: widths,
 * ticks, strides, bits of validity anywhere, and memory that ends where the struct says. */
#ifndef SUPPORT_RANDOM_COLUMNS_H
#define SUPPORT_RANDOM_COLUMNS_H

#include "random.h"

#include <sla/column.h>
#include <stdbool.h>

/* What a row says. */
struct random_number {
    int64_t seconds;
    bool missing;
};

struct random_numbers {
    sla_numbers column;
    char *values;
    uint8_t *validity;
    int64_t *array; /* numbers of eight bytes side by side, and bits from bit 0 on, where answers
                       may go; else NULL */
};

/* Lays out `rows` numbers, which are changed where the layout cannot say them. */
void random_numbers_make(struct random_numbers *made, struct random *random,
                         struct random_number *numbers, size_t rows);
void random_numbers_free(struct random_numbers *made);

/* Memory of its own of so many bytes, none more. */
void *random_memory(size_t size);

#endif
