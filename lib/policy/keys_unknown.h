/* SPDX-License-Identifier: MIT */
/* Telling keys that a mapping does not have. */
#ifndef POLICY_KEYS_UNKNOWN_H
#define POLICY_KEYS_UNKNOWN_H

#include "policy/keys.h"

/* What the unknown keys of one mapping have in common. */
struct unknown_keys {
    bool asked, told;
    enum map_kind other; /* the kind that they are keys of; MAP_KIND_COUNT: none */
};

/* Tells an unknown key of `map`: what it may have been meant for, or what is possible. Keys that
   are those of another kind of mapping are told once for all of them. `more` as in keys_check(). */
void keys_report_unknown(struct build *build, const struct node *map, const struct node *key,
                         enum map_kind kind, const struct text_table *more,
                         struct unknown_keys *strangers);

#endif
