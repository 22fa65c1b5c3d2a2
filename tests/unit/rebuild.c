/* SPDX-License-Identifier: MIT */
/* A history given again: what it tells, what it keeps to itself, and how the clocks stand. Two
 * hours are promised, every day around the clock, so that each line can be worked out by hand. */
#include "run_suite.h"

#include <inttypes.h>
#include <sla/sla.h>
#include <stdio.h>
#include <string.h>

/* 2026-11-20T00:00:00Z. */
#define MIDNIGHT ((sla_time)1795132800)
#define AT(hour, minute) (MIDNIGHT + 3600 * (hour) + 60 * (minute))

#define METRICS                                                                          \
    "sla: 1\n"                                                                           \
    "metrics:\n"                                                                         \
    "  fix: {start: opened, stop: fixed, pause: {event: held, until: freed}, reopen: "   \
    "{event: reopened, clock: resume}}\n"                                                \
    "  reply: {start: asked, stop: answered, repeat: true}\n"                            \
    "targets: [{when: {plan: gold}, fix: 1h}, {fix: 2h, reply: 1h}]\n"
static const char plain[] = METRICS;
static const char with_steps[] = METRICS "escalations: [{steps: [{at: 50%}, {at: 30m after}]}]\n";

static sla_policy *policy;
static sla_engine *engine;
static uint64_t ids[100];
static int id_count;
static char told[1000]; /* what came since the last look */

static int32_t on_event(void *user, const sla_event *event)
{
    size_t used = strlen(told);
    int at = (int)(event->at - MIDNIGHT) / 60, due = (int)(event->deadline - MIDNIGHT) / 60;
    (void)user;
    used += (size_t)snprintf(told + used, sizeof told - used, "%s%02d:%02d %s %.*s",
                             used == 0 ? "" : ", ", at / 60, at % 60,
                             sla_event_type_name(event->type), (int)event->metric.length,
                             event->metric.data);
    if (event->cycle > 1)
        used += (size_t)snprintf(told + used, sizeof told - used, "#%" PRIu32, event->cycle);
    if (event->deadline != SLA_TIME_NONE)
        used += (size_t)snprintf(told + used, sizeof told - used, " (%02d:%02d)", due / 60,
                                 due % 60);
    if ((event->flags & SLA_EVENT_LATE) != 0)
        snprintf(told + used, sizeof told - used, " late");
    for (int i = 0; i < id_count; i++)
        ck_assert_uint_ne(ids[i], event->id[0]); /* no id comes twice */
    ck_assert_int_lt(id_count, 100);
    ids[id_count++] = event->id[0];
    return 0;
}

static void begin(const char *text)
{
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = on_event};
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, NULL, &policy, NULL), SLA_OK);
    ck_assert_int_eq(sla_engine_new(policy, &callbacks, NULL, &engine), SLA_OK);
    id_count = 0;
    told[0] = '\0';
}

static void set_up(void)
{
    begin(plain);
}

static void tear_down(void)
{
    sla_engine_free(engine);
    sla_policy_unref(policy);
}

static sla_update update(const char *event, sla_time at)
{
    return (sla_update){.size = sizeof(sla_update), .at = at, .incident = {"a", 1},
                        .event = {event, SLA_NUL_TERMINATED}};
}

static void happens(const char *event, sla_time at)
{
    sla_update one = update(event, at);
    ck_assert_int_eq(sla_engine_update(engine, &one), SLA_OK);
}

static void assert_told(const char *wanted)
{
    ck_assert_str_eq(told, wanted);
    told[0] = '\0';
}

static sla_status rebuild(const sla_update *updates, size_t count)
{
    sla_text id = {"a", 1};
    return sla_engine_rebuild(engine, &id, updates, count);
}

/* Rebuilds from these and says what was told. */
#define REBUILD(...)                                                                     \
    do {                                                                                 \
        sla_update history[] = {__VA_ARGS__};                                            \
        told[0] = '\0';                                                                  \
        ck_assert_int_eq(rebuild(history, sizeof history / sizeof *history), SLA_OK);    \
    } while (0)

static void assert_stands(uint32_t metric, uint32_t state, sla_time deadline, uint32_t flags)
{
    sla_text id = {"a", 1};
    sla_clock clock = {.size = sizeof clock};
    ck_assert_int_eq(sla_engine_clock(engine, &id, SLA_KIND_SLA, metric, &clock), SLA_OK);
    ck_assert_uint_eq(clock.state, state);
    ck_assert_int_eq(clock.deadline, deadline);
    ck_assert_uint_eq(clock.flags, flags);
}

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

static int clocks(void)
{
    int count = 0;
    uint64_t cursor = 0;
    sla_clock clock = {.size = sizeof clock};
    while (sla_engine_clocks(engine, &cursor, &clock) == SLA_OK)
        count++;
    return count;
}

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
    sla_attribute by[] = {{.name = {"by", 2}, .value = {"1h", 2}}};
    sla_update extend = update("sla:extend", AT(9, 0));
    extend.attributes = by;
    extend.attribute_count = 1;
    happens("opened", AT(8, 0));
    ck_assert_int_eq(sla_engine_advance(engine, AT(10, 30)), SLA_OK);
    REBUILD(update("opened", AT(8, 0)), extend);
    assert_told("10:30 breach_retracted fix (10:00) late, 09:00 extended fix (11:00) late");
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
    ck_assert_int_eq(sla_engine_advance(engine, AT(12, 0)), SLA_OK);
    assert_told("11:00 breach fix (11:00), 11:30 escalation fix (11:00)");
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
    tcase_add_test(history, what_was_sent_is_not_sent_again);
    tcase_add_test(history, an_unknown_incident_is_opened_late);
    tcase_add_test(history, sequences_count_within_the_new_history);
    tcase_add_test(history, a_history_that_cannot_be_changes_nothing);
    tcase_add_test(history, from_inside_a_callback_it_is_refused_as_busy);
    tcase_add_test(history, events_that_wait_stay_in_line);
    suite_add_tcase(suite, history);
    return run_suite(suite);
}
