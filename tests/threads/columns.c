/* SPDX-License-Identifier: MIT */
/* Instants in milliseconds, some of them missing, and a dictionary so large that an evaluation asks
 * for memory. Every thread has its own answers. */
#include "columns.h"

#include "life.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START ((sla_time)1772438400) /* 2026-03-02T08:00:00Z; a change of clocks comes later */

static const int64_t eight_hours = 8 * 3600;

struct answers {
    int64_t values[4][COLUMN_ROWS];
    uint8_t validity[4][COLUMN_ROWS / 8];
    uint32_t severities[COLUMN_ROWS];
    sla_answers out[4];
};

void columns_fill(struct columns *columns)
{
    static const char *const words[] = {"outage", "fire", "other"};
    memset(columns, 0, sizeof *columns);
    for (int i = 0; i < COLUMN_ROWS; i++) {
        const char *word = words[i % 3];
        columns->starts[i] = i % 9 == 0 ? INT64_MIN : (START + i * 7919) * 1000 + 999;
        columns->ends[i] = (START + i * 7919 + i * 100) * 1000;
        columns->has_end[i / 8] |= (uint8_t)((i % 11 != 0) << i % 8);
        columns->muted[i / 8] |= (uint8_t)((i % 2) << i % 8);
        columns->impacts[i] = (uint16_t)(COLUMN_ROWS - 1 - i);
        columns->offsets[i + 1] = columns->offsets[i] + (int32_t)strlen(word);
        memcpy(columns->bytes + columns->offsets[i], word, strlen(word));
    }
}

static sla_numbers numbers(const int64_t *values, const uint8_t *validity)
{
    return (sla_numbers){.size = sizeof(sla_numbers), .width = 8, .ticks = 1000, .stride = 8,
                         .values = values, .validity = validity};
}

static int evaluate(const sla_policy *policy, const struct columns *columns,
                    const sla_numbers *opened, struct answers *answers)
{
    sla_texts impacts = {.size = sizeof impacts, .form = SLA_TEXTS_OFFSETS32, .index_width = 2,
                         .count = COLUMN_ROWS, .elements = columns->offsets,
                         .bytes = columns->bytes, .indexes = columns->impacts};
    sla_texts muted = {.size = sizeof muted, .form = SLA_TEXTS_BOOLEANS, .count = COLUMN_ROWS,
                       .elements = columns->muted};
    sla_column attributes[2] = {
        {.name = {"impact", SLA_NUL_TERMINATED}, .step = 1, .texts = &impacts},
        {.name = {"muted", SLA_NUL_TERMINATED}, .step = 1, .texts = &muted}};
    sla_clock_columns clock = {.size = sizeof clock, .metric = 2, .due = &answers->out[3]};
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = COLUMN_ROWS, .opened = opened,
                                 .columns = attributes, .column_count = 2, .clocks = &clock,
                                 .clock_count = 1, .severities = answers->severities};
    return sla_policy_evaluate_many(policy, &evaluation) == SLA_OK;
}

static uint64_t sum_of(const struct answers *answers)
{
    uint64_t sum = 1;
    for (size_t n = 0; n < 4; n++) {
        life_mix(&sum, answers->out[n].missing);
        for (size_t i = 0; i < COLUMN_ROWS; i++)
            life_mix(&sum, (uint64_t)answers->values[n][i]);
        for (size_t i = 0; i < COLUMN_ROWS / 8; i++)
            life_mix(&sum, answers->validity[n][i]);
    }
    for (size_t i = 0; i < COLUMN_ROWS; i++)
        life_mix(&sum, answers->severities[i]);
    return sum;
}

uint64_t columns_ask(const sla_policy *policy, const struct columns *columns)
{
    const sla_calendar *office = sla_policy_calendar(policy, "office", SLA_NUL_TERMINATED);
    sla_numbers from = numbers(columns->starts, NULL), to = numbers(columns->ends,
                                                                    columns->has_end);
    sla_numbers counted = {.size = sizeof counted, .width = 8, .ticks = 1, .values = &eight_hours};
    sla_target target = {.size = sizeof target};
    struct answers *answers = malloc(sizeof *answers);
    if (answers == NULL || sla_target_parse("3wd", SLA_NUL_TERMINATED, &target) != SLA_OK)
        abort();
    for (size_t i = 0; i < 4; i++)
        answers->out[i] = (sla_answers){.size = sizeof answers->out[i], .width = 8, .ticks = 1000,
                                        .values = answers->values[i],
                                        .validity = answers->validity[i]};
    int fine = sla_calendar_add_columns(office, COLUMN_ROWS, &from, &counted, &answers->out[0]) ==
                   SLA_OK &&
               sla_calendar_elapsed_columns(office, COLUMN_ROWS, &from, &to, &answers->out[1]) ==
                   SLA_OK &&
               sla_calendar_due_columns(office, COLUMN_ROWS, &from, &target, &answers->out[2]) ==
                   SLA_OK &&
               evaluate(policy, columns, &from, answers);
    uint64_t sum = fine ? sum_of(answers) : 0;
    free(answers);
    return sum;
}
