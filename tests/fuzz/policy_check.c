/* SPDX-License-Identifier: MIT */
/* Files from memory, and a short life: what any policy that compiles must bear. */
#include "policy_check.h"

#include "sound_policy.h"

#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILES_MAX 512u
#define TURNS 24
#define EVENTS_MAX 100000 /* more than any incident has to say in so many turns */
#define FRIDAY_EVENING ((sla_time)1795196940) /* 2026-11-20T17:49:00Z */

static const char *folders[4]; /* by kind of file */
static struct {
    char path[512];
    char *bytes;
    size_t length;
} files[FILES_MAX];
static size_t file_count;

static sla_status give_file(void *user, uint32_t kind, const sla_text *name, sla_text *out)
{
    char path[512];
    (void)user;
    int length = snprintf(path, sizeof path, "%s/%.*s", folders[kind], (int)name->length,
                          name->data);
    if (length < 0 || (size_t)length >= sizeof path)
        return SLA_ERROR_NOT_FOUND;
    size_t i = 0;
    while (i < file_count && strcmp(files[i].path, path) != 0)
        i++;
    if (i == file_count) {
        FILE *file = fopen(path, "rb");
        if (file == NULL || i == FILES_MAX) {
            if (file != NULL)
                fclose(file);
            return SLA_ERROR_NOT_FOUND;
        }
        memcpy(files[i].path, path, sizeof path);
        files[i].bytes = malloc(1 << 18);
        files[i].length = files[i].bytes == NULL ? 0 : fread(files[i].bytes, 1, 1 << 18, file);
        fclose(file);
        file_count++;
    }
    *out = (sla_text){files[i].bytes, files[i].length};
    return SLA_OK;
}
static const sla_loader loader = {.load = give_file};

void policy_check_begin(const char *zoneinfo, const char *included)
{
    folders[SLA_FILE_POLICY] = folders[SLA_FILE_INCLUDE] = included;
    folders[SLA_FILE_ZONE] = zoneinfo;
}

#define TEXT_LITERAL(text) {text, sizeof text - 1}
#define ATTRIBUTE(key, its_value) {.name = TEXT_LITERAL(key), .value = TEXT_LITERAL(its_value)}

/* What the examples ask for, so that most policies have something to choose by. */
static const sla_attribute opening[] = {
    ATTRIBUTE("impact", "high"),     ATTRIBUTE("urgency", "high"), ATTRIBUTE("plan", "gold"),
    ATTRIBUTE("priority", "urgent"), ATTRIBUTE("city", "Shanghai"), ATTRIBUTE("users", "120"),
    ATTRIBUTE("status", "new"),      ATTRIBUTE("product", "router"), ATTRIBUTE("type", "mail"),
    ATTRIBUTE("summary", "[P1] down"), ATTRIBUTE("visit_at", "2026-11-24T10:00:00Z"),
};
static const sla_attribute waiting[] = {ATTRIBUTE("status", "waiting_customer"),
                                        ATTRIBUTE("visit_at", "soon")};
static const sla_attribute working[] = {ATTRIBUTE("status", "working"), ATTRIBUTE("plan", "free"),
                                        ATTRIBUTE("team", "tokyo")};
#define CHANGES(list) (list), sizeof(list) / sizeof *(list)

static const struct {
    const char *event;
    const sla_attribute *attributes;
    size_t count;
} turns[] = {
    {"opened", CHANGES(opening)},   {"hold", NULL, 0},           {"", CHANGES(waiting)},
    {"responded", NULL, 0},         {"unhold", CHANGES(working)}, {"dispatched", NULL, 0},
    {"customer_replied", NULL, 0},  {"arrived", NULL, 0},        {"resolved", NULL, 0},
    {"reopened", CHANGES(opening)}, {"confirmed", NULL, 0},      {"merged", NULL, 0},
};

static bool is_answer(sla_status status)
{
    return status == SLA_OK || status == SLA_UNKNOWN_SEVERITY || status == SLA_ERROR_RANGE;
}

static const char *classify(const sla_policy *policy)
{
    sla_classification *classification = NULL;
    sla_status status = sla_policy_classify(policy, FRIDAY_EVENING, CHANGES(opening),
                                            &classification);
    if (!is_answer(status))
        return "every incident can be classified";
    sla_classified_clock clock = {.size = sizeof clock};
    const char *broken = NULL;
    for (size_t i = 0; classification != NULL; i++) {
        if (sla_classification_clock(classification, i, &clock) == 0)
            break;
        if (clock.status == SLA_OK && (clock.deadline < SLA_TIME_MIN ||
                                       clock.deadline > SLA_TIME_MAX))
            broken = "a deadline lies in the range of instants";
        if (clock.line == 0)
            broken = "a target has a line";
    }
    sla_classification_free(classification);
    return broken;
}

static const char *drain(sla_engine *engine, long *out_count)
{
    sla_event event = {.size = sizeof event};
    while (sla_engine_next_event(engine, &event) == SLA_OK) {
        if (++*out_count > EVENTS_MAX)
            return "a life has an end of events";
        if (sla_event_type_name(event.type) == NULL || event.metric.length == 0)
            return "an event has a type and a metric";
        if (sla_engine_event_done(engine) != SLA_OK)
            return "an event that was shown can be taken";
    }
    return NULL;
}

static const char *live(sla_engine *engine)
{
    sla_update update = {.size = sizeof update, .incident = TEXT_LITERAL("INC-1")};
    sla_time now = FRIDAY_EVENING;
    long events = 0;
    for (int turn = 0; turn < TURNS; turn++) {
        size_t which = (size_t)turn % (sizeof turns / sizeof *turns);
        update.event = (sla_text){turns[which].event, strlen(turns[which].event)};
        update.attributes = turns[which].attributes;
        update.attribute_count = turns[which].count;
        update.at = now;
        if (!is_answer(sla_engine_update(engine, &update)))
            return "an update that is in order is applied";
        const char *broken = drain(engine, &events);
        if (broken != NULL)
            return broken;
        sla_time due = sla_engine_next_due(engine);
        if (due != SLA_TIME_NEVER && due < now)
            return "what is due next is not past";
        now = due < now + 90000 && due > now ? due : now + 3 * 3600 + turn;
        sla_status status = sla_engine_advance(engine, now);
        if (status != SLA_OK && status != SLA_ERROR_RANGE)
            return "time passes";
        if (status == SLA_OK && sla_engine_next_due(engine) <= now)
            return "what was due has been told";
        broken = drain(engine, &events);
        if (broken != NULL)
            return broken;
    }
    return NULL;
}

/* Its own tests may fail, but they run. */
static const char *run_tests(const sla_policy *policy)
{
    sla_policy_test test = {.size = sizeof test};
    for (size_t i = 0; sla_policy_test_at(policy, i, &test) != 0; i++) {
        sla_test_run *run = NULL;
        if (sla_policy_test_run(policy, i, &run) != SLA_OK)
            return "a policy's test runs";
        sla_test_mismatch mismatch = {.size = sizeof mismatch};
        for (size_t k = 0; k < sla_test_run_count(run); k++) {
            if (sla_test_run_mismatch(run, k, &mismatch) == 0 || mismatch.line == 0) {
                sla_test_run_free(run);
                return "a mismatch has a place";
            }
        }
        sla_test_run_free(run);
    }
    return NULL;
}

static const char *use(sla_policy *policy, const sla_allocator *allocator)
{
    const char *broken = classify(policy);
    if (broken == NULL)
        broken = run_tests(policy);
    if (broken != NULL)
        return broken;
    sla_engine_options options = {.size = sizeof options, .allocator = allocator};
    sla_engine *engine;
    if (sla_engine_new(policy, NULL, &options, &engine) != SLA_OK)
        return "there is an engine for every policy";
    broken = live(engine);
    sla_engine_free(engine);
    return broken;
}

const char *policy_check(const char *text, size_t length, bool twice, bool *out_accepted)
{
    return sound_policy(text, length, &loader, NULL, twice, use, out_accepted);
}
