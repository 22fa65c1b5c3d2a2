/* SPDX-License-Identifier: MIT */
/* Growing a tree from a stream of texts, openings and closings, within limits. */
#ifndef POLICY_TREE_BUILDER_H
#define POLICY_TREE_BUILDER_H

#include "policy/build.h"

/* What a node of the file bears beside its value; TEXT_NONE where it has none. */
struct marks {
    struct span span;
    sla_text anchor, tag;
};

struct tree_builder {
    struct build *build;
    struct frame *frames; /* lists and mappings that are still open: max_depth of them */
    uint32_t depth;
    uint32_t nodes; /* so far, in all files, aliases expanded */
    uint64_t bytes; /* of texts that aliases stand for */
    const struct node *root;
    struct text_table anchors;     /* names */
    ARRAY(struct node *) anchored; /* the node of anchor number n is [n - 1] */
    bool stop;                     /* a limit or a fault after which reading makes no sense */
};

bool tree_begin(struct tree_builder *tree, struct build *build);
void tree_text(struct tree_builder *tree, const struct marks *marks, sla_text text, bool plain);
void tree_open(struct tree_builder *tree, const struct marks *marks, enum node_type type);
/* `end` is empty for the block style, whose end is not written. */
void tree_close(struct tree_builder *tree, struct span end);
void tree_alias(struct tree_builder *tree, struct span span, sla_text name);
void tree_stop(struct tree_builder *tree, enum diag_code code, struct span span, sla_text a);
/* Where the innermost list or mapping begins that is still open; false if there is none. */
bool tree_innermost(const struct tree_builder *tree, struct span *out);
/* Frees what is not in the work arena. */
void tree_end(struct tree_builder *tree);

#endif
