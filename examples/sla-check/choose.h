/* SPDX-License-Identifier: MIT */
/* Options that take one of a few words. */
#ifndef CHOOSE_H
#define CHOOSE_H

#include <argp.h>
#include <stddef.h>

/* The index of `argument` in `words` (NULL at the end); any other word ends the program with a
   message: "no format 'jsno'; did you mean 'json'?" */
size_t choose(struct argp_state *state, const char *what, const char *argument, size_t length,
              const char *const *words);

#endif
