/* SPDX-License-Identifier: MIT */
/* Writing columns of answers: whole seconds become ticks, rows without an answer become gaps. */
#include "base/answers.h"

#include "base/bits.h"
#include "base/structs.h"

bool answers_open(struct answers *answers, const sla_answers *given, size_t rows)
{
    sla_answers own;
    if (given == NULL || given->size < sizeof own || !struct_read(given, &own, sizeof own) ||
        own.flags != 0 || own.width != sizeof *own.values || own.reserved != NULL ||
        !ticks_are_right(own.ticks) || (own.values == NULL && rows > 0))
        return false;
    *answers = (struct answers){.values = own.values, .validity = own.validity,
                                .statuses = own.statuses, .ticks = own.ticks};
    return true;
}

void answers_open_arrays(struct answers *answers, int64_t *values, sla_status *statuses)
{
    *answers = (struct answers){.values = values, .statuses = statuses, .ticks = 1};
}

static inline void put_ticks(int64_t *values, const int64_t *seconds, size_t count, uint64_t ticks)
{
    for (size_t i = 0; i < count; i++)
        values[i] = (int64_t)((uint64_t)seconds[i] * ticks);
}

static void put_values(const struct answers *answers, size_t row, size_t count,
                       const int64_t *seconds)
{
    int64_t *values = answers->values + row;
    switch (answers->ticks) {
    case 1:
        if (values != seconds)
            memcpy(values, seconds, count * sizeof *values);
        break;
    case 1000: put_ticks(values, seconds, count, 1000); break;
    case 1000000: put_ticks(values, seconds, count, 1000000); break;
    default: put_ticks(values, seconds, count, 1000000000); break;
    }
}

void answers_block(struct answers *answers, size_t row, size_t count, const int64_t *seconds,
                   uint64_t odd, const sla_status *statuses)
{
    uint64_t without = 0;
    put_values(answers, row, count, seconds);
    for (size_t i = 0; answers->statuses != NULL && i < count; i++)
        answers->statuses[row + i] = SLA_OK;
    for (; odd != 0; odd &= odd - 1) {
        unsigned i = bits_lowest(odd);
        if (statuses[i] == SLA_OK)
            continue;
        without |= UINT64_C(1) << i;
        answers->values[row + i] = NUMBER_NONE;
        answers->missing++;
        answers->some_failed |= statuses[i] < 0;
        if (answers->statuses != NULL)
            answers->statuses[row + i] = statuses[i];
    }
    if (answers->validity != NULL)
        bits_write(answers->validity + row / 8, ~without, count);
}

void answers_row(struct answers *answers, size_t row, sla_status status, int64_t seconds)
{
    bool has = status >= 0 && seconds != NUMBER_NONE;
    answers->missing += !has;
    answers->values[row] = has ? seconds * (int64_t)answers->ticks : NUMBER_NONE;
    if (answers->statuses != NULL)
        answers->statuses[row] = status;
    if (answers->validity != NULL) {
        uint8_t before = row % 8 == 0 ? 0 : answers->validity[row / 8];
        answers->validity[row / 8] = (uint8_t)(before | has << row % 8);
    }
}

void answers_close(const struct answers *answers, sla_answers *given)
{
    given->missing = answers->missing;
}
