/* SPDX-License-Identifier: MIT */
/* Questions for many rows at once, and blocks of rows. There are two ways through a block with the
 * same answers: plain C, and AVX2 where the machine has it, which a test compares. */
#ifndef TIME_CALENDAR_BATCH_H
#define TIME_CALENDAR_BATCH_H

#include "base/answers.h"
#include "time/calendar_tables.h"

#define BLOCK_ROWS NUMBERS_BLOCK
/* Rows are asked one by one if there are fewer. */
#define WORTH_A_BLOCK 16u

/* Answers BLOCK_ROWS rows of a calendar without days of more than two spans that is not always
   open. False, and nothing is written: some row is out of the ordinary (an instant or its answer
   out of range, a sum that is not above zero), so all of them must be asked one by one. The output
   may be an input. */
typedef bool block_add(const struct calendar_tables *tables, const sla_time *from,
                       const sla_duration *counted, sla_time *out_at);
typedef bool block_elapsed(const struct calendar_tables *tables, const sla_time *from,
                           const sla_time *to, sla_duration *out_counted);

block_add block_add_plain;
block_elapsed block_elapsed_plain;

#if defined(__x86_64__) && defined(__GNUC__) && !defined(SLA_PLAIN)
#define BLOCK_AVX2
/* Does the machine have AVX2? The other two may be called only then. */
bool block_avx2_works(void);
block_add block_add_avx2;
block_elapsed block_elapsed_avx2;
#endif

/* The faster ones of this machine. */
block_add *best_block_add(void);
block_elapsed *best_block_elapsed(void);

/* A batch: columns of input and the column of answers. */
struct calendar_batch {
    struct numbers first, second;
    struct answers answers;
    size_t rows;
    bool has_gaps; /* a row whose input is missing is so; else it is out of range */
};

static inline void batch_open_arrays(struct calendar_batch *batch, size_t rows, int64_t *values,
                                     sla_status *statuses)
{
    answers_open_arrays(&batch->answers, values, statuses);
    batch->rows = rows;
    batch->has_gaps = false;
}

static inline sla_status batch_result(const struct calendar_batch *batch)
{
    return batch->answers.some_failed ? SLA_ROWS_FAILED : SLA_OK;
}

/* A target that rows may be asked for; false: none of them could have it. */
bool batch_target(const sla_calendar *calendar, const sla_target *given, sla_target *out_target);

/* All rows. SLA_OK or SLA_ROWS_FAILED. */
sla_status batch_add(const sla_calendar *calendar, struct calendar_batch *batch);
sla_status batch_elapsed(const sla_calendar *calendar, struct calendar_batch *batch);
sla_status batch_due(const sla_calendar *calendar, const sla_target *target,
                     struct calendar_batch *batch);

#endif
