/* SPDX-License-Identifier: MIT */
/* Replays a log and prints every clock as the engine holds it at the end, one JSON line each.
 *
 *   log_clocks ZONEINFO POLICY LOG */
#include "log_rows.h"

#include <inttypes.h>
#include <stdio.h>

static int32_t take(void *user, const sla_event *event)
{
    (void)user;
    (void)event;
    return 0;
}

static void print_text(const char *key, sla_text text)
{
    printf("\"%s\":\"%.*s\",", key, (int)text.length, text.data);
}

static void print_number(const char *key, int64_t number)
{
    if (number == INT64_MIN) /* SLA_TIME_NONE and SLA_DURATION_NONE */
        printf("\"%s\":null,", key);
    else
        printf("\"%s\":%" PRId64 ",", key, number);
}

static void print_clock(const sla_clock *clock)
{
    static const char *const states[] = {"none", "running",   "paused", "met",
                                         "missed", "cancelled", "exempt"};
    putchar('{');
    print_text("incident", clock->incident);
    print_text("metric", clock->metric);
    print_text("calendar", clock->calendar);
    print_text("severity", clock->severity);
    print_number("started", clock->started);
    print_number("ended", clock->ended);
    print_number("deadline", clock->deadline);
    print_number("projected", clock->projected);
    print_number("budget", clock->budget);
    print_number("elapsed", clock->elapsed);
    print_number("remaining", clock->remaining);
    print_number("paused", clock->paused);
    print_number("percent", clock->percent);
    print_number("cycle", clock->cycle);
    print_number("line", clock->line);
    printf("\"kind\":\"%s\",\"breached\":%s,\"state\":\"%s\"}\n", sla_kind_name(clock->kind),
           clock->flags & SLA_CLOCK_BREACHED ? "true" : "false", states[clock->state]);
}

int main(int argc, char **argv)
{
    sla_policy_options options = {.size = sizeof options};
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = take};
    sla_policy *policy;
    sla_engine *engine;
    if (argc != 4)
        return 2;
    options.zoneinfo = (sla_text){argv[1], SLA_NUL_TERMINATED};
    if (sla_policy_load(argv[2], &options, &policy, NULL) != SLA_OK ||
        sla_engine_new(policy, &callbacks, NULL, &engine) != SLA_OK)
        return 2;
    struct log_rows rows = log_rows_read(policy, argv[3]);
    for (size_t i = 0; i < rows.count; i++)
        if (sla_engine_update(engine, &rows.updates[i]) < SLA_OK) {
            fprintf(stderr, "%s:%zu: refused\n", argv[3], i + 2);
            return 1;
        }
    sla_clock clock = {.size = sizeof clock};
    for (uint64_t cursor = 0; sla_engine_clocks(engine, &cursor, &clock) == SLA_OK;)
        print_clock(&clock);
    log_rows_free(&rows);
    sla_engine_free(engine);
    sla_policy_unref(policy);
    return 0;
}
