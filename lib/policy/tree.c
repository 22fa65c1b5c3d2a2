/* SPDX-License-Identifier: MIT */
/* The tree: finding a key, and saying where a node stands. */
#include "policy/tree.h"

#include "policy/report.h"

const struct node *node_get_text(const struct node *map, sla_text key)
{
    if (map == NULL || map->type != NODE_MAP)
        return NULL;
    for (const struct member *member = map->members; member != NULL; member = member->next)
        if (text_equal(member->key->text, key))
            return member->value;
    return NULL;
}

const struct node *node_get(const struct node *map, const char *key)
{
    return node_get_text(map, (sla_text){key, strlen(key)});
}

const struct node *node_get_key(const struct node *map, const char *key)
{
    if (map == NULL || map->type != NODE_MAP)
        return NULL;
    for (const struct member *member = map->members; member != NULL; member = member->next)
        if (node_is_word(member->key, key))
            return member->key;
    return NULL;
}

/* Depth is limited while reading, so this ends. */
void node_path(const struct node *node, struct text_builder *out)
{
    if (node == NULL || node->parent == NULL)
        return;
    node_path(node->parent, out);
    if (node->key != NULL) {
        if (out->count > 0)
            builder_add(out, TEXT("."));
        builder_add_visible(out, node->key->text);
    } else {
        builder_add(out, TEXT("["));
        builder_add_number(out, node->index);
        builder_add(out, TEXT("]"));
    }
}

const char *node_describe(const struct node *node)
{
    if (node_is_empty(node))
        return "nothing";
    switch (node->type) {
    case NODE_LIST:
        return "a list";
    case NODE_MAP:
        return "a mapping";
    default:
        return "a text";
    }
}
