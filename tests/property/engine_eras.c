/* SPDX-License-Identifier: MIT */
/* The law of another policy (E9): what binding new targets does is what an attribute does that
 * chooses between the old ones and the new ones (K8). */
#include "engine_court.h"

#include <sla/state.h>
#include <string.h>

/* Both policies in one: from `calls` on every update says that the second era has come. */
static sla_status update_both(struct drive *drive, int32_t index, bool is_second)
{
    sla_attribute attributes[LOG_CHANGES + 1];
    sla_update update = log_update_of(&drive->log->updates[index], drive->policy, attributes);
    if (is_second)
        attributes[update.attribute_count++] =
            (sla_attribute){.name = {"era", 3}, .value = {"2", 1}};
    drive->run->call = index;
    return sla_engine_update(drive->engine, &update);
}

/* The second era comes for everybody who is there, in the order in which they came. */
static bool begin_second_era(struct drive *drive, int32_t calls, sla_time at)
{
    bool seen[LOG_INCIDENTS] = {false};
    sla_attribute era = {.name = {"era", 3}, .value = {"2", 1}};
    for (int32_t i = 0; i < calls; i++) {
        int32_t incident = drive->log->updates[i].incident;
        if (seen[incident] || drive->run->statuses[i] < 0)
            continue;
        seen[incident] = true;
        sla_update update = {.size = sizeof update, .incident = log_incident(incident),
                             .event = {"", 0}, .attributes = &era, .attribute_count = 1, .at = at};
        if (sla_engine_update(drive->engine, &update) < 0)
            return false;
    }
    return true;
}

/* Lines and fingerprints are those of other texts. */
static void drop_places(struct run *run)
{
    for (size_t i = 0; i < run->count; i++)
        run->told[i].event.line = 0;
    for (size_t i = 0; i < run->clock_count; i++) {
        run->clocks[i].clock.line = 0;
        memset(run->clocks[i].clock.fingerprint, 0, sizeof run->clocks[i].clock.fingerprint);
    }
}

static bool holds_eras(struct court *court, const struct log *log)
{
    struct drive bound = {.refuses = 0}, both = {.refuses = 0};
    if (court->second == NULL)
        return true;
    int32_t calls = (int32_t)random_between(&court->random, 1, log->count);
    sla_time from = log->updates[calls - 1].at;
    sla_time to = calls < log->count ? log->updates[calls].at : log->until;
    sla_time at = court_chance(court, 30) || to < from ? from
                                                       : random_between(&court->random, from, to);
    run_clear(&court->part);
    drive_open(&bound, court, log, &court->got);
    drive_open(&both, court, log, &court->part);
    both.policy = court->both;
    drive_replace(&both);
    for (int32_t i = 0; i < log->count; i++) {
        if (i == calls)
            break;
        drive_update(&bound, i);
        court->part.statuses[i] = update_both(&both, i, false);
    }
    drive_advance(&bound, at);
    drive_advance(&both, at);
    sla_status status = sla_engine_bind(bound.engine, court->second, NULL);
    bool good = begin_second_era(&both, calls, at);
    bound.policy = court->second;
    for (int32_t i = calls; i < log->count; i++) {
        drive_update(&bound, i);
        court->part.statuses[i] = update_both(&both, i, true);
    }
    drive_finish(&bound);
    drive_finish(&both);
    if (status == SLA_ERROR_RANGE || !good || run_left_the_range(&court->got, log->count))
        return true;
    if (status < 0)
        return court_fail(court, "bound after call %d: %s", calls - 1, sla_status_name(status));
    drop_places(&court->got);
    drop_places(&court->part);
    court->wanted = &court->part;
    long index = run_differ(&court->part, &court->got);
    long clock = run_clocks_differ(&court->part, &court->got);
    return (index < 0 && clock < 0) ||
           court_fail(court, "bound at %lld, after call %d: %s %ld is not as by an attribute",
                      (long long)at, calls - 1, index >= 0 ? "event" : "clock",
                      index >= 0 ? index : clock);
}

const struct law era_laws[] = {
    {"binding_new_targets_does_what_an_attribute_does_that_chooses_them", LAW_ORDERED, 1,
     holds_eras},
};
const int era_law_count = sizeof era_laws / sizeof era_laws[0];
