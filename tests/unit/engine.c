/* SPDX-License-Identifier: MIT */
/* The engine's manners: order, duplicates, delivery by push and pull, refusal, re-entrancy. What
   clocks do is in the scenario files. */
#include "run_suite.h"

#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 24 hours a day, so that instants are plain sums. 2026-11-20T00:00:00Z is 1795132800. */
#define MIDNIGHT ((sla_time)1795132800)
#define HOUR 3600

static const char policy_text[] = "sla: 1\n"
                                  "metrics:\n"
                                  "  answer: {start: opened, stop: answered}\n"
                                  "  solve: {start: opened, stop: solved}\n"
                                  "targets:\n"
                                  "  - {answer: 1h, solve: 4h}\n"
                                  "escalations:\n"
                                  "  - steps: [{at: 50%, notify: [owner]}]\n";

static sla_policy *policy;
static sla_engine *engine;

struct host {
    char log[4096];
    int refuse_after; /* events to take before refusing; -1: never */
    sla_status status_inside;
    sla_time rearmed;
    int rearms;
};
static struct host host;

static int32_t on_event(void *user, const sla_event *event)
{
    struct host *self = user;
    sla_update update = {.size = sizeof update, .at = event->at, .incident = {"other", 5}};
    self->status_inside = sla_engine_update(engine, &update);
    if (self->refuse_after == 0)
        return 1;
    if (self->refuse_after > 0)
        self->refuse_after--;
    size_t used = strlen(self->log);
    snprintf(self->log + used, sizeof self->log - used, "%s %.*s %.*s +%lld\n",
             sla_event_type_name(event->type), (int)event->incident.length, event->incident.data,
             (int)event->metric.length, event->metric.data, (long long)(event->at - MIDNIGHT));
    return 0;
}

static void on_rearm(void *user, sla_time next_due)
{
    struct host *self = user;
    self->rearmed = next_due;
    self->rearms++;
}

static void set_up_with(const sla_callbacks *callbacks)
{
    sla_diags *diags = NULL;
    host = (struct host){.refuse_after = -1};
    ck_assert_int_eq(sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &policy, &diags),
                     SLA_OK);
    sla_diags_free(diags);
    ck_assert_int_eq(sla_engine_new(policy, callbacks, NULL, &engine), SLA_OK);
}

static void set_up_push(void)
{
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = on_event,
                               .on_rearm = on_rearm, .user = &host};
    set_up_with(&callbacks);
}

static void set_up_pull(void)
{
    set_up_with(NULL);
}

static void tear_down(void)
{
    sla_engine_free(engine);
    sla_policy_unref(policy);
}

static sla_status tell(const char *incident, sla_time at, const char *event, uint64_t sequence)
{
    sla_update update = {.size = sizeof update, .at = at,
                         .incident = {incident, SLA_NUL_TERMINATED},
                         .event = {event, SLA_NUL_TERMINATED}, .sequence = sequence};
    return sla_engine_update(engine, &update);
}

START_TEST(events_come_in_order_of_the_moment_they_become_known)
{
    ck_assert_int_eq(tell("a", MIDNIGHT, NULL, 0), SLA_OK);
    ck_assert_int_eq(tell("b", MIDNIGHT, NULL, 0), SLA_OK);
    ck_assert_int_eq(sla_engine_advance(engine, MIDNIGHT + 5 * HOUR), SLA_OK);
    /* half of 1 h and of 4 h are 1800 s and 7200 s; breaches are known a second later, their
       instant is the deadline itself; a came before b (E4) */
    ck_assert_str_eq(host.log, "started a answer +0\nstarted a solve +0\n"
                               "started b answer +0\nstarted b solve +0\n"
                               "warning a answer +1800\nwarning b answer +1800\n"
                               "breach a answer +3600\nbreach b answer +3600\n"
                               "warning a solve +7200\nwarning b solve +7200\n"
                               "breach a solve +14400\nbreach b solve +14400\n");
}
END_TEST

START_TEST(next_due_is_the_next_instant_with_something_to_say)
{
    ck_assert_int_eq(sla_engine_next_due(engine), SLA_TIME_NEVER);
    tell("a", MIDNIGHT, NULL, 0);
    ck_assert_int_eq(sla_engine_next_due(engine), MIDNIGHT + HOUR / 2);
    ck_assert_int_eq(host.rearmed, MIDNIGHT + HOUR / 2);
    sla_engine_advance(engine, MIDNIGHT + HOUR / 2);
    ck_assert_int_eq(sla_engine_next_due(engine), MIDNIGHT + HOUR + 1); /* E7: B + 1 s */
    tell("a", MIDNIGHT + HOUR, "answered", 0); /* at the deadline itself: met */
    ck_assert_int_eq(sla_engine_next_due(engine), MIDNIGHT + 2 * HOUR);
    tell("a", MIDNIGHT + HOUR, "solved", 0);
    ck_assert_int_eq(sla_engine_next_due(engine), SLA_TIME_NEVER);
    ck_assert_int_eq(host.rearmed, SLA_TIME_NEVER);
    ck_assert_int_eq(host.rearms, 4);
}
END_TEST

START_TEST(an_update_before_the_incidents_last_one_changes_nothing)
{
    tell("a", MIDNIGHT + HOUR, NULL, 0);
    host.log[0] = '\0';
    ck_assert_int_eq(tell("a", MIDNIGHT + HOUR - 1, "answered", 0), SLA_ERROR_ORDER);
    ck_assert_str_eq(host.log, "");
    ck_assert_int_eq(tell("a", MIDNIGHT + HOUR, "answered", 0), SLA_OK);
    ck_assert_str_eq(host.log, "met a answer +3600\n");
}
END_TEST

START_TEST(a_sequence_seen_before_changes_nothing)
{
    tell("a", MIDNIGHT, NULL, 7);
    host.log[0] = '\0';
    ck_assert_int_eq(tell("a", MIDNIGHT + 3 * HOUR, "answered", 7), SLA_DUPLICATE);
    ck_assert_int_eq(sla_engine_now(engine), MIDNIGHT); /* not even the time */
    ck_assert_str_eq(host.log, "");
    ck_assert_int_eq(tell("a", MIDNIGHT + 1, "answered", 8), SLA_OK);
}
END_TEST

/* E1, E3 */
START_TEST(an_update_that_says_nothing_is_still_the_incidents_last)
{
    ck_assert_int_eq(tell("A", MIDNIGHT, "", 1), SLA_OK);
    ck_assert_int_eq(tell("A", MIDNIGHT + HOUR / 4, "", 7), SLA_OK);
    ck_assert_int_eq(tell("A", MIDNIGHT + HOUR / 4, "answered", 7), SLA_DUPLICATE);
    ck_assert_int_eq(tell("A", MIDNIGHT + HOUR / 4 - 1, "answered", 8), SLA_ERROR_ORDER);
    ck_assert_int_eq(tell("A", MIDNIGHT + HOUR / 2, "", 0), SLA_OK);
    ck_assert_int_eq(tell("A", MIDNIGHT + HOUR / 2 - 1, "answered", 0), SLA_ERROR_ORDER);
    ck_assert_str_eq(host.log, "started A answer +0\n"
                               "started A solve +0\n"
                               "warning A answer +1800\n"); /* due at the instant of an update */
    ck_assert_int_eq(sla_engine_now(engine), MIDNIGHT + HOUR / 2);
}
END_TEST

START_TEST(a_refused_event_stays_first_in_line_and_the_update_is_applied)
{
    host.refuse_after = 1;
    ck_assert_int_eq(tell("a", MIDNIGHT, NULL, 0), SLA_DELIVERY_REFUSED);
    ck_assert_str_eq(host.log, "started a answer +0\n");
    ck_assert_int_eq(sla_engine_deliver(engine), SLA_DELIVERY_REFUSED);
    host.refuse_after = -1;
    ck_assert_int_eq(tell("a", MIDNIGHT + 60, "answered", 0), SLA_OK);
    ck_assert_str_eq(host.log, "started a answer +0\nstarted a solve +0\nmet a answer +60\n");
}
END_TEST

START_TEST(a_change_from_inside_a_callback_is_busy)
{
    tell("a", MIDNIGHT, NULL, 0);
    ck_assert_int_eq(host.status_inside, SLA_ERROR_BUSY);
    ck_assert_int_eq(sla_engine_incidents(engine), 1);
}
END_TEST

START_TEST(pulling_shows_the_first_event_until_it_is_done)
{
    sla_event first = {.size = sizeof first}, again = {.size = sizeof again};
    ck_assert_int_eq(sla_engine_next_event(engine, &first), SLA_EMPTY);
    ck_assert_int_eq(sla_engine_event_done(engine), SLA_EMPTY);
    tell("a", MIDNIGHT, NULL, 0);
    ck_assert_int_eq(sla_engine_next_event(engine, &first), SLA_OK);
    ck_assert_int_eq(sla_engine_next_event(engine, &again), SLA_OK);
    ck_assert_uint_eq(first.id[0], again.id[0]);
    ck_assert_uint_eq(first.metric_index, 0);
    ck_assert_int_eq(sla_engine_event_done(engine), SLA_OK);
    ck_assert_int_eq(sla_engine_next_event(engine, &again), SLA_OK);
    ck_assert_uint_eq(again.metric_index, 1);
    ck_assert(first.id[0] != again.id[0] || first.id[1] != again.id[1]);
}
END_TEST

START_TEST(arguments_that_cannot_be_right_are_refused)
{
    sla_update update = {.size = sizeof update, .at = MIDNIGHT, .incident = {"", 0}};
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_ERROR_ARGUMENT);
    update.incident = (sla_text){"a", 1};
    update.at = SLA_TIME_MAX + 1;
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_ERROR_RANGE);
    update.at = MIDNIGHT;
    sla_attribute attribute = {.id = 9999};
    update.attributes = &attribute;
    update.attribute_count = 1;
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_incidents(engine), 0);
    ck_assert_int_eq(sla_engine_update(NULL, &update), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_advance(engine, -1), SLA_ERROR_RANGE);
    sla_engine_free(NULL);
}
END_TEST

START_TEST(clocks_are_listed_by_incident_metric_and_cycle)
{
    uint64_t cursor = 0;
    sla_clock clock = {.size = sizeof clock};
    tell("b", MIDNIGHT, NULL, 0);
    tell("a", MIDNIGHT + 60, NULL, 0);
    tell("a", MIDNIGHT + 120, "answered", 0);
    const char *const expected[] = {"b answer 1", "b solve 1", "a answer 3", "a solve 1"};
    for (size_t i = 0; i < 4; i++) {
        char line[64];
        ck_assert_int_eq(sla_engine_clocks(engine, &cursor, &clock), SLA_OK);
        snprintf(line, sizeof line, "%.*s %.*s %u", (int)clock.incident.length,
                 clock.incident.data, (int)clock.metric.length, clock.metric.data, clock.state);
        ck_assert_str_eq(line, expected[i]);
    }
    ck_assert_int_eq(sla_engine_clocks(engine, &cursor, &clock), SLA_EMPTY);
    sla_text id = {"a", 1};
    ck_assert_int_eq(sla_engine_clock(engine, &id, SLA_KIND_SLA, 0, &clock), SLA_OK);
    ck_assert_int_eq(clock.elapsed, 60);
    ck_assert_int_eq(clock.remaining, HOUR - 60);
    ck_assert_int_eq(clock.percent, 1); /* 60 of 3600 s is 1.67 %, rounded down */
    ck_assert_int_eq(clock.ended, MIDNIGHT + 120);
    id = (sla_text){"c", 1};
    ck_assert_int_eq(sla_engine_clock(engine, &id, SLA_KIND_SLA, 0, &clock), SLA_ERROR_NOT_FOUND);
}
END_TEST

#define MOVES 40000

/* Each move tells one event, of which half an id is kept (8 bytes, in an array that grows by half):
   the queue must not keep a place for every deadline that there ever was. */
START_TEST(an_incident_that_is_moved_for_ever_takes_no_more_places_in_the_queue)
{
    static const char text[] = "sla: 1\n"
                               "metrics: {solve: {start: opened, stop: solved}}\n"
                               "targets: [{when: {plan: gold}, solve: 1h}, {solve: 4h}]\n";
    static const char *const plans[] = {"gold", "iron"};
    sla_policy *other;
    sla_engine *moved;
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, NULL, &other, NULL), SLA_OK);
    ck_assert_int_eq(sla_engine_new(other, NULL, NULL, &moved), SLA_OK);
    sla_attribute gold = {.name = {"plan", 4}, .value = {"gold", 4}};
    sla_update first = {.size = sizeof first, .at = MIDNIGHT - HOUR / 2, .incident = {"first", 5},
                        .attributes = &gold, .attribute_count = 1}; /* it stays first in line */
    ck_assert_int_eq(sla_engine_update(moved, &first), SLA_OK);
    ck_assert_int_eq(sla_engine_event_done(moved), SLA_OK);
    uint64_t before = 0;
    for (int i = 0; i < MOVES; i++) {
        sla_attribute plan = {.name = {"plan", 4}, .value = {plans[i % 2], 4}};
        sla_update update = {.size = sizeof update, .at = MIDNIGHT, .incident = {"a", 1},
                             .attributes = &plan, .attribute_count = 1};
        ck_assert_int_eq(sla_engine_update(moved, &update), SLA_OK);
        ck_assert_int_eq(sla_engine_event_done(moved), SLA_OK);
        ck_assert_int_eq(sla_engine_next_due(moved), MIDNIGHT + HOUR / 2 + 1);
        if (i == 1000)
            before = sla_engine_memory(moved);
    }
    ck_assert_uint_le(sla_engine_memory(moved) - before, MOVES * 12 + 16384);
    ck_assert_int_eq(sla_engine_advance(moved, MIDNIGHT + HOUR / 2 + 1), SLA_OK);
    ck_assert_int_eq(sla_engine_next_due(moved), MIDNIGHT + 4 * HOUR + 1); /* the last plan's */
    sla_engine_free(moved);
    sla_policy_unref(other);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("engine");
    TCase *push = tcase_create("push"), *pull = tcase_create("pull");
    tcase_add_checked_fixture(push, set_up_push, tear_down);
    tcase_add_test(push, events_come_in_order_of_the_moment_they_become_known);
    tcase_add_test(push, next_due_is_the_next_instant_with_something_to_say);
    tcase_add_test(push, an_update_before_the_incidents_last_one_changes_nothing);
    tcase_add_test(push, a_sequence_seen_before_changes_nothing);
    tcase_add_test(push, an_update_that_says_nothing_is_still_the_incidents_last);
    tcase_add_test(push, a_refused_event_stays_first_in_line_and_the_update_is_applied);
    tcase_add_test(push, a_change_from_inside_a_callback_is_busy);
    tcase_add_checked_fixture(pull, set_up_pull, tear_down);
    tcase_add_test(pull, an_incident_that_is_moved_for_ever_takes_no_more_places_in_the_queue);
    tcase_add_test(pull, pulling_shows_the_first_event_until_it_is_done);
    tcase_add_test(pull, arguments_that_cannot_be_right_are_refused);
    tcase_add_test(pull, clocks_are_listed_by_incident_metric_and_cycle);
    suite_add_tcase(suite, push);
    suite_add_tcase(suite, pull);
    return run_suite(suite);
}
