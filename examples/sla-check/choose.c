/* SPDX-License-Identifier: MIT */
/* Options that take one of a few words. */
#include "choose.h"

#include "words.h"

size_t choose(struct argp_state *state, const char *what, const char *argument, size_t length,
              const char *const *words)
{
    size_t choice = find_word(argument, length, words);
    if (choice != NO_CHOICE)
        return choice;
    char *word = copy_text(argument, length), all[256];
    const char *nearest = nearest_word(word, words);
    join_words(words, all, sizeof all);
    if (nearest != NULL)
        argp_error(state, "no %s '%s'; did you mean '%s'?", what, word, nearest);
    argp_error(state, "no %s '%s': %s", what, word, all);
    return 0; /* argp_error() has ended the program */
}
