/* SPDX-License-Identifier: MIT */
/* Compiling the policy's own tests: what the parts of that work share. */
#ifndef POLICY_COMPILE_TESTS_H
#define POLICY_COMPILE_TESTS_H

#include "policy/compile.h"
#include "policy/model_tests.h"

struct test_compile {
    struct compile *compile;
    struct text_table updates; /* names that some metric waits for */
    uint32_t *metric_kinds;    /* bits 1 << SLA_KIND_*: of which kinds a metric has targets */
};

/* Zeroed memory in the policy; NULL: none, or no need of any. */
void *test_array(struct compile *compile, size_t count, size_t width);

struct test_place test_place_of(const struct node *node);

/* An instant in the policy's zone; tells one that is out of range (false), and warns of a local
   time that does not exist or comes twice. */
bool test_instant(struct compile *compile, const struct text_field *field, sla_time *out);

/* What a step expects of clocks and events (compile_test_clocks.c). */
void test_compile_clocks(struct test_compile *tests, const struct test_step_model *model,
                         struct test_step *out);
void test_compile_events(struct test_compile *tests, const struct expected_events_model *model,
                         struct expected_events *out);

#endif
