/* SPDX-License-Identifier: MIT */
/* Evaluation of columns as data frames keep them: texts in their forms, instants with gaps, answers
   in ticks. That all forms say the same is a property: tests/property/text_columns.c. */
#include "run_suite.h"

#include <sla/sla.h>
#include <stdlib.h>
#include <string.h>

/* 24 hours a day, so that deadlines are plain sums. 2026-11-20T00:00:00Z. */
#define OPENED ((sla_time)1795132800)
#define HOUR 3600
#define ROWS 4
#define NONE INT64_MIN

static const char policy_text[] =
    "sla: 1\n"
    "severities: [urgent, normal, none]\n"
    "classify:\n"
    "  severity:\n"
    "    - {when: {impact: [outage, \"true\", \"-5\", \"200\"]}, is: urgent}\n"
    "    - {when: {impact: {exists: true}}, is: normal}\n"
    "    - {is: none}\n"
    "targets:\n"
    "  - {when: {severity: urgent}, resolution: 4h}\n"
    "  - {when: {severity: normal}, resolution: 8h}\n";
enum { URGENT, NORMAL, ABSENT };

static sla_policy *policy;
static sla_time at[ROWS] = {OPENED, OPENED + 1, OPENED + 2, OPENED + 3};
static sla_texts texts;
static sla_column column;
static uint32_t severities[ROWS];
static sla_status statuses[ROWS], due_statuses[ROWS];
static int64_t due_values[ROWS], budget_values[ROWS];
static uint8_t due_validity[1];
static sla_answers due, budget;
static sla_clock_columns clock;
static sla_evaluation evaluation;

/* Four texts, side by side. */
static const char bytes[] = "outage" "disk" "" "outage";
static const int32_t offsets32[] = {0, 6, 10, 10, 16};
static const int64_t offsets64[] = {0, 6, 10, 10, 16};

static void set_up(void)
{
    ck_assert_int_eq(sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &policy, NULL),
                     SLA_OK);
    texts = (sla_texts){.size = sizeof texts, .form = SLA_TEXTS_OFFSETS32, .count = ROWS,
                        .elements = offsets32, .bytes = bytes};
    column = (sla_column){.name = {"impact", 6}, .texts = &texts, .step = 1};
    due = (sla_answers){.size = sizeof due, .width = 8, .ticks = 1000, .missing = 77,
                        .values = due_values, .validity = due_validity,
                        .statuses = due_statuses};
    budget = (sla_answers){.size = sizeof budget, .width = 8, .ticks = 1,
                           .values = budget_values};
    clock = (sla_clock_columns){.size = sizeof clock, .metric = 1, .due = &due,
                                .budget = &budget}; /* of the resolution */
    evaluation = (sla_evaluation){.size = sizeof evaluation, .rows = ROWS, .at = at, .at_step = 1,
                                  .columns = &column, .column_count = 1, .clocks = &clock,
                                  .clock_count = 1, .severities = severities,
                                  .statuses = statuses};
    severities[0] = 77;
    due_validity[0] = 0xFF; /* whatever stood there before */
}

static void tear_down(void)
{
    sla_policy_unref(policy);
}

static sla_status evaluate(void)
{
    return sla_policy_evaluate_many(policy, &evaluation);
}

/* Each row's severity, as a word of four letters: U, N, A, and - where there is no answer. */
static const char *severity_word(void)
{
    static char word[ROWS + 1];
    for (size_t i = 0; i < ROWS; i++)
        word[i] = severities[i] == SLA_NO_INDEX ? '-' : "UNA"[severities[i]];
    return word;
}

START_TEST(offsets_lead_to_texts)
{
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "UNNU"); /* the empty text is one */
    texts.form = SLA_TEXTS_OFFSETS64;
    texts.elements = offsets64;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "UNNU");
}
END_TEST

START_TEST(a_missing_text_is_an_absent_attribute)
{
    static const uint8_t bits[] = {0xF5}; /* not of row 1 and 3 */
    texts.validity = bits;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "UANA");
}
END_TEST

START_TEST(a_column_may_begin_anywhere)
{
    static const uint8_t bits[] = {0xFB}; /* not of the element 2, which is row 1 */
    evaluation.rows = 3;
    texts.first = 1;
    texts.validity = bits;
    severities[3] = ABSENT;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "NAUA");
}
END_TEST

START_TEST(views_hold_short_texts_and_lead_to_long_ones)
{
    static const char long_texts[] = "....thirteen byte";
    const void *buffers[] = {NULL, long_texts};
    int64_t sizes[] = {0, 17};
    struct {
        int32_t length;
        char text[12];
    } views[ROWS] = {{6, "outage"}, {12, "twelve bytes"}, {13, "thir"}, {0, ""}};
    int32_t place[] = {1, 4};
    memcpy(views[2].text + 4, place, sizeof place);
    texts = (sla_texts){.size = sizeof texts, .form = SLA_TEXTS_VIEWS, .count = ROWS,
                        .elements = views, .bytes = buffers, .buffers = 2,
                        .buffer_sizes = sizes};
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "UNNN");
    sizes[1] = 16; /* the text ends behind its buffer */
    ck_assert_int_eq(evaluate(), SLA_ROWS_FAILED);
    ck_assert_str_eq(severity_word(), "UN-N");
    ck_assert_int_eq(statuses[2], SLA_ERROR_ARGUMENT);
    texts.buffer_sizes = NULL; /* trusted, but for which buffer it is */
    ck_assert_int_eq(evaluate(), SLA_OK);
    static const int32_t wrong[][2] = {{2, 4}, {-1, 4}, {0, 4}, {1, -1}};
    for (size_t i = 0; i < 4; i++) {
        memcpy(views[2].text + 4, wrong[i], sizeof wrong[i]);
        ck_assert_int_eq(evaluate(), SLA_ROWS_FAILED);
        ck_assert_str_eq(severity_word(), "UN-N");
    }
    views[2].length = -1;
    ck_assert_int_eq(evaluate(), SLA_ROWS_FAILED);
}
END_TEST

START_TEST(booleans_are_the_texts_true_and_false)
{
    static const uint8_t bits[] = {0x05};
    texts = (sla_texts){.size = sizeof texts, .form = SLA_TEXTS_BOOLEANS, .count = ROWS,
                        .elements = bits};
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "UNUN");
}
END_TEST

START_TEST(numbers_are_their_decimal_texts)
{
    static const int16_t numbers[] = {-5, 5, 200, -200};
    static const uint8_t narrow[] = {251, 5, 200, 100}; /* 251 is -5 with a sign */
    texts = (sla_texts){.size = sizeof texts, .form = SLA_TEXTS_NUMBERS, .width = 2, .count = ROWS,
                        .elements = numbers};
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "UNUN");
    texts.width = 1;
    texts.elements = narrow;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "UNNN");
    texts.form = SLA_TEXTS_UNSIGNED;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "NNUN");
}
END_TEST

START_TEST(indexes_choose_from_a_dictionary)
{
    static const int8_t indexes[] = {9, 0, 1, 1, 0};
    static const uint8_t element_bits[] = {0xFD}; /* not of the dictionary's element 0 */
    texts.index_width = 1;
    texts.indexes = indexes;
    texts.first = 1;
    texts.element_first = 1;
    texts.count = 3; /* disk, "", outage */
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "NNNN");
    texts.element_validity = element_bits;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "ANNA");
    texts.first = 0; /* 9 is none of three */
    ck_assert_int_eq(evaluate(), SLA_ROWS_FAILED);
    ck_assert_str_eq(severity_word(), "-ANN");
    ck_assert_int_eq(statuses[0], SLA_ERROR_ARGUMENT);
}
END_TEST

/* As pandas marks what is missing, and Arrow never does. */
START_TEST(an_index_below_0_is_none_of_the_dictionary)
{
    static const int64_t indexes[] = {0, -1, 1, 0};
    texts.index_width = 8;
    texts.indexes = indexes;
    ck_assert_int_eq(evaluate(), SLA_ROWS_FAILED);
    ck_assert_str_eq(severity_word(), "U-NU");
}
END_TEST

/* Each has its row 1 wrong, and that alone. */
static const int32_t wrong_offsets[][ROWS + 1] = {
    {0, 6, 4, 4, 16}, {0, -1, 10, 10, 16}, {0, 20, 30, 10, 16}, {0, 6, 17, 10, 16},
};

START_TEST(offsets_that_lead_nowhere_are_the_rows_own_error)
{
    texts.elements = wrong_offsets[_i];
    ck_assert_int_eq(evaluate(), SLA_ROWS_FAILED);
    ck_assert_int_eq(statuses[1], SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(due_statuses[1], SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(due_values[1], NONE);
    ck_assert_int_eq(statuses[3], SLA_OK);
}
END_TEST

START_TEST(instants_come_in_ticks_and_with_gaps)
{
    int64_t opened[ROWS] = {OPENED * 1000 + 999, OPENED * 1000, NONE, -1};
    static const uint8_t bits[] = {0x0D};
    sla_numbers numbers = {.size = sizeof numbers, .width = 8, .ticks = 1000, .stride = 8,
                           .values = opened, .validity = bits};
    evaluation.at = NULL;
    evaluation.opened = &numbers;
    ck_assert_int_eq(evaluate(), SLA_ROWS_FAILED); /* row 3 is before 1970 (T1) */
    ck_assert_str_eq(severity_word(), "U---");
    ck_assert_int_eq(due_values[0], (OPENED + 4 * HOUR) * 1000); /* floored (T2) */
    for (size_t i = 1; i < 3; i++) {
        ck_assert_int_eq(statuses[i], SLA_MISSING);
        ck_assert_int_eq(due_statuses[i], SLA_MISSING);
        ck_assert_int_eq(due_values[i], NONE);
        ck_assert_int_eq(budget_values[i], NONE);
    }
    ck_assert_int_eq(statuses[3], SLA_ERROR_RANGE);
    ck_assert_uint_eq(due.missing, 3);
    ck_assert_uint_eq(due_validity[0], 0x01);
    evaluation.rows = 3; /* what is missing is no error */
    ck_assert_int_eq(evaluate(), SLA_OK);
}
END_TEST

START_TEST(answers_come_as_columns_with_gaps)
{
    static const uint8_t bits[] = {0x0D};
    texts.validity = bits; /* row 1 has no impact, and so no target */
    ck_assert_int_eq(evaluate(), SLA_OK);
    static const int hours[ROWS] = {4, 0, 8, 4};
    for (size_t i = 0; i < ROWS; i++) {
        ck_assert_int_eq(due_values[i], i == 1 ? NONE : (at[i] + hours[i] * HOUR) * 1000);
        ck_assert_int_eq(budget_values[i], i == 1 ? NONE : hours[i] * HOUR);
        ck_assert_int_eq(due_statuses[i], SLA_OK); /* no target is no error */
    }
    ck_assert_uint_eq(due_validity[0], 0x0D);
    ck_assert_uint_eq(due.missing, 1);
    ck_assert_uint_eq(budget.missing, 1);
}
END_TEST

START_TEST(an_answer_alone_is_as_it_is_beside_the_other)
{
    clock.budget = NULL;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_int_eq(due_values[3], (at[3] + 4 * HOUR) * 1000);
    clock.due = NULL;
    clock.budget = &budget;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_int_eq(budget_values[3], 4 * HOUR);
}
END_TEST

/* A number of the policy's stands for its text, where there is one. */
START_TEST(bound_values_go_before_texts)
{
    uint32_t ids[ROWS] = {0, sla_policy_value(policy, "outage", 6), 0, 0};
    column.value_ids = ids;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "UUNU");
}
END_TEST

START_TEST(step_0_is_the_first_text_for_all_rows)
{
    column.step = 0;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "UUUU");
    column.step = 3;
    evaluation.rows = 2;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_uint_eq(severities[1], URGENT);
}
END_TEST

/* What is remembered of one column's words says nothing of the column before it. */
START_TEST(a_dictionary_leaves_the_column_beside_it_alone)
{
    static const char two[] = "sla: 1\n"
                              "severities: [urgent, normal, none]\n"
                              "classify:\n"
                              "  severity: [{when: {impact: outage}, is: urgent},\n"
                              "             {when: {site: outage}, is: normal}, {is: none}]\n"
                              "targets: [{resolution: 8h}]\n";
    static const uint8_t indexes[ROWS] = {0, 0, 0, 1};
    sla_texts sites = texts; /* outage, disk, "", outage */
    sites.index_width = 1;
    sites.indexes = indexes;
    texts.first = 1; /* disk for all rows */
    sla_column columns[2] = {column, {.name = {"site", 4}, .texts = &sites, .step = 1}};
    columns[0].step = 0;
    evaluation.columns = columns;
    evaluation.column_count = 2;
    sla_policy_unref(policy);
    ck_assert_int_eq(sla_policy_compile(two, SLA_NUL_TERMINATED, NULL, &policy, NULL), SLA_OK);
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "NNNA");
    static const int32_t one[] = {6, 10}; /* the same, as its first element */
    texts.first = 0;
    texts.count = 1;
    texts.elements = one;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_str_eq(severity_word(), "NNNA");
}
END_TEST

START_TEST(dictionaries_larger_than_the_scratch_are_as_good)
{
    enum { MANY = 5000 };
    static int32_t offsets[MANY + 1];
    static uint16_t indexes[MANY];
    static sla_time many_at[MANY];
    static uint32_t many[MANY];
    for (size_t i = 0; i < MANY; i++) { /* every other element is "outage", the others empty */
        offsets[i + 1] = offsets[i] + (i % 2 == 0 ? 0 : 6);
        indexes[i] = (uint16_t)(MANY - 1 - i);
        many_at[i] = OPENED;
    }
    char *words = malloc(MANY * 3);
    ck_assert_ptr_nonnull(words);
    for (size_t i = 0; i < MANY / 2; i++)
        memcpy(words + 6 * i, "outage", 6);
    texts = (sla_texts){.size = sizeof texts, .form = SLA_TEXTS_OFFSETS32, .count = MANY,
                        .index_width = 2, .elements = offsets, .bytes = words,
                        .indexes = indexes};
    evaluation.rows = MANY;
    evaluation.at = many_at;
    evaluation.severities = many;
    evaluation.statuses = NULL;
    evaluation.clock_count = 0;
    ck_assert_int_eq(evaluate(), SLA_OK);
    for (size_t i = 0; i < MANY; i++)
        ck_assert_uint_eq(many[i], i % 2 == 0 ? URGENT : NORMAL);
    free(words);
}
END_TEST

/* Each changes one thing for the worse. */
static int32_t negative_last[] = {0, 0, 0, 0, -1};
static sla_numbers no_numbers;
static void small_struct(void) { texts.size -= 8; }
static void flags(void) { texts.flags = 1; }
static void no_form(void) { texts.form = 0; }
static void form_of_the_future(void) { texts.form = 7; }
static void width_without_numbers(void) { texts.width = 4; }
static void numbers_without_width(void) { texts.form = SLA_TEXTS_NUMBERS; }
static void no_elements(void) { texts.elements = NULL; }
static void no_bytes(void) { texts.bytes = NULL; }
static void too_few(void) { texts.count = ROWS - 1; }
static void far_first(void) { texts.first = UINT64_MAX; }
static void far_dictionary(void) { texts.element_first = UINT64_MAX; }
static void index_width(void) { texts.index_width = 3; }
static void no_indexes(void) { texts.index_width = 4; }
static void indexes_without_width(void) { texts.indexes = offsets32; }
static void buffers_without_views(void) { texts.buffers = 1; }
static void last_offset(void) { texts.elements = negative_last; }
static void far_step(void) { column.step = SIZE_MAX / 2; }
static void step_that_comes_round(void) { column.step = SIZE_MAX / 2 + 1, evaluation.rows = 3; }
static void opened(void) { evaluation.opened = &no_numbers; }
static void due_width(void) { due.width = 4; }
static void budget_values_null(void) { budget.values = NULL; }
static void (*const faults[])(void) = {
    small_struct, flags, no_form, form_of_the_future, width_without_numbers,
    numbers_without_width, no_elements, no_bytes, too_few, far_first, far_dictionary, index_width,
    no_indexes, indexes_without_width, buffers_without_views, last_offset, far_step,
    step_that_comes_round, opened, due_width, budget_values_null,
};

START_TEST(what_cannot_be_right_is_refused_before_anything_is_written)
{
    faults[_i]();
    ck_assert_int_eq(evaluate(), SLA_ERROR_ARGUMENT);
    ck_assert_uint_eq(severities[0], 77);
    ck_assert_uint_eq(due.missing, 77);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text_columns");
    TCase *cases = tcase_create("text_columns");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, offsets_lead_to_texts);
    tcase_add_test(cases, a_missing_text_is_an_absent_attribute);
    tcase_add_test(cases, a_column_may_begin_anywhere);
    tcase_add_test(cases, views_hold_short_texts_and_lead_to_long_ones);
    tcase_add_test(cases, booleans_are_the_texts_true_and_false);
    tcase_add_test(cases, numbers_are_their_decimal_texts);
    tcase_add_test(cases, indexes_choose_from_a_dictionary);
    tcase_add_test(cases, an_index_below_0_is_none_of_the_dictionary);
    tcase_add_loop_test(cases, offsets_that_lead_nowhere_are_the_rows_own_error, 0, 4);
    tcase_add_test(cases, instants_come_in_ticks_and_with_gaps);
    tcase_add_test(cases, answers_come_as_columns_with_gaps);
    tcase_add_test(cases, an_answer_alone_is_as_it_is_beside_the_other);
    tcase_add_test(cases, bound_values_go_before_texts);
    tcase_add_test(cases, step_0_is_the_first_text_for_all_rows);
    tcase_add_test(cases, a_dictionary_leaves_the_column_beside_it_alone);
    tcase_add_test(cases, dictionaries_larger_than_the_scratch_are_as_good);
    tcase_add_loop_test(cases, what_cannot_be_right_is_refused_before_anything_is_written, 0,
                        (int)(sizeof faults / sizeof *faults));
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
