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

/* Adds a copy of `diag` (texts and related places are copied into the list). Its `flags` are the
   number of its file until the list is sorted. */
void diags_add(sla_diags *diags, const sla_diag *diag);

/* Adds a second place to the diagnostic number `index` of a list that is not sorted yet; of those
   that were added, no more than a handful are kept. */
void diags_relate(sla_diags *diags, size_t index, const sla_diag_place *place);

/* Sorts by number of the file, line, column, code; stable. */
void diags_sort(sla_diags *diags);

/* Gives every diagnostic of `file` the line of `source` that it stands in; the list is sorted. */
void diags_attach_lines(sla_diags *diags, sla_text file, sla_text source);

/* Bytes of the line break at byte `at`, 0 if there is none: LF, CR, CR LF, and the three that YAML
   1.1 also breaks lines at (NEL, LS, PS). */
size_t line_break_at(sla_text text, size_t at);

#endif
