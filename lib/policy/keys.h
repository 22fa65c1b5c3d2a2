/* SPDX-License-Identifier: MIT */
/* The language as one table: which mapping has which keys, of which types, since when. */
#ifndef POLICY_KEYS_H
#define POLICY_KEYS_H

#include "policy/build.h"
#include "policy/values.h"

enum map_kind {
    MAP_POLICY,
    MAP_INCLUDED,
    MAP_HOLIDAYS,
    MAP_CLOSED,
    MAP_WORKDAY,
    MAP_CALENDAR,
    MAP_SEASON,
    MAP_SPECIAL,
    MAP_DERIVATION, /* classify: one attribute as a table or a matrix */
    MAP_MATRIX,
    MAP_CLASSIFY_ROW,
    MAP_COPY,
    MAP_TABLE, /* {by, is, default} */
    MAP_TEST,  /* a condition on one attribute */
    MAP_METRIC,
    MAP_TRIGGER,
    MAP_PAUSE,
    MAP_REOPEN,
    MAP_TARGET_ROW, /* metrics are keys, too */
    MAP_TARGET,
    MAP_AGREEMENT,
    MAP_ESCALATION,
    MAP_STEP,
    MAP_GOAL,
    MAP_TEST_CASE,
    MAP_TEST_STEP,    /* a `then` step of a test */
    MAP_TEST_REMOVED, /* instead of an attribute's value */
    MAP_EXPECT,       /* attributes and metrics are keys, too: see policy_test_expect.c */
    MAP_EXPECT_VALUE, /* of an attribute */
    MAP_EXPECT_CLOCK,
    MAP_EXPECT_EVENT,
    MAP_KIND_COUNT
};

#define KEY_REQUIRED 256u /* beside a kind */

struct key_rule {
    uint32_t map;   /* enum map_kind */
    uint32_t value; /* enum value_kind, and KEY_REQUIRED */
    uint32_t since; /* language level: 1 is libsla 0.1, 2 is 0.2 ... */
    const char *key;
    const char *about; /* one line for people and for the JSON Schema */
};

static inline enum value_kind keys_kind(const struct key_rule *rule)
{
    return (enum value_kind)(rule->value & ~KEY_REQUIRED);
}

/* All rules, by mapping in the order of enum map_kind; `*out_count` of them. */
const struct key_rule *keys_all(size_t *out_count);

/* The rules of one kind: `*out_count` from the pointer on. */
const struct key_rule *keys_of(enum map_kind kind, size_t *out_count);

/* What a kind of mapping is called in messages: "a target row". */
const char *keys_map_name(enum map_kind kind);

/* Looks at every key of a mapping and tells the unknown ones, those that are too new, values of
   the wrong type, and missing keys. False: `node` is no mapping at all, or what is missing makes
   it useless (told). `more` are further keys that are allowed (metrics in a target row), may be
   NULL. */
bool keys_check(struct build *build, const struct node *node, enum map_kind kind,
                const struct text_table *more);

/* May what is missing in a mapping stand there all the same, under a key that was refused, does not
   belong there, or is too new? All of these were told. `more` as above. */
bool keys_is_doubtful(const struct node *map, enum map_kind kind, const struct text_table *more);

/* Has every value of a mapping a type that its key allows? (The others were told.) */
bool keys_are_sound(const struct node *map, enum map_kind kind);

/* Tells that `map` needs a key, unless it is doubtful. */
void keys_missing(struct build *build, const struct node *map, enum map_kind kind,
                  const char *what, const char *key);

/* The value of a key if it is there and has an allowed type, else NULL. */
const struct node *keys_value(const struct node *map, enum map_kind kind, const char *key);

/* Keys that begin with x- are the author's own. */
static inline bool keys_is_own(sla_text key)
{
    return key.length >= 2 && key.data[0] == 'x' && key.data[1] == '-';
}

/* Tells that `node` must be what `types` (NODE_*) say. */
void keys_wrong_type(struct build *build, const struct node *node, sla_text what, uint32_t types);

/* Is the node there, and of one of the types? Tells it if the type is wrong. */
bool keys_expect(struct build *build, const struct node *node, const char *what, uint32_t types);

#endif
