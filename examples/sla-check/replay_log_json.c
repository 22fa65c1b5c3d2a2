/* SPDX-License-Identifier: MIT */
/* A log as JSON lines: one update an object. */
#include "output.h"
#include "replay_log.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_CAPACITY 40

struct json_log {
    const struct log_reader *reader;
    sla_attribute *attributes;
    char (*numbers)[NUMBER_CAPACITY]; /* texts of numbers, one for each key of the object */
    size_t capacity;
};

/* A row while its keys are read. */
struct json_row {
    struct json_log *log;
    struct log_row row;
    sla_text at;
    size_t number_count;
    bool seen[LOG_ATTRIBUTE]; /* incident, at, event */
    bool bad, going;
};

static void *json_open(const struct log_reader *reader)
{
    struct json_log *log = get_memory(NULL, sizeof *log);
    *log = (struct json_log){.reader = reader};
    return log;
}

/* The shortest decimal that reads back as the same number: 0.1 and not 0.10000000000000001. */
static void write_real(double value, char *buffer)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, NUMBER_CAPACITY, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value)
            return;
    }
}

/* False when the value is a list or an object: no text of an attribute. */
static bool value_text(struct json_row *row, const json_t *value, sla_text *out_text)
{
    char *number = row->log->numbers[row->number_count];
    switch (json_typeof(value)) {
    case JSON_STRING:
        *out_text = (sla_text){json_string_value(value), json_string_length(value)};
        return true;
    case JSON_TRUE:
        *out_text = (sla_text){"true", 4};
        return true;
    case JSON_FALSE:
        *out_text = (sla_text){"false", 5};
        return true;
    case JSON_NULL:
        *out_text = (sla_text){"", 0};
        return true;
    case JSON_INTEGER:
        snprintf(number, NUMBER_CAPACITY, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        break;
    case JSON_REAL:
        write_real(json_real_value(value), number);
        break;
    default:
        return false;
    }
    row->number_count++;
    *out_text = (sla_text){number, strlen(number)};
    return true;
}

static void refuse(struct json_row *row, const char *word, const char *reason)
{
    row->bad = true;
    row->going = log_give_bad(row->log->reader, row->row.line, "\"%.80s\" %s", word, reason);
}

static void take_at(struct json_row *row, const json_t *value, sla_text text)
{
    row->at = text;
    if (!json_is_real(value))
        return;
    if (read_seconds(json_real_value(value), &row->row.at) == SLA_OK)
        row->at = (sla_text){NULL, 0}; /* it needs no more reading */
    else
        refuse(row, text.data, "is outside 1970 to 2199");
}

static void take_key(struct json_row *row, const char *key, const json_t *value)
{
    static const char *const role_names[] = {
        [LOG_INCIDENT] = "incident",
        [LOG_AT] = "at",
        [LOG_EVENT] = "event",
    };
    const struct log_reader *reader = row->log->reader;
    sla_text name = log_column_name(reader, (sla_text){key, strlen(key)}), text;
    uint32_t id;
    enum log_role role = log_role_of(reader, name, &id);
    if (role == LOG_UNUSED)
        return;
    if (!value_text(row, value, &text)) {
        refuse(row, key, "is a list or an object; a text, a number, true, false or null is needed");
        return;
    }
    if (role != LOG_ATTRIBUTE) {
        if (row->seen[role]) {
            refuse(row, role_names[role], "is there twice (--map)");
            return;
        }
        row->seen[role] = true;
    }
    if (role == LOG_INCIDENT)
        row->row.incident = text;
    else if (role == LOG_EVENT)
        row->row.event = text;
    else if (role == LOG_AT)
        take_at(row, value, text);
    else
        row->log->attributes[row->row.count++] = (sla_attribute){
            .name = name,
            .value = text,
            .id = id,
            .flags = json_is_null(value) ? SLA_ATTRIBUTE_REMOVE : 0,
        };
}

static void reserve(struct json_log *log, size_t keys)
{
    if (keys <= log->capacity)
        return;
    log->attributes = get_memory(log->attributes, keys * sizeof *log->attributes);
    log->numbers = get_memory(log->numbers, keys * sizeof *log->numbers);
    log->capacity = keys;
}

static bool json_take_line(void *state, const char *line, size_t length, uint64_t number)
{
    struct json_log *log = state;
    json_error_t error;
    if (strspn(line, " \t\r\n") >= length)
        return true;
    json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (object == NULL)
        return log_give_bad(log->reader, number, "no JSON: %s (column %d)", error.text,
                            error.column);
    if (!json_is_object(object)) {
        json_decref(object);
        return log_give_bad(log->reader, number, "not an object: write one update a line");
    }
    struct json_row row = {
        .log = log,
        .row = {.line = number},
        .at = {"", 0},
        .going = true,
    };
    reserve(log, json_object_size(object) + 1);
    row.row.attributes = log->attributes;
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        if (!row.bad)
            take_key(&row, key, value);
    }
    bool going = row.bad ? row.going : log_give_row(log->reader, &row.row, row.at);
    json_decref(object);
    return going;
}

static bool json_end(void *state)
{
    (void)state;
    return true;
}

static void json_close(void *state)
{
    struct json_log *log = state;
    free(log->attributes);
    free(log->numbers);
    free(log);
}

const struct log_format log_format_json = {json_open, json_take_line, json_end, json_close};
