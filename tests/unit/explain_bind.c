/* SPDX-License-Identifier: MIT */
/* Explanations of what the host did to a clock (K12), and of clocks under another policy (E9). */
#include "explain_case.h"

#define OFFICE "{hours: {mon-fri: \"09:00-17:00\"}}"
#define LONGER "{hours: {mon-fri: \"08:00-20:00\"}}"
#define SOLVE                                                          \
    "  solve: {start: opened, stop: solved, repeat: true,\n"           \
    "          pause: [{while: {status: waiting}, reason: customer},\n" \
    "                  {event: hold, until: go, reason: parts}]}\n"

static const char policy_text[] = "sla: 1\ncalendar: office\ncalendars: {office: " OFFICE "}\n"
                                  "metrics:\n" SOLVE "targets: [{solve: 4h}]\n";

/* Pauses of a metric that the first policy does not have stand before those of the second. */
static const char other_text[] =
    "sla: 1\ncalendar: office\ncalendars: {office: " OFFICE "}\nmetrics:\n"
    "  answer: {start: opened, stop: answered, pause: {while: {status: away}, reason: other}}\n"
    SOLVE "targets: [{answer: 1h, solve: 4h}]\n";

static const char longer_text[] = "sla: 1\ncalendar: office\ncalendars: {office: " LONGER "}\n"
                                  "metrics:\n" SOLVE "targets: [{solve: 4h}]\n";

static const char bare_text[] = "sla: 1\ncalendar: office\ncalendars: {office: " OFFICE "}\n"
                                "metrics: {solve: {start: opened, stop: solved, repeat: true}}\n"
                                "targets: [{solve: 4h}]\n";

static void bind(const char *text)
{
    sla_policy *other = NULL;
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, NULL, &other, NULL), SLA_OK);
    ck_assert_int_eq(sla_engine_bind(engine, other, NULL), SLA_OK);
    sla_policy_unref(policy);
    policy = other;
}

START_TEST(reasons_of_pauses_survive_another_policy)
{
    begin(policy_text);
    tell("a", at(20, 9, 0), NULL, NULL);
    tell("a", at(20, 10, 0), "hold", NULL);
    tell("a", at(20, 11, 0), "go", NULL);
    tell("a", at(20, 12, 0), NULL, "status=waiting");
    bind(other_text);
    sla_engine_advance(engine, at(20, 13, 0));
    explain_clock("a", 1, 0);
    ck_assert_str_eq(events(), "started 20 09:00\n"
                               "paused 20 10:00-20 11:00 3600 parts line 8\n"
                               "paused 20 12:00- 3600 customer line 7\n");
}
END_TEST

START_TEST(pause_that_the_policy_does_not_have_any_more_has_no_reason)
{
    begin(policy_text);
    tell("a", at(20, 9, 0), NULL, NULL);
    tell("a", at(20, 10, 0), "hold", NULL);
    tell("a", at(20, 11, 0), "go", NULL);
    bind(bare_text);
    explain_clock("a", 0, 0);
    ck_assert_str_eq(events(), "started 20 09:00\npaused 20 10:00-20 11:00 3600\n");
    ck_assert_str_eq(parts(), "counted 20 09:00-20 10:00\npaused 20 10:00-20 11:00\n"
                              "counted 20 11:00-20 14:00 ahead\n");
}
END_TEST

START_TEST(clock_whose_calendar_counts_otherwise_begins_with_a_sum)
{
    begin(policy_text);
    tell("a", at(20, 15, 0), NULL, NULL);
    sla_engine_advance(engine, at(20, 18, 0)); /* 2 h are used: closed since 17:00 */
    bind(longer_text);
    sla_engine_advance(engine, at(20, 19, 0));
    explain_clock("a", 0, 0); /* 2 h are left: an hour is used now, one is ahead */
    ck_assert_str_eq(events(), "started 20 15:00\nbound 20 18:00\n"
                               "calendar 20 18:00 office\n"); /* the other one of that name */
    ck_assert_str_eq(parts(), "counted 20 18:00-20 19:00\ncounted 20 19:00-20 20:00 ahead\n");
    ck_assert_int_eq(told.parts_from, at(20, 18, 0));
    ck_assert_int_eq(told.used_before, 2 * HOUR);
    ck_assert_int_eq(told.elapsed, 3 * HOUR);
    ck_assert_int_eq(told.deadline, at(20, 20, 0));
}
END_TEST

START_TEST(what_ended_under_another_calendar_keeps_its_sums_alone)
{
    begin(policy_text);
    tell("a", at(20, 8, 0), NULL, NULL);
    tell("a", at(20, 10, 0), "solved", NULL);
    bind(longer_text);
    explain_clock("a", 0, 0);
    ck_assert_uint_eq(told.flags & SLA_EXPLAINED_NO_RECORD, SLA_EXPLAINED_NO_RECORD);
    ck_assert_int_eq(told.elapsed, HOUR); /* as it was counted then */
    ck_assert_str_eq(parts(), "");
    ck_assert_str_eq(events(), "started 20 08:00\nended met 20 10:00\n");
    tell("a", at(20, 11, 0), "opened", NULL); /* the next cycle puts it away */
    explain_clock("a", 0, 1);
    ck_assert_uint_eq(told.flags & SLA_EXPLAINED_NO_RECORD, SLA_EXPLAINED_NO_RECORD);
    explain_clock("a", 0, 2);
    ck_assert_str_eq(parts(), "counted 20 11:00-20 15:00 ahead\n");
}
END_TEST

START_TEST(extended_and_pinned_deadlines_say_so)
{
    begin(policy_text);
    tell("a", at(20, 9, 0), NULL, NULL);
    tell("a", at(20, 10, 0), "sla:extend", "by=1h");
    explain_clock("a", 0, 0);
    ck_assert_int_eq(told.extended, HOUR);
    ck_assert_int_eq(told.budget, 5 * HOUR);
    ck_assert_int_eq(told.first_due, at(20, 13, 0));
    ck_assert_str_eq(parts(), "counted 20 09:00-20 10:00\ncounted 20 10:00-20 14:00 ahead\n");
    tell("a", at(20, 10, 0), "sla:pin", "deadline=2026-11-20T12:00:00Z");
    explain_clock("a", 0, 0);
    ck_assert_uint_eq(told.flags, SLA_EXPLAINED_TARGET | SLA_EXPLAINED_PINNED);
    ck_assert_int_eq(told.deadline, at(20, 12, 0));
    ck_assert_str_eq(parts(), "counted 20 09:00-20 10:00\ncounted 20 10:00-20 12:00 ahead\n");
    tell("a", at(20, 11, 0), "sla:exempt", NULL);
    explain_clock("a", 0, 0);
    ck_assert_uint_eq(told.state, SLA_CLOCK_EXEMPT);
    ck_assert_str_eq(events(), "started 20 09:00\nended exempt 20 11:00\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explain_bind");
    TCase *cases = tcase_create("explain_bind");
    tcase_add_checked_fixture(cases, NULL, end);
    tcase_add_test(cases, reasons_of_pauses_survive_another_policy);
    tcase_add_test(cases, pause_that_the_policy_does_not_have_any_more_has_no_reason);
    tcase_add_test(cases, clock_whose_calendar_counts_otherwise_begins_with_a_sum);
    tcase_add_test(cases, what_ended_under_another_calendar_keeps_its_sums_alone);
    tcase_add_test(cases, extended_and_pinned_deadlines_say_so);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
