/* SPDX-License-Identifier: MIT */
/* Two slow calendars to compare the fast one with, written from the rules (C1 to C5, C7) and not
 * from the library: a walk over every second of a few weeks, and a model that goes day by day.
 * They share only the reading of a date's hours. */
#ifndef SUPPORT_SLOW_CALENDAR_H
#define SUPPORT_SLOW_CALENDAR_H

#include "random.h"
#include "time/calendar_rules.h"
#include "zone_files.h"

#include <stdbool.h>

/* Random rules, with what they point to. */
struct random_rules {
    struct calendar_rules rules;
    struct interval hours[400];
    size_t hours_used;
    struct date_exception exceptions[64];
};
/* Exceptions fall near `center`, a local date. The zone must be set by the caller. */
void random_rules_make(struct random_rules *made, struct random *random, sla_date center);

/* The walk: every second of [from, to) looked at on the wall clock. */
struct walk {
    int64_t from, to;
    uint32_t *before; /* open seconds of [from, from + i), i up to to - from */
    uint8_t *open;
};
void walk_make(struct walk *walk, const struct calendar_rules *rules,
               const struct wall_clock *clock, int64_t from, int64_t to);
void walk_free(struct walk *walk);

/* The model: for every local date its hours, laid on the instants by each offset in force. */
#define MODEL_FIRST_DAY (-3)
#define MODEL_DAYS 84012
struct model {
    const struct calendar_rules *rules;
    const struct wall_clock *clock;
    int64_t *before; /* open seconds before each UTC day, from MODEL_FIRST_DAY */
};
void model_make(struct model *model, const struct calendar_rules *rules,
                const struct wall_clock *clock);
void model_free(struct model *model);

bool model_is_open(const struct model *model, int64_t at);
int64_t model_elapsed(const struct model *model, int64_t from, int64_t to);
/* False where the answer lies outside of 1970..2199. */
bool model_add(const struct model *model, int64_t from, int64_t counted, int64_t *out_at);
bool model_next_open(const struct model *model, int64_t at, int64_t *out_at);
bool model_next_close(const struct model *model, int64_t at, int64_t *out_at);
/* Open seconds of a local date within 1970..2199. */
int64_t model_open_of_date(const struct model *model, sla_date date);

#endif
