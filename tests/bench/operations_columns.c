/* SPDX-License-Identifier: MIT */
/* Instruction counts of columns. */
#include "operations.h"

#include "event_rows.h"
#include "log_columns.h"

#include <string.h>

#define ROWS 1000
#define WORDS 64
#define WORD_BYTES 8

struct calendar_columns {
    const sla_calendar *calendar;
    size_t rows;
    int64_t starts[ROWS], ends[ROWS], answers[ROWS];
    uint8_t validity[(ROWS + 7) / 8], answered[(ROWS + 7) / 8];
    sla_numbers from, to, counted;
    sla_target workdays;
    sla_answers out;
};

static const int64_t eight_hours = 8 * 3600;

static sla_numbers numbers(const int64_t *values, int64_t stride, uint32_t ticks)
{
    return (sla_numbers){.size = sizeof(sla_numbers), .width = 8, .ticks = ticks,
                         .stride = stride, .values = values};
}

static uint64_t add(void *state)
{
    struct calendar_columns *columns = state;
    operations_must(sla_calendar_add_columns(columns->calendar, columns->rows, &columns->from,
                                             &columns->counted, &columns->out) == SLA_OK,
                    "adding");
    return columns->rows;
}

static uint64_t elapsed(void *state)
{
    struct calendar_columns *columns = state;
    operations_must(sla_calendar_elapsed_columns(columns->calendar, columns->rows, &columns->from,
                                                 &columns->to, &columns->out) == SLA_OK,
                    "counting");
    return columns->rows;
}

static uint64_t due(void *state)
{
    struct calendar_columns *columns = state;
    operations_must(sla_calendar_due_columns(columns->calendar, columns->rows, &columns->from,
                                             &columns->workdays, &columns->out) == SLA_OK,
                    "working days");
    return columns->rows;
}

/* From here on in microseconds; every ninth start and, as NaT, every eleventh end is missing. */
static void make_gaps(struct calendar_columns *columns)
{
    for (size_t i = 0; i < columns->rows; i++) {
        columns->starts[i] = columns->starts[i] * 1000000 + 999999;
        columns->ends[i] = i % 11 == 0 ? INT64_MIN : columns->ends[i] * 1000000;
        columns->validity[i / 8] |= (uint8_t)((i % 9 != 0) << i % 8);
    }
    columns->from.validity = columns->validity;
    columns->out.validity = columns->answered;
    columns->from.ticks = columns->to.ticks = columns->out.ticks = 1000000;
}

void operations_calendar_columns(const sla_calendar *calendar, const sla_time *starts,
                                 size_t count)
{
    static struct calendar_columns columns;
    operations_must(count <= ROWS, "the number of rows");
    columns = (struct calendar_columns){.calendar = calendar, .rows = count,
                                        .workdays = {.size = sizeof columns.workdays}};
    operations_must(sla_target_parse("5wd", SLA_NUL_TERMINATED, &columns.workdays) == SLA_OK,
                    "the target");
    for (size_t i = 0; i < count; i++) {
        columns.starts[i] = starts[i];
        columns.ends[i] = starts[i] + 30 * 86400;
    }
    columns.from = numbers(columns.starts, 8, 1);
    columns.to = numbers(columns.ends, 8, 1);
    columns.counted = numbers(&eight_hours, 0, 1);
    columns.out = (sla_answers){.size = sizeof columns.out, .width = 8, .ticks = 1,
                                .values = columns.answers};
    operation("calendar_add_columns", add, &columns);
    operation("calendar_elapsed_columns", elapsed, &columns);
    operation("calendar_due_columns", due, &columns);
    make_gaps(&columns);
    operation("calendar_add_gaps", add, &columns);
    operation("calendar_elapsed_gaps", elapsed, &columns);
    operation("calendar_due_gaps", due, &columns);
}

struct dictionary {
    int32_t offsets[WORDS + 1];
    char bytes[WORDS * WORD_BYTES];
    uint8_t indexes[ROWS];
    sla_texts texts;
};

static int is_word(const struct dictionary *dictionary, uint64_t number, sla_text text)
{
    size_t begin = (size_t)dictionary->offsets[number];
    return (size_t)dictionary->offsets[number + 1] - begin == text.length &&
           memcmp(dictionary->bytes + begin, text.data, text.length) == 0;
}

static void fill_dictionary(struct dictionary *dictionary, const sla_text *texts, size_t rows)
{
    *dictionary = (struct dictionary){
        .texts = {.size = sizeof dictionary->texts, .form = SLA_TEXTS_OFFSETS32, .index_width = 1}};
    uint64_t *count = &dictionary->texts.count;
    for (size_t i = 0; i < rows; i++) {
        uint64_t number = 0;
        while (number < *count && !is_word(dictionary, number, texts[i]))
            number++;
        if (number == *count) {
            int32_t end = dictionary->offsets[number];
            operations_must(number < WORDS && texts[i].length <= WORD_BYTES, "the dictionary");
            memcpy(dictionary->bytes + end, texts[i].data, texts[i].length);
            dictionary->offsets[++*count] = end + (int32_t)texts[i].length;
        }
        dictionary->indexes[i] = (uint8_t)number;
    }
    dictionary->texts.elements = dictionary->offsets;
    dictionary->texts.bytes = dictionary->bytes;
    dictionary->texts.indexes = dictionary->indexes;
}

struct asked {
    const sla_policy *policy;
    sla_evaluation evaluation;
};

static uint64_t evaluate(void *state)
{
    const struct asked *asked = state;
    operations_must(sla_policy_evaluate_many(asked->policy, &asked->evaluation) == SLA_OK,
                    "evaluating");
    return asked->evaluation.rows;
}

void operations_evaluate_dictionaries(const char *name, const sla_policy *policy,
                                      const sla_column *columns, size_t column_count, size_t rows)
{
    static struct dictionary dictionaries[LOG_COLUMNS_MOST];
    static uint32_t severities[ROWS];
    sla_column own[LOG_COLUMNS_MOST];
    sla_time at = MONDAY;
    operations_must(column_count <= LOG_COLUMNS_MOST && rows <= ROWS, "the number of columns");
    for (size_t i = 0; i < column_count; i++) {
        fill_dictionary(&dictionaries[i], columns[i].values, rows);
        own[i] = columns[i];
        own[i].values = NULL;
        own[i].texts = &dictionaries[i].texts;
    }
    struct asked asked = {policy, {.size = sizeof asked.evaluation, .rows = rows, .at = &at,
                                   .columns = own, .column_count = column_count,
                                   .severities = severities}};
    operation(name, evaluate, &asked);
}

struct columns_work {
    struct incidents incidents;
    struct told told[SOME];
    sla_update updates[SOME];
    struct log_columns log;
    struct event_rows rows;
};

static uint64_t retarget(void *state)
{
    struct columns_work *work = state;
    size_t done;
    operations_must(sla_engine_update_columns(work->incidents.engine, &work->log.log, &done) ==
                            SLA_OK && done == SOME,
                    "updates as columns");
    return SOME;
}

static uint64_t show_events(void *state)
{
    struct columns_work *work = state;
    size_t count = 0;
    operations_must(sla_engine_events(work->incidents.engine, &work->rows.columns, &count) ==
                            SLA_OK && count == SOME,
                    "events as columns");
    return count;
}

void operations_engine_columns(void)
{
    static struct columns_work work;
    struct incidents *incidents = &work.incidents;
    incidents_begin(incidents, INCIDENTS, 0);
    incidents_open_all(incidents);
    incidents_shuffle(incidents, INCIDENTS);
    for (size_t i = 0; i < SOME; i++) {
        operations_make_retarget(incidents, &work.told[i], incidents->order[i]);
        work.updates[i] = work.told[i].update;
    }
    log_columns_open(&work.log, work.updates, SOME);
    operation("engine_retarget_columns", retarget, &work);
    log_columns_close(&work.log);

    incidents_let_wait(incidents);
    incidents_open_all(incidents);
    event_rows_open(&work.rows, SOME, SOME * 40, SOME * 4, 4, 1000000);
    operation("engine_event_columns", show_events, &work);
    event_rows_close(&work.rows);
    incidents_end(incidents);
}
