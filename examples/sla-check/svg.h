/* SPDX-License-Identifier: MIT */
/* Writing SVG: text that cannot break out of its element. */
#ifndef SVG_H
#define SVG_H

#include "output.h"

/* Writes a text between tags or in an attribute: & < > " ' as entities, and nothing that XML
   refuses. */
void svg_escaped(const char *text, size_t length);

/* <title>...</title>, which a browser shows as a tooltip. */
void svg_title(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A line of text; `class` says how it looks. */
void svg_text(double x, double y, const char *class, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
