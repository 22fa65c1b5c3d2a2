/* SPDX-License-Identifier: MIT */
/* The engine's speed: updates a second when a log is replayed, events a second when time passes,
   bytes a clock. The machine is measured beside it by dependent random reads over as many bytes. */
#define _GNU_SOURCE
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define INCIDENTS 200000

static const char policy_text[] =
    "sla: 1\n"
    "severities: [urgent, important, general]\n"
    "calendar: office\n"
    "calendars: {office: {hours: {mon-fri: [\"09:00-12:00\", \"13:00-18:00\"]}}}\n"
    "classify:\n"
    "  severity:\n"
    "    - {when: {impact: outage}, is: urgent}\n"
    "    - {when: {impact: degraded}, is: important}\n"
    "    - {is: general}\n"
    "metrics:\n"
    "  answer: {start: opened, stop: [answered, solved]}\n"
    "  solve: {start: opened, stop: solved, pause: {while: {status: waiting}}}\n"
    "targets:\n"
    "  - {when: {severity: urgent}, calendar: 24x7, answer: 30m, solve: 4h}\n"
    "  - {when: {severity: important}, answer: 2h, solve: 8h}\n"
    "  - {answer: 8h, solve: 5wd}\n"
    "escalations:\n"
    "  - steps: [{at: 50%}, {at: due}, {at: 1h after}]\n";

/* Time of this process alone: other programs on the machine disturb less. */
static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static uint64_t random_state = 20261122;
static uint64_t next_random(void) /* xorshift, so that every run asks the same */
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* Nanoseconds of one read that depends on the one before it, over `bytes` of memory. */
static double random_read(size_t bytes)
{
    size_t count = bytes / 64, steps = 2000000;
    size_t(*cells)[8] = calloc(count, sizeof *cells);
    for (size_t i = 0; i < count; i++)
        cells[i][0] = i;
    for (size_t i = count - 1; i > 0; i--) { /* one cycle through all of them */
        size_t j = next_random() % i, kept = cells[i][0];
        cells[i][0] = cells[j][0];
        cells[j][0] = kept;
    }
    double start = now();
    size_t at = 0;
    for (size_t i = 0; i < steps; i++)
        at = cells[at][0];
    double spent = now() - start;
    volatile size_t sink = at;
    (void)sink;
    free(cells);
    return spent / (double)steps * 1e9;
}

/* Takes every event, and looks at it a little, as a host would. */
static int32_t take(void *user, const sla_event *event)
{
    uint64_t *count = user;
    *count += event->type != 0;
    return 0;
}

static uint32_t attribute_ids[2];

static void tell(sla_engine *engine, size_t incident, sla_time at, const char *event,
                 const char *value, int which)
{
    char id[32];
    int length = snprintf(id, sizeof id, "INC-2026-%010zu", incident);
    sla_attribute attribute = {.id = attribute_ids[which], .value = {value, SLA_NUL_TERMINATED}};
    sla_update update = {.size = sizeof update, .at = at, .incident = {id, (size_t)length},
                         .event = {event, SLA_NUL_TERMINATED}, .attributes = &attribute,
                         .attribute_count = value == NULL ? 0 : 1};
    if (sla_engine_update(engine, &update) < SLA_OK)
        abort();
}

static void report(const char *what, size_t count, double seconds)
{
    printf("%-44s %8.0f ns each  %10.0f a second\n", what, seconds / (double)count * 1e9,
           (double)count / seconds);
}

int main(void)
{
    static const char *const impacts[] = {"outage", "degraded", "question", "other"};
    sla_policy *policy;
    sla_diags *diags;
    sla_engine *engine;
    uint64_t updates = 0, events = 0;
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = take, .user = &events};
    if (sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &policy, &diags) != SLA_OK ||
        sla_engine_new(policy, &callbacks, NULL, &engine) != SLA_OK)
        return 1;
    attribute_ids[0] = sla_policy_attribute(policy, "impact", SLA_NUL_TERMINATED);
    attribute_ids[1] = sla_policy_attribute(policy, "status", SLA_NUL_TERMINATED);
    sla_time day = 1795132800 + 3 * 86400; /* Monday 2026-11-23 */

    double start = now();
    for (size_t i = 0; i < INCIDENTS; i++, updates++)
        tell(engine, i, day + (sla_time)(i / 8), "", impacts[next_random() % 4], 0);
    double opened = now() - start;
    report("open an incident (2 clocks, 3 steps each)", INCIDENTS, opened);
    double bytes = (double)sla_engine_memory(engine);
    printf("%-44s %8.0f bytes\n", "memory a clock, all in", bytes / (2.0 * INCIDENTS));

    sla_time later = day + INCIDENTS / 8;
    start = now();
    for (size_t i = 0; i < INCIDENTS; i++, updates++)
        tell(engine, next_random() % INCIDENTS, later, "", i % 2 == 0 ? "waiting" : "open", 1);
    double moved = now() - start;
    double read = random_read((size_t)bytes);
    report("an update that moves deadlines, at random", INCIDENTS, moved);
    printf("%-44s %8.0f ns  (the update is %.1f times that)\n",
           "a dependent random read over the same bytes", read, moved / INCIDENTS * 1e9 / read);

    start = now();
    uint64_t fired = events;
    sla_engine_advance(engine, later + 40 * 86400);
    double advanced = now() - start;
    fired = events - fired;
    report("advance: an event fired", (size_t)fired, advanced);

    start = now();
    for (size_t i = 0; i < INCIDENTS; i++, updates++)
        tell(engine, i, later + 41 * 86400, "solved", NULL, 0);
    double solved = now() - start;
    report("close an incident", INCIDENTS, solved);
    report("a log replayed: updates, advance included", (size_t)updates,
           opened + moved + advanced + solved);
    printf("%-44s %8llu\n", "events in all", (unsigned long long)events);
    sla_engine_free(engine);
    sla_policy_unref(policy);
    sla_diags_free(diags);
    return 0;
}
