/* SPDX-License-Identifier: MIT */
/* What all stages of one compilation share. It lives on the stack of sla_policy_compile(). */
#ifndef POLICY_BUILD_H
#define POLICY_BUILD_H

#include "base/diag_codes.h"
#include "base/diags.h"
#include "policy/tree.h"

#include <sla/policy.h>

/* The grammar of this library, as `since` in the key table counts: libsla 0.4. */
#define LANGUAGE_LEVEL 4u

/* Comparing names is the slowest thing that a fault can cause: a hostile file must not cause it
   without end. Enough for every policy that a person wrote. */
#define SUGGESTIONS_MAX 100000u

/* A file of the policy: the policy itself, or one that it includes. */
struct source_file {
    sla_text name; /* in diagnostics */
    sla_text path; /* from the policy's folder on: "holidays/china.yaml"; the policy's is empty */
    sla_text text;
    sla_text bytes; /* what the loader has to be given back; .data NULL: nothing */
    const struct node *root; /* NULL: a fault was told */
};

/* A name that was told not to be there. */
struct unknown_name {
    uint32_t code;
    size_t diag; /* in the list of diagnostics, which is sorted at the end */
    sla_text name;
};

/* Names that the policy may have, although they were not read: what would bring them is faulty, and
   was told. That they are missing is no other fault. */
#define LOST_CALENDARS 1u
#define LOST_HOLIDAYS 2u
#define LOST_SEVERITIES 4u
#define LOST_METRICS 8u
#define LOST_AGREEMENTS 16u
#define LOST_DEFAULT_CALENDAR 32u

struct build {
    sla_policy_options options; /* every default filled in */
    sla_allocator allocator;
    const sla_loader *loader;
    sla_diags *diags;
    struct arena work;  /* tree and model: ends with the compilation */
    ARRAY(struct source_file) files; /* the policy is the first */
    uint32_t loads;     /* of included files, those that were not found too */
    uint32_t lost;      /* LOST_* */
    ARRAY(struct unknown_name) told; /* where they stand first */
    uint32_t level;     /* of the language: LANGUAGE_LEVEL; keys above it are too new */
    uint32_t file;      /* the one that is being read */
    sla_text source;    /* its text, without a byte order mark */
    uint64_t bytes;     /* of all texts so far */
    uint32_t nodes;     /* of all trees so far, aliases expanded */
    uint64_t alias_bytes; /* of what aliases in them stand for */
    uint32_t suggestions; /* how many more names may be compared for "did you mean" */
    sla_status status; /* the first thing that is not a fault of the policy: memory, loader */
};

/* Zeroed memory until the end of the compilation; NULL once memory has run out. */
static inline void *build_new(struct build *build, size_t size)
{
    void *block = arena_new(&build->work, size == 0 ? 1 : size);
    if (block == NULL)
        build->status = SLA_ERROR_MEMORY;
    return block;
}

/* The same for `count` elements of `width` bytes; counts come from trees, whose size is limited. */
static inline void *build_array(struct build *build, size_t count, size_t width)
{
    return build_new(build, count * width);
}

static inline void build_fail(struct build *build, sla_status status)
{
    if (build->status == SLA_OK)
        build->status = status;
}

#endif
