/* SPDX-License-Identifier: MIT */
/* Questions for many rows at once. */
#include "base/checked.h"
#include "base/structs.h"
#include "time/calendar.h"

/* Writes what a row has instead of an answer; counts it. */
static void fail_row(int64_t *out, sla_status *out_statuses, size_t row, sla_status status,
                     int64_t none, size_t *failed)
{
    out[row] = none;
    if (out_statuses != NULL)
        out_statuses[row] = status;
    (*failed)++;
}

sla_status sla_calendar_add_many(const sla_calendar *calendar, size_t rows, const sla_time *from,
                                 size_t from_step, const sla_duration *counted,
                                 size_t counted_step, sla_time *out_at, sla_status *out_statuses)
{
    if (calendar == NULL || (rows > 0 && (from == NULL || counted == NULL || out_at == NULL)))
        return SLA_ERROR_ARGUMENT;
    size_t failed = 0;
    for (size_t row = 0; row < rows; row++) {
        sla_status status =
            sla_calendar_add(calendar, from[row * from_step], counted[row * counted_step],
                             &out_at[row]);
        if (status != SLA_OK)
            fail_row(out_at, out_statuses, row, status, SLA_TIME_NONE, &failed);
        else if (out_statuses != NULL)
            out_statuses[row] = SLA_OK;
    }
    return failed == 0 ? SLA_OK : SLA_ROWS_FAILED;
}

sla_status sla_calendar_elapsed_many(const sla_calendar *calendar, size_t rows,
                                     const sla_time *from, size_t from_step, const sla_time *to,
                                     size_t to_step, sla_duration *out_counted,
                                     sla_status *out_statuses)
{
    if (calendar == NULL || (rows > 0 && (from == NULL || to == NULL || out_counted == NULL)))
        return SLA_ERROR_ARGUMENT;
    size_t failed = 0;
    for (size_t row = 0; row < rows; row++) {
        sla_status status = sla_calendar_elapsed(calendar, from[row * from_step], to[row * to_step],
                                                 &out_counted[row]);
        if (status != SLA_OK)
            fail_row(out_counted, out_statuses, row, status, SLA_DURATION_NONE, &failed);
        else if (out_statuses != NULL)
            out_statuses[row] = SLA_OK;
    }
    return failed == 0 ? SLA_OK : SLA_ROWS_FAILED;
}

sla_status sla_calendar_due_many(const sla_calendar *calendar, size_t rows, const sla_time *start,
                                 size_t start_step, const sla_target *given,
                                 sla_time *out_deadline, sla_status *out_statuses)
{
    sla_target target;
    if (calendar == NULL || given == NULL || !struct_read(given, &target, sizeof target) ||
        !target_is_valid(&target) ||
        (target.unit == SLA_UNIT_DAYS && !calendar_is_always(calendar)) ||
        (rows > 0 && (start == NULL || out_deadline == NULL)))
        return SLA_ERROR_ARGUMENT;
    size_t failed = 0;
    for (size_t row = 0; row < rows; row++) {
        sla_time from = start[row * start_step];
        sla_status status = SLA_ERROR_RANGE;
        if (time_in_range(from))
            status = calendar_due(calendar, from, &target, &out_deadline[row]);
        if (status != SLA_OK)
            fail_row(out_deadline, out_statuses, row, status, SLA_TIME_NONE, &failed);
        else if (out_statuses != NULL)
            out_statuses[row] = SLA_OK;
    }
    return failed == 0 ? SLA_OK : SLA_ROWS_FAILED;
}
