/* SPDX-License-Identifier: MIT */
/* The canonical text of a policy: what it says, written in one way.
 *
 * Two policies that say the same in the same order have the same dump, however they are written:
 * included files are merged in, aliases are expanded, keys stand in the order of the language,
 * durations and dates in one form; comments and keys that begin with x- are left out. A dump is a
 * policy again: compiled, it has the same fingerprint and the same dump. */
#ifndef SLA_DUMP_H
#define SLA_DUMP_H

#include <sla/policy.h>

SLA_BEGIN_DECLS

#define SLA_DUMP_YAML 0u /* for people, line by line */
#define SLA_DUMP_JSON 1u /* for programs; valid policy text as well */

/* The dump of a policy that was compiled with SLA_POLICY_KEEP_DUMP, UTF-8 that ends with a newline.
   `*out_text` is borrowed from the policy. Returns SLA_OK; SLA_ERROR_NOT_FOUND: it was compiled
   without that flag; SLA_ERROR_ARGUMENT: a pointer is NULL or there is no such format. Any thread.
   Since 0.4. */
SLA_API sla_status sla_policy_dump(const sla_policy *policy, uint32_t format, sla_text *out_text);

SLA_END_DECLS

#endif
