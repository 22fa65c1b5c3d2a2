/* SPDX-License-Identifier: MIT */
/* Targets: what was promised for a metric of one incident, and until when. */
#ifndef ENGINE_TARGET_H
#define ENGINE_TARGET_H

#include "engine/slots.h"

#define KIND_COUNT 3u

/* What an incident is promised for one metric and kind; `row` counts also when nothing is found. */
struct promise {
    bool found;
    bool agreed;          /* D6: the deadline is `agreed_at` */
    uint32_t agreement;   /* index */
    uint32_t rule;        /* index of the target_rule that was chosen in the end */
    uint32_t row;         /* index of the target_row; INDEX_NONE: no row names it */
    uint32_t calendar;    /* index */
    const sla_target *target; /* not read when `agreed`, but for its grace */
    sla_time agreed_at;
};

/* Which agreement is in force for each kind; INDEX_NONE: none. */
void agreements_find(const struct facts *facts, uint32_t *agreements);

/* Which promises hold: fills `promises[metric * KIND_COUNT + kind]` for all metrics and kinds. */
void promises_find(const struct facts *facts, struct promise *promises);

/* D1 to D4, D6: the deadline D0 of a promise for a clock that starts at `start`, rolled deadlines
   (C6) not yet rolled. SLA_OK or SLA_ERROR_RANGE. */
sla_status promise_due(const sla_policy *policy, const struct promise *promise, sla_time start,
                       sla_time *out_due);

/* The deadline of a clock that starts at `at`, rolled if the policy says so, and its budget (D4).
   SLA_OK or SLA_ERROR_RANGE, which writes nothing. */
sla_status promise_answer(const sla_policy *policy, const struct promise *promise, sla_time at,
                          sla_time *out_deadline, sla_duration *out_budget);

/* Are two rules on two calendars under two agreements the same promise: same amounts, calendar and
   agreement? Agreed instants are not looked at. */
bool promise_is_same(const sla_policy *policy, const struct promise *promise, uint32_t agreement,
                     uint32_t rule, uint32_t calendar);

/* The index of a metric or an agreement by its name, or INDEX_NONE. */
uint32_t policy_find_metric(const sla_policy *policy, sla_text name);
uint32_t policy_find_agreement(const sla_policy *policy, sla_text name);

/* Do two targets say the same, grace included? */
bool target_is_same(const sla_target *a, const sla_target *b);

/* C6: does the policy roll this promise's deadlines? */
bool promise_rolls(const sla_policy *policy, const struct promise *promise);

#endif
