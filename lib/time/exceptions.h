/* SPDX-License-Identifier: MIT */
/* Dates with hours of their own: which of a calendar's exceptions count, and what they come to. */
#ifndef TIME_EXCEPTIONS_H
#define TIME_EXCEPTIONS_H

#include "time/seasons.h"

struct chosen_exceptions {
    const struct date_exception **items; /* ascending by date, one a date */
    struct date_hours *hours;            /* of each */
    size_t count;
};

/* Chooses and computes, in `arena`. SLA_OK or SLA_ERROR_MEMORY. */
sla_status exceptions_choose(struct arena *arena, const struct calendar_rules *rules,
                             const struct week_table *weeks, const struct season_table *seasons,
                             struct chosen_exceptions *out);

#endif
