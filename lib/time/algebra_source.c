/* SPDX-License-Identifier: MIT */
/* When a calendar made of others is open: intersection, union and complement on instants (C9). */
#include "time/algebra_source.h"

/* The local dates at the ends of T1's range reach out of it, and D2 asks for their openings and
   closings. Members' tables know some days more. */
#define FIRST_INSTANT (SLA_TIME_MIN - 2 * SECONDS_PER_DAY)
#define END_INSTANT (SLA_TIME_MAX + 1 + 2 * SECONDS_PER_DAY)

/* Ends the list of offsets in a key; no offset and no distance is so large. */
#define OFFSETS_END 0x7fffffffu

static void add_list(struct algebra_source *source, struct calendar_list list)
{
    for (size_t i = 0; i < list.count; i++)
        source->members[source->count++] = list.items[i];
}

static size_t members_of(const struct calendar_algebra *algebra)
{
    return algebra->all_of.count + algebra->any_of.count + algebra->none_of.count;
}

sla_status algebra_source_init(struct algebra_source *source, struct arena *arena,
                               const struct calendar_rules *rules, int64_t shift)
{
    const struct calendar_algebra *algebra = rules->algebra;
    size_t count = members_of(algebra);
    *source = (struct algebra_source){.shift = shift, .zone = rules->zone};
    source->pairs.allocator = &arena->allocator;
    source->members = arena_new(arena, (count + 1) * sizeof *source->members);
    source->changes = arena_new(arena, (count + 1) * sizeof *source->changes);
    if (source->members == NULL || source->changes == NULL)
        return SLA_ERROR_MEMORY;
    add_list(source, algebra->all_of);
    add_list(source, algebra->any_of);
    add_list(source, algebra->none_of);
    source->all_count = algebra->all_of.count;
    source->any_count = algebra->any_of.count;
    return SLA_OK;
}

void algebra_source_free(struct algebra_source *source)
{
    id_map_free(&source->pairs);
}

/* The number of a pair; 0 when memory ran out. */
static uint32_t pair_number(struct algebra_source *source, uint32_t first, uint32_t second)
{
    uint64_t key = (uint64_t)first << 32 | second;
    uint32_t number = id_map_find(&source->pairs, key);
    if (number != ID_NONE)
        return number;
    number = (uint32_t)source->pairs.used + 1;
    if (id_map_add(&source->pairs, key, number))
        return number;
    source->failed = true;
    return 0;
}

/* What a member's tables have for its table days [day, end), the largest shared parts one behind
   the other, as a number; 0 when memory ran out. */
static uint32_t add_parts(struct algebra_source *source, uint32_t number,
                          const struct calendar_tables *tables, uint32_t day, uint32_t end)
{
    while (day < end && !source->failed) {
        uint32_t days = 1;
        if (day % PAGE_DAYS == 0 && end - day >= PAGE_DAYS)
            days = PAGE_DAYS;
        else if (day % 7 == 0 && end - day >= 7)
            days = 7;
        number = pair_number(source, number, tables_part(tables, day, days));
        day += days;
    }
    return number;
}

/* Where local dates begin in [from, to): the offset there, and every change of it. */
static uint32_t add_offsets(struct algebra_source *source, uint32_t number, sla_time from,
                            sla_time to)
{
    const struct zone *zone = source->zone;
    size_t index = zone_change_seek(zone, from, source->change_cursor);
    source->change_cursor = index;
    number = pair_number(source, number, (uint32_t)zone->changes[index].offset);
    while (++index < zone->change_count && zone->changes[index].at < to && !source->failed) {
        number = pair_number(source, number, (uint32_t)(zone->changes[index].at - from));
        number = pair_number(source, number, (uint32_t)zone->changes[index].offset);
    }
    return pair_number(source, number, OFFSETS_END);
}

/* Members have the same parts there, each at the same distance from the stretch, and local dates
   begin alike: not for the hours, but for the question which dates are open. */
static uint64_t key_of_days(void *self, int32_t day, int32_t days)
{
    struct algebra_source *source = self;
    sla_time from = (int64_t)day * SECONDS_PER_DAY - source->shift;
    sla_time to = from + (int64_t)days * SECONDS_PER_DAY;
    if (from < FIRST_INSTANT || to > END_INSTANT)
        return 0; /* cut at the ends of the range: see spans_of_day() */
    uint32_t number = add_offsets(source, 0, from, to);
    for (size_t i = 0; i < source->count && !source->failed; i++) {
        const struct calendar_tables *tables = &source->members[i]->tables;
        uint32_t first = (uint32_t)((from + tables->shift) / SECONDS_PER_DAY);
        uint32_t last = (uint32_t)((to - 1 + tables->shift) / SECONDS_PER_DAY);
        number = add_parts(source, number, tables, first, last + 1);
    }
    return source->failed ? 0 : number;
}

static bool is_open(const struct algebra_source *source, sla_time at)
{
    size_t i = 0;
    for (; i < source->all_count; i++)
        if (!calendar_is_open(source->members[i], at))
            return false;
    bool any = source->any_count == 0;
    for (; i < source->all_count + source->any_count; i++)
        any = any || calendar_is_open(source->members[i], at);
    for (; any && i < source->count; i++)
        any = !calendar_is_open(source->members[i], at);
    return any;
}

/* The first instant behind `at` at which a member opens or closes; what was found stays found
   until it is passed. */
static sla_time next_change(struct algebra_source *source, sla_time at)
{
    sla_time next = SLA_TIME_NEVER;
    for (size_t i = 0; i < source->count; i++) {
        if (source->changes[i] <= at)
            source->changes[i] = tables_next_change(&source->members[i]->tables, at);
        if (source->changes[i] < next)
            next = source->changes[i];
    }
    return next;
}

static void spans_of_day(void *self, int32_t day, struct span_list *out)
{
    struct algebra_source *source = self;
    sla_time start = (int64_t)day * SECONDS_PER_DAY - source->shift;
    sla_time end = start + SECONDS_PER_DAY;
    sla_time at = start < FIRST_INSTANT ? FIRST_INSTANT : start;
    if (end > END_INSTANT)
        end = END_INSTANT;
    for (size_t i = 0; i < source->count; i++)
        source->changes[i] = SLA_TIME_NONE;
    while (at < end) {
        sla_time next = next_change(source, at);
        if (next > end)
            next = end;
        if (is_open(source, at))
            span_list_add(out, (uint32_t)(at - start), (uint32_t)(next - start));
        at = next;
    }
}

struct open_source algebra_source_open(struct algebra_source *source)
{
    return (struct open_source){source, key_of_days, spans_of_day, &source->failed};
}

/* C10: an answer is provisional when one of the members' is. Of each zone the first end counts. */
static void add_ends(struct data_end *ends, size_t *count, const sla_calendar *member)
{
    for (size_t i = 0; i < member->end_count; i++) {
        size_t at = 0;
        while (at < *count && ends[at].zone != member->ends[i].zone)
            at++;
        if (at == *count)
            ends[(*count)++] = member->ends[i];
        else if (member->ends[i].through < ends[at].through)
            ends[at].through = member->ends[i].through;
    }
}

sla_status algebra_keep(struct arena *arena, struct arena *scratch,
                        const struct calendar_algebra *algebra, sla_calendar *calendar)
{
    const struct calendar_list *lists[] = {&algebra->all_of, &algebra->any_of, &algebra->none_of};
    size_t count = 0, ends = 0;
    const struct kept_days **kept = arena_new(scratch, (members_of(algebra) + 1) * sizeof *kept);
    if (kept == NULL)
        return SLA_ERROR_MEMORY;
    for (size_t l = 0; l < 3; l++) {
        for (size_t i = 0; i < lists[l]->count; i++) {
            kept[count++] = &lists[l]->items[i]->kept;
            ends += lists[l]->items[i]->end_count;
        }
    }
    struct data_end *all = arena_new(scratch, (ends + 1) * sizeof *all);
    if (all == NULL)
        return SLA_ERROR_MEMORY;
    ends = 0;
    for (size_t l = 0; l < 3; l++)
        for (size_t i = 0; i < lists[l]->count; i++)
            add_ends(all, &ends, lists[l]->items[i]);
    if (ends > 0) {
        calendar->ends = arena_copy(arena, all, ends * sizeof *all);
        if (calendar->ends == NULL)
            return SLA_ERROR_MEMORY;
        calendar->end_count = ends;
    }
    return kept_days_of_members(arena, kept, count, &calendar->kept);
}
