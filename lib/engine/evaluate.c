/* SPDX-License-Identifier: MIT */
/* Evaluation: the classification of many incidents, columns in, columns out. */
#include "engine/evaluate.h"

#include "base/checked.h"
#include "base/structs.h"

#include <stddef.h>

/* Small policies need no more than this, on the stack. */
#define SCRATCH_BYTES 12288u

/* What callers of 0.3 and 0.4 know of. */
#define OLDEST_SIZE offsetof(sla_evaluation, opened)

struct evaluating {
    const sla_policy *policy;
    sla_evaluation asked;
    struct numbers opened;
    struct facts facts;
    struct promise *promises;
    struct value_column *columns;
    struct clock_column *clocks;
    bool some_unknown, some_failed;
};

/* Bytes of scratch, one after the other. */
struct scratch_sizes {
    size_t promises, slots, columns, clocks, literals, all;
};

static bool is_right(struct evaluating *evaluating, const sla_evaluation *given,
                     size_t *out_literals)
{
    const sla_policy *policy = evaluating->policy;
    sla_evaluation *asked = &evaluating->asked;
    size_t rows = given->rows;
    *out_literals = 0;
    if (given->size < OLDEST_SIZE || !struct_read(given, asked, sizeof *asked) ||
        asked->flags != 0 || (asked->columns == NULL && asked->column_count > 0) ||
        (asked->clocks == NULL && asked->clock_count > 0))
        return false;
    if (asked->opened != NULL) {
        if (!numbers_open(&evaluating->opened, asked->opened, rows))
            return false;
    } else {
        if (asked->at == NULL && rows > 0)
            return false;
        numbers_open_array(&evaluating->opened, asked->at, asked->at_step, rows);
    }
    for (size_t i = 0; i < asked->column_count; i++)
        if (!value_column_is_right(policy, &asked->columns[i], rows, out_literals))
            return false;
    for (size_t i = 0; i < asked->clock_count; i++) {
        struct clock_column clock;
        if (!clock_column_open(&clock, policy, asked->clocks, i, rows))
            return false;
    }
    return true;
}

static sla_status classify_row(struct evaluating *evaluating, size_t row, sla_time at,
                               uint32_t *out_severity)
{
    const sla_policy *policy = evaluating->policy;
    struct slot *slots = evaluating->facts.slots;
    *out_severity = INDEX_NONE;
    if (!time_in_range(at))
        return at == NUMBER_NONE && evaluating->asked.opened != NULL ? SLA_MISSING
                                                                     : SLA_ERROR_RANGE;
    slots[policy->severity_slot] = (struct slot){TEXT_NONE, 0, 0}; /* what the last row settled */
    for (size_t i = 0; i < evaluating->asked.column_count; i++)
        if (!value_column_take(&evaluating->columns[i], policy, row, slots))
            return SLA_ERROR_ARGUMENT;
    evaluating->facts.opened_at = at;
    bool known = classify_derive(&evaluating->facts, out_severity);
    if (evaluating->asked.clock_count > 0)
        promises_find(&evaluating->facts, evaluating->promises);
    return known ? SLA_OK : SLA_UNKNOWN_SEVERITY;
}

static void evaluate_row(struct evaluating *evaluating, size_t row, sla_time at)
{
    const sla_evaluation *asked = &evaluating->asked;
    uint32_t severity;
    sla_status status = classify_row(evaluating, row, at, &severity);
    bool answered = status == SLA_OK || status == SLA_UNKNOWN_SEVERITY;
    evaluating->some_unknown |= status == SLA_UNKNOWN_SEVERITY;
    evaluating->some_failed |= status < 0;
    if (asked->severities != NULL)
        asked->severities[row] = severity;
    if (asked->statuses != NULL)
        asked->statuses[row] = status;
    for (size_t i = 0; i < asked->clock_count; i++) {
        struct clock_column *clock = &evaluating->clocks[i];
        const struct promise *promise =
            &evaluating->promises[clock->wanted.metric * KIND_COUNT + clock->wanted.kind];
        bool fine = clock_column_put(clock, evaluating->policy, row, at,
                                     answered && promise->found ? promise : NULL,
                                     answered ? SLA_OK : status);
        evaluating->some_failed |= !fine;
    }
}

static void evaluate_rows(struct evaluating *evaluating)
{
    size_t rows = evaluating->asked.rows, count;
    for (size_t row = 0; row < rows; row += count) {
        count = rows - row < NUMBERS_BLOCK ? rows - row : NUMBERS_BLOCK;
        const int64_t *at = numbers_block(&evaluating->opened, row, count);
        for (size_t i = 0; i < count; i++)
            evaluate_row(evaluating, row + i, at[i]);
    }
}

/* All rows, in this scratch memory. */
static sla_status evaluate(struct evaluating *evaluating, char *scratch,
                           const struct scratch_sizes *sizes)
{
    const sla_policy *policy = evaluating->policy;
    const sla_evaluation *asked = &evaluating->asked;
    evaluating->promises = (void *)scratch;
    evaluating->facts.policy = policy;
    evaluating->facts.slots = (void *)(scratch += sizes->promises);
    evaluating->columns = (void *)(scratch += sizes->slots);
    evaluating->clocks = (void *)(scratch += sizes->columns);
    uint32_t *literals = (void *)(scratch += sizes->clocks);
    memset(literals, 0, sizes->literals);
    slots_clear(&evaluating->facts);
    for (size_t i = 0; i < asked->column_count; i++)
        value_column_open(&evaluating->columns[i], policy, &asked->columns[i], asked->rows,
                          &literals);
    for (size_t i = 0; i < asked->clock_count; i++)
        clock_column_open(&evaluating->clocks[i], policy, asked->clocks, i, asked->rows);
    evaluate_rows(evaluating);
    for (size_t i = 0; i < asked->clock_count; i++)
        clock_column_close(&evaluating->clocks[i]);
    return evaluating->some_failed    ? SLA_ROWS_FAILED
           : evaluating->some_unknown ? SLA_UNKNOWN_SEVERITY
                                      : SLA_OK;
}

/* False: more than memory can have. */
static bool measure(struct scratch_sizes *sizes, const struct evaluating *evaluating,
                    size_t literals)
{
    const sla_policy *policy = evaluating->policy;
    sizes->promises = (size_t)policy->metric_count * KIND_COUNT * sizeof(struct promise);
    sizes->slots = policy->slot_count * sizeof(struct slot);
    return !ckd_mul(&sizes->columns, evaluating->asked.column_count,
                    sizeof(struct value_column)) &&
           !ckd_mul(&sizes->clocks, evaluating->asked.clock_count, sizeof(struct clock_column)) &&
           !ckd_mul(&sizes->literals, literals, sizeof(uint32_t)) &&
           !ckd_add(&sizes->all, sizes->promises, sizes->slots) &&
           !ckd_add(&sizes->all, sizes->all, sizes->columns) &&
           !ckd_add(&sizes->all, sizes->all, sizes->clocks) &&
           !ckd_add(&sizes->all, sizes->all, sizes->literals);
}

sla_status sla_policy_evaluate_many(const sla_policy *policy, const sla_evaluation *given)
{
    union {
        struct promise align;
        struct clock_column align_clock;
        char bytes[SCRATCH_BYTES];
    } small;
    struct evaluating evaluating;
    struct scratch_sizes sizes;
    size_t literals;
    evaluating.policy = policy;
    evaluating.some_unknown = evaluating.some_failed = false;
    if (policy == NULL || given == NULL || !is_right(&evaluating, given, &literals))
        return SLA_ERROR_ARGUMENT;
    if (!measure(&sizes, &evaluating, literals))
        return SLA_ERROR_MEMORY;
    if (sizes.all <= sizeof small)
        return evaluate(&evaluating, small.bytes, &sizes);
    char *block = memory_new(&policy->allocator, sizes.all);
    if (block == NULL)
        return SLA_ERROR_MEMORY;
    sla_status status = evaluate(&evaluating, block, &sizes);
    memory_free(&policy->allocator, block, sizes.all);
    return status;
}
