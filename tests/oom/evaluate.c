/* SPDX-License-Identifier: MIT */
/* Evaluations so large that the call needs a block of its own, and does not get it. */
#include "suites.h"
#include "world.h"

#include <stdint.h>
#include <string.h>

#define MANY 4000

/* Row by row "plan" is "gold", which is the second severity. */
static void evaluate_without_and_with_memory(sla_evaluation *evaluation)
{
    static uint32_t severities[MANY];
    struct world world;
    world_open(&world, 0);
    uint64_t blocks = world.memory.blocks;
    for (size_t i = 0; i < evaluation->rows; i++)
        severities[i] = 7;
    evaluation->severities = severities;
    scarce_reset(&world.memory);
    world.memory.fail_at = 1;
    ck_assert_int_eq(sla_policy_evaluate_many(world.policy, evaluation), SLA_ERROR_MEMORY);
    for (size_t i = 0; i < evaluation->rows; i++)
        ck_assert_uint_eq(severities[i], 7);
    scarce_reset(&world.memory);
    ck_assert_int_eq(sla_policy_evaluate_many(world.policy, evaluation), SLA_OK);
    for (size_t i = 0; i < evaluation->rows; i++)
        ck_assert_uint_eq(severities[i], 1);
    ck_assert_uint_eq(world.memory.calls, 1);
    ck_assert_uint_eq(world.memory.blocks, blocks);
    world_close(&world);
}

START_TEST(failed_batch_of_thousands_of_columns_is_an_error_and_leaks_nothing)
{
    static sla_column columns[MANY];
    sla_text value = {"gold", SLA_NUL_TERMINATED};
    sla_time at = MONDAY;
    for (size_t i = 0; i < MANY; i++)
        columns[i] = (sla_column){.name = {"plan", SLA_NUL_TERMINATED}, .values = &value};
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = 1, .at = &at,
                                 .columns = columns, .column_count = MANY};
    evaluate_without_and_with_memory(&evaluation);
}
END_TEST

START_TEST(failed_batch_with_a_dictionary_of_thousands_is_an_error_and_leaks_nothing)
{
    static int32_t offsets[MANY + 1];
    static char bytes[MANY * 4];
    static uint16_t indexes[MANY];
    sla_time at = MONDAY;
    for (int i = 0; i < MANY; i++) {
        memcpy(bytes + 4 * i, "gold", 4);
        offsets[i + 1] = 4 * (i + 1);
        indexes[i] = (uint16_t)(MANY - 1 - i);
    }
    sla_texts texts = {.size = sizeof texts, .form = SLA_TEXTS_OFFSETS32, .index_width = 2,
                       .count = MANY, .elements = offsets, .bytes = bytes, .indexes = indexes};
    sla_column column = {.name = {"plan", SLA_NUL_TERMINATED}, .texts = &texts, .step = 1};
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = MANY, .at = &at,
                                 .columns = &column, .column_count = 1};
    evaluate_without_and_with_memory(&evaluation);
}
END_TEST

/* Words are remembered only where each may come again. */
START_TEST(a_dictionary_with_more_words_than_rows_asks_for_no_memory)
{
    static int32_t offsets[MANY + 1];
    uint16_t index = MANY - 1;
    uint32_t severity = 7;
    sla_time at = MONDAY;
    struct world world;
    offsets[MANY] = 4;
    sla_texts texts = {.size = sizeof texts, .form = SLA_TEXTS_OFFSETS32, .index_width = 2,
                       .count = MANY, .elements = offsets, .bytes = "gold", .indexes = &index};
    sla_column column = {.name = {"plan", SLA_NUL_TERMINATED}, .texts = &texts, .step = 1};
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = 1, .at = &at,
                                 .columns = &column, .column_count = 1, .severities = &severity};
    world_open(&world, 0);
    scarce_reset(&world.memory);
    ck_assert_int_eq(sla_policy_evaluate_many(world.policy, &evaluation), SLA_OK);
    ck_assert_uint_eq(severity, 1);
    ck_assert_uint_eq(world.memory.calls, 0);
    world_close(&world);
}
END_TEST

void add_evaluate_tests(TCase *cases)
{
    tcase_add_test(cases, failed_batch_of_thousands_of_columns_is_an_error_and_leaks_nothing);
    tcase_add_test(cases, a_dictionary_with_more_words_than_rows_asks_for_no_memory);
    tcase_add_test(cases,
                   failed_batch_with_a_dictionary_of_thousands_is_an_error_and_leaks_nothing);
}
