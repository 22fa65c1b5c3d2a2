/* SPDX-License-Identifier: MIT */
/* Events that wait in line, taken one by one and as columns, by turns: every event of 100,000
 * incidents, most of them in the order of instants, so that their incidents lie at random.
 *
 * usage: bench_events [INCIDENTS] */
#include "event_rows.h"
#include "incidents.h"

#include <stdio.h>
#include <stdlib.h>

#define TURN 20000 /* events that one way takes before the next one's turn */

struct way {
    const char *name;
    size_t rows;    /* of a call; 0: one by one */
    int texts;      /* also the columns of texts and lists */
    struct event_rows room;
    double seconds, done_seconds;
    uint64_t events, instructions;
};

static uint64_t sink;

static void must(int good, const char *what)
{
    if (!good) {
        fprintf(stderr, "%s went wrong\n", what);
        exit(1);
    }
}

/* Five weeks of incidents that nobody works on: all of their steps are told. */
static void fill_line(struct incidents *work, size_t incidents)
{
    incidents_begin(work, incidents, 0);
    incidents_let_wait(work);
    incidents_open_all(work);
    incidents_advance(work, DAY_OF_WEEK(35));
}

static void take_one_by_one(sla_engine *engine)
{
    sla_event event = {.size = sizeof event};
    for (size_t i = 0; i < TURN; i++) {
        must(sla_engine_next_event(engine, &event) == SLA_OK, "an event");
        sink += event.id[0] + event.incident.length;
        must(sla_engine_event_done(engine) == SLA_OK, "taking an event");
    }
}

static void take_columns(struct way *way, sla_engine *engine)
{
    for (size_t i = 0; i < TURN; i += way->room.count) {
        way->room.columns.capacity = TURN - i < way->rows ? TURN - i : way->rows;
        must(sla_engine_events(engine, &way->room.columns, &way->room.count) == SLA_OK,
             "events as columns");
        struct cost begin = meter_now();
        must(sla_engine_events_done(engine, way->room.count) == SLA_OK, "taking events");
        way->done_seconds += meter_since(begin).seconds;
        sink += way->room.columns.ids[0];
    }
}

static void open_way(struct way *way)
{
    if (way->rows == 0)
        return;
    event_rows_open(&way->room, way->rows, way->rows * 40, way->rows * 4, 4, 1000000);
    if (way->texts)
        return;
    sla_event_columns *columns = &way->room.columns;
    columns->incidents = columns->agreements = columns->metrics = NULL;
    columns->severities = columns->reasons = columns->actors = NULL;
    columns->notify = columns->via = NULL;
}

int main(int count, char **arguments)
{
    long long incidents = count > 1 ? atoll(arguments[1]) : 100000;
    struct way ways[] = {
        {.name = "next_event and event_done"},
        {.name = "all columns, 256 rows a call", .rows = 256, .texts = 1},
        {.name = "all columns, 4,096 rows a call", .rows = 4096, .texts = 1},
        {.name = "all columns, 20,000 rows a call", .rows = TURN, .texts = 1},
        {.name = "without texts, 4,096 rows a call", .rows = 4096},
    };
    const size_t way_count = sizeof ways / sizeof *ways;
    struct incidents work;
    if (incidents < 20000 || incidents > 10000000) {
        fprintf(stderr, "usage: bench_events [INCIDENTS]\n");
        return 2;
    }
    meter_open();
    fill_line(&work, (size_t)incidents);
    size_t waiting = sla_engine_events_waiting(work.engine);
    for (size_t i = 0; i < way_count; i++)
        open_way(&ways[i]);
    /* some are left: freeing the whole line is nobody's work */
    for (size_t turn = 0; sla_engine_events_waiting(work.engine) >= 2 * TURN; turn++) {
        struct way *way = &ways[turn % way_count];
        struct cost begin = meter_now();
        if (way->rows == 0)
            take_one_by_one(work.engine);
        else
            take_columns(way, work.engine);
        struct cost cost = meter_since(begin);
        way->seconds += cost.seconds;
        way->instructions += cost.instructions;
        way->events += TURN;
    }
    printf("%zu events of %lld incidents wait\n\n", waiting, incidents);
    printf("%-36s %8s %6s %12s %8s%s\n", "goal 5,000,000 a second", "events", "ns", "a second",
           "ratio", meter_refusal() == NULL ? " instructions" : "");
    for (size_t i = 0; i < way_count; i++) {
        const struct way *way = &ways[i];
        double each = way->seconds / (double)way->events;
        printf("%-36s %8llu %6.0f %12.0f %8.2f", way->name, (unsigned long long)way->events,
               each * 1e9, 1 / each, ways[0].seconds / (double)ways[0].events / each);
        if (meter_refusal() == NULL)
            printf(" %8.0f", (double)way->instructions / (double)way->events);
        printf(way->rows == 0 ? "\n" : "   (%.1f ns of it to remove them)\n",
               way->done_seconds / (double)way->events * 1e9);
    }
    for (size_t i = 0; i < way_count; i++)
        if (ways[i].rows > 0)
            event_rows_close(&ways[i].room);
    incidents_end(&work);
    return sink == 1;
}
