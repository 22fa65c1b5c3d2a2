/* SPDX-License-Identifier: MIT */
/* Deadlines for many rows at once. Sums of counted time are added as in calendar_batch.c; working
 * days go in blocks where that is the same as one row after the other. */
#include "base/bits.h"
#include "base/structs.h"
#include "time/calendar_batch.h"

bool batch_target(const sla_calendar *calendar, const sla_target *given, sla_target *out_target)
{
    return given != NULL && struct_read(given, out_target, sizeof *out_target) &&
           target_is_valid(out_target) &&
           (out_target->unit != SLA_UNIT_DAYS || calendar->always);
}

/* One by one. */
static void answer_rows(const sla_calendar *calendar, const sla_target *target,
                        const struct calendar_batch *batch, const sla_time *starts, uint64_t rows,
                        int64_t *seconds, sla_status *statuses)
{
    for (; rows != 0; rows &= rows - 1) {
        unsigned i = bits_lowest(rows);
        statuses[i] = SLA_ERROR_RANGE;
        if (time_in_range(starts[i]))
            statuses[i] = calendar_deadline(calendar, starts[i], target, &seconds[i]);
        else if (batch->has_gaps && starts[i] == NUMBER_NONE)
            statuses[i] = SLA_MISSING;
    }
}

/* Working days after the first open instant, at a time of day: what most rows ask for. */
static bool goes_in_blocks(const sla_calendar *calendar, const sla_target *target)
{
    return calendar->plain && target->unit == SLA_UNIT_WORKDAYS && target->amount > 0 &&
           target->cutoff == SLA_NO_CUTOFF &&
           (target->due == SLA_DUE_SAME_TIME ||
            (target->due == SLA_DUE_TIME && target->due_time < SECONDS_PER_DAY));
}

/* D2's wanted instant, counted from s. False: that day is not one run of instants. */
static bool wanted_from(const sla_calendar *calendar, const sla_target *target, sla_time begin,
                        sla_time *out_wanted)
{
    int32_t second;
    sla_time midnight;
    const struct zone *zone = calendar->zone;
    size_t change = zone_change_at(zone, begin); /* mostly that day's, too */
    sla_date date = date_of_local(begin + zone->changes[change].offset, &second);
    if (calendar_add_workdays(calendar, date, target->amount, &date) != SLA_OK ||
        !zone_dates_are_plain_seek(zone, date, 1, &change, &midnight))
        return false;
    *out_wanted = midnight + (target->due == SLA_DUE_TIME ? (int32_t)target->due_time : second);
    return true;
}

/* Answers the rows whose wanted instant is open. Which rows are left? */
static uint64_t answer_block(const sla_calendar *calendar, const sla_target *target,
                             const sla_time *starts, size_t count, int64_t *seconds)
{
    int64_t one[BLOCK_ROWS], behind[BLOCK_ROWS], begin[BLOCK_ROWS], wanted[BLOCK_ROWS];
    uint64_t left = 0;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        bool fits = i < count && time_in_range(starts[i]);
        begin[i] = fits ? starts[i] : SLA_TIME_MIN;
        one[i] = 1;
        left |= (uint64_t)!fits << i;
    }
    /* the first open second ends one behind the first open instant */
    if (!best_block_add()(&calendar->tables, begin, one, begin))
        return bits_first(count);
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        wanted[i] = SLA_TIME_MIN;
        left |= (uint64_t)!wanted_from(calendar, target, begin[i] - 1, &wanted[i]) << i;
        behind[i] = wanted[i] + 1;
    }
    if (!best_block_elapsed()(&calendar->tables, wanted, behind, one))
        return bits_first(count);
    for (size_t i = 0; i < count; i++) {
        seconds[i] = wanted[i];
        left |= (uint64_t)(one[i] == 0) << i;
    }
    return left & bits_first(count);
}

sla_status batch_due(const sla_calendar *calendar, const sla_target *target,
                     struct calendar_batch *batch)
{
    if (target->unit == SLA_UNIT_SECONDS && !calendar->rolls) {
        numbers_open_array(&batch->second, &target->amount, 0, 1);
        return batch_add(calendar, batch);
    }
    bool in_blocks = goes_in_blocks(calendar, target);
    size_t count;
    for (size_t row = 0; row < batch->rows; row += count) {
        int64_t seconds[BLOCK_ROWS];
        sla_status statuses[BLOCK_ROWS];
        count = batch->rows - row < BLOCK_ROWS ? batch->rows - row : BLOCK_ROWS;
        const int64_t *starts = numbers_block(&batch->first, row, count);
        uint64_t left = in_blocks && count >= WORTH_A_BLOCK
                            ? answer_block(calendar, target, starts, count, seconds)
                            : bits_first(count);
        answer_rows(calendar, target, batch, starts, left, seconds, statuses);
        answers_block(&batch->answers, row, count, seconds, left, statuses);
    }
    return batch_result(batch);
}

sla_status sla_calendar_due_many(const sla_calendar *calendar, size_t rows, const sla_time *start,
                                 size_t start_step, const sla_target *given,
                                 sla_time *out_deadline, sla_status *out_statuses)
{
    sla_target target;
    if (calendar == NULL || !batch_target(calendar, given, &target) ||
        (rows > 0 && (start == NULL || out_deadline == NULL)))
        return SLA_ERROR_ARGUMENT;
    struct calendar_batch batch;
    batch_open_arrays(&batch, rows, out_deadline, out_statuses);
    numbers_open_array(&batch.first, start, start_step, rows);
    return batch_due(calendar, &target, &batch);
}
