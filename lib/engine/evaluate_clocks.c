/* SPDX-License-Identifier: MIT */
/* Columns of clocks: what the rows' promises say. */
#include "engine/evaluate.h"

#include "base/structs.h"

#include <stddef.h>

/* What callers of 0.3 and 0.4 know of. */
#define OLDEST_SIZE offsetof(sla_clock_columns, due)

bool clock_column_open(struct clock_column *column, const sla_policy *policy,
                       const sla_clock_columns *first, size_t index, size_t rows)
{
    const void *given = (const char *)first + index * first->size;
    sla_clock_columns *wanted = &column->wanted;
    return first->size >= OLDEST_SIZE && ((const sla_clock_columns *)given)->size == first->size &&
           struct_read(given, wanted, sizeof *wanted) && wanted->flags == 0 &&
           wanted->metric < policy->metric_count && wanted->kind < KIND_COUNT &&
           (wanted->due == NULL || answers_open(&column->due, wanted->due, rows)) &&
           (wanted->budget == NULL || answers_open(&column->budget, wanted->budget, rows));
}

bool clock_column_put(struct clock_column *column, const sla_policy *policy, size_t row,
                      sla_time opened_at, const struct promise *promise, sla_status status)
{
    const sla_clock_columns *wanted = &column->wanted;
    sla_time deadline = SLA_TIME_NONE;
    sla_duration budget = SLA_DURATION_NONE;
    if (promise != NULL &&
        (wanted->deadlines != NULL || wanted->budgets != NULL || wanted->statuses != NULL ||
         wanted->due != NULL || wanted->budget != NULL))
        status = promise_answer(policy, promise, opened_at, &deadline, &budget);
    if (wanted->deadlines != NULL)
        wanted->deadlines[row] = deadline;
    if (wanted->budgets != NULL)
        wanted->budgets[row] = budget;
    if (wanted->statuses != NULL)
        wanted->statuses[row] = status;
    if (wanted->due != NULL)
        answers_row(&column->due, row, status, deadline);
    if (wanted->budget != NULL)
        answers_row(&column->budget, row, status, budget);
    if (wanted->agreements != NULL)
        wanted->agreements[row] = promise == NULL ? SLA_NO_INDEX : promise->agreement;
    if (wanted->calendars != NULL)
        wanted->calendars[row] = promise == NULL ? SLA_NO_INDEX : promise->calendar;
    if (wanted->lines != NULL)
        wanted->lines[row] = promise == NULL ? 0 : policy->target_rules[promise->rule].line;
    return status >= 0;
}

void clock_column_close(const struct clock_column *column)
{
    if (column->wanted.due != NULL)
        answers_close(&column->due, column->wanted.due);
    if (column->wanted.budget != NULL)
        answers_close(&column->budget, column->wanted.budget);
}
