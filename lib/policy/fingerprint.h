/* SPDX-License-Identifier: MIT */
/* The identity of a policy: what it says and which zone rules it uses, not how it is written. */
#ifndef POLICY_FINGERPRINT_H
#define POLICY_FINGERPRINT_H

#include "policy/compiled.h"

/* Begins with nothing; calendars are added as they are compiled. */
void fingerprint_begin(struct sla_policy *policy);
void fingerprint_calendar(struct sla_policy *policy, const struct calendar_rules *rules);

/* For the files that share this work. */
void fingerprint_add_zone(struct digest *digest, const struct zone *zone);
struct digest fingerprint_resume(const struct sla_policy *policy);
void fingerprint_keep(struct sla_policy *policy, const struct digest *digest);

/* Adds everything else and closes. The numbers in `policy->fingerprint` are the answer. */
void fingerprint_finish(struct sla_policy *policy);

#endif
