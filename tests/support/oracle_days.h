/* SPDX-License-Identifier: MIT */
/* The second oracle: it goes over all local dates from 1970 to 2199, lays the hours of each on the
 * instants by every offset in force, and so has all that is ever open in one list. Algebra is set
 * arithmetic on such lists. It is proved equal to the walk, then compared with the library. */
#ifndef SUPPORT_ORACLE_DAYS_H
#define SUPPORT_ORACLE_DAYS_H

#include "oracle_hours.h"
#include "oracle_line.h"
#include "oracle_question.h"

struct oracle_through {
    const struct wall_clock *clock;
    int32_t date; /* the last one that is known */
};

struct oracle_days {
    const struct wall_clock *clock; /* the calendar's own */
    struct line open;
    int32_t *workdays; /* how many there are before each date from ORACLE_FIRST on */
    bool is_algebra, rolls;
    struct oracle_rules rules; /* when it is none */
    struct oracle_through through[PLAN_CALENDARS * PLAN_LISTS];
    int32_t through_count;
};

/* All calendars of a plan. */
void oracle_days_make(struct oracle_days days[PLAN_CALENDARS], const struct plan *plan,
                      const struct wall_clocks *clocks);
void oracle_days_free(struct oracle_days days[PLAN_CALENDARS], const struct plan *plan);

/* Does it open at all in 1970..2199 (C8)? */
bool oracle_days_opens(const struct oracle_days *days);
int64_t oracle_days_answer(const struct oracle_days *days, const struct oracle_question *question);

/* The stretches of instants that show a date, in order. */
#define ORACLE_PIECES 8
int32_t oracle_pieces(const struct wall_clock *clock, int32_t date,
                      struct line_stretch pieces[ORACLE_PIECES]);
/* The open stretches of a date, cut at its own midnights (C7). */
#define ORACLE_STRETCHES 64
int32_t oracle_stretches(const struct oracle_days *days, int32_t date,
                         struct line_stretch stretches[ORACLE_STRETCHES]);
/* The first date behind `date` that has an open second; ORACLE_LAST + 1 when there is none. */
int32_t oracle_workday_after(const struct oracle_days *days, int32_t date);
/* D1, D2, D3. */
int64_t oracle_days_due(const struct oracle_days *days, const struct oracle_question *question);
int64_t oracle_days_add(const struct oracle_days *days, int64_t from, int64_t sum);
int64_t oracle_days_next_open(const struct oracle_days *days, int64_t at);

#endif
