/* SPDX-License-Identifier: MIT */
/* A policy of as many lines as wanted, as a provider with that many customers would have it. */
#ifndef BENCH_LONG_POLICY_H
#define BENCH_LONG_POLICY_H

#include <sla/policy.h>

/* `lines` (at least 100) lines, and a NUL behind; the caller frees it. NULL: no memory. */
char *long_policy(uint32_t lines, size_t *out_length);

/* Limits that let it in, whatever its size. */
sla_policy_options long_policy_options(const char *zoneinfo);

#endif
