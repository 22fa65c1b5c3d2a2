/* SPDX-License-Identifier: MIT */
/* A policy's fingerprint: what changes it, and what does not. */
#include "policy_text.h"
#include "run_suite.h"

#include <sla/sla.h>
#include <string.h>

static void fingerprint_of(const char *text, uint8_t out[16])
{
    sla_policy *policy = compile(text);
    sla_policy_fingerprint(policy, out);
    sla_policy_unref(policy);
}

START_TEST(order_of_keys_in_a_condition_is_no_meaning)
{
    static const char *const same[] = {
        "sla: 1\n"
        "targets: [{when: {a: b, c: [d, e], f: {min: 1, not: 2}, not: {g: h, i: k}},"
        " resolution: 1h}, {when: {attribute: {all: x, any: y}}, resolution: 2h}]\n",
        "sla: 1\n"
        "targets: [{when: {f: {not: 2, min: 1}, not: {i: k, g: h}, c: [d, e], a: b},"
        " resolution: 1h}, {when: {attribute: {any: y, all: x}}, resolution: 2h}]\n",
    };
    static const char *const other[] = {
        "sla: 1\ntargets: [{when: {a: b, c: d}, resolution: 1h}]\n",
        "sla: 1\ntargets: [{when: {a: d, c: b}, resolution: 1h}]\n",
        "sla: 1\ntargets: [{when: {a: b, c: {not: d}}, resolution: 1h}]\n",
        "sla: 1\ntargets: [{when: {a: {not: b}, c: d}, resolution: 1h}]\n",
        "sla: 1\ntargets: [{when: {any: [{a: b}, {c: d}]}, resolution: 1h}]\n",
    };
    uint8_t first[16], second[16];
    fingerprint_of(same[0], first);
    fingerprint_of(same[1], second);
    ck_assert_mem_eq(first, second, 16);
    /* and so are the numbers that hosts bind to */
    sla_policy *one = compile(same[0]), *two = compile(same[1]);
    for (const char *name = "acfgi"; *name != '\0'; name++)
        ck_assert_uint_eq(sla_policy_attribute(one, name, 1), sla_policy_attribute(two, name, 1));
    for (const char *value = "bdehkxy"; *value != '\0'; value++)
        ck_assert_uint_eq(sla_policy_value(one, value, 1), sla_policy_value(two, value, 1));
    sla_policy_unref(one);
    sla_policy_unref(two);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        for (size_t k = 0; k < i; k++) {
            fingerprint_of(other[i], first);
            fingerprint_of(other[k], second);
            ck_assert_msg(memcmp(first, second, 16) != 0, "texts %zu and %zu", i, k);
        }
}
END_TEST

START_TEST(fingerprints_see_meaning_and_not_layout)
{
    static const char base[] = "sla: 1\ncalendar: c\n"
                               "calendars: {c: {hours: {mon: \"09:00-17:00\"}}}\n"
                               "targets: [{when: {a: b}, resolution: 1h}]\n";
    static const char *const same[] = {
        "# a comment\n\nsla: 1\ndescription: words\ncalendar: c\nx-own: 1\n"
        "targets:\n  - when:\n      a: b\n    resolution: 1h # one\n"
        "calendars:\n  c:\n    hours:\n      mon: [\"09:00-17:00\"]\n",
    };
    static const char *const other[] = {
        "sla: 1\ncalendar: c\ncalendars: {c: {hours: {mon: \"09:00-17:01\"}}}\n"
        "targets: [{when: {a: b}, resolution: 1h}]\n",
        "sla: 1\ncalendar: c\ncalendars: {c: {hours: {mon: \"09:00-17:00\"}}}\n"
        "targets: [{when: {a: c}, resolution: 1h}]\n",
        "sla: 1\ncalendar: c\ncalendars: {c: {hours: {mon: \"09:00-17:00\"}}}\n"
        "targets: [{when: {a: b}, resolution: 3601s}]\n",
        "sla: 1\ncalendar: c\ntimezone: Asia/Tokyo\n"
        "calendars: {c: {hours: {mon: \"09:00-17:00\"}}}\n"
        "targets: [{when: {a: b}, resolution: 1h}]\n",
        "sla: 1\ncalendar: c\ncalendars: {c: {hours: {mon: \"09:00-17:00\"}}}\n"
        "targets: [{when: {a: b}, resolution: 1h}]\nroll_deadlines: true\n",
        "sla: 1\ncalendar: c\ncalendars: {c: {hours: {mon: \"09:00-17:00\"}}}\n"
        "targets: [{when: {a: b}, resolution: 1h}]\nescalations: [{steps: [{at: due}]}]\n",
        "sla: 1\ncalendar: c\ncalendars: {c: {hours: {mon: \"09:00-17:00\"}}}\n"
        "targets: [{when: {not: {a: b}}, resolution: 1h}]\n",
    };
    uint8_t first[16], second[16];
    fingerprint_of("sla: 1\ntargets: [{when: {a: {prefix: x}}, resolution: 1h}]\n", first);
    fingerprint_of("sla: 1\ntargets: [{when: {a: {contains: x}}, resolution: 1h}]\n", second);
    ck_assert(memcmp(first, second, 16) != 0);
    fingerprint_of(base, first);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        fingerprint_of(same[i], second);
        ck_assert_mem_eq(first, second, 16);
    }
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        fingerprint_of(other[i], second);
        ck_assert_msg(memcmp(first, second, 16) != 0, "text %zu", i);
    }
}
END_TEST

int main(int argc, char **argv)
{
    Suite *suite = suite_create("fingerprint");
    TCase *cases = tcase_create("fingerprint");
    policy_text_zones(argc > 1 ? argv[1] : NULL);
    tcase_add_test(cases, fingerprints_see_meaning_and_not_layout);
    tcase_add_test(cases, order_of_keys_in_a_condition_is_no_meaning);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
