/* SPDX-License-Identifier: MIT */
/* State as bytes (E8): damaged ones, refused deliveries, and calls from inside a callback. */
#include "bind_case.h"

static const char policy_text[] =
    "sla: 1\n"
    "metrics: {fix: {start: opened, stop: fixed, pause: {while: {status: waiting}}}}\n"
    "targets: [{fix: 2h}]\n"
    "escalations: [{steps: [{at: 50%, notify: [owner, lead], via: [sms]}]}]\n";

static unsigned char saved[65536], changed[65536], before[65536];
static size_t saved_size, before_size;

/* What a callback does, and what came of it. */
struct host {
    sla_engine *engine;
    uint32_t refuses; /* so many events */
    sla_status statuses[4];
    bool looks;
};

static int32_t on_event(void *user, const sla_event *event)
{
    struct host *host = user;
    if (host->looks) {
        sla_state *state = NULL;
        sla_text id = event->incident;
        host->statuses[0] = sla_engine_save(host->engine, &state);
        sla_state_free(state);
        state = NULL;
        host->statuses[1] = sla_engine_save_incident(host->engine, &id, &state);
        sla_state_free(state);
        host->statuses[2] = sla_engine_load(host->engine, saved, saved_size, 0, NULL);
        host->statuses[3] = sla_engine_bind(host->engine, policy, NULL);
    }
    if (host->refuses > 0) {
        host->refuses--;
        return 1;
    }
    memcpy(ids[id_count++], event->id, sizeof event->id);
    add_event(event);
    return 0;
}

static sla_engine *engine_of(struct host *host)
{
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = on_event, .user = host};
    ck_assert_int_eq(sla_engine_new(policy, &callbacks, NULL, &host->engine), SLA_OK);
    lines[0] = '\0';
    return host->engine;
}

static void begin_waiting(void)
{
    begin(policy_text);
    tell("a", at(20, 8, 0), "opened", "colour=red");
    tell("b", at(20, 8, 30), "opened", "status=waiting");
    sla_attribute act[] = {attribute_of("by=30m"), attribute_of("reason=storm"),
                           attribute_of("actor=boss")};
    sla_update update = {.size = sizeof update, .at = at(20, 9, 0), .incident = {"a", 1},
                         .event = {"sla:extend", 10}, .attributes = act, .attribute_count = 3};
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_OK);
}

/* The bytes are refused by an engine with an incident of its own, which stays as it is. */
static void assert_refused(const unsigned char *bytes, size_t size)
{
    static unsigned char after[65536];
    sla_state_info info = {.size = sizeof info};
    size_t after_size;
    sla_status status = sla_engine_load(engine, bytes, size, SLA_LOAD_REBIND, NULL);
    ck_assert_msg(status == SLA_ERROR_DATA, "%zu bytes: %s", size, sla_status_name(status));
    ck_assert_int_eq(sla_state_describe(bytes, size, &info), SLA_ERROR_DATA);
    save_of(engine, after, &after_size);
    ck_assert_uint_eq(after_size, before_size);
    ck_assert(memcmp(after, before, after_size) == 0);
}

static void save_b_and_begin_another(void)
{
    sla_text id = {"b", 1};
    sla_state *state = NULL;
    const void *data;
    begin_waiting();
    ck_assert_int_eq(sla_engine_save_incident(engine, &id, &state), SLA_OK);
    sla_state_bytes(state, &data, &saved_size);
    memcpy(saved, data, saved_size);
    sla_state_free(state);
    sla_engine_free(engine);
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
    tell("c", at(20, 7, 0), "opened", NULL);
    save_of(engine, before, &before_size);
}

START_TEST(bytes_that_are_cut_off_are_refused_at_every_length)
{
    save_b_and_begin_another();
    for (size_t size = 0; size < saved_size; size++)
        assert_refused(saved, size);
    memcpy(changed, saved, saved_size);
    changed[saved_size] = 0;
    assert_refused(changed, saved_size + 1);
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_OK);
}
END_TEST

START_TEST(bytes_of_which_any_bit_is_another_are_refused)
{
    save_b_and_begin_another();
    for (size_t i = 0; i < saved_size; i++) {
        memcpy(changed, saved, saved_size);
        for (int bit = 0; bit < 8; bit++) {
            changed[i] = (unsigned char)(saved[i] ^ 1u << bit);
            assert_refused(changed, saved_size);
        }
        changed[i] = (unsigned char)~saved[i];
        assert_refused(changed, saved_size);
    }
}
END_TEST

START_TEST(events_that_waited_are_delivered_first_with_every_word)
{
    struct host host = {.refuses = 0};
    begin_waiting();
    save_of(engine, saved, &saved_size);
    sla_engine_free(engine);
    engine = engine_of(&host);
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_OK);
    ck_assert_str_eq(lines,
                     "started fix 20 08:00 due 20 10:00 used 0 left 120\n"
                     "b: started fix 20 08:30 due 20 10:30 used 0 left 120\n"
                     "b: paused fix 20 08:30 due none used 0 left 120\n"
                     "warning fix 20 09:00 due 20 10:00 used 60 left 60 50% to owner to lead\n"
                     "extended fix 20 09:00 due 20 10:30 used 60 left 90\n");
}
END_TEST

START_TEST(an_extension_that_waits_keeps_reason_and_actor)
{
    begin_waiting();
    save_of(engine, saved, &saved_size);
    sla_engine_free(engine);
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_OK);
    sla_event event = {.size = sizeof event};
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(sla_engine_event_done(engine), SLA_OK);
    ck_assert_int_eq(sla_engine_next_event(engine, &event), SLA_OK);
    ck_assert_uint_eq(event.type, SLA_EVENT_WARNING);
    ck_assert_uint_eq(event.via_count, 1);
    assert_text(event.via[0], "sms");
    ck_assert_int_eq(event.percent, 50);
    ck_assert_int_eq(event.level, SLA_NO_NUMBER);
    ck_assert_uint_eq(event.line, 4);
    ck_assert_int_eq(sla_engine_event_done(engine), SLA_OK);
    ck_assert_int_eq(sla_engine_next_event(engine, &event), SLA_OK);
    ck_assert_uint_eq(event.type, SLA_EVENT_EXTENDED);
    assert_text(event.reason, "storm");
    assert_text(event.actor, "boss");
    ck_assert_int_eq(event.percent, SLA_NO_NUMBER);
}
END_TEST

START_TEST(a_refused_event_is_saved_and_first_in_line_again)
{
    struct host host = {.refuses = 1}, next = {.refuses = 1};
    begin(policy_text);
    sla_engine_free(engine);
    engine = engine_of(&host);
    sla_update update = {.size = sizeof update, .at = at(20, 8, 0), .incident = {"a", 1},
                         .event = {"opened", 6}};
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_DELIVERY_REFUSED);
    save_of(engine, saved, &saved_size);
    sla_engine_free(engine);
    engine = engine_of(&next); /* which refuses it once more: loaded all the same */
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_DELIVERY_REFUSED);
    ck_assert_uint_eq(sla_engine_incidents(engine), 1);
    ck_assert_str_eq(lines, "");
    ck_assert_int_eq(sla_engine_deliver(engine), SLA_OK);
    ck_assert_str_eq(lines, "started fix 20 08:00 due 20 10:00 used 0 left 120\n");
}
END_TEST

START_TEST(inside_a_callback_saving_works_and_changes_are_busy)
{
    struct host host = {.looks = true};
    begin_waiting();
    save_of(engine, saved, &saved_size);
    sla_engine_free(engine);
    engine = engine_of(&host);
    tell("a", at(20, 8, 0), "opened", NULL);
    ck_assert_int_eq(host.statuses[0], SLA_OK);
    ck_assert_int_eq(host.statuses[1], SLA_OK);
    ck_assert_int_eq(host.statuses[2], SLA_ERROR_BUSY);
    ck_assert_int_eq(host.statuses[3], SLA_ERROR_BUSY);
    ck_assert_str_eq(lines, "started fix 20 08:00 due 20 10:00 used 0 left 120\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("state_damage");
    TCase *cases = tcase_create("state_damage");
    tcase_add_checked_fixture(cases, fresh_ids, end);
    tcase_add_test(cases, bytes_that_are_cut_off_are_refused_at_every_length);
    tcase_add_test(cases, bytes_of_which_any_bit_is_another_are_refused);
    tcase_add_test(cases, events_that_waited_are_delivered_first_with_every_word);
    tcase_add_test(cases, an_extension_that_waits_keeps_reason_and_actor);
    tcase_add_test(cases, a_refused_event_is_saved_and_first_in_line_again);
    tcase_add_test(cases, inside_a_callback_saving_works_and_changes_are_busy);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
