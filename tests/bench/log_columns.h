/* SPDX-License-Identifier: MIT */
/* A log as data frames keep it: texts side by side with bits where there is none, instants in
 * microseconds. */
#ifndef BENCH_LOG_COLUMNS_H
#define BENCH_LOG_COLUMNS_H

#include <sla/sla.h>

#define LOG_COLUMNS_MOST 8

struct log_columns {
    sla_update_columns log; /* to be given to the library */
    sla_numbers at;
    sla_texts incidents, events, values[LOG_COLUMNS_MOST];
    sla_column columns[LOG_COLUMNS_MOST];
};

/* The same updates, whose attributes are bound to ids, each the same in every row that has it. Ends
   the program when there is no memory or an id is higher than LOG_COLUMNS_MOST. */
void log_columns_open(struct log_columns *columns, const sla_update *updates, size_t count);
void log_columns_close(struct log_columns *columns);

#endif
