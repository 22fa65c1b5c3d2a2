/* SPDX-License-Identifier: MIT */
/* Another policy for clocks that run (E9): its targets and agreements, as K8 says. 20 November 2026
   is a Friday; times are counted round the clock unless a calendar is named. */
#include "bind_case.h"

#define METRIC                                                                             \
    "metrics: {solve: {start: opened, stop: solved, pause: {while: {status: waiting}}}}\n"

static const char four[] = "sla: 1\n" METRIC "targets: [{solve: 4h}]\n";
static const char four_commented[] = "# the desk's promise\nsla: 1\n\n" METRIC
                                     "targets:   # one\n  - {solve: 4h}\n";
static const char three[] = "sla: 1\n" METRIC "targets: [{solve: 3h}]\n";
static const char one[] = "sla: 1\n" METRIC "targets: [{solve: 1h}]\n";

static void open_at_eight(const char *text)
{
    begin(text);
    tell("a", at(20, 8, 0), "opened", NULL);
    heard();
}

START_TEST(a_policy_with_other_comments_is_the_same)
{
    open_at_eight(four);
    sla_engine_advance(engine, at(20, 9, 0));
    ck_assert_str_eq(bind(four_commented), "");
    ck_assert_str_eq(heard(), "");
    ck_assert_str_eq(clocks(), "a solve #1 running due 20 12:00 used 60 left 180 25%\n");
}
END_TEST

START_TEST(another_target_counts_from_the_original_start_pauses_included)
{
    open_at_eight(four);
    tell("a", at(20, 9, 0), NULL, "status=waiting");
    tell("a", at(20, 9, 30), NULL, "status=open");
    heard();
    sla_engine_advance(engine, at(20, 10, 0));
    /* 8:00 and 3 h and half an hour of pause */
    ck_assert_str_eq(bind(three), "retargeted a solve #1 line 3: 20 12:30 to 20 11:30, "
                                  "240 to 180, default/24x7 to default/24x7\n");
    ck_assert_str_eq(heard(), "retargeted solve 20 10:00 due 20 11:30 used 90 left 90\n");
    ck_assert_str_eq(clocks(), "a solve #1 running due 20 11:30 used 90 left 90 50%\n");
    sla_engine_advance(engine, at(20, 13, 0));
    ck_assert_str_eq(heard(), "breach solve 20 11:30 due 20 11:30 used 180 left 0\n");
}
END_TEST

START_TEST(a_breach_that_the_new_target_finds_is_told_with_its_own_instant)
{
    open_at_eight(four);
    sla_engine_advance(engine, at(20, 10, 0));
    bind(one);
    ck_assert_str_eq(heard(), "retargeted solve 20 10:00 due 20 09:00 used 120 left -60\n"
                              "breach solve 20 09:00 due 20 09:00 used 60 left 0 late\n");
    tell("a", at(20, 11, 0), "solved", NULL);
    ck_assert_str_eq(heard(), "missed solve 20 11:00 due 20 09:00 used 180 left -120\n");
}
END_TEST

START_TEST(a_breach_that_is_no_longer_true_is_retracted_first)
{
    open_at_eight(one);
    sla_engine_advance(engine, at(20, 10, 0));
    ck_assert_str_eq(heard(), "breach solve 20 09:00 due 20 09:00 used 60 left 0\n");
    bind(four);
    ck_assert_str_eq(heard(), "breach_retracted solve 20 10:00 due 20 09:00 used 120 left -60\n"
                              "retargeted solve 20 10:00 due 20 12:00 used 120 left 120\n");
    sla_engine_advance(engine, at(20, 13, 0)); /* another breach: another id */
    ck_assert_str_eq(heard(), "breach solve 20 12:00 due 20 12:00 used 240 left 0\n");
}
END_TEST

START_TEST(a_breach_that_is_still_true_is_not_told_again)
{
    open_at_eight(one);
    sla_engine_advance(engine, at(20, 12, 0));
    heard();
    bind(three);
    ck_assert_str_eq(heard(), "retargeted solve 20 12:00 due 20 11:00 used 240 left -60\n");
    sla_engine_advance(engine, at(21, 12, 0));
    ck_assert_str_eq(heard(), "");
}
END_TEST

START_TEST(a_paused_clock_moves_by_its_projection)
{
    open_at_eight(four);
    tell("a", at(20, 9, 0), NULL, "status=waiting");
    heard();
    sla_engine_advance(engine, at(20, 10, 0)); /* an hour is used: 3 h or 2 h are left */
    ck_assert_str_eq(bind(three), "retargeted a solve #1 line 3: 20 13:00 to 20 12:00, "
                                  "240 to 180, default/24x7 to default/24x7\n");
    ck_assert_str_eq(heard(), "retargeted solve 20 10:00 due none used 60 left 120\n");
    tell("a", at(20, 11, 0), NULL, "status=open");
    ck_assert_str_eq(heard(), "resumed solve 20 11:00 due 20 13:00 used 60 left 120\n");
}
END_TEST

START_TEST(a_pause_that_the_policy_does_not_have_ends_at_the_bind)
{
    open_at_eight(four);
    tell("a", at(20, 9, 0), NULL, "status=waiting");
    heard();
    sla_engine_advance(engine, at(20, 10, 0));
    bind("sla: 1\nmetrics: {solve: {start: opened, stop: solved}}\ntargets: [{solve: 4h}]\n");
    ck_assert_str_eq(heard(), "resumed solve 20 10:00 due 20 13:00 used 60 left 180\n");
}
END_TEST

START_TEST(a_pause_that_the_policy_gained_begins_at_the_bind)
{
    begin("sla: 1\nmetrics: {solve: {start: opened, stop: solved}}\ntargets: [{solve: 4h}]\n");
    tell("a", at(20, 8, 0), "opened", "status=waiting");
    heard();
    sla_engine_advance(engine, at(20, 10, 0));
    bind(four);
    ck_assert_str_eq(heard(), "paused solve 20 10:00 due none used 120 left 120\n");
}
END_TEST

START_TEST(never_loosen_refuses_a_later_deadline_and_takes_an_earlier_one)
{
#define STRICT "sla: 1\nmetrics: {solve: {start: opened, stop: solved, never_loosen: true}}\n"
    open_at_eight(STRICT "targets: [{solve: 4h}]\n");
    sla_engine_advance(engine, at(20, 9, 0));
    ck_assert_str_eq(bind(STRICT "targets: [{solve: 8h}]\n"), "");
    ck_assert_str_eq(heard(), "");
    ck_assert_str_eq(clocks(), "a solve #1 running due 20 12:00 used 60 left 180 25%\n");
    ck_assert_str_eq(bind(STRICT "targets: [{solve: none}]\n"), "");
    ck_assert_str_eq(heard(), "");
    bind(STRICT "targets: [{solve: 2h}]\n");
    ck_assert_str_eq(heard(), "retargeted solve 20 09:00 due 20 10:00 used 60 left 60\n");
}
END_TEST

START_TEST(retarget_restart_begins_again_at_the_bind)
{
#define ANEW "sla: 1\nmetrics: {solve: {start: opened, stop: solved, retarget: restart}}\n"
    open_at_eight(ANEW "targets: [{solve: 4h}]\n");
    sla_engine_advance(engine, at(20, 10, 0));
    ck_assert_str_eq(bind(ANEW "targets: [{solve: 3h}]\n"),
                     "retargeted a solve #1 line 3: 20 12:00 to 20 13:00, 240 to 180, "
                     "default/24x7 to default/24x7\n");
    ck_assert_str_eq(heard(), "retargeted solve 20 10:00 due 20 13:00 used 0 left 180\n");
    /* the same target on another line is no other target */
    ck_assert_str_eq(bind("# moved\n" ANEW "targets: [{solve: 3h}]\n"), "");
    ck_assert_str_eq(heard(), "");
}
END_TEST

START_TEST(no_target_any_more_cancels_and_another_one_starts_the_next_cycle)
{
    open_at_eight(four);
    sla_engine_advance(engine, at(20, 9, 0));
    ck_assert_str_eq(bind("sla: 1\n" METRIC "targets: [{solve: none}]\n"),
                     "cancelled a solve #1 line 0: 20 12:00 to none, 240 to 0, "
                     "default/24x7 to /\n");
    ck_assert_str_eq(heard(), "cancelled solve 20 09:00 due 20 12:00 used 60 left 180\n");
    sla_engine_advance(engine, at(20, 10, 0));
    ck_assert_str_eq(bind(four), "started a solve #2 line 3: none to 20 13:00, 0 to 240, "
                                 "/ to default/24x7\n");
    /* followed silently since 9:00 */
    ck_assert_str_eq(heard(), "started solve 20 10:00 due 20 13:00 used 60 left 180\n");
}
END_TEST

START_TEST(an_extension_lasts_and_so_does_a_pin)
{
    open_at_eight(four);
    tell("a", at(20, 9, 0), "sla:extend", "by=1h");
    heard();
    bind(three);
    ck_assert_str_eq(heard(), "retargeted solve 20 09:00 due 20 12:00 used 60 left 180\n");
    tell("a", at(20, 9, 0), "sla:pin", "deadline=2026-11-20T18:00:00Z");
    ck_assert_str_eq(heard(), "extended solve 20 09:00 due 20 18:00 used 60 left 540\n");
    bind(one);
    ck_assert_str_eq(clocks(), "a solve #1 running due 20 18:00 used 60 left 540 10%\n");
    sla_engine_advance(engine, at(20, 17, 59));
    heard();
    sla_engine_advance(engine, at(20, 18, 1));
    ck_assert_str_eq(heard(), "breach solve 20 18:00 due 20 18:00 used 600 left 0\n");
}
END_TEST

START_TEST(a_renamed_agreement_is_another_target)
{
#define OF_GOLD "agreements: [{name: gold, targets: [{solve: 4h}]}]\n"
#define OF_SILVER "agreements: [{name: silver, targets: [{solve: 4h}]}]\n"
    open_at_eight("sla: 1\n" METRIC OF_GOLD);
    sla_engine_advance(engine, at(20, 9, 0));
    ck_assert_str_eq(bind("sla: 1\n" METRIC OF_SILVER),
                     "retargeted a solve #1 line 3: 20 12:00 to 20 12:00, 240 to 240, "
                     "gold/24x7 to silver/24x7\n");
    ck_assert_str_eq(heard(), "retargeted solve 20 09:00 due 20 12:00 used 60 left 180\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bind");
    TCase *cases = tcase_create("bind");
    tcase_add_checked_fixture(cases, fresh_ids, end);
    tcase_add_test(cases, a_policy_with_other_comments_is_the_same);
    tcase_add_test(cases, another_target_counts_from_the_original_start_pauses_included);
    tcase_add_test(cases, a_breach_that_the_new_target_finds_is_told_with_its_own_instant);
    tcase_add_test(cases, a_breach_that_is_no_longer_true_is_retracted_first);
    tcase_add_test(cases, a_breach_that_is_still_true_is_not_told_again);
    tcase_add_test(cases, a_paused_clock_moves_by_its_projection);
    tcase_add_test(cases, a_pause_that_the_policy_does_not_have_ends_at_the_bind);
    tcase_add_test(cases, a_pause_that_the_policy_gained_begins_at_the_bind);
    tcase_add_test(cases, never_loosen_refuses_a_later_deadline_and_takes_an_earlier_one);
    tcase_add_test(cases, retarget_restart_begins_again_at_the_bind);
    tcase_add_test(cases, no_target_any_more_cancels_and_another_one_starts_the_next_cycle);
    tcase_add_test(cases, an_extension_lasts_and_so_does_a_pin);
    tcase_add_test(cases, a_renamed_agreement_is_another_target);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
