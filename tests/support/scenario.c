/* SPDX-License-Identifier: MIT */
/* Running scenario files through the public API. */
#define _GNU_SOURCE
#include "scenario.h"

#include <sla/sla.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WORDS 64

struct run {
    FILE *out;
    sla_policy *policy;
    sla_engine *engine;
    const sla_calendar *zone; /* 24x7: the policy's zone */
    int is_short;             /* times without their offset, and without seconds that are 0 */
    int refuses;              /* the callback takes no event */
    const char *problem;
};

static const char *time_text(const struct run *run, sla_time at)
{
    static char buffers[4][SLA_TIME_CAPACITY];
    static int next;
    char *buffer = buffers[next++ % 4];
    if (at == SLA_TIME_NONE)
        return "none";
    if (at == SLA_TIME_NEVER)
        return "never";
    sla_calendar_format_time(run->zone, at, buffer);
    if (run->is_short)
        buffer[strncmp(buffer + 16, ":00", 3) == 0 ? 16 : 19] = '\0';
    return buffer;
}

/* A deadline; of the same day as `at`, a short log gives the time of day alone. */
static const char *deadline_text(const struct run *run, sla_time at, sla_time deadline)
{
    const char *text = time_text(run, deadline), *day = time_text(run, at);
    return run->is_short && strlen(text) > 11 && strncmp(text, day, 11) == 0 ? text + 11 : text;
}

/* Counted time as people write it: 1h30m, 45s, -10m. */
static void print_duration(FILE *out, const char *name, sla_duration duration)
{
    fprintf(out, " %s=%s", name, duration < 0 ? "-" : "");
    long long left = duration < 0 ? -(long long)duration : (long long)duration;
    if (left >= 3600)
        fprintf(out, "%lldh", left / 3600);
    if (left / 60 % 60 != 0)
        fprintf(out, "%lldm", left / 60 % 60);
    if (left % 60 != 0 || left == 0)
        fprintf(out, "%llds", left % 60);
}

static void print_words(FILE *out, const char *name, const sla_text *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%.*s", i == 0 ? name : ",", (int)words[i].length, words[i].data);
}

static int32_t print_event(void *user, const sla_event *event)
{
    struct run *run = user;
    FILE *out = run->out;
    if (run->refuses)
        return 1;
    fprintf(out, "  %s %s %.*s %.*s", time_text(run, event->at), sla_event_type_name(event->type),
            (int)event->incident.length, event->incident.data, (int)event->metric.length,
            event->metric.data);
    if (event->kind != SLA_KIND_SLA)
        fprintf(out, " %s", sla_kind_name(event->kind));
    if (event->cycle > 1)
        fprintf(out, " #%u", event->cycle);
    fprintf(out, " deadline=%s", deadline_text(run, event->at, event->deadline));
    print_duration(out, "elapsed", event->elapsed);
    print_duration(out, "remaining", event->remaining);
    if (event->percent != SLA_NO_NUMBER)
        fprintf(out, " percent=%d", event->percent);
    if (event->level != SLA_NO_NUMBER)
        fprintf(out, " level=%d", event->level);
    if (event->repetition > 1)
        fprintf(out, " n=%u", event->repetition);
    print_words(out, " notify=", event->notify, event->notify_count);
    print_words(out, " via=", event->via, event->via_count);
    if (event->severity.length > 0)
        fprintf(out, " severity=%.*s", (int)event->severity.length, event->severity.data);
    if (event->reason.length > 0)
        fprintf(out, " reason=%.*s", (int)event->reason.length, event->reason.data);
    if (event->actor.length > 0)
        fprintf(out, " actor=%.*s", (int)event->actor.length, event->actor.data);
    if ((event->flags & SLA_EVENT_IN_GRACE) != 0)
        fprintf(out, " in_grace");
    if ((event->flags & SLA_EVENT_PROVISIONAL) != 0)
        fprintf(out, " provisional");
    if ((event->flags & SLA_EVENT_LATE) != 0)
        fprintf(out, " late");
    fputc('\n', out);
    return 0;
}

/* Splits a line into words; `"` groups, also inside key="a b". */
static int split(char *line, char *words[MAX_WORDS])
{
    int count = 0;
    while (*line != '\0' && count < MAX_WORDS) {
        while (*line == ' ')
            line++;
        if (*line == '\0')
            break;
        char *to = line;
        words[count++] = line;
        for (int quoted = 0; *line != '\0' && (quoted || *line != ' '); line++) {
            if (*line == '"')
                quoted = !quoted;
            else
                *to++ = *line;
        }
        if (*line != '\0')
            line++;
        *to = '\0';
    }
    return count;
}

static sla_text c_text(const char *text)
{
    return (sla_text){text, SLA_NUL_TERMINATED};
}

static sla_status apply_update(struct run *run, sla_time at, char **words, int count)
{
    sla_attribute attributes[MAX_WORDS];
    sla_update update = {.size = sizeof update, .at = at, .incident = c_text(words[0]),
                         .attributes = attributes};
    for (int i = 1; i < count; i++) {
        char *equals = strchr(words[i], '=');
        sla_attribute *attribute = &attributes[update.attribute_count];
        memset(attribute, 0, sizeof *attribute);
        if (words[i][0] == '@') {
            update.sequence = strtoull(words[i] + 1, NULL, 10);
        } else if (words[i][0] == '-') {
            attribute->name = c_text(words[i] + 1);
            attribute->flags = SLA_ATTRIBUTE_REMOVE;
            update.attribute_count++;
        } else if (equals != NULL) {
            *equals = '\0';
            attribute->name = c_text(words[i]);
            attribute->value = c_text(equals + 1);
            update.attribute_count++;
        } else {
            update.event = c_text(words[i]);
        }
    }
    return sla_engine_update(run->engine, &update);
}

static void print_clock(struct run *run, const char *incident, const char *metric_name)
{
    static const char *const states[] = {"none", "running", "paused", "met", "missed",
                                         "cancelled", "exempt"};
    sla_text id = c_text(incident), metric;
    for (uint32_t m = 0; sla_policy_metric_at(run->policy, m, &metric) != 0; m++)
        for (uint32_t kind = 0; kind < 3; kind++) {
            sla_clock clock = {.size = sizeof clock};
            if (strlen(metric_name) != metric.length ||
                memcmp(metric_name, metric.data, metric.length) != 0 ||
                sla_engine_clock(run->engine, &id, kind, m, &clock) != SLA_OK)
                continue;
            fprintf(run->out, "  %s %.*s%s%s deadline=%s", states[clock.state],
                    (int)metric.length, metric.data, kind == 0 ? "" : " ",
                    kind == 0 ? "" : sla_kind_name(kind),
                    deadline_text(run, sla_engine_now(run->engine), clock.deadline));
            print_duration(run->out, "elapsed", clock.elapsed);
            print_duration(run->out, "remaining", clock.remaining);
            if (clock.projected != SLA_TIME_NONE)
                fprintf(run->out, " projected=%s",
                        deadline_text(run, sla_engine_now(run->engine), clock.projected));
            if (clock.paused != 0)
                print_duration(run->out, "paused", clock.paused);
            fprintf(run->out, " percent=%u%s%s\n", clock.percent,
                    (clock.flags & SLA_CLOCK_BREACHED) != 0 ? " breached" : "",
                    (clock.flags & SLA_CLOCK_IN_GRACE) != 0 ? " in_grace" : "");
        }
}

static void run_line(struct run *run, char *line)
{
    char *words[MAX_WORDS];
    sla_time at;
    int count = split(line, words);
    if (count < 2 || sla_calendar_parse_time(run->zone, words[0], SLA_NUL_TERMINATED, &at) != 0) {
        run->problem = "a line of the log needs a time and an incident";
        return;
    }
    sla_status status = SLA_OK;
    if (strcmp(words[1], "advance") == 0)
        status = sla_engine_advance(run->engine, at);
    else if (strcmp(words[1], "due") == 0)
        fprintf(run->out, "  next_due=%s\n", time_text(run, sla_engine_next_due(run->engine)));
    else if (strcmp(words[1], "clock") == 0 && count == 4)
        print_clock(run, words[2], words[3]);
    else if (strcmp(words[1], "refuse") == 0 || strcmp(words[1], "take") == 0) {
        run->refuses = words[1][0] == 'r';
        status = sla_engine_deliver(run->engine);
    } else
        status = apply_update(run, at, words + 1, count - 1);
    if (status != SLA_OK)
        fprintf(run->out, "  %s\n", sla_status_name(status));
}

static void compile(struct run *run, const char *text, size_t length, const char *zoneinfo)
{
    sla_policy_options options = {.size = sizeof options, .zoneinfo = c_text(zoneinfo)};
    sla_diags *diags = NULL;
    if (sla_policy_compile(text, length, &options, &run->policy, &diags) != SLA_OK) {
        run->problem = "the policy has faults";
        for (size_t i = 0; i < sla_diags_count(diags); i++) {
            char buffer[2048];
            sla_diag_format(sla_diags_at(diags, i), buffer, sizeof buffer);
            fprintf(stderr, "%s\n", buffer);
        }
    }
    sla_diags_free(diags);
}

char *scenario_run(const char *text, const char *zoneinfo, const char **out_problem)
{
    char *result = NULL;
    size_t size = 0;
    struct run run = {.out = open_memstream(&result, &size)};
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = print_event, .user = &run};
    const char *policy_begin = NULL;
    int in_log = 0;
    for (const char *line = text; *line != '\0' && run.problem == NULL;) {
        const char *end = strchrnul(line, '\n');
        size_t length = (size_t)(end - line);
        const char *next = *end == '\0' ? end : end + 1;
        if (!in_log || length == 0 || line[0] == '#') {
            fprintf(run.out, "%.*s\n", (int)length, line);
        } else if (strncmp(line, "  ", 2) != 0) {
            char *copy = strndup(line, length);
            fprintf(run.out, "%s\n", copy);
            run_line(&run, copy);
            free(copy);
        }
        if (strncmp(line, "--- policy", 10) == 0) {
            policy_begin = next;
        } else if (strncmp(line, "--- log", 7) == 0 && policy_begin != NULL) {
            in_log = 1;
            run.is_short = strncmp(line, "--- log short", 13) == 0;
            compile(&run, policy_begin, (size_t)(line - policy_begin), zoneinfo);
            if (run.policy != NULL) {
                run.zone = sla_policy_calendar(run.policy, "24x7", SLA_NUL_TERMINATED);
                if (sla_engine_new(run.policy, &callbacks, NULL, &run.engine) != SLA_OK)
                    run.problem = "no engine";
            }
        }
        line = next;
    }
    if (!in_log && run.problem == NULL)
        run.problem = "there is no policy or no log";
    sla_engine_free(run.engine);
    sla_policy_unref(run.policy);
    fclose(run.out);
    *out_problem = run.problem;
    if (run.problem != NULL) {
        free(result);
        return NULL;
    }
    return result;
}
