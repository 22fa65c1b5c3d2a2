/* SPDX-License-Identifier: MIT */
/* Evaluation: the classification of many incidents, columns in, columns out. */
#include "base/checked.h"
#include "engine/target.h"

#include <sla/evaluate.h>

/* Small policies need no more than this, on the stack. */
#define SCRATCH_BYTES 6144u

struct evaluating {
    const sla_policy *policy;
    const sla_evaluation *asked;
    struct facts facts;
    struct promise *promises;
    uint32_t *ids; /* of the columns' attributes; 0: the policy never asks for it */
    bool wants_promises;
    bool some_unknown, some_failed;
};

static bool tail_is_zero(const void *given, size_t own, uint32_t size)
{
    for (size_t i = own; i < size; i++)
        if (((const unsigned char *)given)[i] != 0)
            return false;
    return true;
}

/* The wanted columns number `index`: the structs may be larger than this library knows. */
static const sla_clock_columns *clock_columns(const sla_evaluation *asked, size_t index)
{
    const char *first = (const void *)asked->clocks;
    return (const void *)(first + index * asked->clocks->size);
}

static bool is_right(const sla_policy *policy, const sla_evaluation *asked)
{
    if (asked->size < sizeof *asked || asked->flags != 0 ||
        !tail_is_zero(asked, sizeof *asked, asked->size) ||
        (asked->at == NULL && asked->rows > 0) ||
        (asked->columns == NULL && asked->column_count > 0) ||
        (asked->clocks == NULL && asked->clock_count > 0))
        return false;
    for (size_t i = 0; i < asked->column_count; i++) {
        const sla_column *column = &asked->columns[i];
        sla_text name;
        if (column->flags != 0 || column->reserved != NULL ||
            column->id > policy->attribute_count ||
            (asked->rows > 0 && column->values == NULL && column->value_ids == NULL) ||
            (column->id == 0 && (!text_from_api(column->name.data, column->name.length, &name) ||
                                 name.length == 0)))
            return false;
    }
    for (size_t i = 0; i < asked->clock_count; i++) {
        if (asked->clocks->size < sizeof(sla_clock_columns))
            return false;
        const sla_clock_columns *clock = clock_columns(asked, i);
        if (clock->size != asked->clocks->size || clock->flags != 0 ||
            clock->metric >= policy->metric_count || clock->kind >= KIND_COUNT ||
            !tail_is_zero(clock, sizeof *clock, clock->size))
            return false;
    }
    return true;
}

/* A row's value into a slot; false: it cannot be right. */
static bool take_value(const sla_policy *policy, const sla_column *column, size_t at,
                       struct slot *slot)
{
    uint32_t number = column->value_ids == NULL ? 0 : column->value_ids[at];
    if (number != 0) {
        if (number > policy->literals.texts.count)
            return false;
        slot_set(slot, text_table_at(&policy->literals, number), number);
        return true;
    }
    sla_text text = column->values == NULL ? TEXT_NONE : column->values[at];
    if (text.data == NULL) {
        *slot = (struct slot){TEXT_NONE, 0, 0};
        return true;
    }
    if (text.length == SLA_NUL_TERMINATED)
        text.length = strlen(text.data);
    slot_set(slot, text, text_table_find(&policy->literals, text));
    return true;
}

static sla_status classify_row(struct evaluating *evaluating, size_t row, uint32_t *out_severity)
{
    const sla_policy *policy = evaluating->policy;
    const sla_evaluation *asked = evaluating->asked;
    struct slot *slots = evaluating->facts.slots;
    sla_time at = asked->at[row * asked->at_step];
    *out_severity = INDEX_NONE;
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    slots[policy->severity_slot] = (struct slot){TEXT_NONE, 0, 0}; /* what the last row settled */
    for (size_t i = 0; i < asked->column_count; i++) {
        const sla_column *column = &asked->columns[i];
        if (evaluating->ids[i] != 0 &&
            !take_value(policy, column, row * column->step, &slots[evaluating->ids[i]]))
            return SLA_ERROR_ARGUMENT;
    }
    evaluating->facts.opened_at = at;
    bool known = classify_derive(&evaluating->facts, out_severity);
    if (evaluating->wants_promises)
        promises_find(&evaluating->facts, evaluating->promises);
    return known ? SLA_OK : SLA_UNKNOWN_SEVERITY;
}

/* Writes what is wanted of a promise, or of none. */
static void write_clock(struct evaluating *evaluating, const sla_clock_columns *clock, size_t row,
                        const struct promise *promise, sla_status status)
{
    const sla_policy *policy = evaluating->policy;
    sla_time deadline = SLA_TIME_NONE;
    sla_duration budget = SLA_DURATION_NONE;
    if (promise != NULL &&
        (clock->deadlines != NULL || clock->budgets != NULL || clock->statuses != NULL))
        status = promise_answer(policy, promise, evaluating->facts.opened_at, &deadline, &budget);
    evaluating->some_failed |= status < 0;
    if (clock->deadlines != NULL)
        clock->deadlines[row] = deadline;
    if (clock->budgets != NULL)
        clock->budgets[row] = budget;
    if (clock->statuses != NULL)
        clock->statuses[row] = status;
    if (clock->agreements != NULL)
        clock->agreements[row] = promise == NULL ? SLA_NO_INDEX : promise->agreement;
    if (clock->calendars != NULL)
        clock->calendars[row] = promise == NULL ? SLA_NO_INDEX : promise->calendar;
    if (clock->lines != NULL)
        clock->lines[row] = promise == NULL ? 0 : policy->target_rules[promise->rule].line;
}

static void evaluate_row(struct evaluating *evaluating, size_t row)
{
    const sla_evaluation *asked = evaluating->asked;
    uint32_t severity;
    sla_status status = classify_row(evaluating, row, &severity);
    evaluating->some_unknown |= status == SLA_UNKNOWN_SEVERITY;
    evaluating->some_failed |= status < 0;
    if (asked->severities != NULL)
        asked->severities[row] = severity;
    if (asked->statuses != NULL)
        asked->statuses[row] = status;
    for (size_t i = 0; i < asked->clock_count; i++) {
        const sla_clock_columns *clock = clock_columns(asked, i);
        const struct promise *promise =
            &evaluating->promises[clock->metric * KIND_COUNT + clock->kind];
        if (status < 0)
            write_clock(evaluating, clock, row, NULL, status);
        else
            write_clock(evaluating, clock, row, promise->found ? promise : NULL, SLA_OK);
    }
}

/* All rows, in this scratch memory. */
static sla_status evaluate(struct evaluating *evaluating, void *scratch, size_t promises,
                           size_t slots)
{
    const sla_policy *policy = evaluating->policy;
    const sla_evaluation *asked = evaluating->asked;
    evaluating->promises = scratch;
    evaluating->facts.policy = policy;
    evaluating->facts.slots = (void *)((char *)scratch + promises);
    evaluating->ids = (void *)((char *)scratch + promises + slots);
    slots_clear(&evaluating->facts);
    for (size_t i = 0; i < asked->column_count; i++) {
        const sla_column *column = &asked->columns[i];
        sla_text name;
        evaluating->ids[i] = column->id;
        if (column->id == 0 && text_from_api(column->name.data, column->name.length, &name))
            evaluating->ids[i] = text_table_find(&policy->attributes, name);
    }
    for (size_t row = 0; row < asked->rows; row++)
        evaluate_row(evaluating, row);
    return evaluating->some_failed    ? SLA_ROWS_FAILED
           : evaluating->some_unknown ? SLA_UNKNOWN_SEVERITY
                                      : SLA_OK;
}

sla_status sla_policy_evaluate_many(const sla_policy *policy, const sla_evaluation *asked)
{
    union {
        struct promise align;
        char bytes[SCRATCH_BYTES];
    } small;
    if (policy == NULL || asked == NULL || !is_right(policy, asked))
        return SLA_ERROR_ARGUMENT;
    struct evaluating evaluating = {.policy = policy, .asked = asked,
                                    .wants_promises = asked->clock_count > 0};
    size_t promises = (size_t)policy->metric_count * KIND_COUNT * sizeof(struct promise);
    size_t slots = policy->slot_count * sizeof(struct slot);
    size_t size;
    if (ckd_mul(&size, asked->column_count, sizeof(uint32_t)) ||
        ckd_add(&size, size, promises) || ckd_add(&size, size, slots))
        return SLA_ERROR_MEMORY;
    if (size <= sizeof small)
        return evaluate(&evaluating, &small, promises, slots);
    void *block = memory_new(&policy->allocator, size);
    if (block == NULL)
        return SLA_ERROR_MEMORY;
    sla_status status = evaluate(&evaluating, block, promises, slots);
    memory_free(&policy->allocator, block, size);
    return status;
}
