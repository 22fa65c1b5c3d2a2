/* SPDX-License-Identifier: MIT */
/* Operations whose instructions are counted under callgrind. Each is one function that does its
 * work a fixed number of times; what comes before and after it is not counted. */
#ifndef BENCH_OPERATIONS_H
#define BENCH_OPERATIONS_H

#include "incidents.h"

/* Runs `work` with its instructions counted; they are told under `name`, and so is how often the
   operation was done: what `work` returns. */
void operation(const char *name, uint64_t (*work)(void *state), void *state);

/* Ends the program if something is wrong. */
void operations_must(int good, const char *what);

/* Calendars and classification. */
void operations_queries(void);

/* The life of incidents in one engine, and bytes of state. */
void operations_engine(void);

/* An update that moves a deadline, with so many incidents open; names begin with `growth_`. */
void operations_growth(size_t incidents);

#endif
