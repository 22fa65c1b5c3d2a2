/* SPDX-License-Identifier: MIT */
/* Reading YAML: from text to a tree, within limits. */
#ifndef POLICY_READER_H
#define POLICY_READER_H

#include "policy/build.h"

/* Reads `build->source`, which is file number `build->file`. NULL when there is no tree: the fault
   was told, or build->status says why. Duplicate keys, merge keys and tags are told and left out;
   the tree is still given. */
const struct node *reader_read(struct build *build);

#endif
