/* SPDX-License-Identifier: MIT */
/* Reading a log of updates, CSV or JSON lines, row by row. */
#ifndef REPLAY_LOG_H
#define REPLAY_LOG_H

#include "tool.h"

/* One update as the log has it. Everything is borrowed for the call. */
struct log_row {
    sla_text incident;
    sla_text event; /* may be empty */
    sla_time at;
    const sla_attribute *attributes;
    size_t count;
    uint64_t line; /* in the log, from 1 */
};

/* --map name=column: the column of the log that is meant by a name. */
struct log_rename {
    sla_text name;
    sla_text column;
};

/* Who reads. Both callbacks return false to stop. */
struct log_reader {
    const char *path; /* "-" is standard input */
    const sla_policy *policy;
    const struct log_rename *renames;
    size_t rename_count;
    bool (*on_row)(void *user, const struct log_row *row);
    bool (*on_bad)(void *user, uint64_t line, const char *message);
    void (*on_progress)(void *user, uint64_t bytes_read, uint64_t bytes_in_all); /* 0: unknown */
    void *user;
};

/* Reads the log to its end, or until a callback stops it. False after a complaint: the log cannot
   be read at all (no such file, no column "incident"). */
bool log_read(const struct log_reader *reader);

/* "app.csv", or "standard input". */
const char *log_name(const char *path);

/* What the formats share. A format takes physical lines, with their ends, one by one. */
struct log_format {
    void *(*open)(const struct log_reader *reader);
    bool (*take_line)(void *state, const char *line, size_t length, uint64_t number);
    bool (*end)(void *state); /* false: the log cannot be read, and this has been said */
    void (*close)(void *state);
};

extern const struct log_format log_format_csv;
extern const struct log_format log_format_json;

/* The name that a column has after --map. */
sla_text log_column_name(const struct log_reader *reader, sla_text column);

bool log_text_is(sla_text text, const char *word);

/* What a column is for. */
enum log_role { LOG_INCIDENT, LOG_AT, LOG_EVENT, LOG_ATTRIBUTE, LOG_UNUSED };

/* The role of a name. An attribute gets its id; one that nobody will ask for is unused. */
enum log_role log_role_of(const struct log_reader *reader, sla_text name, uint32_t *out_id);

/* Gives a row to the reader once the texts of its main columns are known; a row without incident
   or with an instant that cannot be read is bad. `at` with no data: `row->at` is set already. */
bool log_give_row(const struct log_reader *reader, struct log_row *row, sla_text at);

/* Tells the reader of a bad line. */
bool log_give_bad(const struct log_reader *reader, uint64_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
