/* SPDX-License-Identifier: MIT */
/* Evaluation of columns: statuses of rows, what cannot be right, what is not wanted. That answers
   are those of single classifications is a property: tests/property/classification.c. */
#include "run_suite.h"

#include <sla/sla.h>
#include <stddef.h>
#include <string.h>

/* 24 hours a day, so that deadlines are plain sums. 2026-11-20T00:00:00Z is 1795132800. */
#define OPENED ((sla_time)1795132800)
#define HOUR 3600
#define ROWS 4

static const char policy_text[] =
    "sla: 1\n"
    "severities: [urgent, important, general]\n"
    "classify:\n"
    "  severity:\n"
    "    - {when: {impact: outage}, is: urgent}\n"
    "    - {when: {impact: degraded}, is: important}\n"
    "    - {is: {copy: priority}}\n"
    "metrics:\n"
    "  answer: {start: opened, stop: answered}\n"
    "  solve: {start: opened, stop: solved}\n"
    "agreements:\n"
    "  - {name: gold, kind: sla, when: {plan: gold}, targets: [{solve: 2h}]}\n"
    "  - name: standard\n"
    "    targets:\n"
    "      - {when: {severity: urgent}, answer: 1h, solve: 4h}\n"
    "      - {solve: 8h}\n"
    "  - {name: team, kind: ola, targets: [{answer: 30m}]}\n";

static sla_policy *policy;
static sla_time at[ROWS] = {OPENED, OPENED + 1, OPENED + 2, OPENED + 3};
static sla_text impacts[ROWS], plans[ROWS];
static sla_column columns[2];
static sla_time deadlines[ROWS];
static sla_duration budgets[ROWS];
static sla_status statuses[ROWS], clock_statuses[ROWS];
static uint32_t severities[ROWS], agreements[ROWS], calendars[ROWS], lines[ROWS];
static sla_clock_columns clock;
static sla_evaluation evaluation;

static void set_up(void)
{
    sla_diags *diags = NULL;
    ck_assert_int_eq(sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &policy, &diags),
                     SLA_OK);
    sla_diags_free(diags);
    static const char *const words[ROWS] = {"outage", "degraded", "outage", "degraded"};
    for (size_t i = 0; i < ROWS; i++)
        impacts[i] = (sla_text){words[i], SLA_NUL_TERMINATED};
    plans[1] = (sla_text){"gold", 4};
    columns[0] = (sla_column){.name = {"impact", 6}, .values = impacts, .step = 1};
    columns[1] = (sla_column){.id = sla_policy_attribute(policy, "plan", 4), .values = plans,
                              .step = 1};
    clock = (sla_clock_columns){.size = sizeof clock, .metric = 1, .kind = SLA_KIND_SLA,
                                .deadlines = deadlines, .budgets = budgets,
                                .statuses = clock_statuses, .agreements = agreements,
                                .calendars = calendars, .lines = lines};
    evaluation = (sla_evaluation){.size = sizeof evaluation, .rows = ROWS, .at = at, .at_step = 1,
                                  .columns = columns, .column_count = 2, .clocks = &clock,
                                  .clock_count = 1, .severities = severities,
                                  .statuses = statuses};
}

static void tear_down(void)
{
    sla_policy_unref(policy);
}

static sla_status evaluate(void)
{
    return sla_policy_evaluate_many(policy, &evaluation);
}

START_TEST(every_row_has_its_own_answer)
{
    ck_assert_int_eq(evaluate(), SLA_OK);
    static const uint32_t wanted_severities[ROWS] = {0, 1, 0, 1};
    static const int hours[ROWS] = {4, 2, 4, 8};
    for (size_t i = 0; i < ROWS; i++) {
        ck_assert_uint_eq(severities[i], wanted_severities[i]);
        ck_assert_int_eq(statuses[i], SLA_OK);
        ck_assert_int_eq(clock_statuses[i], SLA_OK);
        ck_assert_int_eq(budgets[i], hours[i] * HOUR);
        ck_assert_int_eq(deadlines[i], at[i] + hours[i] * HOUR);
        ck_assert_uint_eq(calendars[i], 0); /* 24x7 */
        ck_assert_uint_eq(agreements[i], i == 1 ? 0 : 1);
        ck_assert_uint_eq(lines[i], i == 1 ? 12 : i == 3 ? 16 : 15);
    }
    sla_text name;
    ck_assert_int_eq(sla_policy_agreement_at(policy, agreements[1], &name), 1);
    ck_assert_int_eq(memcmp(name.data, "gold", 4), 0);
    ck_assert_int_eq(sla_policy_agreement_at(policy, 3, &name), 0);
}
END_TEST

START_TEST(metric_without_a_target_is_no_error)
{
    clock.metric = 0; /* answer: only the urgent of the standard agreement have one */
    ck_assert_int_eq(evaluate(), SLA_OK);
    for (size_t i = 0; i < ROWS; i++) {
        int has = i % 2 == 0;
        ck_assert_int_eq(clock_statuses[i], SLA_OK);
        ck_assert_int_eq(deadlines[i], has ? at[i] + HOUR : SLA_TIME_NONE);
        ck_assert_int_eq(budgets[i], has ? HOUR : SLA_DURATION_NONE);
        ck_assert_uint_eq(agreements[i], has ? 1 : SLA_NO_INDEX);
        ck_assert_uint_eq(calendars[i], has ? 0 : SLA_NO_INDEX);
        ck_assert_uint_eq(lines[i], has ? 15 : 0);
    }
}
END_TEST

START_TEST(kinds_have_their_own_columns)
{
    sla_clock_columns clocks[2] = {clock, clock};
    sla_time team[ROWS];
    clocks[1].metric = 0;
    clocks[1].kind = SLA_KIND_OLA;
    clocks[1].deadlines = team;
    evaluation.clocks = clocks;
    evaluation.clock_count = 2;
    ck_assert_int_eq(evaluate(), SLA_OK);
    for (size_t i = 0; i < ROWS; i++)
        ck_assert_int_eq(team[i], at[i] + HOUR / 2);
    ck_assert_int_eq(deadlines[0], at[0] + 4 * HOUR);
}
END_TEST

START_TEST(instant_out_of_range_is_an_error_of_its_row)
{
    sla_time odd[ROWS] = {OPENED, SLA_TIME_MAX + 1, SLA_TIME_NONE, SLA_TIME_MAX};
    evaluation.at = odd;
    ck_assert_int_eq(evaluate(), SLA_ROWS_FAILED);
    ck_assert_int_eq(statuses[0], SLA_OK);
    ck_assert_int_eq(deadlines[0], OPENED + 4 * HOUR);
    for (size_t i = 1; i < 3; i++) {
        ck_assert_int_eq(statuses[i], SLA_ERROR_RANGE);
        ck_assert_int_eq(clock_statuses[i], SLA_ERROR_RANGE);
        ck_assert_uint_eq(severities[i], SLA_NO_INDEX);
        ck_assert_int_eq(deadlines[i], SLA_TIME_NONE);
        ck_assert_int_eq(budgets[i], SLA_DURATION_NONE);
        ck_assert_uint_eq(lines[i], 0);
    }
    /* the incident is fine, its deadline lies behind the end of time */
    ck_assert_int_eq(statuses[3], SLA_OK);
    ck_assert_uint_eq(severities[3], 1);
    ck_assert_int_eq(clock_statuses[3], SLA_ERROR_RANGE);
    ck_assert_int_eq(deadlines[3], SLA_TIME_NONE);
    ck_assert_uint_eq(lines[3], 16);
    odd[1] = odd[2] = OPENED;
    ck_assert_int_eq(evaluate(), SLA_ROWS_FAILED);
    odd[3] = OPENED;
    ck_assert_int_eq(evaluate(), SLA_OK);
}
END_TEST

START_TEST(severity_that_is_not_listed_is_told_and_taken_as_the_last)
{
    impacts[2] = (sla_text){NULL, 0};
    ck_assert_int_eq(evaluate(), SLA_UNKNOWN_SEVERITY);
    ck_assert_int_eq(statuses[2], SLA_UNKNOWN_SEVERITY);
    ck_assert_uint_eq(severities[2], 2);
    ck_assert_int_eq(deadlines[2], at[2] + 8 * HOUR);
    ck_assert_int_eq(statuses[3], SLA_OK);
}
END_TEST

START_TEST(severity_of_the_host_does_not_reach_the_next_row)
{
    static const char own[] = "sla: 1\n"
                              "severities: [urgent, general]\n"
                              "targets: [{resolution: 1h}]\n";
    sla_policy *other = NULL;
    ck_assert_int_eq(sla_policy_compile(own, SLA_NUL_TERMINATED, NULL, &other, NULL), SLA_OK);
    sla_text given[ROWS] = {{"urgent", 6}, {"odd", 3}, {NULL, 0}, {"urgent", 6}};
    columns[0] = (sla_column){.name = {"severity", 8}, .values = given, .step = 1};
    evaluation.column_count = 1;
    evaluation.clock_count = 0;
    ck_assert_int_eq(sla_policy_evaluate_many(other, &evaluation), SLA_UNKNOWN_SEVERITY);
    static const uint32_t wanted[ROWS] = {0, 1, 1, 0};
    for (size_t i = 0; i < ROWS; i++) {
        ck_assert_uint_eq(severities[i], wanted[i]);
        ck_assert_int_eq(statuses[i], wanted[i] == 1 ? SLA_UNKNOWN_SEVERITY : SLA_OK);
    }
    evaluation.column_count = 0; /* nobody says it: unknown in every row */
    ck_assert_int_eq(sla_policy_evaluate_many(other, &evaluation), SLA_UNKNOWN_SEVERITY);
    for (size_t i = 0; i < ROWS; i++)
        ck_assert_int_eq(statuses[i], SLA_UNKNOWN_SEVERITY);
    sla_policy_unref(other);
}
END_TEST

START_TEST(step_0_is_one_value_for_all_rows)
{
    columns[0].step = 0;
    evaluation.at_step = 0;
    ck_assert_int_eq(evaluate(), SLA_OK);
    for (size_t i = 0; i < ROWS; i++) {
        ck_assert_uint_eq(severities[i], 0);
        ck_assert_int_eq(deadlines[i], at[0] + (i == 1 ? 2 : 4) * HOUR);
    }
}
END_TEST

START_TEST(values_may_lie_apart)
{
    columns[0].step = 2; /* outage, outage; then the plan's rows, unread */
    evaluation.rows = 2;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_uint_eq(severities[0], 0);
    ck_assert_uint_eq(severities[1], 0);
}
END_TEST

START_TEST(bound_values_stand_for_their_texts)
{
    uint32_t ids[ROWS] = {0, 0, 0, 0};
    ids[0] = sla_policy_value(policy, "degraded", SLA_NUL_TERMINATED);
    ids[3] = sla_policy_value(policy, "outage", 6);
    ck_assert_uint_ne(ids[0], 0);
    ck_assert_uint_eq(sla_policy_value(policy, "never named", SLA_NUL_TERMINATED), 0);
    columns[0].value_ids = ids; /* rows 1 and 2 by their texts */
    ck_assert_int_eq(evaluate(), SLA_OK);
    static const uint32_t wanted[ROWS] = {1, 1, 0, 0};
    for (size_t i = 0; i < ROWS; i++)
        ck_assert_uint_eq(severities[i], wanted[i]);
    columns[0].values = NULL; /* now rows 1 and 2 have none */
    ck_assert_int_eq(evaluate(), SLA_UNKNOWN_SEVERITY);
    ck_assert_int_eq(statuses[1], SLA_UNKNOWN_SEVERITY);
    ids[2] = 1000000;
    ck_assert_int_eq(evaluate(), SLA_ROWS_FAILED);
    ck_assert_int_eq(statuses[2], SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(clock_statuses[2], SLA_ERROR_ARGUMENT);
    ck_assert_uint_eq(severities[2], SLA_NO_INDEX);
    ck_assert_uint_eq(severities[3], 0);
}
END_TEST

START_TEST(of_one_attribute_the_last_column_counts)
{
    sla_text none[1] = {{NULL, 0}};
    columns[1] = (sla_column){.name = {"impact", 6}, .values = none};
    ck_assert_int_eq(evaluate(), SLA_UNKNOWN_SEVERITY);
    for (size_t i = 0; i < ROWS; i++)
        ck_assert_uint_eq(severities[i], 2);
}
END_TEST

START_TEST(attribute_that_the_policy_never_asks_for_changes_nothing)
{
    columns[1].id = 0;
    columns[1].name = (sla_text){"colour", 6};
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_uint_eq(agreements[1], 1); /* the plan is not known */
}
END_TEST

START_TEST(what_is_not_wanted_is_not_written)
{
    clock = (sla_clock_columns){.size = sizeof clock, .metric = 1};
    evaluation.severities = NULL;
    evaluation.statuses = NULL;
    ck_assert_int_eq(evaluate(), SLA_OK);
    clock.lines = lines;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_uint_eq(lines[0], 15);
    evaluation.clocks = NULL;
    evaluation.clock_count = 0;
    evaluation.columns = NULL;
    evaluation.column_count = 0;
    ck_assert_int_eq(evaluate(), SLA_UNKNOWN_SEVERITY);
}
END_TEST

START_TEST(no_rows_are_fine)
{
    evaluation.rows = 0;
    evaluation.at = NULL;
    columns[0].values = NULL;
    severities[0] = 77;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_uint_eq(severities[0], 77);
}
END_TEST

/* Each changes one thing for the worse. */
static const sla_texts some_texts = {.size = sizeof some_texts, .form = SLA_TEXTS_BOOLEANS,
                                     .count = ROWS, .elements = "\5"};
static void no_instants(void) { evaluation.at = NULL; }
static void no_columns(void) { evaluation.columns = NULL; }
static void no_clocks(void) { evaluation.clocks = NULL; }
static void small_struct(void) { evaluation.size = 8; }
static void flags(void) { evaluation.flags = 1; }
static void column_flags(void) { columns[0].flags = 1; }
static void column_with_two_sorts_of_values(void) { columns[0].texts = &some_texts; }
static void column_without_name(void) { columns[0].name = (sla_text){NULL, 0}; }
static void column_without_values(void) { columns[0].values = NULL; }
static void column_id(void) { columns[0].id = 4; }
static void clock_size(void) { clock.size = 8; }
static void clock_flags(void) { clock.flags = 1; }
static void clock_metric(void) { clock.metric = 2; }
static void clock_kind(void) { clock.kind = 3; }
static void (*const faults[])(void) = {
    no_instants, no_columns, no_clocks, small_struct, flags, column_flags,
    column_with_two_sorts_of_values, column_without_name, column_without_values, column_id,
    clock_size, clock_flags, clock_metric,
    clock_kind,
};

START_TEST(what_cannot_be_right_is_refused_before_anything_is_written)
{
    severities[0] = 77;
    faults[_i]();
    ck_assert_int_eq(evaluate(), SLA_ERROR_ARGUMENT);
    ck_assert_uint_eq(severities[0], 77);
    ck_assert_int_eq(sla_policy_evaluate_many(NULL, &evaluation), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_policy_evaluate_many(policy, NULL), SLA_ERROR_ARGUMENT);
}
END_TEST

/* What 0.3 and 0.4 declared: what stands behind it is none of ours. */
START_TEST(structs_of_an_older_program_are_taken)
{
    struct {
        _Alignas(void *) unsigned char known[offsetof(sla_clock_columns, due)];
        unsigned char behind[sizeof clock];
    } old_clocks;
    union {
        sla_evaluation whole;
        unsigned char bytes[2 * sizeof(sla_evaluation)];
    } old;
    clock.size = sizeof old_clocks.known;
    memcpy(old_clocks.known, &clock, sizeof old_clocks.known);
    memset(old_clocks.behind, 0xAA, sizeof old_clocks.behind);
    memset(&old, 0xAA, sizeof old);
    memcpy(&old, &evaluation, offsetof(sla_evaluation, opened));
    old.whole.size = offsetof(sla_evaluation, opened);
    old.whole.clocks = (const void *)old_clocks.known;
    ck_assert_int_eq(sla_policy_evaluate_many(policy, &old.whole), SLA_OK);
    ck_assert_int_eq(deadlines[0], OPENED + 4 * HOUR);
    old.whole.size--;
    ck_assert_int_eq(sla_policy_evaluate_many(policy, &old.whole), SLA_ERROR_ARGUMENT);
}
END_TEST

START_TEST(structs_of_a_newer_program_are_taken_if_they_say_nothing_new)
{
    struct {
        sla_clock_columns known;
        void *newer;
    } clocks[2] = {{clock, NULL}, {clock, NULL}};
    sla_time answers[ROWS];
    clocks[0].known.size = clocks[1].known.size = sizeof clocks[0];
    clocks[1].known.metric = 0;
    clocks[1].known.deadlines = answers;
    evaluation.clocks = &clocks[0].known;
    evaluation.clock_count = 2;
    ck_assert_int_eq(evaluate(), SLA_OK);
    ck_assert_int_eq(deadlines[0], OPENED + 4 * HOUR);
    ck_assert_int_eq(answers[0], OPENED + HOUR);
    clocks[1].newer = answers;
    ck_assert_int_eq(evaluate(), SLA_ERROR_ARGUMENT);
    clocks[1].newer = NULL;
    clocks[1].known.size = sizeof clock; /* not the same as the first */
    ck_assert_int_eq(evaluate(), SLA_ERROR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("evaluate");
    TCase *cases = tcase_create("evaluate");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, every_row_has_its_own_answer);
    tcase_add_test(cases, metric_without_a_target_is_no_error);
    tcase_add_test(cases, kinds_have_their_own_columns);
    tcase_add_test(cases, instant_out_of_range_is_an_error_of_its_row);
    tcase_add_test(cases, severity_that_is_not_listed_is_told_and_taken_as_the_last);
    tcase_add_test(cases, severity_of_the_host_does_not_reach_the_next_row);
    tcase_add_test(cases, step_0_is_one_value_for_all_rows);
    tcase_add_test(cases, values_may_lie_apart);
    tcase_add_test(cases, bound_values_stand_for_their_texts);
    tcase_add_test(cases, of_one_attribute_the_last_column_counts);
    tcase_add_test(cases, attribute_that_the_policy_never_asks_for_changes_nothing);
    tcase_add_test(cases, what_is_not_wanted_is_not_written);
    tcase_add_test(cases, no_rows_are_fine);
    tcase_add_loop_test(cases, what_cannot_be_right_is_refused_before_anything_is_written, 0,
                        (int)(sizeof faults / sizeof *faults));
    tcase_add_test(cases, structs_of_an_older_program_are_taken);
    tcase_add_test(cases, structs_of_a_newer_program_are_taken_if_they_say_nothing_new);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
