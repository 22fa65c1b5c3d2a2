/* SPDX-License-Identifier: MIT */
/* Substitutes: the date on which a day that falls on a weekend is observed, too. */
#ifndef POLICY_OBSERVED_H
#define POLICY_OBSERVED_H

#include "policy/model.h"

/* The dates that are taken already, a bit each; a form that looks for a free day passes them by.
   64 at a time are looked at, so that no list of dates makes a search slow. */
#define TAKEN_WORDS ((DATE_MAX - DATE_MIN) / 64 + 1)
struct taken {
    uint64_t bits[TAKEN_WORDS];
    uint64_t weekends[7]; /* in a word whose first date is a Monday, a Tuesday ... */
    /* From each word, one that is not before it and not behind the next with a free day; of days of
       the week alone in [1]. Dates are only ever taken, so what is full stays full. */
    uint16_t next[2][TAKEN_WORDS + 1];
};
void taken_init(struct taken *taken); /* zeroed memory */
static inline void taken_add(struct taken *taken, sla_date date)
{
    sla_date bit = date - DATE_MIN;
    taken->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* Does this form look for a free day? */
bool observed_needs_taken(uint32_t observed);

/* How many dates of a range have a substitute. */
size_t observed_count(uint32_t observed, sla_date from, sla_date to);

/* The substitute of a date; false: it has none. `taken` may be NULL unless the form needs it. */
bool observed_on(uint32_t observed, sla_date date, struct taken *taken, sla_date *out);

#endif
