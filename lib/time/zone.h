/* SPDX-License-Identifier: MIT */
/* Zones: what the local clocks of a place show, from TZif files (RFC 9636) and their POSIX-TZ
 * footers, expanded for all of 1970..2199 when the zone is read. Immutable afterwards. */
#ifndef TIME_ZONE_H
#define TIME_ZONE_H

#include "base/memory.h"
#include "time/civil.h"

struct zone_change {
    sla_time at;    /* from this instant on ... */
    int32_t offset; /* ... local time is UTC + offset seconds */
    int32_t is_dst;
};

struct zone {
    sla_text name; /* "Europe/Dublin"; NUL-terminated */
    /* changes[0].at is SLA_TIME_MIN - a week or earlier; ascending; neighbours differ in offset. */
    struct zone_change *changes;
    size_t change_count;
    uint64_t fingerprint[2]; /* of the decoded rules: fat = slim */
    const uint16_t *index;   /* the change in force where each bucket begins; NULL: there is none */
};

/* Reads a TZif file's bytes into a zone whose memory is in `arena`. `*out_problem` gets one English
   phrase when the file is refused ("it has leap seconds").
   SLA_OK, SLA_ERROR_DATA, SLA_ERROR_MEMORY. */
sla_status zone_decode(struct arena *arena, sla_text name, const void *bytes, size_t length,
                       struct zone *out_zone, const char **out_problem);

/* The zone that is UTC plus `offset` seconds for ever (UTC itself needs no file). */
sla_status zone_fixed(struct arena *arena, sla_text name, int32_t offset, struct zone *out_zone);

/* Index of the change in force at an instant (any int64). */
size_t zone_change_at(const struct zone *zone, sla_time at);
/* The same for questions that mostly come in order: looks on from `hint`, another index. */
static inline size_t zone_change_seek(const struct zone *zone, sla_time at, size_t hint)
{
    while (hint > 0 && zone->changes[hint].at > at)
        hint--;
    while (hint + 1 < zone->change_count && zone->changes[hint + 1].at <= at)
        hint++;
    return hint;
}
static inline int32_t zone_offset_at(const struct zone *zone, sla_time at)
{
    return zone->changes[zone_change_at(zone, at)].offset;
}

/* A local wall clock reading as an instant (T3): the first occurrence of a repeated one; a skipped
   one moved forward by the length of the gap. Not checked against T1's range. */
sla_time zone_instant(const struct zone *zone, sla_date date, int32_t second_of_day);

/* The local date and second of day of an instant. */
sla_date zone_date(const struct zone *zone, sla_time at, int32_t *out_second_of_day);

/* The stretches of instants whose local date is `date`: usually one; none if the zone skipped it,
   more where clocks went back over midnight. Returns their number, at most `capacity` written. */
struct zone_piece {
    sla_time from, to;
    int32_t offset; /* constant within a piece; a change of offset begins a new piece */
};
size_t zone_date_pieces(const struct zone *zone, sla_date date, struct zone_piece *pieces,
                        size_t capacity);

/* Nearly everywhere dates are runs of 86,400 instants with no change of offset near them: true for
   `days` of them, and where the first begins. False: zone_date_pieces() must be asked. */
bool zone_dates_are_plain(const struct zone *zone, sla_date first, int32_t days,
                          sla_time *out_start);
/* The same for questions that mostly come in order; `*cursor` begins with 0. */
bool zone_dates_are_plain_seek(const struct zone *zone, sla_date first, int32_t days,
                               size_t *cursor, sla_time *out_start);

/* A zone name that may be looked up: letters, digits, "_+-./", no empty, "." or ".." part, not
   absolute, at most 64 bytes, no "right/" or "posix/". */
bool zone_name_is_valid(sla_text name);

#endif
