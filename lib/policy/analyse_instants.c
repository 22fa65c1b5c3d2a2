/* SPDX-License-Identifier: MIT */
/* When incidents are opened, as far as a policy asks: between the dates of agreements, and with
 * these calendars open and those closed. Each way in which that can really be has an instant. */
#include "policy/analyse_space.h"

#include "time/ways.h"
#include "time/zone.h"

#include <stdlib.h>

#define DATES_ASKED_MAX 4096u
#define NEAR ((sla_time)1767225600) /* 2026-01-01: examples from there on are easier to read */
#define WAYS_MAX 65536u

static void add_ways(struct analysis *analysis, struct ways *ways, sla_time from, sla_time until)
{
    struct build *build = analysis->build;
    const struct way *found;
    size_t count;
    sla_status status = ways_find(ways, from, until, &found, &count);
    if (status == SLA_ERROR_MEMORY)
        build_fail(build, status);
    if (status != SLA_OK) {
        analysis->slots[0].lost = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct space_value value = {.kind = SPACE_LISTED, .at = found[i].at,
                                    .open = found[i].open};
        if (!array_push(&build->allocator, &analysis->slots[0].values, value))
            build_fail(build, SLA_ERROR_MEMORY);
    }
}

/* All ways in which calendars are open and closed between two instants. */
static void add_stretch(struct analysis *analysis, struct ways *ways, sla_time from,
                        sla_time until)
{
    ways_forget(ways);
    if (from < NEAR && NEAR < until) {
        add_ways(analysis, ways, NEAR, until);
        until = NEAR;
    }
    add_ways(analysis, ways, from, until);
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
    size_t count = analysis->dates.count, calendar_count = analysis->calendars.count;
    const sla_calendar *calendars[WAYS_CALENDARS_MAX];
    if (calendar_count > WAYS_CALENDARS_MAX || count > DATES_ASKED_MAX ||
        (count + 1) << calendar_count > WAYS_MAX) {
        slot->lost = true;
        return;
    }
    for (size_t i = 0; i < calendar_count; i++)
        calendars[i] = analysis->compile->calendars.items[analysis->calendars.items[i]];
    struct ways *ways = ways_new(&analysis->build->work, calendars, (uint32_t)calendar_count);
    if (ways == NULL) {
        build_fail(analysis->build, SLA_ERROR_MEMORY);
        return;
    }
    if (count > 0)
        qsort(analysis->dates.items, count, sizeof *analysis->dates.items, by_date);
    sla_time from = SLA_TIME_MIN;
    for (size_t i = 0; i <= count && !slot->lost; i++) {
        sla_time until = i == count ? SLA_TIME_MAX + 1 : start_of(zone, analysis->dates.items[i]);
        if (from < until)
            add_stretch(analysis, ways, from, until);
        from = until > from ? until : from;
    }
    ways_free(ways);
}
