/* SPDX-License-Identifier: MIT */
/* What random policies and logs have used: a key of the language that no policy had, or an event
 * that no log brought about, means that the laws were not asked of it. */
#ifndef PROPERTY_ENGINE_COVERAGE_H
#define PROPERTY_ENGINE_COVERAGE_H

#include "engine_events.h"

#define COVERAGE_KEYS 400

struct coverage {
    bool keys[COVERAGE_KEYS];
    long events[SLA_EVENT_TYPE_COUNT];
    long flags[3]; /* late, in grace, provisional */
    long states[SLA_CLOCK_EXEMPT + 1];
};

void coverage_see_policy(struct coverage *coverage, const char *text);
void coverage_see_run(struct coverage *coverage, const struct run *run);
/* Prints what is missing; true: nothing is. */
bool coverage_is_complete(const struct coverage *coverage);

#endif
