/* SPDX-License-Identifier: MIT */
/* What must hold for any bytes that somebody takes for a zone file. */
#ifndef FUZZ_ZONE_CHECK_H
#define FUZZ_ZONE_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the bytes. NULL: they were refused with a reason, or they are a zone that keeps its
   promises; otherwise the sentence that does not hold. `*out_accepted` (may be NULL): which. */
const char *zone_check(const uint8_t *bytes, size_t length, bool *out_accepted);

/* Compiles a policy of several calendars whose zone has these bytes. NULL: it is a policy whose
   answers fit together, or every diagnostic names the zone's place. */
const char *zone_check_policy(const uint8_t *bytes, size_t length);

#endif
