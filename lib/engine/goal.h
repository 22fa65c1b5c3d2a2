/* SPDX-License-Identifier: MIT */
/* Goals: for which clocks is one? */
#ifndef ENGINE_GOAL_H
#define ENGINE_GOAL_H

#include "policy/compiled.h"

/* By metric, kind and agreement; the condition is another question. */
bool goal_is_for(const sla_policy *policy, const struct goal *goal, uint32_t metric, uint32_t kind,
                 uint32_t agreement);

#endif
