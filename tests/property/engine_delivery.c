/* SPDX-License-Identifier: MIT */
/* Laws of delivery (E5, E6): push, pull and refusals tell the same, each fact once. */
#include "engine_court.h"

#include <stdlib.h>
#include <string.h>

static bool run_through(struct court *court, const struct log *log, struct drive *drive,
                        const char *what)
{
    drive_open(drive, court, log, &court->got);
    for (int32_t i = 0; i < log->count; i++) {
        drive_update(drive, i);
        if (court_chance(court, 50))
            drive_deliver(drive, false);
    }
    drive_finish(drive);
    if (drive->broken)
        return court_fail(court, "%s: wrong inside a callback", what);
    return court_agrees(court, what);
}

static bool holds_refused(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 35, .looks_around = true};
    return run_through(court, log, &drive, "pushed, and sometimes refused");
}

static bool holds_pulled(struct court *court, const struct log *log)
{
    struct drive drive = {.pulls = true, .is_lazy = true};
    return run_through(court, log, &drive, "pulled, some events later than others");
}

/* on_rearm is told each change of next_due, and nothing else. */
static bool holds_rearmed(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 20};
    sla_time known = SLA_TIME_NEVER;
    long rearms = 0;
    bool good = true;
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; i < log->count && good; i++) {
        drive_update(&drive, i);
        sla_time due = sla_engine_next_due(drive.engine);
        good = drive.rearms - rearms == (due != known) && drive.rearmed == due;
        rearms = drive.rearms;
        known = due;
        if (!good)
            court_fail(court, "call %d: next_due is %lld, and was told as %lld", i,
                       (long long)due, (long long)drive.rearmed);
    }
    drive_close(&drive);
    return good;
}

static int by_id(const void *a, const void *b)
{
    const struct told *const *x = a, *const *y = b;
    return memcmp((*x)->event.id, (*y)->event.id, sizeof (*x)->event.id);
}

static bool holds_ids(struct court *court, const struct log *log)
{
    const struct run *run = &court->reference;
    const struct told **all = malloc((run->count + 1) * sizeof *all);
    const struct told *twice = NULL;
    (void)log;
    for (size_t i = 0; all != NULL && i < run->count; i++)
        all[i] = &run->told[i];
    if (all != NULL && run->count > 1)
        qsort(all, run->count, sizeof *all, by_id);
    for (size_t i = 1; all != NULL && i < run->count; i++)
        if (by_id(&all[i - 1], &all[i]) == 0)
            twice = all[i];
    free(all);
    if (twice == NULL)
        return true;
    size_t found = 0;
    for (size_t i = 0; i < run->count && found < 2; i++)
        if (memcmp(run->told[i].event.id, twice->event.id, sizeof twice->event.id) == 0)
            court->pair[found++] = run->told[i];
    return court_fail(court, "an id is told twice");
}

const struct law delivery_laws[] = {
    {"refused_events_are_told_again_and_nothing_is_lost", LAW_ORDERED | LAW_LATE, 2,
     holds_refused},
    {"pulled_events_are_those_that_are_pushed", LAW_ORDERED | LAW_LATE, 2, holds_pulled},
    {"on_rearm_tells_each_change_of_next_due", LAW_ORDERED | LAW_LATE, 2, holds_rearmed},
    {"no_id_is_told_twice", LAW_ORDERED | LAW_LATE, 1, holds_ids},
};
const int delivery_law_count = sizeof delivery_laws / sizeof delivery_laws[0];
