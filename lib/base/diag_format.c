/* SPDX-License-Identifier: MIT */
/* Diagnostics as compilers print them: place, message, code, the line, and a caret under it. */
#include "base/diag_codes.h"
#include "base/diags.h"

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

/* Spaces up to the column: one for each column of a character, a tab for a tab. False when the
   line was cut before the column, so that there is nothing to point at. */
static bool put_indent(struct output *out, const sla_diag *diag, size_t *at)
{
    uint32_t column = 1;
    while (column < diag->column) {
        if (*at >= diag->source_line.length)
            return false;
        uint32_t character = text_next_character(diag->source_line, at);
        if (character == '\t')
            put_character(out, '\t');
        else
            for (int i = 0; i < character_width(character); i++)
                put_character(out, ' ');
        column++;
    }
    return true;
}

static void put_caret(struct output *out, const sla_diag *diag)
{
    size_t at = 0;
    struct output start = *out;
    put(out, TEXT("\n"));
    if (!put_indent(out, diag, &at)) {
        *out = start;
        return;
    }
    uint32_t columns = 0;
    for (uint32_t column = diag->column; at < diag->source_line.length; column++) {
        if (diag->end_line == diag->line && column >= diag->end_column)
            break;
        columns += (uint32_t)character_width(text_next_character(diag->source_line, &at));
    }
    put_character(out, '^');
    for (uint32_t i = 1; i < columns; i++)
        put_character(out, '~');
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
        put(&out, TEXT(" [SLA-"));
        put_number(&out, diag->code, 3);
        put_character(&out, ']');
        if (diag->line != 0 && diag->source_line.length > 0) {
            put_character(&out, '\n');
            put(&out, diag->source_line);
            put_caret(&out, diag);
        }
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

uint32_t sla_diag_code_at(size_t index)
{
    const struct diag_code_info *info = diag_code_at(index);
    return info == NULL ? 0 : info->number;
}
