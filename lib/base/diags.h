/* SPDX-License-Identifier: MIT */
/* Building lists of diagnostics (the public side is <sla/diag.h>). */
#ifndef BASE_DIAGS_H
#define BASE_DIAGS_H

#include "base/text.h"

#include <sla/diag.h>

/* The list. It owns an arena for its texts; `failed` is set when memory runs out. */
struct sla_diags {
    sla_allocator allocator;
    struct arena arena;
    ARRAY(sla_diag) items;
    uint32_t limit;   /* how many are kept; errors beyond are only counted */
    size_t dropped;
    size_t errors;
    bool failed;
};

sla_diags *diags_new(const sla_allocator *allocator, uint32_t limit);

/* Adds a copy of `diag` (texts and related places are copied into the list). */
void diags_add(sla_diags *diags, const sla_diag *diag);

/* Sorts by file (in order of first appearance), line, column, code; stable. */
void diags_sort(sla_diags *diags);

#endif
