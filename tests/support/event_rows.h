/* SPDX-License-Identifier: MIT */
/* Room for events as columns, every one of them, and events read back from it. */
#ifndef SUPPORT_EVENT_ROWS_H
#define SUPPORT_EVENT_ROWS_H

#include <sla/sla.h>

#define EVENT_ROWS_TEXTS 7
#define EVENT_ROWS_LISTS 2
#define EVENT_ROWS_WORDS 16 /* of one list */

struct event_rows {
    sla_event_columns columns; /* to be given to the library */
    sla_text_sink texts[EVENT_ROWS_TEXTS];
    sla_list_sink lists[EVENT_ROWS_LISTS];
    sla_text_sink words[EVENT_ROWS_LISTS];
    void *memory;
    size_t count; /* out: rows */
};

/* Room for `capacity` rows, `bytes` of each column of texts and `words` of each column of lists;
   offsets of `width` bytes, times in `ticks`. All of it is filled with garbage. Ends the program
   when there is no memory. */
void event_rows_open(struct event_rows *rows, size_t capacity, size_t bytes, size_t words,
                     uint32_t width, uint32_t ticks);
void event_rows_close(struct event_rows *rows);

/* Row `row` as an event; texts point into the rows, lists to `lists`. NULL; or what contradicts
   itself in the row, as a C expression. */
const char *event_rows_read(const struct event_rows *rows, size_t row, sla_event *out_event,
                            sla_text lists[EVENT_ROWS_LISTS][EVENT_ROWS_WORDS]);

#endif
