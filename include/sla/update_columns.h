/* SPDX-License-Identifier: MIT */
/* Updates as columns: a log as data frames and databases keep it, applied row by row. Since 0.5. */
#ifndef SLA_UPDATE_COLUMNS_H
#define SLA_UPDATE_COLUMNS_H

#include <sla/column.h>
#include <sla/engine.h>
#include <sla/evaluate.h>
#include <sla/types.h>

SLA_BEGIN_DECLS

/* A log of `rows` updates, in the order in which they are to be applied. All is borrowed for the
   call. */
typedef struct sla_update_columns {
    uint32_t size;
    uint32_t flags; /* 0 */
    uint64_t rows;
    uint64_t first; /* so many rows at the front are passed over: they were applied before */
    const sla_texts *incidents;
    const sla_numbers *at;
    const sla_texts *events;   /* names, missing or empty where there is none; NULL: in no row */
    const uint64_t *sequences; /* 0: none; NULL: in no row */
    const sla_column *columns; /* of attributes; of one attribute the last counts. A value that is
                                  missing changes nothing or, with SLA_ATTRIBUTE_REMOVE in the
                                  column's flags, removes the attribute */
    size_t column_count;
    sla_status *statuses; /* of each row, from row 0 on; or NULL */
    void *reserved;       /* NULL */
} sla_update_columns;

/* Applies the rows one after the other, as sla_engine_update() does, and delivers the events of
   each before the next. `*out_done` (or NULL) becomes how many rows were dealt with, those that
   were passed over included: a call that ended early goes on with that as `first`.
   With `statuses` an error of one row does not stop the others; each gets its status: also
   SLA_MISSING, if it has no incident or no instant, and SLA_ERROR_ARGUMENT, if a text is wrong.
   Without, the first error or missing row ends the call, and its status is returned.
   SLA_OK; SLA_ROWS_FAILED: `statuses` has errors. Behind the row at hand end with
   SLA_DELIVERY_REFUSED, which counts as done, SLA_ERROR_MEMORY and SLA_ERROR_LIMIT, which do not.
   SLA_ERROR_ARGUMENT, SLA_ERROR_BUSY: nothing was done. */
SLA_API sla_status sla_engine_update_columns(sla_engine *engine,
                                             const sla_update_columns *columns, size_t *out_done);

SLA_END_DECLS

#endif
