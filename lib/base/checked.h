/* SPDX-License-Identifier: MIT */
/* Arithmetic on times and sizes that come from input: every overflow is noticed.
   The names are those of C23's <stdckdint.h>; each returns true when the result does not fit. */
#ifndef BASE_CHECKED_H
#define BASE_CHECKED_H

#include <sla/types.h>
#include <stdbool.h>

#define ckd_add(result, a, b) __builtin_add_overflow((a), (b), (result))
#define ckd_sub(result, a, b) __builtin_sub_overflow((a), (b), (result))
#define ckd_mul(result, a, b) __builtin_mul_overflow((a), (b), (result))

/* T1: is this instant one that libsla answers for? */
static inline bool time_in_range(sla_time at)
{
    return at >= SLA_TIME_MIN && at <= SLA_TIME_MAX;
}

#endif
