/* SPDX-License-Identifier: MIT */
/* One policy, four threads, an engine each.
 *
 *     shared_policy [FOLDER OF ZONE FILES]
 *
 * A policy never changes, so threads share it without locks. An engine belongs to one thread at a
 * time. Events are pulled here: shown, then marked as done; nothing is lost in between.
 */
#include <pthread.h>
#include <sla/sla.h>
#include <stdio.h>

#define THREADS 4
#define INCIDENTS 1000

static const char policy_text[] =
    "sla: 1\n"
    "timezone: Europe/Berlin\n"
    "metrics: {resolution: {start: opened, stop: resolved}}\n"
    "targets: [{resolution: 1h}]\n";

struct worker {
    pthread_t thread;
    sla_policy *policy; /* borrowed; the engine holds a reference of its own */
    int late_every;     /* every n-th incident is resolved too late */
    int met, missed;
    sla_status status;
};

static sla_status say(sla_engine *engine, const char *incident, sla_time at, const char *event)
{
    sla_update update = {.size = sizeof update, .incident = {incident, SLA_NUL_TERMINATED},
                         .event = {event, SLA_NUL_TERMINATED}, .at = at};
    return sla_engine_update(engine, &update);
}

static void take_events(struct worker *worker, sla_engine *engine)
{
    sla_event event = {.size = sizeof event};
    while (sla_engine_next_event(engine, &event) == SLA_OK) {
        worker->met += event.type == SLA_EVENT_MET;
        worker->missed += event.type == SLA_EVENT_MISSED;
        sla_engine_event_done(engine);
    }
}

/* A thousand incidents, one every two hours; each is resolved after 30 or after 90 minutes. */
static void *work(void *argument)
{
    struct worker *worker = argument;
    sla_engine *engine = NULL;
    worker->status = sla_engine_new(worker->policy, NULL, NULL, &engine);
    sla_time opened = 1767225600; /* 2026-01-01T00:00:00Z */
    for (int n = 1; n <= INCIDENTS && worker->status == SLA_OK; n++, opened += 7200) {
        char incident[32];
        snprintf(incident, sizeof incident, "incident %d", n);
        sla_duration minutes = n % worker->late_every == 0 ? 90 : 30;
        worker->status = say(engine, incident, opened, "opened");
        if (worker->status == SLA_OK)
            worker->status = say(engine, incident, opened + minutes * 60, "resolved");
        take_events(worker, engine);
    }
    sla_engine_free(engine);
    return NULL;
}

int main(int argc, char **argv)
{
    sla_policy_options options = {.size = sizeof options};
    if (argc > 1)
        options.zoneinfo = (sla_text){argv[1], SLA_NUL_TERMINATED};
    sla_policy *policy;
    sla_status status =
        sla_policy_compile(policy_text, SLA_NUL_TERMINATED, &options, &policy, NULL);
    if (status != SLA_OK) {
        fprintf(stderr, "shared_policy: %s\n", sla_status_text(status));
        return 1;
    }

    struct worker workers[THREADS];
    int started = 0;
    for (; started < THREADS; started++) {
        struct worker *worker = &workers[started];
        *worker = (struct worker){.policy = policy, .late_every = started + 2};
        if (pthread_create(&worker->thread, NULL, work, worker) != 0)
            break;
    }
    int failed = started < THREADS;
    for (int i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
        printf("thread %d: %d met, %d missed\n", i + 1, workers[i].met, workers[i].missed);
        if (workers[i].status != SLA_OK) {
            fprintf(stderr, "thread %d: %s\n", i + 1, sla_status_text(workers[i].status));
            failed = 1;
        }
    }
    sla_policy_unref(policy);
    return failed;
}
