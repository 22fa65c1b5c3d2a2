/* SPDX-License-Identifier: MIT */
/* Updates in an array become columns. */
#include "log_columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum cell { INCIDENT, EVENT, VALUE };

static sla_text read_cell(const sla_update *update, enum cell cell, uint32_t id)
{
    sla_text text = cell == INCIDENT ? update->incident : update->event;
    if (cell != VALUE)
        return text;
    for (size_t i = 0; i < update->attribute_count; i++)
        if (update->attributes[i].id == id)
            return update->attributes[i].value;
    return (sla_text){NULL, 0};
}

static void *get(size_t size)
{
    void *block = calloc(1, size > 0 ? size : 1);
    if (block == NULL) {
        fprintf(stderr, "no memory for columns\n");
        exit(2);
    }
    return block;
}

static sla_texts read_texts(const sla_update *updates, size_t count, enum cell cell, uint32_t id)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += read_cell(&updates[i], cell, id).length;
    int32_t *offsets = get((count + 1) * sizeof *offsets);
    char *bytes = get(length);
    uint8_t *validity = get((count + 7) / 8);
    for (size_t i = 0; i < count; i++) {
        sla_text text = read_cell(&updates[i], cell, id);
        if (text.length > 0)
            memcpy(bytes + offsets[i], text.data, text.length);
        validity[i / 8] |= (uint8_t)((text.length > 0) << i % 8);
        offsets[i + 1] = offsets[i] + (int32_t)text.length;
    }
    return (sla_texts){.size = sizeof(sla_texts), .form = SLA_TEXTS_OFFSETS32, .count = count,
                       .elements = offsets, .bytes = bytes, .validity = validity};
}

static void free_texts(sla_texts *texts)
{
    free((void *)texts->elements);
    free((void *)texts->bytes);
    free((void *)texts->validity);
}

static uint32_t highest_id(const sla_update *updates, size_t count)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t n = 0; n < updates[i].attribute_count; n++)
            if (updates[i].attributes[n].id > highest)
                highest = updates[i].attributes[n].id;
    if (highest > LOG_COLUMNS_MOST) {
        fprintf(stderr, "more columns than there is room for\n");
        exit(2);
    }
    return highest;
}

void log_columns_open(struct log_columns *columns, const sla_update *updates, size_t count)
{
    int64_t *at = get(count * sizeof *at);
    *columns = (struct log_columns){
        .log = {.size = sizeof columns->log, .rows = count,
                .column_count = highest_id(updates, count)},
        .at = {.size = sizeof columns->at, .width = 8, .ticks = 1000000, .stride = 8, .values = at},
        .incidents = read_texts(updates, count, INCIDENT, 0),
        .events = read_texts(updates, count, EVENT, 0)};
    for (size_t i = 0; i < count; i++)
        at[i] = updates[i].at * 1000000;
    for (uint32_t i = 0; i < columns->log.column_count; i++) {
        columns->values[i] = read_texts(updates, count, VALUE, i + 1);
        columns->columns[i] =
            (sla_column){.id = i + 1, .step = 1, .texts = &columns->values[i]};
    }
    columns->log.incidents = &columns->incidents;
    columns->log.at = &columns->at;
    columns->log.events = &columns->events;
    columns->log.columns = columns->columns;
}

void log_columns_close(struct log_columns *columns)
{
    free((void *)columns->at.values);
    free_texts(&columns->incidents);
    free_texts(&columns->events);
    for (size_t i = 0; i < columns->log.column_count; i++)
        free_texts(&columns->values[i]);
}
