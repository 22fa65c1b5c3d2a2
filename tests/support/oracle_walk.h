/* SPDX-License-Identifier: MIT */
/* The first oracle: it looks at the wall clock in every second of a few days (C1), and answers by
 * counting seconds. What its seconds cannot show it does not know. */
#ifndef SUPPORT_ORACLE_WALK_H
#define SUPPORT_ORACLE_WALK_H

#include "oracle_hours.h"
#include "oracle_question.h"

#define WALK_SECONDS (14 * PLAN_DAY)

struct oracle_walk {
    int64_t from;     /* the first second; WALK_SECONDS are looked at */
    bool rolls;       /* C6 */
    uint8_t *open;    /* 1 or 0 for each second */
    int32_t *before;  /* open seconds before each, and one more */
    int64_t *local;   /* what the calendar's own wall clock shows ... */
    int32_t *date;    /* ... and its date */
};

/* Of calendar `index` of a plan, from `from` on. */
void oracle_walk_make(struct oracle_walk *walk, const struct plan *plan,
                      const struct wall_clocks *clocks, int32_t index, int64_t from);
void oracle_walk_free(struct oracle_walk *walk);

/* All seconds that may show a date lie from the first of these to before the second. */
int64_t oracle_walk_begin(const struct oracle_walk *walk, int32_t date);
int64_t oracle_walk_end(const struct oracle_walk *walk, int32_t date);

/* A moment of the walk: mostly where it opens, closes, or its clocks change. */
int64_t oracle_walk_moment(const struct oracle_walk *walk, struct random *random);

/* ORACLE_UNKNOWN where the answer may depend on other seconds. */
int64_t oracle_walk_answer(const struct oracle_walk *walk, const struct oracle_question *question);
/* The same for ASK_DUE in working days (D2). */
int64_t oracle_walk_due(const struct oracle_walk *walk, const struct oracle_question *question);

#endif
