/* SPDX-License-Identifier: MIT */
/* Slots: the attributes of one incident as conditions see them, the host's and the derived. */
#ifndef ENGINE_SLOTS_H
#define ENGINE_SLOTS_H

#include "policy/compiled.h"

struct slot {
    sla_text text;
    uint32_t literal; /* the text's number in the policy; 0: the policy never names it, or absent */
    uint32_t present; /* 0 or 1 */
};

/* What a condition can look at. */
struct facts {
    const sla_policy *policy;
    struct slot *slots;  /* policy->slot_count of them; [0] is always absent */
    sla_time opened_at;  /* when the incident was opened */
};

static inline void slot_set(struct slot *slot, sla_text text, uint32_t literal)
{
    *slot = (struct slot){text, literal, 1};
}

/* All slots absent. */
void slots_clear(const struct facts *facts);

/* Does the condition hold? INDEX_NONE always holds. An absent attribute matches only
   `exists: false` and `not`. */
bool condition_holds(const struct facts *facts, uint32_t condition);

/* What a table chooses for these facts; its `otherwise` when nothing matches. */
uint32_t table_choose(const struct facts *facts, const struct table *table);

/* Fills the derived slots from the host's (the policy's `classify`, in order). `*out_severity` is
   the index of the severity, worst first; false: the severity is not one that the policy lists,
   and the last was taken. Without severities the index is INDEX_NONE. */
bool classify_derive(const struct facts *facts, uint32_t *out_severity);

/* The index of a severity by the number of its name among the literals, or INDEX_NONE. */
uint32_t policy_find_severity(const sla_policy *policy, uint32_t literal);

#endif
