/* SPDX-License-Identifier: MIT */
/* Updates as columns: what becomes of rows that are missing, wrong or refused, and what is refused
   as a whole. That the rest is as one by one is a law of tests/property. */
#include "run_suite.h"

#include <sla/sla.h>
#include <stdio.h>
#include <string.h>

#define MIDNIGHT ((sla_time)1795132800) /* 2026-11-20T00:00:00Z */
#define ROWS 4

static const char policy_text[] = "sla: 1\n"
                                  "metrics: {fix: {start: opened, stop: fixed}}\n"
                                  "targets: [{when: {plan: gold}, fix: 1h}, {fix: 2h}]\n";

static sla_policy *policy;
static sla_engine *engine;
static int events, refuse_after; /* -1: never */
static sla_status inside;

/* A log of four rows: numbers as incidents, two of them one incident; names of two. */
static int32_t ids[ROWS], offsets[ROWS + 1];
static int64_t at[ROWS];
static sla_text plans[ROWS];
static sla_status statuses[ROWS];
static uint8_t bits;
static sla_texts incidents, names;
static sla_numbers instants;
static sla_column column;
static sla_update_columns table;
static size_t done;

static int32_t take(void *user, const sla_event *event)
{
    (void)user;
    (void)event;
    inside = sla_engine_update_columns(engine, &table, NULL);
    if (refuse_after == 0)
        return 1;
    refuse_after -= refuse_after > 0;
    events++;
    return 0;
}

static void fill_table(void)
{
    bits = 0x0F;
    for (int i = 0; i < ROWS; i++) {
        ids[i] = i == 3 ? 12345 : 12345 + i; /* 12345, 12346, 12347, 12345 */
        at[i] = (MIDNIGHT + i * 60) * 1000 + 999;
        plans[i] = (sla_text){i == 1 ? "gold" : NULL, i == 1 ? 4 : 0};
        offsets[i + 1] = i == 3 ? 5 : 0;
    }
    incidents = (sla_texts){.size = sizeof incidents, .form = SLA_TEXTS_NUMBERS, .width = 4,
                            .count = ROWS, .elements = ids};
    names = (sla_texts){.size = sizeof names, .form = SLA_TEXTS_OFFSETS32, .count = ROWS,
                        .elements = offsets, .bytes = "fixed"};
    instants = (sla_numbers){.size = sizeof instants, .width = 8, .ticks = 1000, .stride = 8,
                             .values = at};
    column = (sla_column){.name = {"plan", 4}, .values = plans, .step = 1};
    table = (sla_update_columns){.size = sizeof table, .rows = ROWS, .incidents = &incidents,
                                 .at = &instants, .events = &names, .columns = &column,
                                 .column_count = 1, .statuses = statuses};
}

static void set_up(void)
{
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = take};
    ck_assert_int_eq(sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &policy, NULL),
                     SLA_OK);
    ck_assert_int_eq(sla_engine_new(policy, &callbacks, NULL, &engine), SLA_OK);
    events = 0;
    refuse_after = -1;
    done = 77;
    memset(statuses, 77, sizeof statuses);
    fill_table();
}

static void tear_down(void)
{
    sla_engine_free(engine);
    sla_policy_unref(policy);
}

static sla_status apply(void)
{
    return sla_engine_update_columns(engine, &table, &done);
}

/* Without names of events, attributes and statuses. */
static void apply_incidents_alone(void)
{
    table.events = NULL;
    table.statuses = NULL;
    table.column_count = 0;
    ck_assert_int_eq(apply(), SLA_OK);
}

static sla_clock clock_of(const char *id)
{
    sla_clock clock = {.size = sizeof clock};
    sla_text text = {id, SLA_NUL_TERMINATED};
    ck_assert_int_eq(sla_engine_clock(engine, &text, SLA_KIND_SLA, 0, &clock), SLA_OK);
    return clock;
}

START_TEST(each_row_is_an_update)
{
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_uint_eq(done, ROWS);
    ck_assert_int_eq(events, 4); /* three started, one met */
    for (int i = 0; i < ROWS; i++)
        ck_assert_int_eq(statuses[i], SLA_OK);
    sla_clock clock = clock_of("12345"); /* the number's text; instants floored to seconds */
    ck_assert_int_eq(clock.started, MIDNIGHT);
    ck_assert_uint_eq(clock.state, SLA_CLOCK_MET);
    ck_assert_int_eq(clock.ended, MIDNIGHT + 180);
    ck_assert_int_eq(clock_of("12346").budget, 3600); /* gold */
    ck_assert_int_eq(clock_of("12347").budget, 7200);
}
END_TEST

START_TEST(many_numbers_are_read_ahead_and_stay_what_they_are)
{
    static int32_t many[500];
    static int64_t instant;
    char id[16];
    instant = MIDNIGHT;
    for (int i = 0; i < 500; i++)
        many[i] = i * 7 - 1000;
    incidents.count = table.rows = 500;
    incidents.elements = many;
    instants = (sla_numbers){.size = sizeof instants, .width = 8, .ticks = 1, .values = &instant};
    apply_incidents_alone();
    ck_assert_uint_eq(sla_engine_incidents(engine), 500);
    for (int i = 0; i < 500; i++) {
        snprintf(id, sizeof id, "%d", i * 7 - 1000);
        ck_assert_int_eq(clock_of(id).started, MIDNIGHT);
    }
}
END_TEST

START_TEST(numbers_without_sign_are_as_good)
{
    static uint64_t many[100];
    char id[24];
    for (uint64_t i = 0; i < 100; i++)
        many[i] = UINT64_MAX - i;
    incidents = (sla_texts){.size = sizeof incidents, .form = SLA_TEXTS_UNSIGNED, .width = 8,
                            .count = 100, .elements = many};
    instants.stride = 0;
    table.rows = 100;
    apply_incidents_alone();
    ck_assert_uint_eq(sla_engine_incidents(engine), 100);
    for (uint64_t i = 0; i < 100; i++) {
        snprintf(id, sizeof id, "%llu", (unsigned long long)(UINT64_MAX - i));
        ck_assert_int_eq(clock_of(id).started, MIDNIGHT);
    }
}
END_TEST

START_TEST(two_numbers_of_a_row_are_two)
{
    static const char numbered[] = "sla: 1\n"
                                   "metrics: {fix: {start: opened, stop: fixed}}\n"
                                   "targets: [{when: {floor: 7, room: 12}, fix: 1h}, {fix: 2h}]\n";
    static const int32_t floors[ROWS] = {7, 7, 12, 8}, rooms[ROWS] = {12, 7, 12, 12};
    sla_texts floor = incidents, room = incidents;
    sla_column columns[2] = {{.name = {"floor", 5}, .texts = &floor, .step = 1},
                             {.name = {"room", 4}, .texts = &room, .step = 1}};
    floor.elements = floors;
    room.elements = rooms;
    ids[3] = 12348;
    table.events = NULL;
    table.columns = columns;
    table.column_count = 2;
    sla_engine_free(engine);
    sla_policy_unref(policy);
    ck_assert_int_eq(sla_policy_compile(numbered, SLA_NUL_TERMINATED, NULL, &policy, NULL), SLA_OK);
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_int_eq(clock_of("12345").budget, 3600);
    ck_assert_int_eq(clock_of("12346").budget, 7200);
    ck_assert_int_eq(clock_of("12347").budget, 7200);
    ck_assert_int_eq(clock_of("12348").budget, 7200);
}
END_TEST

START_TEST(a_number_as_an_event_leaves_the_incident_alone)
{
    static const int32_t numbers[ROWS] = {1, 22, 333, 4444};
    names = incidents;
    names.elements = numbers;
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_int_eq(clock_of("12346").started, MIDNIGHT + 60);
    ck_assert_uint_eq(sla_engine_incidents(engine), 3);
}
END_TEST

START_TEST(an_attribute_that_the_policy_does_not_ask_for_is_known_by_its_name)
{
    column.name = (sla_text){"colour", 6};
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_int_eq(statuses[1], SLA_OK);
}
END_TEST

START_TEST(a_step_passes_values_over)
{
    static const sla_text wide[2 * ROWS] = {[2] = {"gold", 4}, [3] = {"tin", 3}};
    column.values = wide;
    column.step = 2;
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_int_eq(clock_of("12345").budget, 7200);
    ck_assert_int_eq(clock_of("12346").budget, 3600);
    ck_assert_int_eq(clock_of("12347").budget, 7200);
}
END_TEST

/* As sla_policy_evaluate_many() takes them. */
START_TEST(numbers_stand_for_the_words_of_the_policy)
{
    sla_status evaluated;
    uint32_t number, last = 0;
    sla_time opened = MIDNIGHT;
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = 1, .at = &opened,
                                 .columns = &column, .column_count = 1, .statuses = &evaluated};
    column.values = NULL;
    column.value_ids = &number;
    table.rows = 1;
    for (number = 1; number < 20; number++) {
        at[0] += 1000;
        sla_policy_evaluate_many(policy, &evaluation);
        apply();
        ck_assert_int_eq(statuses[0], evaluated);
        ck_assert(evaluated == SLA_OK || evaluated == SLA_ERROR_ARGUMENT);
        last = evaluated == SLA_OK ? number : last;
    }
    ck_assert_uint_ge(last, sla_policy_value(policy, "gold", 4));
    ck_assert_uint_lt(last, 19);
    number = sla_policy_value(policy, "gold", 4);
    apply();
    ck_assert_int_eq(clock_of("12345").budget, 3600);
}
END_TEST

START_TEST(a_missing_value_leaves_the_attribute_or_removes_it)
{
    plans[0] = (sla_text){"gold", 4};
    offsets[4] = 0; /* no name: it stays open */
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_int_eq(clock_of("12345").budget, 3600); /* row 3 says nothing of it */
    column.flags = SLA_ATTRIBUTE_REMOVE;
    at[3] += 1000;
    table.first = 3;
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_int_eq(clock_of("12345").budget, 7200);
}
END_TEST

START_TEST(a_row_without_incident_or_instant_is_missing_and_no_error)
{
    incidents.validity = &bits;
    bits = 0x0D;
    at[2] = INT64_MIN;
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_uint_eq(done, ROWS);
    ck_assert_int_eq(statuses[0], SLA_OK);
    ck_assert_int_eq(statuses[1], SLA_MISSING);
    ck_assert_int_eq(statuses[2], SLA_MISSING);
    ck_assert_int_eq(statuses[3], SLA_OK);
    ck_assert_uint_eq(sla_engine_incidents(engine), 1);
}
END_TEST

START_TEST(one_instant_for_all_rows_has_one_bit)
{
    instants.stride = 0;
    instants.validity = &bits;
    instants.validity_first = 1;
    bits = 2;
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_int_eq(statuses[3], SLA_OK);
    ck_assert_int_eq(clock_of("12347").started, MIDNIGHT);
    bits = 0xFD; /* the others are not looked at */
    ck_assert_int_eq(apply(), SLA_OK);
    for (int i = 0; i < ROWS; i++)
        ck_assert_int_eq(statuses[i], SLA_MISSING);
}
END_TEST

START_TEST(without_statuses_a_missing_row_or_an_error_ends_the_call)
{
    table.statuses = NULL;
    at[1] = INT64_MIN;
    ck_assert_int_eq(apply(), SLA_MISSING);
    ck_assert_uint_eq(done, 1);
    table.first = 2;
    at[3] = -1000; /* 1969 */
    ck_assert_int_eq(apply(), SLA_ERROR_RANGE);
    ck_assert_uint_eq(done, 3);
}
END_TEST

START_TEST(an_error_of_one_row_is_noted_and_the_others_are_applied)
{
    static const uint32_t values[ROWS] = {0, 0, 4000000000u, 0}; /* no number of the policy's */
    at[0] = -1;
    at[3] = at[2];
    column.values = NULL;
    column.value_ids = values;
    ck_assert_int_eq(apply(), SLA_ROWS_FAILED);
    ck_assert_uint_eq(done, ROWS);
    ck_assert_int_eq(statuses[0], SLA_ERROR_RANGE);
    ck_assert_int_eq(statuses[1], SLA_OK);
    ck_assert_int_eq(statuses[2], SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(statuses[3], SLA_OK);
}
END_TEST

START_TEST(a_damaged_text_is_an_error_of_its_row)
{
    offsets[2] = 9; /* beyond the last one: rows 1 and 2 */
    ck_assert_int_eq(apply(), SLA_ROWS_FAILED);
    ck_assert_int_eq(statuses[0], SLA_OK);
    ck_assert_int_eq(statuses[1], SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(statuses[2], SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(statuses[3], SLA_OK);
}
END_TEST

START_TEST(a_refused_event_ends_the_call_which_then_goes_on_behind_its_row)
{
    refuse_after = 1;
    ck_assert_int_eq(apply(), SLA_DELIVERY_REFUSED);
    ck_assert_uint_eq(done, 2); /* the second row is applied */
    refuse_after = -1;
    table.first = done;
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_uint_eq(done, ROWS);
    ck_assert_int_eq(events, 4);
}
END_TEST

START_TEST(a_sequence_that_was_seen_is_a_duplicate)
{
    static const uint64_t sequences[ROWS] = {5, 0, 1, 5};
    table.sequences = sequences;
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_int_eq(statuses[2], SLA_OK);
    ck_assert_int_eq(statuses[3], SLA_DUPLICATE);
}
END_TEST

START_TEST(what_cannot_be_right_is_refused_and_nothing_is_done)
{
#define WRONG(change)                               \
    fill_table();                                   \
    change;                                         \
    ck_assert_int_eq(apply(), SLA_ERROR_ARGUMENT);  \
    ck_assert_uint_eq(done, 0)
    WRONG(table.size = 4);
    WRONG(table.flags = 1);
    WRONG(table.reserved = &table);
    WRONG(table.first = ROWS + 1);
    WRONG(table.incidents = NULL);
    WRONG(table.at = NULL);
    WRONG(table.columns = NULL);
    WRONG(incidents.form = 0);
    WRONG(incidents.count = ROWS - 1);
    WRONG(names.count = ROWS - 1);
    WRONG(instants.ticks = 60);
    WRONG(column.flags = 2);
    WRONG(column.name.length = 0);
    WRONG(column.values = NULL);
    WRONG(column.texts = &names); /* beside `values` */
    WRONG(column.id = 99);
    fill_table();
    ck_assert_int_eq(sla_engine_update_columns(NULL, &table, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_update_columns(engine, NULL, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_uint_eq(sla_engine_incidents(engine), 0);
    table.rows = 0;
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_uint_eq(done, 0);
}
END_TEST

START_TEST(inside_a_callback_it_is_busy)
{
    ck_assert_int_eq(apply(), SLA_OK);
    ck_assert_int_eq(inside, SLA_ERROR_BUSY);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("update_columns");
    TCase *rows = tcase_create("rows");
    tcase_add_checked_fixture(rows, set_up, tear_down);
    tcase_add_test(rows, each_row_is_an_update);
    tcase_add_test(rows, many_numbers_are_read_ahead_and_stay_what_they_are);
    tcase_add_test(rows, numbers_without_sign_are_as_good);
    tcase_add_test(rows, two_numbers_of_a_row_are_two);
    tcase_add_test(rows, a_number_as_an_event_leaves_the_incident_alone);
    tcase_add_test(rows, an_attribute_that_the_policy_does_not_ask_for_is_known_by_its_name);
    tcase_add_test(rows, a_step_passes_values_over);
    tcase_add_test(rows, numbers_stand_for_the_words_of_the_policy);
    tcase_add_test(rows, a_missing_value_leaves_the_attribute_or_removes_it);
    tcase_add_test(rows, a_row_without_incident_or_instant_is_missing_and_no_error);
    tcase_add_test(rows, one_instant_for_all_rows_has_one_bit);
    tcase_add_test(rows, without_statuses_a_missing_row_or_an_error_ends_the_call);
    tcase_add_test(rows, an_error_of_one_row_is_noted_and_the_others_are_applied);
    tcase_add_test(rows, a_damaged_text_is_an_error_of_its_row);
    tcase_add_test(rows, a_refused_event_ends_the_call_which_then_goes_on_behind_its_row);
    tcase_add_test(rows, a_sequence_that_was_seen_is_a_duplicate);
    tcase_add_test(rows, what_cannot_be_right_is_refused_and_nothing_is_done);
    tcase_add_test(rows, inside_a_callback_it_is_busy);
    suite_add_tcase(suite, rows);
    return run_suite(suite);
}
