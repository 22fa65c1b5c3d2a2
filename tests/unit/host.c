/* SPDX-License-Identifier: MIT */
/* Acts of the host (K12) through the interface of C: attributes by number, texts that events hand
   on, ids, what a clock tells. What the acts do to clocks is in host_acts.scenario. */
#include "run_suite.h"

#include <sla/sla.h>
#include <stdlib.h>
#include <string.h>

/* 24 hours a day. 2026-11-20T00:00:00Z is 1795132800. */
#define MIDNIGHT ((sla_time)1795132800)
#define HOUR 3600

/* The policy asks for `actor` and `metric`, so that they have numbers. */
static const char policy_text[] =
    "sla: 1\n"
    "metrics:\n"
    "  answer: {start: opened, stop: {event: answered, when: {actor: {not: bot}}}}\n"
    "  solve: {start: opened, stop: {event: solved, when: {metric: {exists: false}}}}\n"
    "targets: [{answer: 1h, solve: 4h}]\n";

static sla_policy *policy;
static sla_engine *engine;

static void set_up(void)
{
    ck_assert_int_eq(sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &policy, NULL),
                     SLA_OK);
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
}

static void tear_down(void)
{
    sla_engine_free(engine);
    sla_policy_unref(policy);
}

static sla_text text(const char *c)
{
    return (sla_text){c, SLA_NUL_TERMINATED};
}

static sla_attribute said(const char *name, const char *value)
{
    return (sla_attribute){.name = text(name), .value = text(value)};
}

static sla_status tell(sla_time at, const char *event, const sla_attribute *attributes,
                       size_t count)
{
    sla_update update = {.size = sizeof update, .at = at, .incident = {"a", 1},
                         .event = text(event), .attributes = attributes,
                         .attribute_count = count};
    return sla_engine_update(engine, &update);
}

static void open_incident(void)
{
    ck_assert_int_eq(tell(MIDNIGHT, "opened", NULL, 0), SLA_OK);
    ck_assert_int_eq(sla_engine_event_done(engine), SLA_OK);
    ck_assert_int_eq(sla_engine_event_done(engine), SLA_OK);
}

static sla_event first_event(uint32_t type)
{
    sla_event event = {.size = sizeof event};
    ck_assert_int_eq(sla_engine_next_event(engine, &event), SLA_OK);
    ck_assert_uint_eq(event.type, type);
    return event;
}

static void assert_text(sla_text got, const char *wanted)
{
    ck_assert_uint_eq(got.length, strlen(wanted));
    ck_assert(got.length == 0 || memcmp(got.data, wanted, got.length) == 0);
}

START_TEST(what_an_act_says_of_itself_may_come_by_number)
{
    uint32_t actor = sla_policy_attribute(policy, "actor", SLA_NUL_TERMINATED);
    uint32_t metric = sla_policy_attribute(policy, "metric", SLA_NUL_TERMINATED);
    ck_assert_uint_gt(actor, 0);
    ck_assert_uint_gt(metric, 0);
    open_incident();
    sla_attribute act[] = {said("by", "30m"), {.id = actor, .value = text("bot")},
                           {.id = metric, .value = text("answer")}};
    ck_assert_int_eq(tell(MIDNIGHT, "sla:extend", act, 3), SLA_OK);
    sla_event event = first_event(SLA_EVENT_EXTENDED);
    assert_text(event.actor, "bot");
    assert_text(event.reason, "");
    ck_assert_uint_eq(event.metric_index, 0);
    ck_assert_int_eq(event.deadline, MIDNIGHT + 90 * 60);
    sla_engine_event_done(engine);
    ck_assert_int_eq(sla_engine_next_event(engine, &event), SLA_EMPTY); /* `solve` was not meant */
    /* neither is an attribute of the incident now: both clocks can be stopped */
    ck_assert_int_eq(tell(MIDNIGHT + 60, "answered", NULL, 0), SLA_OK);
    first_event(SLA_EVENT_MET);
    sla_engine_event_done(engine);
    ck_assert_int_eq(tell(MIDNIGHT + 60, "solved", NULL, 0), SLA_OK);
    first_event(SLA_EVENT_MET);
}
END_TEST

START_TEST(an_act_by_a_number_that_is_none_is_refused)
{
    open_incident();
    sla_attribute act[] = {said("by", "30m"), {.id = 99, .value = text("bot")}};
    ck_assert_int_eq(tell(MIDNIGHT, "sla:extend", act, 2), SLA_ERROR_ARGUMENT);
    act[1] = (sla_attribute){.name = text("reason"), .value = text("x"), .flags = 2};
    ck_assert_int_eq(tell(MIDNIGHT, "sla:extend", act, 2), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(tell(MIDNIGHT, "sla:extend", NULL, 1), SLA_ERROR_ARGUMENT);
    sla_event event = {.size = sizeof event};
    ck_assert_int_eq(sla_engine_next_event(engine, &event), SLA_EMPTY);
}
END_TEST

START_TEST(reason_and_actor_live_until_the_event_is_done)
{
    char reason[] = "storm", actor[] = "lead";
    open_incident();
    sla_attribute act[] = {said("by", "30m"), said("reason", reason), said("actor", actor)};
    ck_assert_int_eq(tell(MIDNIGHT, "sla:extend", act, 3), SLA_OK);
    memset(reason, '?', sizeof reason - 1);
    memset(actor, '?', sizeof actor - 1);
    act[1].value = text("strike");
    act[2].flags = SLA_ATTRIBUTE_REMOVE;
    ck_assert_int_eq(tell(MIDNIGHT + 1, "sla:exempt", act, 3), SLA_OK);
    for (int metric = 0; metric < 2; metric++) { /* each event has its own */
        sla_event event = first_event(SLA_EVENT_EXTENDED);
        assert_text(event.reason, "storm");
        assert_text(event.actor, "lead");
        sla_engine_event_done(engine);
    }
    for (int metric = 0; metric < 2; metric++) {
        sla_event event = first_event(SLA_EVENT_EXEMPTED);
        assert_text(event.reason, "strike");
        assert_text(event.actor, "");
        if (metric == 0)
            sla_engine_event_done(engine);
    } /* the last one is freed with the engine */
}
END_TEST

START_TEST(reasons_have_a_limit)
{
    static char longest[65537];
    memset(longest, 'x', 65536);
    open_incident();
    sla_attribute act[] = {said("by", "30m"), said("reason", longest)};
    ck_assert_int_eq(tell(MIDNIGHT, "sla:extend", act, 2), SLA_ERROR_LIMIT);
    longest[65535] = '\0';
    ck_assert_int_eq(tell(MIDNIGHT, "sla:extend", act, 2), SLA_OK);
    ck_assert_uint_eq(first_event(SLA_EVENT_EXTENDED).reason.length, 65535);
}
END_TEST

START_TEST(every_act_on_a_clock_has_an_id_of_its_own)
{
    uint64_t ids[3][2];
    sla_attribute extend[] = {said("by", "30m"), said("metric", "answer")};
    sla_attribute pin[] = {said("deadline", "2026-11-20T03:00"), said("metric", "answer")};
    for (int run = 0; run < 2; run++) { /* E5: the same facts, whoever computes them */
        open_incident();
        ck_assert_int_eq(tell(MIDNIGHT, "sla:extend", extend, 2), SLA_OK);
        ck_assert_int_eq(tell(MIDNIGHT, "sla:pin", pin, 2), SLA_OK);
        ck_assert_int_eq(tell(MIDNIGHT, "sla:extend", extend, 2), SLA_OK);
        for (uint32_t n = 0; n < 3; n++) {
            sla_event event = first_event(SLA_EVENT_EXTENDED);
            ck_assert_uint_eq(event.repetition, n + 1);
            if (run == 0)
                memcpy(ids[n], event.id, sizeof event.id);
            ck_assert(memcmp(ids[n], event.id, sizeof event.id) == 0);
            ck_assert(n == 0 || memcmp(ids[n - 1], event.id, sizeof event.id) != 0);
            sla_engine_event_done(engine);
        }
        tear_down();
        set_up();
    }
}
END_TEST

START_TEST(a_clock_tells_what_the_host_did_to_it)
{
    sla_clock clock = {.size = sizeof clock};
    sla_text id = {"a", 1};
    sla_attribute act[] = {said("by", "90m"), said("metric", "answer")};
    open_incident();
    ck_assert_int_eq(tell(MIDNIGHT, "sla:extend", act, 2), SLA_OK);
    ck_assert_int_eq(sla_engine_clock(engine, &id, SLA_KIND_SLA, 0, &clock), SLA_OK);
    ck_assert_int_eq(clock.extended, 90 * 60);
    ck_assert_int_eq(clock.budget, HOUR + 90 * 60);
    ck_assert_int_eq(clock.deadline, MIDNIGHT + HOUR + 90 * 60);
    ck_assert_uint_eq(clock.flags & SLA_CLOCK_PINNED, 0);
    /* a pin takes the place of what was extended before */
    act[0] = said("deadline", "2026-11-20T05:00");
    ck_assert_int_eq(tell(MIDNIGHT + HOUR, "sla:pin", act, 2), SLA_OK);
    ck_assert_int_eq(sla_engine_clock(engine, &id, SLA_KIND_SLA, 0, &clock), SLA_OK);
    ck_assert_int_eq(clock.extended, 0);
    ck_assert_int_eq(clock.budget, 5 * HOUR);
    ck_assert_uint_eq(clock.percent, 20);
    ck_assert_uint_eq(clock.flags, SLA_CLOCK_PINNED);
    ck_assert_int_eq(tell(MIDNIGHT + 2 * HOUR, "sla:exempt", NULL, 0), SLA_OK);
    ck_assert_int_eq(sla_engine_clock(engine, &id, SLA_KIND_SLA, 0, &clock), SLA_OK);
    ck_assert_uint_eq(clock.state, SLA_CLOCK_EXEMPT);
    ck_assert_int_eq(clock.ended, MIDNIGHT + 2 * HOUR);
    ck_assert_int_eq(clock.elapsed, 2 * HOUR);
    ck_assert_int_eq(sla_engine_next_due(engine), SLA_TIME_NEVER);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("host");
    TCase *acts = tcase_create("acts");
    tcase_add_checked_fixture(acts, set_up, tear_down);
    tcase_add_test(acts, what_an_act_says_of_itself_may_come_by_number);
    tcase_add_test(acts, an_act_by_a_number_that_is_none_is_refused);
    tcase_add_test(acts, reason_and_actor_live_until_the_event_is_done);
    tcase_add_test(acts, reasons_have_a_limit);
    tcase_add_test(acts, every_act_on_a_clock_has_an_id_of_its_own);
    tcase_add_test(acts, a_clock_tells_what_the_host_did_to_it);
    suite_add_tcase(suite, acts);
    return run_suite(suite);
}
