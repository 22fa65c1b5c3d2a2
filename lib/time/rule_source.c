/* SPDX-License-Identifier: MIT */
/* When a calendar is open by its own rules: weekly hours, seasons, dates with hours of their own,
 * read on the local wall clock (C1) and told by instants; and closures, taken away last (C3). */
#include "time/rule_source.h"

#include "base/sort.h"

/* Keys for stretches within which the zone's offset changes once are marked with this bit. */
#define KEY_CHANGE ((uint64_t)1 << 63)
#define OFFSET_BITS 18 /* offset + 100,000 < 2^18 */
#define SECOND_BITS 23 /* a page and two days have less than 2^23 seconds */
/* Which weeks are in force: at most SEASONS_MAX + 1 of them, and 66 days in a stretch. */
#define SEASON_BITS 9
#define SEASON_SHIFT 7

static uint64_t offset_key(int32_t offset)
{
    return (uint64_t)(offset + 100000);
}

/* The change in force at an instant. */
static size_t seek(struct rule_source *rules, sla_time at)
{
    rules->change_cursor = zone_change_seek(rules->zone, at, rules->change_cursor);
    return rules->change_cursor;
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

static int64_t floor_day(int64_t local)
{
    int64_t day = local / SECONDS_PER_DAY;
    return local % SECONDS_PER_DAY < 0 ? day - 1 : day;
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

static uint64_t key_of_days(void *self, int32_t day, int32_t days)
{
    struct rule_source *rules = self;
    if (any_irregular(rules, day, days))
        return 0;
    const struct zone *zone = rules->zone;
    struct stretch at = {.from = (int64_t)day * SECONDS_PER_DAY - rules->shift};
    at.to = at.change = at.from + (int64_t)days * SECONDS_PER_DAY;
    size_t index = seek(rules, at.from);
    at.offset = zone->changes[index].offset;
    uint64_t key = offset_key(at.offset);
    if (index + 1 < zone->change_count && zone->changes[index + 1].at < at.to) {
        if (index + 2 < zone->change_count && zone->changes[index + 2].at < at.to)
            return 0;
        const struct zone_change *next = &zone->changes[index + 1];
        key = key << OFFSET_BITS | offset_key(next->offset);
        key = KEY_CHANGE | key << SECOND_BITS | (uint64_t)(next->at - at.from);
        at.change = next->at;
        at.next_offset = next->offset;
    }
    return rules->seasons.count == 1 ? key : with_season(rules, key, &at);
}

/* C3: the date's own hours, or those that its weekday has in the week in force. */
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
    size_t season = seasons_seek(&rules->seasons, date, rules->season_cursor);
    rules->season_cursor = season;
    return &rules->weeks[rules->seasons.changes[season].week].days[weekday_of(date)];
}

/* The first closure that ends behind an instant. */
static size_t closure_behind(struct rule_source *rules, sla_time at)
{
    size_t cursor = rules->closure_cursor;
    while (cursor > 0 && rules->closures[cursor - 1].to > at)
        cursor--;
    while (cursor < rules->closure_count && rules->closures[cursor].to <= at)
        cursor++;
    rules->closure_cursor = cursor;
    return cursor;
}

/* Adds [open, close) without what is closed between instants. */
static void add_open(struct rule_source *rules, sla_time open, sla_time close, sla_time day_start,
                     struct span_list *out)
{
    size_t at = rules->closure_count == 0 ? 0 : closure_behind(rules, open);
    for (; at < rules->closure_count && rules->closures[at].from < close; at++) {
        const struct closure *closure = &rules->closures[at];
        if (closure->from > open)
            span_list_add(out, (uint32_t)(open - day_start),
                          (uint32_t)(closure->from - day_start));
        if (closure->to >= close)
            return;
        open = closure->to;
    }
    span_list_add(out, (uint32_t)(open - day_start), (uint32_t)(close - day_start));
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
                add_open(rules, open - offset, close - offset, day_start, out);
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

/* Marks the table days of instants [from, to). */
static void mark(struct rule_source *rules, sla_time from, sla_time to, int32_t reach)
{
    int64_t first = floor_day(from + rules->shift) - reach;
    int64_t last = floor_day(to - 1 + rules->shift) + reach;
    if (last >= PAGE_COUNT * PAGE_DAYS)
        last = PAGE_COUNT * PAGE_DAYS - 1;
    for (int64_t day = first < 0 ? 0 : first; day <= last; day++)
        rules->irregular[day / 7] |= (uint8_t)(1u << (day % 7));
}

static void mark_date(struct rule_source *rules, sla_date date)
{
    struct zone_piece pieces[4];
    size_t count = zone_date_pieces(rules->zone, date, pieces, 4);
    int32_t reach = count > 4 ? DATE_REACH : 0; /* a zone file may be strange beyond reason */
    for (size_t i = 0; i < count && i < 4; i++)
        mark(rules, pieces[i].from, pieces[i].to, reach);
}

/* Sorted and merged. */
static bool take_closures(struct rule_source *rules, struct arena *arena,
                          const struct closure *closures, size_t count)
{
    uint64_t *keys = arena_new(arena, (count + 1) * sizeof *keys);
    struct closure *merged = arena_new(arena, (count + 1) * sizeof *merged);
    if (keys == NULL || merged == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        keys[i] = (uint64_t)closures[i].from << 31 | i;
    if (!keys_sort(arena, keys, count))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct closure *closure = &closures[keys[i] & 0x7fffffff];
        if (kept > 0 && closure->from <= merged[kept - 1].to) {
            if (closure->to > merged[kept - 1].to)
                merged[kept - 1].to = closure->to;
        } else {
            merged[kept++] = *closure;
        }
    }
    rules->closures = merged;
    rules->closure_count = kept;
    return true;
}

sla_status rule_source_init(struct rule_source *rules, struct arena *arena,
                            const struct closure *closures, size_t closure_count)
{
    rules->base_keys.allocator = &arena->allocator;
    rules->irregular = arena_new(arena, IRREGULAR_WEEKS);
    rules->next_irregular = arena_new(arena, IRREGULAR_WEEKS * sizeof *rules->next_irregular);
    if (rules->irregular == NULL || rules->next_irregular == NULL ||
        !take_closures(rules, arena, closures, closure_count))
        return SLA_ERROR_MEMORY;
    for (size_t i = 0; i < rules->exception_count; i++)
        mark_date(rules, rules->exceptions[i].date);
    for (size_t i = 0; i < rules->closure_count; i++)
        mark(rules, rules->closures[i].from, rules->closures[i].to, 0);
    int32_t next = IRREGULAR_WEEKS;
    for (int32_t week = IRREGULAR_WEEKS - 1; week >= 0; week--) {
        if (rules->irregular[week] != 0)
            next = week;
        rules->next_irregular[week] = (uint16_t)next;
    }
    return SLA_OK;
}

void rule_source_free(struct rule_source *rules)
{
    id_map_free(&rules->base_keys);
}

struct open_source rule_source_open(struct rule_source *rules)
{
    return (struct open_source){rules, key_of_days, spans_of_day, &rules->failed};
}
