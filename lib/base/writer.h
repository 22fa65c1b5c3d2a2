/* SPDX-License-Identifier: MIT */
/* A writer: text into a buffer of the caller, aligned in columns, without memory of its own. */
#ifndef BASE_WRITER_H
#define BASE_WRITER_H

#include "base/text.h"

/* What is written; `length` goes on past the capacity, so that the caller learns what is needed. */
struct writer {
    char *buffer;
    size_t capacity;
    size_t length;
    size_t column; /* of the line, from 0, as a terminal shows it */
    size_t pad_to; /* blanks that are owed: none are left at the end of a line */
};

/* `buffer` may be NULL with 0, to measure. */
void writer_init(struct writer *writer, char *buffer, size_t capacity);

/* Text that may hold anything: control characters come as \x1B. */
void writer_add(struct writer *writer, sla_text text);
void writer_add_c(struct writer *writer, const char *text);
/* The same, cut with an ellipsis where it is wider than so many columns. */
void writer_add_short(struct writer *writer, sla_text text, size_t columns);
/* Digits, with zeros in front up to a width. */
void writer_add_number(struct writer *writer, int64_t number, int width);
/* Whatever comes next in this line begins at that column, or one blank behind what there is. */
void writer_pad(struct writer *writer, size_t column);
/* The number so that it ends before that column. */
void writer_add_number_right(struct writer *writer, int64_t number, size_t column);
void writer_end_line(struct writer *writer);

/* Ends the buffer with a NUL; the length of the whole text. */
size_t writer_finish(struct writer *writer);

/* Columns of a text as a writer would show it. */
size_t text_columns(sla_text text);

#endif
