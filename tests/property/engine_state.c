/* SPDX-License-Identifier: MIT */
/* The crash law (E8): whatever is saved between two updates, the whole engine or one incident, goes
 * on elsewhere as if nothing had happened. Events that wait are among what is saved. */
#include "engine_court.h"

#include <sla/state.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of their own, so that reading past their end is found. */
struct saved {
    void *bytes;
    size_t size;
};

static struct saved copy_of(sla_state *state)
{
    struct saved saved = {NULL, 0};
    const void *bytes = NULL;
    sla_state_bytes(state, &bytes, &saved.size);
    saved.bytes = malloc(saved.size + (saved.size == 0));
    if (saved.bytes == NULL) {
        printf("Bail out! no memory for a state\n");
        exit(2);
    }
    if (saved.size > 0)
        memcpy(saved.bytes, bytes, saved.size);
    sla_state_free(state);
    return saved;
}

static struct saved save(const sla_engine *engine)
{
    sla_state *state = NULL;
    if (sla_engine_save(engine, &state) != SLA_OK)
        return (struct saved){NULL, 0};
    return copy_of(state);
}

static bool same_bytes(const struct saved *a, const struct saved *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* The engine ends, and another one takes its place. */
static bool crash(struct drive *drive)
{
    struct saved first = save(drive->engine);
    sla_time due = sla_engine_next_due(drive->engine), now = sla_engine_now(drive->engine);
    drive_replace(drive);
    sla_status status = sla_engine_load(drive->engine, first.bytes, first.size, 0, NULL);
    struct saved second = save(drive->engine);
    bool good = true;
    if (first.bytes == NULL || second.bytes == NULL)
        good = court_fail(drive->court, "cannot be saved");
    else if (status < 0)
        good = court_fail(drive->court, "cannot be restored: %s", sla_status_name(status));
    else if (sla_engine_next_due(drive->engine) != due || sla_engine_now(drive->engine) != now)
        good = court_fail(drive->court, "restored, next_due or now are not what they were");
    else if (drive->refuses == 0 && !same_bytes(&first, &second)) /* loading has delivered some */
        good = court_fail(drive->court, "%zu bytes, and %zu others when it is saved again",
                          first.size, second.size);
    free(first.bytes);
    free(second.bytes);
    return good;
}

static bool run_with_crashes(struct court *court, const struct log *log, struct drive *drive)
{
    bool good = true;
    drive_open(drive, court, log, &court->got);
    for (int32_t i = 0; good && i < log->count; i++) {
        drive_update(drive, i);
        if (court_chance(court, 30))
            drive_deliver(drive, false);
        if (court_chance(court, 50))
            good = crash(drive);
    }
    if (!good) {
        drive_close(drive);
        return false;
    }
    drive_finish(drive);
    return court_agrees(court, "saved and restored between updates");
}

static bool holds_crash(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 0};
    return run_with_crashes(court, log, &drive);
}

static bool holds_waiting(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 40};
    if (court_chance(court, 50))
        drive = (struct drive){.pulls = true, .is_lazy = true,
                               .by_columns = court_chance(court, 50)};
    return run_with_crashes(court, log, &drive);
}

/* An incident's bytes, put back where they come from or into another engine with others in it. */
static sla_status hand_over(const sla_engine *from, sla_engine *to, int32_t incident)
{
    sla_text id = log_incident(incident);
    sla_state *state = NULL;
    sla_status status = sla_engine_save_incident(from, &id, &state);
    if (status != SLA_OK)
        return status;
    struct saved saved = copy_of(state);
    status = sla_engine_load(to, saved.bytes, saved.size, 0, NULL);
    free(saved.bytes);
    return status;
}

static bool has_come(const struct log *log, const struct run *run, int32_t incident, int32_t calls)
{
    for (int32_t i = 0; i < calls; i++)
        if (log->updates[i].incident == incident && run->statuses[i] >= 0)
            return true;
    return false;
}

/* Its incidents go to a second engine one by one, and there they live on. */
static bool holds_moved(struct court *court, const struct log *log)
{
    struct drive from = {.refuses = 0}, to = {.refuses = 0};
    bool moved[LOG_INCIDENTS] = {false}, good = true;
    drive_open(&from, court, log, &court->got);
    drive_open(&to, court, log, &court->got);
    for (int32_t i = 0; good && i < log->count; i++) {
        int32_t incident = log->updates[i].incident;
        drive_advance(&from, log->updates[i].at);
        drive_advance(&to, log->updates[i].at);
        drive_update(moved[incident] ? &to : &from, i);
        int32_t next = (int32_t)random_between(&court->random, 0, LOG_INCIDENTS - 1);
        if (moved[next] || !has_come(log, &court->got, next, i + 1) || !court_chance(court, 40))
            continue;
        sla_text id = log_incident(next);
        good = hand_over(from.engine, to.engine, next) == SLA_OK &&
               sla_engine_forget(from.engine, &id) == SLA_OK;
        moved[next] = true;
    }
    court->got.call = log->count;
    drive_advance(&from, log->until);
    drive_advance(&to, log->until);
    drive_close(&from);
    drive_close(&to);
    if (!good)
        return court_fail(court, "an incident cannot be moved");
    for (int32_t incident = 0; incident < LOG_INCIDENTS; incident++) {
        static struct run mine;
        run_take(&court->part, &court->reference, incident, false);
        run_take(&mine, &court->got, incident, false);
        long index = run_differ(&court->part, &mine);
        if (index < 0)
            continue;
        court->wanted = &court->part;
        run_take(&court->got, &mine, incident, false);
        return court_fail(court, "moved to another engine: event %ld of (%d) differs", index,
                          incident);
    }
    return true;
}

static bool holds_put_back(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 0};
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; i < log->count; i++) {
        drive_update(&drive, i);
        sla_status status = court->got.statuses[i];
        if (status >= 0 && court_chance(court, 50))
            status = hand_over(drive.engine, drive.engine, log->updates[i].incident);
        if (status < 0 && status != court->got.statuses[i]) {
            drive_close(&drive);
            return court_fail(court, "call %d: %s", i, sla_status_name(status));
        }
    }
    drive_finish(&drive);
    return court_agrees(court, "an incident replaced by its own bytes");
}

const struct law state_laws[] = {
    {"saved_and_restored_an_engine_goes_on_as_if_it_never_stopped", LAW_ORDERED | LAW_LATE, 1,
     holds_crash},
    {"events_that_wait_are_restored_too", LAW_ORDERED | LAW_LATE, 2, holds_waiting},
    {"an_incident_lives_on_in_another_engine", LAW_ORDERED, 3, holds_moved},
    {"an_incident_replaced_by_its_own_bytes_is_the_same", LAW_ORDERED | LAW_LATE, 4,
     holds_put_back},
};
const int state_law_count = sizeof state_laws / sizeof state_laws[0];
