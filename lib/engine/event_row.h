/* SPDX-License-Identifier: MIT */
/* An event on its way into columns: as it is told, and what columns show besides. */
#ifndef ENGINE_EVENT_ROW_H
#define ENGINE_EVENT_ROW_H

#include "engine/sinks.h"
#include "engine/work.h"

#define EVENT_ROW_LISTS 2u
#define EVENT_ROW_ID_DIGITS 32u

/* What costs time and is not always wanted. */
#define EVENT_ROW_INDEXES 0x1u /* `agreement` and `severity` */
#define EVENT_ROW_DIGITS 0x2u  /* `id` */

struct event_row {
    sla_event event;
    uint32_t agreement, severity; /* indexes, or INDEX_NONE */
    struct text_list lists[EVENT_ROW_LISTS];
    sla_text id; /* in digits */
    char digits[EVENT_ROW_ID_DIGITS];
};

void event_row_read(struct event_row *row, const sla_engine *engine, const struct news *news,
                    unsigned wants);

#endif
