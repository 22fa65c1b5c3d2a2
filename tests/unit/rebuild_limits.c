/* SPDX-License-Identifier: MIT */
/* Around rebuilding: steps, ids, other policies, unknown incidents, and what is refused. */
#include "rebuilt_desk.h"

START_TEST(what_was_sent_is_not_sent_again)
{
    tear_down();
    begin(with_steps);
    happens("opened", AT(8, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(9, 15)), SLA_OK);
    assert_told("08:00 started fix (10:00), 09:00 warning fix (10:00)");
    REBUILD(update("opened", AT(8, 30)));
    assert_told("09:15 retargeted fix (10:30) late");
    ck_assert_int_eq(sla_engine_advance(engine, AT(11, 0)), SLA_OK);
    assert_told("10:30 breach fix (10:30), 11:00 escalation fix (10:30)");
    REBUILD(update("opened", AT(9, 0))); /* retracted: what comes after the breach may come again */
    assert_told("11:00 breach_retracted fix (10:30) late, 11:00 retargeted fix (11:00) late");
    REBUILD(update("opened", AT(9, 0)));
    assert_told("");
    ck_assert_int_eq(sla_engine_advance(engine, AT(12, 0)), SLA_OK);
    assert_told("11:00 breach fix (11:00), 11:30 escalation fix (11:00)");
    REBUILD(update("opened", AT(11, 30))); /* of half of it, used at 12:30, was warned before */
    assert_told("12:00 breach_retracted fix (11:00) late, 12:00 retargeted fix (13:30) late");
    ck_assert_int_eq(sla_engine_advance(engine, AT(14, 0)), SLA_OK);
    assert_told("13:30 breach fix (13:30), 14:00 escalation fix (13:30)");
}
END_TEST

START_TEST(repetitions_go_on_from_the_last_one_that_was_sent)
{
    tear_down();
    begin(METRICS "escalations: [{steps: [{at: 10m after, repeat: 10m, times: 4}]}]\n");
    happens("opened", AT(8, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(10, 35)), SLA_OK);
    assert_told("08:00 started fix (10:00), 10:00 breach fix (10:00), "
                "10:10 escalation fix (10:00), "
                "10:20 escalation fix (10:00), 10:30 escalation fix (10:00)");
    REBUILD(update("opened", AT(8, 0)), update("held", AT(10, 12)), update("freed", AT(10, 25)));
    assert_told("10:12 paused fix late, 10:25 resumed fix (10:00) late");
    ck_assert_int_eq(sla_engine_advance(engine, AT(12, 0)), SLA_OK);
    assert_told("10:40 escalation fix (10:00)");
}
END_TEST

START_TEST(a_step_that_may_not_be_late_is_silent)
{
    sla_update other = update("opened", AT(12, 0));
    tear_down();
    begin(METRICS "escalations: [{steps: [{at: 50%, late: skip}]}]\n");
    other.incident = (sla_text){"b", 1};
    ck_assert_int_eq(sla_engine_update(engine, &other), SLA_OK);
    REBUILD(update("opened", AT(10, 30)));
    assert_told("10:30 started fix (12:30) late");
}
END_TEST

START_TEST(late_news_of_a_rebuilt_incident_has_new_ids_too)
{
    happens("opened", AT(7, 0));
    happens("asked", AT(7, 10));
    ck_assert_int_eq(sla_engine_advance(engine, AT(8, 20)), SLA_OK);
    REBUILD(update("opened", AT(7, 0)));
    assert_told("08:20 breach_retracted reply (08:10) late, 08:20 cancelled reply (08:10) late");
    happens("asked", AT(8, 30));
    happens("held", AT(8, 40));
    ck_assert_int_eq(sla_engine_advance(engine, AT(10, 0)), SLA_OK);
    told[0] = '\0';
    happens("answered", AT(9, 0)); /* its breach at 9:30 is taken back, once more */
    assert_told("09:00 breach_retracted reply (09:30) late, 09:00 met reply (09:30) late");
}
END_TEST

START_TEST(of_metrics_that_went_with_their_policy_nothing_is_told)
{
    sla_policy *other;
    happens("opened", AT(8, 0));
    happens("asked", AT(8, 10));
    happens("answered", AT(8, 20));
    ck_assert_int_eq(sla_policy_compile("sla: 1\nmetrics: {fix: {start: opened, stop: fixed}}\n"
                                        "targets: [{fix: 2h}]\n",
                                        SLA_NUL_TERMINATED, NULL, &other, NULL), SLA_OK);
    ck_assert_int_eq(sla_engine_bind(engine, other, NULL), SLA_OK);
    sla_policy_unref(other);
    REBUILD(update("opened", AT(8, 0)), update("asked", AT(8, 10)), update("answered", AT(8, 20)));
    assert_told("");
    ck_assert_int_eq(clocks(), 1);
}
END_TEST

START_TEST(an_unknown_incident_is_opened_late)
{
    sla_update other = update("opened", AT(8, 0));
    other.incident = (sla_text){"b", 1};
    ck_assert_int_eq(sla_engine_update(engine, &other), SLA_OK);
    told[0] = '\0';
    REBUILD(update("opened", AT(7, 0)), update("fixed", AT(8, 30))); /* time goes on to 8:30 */
    assert_told("07:00 started fix (09:00) late, 08:30 met fix (09:00)");
    REBUILD(update("opened", AT(7, 0)), update("fixed", AT(10, 30)));
    /* b is told first, as by an update at 10:30 */
    assert_told("10:00 breach fix (10:00), 09:00 breach fix (09:00), 10:30 missed fix (09:00)");
    ck_assert_int_eq(sla_engine_now(engine), AT(10, 30));
}
END_TEST

START_TEST(sequences_count_within_the_new_history)
{
    sla_update first = update("opened", AT(8, 0)), second = update("fixed", AT(8, 30));
    first.sequence = 7;
    second.sequence = 7;
    REBUILD(first, second);
    assert_stands(0, SLA_CLOCK_RUNNING, AT(10, 0), 0); /* the second was a duplicate */
    first.sequence = 1;
    second.sequence = 2;
    REBUILD(first, second);
    assert_stands(0, SLA_CLOCK_MET, AT(10, 0), 0);
}
END_TEST

static void assert_refused(sla_status wanted, const sla_update *updates, size_t count)
{
    sla_state *before, *after;
    const void *bytes[2];
    size_t sizes[2];
    ck_assert_int_eq(sla_engine_save(engine, &before), SLA_OK);
    ck_assert_int_eq(rebuild(updates, count), wanted);
    ck_assert_int_eq(sla_engine_save(engine, &after), SLA_OK);
    sla_state_bytes(before, &bytes[0], &sizes[0]);
    sla_state_bytes(after, &bytes[1], &sizes[1]);
    ck_assert_uint_eq(sizes[0], sizes[1]);
    ck_assert(memcmp(bytes[0], bytes[1], sizes[0]) == 0);
    sla_state_free(before);
    sla_state_free(after);
}

START_TEST(a_history_that_cannot_be_changes_nothing)
{
    sla_text id = {"a", 1};
    sla_attribute by[] = {{.name = {"by", 2}, .value = {"soon", 4}}};
    sla_update history[] = {update("opened", AT(8, 0)), update("held", AT(7, 0))};
    happens("opened", AT(8, 0));
    told[0] = '\0';
    assert_refused(SLA_ERROR_ORDER, history, 2);
    history[1] = update("sla:extend", AT(9, 0));
    history[1].attributes = by;
    history[1].attribute_count = 1;
    assert_refused(SLA_ERROR_SYNTAX, history, 2);
    history[1] = update("held", SLA_TIME_MAX + 1);
    assert_refused(SLA_ERROR_RANGE, history, 2);
    history[1] = update("held", AT(9, 0));
    history[1].incident = (sla_text){"b", 1};
    assert_refused(SLA_ERROR_ARGUMENT, history, 2);
    history[1] = update("held", AT(9, 0));
    history[1].size = 8;
    assert_refused(SLA_ERROR_ARGUMENT, history, 2);
    assert_refused(SLA_ERROR_ARGUMENT, history, 0);
    assert_refused(SLA_ERROR_ARGUMENT, NULL, 1);
    ck_assert_int_eq(sla_engine_rebuild(NULL, &id, history, 1), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_rebuild(engine, NULL, history, 1), SLA_ERROR_ARGUMENT);
    assert_told("");
}
END_TEST

static int32_t rebuild_inside(void *user, const sla_event *event)
{
    sla_update one = update("opened", AT(8, 0));
    (void)event;
    *(sla_status *)user = rebuild(&one, 1);
    return 0;
}

START_TEST(from_inside_a_callback_it_is_refused_as_busy)
{
    sla_status inside = SLA_OK;
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = rebuild_inside,
                               .user = &inside};
    sla_engine_free(engine);
    ck_assert_int_eq(sla_engine_new(policy, &callbacks, NULL, &engine), SLA_OK);
    happens("opened", AT(8, 0));
    ck_assert_int_eq(inside, SLA_ERROR_BUSY);
}
END_TEST

START_TEST(events_that_wait_stay_in_line)
{
    static const uint32_t types[] = {SLA_EVENT_STARTED, SLA_EVENT_BREACH,
                                     SLA_EVENT_BREACH_RETRACTED, SLA_EVENT_MET};
    sla_engine_free(engine);
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
    happens("opened", AT(8, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(11, 0)), SLA_OK);
    REBUILD(update("opened", AT(8, 0)), update("fixed", AT(9, 0)));
    for (int i = 0; i < 4; i++) {
        sla_event event = {.size = sizeof event};
        ck_assert_int_eq(sla_engine_next_event(engine, &event), SLA_OK);
        ck_assert_uint_eq(event.type, types[i]);
        ck_assert_int_eq(sla_engine_event_done(engine), SLA_OK);
    }
    ck_assert_int_eq(sla_engine_event_done(engine), SLA_EMPTY);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rebuild_limits");
    TCase *limits = tcase_create("limits");
    tcase_add_checked_fixture(limits, set_up, tear_down);
    tcase_add_test(limits, what_was_sent_is_not_sent_again);
    tcase_add_test(limits, repetitions_go_on_from_the_last_one_that_was_sent);
    tcase_add_test(limits, a_step_that_may_not_be_late_is_silent);
    tcase_add_test(limits, late_news_of_a_rebuilt_incident_has_new_ids_too);
    tcase_add_test(limits, of_metrics_that_went_with_their_policy_nothing_is_told);
    tcase_add_test(limits, an_unknown_incident_is_opened_late);
    tcase_add_test(limits, sequences_count_within_the_new_history);
    tcase_add_test(limits, a_history_that_cannot_be_changes_nothing);
    tcase_add_test(limits, from_inside_a_callback_it_is_refused_as_busy);
    tcase_add_test(limits, events_that_wait_stay_in_line);
    suite_add_tcase(suite, limits);
    return run_suite(suite);
}
