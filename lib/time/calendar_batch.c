/* SPDX-License-Identifier: MIT */
/* Questions for many rows at once: arrays and columns go the same way, in blocks. */
#include "time/calendar_batch.h"

#include "base/bits.h"

/* A question with two columns of input. */
struct question {
    block_add *block;
    sla_status (*single)(const sla_calendar *calendar, int64_t first, int64_t second,
                         int64_t *out);
    int64_t second_least; /* the block takes a second number from here to SLA_TIME_MAX */
};

block_add *best_block_add(void)
{
#ifdef BLOCK_AVX2
    if (block_avx2_works())
        return block_add_avx2;
#endif
    return block_add_plain;
}

block_elapsed *best_block_elapsed(void)
{
#ifdef BLOCK_AVX2
    if (block_avx2_works())
        return block_elapsed_avx2;
#endif
    return block_elapsed_plain;
}

/* Rows of a whole block, those that it would refuse put in order. */
struct tidy_block {
    int64_t first[BLOCK_ROWS], second[BLOCK_ROWS];
    uint64_t odd; /* the rows that were not in order, and those behind the last */
};

/* When it is known which rows are missing, which may be all that is odd. */
static void tidy_missing(struct tidy_block *block, const int64_t *first, const int64_t *second,
                         uint64_t missing)
{
    memcpy(block->first, first, sizeof block->first);
    memcpy(block->second, second, sizeof block->second);
    for (; missing != 0; missing &= missing - 1) {
        block->first[bits_lowest(missing)] = SLA_TIME_MIN;
        block->second[bits_lowest(missing)] = 1;
    }
}

static void tidy(struct tidy_block *block, const struct question *question, const int64_t *first,
                 const int64_t *second, size_t count)
{
    block->odd = 0;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        bool fits = i < count && time_in_range(first[i]) && second[i] >= question->second_least &&
                    second[i] <= SLA_TIME_MAX;
        block->first[i] = fits ? first[i] : SLA_TIME_MIN;
        block->second[i] = fits ? second[i] : 1;
        block->odd |= (uint64_t)!fits << i;
    }
}

/* Answers the rows that are in order, if they are worth it and their answers are, too. Which rows
   are left? */
static uint64_t answer_tidy(const sla_calendar *calendar, const struct question *question,
                            size_t count, const int64_t *first, const int64_t *second,
                            const struct calendar_batch *batch, int64_t *seconds)
{
    struct tidy_block block;
    uint64_t missing = batch->first.missing | batch->second.missing;
    if (!calendar->plain || count < WORTH_A_BLOCK)
        return bits_first(count);
    if (missing != 0 && missing != UINT64_MAX && count == BLOCK_ROWS) {
        tidy_missing(&block, first, second, missing);
        if (question->block(&calendar->tables, block.first, block.second, seconds))
            return missing;
    }
    tidy(&block, question, first, second, count);
    bool answered = block.odd != UINT64_MAX &&
                    question->block(&calendar->tables, block.first, block.second, seconds);
    return answered ? block.odd & bits_first(count) : bits_first(count);
}

/* A block with rows out of the ordinary: the others are answered together if they can be. */
static void answer_odd(const sla_calendar *calendar, const struct question *question, size_t row,
                       size_t count, const int64_t *first, const int64_t *second,
                       struct calendar_batch *batch)
{
    int64_t seconds[BLOCK_ROWS];
    sla_status statuses[BLOCK_ROWS];
    uint64_t odd = answer_tidy(calendar, question, count, first, second, batch, seconds);
    for (uint64_t left = odd; left != 0; left &= left - 1) {
        unsigned i = bits_lowest(left);
        bool missing = batch->has_gaps && (first[i] == NUMBER_NONE || second[i] == NUMBER_NONE);
        statuses[i] = missing ? SLA_MISSING
                              : question->single(calendar, first[i], second[i], &seconds[i]);
    }
    answers_block(&batch->answers, row, count, seconds, odd, statuses);
}

static void answer(const sla_calendar *calendar, const struct question *question,
                   struct calendar_batch *batch)
{
    int64_t space[BLOCK_ROWS];
    size_t count;
    for (size_t row = 0; row < batch->rows; row += count) {
        count = batch->rows - row < BLOCK_ROWS ? batch->rows - row : BLOCK_ROWS;
        const int64_t *first = numbers_block(&batch->first, row, count);
        const int64_t *second = numbers_block(&batch->second, row, count);
        int64_t *place = answers_place(&batch->answers, row, space);
        bool whole = count == BLOCK_ROWS && (batch->first.missing | batch->second.missing) == 0;
        if (whole && calendar->plain &&
            question->block(&calendar->tables, first, second, place))
            answers_block(&batch->answers, row, count, place, 0, NULL);
        else
            answer_odd(calendar, question, row, count, first, second, batch);
    }
}

sla_status batch_add(const sla_calendar *calendar, struct calendar_batch *batch)
{
    const struct question question = {best_block_add(), sla_calendar_add, 1};
    answer(calendar, &question, batch);
    return batch_result(batch);
}

sla_status batch_elapsed(const sla_calendar *calendar, struct calendar_batch *batch)
{
    const struct question question = {best_block_elapsed(), sla_calendar_elapsed, SLA_TIME_MIN};
    answer(calendar, &question, batch);
    return batch_result(batch);
}

sla_status sla_calendar_add_many(const sla_calendar *calendar, size_t rows, const sla_time *from,
                                 size_t from_step, const sla_duration *counted,
                                 size_t counted_step, sla_time *out_at, sla_status *out_statuses)
{
    if (calendar == NULL || (rows > 0 && (from == NULL || counted == NULL || out_at == NULL)))
        return SLA_ERROR_ARGUMENT;
    struct calendar_batch batch;
    batch_open_arrays(&batch, rows, out_at, out_statuses);
    numbers_open_array(&batch.first, from, from_step, rows);
    numbers_open_array(&batch.second, counted, counted_step, rows);
    return batch_add(calendar, &batch);
}

sla_status sla_calendar_elapsed_many(const sla_calendar *calendar, size_t rows,
                                     const sla_time *from, size_t from_step, const sla_time *to,
                                     size_t to_step, sla_duration *out_counted,
                                     sla_status *out_statuses)
{
    if (calendar == NULL || (rows > 0 && (from == NULL || to == NULL || out_counted == NULL)))
        return SLA_ERROR_ARGUMENT;
    struct calendar_batch batch;
    batch_open_arrays(&batch, rows, out_counted, out_statuses);
    numbers_open_array(&batch.first, from, from_step, rows);
    numbers_open_array(&batch.second, to, to_step, rows);
    return batch_elapsed(calendar, &batch);
}
