/* SPDX-License-Identifier: MIT */
/* Logs as texts, carried out line by line. */
#include "state_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(2);
}

char *state_file(const char *folder, const char *name, size_t *out_size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    char *text = malloc(1 << 20);
    if (file == NULL || text == NULL)
        give_up(path, "cannot be read");
    *out_size = fread(text, 1, (1 << 20) - 1, file);
    text[*out_size] = '\0';
    fclose(file);
    return text;
}

sla_policy *state_policy(const char *folder, const char *name)
{
    char path[4096];
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (sla_policy_load(path, NULL, &policy, &diags) != SLA_OK)
        give_up(path, sla_diags_count(diags) > 0 ? sla_diags_at(diags, 0)->message.data : "?");
    sla_diags_free(diags);
    return policy;
}

sla_time state_time(const char *text)
{
    int year, month, day, hour, minute;
    if (sscanf(text, "%d-%d-%dT%d:%d", &year, &month, &day, &hour, &minute) != 5)
        return SLA_TIME_NONE;
    if (month <= 2) { /* years that begin in March have their leap day at the end */
        year--;
        month += 12;
    }
    long long days = 365LL * year + year / 4 - year / 100 + year / 400 + (153 * month - 457) / 5 +
                     day - 719469;
    return days * 86400 + hour * 3600 + minute * 60;
}

void state_log_open(struct state_log *log, const char *folder, const char *name,
                    sla_policy *policy)
{
    size_t size;
    *log = (struct state_log){.folder = folder};
    log->at = log->text = state_file(folder, name, &size);
    if (sla_engine_new(policy, NULL, NULL, &log->engine) != SLA_OK)
        give_up(name, "no engine");
}

void state_log_close(struct state_log *log)
{
    sla_engine_free(log->engine);
    free(log->text);
}

static sla_status tell(sla_engine *engine, sla_time at, const char *incident, char *words)
{
    sla_attribute attributes[8];
    sla_update update = {.size = sizeof update, .at = at, .attributes = attributes};
    update.incident = (sla_text){incident, SLA_NUL_TERMINATED};
    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) {
        char *equals = strchr(word, '=');
        if (equals != NULL) {
            *equals = '\0';
            attributes[update.attribute_count++] = (sla_attribute){
                .name = {word, SLA_NUL_TERMINATED},
                .value = {equals + 1, SLA_NUL_TERMINATED},
                .flags = equals[1] == '\0' ? SLA_ATTRIBUTE_REMOVE : 0};
        } else if (word[0] == '@') {
            update.sequence = strtoull(word + 1, NULL, 10);
        } else {
            update.event = (sla_text){word, SLA_NUL_TERMINATED};
        }
    }
    return sla_engine_update(engine, &update);
}

static sla_status run_line(struct state_log *log, char *line)
{
    char first[64], second[64];
    int used = 0;
    sla_status status = SLA_OK;
    if (sscanf(line, "%63s %63s%n", first, second, &used) < 2)
        return SLA_ERROR_SYNTAX;
    sla_text name = {second, SLA_NUL_TERMINATED};
    if (strcmp(first, "take") == 0) {
        for (long i = strtol(second, NULL, 10); i > 0 && status == SLA_OK; i--)
            status = sla_engine_event_done(log->engine);
        return status == SLA_EMPTY ? SLA_OK : status;
    }
    if (strcmp(first, "forget") == 0)
        return sla_engine_forget(log->engine, &name);
    if (strcmp(first, "bind") == 0) {
        sla_policy *policy = state_policy(log->folder, second);
        status = sla_engine_bind(log->engine, policy, NULL);
        sla_policy_unref(policy);
        return status;
    }
    if (strcmp(second, "advance") == 0)
        return sla_engine_advance(log->engine, state_time(first));
    return tell(log->engine, state_time(first), second, line + used);
}

bool state_log_step(struct state_log *log)
{
    while (*log->at != '\0') {
        char *line = log->at, *end = strchr(line, '\n');
        log->at = end == NULL ? line + strlen(line) : end + 1;
        if (end != NULL)
            *end = '\0';
        if (*line == '#' || *line == '\0')
            continue;
        char copy[512];
        snprintf(copy, sizeof copy, "%s", line);
        sla_status status = run_line(log, line);
        if (status < 0)
            give_up(copy, sla_status_name(status));
        return true;
    }
    return false;
}
