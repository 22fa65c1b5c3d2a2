/* SPDX-License-Identifier: MIT */
/* Operations whose instructions are counted under callgrind. Each is one function that does its
 * work a fixed number of times; what comes before and after it is not counted. */
#ifndef BENCH_OPERATIONS_H
#define BENCH_OPERATIONS_H

#include "incidents.h"

#define INCIDENTS 10000 /* in the engine */
#define SOME 2000       /* of them moved */

/* Runs `work` with its instructions counted; they are told under `name`, and so is how often the
   operation was done: what `work` returns. */
void operation(const char *name, uint64_t (*work)(void *state), void *state);

/* Ends the program if something is wrong. */
void operations_must(int good, const char *what);

/* Calendars and classification. */
void operations_queries(void);

/* The life of incidents in one engine, and bytes of state. */
void operations_engine(void);

/* The calendar's questions in columns. `starts` has `count` instants. */
void operations_calendar_columns(const sla_calendar *calendar, const sla_time *starts,
                                 size_t count);

/* Rows whose columns are arrays of texts, with a dictionary in the place of each of them. */
void operations_evaluate_dictionaries(const char *name, const sla_policy *policy,
                                      const sla_column *columns, size_t column_count,
                                      size_t rows);

/* What moves the deadlines of an incident. */
void operations_make_retarget(const struct incidents *work, struct told *told, uint32_t number);

/* Updates and events as columns, of the same incidents as in operations_engine(). */
void operations_engine_columns(void);

/* An update that moves a deadline, with so many incidents open; names begin with `growth_`. */
void operations_growth(size_t incidents);

#endif
