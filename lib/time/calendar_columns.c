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

sla_status sla_calendar_add_columns(const sla_calendar *calendar, size_t rows,
                                    const sla_numbers *from, const sla_numbers *counted,
                                    sla_answers *out_at)
{
    struct calendar_batch batch;
    if (calendar == NULL || counted == NULL || !open_batch(&batch, rows, from, counted, out_at))
        return SLA_ERROR_ARGUMENT;
    sla_status status = batch_add(calendar, &batch);
    answers_close(&batch.answers, out_at);
    return status;
}

sla_status sla_calendar_elapsed_columns(const sla_calendar *calendar, size_t rows,
                                        const sla_numbers *from, const sla_numbers *to,
                                        sla_answers *out_counted)
{
    struct calendar_batch batch;
    if (calendar == NULL || to == NULL || !open_batch(&batch, rows, from, to, out_counted))
        return SLA_ERROR_ARGUMENT;
    sla_status status = batch_elapsed(calendar, &batch);
    answers_close(&batch.answers, out_counted);
    return status;
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
