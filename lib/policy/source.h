/* SPDX-License-Identifier: MIT */
/* The policy's bytes, checked before YAML sees them. */
#ifndef POLICY_SOURCE_H
#define POLICY_SOURCE_H

#include "policy/build.h"

/* Takes a UTF-8 byte order mark off, and tells what makes the text unreadable: too many bytes,
   UTF-16, bytes that are not UTF-8, characters that no YAML text may have. False: a fault was
   told, and reading on makes no sense. On success `build->source` is the text. */
bool source_check(struct build *build, sla_text bytes);

/* The place of byte `offset` in a text, one character wide. */
struct span source_place(sla_text source, size_t offset);

#endif
