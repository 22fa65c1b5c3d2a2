/* SPDX-License-Identifier: MIT */
/* From nodes to the model of a policy's own tests: the parts that share this work. */
#ifndef POLICY_DECODE_TESTS_H
#define POLICY_DECODE_TESTS_H

#include "policy/decode.h"
#include "policy/model_tests.h"

/* `expect`: what attributes, agreements and clocks are at a moment. */
void decode_expect(struct build *build, const struct node *node, const struct model *model,
                   struct test_step_model *out);

/* A list of events, or one. */
void decode_expected_events(struct build *build, const struct node *node,
                            const struct model *model, struct expected_events_model *out);

/* A metric's name; one that is not there is told. */
bool decode_metric_name(struct build *build, const struct node *node, sla_text name,
                        const struct model *model);

/* A kind, if the key is there. */
void decode_kind(struct build *build, const struct node *node, struct number_field *out);

#endif
