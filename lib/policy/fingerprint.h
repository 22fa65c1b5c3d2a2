/* SPDX-License-Identifier: MIT */
/* The identity of a policy: what it says and which zone rules it uses, not how it is written. */
#ifndef POLICY_FINGERPRINT_H
#define POLICY_FINGERPRINT_H

#include "policy/compiled.h"
#include "time/calendar_rules.h"

/* Begins with nothing; lists of dates and calendars are added as they come. */
void fingerprint_begin(struct sla_policy *policy);
/* The digest of a list of dates, made once, and adding it to a policy that uses the list. */
void fingerprint_exceptions(struct digest *digest, const struct date_exception *exceptions,
                            size_t count);
void fingerprint_dates(struct sla_policy *policy, const struct digest *dates);
void fingerprint_calendar(struct sla_policy *policy, const struct calendar_rules *rules);
/* What a calendar counts by, whatever its name: its zone, its hours, its dates, its members. The
   lists' digests are added to the rules before. */
void fingerprint_add_dates(struct calendar_rules *rules, const struct digest *dates);
void fingerprint_identify(struct calendar_rules *rules);

/* Changes when the parts are taken in another way. */
#define FINGERPRINT_SEED 3u

/* For the files that share this work. */
void fingerprint_add_zone(struct digest *digest, const struct zone *zone);
struct digest fingerprint_resume(const struct sla_policy *policy);
void fingerprint_keep(struct sla_policy *policy, const struct digest *digest);

/* Adds everything else and closes. The numbers in `policy->fingerprint` are the answer. */
void fingerprint_finish(struct sla_policy *policy);

#endif
