/* SPDX-License-Identifier: MIT */
/* When incidents are opened, as far as a policy asks: between the dates of agreements, and with
 * these calendars open and those closed. Each way in which that can really be has an instant. */
#include "policy/analyse_space.h"

#include "time/zone.h"

#include <stdlib.h>

#define CALENDARS_ASKED_MAX 12u
#define DATES_ASKED_MAX 4096u
#define NEAR ((sla_time)1767225600) /* 2026-01-01: examples from there on are easier to read */
#define OPENINGS_MAX 1500000u /* that are asked for: all of 1970 to 2199 for three calendars */
#define OPENINGS_SEVERAL 100000u /* the same for more calendars: some years */
#define WAYS_MAX 65536u

struct walk {
    struct analysis *analysis;
    uint32_t steps;
    bool *seen; /* which of the ways a stretch of dates has */
    size_t found;
    bool is_cut; /* what was not seen may still be */
};

static const sla_calendar *calendar_at(const struct walk *walk, size_t index)
{
    return walk->analysis->compile->calendars.items[walk->analysis->calendars.items[index]];
}

static void add_instant(struct analysis *analysis, sla_time at, uint32_t open, bool doubtful)
{
    struct space_value value = {.kind = SPACE_LISTED, .at = at, .open = open,
                                .doubtful = doubtful};
    if (!array_push(&analysis->build->allocator, &analysis->slots[0].values, value))
        build_fail(analysis->build, SLA_ERROR_MEMORY);
}

/* Which calendars are open, as bits, and the next instant at which one opens or closes. */
static uint32_t look(const struct walk *walk, sla_time at, sla_time *out_next)
{
    uint32_t open = 0;
    *out_next = SLA_TIME_MAX + 1;
    for (size_t i = 0; i < walk->analysis->calendars.count; i++) {
        sla_time next;
        bool is_open = calendar_is_open(calendar_at(walk, i), at);
        open |= (uint32_t)is_open << i;
        if ((is_open ? calendar_next_close(calendar_at(walk, i), at, &next)
                     : calendar_next_open(calendar_at(walk, i), at, &next)) == SLA_OK &&
            next < *out_next)
            *out_next = next;
    }
    return open;
}

static void walk_on(struct walk *walk, sla_time from, sla_time until)
{
    struct analysis *analysis = walk->analysis;
    size_t ways = (size_t)1 << analysis->calendars.count;
    while (from < until && walk->found < ways && !analysis->slots[0].lost) {
        sla_time next;
        walk->steps += (uint32_t)analysis->calendars.count;
        if (walk->steps > (analysis->calendars.count > 3 ? OPENINGS_SEVERAL : OPENINGS_MAX)) {
            walk->is_cut = true;
            return;
        }
        uint32_t open = look(walk, from, &next);
        if (!walk->seen[open]) {
            walk->seen[open] = true;
            walk->found++;
            add_instant(analysis, from, open, false);
        }
        from = next;
    }
}

/* All ways in which calendars are open and closed between two instants; those of which it was not
   seen that they can be are doubtful. */
static void walk_over(struct walk *walk, sla_time from, sla_time until)
{
    size_t ways = (size_t)1 << walk->analysis->calendars.count;
    sla_time first = from;
    memset(walk->seen, 0, ways * sizeof *walk->seen);
    walk->found = 0;
    if (from < NEAR && NEAR < until) {
        walk_on(walk, NEAR, until);
        until = NEAR;
    }
    walk_on(walk, from, until);
    for (uint32_t way = 0; walk->is_cut && way < ways; way++)
        if (!walk->seen[way])
            add_instant(walk->analysis, first, way, true);
}

static int by_date(const void *a, const void *b)
{
    sla_date first = *(const sla_date *)a, second = *(const sla_date *)b;
    return first < second ? -1 : first > second;
}

/* The first instant that has this local date or a later one. */
static sla_time start_of(const struct zone *zone, sla_date date)
{
    struct zone_piece piece;
    for (; date <= DATE_MAX; date++)
        if (zone_date_pieces(zone, date, &piece, 1) > 0)
            return piece.from < SLA_TIME_MIN ? SLA_TIME_MIN : piece.from;
    return SLA_TIME_MAX + 1;
}

void space_instants(struct analysis *analysis)
{
    const struct zone *zone = analysis->compile->policy->zone;
    struct space_slot *slot = &analysis->slots[0];
    size_t count = analysis->dates.count;
    struct walk walk = {.analysis = analysis};
    if (analysis->calendars.count > CALENDARS_ASKED_MAX || count > DATES_ASKED_MAX ||
        (count + 1) << analysis->calendars.count > WAYS_MAX) {
        slot->lost = true;
        return;
    }
    walk.seen = build_array(analysis->build, (size_t)1 << analysis->calendars.count,
                            sizeof *walk.seen);
    if (walk.seen == NULL)
        return;
    if (count > 0)
        qsort(analysis->dates.items, count, sizeof *analysis->dates.items, by_date);
    sla_time from = SLA_TIME_MIN;
    for (size_t i = 0; i <= count && !slot->lost; i++) {
        sla_time until = i == count ? SLA_TIME_MAX + 1 : start_of(zone, analysis->dates.items[i]);
        if (from < until)
            walk_over(&walk, from, until);
        from = until > from ? until : from;
    }
}
