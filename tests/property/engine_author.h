/* SPDX-License-Identifier: MIT */
/* An author of random policies: every trigger, every option, in YAML as a person would write it.
 * Each item stands on a line of its own, so that a failing policy can be made shorter by lines. */
#ifndef PROPERTY_ENGINE_AUTHOR_H
#define PROPERTY_ENGINE_AUTHOR_H

#include "oracle_plan.h"

#include <sla/policy.h>

#define COUNT_OF(list) ((int)(sizeof(list) / sizeof((list)[0])))

/* What incidents say of themselves: the attributes, and the values that logs give them. */
struct attribute_words {
    const char *name;
    const char *values[5];
    int count;
};
/* The first ones seldom change, the others all the time. */
#define WORDS_FIXED 5
#define WORDS_COUNT 10
extern const struct attribute_words attribute_words[WORDS_COUNT];
#define WORDS_VISIT "visit_at" /* an agreed instant (D6) */

/* The names of updates that triggers wait for. */
#define EVENT_WORDS 6
extern const char *const event_words[EVENT_WORDS];

struct author {
    struct random random;
    char *text; /* grows; ends with a NUL */
    size_t length, capacity;
    int calendar_count; /* named c0, c1 ... as in plans */
    int metric_count;   /* named m0, m1 ..., unless they are those of a policy without `metrics` */
    bool has_default_metrics;
    bool has_kinds;     /* agreements of several kinds */
    int32_t center;     /* the date around which logs happen */
    const char *era;    /* a condition that every target row has besides, or NULL */
};

int author_below(struct author *author, int limit);
bool author_chance(struct author *author, int percent);
#define AUTHOR_PICK(author, list) ((list)[author_below(author, COUNT_OF(list))])

void author_put(struct author *author, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void author_put_date(struct author *author, int32_t date);
/* A list such as [a, b], of 1 to `most` neighbours. */
void author_put_list(struct author *author, const char *const *words, int count, int most);
const char *author_metric(const struct author *author, int index);
/* A calendar's name, 24x7 among them. */
void author_put_calendar(struct author *author);
/* A condition on what changes all the time; `wide`: on every attribute, derived ones too. */
void author_put_condition(struct author *author, bool wide);
/* A trigger; out of a hundred so many are `opened`. */
void author_put_trigger(struct author *author, int opened);

/* The parts of a policy. */
void author_write_classify(struct author *author);
void author_write_metrics(struct author *author);
void author_write_targets(struct author *author);
void author_write_rows(struct author *author, const char *indent); /* of targets */
void author_write_escalations(struct author *author);

/* Writes a whole policy into `author->text`. */
void author_write(struct author *author, const struct wall_clocks *clocks);

/* Three policies that differ in their targets alone: the first ones, the second ones, and both, of
   which the attribute `era` chooses ("2": the second ones). Each text is to be freed. */
struct eras {
    char *first, *second, *both;
};
void author_write_eras(struct author *author, const struct wall_clocks *clocks,
                       struct eras *eras);
void author_free(struct author *author);

#endif
