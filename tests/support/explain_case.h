/* SPDX-License-Identifier: MIT */
/* What tests of explanations share: a policy, an engine, an explanation, and its data as texts. */
#ifndef SUPPORT_EXPLAIN_CASE_H
#define SUPPORT_EXPLAIN_CASE_H

#include "run_suite.h"

#include <sla/sla.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOUR 3600

static sla_policy *policy;
static sla_engine *engine;
static sla_explanation *explanation;
static sla_explained_clock told; /* of the last explanation */
static char output[16384];

/* A day of November 2026 (31 is 1 December), UTC. The 20th is a Friday. */
static inline sla_time at(int day, int hour, int minute)
{
    return 1795132800 + (sla_time)(day - 20) * 86400 + hour * 3600 + minute * 60;
}

static inline void end(void)
{
    sla_explanation_free(explanation);
    sla_engine_free(engine);
    sla_policy_unref(policy);
    explanation = NULL;
    engine = NULL;
    policy = NULL;
}

static inline void begin(const char *policy_text)
{
    sla_diags *diags = NULL;
    sla_status status =
        sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &policy, &diags);
    if (status != SLA_OK && sla_diags_count(diags) > 0) {
        const sla_text *message = &sla_diags_at(diags, 0)->message;
        ck_abort_msg("%.*s", (int)message->length, message->data);
    }
    sla_diags_free(diags);
    ck_assert_int_eq(status, SLA_OK);
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
}

static inline sla_attribute attribute_of(const char *pair)
{
    const char *equals = strchr(pair, '=');
    return (sla_attribute){.name = {pair, (size_t)(equals - pair)},
                           .value = {equals + 1, SLA_NUL_TERMINATED}};
}

static inline void take(sla_explanation *made)
{
    sla_explanation_free(explanation);
    explanation = made;
    told = (sla_explained_clock){.size = sizeof told};
    ck_assert_int_eq(sla_explanation_clock(explanation, &told), 1);
}

/* A clock that would start then; attributes "name=value", NULL behind the last. */
static inline sla_status explain_at(sla_time when, uint32_t metric, ...)
{
    sla_attribute attributes[8];
    size_t count = 0;
    va_list pairs;
    va_start(pairs, metric);
    for (const char *pair; (pair = va_arg(pairs, const char *)) != NULL;)
        attributes[count++] = attribute_of(pair);
    va_end(pairs);
    sla_explanation *made = NULL;
    sla_status status = sla_policy_explain(policy, when, attributes, count, 0, metric, &made);
    ck_assert_int_ge(status, SLA_OK);
    take(made);
    return status;
}

static inline void explain_clock(const char *incident, uint32_t metric, uint32_t cycle)
{
    sla_text id = {incident, strlen(incident)};
    sla_explanation *made = NULL;
    ck_assert_int_eq(sla_engine_explain(engine, &id, 0, metric, cycle, &made), SLA_OK);
    take(made);
}

static inline void tell(const char *incident, sla_time when, const char *event, const char *pair)
{
    sla_attribute attribute = {.flags = 0};
    sla_update update = {.size = sizeof update, .at = when,
                         .incident = {incident, SLA_NUL_TERMINATED},
                         .event = {event, event == NULL ? 0 : SLA_NUL_TERMINATED}};
    if (pair != NULL) {
        attribute = attribute_of(pair);
        update.attributes = &attribute;
        update.attribute_count = 1;
    }
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_OK);
}

static inline void assert_text(sla_text text, const char *wanted)
{
    char copy[1024];
    snprintf(copy, sizeof copy, "%.*s", (int)text.length, text.data == NULL ? "" : text.data);
    ck_assert_str_eq(copy, wanted);
}

static inline const sla_explained_verdict *verdict(size_t index)
{
    static sla_explained_verdict found;
    found = (sla_explained_verdict){.size = sizeof found};
    return sla_explanation_verdict(explanation, index, &found) ? &found : NULL;
}

static inline void print(const char *format, ...)
{
    size_t used = strlen(output);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(output + used, sizeof output - used, format, arguments);
    va_end(arguments);
}

static inline void print_time(sla_time when)
{
    sla_time since = when - at(0, 0, 0);
    print("%02d %02d:%02d", (int)(since / 86400), (int)(since / 3600 % 24),
          (int)(since / 60 % 60));
}

static inline const char *parts(void)
{
    static const char *const words[] = {"", "counted", "closed", "paused", "stopped"};
    static const char *const days[] = {"", " holiday", " workday", " special", " closure"};
    uint64_t cursor = 0;
    sla_explained_part part = {.size = sizeof part};
    output[0] = '\0';
    while (sla_explanation_part(explanation, &cursor, &part)) {
        print("%s ", words[part.what]);
        print_time(part.from);
        print("-");
        print_time(part.to);
        print("%s%s%s", (part.flags & SLA_PART_AHEAD) != 0 ? " ahead" : "",
              (part.flags & SLA_PART_OVER) != 0 ? " over" : "", days[part.day]);
        if (part.name.length > 0)
            print(" %.*s", (int)part.name.length, part.name.data);
        print("\n");
    }
    return output;
}

static inline const char *events(void)
{
    static const char *const words[] = {"",        "started",  "restarted", "paused",
                                        "stopped", "calendar", "ended", "bound"};
    static const char *const states[] = {"",     "running", "paused",    "met",
                                         "missed", "cancelled", "exempt"};
    sla_explained_event event = {.size = sizeof event};
    output[0] = '\0';
    for (size_t i = 0; sla_explanation_event(explanation, i, &event); i++) {
        bool lasts = event.what == SLA_RECORD_PAUSED || event.what == SLA_RECORD_STOPPED;
        print("%s %s%s", words[event.what], states[event.state], event.state != 0 ? " " : "");
        print_time(event.at);
        if (lasts)
            print("-");
        if (lasts && event.until != SLA_TIME_NONE)
            print_time(event.until);
        if (lasts)
            print(" %d", (int)event.counted);
        if (event.text.length > 0)
            print(" %.*s", (int)event.text.length, event.text.data);
        if (event.line > 0)
            print(" line %u", event.line);
        print("%s%s\n", (event.flags & SLA_RECORD_BY_LIMIT) != 0 ? " by limit" : "",
              (event.flags & SLA_RECORD_COUNTS) != 0 ? " counts" : "");
    }
    return output;
}

/* "name=value", derived ones with a star. */
static inline const char *attributes(void)
{
    sla_explained_attribute one = {.size = sizeof one};
    output[0] = '\0';
    for (size_t i = 0; sla_explanation_attribute(explanation, i, &one); i++)
        print("%.*s%s=%.*s ", (int)one.name.length, one.name.data,
              (one.flags & SLA_ATTRIBUTE_DERIVED) != 0 ? "*" : "", (int)one.value.length,
              one.value.data);
    return output;
}

#endif
