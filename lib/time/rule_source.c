/* SPDX-License-Identifier: MIT */
/* When a calendar is open by its own rules: weekly hours, seasons, dates with hours of their own,
 * read on the local wall clock (C1) and told by instants; and closures, taken away last (C3). */
#include "time/rule_source.h"

#include "base/sort.h"

#include <string.h>

/* The change in force at an instant. */
static size_t seek(struct rule_source *rules, sla_time at)
{
    rules->change_cursor = zone_change_seek(rules->zone, at, rules->change_cursor);
    return rules->change_cursor;
}

size_t rule_source_exception(struct rule_source *rules, sla_date date)
{
    size_t at = rules->exception_cursor;
    while (at > 0 && rules->exceptions[at - 1].date >= date)
        at--;
    while (at < rules->exception_count && rules->exceptions[at].date < date)
        at++;
    rules->exception_cursor = at;
    return at;
}

/* C3: the date's own hours, or those that its weekday has in the week in force. */
static const struct date_hours *hours_of(struct rule_source *rules, sla_date date)
{
    size_t at = rule_source_exception(rules, date);
    if (at < rules->exception_count && rules->exceptions[at].date == date)
        return &rules->exceptions[at];
    size_t season = seasons_seek(&rules->seasons, date, rules->season_cursor);
    rules->season_cursor = season;
    return &rules->weeks[rules->seasons.changes[season].week].days[weekday_of(date)];
}

size_t rule_source_closure(struct rule_source *rules, sla_time at)
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
    size_t at = rules->closure_count == 0 ? 0 : rule_source_closure(rules, open);
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
    sla_time start;
    if (zone_dates_are_plain_seek(rules->zone, date, 1, &rules->change_cursor, &start)) {
        mark(rules, start, start + SECONDS_PER_DAY, 0);
        return;
    }
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

static bool hours_equal(const struct date_hours *a, const struct date_hours *b)
{
    return a->count == b->count &&
           (a->count == 0 || memcmp(a->hours, b->hours, a->count * sizeof *a->hours) == 0);
}

/* Numbers for the exceptions' hours: equal ones for equal hours. */
static bool number_hours(struct rule_source *rules, struct arena *arena)
{
    const struct date_hours *known[HOURS_NUMBERS - 1];
    size_t count = 0;
    uint8_t *numbers = arena_new(arena, rules->exception_count + 1);
    if (numbers == NULL)
        return false;
    for (size_t i = 0; i < rules->exception_count; i++) {
        const struct date_hours *hours = &rules->exceptions[i];
        size_t number = 0;
        while (number < count && !hours_equal(known[number], hours))
            number++;
        if (number == count && count < HOURS_NUMBERS - 1)
            known[count++] = hours;
        numbers[i] = (uint8_t)(number < count ? number + 1 : 0);
    }
    rules->hours_numbers = numbers;
    return true;
}

sla_status rule_source_init(struct rule_source *rules, struct arena *arena,
                            const struct closure *closures, size_t closure_count)
{
    rules->base_keys.allocator = &arena->allocator;
    rules->irregular = arena_new(arena, IRREGULAR_WEEKS);
    rules->next_irregular = arena_new(arena, IRREGULAR_WEEKS * sizeof *rules->next_irregular);
    if (rules->irregular == NULL || rules->next_irregular == NULL ||
        !take_closures(rules, arena, closures, closure_count) || !number_hours(rules, arena))
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
    return (struct open_source){rules, rule_source_key, spans_of_day, &rules->failed};
}
