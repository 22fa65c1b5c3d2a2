/* SPDX-License-Identifier: MIT */
/* Engines driven through logs. */
#include "engine_court.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool court_fail(struct court *court, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(court->message, sizeof court->message, format, values);
    va_end(values);
    return false;
}

bool court_agrees(struct court *court, const char *what)
{
    const struct run *wanted = court->wanted, *got = &court->got;
    long index = run_differ(wanted, got);
    if (index >= 0)
        return court_fail(court, "%s: event %ld differs", what, index);
    if (memcmp(wanted->statuses, got->statuses, sizeof got->statuses) != 0)
        return court_fail(court, "%s: the events are the same, a status differs", what);
    index = run_clocks_differ(wanted, got);
    if (index >= 0)
        return court_fail(court, "%s: the events are the same, clock %ld differs", what, index);
    return true;
}

bool court_chance(struct court *court, int percent)
{
    return random_between(&court->random, 0, 99) < percent;
}

/* From inside a callback questions work, and changes are refused as busy (E6). */
static void look_around(struct drive *drive, const sla_event *event)
{
    sla_clock clock = {.size = sizeof clock};
    sla_engine *engine = drive->engine;
    sla_status status = sla_engine_clock(engine, &event->incident, event->kind,
                                         event->metric_index, &clock);
    drive->broken = drive->broken || status != SLA_OK ||
                    sla_engine_advance(engine, SLA_TIME_MAX) != SLA_ERROR_BUSY ||
                    sla_engine_deliver(engine) != SLA_ERROR_BUSY ||
                    sla_engine_event_done(engine) != SLA_ERROR_BUSY ||
                    sla_engine_events_done(engine, 1) != SLA_ERROR_BUSY;
}

static int32_t take(void *user, const sla_event *event)
{
    struct drive *drive = user;
    if (drive->looks_around)
        look_around(drive, event);
    if (drive->refused != 0 && drive->refused != event->id[0])
        drive->broken = true; /* the refused event is first in line again */
    if (drive->refuses > 0 && court_chance(drive->court, drive->refuses)) {
        drive->refused = event->id[0];
        return 1;
    }
    drive->refused = 0;
    run_note(drive->run, event, sla_engine_now(drive->engine));
    return 0;
}

static void rearm(void *user, sla_time next_due)
{
    struct drive *drive = user;
    drive->rearmed = next_due;
    drive->rearms++;
}

void drive_replace(struct drive *drive)
{
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_rearm = rearm, .user = drive};
    callbacks.on_event = drive->pulls ? NULL : take;
    sla_engine_free(drive->engine);
    drive->rearmed = SLA_TIME_NEVER;
    if (sla_engine_new(drive->policy, &callbacks, NULL, &drive->engine) != SLA_OK) {
        printf("Bail out! no memory for an engine\n");
        exit(2);
    }
}

void drive_open(struct drive *drive, struct court *court, const struct log *log, struct run *run)
{
    drive->court = court;
    drive->policy = court->policy;
    drive->log = log;
    drive->run = run;
    drive->engine = NULL;
    drive_replace(drive);
}

void drive_close(struct drive *drive)
{
    sla_engine_free(drive->engine);
    drive->engine = NULL;
}

void drive_deliver(struct drive *drive, bool all)
{
    sla_event event = {.size = sizeof event};
    sla_status status = SLA_DELIVERY_REFUSED;
    if (!drive->pulls) {
        for (int i = 0; status == SLA_DELIVERY_REFUSED && (all || i < 2); i++)
            status = sla_engine_deliver(drive->engine);
        return;
    }
    if (drive->by_columns) {
        columns_drain(drive, all);
        return;
    }
    while (sla_engine_next_event(drive->engine, &event) == SLA_OK &&
           (all || court_chance(drive->court, 70))) {
        run_note(drive->run, &event, sla_engine_now(drive->engine));
        sla_engine_event_done(drive->engine);
    }
}

void drive_update(struct drive *drive, int32_t index)
{
    sla_attribute attributes[LOG_CHANGES];
    sla_update update =
        log_update_of(&drive->log->updates[index], drive->policy, attributes);
    drive->run->call = index;
    sla_status status = sla_engine_update(drive->engine, &update);
    if (status == SLA_DELIVERY_REFUSED) /* which is told before an unknown severity */
        status = drive->court->reference.statuses[index];
    drive->run->statuses[index] = status;
    if (drive->pulls && !drive->is_lazy)
        drive_deliver(drive, true);
}

bool drive_advance(struct drive *drive, sla_time at)
{
    sla_status status = sla_engine_advance(drive->engine, at);
    if (drive->pulls && !drive->is_lazy)
        drive_deliver(drive, true);
    return status == SLA_OK || status == SLA_DELIVERY_REFUSED;
}

void drive_finish(struct drive *drive)
{
    drive->run->call = drive->log->count;
    sla_status status = sla_engine_advance(drive->engine, drive->log->until);
    drive->run->statuses[drive->log->count] = status == SLA_DELIVERY_REFUSED ? SLA_OK : status;
    drive_deliver(drive, true);
    run_note_clocks(drive->run, drive->engine);
    drive_close(drive);
}

void court_run(struct court *court, const struct log *log, struct run *run)
{
    struct drive drive = {.refuses = 0};
    run_clear(run);
    drive_open(&drive, court, log, run);
    for (int32_t i = 0; i < log->count; i++)
        drive_update(&drive, i);
    drive_finish(&drive);
}
