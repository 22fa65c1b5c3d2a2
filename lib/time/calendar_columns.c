/* SPDX-License-Identifier: MIT */
/* Questions for columns as data frames and databases keep them. */
#include "time/calendar_batch.h"

/* Nothing is written before all of it is known to be right. `second` may be NULL. */
static bool open_batch(struct calendar_batch *batch, size_t rows, const sla_numbers *first,
                       const sla_numbers *second, const sla_answers *out)
{
    batch->rows = rows;
    batch->has_gaps = true;
    return numbers_open(&batch->first, first, rows) &&
           (second == NULL || numbers_open(&batch->second, second, rows)) &&
           answers_open(&batch->answers, out, rows);
}

/* A question with two columns of input. */
static sla_status ask_two(const sla_calendar *calendar, size_t rows, const sla_numbers *first,
                          const sla_numbers *second, sla_answers *out,
                          sla_status (*ask)(const sla_calendar *, struct calendar_batch *))
{
    struct calendar_batch batch;
    if (calendar == NULL || second == NULL || !open_batch(&batch, rows, first, second, out))
        return SLA_ERROR_ARGUMENT;
    sla_status status = ask(calendar, &batch);
    answers_close(&batch.answers, out);
    return status;
}

sla_status sla_calendar_add_columns(const sla_calendar *calendar, size_t rows,
                                    const sla_numbers *from, const sla_numbers *counted,
                                    sla_answers *out_at)
{
    return ask_two(calendar, rows, from, counted, out_at, batch_add);
}

sla_status sla_calendar_elapsed_columns(const sla_calendar *calendar, size_t rows,
                                        const sla_numbers *from, const sla_numbers *to,
                                        sla_answers *out_counted)
{
    return ask_two(calendar, rows, from, to, out_counted, batch_elapsed);
}

sla_status sla_calendar_due_columns(const sla_calendar *calendar, size_t rows,
                                    const sla_numbers *start, const sla_target *given,
                                    sla_answers *out_deadline)
{
    struct calendar_batch batch;
    sla_target target;
    if (calendar == NULL || !batch_target(calendar, given, &target) ||
        !open_batch(&batch, rows, start, NULL, out_deadline))
        return SLA_ERROR_ARGUMENT;
    sla_status status = batch_due(calendar, &target, &batch);
    answers_close(&batch.answers, out_deadline);
    return status;
}
