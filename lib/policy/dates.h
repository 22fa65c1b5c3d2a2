/* SPDX-License-Identifier: MIT */
/* Lists of days written out, date by date, for lib/time.
 *
 * A holiday list is written out once and by itself: it means the same dates in every calendar that
 * names it. Originals are placed first, entry by entry, then substitutes (`observed`), again entry
 * by entry; of two on a date the first one placed counts. A substitute belongs to the year of its
 * original (`since`, `except`), wherever it falls. A calendar's special days are one more list,
 * whose substitutes pass by the calendar's holidays, too. */
#ifndef POLICY_DATES_H
#define POLICY_DATES_H

#include "policy/compile.h"

/* Gives `rules` the dates of the calendar and of its holiday lists, and adds them to the policy's
   fingerprint. How many there are has been limited before. False: no memory. */
bool dates_of_calendar(struct compile *compile, const struct calendar_model *calendar,
                       struct holidays_model *const *lists, struct calendar_rules *rules);

#endif
