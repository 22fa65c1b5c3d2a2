/* SPDX-License-Identifier: MIT */
/* Policies, diagnostics, classifications and new engines: each allocation fails in turn, nothing
   leaks, and what comes in spite of a failure is whole. */
#include "suites.h"
#include "world.h"

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
    "            {at: 1h after, repeat: 1h, times: 3, notify: [boss]}]\n"
    "goals:\n"
    "  - {name: most, metrics: [resolution], when: {plan: vip}, at_least: 95%, per: month}\n"
    "tests:\n"
    "  - name: outage\n"
    "    at: 2026-01-05T08:00\n"
    "    incident: {impact: outage, city: Rome}\n"
    "    expect: {severity: urgent, agreement: default, resolution: 2026-01-05T16:00}\n"
    "    then: [{at: 2026-01-05T09:00, event: responded, incident: {city: {exists: false}},\n"
    "            expect_only_events: [{type: warning, notify: owner}, met first_response]}]\n";

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

static uint32_t compile_flags; /* of what is compiled */

static sla_status compile(struct scarce_memory *memory, const char *source, sla_policy **out_policy,
                          sla_diags **out_diags)
{
    sla_allocator allocator = scarce_allocator(memory);
    int loaded = 0;
    sla_loader loader = {load, release, &loaded, NULL};
    sla_policy_options options = {.size = sizeof options,
                                  .flags = SLA_POLICY_KEEP_DUMP | compile_flags,
                                  .allocator = &allocator, .loader = &loader};
    sla_status status =
        sla_policy_compile(source, SLA_NUL_TERMINATED, &options, out_policy, out_diags);
    ck_assert_int_eq(loaded, 0);
    return status;
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

/* Each finding that has texts of its own, so that they are lost, too. */
static const char doubtful_text[] =
    "sla: 1\n"
    "calendar: nights\n"
    "calendars: {nights: {hours: {daily: \"22:00-06:00\"}}, idle: {hours: {mon: 08:00-12:00}}}\n"
    "severities: [urgent, normal]\n"
    "classify:\n"
    "  region: [{when: {city: [Rome, Oslo]}, is: {copy: city}}, {is: remote}]\n"
    "  severity: [{when: {users: {min: 5, max: 9}}, is: urgent}, {is: normal},\n"
    "             {raise: 1, when: {users: {min: 6, max: 7}}}]\n"
    "agreements:\n"
    "  - name: sla\n"
    "    from: 2026-01-01\n"
    "    targets:\n"
    "      - {when: {severity: urgent, name: {prefix: no-}}, first_response: 9h, resolution: 8h}\n"
    "      - {when: {region: Room, opened_in: nights}, resolution: 4h}\n"
    "      - {when: {name: {contains: x}, zip: 0123, severity: urgent}, resolution: 2h}\n"
    "      - {when: {severity: urgent, zip: 0123}, resolution: {within: 1wd, due: close}}\n"
    "      - {when: {name: {contains: x}, zip: 0123}, resolution: 2h}\n"
    "  - {name: other, when: {plan: gold}, from: 2026-02-01, targets: [{resolution: 4h}]}\n"
    "  - {name: team, kind: ola, targets: [{resolution: 16h}]}\n"
    "escalations:\n"
    "  - {kinds: [uc], steps: [{at: 90%}]}\n"
    "  - {steps: [{at: 12h before}]}\n"
    "  - {steps: [{at: 50%}]}\n";

START_TEST(failed_allocation_while_analysing_leaks_nothing)
{
    compile_flags = SLA_POLICY_ANALYSE | SLA_POLICY_PORTABLE;
    compile_with_every_failure(policy_text, SLA_OK, _i);
    compile_with_every_failure(doubtful_text, SLA_OK, _i);
    compile_flags = 0;
}
END_TEST

START_TEST(failed_allocation_while_reporting_faults_leaks_nothing)
{
    compile_with_every_failure(faulty_text, SLA_ERROR_POLICY, _i);
}
END_TEST


/* The zone of the policy is read by the default loader, from the file system. */
static sla_status load_a_file(struct scarce_memory *memory, const char *path,
                              sla_policy **out_policy)
{
    sla_allocator allocator = scarce_allocator(memory);
    sla_policy_options options = {.size = sizeof options, .allocator = &allocator};
    options.zoneinfo = (sla_text){oom_zoneinfo, SLA_NUL_TERMINATED};
    return sla_policy_load(path, &options, out_policy, NULL);
}

START_TEST(failed_allocation_while_reading_files_leaks_nothing)
{
    for (uint64_t n = 1, done = 0; !done; n++) {
        struct scarce_memory memory = {.fail_at = n, .fail_on = _i};
        sla_policy *policy = NULL;
        sla_status status = load_a_file(&memory, oom_policy_file, &policy);
        done = memory.calls < n;
        if (done || status != SLA_ERROR_MEMORY)
            ck_assert_int_eq(status, SLA_OK);
        ck_assert((policy != NULL) == (status == SLA_OK));
        sla_policy_unref(policy);
        assert_clean(&memory);
        ck_assert(!done || n > 100);
    }
}
END_TEST

START_TEST(failed_engine_and_failed_classification_leave_the_policy_as_it_was)
{
    struct world world;
    world_open(&world, 0);
    uint64_t blocks = world.memory.blocks, failures = 0;
    sla_attribute attributes[2] = {
        {.name = {"plan", SLA_NUL_TERMINATED}, .value = {"gold", SLA_NUL_TERMINATED}},
        {.name = {"rank", SLA_NUL_TERMINATED}, .value = {"normal", SLA_NUL_TERMINATED}}};
    for (uint64_t n = 1, failed = 1; failed; n++) {
        scarce_reset(&world.memory);
        world.memory.fail_at = n;
        world.memory.fail_on = _i;
        sla_engine *engine = NULL;
        sla_status status = sla_engine_new(world.policy, NULL, NULL, &engine);
        failed = world.memory.calls >= n;
        ck_assert_int_eq(status, failed ? SLA_ERROR_MEMORY : SLA_OK);
        ck_assert((engine != NULL) == (status == SLA_OK));
        sla_engine_free(engine);
        ck_assert_uint_eq(world.memory.blocks, blocks);

        scarce_reset(&world.memory);
        world.memory.fail_at = n;
        world.memory.fail_on = _i;
        sla_classification *found = NULL;
        status = sla_policy_classify(world.policy, MONDAY, attributes, 2, &found);
        ck_assert_int_eq(status, world.memory.calls >= n ? SLA_ERROR_MEMORY : SLA_OK);
        ck_assert((found != NULL) == (status == SLA_OK));
        failed |= world.memory.calls >= n;
        sla_classification_free(found);
        ck_assert_uint_eq(world.memory.blocks, blocks);
        failures += failed;
    }
    ck_assert_uint_gt(failures, 1);
    scarce_reset(&world.memory);
    world_close(&world);
}
END_TEST

void add_policy_tests(TCase *cases)
{
    tcase_add_loop_test(cases, failed_allocation_while_compiling_is_an_error_and_leaks_nothing, 0,
                        2);
    tcase_add_loop_test(cases, failed_allocation_while_analysing_leaks_nothing, 0, 2);
    tcase_add_loop_test(cases, failed_allocation_while_reporting_faults_leaks_nothing, 0, 2);
    tcase_add_loop_test(cases, failed_allocation_while_reading_files_leaks_nothing, 0, 2);
    tcase_add_loop_test(cases, failed_engine_and_failed_classification_leave_the_policy_as_it_was,
                        0, 2);
}
