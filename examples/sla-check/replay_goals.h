/* SPDX-License-Identifier: MIT */
/* The policy's goals against what a replay came to, period by period. */
#ifndef REPLAY_GOALS_H
#define REPLAY_GOALS_H

#include "output.h"

/* Which goals looked at a clock when it was judged: a set, by its number. */
#define NO_GOALS UINT32_MAX

struct goals;

/* NULL: the policy has no goals, and the other functions do nothing with it. */
struct goals *goals_new(const sla_policy *policy);

/* The set of goals for a clock as its incident is now; `clock` has incident, metric, kind and
   agreement. Also from inside a callback of the engine. */
uint32_t goals_of_clock(struct goals *goals, const sla_engine *engine, const sla_clock *clock);

/* Counts a clock of an engine that has come to its end, in the periods in which it started. */
void goals_count(struct goals *goals, uint32_t set, const sla_clock *clock);

/* `now` is the instant to which the log was read: a period that is not over by then may still
   become anything. Nothing is printed without goals. */
void goals_print(const struct goals *goals, sla_time now);
json_t *goals_json(const struct goals *goals, sla_time now); /* an empty list without */

void goals_free(struct goals *goals);

#endif
