/* SPDX-License-Identifier: MIT */
/* Columns of texts: a caller's texts as they lie, row by row. */
#ifndef BASE_TEXTS_H
#define BASE_TEXTS_H

#include "base/text.h"

#include <sla/column.h>

enum texts_found {
    TEXTS_ABSENT, /* the row, or its element of the dictionary, is missing */
    TEXTS_PRESENT,
    TEXTS_WRONG,
};

struct texts {
    const sla_texts *given;
    uint64_t last_offset; /* of offsets: no text ends behind it */
    char digits[TEXT_DIGITS]; /* of the number that was read last */
};

/* Makes ready for rows 0 to `rows` - 1 of a caller's column, which is borrowed. False: it cannot be
   right. */
bool texts_open(struct texts *texts, const sla_texts *given, size_t rows);

/* The element that a row shows. TEXTS_PRESENT says that there is such an element. */
enum texts_found texts_element(const struct texts *texts, size_t row, uint64_t *out_element);
/* The text of an element that there is; it lies in the caller's memory, or here until the next. */
enum texts_found texts_read(struct texts *texts, uint64_t element, sla_text *out_text);

/* The text of a row. */
static inline enum texts_found texts_at(struct texts *texts, size_t row, sla_text *out_text)
{
    uint64_t element;
    enum texts_found found = texts_element(texts, row, &element);
    return found == TEXTS_PRESENT ? texts_read(texts, element, out_text) : found;
}

#endif
