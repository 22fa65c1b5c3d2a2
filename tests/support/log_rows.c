/* SPDX-License-Identifier: MIT */
/* A log, read into memory. Everything points into the file's text. */
#define _GNU_SOURCE
#include "log_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_COLUMNS 16

enum role { UNUSED, INCIDENT, AT, EVENT, ATTRIBUTE };

struct columns {
    enum role roles[MAX_COLUMNS];
    uint32_t ids[MAX_COLUMNS];
    size_t count;
};

static void refuse(const char *path, size_t line, const char *why)
{
    fprintf(stderr, "%s:%zu: %s\n", path, line, why);
    exit(2);
}

static void *get(void *block, size_t size)
{
    block = realloc(block, size > 0 ? size : 1);
    if (block == NULL)
        exit(2);
    return block;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        refuse(path, 0, "cannot be opened");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = get(NULL, (size_t)size + 1);
    if (fread(text, 1, (size_t)size, file) != (size_t)size)
        refuse(path, 0, "cannot be read");
    text[size] = '\0';
    fclose(file);
    return text;
}

static struct columns read_header(const sla_policy *policy, char *line)
{
    struct columns columns = {.count = 0};
    for (char *name; (name = strsep(&line, ",")) != NULL && columns.count < MAX_COLUMNS;) {
        size_t i = columns.count++;
        columns.ids[i] = sla_policy_attribute(policy, name, strlen(name));
        columns.roles[i] = strcmp(name, "incident") == 0 ? INCIDENT
                           : strcmp(name, "at") == 0     ? AT
                           : strcmp(name, "event") == 0  ? EVENT
                           : columns.ids[i] != 0         ? ATTRIBUTE
                                                         : UNUSED;
    }
    return columns;
}

static void read_row(struct log_rows *rows, const struct columns *columns,
                     const sla_calendar *zone, char *line, size_t *attribute_count)
{
    sla_update *update = &rows->updates[rows->count++];
    *update = (sla_update){.size = sizeof *update, .at = SLA_TIME_NONE};
    update->attributes = rows->attributes + *attribute_count;
    for (size_t i = 0; i < columns->count && line != NULL; i++) {
        const char *cell = strsep(&line, ",");
        sla_text text = {cell, strlen(cell)};
        if (columns->roles[i] == INCIDENT)
            update->incident = text;
        else if (columns->roles[i] == EVENT)
            update->event = text;
        else if (columns->roles[i] == AT)
            sla_calendar_parse_time(zone, text.data, text.length, &update->at);
        else if (columns->roles[i] == ATTRIBUTE && text.length > 0) {
            rows->attributes[(*attribute_count)++] =
                (sla_attribute){.id = columns->ids[i], .value = text};
            update->attribute_count++;
        }
    }
}

struct log_rows log_rows_read(const sla_policy *policy, const char *path)
{
    struct log_rows rows = {.text = read_file(path)};
    const sla_calendar *zone = sla_policy_calendar(policy, "24x7", SLA_NUL_TERMINATED);
    size_t lines = 0, attribute_count = 0;
    for (const char *place = rows.text; (place = strchr(place, '\n')) != NULL; place++)
        lines++;
    if (strchr(rows.text, '"') != NULL)
        refuse(path, 0, "quotes are not read here");
    char *rest = rows.text;
    struct columns columns = read_header(policy, strsep(&rest, "\n"));
    rows.updates = get(NULL, lines * sizeof *rows.updates);
    rows.attributes = get(NULL, lines * columns.count * sizeof *rows.attributes);
    for (char *line; (line = strsep(&rest, "\n")) != NULL && *line != '\0';) {
        read_row(&rows, &columns, zone, line, &attribute_count);
        if (rows.updates[rows.count - 1].at == SLA_TIME_NONE)
            refuse(path, rows.count + 1, "no instant");
    }
    return rows;
}

void log_rows_free(struct log_rows *rows)
{
    free(rows->updates);
    free(rows->attributes);
    free(rows->text);
}
