/* SPDX-License-Identifier: MIT */
/* A rich policy cut at every byte, with every byte changed, and with every allocation failing once:
   always an answer, always a place inside the file, never a leak. */
#include "run_suite.h"
#include "scarce_memory.h"
#include "sound_policy.h"

#include <check.h>
#include <sla/sla.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char zoneinfo[4096];
static char rich[16384];
static size_t rich_length;
static size_t stride = 1; /* valgrind is too slow for every byte */

static void read_rich(const char *folder)
{
    char path[5000];
    snprintf(path, sizeof path, "%s/../policies/rich.yaml", folder);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        exit(2);
    rich_length = fread(rich, 1, sizeof rich, file);
    fclose(file);
}

static sla_status compile(struct scarce_memory *memory, const char *text, size_t length,
                          sla_policy **out_policy, sla_diags **out_diags)
{
    sla_allocator allocator = scarce_allocator(memory);
    sla_policy_options options = {.size = sizeof options, .allocator = &allocator};
    options.zoneinfo = (sla_text){zoneinfo, SLA_NUL_TERMINATED};
    return sla_policy_compile(text, length, &options, out_policy, out_diags);
}

static void check_text(const char *text, size_t length)
{
    const char *broken = sound_policy(text, length, NULL, zoneinfo, false, NULL, NULL);
    ck_assert_msg(broken == NULL, "%zu bytes: this does not hold: %s", length, broken);
}

START_TEST(the_rich_policy_is_right)
{
    struct scarce_memory memory = {0};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    ck_assert_int_eq(compile(&memory, rich, rich_length, &policy, &diags), SLA_OK);
    ck_assert_uint_eq(sla_diags_errors(diags), 0);
    sla_policy_unref(policy);
    sla_diags_free(diags);
    ck_assert_uint_eq(memory.blocks, 0);
}
END_TEST

START_TEST(a_policy_cut_at_any_byte_gets_an_answer)
{
    for (size_t length = 0; length <= rich_length; length += stride) {
        char *copy = malloc(length + 1); /* exact, so that reading past the end is noticed */
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, rich, length);
        check_text(copy, length);
        free(copy);
    }
}
END_TEST

START_TEST(a_policy_with_any_byte_changed_gets_an_answer)
{
    static const char others[] = {'[', ':', '"', '\n', (char)0xC3, '0'};
    char copy[sizeof rich];
    for (size_t at = 0; at < rich_length; at += stride) {
        memcpy(copy, rich, rich_length);
        copy[at] = others[at % sizeof others];
        check_text(copy, rich_length);
    }
}
END_TEST

static void fingerprint_of(const char *text, size_t length, uint8_t out[16])
{
    struct scarce_memory memory = {0};
    sla_policy *policy = NULL;
    compile(&memory, text, length, &policy, NULL);
    memset(out, 0, 16);
    if (policy != NULL)
        sla_policy_fingerprint(policy, out);
    sla_policy_unref(policy);
}

/* Every allocation fails once; then everything from it on. */
static void starve(const char *text, size_t length, sla_status wanted)
{
    uint8_t whole[16], got[16];
    fingerprint_of(text, length, whole);
    for (int fail_on = 0; fail_on <= 1; fail_on++) {
        sla_status status = SLA_ERROR_MEMORY;
        uint64_t at = 1;
        for (; at < 100000; at += stride) {
            struct scarce_memory memory = {.fail_at = at, .fail_on = fail_on};
            sla_policy *policy = NULL;
            sla_diags *diags = NULL;
            status = compile(&memory, text, length, &policy, &diags);
            ck_assert_int_eq(status == SLA_OK, policy != NULL);
            if (status == SLA_ERROR_MEMORY)
                ck_assert_ptr_null(diags);
            else
                ck_assert_int_eq(status, wanted);
            if (policy != NULL) { /* nothing was left out silently */
                sla_policy_fingerprint(policy, got);
                ck_assert_mem_eq(whole, got, 16);
            }
            sla_policy_unref(policy);
            sla_diags_free(diags);
            ck_assert_msg(memory.blocks == 0, "call %d: %d blocks are left", (int)at,
                          (int)memory.blocks);
            ck_assert_uint_eq(memory.wrong_size, 0);
            if (memory.calls < at)
                break; /* nothing failed any more */
        }
        ck_assert_int_eq(status, wanted);
        ck_assert_uint_gt(at, 20);
    }
}

START_TEST(any_failed_allocation_is_an_error_and_leaks_nothing)
{
    starve(rich, rich_length, SLA_OK);
}
END_TEST

START_TEST(any_failed_allocation_among_faults_leaks_nothing)
{
    static const char faulty[] =
        "sla: 1\ntimezone: Nowhere/Land\ncalendar: offce\nseverities: [urgent, urgent]\n"
        "holidays: {law: {closed: [2026-13-01, {date: 2026-05-01, to: 2026-04-01}]}}\n"
        "calendars: {office: {hours: {mon-fri: \"09:00-17:00\", fri: closed}, holidays: [lw]},\n"
        "  never: {}}\n"
        "classify: {a: [{when: {b: c}, is: d}], b: [{is: x}]}\n"
        "targets: [{when: {severity: urgnt}, respnse: 1h, resolution: soon}, {resolution: 3d}]\n"
        "escalations: [{metrics: [resolutin], steps: [{at: soon}, {at: due, late: skip}]}]\n"
        "sla: 1\n";
    starve(faulty, sizeof faulty - 1, SLA_ERROR_POLICY);
}
END_TEST

START_TEST(without_a_list_for_them_diagnostics_are_freed)
{
    struct scarce_memory memory = {0};
    sla_policy *policy = NULL;
    ck_assert_int_eq(compile(&memory, "sla: 2\n", SLA_NUL_TERMINATED, &policy, NULL),
                     SLA_ERROR_POLICY);
    ck_assert_ptr_null(policy);
    ck_assert_uint_eq(memory.blocks, 0);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    snprintf(zoneinfo, sizeof zoneinfo, "%s", argv[1]);
    read_rich(argv[1]);
    if (getenv("SLA_VALGRIND") != NULL)
        stride = 41;
    Suite *suite = suite_create("policy_damage");
    TCase *tcase = tcase_create("policy_damage");
    tcase_set_timeout(tcase, 240);
    tcase_add_test(tcase, the_rich_policy_is_right);
    tcase_add_test(tcase, a_policy_cut_at_any_byte_gets_an_answer);
    tcase_add_test(tcase, a_policy_with_any_byte_changed_gets_an_answer);
    tcase_add_test(tcase, any_failed_allocation_is_an_error_and_leaks_nothing);
    tcase_add_test(tcase, any_failed_allocation_among_faults_leaks_nothing);
    tcase_add_test(tcase, without_a_list_for_them_diagnostics_are_freed);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
