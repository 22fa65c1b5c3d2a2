/* SPDX-License-Identifier: MIT */
/* One line of JSON, written straight into its text. */
#include "json_line.h"

#include "output.h"

#include <inttypes.h>
#include <string.h>

static char *reserve(struct json_line *line, size_t length)
{
    if (length > line->capacity - line->length) {
        line->capacity = line->capacity * 2 + length + 512;
        line->text = get_memory(line->text, line->capacity);
    }
    return line->text + line->length;
}

static void add(struct json_line *line, const char *text, size_t length)
{
    if (length > 0)
        memcpy(reserve(line, length), text, length);
    line->length += length;
}

static bool needs_care(unsigned char byte)
{
    return byte < 0x20 || byte == '"' || byte == '\\';
}

/* UTF-8 that is right, between quotes. */
static void add_escaped(struct json_line *line, const char *text, size_t length)
{
    static const char short_forms[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    for (size_t i = 0; i < length;) {
        size_t run = i;
        while (run < length && !needs_care((unsigned char)text[run]))
            run++;
        add(line, text + i, run - i);
        if (run == length)
            return;
        char escape[8];
        const char *form = text[run] != '\0' ? strchr(short_forms, text[run]) : NULL;
        int size = form != NULL ? snprintf(escape, sizeof escape, "\\%c", form[1])
                                : snprintf(escape, sizeof escape, "\\u%04X",
                                           (unsigned)(unsigned char)text[run]);
        add(line, escape, (size_t)size);
        i = run + 1;
    }
}

static void add_text(struct json_line *line, sla_text text)
{
    add(line, "\"", 1);
    if (is_ascii(text.data, text.length)) {
        add_escaped(line, text.data, text.length);
    } else {
        json_t *clean = json_from_text(text); /* bytes that are no UTF-8 become U+FFFD */
        add_escaped(line, json_string_value(clean), json_string_length(clean));
        json_decref(clean);
    }
    add(line, "\"", 1);
}

static void add_key(struct json_line *line, const char *key)
{
    add(line, line->length == 1 ? "\"" : ",\"", line->length == 1 ? 1 : 2);
    add(line, key, strlen(key));
    add(line, "\":", 2);
}

void json_line_begin(struct json_line *line)
{
    line->length = 0;
    add(line, "{", 1);
}

void json_line_text(struct json_line *line, const char *key, sla_text text)
{
    add_key(line, key);
    add_text(line, text);
}

void json_line_word(struct json_line *line, const char *key, const char *word)
{
    json_line_text(line, key, (sla_text){word, strlen(word)});
}

void json_line_number(struct json_line *line, const char *key, int64_t number)
{
    char digits[24], *at = digits + sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0)
        *--at = '-';
    add_key(line, key);
    add(line, at, (size_t)(digits + sizeof digits - at));
}

void json_line_flag(struct json_line *line, const char *key, bool flag)
{
    add_key(line, key);
    add(line, flag ? "true" : "false", flag ? 4 : 5);
}

void json_line_texts(struct json_line *line, const char *key, const sla_text *texts, size_t count)
{
    add_key(line, key);
    for (size_t i = 0; i < count; i++) {
        add(line, i == 0 ? "[" : ",", 1);
        add_text(line, texts[i]);
    }
    add(line, count == 0 ? "[]" : "]", count == 0 ? 2 : 1);
}

void json_line_duration(struct json_line *line, const char *key, sla_duration duration)
{
    if (duration != SLA_DURATION_NONE) {
        json_line_number(line, key, duration);
        return;
    }
    add_key(line, key);
    add(line, "null", 4);
}

void json_line_time(struct json_line *line, const char *key, sla_time at)
{
    char text[SLA_TIME_CAPACITY];
    if (at != SLA_TIME_NONE && sla_calendar_format_time(NULL, at, text) > 0) {
        json_line_word(line, key, text);
        return;
    }
    add_key(line, key);
    add(line, "null", 4);
}

void json_line_print(struct json_line *line)
{
    add(line, "}\n", 2);
    fwrite(line->text, 1, line->length, stdout);
}
