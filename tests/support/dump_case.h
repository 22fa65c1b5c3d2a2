/* SPDX-License-Identifier: MIT */
/* The laws of canonical texts, asked of one policy. */
#ifndef SUPPORT_DUMP_CASE_H
#define SUPPORT_DUMP_CASE_H

#include <sla/sla.h>

/* What is wrong with the dumps of a policy that was compiled with SLA_POLICY_KEEP_DUMP, or NULL.
   `zoneinfo` is the folder of zone files for compiling them again. */
const char *dump_is_broken(const sla_policy *policy, const char *zoneinfo);

#endif
