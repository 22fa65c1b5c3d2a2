/* SPDX-License-Identifier: MIT */
/* Keys of stretches of days: what has the same key is open alike, and is built once. */
#include "time/rule_source.h"

/* Keys for stretches within which the zone's offset changes once are marked with this bit. */
#define KEY_CHANGE ((uint64_t)1 << 63)
/* Keys for stretches in which dates have hours of their own. A day's key is multiplied by seven. */
#define KEY_DATES ((uint64_t)1 << 60)
#define DATES_IN_KEY 8
#define OFFSET_BITS 18 /* offset + 100,000 < 2^18 */
#define SECOND_BITS 23 /* a page and two days have less than 2^23 seconds */
/* Which weeks are in force: at most SEASONS_MAX + 1 of them, and 66 days in a stretch. */
#define SEASON_BITS 9
#define SEASON_SHIFT 7

static uint64_t offset_key(int32_t offset)
{
    return (uint64_t)(offset + 100000);
}

static bool any_irregular(const struct rule_source *rules, int32_t day, int32_t days)
{
    int32_t first = day / 7, last = (day + days - 1) / 7;
    uint32_t from = rules->irregular[first] >> (day % 7) << (day % 7);
    uint32_t to = (2u << ((day + days - 1) % 7)) - 1; /* days of the last week, a bit each */
    if (first == last)
        return (from & to) != 0;
    if (from != 0)
        return true;
    int32_t next = rules->next_irregular[first + 1];
    return next < last || (next == last && (rules->irregular[last] & to) != 0);
}

/* A stretch within which the zone's offset changes at most once. */
struct stretch {
    sla_time from, to;
    int32_t offset, next_offset;
    sla_time change; /* `to`: none */
};

/* Adds to a key which weeks are in force in the stretch: one, or two and where the second begins.
   0: there are more. */
static uint64_t with_season(struct rule_source *rules, uint64_t base, const struct stretch *at)
{
    int64_t low = floor_day(at->from + at->offset);
    int64_t high = floor_day(at->change - 1 + at->offset);
    if (at->change < at->to) {
        int64_t next_low = floor_day(at->change + at->next_offset);
        int64_t next_high = floor_day(at->to - 1 + at->next_offset);
        low = next_low < low ? next_low : low;
        high = next_high > high ? next_high : high;
    }
    const struct season_table *seasons = &rules->seasons;
    size_t index = seasons_seek(seasons, (sla_date)low, rules->season_cursor);
    rules->season_cursor = index;
    const struct season_change *change = &seasons->changes[index];
    uint64_t season = (uint64_t)change->week << SEASON_SHIFT;
    if (index + 1 < seasons->count && change[1].date <= high) {
        if (index + 2 < seasons->count && change[2].date <= high)
            return 0;
        uint64_t begins = (uint64_t)(change[1].date - low);
        season = (season | begins) << SEASON_BITS | change[1].week;
    } else {
        season <<= SEASON_BITS;
    }
    uint32_t number = id_map_find(&rules->base_keys, base);
    if (number == ID_NONE) {
        number = (uint32_t)rules->base_keys.used;
        if (!id_map_add(&rules->base_keys, base, number)) {
            rules->failed = true;
            return 0;
        }
    }
    return ((uint64_t)number + 1) << (2 * SEASON_BITS + SEASON_SHIFT) | season;
}

/* The offset of a stretch, or both of them. False: there are more. */
static bool find_offsets(struct rule_source *rules, struct stretch *at)
{
    const struct zone *zone = rules->zone;
    if (at->from >= rules->same_from && at->to <= rules->same_to) { /* where was looked last */
        at->offset = rules->same_offset;
        return true;
    }
    rules->change_cursor = zone_change_seek(zone, at->from, rules->change_cursor);
    size_t index = rules->change_cursor;
    at->offset = rules->same_offset = zone->changes[index].offset;
    rules->same_from = zone->changes[index].at;
    rules->same_to = index + 1 < zone->change_count ? zone->changes[index + 1].at : SLA_TIME_NEVER;
    if (at->to <= rules->same_to)
        return true;
    if (index + 2 < zone->change_count && zone->changes[index + 2].at < at->to)
        return false;
    at->change = zone->changes[index + 1].at;
    at->next_offset = zone->changes[index + 1].offset;
    return true;
}

/* For a week or a day of one offset, with the hours of each of its dates that has its own. */
static uint64_t key_of_dates(struct rule_source *rules, const struct stretch *at)
{
    int64_t first = floor_day(at->from + at->offset);
    int64_t last = floor_day(at->to - 1 + at->offset);
    if (at->change < at->to || last - first >= DATES_IN_KEY || rules->seasons.count > 1)
        return 0;
    if (rules->closure_count > 0) {
        size_t closure = rule_source_closure(rules, at->from);
        if (closure < rules->closure_count && rules->closures[closure].from < at->to)
            return 0;
    }
    uint64_t key = 0;
    for (size_t i = rule_source_exception(rules, (sla_date)first);
         i < rules->exception_count && rules->exceptions[i].date <= last; i++) {
        if (rules->hours_numbers[i] == 0)
            return 0;
        key |= (uint64_t)rules->hours_numbers[i]
               << (HOURS_BITS * (rules->exceptions[i].date - first));
    }
    return KEY_DATES | key << OFFSET_BITS | offset_key(at->offset);
}

uint64_t rule_source_key(void *self, int32_t day, int32_t days)
{
    struct rule_source *rules = self;
    struct stretch at = {.from = (int64_t)day * SECONDS_PER_DAY - rules->shift};
    at.to = at.change = at.from + (int64_t)days * SECONDS_PER_DAY;
    if (days == 7 && rules->irregular[day / 7] == 0 && rules->seasons.count == 1 &&
        at.from >= rules->same_from && at.to <= rules->same_to)
        return offset_key(rules->same_offset); /* most of all questions */
    bool irregular = any_irregular(rules, day, days);
    if (irregular && days > 7)
        return 0;
    if (!find_offsets(rules, &at))
        return 0;
    if (irregular)
        return key_of_dates(rules, &at);
    uint64_t key = offset_key(at.offset);
    if (at.change < at.to) {
        key = key << OFFSET_BITS | offset_key(at.next_offset);
        key = KEY_CHANGE | key << SECOND_BITS | (uint64_t)(at.change - at.from);
    }
    return rules->seasons.count == 1 ? key : with_season(rules, key, &at);
}
