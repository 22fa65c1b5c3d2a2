/* SPDX-License-Identifier: MIT */
/* Growing a tree: nodes are hung into their parents as they end; depth and number of nodes are
 * counted before anything is allocated for them. */
#include "policy/tree_builder.h"

#include "policy/duplicates.h"
#include "policy/report.h"

/* A list or mapping that is still open. */
struct frame {
    struct node *node;
    struct member **next;   /* where the next member is hung */
    const struct node *key; /* of a mapping, while its value is awaited */
    bool skip_value;        /* the key was refused: its value is read and dropped */
};

void tree_stop(struct tree_builder *tree, enum diag_code code, struct span span, sla_text a)
{
    report_span(tree->build, code, span, a, TEXT_NONE, TEXT_NONE, NULL);
    tree->stop = true;
}

static void stop_without_memory(struct tree_builder *tree)
{
    build_fail(tree->build, SLA_ERROR_MEMORY);
    tree->stop = true;
}

/* Counts nodes as if every alias were written out. */
static bool count_nodes(struct tree_builder *tree, uint32_t more, struct span span)
{
    uint32_t limit = tree->build->options.max_nodes;
    if (more > limit || tree->nodes > limit - more) {
        tree_stop(tree, CODE_TOO_MANY_NODES, span, TEXT_NONE);
        return false;
    }
    tree->nodes += more;
    return true;
}

/* Counts the bytes that an alias stands for: every reader of the tree goes through them again. */
static bool count_bytes(struct tree_builder *tree, uint64_t more, struct span span)
{
    tree->bytes += more; /* below 2^64: each alias adds less than max_bytes at most */
    if (tree->bytes <= tree->build->options.max_bytes)
        return true;
    tree_stop(tree, CODE_TOO_LONG, span, TEXT_NONE);
    return false;
}

static struct frame *top(struct tree_builder *tree)
{
    return tree->depth == 0 ? NULL : &tree->frames[tree->depth - 1];
}

static bool awaits_key(const struct frame *frame)
{
    return frame != NULL && frame->node->type == NODE_MAP && frame->key == NULL &&
           !frame->skip_value;
}

static struct node *new_node(struct tree_builder *tree, uint32_t type, struct span span)
{
    struct node *node = build_new(tree->build, sizeof *node);
    if (node == NULL) {
        tree->stop = true;
        return NULL;
    }
    node->type = type;
    node->span = span;
    node->file = tree->build->file;
    node->weight = 1;
    node->height = 1;
    struct frame *frame = top(tree);
    if (frame != NULL) {
        node->parent = frame->node;
        node->key = frame->key;
        node->index = frame->node->count;
    }
    return node;
}

static void refuse_key(struct tree_builder *tree, struct frame *frame, enum diag_code code,
                       const struct node *key, sla_text hint)
{
    report(tree->build, code, key, TEXT_NONE, TEXT_NONE, hint);
    frame->node->damaged = true;
    frame->skip_value = true;
}

static void take_key(struct tree_builder *tree, struct frame *frame, struct node *key)
{
    key->is_key = true;
    key->key = key;
    if (key->type != NODE_TEXT) {
        refuse_key(tree, frame, CODE_KEY_NOT_TEXT, key, TEXT_NONE);
        return;
    }
    if (key->plain && text_equal(key->text, TEXT("<<"))) {
        refuse_key(tree, frame, CODE_MERGE_KEY, key,
                   TEXT("write the keys out, or share a whole value with &name and *name"));
        return;
    }
    frame->key = key;
}

/* Hangs a finished value into its list or mapping. */
static void take_value(struct tree_builder *tree, struct frame *frame, const struct node *value)
{
    if (frame->skip_value) {
        frame->skip_value = false;
        return;
    }
    struct member *member = build_new(tree->build, sizeof *member);
    if (member == NULL) {
        tree->stop = true;
        return;
    }
    member->key = frame->key;
    member->value = value;
    *frame->next = member;
    frame->next = &member->next;
    struct node *node = frame->node;
    node->count++;
    node->weight += value->weight; /* below max_nodes: it was counted */
    node->bytes += value->bytes + (frame->key == NULL ? 0 : frame->key->text.length);
    if (value->height >= node->height)
        node->height = value->height + 1;
    frame->key = NULL;
}

static void take_node(struct tree_builder *tree, struct node *node)
{
    struct frame *frame = top(tree);
    if (frame == NULL)
        tree->root = node;
    else if (awaits_key(frame))
        take_key(tree, frame, node);
    else
        take_value(tree, frame, node);
}

static void remember_anchor(struct tree_builder *tree, sla_text name, struct node *node)
{
    if (name.length == 0)
        return;
    uint32_t number = text_table_find(&tree->anchors, name);
    if (number != 0) { /* YAML lets a later anchor hide an earlier one */
        tree->anchored.items[number - 1] = node;
        return;
    }
    sla_text copy = arena_text(&tree->build->work, name);
    if (copy.data == NULL || text_table_add(&tree->anchors, copy) == 0 ||
        !array_push(&tree->build->allocator, &tree->anchored, node))
        stop_without_memory(tree);
}

static void check_tag(struct tree_builder *tree, const struct marks *marks)
{
    if (marks->tag.length == 0)
        return;
    struct span span = marks->span;
    span.end_line = span.line; /* the tag stands first in the node */
    span.end_column = span.column + 1;
    report_span(tree->build, CODE_TAG, span, marks->tag, TEXT_NONE,
                TEXT("leave it out: what a value is follows from where it stands"), NULL);
}

void tree_text(struct tree_builder *tree, const struct marks *marks, sla_text text, bool plain)
{
    struct span span = marks->span;
    if (text.length > tree->build->options.max_scalar) {
        span.end_line = span.line;
        span.end_column = span.column + 1;
        tree_stop(tree, CODE_SCALAR_TOO_LONG, span, TEXT_NONE);
        return;
    }
    if (!count_nodes(tree, 1, span))
        return;
    check_tag(tree, marks);
    struct node *node = new_node(tree, NODE_TEXT, span);
    if (node == NULL)
        return;
    node->plain = plain;
    node->text = arena_text(&tree->build->work, text);
    if (node->text.data == NULL) {
        stop_without_memory(tree);
        return;
    }
    node->bytes = text.length;
    remember_anchor(tree, marks->anchor, node);
    take_node(tree, node);
}

void tree_open(struct tree_builder *tree, const struct marks *marks, enum node_type type)
{
    if (tree->depth >= tree->build->options.max_depth) {
        tree_stop(tree, CODE_TOO_DEEP, marks->span, TEXT_NONE);
        return;
    }
    if (!count_nodes(tree, 1, marks->span))
        return;
    check_tag(tree, marks);
    struct node *node = new_node(tree, (uint32_t)type, marks->span);
    if (node == NULL)
        return;
    remember_anchor(tree, marks->anchor, node);
    tree->frames[tree->depth++] = (struct frame){.node = node, .next = &node->members};
}

/* For carets: a block mapping is shown by its first key, a block list by its first dash. */
static void finish_span(struct node *node, struct span end)
{
    struct span *span = &node->span;
    if (end.line != end.end_line || end.column != end.end_column) { /* a closing bracket */
        span->end_line = end.end_line;
        span->end_column = end.end_column;
        return;
    }
    span->end_line = span->line;
    span->end_column = span->column + 1;
    if (node->type != NODE_MAP || node->members == NULL)
        return;
    const struct span *key = &node->members->key->span;
    if (key->line == span->line && key->column == span->column) {
        span->end_line = key->end_line;
        span->end_column = key->end_column;
    }
}

void tree_close(struct tree_builder *tree, struct span end)
{
    struct node *node = top(tree)->node;
    tree->depth--;
    finish_span(node, end);
    if (node->type == NODE_MAP && !duplicates_drop(tree->build, node))
        tree->stop = true;
    if (!tree->stop)
        take_node(tree, node);
}

void tree_alias(struct tree_builder *tree, struct span span, sla_text name)
{
    uint32_t number = text_table_find(&tree->anchors, name);
    if (number == 0) {
        tree_stop(tree, CODE_ALIAS_UNKNOWN, span, name);
        return;
    }
    struct node *node = tree->anchored.items[number - 1];
    for (uint32_t i = 0; i < tree->depth; i++) {
        if (tree->frames[i].node == node) {
            tree_stop(tree, CODE_ALIAS_CYCLE, span, name);
            return;
        }
    }
    if (node->height > tree->build->options.max_depth - tree->depth + 1) {
        tree_stop(tree, CODE_TOO_DEEP, span, TEXT_NONE);
        return;
    }
    if (!count_nodes(tree, node->weight, span) || !count_bytes(tree, node->bytes, span))
        return;
    struct frame *frame = top(tree);
    if (awaits_key(frame)) {
        report_span(tree->build, CODE_KEY_NOT_TEXT, span, TEXT_NONE, TEXT_NONE, TEXT_NONE, NULL);
        frame->node->damaged = true;
        frame->skip_value = true;
        return;
    }
    take_value(tree, frame, node); /* an alias cannot be the root: nothing is anchored yet */
}

bool tree_innermost(const struct tree_builder *tree, struct span *out)
{
    if (tree->depth == 0)
        return false;
    *out = tree->frames[tree->depth - 1].node->span;
    return true;
}

bool tree_begin(struct tree_builder *tree, struct build *build)
{
    *tree = (struct tree_builder){
        .build = build, .nodes = build->nodes, .bytes = build->alias_bytes};
    text_table_init(&tree->anchors, &build->allocator);
    tree->frames = build_array(build, build->options.max_depth, sizeof *tree->frames);
    return tree->frames != NULL;
}

void tree_end(struct tree_builder *tree)
{
    tree->build->nodes = tree->nodes;
    tree->build->alias_bytes = tree->bytes;
    text_table_free(&tree->anchors);
    array_free(&tree->build->allocator, &tree->anchored);
}
