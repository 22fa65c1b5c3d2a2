/* SPDX-License-Identifier: MIT */
/* Columns of answers: seconds, written as the caller wants them, and which rows have none. */
#ifndef BASE_ANSWERS_H
#define BASE_ANSWERS_H

#include "base/numbers.h"

struct answers {
    int64_t *values;
    uint8_t *validity;    /* or NULL */
    sla_status *statuses; /* or NULL */
    uint32_t ticks;
    bool some_failed; /* of those that answers_block() wrote */
    uint64_t missing; /* rows without an answer so far */
};

/* Makes ready to write so many rows of a caller's column. False: it cannot be right. */
bool answers_open(struct answers *answers, const sla_answers *given, size_t rows);
/* Arrays of seconds and statuses, the latter or both of them NULL. */
void answers_open_arrays(struct answers *answers, int64_t *values, sla_status *statuses);

/* Where the answers of rows from `row` on may be put before answers_block(): in the column itself,
   if it takes seconds, else in `space`. */
static inline int64_t *answers_place(struct answers *answers, size_t row, int64_t *space)
{
    return answers->ticks == 1 ? answers->values + row : space;
}

/* Writes at most NUMBERS_BLOCK rows from `row`, a multiple of 8, on. Those whose bit of `odd` is
   set have a status of `statuses`, and no answer unless that is SLA_OK; all others are SLA_OK.
   Answers are at most as far from 0 as T1's last instant. */
void answers_block(struct answers *answers, size_t row, size_t count, const int64_t *seconds,
                   uint64_t odd, const sla_status *statuses);
/* Writes one row, whose seconds may also be NUMBER_NONE; rows come in order, from 0 on. */
void answers_row(struct answers *answers, size_t row, sla_status status, int64_t seconds);

/* Tells the caller how many rows have no answer. */
void answers_close(const struct answers *answers, sla_answers *given);

#endif
