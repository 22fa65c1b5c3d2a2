/* SPDX-License-Identifier: MIT */
/* The policy's own tests: what is compared, and what a failure says. Every expected line was worked
   out by hand from semantics.md. */
#include "run_suite.h"

#include <check.h>
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *zoneinfo;

/* A desk in Shanghai, and a team of its own. Lines 1 to 20. */
static const char desk[] =
    "sla: 1\n"
    "timezone: Asia/Shanghai\n"
    "calendar: office\n"
    "calendars: {office: {hours: {mon-fri: \"09:00-18:00\"}}}\n"
    "severities: [urgent, general]\n"
    "classify:\n"
    "  region: [{when: {city: [北京, 上海]}, is: city}, {is: remote}]\n"
    "  severity: [{when: {impact: outage}, is: urgent}, {is: general}]\n"
    "  team: {by: product, is: {router: network}}\n"
    "metrics:\n"
    "  first_response: {start: opened, stop: responded}\n"
    "  resolution:\n"
    "    {start: opened, stop: resolved, pause: {while: {status: waiting}, reason: customer}}\n"
    "agreements:\n"
    "  - {name: gold, when: {plan: gold}, calendar: 24x7,\n"
    "     targets: [{first_response: 30m, resolution: {within: 8h, grace: 1h}}]}\n"
    "  - {name: standard, targets: [{first_response: 2h, resolution: 3wd}]}\n"
    "  - {name: field team, kind: ola, targets: [{when: {region: city}, resolution: 2h}]}\n"
    "escalations: [{steps: [{at: 50%, notify: owner, level: 1}, {at: due, notify: [boss, 主管]}]}]\n"
    "tests:\n";

static sla_policy *compile(const char *text)
{
    sla_policy_options options = {.size = sizeof options};
    options.zoneinfo = (sla_text){zoneinfo, SLA_NUL_TERMINATED};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, &diags);
    char line[500] = "";
    sla_diag_format(sla_diags_at(diags, 0), line, sizeof line);
    ck_assert_msg(policy != NULL && sla_diags_count(diags) == 0, "%s", line);
    sla_diags_free(diags);
    return policy;
}

static void add(char *out, size_t capacity, const sla_test_mismatch *mismatch)
{
    size_t used = strlen(out);
    snprintf(out + used, capacity - used, "%u:%u-%u:%u step %u: %.*s: wants %.*s; has %.*s\n",
             mismatch->line, mismatch->column, mismatch->end_line, mismatch->end_column,
             mismatch->step, (int)mismatch->subject.length, mismatch->subject.data,
             (int)mismatch->expected.length, mismatch->expected.data, (int)mismatch->got.length,
             mismatch->got.data);
}

/* Runs the one test that is written behind the desk, and compares what it says. */
static void assert_run(const char *head, const char *test, const char *expected)
{
    static char text[8000], got[8000];
    snprintf(text, sizeof text, "%s%s", head, test);
    sla_policy *policy = compile(text);
    sla_test_run *run;
    ck_assert_int_eq(sla_policy_test_run(policy, 0, &run), SLA_OK);
    *got = '\0';
    sla_test_mismatch mismatch = {.size = sizeof mismatch};
    for (size_t i = 0; sla_test_run_mismatch(run, i, &mismatch); i++)
        add(got, sizeof got, &mismatch);
    ck_assert_str_eq(got, expected);
    sla_test_run_free(run);
    sla_policy_unref(policy);
}

START_TEST(a_test_that_is_right_has_nothing_to_say)
{
    /* Friday 17:50. 2h: 10 min until 18:00, 1h50m on Monday from 09:00: 10:50. 3wd: Wednesday,
       17:50. The team's 2h on a working calendar are the same; its city is one of the two. */
    assert_run(desk,
               "  - name: 周五晚上\n"
               "    at: 2026-11-20T17:50\n"
               "    incident: {city: 上海, product: router}\n"
               "    expect:\n"
               "      severity: general\n"
               "      region: city\n"
               "      team: network\n"
               "      city: 上海\n"
               "      impact: {exists: false}\n"
               "      agreement: [standard, field team]\n"
               "      first_response: 2026-11-23T10:50\n"
               "      resolution:\n"
               "        - {kind: sla, deadline: 2026-11-25T17:50, state: running, cycle: 1}\n"
               "        - {agreement: field team, deadline: 2026-11-23T02:50Z, calendar: office}\n"
               "    expect_only_events: [started first_response, started resolution sla,\n"
               "                         started resolution ola]\n",
               "");
}
END_TEST

START_TEST(every_value_that_differs_is_told_with_its_place)
{
    assert_run(desk,
               "  - name: wrong\n"                                       /* 21 */
               "    at: 2026-11-20T17:50\n"                              /* 22 */
               "    incident: {city: 上海, product: ''}\n"               /* 23 */
               "    expect: {severity: urgent, region: remote,\n"        /* 24 */
               "             team: {exists: true}, product: router,\n"   /* 25 */
               "             city: {exists: false}, agreement: gold}\n", /* 26 */
               "24:24-24:30 step 0: severity: wants urgent; has general\n"
               "24:40-24:46 step 0: region: wants remote; has city\n"
               "25:20-25:34 step 0: team: wants a value; has no value\n"
               "25:45-25:51 step 0: product: wants router; has an empty text\n"
               "26:20-26:35 step 0: city: wants no value; has 上海\n"
               "26:48-26:52 step 0: agreement: wants gold; has standard\n");
}
END_TEST

START_TEST(a_clock_is_compared_part_by_part)
{
    /* Gold, around the clock, opened Friday 17:50: answer due 18:20, solution due Saturday 01:50.
       At 18:51 an hour and a minute are used, and 6h59m are left. */
    assert_run(desk,
               "  - name: gold\n"                                              /* 21 */
               "    at: 2026-11-20T17:50\n"                                    /* 22 */
               "    incident: {plan: gold}\n"                                  /* 23 */
               "    expect: {first_response: 2026-11-20T18:50}\n"              /* 24 */
               "    then:\n"                                                   /* 25 */
               "      - at: 2026-11-20T18:51\n"                                /* 26 */
               "        expect:\n"                                             /* 27 */
               "          first_response: {breached: false, state: missed, remaining: 1m}\n"
               "          resolution:\n"                                       /* 29 */
               "            - {kind: sla, agreement: gold, elapsed: 1h, remaining: 6h59m,\n"
               "               calendar: office, in_grace: false, cycle: 2}\n" /* 31 */
               "            - {kind: ola, state: running}\n",                  /* 32 */
               "24:30-24:46 step 0: first_response sla: wants 2026-11-20T18:50:00+08:00; "
               "has 2026-11-20T18:20:00+08:00\n"
               "28:52-28:58 step 1: first_response sla: wants missed; "
               "has running, due 2026-11-20T18:20:00+08:00\n"
               "28:38-28:43 step 1: first_response sla breached: wants false; has true\n"
               "28:71-28:73 step 1: first_response sla remaining: wants 1m; has -31m\n"
               "31:26-31:32 step 1: resolution sla calendar: wants office; has 24x7\n"
               "31:58-31:59 step 1: resolution sla cycle: wants 2; has 1\n"
               "30:53-30:55 step 1: resolution sla elapsed: wants 1h; has 1h1m\n"
               "32:34-32:41 step 1: resolution ola: wants running; has none\n");
}
END_TEST

START_TEST(a_paused_clock_has_no_deadline_but_something_left)
{
    /* 8h from 17:50, paused at 18:00: 10 min are used. Resumed at 20:00 it is due 2 h later than
       01:50. */
    assert_run(desk,
               "  - name: waiting\n"                                            /* 21 */
               "    at: 2026-11-20T17:50\n"                                     /* 22 */
               "    incident: {plan: gold}\n"                                   /* 23 */
               "    expect_events: started\n"                                   /* 24 */
               "    then:\n"                                                    /* 25 */
               "      - at: 2026-11-20T18:00\n"                                 /* 26 */
               "        incident: {status: waiting}\n"                          /* 27 */
               "        expect: {resolution: {kind: sla, deadline: 2026-11-21T01:50}}\n" /* 28 */
               "        expect_events: [{type: paused, reason: supplier}]\n"    /* 29 */
               "      - at: 2026-11-20T20:00\n"                                 /* 30 */
               "        incident: {status: {exists: false}}\n"                  /* 31 */
               "        expect: {status: {exists: false},\n"                    /* 32 */
               "                 resolution: {kind: sla, state: paused}}\n"     /* 33 */
               "        expect_events: resumed resolution\n"                    /* 34 */
               "      - at: 2026-11-20T20:00\n"                                 /* 35 */
               "        expect: {resolution: {kind: sla, deadline: 2026-11-21T03:50}}\n",
               "28:52-28:68 step 1: resolution sla: wants 2026-11-21T01:50:00+08:00; "
               "has paused, left: 7h50m\n"
               "29:25-29:57 step 1: events: wants paused because of supplier; "
               "has paused resolution sla because of customer\n"
               "33:49-33:55 step 2: resolution sla: wants paused; "
               "has running, due 2026-11-21T03:50:00+08:00\n");
}
END_TEST

/* A desk with steps before, at and after the deadline, and one kind. Lines 1 to 12. */
static const char steps[] =
    "sla: 1\n"
    "timezone: Asia/Shanghai\n"
    "metrics:\n"
    "  reply: {start: opened, stop: answered, repeat: true}\n"
    "  fix it: {start: opened, stop: fixed, reopen: resume}\n"
    "targets: [{reply: 1h, fix it: {within: 4h, grace: 10m}}]\n"
    "escalations:\n"
    "  - metrics: fix it\n"
    "    steps: [{at: 50%, notify: owner}, {at: 30m before, notify: [owner, boss], via: sms},\n"
    "            {at: 1h after, level: 2, notify: 主管, repeat: 1h, times: 2}]\n"
    "  - steps: [{at: due, notify: owner}]\n"
    "tests:\n";

START_TEST(events_are_those_since_the_step_before)
{
    /* From 09:00: reply due 10:00; fix it due 13:00, broken behind 13:10. Half the time is used at
       11:00; 30m before is 12:30; 1h after counts from 13:10: 14:10 and 15:10. */
    assert_run(steps,
               "  - name: a day\n"
               "    at: 2026-11-20T09:00\n"
               "    expect_only_events: [started reply, started fix it]\n"
               "    then:\n"
               "      - at: 2026-11-20T10:00\n"
               "        expect_only_events: []\n"
               "      - at: 2026-11-20T10:00:01\n"
               "        expect_only_events: [{type: breach, metric: reply, at: 2026-11-20T10:00,\n"
               "                              notify: owner}]\n"
               "      - at: 2026-11-20T12:45\n"
               "        event: answered\n"
               "        expect_events: [{type: warning, percent: 50%},\n"
               "                        {type: warning, notify: [owner, boss], via: sms},\n"
               "                        missed reply]\n"
               "        expect_no_events: [breach, started]\n"
               "      - at: 2026-11-20T13:05\n"
               "        expect_only_events: []\n"
               "        expect: {reply: {cycle: 1, state: missed}, fix it: {breached: false}}\n"
               "      - at: 2026-11-20T16:00\n"
               "        event: [called, fixed]\n"
               "        expect_only_events:\n"
               "          - {type: breach, metric: fix it, at: 2026-11-20T13:10}\n"
               "          - {type: escalation, level: 2, at: 2026-11-20T14:10}\n"
               "          - {type: escalation, notify: 主管, at: 2026-11-20T15:10+08:00}\n"
               "          - missed fix it sla\n",
               "");
}
END_TEST

START_TEST(the_first_event_that_does_not_come_is_told)
{
    assert_run(steps,
               "  - name: a day\n"                                                   /* 13 */
               "    at: 2026-11-20T09:00\n"                                          /* 14 */
               "    expect_only_events: [started fix it, started reply]\n"           /* 15 */
               "    then:\n"                                                         /* 16 */
               "      - at: 2026-11-20T12:45\n"                                      /* 17 */
               "        expect_only_events: [breach reply, warning]\n"               /* 18 */
               "      - at: 2026-11-20T13:05\n"                                      /* 19 */
               "        expect_only_events: breach fix it\n"                         /* 20 */
               "      - at: 2026-11-20T15:00\n"                                      /* 21 */
               "        event: fixed\n"                                              /* 22 */
               "        expect_events: [breach fix it, met fix it, missed]\n"        /* 23 */
               "        expect_no_events: [escalation, met]\n"                       /* 24 */
               "      - at: 2026-11-20T15:00\n"                                      /* 25 */
               "        expect_events: [{type: escalation, level: 3, notify: boss}]\n", /* 26 */
               "15:26-15:40 step 0: events: wants started fix it; "
               "has started reply, started fix it\n"
               "18:29-18:52 step 1: events: wants no more events; "
               "has warning fix it\n"
               "20:29-20:42 step 2: events: wants breach fix it; has no event\n"
               "23:40-23:50 step 3: events: wants met fix it; "
               "has escalation fix it level 2, missed fix it\n"
               "24:28-24:38 step 3: events: wants no escalation; "
               "has escalation fix it level 2 at 2026-11-20T14:10:00+08:00\n"
               "26:25-26:67 step 4: events: wants escalation level 3 to boss; has no event\n");
}
END_TEST

START_TEST(an_update_that_cannot_be_applied_ends_the_test)
{
    assert_run(steps,
               "  - name: acts\n"                                                    /* 13 */
               "    at: 2026-11-20T09:00\n"                                          /* 14 */
               "    expect: {fix it: 2026-11-20T13:00}\n"                            /* 15 */
               "    then:\n"                                                         /* 16 */
               "      - at: 2026-11-20T10:00\n"                                      /* 17 */
               "        event: sla:extend\n"                                         /* 18 */
               "        incident: {metric: fix it, by: 2h, reason: parts}\n"         /* 19 */
               "        expect: {fix it: 2026-11-20T15:00}\n"                        /* 20 */
               "        expect_events: [{type: extended, reason: parts}]\n"          /* 21 */
               "      - at: 2026-11-20T11:00\n"                                      /* 22 */
               "        event: sla:extend\n"                                         /* 23 */
               "        incident: {by: later}\n"                                     /* 24 */
               "        expect: {fix it: paused}\n"                                  /* 25 */
               "      - at: 2026-11-20T12:00\n"                                      /* 26 */
               "        expect: {fix it: paused}\n",                                 /* 27 */
               "22:13-22:29 step 2: sla:extend: wants applied; "
               "has the text cannot be read\n");
}
END_TEST

START_TEST(a_mismatch_explains_the_clock_as_it_stood_then)
{
    static char text[8000];
    snprintf(text, sizeof text, "%s%s", steps,
             "  - name: late\n"
             "    at: 2026-11-20T09:00\n"
             "    expect: {reply: 2026-11-20T09:30}\n"
             "    then: [{at: 2026-11-20T09:40, event: answered, expect: {reply: running}}]\n"
             "  - {name: fine, at: 2026-11-20T09:00, expect: {reply: running}}\n");
    sla_policy *policy = compile(text);
    sla_policy_test test = {.size = sizeof test};
    ck_assert_int_eq(sla_policy_test_at(policy, 0, &test), 1);
    ck_assert_uint_eq(test.name.length, 4);
    ck_assert_mem_eq(test.name.data, "late", 4);
    ck_assert_int_eq(test.at, 1795136400); /* 2026-11-20T01:00Z */
    ck_assert_uint_eq(test.step_count, 2);
    ck_assert_uint_eq(test.line, 13);
    ck_assert_uint_eq(test.column, 11);
    sla_test_run *run;
    ck_assert_int_eq(sla_policy_test_run(policy, 0, &run), SLA_OK);
    ck_assert_uint_eq(sla_test_run_count(run), 2);
    sla_test_mismatch mismatch = {.size = sizeof mismatch};
    sla_explained_clock clock = {.size = sizeof clock};
    ck_assert_int_eq(sla_test_run_mismatch(run, 0, &mismatch), 1);
    ck_assert_uint_eq(mismatch.what, SLA_MISMATCH_CLOCK);
    ck_assert_uint_eq(mismatch.metric_index, 0);
    ck_assert_uint_eq(mismatch.kind, SLA_KIND_SLA);
    ck_assert_int_eq(mismatch.at, 1795136400);
    ck_assert_int_eq(sla_explanation_clock(mismatch.explanation, &clock), 1);
    ck_assert_uint_eq(clock.state, SLA_CLOCK_RUNNING);
    ck_assert_int_eq(clock.deadline, 1795140000);
    ck_assert_int_eq(sla_test_run_mismatch(run, 1, &mismatch), 1);
    ck_assert_uint_eq(mismatch.step, 1);
    ck_assert_int_eq(sla_explanation_clock(mismatch.explanation, &clock), 1);
    ck_assert_uint_eq(clock.state, SLA_CLOCK_MET);
    ck_assert_int_eq(clock.elapsed, 2400);
    ck_assert_int_eq(sla_test_run_mismatch(run, 2, &mismatch), 0);
    sla_test_run_free(run);
    ck_assert_int_eq(sla_policy_test_run(policy, 1, &run), SLA_OK);
    ck_assert_uint_eq(sla_test_run_count(run), 0);
    sla_policy_unref(policy); /* the run holds on to it */
    ck_assert_int_eq(sla_test_run_mismatch(run, 0, &mismatch), 0);
    sla_test_run_free(run);
}
END_TEST

START_TEST(what_cannot_be_right_is_refused)
{
    sla_policy *policy = compile("sla: 1\n");
    sla_policy_test test = {.size = sizeof test};
    sla_test_run *run = NULL;
    ck_assert_int_eq(sla_policy_test_at(policy, 0, &test), 0);
    ck_assert_int_eq(sla_policy_test_at(NULL, 0, &test), 0);
    ck_assert_int_eq(sla_policy_test_run(policy, 0, &run), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_policy_test_run(NULL, 0, &run), SLA_ERROR_ARGUMENT);
    ck_assert_ptr_null(run);
    ck_assert_uint_eq(sla_test_run_count(NULL), 0);
    ck_assert_int_eq(sla_test_run_mismatch(NULL, 0, &(sla_test_mismatch){.size = 8}), 0);
    sla_test_run_free(NULL);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(the_example_of_the_language_passes)
{
    assert_run("sla: 1\n"
               "timezone: Asia/Shanghai\n"
               "severities: [urgent, important, general]\n"
               "classify:\n"
               "  region: [{when: {city: [Beijing, Shanghai, 深圳]}, is: city}, {is: remote}]\n"
               "  severity: [{when: {impact: outage}, is: urgent}, {is: general}]\n"
               "targets:\n"
               "  - {when: {severity: urgent, region: city}, first_response: 1h, resolution: 8h}\n"
               "escalations:\n"
               "  - {when: {severity: urgent}, steps: [{at: 30m before, notify: [owner]}]}\n"
               "tests:\n",
               "  - name: urgent in the city, Friday evening\n"
               "    incident: {impact: outage, city: Shanghai}\n"
               "    at: 2026-11-20T17:50\n"
               "    expect: {severity: urgent, region: city, first_response: 2026-11-20T18:50}\n"
               "    then:\n"
               "      - {at: 2026-11-20T18:51, expect_events: [breach first_response]}\n"
               "      - at: 2026-11-20T18:55\n"
               "        event: responded\n"
               "        expect_events: [missed first_response]\n",
               "");
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    zoneinfo = argv[1];
    Suite *suite = suite_create("policy_test");
    TCase *tcase = tcase_create("policy_test");
    tcase_add_test(tcase, a_test_that_is_right_has_nothing_to_say);
    tcase_add_test(tcase, every_value_that_differs_is_told_with_its_place);
    tcase_add_test(tcase, a_clock_is_compared_part_by_part);
    tcase_add_test(tcase, a_paused_clock_has_no_deadline_but_something_left);
    tcase_add_test(tcase, events_are_those_since_the_step_before);
    tcase_add_test(tcase, the_first_event_that_does_not_come_is_told);
    tcase_add_test(tcase, an_update_that_cannot_be_applied_ends_the_test);
    tcase_add_test(tcase, a_mismatch_explains_the_clock_as_it_stood_then);
    tcase_add_test(tcase, what_cannot_be_right_is_refused);
    tcase_add_test(tcase, the_example_of_the_language_passes);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
