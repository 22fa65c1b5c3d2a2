/* SPDX-License-Identifier: MIT */
/* Events as columns: what stands where, what becomes of rows that do not fit, and what is refused.
   That they are the events that are shown one by one is a law of tests/property. */
#include "run_suite.h"

#include "event_rows.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define MIDNIGHT ((sla_time)1795132800) /* 2026-11-20T00:00:00Z */
#define HOUR 3600

static const char policy_text[] =
    "sla: 1\n"
    "severities: [urgent, normal]\n"
    "classify: {severity: [{when: {impact: outage}, is: urgent}, {is: normal}]}\n"
    "metrics:\n"
    "  answer: {start: opened, stop: answered}\n"
    "  solve: {start: opened, stop: solved, pause: {while: {status: waiting}, reason: waits}}\n"
    "targets: [{answer: 1h, solve: 4h}]\n"
    "escalations:\n"
    "  - metrics: [answer]\n"
    "    steps: [{at: 50%, notify: [owner, boss], via: [sms], level: 2}, {at: due}]\n";

/* Neither answers nor urgent incidents. */
static const char other_text[] = "sla: 1\n"
                                 "severities: [normal, low]\n"
                                 "classify: {severity: [{is: low}]}\n"
                                 "metrics: {solve: {start: opened, stop: solved}}\n"
                                 "targets: [{solve: 4h}]\n";

static sla_policy *policy, *other;
static sla_engine *engine;
static struct event_rows rows;

static void set_up(void)
{
    ck_assert_int_eq(sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &policy, NULL),
                     SLA_OK);
    ck_assert_int_eq(sla_policy_compile(other_text, SLA_NUL_TERMINATED, NULL, &other, NULL),
                     SLA_OK);
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
    event_rows_open(&rows, 20, 1000, 40, 4, 1000000);
}

static void tear_down(void)
{
    event_rows_close(&rows);
    sla_engine_free(engine);
    sla_policy_unref(policy);
    sla_policy_unref(other);
}

static void tell(const char *id, sla_time at, const char *name, const char *value)
{
    sla_attribute attribute = {.name = {name, SLA_NUL_TERMINATED},
                               .value = {value, SLA_NUL_TERMINATED}};
    sla_update update = {.size = sizeof update, .incident = {id, SLA_NUL_TERMINATED}, .at = at,
                         .attributes = &attribute, .attribute_count = name != NULL};
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_OK);
}

/* Of the incident `first`: two started, solve paused, a warning of answer, its breach. */
static void five_events(void)
{
    tell("first", MIDNIGHT, "impact", "outage");
    tell("first", MIDNIGHT + 600, "status", "waiting");
    ck_assert_int_eq(sla_engine_advance(engine, MIDNIGHT + 2 * HOUR), SLA_OK);
    ck_assert_uint_eq(sla_engine_events_waiting(engine), 5);
}

static void show(size_t count)
{
    ck_assert_int_eq(sla_engine_events(engine, &rows.columns, &rows.count), SLA_OK);
    ck_assert_uint_eq(rows.count, count);
}

static void assert_texts(const sla_text_sink *sink, const char *bytes, const int32_t *offsets,
                         size_t count)
{
    ck_assert_uint_eq(sink->used, strlen(bytes));
    ck_assert_int_eq(memcmp(sink->bytes, bytes, strlen(bytes)), 0);
    ck_assert_int_eq(memcmp(sink->offsets, offsets, (count + 1) * sizeof *offsets), 0);
}

START_TEST(each_field_stands_in_its_column)
{
    const sla_event_columns *columns = &rows.columns;
    const uint8_t types[] = {SLA_EVENT_STARTED, SLA_EVENT_STARTED, SLA_EVENT_PAUSED,
                             SLA_EVENT_WARNING, SLA_EVENT_BREACH};
    five_events();
    show(5);
    ck_assert_int_eq(memcmp(columns->types, types, sizeof types), 0);
    ck_assert_uint_eq(columns->kinds[3], SLA_KIND_SLA);
    ck_assert_uint_eq(columns->event_flags[3], 0);
    ck_assert_int_eq(columns->at[3], (MIDNIGHT + HOUR / 2) * 1000000);
    ck_assert_int_eq(columns->deadlines[3], (MIDNIGHT + HOUR) * 1000000);
    ck_assert_int_eq(columns->elapsed[3], HOUR / 2 * INT64_C(1000000));
    ck_assert_int_eq(columns->remaining[3], HOUR / 2 * INT64_C(1000000));
    ck_assert_uint_eq(columns->metric_indexes[2], 1);
    ck_assert_uint_eq(columns->metric_indexes[3], 0);
    ck_assert_uint_eq(columns->severity_indexes[3], 0);
    ck_assert_uint_eq(columns->cycles[3], 1);
    ck_assert_int_eq(columns->percents[3], 50);
    ck_assert_int_eq(columns->percents[2], SLA_NO_NUMBER);
    ck_assert_int_eq(columns->levels[3], 2);
    ck_assert_uint_eq(columns->repetitions[3], 1);
    ck_assert_uint_eq(columns->lines[3], 10);
    assert_texts(columns->incidents, "firstfirstfirstfirstfirst",
                 (int32_t[]){0, 5, 10, 15, 20, 25}, 5);
    assert_texts(columns->metrics, "answersolvesolveansweranswer",
                 (int32_t[]){0, 6, 11, 16, 22, 28}, 5);
    assert_texts(columns->severities, "urgenturgenturgenturgenturgent",
                 (int32_t[]){0, 6, 12, 18, 24, 30}, 5);
    assert_texts(columns->reasons, "waits", (int32_t[]){0, 0, 0, 5, 5, 5}, 5);
    assert_texts(columns->notify->texts, "ownerboss", (int32_t[]){0, 5, 9}, 2);
    assert_texts(columns->via->texts, "sms", (int32_t[]){0, 3}, 1);
    ck_assert_int_eq(memcmp(columns->notify->offsets, (int32_t[]){0, 0, 0, 0, 2, 2}, 24), 0);
    ck_assert_uint_eq(columns->notify->used, 2);
    ck_assert_uint_eq(columns->via->used, 1);
}
END_TEST

START_TEST(an_id_is_the_bytes_that_logs_print)
{
    sla_event event = {.size = sizeof event};
    char printed[33], digits[33];
    five_events();
    show(5);
    ck_assert_int_eq(sla_engine_next_event(engine, &event), SLA_OK);
    snprintf(printed, sizeof printed, "%016llx%016llx", (unsigned long long)event.id[0],
             (unsigned long long)event.id[1]);
    for (size_t i = 0; i < 16; i++)
        snprintf(digits + 2 * i, 3, "%02x", rows.columns.ids[i]);
    ck_assert_str_eq(digits, printed);
}
END_TEST

START_TEST(what_is_missing_has_a_0_among_the_bits)
{
    five_events();
    show(5);
    show(5); /* what was counted before does not count again */
    ck_assert_int_eq(rows.columns.deadlines[2], INT64_MIN); /* paused */
    ck_assert_uint_eq(rows.columns.has_deadline[0], 0x1B);
    ck_assert_uint_eq(rows.columns.has_percent[0], 0x08);
    ck_assert_uint_eq(rows.columns.has_level[0], 0x08);
    ck_assert_uint_eq(rows.columns.has_metric[0], 0x1F);
    ck_assert_uint_eq(rows.columns.has_severity[0], 0x1F);
    ck_assert_uint_eq(rows.columns.late[0], 0);
    ck_assert_uint_eq(rows.columns.reasons->validity[0], 0x04);
    ck_assert_uint_eq(rows.columns.reasons->missing, 4);
    ck_assert_uint_eq(rows.columns.incidents->missing, 0);
}
END_TEST

START_TEST(columns_of_more_rows_than_are_written_at_a_time_go_on)
{
    char id[16];
    event_rows_close(&rows);
    event_rows_open(&rows, 150, 4000, 300, 8, 1);
    for (int i = 0; i < 50; i++) {
        snprintf(id, sizeof id, "i-%d", i);
        tell(id, MIDNIGHT + i, NULL, NULL);
    }
    show(100);
    for (size_t i = 0; i < 100; i++) {
        sla_event event;
        sla_text lists[EVENT_ROWS_LISTS][EVENT_ROWS_WORDS];
        snprintf(id, sizeof id, "i-%zu", i / 2);
        ck_assert_ptr_null(event_rows_read(&rows, i, &event, lists));
        ck_assert_uint_eq(event.incident.length, strlen(id));
        ck_assert_int_eq(memcmp(event.incident.data, id, strlen(id)), 0);
        ck_assert_int_eq(event.at, MIDNIGHT + (sla_time)i / 2);
        ck_assert_uint_eq(event.metric_index, i % 2);
    }
    ck_assert_uint_eq(rows.columns.has_deadline[12], 0x0F); /* bits past the last row are 0 */
}
END_TEST

START_TEST(no_byte_of_bits_is_written_behind_the_last_row)
{
    for (int i = 0; i < 4; i++)
        tell((const char *[]){"a", "b", "c", "d"}[i], MIDNIGHT, NULL, NULL);
    uint8_t behind = rows.columns.has_deadline[1];
    show(8);
    ck_assert_uint_eq(rows.columns.has_deadline[0], 0xFF);
    ck_assert_uint_eq(rows.columns.has_deadline[1], behind);
    ck_assert_uint_eq(rows.columns.incidents->validity[0], 0xFF);
    ck_assert_uint_eq(rows.columns.incidents->validity[1], behind);
    ck_assert_uint_ne(behind, 0);
}
END_TEST

START_TEST(showing_removes_nothing_and_done_removes_what_it_says)
{
    five_events();
    rows.columns.capacity = 2;
    show(2);
    show(2);
    ck_assert_uint_eq(sla_engine_events_waiting(engine), 5);
    ck_assert_int_eq(sla_engine_events_done(engine, 2), SLA_OK);
    ck_assert_int_eq(sla_engine_events_done(engine, 0), SLA_OK);
    show(2);
    ck_assert_uint_eq(rows.columns.types[0], SLA_EVENT_PAUSED);
    ck_assert_int_eq(sla_engine_events_done(engine, 4), SLA_EMPTY);
    ck_assert_uint_eq(sla_engine_events_waiting(engine), 3);
    ck_assert_int_eq(sla_engine_events_done(engine, 3), SLA_OK);
    ck_assert_uint_eq(sla_engine_events_waiting(engine), 0);
    ck_assert_int_eq(sla_engine_events(engine, &rows.columns, &rows.count), SLA_EMPTY);
    ck_assert_uint_eq(rows.count, 0);
    ck_assert_int_eq(sla_engine_event_done(engine), SLA_EMPTY);
}
END_TEST

START_TEST(rows_may_begin_further_back)
{
    five_events();
    rows.columns.first = 3;
    show(2);
    ck_assert_uint_eq(rows.columns.types[0], SLA_EVENT_WARNING);
    rows.columns.first = 5;
    ck_assert_int_eq(sla_engine_events(engine, &rows.columns, &rows.count), SLA_EMPTY);
    rows.columns.first = UINT64_MAX;
    ck_assert_int_eq(sla_engine_events(engine, &rows.columns, &rows.count), SLA_EMPTY);
}
END_TEST

START_TEST(rows_end_before_the_event_that_does_not_fit)
{
    five_events();
    rows.texts[2].capacity = 6 + 5 + 4; /* "answer", "solve", and no room for "solve" again */
    show(2);
    ck_assert_uint_eq(rows.texts[2].used, 11);
    ck_assert_uint_eq(rows.texts[0].used, 10); /* the other sinks end there, too */
    rows.texts[2].capacity = 1000;
    rows.lists[0].capacity = 1; /* the warning has two in its list */
    show(3);
    rows.lists[0].capacity = 2;
    rows.words[1].capacity = 2; /* "sms" */
    show(3);
    rows.words[1].capacity = 3;
    show(5);
}
END_TEST

START_TEST(when_the_first_does_not_fit_the_sinks_say_what_it_needs)
{
    five_events();
    ck_assert_int_eq(sla_engine_events_done(engine, 3), SLA_OK);
    for (size_t i = 0; i < EVENT_ROWS_LISTS; i++)
        rows.lists[i].capacity = rows.words[i].capacity = 0;
    ck_assert_int_eq(sla_engine_events(engine, &rows.columns, &rows.count), SLA_ERROR_LIMIT);
    ck_assert_uint_eq(rows.texts[0].used, 5);
    ck_assert_uint_eq(rows.texts[2].used, 6);
    ck_assert_uint_eq(rows.lists[0].used, 2);
    ck_assert_uint_eq(rows.words[0].used, 9);
    ck_assert_uint_eq(rows.lists[1].used, 1);
    ck_assert_uint_eq(rows.words[1].used, 3);
    for (size_t i = 0; i < EVENT_ROWS_LISTS; i++) {
        rows.lists[i].capacity = rows.lists[i].used;
        rows.words[i].capacity = rows.words[i].used;
    }
    show(2);
}
END_TEST

START_TEST(columns_that_nobody_wants_are_not_written)
{
    uint8_t types[5];
    sla_event_columns few = {.size = sizeof few, .capacity = 5, .types = types};
    five_events();
    ck_assert_int_eq(sla_engine_events(engine, &few, &rows.count), SLA_OK);
    ck_assert_uint_eq(rows.count, 5);
    ck_assert_uint_eq(types[4], SLA_EVENT_BREACH);
}
END_TEST

/* What lies on the stack before a call must not show in it. */
static void soil_the_stack(char with)
{
    volatile char garbage[32768];
    for (size_t i = 0; i < sizeof garbage; i++)
        garbage[i] = with;
}

/* Indexes are looked up only where somebody wants them. */
START_TEST(a_column_alone_is_as_it_is_among_all)
{
    uint32_t agreements[5], severities[5];
    uint8_t has_agreement[1], has_severity[1];
    sla_event_columns few[4] = {{.agreement_indexes = agreements}, {.has_agreement = has_agreement},
                                {.severity_indexes = severities}, {.has_severity = has_severity}};
    five_events();
    for (int i = 0; i < 4; i++) {
        few[i].size = sizeof few[i];
        few[i].capacity = 5;
        soil_the_stack((char)(_i == 0 ? 0x5A : 0xFF)); /* an index, or none */
        ck_assert_int_eq(sla_engine_events(engine, &few[i], &rows.count), SLA_OK);
    }
    show(5);
    ck_assert_mem_eq(agreements, rows.columns.agreement_indexes, sizeof agreements);
    ck_assert_mem_eq(severities, rows.columns.severity_indexes, sizeof severities);
    ck_assert_uint_eq(has_agreement[0], rows.columns.has_agreement[0]);
    ck_assert_uint_eq(has_severity[0], rows.columns.has_severity[0]);
}
END_TEST

START_TEST(events_of_a_policy_that_is_gone_keep_their_names)
{
    five_events();
    ck_assert_int_eq(sla_engine_bind(engine, other, NULL), SLA_OK);
    show(sla_engine_events_waiting(engine));
    assert_texts(rows.columns.reasons, "waits", (int32_t[]){0, 0, 0, 5, 5, 5}, 5);
    ck_assert_uint_eq(rows.columns.has_metric[0] & 0x1F, 0x06); /* answer is gone ... */
    ck_assert_uint_eq(rows.columns.metric_indexes[0], SLA_NO_INDEX);
    ck_assert_uint_eq(rows.columns.metric_indexes[1], 0); /* ... and solve is the first now */
    ck_assert_uint_eq(rows.columns.severity_indexes[0], SLA_NO_INDEX);
    ck_assert_int_eq(memcmp(rows.columns.severities->bytes, "urgent", 6), 0);
}
END_TEST

/* What no promise of the new policy takes over ends as the agreement's that promised it. */
START_TEST(an_agreement_that_is_gone_has_a_name_and_no_index)
{
    static const char *const texts[2] = {
        "sla: 1\n"
        "metrics: {fix: {start: opened, stop: fixed}}\n"
        "agreements: [{name: gold, targets: [{fix: 1h}]}]\n",
        "sla: 1\n"
        "metrics: {fix: {start: opened, stop: fixed}}\n"
        "agreements: [{name: silver, targets: [{when: {plan: silver}, fix: 4h}]}]\n"};
    sla_policy *policies[2];
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(sla_policy_compile(texts[i], SLA_NUL_TERMINATED, NULL, &policies[i], NULL),
                         SLA_OK);
    sla_engine_free(engine);
    ck_assert_int_eq(sla_engine_new(policies[0], NULL, NULL, &engine), SLA_OK);
    tell("first", MIDNIGHT, NULL, NULL);
    show(1);
    ck_assert_uint_eq(rows.columns.agreement_indexes[0], 0);
    ck_assert_int_eq(sla_engine_events_done(engine, 1), SLA_OK);
    ck_assert_int_eq(sla_engine_bind(engine, policies[1], NULL), SLA_OK);
    show(1);
    ck_assert_uint_eq(rows.columns.types[0], SLA_EVENT_CANCELLED);
    ck_assert_int_eq(memcmp(rows.columns.agreements->bytes, "gold", 4), 0);
    ck_assert_uint_eq(rows.columns.agreement_indexes[0], SLA_NO_INDEX);
    ck_assert_uint_eq(rows.columns.has_agreement[0], 0);
    for (int i = 0; i < 2; i++)
        sla_policy_unref(policies[i]);
}
END_TEST

START_TEST(columns_may_say_neither_ticks_nor_how_few_there_are)
{
    five_events();
    rows.columns.ticks = 0;
    rows.columns.capacity = UINT64_C(1) << 32;
    show(5);
    ck_assert_int_eq(rows.columns.at[0], MIDNIGHT);
}
END_TEST

START_TEST(a_pure_step_shows_its_events_so)
{
    sla_step *step;
    sla_update update = {.size = sizeof update, .incident = {"first", 5}, .at = MIDNIGHT};
    ck_assert_int_eq(sla_policy_step(policy, NULL, 0, &update, SLA_TIME_NONE, 0, &step), SLA_OK);
    ck_assert_int_eq(sla_step_events(step, &rows.columns, &rows.count), SLA_OK);
    ck_assert_uint_eq(rows.count, 2);
    rows.columns.first = 1;
    ck_assert_int_eq(sla_step_events(step, &rows.columns, &rows.count), SLA_OK);
    ck_assert_uint_eq(rows.count, 1);
    ck_assert_uint_eq(rows.columns.metric_indexes[0], 1);
    rows.columns.first = 2;
    ck_assert_int_eq(sla_step_events(step, &rows.columns, &rows.count), SLA_EMPTY);
    ck_assert_int_eq(sla_step_events(NULL, &rows.columns, &rows.count), SLA_ERROR_ARGUMENT);
    sla_step_free(step);
}
END_TEST

static int32_t look(void *user, const sla_event *event)
{
    (void)event;
    int *calls = user;
    show(sla_engine_events_waiting(engine));
    ck_assert_int_eq(sla_engine_events_done(engine, 1), SLA_ERROR_BUSY);
    (*calls)++;
    return 0;
}

START_TEST(inside_a_callback_events_are_shown_and_none_is_removed)
{
    int calls = 0;
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = look, .user = &calls};
    sla_engine_free(engine);
    ck_assert_int_eq(sla_engine_new(policy, &callbacks, NULL, &engine), SLA_OK);
    tell("first", MIDNIGHT, NULL, NULL);
    ck_assert_int_eq(calls, 2);
}
END_TEST

static void refused(void)
{
    rows.count = 77;
    memset(rows.columns.types, 77, 5);
    ck_assert_int_eq(sla_engine_events(engine, &rows.columns, &rows.count), SLA_ERROR_ARGUMENT);
    ck_assert_uint_eq(rows.count, 77);
    ck_assert_uint_eq(rows.columns.types[0], 77);
}

START_TEST(what_cannot_be_right_is_refused_and_nothing_is_written)
{
    five_events();
    ck_assert_int_eq(sla_engine_events(NULL, &rows.columns, &rows.count), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_events(engine, NULL, &rows.count), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_events(engine, &rows.columns, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_events_done(NULL, 0), SLA_ERROR_ARGUMENT);
    ck_assert_uint_eq(sla_engine_events_waiting(NULL), 0);
    const struct event_rows right = rows;
#define WRONG(change) \
    rows = right;     \
    change;           \
    rows.columns.actors = &rows.texts[5]; \
    rows.columns.via = &rows.lists[1]; \
    rows.lists[1].texts = &rows.words[1]; \
    refused()
    WRONG(rows.columns.capacity = 0);
    WRONG(rows.columns.ticks = 60);
    WRONG(rows.columns.flags = 1);
    WRONG(rows.columns.reserved = 1);
    WRONG(rows.columns.size = 7);
    WRONG(rows.texts[5].width = 2);
    WRONG(rows.texts[5].flags = 1);
    WRONG(rows.texts[5].reserved = 1);
    WRONG(rows.texts[5].unused = &rows);
    WRONG(rows.texts[5].offsets = NULL);
    WRONG(rows.texts[5].offsets = (char *)right.texts[5].offsets + 1);
    WRONG(rows.texts[5].bytes = NULL);
    WRONG(rows.texts[5].size = sizeof(sla_text_sink) - 8);
    WRONG(rows.lists[1].width = 0);
    WRONG(rows.lists[1].flags = 1);
    WRONG(rows.lists[1].reserved = 1);
    WRONG(rows.lists[1].offsets = NULL);
    WRONG(rows.words[1].validity = rows.columns.types);
    rows = right;
    rows.lists[1].texts = NULL;
    refused();
    rows = right;
    show(5);
}
END_TEST

START_TEST(a_struct_of_an_older_caller_asks_for_less)
{
    five_events();
    rows.columns.size = offsetof(sla_event_columns, kinds);
    memset(rows.columns.kinds, 77, 5);
    show(5);
    ck_assert_uint_eq(rows.columns.types[4], SLA_EVENT_BREACH);
    ck_assert_uint_eq(rows.columns.kinds[0], 77);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("event_columns");
    TCase *columns = tcase_create("columns");
    tcase_add_checked_fixture(columns, set_up, tear_down);
    tcase_add_test(columns, each_field_stands_in_its_column);
    tcase_add_test(columns, an_id_is_the_bytes_that_logs_print);
    tcase_add_test(columns, what_is_missing_has_a_0_among_the_bits);
    tcase_add_test(columns, columns_of_more_rows_than_are_written_at_a_time_go_on);
    tcase_add_test(columns, no_byte_of_bits_is_written_behind_the_last_row);
    tcase_add_test(columns, showing_removes_nothing_and_done_removes_what_it_says);
    tcase_add_test(columns, rows_may_begin_further_back);
    tcase_add_test(columns, rows_end_before_the_event_that_does_not_fit);
    tcase_add_test(columns, when_the_first_does_not_fit_the_sinks_say_what_it_needs);
    tcase_add_test(columns, columns_that_nobody_wants_are_not_written);
    tcase_add_loop_test(columns, a_column_alone_is_as_it_is_among_all, 0, 2);
    tcase_add_test(columns, events_of_a_policy_that_is_gone_keep_their_names);
    tcase_add_test(columns, an_agreement_that_is_gone_has_a_name_and_no_index);
    tcase_add_test(columns, columns_may_say_neither_ticks_nor_how_few_there_are);
    tcase_add_test(columns, a_pure_step_shows_its_events_so);
    tcase_add_test(columns, inside_a_callback_events_are_shown_and_none_is_removed);
    tcase_add_test(columns, what_cannot_be_right_is_refused_and_nothing_is_written);
    tcase_add_test(columns, a_struct_of_an_older_caller_asks_for_less);
    suite_add_tcase(suite, columns);
    return run_suite(suite);
}
