/* SPDX-License-Identifier: MIT */
/* Events as columns: drained so in pieces of any size, they are those that are shown one by one,
 * field by field. */
#include "engine_court.h"

#include "event_rows.h"

#include <string.h>

/* Where events wait: one of `engine` and `step` is NULL. */
struct source {
    struct court *court;
    const sla_policy *policy;
    const sla_engine *engine;
    const sla_step *step;
    struct run *run; /* where they are noted ... */
    sla_time now;    /* ... with this now */
    bool broken;     /* a status or a row was wrong */
};

struct room {
    size_t capacity, bytes, words;
    uint32_t width, ticks;
};

static struct room random_room(struct court *court)
{
    static const uint32_t ticks[] = {1, 1000, 1000000, 1000000000};
    struct random *random = &court->random;
    return (struct room){
        .capacity = (size_t)random_between(random, 1, court_chance(court, 50) ? 9 : 90),
        .bytes = (size_t)random_between(random, 0, 300),
        .words = (size_t)random_between(random, 0, 20),
        .width = court_chance(court, 50) ? 4 : 8,
        .ticks = ticks[random_between(random, 0, 3)],
    };
}

/* Makes room for what did not fit. False: nobody said that it did not. */
static bool make_room(struct room *room, const struct event_rows *rows)
{
    struct room more = *room;
    for (size_t i = 0; i < EVENT_ROWS_TEXTS; i++)
        if (rows->texts[i].used > more.bytes)
            more.bytes = (size_t)rows->texts[i].used;
    for (size_t i = 0; i < EVENT_ROWS_LISTS; i++) {
        if (rows->words[i].used > more.bytes)
            more.bytes = (size_t)rows->words[i].used;
        if (rows->lists[i].used > more.words)
            more.words = (size_t)rows->lists[i].used;
    }
    bool is_more = more.bytes > room->bytes || more.words > room->words;
    *room = more;
    return is_more && more.bytes < 100000 && more.words < 1000;
}

static bool names(int32_t (*at)(const sla_policy *, size_t, sla_text *), const sla_policy *policy,
                  uint32_t index, sla_text wanted)
{
    sla_text name;
    if (index != SLA_NO_INDEX)
        return at(policy, index, &name) != 0 && name.length == wanted.length &&
               memcmp(name.data, wanted.data, name.length) == 0;
    for (size_t i = 0; at(policy, i, &name) != 0; i++)
        if (name.length == wanted.length && memcmp(name.data, wanted.data, name.length) == 0)
            return false;
    return true;
}

/* Indexes stand for the names, and names without one are none of the policy's. */
static bool indexes_are_right(const sla_policy *policy, const sla_event_columns *columns,
                              size_t row, const sla_event *event)
{
    return names(sla_policy_metric_at, policy, columns->metric_indexes[row], event->metric) &&
           names(sla_policy_agreement_at, policy, columns->agreement_indexes[row],
                 event->agreement) &&
           names(sla_policy_severity_at, policy, columns->severity_indexes[row], event->severity);
}

/* Shows some of what waits behind the first `first`, notes it and returns how many; 0: none. */
static size_t show_some(struct source *source, size_t first)
{
    struct room room = random_room(source->court);
    struct event_rows rows;
    sla_text lists[EVENT_ROWS_LISTS][EVENT_ROWS_WORDS];
    sla_status status = SLA_ERROR_LIMIT;
    while (status == SLA_ERROR_LIMIT && !source->broken) {
        event_rows_open(&rows, room.capacity, room.bytes, room.words, room.width, room.ticks);
        rows.columns.first = first;
        status = source->engine != NULL
                     ? sla_engine_events(source->engine, &rows.columns, &rows.count)
                     : sla_step_events(source->step, &rows.columns, &rows.count);
        source->broken = status == SLA_ERROR_LIMIT ? !make_room(&room, &rows)
                                                   : status != SLA_OK && status != SLA_EMPTY;
        if (status != SLA_OK)
            event_rows_close(&rows);
    }
    if (status != SLA_OK)
        return 0;
    source->broken = rows.count == 0 || rows.count > room.capacity;
    for (size_t row = 0; row < rows.count && !source->broken; row++) {
        sla_event event;
        source->broken = event_rows_read(&rows, row, &event, lists) != NULL ||
                         !indexes_are_right(source->policy, &rows.columns, row, &event);
        run_note(source->run, &event, source->now);
    }
    event_rows_close(&rows);
    return rows.count;
}

void columns_drain(struct drive *drive, bool all)
{
    struct court *court = drive->court;
    sla_engine *engine = drive->engine;
    struct source source = {.court = court, .policy = drive->policy, .engine = engine,
                            .run = drive->run, .now = sla_engine_now(engine)};
    while (!drive->broken && sla_engine_events_waiting(engine) > 0 &&
           (all || court_chance(court, 60))) {
        size_t shown = show_some(&source, 0);
        if (court_chance(court, 50))
            shown += show_some(&source, shown);
        size_t waiting = sla_engine_events_waiting(engine);
        drive->broken = source.broken || shown == 0 || shown > waiting ||
                        sla_engine_events_done(engine, waiting + 1) != SLA_EMPTY ||
                        sla_engine_events_done(engine, shown) != SLA_OK;
    }
}

bool columns_of_step(struct court *court, const sla_step *step, struct run *run, sla_time now)
{
    struct source source = {.court = court, .policy = court->policy, .step = step, .run = run,
                            .now = now};
    size_t first = 0, shown;
    do
        first += shown = show_some(&source, first);
    while (shown > 0 && !source.broken);
    return !source.broken;
}

static bool holds_columns(struct court *court, const struct log *log)
{
    struct drive drive = {.pulls = true, .is_lazy = true, .by_columns = true};
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; i < log->count; i++) {
        drive_update(&drive, i);
        if (court_chance(court, 30))
            drive_deliver(&drive, false);
    }
    drive_finish(&drive);
    if (drive.broken)
        return court_fail(court, "as columns: a status or a row is wrong");
    return court_agrees(court, "pulled as columns");
}

const struct law column_laws[] = {
    {"events_as_columns_are_those_that_are_pulled", LAW_ORDERED | LAW_LATE, 1, holds_columns},
};
const int column_law_count = sizeof column_laws / sizeof column_laws[0];
