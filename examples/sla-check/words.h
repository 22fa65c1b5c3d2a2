/* SPDX-License-Identifier: MIT */
/* Reading and writing small words: choices, lists, instants, durations, "did you mean". */
#ifndef WORDS_H
#define WORDS_H

#include "tool.h"

#define NO_CHOICE SIZE_MAX

/* The index of `word` in `words` (NULL at the end), or NO_CHOICE. */
size_t find_word(const char *word, size_t length, const char *const *words);

/* The word that `word` was probably meant to be, or NULL. */
const char *nearest_word(const char *word, const char *const *words);

/* Appends words with ", " between them; at most `capacity` bytes with the NUL. */
void join_words(const char *const *words, char *buffer, size_t capacity);

/* Cuts the next part off a list with commas, without spaces around it: false at the end. */
bool next_part(const char **list, sla_text *out_part);

/* Reads an instant: Unix seconds (a fraction is floored, T2), else RFC 3339, local to the zone of
   `calendar` where it has no offset (T3). */
sla_status read_instant(const sla_calendar *calendar, const char *text, size_t length,
                        sla_time *out_at);

/* A fraction of a second is floored (T2). SLA_ERROR_RANGE outside 1970..2199. */
sla_status read_seconds(double seconds, sla_time *out_at);

#define INSTANT_HELP "write 2026-11-20T17:50:00+08:00 or Unix seconds"

/* The calendar that has the policy's own zone and is always open. */
const sla_calendar *policy_zone(const sla_policy *policy);

#define DURATION_CAPACITY 40

/* "1h30m" as a policy writes it; "-20m" for a negative one. */
const char *duration_text(sla_duration seconds, char buffer[DURATION_CAPACITY]);

/* "16:00" of seconds of the day. */
const char *time_of_day_text(uint32_t seconds, char buffer[DURATION_CAPACITY]);

/* "1,234" with commas. */
const char *count_text(uint64_t count, char buffer[DURATION_CAPACITY]);

#define WEEKDAY_TIME_CAPACITY (SLA_TIME_CAPACITY + 4)

/* "Fri 2026-11-20T18:50:00+08:00", with the offset of the calendar's zone. */
const char *weekday_time_text(const sla_calendar *calendar, sla_time at,
                              char buffer[WEEKDAY_TIME_CAPACITY]);

/* "Mon" ... "Sun" of a date. */
const char *weekday_name(sla_date date);

/* From 0 for Monday to 6 for Sunday. */
int weekday_index(sla_date date);

#endif
