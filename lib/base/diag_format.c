/* SPDX-License-Identifier: MIT */
/* Diagnostics as compilers print them: place, message, code, the line, and a caret under it. */
#include "base/diag_codes.h"
#include "base/diags.h"

#define SHOWN_MAX 160u    /* columns of a line; of a longer one only what is around the place */
#define SHOWN_BEFORE 60u  /* columns before the place */

/* What is written; `length` goes on past the capacity, so that the caller learns what is needed. */
struct output {
    char *buffer;
    size_t capacity;
    size_t length;
};

static void put_character(struct output *out, char character)
{
    if (out->length + 1 < out->capacity)
        out->buffer[out->length] = character;
    out->length++;
}

static void put(struct output *out, sla_text text)
{
    for (size_t i = 0; i < text.length; i++)
        put_character(out, text.data[i]);
}

static void put_number(struct output *out, uint64_t number, int width)
{
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0 || count < width);
    while (count > 0)
        put_character(out, digits[--count]);
}

/* The part of a line that is shown: all of it, or what is around the column. */
struct window {
    size_t start, end; /* bytes */
    size_t at;         /* the byte of the column; past the line's end when it was cut before */
};

static uint32_t width_between(sla_text line, size_t from, size_t to)
{
    uint32_t width = 0;
    while (from < to)
        width += (uint32_t)character_width(text_next_character(line, &from));
    return width;
}

/* The byte behind `columns` columns from `from` on. */
static size_t move_right(sla_text line, size_t from, uint32_t columns)
{
    uint32_t width = 0;
    while (from < line.length) {
        size_t next = from;
        width += (uint32_t)character_width(text_next_character(line, &next));
        if (width > columns)
            break;
        from = next;
    }
    return from;
}

static struct window window_of(const sla_diag *diag)
{
    sla_text line = diag->source_line;
    struct window window = {0, line.length, 0};
    for (uint32_t column = 1; column < diag->column && window.at < line.length; column++)
        text_next_character(line, &window.at);
    if (window.at >= line.length && diag->column > 1)
        window.at = line.length + (text_count_characters(line) + 1 < diag->column);
    if (width_between(line, 0, line.length) <= SHOWN_MAX)
        return window;
    uint32_t before = width_between(line, 0, window.at < line.length ? window.at : line.length);
    if (before > SHOWN_BEFORE)
        window.start = move_right(line, 0, before - SHOWN_BEFORE);
    window.end = move_right(line, window.start, SHOWN_MAX);
    return window;
}

/* Blanks below what stands before the column, tabs below tabs; then a caret and tildes. */
static void put_caret(struct output *out, const sla_diag *diag, const struct window *window)
{
    sla_text line = diag->source_line;
    if (window->at > line.length) /* the line was cut before the column */
        return;
    put(out, window->start > 0 ? TEXT("\n   ") : TEXT("\n"));
    for (size_t at = window->start; at < window->at;) {
        uint32_t character = text_next_character(line, &at);
        if (character == '\t')
            put_character(out, '\t');
        else
            for (int i = 0; i < character_width(character); i++)
                put_character(out, ' ');
    }
    char mark = '^';
    size_t at = window->at;
    for (uint32_t column = diag->column; at < window->end; column++) {
        if (diag->end_line == diag->line && column >= diag->end_column)
            break;
        uint32_t character = text_next_character(line, &at);
        for (int i = 0; i < character_width(character); i++) {
            put_character(out, character == '\t' && mark == '~' ? '\t' : mark);
            mark = '~';
        }
    }
    if (mark == '^') /* at the end of a line, or under what has no width */
        put_character(out, mark);
}

static void put_line(struct output *out, const sla_diag *diag)
{
    struct window window = window_of(diag);
    put_character(out, '\n');
    if (window.start > 0)
        put(out, TEXT("..."));
    put(out, (sla_text){diag->source_line.data + window.start, window.end - window.start});
    if (window.end < diag->source_line.length)
        put(out, TEXT("..."));
    put_caret(out, diag, &window);
}

static void put_place(struct output *out, sla_text file, uint32_t line, uint32_t column)
{
    put(out, file);
    if (line != 0) {
        put_character(out, ':');
        put_number(out, line, 1);
        put_character(out, ':');
        put_number(out, column, 1);
    }
    put(out, TEXT(": "));
}

size_t sla_diag_format(const sla_diag *diag, char *buffer, size_t capacity)
{
    struct output out = {buffer, buffer == NULL ? 0 : capacity, 0};
    if (diag != NULL) {
        put_place(&out, diag->file, diag->line, diag->column);
        put(&out, diag->severity == SLA_DIAG_ERROR ? TEXT("error: ") : TEXT("warning: "));
        put(&out, diag->message);
        if (diag->hint.length > 0) {
            put(&out, TEXT("; "));
            put(&out, diag->hint);
        }
        if (diag->code != 0) { /* what a host says in the same form has none */
            put(&out, TEXT(" [SLA-"));
            put_number(&out, diag->code, 3);
            put_character(&out, ']');
        }
        if (diag->line != 0 && diag->source_line.length > 0)
            put_line(&out, diag);
        for (size_t i = 0; i < diag->related_count; i++) {
            put_character(&out, '\n');
            put_place(&out, diag->related[i].file, diag->related[i].line, diag->related[i].column);
            put(&out, TEXT("note: "));
            put(&out, diag->related[i].message);
        }
    }
    if (out.capacity > 0)
        out.buffer[out.length < out.capacity ? out.length : out.capacity - 1] = '\0';
    return out.length;
}

const char *sla_diag_explain(uint32_t code)
{
    const struct diag_code_info *info = diag_code_find(code);
    return info == NULL ? NULL : info->explanation;
}

const char *sla_diag_message(uint32_t code)
{
    const struct diag_code_info *info = diag_code_find(code);
    return info == NULL ? NULL : info->message;
}

uint32_t sla_diag_severity(uint32_t code)
{
    const struct diag_code_info *info = diag_code_find(code);
    return info == NULL ? 0 : info->severity;
}

uint32_t sla_diag_code_at(size_t index)
{
    const struct diag_code_info *info = diag_code_at(index);
    return info == NULL ? 0 : info->number;
}
