/* SPDX-License-Identifier: MIT */
/* State as bytes (E8): what is saved, what is refused, and what a refusal leaves as it was. */
#include "bind_case.h"

#define TWO_HOURS "sla: 1\nmetrics: {fix: {start: opened, stop: fixed}}\ntargets: [{fix: 2h}]\n"
#define STEPS "escalations: [{steps: [{at: 50%, notify: [owner, lead]}]}]\n"

static unsigned char saved[65536];
static size_t saved_size;

/* Incident `a` of 8:00 and `b` of 8:30, at 9:00; the warning of `a` and all before it wait. */
static void begin_two(void)
{
    begin(TWO_HOURS STEPS);
    tell("a", at(20, 8, 0), "opened", NULL);
    tell("b", at(20, 8, 30), "opened", NULL);
    sla_engine_advance(engine, at(20, 9, 0));
}

static sla_engine *engine_with(sla_callbacks *callbacks)
{
    sla_engine *made = NULL;
    ck_assert_int_eq(sla_engine_new(policy, callbacks, NULL, &made), SLA_OK);
    return made;
}

static void save_one(const char *incident, unsigned char *bytes, size_t *size)
{
    sla_text id = {incident, 1};
    sla_state *state = NULL;
    const void *data;
    ck_assert_int_eq(sla_engine_save_incident(engine, &id, &state), SLA_OK);
    sla_state_bytes(state, &data, size);
    memcpy(bytes, data, *size);
    sla_state_free(state);
}

static void assert_same_bytes(const sla_engine *of, const unsigned char *wanted, size_t size)
{
    static unsigned char bytes[65536];
    size_t got;
    save_of(of, bytes, &got);
    ck_assert_uint_eq(got, size);
    ck_assert(memcmp(bytes, wanted, size) == 0);
}

static void take_place(sla_engine *other)
{
    sla_engine_free(engine);
    engine = other;
}

START_TEST(a_restored_engine_goes_on_as_if_nothing_had_happened)
{
    begin_two();
    save_of(engine, saved, &saved_size);
    sla_engine *other = engine_with(NULL);
    ck_assert_int_eq(sla_engine_load(other, saved, saved_size, 0, NULL), SLA_OK);
    assert_same_bytes(other, saved, saved_size);
    take_place(other);
    ck_assert_int_eq(sla_engine_now(engine), at(20, 9, 0));
    ck_assert_int_eq(sla_engine_next_due(engine), at(20, 9, 30));
    sla_engine_advance(engine, at(20, 10, 1));
    ck_assert_str_eq(heard(),
                     "started fix 20 08:00 due 20 10:00 used 0 left 120\n"
                     "b: started fix 20 08:30 due 20 10:30 used 0 left 120\n"
                     "warning fix 20 09:00 due 20 10:00 used 60 left 60 50% to owner to lead\n"
                     "b: warning fix 20 09:30 due 20 10:30 used 60 left 60 50% to owner to lead\n"
                     "breach fix 20 10:00 due 20 10:00 used 120 left 0\n");
}
END_TEST

START_TEST(one_incident_goes_with_its_own_events)
{
    begin_two();
    save_one("b", saved, &saved_size);
    take_place(engine_with(NULL));
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_OK);
    ck_assert_uint_eq(sla_engine_incidents(engine), 1);
    ck_assert_str_eq(heard(), "b: started fix 20 08:30 due 20 10:30 used 0 left 120\n");
    ck_assert_str_eq(clocks(), "b fix #1 running due 20 10:30 used 30 left 90 25%\n");
}
END_TEST

START_TEST(an_incident_takes_the_place_of_the_same_one)
{
    begin_two();
    heard();
    save_one("a", saved, &saved_size);
    tell("a", at(20, 9, 10), "fixed", NULL);
    ck_assert_str_eq(heard(), "met fix 20 09:10 due 20 10:00 used 70 left 50\n");
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_OK);
    ck_assert_uint_eq(sla_engine_incidents(engine), 2);
    ck_assert_str_eq(clocks(), "a fix #1 running due 20 10:00 used 70 left 50 58%\n"
                               "b fix #1 running due 20 10:30 used 40 left 80 33%\n");
}
END_TEST

START_TEST(an_engine_is_first_advanced_to_the_instant_of_the_bytes)
{
    begin_two();
    heard();
    save_one("b", saved, &saved_size);
    take_place(engine_with(NULL));
    tell("c", at(20, 7, 55), "opened", NULL);
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_OK);
    ck_assert_int_eq(sla_engine_now(engine), at(20, 9, 0));
    ck_assert_str_eq(heard(), "c: started fix 20 07:55 due 20 09:55 used 0 left 120\n"
                              "c: warning fix 20 08:55 due 20 09:55 used 60 left 60 50% to owner "
                              "to lead\n");
}
END_TEST

START_TEST(bytes_of_the_past_are_brought_to_the_engines_now)
{
    begin_two();
    heard();
    save_one("b", saved, &saved_size);
    take_place(engine_with(NULL));
    sla_engine_advance(engine, at(20, 9, 45));
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_OK);
    ck_assert_int_eq(sla_engine_now(engine), at(20, 9, 45));
    ck_assert_str_eq(heard(), "b: warning fix 20 09:30 due 20 10:30 used 60 left 60 50% to owner "
                              "to lead\n");
}
END_TEST

START_TEST(describing_needs_no_policy)
{
    sla_state_info info = {.size = sizeof info};
    begin_two();
    sla_engine_event_done(engine);
    save_of(engine, saved, &saved_size);
    ck_assert_int_eq(sla_state_describe(saved, saved_size, &info), SLA_OK);
    ck_assert_uint_eq(info.format, 1);
    ck_assert_uint_eq(info.is_incident, 0);
    ck_assert_uint_eq(info.incidents, 2);
    ck_assert_uint_eq(info.events, 2);
    ck_assert_int_eq(info.now, at(20, 9, 0));
    save_one("b", saved, &saved_size);
    ck_assert_int_eq(sla_state_describe(saved, saved_size, &info), SLA_OK);
    ck_assert_uint_eq(info.is_incident, 1);
    ck_assert_uint_eq(info.events, 1);
    ck_assert_int_eq(sla_state_describe(NULL, 0, &info), SLA_ERROR_DATA);
    ck_assert_int_eq(sla_state_describe(saved, saved_size, NULL), SLA_ERROR_ARGUMENT);
    take_place(engine_with(NULL));
    save_of(engine, saved, &saved_size);
    ck_assert_int_eq(sla_state_describe(saved, saved_size, &info), SLA_OK);
    ck_assert_int_eq(info.now, SLA_TIME_NONE);
}
END_TEST

START_TEST(another_policy_is_refused_without_the_flag)
{
    begin_two();
    save_of(engine, saved, &saved_size);
    sla_policy_unref(policy);
    policy = compiled(TWO_HOURS);
    take_place(engine_with(NULL));
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL),
                     SLA_ERROR_POLICY_CHANGED);
    ck_assert_uint_eq(sla_engine_incidents(engine), 0);
    ck_assert_int_eq(sla_engine_now(engine), SLA_TIME_NONE);
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, SLA_LOAD_REBIND, NULL), SLA_OK);
    ck_assert_uint_eq(sla_engine_incidents(engine), 2);
}
END_TEST

START_TEST(an_engine_that_is_not_empty_takes_no_other)
{
    static unsigned char before[65536];
    size_t before_size;
    begin_two();
    save_of(engine, saved, &saved_size);
    take_place(engine_with(NULL));
    tell("c", at(20, 7, 0), "opened", NULL);
    save_of(engine, before, &before_size);
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_ERROR_ARGUMENT);
    assert_same_bytes(engine, before, before_size);
    sla_text id = {"c", 1};
    ck_assert_int_eq(sla_engine_forget(engine, &id), SLA_OK); /* its event still waits */
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_event_done(engine), SLA_OK);
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 0, NULL), SLA_OK);
}
END_TEST

START_TEST(what_makes_no_sense_is_an_argument)
{
    sla_state *state = NULL;
    sla_text none = {"z", 1};
    begin_two();
    save_of(engine, saved, &saved_size);
    ck_assert_int_eq(sla_engine_save(NULL, &state), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_save(engine, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_save_incident(engine, &none, &state), SLA_ERROR_NOT_FOUND);
    ck_assert_int_eq(sla_engine_save_incident(engine, NULL, &state), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_load(NULL, saved, saved_size, 0, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_load(engine, NULL, 1, 0, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_load(engine, saved, saved_size, 2, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_bind(NULL, policy, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_engine_bind(engine, NULL, NULL), SLA_ERROR_ARGUMENT);
    sla_state_free(NULL);
    assert_same_bytes(engine, saved, saved_size);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("state");
    TCase *cases = tcase_create("state");
    tcase_add_checked_fixture(cases, fresh_ids, end);
    tcase_add_test(cases, a_restored_engine_goes_on_as_if_nothing_had_happened);
    tcase_add_test(cases, one_incident_goes_with_its_own_events);
    tcase_add_test(cases, an_incident_takes_the_place_of_the_same_one);
    tcase_add_test(cases, an_engine_is_first_advanced_to_the_instant_of_the_bytes);
    tcase_add_test(cases, bytes_of_the_past_are_brought_to_the_engines_now);
    tcase_add_test(cases, describing_needs_no_policy);
    tcase_add_test(cases, another_policy_is_refused_without_the_flag);
    tcase_add_test(cases, an_engine_that_is_not_empty_takes_no_other);
    tcase_add_test(cases, what_makes_no_sense_is_an_argument);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
