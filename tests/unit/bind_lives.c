/* SPDX-License-Identifier: MIT */
/* Another policy (E9): metrics and steps that come and go, events that wait, what the list of moves
   holds, and updates from before. Times are counted round the clock. */
#include "bind_case.h"

#define ANSWER "  answer: {start: opened, stop: answered}\n"
#define SOLVE "  solve: {start: opened, stop: solved}\n"
#define BOTH "sla: 1\nmetrics:\n" ANSWER SOLVE
#define STEPS(steps)                                                                 \
    "sla: 1\nmetrics: {solve: {start: opened, stop: solved}}\ntargets: [{solve: 4h}]\n" \
    "escalations: [{steps: [" steps "]}]\n"

START_TEST(a_metric_that_is_gone_ends_its_clocks_and_keeps_its_record)
{
    begin(BOTH "targets: [{answer: 2h, solve: 4h}]\n");
    tell("b", at(20, 8, 0), "opened", NULL);
    tell("b", at(20, 8, 30), "answered", NULL);
    tell("a", at(20, 9, 0), "opened", NULL);
    heard();
    ck_assert_str_eq(bind("sla: 1\nmetrics:\n" SOLVE "targets: [{solve: 4h}]\n"),
                     "cancelled a answer #1 line 0: 20 11:00 to none, 120 to 0, "
                     "default/24x7 to /\n");
    ck_assert_str_eq(heard(), "cancelled answer 20 09:00 due 20 11:00 used 0 left 120\n");
    char all[sizeof lines];
    strcpy(all, clocks());
    ck_assert_ptr_nonnull(strstr(all, "b answer #1 met due 20 10:00 used 30 left 90 25%\n"));
    ck_assert_ptr_nonnull(strstr(all, "a answer #1 cancelled "));
    ck_assert_ptr_nonnull(strstr(all, "a solve #1 running due 20 13:00 used 0 left 240 0%\n"));
    tell("a", at(20, 9, 30), "answered", NULL); /* nobody waits for it */
    ck_assert_str_eq(heard(), "");
}
END_TEST

START_TEST(a_metric_that_is_new_waits_for_its_trigger)
{
    begin("sla: 1\nmetrics:\n" SOLVE "targets: [{solve: 4h}]\n");
    tell("a", at(20, 8, 0), "opened", NULL);
    heard();
    ck_assert_str_eq(bind(BOTH "targets: [{answer: 2h, solve: 4h}]\n"), "");
    ck_assert_str_eq(heard(), "");
    tell("b", at(20, 9, 0), "opened", NULL);
    ck_assert_str_eq(heard(), "b: started answer 20 09:00 due 20 11:00 used 0 left 120\n"
                              "b: started solve 20 09:00 due 20 13:00 used 0 left 240\n");
    ck_assert_str_eq(clocks(), "a solve #1 running due 20 12:00 used 60 left 180 25%\n"
                               "b answer #1 running due 20 11:00 used 0 left 120 0%\n"
                               "b solve #1 running due 20 13:00 used 0 left 240 0%\n");
}
END_TEST

START_TEST(metrics_in_another_order_are_the_same_metrics)
{
    begin(BOTH "targets: [{answer: 2h, solve: 4h}]\n");
    tell("a", at(20, 8, 0), "opened", NULL);
    heard();
    ck_assert_str_eq(bind("sla: 1\nmetrics:\n" SOLVE ANSWER
                          "targets: [{answer: 2h, solve: 4h}]\n"), "");
    tell("a", at(20, 9, 0), "answered", NULL);
    ck_assert_str_eq(heard(), "met answer 20 09:00 due 20 10:00 used 60 left 60\n");
}
END_TEST

START_TEST(a_step_that_was_sent_is_not_sent_again)
{
    begin(STEPS("{at: 50%, notify: [owner]}, {at: 75%, notify: [owner]}"));
    tell("a", at(20, 8, 0), "opened", NULL);
    sla_engine_advance(engine, at(20, 10, 30));
    heard();
    /* one in front, which has passed already; the others have other places now */
    bind(STEPS("{at: 25%}, {at: 50%, notify: [owner]}, {at: 75%, notify: [owner]}"));
    ck_assert_str_eq(heard(), "warning solve 20 09:00 due 20 12:00 used 60 left 180 25% late\n");
    sla_engine_advance(engine, at(20, 11, 30));
    ck_assert_str_eq(heard(),
                     "warning solve 20 11:00 due 20 12:00 used 180 left 60 75% to owner\n");
}
END_TEST

START_TEST(a_step_that_tells_somebody_else_is_the_same_step)
{
    begin(STEPS("{at: 50%, notify: [owner]}, {at: 75%, notify: [owner]}"));
    tell("a", at(20, 8, 0), "opened", NULL);
    sla_engine_advance(engine, at(20, 10, 30));
    heard();
    ck_assert_str_eq(bind(STEPS("{at: 50%, notify: [boss]}, {at: 75%, notify: [boss]}")), "");
    ck_assert_str_eq(heard(), "");
    sla_engine_advance(engine, at(20, 11, 30));
    ck_assert_str_eq(heard(),
                     "warning solve 20 11:00 due 20 12:00 used 180 left 60 75% to boss\n");
}
END_TEST

START_TEST(a_repeated_step_goes_on_from_its_last_send)
{
    begin(STEPS("{at: 1h after, repeat: 1h, times: 3}"));
    tell("a", at(20, 8, 0), "opened", NULL);
    sla_engine_advance(engine, at(20, 14, 30)); /* sent at 13:00 and 14:00 */
    heard();
    bind(STEPS("{at: 50%, late: skip}, {at: 1h after, repeat: 1h, times: 3}"));
    ck_assert_str_eq(heard(), "");
    sla_engine_advance(engine, at(20, 20, 0));
    ck_assert_str_eq(heard(), "escalation solve 20 15:00 due 20 12:00 used 420 left -180\n");
}
END_TEST

START_TEST(events_that_wait_come_first_and_say_what_they_said)
{
    begin("sla: 1\nmetrics:\n" ANSWER "agreements: [{name: gold, targets: [{answer: 2h}]}]\n");
    tell("a", at(20, 8, 0), "opened", NULL);
    bind("sla: 1\nmetrics:\n" SOLVE "targets: [{solve: 4h}]\n");
    sla_event event = {.size = sizeof event};
    ck_assert_int_eq(sla_engine_next_event(engine, &event), SLA_OK);
    ck_assert_uint_eq(event.type, SLA_EVENT_STARTED);
    assert_text(event.agreement, "gold");
    assert_text(event.metric, "answer");
    ck_assert_str_eq(heard(), "started answer 20 08:00 due 20 10:00 used 0 left 120\n"
                              "cancelled answer 20 08:00 due 20 10:00 used 0 left 120\n");
}
END_TEST

START_TEST(moves_are_all_there_in_order_of_incident_metric_and_kind)
{
    begin(BOTH "targets: [{answer: 2h, solve: 4h}]\n");
    tell("b", at(20, 8, 0), "opened", NULL);
    tell("a", at(20, 8, 0), "opened", NULL);
    tell("c", at(20, 8, 0), "opened", NULL);
    tell("c", at(20, 8, 0), "answered", NULL);
    heard();
#define ALL "default/24x7 to default/24x7\n"
    ck_assert_str_eq(bind(BOTH "targets: [{answer: 1h, solve: 3h}]\n"),
                     "retargeted b answer #1 line 5: 20 10:00 to 20 09:00, 120 to 60, " ALL
                     "retargeted b solve #1 line 5: 20 12:00 to 20 11:00, 240 to 180, " ALL
                     "retargeted a answer #1 line 5: 20 10:00 to 20 09:00, 120 to 60, " ALL
                     "retargeted a solve #1 line 5: 20 12:00 to 20 11:00, 240 to 180, " ALL
                     "retargeted c solve #1 line 5: 20 12:00 to 20 11:00, 240 to 180, " ALL);
    sla_move move = {.size = sizeof move};
    ck_assert_uint_eq(sla_moves_count(NULL), 0);
    ck_assert_int_eq(sla_moves_at(NULL, 0, &move), 0);
    sla_moves_free(NULL);
}
END_TEST

START_TEST(updates_from_before_the_bind_are_out_of_order)
{
    begin(BOTH "targets: [{answer: 2h, solve: 4h}]\n");
    tell("a", at(20, 8, 0), "opened", NULL);
    sla_engine_advance(engine, at(20, 9, 0));
    bind(BOTH "targets: [{answer: 2h, solve: 3h}]\n");
    sla_update update = {.size = sizeof update, .at = at(20, 9, 0) - 1, .incident = {"a", 1},
                         .event = {"answered", 8}};
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_ERROR_ORDER);
    update.at++;
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bind_lives");
    TCase *cases = tcase_create("bind_lives");
    tcase_add_checked_fixture(cases, fresh_ids, end);
    tcase_add_test(cases, a_metric_that_is_gone_ends_its_clocks_and_keeps_its_record);
    tcase_add_test(cases, a_metric_that_is_new_waits_for_its_trigger);
    tcase_add_test(cases, metrics_in_another_order_are_the_same_metrics);
    tcase_add_test(cases, a_step_that_was_sent_is_not_sent_again);
    tcase_add_test(cases, a_step_that_tells_somebody_else_is_the_same_step);
    tcase_add_test(cases, a_repeated_step_goes_on_from_its_last_send);
    tcase_add_test(cases, events_that_wait_come_first_and_say_what_they_said);
    tcase_add_test(cases, moves_are_all_there_in_order_of_incident_metric_and_kind);
    tcase_add_test(cases, updates_from_before_the_bind_are_out_of_order);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
