/* SPDX-License-Identifier: MIT */
/* Events as lines: for people, or as JSON. */
#ifndef REPLAY_PRINT_H
#define REPLAY_PRINT_H

#include "tool.h"

/* `zone` gives the offset of the instants. */
void print_event_text(const sla_calendar *zone, const sla_event *event);
void print_event_json(const sla_event *event);

#endif
