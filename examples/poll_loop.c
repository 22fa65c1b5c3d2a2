/* SPDX-License-Identifier: MIT */
/* An event loop: sleeps in poll(2) until a line comes in or a deadline is due.
 *
 *     poll_loop SPEED [FOLDER OF ZONE FILES]        SPEED 1 is real time, 3600 an hour a second
 *
 * Lines of standard input are "2026-11-20T09:00:00Z INCIDENT EVENT", in order of their instants. */
#define _POSIX_C_SOURCE 200809L
#include <limits.h>
#include <poll.h>
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char policy_text[] =
    "sla: 1\n"
    "metrics: {resolution: {start: opened, stop: resolved}}\n"
    "targets: [{resolution: 1h}]\n"
    "escalations: [{steps: [{at: 10m before}, {at: 30m after, repeat: 30m, times: 2}]}]\n";

/* The host's clock. The first line sets it; then it runs `speed` times too fast. */
struct fast_clock {
    int64_t speed;
    sla_time base;   /* what the clock shows ... */
    int64_t base_ms; /* ... at this moment of the machine's own clock */
};

static int64_t machine_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * (int64_t)1000 + now.tv_nsec / 1000000;
}

static sla_time clock_now(const struct fast_clock *clock)
{
    return clock->base + (machine_ms() - clock->base_ms) * clock->speed / 1000;
}

/* How long poll() may sleep: for ever, or until `due`, rounded up so as not to wake too early. */
static int sleep_ms(const struct fast_clock *clock, sla_time due)
{
    if (due == SLA_TIME_NEVER)
        return -1;
    int64_t left = clock->base_ms + (due - clock->base) * 1000 / clock->speed + 1 - machine_ms();
    return left <= 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

static int32_t print_event(void *user, const sla_event *event)
{
    char at[SLA_TIME_CAPACITY];
    sla_calendar_format_time(user, event->at, at); /* no calendar: in UTC */
    printf("%s %s %.*s\n", at, sla_event_type_name(event->type), (int)event->incident.length,
           event->incident.data);
    return 0;
}

/* One line of input becomes an update. The clock leaps forward if the line is ahead of it. */
static sla_status take_line(sla_engine *engine, const sla_calendar *calendar,
                            struct fast_clock *clock, const char *line)
{
    char at[33], incident[101], event[101];
    if (sscanf(line, "%32s %100s %100s", at, incident, event) != 3)
        return SLA_ERROR_SYNTAX;
    sla_update update = {.size = sizeof update, .incident = {incident, SLA_NUL_TERMINATED},
                         .event = {event, SLA_NUL_TERMINATED}};
    sla_status status = sla_calendar_parse_time(calendar, at, SLA_NUL_TERMINATED, &update.at);
    if (status == SLA_OK && update.at > clock_now(clock)) {
        clock->base = update.at;
        clock->base_ms = machine_ms();
    }
    return status == SLA_OK ? sla_engine_update(engine, &update) : status;
}

static sla_status run(sla_engine *engine, const sla_calendar *calendar, struct fast_clock *clock)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    sla_status status = SLA_OK;
    size_t used = 0;
    char buffer[4096];
    while (status >= 0 && (input.fd >= 0 || sla_engine_next_due(engine) != SLA_TIME_NEVER)) {
        if (poll(&input, 1, sleep_ms(clock, sla_engine_next_due(engine))) > 0) {
            ssize_t got = read(input.fd, buffer + used, sizeof buffer - used);
            used += got > 0 ? (size_t)got : 0;
            input.fd = got > 0 ? input.fd : -1; /* at the end; poll() ignores negative numbers */
        }
        for (char *end; status >= 0 && (end = memchr(buffer, '\n', used)) != NULL;) {
            *end = '\0';
            status = take_line(engine, calendar, clock, buffer);
            used -= (size_t)(end + 1 - buffer);
            memmove(buffer, end + 1, used);
        }
        status = status < 0 ? status : sla_engine_advance(engine, clock_now(clock));
    }
    return status;
}

int main(int argc, char **argv)
{
    sla_policy_options options = {.size = sizeof options};
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = print_event};
    struct fast_clock clock = {argc > 1 && atoi(argv[1]) > 0 ? atoi(argv[1]) : 1, 0, machine_ms()};
    sla_policy *policy = NULL;
    sla_engine *engine = NULL;
    if (argc > 2)
        options.zoneinfo = (sla_text){argv[2], SLA_NUL_TERMINATED};
    sla_status status =
        sla_policy_compile(policy_text, SLA_NUL_TERMINATED, &options, &policy, NULL);
    if (status == SLA_OK)
        status = sla_engine_new(policy, &callbacks, NULL, &engine);
    if (status == SLA_OK)
        status = run(engine, sla_policy_calendar_at(policy, 0), &clock);
    if (status < 0)
        fprintf(stderr, "poll_loop: %s\n", sla_status_text(status));
    sla_engine_free(engine);
    sla_policy_unref(policy);
    return status < 0 ? 1 : 0;
}
