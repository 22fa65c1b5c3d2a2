/* SPDX-License-Identifier: MIT */
/* Events as columns, and back. */
#include "event_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pieces of one block, each at a multiple of 8 and with a byte of garbage behind it. */
struct carving {
    char *at;
};

static void *carve(struct carving *carving, size_t size)
{
    void *piece = carving->at;
    carving->at += (size + 1 + 7) / 8 * 8;
    return piece;
}

static sla_text_sink text_sink(struct carving *carving, size_t capacity, size_t bytes,
                               uint32_t width)
{
    return (sla_text_sink){.size = sizeof(sla_text_sink),
                           .width = width,
                           .capacity = bytes,
                           .offsets = carve(carving, (capacity + 1) * width),
                           .bytes = carve(carving, bytes)};
}

static void carve_fixed(struct carving *carving, sla_event_columns *columns, size_t capacity)
{
    size_t bits = (capacity + 7) / 8;
    uint8_t **const bytes[] = {&columns->types, &columns->kinds, &columns->event_flags};
    int64_t **const longs[] = {&columns->at, &columns->deadlines, &columns->elapsed,
                               &columns->remaining};
    uint32_t **const words[] = {&columns->metric_indexes, &columns->agreement_indexes,
                                &columns->severity_indexes, &columns->cycles,
                                &columns->repetitions, &columns->lines};
    int32_t **const numbers[] = {&columns->percents, &columns->levels};
    uint8_t **const flags[] = {&columns->has_deadline, &columns->has_metric,
                               &columns->has_agreement, &columns->has_severity,
                               &columns->has_percent, &columns->has_level, &columns->late,
                               &columns->in_grace, &columns->provisional};
    columns->ids = carve(carving, capacity * 16);
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++)
        *bytes[i] = carve(carving, capacity);
    for (size_t i = 0; i < sizeof longs / sizeof *longs; i++)
        *longs[i] = carve(carving, capacity * 8);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        *words[i] = carve(carving, capacity * 4);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = carve(carving, capacity * 4);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        *flags[i] = carve(carving, bits);
}

void event_rows_open(struct event_rows *rows, size_t capacity, size_t bytes, size_t words,
                     uint32_t width, uint32_t ticks)
{
    /* no row takes more than this of fixed columns, offsets and bits */
    size_t size = (capacity + 8) * 256 + (words + 8) * 32 + 8 * (bytes + 16) + 1024;
    *rows = (struct event_rows){.memory = malloc(size)};
    struct carving carving = {rows->memory};
    if (rows->memory == NULL) {
        printf("Bail out! no memory for columns\n");
        exit(2);
    }
    memset(rows->memory, 0xA5, size);
    sla_event_columns *columns = &rows->columns;
    *columns = (sla_event_columns){.size = sizeof *columns, .ticks = ticks, .capacity = capacity};
    carve_fixed(&carving, columns, capacity);
    for (size_t i = 0; i < EVENT_ROWS_TEXTS; i++) {
        rows->texts[i] = text_sink(&carving, capacity, bytes, width);
        rows->texts[i].validity = carve(&carving, (capacity + 7) / 8);
    }
    for (size_t i = 0; i < EVENT_ROWS_LISTS; i++) {
        rows->words[i] = text_sink(&carving, words, bytes, width);
        rows->lists[i] = (sla_list_sink){.size = sizeof(sla_list_sink),
                                         .width = width,
                                         .capacity = words,
                                         .offsets = carve(&carving, (capacity + 1) * width),
                                         .texts = &rows->words[i]};
    }
    columns->incidents = &rows->texts[0];
    columns->agreements = &rows->texts[1];
    columns->metrics = &rows->texts[2];
    columns->severities = &rows->texts[3];
    columns->reasons = &rows->texts[4];
    columns->actors = &rows->texts[5];
    columns->id_texts = &rows->texts[6];
    columns->notify = &rows->lists[0];
    columns->via = &rows->lists[1];
}

void event_rows_close(struct event_rows *rows)
{
    free(rows->memory);
}

static size_t offset(const void *offsets, uint32_t width, size_t at)
{
    return width == 4 ? (size_t)((const int32_t *)offsets)[at]
                      : (size_t)((const int64_t *)offsets)[at];
}

static sla_text text_at(const sla_text_sink *sink, size_t at)
{
    size_t begin = offset(sink->offsets, sink->width, at);
    return (sla_text){sink->bytes + begin, offset(sink->offsets, sink->width, at + 1) - begin};
}

static int bit(const uint8_t *bits, size_t row)
{
    return bits[row / 8] >> row % 8 & 1;
}

static uint64_t id_half(const uint8_t *bytes)
{
    uint64_t half = 0;
    for (int i = 0; i < 8; i++)
        half = half << 8 | bytes[i];
    return half;
}

/* Written by another way than the library's: digit by digit. */
static int is_in_digits(const uint8_t *id, sla_text text)
{
    char digits[33];
    for (size_t i = 0; i < 16; i++)
        snprintf(digits + 2 * i, 3, "%02x", id[i]);
    return text.length == 32 && memcmp(text.data, digits, 32) == 0;
}

static size_t list_at(const sla_list_sink *sink, size_t row, sla_text *words)
{
    size_t begin = offset(sink->offsets, sink->width, row);
    size_t count = offset(sink->offsets, sink->width, row + 1) - begin;
    for (size_t i = 0; i < count && i < EVENT_ROWS_WORDS; i++)
        words[i] = text_at(sink->texts, begin + i);
    return count;
}

#define CONTRADICTS(condition) \
    if (condition)             \
    return #condition

static const char *contradiction(const struct event_rows *rows, size_t row,
                                 const sla_event *event)
{
    const sla_event_columns *columns = &rows->columns;
    CONTRADICTS(bit(columns->has_deadline, row) != (event->deadline != SLA_TIME_NONE));
    CONTRADICTS(bit(columns->has_percent, row) != (event->percent != SLA_NO_NUMBER));
    CONTRADICTS(bit(columns->has_level, row) != (event->level != SLA_NO_NUMBER));
    CONTRADICTS(bit(columns->has_metric, row) != (event->metric_index != SLA_NO_INDEX));
    CONTRADICTS(bit(columns->has_agreement, row) !=
                (columns->agreement_indexes[row] != SLA_NO_INDEX));
    CONTRADICTS(bit(columns->has_severity, row) !=
                (columns->severity_indexes[row] != SLA_NO_INDEX));
    CONTRADICTS(bit(columns->late, row) != ((event->flags & SLA_EVENT_LATE) != 0));
    CONTRADICTS(bit(columns->in_grace, row) != ((event->flags & SLA_EVENT_IN_GRACE) != 0));
    CONTRADICTS(bit(columns->provisional, row) !=
                ((event->flags & SLA_EVENT_PROVISIONAL) != 0));
    for (size_t i = 0; i < EVENT_ROWS_TEXTS; i++)
        CONTRADICTS(bit(rows->texts[i].validity, row) !=
                    (text_at(&rows->texts[i], row).length > 0));
    CONTRADICTS(!is_in_digits(columns->ids + 16 * row, text_at(columns->id_texts, row)));
    CONTRADICTS(event->notify_count > EVENT_ROWS_WORDS || event->via_count > EVENT_ROWS_WORDS);
    return NULL;
}

static int64_t seconds(const struct event_rows *rows, int64_t ticks)
{
    return ticks == INT64_MIN ? ticks : ticks / rows->columns.ticks;
}

const char *event_rows_read(const struct event_rows *rows, size_t row, sla_event *out,
                            sla_text lists[EVENT_ROWS_LISTS][EVENT_ROWS_WORDS])
{
    const sla_event_columns *columns = &rows->columns;
    *out = (sla_event){
        .size = sizeof *out,
        .flags = columns->event_flags[row],
        .type = columns->types[row],
        .kind = columns->kinds[row],
        .id = {id_half(columns->ids + 16 * row), id_half(columns->ids + 16 * row + 8)},
        .incident = text_at(columns->incidents, row),
        .agreement = text_at(columns->agreements, row),
        .metric = text_at(columns->metrics, row),
        .severity = text_at(columns->severities, row),
        .reason = text_at(columns->reasons, row),
        .actor = text_at(columns->actors, row),
        .notify = lists[0],
        .notify_count = list_at(columns->notify, row, lists[0]),
        .via = lists[1],
        .via_count = list_at(columns->via, row, lists[1]),
        .at = seconds(rows, columns->at[row]),
        .deadline = seconds(rows, columns->deadlines[row]),
        .elapsed = seconds(rows, columns->elapsed[row]),
        .remaining = seconds(rows, columns->remaining[row]),
        .metric_index = columns->metric_indexes[row],
        .cycle = columns->cycles[row],
        .percent = columns->percents[row],
        .level = columns->levels[row],
        .repetition = columns->repetitions[row],
        .line = columns->lines[row],
    };
    return contradiction(rows, row, out);
}
