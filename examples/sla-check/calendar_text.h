/* SPDX-License-Identifier: MIT */
/* What the pictures of a month and a year have in common on the terminal: the title, what is
   special, and the totals. */
#ifndef CALENDAR_TEXT_H
#define CALENDAR_TEXT_H

#include "calendar_span.h"

/* The UTF-8 text, or what stands for it where the locale has no UTF-8. */
const char *glyph(const char *utf8, const char *ascii);

/* Prints a text made visible, cut with "…" where it is wider; returns the columns it took. */
size_t print_fitted(const char *text, size_t length, size_t columns);

void print_title(const struct span *span);

/* Holidays, make-up days and the like by name, changes of the clock, and where the lists end;
   false when there is nothing of that. */
bool print_occasions(const struct span *span);

void print_totals(const struct totals *totals);

#endif
