/* SPDX-License-Identifier: MIT */
/* Changing a policy as people and accidents do: by words, values and indented blocks, so that what
 * comes out is still nearly a policy. */
#ifndef FUZZ_POLICY_CHANGES_H
#define FUZZ_POLICY_CHANGES_H

#include "random.h"

#include <stddef.h>

#define CHANGES_BYTES_MAX 65536u

/* A text under change; `size` stays below CHANGES_BYTES_MAX and below `limit`. */
struct changed_text {
    char data[CHANGES_BYTES_MAX];
    size_t size, limit;
};

/* A word or value of a text: [begin, end). */
struct word_place {
    size_t begin, end;
};

/* The words and values of a text (quoted ones with their quotes), in order, at most `room`. */
size_t changes_words(const char *text, size_t size, struct word_place *out, size_t room);

/* Puts `length` bytes in the place of [begin, end); nothing happens where there is no room. */
void changes_put(struct changed_text *text, size_t begin, size_t end, const char *bytes,
                 size_t length);

/* One change, chosen at random. Words and blocks may come from `other` (may be NULL). */
void changes_make(struct changed_text *text, struct random *random, const char *other,
                  size_t other_size);

/* Values that are odd somewhere, for the place of any other; NULL behind the last. */
const char *changes_value(size_t index);

#endif
