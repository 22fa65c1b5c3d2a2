/* SPDX-License-Identifier: MIT */
/* Laws of a life that is told anew: an incident is rebuilt from its whole history. */
#include "engine_court.h"

/* One incident's updates among the first `calls` of a log, as the library takes them. */
struct history {
    int32_t count;
    struct log_update own[LOG_UPDATES]; /* which may be corrected */
    sla_update updates[LOG_UPDATES];
    sla_attribute attributes[LOG_UPDATES][LOG_CHANGES];
};

static void history_take(struct history *history, const struct log *log, const struct run *run,
                         int32_t incident, int32_t calls)
{
    history->count = 0;
    for (int32_t i = 0; i < calls; i++)
        if (log->updates[i].incident == incident && run->statuses[i] >= 0 &&
            run->statuses[i] != SLA_DUPLICATE)
            history->own[history->count++] = log->updates[i];
}

static sla_status history_give(struct history *history, struct drive *drive, int32_t incident)
{
    sla_text id = log_incident(incident);
    for (int32_t i = 0; i < history->count; i++)
        history->updates[i] = log_update_of(&history->own[i], drive->court->policy,
                                            history->attributes[i]);
    return sla_engine_rebuild(drive->engine, &id, history->updates, (size_t)history->count);
}

/* Given again as it was, a history tells nothing, and nothing changes. */
static bool holds_rebuilt(struct court *court, const struct log *log)
{
    static struct history history;
    struct drive drive = {.refuses = 0};
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; i < log->count; i++) {
        drive_update(&drive, i);
        if (!court_chance(court, 30))
            continue;
        int32_t other = (int32_t)random_between(&court->random, 0, i);
        int32_t incident = log->updates[other].incident;
        size_t told = court->got.count;
        history_take(&history, log, &court->got, incident, i + 1);
        sla_status status =
            history.count > 0 ? history_give(&history, &drive, incident) : SLA_OK;
        if (status >= 0 && court->got.count == told)
            continue;
        drive_close(&drive);
        return court_fail(court, "after call %d (%d) is rebuilt: %s, and tells %zu events", i,
                          incident, sla_status_name(status), court->got.count - told);
    }
    drive_finish(&drive);
    return court_agrees(court, "rebuilt from the same history");
}

/* Another life: an update less, at another instant, or with other words. */
static void correct(struct history *history, struct random *random)
{
    int32_t place = (int32_t)random_between(random, 0, history->count - 1);
    struct log_update *update = &history->own[place];
    sla_time before = place > 0 ? update[-1].at : update->at - 86400;
    sla_time after = place + 1 < history->count ? update[1].at : update->at;
    switch (random_between(random, 0, 3)) {
    case 0:
        if (history->count == 1)
            return;
        for (history->count--; place < history->count; place++)
            history->own[place] = history->own[place + 1];
        return;
    case 1:
        update->at = random_between(random, before, after);
        return;
    case 2:
        update->event = "e0";
        return;
    default:
        update->change_count = update->change_count > 0 ? update->change_count - 1 : 0;
        return;
    }
}

/* Corrected, it stands as if it had been told so from the start; the others hear nothing. */
static bool holds_corrected(struct court *court, const struct log *log)
{
    static struct history history;
    struct drive drive = {.refuses = 0};
    int32_t calls = (int32_t)random_between(&court->random, 1, log->count);
    int32_t other = (int32_t)random_between(&court->random, 0, calls - 1);
    int32_t incident = log->updates[other].incident;
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; i < calls; i++)
        drive_update(&drive, i);
    history_take(&history, log, &court->got, incident, calls);
    for (int n = 0; n < 3 && history.count > 0; n++)
        correct(&history, &court->random);
    sla_status status = history.count > 0 ? history_give(&history, &drive, incident) : SLA_OK;
    sla_time now = sla_engine_now(drive.engine);
    if (status < 0 && status != SLA_ERROR_RANGE)
        court_fail(court, "rebuilt: %s", sla_status_name(status));
    run_note_clocks(&court->got, drive.engine);
    drive_close(&drive);
    if (status < 0 || history.count == 0)
        return court->message[0] == '\0';

    static struct log life;
    static struct run mine;
    life = (struct log){.count = history.count, .until = now};
    for (int32_t i = 0; i < history.count; i++)
        life.updates[i] = history.own[i];
    court_run(court, &life, &court->part);
    run_take(&mine, &court->got, incident, false);
    court->part.count = court->got.count = 0;
    court->wanted = &court->part;
    long index = run_clocks_differ(&court->part, &mine);
    if (index < 0)
        return true;
    run_take(&court->got, &mine, incident, false);
    return court_fail(court, "after call %d (%d) is rebuilt with another history, and clock %ld "
                      "is not that of such a life", calls - 1, incident, index);
}

const struct law rebuild_laws[] = {
    {"rebuilt_from_the_same_history_an_incident_is_the_same", LAW_ORDERED, 2, holds_rebuilt},
    {"rebuilt_from_another_history_it_stands_as_if_it_had_lived_so", LAW_ORDERED, 2,
     holds_corrected},
};
const int rebuild_law_count = sizeof rebuild_laws / sizeof rebuild_laws[0];
