/* SPDX-License-Identifier: MIT */
/* Random logs: what happens to several incidents. A log grows beside an engine, so that many of its
 * updates fall exactly on, one second before or one second after something that is due. */
#ifndef PROPERTY_ENGINE_LOG_H
#define PROPERTY_ENGINE_LOG_H

#include "random.h"

#include <sla/engine.h>
#include <stdbool.h>

#define LOG_UPDATES 64
#define LOG_INCIDENTS 8
#define LOG_CHANGES 6

struct log_change {
    const char *name;
    char value[32];
    bool removed;
};

struct log_update {
    int32_t incident;
    int32_t change_count;
    const char *event;
    sla_time at;
    uint64_t sequence;
    bool bound; /* attributes go by their numbers in the policy */
    struct log_change changes[LOG_CHANGES];
};

struct log {
    int32_t count;
    sla_time until; /* advanced to at the end */
    bool is_late;   /* not in the order of its instants; each incident's own updates are */
    struct log_update updates[LOG_UPDATES];
};

/* A log under a policy, near the date `center`. */
void log_random(struct log *log, sla_policy *policy, int32_t center, struct random *random);
/* Late news: some updates come after later ones of other incidents (E2). */
void log_delay(struct log *log, struct random *random);
/* The updates sorted by their instants, as they happened. */
void log_in_order(const struct log *late, struct log *out);

/* An update as the library takes it; `attributes` holds LOG_CHANGES. */
sla_update log_update_of(const struct log_update *update, const sla_policy *policy,
                         sla_attribute *attributes);
sla_text log_incident(int32_t incident);
/* The number of an incident by its id. */
int32_t log_incident_of(sla_text id);

/* As comments of TAP. */
void log_print(const struct log *log);

#endif
