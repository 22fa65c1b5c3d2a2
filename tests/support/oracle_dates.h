/* SPDX-License-Identifier: MIT */
/* The dates of the oracles: a list of all of them, counted up one by one, and what is said of each
 * by the rows of a calendar. */
#ifndef SUPPORT_ORACLE_DATES_H
#define SUPPORT_ORACLE_DATES_H

#include "oracle_plan.h"

/* More than the local dates of 1970..2199, so that what borders on them is complete. */
#define ORACLE_FIRST (-366)
#define ORACLE_LAST (84006 + 366)
#define ORACLE_DATES (ORACLE_LAST - ORACLE_FIRST + 1)

struct oracle_date {
    int32_t year, month, day;
    int32_t weekday; /* 0 is Monday */
};
/* Of a date from ORACLE_FIRST to ORACLE_LAST. */
const struct oracle_date *oracle_date(int32_t date);
int32_t oracle_weekday(int32_t date);
/* The date of a year, month and day; ORACLE_FIRST - 1 when there is none. */
int32_t oracle_date_of(int32_t year, int32_t month, int32_t day);

/* Marks what `count` rows close or change: for each date (from ORACLE_FIRST) the number of the row
   that speaks of it, or -1. `when` gives the dates of row i. Originals first, then substitutes,
   both in the order of the rows; the first one to name a date has it. A date that is `taken` (not
   -1 there; NULL: none) is not free for a substitute that looks for a free one. */
void oracle_mark(int16_t *marks, int32_t count,
                 const struct plan_when *(*when)(const void *rows, int32_t i), const void *rows,
                 const int16_t *taken);

#endif
