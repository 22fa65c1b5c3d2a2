/* SPDX-License-Identifier: MIT */
/* Columns that many threads read at once, and what calendars and the policy answer to them. */
#ifndef THREADS_COLUMNS_H
#define THREADS_COLUMNS_H

#include <sla/sla.h>

#define COLUMN_ROWS 4000

struct columns {
    int64_t starts[COLUMN_ROWS], ends[COLUMN_ROWS];
    uint8_t has_end[COLUMN_ROWS / 8], muted[COLUMN_ROWS / 8];
    int32_t offsets[COLUMN_ROWS + 1]; /* of a dictionary with as many words as there are rows */
    char bytes[COLUMN_ROWS * 8];
    uint16_t impacts[COLUMN_ROWS];
};

void columns_fill(struct columns *columns);

/* Sums of every answer for the policy of life.h; 0 if a call went wrong. */
uint64_t columns_ask(const sla_policy *policy, const struct columns *columns);

#endif
