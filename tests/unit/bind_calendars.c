/* SPDX-License-Identifier: MIT */
/* Another policy whose calendars count otherwise (E9): what was used stays used, the rest of the
   budget counts from the bind on (K8). 20 November 2026 is a Friday. */
#include "bind_case.h"

#define SOLVE                                                  \
    "metrics:\n"                                               \
    "  solve: {start: opened, stop: solved, repeat: true,\n"   \
    "          pause: {while: {status: waiting}}}\n"           \
    "targets: [{solve: 4h}]\n"
#define OFFICE(hours, more)                                                                    \
    "sla: 1\ncalendar: office\n"                                                               \
    "holidays: {some: {through: 2026-12-31, closed: [2026-11-23]}}\n"                          \
    "calendars: {office: {hours: {mon-fri: \"" hours "\"}" more "}}\n" SOLVE

static const char nine_to_five[] = OFFICE("09:00-17:00", "");
static const char eight_to_eight[] = OFFICE("08:00-20:00", "");
static const char monday_off[] = OFFICE("09:00-17:00", ", holidays: [some]");
static const char renamed[] = "sla: 1\ncalendar: bureau\n"
                              "calendars: {bureau: {hours: {mon-fri: \"09:00-17:00\"}}}\n" SOLVE;

/* 4 h from 15:00: until Monday 11:00. */
static void open_at_three(void)
{
    begin(nine_to_five);
    tell("a", at(20, 15, 0), "opened", NULL);
    heard();
}

START_TEST(hours_that_change_leave_what_was_used)
{
    open_at_three();
    sla_engine_advance(engine, at(20, 16, 0));
    ck_assert_str_eq(clocks(), "a solve #1 running due 23 11:00 used 60 left 180 25%\n");
    ck_assert_str_eq(bind(eight_to_eight), "retargeted a solve #1 line 8: 23 11:00 to 20 19:00, "
                                           "240 to 240, default/office to default/office\n");
    ck_assert_str_eq(heard(), "retargeted solve 20 16:00 due 20 19:00 used 60 left 180\n");
    ck_assert_str_eq(clocks(), "a solve #1 running due 20 19:00 used 60 left 180 25%\n");
    sla_engine_advance(engine, at(20, 17, 30));
    ck_assert_str_eq(clocks(), "a solve #1 running due 20 19:00 used 150 left 90 62%\n");
    tell("a", at(20, 19, 0), "solved", NULL);
    ck_assert_str_eq(heard(), "met solve 20 19:00 due 20 19:00 used 240 left 0\n");
}
END_TEST

START_TEST(hours_that_change_twice_leave_what_was_used_on_each)
{
    open_at_three();
    sla_engine_advance(engine, at(20, 16, 0));
    bind(eight_to_eight);
    heard();
    sla_engine_advance(engine, at(20, 18, 0)); /* 1 h and 2 h are used */
    bind(nine_to_five);                        /* the last one from Monday 09:00 on */
    ck_assert_str_eq(heard(), "retargeted solve 20 18:00 due 23 10:00 used 180 left 60\n");
    sla_engine_advance(engine, at(23, 9, 30));
    ck_assert_str_eq(clocks(), "a solve #1 running due 23 10:00 used 210 left 30 87%\n");
    sla_engine_advance(engine, at(23, 12, 0));
    ck_assert_str_eq(heard(), "breach solve 23 10:00 due 23 10:00 used 240 left 0\n");
}
END_TEST

START_TEST(a_holiday_more_moves_the_deadline)
{
    open_at_three();
    sla_engine_advance(engine, at(20, 16, 0));
    ck_assert_str_eq(bind(monday_off), "retargeted a solve #1 line 8: 23 11:00 to 24 11:00, "
                                       "240 to 240, default/office to default/office\n");
    ck_assert_str_eq(heard(), "retargeted solve 20 16:00 due 24 11:00 used 60 left 180\n");
}
END_TEST

START_TEST(a_calendar_of_another_name_goes_on_with_the_rest)
{
    open_at_three();
    sla_engine_advance(engine, at(20, 16, 0));
    ck_assert_str_eq(bind(renamed), "retargeted a solve #1 line 7: 23 11:00 to 23 11:00, "
                                    "240 to 240, default/office to default/bureau\n");
    ck_assert_str_eq(heard(), "retargeted solve 20 16:00 due 23 11:00 used 60 left 180\n");
    ck_assert_str_eq(clocks(), "a solve #1 running due 23 11:00 used 60 left 180 25%\n");
}
END_TEST

START_TEST(pauses_before_the_bind_do_not_count_and_later_ones_move_the_deadline)
{
    open_at_three();
    tell("a", at(20, 15, 30), NULL, "status=waiting");
    tell("a", at(20, 16, 0), NULL, "status=open");
    heard();
    sla_engine_advance(engine, at(20, 16, 30)); /* used: an hour */
    bind(eight_to_eight);
    ck_assert_str_eq(heard(), "retargeted solve 20 16:30 due 20 19:30 used 60 left 180\n");
    tell("a", at(20, 17, 0), NULL, "status=waiting");
    tell("a", at(20, 17, 15), NULL, "status=open");
    ck_assert_str_eq(heard(), "paused solve 20 17:00 due none used 90 left 150\n"
                              "resumed solve 20 17:15 due 20 19:45 used 90 left 150\n");
    sla_clock clock = {.size = sizeof clock};
    sla_text id = {"a", 1};
    ck_assert_int_eq(sla_engine_clock(engine, &id, SLA_KIND_SLA, 0, &clock), SLA_OK);
    ck_assert_int_eq(clock.paused, 45 * 60);
}
END_TEST

START_TEST(a_paused_clock_keeps_what_it_used_and_its_old_projection_is_not_known)
{
    open_at_three();
    tell("a", at(20, 16, 0), NULL, "status=waiting");
    heard();
    sla_engine_advance(engine, at(20, 16, 30));
    /* resumed at 16:30 it would have 3 h to 19:30 */
    ck_assert_str_eq(bind(eight_to_eight), "retargeted a solve #1 line 8: none to 20 19:30, "
                                           "240 to 240, default/office to default/office\n");
    ck_assert_str_eq(heard(), "retargeted solve 20 16:30 due none used 60 left 180\n");
    tell("a", at(20, 18, 0), NULL, "status=open"); /* 2 h today, 1 h on Monday */
    ck_assert_str_eq(heard(), "resumed solve 20 18:00 due 23 09:00 used 60 left 180\n");
}
END_TEST

START_TEST(what_was_broken_under_the_old_hours_stays_broken_then)
{
    open_at_three();
    sla_engine_advance(engine, at(23, 12, 0)); /* 2 h on Friday, 3 h on Monday */
    ck_assert_str_eq(heard(), "breach solve 23 11:00 due 23 11:00 used 240 left 0\n");
    ck_assert_str_eq(bind(eight_to_eight), "");
    ck_assert_str_eq(heard(), "");
    sla_engine_advance(engine, at(24, 12, 0));
    ck_assert_str_eq(heard(), "");
    tell("a", at(24, 12, 0), "solved", NULL); /* 8 h more on Monday, 4 h on Tuesday */
    ck_assert_str_eq(heard(), "missed solve 24 12:00 due 23 11:00 used 1020 left -780\n");
}
END_TEST

START_TEST(what_was_broken_at_closing_time_stays_broken_then)
{
    begin(nine_to_five);
    tell("a", at(20, 13, 0), "opened", NULL);
    sla_engine_advance(engine, at(20, 18, 0)); /* 4 h are used, and no more */
    ck_assert_ptr_nonnull(strstr(heard(), "breach solve 20 17:00 due 20 17:00 used 240 left 0\n"));
    ck_assert_str_eq(bind(eight_to_eight), "");
    sla_engine_advance(engine, at(20, 19, 0));
    ck_assert_str_eq(heard(), "");
    ck_assert_str_eq(clocks(), "a solve #1 running due 20 17:00 used 300 left -60 125%\n");
}
END_TEST

START_TEST(what_has_ended_keeps_the_sums_of_its_time)
{
    open_at_three();
    tell("a", at(20, 16, 0), "solved", NULL);
    tell("a", at(23, 10, 0), "opened", NULL);
    heard();
    sla_engine_advance(engine, at(23, 10, 30));
    bind(eight_to_eight);
    ck_assert_str_eq(heard(), "retargeted solve 23 10:30 due 23 14:00 used 30 left 210\n");
    ck_assert_str_eq(clocks(), "a solve #1 met due 23 11:00 used 60 left 180 25%\n"
                               "a solve #2 running due 23 14:00 used 30 left 210 12%\n");
}
END_TEST

START_TEST(a_deadline_behind_2199_is_refused_and_nothing_changes)
{
    static unsigned char before[65536], after[65536];
    size_t before_size, after_size;
    open_at_three();
    sla_policy *other = compiled("sla: 1\nmetrics: {solve: {start: opened, stop: solved}}\n"
                                 "targets: [{solve: 80000d}]\n");
    sla_moves *moves = NULL;
    save_of(engine, before, &before_size);
    ck_assert_int_eq(sla_engine_bind(engine, other, &moves), SLA_ERROR_RANGE);
    ck_assert_ptr_null(moves);
    save_of(engine, after, &after_size);
    ck_assert_uint_eq(before_size, after_size);
    ck_assert(memcmp(before, after, before_size) == 0);
    sla_policy_unref(other);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bind_calendars");
    TCase *cases = tcase_create("bind_calendars");
    tcase_add_checked_fixture(cases, fresh_ids, end);
    tcase_add_test(cases, hours_that_change_leave_what_was_used);
    tcase_add_test(cases, hours_that_change_twice_leave_what_was_used_on_each);
    tcase_add_test(cases, a_holiday_more_moves_the_deadline);
    tcase_add_test(cases, a_calendar_of_another_name_goes_on_with_the_rest);
    tcase_add_test(cases, pauses_before_the_bind_do_not_count_and_later_ones_move_the_deadline);
    tcase_add_test(cases, a_paused_clock_keeps_what_it_used_and_its_old_projection_is_not_known);
    tcase_add_test(cases, what_was_broken_under_the_old_hours_stays_broken_then);
    tcase_add_test(cases, what_was_broken_at_closing_time_stays_broken_then);
    tcase_add_test(cases, what_has_ended_keeps_the_sums_of_its_time);
    tcase_add_test(cases, a_deadline_behind_2199_is_refused_and_nothing_changes);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
