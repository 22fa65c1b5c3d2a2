/* SPDX-License-Identifier: MIT */
/* Evaluation: the classification of many incidents in one call, columns in, columns out.
 *
 * Row by row the answers are those of sla_policy_classify(). Nothing is kept, and for all but very
 * large policies nothing is allocated. Any number of threads may evaluate one policy at once. */
#ifndef SLA_EVALUATE_H
#define SLA_EVALUATE_H

#include <sla/classify.h>
#include <sla/column.h>
#include <sla/policy.h>
#include <sla/types.h>

SLA_BEGIN_DECLS

#define SLA_NO_INDEX UINT32_MAX

/* One attribute of all incidents. All is borrowed for the call. Row i has `values[i * step]`, so
   that one value can stand for all (0) or values can lie apart; an incident whose value has `data`
   NULL does not have the attribute. */
typedef struct sla_column {
    sla_text name;
    uint32_t id;    /* of the attribute, from sla_policy_attribute(); 0: found by `name` */
    uint32_t flags; /* 0 */
    const sla_text *values;
    const uint32_t *value_ids; /* numbers from sla_policy_value(), or NULL. Where one is not 0 the
                                  text is not looked at; with `values` NULL, 0 is no attribute */
    size_t step;
    const sla_texts *texts; /* instead of `values`, which is NULL: row i is row i * step of it, and
                               one that is missing does not have the attribute. Since 0.5; NULL */
} sla_column;

/* What is wanted of one metric and kind: arrays with an element for each row, owned by the caller
   and written by the call. NULL where nothing is wanted. */
typedef struct sla_clock_columns {
    uint32_t size;
    uint32_t flags;  /* 0 */
    uint32_t metric; /* index, as in sla_policy_metric_at() */
    uint32_t kind;   /* SLA_KIND_* */
    sla_time *deadlines;    /* if the clock started at the row's `at`; SLA_TIME_NONE: no target,
                               or no answer */
    sla_duration *budgets;  /* counted seconds from `at` to the deadline (D4); or
                               SLA_DURATION_NONE */
    sla_status *statuses;   /* SLA_OK, no target included; SLA_ERROR_RANGE: the deadline cannot be
                               computed; or the row's own error */
    uint32_t *agreements;   /* index, as in sla_policy_agreement_at(); SLA_NO_INDEX: no target */
    uint32_t *calendars;    /* index, as in sla_policy_calendar_at(); SLA_NO_INDEX */
    uint32_t *lines;        /* of the target in the policy file; 0: no target */
    sla_answers *due;       /* `deadlines` and `statuses` as a column with gaps. Since 0.5 */
    sla_answers *budget;    /* `budgets` and `statuses`, so. Since 0.5 */
} sla_clock_columns;

typedef struct sla_evaluation {
    uint32_t size;
    uint32_t flags; /* 0 */
    size_t rows;
    const sla_time *at; /* when each incident was opened: row i has `at[i * at_step]` */
    size_t at_step;
    const sla_column *columns; /* of one attribute the last counts */
    size_t column_count;
    const sla_clock_columns *clocks; /* all of one `size` */
    size_t clock_count;
    uint32_t *severities; /* index, as in sla_policy_severity_at(); SLA_NO_INDEX: the policy has
                             none, or the row has an error. NULL: not wanted */
    sla_status *statuses; /* of each row, as sla_policy_classify() would return: SLA_OK,
                             SLA_UNKNOWN_SEVERITY, SLA_ERROR_RANGE (`at`), SLA_ERROR_ARGUMENT (a
                             value that cannot be right), SLA_MISSING (`opened`). NULL: not
                             wanted */
    const sla_numbers *opened; /* instead of `at`, which is then not looked at: a column in any
                                  tick, with gaps. Since 0.5; NULL */
} sla_evaluation;

/* Evaluates all rows. Errors of a row do not end the call: they are in its statuses, and its other
   columns say SLA_NO_INDEX, 0 and NONE. So it is with a row whose `opened` is missing, which is no
   error. Structs of an older caller, without the fields at their ends, are taken.
   Returns SLA_OK; SLA_UNKNOWN_SEVERITY: some rows have it; SLA_ROWS_FAILED: some rows, or deadlines
   of rows, have an error; SLA_ERROR_ARGUMENT: a pointer, size, flag, id, metric or kind that cannot
   be right, and nothing was written; SLA_ERROR_MEMORY: only with more than a hundred attributes,
   some dozens of metrics or columns, or dictionaries of many hundred texts, which take one block
   for the call.
   Any thread. Since 0.3. */
SLA_API sla_status sla_policy_evaluate_many(const sla_policy *policy,
                                            const sla_evaluation *evaluation);

SLA_END_DECLS

#endif
