/* SPDX-License-Identifier: MIT */
/* One line of JSON, written straight into its text: long replays print hundreds of thousands. */
#ifndef JSON_LINE_H
#define JSON_LINE_H

#include "tool.h"

/* Keeps its memory from line to line. Zero to begin with. */
struct json_line {
    char *text;
    size_t length, capacity;
};

void json_line_begin(struct json_line *line);

/* One member each; keys are ours and need no escapes. */
void json_line_text(struct json_line *line, const char *key, sla_text text);
void json_line_word(struct json_line *line, const char *key, const char *word); /* ours too */
void json_line_number(struct json_line *line, const char *key, int64_t number);
void json_line_flag(struct json_line *line, const char *key, bool flag);
void json_line_texts(struct json_line *line, const char *key, const sla_text *texts, size_t count);

/* null for SLA_DURATION_NONE. */
void json_line_duration(struct json_line *line, const char *key, sla_duration duration);

/* "2026-11-20T10:20:00Z"; null for SLA_TIME_NONE. */
void json_line_time(struct json_line *line, const char *key, sla_time at);

/* Ends the line and prints it. */
void json_line_print(struct json_line *line);

#endif
