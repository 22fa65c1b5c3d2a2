/* SPDX-License-Identifier: MIT */
/* What must hold of every text that somebody takes for a policy, right or wrong. */
#ifndef SUPPORT_SOUND_POLICY_H
#define SUPPORT_SOUND_POLICY_H

#include <sla/policy.h>
#include <stdbool.h>

/* Uses a policy that compiled; NULL, or what does not hold. */
typedef const char *(*sound_use)(sla_policy *policy, const sla_allocator *allocator);

/* Compiles `text` and looks at everything that comes of it: a policy or a fault; places that are in
   the text, in order; messages that can be shown; with `again` the same a second time, whatever
   else is asked for; nothing left when all is freed. Without a loader files are read from the file
   system, zones from `zoneinfo`. `use` and `out_accepted` may be NULL. NULL, or the sentence that
   does not hold. */
const char *sound_policy(const char *text, size_t length, const sla_loader *loader,
                         const char *zoneinfo, bool again, sound_use use, bool *out_accepted);

#endif
