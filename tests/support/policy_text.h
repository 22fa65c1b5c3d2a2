/* SPDX-License-Identifier: MIT */
/* Policies in tests: compiled from a text that must be without faults and warnings. */
#ifndef SUPPORT_POLICY_TEXT_H
#define SUPPORT_POLICY_TEXT_H

#include <sla/policy.h>

/* The folder of frozen zone files; kept until the end. */
void policy_text_zones(const char *folder);

/* Compiles, or fails the test with the first diagnostic. One reference, owned by the caller. */
sla_policy *compile(const char *text);

void assert_text(sla_text text, const char *expected);

#endif
