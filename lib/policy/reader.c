/* SPDX-License-Identifier: MIT */
/* Reading YAML with libyaml's events. The only file that includes <yaml.h>.
 *
 * libyaml has no limits of its own and is quadratic in open brackets, so depth, nodes and scalars
 * are counted at every event and reading stops at the first excess. Its document API is not used:
 * it leaks on failed allocations and follows cycles. */
#include "policy/reader.h"

#include "policy/report.h"
#include "policy/source.h"

#include <yaml.h>

/* A list or mapping that is still open. */
struct frame {
    struct node *node;
    struct member **next;   /* where the next member is hung */
    const struct node *key; /* of a mapping, while its value is awaited */
    bool skip_value;        /* the key was refused: its value is read and dropped */
};

struct reader {
    struct build *build;
    yaml_parser_t parser;
    struct frame *frames; /* max_depth of them */
    uint32_t depth;
    uint32_t nodes; /* so far, aliases expanded */
    const struct node *root;
    struct text_table anchors;           /* names */
    ARRAY(struct node *) anchored;       /* the node of anchor number n is [n - 1] */
    bool stop;
};

static uint32_t small(size_t number)
{
    return number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
}

static struct span span_of(const yaml_mark_t *start, const yaml_mark_t *end)
{
    return (struct span){small(start->line) + 1, small(start->column) + 1, small(end->line) + 1,
                         small(end->column) + 1};
}

static struct span span_of_event(const yaml_event_t *event)
{
    return span_of(&event->start_mark, &event->end_mark);
}

static void stop(struct reader *reader, enum diag_code code, struct span span, sla_text a)
{
    report_span(reader->build, code, span, a, TEXT_NONE, TEXT_NONE, NULL);
    reader->stop = true;
}

static void stop_without_memory(struct reader *reader)
{
    build_fail(reader->build, SLA_ERROR_MEMORY);
    reader->stop = true;
}

/* What people do most often, in words that help them. */
static sla_text syntax_hint(const struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    sla_text source = reader->build->source;
    size_t at = parser->problem_mark.index; /* in characters: exact only for plain ASCII */
    struct span place = span_of(&parser->problem_mark, &parser->problem_mark);
    size_t offset = 0;
    uint32_t line = 1;
    while (offset < source.length && line < place.line) {
        size_t width = line_break_at(source, offset);
        offset += width == 0 ? 1 : width;
        line += width != 0;
    }
    for (at = 1; at < place.column && offset < source.length; at++)
        text_next_character(source, &offset);
    if (offset >= source.length)
        return TEXT_NONE;
    switch (source.data[offset]) {
    case '\t':
        return TEXT("indent with spaces, not with tabs");
    case '@':
    case '`':
    case '%':
        return TEXT("put a text that begins with this character in quotes");
    case ':':
        return TEXT("put a text that has a colon followed by a space in quotes");
    default:
        return TEXT_NONE;
    }
}

static void report_syntax(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    reader->stop = true;
    if (parser->error == YAML_MEMORY_ERROR) {
        build_fail(reader->build, SLA_ERROR_MEMORY);
        return;
    }
    sla_text problem = parser->problem == NULL ? TEXT("it cannot be read")
                                               : text_of(parser->problem);
    if (parser->error == YAML_READER_ERROR) { /* knows no line, only a byte */
        report_span(reader->build, CODE_SYNTAX,
                    source_place(reader->build->source, parser->problem_offset), problem, TEXT_NONE,
                    TEXT_NONE, NULL);
        return;
    }
    struct span span = span_of(&parser->problem_mark, &parser->problem_mark);
    span.end_column++;
    sla_diag_place context = {0, 0, TEXT_NONE};
    if (parser->context != NULL) {
        context.line = small(parser->context_mark.line) + 1;
        context.column = small(parser->context_mark.column) + 1;
        context.message = text_of(parser->context);
    }
    report_span(reader->build, CODE_SYNTAX, span, problem, TEXT_NONE, syntax_hint(reader),
                parser->context != NULL ? &context : NULL);
}

/* Counts nodes as if every alias were written out. */
static bool count_nodes(struct reader *reader, uint32_t more, struct span span)
{
    uint32_t limit = reader->build->options.max_nodes;
    if (more > limit || reader->nodes > limit - more) {
        stop(reader, CODE_TOO_MANY_NODES, span, TEXT_NONE);
        return false;
    }
    reader->nodes += more;
    return true;
}

static struct frame *top(struct reader *reader)
{
    return reader->depth == 0 ? NULL : &reader->frames[reader->depth - 1];
}

static bool awaits_key(const struct frame *frame)
{
    return frame != NULL && frame->node->type == NODE_MAP && frame->key == NULL &&
           !frame->skip_value;
}

static struct node *new_node(struct reader *reader, uint32_t type, struct span span)
{
    struct node *node = build_new(reader->build, sizeof *node);
    if (node == NULL) {
        reader->stop = true;
        return NULL;
    }
    node->type = type;
    node->span = span;
    node->weight = 1;
    node->height = 1;
    struct frame *frame = top(reader);
    if (frame != NULL) {
        node->parent = frame->node;
        node->key = frame->key;
        node->index = frame->node->count;
    }
    return node;
}

static void refuse_key(struct reader *reader, struct frame *frame, enum diag_code code,
                       const struct node *key, sla_text hint)
{
    report(reader->build, code, key, TEXT_NONE, TEXT_NONE, hint);
    frame->skip_value = true;
}

static void take_key(struct reader *reader, struct frame *frame, struct node *key)
{
    key->is_key = true;
    key->key = key;
    if (key->type != NODE_TEXT) {
        refuse_key(reader, frame, CODE_KEY_NOT_TEXT, key, TEXT_NONE);
        return;
    }
    if (key->plain && text_equal(key->text, TEXT("<<"))) {
        refuse_key(reader, frame, CODE_MERGE_KEY, key,
                   TEXT("write the keys out, or share a whole value with &name and *name"));
        return;
    }
    frame->key = key;
}

/* Hangs a finished value into its list or mapping. */
static void take_value(struct reader *reader, struct frame *frame, const struct node *value)
{
    if (frame->skip_value) {
        frame->skip_value = false;
        return;
    }
    struct member *member = build_new(reader->build, sizeof *member);
    if (member == NULL) {
        reader->stop = true;
        return;
    }
    member->key = frame->key;
    member->value = value;
    *frame->next = member;
    frame->next = &member->next;
    struct node *node = frame->node;
    node->count++;
    node->weight += value->weight; /* below max_nodes: it was counted */
    if (value->height >= node->height)
        node->height = value->height + 1;
    frame->key = NULL;
}

static void take_node(struct reader *reader, struct node *node)
{
    struct frame *frame = top(reader);
    if (frame == NULL)
        reader->root = node;
    else if (awaits_key(frame))
        take_key(reader, frame, node);
    else
        take_value(reader, frame, node);
}

static void remember_anchor(struct reader *reader, const yaml_char_t *name, struct node *node)
{
    if (name == NULL || reader->stop)
        return;
    sla_text text = arena_text(&reader->build->work, text_of((const char *)name));
    uint32_t number = text.data == NULL ? 0 : text_table_add(&reader->anchors, text);
    if (number == 0) {
        stop_without_memory(reader);
        return;
    }
    if (number <= reader->anchored.count) /* YAML lets a later anchor hide an earlier one */
        reader->anchored.items[number - 1] = node;
    else if (!array_push(&reader->build->allocator, &reader->anchored, node))
        stop_without_memory(reader);
}

static void check_tag(struct reader *reader, const yaml_char_t *tag, struct span span)
{
    if (tag == NULL)
        return;
    span.end_line = span.line; /* the tag stands first in the node */
    span.end_column = span.column + 1;
    report_span(reader->build, CODE_TAG, span, text_of((const char *)tag), TEXT_NONE,
                TEXT("leave it out: what a value is follows from where it stands"), NULL);
}

static void on_scalar(struct reader *reader, const yaml_event_t *event)
{
    struct span span = span_of_event(event);
    size_t length = event->data.scalar.length;
    if (length > reader->build->options.max_scalar) {
        span.end_line = span.line;
        span.end_column = span.column + 1;
        stop(reader, CODE_SCALAR_TOO_LONG, span, TEXT_NONE);
        return;
    }
    if (!count_nodes(reader, 1, span))
        return;
    check_tag(reader, event->data.scalar.tag, span);
    struct node *node = new_node(reader, NODE_TEXT, span);
    if (node == NULL)
        return;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->text = arena_text(&reader->build->work,
                            (sla_text){(const char *)event->data.scalar.value, length});
    if (node->text.data == NULL) {
        stop_without_memory(reader);
        return;
    }
    remember_anchor(reader, event->data.scalar.anchor, node);
    take_node(reader, node);
}

static void on_open(struct reader *reader, const yaml_event_t *event, uint32_t type,
                    const yaml_char_t *anchor, const yaml_char_t *tag)
{
    struct span span = span_of_event(event);
    if (reader->depth >= reader->build->options.max_depth) {
        stop(reader, CODE_TOO_DEEP, span, TEXT_NONE);
        return;
    }
    if (!count_nodes(reader, 1, span))
        return;
    check_tag(reader, tag, span);
    struct node *node = new_node(reader, type, span);
    if (node == NULL)
        return;
    remember_anchor(reader, anchor, node);
    reader->frames[reader->depth++] = (struct frame){.node = node, .next = &node->members};
}

/* A second key of the same name is told and dropped. */
static void drop_duplicates(struct reader *reader, struct node *map)
{
    struct text_table seen;
    text_table_init(&seen, &reader->build->allocator);
    const struct node **first = build_array(reader->build, map->count, sizeof *first);
    if (first == NULL)
        stop_without_memory(reader);
    uint32_t kept = 0;
    struct member **link = &map->members;
    while (first != NULL && *link != NULL) {
        const struct node *key = (*link)->key;
        uint32_t number = text_table_add(&seen, key->text);
        if (number == 0) {
            stop_without_memory(reader);
            break;
        }
        if (number <= kept) {
            report_related(reader->build, CODE_DUPLICATE_KEY, key, key->text, TEXT_NONE, TEXT_NONE,
                           first[number - 1], TEXT("first defined here"));
            *link = (*link)->next;
            continue;
        }
        first[kept++] = key;
        link = &(*link)->next;
    }
    map->count = kept;
    text_table_free(&seen);
}

/* For carets: a block mapping is shown by its first key, a block list by its first dash. */
static void finish_span(struct node *node, const yaml_event_t *event)
{
    if (event->start_mark.index != event->end_mark.index) { /* a closing bracket: flow style */
        node->span.end_line = small(event->end_mark.line) + 1;
        node->span.end_column = small(event->end_mark.column) + 1;
        return;
    }
    node->span.end_line = node->span.line;
    node->span.end_column = node->span.column + 1;
    if (node->type == NODE_MAP && node->members != NULL) {
        const struct span *key = &node->members->key->span;
        if (key->line == node->span.line && key->column == node->span.column) {
            node->span.end_line = key->end_line;
            node->span.end_column = key->end_column;
        }
    }
}

static void on_close(struct reader *reader, const yaml_event_t *event)
{
    struct node *node = top(reader)->node;
    reader->depth--;
    finish_span(node, event);
    if (node->type == NODE_MAP && node->count > 1)
        drop_duplicates(reader, node);
    if (!reader->stop)
        take_node(reader, node);
}

static void on_alias(struct reader *reader, const yaml_event_t *event)
{
    struct span span = span_of_event(event);
    sla_text name = text_of((const char *)event->data.alias.anchor);
    uint32_t number = text_table_find(&reader->anchors, name);
    if (number == 0) {
        stop(reader, CODE_ALIAS_UNKNOWN, span, name);
        return;
    }
    struct node *node = reader->anchored.items[number - 1];
    for (uint32_t i = 0; i < reader->depth; i++) {
        if (reader->frames[i].node == node) {
            stop(reader, CODE_ALIAS_CYCLE, span, name);
            return;
        }
    }
    if (node->height > reader->build->options.max_depth - reader->depth + 1) {
        stop(reader, CODE_TOO_DEEP, span, TEXT_NONE);
        return;
    }
    if (!count_nodes(reader, node->weight, span))
        return;
    struct frame *frame = top(reader);
    if (awaits_key(frame)) {
        report_span(reader->build, CODE_KEY_NOT_TEXT, span, TEXT_NONE, TEXT_NONE, TEXT_NONE, NULL);
        frame->skip_value = true;
        return;
    }
    take_value(reader, frame, node); /* an alias cannot be the root: nothing is anchored yet */
}

static void on_event(struct reader *reader, const yaml_event_t *event, bool *done)
{
    switch (event->type) {
    case YAML_STREAM_END_EVENT:
        *done = true;
        return;
    case YAML_DOCUMENT_START_EVENT:
        if (reader->root != NULL) {
            struct span span = span_of_event(event);
            span.end_line = span.line;
            stop(reader, CODE_SECOND_DOCUMENT, span, TEXT_NONE);
        }
        return;
    case YAML_SCALAR_EVENT:
        on_scalar(reader, event);
        return;
    case YAML_SEQUENCE_START_EVENT:
        on_open(reader, event, NODE_LIST, event->data.sequence_start.anchor,
                event->data.sequence_start.tag);
        return;
    case YAML_MAPPING_START_EVENT:
        on_open(reader, event, NODE_MAP, event->data.mapping_start.anchor,
                event->data.mapping_start.tag);
        return;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        on_close(reader, event);
        return;
    case YAML_ALIAS_EVENT:
        on_alias(reader, event);
        return;
    default:
        return;
    }
}

static void read_events(struct reader *reader)
{
    bool done = false;
    while (!done && !reader->stop && reader->build->status == SLA_OK) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->parser, &event)) {
            report_syntax(reader);
            return;
        }
        on_event(reader, &event, &done);
        yaml_event_delete(&event);
    }
}

const struct node *reader_read(struct build *build)
{
    struct reader reader = {.build = build};
    reader.frames = build_array(build, build->options.max_depth, sizeof *reader.frames);
    if (reader.frames == NULL)
        return NULL;
    if (!yaml_parser_initialize(&reader.parser)) {
        build_fail(build, SLA_ERROR_MEMORY);
        return NULL;
    }
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)build->source.data,
                                 build->source.length);
    text_table_init(&reader.anchors, &build->allocator);
    read_events(&reader);
    yaml_parser_delete(&reader.parser);
    text_table_free(&reader.anchors);
    array_free(&build->allocator, &reader.anchored);
    if (reader.stop || build->status != SLA_OK)
        return NULL;
    if (reader.root == NULL || node_is_empty(reader.root)) {
        report_span(build, CODE_EMPTY, (struct span){1, 1, 1, 2}, TEXT_NONE, TEXT_NONE,
                    TEXT("the smallest policy is \"sla: 1\""), NULL);
        return NULL;
    }
    return reader.root;
}
