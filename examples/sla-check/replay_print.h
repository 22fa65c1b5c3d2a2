/* SPDX-License-Identifier: MIT */
/* Events as lines: for people, or as JSON. */
#ifndef REPLAY_PRINT_H
#define REPLAY_PRINT_H

#include "json_line.h"

/* How wide the columns of text are; a type or an incident that is wider widens its column from
   there on. */
struct event_columns {
    const sla_calendar *zone; /* gives the offset of the instants */
    size_t type, incident, metric, severity;
};

struct event_columns event_columns_of(const sla_policy *policy);

void print_event_text(struct event_columns *columns, const sla_event *event);
void print_event_json(struct json_line *line, const sla_event *event);

#endif
