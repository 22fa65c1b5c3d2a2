/* SPDX-License-Identifier: MIT */
/* The walk over openings and closings of several calendars. */
#include "time/ways.h"

#include "time/calendar_tables.h"
#include "time/id_map.h"

#define CHANGES_MAX 500000u /* that are walked; some thousands are usual */

struct ways {
    const struct calendar_tables *tables[WAYS_CALENDARS_MAX];
    uint32_t count;
    uint32_t changes; /* walked so far */
    uint32_t stretch; /* weeks and days are compared within one alone: there all begin alike */
    bool failed;      /* memory ran out */
    bool *seen;       /* by the bits of a way */
    struct way *found; /* since ways_forget() */
    size_t found_count;
    struct id_map pairs;
};

struct ways *ways_new(struct arena *arena, const sla_calendar *const *calendars, uint32_t count)
{
    struct ways *ways = arena_new(arena, sizeof *ways);
    size_t most = (size_t)1 << count;
    if (ways == NULL)
        return NULL;
    *ways = (struct ways){.count = count, .pairs = {.allocator = &arena->allocator}};
    for (uint32_t i = 0; i < count; i++)
        ways->tables[i] = &calendars[i]->tables;
    ways->seen = arena_new(arena, most * sizeof *ways->seen);
    ways->found = arena_new(arena, most * sizeof *ways->found);
    if (ways->seen == NULL || ways->found == NULL)
        return NULL;
    ways_forget(ways);
    return ways;
}

void ways_free(struct ways *ways)
{
    id_map_free(&ways->pairs);
}

void ways_forget(struct ways *ways)
{
    memset(ways->seen, 0, ((size_t)1 << ways->count) * sizeof *ways->seen);
    ways->found_count = 0;
}

/* The number of a pair, from 1 on: equal pairs, and no others, have equal numbers. */
static uint32_t pair_number(struct ways *ways, uint32_t first, uint32_t second)
{
    uint64_t key = (uint64_t)first << 32 | second;
    uint32_t number = id_map_find(&ways->pairs, key);
    if (number != ID_NONE)
        return number;
    number = (uint32_t)ways->pairs.used + 1;
    ways->failed = !id_map_add(&ways->pairs, key, number) || ways->failed;
    return number;
}

/* Are these so many days (1 or 7) the first of the stretch in which the calendars are open so?
   What begins within a day or a week of a calendar's tables lies in two of them. */
static bool is_new(struct ways *ways, sla_time from, uint32_t days)
{
    size_t before = ways->pairs.used;
    uint32_t number = pair_number(ways, 0, 8 * ways->stretch + days);
    for (uint32_t i = 0; i < ways->count; i++) {
        sla_time second = from + ways->tables[i]->shift;
        uint32_t day = (uint32_t)(second / SECONDS_PER_DAY);
        uint32_t last = (uint32_t)((second + days * SECONDS_PER_DAY - 1) / SECONDS_PER_DAY);
        for (day -= day % days; day <= last; day += days)
            number = pair_number(ways, number, tables_part(ways->tables[i], day, days));
    }
    return ways->pairs.used != before;
}

/* Every opening and closing between two instants. */
static void walk(struct ways *ways, sla_time from, sla_time until)
{
    sla_time changes[WAYS_CALENDARS_MAX];
    for (uint32_t i = 0; i < ways->count; i++)
        changes[i] = SLA_TIME_NONE;
    while (from < until) {
        uint32_t open = 0;
        sla_time next = until;
        for (uint32_t i = 0; i < ways->count; i++) {
            open |= (uint32_t)tables_is_open(ways->tables[i], from) << i;
            if (changes[i] <= from)
                changes[i] = tables_next_change(ways->tables[i], from);
            next = changes[i] < next ? changes[i] : next;
        }
        if (!ways->seen[open])
            ways->found[ways->found_count++] = (struct way){from, open, 0};
        ways->seen[open] = true;
        ways->changes++;
        from = next;
    }
}

sla_status ways_find(struct ways *ways, sla_time from, sla_time until, const struct way **out,
                     size_t *out_count)
{
    size_t before = ways->found_count, most = (size_t)1 << ways->count;
    bool in_new_week = true;
    ways->stretch++;
    for (uint32_t day = 0; from < until && ways->found_count < most; day++) {
        sla_time end = from + SECONDS_PER_DAY;
        if (day % 7 == 0) /* it may end behind `until`: no other comes then */
            in_new_week = is_new(ways, from, 7);
        if (!in_new_week) {
            from += SECONDS_PER_WEEK;
            day += 6;
            continue;
        }
        if (is_new(ways, from, 1))
            walk(ways, from, end < until ? end : until);
        if (ways->changes > CHANGES_MAX)
            return SLA_ERROR_LIMIT;
        from = end;
    }
    if (ways->failed)
        return SLA_ERROR_MEMORY;
    *out = ways->found + before;
    *out_count = ways->found_count - before;
    return SLA_OK;
}
