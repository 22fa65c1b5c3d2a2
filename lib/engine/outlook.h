/* SPDX-License-Identifier: MIT */
/* What a policy looks at, found out once: so that an update does only what it can bring about. */
#ifndef ENGINE_OUTLOOK_H
#define ENGINE_OUTLOOK_H

#include "policy/compiled.h"

/* Stages that a trigger belongs to. */
#define LOOKS_CANCEL 1u
#define LOOKS_STOP 2u
#define LOOKS_RESET 4u
#define LOOKS_START 8u  /* start, or reopen */
#define LOOKS_PAUSE 16u /* `event` or `until` of a pause */

struct outlook {
    uint8_t *events;      /* of each literal: the stages that have a trigger for it as a name */
    uint8_t *slots;       /* of each slot: does what is promised, or who is warned, depend on it? */
    size_t event_count, slot_count;
    uint32_t without_name; /* stages that have a trigger without names */
    bool looks_back;       /* triggers or steps look at the facts before an update */
    bool refuses;          /* a metric never loosens: what was refused is judged again (K8) */
};

bool outlook_init(struct outlook *outlook, const sla_policy *policy,
                  const sla_allocator *allocator); /* false: no memory; free it in any case */
void outlook_free(struct outlook *outlook, const sla_allocator *allocator);

#endif
