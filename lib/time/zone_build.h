/* SPDX-License-Identifier: MIT */
/* Making a zone, change by change; used by the TZif reader and by the footer's. */
#ifndef TIME_ZONE_BUILD_H
#define TIME_ZONE_BUILD_H

#include "time/zone.h"

/* Changes outside of this are of no use: nine days around T1's range, for local dates and weeks. */
#define ZONE_FIRST (SLA_TIME_MIN - 9 * SECONDS_PER_DAY)
#define ZONE_LAST (SLA_TIME_MAX + 9 * SECONDS_PER_DAY)
/* Buckets of the index: 97 days each, in which a clock changes once at most, as a rule. */
#define ZONE_BUCKET_BITS 23
#define ZONE_BUCKETS ((size_t)((ZONE_LAST - ZONE_FIRST) >> ZONE_BUCKET_BITS) + 1)
/* The instant of the first entry: before everything that is ever asked. */
#define ZONE_ALWAYS (INT64_MIN / 4)

struct zone_builder {
    struct zone_change *changes;
    size_t count, capacity;
};

/* Adds a change behind all others; the first is in force before its own instant too. Changes
   without effect on the offset are left out. False: there are too many. */
bool zone_builder_add(struct zone_builder *builder, struct zone_change change);

/* Copies what was built into `arena`. SLA_OK or SLA_ERROR_MEMORY. */
sla_status zone_builder_finish(struct zone_builder *builder, struct arena *arena, sla_text name,
                               struct zone *out_zone);

#define ABBREVIATION_MAX 15

/* A footer such as "EST5EDT,M3.2.0,M11.1.0", read. */
struct posix_rule {
    uint32_t type; /* POSIX_RULE_* */
    int32_t month, week, weekday; /* POSIX_RULE_MONTH: 1..12, 1..5 (5 = last), 0 = Sunday */
    int32_t day;                  /* POSIX_RULE_JULIAN: 1..365; POSIX_RULE_DAY: 0..365 */
    int32_t second;               /* after the date's midnight; -167 to 167 hours */
};
#define POSIX_RULE_MONTH 0u
#define POSIX_RULE_JULIAN 1u /* 29 February is never counted */
#define POSIX_RULE_DAY 2u

struct posix_tz {
    int32_t standard_offset; /* seconds east of UTC */
    bool has_dst;
    int32_t dst_offset;
    struct posix_rule dst_start, dst_end; /* in local time of before the change */
};

/* Reads a footer's text (without its newlines); false if it is not one. */
bool posix_tz_parse(sla_text text, struct posix_tz *out_tz);

/* Adds the rule's changes that lie behind `after`, up to the end of the range. With `after` at
   ZONE_ALWAYS the rule holds from the beginning. False: there are too many. */
bool posix_tz_expand(const struct posix_tz *tz, sla_time after, struct zone_builder *builder);

#endif
