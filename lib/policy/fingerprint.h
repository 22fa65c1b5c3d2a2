/* SPDX-License-Identifier: MIT */
/* The identity of a policy: what it says and which zone rules it uses, not how it is written. */
#ifndef POLICY_FINGERPRINT_H
#define POLICY_FINGERPRINT_H

#include "policy/compiled.h"

/* Begins with nothing; calendars are added as they are compiled. */
void fingerprint_begin(struct sla_policy *policy);
void fingerprint_calendar(struct sla_policy *policy, const struct calendar_rules *rules);

/* Adds everything else and closes. The numbers in `policy->fingerprint` are the answer. */
void fingerprint_finish(struct sla_policy *policy);

#endif
