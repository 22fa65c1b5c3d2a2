/* SPDX-License-Identifier: MIT */
/* A service desk's log through the API: examples/servicenow-uci, its rows read before the clock
 * starts, through an engine again and again.
 *
 *   bench_uci ZONEINFO POLICY LOG [COPIES]
 *
 * COPIES > 1 makes the log longer: each row is given so many times, to so many incidents. Twelve
 * copies of the sample are about the whole log's size. */
#define _GNU_SOURCE
#include "log_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 9

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

static struct result replay(sla_policy *policy, const struct log_rows *rows)
{
    struct result result = {.seconds = 0};
    sla_callbacks callbacks = {
        .size = sizeof callbacks, .on_event = take, .user = &result.counts};
    sla_engine *engine;
    if (sla_engine_new(policy, &callbacks, NULL, &engine) != SLA_OK)
        exit(1);
    double start = now();
    for (size_t i = 0; i < rows->count; i++)
        if (sla_engine_update(engine, &rows->updates[i]) < SLA_OK)
            exit(1);
    result.seconds = now() - start;
    result.incidents = sla_engine_incidents(engine);
    result.memory = sla_engine_memory(engine);
    sla_engine_free(engine);
    return result;
}

static int by_time(const void *a, const void *b)
{
    const double x = ((const struct result *)a)->seconds, y = ((const struct result *)b)->seconds;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    sla_policy_options options = {.size = sizeof options};
    sla_policy *policy;
    char *names = NULL;
    struct result results[ROUNDS];
    size_t copies = argc > 4 ? strtoul(argv[4], NULL, 10) : 1;
    if (argc < 4 || copies < 1 || copies > 26)
        return 2;
    options.zoneinfo = (sla_text){argv[1], SLA_NUL_TERMINATED};
    if (sla_policy_load(argv[2], &options, &policy, NULL) != SLA_OK)
        return 1;
    struct log_rows rows = log_rows_read(policy, argv[3]), many = copies_of(&rows, copies, &names);
    for (size_t i = 0; i < ROUNDS; i++)
        results[i] = replay(policy, &many);
    qsort(results, ROUNDS, sizeof *results, by_time);
    const struct result *median = &results[ROUNDS / 2];
    printf("%zu updates, %llu incidents, %llu events, %llu of them breaches\n", many.count,
           (unsigned long long)median->incidents, (unsigned long long)median->counts.events,
           (unsigned long long)median->counts.breaches);
    printf("replay   median %8.3f ms  (least %.3f): %.0f ns an update, %.0f updates a second\n",
           median->seconds * 1e3, results[0].seconds * 1e3,
           median->seconds / (double)many.count * 1e9, (double)many.count / median->seconds);
    printf("memory   %8.0f bytes an incident, all in\n",
           (double)median->memory / (double)median->incidents);
    free(many.updates);
    free(names);
    log_rows_free(&rows);
    sla_policy_unref(policy);
    return 0;
}
