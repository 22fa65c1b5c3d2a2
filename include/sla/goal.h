/* SPDX-License-Identifier: MIT */
/* Goals: the rates that were promised, such as 95 % of all first responses in a month.
 *
 * The engine does not count: reports do. This header says what was promised, which clocks a goal
 * looks at, in which period a clock falls, and whether a count keeps the promise. */
#ifndef SLA_GOAL_H
#define SLA_GOAL_H

#include <sla/classify.h>
#include <sla/engine.h>
#include <sla/evaluate.h>
#include <sla/policy.h>
#include <sla/types.h>

SLA_BEGIN_DECLS

#define SLA_PERIOD_DAY 0u
#define SLA_PERIOD_WEEK 1u /* from Monday */
#define SLA_PERIOD_MONTH 2u
#define SLA_PERIOD_QUARTER 3u /* from 1 January, April, July and October */
#define SLA_PERIOD_YEAR 4u

#define SLA_GOAL_WHOLE 1000000 /* a rate of 100 % */

/* A goal. Texts are borrowed from the policy. */
typedef struct sla_goal {
    uint32_t size;
    uint32_t flags;  /* 0 */
    sla_text name;   /* may be empty */
    uint32_t period; /* SLA_PERIOD_* */
    uint32_t rate;   /* of SLA_GOAL_WHOLE clocks at least so many are met: 950,000 is 95 % */
    uint32_t kinds;  /* bits 1 << SLA_KIND_*; 0: every kind */
    uint32_t line;   /* in the policy file */
    uint32_t metric_count;    /* how many metrics it names; 0: it is for every metric */
    uint32_t agreement_count; /* how many agreements it names; 0: for every one */
} sla_goal;

/* The goal at `index` from 0 in the order of the policy. 1; 0 past the end, or when
   `out_goal->size` is not set. Any thread. Since 0.4. */
SLA_API int32_t sla_policy_goal_at(const sla_policy *policy, size_t index, sla_goal *out_goal);

/* The metric or agreement at `index` among those that a goal names, as an index of
   sla_policy_metric_at() or sla_policy_agreement_at(); SLA_NO_INDEX past the end. Any thread.
   Since 0.4. */
SLA_API uint32_t sla_policy_goal_metric(const sla_policy *policy, size_t goal, size_t index);
SLA_API uint32_t sla_policy_goal_agreement(const sla_policy *policy, size_t goal, size_t index);

/* Does a goal look at a clock of an engine: is it for the clock's metric, kind and agreement, and
   does its condition hold for the incident as it is now? Of `clock`, which the engine gave, are
   read: incident, kind, metric_index, agreement. A clock of a metric or an agreement that the
   policy does not have any more (E9) is in no goal.
   1, 0; SLA_ERROR_NOT_FOUND: there is no such incident; SLA_ERROR_ARGUMENT: no such goal;
   SLA_ERROR_MEMORY. The engine's thread, also from inside a callback. Since 0.4. */
SLA_API int32_t sla_engine_goal(const sla_engine *engine, size_t goal, const sla_clock *clock);

/* The same for a clock of a classification, at `index` as in sla_classification_clock().
   1, 0; SLA_ERROR_ARGUMENT: no such goal or clock. Any thread. Since 0.4. */
SLA_API int32_t sla_classification_goal(const sla_classification *classification, size_t goal,
                                        size_t index);

/* The period of a goal in which an instant lies: from `*out_from` until before `*out_to`, whole
   local dates in the policy's zone. A clock belongs to the period in which it started.
   SLA_OK; SLA_ERROR_RANGE: the instant, or a bound, is outside 1970 to 2199; SLA_ERROR_ARGUMENT.
   Any thread. Since 0.4. */
SLA_API sla_status sla_policy_goal_period(const sla_policy *policy, size_t goal, sla_time at,
                                          sla_time *out_from, sla_time *out_to);

#define SLA_GOAL_UNDECIDED 0u /* open clocks may still decide it, or nothing has been judged */
#define SLA_GOAL_KEPT 1u      /* whatever becomes of the open clocks */
#define SLA_GOAL_BROKEN 2u    /* whatever becomes of the open clocks */

/* What a count of clocks means for a rate (of SLA_GOAL_WHOLE): so many met, missed, and still open.
   Those that were cancelled or exempted count nowhere; an open one that is breached already can
   only be missed, and may be counted so. Exact, without rounding. Counts are at most 2^40 in sum;
   beyond that it is undecided. Any thread. Since 0.4. */
SLA_API uint32_t sla_goal_judge(uint32_t rate, uint64_t met, uint64_t missed, uint64_t open);

SLA_END_DECLS

#endif
