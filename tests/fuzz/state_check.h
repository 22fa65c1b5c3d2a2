/* SPDX-License-Identifier: MIT */
/* What must hold of bytes that somebody changed and gave a right hash: they are refused, or give
 * an engine that can be used as any other. */
#ifndef FUZZ_STATE_CHECK_H
#define FUZZ_STATE_CHECK_H

#include <sla/sla.h>
#include <stdbool.h>
#include <stdint.h>

/* The policy under which the bytes were saved, and another one. */
void state_check_begin(sla_policy *policy, sla_policy *other);

/* Makes header and hash right again after `bytes` were changed; there are at least 80 of them. */
void state_repair(uint8_t *bytes, size_t size);

/* Loads the bytes under both policies, and uses what comes of it. NULL, or what does not hold;
   `*out_accepted` tells whether they were taken. */
const char *state_check(const uint8_t *bytes, size_t size, bool *out_accepted);

#endif
