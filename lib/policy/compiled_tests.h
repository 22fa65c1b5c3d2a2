/* SPDX-License-Identifier: MIT */
/* A policy's own tests, compiled: names are numbers where the policy has them, instants are
 * instants. Whoever wants to know what was expected reads this; nobody else pays for it. */
#ifndef POLICY_COMPILED_TESTS_H
#define POLICY_COMPILED_TESTS_H

#include "base/text.h"

/* Where something stands in the policy's own file; the end is exclusive. */
struct test_place {
    uint32_t line, column;
    uint32_t end_line, end_column;
};

enum expect_value { EXPECT_EQUAL, EXPECT_PRESENT, EXPECT_ABSENT };

/* An attribute as it should be, derived ones first. */
struct expected_value {
    uint32_t slot; /* where it stands after classification */
    uint32_t how;  /* enum expect_value */
    sla_text name, value;
    struct test_place place;
};

/* The agreement that should be in force for its kind. */
struct expected_agreement {
    uint32_t agreement; /* index; INDEX_NONE: of no kind is one in force */
    struct test_place place;
};

#define EXPECT_STATE 1u
#define EXPECT_DEADLINE 2u /* an instant, or SLA_TIME_NONE */
#define EXPECT_AGREEMENT 4u
#define EXPECT_CALENDAR 8u
#define EXPECT_BREACHED 16u
#define EXPECT_IN_GRACE 32u
#define EXPECT_CYCLE 64u
#define EXPECT_ELAPSED 128u
#define EXPECT_REMAINING 256u
#define EXPECT_PROVISIONAL 512u

/* The last cycle of a metric and kind as it should be. */
struct expected_clock {
    uint32_t metric, kind;
    uint32_t what; /* EXPECT_STATE ...: which of these are looked at */
    uint32_t state;
    sla_time deadline;
    uint32_t agreement, calendar; /* indexes */
    uint32_t breached, in_grace, provisional;
    uint32_t cycle;
    sla_duration elapsed, remaining;
    struct test_place place;      /* of the whole, and of its parts: */
    struct test_place places[10]; /* by the bits above */
};

/* An event that should be told, or should not; what is INDEX_NONE, SLA_NO_NUMBER, SLA_TIME_NONE
   or TEXT_NONE may be anything. */
struct expected_event {
    uint32_t type;
    uint32_t metric, kind, agreement;
    sla_time at;
    int32_t percent, level;
    sla_text reason;
    const sla_text *notify, *via; /* NULL: may be anything */
    uint32_t notify_count, via_count;
    struct test_place place;
};
struct expected_events {
    const struct expected_event *items;
    uint32_t count;
    bool is_said;
    struct test_place place;
};

struct test_change {
    sla_text name;
    sla_text value;
    bool is_removed;
};

/* A moment: the opening, or a `then` step. */
struct test_step {
    sla_time at;
    const sla_text *events; /* names of updates, in order */
    const struct test_change *changes;
    const struct expected_value *values;
    const struct expected_agreement *agreements;
    const struct expected_clock *clocks;
    uint32_t event_count, change_count, value_count, agreement_count, clock_count;
    struct expected_events in_order, only, never;
    struct test_place place;
};

struct policy_test {
    sla_text name;
    const struct test_step *steps; /* the opening is the first */
    uint32_t step_count;
    struct test_place place; /* of its name */
};

#endif
