/* SPDX-License-Identifier: MIT */
/* Explanations as data: the record of a clock and the parts of its time. Rows are in
   explain_rows.c, the texts in explain_text.c. */
#include "explain_case.h"

static const char office_policy[] =
    "sla: 1\n"                                                                        /* 1 */
    "calendar: office\n"                                                              /* 2 */
    "holidays:\n"                                                                     /* 3 */
    "  some: {through: 2026-12-31, closed: [{date: 2026-11-24, name: Founding Day},\n"  /* 4 */
    "         {date: 2026-11-26, open_until: \"12:00\", name: Eve}],\n"               /* 5 */
    "         workdays: [{date: 2026-11-28, like: fri}]}\n"                           /* 6 */
    "calendars:\n"                                                                    /* 7 */
    "  office: {hours: {mon-fri: [\"09:00-12:00\", \"13:00-18:00\"]}, holidays: some,\n" /* 8 */
    "    special: [{from: 2026-11-30T10:00, to: 2026-12-01T11:00, hours: closed, name: flood}]}\n"
    "metrics:\n"                                                                      /* 10 */
    "  solve:\n"                                                                      /* 11 */
    "    start: opened\n"                                                             /* 12 */
    "    stop: solved\n"                                                              /* 13 */
    "    pause:\n"                                                                    /* 14 */
    "      - {while: {status: waiting}, reason: customer}\n"                          /* 15 */
    "      - {event: hold, until: unhold, reason: parts, limit: 1h}\n"                /* 16 */
    "    reopen: resume\n"                                                            /* 17 */
    "  counted: {start: opened, stop: solved, reopen: count}\n"                       /* 18 */
    "  restarted: {start: opened, stop: solved, reopen: restart}\n"                   /* 19 */
    "  later: {start: dispatched, stop: arrived, repeat: true}\n"                     /* 20 */
    "targets:\n"                                                                      /* 21 */
    "  - {when: {plan: none}, solve: none}\n"                                         /* 22 */
    "  - {when: {speed: always}, calendar: 24x7, solve: 8h}\n"                        /* 23 */
    "  - {when: {speed: fast}, solve: 1h}\n"                                          /* 24 */
    "  - {name: rest, solve: {within: 2h, grace: 30m}, counted: 2h, restarted: 2h, later: 2h}\n";

/* The same with one target alone. */
static void explain_target_at(sla_time when, const char *target)
{
    char text[4096];
    end();
    snprintf(text, sizeof text, "%.*stargets: [{%s}]\n",
             (int)(strstr(office_policy, "targets:") - office_policy), office_policy, target);
    begin(text);
    explain_at(when, 0, NULL);
}

#define SOLVE 0
#define COUNTED 1
#define RESTARTED 2
#define LATER 3

START_TEST(counted_intervals_are_told_one_by_one_up_to_the_deadline)
{
    begin(office_policy);
    explain_at(at(20, 17, 50), SOLVE, NULL);
    /* 10 minutes on Friday, then Monday from 9 */
    ck_assert_str_eq(parts(), "counted 20 17:50-20 18:00 ahead\n"
                              "closed 20 18:00-23 09:00 ahead\n"
                              "counted 23 09:00-23 10:50 ahead\n");
    ck_assert_int_eq(told.deadline, at(23, 10, 50));
    ck_assert_int_eq(told.breach_at, at(23, 11, 20)); /* D5 */
    ck_assert_int_eq(told.budget, 2 * HOUR);
    ck_assert_uint_eq(told.line, 25);
    ck_assert_uint_eq(told.row_line, 25);
    assert_text(told.row, "rest");
    assert_text(told.calendar, "office");
}
END_TEST

START_TEST(holidays_and_half_days_and_make_up_days_are_named)
{
    begin(office_policy);
    /* Mon 23rd 17:00: 1 h; Tue a holiday; Wed 8 h; Thu half a day, 3 h; Fri 8 h; Sat made up */
    explain_target_at(at(23, 17, 0), "solve: 21h");
    ck_assert_str_eq(parts(), "counted 23 17:00-23 18:00 ahead\n"
                              "closed 23 18:00-24 00:00 ahead\n"
                              "closed 24 00:00-25 00:00 ahead holiday Founding Day\n"
                              "closed 25 00:00-25 09:00 ahead\n"
                              "counted 25 09:00-25 12:00 ahead\n"
                              "closed 25 12:00-25 13:00 ahead\n"
                              "counted 25 13:00-25 18:00 ahead\n"
                              "closed 25 18:00-26 09:00 ahead\n"
                              "counted 26 09:00-26 12:00 ahead holiday Eve\n"
                              "closed 26 12:00-27 00:00 ahead holiday Eve\n"
                              "closed 27 00:00-27 09:00 ahead\n"
                              "counted 27 09:00-27 12:00 ahead\n"
                              "closed 27 12:00-27 13:00 ahead\n"
                              "counted 27 13:00-27 18:00 ahead\n"
                              "closed 27 18:00-28 09:00 ahead\n"
                              "counted 28 09:00-28 10:00 ahead workday\n");
}
END_TEST

START_TEST(closures_are_told_from_their_first_instant_to_their_last)
{
    begin(office_policy);
    /* Mon 30th 9:00-10:00 counts; closed by the flood until Tue 11:00; its night belongs to it */
    explain_at(at(30, 9, 0), SOLVE, NULL);
    ck_assert_str_eq(parts(), "counted 30 09:00-30 10:00 ahead\n"
                              "closed 30 10:00-31 11:00 ahead closure flood\n"
                              "counted 31 11:00-31 12:00 ahead\n");
}
END_TEST

START_TEST(closure_that_begins_while_it_is_closed_anyway_is_told_from_there)
{
    begin("sla: 1\ncalendar: day\ncalendars: {day: {hours: {mon-fri: \"09:00-17:00\"}, special: [\n"
          "  {from: 2026-11-21T12:00, to: 2026-11-23T11:00, hours: closed, name: move}]}}\n"
          "targets: [{resolution: 2h}]\n");
    explain_at(at(20, 16, 0), 1, NULL);
    ck_assert_str_eq(parts(), "counted 20 16:00-20 17:00 ahead\n"
                              "closed 20 17:00-21 12:00 ahead\n"
                              "closed 21 12:00-23 11:00 ahead closure move\n"
                              "counted 23 11:00-23 12:00 ahead\n");
}
END_TEST

START_TEST(running_clock_is_cut_at_now)
{
    begin(office_policy);
    tell("a", at(20, 11, 0), NULL, NULL);
    sla_engine_advance(engine, at(20, 11, 30));
    explain_clock("a", SOLVE, 0);
    ck_assert_str_eq(parts(), "counted 20 11:00-20 11:30\n"
                              "counted 20 11:30-20 12:00 ahead\n"
                              "closed 20 12:00-20 13:00 ahead\n"
                              "counted 20 13:00-20 14:00 ahead\n");
    ck_assert_uint_eq(told.state, SLA_CLOCK_RUNNING);
    ck_assert_int_eq(told.elapsed, HOUR / 2);
    ck_assert_int_eq(told.remaining, 3 * HOUR / 2);
    assert_text(told.incident, "a");
    ck_assert_str_eq(events(), "started 20 11:00\n");
}
END_TEST

START_TEST(breached_clock_counts_on_behind_its_deadline)
{
    begin(office_policy);
    tell("a", at(20, 14, 0), NULL, NULL);
    sla_engine_advance(engine, at(20, 17, 0));
    explain_clock("a", SOLVE, 0);
    ck_assert_str_eq(parts(), "counted 20 14:00-20 16:00\n"
                              "counted 20 16:00-20 17:00 over\n");
    ck_assert_uint_eq(told.flags, SLA_EXPLAINED_TARGET | SLA_EXPLAINED_BREACHED);
    ck_assert_int_eq(told.remaining, -HOUR);
}
END_TEST

START_TEST(pauses_are_told_with_their_reasons)
{
    begin(office_policy);
    tell("a", at(20, 9, 0), NULL, NULL);
    tell("a", at(20, 10, 0), NULL, "status=waiting");
    tell("a", at(20, 11, 0), NULL, "status=working");
    tell("a", at(20, 11, 30), "hold", NULL); /* 1 h on the calendar: its limit is at 13:30 */
    sla_engine_advance(engine, at(20, 14, 0));
    explain_clock("a", SOLVE, 0);
    ck_assert_str_eq(events(), "started 20 09:00\n"
                               "paused 20 10:00-20 11:00 3600 customer line 15\n"
                               "paused 20 11:30-20 13:30 3600 parts line 16 by limit\n");
    ck_assert_str_eq(parts(), "counted 20 09:00-20 10:00\n"
                              "paused 20 10:00-20 11:00 customer\n"
                              "counted 20 11:00-20 11:30\n"
                              "paused 20 11:30-20 13:30 parts\n"
                              "counted 20 13:30-20 14:00\n");
    ck_assert_int_eq(told.deadline, at(20, 14, 0)); /* 11:00 and two hours of pauses, K4 */
    ck_assert_int_eq(told.first_due, at(20, 11, 0));
    ck_assert_int_eq(told.moved, 2 * HOUR);
    ck_assert_int_eq(told.paused, 2 * HOUR);
}
END_TEST

START_TEST(paused_clock_has_a_projection)
{
    begin(office_policy);
    tell("a", at(20, 15, 0), NULL, NULL);
    tell("a", at(20, 16, 0), NULL, "status=waiting");
    sla_engine_advance(engine, at(20, 17, 30));
    explain_clock("a", SOLVE, 0);
    ck_assert_uint_eq(told.state, SLA_CLOCK_PAUSED);
    ck_assert_int_eq(told.deadline, SLA_TIME_NONE);
    ck_assert_int_eq(told.projected, at(23, 9, 30)); /* resumed now: 30 min today, 30 on Monday */
    ck_assert_str_eq(parts(), "counted 20 15:00-20 16:00\n"
                              "paused 20 16:00-20 17:30 customer\n"
                              "counted 20 17:30-20 18:00 ahead\n"
                              "closed 20 18:00-23 09:00 ahead\n"
                              "counted 23 09:00-23 09:30 ahead\n");
    ck_assert_str_eq(events(), "started 20 15:00\n"
                               "paused 20 16:00- 5400 customer line 15\n");
}
END_TEST

START_TEST(ended_clock_keeps_what_was_left)
{
    begin(office_policy);
    tell("a", at(20, 9, 0), NULL, NULL);
    tell("a", at(20, 10, 0), "solved", NULL);
    sla_engine_advance(engine, at(23, 9, 0));
    explain_clock("a", SOLVE, 0);
    ck_assert_uint_eq(told.state, SLA_CLOCK_MET);
    ck_assert_int_eq(told.ended, at(20, 10, 0));
    ck_assert_int_eq(told.elapsed, HOUR);
    ck_assert_str_eq(parts(), "counted 20 09:00-20 10:00\n"
                              "counted 20 10:00-20 11:00 ahead\n");
    ck_assert_str_eq(events(), "started 20 09:00\nended met 20 10:00\n");
}
END_TEST

START_TEST(clock_stopped_while_paused_was_judged_at_the_pause)
{
    begin(office_policy);
    tell("a", at(20, 9, 0), NULL, NULL);
    tell("a", at(20, 10, 0), NULL, "status=waiting");
    tell("a", at(20, 15, 0), "solved", NULL);
    explain_clock("a", SOLVE, 0);
    ck_assert_uint_eq(told.state, SLA_CLOCK_MET);
    ck_assert_int_eq(told.elapsed, HOUR);
    ck_assert_int_eq(told.paused, 4 * HOUR);
    ck_assert_str_eq(parts(), "counted 20 09:00-20 10:00\n"
                              "paused 20 10:00-20 15:00 customer\n");
    ck_assert_str_eq(events(), "started 20 09:00\n"
                               "paused 20 10:00-20 15:00 14400 customer line 15\n"
                               "ended met 20 15:00\n");
}
END_TEST

START_TEST(reopened_clock_tells_its_earlier_verdict)
{
    begin(office_policy);
    tell("a", at(20, 9, 0), NULL, NULL);
    tell("a", at(20, 10, 0), "solved", NULL);
    tell("a", at(20, 14, 0), "reopened", NULL);
    explain_clock("a", SOLVE, 0); /* resume: the time between is a pause */
    ck_assert_str_eq(events(), "started 20 09:00\nstopped met 20 10:00-20 14:00 10800\n");
    ck_assert_str_eq(parts(), "counted 20 09:00-20 10:00\n"
                              "stopped 20 10:00-20 14:00\n"
                              "counted 20 14:00-20 15:00 ahead\n");
    explain_clock("a", COUNTED, 0); /* count: as if it had never been stopped */
    ck_assert_str_eq(events(), "started 20 09:00\nstopped met 20 10:00-20 14:00 0 counts\n");
    ck_assert_str_eq(parts(), "counted 20 09:00-20 11:00\n"
                              "counted 20 11:00-20 12:00 over\n"
                              "closed 20 12:00-20 13:00 over\n"
                              "counted 20 13:00-20 14:00 over\n");
    explain_clock("a", RESTARTED, 0);
    ck_assert_str_eq(events(), "started 20 09:00\nstopped met 20 10:00-20 14:00 0\n"
                               "restarted 20 14:00\n");
    ck_assert_str_eq(parts(), "counted 20 14:00-20 16:00 ahead\n");
    ck_assert_int_eq(told.counted_from, at(20, 14, 0));
    tell("a", at(20, 17, 0), "solved", NULL);
    explain_clock("a", SOLVE, 0); /* due 15:00, breach 15:30: the last verdict counts (K6) */
    ck_assert_str_eq(events(), "started 20 09:00\nstopped met 20 10:00-20 14:00 10800\n"
                               "ended missed 20 17:00\n");
    ck_assert_uint_eq(told.flags, SLA_EXPLAINED_TARGET | SLA_EXPLAINED_BREACHED);
}
END_TEST

START_TEST(clock_stopped_while_paused_and_reopened_was_paused_all_the_time)
{
    begin("sla: 1\nmetrics: {solve: {start: opened, stop: solved, reopen: count,\n"
          "  pause: {while: {status: waiting}, reason: customer}}}\ntargets: [{solve: 4h}]\n");
    tell("a", at(20, 9, 0), NULL, NULL);
    tell("a", at(20, 10, 0), NULL, "status=waiting");
    tell("a", at(20, 11, 0), "solved", NULL);
    tell("a", at(20, 12, 0), "reopened", "status=working");
    explain_clock("a", 0, 0); /* K4: it was judged at 10:00, and its time ended there */
    ck_assert_str_eq(events(), "started 20 09:00\n"
                               "paused 20 10:00-20 12:00 7200 customer line 3\n"
                               "stopped met 20 11:00-20 12:00 0\n");
    ck_assert_str_eq(parts(), "counted 20 09:00-20 10:00\npaused 20 10:00-20 12:00 customer\n"
                              "counted 20 12:00-20 15:00 ahead\n");
}
END_TEST

START_TEST(retargeted_clock_counts_on_both_calendars)
{
    begin(office_policy);
    tell("a", at(20, 17, 30), NULL, NULL);
    tell("a", at(20, 20, 0), NULL, "speed=always");
    sla_engine_advance(engine, at(20, 21, 0));
    explain_clock("a", SOLVE, 0);
    /* 30 min of office hours are used; 7.5 h of 8 h are left from 20:00 on, day and night (K8) */
    ck_assert_int_eq(told.deadline, at(21, 3, 30));
    ck_assert_uint_eq(told.flags, SLA_EXPLAINED_TARGET | SLA_EXPLAINED_MIXED);
    ck_assert_str_eq(events(), "started 20 17:30\ncalendar 20 20:00 24x7\n");
    ck_assert_str_eq(parts(), "counted 20 17:30-20 18:00\n"
                              "closed 20 18:00-20 20:00\n"
                              "counted 20 20:00-20 21:00\n"
                              "counted 20 21:00-21 03:30 ahead\n");
    ck_assert_int_eq(told.elapsed, 3 * HOUR / 2);
    ck_assert_uint_eq(told.line, 23);
}
END_TEST

START_TEST(ended_clock_keeps_the_target_that_judged_it)
{
    begin(office_policy);
    tell("a", at(20, 9, 0), NULL, NULL);
    tell("a", at(20, 10, 0), "solved", NULL);
    tell("a", at(20, 11, 0), NULL, "speed=fast");
    explain_clock("a", SOLVE, 0);
    ck_assert_uint_eq(told.flags, SLA_EXPLAINED_TARGET | SLA_EXPLAINED_OTHER_TARGET);
    ck_assert_uint_eq(told.line, 25);
    ck_assert_uint_eq(told.row_line, 0);
    ck_assert_int_eq(told.budget, 2 * HOUR);
}
END_TEST

START_TEST(metric_without_a_clock_is_explained_too)
{
    begin(office_policy);
    tell("a", at(20, 9, 0), NULL, "plan=none");
    explain_clock("a", SOLVE, 0);
    ck_assert_uint_eq(told.flags, 0); /* nothing is promised */
    ck_assert_uint_eq(verdict(1)->line, 22);
    ck_assert_uint_eq(verdict(1)->flags, SLA_VERDICT_MATCHED);
    assert_text(verdict(1)->gives, "none");
    ck_assert_str_eq(parts(), "");
    explain_clock("a", LATER, 0);
    ck_assert_uint_eq(told.state, SLA_CLOCK_NONE); /* it has not started */
    ck_assert_uint_eq(told.flags, SLA_EXPLAINED_TARGET);
    ck_assert_int_eq(told.deadline, SLA_TIME_NONE);
    ck_assert_uint_eq(told.line, 25);
    ck_assert_str_eq(parts(), "");
    ck_assert_str_eq(events(), "");
}
END_TEST

START_TEST(earlier_cycles_are_explained_by_their_number)
{
    begin(office_policy);
    tell("a", at(20, 9, 0), "dispatched", NULL);
    tell("a", at(20, 10, 0), "arrived", NULL);
    tell("a", at(20, 14, 0), "dispatched", NULL);
    explain_clock("a", LATER, 1);
    ck_assert_uint_eq(told.cycle, 1);
    ck_assert_uint_eq(told.state, SLA_CLOCK_MET);
    ck_assert_str_eq(parts(), "counted 20 09:00-20 10:00\ncounted 20 10:00-20 11:00 ahead\n");
    explain_clock("a", LATER, 0);
    ck_assert_uint_eq(told.cycle, 2);
    ck_assert_int_eq(told.started, at(20, 14, 0));
    sla_explanation *none = NULL;
    sla_text id = {"a", 1}, other = {"b", 1};
    ck_assert_int_eq(sla_engine_explain(engine, &id, 0, LATER, 3, &none), SLA_ERROR_NOT_FOUND);
    ck_assert_int_eq(sla_engine_explain(engine, &other, 0, LATER, 0, &none), SLA_ERROR_NOT_FOUND);
    ck_assert_int_eq(sla_engine_explain(engine, &id, 3, LATER, 0, &none), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_explain(engine, &id, 0, 4, 0, &none), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_explain(NULL, &id, 0, 0, 0, &none), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_policy_explain(policy, -1, NULL, 0, 0, 0, &none), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_policy_explain(policy, 0, NULL, 1, 0, 0, &none), SLA_ERROR_ARGUMENT);
    ck_assert_ptr_null(none);
}
END_TEST

START_TEST(rolled_and_agreed_and_provisional_deadlines_say_so)
{
    begin("sla: 1\nroll_deadlines: true\ncalendar: office\n"
          "holidays: {some: {through: 2026-11-22, closed: [2026-01-01]}}\n"
          "calendars: {office: {hours: {mon-fri: \"09:00-17:00\"}, holidays: some}}\n"
          "metrics:\n"
          "  first_response: {start: opened, stop: done, pause: {event: hold, until: go}}\n"
          "  resolution: {start: opened, stop: done}\n"
          "targets: [{first_response: 1h, resolution: {agreed: visit, latest: 1wd}}]\n");
    explain_at(at(20, 16, 0), 0, NULL); /* due at closing: rolled to Monday's opening (C6) */
    ck_assert_int_eq(told.deadline, at(23, 9, 0));
    ck_assert_int_eq(told.first_due, at(20, 17, 0));
    ck_assert_uint_eq(told.flags, SLA_EXPLAINED_TARGET | SLA_EXPLAINED_ROLLED |
                                      SLA_EXPLAINED_PROVISIONAL);
    ck_assert_str_eq(parts(), "counted 20 16:00-20 17:00 ahead\nclosed 20 17:00-23 09:00 ahead\n");
    tell("a", at(20, 15, 0), NULL, NULL);
    tell("a", at(20, 15, 0), "hold", NULL); /* resumed at 16:00 it would be due at closing, too */
    sla_engine_advance(engine, at(20, 16, 0));
    explain_clock("a", 0, 0);
    ck_assert_int_eq(told.projected, at(23, 9, 0));
    ck_assert_uint_eq(told.flags & SLA_EXPLAINED_ROLLED, SLA_EXPLAINED_ROLLED);
    explain_at(at(20, 9, 0), 1, "visit=2026-11-20T12:00", NULL);
    ck_assert_uint_eq(told.flags, SLA_EXPLAINED_TARGET | SLA_EXPLAINED_AGREED);
    ck_assert_uint_eq(told.unit, 0);
    ck_assert_int_eq(told.deadline, at(20, 12, 0));
    explain_at(at(20, 9, 0), 1, NULL);
    ck_assert_uint_eq(told.unit, SLA_UNIT_WORKDAYS);
    ck_assert_int_eq(told.amount, 1);
}
END_TEST

START_TEST(deadline_that_cannot_be_computed_says_so)
{
    begin("sla: 1\ntargets: [{resolution: 1900000h}]\n");
    explain_at(at(20, 9, 0), 1, NULL);
    ck_assert_int_eq(told.status, SLA_ERROR_RANGE);
    ck_assert_int_eq(told.deadline, SLA_TIME_NONE);
    ck_assert_str_eq(parts(), "");
}
END_TEST

START_TEST(explanation_outlives_its_engine_and_its_policy)
{
    begin(office_policy);
    tell("a", at(20, 9, 0), NULL, "speed=fast");
    explain_clock("a", SOLVE, 0);
    sla_engine_free(engine);
    sla_policy_unref(policy);
    engine = NULL;
    policy = NULL;
    ck_assert_str_eq(attributes(), "speed=fast ");
    ck_assert_str_eq(parts(), "counted 20 09:00-20 10:00 ahead\n");
}
END_TEST

START_TEST(target_of_years_is_paged_without_a_limit)
{
    begin(office_policy);
    explain_target_at(at(20, 9, 0), "solve: 10000h"); /* five years of 8 h, five days a week */
    uint64_t cursor = 0, counted = 0;
    sla_time end = at(20, 9, 0);
    sla_duration sum = 0;
    sla_explained_part part = {.size = sizeof part};
    while (sla_explanation_part(explanation, &cursor, &part)) {
        ck_assert_int_eq(part.from, end);
        end = part.to;
        sum += part.what == SLA_PART_COUNTED ? part.counted : 0;
        counted += part.what == SLA_PART_COUNTED;
    }
    ck_assert_int_eq(end, told.deadline);
    ck_assert_int_eq(sum, 10000 * HOUR);
    ck_assert_uint_gt(counted, 2400); /* two a day */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explain");
    TCase *cases = tcase_create("explain");
    tcase_add_checked_fixture(cases, NULL, end);
    tcase_add_test(cases, counted_intervals_are_told_one_by_one_up_to_the_deadline);
    tcase_add_test(cases, holidays_and_half_days_and_make_up_days_are_named);
    tcase_add_test(cases, closures_are_told_from_their_first_instant_to_their_last);
    tcase_add_test(cases, closure_that_begins_while_it_is_closed_anyway_is_told_from_there);
    tcase_add_test(cases, running_clock_is_cut_at_now);
    tcase_add_test(cases, breached_clock_counts_on_behind_its_deadline);
    tcase_add_test(cases, pauses_are_told_with_their_reasons);
    tcase_add_test(cases, paused_clock_has_a_projection);
    tcase_add_test(cases, ended_clock_keeps_what_was_left);
    tcase_add_test(cases, clock_stopped_while_paused_was_judged_at_the_pause);
    tcase_add_test(cases, reopened_clock_tells_its_earlier_verdict);
    tcase_add_test(cases, clock_stopped_while_paused_and_reopened_was_paused_all_the_time);
    tcase_add_test(cases, retargeted_clock_counts_on_both_calendars);
    tcase_add_test(cases, ended_clock_keeps_the_target_that_judged_it);
    tcase_add_test(cases, metric_without_a_clock_is_explained_too);
    tcase_add_test(cases, earlier_cycles_are_explained_by_their_number);
    tcase_add_test(cases, rolled_and_agreed_and_provisional_deadlines_say_so);
    tcase_add_test(cases, deadline_that_cannot_be_computed_says_so);
    tcase_add_test(cases, explanation_outlives_its_engine_and_its_policy);
    tcase_add_test(cases, target_of_years_is_paged_without_a_limit);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
