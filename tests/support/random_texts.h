/* SPDX-License-Identifier: MIT */
/* Columns of texts in random forms, with what must be read in them: offsets, views, bits and
 * numbers, dictionaries, gaps, and memory that ends where the struct says. */
#ifndef SUPPORT_RANDOM_TEXTS_H
#define SUPPORT_RANDOM_TEXTS_H

#include "random.h"

#include <sla/column.h>
#include <stdbool.h>

#define RANDOM_TEXTS_ROWS 200
#define RANDOM_TEXTS_WORDS 10

/* Words that are mostly told; a policy may ask for them. Numbers and "true" are among them. */
extern const char *const random_texts_words[RANDOM_TEXTS_WORDS];

struct random_texts {
    sla_texts column;
    size_t row_count;
    sla_text rows[RANDOM_TEXTS_ROWS]; /* what they say; `data` NULL: nothing */
    void *memory[12];                 /* all that the column lies in */
    size_t memory_count;
};

/* A column of so many rows. */
void random_texts_make(struct random_texts *made, struct random *random, size_t rows);
/* Damages what the column says in its memory, not its struct; false: it has nothing to damage. */
bool random_texts_damage(struct random_texts *made, struct random *random);
void random_texts_free(struct random_texts *made);

#endif
