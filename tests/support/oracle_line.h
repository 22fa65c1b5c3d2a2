/* SPDX-License-Identifier: MIT */
/* Sets of instants, as sorted stretches that do not touch: all that is open from LINE_FROM to
 * LINE_TO, which is more than 1970..2199. */
#ifndef SUPPORT_ORACLE_LINE_H
#define SUPPORT_ORACLE_LINE_H

#include <sla/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINE_FROM (SLA_TIME_MIN - 10 * 86400)
#define LINE_TO (SLA_TIME_MAX + 1 + 10 * 86400)

struct line_stretch {
    int64_t from, to;
    int64_t before; /* seconds in earlier stretches, once line_sum() was called */
};
struct line {
    struct line_stretch *items;
    size_t count, room;
};

void line_free(struct line *line);
/* Takes [from, to) in, cut to the whole; in any order until line_tidy() sorts and joins them. */
void line_put(struct line *line, int64_t from, int64_t to);
void line_tidy(struct line *line);

/* Set arithmetic; the results are the caller's. */
struct line line_union(const struct line *a, const struct line *b);
struct line line_complement(const struct line *a);
struct line line_intersection(const struct line *a, const struct line *b);

void line_sum(struct line *line);
/* Seconds in the set before an instant. */
int64_t line_before(const struct line *line, int64_t at);
/* The first stretch that ends behind `at`; `count` when there is none. */
size_t line_find(const struct line *line, int64_t at);

#endif
