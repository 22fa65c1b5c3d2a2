/* SPDX-License-Identifier: MIT */
/* A log as CSV: a header, then one update a row. */
#include "output.h"
#include "replay_log.h"
#include "words.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

struct column {
    enum log_role role;
    uint32_t id;
    char *name;
};

/* A cell of the row that is being read: its place in `text`. */
struct cell {
    size_t offset, length;
};

struct csv_log {
    const struct log_reader *reader;
    struct csv_parser parser;
    bool has_header, has_rows, unreadable, going;
    bool between;      /* no row has begun */
    uint64_t row_line; /* where the row began */
    struct column *columns;
    size_t column_count;
    struct cell *cells;
    size_t cell_count, cell_capacity;
    char *text;
    size_t text_length, text_capacity;
    sla_attribute *attributes;
};

static void start_parser(struct csv_log *log)
{
    csv_init(&log->parser, CSV_STRICT | CSV_STRICT_FINI);
    log->cell_count = log->text_length = 0;
    log->between = true;
}

static void *csv_open(const struct log_reader *reader)
{
    struct csv_log *log = get_memory(NULL, sizeof *log);
    *log = (struct csv_log){.reader = reader, .going = true};
    start_parser(log);
    return log;
}

static void take_cell(void *data, size_t length, void *user)
{
    struct csv_log *log = user;
    size_t index = log->cell_count++;
    if (index == log->cell_capacity) {
        log->cell_capacity = log->cell_capacity * 2 + 32;
        log->cells = get_memory(log->cells, log->cell_capacity * sizeof *log->cells);
    }
    log->cells[index] = (struct cell){log->text_length, 0};
    if (log->has_header && (index >= log->column_count || log->columns[index].role == LOG_UNUSED))
        return;
    if (length > log->text_capacity - log->text_length) {
        log->text_capacity = log->text_capacity * 2 + length + 256;
        log->text = get_memory(log->text, log->text_capacity);
    }
    if (length > 0)
        memcpy(log->text + log->text_length, data, length);
    log->cells[index].length = length;
    log->text_length += length;
}

static sla_text cell_text(const struct csv_log *log, size_t index)
{
    static const char nothing[] = "";
    size_t length = log->cells[index].length;
    return (sla_text){length > 0 ? log->text + log->cells[index].offset : nothing, length};
}

static bool has_column(const struct csv_log *log, const char *name)
{
    for (size_t i = 0; i < log->column_count; i++)
        if (strcmp(log->columns[i].name, name) == 0)
            return true;
    return false;
}

static void refuse_header(struct csv_log *log)
{
    log->unreadable = true;
    log->going = false;
}

/* The columns as they stand in the file, for "did you mean". */
static const char *nearest_column(const struct csv_log *log, const char *name)
{
    static char found[128];
    const char **names = get_memory(NULL, (log->cell_count + 1) * sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < log->cell_count; i++) {
        sla_text text = cell_text(log, i);
        names[count++] = copy_text(text.data, text.length);
    }
    names[count] = NULL;
    const char *nearest = nearest_word(name, names);
    if (nearest != NULL)
        snprintf(found, sizeof found, "%s", nearest);
    for (size_t i = 0; i < count; i++)
        free((char *)(uintptr_t)names[i]);
    free(names);
    return nearest != NULL ? found : NULL;
}

static void check_column_is_there(struct csv_log *log, const char *name, const char *hint)
{
    const char *path = log_name(log->reader->path);
    const char *nearest = nearest_column(log, name);
    if (nearest != NULL)
        complain("%s:%ju: no column \"%s\"; did you mean \"%s\"?%s", path, (uintmax_t)log->row_line,
                 name, nearest, hint);
    else
        complain("%s:%ju: no column \"%s\"%s", path, (uintmax_t)log->row_line, name, hint);
    refuse_header(log);
}

static void check_renames(struct csv_log *log)
{
    for (size_t i = 0; i < log->reader->rename_count && log->going; i++) {
        sla_text wanted = log->reader->renames[i].column;
        bool found = false;
        for (size_t c = 0; c < log->cell_count; c++) {
            sla_text text = cell_text(log, c);
            found = found || (text.length == wanted.length &&
                              memcmp(text.data, wanted.data, text.length) == 0);
        }
        if (!found) {
            char *name = copy_text(wanted.data, wanted.length);
            check_column_is_there(log, name, " (--map)");
            free(name);
        }
    }
}

/* Columns there are, but nothing in them can happen: the replay tells of openings only, which looks
   like an answer. */
static void note_what_is_missing(const struct csv_log *log)
{
    size_t unused = 0;
    for (size_t i = 0; i < log->column_count; i++) {
        if (log->columns[i].role == LOG_EVENT || log->columns[i].role == LOG_ATTRIBUTE)
            return;
        unused += log->columns[i].role == LOG_UNUSED;
    }
    if (unused > 0)
        complain("%s: note: no column \"event\", and none that the policy looks at; --map "
                 "event=COLUMN,NAME=COLUMN names them",
                 log_name(log->reader->path));
}

static void take_header(struct csv_log *log)
{
    const char *path = log_name(log->reader->path);
    log->columns = get_memory(NULL, log->cell_count * sizeof *log->columns);
    log->attributes = get_memory(NULL, log->cell_count * sizeof *log->attributes);
    check_renames(log);
    for (size_t i = 0; i < log->cell_count && log->going; i++) {
        struct column *column = &log->columns[i];
        sla_text name = log_column_name(log->reader, cell_text(log, i));
        column->name = copy_text(name.data, name.length);
        column->role = log_role_of(log->reader, name, &column->id);
        bool twice = has_column(log, column->name);
        log->column_count++;
        if (name.length == 0) {
            complain("%s:%ju: column %zu has no name", path, (uintmax_t)log->row_line, i + 1);
            refuse_header(log);
        } else if (twice) {
            complain("%s:%ju: column \"%s\" stands there twice", path, (uintmax_t)log->row_line,
                     column->name);
            refuse_header(log);
        }
    }
    if (log->going && !has_column(log, "incident"))
        check_column_is_there(log, "incident", "; --map incident=COLUMN names it");
    if (log->going && !has_column(log, "at"))
        check_column_is_there(log, "at", "; --map at=COLUMN names it");
    log->has_header = true;
}

static void take_row_cells(struct csv_log *log)
{
    struct log_row row = {.line = log->row_line, .attributes = log->attributes};
    sla_text at = {"", 0};
    if (!log->has_rows)
        note_what_is_missing(log);
    log->has_rows = true;
    if (log->cell_count != log->column_count) {
        log->going = log_give_bad(log->reader, row.line, "%zu cells, but the header has %zu",
                                  log->cell_count, log->column_count);
        return;
    }
    for (size_t i = 0; i < log->column_count; i++) {
        const struct column *column = &log->columns[i];
        sla_text text = cell_text(log, i);
        sla_attribute *attribute = &log->attributes[row.count];
        switch (column->role) {
        case LOG_INCIDENT:
            row.incident = text;
            break;
        case LOG_AT:
            at = text;
            break;
        case LOG_EVENT:
            row.event = text;
            break;
        case LOG_ATTRIBUTE:
            if (text.length == 0) /* an empty cell leaves the attribute as it was */
                break;
            *attribute = (sla_attribute){
                .name = {column->name, strlen(column->name)},
                .value = text,
                .id = column->id,
                .flags = log_text_is(text, "\\N") ? SLA_ATTRIBUTE_REMOVE : 0,
            };
            row.count++;
            break;
        case LOG_UNUSED:
            break;
        }
    }
    log->going = log_give_row(log->reader, &row, at);
}

static void take_row(int ending, void *user)
{
    struct csv_log *log = user;
    (void)ending;
    if (log->going && !log->has_header)
        take_header(log);
    else if (log->going)
        take_row_cells(log);
    log->cell_count = log->text_length = 0;
    log->between = true;
}

static bool csv_take_line(void *state, const char *line, size_t length, uint64_t number)
{
    struct csv_log *log = state;
    if (log->between) {
        log->row_line = number;
        if (strspn(line, " \t\r\n") >= length)
            return true;
        log->between = false;
    }
    size_t used = csv_parse(&log->parser, line, length, take_cell, take_row, log);
    if (used == length || !log->going)
        return log->going;
    const char *reason = csv_error(&log->parser) == CSV_EPARSE
                             ? "a quote where none can stand: put the whole cell in quotes and "
                               "double the quotes in it"
                             : csv_strerror(csv_error(&log->parser));
    if (!log->has_header) {
        complain("%s:%ju: %s", log_name(log->reader->path), (uintmax_t)log->row_line, reason);
        refuse_header(log);
        return false;
    }
    log->going = log_give_bad(log->reader, log->row_line, "%s", reason);
    csv_free(&log->parser);
    start_parser(log);
    return log->going;
}

static bool csv_end(void *state)
{
    struct csv_log *log = state;
    if (log->going && csv_fini(&log->parser, take_cell, take_row, log) != 0)
        log->going = log_give_bad(log->reader, log->row_line,
                                  "a quote that begins in this row is never closed");
    if (log->going && !log->has_header) {
        complain("%s has no header", log_name(log->reader->path));
        log->unreadable = true;
    }
    return !log->unreadable;
}

static void csv_close(void *state)
{
    struct csv_log *log = state;
    for (size_t i = 0; i < log->column_count; i++)
        free(log->columns[i].name);
    free(log->columns);
    free(log->cells);
    free(log->text);
    free(log->attributes);
    csv_free(&log->parser);
    free(log);
}

const struct log_format log_format_csv = {csv_open, csv_take_line, csv_end, csv_close};
