/* SPDX-License-Identifier: MIT */
/* The options of a compilation, checked and with every default filled in. */
#ifndef POLICY_OPTIONS_H
#define POLICY_OPTIONS_H

#include <sla/policy.h>
#include <stdbool.h>

/* `given` may be NULL. False: it cannot be right (SLA_ERROR_ARGUMENT). */
bool options_read(const sla_policy_options *given, sla_policy_options *out);

#endif
