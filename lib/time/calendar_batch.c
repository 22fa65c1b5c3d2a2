/* SPDX-License-Identifier: MIT */
/* Questions for many rows at once. Rows go through in blocks; within one, each step is done for all
 * rows before the next, so that the waiting of one row is the work of another. */
#include "time/calendar_batch.h"

#include "base/structs.h"
#include "time/tables_locate.h"

bool block_add_plain(const struct calendar_tables *tables, const sla_time *from,
                     const sla_duration *counted, sla_time *out_at)
{
    uint64_t numbers[BLOCK_ROWS];
    uint32_t pages[BLOCK_ROWS];
    bool outside = false;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        outside |= !time_in_range(from[i]);
        outside |= counted[i] <= 0;
    }
    if (outside)
        return false;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        struct table_place place = tables_place(tables, from[i]);
        uint64_t before = count_of_place(&place);
        outside |= (uint64_t)counted[i] > tables->count_max - before;
        numbers[i] = before + (uint64_t)counted[i] - 1;
        pages[i] = place.page;
    }
    if (outside)
        return false;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        uint32_t page = pages[i];
        if (!is_near(tables, page, numbers[i]))
            page = page_near_number(tables, numbers[i]);
        struct number_place place = place_in_two(tables, page, numbers[i]);
        out_at[i] = time_of_place(&place) + 1;
    }
    return true;
}

bool block_elapsed_plain(const struct calendar_tables *tables, const sla_time *from,
                         const sla_time *to, sla_duration *out_counted)
{
    bool outside = false;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        outside |= !time_in_range(from[i]);
        outside |= !time_in_range(to[i]);
    }
    if (outside)
        return false;
    for (size_t i = 0; i < BLOCK_ROWS; i++)
        out_counted[i] = (sla_duration)tables_count_plain(tables, to[i]) -
                         (sla_duration)tables_count_plain(tables, from[i]);
    return true;
}

/* A column of input, of which blocks can be had. */
struct column {
    const int64_t *values;
    size_t step;
    int64_t copied[BLOCK_ROWS]; /* where the values of a block do not stand side by side */
};

static void open_column(struct column *column, const int64_t *values, size_t step)
{
    column->values = values;
    column->step = step;
    for (size_t i = 0; step == 0 && values != NULL && i < BLOCK_ROWS; i++)
        column->copied[i] = *values;
}

static const int64_t *block_of(struct column *column, size_t row)
{
    if (column->step == 1)
        return column->values + row;
    for (size_t i = 0; column->step > 0 && i < BLOCK_ROWS; i++)
        column->copied[i] = column->values[(row + i) * column->step];
    return column->copied;
}

static int64_t value_of(const struct column *column, size_t row)
{
    return column->step == 0 ? column->copied[0] : column->values[row * column->step];
}

/* What becomes of a batch. */
struct outcome {
    int64_t *out;
    sla_status *statuses; /* or NULL */
    bool some_failed;
};

/* A row without an answer puts SLA_TIME_NONE or SLA_DURATION_NONE. */
static void put_row(struct outcome *outcome, size_t row, sla_status status, int64_t answer)
{
    outcome->out[row] = answer;
    if (outcome->statuses != NULL)
        outcome->statuses[row] = status;
    outcome->some_failed = outcome->some_failed || status != SLA_OK;
}

static void put_block(struct outcome *outcome, size_t row)
{
    for (size_t i = 0; outcome->statuses != NULL && i < BLOCK_ROWS; i++)
        outcome->statuses[row + i] = SLA_OK;
}

static sla_status result_of(const struct outcome *outcome)
{
    return outcome->some_failed ? SLA_ROWS_FAILED : SLA_OK;
}

sla_status sla_calendar_add_many(const sla_calendar *calendar, size_t rows, const sla_time *from,
                                 size_t from_step, const sla_duration *counted,
                                 size_t counted_step, sla_time *out_at, sla_status *out_statuses)
{
    if (calendar == NULL || (rows > 0 && (from == NULL || counted == NULL || out_at == NULL)))
        return SLA_ERROR_ARGUMENT;
    struct outcome outcome = {out_at, out_statuses, false};
    struct column starts;
    struct column sums;
    open_column(&starts, from, from_step);
    open_column(&sums, counted, counted_step);
    block_add *add = block_add_plain;
#ifdef BLOCK_AVX2
    if (block_avx2_works())
        add = block_add_avx2;
#endif
    for (size_t row = 0; row < rows;) {
        size_t end = rows - row < BLOCK_ROWS ? rows : row + BLOCK_ROWS;
        if (calendar->plain && end - row == BLOCK_ROWS &&
            add(&calendar->tables, block_of(&starts, row), block_of(&sums, row), out_at + row)) {
            put_block(&outcome, row);
            row = end;
        }
        for (; row < end; row++) {
            sla_time at = SLA_TIME_NONE;
            sla_status status =
                sla_calendar_add(calendar, value_of(&starts, row), value_of(&sums, row), &at);
            put_row(&outcome, row, status, at);
        }
    }
    return result_of(&outcome);
}

sla_status sla_calendar_elapsed_many(const sla_calendar *calendar, size_t rows,
                                     const sla_time *from, size_t from_step, const sla_time *to,
                                     size_t to_step, sla_duration *out_counted,
                                     sla_status *out_statuses)
{
    if (calendar == NULL || (rows > 0 && (from == NULL || to == NULL || out_counted == NULL)))
        return SLA_ERROR_ARGUMENT;
    struct outcome outcome = {out_counted, out_statuses, false};
    struct column begins;
    struct column ends;
    open_column(&begins, from, from_step);
    open_column(&ends, to, to_step);
    block_elapsed *elapsed = block_elapsed_plain;
#ifdef BLOCK_AVX2
    if (block_avx2_works())
        elapsed = block_elapsed_avx2;
#endif
    for (size_t row = 0; row < rows;) {
        size_t end = rows - row < BLOCK_ROWS ? rows : row + BLOCK_ROWS;
        if (calendar->plain && end - row == BLOCK_ROWS &&
            elapsed(&calendar->tables, block_of(&begins, row), block_of(&ends, row),
                    out_counted + row)) {
            put_block(&outcome, row);
            row = end;
        }
        for (; row < end; row++) {
            sla_duration counted = SLA_DURATION_NONE;
            sla_status status = sla_calendar_elapsed(calendar, value_of(&begins, row),
                                                     value_of(&ends, row), &counted);
            put_row(&outcome, row, status, counted);
        }
    }
    return result_of(&outcome);
}

sla_status sla_calendar_due_many(const sla_calendar *calendar, size_t rows, const sla_time *start,
                                 size_t start_step, const sla_target *given,
                                 sla_time *out_deadline, sla_status *out_statuses)
{
    sla_target target;
    if (calendar == NULL || given == NULL || !struct_read(given, &target, sizeof target) ||
        !target_is_valid(&target) || (target.unit == SLA_UNIT_DAYS && !calendar->always) ||
        (rows > 0 && (start == NULL || out_deadline == NULL)))
        return SLA_ERROR_ARGUMENT;
    if (target.unit == SLA_UNIT_SECONDS && !calendar->rolls)
        return sla_calendar_add_many(calendar, rows, start, start_step, &target.amount, 0,
                                     out_deadline, out_statuses);
    struct outcome outcome = {out_deadline, out_statuses, false};
    sla_time only = rows > 0 ? *start : 0;
    for (size_t row = 0; row < rows; row++) {
        sla_time from = start_step == 0 ? only : start[row * start_step];
        sla_time at = SLA_TIME_NONE;
        sla_status status = SLA_ERROR_RANGE;
        if (time_in_range(from))
            status = calendar_deadline(calendar, from, &target, &at);
        put_row(&outcome, row, status, at);
    }
    return result_of(&outcome);
}
