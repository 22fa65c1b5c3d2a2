/* SPDX-License-Identifier: MIT */
/* Rows of a log, kept to be sorted by their instants. */
#ifndef REPLAY_ROWS_H
#define REPLAY_ROWS_H

#include "replay_log.h"

struct row_list {
    struct log_row *rows;
    size_t count, capacity;
};

/* Keeps a copy of a row. */
void row_list_add(struct row_list *list, const struct log_row *row);

/* By instant; rows of one instant stay in the order of the file. */
void row_list_sort(struct row_list *list);

void row_list_free(struct row_list *list);

#endif
