/* SPDX-License-Identifier: MIT */
/* Reading YAML with libyaml's events. The only file that includes <yaml.h>.
 *
 * libyaml has no limits of its own and is quadratic in open brackets, so every event is counted by
 * the tree that it goes to, and reading stops at the first excess. Its document API is not used: it
 * leaks on failed allocations and follows cycles. */
#include "policy/reader.h"

#include "policy/report.h"
#include "policy/source.h"
#include "policy/tree_builder.h"

#include <yaml.h>

/* The text is handed out in pieces. When libyaml takes this much more than the longest text may
   have and still has no event, it is inside a text, a comment or a row of blanks that nobody
   wrote; waiting for its end would take as long as the file is large. */
#define PIECE 16384u
#define WITHOUT_EVENT(max_scalar) ((uint64_t)(max_scalar) * 8 + 4 * PIECE)

struct reader {
    struct build *build;
    struct tree_builder tree;
    yaml_parser_t parser;
    size_t given;          /* bytes of the source that libyaml has */
    size_t given_at_event; /* at the last event */
    bool too_long;
    struct span last; /* the end of the last event */
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

static int give(void *data, unsigned char *buffer, size_t size, size_t *out_size)
{
    struct reader *reader = data;
    sla_text source = reader->build->source;
    size_t left = source.length - reader->given;
    if (reader->given - reader->given_at_event > WITHOUT_EVENT(reader->build->options.max_scalar)) {
        reader->too_long = true;
        return 0;
    }
    size = size > PIECE ? PIECE : size;
    size = size > left ? left : size;
    if (size > 0)
        memcpy(buffer, source.data + reader->given, size);
    reader->given += size;
    *out_size = size;
    return 1;
}

/* The byte at which a place begins. */
static size_t offset_of(sla_text source, struct span place)
{
    size_t offset = 0;
    uint32_t line = 1, column = 1;
    while (offset < source.length && line < place.line) {
        size_t width = line_break_at(source, offset);
        offset += width == 0 ? 1 : width;
        line += width != 0;
    }
    for (; offset < source.length && column < place.column; column++)
        text_next_character(source, &offset);
    return offset;
}

/* The place itself, or the end of the text: behind it libyaml counts a line that is not there. */
static struct span inside(sla_text source, struct span place, size_t offset)
{
    return offset >= source.length ? source_place(source, offset) : place;
}

/* A colon or a comma in full width, as Chinese keyboards write them, in the line of `offset` or the
   one before: YAML takes it for a letter, and complains behind it. */
static bool find_full_width(sla_text source, size_t offset, size_t *out)
{
    size_t end = offset < source.length ? offset : source.length, start = end;
    for (int breaks = 0; start > 0; start--) {
        breaks += source.data[start - 1] == '\n';
        if (breaks == 2)
            break;
    }
    bool found = false;
    for (size_t at = start; at < end;) {
        size_t begin = at;
        uint32_t character = text_next_character(source, &at);
        if (character == 0xFF1A || character == 0xFF0C) {
            *out = begin;
            found = true;
        }
    }
    return found;
}

/* What people do most often, in words that help them. */
static sla_text syntax_hint(sla_text source, size_t offset)
{
    size_t sign;
    if (find_full_width(source, offset, &sign))
        return TEXT("the colons and commas of YAML are half-width signs, : and ,");
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

/* A second place that helps: the bracket that was never closed, or what libyaml was reading, if
   that is somewhere else. */
static bool find_context(struct reader *reader, struct span span, size_t offset,
                         sla_diag_place *out)
{
    const yaml_parser_t *parser = &reader->parser;
    sla_text source = reader->build->source;
    struct span open;
    size_t sign;
    if (find_full_width(source, offset, &sign)) {
        open = source_place(source, sign);
        *out = (sla_diag_place){open.line, open.column, TEXT("a full-width sign is here"),
                                TEXT_NONE};
        return true;
    }
    if (offset >= source.length && tree_innermost(&reader->tree, &open)) {
        size_t at = offset_of(source, open);
        if (at < source.length && source.data[at] == '&') { /* its anchor, and a space */
            size_t bracket = at;
            while (bracket < source.length && strchr("[{\n\r", source.data[bracket]) == NULL) {
                text_next_character(source, &bracket);
                open.column++;
            }
            at = bracket;
        }
        if (at < source.length && (source.data[at] == '[' || source.data[at] == '{')) {
            *out = (sla_diag_place){open.line, open.column, TEXT("opened here and never closed"),
                                    TEXT_NONE};
            return true;
        }
    }
    if (parser->context == NULL)
        return false;
    struct span context = span_of(&parser->context_mark, &parser->context_mark);
    context = inside(source, context, offset_of(source, context));
    *out = (sla_diag_place){context.line, context.column, text_of(parser->context), TEXT_NONE};
    return out->line != span.line || out->column != span.column;
}

static void report_syntax(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    reader->tree.stop = true;
    if (reader->too_long) {
        report_span(reader->build, CODE_SCALAR_TOO_LONG, reader->last, TEXT_NONE, TEXT_NONE,
                    TEXT_NONE, NULL);
        return;
    }
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
    size_t offset = offset_of(reader->build->source, span);
    span = inside(reader->build->source, span, offset);
    sla_diag_place context;
    bool has_context = find_context(reader, span, offset, &context);
    report_span(reader->build, CODE_SYNTAX, span, problem, TEXT_NONE,
                syntax_hint(reader->build->source, offset), has_context ? &context : NULL);
}

static struct marks marks_of(const yaml_event_t *event, const yaml_char_t *anchor,
                             const yaml_char_t *tag)
{
    return (struct marks){span_of(&event->start_mark, &event->end_mark),
                          text_of((const char *)anchor), text_of((const char *)tag)};
}

static void on_scalar(struct reader *reader, const yaml_event_t *event)
{
    struct marks marks = marks_of(event, event->data.scalar.anchor, event->data.scalar.tag);
    sla_text text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    tree_text(&reader->tree, &marks, text,
              event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE);
}

static void on_event(struct reader *reader, const yaml_event_t *event, bool *done)
{
    struct span span = span_of(&event->start_mark, &event->end_mark);
    struct marks marks;
    switch (event->type) {
    case YAML_STREAM_END_EVENT:
        *done = true;
        return;
    case YAML_DOCUMENT_START_EVENT:
        span.end_line = span.line;
        if (reader->tree.root != NULL)
            tree_stop(&reader->tree, CODE_SECOND_DOCUMENT, span, TEXT_NONE);
        return;
    case YAML_SCALAR_EVENT:
        on_scalar(reader, event);
        return;
    case YAML_SEQUENCE_START_EVENT:
        marks = marks_of(event, event->data.sequence_start.anchor,
                         event->data.sequence_start.tag);
        tree_open(&reader->tree, &marks, NODE_LIST);
        return;
    case YAML_MAPPING_START_EVENT:
        marks = marks_of(event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        tree_open(&reader->tree, &marks, NODE_MAP);
        return;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        tree_close(&reader->tree, span);
        return;
    case YAML_ALIAS_EVENT:
        tree_alias(&reader->tree, span, text_of((const char *)event->data.alias.anchor));
        return;
    default:
        return;
    }
}

static void read_events(struct reader *reader)
{
    bool done = false;
    while (!done && !reader->tree.stop && reader->build->status == SLA_OK) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->parser, &event)) {
            report_syntax(reader);
            return;
        }
        reader->given_at_event = reader->given;
        reader->last = span_of(&event.end_mark, &event.end_mark);
        reader->last.end_column++;
        on_event(reader, &event, &done);
        yaml_event_delete(&event);
    }
}

static const struct node *finished(struct reader *reader)
{
    const struct node *root = reader->tree.root;
    if (reader->tree.stop || reader->build->status != SLA_OK)
        return NULL;
    if (root != NULL && !node_is_empty(root))
        return root;
    report_span(reader->build, CODE_EMPTY, (struct span){1, 1, 1, 2}, TEXT_NONE, TEXT_NONE,
                TEXT("the smallest policy is \"sla: 1\""), NULL);
    return NULL;
}

const struct node *reader_read(struct build *build)
{
    struct reader reader = {.build = build, .last = {1, 1, 1, 2}};
    if (!tree_begin(&reader.tree, build))
        return NULL;
    if (!yaml_parser_initialize(&reader.parser)) {
        build_fail(build, SLA_ERROR_MEMORY);
        return NULL;
    }
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&reader.parser, give, &reader);
    read_events(&reader);
    yaml_parser_delete(&reader.parser);
    const struct node *root = finished(&reader);
    tree_end(&reader.tree);
    return root;
}
