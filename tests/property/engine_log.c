/* SPDX-License-Identifier: MIT */
/* Logs. */
#include "engine_log.h"

#include "engine_author.h"

#include <sla/calendar.h>
#include <stdio.h>
#include <string.h>

static const char *const incidents[LOG_INCIDENTS] = {
    "i0", "i1", "i2", "an incident with a long id, 40 bytes (3)", "4", "i5", "INC-0000000006",
    "Störung 7"};

struct writer {
    struct log *log;
    struct random *random;
    sla_engine *engine;
    sla_time now, grain;
    int32_t incident_count;
    bool seen[LOG_INCIDENTS];
    uint64_t sequences[LOG_INCIDENTS];
    bool has_sequences, has_host;
};

static int below(struct writer *writer, int limit)
{
    return (int)random_between(writer->random, 0, limit - 1);
}

static bool chance(struct writer *writer, int percent)
{
    return below(writer, 100) < percent;
}

static sla_time next_instant(struct writer *writer)
{
    static const int64_t steps[] = {60, 600, 3600, 3600, 14400, 43200, 86400, 3 * 86400};
    static const int64_t beside[] = {0, 0, -1, -1, -2, 1};
    int roll = below(writer, 100);
    sla_time due = sla_engine_next_due(writer->engine);
    if (roll < 15)
        return writer->now;
    if (roll < 60 && due != SLA_TIME_NEVER && due < writer->now + 40 * PLAN_DAY) {
        sla_time at = due + beside[below(writer, COUNT_OF(beside))];
        return at > writer->now ? at : writer->now;
    }
    sla_time at = writer->now + random_between(writer->random, 1,
                                               steps[below(writer, COUNT_OF(steps))]);
    at -= at % writer->grain;
    return at > writer->now ? at : writer->now;
}

static struct log_change *change(struct log_update *update, const char *name)
{
    static struct log_change spare;
    for (int32_t i = 0; i < update->change_count; i++)
        if (strcmp(update->changes[i].name, name) == 0)
            return &spare; /* each attribute once */
    if (update->change_count == LOG_CHANGES)
        return &spare;
    struct log_change *made = &update->changes[update->change_count++];
    *made = (struct log_change){.name = name};
    return made;
}

static void change_word(struct writer *writer, struct log_update *update, int index, bool first)
{
    const struct attribute_words *words = &attribute_words[index];
    struct log_change *made = change(update, words->name);
    snprintf(made->value, sizeof made->value, "%s", words->values[below(writer, words->count)]);
    if (strcmp(words->name, "severity") == 0 && chance(writer, 25)) /* one that is not listed */
        snprintf(made->value, sizeof made->value, "unheard of");
    made->removed = !first && chance(writer, 20);
}

static void change_instant(struct writer *writer, struct log_change *made)
{
    static const int64_t away[] = {-600, 0, 1800, 7200, 86400, 3 * 86400};
    char text[SLA_TIME_CAPACITY];
    sla_calendar_format_time(NULL, writer->now + away[below(writer, COUNT_OF(away))], text);
    snprintf(made->value, sizeof made->value, "%s", chance(writer, 90) ? text : "soon");
}

static void change_attributes(struct writer *writer, struct log_update *update, bool first)
{
    for (int i = 0; i < WORDS_FIXED; i++)
        if (chance(writer, first ? 80 : 7))
            change_word(writer, update, i, first);
    if (chance(writer, first ? 50 : 12))
        change_instant(writer, change(update, WORDS_VISIT));
    for (int i = WORDS_FIXED; i < WORDS_COUNT; i++)
        if (chance(writer, i == WORDS_FIXED ? 40 : 12))
            change_word(writer, update, i, first);
    if (chance(writer, 5)) { /* what the policy never asks for, and no two incidents share */
        struct log_change *made = change(update, "remark");
        snprintf(made->value, sizeof made->value, "%016llx%d",
                 (unsigned long long)random_next(writer->random), update->incident);
    }
}

static void host_update(struct writer *writer, struct log_update *update)
{
    static const char *const amounts[] = {"30m", "2h", "1s", "24h", "soon"};
    static const char *const metrics[] = {"m0", "m1", "m2", "nothing"};
    int roll = below(writer, 10);
    update->event = roll < 5 ? "sla:extend" : roll < 8 ? "sla:pin" : "sla:exempt";
    update->change_count = 0;
    if (roll < 5)
        snprintf(change(update, "by")->value, 32, "%s",
                 amounts[below(writer, COUNT_OF(amounts))]);
    else if (roll < 8)
        change_instant(writer, change(update, "deadline"));
    if (chance(writer, 60))
        snprintf(change(update, "metric")->value, 32, "%s",
                 metrics[below(writer, chance(writer, 95) ? 3 : 4)]);
    if (chance(writer, 50))
        snprintf(change(update, "reason")->value, 32, "%s", chance(writer, 50) ? "storm" : "ice");
    if (chance(writer, 30))
        change_word(writer, update, WORDS_FIXED + 2, true);
}

static const char *event_name(struct writer *writer, bool first)
{
    static const char *const others[] = {"hold", "unhold", "hold", "unhold", "reopened",
                                         "reopened", "reopened", "responded", "resolved",
                                         "opened", "unheard of"};
    if (chance(writer, first ? 75 : 25))
        return "";
    if (chance(writer, 35))
        return others[below(writer, COUNT_OF(others) - (first ? 2 : 0))];
    return event_words[below(writer, EVENT_WORDS)];
}

static void write_update(struct writer *writer, struct log_update *update)
{
    int32_t incident = below(writer, writer->incident_count);
    bool first = !writer->seen[incident];
    *update = (struct log_update){.incident = incident, .at = writer->now,
                                  .bound = chance(writer, 50)};
    update->event = event_name(writer, first);
    change_attributes(writer, update, first);
    if (writer->has_host && !first && chance(writer, 15))
        host_update(writer, update);
    if (writer->has_sequences && chance(writer, 70))
        update->sequence = writer->sequences[incident] += 1 + (uint64_t)below(writer, 3);
    writer->seen[incident] = true;
}

void log_random(struct log *log, sla_policy *policy, int32_t center, struct random *random)
{
    static const int64_t grains[] = {1, 60, 600, 1800, 3600};
    static const int64_t rests[] = {0, 3600, 86400, 12 * 86400};
    struct writer writer = {.log = log, .random = random};
    sla_attribute attributes[LOG_CHANGES];
    if (sla_engine_new(policy, NULL, NULL, &writer.engine) != SLA_OK)
        return;
    writer.incident_count = 1 + below(&writer, LOG_INCIDENTS);
    writer.has_sequences = chance(&writer, 30);
    writer.has_host = chance(&writer, 40);
    writer.grain = grains[below(&writer, COUNT_OF(grains))];
    writer.now = (int64_t)center * PLAN_DAY +
                 random_between(random, -15 * PLAN_DAY / 1800, 4 * PLAN_DAY / 1800) * 1800;
    *log = (struct log){.count = 5 + below(&writer, chance(&writer, 70) ? 25 : 56)};
    for (int32_t i = 0; i < log->count; i++) {
        writer.now = i == 0 ? writer.now : next_instant(&writer);
        write_update(&writer, &log->updates[i]);
        sla_update update = log_update_of(&log->updates[i], policy, attributes);
        sla_engine_update(writer.engine, &update);
        while (sla_engine_event_done(writer.engine) == SLA_OK)
            continue;
    }
    log->until = writer.now + rests[below(&writer, COUNT_OF(rests))];
    sla_time due = sla_engine_next_due(writer.engine);
    if (chance(&writer, 40) && due != SLA_TIME_NEVER && due < writer.now + 40 * PLAN_DAY)
        log->until = due - below(&writer, 2);
    sla_engine_free(writer.engine);
}

void log_delay(struct log *log, struct random *random)
{
    static const int64_t delays[] = {0, 0, 0, 1, 600, 7200, 86400, 4 * 86400};
    struct log late = {.until = log->until, .is_late = true};
    sla_time when[LOG_UPDATES];
    sla_time last[LOG_INCIDENTS] = {0};
    for (int32_t i = 0; i < log->count; i++) {
        const struct log_update *update = &log->updates[i];
        sla_time at = update->at + delays[random_between(random, 0, COUNT_OF(delays) - 1)];
        if (at < last[update->incident])
            at = last[update->incident];
        last[update->incident] = at;
        int32_t place = late.count++;
        for (; place > 0 && when[place - 1] > at; place--) {
            when[place] = when[place - 1];
            late.updates[place] = late.updates[place - 1];
        }
        when[place] = at;
        late.updates[place] = *update;
    }
    *log = late;
}

void log_in_order(const struct log *late, struct log *out)
{
    *out = (struct log){.until = late->until};
    for (int32_t i = 0; i < late->count; i++) {
        int32_t place = out->count++;
        for (; place > 0 && out->updates[place - 1].at > late->updates[i].at; place--)
            out->updates[place] = out->updates[place - 1];
        out->updates[place] = late->updates[i];
    }
}

sla_text log_incident(int32_t incident)
{
    return (sla_text){incidents[incident], strlen(incidents[incident])};
}

int32_t log_incident_of(sla_text id)
{
    for (int32_t i = 0; i < LOG_INCIDENTS; i++)
        if (strlen(incidents[i]) == id.length && memcmp(incidents[i], id.data, id.length) == 0)
            return i;
    return -1;
}

sla_update log_update_of(const struct log_update *update, const sla_policy *policy,
                         sla_attribute *attributes)
{
    for (int32_t i = 0; i < update->change_count; i++) {
        const struct log_change *made = &update->changes[i];
        attributes[i] = (sla_attribute){
            .name = {made->name, strlen(made->name)},
            .value = {made->value, strlen(made->value)},
            .id = update->bound ? sla_policy_attribute(policy, made->name, SLA_NUL_TERMINATED) : 0,
            .flags = made->removed ? SLA_ATTRIBUTE_REMOVE : 0,
        };
    }
    return (sla_update){.size = sizeof(sla_update),
                        .incident = log_incident(update->incident),
                        .event = {update->event, strlen(update->event)},
                        .attributes = attributes,
                        .attribute_count = (size_t)update->change_count,
                        .at = update->at,
                        .sequence = update->sequence};
}

void log_print(const struct log *log)
{
    for (int32_t i = 0; i < log->count; i++) {
        const struct log_update *update = &log->updates[i];
        char at[SLA_TIME_CAPACITY];
        sla_calendar_format_time(NULL, update->at, at);
        printf("#   %s %lld  %-4s %s", at, (long long)update->at, incidents[update->incident],
               update->event[0] != '\0' ? update->event : "-");
        for (int32_t k = 0; k < update->change_count; k++)
            printf(", %s: %s", update->changes[k].name,
                   update->changes[k].removed ? "(removed)" : update->changes[k].value);
        if (update->sequence != 0)
            printf("  #%llu", (unsigned long long)update->sequence);
        printf("\n");
    }
    printf("#   until %lld\n", (long long)log->until);
}
