/* SPDX-License-Identifier: MIT */
/* Rules of a feed that a policy can write as a day of every year. */
#ifndef IMPORT_YEARLY_H
#define IMPORT_YEARLY_H

#include "import_rule.h"

/* Is it the same fixed day every year, or the same weekday of a month? Then its day is written to
   `out`, which is all zeros. */
bool yearly_from_rule(const struct icalrecurrencetype *rule, const struct event *event,
                      struct holiday *out);

/* Adds such a day to the list, with its first and last year and the years that are left out. */
void yearly_add(struct rule_task *task, const struct event *event,
                const struct icalrecurrencetype *rule, struct holiday holiday);

#endif
