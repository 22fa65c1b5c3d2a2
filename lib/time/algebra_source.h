/* SPDX-License-Identifier: MIT */
/* The source of a calendar that is made of other calendars (C9): they are asked on instants, so
 * their zones do not matter. */
#ifndef TIME_ALGEBRA_SOURCE_H
#define TIME_ALGEBRA_SOURCE_H

#include "time/id_map.h"
#include "time/open_source.h"

struct algebra_source {
    int64_t shift;
    const struct zone *zone; /* its own: local dates begin at its midnights */
    const sla_calendar **members; /* of all three lists, in this order */
    size_t all_count, any_count, count;
    sla_time *changes; /* of each member, while a day is read: when it opens or closes next */
    struct id_map pairs; /* numbers of pairs: of a sequence so far, and what comes behind it */
    size_t change_cursor; /* the zone's change that was looked at last */
    bool failed;
};

/* SLA_OK or SLA_ERROR_MEMORY; algebra_source_free() in both cases. */
sla_status algebra_source_init(struct algebra_source *source, struct arena *arena,
                               const struct calendar_rules *rules, int64_t shift);
void algebra_source_free(struct algebra_source *source);
struct open_source algebra_source_open(struct algebra_source *source);

/* Keeps what the members say of dates, and where their data ends, in the calendar. */
sla_status algebra_keep(struct arena *arena, struct arena *scratch,
                        const struct calendar_algebra *algebra, sla_calendar *calendar);

#endif
