/* SPDX-License-Identifier: MIT */
/* Rows of a log, kept to be sorted by their instants. */
#include "replay_rows.h"

#include <stdlib.h>
#include <string.h>

static sla_text keep(char **place, sla_text text)
{
    sla_text copy = {*place, text.length};
    if (text.length > 0)
        memcpy(*place, text.data, text.length);
    *place += text.length;
    return copy;
}

/* One block holds the attributes and, behind them, every text of the row. */
void row_list_add(struct row_list *list, const struct log_row *row)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity * 2 + 1024;
        list->rows = get_memory(list->rows, list->capacity * sizeof *list->rows);
    }
    size_t texts = row->incident.length + row->event.length;
    for (size_t i = 0; i < row->count; i++)
        texts += row->attributes[i].name.length + row->attributes[i].value.length;
    sla_attribute *attributes = get_memory(NULL, row->count * sizeof *attributes + texts);
    char *place = (char *)(attributes + row->count);
    struct log_row *copy = &list->rows[list->count++];
    *copy = *row;
    copy->attributes = attributes;
    copy->incident = keep(&place, row->incident);
    copy->event = keep(&place, row->event);
    for (size_t i = 0; i < row->count; i++) {
        attributes[i] = row->attributes[i];
        attributes[i].name = keep(&place, row->attributes[i].name);
        attributes[i].value = keep(&place, row->attributes[i].value);
    }
}

static int compare_rows(const void *left, const void *right)
{
    const struct log_row *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

void row_list_sort(struct row_list *list)
{
    if (list->count > 1)
        qsort(list->rows, list->count, sizeof *list->rows, compare_rows);
}

void row_list_free(struct row_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free((void *)(uintptr_t)list->rows[i].attributes);
    free(list->rows);
    *list = (struct row_list){NULL, 0, 0};
}
