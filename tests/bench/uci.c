/* SPDX-License-Identifier: MIT */
/* A service desk's log through the API: examples/servicenow-uci, its rows read before the clock
 * starts, through an engine again and again: one by one, many at once, and as columns, by turns.
 *
 *   bench_uci ZONEINFO POLICY LOG [COPIES]
 *
 * COPIES > 1 makes the log longer: each row is given so many times, to so many incidents. Twelve
 * copies of the sample are about the whole log's size. */
#define _GNU_SOURCE
#include "log_columns.h"
#include "log_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 9
#define PIECE 4096 /* rows of one call, and of events as columns */

/* Time of this process alone: other programs on the machine disturb less. */
static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

struct counts {
    uint64_t events, breaches;
};

/* Takes every event, and looks at it a little, as a host would. */
static int32_t take(void *user, const sla_event *event)
{
    struct counts *counts = user;
    counts->events++;
    counts->breaches += event->type == SLA_EVENT_BREACH;
    return 0;
}

/* The same rows for more incidents, which get a letter behind their names. */
static struct log_rows copies_of(const struct log_rows *rows, size_t copies, char **out_names)
{
    size_t room = 0;
    for (size_t i = 0; i < rows->count; i++)
        room += rows->updates[i].incident.length + 1;
    struct log_rows many = {.updates = malloc(rows->count * copies * sizeof *many.updates)};
    char *place = *out_names = malloc(room * copies);
    if (many.updates == NULL || place == NULL)
        exit(2);
    for (size_t i = 0; i < rows->count; i++) {
        for (size_t copy = 0; copy < copies; copy++) {
            sla_update *update = &many.updates[many.count++];
            *update = rows->updates[i];
            memcpy(place, update->incident.data, update->incident.length);
            place[update->incident.length] = (char)('a' + copy);
            update->incident = (sla_text){place, update->incident.length + 1};
            place += update->incident.length;
        }
    }
    return many;
}

struct result {
    double seconds;
    struct counts counts;
    uint64_t incidents, memory;
};

struct work {
    sla_engine *engine;
    const struct log_rows *rows;
    struct log_columns columns;
    struct counts *counts;
};

static void must(int good)
{
    if (!good) {
        fprintf(stderr, "the engine refused the log\n");
        exit(1);
    }
}

static void tell_one_by_one(struct work *work)
{
    for (size_t i = 0; i < work->rows->count; i++)
        must(sla_engine_update(work->engine, &work->rows->updates[i]) >= SLA_OK);
}

static void tell_many(struct work *work)
{
    size_t done = 0;
    must(sla_engine_update_many(work->engine, work->rows->updates, work->rows->count, NULL,
                                &done) == SLA_OK && done == work->rows->count);
}

/* What a table of events would have: the columns are overwritten by the next ones. */
static void take_columns(struct work *work)
{
    static uint8_t types[PIECE], ids[16 * PIECE];
    static uint32_t metrics[PIECE];
    static int64_t at[PIECE], deadlines[PIECE];
    static int32_t offsets[PIECE + 1];
    static char bytes[32 * PIECE];
    sla_text_sink incidents = {.size = sizeof incidents, .width = 4, .capacity = sizeof bytes,
                               .offsets = offsets, .bytes = bytes};
    sla_event_columns columns = {.size = sizeof columns, .ticks = 1000000, .capacity = PIECE,
                                 .types = types, .ids = ids, .at = at, .deadlines = deadlines,
                                 .metric_indexes = metrics, .incidents = &incidents};
    size_t count;
    sla_status status;
    while ((status = sla_engine_events(work->engine, &columns, &count)) == SLA_OK) {
        for (size_t i = 0; i < count; i++)
            work->counts->breaches += types[i] == SLA_EVENT_BREACH;
        work->counts->events += count;
        must(sla_engine_events_done(work->engine, count) == SLA_OK);
    }
    must(status == SLA_EMPTY);
}

static void tell_columns(struct work *work)
{
    sla_update_columns log = work->columns.log;
    uint64_t rows = log.rows;
    for (size_t done = 0; done < rows; log.first = done) {
        log.rows = rows - done < PIECE ? rows : done + PIECE;
        must(sla_engine_update_columns(work->engine, &log, &done) == SLA_OK);
        take_columns(work);
    }
}

static const struct way {
    const char *name;
    void (*tell)(struct work *work);
    int pulls; /* no callback takes the events */
} ways[] = {
    {"one by one", tell_one_by_one, 0},
    {"many at once", tell_many, 0},
    {"as columns", tell_columns, 1},
};
#define WAYS (sizeof ways / sizeof *ways)

static struct result replay(sla_policy *policy, const struct way *way, struct work *work)
{
    struct result result = {.seconds = 0};
    sla_callbacks callbacks = {
        .size = sizeof callbacks, .on_event = take, .user = &result.counts};
    if (sla_engine_new(policy, way->pulls ? NULL : &callbacks, NULL, &work->engine) != SLA_OK)
        exit(1);
    work->counts = &result.counts;
    double start = now();
    way->tell(work);
    result.seconds = now() - start;
    result.incidents = sla_engine_incidents(work->engine);
    result.memory = sla_engine_memory(work->engine);
    sla_engine_free(work->engine);
    return result;
}

static int by_time(const void *a, const void *b)
{
    const double x = ((const struct result *)a)->seconds, y = ((const struct result *)b)->seconds;
    return (x > y) - (x < y);
}

static void print(struct result results[WAYS][ROUNDS], size_t updates)
{
    const struct result *first = &results[0][0];
    printf("%zu updates, %llu incidents, %llu events, %llu of them breaches\n", updates,
           (unsigned long long)first->incidents, (unsigned long long)first->counts.events,
           (unsigned long long)first->counts.breaches);
    for (size_t i = 0; i < WAYS; i++) {
        qsort(results[i], ROUNDS, sizeof *results[i], by_time);
        const struct result *median = &results[i][ROUNDS / 2];
        printf("%-14s median %8.3f ms  (least %.3f): %4.0f ns an update, %.0f updates a second, "
               "ratio %.2f\n",
               ways[i].name, median->seconds * 1e3, results[i][0].seconds * 1e3,
               median->seconds / (double)updates * 1e9, (double)updates / median->seconds,
               results[0][ROUNDS / 2].seconds / median->seconds);
        must(median->counts.events == first->counts.events &&
             median->counts.breaches == first->counts.breaches);
    }
    printf("memory   %8.0f bytes an incident, all in\n",
           (double)first->memory / (double)first->incidents);
}

int main(int argc, char **argv)
{
    sla_policy_options options = {.size = sizeof options};
    sla_policy *policy;
    char *names = NULL;
    static struct result results[WAYS][ROUNDS];
    size_t copies = argc > 4 ? strtoul(argv[4], NULL, 10) : 1;
    if (argc < 4 || copies < 1 || copies > 26)
        return 2;
    options.zoneinfo = (sla_text){argv[1], SLA_NUL_TERMINATED};
    if (sla_policy_load(argv[2], &options, &policy, NULL) != SLA_OK)
        return 1;
    struct log_rows rows = log_rows_read(policy, argv[3]), many = copies_of(&rows, copies, &names);
    struct work work = {.rows = &many};
    log_columns_open(&work.columns, many.updates, many.count);
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t way = 0; way < WAYS; way++)
            results[way][round] = replay(policy, &ways[way], &work);
    print(results, many.count);
    log_columns_close(&work.columns);
    free(many.updates);
    free(names);
    log_rows_free(&rows);
    sla_policy_unref(policy);
    return 0;
}
