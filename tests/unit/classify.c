/* SPDX-License-Identifier: MIT */
/* Single classifications: which attributes count, what they allocate, and when that fails. */
#include "run_suite.h"
#include "scarce_memory.h"

#include <sla/sla.h>
#include <string.h>

#define OPENED ((sla_time)1795132800)
#define MANY 3000

static const char policy_text[] =
    "sla: 1\n"
    "severities: [urgent, general]\n"
    "classify: {severity: [{when: {impact: [outage, \"\"]}, is: urgent}, {is: general}]}\n"
    "targets: [{when: {plan: {prefix: go}}, resolution: 1h}, {resolution: 2h}]\n";

static struct scarce_memory memory;
static sla_policy *policy;
static uint64_t own_blocks; /* the policy's */

static void set_up(void)
{
    memory = (struct scarce_memory){0};
    sla_allocator allocator = scarce_allocator(&memory);
    sla_policy_options options = {.size = sizeof options, .allocator = &allocator};
    ck_assert_int_eq(sla_policy_compile(policy_text, SLA_NUL_TERMINATED, &options, &policy, NULL),
                     SLA_OK);
    own_blocks = memory.blocks;
    scarce_reset(&memory);
}

static void tear_down(void)
{
    ck_assert_uint_eq(memory.blocks, own_blocks);
    sla_policy_unref(policy);
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.wrong_size, 0);
}

static sla_attribute attribute(const char *name, const char *value)
{
    return (sla_attribute){.name = {name, SLA_NUL_TERMINATED},
                           .value = {value, SLA_NUL_TERMINATED}};
}

static sla_attribute removal(const char *name)
{
    return (sla_attribute){.name = {name, SLA_NUL_TERMINATED}, .flags = SLA_ATTRIBUTE_REMOVE};
}

static void assert_text(sla_text text, const char *wanted)
{
    ck_assert_uint_eq(text.length, strlen(wanted));
    ck_assert_mem_eq(text.data, wanted, text.length);
}

static void assert_attribute(const sla_classification *made, const char *name, const char *wanted)
{
    sla_text value = {NULL, 0};
    ck_assert_int_eq(sla_classification_attribute(made, name, SLA_NUL_TERMINATED, &value),
                     wanted != NULL);
    if (wanted != NULL)
        assert_text(value, wanted);
}

START_TEST(values_that_the_policy_names_take_one_block)
{
    sla_attribute given[] = {attribute("impact", "outage")};
    sla_classification *made;
    ck_assert_int_eq(sla_policy_classify(policy, OPENED, given, 1, &made), SLA_OK);
    ck_assert_uint_eq(memory.calls, 1);
    assert_attribute(made, "impact", "outage");
    sla_classification_free(made);
}
END_TEST

START_TEST(other_texts_are_copied_into_a_second_block)
{
    char name[] = "colour", value[] = "dark red", plan[] = "gold and more than sixteen bytes";
    sla_attribute given[] = {attribute(name, value), attribute("plan", plan),
                             attribute("impact", "")};
    sla_classification *made;
    ck_assert_int_eq(sla_policy_classify(policy, OPENED, given, 3, &made), SLA_OK);
    ck_assert_uint_eq(memory.calls, 2);
    memset(name, '?', sizeof name - 1); /* borrowed for the call only */
    memset(value, '?', sizeof value - 1);
    memset(plan, '?', sizeof plan - 1);
    assert_attribute(made, "colour", "dark red");
    assert_attribute(made, "plan", "gold and more than sixteen bytes");
    assert_attribute(made, "impact", "");
    sla_text severity;
    sla_classification_severity(made, &severity);
    assert_text(severity, "urgent"); /* the empty text is one that the policy names */
    sla_classified_clock clock = {.size = sizeof clock};
    ck_assert_int_eq(sla_classification_clock(made, 0, &clock), 1);
    ck_assert_int_eq(clock.budget, 3600);
    sla_classification_free(made);
}
END_TEST

START_TEST(value_that_the_policy_does_not_name_outlives_the_call)
{
    char plan[] = "silver";
    sla_attribute given[] = {attribute("plan", plan)};
    sla_classification *made;
    ck_assert_int_eq(sla_policy_classify(policy, OPENED, given, 1, &made), SLA_OK);
    memset(plan, '?', sizeof plan - 1);
    assert_attribute(made, "plan", "silver");
    sla_classification_free(made);
}
END_TEST

START_TEST(value_without_data_is_the_empty_text)
{
    sla_attribute given[] = {attribute("colour", NULL)};
    sla_policy *other; /* that names no empty text */
    sla_classification *made;
    ck_assert_int_eq(sla_policy_compile("sla: 1\n", SLA_NUL_TERMINATED, NULL, &other, NULL),
                     SLA_OK);
    ck_assert_int_eq(sla_policy_classify(other, OPENED, given, 1, &made), SLA_OK);
    assert_attribute(made, "colour", "");
    sla_classification_free(made);
    ck_assert_int_eq(sla_policy_classify(policy, OPENED, given, 1, &made), SLA_OK);
    assert_attribute(made, "colour", "");
    sla_classification_free(made);
    sla_policy_unref(other);
}
END_TEST

START_TEST(of_one_attribute_the_last_counts)
{
    sla_attribute given[] = {
        attribute("impact", "outage"), removal("impact"),           attribute("plan", "go"),
        attribute("plan", "silver"),   attribute("colour", "red"),  attribute("colour", "blue"),
        attribute("shape", "round"),   removal("shape"),            removal("never there"),
    };
    sla_classification *made;
    ck_assert_int_eq(sla_policy_classify(policy, OPENED, given, sizeof given / sizeof *given,
                                         &made),
                     SLA_OK);
    assert_attribute(made, "impact", NULL);
    assert_attribute(made, "plan", "silver");
    assert_attribute(made, "colour", "blue");
    assert_attribute(made, "shape", NULL);
    assert_attribute(made, "never there", NULL);
    assert_attribute(made, "severity", "general");
    sla_classification_free(made);
}
END_TEST

START_TEST(attributes_that_cannot_be_right_are_refused)
{
    sla_attribute faults[] = {attribute("", "x"), attribute("impact", "x"), attribute("a", "x"),
                              attribute("a", "x"), attribute(NULL, "x")};
    faults[1].flags = 2;
    faults[2].id = 3; /* the policy asks for two */
    faults[3].value = (sla_text){NULL, 5};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        sla_attribute given[] = {attribute("colour", "red"), faults[i]};
        sla_classification *made = NULL;
        ck_assert_int_eq(sla_policy_classify(policy, OPENED, given, 2, &made),
                         SLA_ERROR_ARGUMENT);
        ck_assert_ptr_null(made);
        ck_assert_uint_eq(memory.blocks, own_blocks);
    }
}
END_TEST

START_TEST(failed_allocation_is_a_status_and_leaks_nothing)
{
    sla_attribute given[] = {attribute("colour", "red"), attribute("plan", "silver")};
    for (uint64_t n = 1; n <= 2; n++) {
        sla_classification *made = NULL;
        scarce_reset(&memory);
        memory.fail_at = n;
        ck_assert_int_eq(sla_policy_classify(policy, OPENED, given, 2, &made), SLA_ERROR_MEMORY);
        ck_assert_ptr_null(made);
        ck_assert_uint_eq(memory.blocks, own_blocks);
    }
    scarce_reset(&memory);
}
END_TEST

START_TEST(evaluation_allocates_only_for_very_many_columns)
{
    static sla_column columns[MANY];
    sla_text value = {"outage", 6};
    sla_time at = OPENED, deadline = 0;
    sla_clock_columns clock = {.size = sizeof clock, .metric = 1, .deadlines = &deadline};
    for (size_t i = 0; i < MANY; i++)
        columns[i] = (sla_column){.name = {"impact", 6}, .values = &value};
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = 1, .at = &at,
                                 .columns = columns, .column_count = 20, .clocks = &clock,
                                 .clock_count = 1};
    memory.fail_at = 1;
    ck_assert_int_eq(sla_policy_evaluate_many(policy, &evaluation), SLA_OK);
    ck_assert_uint_eq(memory.calls, 0);
    evaluation.column_count = MANY;
    deadline = 77;
    ck_assert_int_eq(sla_policy_evaluate_many(policy, &evaluation), SLA_ERROR_MEMORY);
    ck_assert_int_eq(deadline, 77);
    scarce_reset(&memory);
    ck_assert_int_eq(sla_policy_evaluate_many(policy, &evaluation), SLA_OK);
    ck_assert_uint_eq(memory.calls, 1);
    ck_assert_int_eq(deadline, OPENED + 7200);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("classify");
    TCase *cases = tcase_create("classify");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, values_that_the_policy_names_take_one_block);
    tcase_add_test(cases, other_texts_are_copied_into_a_second_block);
    tcase_add_test(cases, value_that_the_policy_does_not_name_outlives_the_call);
    tcase_add_test(cases, value_without_data_is_the_empty_text);
    tcase_add_test(cases, of_one_attribute_the_last_counts);
    tcase_add_test(cases, attributes_that_cannot_be_right_are_refused);
    tcase_add_test(cases, failed_allocation_is_a_status_and_leaks_nothing);
    tcase_add_test(cases, evaluation_allocates_only_for_very_many_columns);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
