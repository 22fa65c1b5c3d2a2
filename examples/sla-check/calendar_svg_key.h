/* SPDX-License-Identifier: MIT */
/* What is around the panels of the SVG picture of a calendar: its style sheet, and below them what
   the colours mean and what is special. */
#ifndef CALENDAR_SVG_KEY_H
#define CALENDAR_SVG_KEY_H

#include "calendar_span.h"

/* The style sheet. */
void svg_style(void);

/* How much room the key below the panels takes. */
double svg_key_height(const struct span *span);

void svg_key(const struct span *span, double x, double y, double width);

#endif
