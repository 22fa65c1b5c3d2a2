/* SPDX-License-Identifier: MIT */
/* Keys that a mapping has twice. */
#ifndef POLICY_DUPLICATES_H
#define POLICY_DUPLICATES_H

#include "policy/build.h"

/* Tells and drops every second key of the same name; false: no memory. */
bool duplicates_drop(struct build *build, struct node *map);

#endif
