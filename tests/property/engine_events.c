/* SPDX-License-Identifier: MIT */
/* Events kept, compared and printed. */
#include "engine_events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void run_clear(struct run *run)
{
    run->count = run->clock_count = 0;
    run->call = 0;
    memset(run->statuses, 0, sizeof run->statuses);
}

void run_free(struct run *run)
{
    free(run->told);
    free(run->clocks);
}

static void *grown(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = 2 * *capacity + 64;
    items = realloc(items, *capacity * size);
    if (items == NULL) {
        printf("Bail out! no memory for events\n");
        exit(2);
    }
    return items;
}

static void mix(uint64_t *sum, sla_text text)
{
    *sum = (*sum ^ text.length) * 0x100000001b3u;
    for (size_t i = 0; i < text.length; i++)
        *sum = (*sum ^ (unsigned char)text.data[i]) * 0x100000001b3u;
}

void run_note(struct run *run, const sla_event *event, sla_time now)
{
    run->told = grown(run->told, run->count, &run->capacity, sizeof *run->told);
    struct told *told = &run->told[run->count++];
    *told = (struct told){.event = *event, .texts = 0xcbf29ce484222325u,
                          .incident = log_incident_of(event->incident), .call = run->call,
                          .now = now};
    mix(&told->texts, event->agreement);
    mix(&told->texts, event->metric);
    mix(&told->texts, event->severity);
    mix(&told->texts, event->reason);
    mix(&told->texts, event->actor);
    for (size_t i = 0; i < event->notify_count; i++)
        mix(&told->texts, event->notify[i]);
    for (size_t i = 0; i < event->via_count; i++)
        mix(&told->texts, event->via[i]);
    sla_event *bare = &told->event;
    bare->incident = bare->agreement = bare->metric = bare->severity = (sla_text){NULL, 0};
    bare->reason = bare->actor = (sla_text){NULL, 0};
    bare->notify = bare->via = NULL;
}

void run_note_clocks(struct run *run, const sla_engine *engine)
{
    uint64_t cursor = 0;
    sla_clock clock = {.size = sizeof clock};
    run->clock_count = 0;
    while (sla_engine_clocks(engine, &cursor, &clock) == SLA_OK) {
        run->clocks =
            grown(run->clocks, run->clock_count, &run->clock_capacity, sizeof *run->clocks);
        struct stood *stood = &run->clocks[run->clock_count++];
        *stood = (struct stood){.clock = clock, .texts = 0xcbf29ce484222325u,
                                .incident = log_incident_of(clock.incident)};
        mix(&stood->texts, clock.agreement);
        mix(&stood->texts, clock.metric);
        mix(&stood->texts, clock.calendar);
        mix(&stood->texts, clock.severity);
        stood->clock.incident = stood->clock.agreement = stood->clock.metric = (sla_text){NULL, 0};
        stood->clock.calendar = stood->clock.severity = (sla_text){NULL, 0};
    }
}

static int by_place(const void *a, const void *b)
{
    const struct stood *x = a, *y = b;
    if (x->incident != y->incident)
        return x->incident < y->incident ? -1 : 1;
    if (x->clock.metric_index != y->clock.metric_index)
        return x->clock.metric_index < y->clock.metric_index ? -1 : 1;
    if (x->clock.kind != y->clock.kind)
        return x->clock.kind < y->clock.kind ? -1 : 1;
    return x->clock.cycle < y->clock.cycle ? -1 : x->clock.cycle > y->clock.cycle;
}

void run_sort_clocks(struct run *run)
{
    if (run->clock_count > 0)
        qsort(run->clocks, run->clock_count, sizeof *run->clocks, by_place);
}

bool told_same(const struct told *a, const struct told *b)
{
    return a->incident == b->incident && a->texts == b->texts &&
           memcmp(&a->event, &b->event, sizeof a->event) == 0;
}

long run_differ(const struct run *a, const struct run *b)
{
    for (size_t i = 0; i < a->count || i < b->count; i++)
        if (i >= a->count || i >= b->count || !told_same(&a->told[i], &b->told[i]))
            return (long)i;
    return -1;
}

void run_take(struct run *out, const struct run *all, int32_t incident, bool without)
{
    out->count = out->clock_count = 0;
    memcpy(out->statuses, all->statuses, sizeof out->statuses);
    for (size_t i = 0; i < all->count; i++) {
        if ((all->told[i].incident == incident) == without)
            continue;
        out->told = grown(out->told, out->count, &out->capacity, sizeof *out->told);
        out->told[out->count++] = all->told[i];
    }
    for (size_t i = 0; i < all->clock_count; i++) {
        if ((all->clocks[i].incident == incident) == without)
            continue;
        out->clocks =
            grown(out->clocks, out->clock_count, &out->clock_capacity, sizeof *out->clocks);
        out->clocks[out->clock_count++] = all->clocks[i];
    }
}

static bool stood_same(const struct stood *a, const struct stood *b)
{
    return a->incident == b->incident && a->texts == b->texts &&
           memcmp(&a->clock, &b->clock, sizeof a->clock) == 0;
}

long run_clocks_differ(const struct run *a, const struct run *b)
{
    for (size_t i = 0; i < a->clock_count || i < b->clock_count; i++)
        if (i >= a->clock_count || i >= b->clock_count ||
            !stood_same(&a->clocks[i], &b->clocks[i]))
            return (long)i;
    return -1;
}

bool run_left_the_range(const struct run *run, int32_t updates)
{
    for (int32_t i = 0; i <= updates; i++)
        if (run->statuses[i] == SLA_ERROR_RANGE)
            return true;
    return false;
}

static void print_number(int64_t value)
{
    if (value == INT64_MIN)
        printf(" -");
    else
        printf(" %lld", (long long)value);
}

void told_print(const char *label, const struct told *told)
{
    const sla_event *event = &told->event;
    printf("#   %s", label);
    if (told->event.type == 0) {
        printf(" nothing\n");
        return;
    }
    printf(" %s (%d) m%u/%s#%u at", sla_event_type_name(event->type), told->incident,
           event->metric_index, sla_kind_name(event->kind), event->cycle);
    print_number(event->at);
    printf(" deadline");
    print_number(event->deadline);
    printf(" used");
    print_number(event->elapsed);
    printf(" left");
    print_number(event->remaining);
    printf("%s%s%s", event->flags & SLA_EVENT_LATE ? " late" : "",
           event->flags & SLA_EVENT_IN_GRACE ? " in_grace" : "",
           event->flags & SLA_EVENT_PROVISIONAL ? " provisional" : "");
    if (event->percent != SLA_NO_NUMBER)
        printf(" %d%%", event->percent);
    printf(" level %d n %u line %u id %08llx texts %08llx call %d\n",
           event->level == SLA_NO_NUMBER ? 0 : event->level, event->repetition, event->line,
           (unsigned long long)event->id[0] >> 32, (unsigned long long)told->texts >> 32,
           told->call);
}

void clock_print(const char *label, const struct run *run, long index)
{
    if (index >= (long)run->clock_count) {
        printf("#   %s no clock\n", label);
        return;
    }
    const struct stood *stood = &run->clocks[index];
    const sla_clock *clock = &stood->clock;
    printf("#   %s clock (%d) m%u/%s#%u state %u flags %u texts %08llx:", label, stood->incident,
           clock->metric_index, sla_kind_name(clock->kind), clock->cycle, clock->state,
           clock->flags, (unsigned long long)stood->texts >> 32);
    const int64_t numbers[] = {clock->started,   clock->ended,  clock->deadline,
                               clock->projected, clock->budget, clock->elapsed,
                               clock->remaining, clock->paused, clock->percent, clock->line};
    static const char *const names[] = {"started", "ended",     "deadline", "projected", "budget",
                                        "used",    "remaining", "paused",   "percent",   "line"};
    for (int i = 0; i < 10; i++) {
        printf(" %s", names[i]);
        print_number(numbers[i]);
    }
    printf("\n");
}

void run_print_difference(const struct run *wanted, const struct run *got)
{
    static const struct told nothing;
    long first = run_differ(wanted, got);
    const struct run *longer = wanted->count > got->count ? wanted : got;
    int shown = 0;
    for (long i = first; i-- > 0 && shown < 12;) /* the same incident's, the latest first */
        if (longer->told[i].incident == longer->told[first].incident && ++shown > 0)
            told_print("  both", &longer->told[i]);
    for (long i = first; first >= 0 && i < first + 3; i++) {
        told_print("wanted", i < (long)wanted->count ? &wanted->told[i] : &nothing);
        told_print("   got", i < (long)got->count ? &got->told[i] : &nothing);
    }
    first = run_clocks_differ(wanted, got);
    if (first >= 0) {
        clock_print("wanted", wanted, first);
        clock_print("   got", got, first);
    }
    for (int i = 0; i <= LOG_UPDATES; i++)
        if (wanted->statuses[i] != got->statuses[i])
            printf("#   call %d: wanted %s, got %s\n", i, sla_status_name(wanted->statuses[i]),
                   sla_status_name(got->statuses[i]));
}
