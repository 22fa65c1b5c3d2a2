/* SPDX-License-Identifier: MIT */
/* What must hold of a text that somebody takes for a policy, and of what lives under it. */
#ifndef FUZZ_POLICY_CHECK_H
#define FUZZ_POLICY_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/* Where zones (TZif files) and included files are read from, once each. Kept until the end. */
void policy_check_begin(const char *zoneinfo, const char *included);

/* Compiles the text (`twice`: with everything that can be asked for besides, too), and if it is a
   policy lives under it for a while: a classification, updates, the passing of time. NULL, or what
   does not hold; `*out_accepted` tells whether it compiled. */
const char *policy_check(const char *text, size_t length, bool twice, bool *out_accepted);

#endif
