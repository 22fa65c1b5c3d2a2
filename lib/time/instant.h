/* SPDX-License-Identifier: MIT */
/* Instants, durations and times of day as text. */
#ifndef TIME_INSTANT_H
#define TIME_INSTANT_H

#include "time/zone.h"

/* RFC 3339 ("2026-11-20T17:50", seconds and offset optional, "T" or a space); without an offset
   local time in `zone`; a date alone is its local midnight. Fractions of a second are floored. */
sla_status instant_parse(sla_text text, const struct zone *zone, sla_time *out_at);
/* Did the text carry its own offset? (valid after a successful parse) */
bool instant_has_offset(sla_text text);
/* With zone NULL: UTC with "Z". Returns the length; `buffer` holds SLA_TIME_CAPACITY. */
size_t instant_format(sla_time at, const struct zone *zone, char *buffer);

bool date_parse(sla_text text, sla_date *out_date);             /* 2026-11-20 */
bool month_day_parse(sla_text text, int32_t *out_month, int32_t *out_day); /* 12-25, 02-29 */
bool time_of_day_parse(sla_text text, int32_t *out_seconds);    /* 09:00, 09:00:30, 24:00 */
/* "1h30m", "90s", "240h": units s, m, h, each at most once, falling. */
sla_status duration_parse(sla_text text, sla_duration *out_duration);

#endif
