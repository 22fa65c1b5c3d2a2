/* SPDX-License-Identifier: MIT */
/* Calls that need no memory: with none at all they answer, and never ask for any. Together with
 * those whose allocations fail in turn they are all public functions; names.py compares. */
#include "log.h"
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In policies.c, policy_test.c and, of loans, in tests/unit/loan.c. */
static const char *const failing_elsewhere[] = {
    "sla_policy_compile", "sla_policy_load", "sla_policy_classify", "sla_engine_new",
    "sla_policy_test_run", "sla_engine_goal", "sla_loan_new", "sla_loan_stream",
};

static int prints_names;
static const struct scarce_memory *watched;

/* Each call says its name before; what the last one asked for is then known. */
static void name_call(const char *name)
{
    static const char *last = "world_open";
    if (prints_names)
        puts(name);
    if (watched->calls > 0)
        ck_abort_msg("%s asked for memory", last);
    last = name;
}
#define CALL(function, ...) (name_call(#function), function(__VA_ARGS__))

#define TEXT(words) (words), SLA_NUL_TERMINATED

static void ask_of_texts(void)
{
    name_call("sla_version");
    sla_version();
    CALL(sla_status_name, SLA_OK);
    CALL(sla_status_text, SLA_OK);
    CALL(sla_event_type_name, SLA_EVENT_BREACH);
    CALL(sla_kind_name, SLA_KIND_OLA);
    CALL(sla_diag_explain, CALL(sla_diag_code_at, 0));
    ck_assert_ptr_nonnull(CALL(sla_diag_message, CALL(sla_diag_code_at, 0)));
    ck_assert_uint_eq(CALL(sla_diag_severity, CALL(sla_diag_code_at, 0)), SLA_DIAG_ERROR);
}

static void ask_of_diags(sla_diags *diags)
{
    char buffer[1000];
    ck_assert_uint_gt(CALL(sla_diags_count, diags), 0);
    ck_assert_uint_gt(CALL(sla_diags_errors, diags), 0);
    CALL(sla_diag_format, CALL(sla_diags_at, diags, 0), buffer, sizeof buffer);
    CALL(sla_diags_free, diags);
}

static void ask_of_dates(const sla_calendar *calendar)
{
    sla_day day = {.size = sizeof day};
    sla_stretch stretches[4];
    sla_date date = 0;
    int64_t count;
    int32_t year, month, day_of_month;
    char buffer[SLA_TIME_CAPACITY];
    sla_time at;
    CALL(sla_date_from_civil, 2026, 1, 5, &date);
    CALL(sla_date_to_civil, date, &year, &month, &day_of_month);
    ck_assert_int_eq(CALL(sla_calendar_date, calendar, MONDAY, &date), SLA_OK);
    ck_assert_int_eq(CALL(sla_calendar_day, calendar, date, &day, stretches, 4), SLA_OK);
    ck_assert_int_eq(CALL(sla_calendar_is_workday, calendar, date), 1);
    CALL(sla_calendar_workdays, calendar, date, date + 30, &count);
    CALL(sla_calendar_add_workdays, calendar, date, 5, &date);
    CALL(sla_calendar_parse_time, calendar, TEXT("2026-01-05T08:00:00"), &at);
    ck_assert_int_gt(CALL(sla_calendar_format_time, calendar, MONDAY, buffer), 0);
}

static void ask_of_calendar(const sla_calendar *calendar)
{
    sla_time starts[2] = {MONDAY, MONDAY + HOURS(5)}, answers[2], at;
    sla_duration counted = HOURS(5), found[2];
    sla_target target = {.size = sizeof target};
    sla_text text;
    CALL(sla_calendar_name, calendar, &text);
    CALL(sla_calendar_zone, calendar, &text);
    ck_assert_int_eq(CALL(sla_calendar_add, calendar, MONDAY, counted, &at), SLA_OK);
    ck_assert_int_eq(CALL(sla_calendar_elapsed, calendar, MONDAY, at, &counted), SLA_OK);
    CALL(sla_calendar_is_open, calendar, MONDAY);
    CALL(sla_calendar_next_open, calendar, MONDAY, &at);
    CALL(sla_calendar_next_close, calendar, MONDAY, &at);
    CALL(sla_calendar_is_provisional, calendar, MONDAY);
    ck_assert_int_eq(CALL(sla_target_parse, TEXT("3wd"), &target), SLA_OK);
    ck_assert_int_eq(CALL(sla_calendar_due, calendar, MONDAY, &target, &at), SLA_OK);
    CALL(sla_calendar_add_many, calendar, 2, starts, 1, &counted, 0, answers, NULL);
    CALL(sla_calendar_elapsed_many, calendar, 2, starts, 1, answers, 1, found, NULL);
    CALL(sla_calendar_due_many, calendar, 2, starts, 1, &target, answers, NULL);
    sla_numbers from = {.size = sizeof from, .width = 8, .ticks = 1, .stride = 8, .values = starts};
    sla_numbers sums = {.size = sizeof sums, .width = 8, .ticks = 1, .values = &counted};
    sla_answers out = {.size = sizeof out, .width = 8, .ticks = 1, .values = answers};
    ck_assert_int_eq(CALL(sla_calendar_add_columns, calendar, 2, &from, &sums, &out), SLA_OK);
    CALL(sla_calendar_elapsed_columns, calendar, 2, &from, &from, &out);
    CALL(sla_calendar_due_columns, calendar, 2, &from, &target, &out);
}

static void ask_of_policy(sla_policy *policy)
{
    uint8_t fingerprint[16];
    sla_text text;
    ck_assert_ptr_eq(CALL(sla_policy_ref, policy), policy);
    CALL(sla_policy_unref, policy);
    CALL(sla_policy_name, policy, &text);
    CALL(sla_policy_fingerprint, policy, fingerprint);
    CALL(sla_policy_dump, policy, SLA_DUMP_YAML, &text);
    ck_assert_ptr_nonnull(CALL(sla_policy_calendar_at, policy, 0));
    ck_assert_uint_ne(CALL(sla_policy_attribute, policy, TEXT("impact")), 0);
    ck_assert_int_eq(CALL(sla_policy_severity_at, policy, 0, &text), 1);
    ck_assert_int_eq(CALL(sla_policy_metric_at, policy, 0, &text), 1);
    ck_assert_int_eq(CALL(sla_policy_agreement_at, policy, 0, &text), 1);
    ck_assert_uint_ne(CALL(sla_policy_value, policy, TEXT("outage")), 0);
    const sla_calendar *calendar = CALL(sla_policy_calendar, policy, TEXT("office"));
    ck_assert_ptr_nonnull(calendar);
    ask_of_calendar(calendar);
    ask_of_dates(calendar);
}

static void ask_of_goals(const sla_policy *policy)
{
    sla_goal goal = {.size = sizeof goal};
    sla_policy_test test = {.size = sizeof test};
    sla_time from, to;
    ck_assert_int_eq(CALL(sla_policy_goal_at, policy, 0, &goal), 1);
    ck_assert_uint_ne(CALL(sla_policy_goal_metric, policy, 0, 0), SLA_NO_INDEX);
    ck_assert_uint_ne(CALL(sla_policy_goal_agreement, policy, 0, 0), SLA_NO_INDEX);
    ck_assert_int_eq(CALL(sla_policy_goal_period, policy, 0, MONDAY, &from, &to), SLA_OK);
    ck_assert_uint_eq(CALL(sla_goal_judge, goal.rate, 1, 0, 0), SLA_GOAL_KEPT);
    ck_assert_int_eq(CALL(sla_policy_test_at, policy, 0, &test), 1);
}

static void ask_of_test_run(sla_test_run *run)
{
    sla_test_mismatch mismatch = {.size = sizeof mismatch};
    ck_assert_uint_eq(CALL(sla_test_run_count, run), 1);
    ck_assert_int_eq(CALL(sla_test_run_mismatch, run, 0, &mismatch), 1);
    CALL(sla_test_run_free, run);
}

static void ask_of_classification(sla_classification *found)
{
    sla_text name, value;
    sla_classified_clock clock = {.size = sizeof clock};
    CALL(sla_classification_severity, found, &value);
    ck_assert_int_eq(CALL(sla_classification_attribute, found, TEXT("region"), &value), 1);
    ck_assert_int_eq(CALL(sla_classification_derived, found, 0, &name, &value), 1);
    ck_assert_int_eq(CALL(sla_classification_clock, found, 0, &clock), 1);
    ck_assert_int_eq(CALL(sla_classification_agreement, found, SLA_KIND_SLA, &name), 1);
    CALL(sla_classification_goal, found, 0, 0);
    CALL(sla_classification_free, found);
}

static void ask_of_batch(const sla_policy *policy)
{
    sla_text values[2] = {{TEXT("outage")}, {TEXT("none")}};
    sla_time starts[2] = {MONDAY, MONDAY + HOURS(5)}, deadlines[2];
    uint32_t severities[2];
    sla_column column = {.name = {TEXT("impact")}, .values = values, .step = 1};
    sla_clock_columns clock = {.size = sizeof clock, .deadlines = deadlines};
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = 2, .at = starts, .at_step = 1,
                                 .columns = &column, .column_count = 1, .clocks = &clock,
                                 .clock_count = 1, .severities = severities};
    ck_assert_int_eq(CALL(sla_policy_evaluate_many, policy, &evaluation), SLA_OK);
    /* a dictionary of two words, instants and answers as columns */
    int32_t offsets[3] = {0, 6, 10};
    uint8_t indexes[2] = {1, 0};
    sla_texts texts = {.size = sizeof texts, .form = SLA_TEXTS_OFFSETS32, .index_width = 1,
                       .count = 2, .elements = offsets, .bytes = "outagenone", .indexes = indexes};
    sla_numbers opened = {.size = sizeof opened, .width = 8, .ticks = 1, .stride = 8,
                          .values = starts};
    sla_answers due = {.size = sizeof due, .width = 8, .ticks = 1000, .values = deadlines};
    column.values = NULL;
    column.texts = &texts;
    clock.deadlines = NULL;
    clock.due = &due;
    evaluation.opened = &opened;
    ck_assert_int_eq(CALL(sla_policy_evaluate_many, policy, &evaluation), SLA_OK);
}

static void ask_of_loan(sla_loan *loan)
{
    CALL(sla_loan_release_schema, NULL);
    CALL(sla_loan_release_array, NULL);
    ck_assert_ptr_eq(CALL(sla_loan_ref, loan), loan);
    CALL(sla_loan_unref, loan);
    CALL(sla_loan_unref, loan);
}

/* What was saved, moved and stepped before there was no memory any more. */
struct results {
    sla_state *state;
    sla_moves *moves;
    sla_step *step;
    sla_explanation *explanation;
    sla_test_run *run;
};

static struct results make_results(struct world *world)
{
    const void *bytes;
    size_t size;
    struct results results = {0};
    sla_text incident = {TEXT("a")};
    ck_assert_int_eq(sla_engine_save_incident(world->engine, &incident, &results.state), SLA_OK);
    sla_state_bytes(results.state, &bytes, &size);
    ck_assert_int_eq(sla_policy_step(world->policy, bytes, size, NULL, MONDAY + HOURS(3), 0,
                                     &results.step), SLA_OK);
    ck_assert_int_eq(sla_engine_explain(world->engine, &incident, SLA_KIND_SLA, 0, 1,
                                        &results.explanation), SLA_OK);
    ck_assert_int_eq(sla_engine_bind(world->engine, world->other, &results.moves), SLA_OK);
    ck_assert_int_eq(sla_policy_test_run(world->policy, 0, &results.run), SLA_OK);
    return results;
}

static void ask_of_explanation(sla_explanation *explanation)
{
    char buffer[100];
    uint64_t cursor = 0;
    sla_explained_clock clock = {.size = sizeof clock};
    sla_explained_attribute attribute = {.size = sizeof attribute};
    sla_explained_verdict verdict = {.size = sizeof verdict};
    sla_explained_event event = {.size = sizeof event};
    sla_explained_part part = {.size = sizeof part};
    ck_assert_int_eq(CALL(sla_explanation_clock, explanation, &clock), 1);
    ck_assert_int_eq(CALL(sla_explanation_attribute, explanation, 0, &attribute), 1);
    ck_assert_int_eq(CALL(sla_explanation_verdict, explanation, 0, &verdict), 1);
    ck_assert_int_eq(CALL(sla_explanation_event, explanation, 0, &event), 1);
    ck_assert_int_eq(CALL(sla_explanation_part, explanation, &cursor, &part), 1);
    ck_assert_uint_gt(CALL(sla_explanation_text, explanation, 0, buffer, sizeof buffer), 100);
    CALL(sla_explanation_free, explanation);
}

static sla_event_columns columns_for_two(uint8_t types[2])
{
    return (sla_event_columns){.size = sizeof(sla_event_columns), .capacity = 2, .types = types};
}

static void ask_of_results(struct results *results)
{
    const void *bytes;
    size_t size;
    sla_state_info info = {.size = sizeof info};
    sla_move move = {.size = sizeof move};
    sla_event event = {.size = sizeof event};
    CALL(sla_state_bytes, results->state, &bytes, &size);
    ck_assert_int_eq(CALL(sla_state_describe, bytes, size, &info), SLA_OK);
    CALL(sla_state_free, results->state);
    ck_assert_uint_gt(CALL(sla_moves_count, results->moves), 0);
    ck_assert_int_eq(CALL(sla_moves_at, results->moves, 0, &move), 1);
    CALL(sla_moves_free, results->moves);
    CALL(sla_step_state, results->step, &bytes, &size);
    ck_assert_int_eq(CALL(sla_step_event, results->step, 0, &event), 1);
    uint8_t types[2];
    size_t count;
    sla_event_columns columns = columns_for_two(types);
    ck_assert_int_eq(CALL(sla_step_events, results->step, &columns, &count), SLA_OK);
    ck_assert_int_ne(CALL(sla_step_next_due, results->step), SLA_TIME_NEVER);
    CALL(sla_step_free, results->step);
    ask_of_explanation(results->explanation);
    ask_of_test_run(results->run);
}

static void ask_of_engine(sla_engine *engine)
{
    uint8_t types[2];
    size_t count;
    sla_event_columns columns = columns_for_two(types);
    ck_assert_uint_gt(CALL(sla_engine_events_waiting, engine), 0);
    ck_assert_int_eq(CALL(sla_engine_events, engine, &columns, &count), SLA_OK);
    ck_assert_int_eq(CALL(sla_engine_events_done, engine, 1), SLA_OK);
    ck_assert_int_ne(CALL(sla_engine_next_due, engine), SLA_TIME_NEVER);
    ck_assert_int_ne(CALL(sla_engine_now, engine), SLA_TIME_NONE);
    ck_assert_uint_gt(CALL(sla_engine_incidents, engine), 0);
    ck_assert_uint_gt(CALL(sla_engine_memory, engine), 0);
    CALL(sla_engine_free, engine);
}

START_TEST(other_calls_answer_without_any_memory)
{
    struct world world;
    sla_policy *none = NULL;
    sla_classification *found = NULL;
    sla_diags *diags = NULL;
    world_open(&world, 0);
    for (unsigned i = 0; i < 10; i++)
        ck_assert_int_eq(line_do(&world, &log_lines[i]), SLA_OK);
    sla_allocator allocator = scarce_allocator(&world.memory);
    sla_policy_options options = {.size = sizeof options, .allocator = &allocator};
    ck_assert_int_eq(sla_policy_compile(TEXT("sla: 2\n"), &options, &none, &diags),
                     SLA_ERROR_POLICY);
    ck_assert_int_eq(sla_policy_classify(world.policy, MONDAY, NULL, 0, &found), SLA_OK);

    struct results results = make_results(&world);
    sla_loan *loan;
    void *lent;
    ck_assert_int_eq(sla_loan_new(8, NULL, &allocator, &loan, &lent), SLA_OK);

    scarce_reset(&world.memory);
    world.memory.fail_at = 1;
    world.memory.fail_on = 1;
    watched = &world.memory;
    ask_of_texts();
    ask_of_diags(diags);
    ask_of_policy(world.policy);
    ask_of_goals(world.policy);
    ask_of_classification(found);
    ask_of_batch(world.policy);
    ask_of_loan(loan);
    ask_of_results(&results);
    ask_of_engine(world.engine);
    ck_assert_uint_eq(world.memory.calls, 0);
    world.engine = NULL;
    world_close(&world);
    fflush(stdout);
}
END_TEST

void print_known_calls(void)
{
    for (size_t i = 0; i < sizeof failing_elsewhere / sizeof *failing_elsewhere; i++)
        puts(failing_elsewhere[i]);
    for (unsigned i = 0; log_function(i) != NULL; i++)
        puts(log_function(i));
    prints_names = 1; /* the others say their names when they are called */
}

void add_call_tests(TCase *cases)
{
    tcase_add_test(cases, other_calls_answer_without_any_memory);
}
