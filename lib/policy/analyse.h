/* SPDX-License-Identifier: MIT */
/* Analysis: what a policy says without any fault, and surely does not mean. It looks at the checked
 * model, adds warnings to the diagnostics of the compilation, and never says what is not sure: each
 * finding holds for a real incident or for every one. */
#ifndef POLICY_ANALYSE_H
#define POLICY_ANALYSE_H

#include "policy/analyse_space.h"

/* One target that some incidents get: of an agreement, a row, a metric, an entry of a table. */
struct leaf {
    uint32_t agreement, row, metric;
    uint32_t set; /* the incidents that get it, at their opening */
    const struct target_model *target; /* fixed, agreed or none; NULL: a table names nothing */
    const struct calendar_ref *calendar; /* on which it counts; NULL: 24x7 */
    const struct metric_model *metric_model;
};

/* The whole analysis of a policy without errors (analyse.c). */
void analyse_policy(struct compile *compile);
/* Scalars that other readers of YAML read differently (analyse_portable.c); needs no space. */
void analyse_portable(struct build *build);

/* Its parts, in this order; each has a file of its own. */
void analyse_derivations(struct analysis *analysis);
void analyse_targets(struct analysis *analysis); /* agreements, rows; makes the leaves */
void analyse_coverage(struct analysis *analysis);
void analyse_escalations(struct analysis *analysis);
void analyse_order(struct analysis *analysis); /* which target is longer than which */
void analyse_metrics(struct analysis *analysis);
void analyse_calendars(struct analysis *analysis);

/* Says to the space what an agreement and its rows look at. */
void targets_ask(struct analysis *analysis, const struct agreement_model *agreement);

/* The calendar of a leaf, if it is the same for all its incidents; else NULL. */
const sla_calendar *leaf_calendar(const struct analysis *analysis, const struct leaf *leaf);

#endif
