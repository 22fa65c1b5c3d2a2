/* SPDX-License-Identifier: MIT */
/* Evaluation in parts: columns of attributes fill slots, columns of clocks take the answers. */
#ifndef ENGINE_EVALUATE_H
#define ENGINE_EVALUATE_H

#include "base/answers.h"
#include "base/texts.h"
#include "engine/target.h"

#include <sla/evaluate.h>

/* A column of one attribute. */
struct value_column {
    const sla_column *given;
    struct texts texts;    /* of given->texts */
    uint32_t *literals;    /* of a dictionary's elements, so that each is looked up once: its number
                              in the policy + 1; 0: not looked up yet */
    size_t literal_count;  /* 0: all are looked up row by row */
    uint32_t slot;         /* 0: the policy never asks for it */
};

/* Can it be right, for so many rows? Adds to `*literals` what value_column_open() needs of them. */
bool value_column_is_right(const sla_policy *policy, const sla_column *given, size_t rows,
                           size_t *literals);
/* Makes ready a column that is right. `*literals` are zeros, and moved behind what is taken; NULL:
   nothing is to be remembered. */
void value_column_open(struct value_column *column, const sla_policy *policy,
                       const sla_column *given, size_t rows, uint32_t **literals);
/* The value at a place of given->texts into a slot; false: it cannot be right. */
bool value_column_take_text(struct value_column *column, const sla_policy *policy, size_t at,
                            struct slot *slot);

/* A row's value into its slot; false: it cannot be right. Here, because it is done for every value
   of every row. */
static inline bool value_column_take(struct value_column *column, const sla_policy *policy,
                                     size_t row, struct slot *slots)
{
    const sla_column *given = column->given;
    struct slot *slot = &slots[column->slot];
    size_t at = row * given->step;
    if (column->slot == 0)
        return true;
    uint32_t number = given->value_ids == NULL ? 0 : given->value_ids[at];
    if (number != 0) {
        if (number > policy->literals.texts.count)
            return false;
        slot_set(slot, text_table_at(&policy->literals, number), number);
        return true;
    }
    if (given->texts != NULL)
        return value_column_take_text(column, policy, at, slot);
    sla_text text = given->values == NULL ? TEXT_NONE : given->values[at];
    if (text.data == NULL) {
        *slot = (struct slot){TEXT_NONE, 0, 0};
        return true;
    }
    if (text.length == SLA_NUL_TERMINATED)
        text.length = strlen(text.data);
    slot_set(slot, text, text_table_find(&policy->literals, text));
    return true;
}

/* What is wanted of one metric and kind. */
struct clock_column {
    sla_clock_columns wanted; /* what its caller does not know of: zeros */
    struct answers due, budget;
};

/* The first is as long as all are; false: they cannot be right, and nothing was written. */
bool clock_column_open(struct clock_column *column, const sla_policy *policy,
                       const sla_clock_columns *first, size_t index, size_t rows);
/* Writes a row; false: its deadline is an error. `promise` NULL: there is no target, or no answer
   for the reason `status`. */
bool clock_column_put(struct clock_column *column, const sla_policy *policy, size_t row,
                      sla_time opened_at, const struct promise *promise, sla_status status);
/* After the last row. */
void clock_column_close(const struct clock_column *column);

#endif
