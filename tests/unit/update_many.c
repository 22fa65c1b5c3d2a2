/* SPDX-License-Identifier: MIT */
/* Many updates in one call: the same as one by one, and what becomes of those that fail. */
#include "run_suite.h"

#include <sla/sla.h>
#include <stdio.h>
#include <string.h>

#define MIDNIGHT ((sla_time)1795132800) /* 2026-11-20T00:00:00Z */
#define MANY 600
#define INCIDENTS 97

static const char policy_text[] = "sla: 1\n"
                                  "metrics:\n"
                                  "  answer: {start: opened, stop: answered}\n"
                                  "  solve: {start: opened, stop: solved,\n"
                                  "          pause: {while: {status: waiting}}}\n"
                                  "targets:\n"
                                  "  - {when: {plan: gold}, answer: 1h, solve: 2h}\n"
                                  "  - {answer: 2h, solve: 4h}\n"
                                  "escalations:\n"
                                  "  - steps: [{at: 50%, notify: [owner]}]\n";

struct host {
    sla_engine *engine;
    sla_policy *policy;
    uint64_t ids; /* of the events, in their order */
    int events;
    int refuse_after; /* -1: never */
    sla_status inside;
};
static struct host one, many;

static int32_t take(void *user, const sla_event *event)
{
    struct host *host = user;
    host->inside = sla_engine_update_many(host->engine, NULL, 0, NULL, NULL);
    if (host->refuse_after == 0)
        return 1;
    host->refuse_after -= host->refuse_after > 0;
    host->ids = host->ids * 31 + event->id[0] + (uint64_t)event->at;
    host->events++;
    return 0;
}

static void begin(struct host *host)
{
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = take, .user = host};
    *host = (struct host){.refuse_after = -1};
    ck_assert_int_eq(sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &host->policy, NULL),
                     SLA_OK);
    ck_assert_int_eq(sla_engine_new(host->policy, &callbacks, NULL, &host->engine), SLA_OK);
}

static void set_up(void)
{
    begin(&one);
    begin(&many);
}

static void tear_down(void)
{
    sla_engine_free(one.engine);
    sla_engine_free(many.engine);
    sla_policy_unref(one.policy);
    sla_policy_unref(many.policy);
}

/* A log in which incidents come back again and again, with every kind of row. */
struct row {
    char id[16];
    sla_attribute attributes[2];
};
static struct row rows[MANY];
static sla_update updates[MANY];
static sla_status statuses[MANY];

static void make_log(void)
{
    static const char *const events[] = {"", "", "answered", "note", "", "solved", "reopened"};
    for (size_t i = 0; i < MANY; i++) {
        struct row *row = &rows[i];
        snprintf(row->id, sizeof row->id, "i-%zu", i * 37 % INCIDENTS);
        row->attributes[0] = (sla_attribute){.name = {"status", 6},
                                             .value = {i % 3 == 0 ? "waiting" : "open",
                                                       i % 3 == 0 ? 7 : 4}};
        row->attributes[1] = (sla_attribute){.name = {"plan", 4},
                                             .value = {i % 5 == 0 ? "gold" : "basic",
                                                       i % 5 == 0 ? 4 : 5}};
        updates[i] = (sla_update){.size = sizeof updates[i],
                                  .incident = {row->id, SLA_NUL_TERMINATED},
                                  .event = {events[i % 7], SLA_NUL_TERMINATED},
                                  .attributes = row->attributes,
                                  .attribute_count = i % 4 == 0 ? 2 : i % 2,
                                  .at = MIDNIGHT + (sla_time)i * 60};
    }
}

START_TEST(many_updates_do_what_each_of_them_does)
{
    make_log();
    for (size_t i = 0; i < MANY; i++)
        ck_assert_int_eq(sla_engine_update(one.engine, &updates[i]), SLA_OK);
    /* in pieces of any size, which begin and end anywhere */
    size_t at = 0, done;
    for (size_t piece = 1; at < MANY; at += done, piece = piece * 2 + 1) {
        size_t count = piece < MANY - at ? piece : MANY - at;
        ck_assert_int_eq(
            sla_engine_update_many(many.engine, updates + at, count, NULL, &done), SLA_OK);
        ck_assert_uint_eq(done, count);
    }
    ck_assert_uint_eq(sla_engine_incidents(many.engine), INCIDENTS);
    ck_assert_int_gt(many.events, 2 * INCIDENTS);
    ck_assert_int_eq(many.events, one.events);
    ck_assert_uint_eq(many.ids, one.ids);
    ck_assert_int_eq(sla_engine_next_due(many.engine), sla_engine_next_due(one.engine));
}
END_TEST

START_TEST(an_error_of_one_is_noted_and_the_others_are_applied)
{
    size_t done;
    make_log();
    updates[100].at = updates[100 - INCIDENTS].at - 1; /* before the same incident's last (E3) */
    ck_assert_str_eq(rows[100].id, rows[100 - INCIDENTS].id);
    updates[200].incident.length = 0;
    updates[300].flags = 1;
    updates[300 - INCIDENTS].sequence = 7;
    updates[301].sequence = 1; /* another incident's numbers are others */
    updates[300 + INCIDENTS].sequence = 7;
    ck_assert_int_eq(sla_engine_update_many(many.engine, updates, MANY, statuses, &done),
                     SLA_ROWS_FAILED);
    ck_assert_uint_eq(done, MANY);
    for (size_t i = 0; i < MANY; i++) {
        sla_status wanted = i == 100                 ? SLA_ERROR_ORDER
                            : i == 200 || i == 300   ? SLA_ERROR_ARGUMENT
                            : i == 300 + INCIDENTS   ? SLA_DUPLICATE
                                                     : SLA_OK;
        ck_assert_msg(statuses[i] == wanted, "%zu: %s", i, sla_status_name(statuses[i]));
    }
}
END_TEST

START_TEST(without_room_for_statuses_the_first_error_ends_the_call)
{
    size_t done = 99;
    make_log();
    updates[20].at = SLA_TIME_MAX + 1;
    ck_assert_int_eq(sla_engine_update_many(many.engine, updates, MANY, NULL, &done),
                     SLA_ERROR_RANGE);
    ck_assert_uint_eq(done, 20);
    ck_assert_uint_eq(sla_engine_incidents(many.engine), 20);
    ck_assert_int_eq(
        sla_engine_update_many(many.engine, updates + 21, MANY - 21, NULL, NULL), SLA_OK);
}
END_TEST

START_TEST(a_refused_event_ends_the_call_behind_its_update)
{
    size_t done;
    make_log();
    many.refuse_after = 3; /* each of the first updates starts two clocks */
    ck_assert_int_eq(sla_engine_update_many(many.engine, updates, MANY, statuses, &done),
                     SLA_DELIVERY_REFUSED);
    ck_assert_uint_eq(done, 2);
    ck_assert_int_eq(statuses[1], SLA_DELIVERY_REFUSED);
    many.refuse_after = -1;
    ck_assert_int_eq(
        sla_engine_update_many(many.engine, updates + done, MANY - done, NULL, NULL), SLA_OK);
    for (size_t i = 0; i < MANY; i++)
        sla_engine_update(one.engine, &updates[i]);
    ck_assert_uint_eq(many.ids, one.ids);
}
END_TEST

/* A limit ends the call before its update, with room for statuses, too. */
START_TEST(a_limit_ends_the_call_before_its_update)
{
    static char longest[65537]; /* more than a reason may have */
    sla_attribute act[] = {{.name = {"by", 2}, .value = {"30m", 3}},
                           {.name = {"reason", 6}, .value = {longest, 65536}}};
    size_t done;
    memset(longest, 'x', 65536);
    make_log();
    updates[INCIDENTS].event = (sla_text){"sla:extend", 10};
    updates[INCIDENTS].attributes = act;
    updates[INCIDENTS].attribute_count = 2;
    ck_assert_int_eq(sla_engine_update_many(many.engine, updates, MANY, statuses, &done),
                     SLA_ERROR_LIMIT);
    ck_assert_uint_eq(done, INCIDENTS);
    ck_assert_int_eq(statuses[INCIDENTS], SLA_ERROR_LIMIT);
}
END_TEST

START_TEST(what_cannot_be_right_does_nothing)
{
    size_t done = 99;
    make_log();
    ck_assert_int_eq(sla_engine_update_many(NULL, updates, 1, NULL, &done), SLA_ERROR_ARGUMENT);
    ck_assert_uint_eq(done, 0);
    ck_assert_int_eq(sla_engine_update_many(many.engine, NULL, 1, NULL, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_update_many(many.engine, NULL, 0, NULL, &done), SLA_OK);
    updates[0].size = 0;
    ck_assert_int_eq(sla_engine_update_many(many.engine, updates, 2, NULL, NULL),
                     SLA_ERROR_ARGUMENT);
    updates[0].size = sizeof updates[0] + 1; /* the second one could not be read */
    ck_assert_int_eq(sla_engine_update_many(many.engine, updates, 2, statuses, NULL),
                     SLA_ERROR_ARGUMENT);
    updates[0].size = sizeof updates[0];
    updates[1].size = sizeof updates[1] + 8; /* they all have one size */
    ck_assert_int_eq(sla_engine_update_many(many.engine, updates, 3, statuses, &done),
                     SLA_ROWS_FAILED);
    ck_assert_int_eq(statuses[1], SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(statuses[2], SLA_OK);
    ck_assert_int_eq(many.inside, SLA_ERROR_BUSY); /* from inside a callback (E6) */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("update_many");
    TCase *tests = tcase_create("update_many");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, many_updates_do_what_each_of_them_does);
    tcase_add_test(tests, an_error_of_one_is_noted_and_the_others_are_applied);
    tcase_add_test(tests, without_room_for_statuses_the_first_error_ends_the_call);
    tcase_add_test(tests, a_refused_event_ends_the_call_behind_its_update);
    tcase_add_test(tests, a_limit_ends_the_call_before_its_update);
    tcase_add_test(tests, what_cannot_be_right_does_nothing);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
