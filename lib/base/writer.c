/* SPDX-License-Identifier: MIT */
/* A writer: bytes, columns, and characters that must not reach a terminal. */
#include "base/writer.h"

void writer_init(struct writer *writer, char *buffer, size_t capacity)
{
    *writer = (struct writer){.buffer = buffer, .capacity = buffer == NULL ? 0 : capacity};
}

static void put_byte(struct writer *writer, char byte)
{
    if (writer->length + 1 < writer->capacity)
        writer->buffer[writer->length] = byte;
    writer->length++;
}

static void put_blanks(struct writer *writer)
{
    for (; writer->column < writer->pad_to; writer->column++)
        put_byte(writer, ' ');
    writer->pad_to = 0;
}

/* C0, DEL and C1, and the marks that turn the direction of writing. */
static bool is_hidden(uint32_t character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 ||
           character == 0x2029 || (character >= 0x202a && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069);
}

/* The character at byte `*at` as it is shown; `*out_width` gets its columns. */
static void put_character(struct writer *writer, sla_text text, size_t *at, size_t *out_width)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t from = *at;
    uint32_t character = text_next_character(text, at);
    bool is_damaged = character == 0xfffd && !(*at - from == 3 && text.data[from] == '\xef');
    if (!is_hidden(character) && !is_damaged) {
        *out_width = (size_t)character_width(character);
        for (size_t i = from; writer != NULL && i < *at; i++)
            put_byte(writer, text.data[i]);
        return;
    }
    *out_width = 4 * (*at - from);
    for (size_t i = from; writer != NULL && i < *at; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        put_byte(writer, '\\');
        put_byte(writer, 'x');
        put_byte(writer, digits[byte >> 4]);
        put_byte(writer, digits[byte & 15]);
    }
}

size_t text_columns(sla_text text)
{
    size_t columns = 0, width;
    for (size_t at = 0; at < text.length; columns += width)
        put_character(NULL, text, &at, &width);
    return columns;
}

void writer_add(struct writer *writer, sla_text text)
{
    if (text.length > 0)
        put_blanks(writer);
    for (size_t at = 0, width; at < text.length; writer->column += width)
        put_character(writer, text, &at, &width);
}

void writer_add_c(struct writer *writer, const char *text)
{
    writer_add(writer, (sla_text){text, strlen(text)});
}

void writer_add_short(struct writer *writer, sla_text text, size_t columns)
{
    if (text_columns(text) <= columns) {
        writer_add(writer, text);
        return;
    }
    size_t cut = 0, used = 0;
    for (size_t at = 0, width; at < text.length;) {
        put_character(NULL, text, &at, &width);
        if (used + width > columns - 1)
            break;
        used += width;
        cut = at;
    }
    writer_add(writer, (sla_text){text.data, cut});
    writer_add_c(writer, "\xe2\x80\xa6");
}

static size_t number_text(int64_t number, int width, char buffer[24])
{
    uint64_t rest = number < 0 ? (uint64_t)0 - (uint64_t)number : (uint64_t)number;
    size_t at = 24;
    do {
        buffer[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0 || 24 - (int)at < width);
    if (number < 0)
        buffer[--at] = '-';
    return at;
}

void writer_add_number(struct writer *writer, int64_t number, int width)
{
    char buffer[24];
    size_t at = number_text(number, width, buffer);
    writer_add(writer, (sla_text){buffer + at, 24 - at});
}

void writer_pad(struct writer *writer, size_t column)
{
    writer->pad_to = writer->column < column ? column : writer->column + 1;
}

void writer_add_number_right(struct writer *writer, int64_t number, size_t column)
{
    char buffer[24];
    size_t at = number_text(number, 1, buffer), length = 24 - at;
    if (column > length && writer->column < column - length)
        writer->pad_to = column - length;
    writer_add(writer, (sla_text){buffer + at, length});
}

void writer_end_line(struct writer *writer)
{
    put_byte(writer, '\n');
    writer->column = writer->pad_to = 0;
}

size_t writer_finish(struct writer *writer)
{
    if (writer->capacity > 0)
        writer->buffer[writer->length < writer->capacity ? writer->length
                                                         : writer->capacity - 1] = '\0';
    return writer->length;
}
