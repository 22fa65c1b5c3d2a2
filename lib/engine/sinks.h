/* SPDX-License-Identifier: MIT */
/* Sinks: memory of the caller's that texts and lists of texts are written to, as columns. */
#ifndef ENGINE_SINKS_H
#define ENGINE_SINKS_H

#include "base/text.h"

#include <sla/event_columns.h>

struct text_sink {
    sla_text_sink own; /* as given; what is written so far */
    sla_text_sink *given; /* NULL: not wanted */
};

struct list_sink {
    sla_list_sink own;
    sla_list_sink *given; /* NULL: not wanted */
    struct text_sink texts;
};

/* Texts or lists that lie apart: in row i at `first` + i * `stride`. */
struct apart {
    const char *first;
    size_t stride;
};

/* A list of texts, as events have them. */
struct text_list {
    const sla_text *texts;
    size_t count;
};

/* False: what is given cannot be right. Nothing is written before the first rows are. */
bool text_sink_open(struct text_sink *sink, sla_text_sink *given);
bool list_sink_open(struct list_sink *sink, sla_list_sink *given);

/* How many of the next `count` rows there is room for. */
size_t text_sink_fits(const struct text_sink *sink, struct apart rows, size_t count);
size_t list_sink_fits(const struct list_sink *sink, struct apart rows, size_t count);

/* Writes rows that fit; `at` is the number of the first, a multiple of 8. */
void text_sink_write(struct text_sink *sink, struct apart rows, size_t at, size_t count);
void list_sink_write(struct list_sink *sink, struct apart rows, size_t at, size_t count);

/* Tells the caller what was written, or what a row alone needs. */
void text_sink_close(const struct text_sink *sink);
void list_sink_close(const struct list_sink *sink);
void text_sink_tell_need(const struct text_sink *sink, sla_text text);
void list_sink_tell_need(const struct list_sink *sink, struct text_list list);

#endif
