/* SPDX-License-Identifier: MIT */
/* The model of a policy's own tests. As in model.h, what was not said, or was faulty and told, is
 * absent: its `at` is NULL. */
#ifndef POLICY_MODEL_TESTS_H
#define POLICY_MODEL_TESTS_H

#include "policy/compiled_tests.h"
#include "policy/model.h"

/* An attribute that the incident has from now on, or loses. */
struct change_model {
    struct text_field name;
    struct text_field value;
    bool is_removed;
};

struct expected_value_model {
    struct text_field name;
    uint32_t how; /* enum expect_value */
    struct text_field value; /* EXPECT_EQUAL; else its node alone */
};

struct expected_clock_model {
    struct text_field metric;
    struct number_field kind;
    struct text_field agreement, calendar;
    struct number_field state; /* SLA_CLOCK_* */
    struct text_field deadline; /* an instant, or "none" */
    struct number_field breached, in_grace, provisional, cycle, elapsed, remaining;
    const struct node *at;
};

struct expected_event_model {
    uint32_t type; /* SLA_EVENT_* */
    struct text_field metric;
    struct number_field kind;
    struct text_field agreement;
    struct text_field instant;
    struct number_field percent, level;
    struct text_field reason;
    struct text_list notify, via;
    const struct node *at;
};
struct expected_events_model {
    struct expected_event_model *items;
    size_t count;
    const struct node *at;
};

/* A moment of a test: the opening, or a `then` step. */
struct test_step_model {
    struct text_field instant;
    struct text_list events; /* names of updates */
    struct change_model *changes;
    size_t change_count;
    struct text_list agreements; /* expected to be in force; "none" alone: no one is */
    struct expected_value_model *values;
    size_t value_count;
    struct expected_clock_model *clocks;
    size_t clock_count;
    struct expected_events_model in_order, only, never;
    const struct node *at;
};

struct test_model {
    struct text_field name;
    struct test_step_model *steps; /* the opening is the first */
    size_t count;
    const struct node *at;
};

#endif
