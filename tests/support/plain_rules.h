/* SPDX-License-Identifier: MIT */
/* The plain way to classify: row by row, condition by condition, comparing texts. It reads the
 * compiled rules, but nothing that makes looking at them fast: no index, no numbers of values. */
#ifndef SUPPORT_PLAIN_RULES_H
#define SUPPORT_PLAIN_RULES_H

#include "policy/compiled.h"

#define PLAIN_SLOTS 64
#define PLAIN_METRICS 8
#define PLAIN_KINDS 3

struct plain_value {
    bool present;
    sla_text text;
};
struct plain_promise {
    bool found, agreed;
    uint32_t agreement, row, rule, calendar;
    sla_time agreed_at;
};
struct plain_incident {
    const sla_policy *policy;
    sla_time at;
    struct plain_value slots[PLAIN_SLOTS]; /* the host's are given, the derived are filled in */
    uint32_t severity;                     /* UINT32_MAX: there are none */
    bool severity_known;
    struct plain_promise promises[PLAIN_METRICS][PLAIN_KINDS];
};

/* Fills in all that follows from the host's attributes. The policy's zone is UTC. */
void plain_classify(struct plain_incident *incident);

bool plain_condition(const struct plain_incident *incident, uint32_t condition);

#endif
