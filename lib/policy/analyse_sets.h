/* SPDX-License-Identifier: MIT */
/* Sets of incidents, as binary decision diagrams: every set has one number, so that comparing two
 * sets is comparing numbers. What all incidents differ in is written as bits; which bits mean what
 * is the business of analyse_space.h. */
#ifndef POLICY_ANALYSE_SETS_H
#define POLICY_ANALYSE_SETS_H

#include "policy/build.h"

#define SET_NONE 0u          /* no incident */
#define SET_ALL 1u           /* every incident */
#define SET_LOST UINT32_MAX  /* too much work, or too little known: nothing may be said of it */

#define SET_BITS_MAX 2048u   /* functions that follow a diagram call themselves */

struct set_node {
    uint32_t bit, without, with; /* the sets where the bit is 0 and where it is 1 */
};
struct set_memo {
    uint32_t a, b, operation, result;
};
struct sets {
    struct build *build;
    ARRAY(struct set_node) nodes;
    uint32_t *places; /* of nodes, by hash; 0: free */
    size_t place_count;
    struct set_memo *memo;
    uint64_t steps, limit; /* of the entry at hand */
    uint64_t total;        /* of all entries before it */
};

bool sets_init(struct sets *sets, struct build *build);
void sets_free(struct sets *sets);

/* From now on so many steps may be taken, behind which every answer is SET_LOST. */
void sets_begin(struct sets *sets, uint64_t limit);

uint32_t sets_and(struct sets *sets, uint32_t a, uint32_t b);
uint32_t sets_or(struct sets *sets, uint32_t a, uint32_t b);
uint32_t sets_minus(struct sets *sets, uint32_t a, uint32_t b);

/* Incidents in which `bits` bits from `first` on, read as a number, are `low` to `high`. */
uint32_t sets_between(struct sets *sets, uint32_t first, uint32_t bits, uint32_t low,
                      uint32_t high);

/* Is it sure that the set has an incident? Is it sure that it has none? */
static inline bool set_has_some(uint32_t set)
{
    return set != SET_NONE && set != SET_LOST;
}

static inline bool set_is_none(uint32_t set)
{
    return set == SET_NONE;
}

#endif
