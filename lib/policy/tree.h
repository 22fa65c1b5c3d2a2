/* SPDX-License-Identifier: MIT */
/* The YAML text as a tree: texts, lists and mappings, each with its place. */
#ifndef POLICY_TREE_H
#define POLICY_TREE_H

#include "base/text.h"

/* Lines and columns from 1, columns in characters; the end is exclusive. */
struct span {
    uint32_t line, column;
    uint32_t end_line, end_column;
};

enum node_type { NODE_TEXT = 1, NODE_LIST = 2, NODE_MAP = 4 };

/* An alias shares the node of its anchor; parent, key and index are those of the anchor's place. */
struct node {
    uint32_t type; /* enum node_type */
    bool plain;    /* NODE_TEXT: without quotes, so that an empty one means nothing at all */
    bool is_key;
    bool damaged;    /* NODE_MAP: a key was refused and told; what is missing may be what it said */
    uint32_t index;  /* in the parent, from 0 */
    uint32_t file;   /* in the files of the compilation */
    uint32_t height; /* 1 for a text */
    uint32_t weight; /* nodes in it, itself included, aliases expanded */
    uint64_t bytes;  /* of the texts in it, aliases expanded */
    struct span span;
    const struct node *parent; /* NULL: the root */
    const struct node *key;    /* in a mapping: the key's node (a key's is itself) */
    sla_text text;             /* NODE_TEXT */
    struct member *members;    /* NODE_LIST, NODE_MAP: in the author's order */
    uint32_t count;
};

struct member {
    const struct node *key; /* NULL in lists */
    const struct node *value;
    struct member *next;
};

/* Is it there, and does it say anything? */
static inline bool node_is_empty(const struct node *node)
{
    return node->type == NODE_TEXT && node->plain && node->text.length == 0;
}

static inline bool node_is(const struct node *node, uint32_t types)
{
    return node != NULL && (node->type & types) != 0 && !node_is_empty(node);
}

static inline bool node_is_word(const struct node *node, const char *word)
{
    return node != NULL && node->type == NODE_TEXT && node->text.length == strlen(word) &&
           memcmp(node->text.data, word, node->text.length) == 0;
}

/* The value under a key of a mapping, or NULL. */
const struct node *node_get(const struct node *map, const char *key);
const struct node *node_get_text(const struct node *map, sla_text key);

/* The key itself, or NULL. */
const struct node *node_get_key(const struct node *map, const char *key);

/* Where it stands, as in "targets[2].onsite"; the root's path is empty. */
void node_path(const struct node *node, struct text_builder *out);

/* What it is, in words. */
const char *node_describe(const struct node *node); /* "a list", "a mapping", "a text", "nothing" */

#endif
