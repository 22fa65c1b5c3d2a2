/* SPDX-License-Identifier: MIT */
/* A history given again: what it tells, what it keeps to itself, and how the clocks stand. */
#include "rebuilt_desk.h"

START_TEST(the_same_history_again_tells_nothing_and_changes_nothing)
{
    sla_state *before, *after;
    const void *bytes[2];
    size_t sizes[2];
    happens("opened", AT(8, 0));
    happens("held", AT(9, 0));
    happens("freed", AT(9, 30));
    ck_assert_int_eq(sla_engine_advance(engine, AT(12, 0)), SLA_OK);
    assert_told("08:00 started fix (10:00), 09:00 paused fix, 09:30 resumed fix (10:30), "
                "10:30 breach fix (10:30)");
    ck_assert_int_eq(sla_engine_save(engine, &before), SLA_OK);
    REBUILD(update("opened", AT(8, 0)), update("held", AT(9, 0)), update("freed", AT(9, 30)));
    assert_told("");
    ck_assert_int_eq(sla_engine_save(engine, &after), SLA_OK);
    sla_state_bytes(before, &bytes[0], &sizes[0]);
    sla_state_bytes(after, &bytes[1], &sizes[1]);
    ck_assert_uint_eq(sizes[0], sizes[1]);
    ck_assert(memcmp(bytes[0], bytes[1], sizes[0]) == 0);
    sla_state_free(before);
    sla_state_free(after);
}
END_TEST

START_TEST(a_stop_that_was_entered_late_takes_the_breach_back)
{
    happens("opened", AT(8, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(11, 0)), SLA_OK);
    assert_told("08:00 started fix (10:00), 10:00 breach fix (10:00)");
    REBUILD(update("opened", AT(8, 0)), update("fixed", AT(9, 30)));
    assert_told("11:00 breach_retracted fix (10:00) late, 09:30 met fix (10:00) late");
    assert_stands(0, SLA_CLOCK_MET, AT(10, 0), 0);
    ck_assert_int_eq(sla_engine_next_due(engine), SLA_TIME_NEVER);
}
END_TEST

START_TEST(a_start_that_is_backdated_moves_the_deadline)
{
    happens("opened", AT(8, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(9, 0)), SLA_OK);
    REBUILD(update("opened", AT(7, 30)));
    assert_told("09:00 retargeted fix (09:30) late");
    ck_assert_int_eq(sla_engine_next_due(engine), AT(9, 30) + 1);
    REBUILD(update("opened", AT(6, 30)));
    assert_told("08:30 breach fix (08:30) late, 09:00 retargeted fix (08:30) late");
    assert_stands(0, SLA_CLOCK_RUNNING, AT(8, 30), SLA_CLOCK_BREACHED);
    REBUILD(update("opened", AT(6, 45))); /* a breach still, but not that one */
    assert_told("09:00 breach_retracted fix (08:30) late, 08:45 breach fix (08:45) late, "
                "09:00 retargeted fix (08:45) late");
    assert_stands(0, SLA_CLOCK_RUNNING, AT(8, 45), SLA_CLOCK_BREACHED);
    REBUILD(update("opened", AT(8, 0)));
    assert_told("09:00 breach_retracted fix (08:45) late, 09:00 retargeted fix (10:00) late");
    ck_assert_int_eq(sla_engine_advance(engine, AT(10, 1)), SLA_OK);
    assert_told("10:00 breach fix (10:00)");
}
END_TEST

START_TEST(a_pause_that_was_forgotten_gives_its_time_back)
{
    happens("opened", AT(8, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(11, 0)), SLA_OK);
    REBUILD(update("opened", AT(8, 0)), update("held", AT(9, 0)), update("freed", AT(10, 30)));
    assert_told("11:00 breach_retracted fix (10:00) late, 09:00 paused fix late, "
                "10:30 resumed fix (11:30) late");
    assert_stands(0, SLA_CLOCK_RUNNING, AT(11, 30), 0);
    REBUILD(update("opened", AT(8, 0)), update("held", AT(9, 0)));
    assert_told("09:00 paused fix late");
    assert_stands(0, SLA_CLOCK_PAUSED, SLA_TIME_NONE, 0);
    REBUILD(update("opened", AT(8, 0)), update("held", AT(9, 0)), update("freed", AT(10, 30)));
    assert_told("11:00 resumed fix (11:30) late");
    ck_assert_int_eq(sla_engine_advance(engine, AT(12, 0)), SLA_OK);
    assert_told("11:30 breach fix (11:30)");
}
END_TEST

START_TEST(a_pause_that_never_was_ends)
{
    happens("opened", AT(8, 0));
    happens("held", AT(9, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(9, 30)), SLA_OK);
    REBUILD(update("opened", AT(8, 0)));
    assert_told("09:30 resumed fix (10:00) late");
    assert_stands(0, SLA_CLOCK_RUNNING, AT(10, 0), 0);
    happens("held", AT(9, 40)); /* its first pause, to the engine; to the host a second one */
    assert_told("09:40 paused fix");
}
END_TEST

START_TEST(a_stop_that_never_happened_opens_the_clock_again)
{
    happens("opened", AT(8, 0));
    happens("fixed", AT(9, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(9, 30)), SLA_OK);
    REBUILD(update("opened", AT(8, 0)));
    assert_told("09:30 reopened fix (10:00) late");
    assert_stands(0, SLA_CLOCK_RUNNING, AT(10, 0), 0);
    happens("fixed", AT(9, 45));
    assert_told("09:45 met fix (10:00)");
    REBUILD(update("opened", AT(8, 0)), update("fixed", AT(9, 45)));
    assert_told("");
    REBUILD(update("opened", AT(8, 0)));
    assert_told("09:45 reopened fix (10:00) late");
    REBUILD(update("opened", AT(8, 0)), update("fixed", AT(9, 0)));
    assert_told("09:00 met fix (10:00) late");
    ck_assert_int_eq(sla_engine_advance(engine, AT(11, 0)), SLA_OK);
    REBUILD(update("opened", AT(8, 0)));
    assert_told("10:00 breach fix (10:00) late, 11:00 reopened fix (10:00) late");
}
END_TEST

START_TEST(another_verdict_is_told_and_the_first_one_again_if_it_was_right)
{
    happens("opened", AT(8, 0));
    happens("fixed", AT(9, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(12, 0)), SLA_OK);
    REBUILD(update("opened", AT(8, 0)), update("fixed", AT(11, 0)));
    assert_told("10:00 breach fix (10:00) late, 11:00 missed fix (10:00) late");
    assert_stands(0, SLA_CLOCK_MISSED, AT(10, 0), SLA_CLOCK_BREACHED);
    REBUILD(update("opened", AT(8, 0)), update("fixed", AT(9, 0)));
    assert_told("12:00 breach_retracted fix (10:00) late, 09:00 met fix (10:00) late");
    assert_stands(0, SLA_CLOCK_MET, AT(10, 0), 0);
}
END_TEST

START_TEST(a_clock_that_never_was_is_cancelled)
{
    happens("opened", AT(8, 0));
    happens("asked", AT(8, 10));
    ck_assert_int_eq(sla_engine_advance(engine, AT(8, 30)), SLA_OK);
    REBUILD(update("opened", AT(8, 0)));
    assert_told("08:30 cancelled reply (09:10) late");
    ck_assert_int_eq(clocks(), 1);
    /* what ids the host has seen is in the bytes too */
    sla_state *state;
    const void *bytes;
    size_t size;
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = on_event};
    ck_assert_int_eq(sla_engine_save(engine, &state), SLA_OK);
    sla_state_bytes(state, &bytes, &size);
    sla_engine_free(engine);
    ck_assert_int_eq(sla_engine_new(policy, &callbacks, NULL, &engine), SLA_OK);
    ck_assert_int_eq(sla_engine_load(engine, bytes, size, 0, NULL), SLA_OK);
    sla_state_free(state);
    happens("asked", AT(9, 0));
    assert_told("09:00 started reply (10:00)");
    REBUILD(update("opened", AT(8, 0)));
    assert_told("09:00 cancelled reply (10:00) late");
    REBUILD(update("opened", AT(8, 0)), update("asked", AT(8, 50)));
    assert_told("08:50 started reply (09:50) late");
}
END_TEST

START_TEST(cycles_move_up_when_an_answer_never_came)
{
    happens("opened", AT(8, 0));
    happens("asked", AT(8, 10));
    happens("answered", AT(8, 20));
    happens("asked", AT(8, 30));
    happens("answered", AT(8, 50));
    happens("asked", AT(9, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(9, 5)), SLA_OK);
    ck_assert_int_eq(clocks(), 4);
    REBUILD(update("opened", AT(8, 0)), update("asked", AT(8, 10)), update("asked", AT(8, 30)),
            update("answered", AT(8, 50)), update("asked", AT(9, 0)));
    /* the second cycle was met, and is the one that runs since 9:00; there is no third */
    assert_told("09:05 reopened reply#2 (10:00) late, 09:05 cancelled reply#3 (10:00) late");
    ck_assert_int_eq(clocks(), 3);
    assert_stands(1, SLA_CLOCK_RUNNING, AT(10, 0), 0);
    happens("answered", AT(9, 10));
    happens("asked", AT(9, 20));
    assert_told("09:10 met reply#2 (10:00), 09:20 started reply#3 (10:20)");
}
END_TEST

START_TEST(acts_of_the_host_are_part_of_the_history)
{
    sla_attribute by[] = {{.name = {"by", 2}, .value = {"1h", 2}},
                          {.name = {"actor", 5}, .value = {"lead", 4}}};
    sla_update extend = update("sla:extend", AT(9, 0));
    extend.attributes = by;
    extend.attribute_count = 2;
    happens("opened", AT(8, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(10, 30)), SLA_OK);
    REBUILD(update("opened", AT(8, 0)), extend);
    assert_told("10:30 breach_retracted fix (10:00) late, 09:00 extended fix (11:00) late by lead");
    REBUILD(update("opened", AT(8, 0)));
    assert_told("10:00 breach fix (10:00) late, 10:30 retargeted fix (10:00) late");
    REBUILD(update("opened", AT(8, 0)), update("sla:exempt", AT(9, 0)));
    assert_told("10:30 breach_retracted fix (10:00) late, 09:00 exempted fix (10:00) late");
    assert_stands(0, SLA_CLOCK_EXEMPT, AT(10, 0), 0);
}
END_TEST

START_TEST(another_target_is_told)
{
    sla_attribute gold[] = {{.name = {"plan", 4}, .value = {"gold", 4}}};
    sla_update opened = update("opened", AT(8, 0));
    happens("opened", AT(8, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(8, 30)), SLA_OK);
    opened.attributes = gold;
    opened.attribute_count = 1;
    REBUILD(opened);
    assert_told("08:30 retargeted fix (09:00) late");
    REBUILD(opened, update("held", AT(8, 10))); /* paused, it has no deadline, but a budget */
    assert_told("08:10 paused fix late");
    REBUILD(update("opened", AT(8, 0)), update("held", AT(8, 10)));
    assert_told("08:30 retargeted fix late");
}
END_TEST

START_TEST(a_correction_tells_the_sums_of_an_ended_clock)
{
    tear_down();
    begin("sla: 1\n"
          "metrics: {fix: {start: opened, stop: fixed}, reply: {start: asked, stop: answered}}\n"
          "targets: [{fix: {within: 2h, grace: 10m}, reply: 1h}]\n");
    happens("opened", AT(8, 0));
    happens("asked", AT(8, 10));
    happens("answered", AT(8, 20));
    happens("fixed", AT(10, 5));
    ck_assert_int_eq(sla_engine_advance(engine, AT(10, 20)), SLA_OK);
    REBUILD(update("opened", AT(8, 0)), update("asked", AT(8, 10)), update("answered", AT(8, 20)));
    assert_told("10:10 breach fix (10:00) late, 10:20 reopened fix (10:00) late");
    REBUILD(update("opened", AT(8, 0)), update("asked", AT(8, 10)), update("answered", AT(8, 20)),
            update("fixed", AT(10, 5)));
    assert_told("10:20 breach_retracted fix (10:00) late, 10:05 met fix (10:00) late");
    ck_assert_uint_eq(last.flags, SLA_EVENT_LATE | SLA_EVENT_IN_GRACE);
    ck_assert_int_eq(last.elapsed, 125 * 60);
    REBUILD(update("opened", AT(8, 0)), update("fixed", AT(10, 5)));
    assert_told("10:20 cancelled reply (09:10) late");
    ck_assert_int_eq(last.elapsed, 10 * 60);
    ck_assert_int_eq(last.remaining, 50 * 60);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rebuild");
    TCase *history = tcase_create("history");
    tcase_add_checked_fixture(history, set_up, tear_down);
    tcase_add_test(history, the_same_history_again_tells_nothing_and_changes_nothing);
    tcase_add_test(history, a_stop_that_was_entered_late_takes_the_breach_back);
    tcase_add_test(history, a_start_that_is_backdated_moves_the_deadline);
    tcase_add_test(history, a_pause_that_was_forgotten_gives_its_time_back);
    tcase_add_test(history, a_pause_that_never_was_ends);
    tcase_add_test(history, a_stop_that_never_happened_opens_the_clock_again);
    tcase_add_test(history, another_verdict_is_told_and_the_first_one_again_if_it_was_right);
    tcase_add_test(history, a_clock_that_never_was_is_cancelled);
    tcase_add_test(history, cycles_move_up_when_an_answer_never_came);
    tcase_add_test(history, acts_of_the_host_are_part_of_the_history);
    tcase_add_test(history, another_target_is_told);
    tcase_add_test(history, a_correction_tells_the_sums_of_an_ended_clock);
    suite_add_tcase(suite, history);
    return run_suite(suite);
}
