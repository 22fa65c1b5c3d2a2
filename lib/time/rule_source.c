/* SPDX-License-Identifier: MIT */
/* When a calendar is open by its own rules: weekly hours, and dates with hours of their own, read
 * on the local wall clock (C1) and told by instants. */
#include "time/open_source.h"

/* Keys for stretches within which the zone's offset changes once are marked with this bit. */
#define KEY_CHANGE ((uint64_t)1 << 63)
#define OFFSET_BITS 18 /* offset + 100,000 < 2^18 */
#define SECOND_BITS 23 /* a page and two days have less than 2^23 seconds */

static uint64_t offset_key(int32_t offset)
{
    return (uint64_t)(offset + 100000);
}

/* Moves the cursor to the change in force at an instant; questions mostly come in order. */
static size_t seek(struct rule_source *rules, sla_time at)
{
    const struct zone_change *changes = rules->zone->changes;
    size_t cursor = rules->cursor;
    while (cursor > 0 && changes[cursor].at > at)
        cursor--;
    while (cursor + 1 < rules->zone->change_count && changes[cursor + 1].at <= at)
        cursor++;
    rules->cursor = cursor;
    return cursor;
}

static bool is_irregular(const struct rule_source *rules, int32_t day)
{
    return rules->irregular[day / 7] >> (day % 7) & 1;
}

static bool any_irregular(const struct rule_source *rules, int32_t day, int32_t days)
{
    int32_t end = day + days;
    int32_t week = rules->next_irregular[day / 7];
    if (week * 7 >= end)
        return false;
    /* From the first irregular week on, or from the middle of it. */
    for (int32_t at = week * 7 > day ? week * 7 : day; at < end; at++) {
        if (is_irregular(rules, at))
            return true;
    }
    return false;
}

static uint64_t key_of_days(void *self, int32_t day, int32_t days)
{
    struct rule_source *rules = self;
    if (any_irregular(rules, day, days))
        return 0;
    const struct zone *zone = rules->zone;
    sla_time from = (int64_t)day * SECONDS_PER_DAY - rules->shift;
    sla_time to = from + (int64_t)days * SECONDS_PER_DAY;
    size_t index = seek(rules, from);
    uint64_t key = offset_key(zone->changes[index].offset);
    if (index + 1 == zone->change_count || zone->changes[index + 1].at >= to)
        return key;
    if (index + 2 < zone->change_count && zone->changes[index + 2].at < to)
        return 0;
    const struct zone_change *next = &zone->changes[index + 1];
    key = key << OFFSET_BITS | offset_key(next->offset);
    return KEY_CHANGE | key << SECOND_BITS | (uint64_t)(next->at - from);
}

/* C3: the date's own hours, or its weekday's. Dates, too, mostly come in order. */
static const struct date_hours *hours_of(struct rule_source *rules, sla_date date)
{
    size_t at = rules->exception_cursor;
    while (at > 0 && rules->exceptions[at - 1].date >= date)
        at--;
    while (at < rules->exception_count && rules->exceptions[at].date < date)
        at++;
    rules->exception_cursor = at;
    if (at < rules->exception_count && rules->exceptions[at].date == date)
        return &rules->exceptions[at];
    return &rules->week[weekday_of(date)];
}

static int64_t floor_day(int64_t local)
{
    int64_t day = local / SECONDS_PER_DAY;
    return local % SECONDS_PER_DAY < 0 ? day - 1 : day;
}

/* Adds what is open in [from, to), within which local time is UTC + offset. */
static void add_piece(struct rule_source *rules, sla_time from, sla_time to, int32_t offset,
                      sla_time day_start, struct span_list *out)
{
    int64_t local_from = from + offset;
    int64_t local_to = to + offset;
    for (int64_t date = floor_day(local_from); date * SECONDS_PER_DAY < local_to; date++) {
        const struct date_hours *hours = hours_of(rules, (sla_date)date);
        for (uint32_t i = 0; i < hours->count; i++) {
            int64_t open = date * SECONDS_PER_DAY + hours->hours[i].open;
            int64_t close = date * SECONDS_PER_DAY + hours->hours[i].close;
            open = open < local_from ? local_from : open;
            close = close > local_to ? local_to : close;
            if (open < close)
                span_list_add(out, (uint32_t)(open - offset - day_start),
                              (uint32_t)(close - offset - day_start));
        }
    }
}

static void spans_of_day(void *self, int32_t day, struct span_list *out)
{
    struct rule_source *rules = self;
    const struct zone *zone = rules->zone;
    sla_time start = (int64_t)day * SECONDS_PER_DAY - rules->shift;
    sla_time end = start + SECONDS_PER_DAY;
    sla_time from = start;
    for (size_t index = seek(rules, start); from < end; index++) {
        sla_time to = end;
        if (index + 1 < zone->change_count && zone->changes[index + 1].at < end)
            to = zone->changes[index + 1].at;
        add_piece(rules, from, to, zone->changes[index].offset, start, out);
        from = to;
    }
}

/* Is open time of a date a matter of its hours alone? Not where the zone changes near it: Apia's
   2011-12-30 was skipped as a whole, and hours may lie in a gap. */
static enum date_state state_of_date(void *self, sla_date date)
{
    struct rule_source *rules = self;
    if (hours_of(rules, date)->count == 0)
        return DATE_CLOSED;
    sla_time near = (int64_t)date * SECONDS_PER_DAY;
    size_t index = seek(rules, near - 2 * SECONDS_PER_DAY);
    if (index + 1 < rules->zone->change_count &&
        rules->zone->changes[index + 1].at < near + 3 * SECONDS_PER_DAY)
        return DATE_UNKNOWN;
    return DATE_OPEN;
}

void rule_source_mark(const struct rule_source *rules, uint8_t *irregular, sla_date date)
{
    struct zone_piece pieces[4];
    size_t count = zone_date_pieces(rules->zone, date, pieces, 4);
    for (size_t i = 0; i < count && i < 4; i++) {
        int64_t first = (pieces[i].from + rules->shift) / SECONDS_PER_DAY;
        int64_t last = (pieces[i].to - 1 + rules->shift) / SECONDS_PER_DAY;
        if (count > 4) { /* a zone file may be strange beyond reason */
            first -= DATE_REACH;
            last += DATE_REACH;
        }
        for (int64_t day = first < 0 ? 0 : first;
             day <= last && day < PAGE_COUNT * PAGE_DAYS; day++)
            irregular[day / 7] |= (uint8_t)(1u << (day % 7));
    }
}

struct open_source rule_source(struct rule_source *rules)
{
    int32_t next = IRREGULAR_WEEKS;
    for (int32_t week = IRREGULAR_WEEKS - 1; week >= 0; week--) {
        if (rules->irregular[week] != 0)
            next = week;
        rules->next_irregular[week] = (uint16_t)next;
    }
    return (struct open_source){rules, key_of_days, spans_of_day, state_of_date};
}
