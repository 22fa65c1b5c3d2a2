/* SPDX-License-Identifier: MIT */
/* Every allocation fails once: nothing leaks, and every object is as it was before the call. */
#include "run_suite.h"
#include "scarce_memory.h"

#include <check.h>
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char policy_text[] =
    "sla: 1\n"
    "name: scarce\n"
    "calendar: office\n"
    "include: [more.yaml]\n"
    "holidays:\n"
    "  some: {through: 2026-12-31, closed: [{date: 2026-01-01, name: New Year}, 2026-12-25],\n"
    "         workdays: [{date: 2026-01-03, like: fri}]}\n"
    "calendars:\n"
    "  office: {hours: {mon-fri: [\"09:00-12:00\", \"13:00-17:00\"]}, holidays: [some],\n"
    "           seasons: [{from: 06-01, to: 08-31, hours: {daily: \"08:00-12:00\"}}],\n"
    "           special: [{date: 2026-01-05, hours: \"10:00-12:00\"},\n"
    "                     {from: 2026-03-01T10:00, to: 2026-03-02T10:00, hours: closed}]}\n"
    "  nights: {hours: {daily: \"22:00-06:00\"}}\n"
    "  joint: {all_of: [office, shared], none_of: nights}\n"
    "severities: [urgent, normal]\n"
    "classify:\n"
    "  region: [{when: {city: [Rome, Oslo]}, is: city}, {is: remote}]\n"
    "  team: {by: product, is: {router: network}, default: desk}\n"
    "  severity: [{when: {any: [{impact: outage}, {users: {min: 100}}]}, is: urgent},\n"
    "             {is: normal}, {raise: 1, when: {plan: vip}}]\n"
    "metrics:\n"
    "  first_response: {start: opened, stop: responded}\n"
    "  next_response: {start: customer_replied, stop: responded, repeat: true}\n"
    "  resolution: {start: opened, stop: resolved, cancel: withdrawn, reopen: resume,\n"
    "               pause: [{while: {status: waiting}, reason: customer, limit: 1h},\n"
    "                       {event: hold, until: unhold}]}\n"
    "targets:\n"
    "  - {when: {severity: urgent}, calendar: 24x7, first_response: 1h, resolution: 8h,\n"
    "     next_response: 2h}\n"
    "  - {first_response: {within: 1wd, due: close, grace: 1h}, resolution: 3wd}\n"
    "escalations:\n"
    "  - steps: [{at: 50%, notify: [owner]}, {at: due, notify: [boss], via: [sms]},\n"
    "            {at: 1h after, repeat: 1h, times: 3, notify: [boss]}]\n";

static const char included_text[] =
    "sla: 1\n"
    "holidays: {more: {through: 2027-12-31, closed: [{date: 2026-05-01, name: May Day}]}}\n"
    "calendars: {shared: {hours: {mon-fri: \"06:00-20:00\"}, holidays: more}}\n";

static const char faulty_text[] =
    "sla: 1\n"
    "include: [more.yaml, none.yaml, more.yaml]\n"
    "calender: office\n"
    "targets:\n"
    "  - {when: {severty: urgent}, resolution: 4 hours}\n"
    "  - {resolution: {within: 1wd, du: close}}\n";

#define DAY 1767600000 /* 2026-01-05T08:00:00Z, a Monday */
#define EVENT_CAPACITY 200

struct story {
    const char *incident, *event, *name, *value;
    sla_time at;
};
static const struct story stories[] = {
    {"a", "opened", "impact", "outage", DAY},
    {"b", "opened", "product", "router", DAY + 600},
    {"b", "customer_replied", NULL, NULL, DAY + 1200},
    {"a", "responded", NULL, NULL, DAY + 1800},
    {"a", "", "status", "waiting", DAY + 3600},
    {"c", "opened", "users", "250", DAY + 3600},
    {"a", "customer_replied", "status", "working", DAY + 9000},
    {"c", "withdrawn", NULL, NULL, DAY + 90000},
    {"d", "opened", "city", "Rome", DAY + 90000},
    {"a", "resolved", NULL, NULL, DAY + 100000},
    {"d", "hold", NULL, NULL, DAY + 95000}, /* late news (E2) */
    {"d", "unhold", "users", "200", DAY + 96000},
    {"b", "responded", NULL, NULL, DAY + 200000},
    {"b", "resolved", NULL, NULL, DAY + 600000},
    {"a", "reopened", "colour", "never heard of", DAY + 610000},
};
#define STORY_COUNT (sizeof stories / sizeof *stories)

static sla_text text(const char *words)
{
    return (sla_text){words, words == NULL ? 0 : SLA_NUL_TERMINATED};
}

/* The one file that can be included. `user` counts those that were not given back. */
static sla_status load(void *user, uint32_t kind, const sla_text *name, sla_text *out_bytes)
{
    if (kind != SLA_FILE_INCLUDE || name->length != 9 || memcmp(name->data, "more.yaml", 9) != 0)
        return SLA_ERROR_NOT_FOUND;
    ++*(int *)user;
    *out_bytes = (sla_text){included_text, sizeof included_text - 1};
    return SLA_OK;
}

static void release(void *user, const sla_text *bytes)
{
    ck_assert_ptr_eq(bytes->data, included_text);
    --*(int *)user;
}

static sla_status compile(struct scarce_memory *memory, const char *source, sla_policy **out_policy,
                          sla_diags **out_diags)
{
    sla_allocator allocator = scarce_allocator(memory);
    int loaded = 0;
    sla_loader loader = {load, release, &loaded, NULL};
    sla_policy_options options = {.size = sizeof options, .allocator = &allocator,
                                  .loader = &loader};
    sla_status status =
        sla_policy_compile(source, SLA_NUL_TERMINATED, &options, out_policy, out_diags);
    ck_assert_int_eq(loaded, 0);
    return status;
}

static sla_status tell(sla_engine *engine, const struct story *story)
{
    sla_attribute attribute = {.name = text(story->name), .value = text(story->value)};
    sla_update update = {.size = sizeof update, .at = story->at};
    update.incident = text(story->incident);
    update.event = text(story->event);
    update.attributes = &attribute;
    update.attribute_count = story->name == NULL ? 0 : 1;
    return sla_engine_update(engine, &update);
}

/* The events that wait, taken out, as one text. */
static char *events_of(sla_engine *engine)
{
    char *all = calloc(EVENT_CAPACITY, 200);
    size_t used = 0;
    sla_event event = {.size = sizeof event};
    while (sla_engine_next_event(engine, &event) == SLA_OK && used + 200 < EVENT_CAPACITY * 200) {
        used += (size_t)snprintf(all + used, 200, "%s %.*s %.*s %lld %llx\n",
                                 sla_event_type_name(event.type), (int)event.incident.length,
                                 event.incident.data, (int)event.metric.length, event.metric.data,
                                 (long long)event.at, (unsigned long long)event.id[0]);
        ck_assert_int_eq(sla_engine_event_done(engine), SLA_OK);
    }
    return all;
}

static void assert_clean(const struct scarce_memory *memory)
{
    ck_assert_uint_eq(memory->blocks, 0);
    ck_assert_uint_eq(memory->bytes, 0);
    ck_assert_uint_eq(memory->wrong_size, 0);
}

/* Compiles with the n-th allocation failing, for n = 1, 2, ... until none fails; `fail_on`: all
   allocations after it too. A failure that did no harm is allowed: then the product is the same. */
static void compile_with_every_failure(const char *source, sla_status wanted, int fail_on)
{
    uint8_t fingerprint[16] = {0};
    struct scarce_memory plenty = {0};
    sla_policy *whole = NULL;
    ck_assert_int_eq(compile(&plenty, source, &whole, NULL), wanted);
    if (whole != NULL)
        sla_policy_fingerprint(whole, fingerprint);
    sla_policy_unref(whole);

    for (uint64_t n = 1;; n++) {
        struct scarce_memory memory = {.fail_at = n, .fail_on = fail_on};
        sla_policy *policy = NULL;
        sla_diags *diags = NULL;
        sla_status status = compile(&memory, source, &policy, &diags);
        int done = memory.calls < n;
        if (done || status != SLA_ERROR_MEMORY)
            ck_assert_int_eq(status, wanted);
        ck_assert((policy != NULL) == (status == SLA_OK));
        if (policy != NULL) {
            uint8_t other[16];
            sla_policy_fingerprint(policy, other);
            ck_assert_mem_eq(other, fingerprint, sizeof other);
        }
        sla_diags_free(diags);
        sla_policy_unref(policy);
        assert_clean(&memory);
        if (done)
            break;
    }
}

START_TEST(failed_allocation_while_compiling_is_an_error_and_leaks_nothing)
{
    compile_with_every_failure(policy_text, SLA_OK, _i);
}
END_TEST

START_TEST(failed_allocation_while_reporting_faults_leaks_nothing)
{
    compile_with_every_failure(faulty_text, SLA_ERROR_POLICY, _i);
}
END_TEST

/* Tells the stories, each with the n-th allocation of its call failing, then again with enough. */
START_TEST(failed_update_leaves_the_engine_as_it_was)
{
    struct scarce_memory memory = {0};
    sla_policy *policy = NULL;
    ck_assert_int_eq(compile(&memory, policy_text, &policy, NULL), SLA_OK);

    sla_engine *plain = NULL;
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &plain), SLA_OK);
    for (size_t i = 0; i < STORY_COUNT; i++)
        ck_assert_int_eq(tell(plain, &stories[i]), SLA_OK);
    ck_assert_int_eq(sla_engine_advance(plain, DAY + 2000000), SLA_OK);
    char *wanted = events_of(plain);
    ck_assert_uint_gt(strlen(wanted), 1000);
    sla_engine_free(plain);

    uint64_t failures = 0;
    for (uint64_t n = 1, failed = 1; failed; n++) {
        failed = 0;
        scarce_reset(&memory);
        sla_engine *engine = NULL;
        ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
        for (size_t i = 0; i <= STORY_COUNT; i++) {
            scarce_reset(&memory);
            memory.fail_at = n;
            memory.fail_on = _i;
            uint64_t incidents = sla_engine_incidents(engine);
            sla_status status = i < STORY_COUNT ? tell(engine, &stories[i])
                                                : sla_engine_advance(engine, DAY + 2000000);
            if (memory.calls >= n) {
                failed++;
                ck_assert_int_eq(status, SLA_ERROR_MEMORY);
                ck_assert_uint_eq(sla_engine_incidents(engine), incidents);
                scarce_reset(&memory);
                status = i < STORY_COUNT ? tell(engine, &stories[i])
                                         : sla_engine_advance(engine, DAY + 2000000);
            }
            ck_assert_int_eq(status, SLA_OK);
        }
        scarce_reset(&memory);
        char *got = events_of(engine);
        ck_assert_str_eq(got, wanted);
        free(got);
        sla_engine_free(engine);
        failures += failed;
    }
    ck_assert_uint_gt(failures, STORY_COUNT / 2); /* it did fail, and often */
    free(wanted);
    sla_policy_unref(policy);
    assert_clean(&memory);
}
END_TEST

START_TEST(failed_engine_and_failed_classification_leak_nothing)
{
    struct scarce_memory memory = {0};
    sla_policy *policy = NULL;
    ck_assert_int_eq(compile(&memory, policy_text, &policy, NULL), SLA_OK);
    uint64_t blocks = memory.blocks;
    sla_attribute impact = {.name = text("impact"), .value = text("outage")};
    for (uint64_t n = 1, failed = 1; failed; n++) {
        scarce_reset(&memory);
        memory.fail_at = n;
        sla_engine *engine = NULL;
        sla_status status = sla_engine_new(policy, NULL, NULL, &engine);
        failed = memory.calls >= n;
        ck_assert_int_eq(status, failed ? SLA_ERROR_MEMORY : SLA_OK);
        sla_engine_free(engine);

        scarce_reset(&memory);
        memory.fail_at = n;
        sla_classification *found = NULL;
        status = sla_policy_classify(policy, DAY, &impact, 1, &found);
        ck_assert_int_eq(status, memory.calls >= n ? SLA_ERROR_MEMORY : SLA_OK);
        failed |= memory.calls >= n;
        sla_classification_free(found);
        ck_assert_uint_eq(memory.blocks, blocks);
    }
    sla_policy_unref(policy);
    assert_clean(&memory);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("oom");
    TCase *cases = tcase_create("oom");
    tcase_set_timeout(cases, 0); /* Meson's own limit holds */
    tcase_add_loop_test(cases, failed_allocation_while_compiling_is_an_error_and_leaks_nothing, 0,
                        2);
    tcase_add_loop_test(cases, failed_allocation_while_reporting_faults_leaks_nothing, 0, 2);
    tcase_add_loop_test(cases, failed_update_leaves_the_engine_as_it_was, 0, 2);
    tcase_add_test(cases, failed_engine_and_failed_classification_leak_nothing);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
