/* SPDX-License-Identifier: MIT */
/* Blocks of rows of a batch. There are two ways through a block with the same answers: plain C, and
 * AVX2 where the machine has it, which a test compares. */
#ifndef TIME_CALENDAR_BATCH_H
#define TIME_CALENDAR_BATCH_H

#include "time/calendar_tables.h"

#define BLOCK_ROWS 64u

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

#endif
