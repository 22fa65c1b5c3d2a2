/* SPDX-License-Identifier: MIT */
/* Writing for people and programs: colour, width on the screen, tables, JSON. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "tool.h"

#include <jansson.h>

/* Looks at the terminal, the locale, NO_COLOR and CLICOLOR_FORCE. To be called first. */
void output_start(void);

/* Writes what is still in the buffer. Returns `status`, or EXIT_USAGE when something could not be
   written (a reader that went away is no fault). */
int output_finish(int status);

/* True once writing failed, so that long work can stop early. */
bool output_failed(void);

/* True when block characters and the like can be shown. */
bool output_is_utf8(void);

enum style {
    STYLE_PLAIN,
    STYLE_BOLD,
    STYLE_DIM,
    STYLE_RED,
    STYLE_GREEN,
    STYLE_YELLOW,
    STYLE_MAGENTA,
    STYLE_CYAN,
};

/* The escape sequence that begins a style, or "" where there is no colour. STYLE_PLAIN ends it. */
const char *style(FILE *stream, enum style which);

/* Writes a text that others wrote: control characters and the like come as \x1B, so that a log or
   a policy can neither steer a terminal nor forge a line. Everything in text output that is not
   our own goes through here, through a table, or through complain(). */
void print_visible(FILE *stream, const char *text, size_t length);

/* The same as a text of its own, to be freed. */
char *visible_text(const char *text, size_t length) __attribute__((returns_nonnull));

/* How many columns a UTF-8 text takes on the screen once it is made visible; 中 takes two. */
size_t text_width(const char *text, size_t length);

/* How many bytes at the front fit into so many columns; a character is never cut. */
size_t text_fitting(const char *text, size_t length, size_t columns);

/* How wide a picture may be: 80 columns, or 100 on a wide terminal and in a file. */
size_t output_columns(void);

/* True when no byte of the text has its eighth bit set: then it is UTF-8, a column a byte. */
bool is_ascii(const char *text, size_t length);

/* A JSON text; bytes that are no UTF-8 become U+FFFD. */
json_t *json_from_text(sla_text text);

/* "2026-11-20T10:20:00Z"; null for SLA_TIME_NONE. */
json_t *json_from_time(sla_time at);

/* Prints a document, or one line of JSON lines, and releases it. Long work uses json_line.h. */
void print_json_document(json_t *document);
void print_json_line(json_t *item);

#endif
