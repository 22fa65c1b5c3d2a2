/* SPDX-License-Identifier: MIT */
/* The main job's speed: loading Boston's policy, and replaying the city's log (read before the
   clock starts) through the API, over and over. */
#define _GNU_SOURCE
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_ROWS 100000
#define ROUNDS 20

struct row {
    char *incident, *event, *type, *department;
    sla_time at;
};

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

/* The sample has no quoted cells with commas in them but types may be quoted; none of them has a
   comma inside, so that splitting at commas is enough here. */
static size_t read_rows(const char *path, const sla_calendar *zone, struct row *rows)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t capacity = 0, count = 0;
    if (file == NULL || getline(&line, &capacity, file) < 0)
        return 0;
    while (count < MAX_ROWS && getline(&line, &capacity, file) > 0) {
        static char nothing[] = "";
        char *rest = strdup(line), *cells[5];
        rest[strcspn(rest, "\r\n")] = '\0';
        for (int i = 0; i < 5; i++)
            cells[i] = rest == NULL ? nothing : strsep(&rest, ",");
        struct row *row = &rows[count];
        *row = (struct row){cells[0], cells[2], cells[3], cells[4], 0};
        if (sla_calendar_parse_time(zone, cells[1], SLA_NUL_TERMINATED, &row->at) == SLA_OK)
            count++;
    }
    free(line);
    fclose(file);
    return count;
}

static int32_t take(void *user, const sla_event *event)
{
    uint64_t *count = user;
    *count += event->type != 0;
    return 0;
}

static double replay(sla_policy *policy, const struct row *rows, size_t count, uint64_t *events)
{
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = take, .user = events};
    sla_engine *engine;
    uint32_t type = sla_policy_attribute(policy, "type", SLA_NUL_TERMINATED);
    if (sla_engine_new(policy, &callbacks, NULL, &engine) != SLA_OK)
        exit(1);
    double start = now();
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        sla_attribute attributes[] = {
            {.id = type, .value = {row->type, SLA_NUL_TERMINATED}},
            {.name = {"department", 10}, .value = {row->department, SLA_NUL_TERMINATED}}};
        sla_update update = {.size = sizeof update, .at = row->at,
                             .incident = {row->incident, SLA_NUL_TERMINATED},
                             .event = {row->event, SLA_NUL_TERMINATED}, .attributes = attributes,
                             .attribute_count = *row->type == '\0' ? 0 : 2};
        if (sla_engine_update(engine, &update) < SLA_OK)
            exit(1);
    }
    double spent = now() - start;
    sla_engine_free(engine);
    return spent;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static struct row rows[MAX_ROWS];
    double loads[ROUNDS], replays[ROUNDS];
    sla_policy_options options = {.size = sizeof options};
    sla_policy *policy = NULL;
    uint64_t events = 0;
    if (argc != 4)
        return 2;
    options.zoneinfo = (sla_text){argv[1], SLA_NUL_TERMINATED};
    for (int i = 0; i < ROUNDS; i++) {
        sla_policy_unref(policy);
        double start = now();
        if (sla_policy_load(argv[2], &options, &policy, NULL) != SLA_OK)
            return 1;
        loads[i] = now() - start;
    }
    size_t count =
        read_rows(argv[3], sla_policy_calendar(policy, "24x7", SLA_NUL_TERMINATED), rows);
    if (count == 0)
        return 1;
    for (int i = 0; i < ROUNDS; i++)
        replays[i] = replay(policy, rows, count, &events);
    qsort(loads, ROUNDS, sizeof *loads, by_size);
    qsort(replays, ROUNDS, sizeof *replays, by_size);
    printf("load the policy        median %8.3f ms   (least %.3f)\n", loads[ROUNDS / 2] * 1e3,
           loads[0] * 1e3);
    printf("replay %zu updates   median %8.3f ms   (least %.3f), %.0f events: %.0f updates a "
           "second\n",
           count, replays[ROUNDS / 2] * 1e3, replays[0] * 1e3, (double)events / ROUNDS,
           (double)count / replays[ROUNDS / 2]);
    sla_policy_unref(policy);
    return 0;
}
