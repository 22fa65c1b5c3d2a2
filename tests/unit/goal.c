/* SPDX-License-Identifier: MIT */
/* Goals: what was promised, for which clocks, in which period, and whether a count keeps it. */
#include "run_suite.h"

#include <check.h>
#include <sla/sla.h>
#include <stdio.h>
#include <string.h>

static const char *zoneinfo;
static sla_policy *policy;

static void compile(const char *text)
{
    sla_policy_options options = {.size = sizeof options};
    options.zoneinfo = (sla_text){zoneinfo, SLA_NUL_TERMINATED};
    sla_diags *diags = NULL;
    sla_status status = sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, &diags);
    char line[500] = "";
    sla_diag_format(sla_diags_at(diags, 0), line, sizeof line);
    ck_assert_msg(status == SLA_OK && sla_diags_count(diags) == 0, "%s", line);
    sla_diags_free(diags);
}

static void tear_down(void)
{
    sla_policy_unref(policy);
    policy = NULL;
}

static const char desk[] =
    "sla: 1\n"
    "agreements:\n"
    "  - {name: gold, when: {plan: gold}, targets: [{first_response: 1h, resolution: 4h}]}\n"
    "  - {name: standard, targets: [{resolution: 8h}]}\n"
    "  - {name: field team, kind: ola, targets: [{resolution: 2h}]}\n"
    "goals:\n"
    "  - {name: answers, metrics: first_response, at_least: 99.5%, per: week}\n"
    "  - {metrics: [resolution], kinds: ola, at_least: 80%, per: quarter}\n"
    "  - {agreements: [gold, standard], when: {region: 北京}, at_least: 100%, per: day}\n";

static sla_time instant(const char *text)
{
    sla_time at;
    const sla_calendar *always = sla_policy_calendar(policy, "24x7", SLA_NUL_TERMINATED);
    ck_assert_int_eq(sla_calendar_parse_time(always, text, SLA_NUL_TERMINATED, &at), SLA_OK);
    return at;
}

START_TEST(a_goal_says_what_was_written)
{
    compile(desk);
    sla_goal goal = {.size = sizeof goal};
    ck_assert_int_eq(sla_policy_goal_at(policy, 0, &goal), 1);
    ck_assert_uint_eq(goal.size, sizeof goal);
    ck_assert_uint_eq(goal.flags, 0);
    ck_assert_uint_eq(goal.name.length, 7);
    ck_assert_mem_eq(goal.name.data, "answers", 7);
    ck_assert_uint_eq(goal.rate, 995000);
    ck_assert_uint_eq(goal.period, SLA_PERIOD_WEEK);
    ck_assert_uint_eq(goal.kinds, 0);
    ck_assert_uint_eq(goal.line, 7);
    ck_assert_uint_eq(goal.metric_count, 1);
    ck_assert_uint_eq(goal.agreement_count, 0);
    ck_assert_uint_eq(sla_policy_goal_metric(policy, 0, 0), 0);
    ck_assert_uint_eq(sla_policy_goal_metric(policy, 0, 1), SLA_NO_INDEX);
    ck_assert_int_eq(sla_policy_goal_at(policy, 1, &goal), 1);
    ck_assert_uint_eq(goal.name.length, 0);
    ck_assert_uint_eq(goal.kinds, 1u << SLA_KIND_OLA);
    ck_assert_uint_eq(goal.rate, 800000);
    ck_assert_uint_eq(sla_policy_goal_metric(policy, 1, 0), 1);
    ck_assert_int_eq(sla_policy_goal_at(policy, 2, &goal), 1);
    ck_assert_uint_eq(goal.rate, SLA_GOAL_WHOLE);
    ck_assert_uint_eq(goal.agreement_count, 2);
    ck_assert_uint_eq(sla_policy_goal_agreement(policy, 2, 1), 1);
    ck_assert_uint_eq(sla_policy_goal_agreement(policy, 2, 2), SLA_NO_INDEX);
    ck_assert_int_eq(sla_policy_goal_at(policy, 3, &goal), 0);
    ck_assert_uint_eq(sla_policy_goal_metric(policy, 3, 0), SLA_NO_INDEX);
    ck_assert_int_eq(sla_policy_goal_at(NULL, 0, &goal), 0);
    ck_assert_int_eq(sla_policy_goal_at(policy, 0, &(sla_goal){.size = 1}), 0);
}
END_TEST

static uint32_t rate_of(const char *text)
{
    char source[200];
    snprintf(source, sizeof source, "sla: 1\ngoals: [{at_least: %s, per: year}]\n", text);
    compile(source);
    sla_goal goal = {.size = sizeof goal};
    ck_assert_int_eq(sla_policy_goal_at(policy, 0, &goal), 1);
    tear_down();
    return goal.rate;
}

START_TEST(a_rate_is_exact_to_four_decimals)
{
    ck_assert_uint_eq(rate_of("95%"), 950000);
    ck_assert_uint_eq(rate_of("99.5%"), 995000);
    ck_assert_uint_eq(rate_of("99.95%"), 999500);
    ck_assert_uint_eq(rate_of("100%"), 1000000);
    ck_assert_uint_eq(rate_of("100.0000%"), 1000000);
    ck_assert_uint_eq(rate_of("0.0001%"), 1);
    ck_assert_uint_eq(rate_of("007.50000000%"), 75000);
}
END_TEST

static void assert_period(size_t goal, const char *at, const char *from, const char *to)
{
    sla_time got_from, got_to;
    ck_assert_int_eq(sla_policy_goal_period(policy, goal, instant(at), &got_from, &got_to),
                     SLA_OK);
    ck_assert_msg(got_from == instant(from) && got_to == instant(to), "%s: %lld to %lld", at,
                  (long long)got_from, (long long)got_to);
}

#define EVERY_PERIOD(zone)                                                              \
    "sla: 1\ntimezone: " zone "\ngoals:\n"                                              \
    "  - {at_least: 1%, per: day}\n  - {at_least: 1%, per: week}\n"                     \
    "  - {at_least: 1%, per: month}\n  - {at_least: 1%, per: quarter}\n"                \
    "  - {at_least: 1%, per: year}\n"

START_TEST(a_period_is_whole_local_dates)
{
    compile(EVERY_PERIOD("Asia/Shanghai"));
    const char *friday = "2026-11-20T17:50"; /* all local, in the policy's zone */
    assert_period(0, friday, "2026-11-20T00:00", "2026-11-21T00:00");
    assert_period(1, friday, "2026-11-16T00:00", "2026-11-23T00:00");
    assert_period(2, friday, "2026-11-01T00:00", "2026-12-01T00:00");
    assert_period(3, friday, "2026-10-01T00:00", "2027-01-01T00:00");
    assert_period(4, friday, "2026-01-01T00:00", "2027-01-01T00:00");
    assert_period(2, "2026-12-31T23:59:59", "2026-12-01T00:00", "2027-01-01T00:00");
    assert_period(2, "2027-01-01T00:00", "2027-01-01T00:00", "2027-02-01T00:00");
    /* 2026-10-31T16:00Z is midnight in Shanghai: November has begun there */
    assert_period(2, "2026-10-31T16:00Z", "2026-11-01T00:00", "2026-12-01T00:00");
    assert_period(2, "2026-10-31T15:59:59Z", "2026-10-01T00:00", "2026-11-01T00:00");
    assert_period(1, "2027-01-01T12:00", "2026-12-28T00:00", "2027-01-04T00:00");
    assert_period(3, "2026-06-30T23:59:59", "2026-04-01T00:00", "2026-07-01T00:00");
}
END_TEST

START_TEST(where_clocks_go_back_over_midnight_a_period_goes_on)
{
    /* St. John's, 2010-11-07 00:01 → 2010-11-06 23:01. At 03:00Z clocks show the 6th again, of
       which the period has ended at 02:30Z. */
    compile(EVERY_PERIOD("America/St_Johns"));
    assert_period(0, "2010-11-07T02:29:59Z", "2010-11-06T02:30Z", "2010-11-07T02:30Z");
    assert_period(0, "2010-11-07T02:30Z", "2010-11-07T02:30Z", "2010-11-08T03:30Z");
    assert_period(0, "2010-11-07T03:00Z", "2010-11-07T02:30Z", "2010-11-08T03:30Z");
    assert_period(1, "2010-11-07T03:00Z", "2010-11-01T02:30Z", "2010-11-08T03:30Z");
}
END_TEST

START_TEST(a_period_outside_the_range_is_an_error)
{
    compile(EVERY_PERIOD("Asia/Shanghai"));
    sla_time from = 7, to = 7;
    ck_assert_int_eq(sla_policy_goal_period(policy, 0, SLA_TIME_MAX + 1, &from, &to),
                     SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_policy_goal_period(policy, 4, SLA_TIME_MAX, &from, &to),
                     SLA_ERROR_RANGE); /* 2199 ends in 2200 */
    ck_assert_int_eq(sla_policy_goal_period(policy, 5, 0, &from, &to), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_policy_goal_period(policy, 0, 0, NULL, &to), SLA_ERROR_ARGUMENT);
    ck_assert(from == 7 && to == 7);
}
END_TEST

START_TEST(a_count_is_judged_without_rounding)
{
    static const struct {
        uint32_t rate;
        uint64_t met, missed, open;
        uint32_t verdict;
    } cases[] = {
        {950000, 95, 5, 0, SLA_GOAL_KEPT},
        {950000, 94, 6, 0, SLA_GOAL_BROKEN},
        {950000, 94, 5, 1, SLA_GOAL_UNDECIDED}, /* 95 or 94 of 100 */
        {950000, 95, 4, 1, SLA_GOAL_KEPT},      /* even if it is missed */
        {950000, 93, 6, 1, SLA_GOAL_BROKEN},    /* even if it is met */
        {950000, 0, 0, 0, SLA_GOAL_UNDECIDED},
        {950000, 0, 0, 3, SLA_GOAL_UNDECIDED},
        {1000000, 3, 0, 0, SLA_GOAL_KEPT},
        {1000000, UINT64_C(1) << 39, 1, 0, SLA_GOAL_BROKEN},
        {999999, 999999, 1, 0, SLA_GOAL_KEPT},
        {999999, 999998, 1, 0, SLA_GOAL_BROKEN}, /* 99.99989999 % */
        {666667, 2, 1, 0, SLA_GOAL_BROKEN},      /* two thirds are less */
        {666666, 2, 1, 0, SLA_GOAL_KEPT},
        {1, UINT64_C(1) << 40, 0, 0, SLA_GOAL_KEPT},
        {1, UINT64_C(1) << 40, 1, 0, SLA_GOAL_UNDECIDED}, /* more than can be counted */
        {1, UINT64_MAX, UINT64_MAX, UINT64_MAX, SLA_GOAL_UNDECIDED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(sla_goal_judge(cases[i].rate, cases[i].met, cases[i].missed,
                                     cases[i].open) == cases[i].verdict, "case %zu", i);
}
END_TEST

static sla_attribute attribute(const char *name, const char *value)
{
    return (sla_attribute){.name = {name, SLA_NUL_TERMINATED},
                           .value = {value, SLA_NUL_TERMINATED}};
}

START_TEST(a_goal_looks_at_the_clocks_of_its_metrics_kinds_and_agreements)
{
    compile(desk);
    sla_attribute given[] = {attribute("plan", "gold"), attribute("region", "北京")};
    sla_classification *made;
    ck_assert_int_eq(sla_policy_classify(policy, 0, given, 2, &made), SLA_OK);
    /* clocks: first_response sla gold, resolution sla gold, resolution ola field team */
    static const int wanted[3][3] = {{1, 0, 0}, {0, 0, 1}, {1, 1, 0}};
    for (size_t goal = 0; goal < 3; goal++)
        for (size_t clock = 0; clock < 3; clock++)
            ck_assert_int_eq(sla_classification_goal(made, goal, clock), wanted[goal][clock]);
    ck_assert_int_eq(sla_classification_goal(made, 3, 0), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_classification_goal(made, 0, 3), SLA_ERROR_ARGUMENT);
    sla_classification_free(made);
    ck_assert_int_eq(sla_policy_classify(policy, 0, given, 1, &made), SLA_OK); /* no region */
    ck_assert_int_eq(sla_classification_goal(made, 2, 0), 0);
    sla_text name;
    ck_assert_int_eq(sla_classification_agreement(made, SLA_KIND_SLA, &name), 1);
    ck_assert_mem_eq(name.data, "gold", 4);
    ck_assert_int_eq(sla_classification_agreement(made, SLA_KIND_OLA, &name), 1);
    ck_assert_mem_eq(name.data, "field team", 10);
    ck_assert_int_eq(sla_classification_agreement(made, SLA_KIND_UC, &name), 0);
    ck_assert_int_eq(sla_classification_agreement(made, 3, &name), 0);
    sla_classification_free(made);
}
END_TEST

START_TEST(in_an_engine_a_goal_looks_at_the_incident_as_it_is_now)
{
    compile(desk);
    sla_engine *engine;
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
    sla_attribute region = attribute("region", "上海");
    sla_update update = {.size = sizeof update, .incident = {"1", 1}, .attributes = &region,
                         .attribute_count = 1, .at = 1000};
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_OK);
    sla_clock clock = {.size = sizeof clock};
    ck_assert_int_eq(sla_engine_clock(engine, &update.incident, SLA_KIND_SLA, 1, &clock), SLA_OK);
    ck_assert_int_eq(sla_engine_goal(engine, 0, &clock), 0);
    ck_assert_int_eq(sla_engine_goal(engine, 2, &clock), 0); /* of Shanghai */
    region = attribute("region", "北京");
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_OK);
    ck_assert_int_eq(sla_engine_clock(engine, &update.incident, SLA_KIND_SLA, 1, &clock), SLA_OK);
    ck_assert_int_eq(sla_engine_goal(engine, 2, &clock), 1);
    sla_clock ola = {.size = sizeof ola};
    ck_assert_int_eq(sla_engine_clock(engine, &update.incident, SLA_KIND_OLA, 1, &ola), SLA_OK);
    ck_assert_int_eq(sla_engine_goal(engine, 2, &ola), 0);
    ck_assert_int_eq(sla_engine_goal(engine, 1, &ola), 1);
    clock.metric_index = SLA_NO_INDEX; /* of a metric that went with its policy */
    ck_assert_int_eq(sla_engine_goal(engine, 2, &clock), 0);
    clock.metric_index = 1;
    clock.incident = (sla_text){"2", 1};
    ck_assert_int_eq(sla_engine_goal(engine, 2, &clock), SLA_ERROR_NOT_FOUND);
    ck_assert_int_eq(sla_engine_goal(engine, 3, &clock), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_goal(engine, 0, NULL), SLA_ERROR_ARGUMENT);
    sla_engine_free(engine);
}
END_TEST

static uint64_t mark(const char *text)
{
    uint8_t bytes[16];
    uint64_t first;
    compile(text);
    sla_policy_fingerprint(policy, bytes);
    tear_down();
    memcpy(&first, bytes, sizeof first);
    return first;
}

START_TEST(goals_are_part_of_what_a_policy_promises_and_tests_are_not)
{
    uint64_t bare = mark("sla: 1\ntargets: [{resolution: 4h}]\n");
    uint64_t goal = mark("sla: 1\ntargets: [{resolution: 4h}]\n"
                         "goals: [{at_least: 95%, per: month}]\n");
    ck_assert_uint_ne(bare, goal);
    ck_assert_uint_ne(goal, mark("sla: 1\ntargets: [{resolution: 4h}]\n"
                                 "goals: [{at_least: 96%, per: month}]\n"));
    ck_assert_uint_ne(goal, mark("sla: 1\ntargets: [{resolution: 4h}]\n"
                                 "goals: [{at_least: 95%, per: week}]\n"));
    ck_assert_uint_eq(bare, mark("sla: 1\ntargets: [{resolution: 4h}]\n"
                                 "tests:\n"
                                 "  - {name: x, at: 2026-01-01T00:00, incident: {a: b},\n"
                                 "     event: called, expect: {resolution: running}}\n"));
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    zoneinfo = argv[1];
    Suite *suite = suite_create("goal");
    TCase *tcase = tcase_create("goal");
    tcase_add_checked_fixture(tcase, NULL, tear_down);
    tcase_add_test(tcase, a_goal_says_what_was_written);
    tcase_add_test(tcase, a_rate_is_exact_to_four_decimals);
    tcase_add_test(tcase, a_period_is_whole_local_dates);
    tcase_add_test(tcase, where_clocks_go_back_over_midnight_a_period_goes_on);
    tcase_add_test(tcase, a_period_outside_the_range_is_an_error);
    tcase_add_test(tcase, a_count_is_judged_without_rounding);
    tcase_add_test(tcase, a_goal_looks_at_the_clocks_of_its_metrics_kinds_and_agreements);
    tcase_add_test(tcase, in_an_engine_a_goal_looks_at_the_incident_as_it_is_now);
    tcase_add_test(tcase, goals_are_part_of_what_a_policy_promises_and_tests_are_not);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
