/* SPDX-License-Identifier: MIT */
/* Reading a log of updates: opening it, finding its format, and what both formats share. */
#include "replay_log.h"

#include "output.h"
#include "words.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

const char *log_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

bool log_text_is(sla_text text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.data, word, text.length) == 0;
}

sla_text log_column_name(const struct log_reader *reader, sla_text column)
{
    for (size_t i = 0; i < reader->rename_count; i++) {
        const struct log_rename *rename = &reader->renames[i];
        if (rename->column.length == column.length &&
            memcmp(rename->column.data, column.data, column.length) == 0)
            return rename->name;
    }
    return column;
}

enum log_role log_role_of(const struct log_reader *reader, sla_text name, uint32_t *out_id)
{
    /* The engine itself reads these of a host's update (K12), whatever the policy asks for. */
    static const char *const reserved[] = {"metric", "by", "deadline", "reason", "actor", NULL};
    *out_id = 0;
    if (log_text_is(name, "incident"))
        return LOG_INCIDENT;
    if (log_text_is(name, "at"))
        return LOG_AT;
    if (log_text_is(name, "event"))
        return LOG_EVENT;
    *out_id = sla_policy_attribute(reader->policy, name.data, name.length);
    if (*out_id != 0 || find_word(name.data, name.length, reserved) != NO_CHOICE)
        return LOG_ATTRIBUTE;
    return LOG_UNUSED;
}

bool log_give_bad(const struct log_reader *reader, uint64_t line, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return reader->on_bad(reader->user, line, message);
}

bool log_give_row(const struct log_reader *reader, struct log_row *row, sla_text at)
{
    if (row->incident.length == 0)
        return log_give_bad(reader, row->line, "no incident");
    if (at.data != NULL) {
        if (at.length == 0)
            return log_give_bad(reader, row->line, "no instant in \"at\"");
        sla_status status = read_instant(policy_zone(reader->policy), at.data, at.length, &row->at);
        if (status == SLA_ERROR_RANGE)
            return log_give_bad(reader, row->line, "the instant \"%.*s\" is outside 1970 to 2199",
                                at.length < 80 ? (int)at.length : 80, at.data);
        if (status != SLA_OK)
            return log_give_bad(reader, row->line, "cannot read the instant \"%.*s\"; %s",
                                at.length < 80 ? (int)at.length : 80, at.data, INSTANT_HELP);
    }
    return reader->on_row(reader->user, row);
}

static bool ends_with(const char *path, const char *ending)
{
    size_t length = strlen(path), own = strlen(ending);
    return length > own && strcasecmp(path + length - own, ending) == 0;
}

static const struct log_format *find_format(const char *path, const char *line, size_t length)
{
    if (ends_with(path, ".csv"))
        return &log_format_csv;
    if (ends_with(path, ".jsonl") || ends_with(path, ".ndjson") || ends_with(path, ".json"))
        return &log_format_json;
    size_t blank = 0;
    while (blank < length && strchr(" \t\r\n", line[blank]) != NULL)
        blank++;
    return blank < length && line[blank] == '{' ? &log_format_json : &log_format_csv;
}

/* jansson knows what UTF-8 is. */
static bool is_utf8(const char *text, size_t length)
{
    if (is_ascii(text, length))
        return true;
    json_t *json = json_stringn(text, length);
    json_decref(json);
    return json != NULL;
}

/* Logs are often kept compressed: that is no line that is not UTF-8, and needs another hint. */
static const char *packer_of(const char *line, size_t length)
{
    static const struct {
        const char *magic, *program;
    } packers[] = {{"\x1F\x8B", "gzip"}, {"BZh", "bzip2"}, {"\xFD" "7zXZ", "xz"},
                   {"\x28\xB5\x2F\xFD", "zstd"}};
    for (size_t i = 0; i < sizeof packers / sizeof *packers; i++) {
        size_t own = strlen(packers[i].magic);
        if (length >= own && memcmp(line, packers[i].magic, own) == 0)
            return packers[i].program;
    }
    return NULL;
}

static bool is_blank(const char *line, size_t length)
{
    return strspn(line, " \t\r\n") >= length;
}

static bool read_lines(const struct log_reader *reader, FILE *file, uint64_t bytes_in_all)
{
    const struct log_format *format = NULL;
    void *state = NULL;
    const char *packer = NULL;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t got;
    uint64_t number = 0, bytes = 0;
    bool going = true;
    while (going && (got = getline(&line, &capacity, file)) >= 0) {
        const char *text = line;
        size_t length = (size_t)got;
        number++;
        bytes += length;
        if (number == 1 && length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
            text += 3; /* spreadsheets write a byte order mark */
            length -= 3;
        }
        if (format == NULL) {
            if (is_blank(text, length))
                continue;
            packer = packer_of(text, length);
            if (packer != NULL)
                break;
            format = find_format(reader->path, text, length);
            state = format->open(reader);
        }
        if (!is_utf8(text, length))
            going = log_give_bad(reader, number, "the line is not UTF-8");
        else
            going = format->take_line(state, text, length, number);
        if (number % 1024 == 0 && reader->on_progress != NULL)
            reader->on_progress(reader->user, bytes, bytes_in_all);
    }
    bool readable = true;
    if (ferror(file)) {
        complain("cannot read %s: %s", log_name(reader->path), strerror(errno));
        readable = false;
    } else if (packer != NULL) {
        complain("%s is compressed; %s -dc LOG | " PROGRAM " replay POLICY - reads it",
                 log_name(reader->path), packer);
        readable = false;
    } else if (format == NULL) {
        complain("%s is empty", log_name(reader->path));
        readable = false;
    }
    free(line);
    if (format != NULL) {
        if (!format->end(state))
            readable = false;
        format->close(state);
    }
    return readable;
}

bool log_read(const struct log_reader *reader)
{
    if (strcmp(reader->path, "-") == 0)
        return read_lines(reader, stdin, 0);
    struct stat about;
    FILE *file = fopen(reader->path, "r");
    if (file == NULL || fstat(fileno(file), &about) != 0) {
        complain("cannot read %s: %s", reader->path, strerror(errno));
        if (file != NULL)
            fclose(file);
        return false;
    }
    bool readable = read_lines(reader, file, S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0);
    fclose(file);
    return readable;
}
