/* SPDX-License-Identifier: MIT */
/* Laws of a life that is told anew: an incident is rebuilt from its whole history. */
#include "engine_court.h"

#include <sla/state.h>
#include <string.h>

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

static bool same_state(const sla_state *a, const sla_state *b)
{
    const void *a_bytes = NULL, *b_bytes = NULL;
    size_t a_size = 0, b_size = 0;
    sla_state_bytes(a, &a_bytes, &a_size);
    sla_state_bytes(b, &b_bytes, &b_size);
    return a_size == b_size && memcmp(a_bytes, b_bytes, a_size) == 0;
}

/* The history given as it is: what is saved afterwards is what was saved before. */
static sla_status give_quietly(struct history *history, struct drive *drive, int32_t incident)
{
    sla_state *before = NULL, *after = NULL;
    sla_status status = sla_engine_save(drive->engine, &before);
    if (status == SLA_OK)
        status = history_give(history, drive, incident);
    if (status >= 0 && sla_engine_save(drive->engine, &after) == SLA_OK &&
        !same_state(before, after))
        status = SLA_ERROR_DATA;
    sla_state_free(before);
    sla_state_free(after);
    return status;
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
            history.count > 0 ? give_quietly(&history, &drive, incident) : SLA_OK;
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
        if (update->event != NULL && strncmp(update->event, "sla:", 4) == 0)
            return; /* its changes say what it does */
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

/* What a host that only listens would make of a clock. */
struct heard {
    sla_event first; /* says which clock it is */
    uint32_t state;
    bool is_breached;
    bool is_unsure; /* reopened behind its deadline: there may be grace left; until a breach says */
    sla_time deadline;
};

static const uint32_t states[SLA_EVENT_TYPE_COUNT] = {
    [SLA_EVENT_STARTED] = SLA_CLOCK_RUNNING,    [SLA_EVENT_PAUSED] = SLA_CLOCK_PAUSED,
    [SLA_EVENT_RESUMED] = SLA_CLOCK_RUNNING,    [SLA_EVENT_REOPENED] = SLA_CLOCK_RUNNING,
    [SLA_EVENT_CANCELLED] = SLA_CLOCK_CANCELLED, [SLA_EVENT_EXEMPTED] = SLA_CLOCK_EXEMPT,
    [SLA_EVENT_MET] = SLA_CLOCK_MET,            [SLA_EVENT_MISSED] = SLA_CLOCK_MISSED,
};

static void hear(struct heard *heard, const sla_event *event)
{
    if (states[event->type] != SLA_CLOCK_NONE)
        heard->state = states[event->type];
    if (event->type == SLA_EVENT_BREACH || event->type == SLA_EVENT_BREACH_RETRACTED) {
        heard->is_breached = event->type == SLA_EVENT_BREACH;
        heard->is_unsure = false;
    }
    if (event->type == SLA_EVENT_REOPENED) { /* K6: it alone tells the result */
        heard->is_breached = heard->is_breached && event->at > event->deadline;
        heard->is_unsure = event->at > event->deadline;
    }
    if (event->type <= SLA_EVENT_EXTENDED)
        heard->deadline = event->deadline;
}

/* Everything that was told of one incident, clock by clock; their number, or -1: too many. */
static int listen(const struct run *run, int32_t incident, struct heard *heard, int capacity)
{
    int count = 0;
    for (size_t i = 0; i < run->count; i++) {
        const sla_event *event = &run->told[i].event;
        int at = 0;
        if (run->told[i].incident != incident)
            continue;
        while (at < count && (heard[at].first.metric_index != event->metric_index ||
                              heard[at].first.kind != event->kind ||
                              heard[at].first.cycle != event->cycle))
            at++;
        if (at == capacity)
            return -1;
        if (at == count)
            heard[count++] = (struct heard){.first = *event, .deadline = SLA_TIME_NONE};
        hear(&heard[at], event);
    }
    return count;
}

/* Does what was told add up to the clocks as they stand? */
static bool adds_up(struct court *court, const struct drive *drive, int32_t incident)
{
    static struct heard heard[400];
    sla_clock clock = {.size = sizeof clock};
    sla_clock_filter filter = {.size = sizeof filter, .incident = log_incident(incident)};
    uint64_t cursor = 0;
    int count = listen(&court->got, incident, heard, 400), there = 0, gone = 0;
    if (count < 0)
        return true;
    while (sla_engine_find_clocks(drive->engine, &filter, &cursor, &clock) == SLA_OK) {
        bool breached = (clock.flags & SLA_CLOCK_BREACHED) != 0;
        bool missed = clock.state == SLA_CLOCK_MISSED;
        int at = 0;
        while (at < count && (heard[at].first.metric_index != clock.metric_index ||
                              heard[at].first.kind != clock.kind ||
                              heard[at].first.cycle != clock.cycle))
            at++;
        const char *what = at == count ? "was never told of"
                           : heard[at].state != clock.state ? "is believed in another state"
                           : !heard[at].is_unsure &&
                                     (heard[at].is_breached || missed) != breached
                               ? "is believed breached, or is"
                           : clock.state == SLA_CLOCK_RUNNING &&
                                   heard[at].deadline != clock.deadline
                               ? "is believed due at another instant"
                               : NULL;
        if (what != NULL)
            return court_fail(court, "rebuilt, clock %u/%u/%u of (%d) %s", clock.metric_index,
                              clock.kind, clock.cycle, incident, what);
        there++;
    }
    for (int i = 0; i < count; i++)
        gone += heard[i].state != SLA_CLOCK_CANCELLED;
    return gone <= there || court_fail(court, "rebuilt, %d clocks of (%d) are believed that are "
                                       "not there", gone - there, incident);
}

static bool ids_are_unique(struct court *court)
{
    const struct run *run = &court->got;
    for (size_t i = 0; i < run->count; i++)
        for (size_t j = 0; j < i; j++)
            if (run->told[i].event.id[0] == run->told[j].event.id[0]) {
                court->pair[0] = run->told[j];
                court->pair[1] = run->told[i];
                return court_fail(court, "rebuilt, two events have one id");
            }
    return true;
}

/* However often and however wrongly an incident is told anew, between updates or after all, the
   host that only listens knows how its clocks stand, and no id comes twice. (After late news a
   resume that was told before is silent, E2, and a host that only listens misses its deadline.) */
static bool holds_heard(struct court *court, const struct log *log)
{
    static struct history history;
    struct drive drive = {.refuses = 0};
    bool good = true;
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; good && i < log->count; i++) {
        drive_update(&drive, i);
        if (!court_chance(court, 30))
            continue;
        int32_t incident = log->updates[random_between(&court->random, 0, i)].incident;
        history_take(&history, log, &court->got, incident, i + 1);
        for (int n = court_chance(court, 30) ? 0 : 3; n > 0 && history.count > 0; n--)
            correct(&history, &court->random);
        if (history.count > 0 && history_give(&history, &drive, incident) >= 0)
            good = log->is_late || adds_up(court, &drive, incident);
    }
    if (good)
        drive_finish(&drive);
    drive_close(&drive);
    return good && ids_are_unique(court);
}

const struct law rebuild_laws[] = {
    {"rebuilt_from_the_same_history_an_incident_is_the_same", LAW_ORDERED, 2, holds_rebuilt},
    {"rebuilt_from_another_history_it_stands_as_if_it_had_lived_so", LAW_ORDERED, 2,
     holds_corrected},
    {"however_often_it_is_rebuilt_what_was_told_adds_up", LAW_ORDERED | LAW_LATE, 2, holds_heard},
};
const int rebuild_law_count = sizeof rebuild_laws / sizeof rebuild_laws[0];
