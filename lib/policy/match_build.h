/* SPDX-License-Identifier: MIT */
/* Building an index of conditions: what its two steps share. */
#ifndef POLICY_MATCH_BUILD_H
#define POLICY_MATCH_BUILD_H

#include "policy/compile.h"

/* More literals than this are only looked into where a plain list of values names them. */
#define MATCH_LITERALS_MAX 64u

struct match_term { /* a part of a row's condition that looks at one slot's literal only */
    uint32_t slot, row;
    uint32_t condition;
    uint32_t literals; /* that it names */
};

struct match_build {
    struct compile *compile;
    const uint32_t *conditions; /* of the rows; INDEX_NONE: always */
    uint32_t row_count;
    uint32_t line; /* words */
    uint64_t *sure;
    ARRAY(struct match_term) terms; /* row by row; in the end slot by slot, and so in each */
    /* of the slot that is being made: */
    ARRAY(uint64_t) named; /* literal << 32 | row << 1 | does it hold */
    ARRAY(uint64_t) words;
    ARRAY(struct match_patch) patches;
    ARRAY(struct match_value) values;
};

static inline const struct condition *match_condition(const struct match_build *build,
                                                      uint32_t index)
{
    return &build->compile->conditions.items[index];
}
static inline uint32_t match_child(const struct match_build *build, const struct condition *parent,
                                   uint32_t number)
{
    return build->compile->condition_children.items[parent->children.first + number];
}
static inline void match_clear(uint64_t *words, uint32_t row)
{
    words[row / 64] &= ~(UINT64_C(1) << row % 64);
}

/* Makes the slot whose terms begin at `first`. False: no memory. */
bool match_make_slot(struct match_build *build, size_t first, struct match_slot *out);

#endif
