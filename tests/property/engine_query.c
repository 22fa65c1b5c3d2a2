/* SPDX-License-Identifier: MIT */
/* Laws of queries: a filter finds what it says, and one clock asked for is the one in the list. */
#include "engine_court.h"

#include <string.h>

static bool same_text(sla_text a, sla_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static bool wanted(const sla_clock_filter *filter, const sla_clock *clock)
{
    return (clock->flags & filter->flags) == filter->flags &&
           (filter->states == 0 || (filter->states >> clock->state & 1) != 0) &&
           (filter->kinds == 0 || (filter->kinds >> clock->kind & 1) != 0) &&
           (filter->incident.length == 0 || same_text(filter->incident, clock->incident)) &&
           (filter->metric.length == 0 || same_text(filter->metric, clock->metric)) &&
           (filter->severity.length == 0 || same_text(filter->severity, clock->severity)) &&
           (filter->agreement.length == 0 || same_text(filter->agreement, clock->agreement)) &&
           (filter->due_before == 0 ||
            (clock->deadline != SLA_TIME_NONE && clock->deadline < filter->due_before));
}

static sla_clock_filter random_filter(struct court *court, const sla_clock *like)
{
    sla_clock_filter filter = {.size = sizeof filter};
    if (court_chance(court, 20))
        filter.flags = like->flags & (uint32_t)random_between(&court->random, 0, 15);
    if (court_chance(court, 40))
        filter.states = 1u << like->state | 1u << random_between(&court->random, 1, 6);
    if (court_chance(court, 30))
        filter.kinds = (uint32_t)random_between(&court->random, 0, 7);
    if (court_chance(court, 30))
        filter.incident = like->incident;
    if (court_chance(court, 30))
        filter.metric = like->metric;
    if (court_chance(court, 20))
        filter.severity = like->severity;
    if (court_chance(court, 20))
        filter.agreement = like->agreement;
    if (court_chance(court, 20) && like->deadline > 0)
        filter.due_before = like->deadline + random_between(&court->random, 0, 1);
    return filter;
}

/* Bytes beside the texts: they are borrowed, and need not be the same pointers. */
static bool same_clock(const sla_clock *a, const sla_clock *b)
{
    sla_clock bare[2] = {*a, *b};
    bool same = same_text(a->incident, b->incident) && same_text(a->agreement, b->agreement) &&
                same_text(a->metric, b->metric) && same_text(a->calendar, b->calendar) &&
                same_text(a->severity, b->severity);
    for (int i = 0; i < 2; i++) {
        bare[i].incident = bare[i].agreement = bare[i].metric = (sla_text){NULL, 0};
        bare[i].calendar = bare[i].severity = (sla_text){NULL, 0};
    }
    return same && memcmp(&bare[0], &bare[1], sizeof bare[0]) == 0;
}

static bool filter_is_kept(struct court *court, const sla_engine *engine,
                           const sla_clock_filter *filter)
{
    sla_clock one = {.size = sizeof one}, found = {.size = sizeof found};
    uint64_t all = 0, cursor = 0;
    while (sla_engine_clocks(engine, &all, &one) == SLA_OK) {
        if (!wanted(filter, &one))
            continue;
        if (sla_engine_find_clocks(engine, filter, &cursor, &found) != SLA_OK ||
            !same_clock(&one, &found))
            return court_fail(court, "a filter finds another clock than the next that it wants");
    }
    return sla_engine_find_clocks(engine, filter, &cursor, &found) == SLA_EMPTY ||
           court_fail(court, "a filter finds a clock too many");
}

static bool holds_filters(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 0};
    bool good = true;
    int32_t calls = (int32_t)random_between(&court->random, 1, log->count);
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; i < calls; i++)
        drive_update(&drive, i);
    sla_clock clock = {.size = sizeof clock}, latest = {.size = sizeof latest};
    uint64_t cursor = 0;
    while (good && sla_engine_clocks(drive.engine, &cursor, &clock) == SLA_OK) {
        sla_clock_filter filter = random_filter(court, &clock);
        good = filter_is_kept(court, drive.engine, &filter);
        sla_status status = sla_engine_clock(drive.engine, &clock.incident, clock.kind,
                                             clock.metric_index, &latest);
        if (status != SLA_OK || latest.cycle < clock.cycle ||
            (latest.cycle == clock.cycle && !same_clock(&latest, &clock)))
            good = court_fail(court, "a clock asked for is not the one in the list");
    }
    drive_close(&drive);
    return good;
}

const struct law query_laws[] = {
    {"a_filter_finds_the_clocks_that_it_says_in_order", LAW_ORDERED | LAW_LATE, 4, holds_filters},
};
const int query_law_count = sizeof query_laws / sizeof query_laws[0];
