/* SPDX-License-Identifier: MIT */
/* Property: in a column of texts of any form every row says what it was made to say, to whoever
 * reads it and to the rules of a policy; and one whose memory says nonsense is read no further than
 * its struct allows, which sanitizers watch.
 * Arguments: a seed to try another run. */
#include "base/texts.h"
#include "random_columns.h"
#include "random_texts.h"

#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>

#define COLUMNS 3
#define ROUNDS 4000

static const char policy_text[] =
    "sla: 1\n"
    "severities: [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, other, none]\n"
    "classify:\n"
    "  severity:\n"
    "    - {when: {a0: outage}, is: s0}\n"
    "    - {when: {a0: degraded}, is: s1}\n"
    "    - {when: {a0: \"\"}, is: s2}\n"
    "    - {when: {a0: twelve bytes}, is: s3}\n"
    "    - {when: {a0: thirteen byte}, is: s4}\n"
    "    - {when: {a0: \"-7\"}, is: s5}\n"
    "    - {when: {a0: \"true\"}, is: s6}\n"
    "    - {when: {a0: \"false\"}, is: s7}\n"
    "    - {when: {a0: \"200\"}, is: s8}\n"
    "    - {when: {a0: a text that is longer than sixteen bytes}, is: s9}\n"
    "    - {when: {a0: {exists: true}}, is: other}\n"
    "    - {is: none}\n"
    "targets:\n"
    "  - {when: {a1: outage, a2: {exists: true}}, resolution: 1h}\n"
    "  - {when: {a1: [\"200\", \"true\", degraded]}, resolution: 2h}\n"
    "  - {when: {a2: {min: 100}}, resolution: 3h}\n"
    "  - {when: {a2: {exists: false}}, resolution: 4h}\n"
    "  - {resolution: 5h}\n";

static long texts_read_count, absent_count, damaged_count, refused_count, wrong;

static void compare(const char *what, size_t row, bool same)
{
    if (!same && wrong++ < 20)
        printf("# %s of row %zu is wrong\n", what, row);
}

/* Row by row, as whoever reads a column does. */
static void read_all(const struct random_texts *made, size_t rows)
{
    struct texts texts;
    compare("column", rows, texts_open(&texts, &made->column, rows));
    for (size_t i = 0; i < rows; i++) {
        sla_text text = TEXT_NONE;
        enum texts_found found = texts_at(&texts, i, &text);
        if (made->rows[i].data == NULL) {
            compare("missing text", i, found == TEXTS_ABSENT);
            absent_count++;
            continue;
        }
        compare("text", i, found == TEXTS_PRESENT && text_equal(text, made->rows[i]));
        texts_read_count++;
    }
}

struct outcome {
    uint32_t severities[RANDOM_TEXTS_ROWS];
    sla_time deadlines[RANDOM_TEXTS_ROWS];
    sla_status statuses[RANDOM_TEXTS_ROWS];
};

static sla_status evaluate(const sla_policy *policy, const sla_column *columns, size_t rows,
                           struct outcome *outcome)
{
    sla_time at = 1795132800;
    sla_clock_columns clock = {.size = sizeof clock, .metric = 1, .deadlines = outcome->deadlines};
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = rows, .at = &at,
                                 .columns = columns, .column_count = COLUMNS, .clocks = &clock,
                                 .clock_count = 1, .severities = outcome->severities,
                                 .statuses = outcome->statuses};
    return sla_policy_evaluate_many(policy, &evaluation);
}

/* The policy's rules see what they see in a plain array of texts. */
static void judge_all(const sla_policy *policy, const struct random_texts *made, size_t rows,
                      struct random *random)
{
    static struct outcome plain, columns;
    static const char *const names[COLUMNS] = {"a0", "a1", "a2"};
    sla_column arrays[COLUMNS], forms[COLUMNS];
    /* some stand for all rows with the first of theirs */
    for (size_t i = 0; i < COLUMNS; i++) {
        size_t step = (size_t)(random_between(random, 0, 9) > 0);
        arrays[i] = (sla_column){.name = {names[i], 2}, .values = made[i].rows, .step = step};
        forms[i] = arrays[i];
        forms[i].values = NULL;
        forms[i].texts = &made[i].column;
    }
    sla_status wanted = evaluate(policy, arrays, rows, &plain);
    compare("status", rows, evaluate(policy, forms, rows, &columns) == wanted);
    for (size_t i = 0; i < rows; i++) {
        compare("severity", i, plain.severities[i] == columns.severities[i]);
        compare("deadline", i, plain.deadlines[i] == columns.deadlines[i]);
        compare("status", i, plain.statuses[i] == columns.statuses[i]);
    }
}

/* Rows are right or refused; sanitizers say whether anything else was read. */
static void judge_damaged(const sla_policy *policy, struct random_texts *made, size_t rows,
                          struct random *random)
{
    static struct outcome columns;
    static const char *const names[COLUMNS] = {"a0", "a1", "a2"};
    sla_column forms[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) {
        damaged_count += random_texts_damage(&made[i], random);
        forms[i] = (sla_column){.name = {names[i], 2}, .texts = &made[i].column, .step = 1};
    }
    sla_status status = evaluate(policy, forms, rows, &columns);
    if (status == SLA_ERROR_ARGUMENT)
        return; /* the last offset */
    bool failed = false;
    for (size_t i = 0; i < rows; i++) {
        bool refused = columns.statuses[i] == SLA_ERROR_ARGUMENT;
        compare("damaged status", i, refused || columns.statuses[i] == SLA_OK);
        compare("refused severity", i, !refused || columns.severities[i] == SLA_NO_INDEX);
        refused_count += refused;
        failed = failed || refused;
    }
    compare("damaged result", rows, status == (failed ? SLA_ROWS_FAILED : SLA_OK));
}

int main(int count, char **arguments)
{
    static struct random_texts made[COLUMNS];
    struct random random = {count > 1 ? strtoull(arguments[1], NULL, 10) : 20261127};
    sla_policy *policy = NULL;
    printf("1..3\n");
    if (sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &policy, NULL) != SLA_OK) {
        printf("Bail out! The policy has faults.\n");
        return 1;
    }
    for (int round = 0; round < ROUNDS; round++) {
        size_t rows = (size_t)random_between(&random, 0, round % 4 == 0 ? RANDOM_TEXTS_ROWS : 20);
        for (size_t i = 0; i < COLUMNS; i++) {
            random_texts_make(&made[i], &random, rows);
            read_all(&made[i], rows);
        }
        judge_all(policy, made, rows, &random);
        judge_damaged(policy, made, rows, &random);
        for (size_t i = 0; i < COLUMNS; i++)
            random_texts_free(&made[i]);
    }
    sla_policy_unref(policy);
    printf("# %ld texts, %ld missing, %ld columns damaged, %ld rows refused, %ld wrong\n",
           texts_read_count, absent_count, damaged_count, refused_count, wrong);
    printf("%s 1 - texts_of_any_form_say_to_readers_and_rules_what_they_say_in_an_array\n",
           wrong == 0 && texts_read_count > 100000 ? "ok" : "not ok");
    printf("%s 2 - gaps_were_among_them\n", absent_count > 20000 ? "ok" : "not ok");
    printf("%s 3 - damage_was_refused_row_by_row\n",
           wrong == 0 && refused_count > 1000 ? "ok" : "not ok");
    return wrong == 0 ? 0 : 1;
}
