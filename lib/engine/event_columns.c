/* SPDX-License-Identifier: MIT */
/* Events as columns: some rows are written out as events, and then column by column. */
#include "base/bits.h"
#include "base/checked.h"
#include "base/hash.h"
#include "base/numbers.h"
#include "base/structs.h"
#include "engine/event_row.h"
#include "engine/work.h"

#include <stddef.h>

#define ROWS 32u /* at a time: they stay in the processor's first cache; a multiple of 8 */
#define TEXTS 7u
#define LISTS EVENT_ROW_LISTS

enum form {
    FORM_BYTE,   /* a number of 32 bits, in 8 */
    FORM_WORD,   /* 32 bits */
    FORM_TIME,   /* 64 bits, in ticks */
    FORM_ID,     /* 128 bits, bytewise */
    FORM_IF,     /* a bit: a flag is set */
    FORM_UNLESS, /* a bit: a number is not that one */
    FORM_KNOWN,  /* a bit: an instant is not SLA_TIME_NONE */
};

static const struct fixed_column {
    uint16_t to, from; /* where the pointer and the field stand in their structs */
    uint32_t form, number;
} fixed_columns[] = {
#define COLUMN(name, field, ...) \
    {offsetof(sla_event_columns, name), offsetof(struct event_row, field), __VA_ARGS__}
    COLUMN(types, event.type, FORM_BYTE, 0),
    COLUMN(kinds, event.kind, FORM_BYTE, 0),
    COLUMN(event_flags, event.flags, FORM_BYTE, 0),
    COLUMN(ids, event.id, FORM_ID, 0),
    COLUMN(at, event.at, FORM_TIME, 0),
    COLUMN(deadlines, event.deadline, FORM_TIME, 0),
    COLUMN(elapsed, event.elapsed, FORM_TIME, 0),
    COLUMN(remaining, event.remaining, FORM_TIME, 0),
    COLUMN(metric_indexes, event.metric_index, FORM_WORD, 0),
    COLUMN(agreement_indexes, agreement, FORM_WORD, 0),
    COLUMN(severity_indexes, severity, FORM_WORD, 0),
    COLUMN(cycles, event.cycle, FORM_WORD, 0),
    COLUMN(percents, event.percent, FORM_WORD, 0),
    COLUMN(levels, event.level, FORM_WORD, 0),
    COLUMN(repetitions, event.repetition, FORM_WORD, 0),
    COLUMN(lines, event.line, FORM_WORD, 0),
    COLUMN(has_deadline, event.deadline, FORM_KNOWN, 0),
    COLUMN(has_metric, event.metric_index, FORM_UNLESS, SLA_NO_INDEX),
    COLUMN(has_agreement, agreement, FORM_UNLESS, SLA_NO_INDEX),
    COLUMN(has_severity, severity, FORM_UNLESS, SLA_NO_INDEX),
    COLUMN(has_percent, event.percent, FORM_UNLESS, (uint32_t)SLA_NO_NUMBER),
    COLUMN(has_level, event.level, FORM_UNLESS, (uint32_t)SLA_NO_NUMBER),
    COLUMN(late, event.flags, FORM_IF, SLA_EVENT_LATE),
    COLUMN(in_grace, event.flags, FORM_IF, SLA_EVENT_IN_GRACE),
    COLUMN(provisional, event.flags, FORM_IF, SLA_EVENT_PROVISIONAL),
#undef COLUMN
};
#define FIXED (sizeof fixed_columns / sizeof *fixed_columns)

static const size_t text_fields[TEXTS] = {
    offsetof(struct event_row, event.incident), offsetof(struct event_row, event.agreement),
    offsetof(struct event_row, event.metric),   offsetof(struct event_row, event.severity),
    offsetof(struct event_row, event.reason),   offsetof(struct event_row, event.actor),
    offsetof(struct event_row, id),
};

struct showing {
    const sla_engine *engine;
    const struct news *news; /* the first one that is asked for */
    size_t count;            /* how many are asked for */
    uint64_t first;          /* how many are passed over */
    int64_t ticks;
    unsigned wants; /* EVENT_ROW_* */
    void *fixed[FIXED]; /* the columns; NULL: not wanted */
    struct text_sink texts[TEXTS];
    struct list_sink lists[LISTS];
    struct event_row rows[ROWS];
};

static struct apart texts_of(const struct showing *showing, size_t text)
{
    const char *first = (const char *)showing->rows + text_fields[text];
    return (struct apart){first, sizeof(struct event_row)};
}

static struct apart lists_of(const struct showing *showing, size_t list)
{
    return (struct apart){(const char *)&showing->rows->lists[list], sizeof(struct event_row)};
}

static bool open_sinks(struct showing *showing, const sla_event_columns *columns)
{
    sla_text_sink *const texts[TEXTS] = {columns->incidents,  columns->agreements,
                                         columns->metrics,    columns->severities,
                                         columns->reasons,    columns->actors,
                                         columns->id_texts};
    bool good = list_sink_open(&showing->lists[0], columns->notify) &&
                list_sink_open(&showing->lists[1], columns->via);
    for (size_t i = 0; good && i < TEXTS; i++)
        good = text_sink_open(&showing->texts[i], texts[i]);
    return good;
}

static bool open_columns(struct showing *showing, const sla_event_columns *given)
{
    sla_event_columns columns;
    if (!struct_read(given, &columns, sizeof columns) || columns.flags != 0 ||
        columns.reserved != 0 || columns.capacity == 0 ||
        (columns.ticks != 0 && !ticks_are_right(columns.ticks)))
        return false;
    showing->ticks = columns.ticks == 0 ? 1 : columns.ticks;
    for (size_t i = 0; i < FIXED; i++)
        memcpy(&showing->fixed[i], (const char *)&columns + fixed_columns[i].to, sizeof(void *));
    showing->wants = columns.id_texts != NULL ? EVENT_ROW_DIGITS : 0;
    if (columns.agreement_indexes != NULL || columns.has_agreement != NULL ||
        columns.severity_indexes != NULL || columns.has_severity != NULL)
        showing->wants |= EVENT_ROW_INDEXES;
    showing->count = columns.capacity < SIZE_MAX ? (size_t)columns.capacity : SIZE_MAX;
    showing->first = columns.first;
    return open_sinks(showing, &columns);
}

static void read_rows(struct showing *showing, size_t at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct news *news = &showing->news[at + i];
        news_fetch_ahead(showing->engine, news, showing->count - at - i);
        event_row_read(&showing->rows[i], showing->engine, news, showing->wants);
    }
}

static size_t rows_that_fit(const struct showing *showing, size_t count)
{
    for (size_t i = 0; i < TEXTS; i++)
        if (showing->texts[i].given != NULL)
            count = text_sink_fits(&showing->texts[i], texts_of(showing, i), count);
    for (size_t i = 0; i < LISTS; i++)
        if (showing->lists[i].given != NULL)
            count = list_sink_fits(&showing->lists[i], lists_of(showing, i), count);
    return count;
}

static int64_t in_ticks(int64_t seconds, int64_t ticks)
{
    int64_t scaled;
    return seconds == INT64_MIN || ckd_mul(&scaled, seconds, ticks) ? INT64_MIN : scaled;
}

static uint32_t word_at(const char *field)
{
    uint32_t word;
    memcpy(&word, field, sizeof word);
    return word;
}

static int64_t long_at(const char *field)
{
    int64_t number;
    memcpy(&number, field, sizeof number);
    return number;
}

static void write_id(uint8_t *to, const char *field)
{
    uint64_t id[2];
    memcpy(id, field, sizeof id);
    hash_put(to, id[0]);
    hash_put(to + 8, id[1]);
}

static void write_bits(const struct fixed_column *column, uint8_t *bits, const char *field,
                       size_t at, size_t count)
{
    struct bit_writer writer = bits_begin(bits, at);
    for (size_t i = 0; i < count; i++, field += sizeof(struct event_row))
        bits_put(&writer, column->form == FORM_IF       ? (word_at(field) & column->number) != 0
                          : column->form == FORM_UNLESS ? word_at(field) != column->number
                                                        : long_at(field) != SLA_TIME_NONE);
    bits_end(&writer);
}

static void write_fixed(const struct showing *showing, const struct fixed_column *column,
                        void *to, size_t at, size_t count)
{
    const char *field = (const char *)showing->rows + column->from;
    switch (column->form) {
    case FORM_BYTE:
        for (size_t i = 0; i < count; i++, field += sizeof(struct event_row))
            ((uint8_t *)to)[at + i] = (uint8_t)word_at(field);
        break;
    case FORM_WORD:
        for (size_t i = 0; i < count; i++, field += sizeof(struct event_row))
            ((uint32_t *)to)[at + i] = word_at(field);
        break;
    case FORM_TIME:
        for (size_t i = 0; i < count; i++, field += sizeof(struct event_row))
            ((int64_t *)to)[at + i] = in_ticks(long_at(field), showing->ticks);
        break;
    case FORM_ID:
        for (size_t i = 0; i < count; i++, field += sizeof(struct event_row))
            write_id((uint8_t *)to + 16 * (at + i), field);
        break;
    default:
        write_bits(column, to, field, at, count);
    }
}

static void write_rows(struct showing *showing, size_t at, size_t count)
{
    for (size_t i = 0; i < FIXED; i++)
        if (showing->fixed[i] != NULL)
            write_fixed(showing, &fixed_columns[i], showing->fixed[i], at, count);
    for (size_t i = 0; i < TEXTS; i++)
        if (showing->texts[i].given != NULL)
            text_sink_write(&showing->texts[i], texts_of(showing, i), at, count);
    for (size_t i = 0; i < LISTS; i++)
        if (showing->lists[i].given != NULL)
            list_sink_write(&showing->lists[i], lists_of(showing, i), at, count);
}

/* The first row is still there, and does not fit. */
static sla_status tell_need(const struct showing *showing)
{
    for (size_t i = 0; i < TEXTS; i++)
        text_sink_tell_need(&showing->texts[i],
                            *(const sla_text *)(const void *)texts_of(showing, i).first);
    for (size_t i = 0; i < LISTS; i++)
        list_sink_tell_need(&showing->lists[i], showing->rows->lists[i]);
    return SLA_ERROR_LIMIT;
}

static sla_status show(struct showing *showing, size_t *out_count)
{
    size_t done = 0, fit = ROWS;
    news_fetch_first(showing->engine, showing->news, showing->count);
    while (done < showing->count && fit == ROWS) {
        size_t count = showing->count - done < ROWS ? showing->count - done : ROWS;
        read_rows(showing, done, count);
        fit = rows_that_fit(showing, count);
        write_rows(showing, done, fit);
        done += fit;
    }
    if (done == 0)
        return tell_need(showing);
    for (size_t i = 0; i < TEXTS; i++)
        text_sink_close(&showing->texts[i]);
    for (size_t i = 0; i < LISTS; i++)
        list_sink_close(&showing->lists[i]);
    *out_count = done;
    return SLA_OK;
}

sla_status events_show(const sla_engine *engine, const sla_event_columns *columns,
                       size_t *out_count)
{
    struct showing showing;
    const struct outbox *outbox = &engine->outbox;
    size_t waiting = outbox_waiting(outbox);
    if (columns == NULL || out_count == NULL || !open_columns(&showing, columns))
        return SLA_ERROR_ARGUMENT;
    *out_count = 0;
    if (showing.first >= waiting)
        return SLA_EMPTY;
    waiting -= (size_t)showing.first;
    showing.engine = engine;
    showing.news = outbox->news.items + outbox->delivered + showing.first;
    if (showing.count > waiting)
        showing.count = waiting;
    return show(&showing, out_count);
}

sla_status sla_engine_events(const sla_engine *engine, const sla_event_columns *columns,
                             size_t *out_count)
{
    return engine == NULL ? SLA_ERROR_ARGUMENT : events_show(engine, columns, out_count);
}
