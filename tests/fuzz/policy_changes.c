/* SPDX-License-Identifier: MIT */
/* Words stand between the signs of YAML; a block is a line with the deeper lines below it. */
#include "policy_changes.h"

#include "policy/keys.h"

#include <stdbool.h>
#include <string.h>

#define WORDS_MAX 8192u

/* One of each kind of value, its edges, and what people write instead. */
static const char *const values[] = {
    "", "~", "no", "true", "false", "none", "closed", "always", "daily", "mon", "mon-fri",
    "sat-mon", "\"mon, wed\"", "\"09:00-12:00, 13:30-18:00\"", "\"22:00-06:00\"", "\"24:00\"",
    "\"00:00-24:00\"", "00:00", "1h", "90s", "0s", "1h30m", "3wd", "0wd", "10d", "80354wd",
    "999999h", "50%", "100%", "120%", "10000%", "30m before", "due", "1h after", "same_time",
    "close", "1", "0", "-1", "1000", "1.5", "4294967296", "9223372036854775807", "1970-01-01",
    "2199-12-31", "2026-02-29", "2026-11-20", "2026-08-01T14:00", "2026-03-29T02:30",
    "2026-08-03T09:00+08:00", "02-29", "12-25", "4th thu of nov", "last mon of may", "easter + 1",
    "easter - 200", "wed before 11-23", "nearest weekday", "next free weekday",
    "sunday to next free day", "Europe/Berlin", "Asia/Shanghai", "America/New_York", "Nowhere/Land",
    "24x7", "office", "severity", "urgent", "resolution", "opened", "gold", "sla", "ola", "keep",
    "restart", "resume", "cycle", "count", "skip", "{copy: severity}", "{exists: false}",
    "{not: a}", "{min: 1, max: 2}", "{prefix: \"\"}", "{contains: a}", "{within: 1wd, due: close}",
    "{agreed: visit_at, latest: 1h}", "{by: a, is: {b: 1h}, default: none}", "[]", "{}", "[a]",
    "{a: b}", "[a, b]", "&a b", "*a", "&b {a: *a}", "*b", "<<", "!!int 3", "\"\\u0000\"",
    "\"\\e[31m\"", "中文", "\"\\U0001F600\"", "'", "\"", "|\n  a", ">-\n  a", "# a", "- a", "? a",
    "---", "%TAG", "@a", "`", "\t", "a: b: c", "holidays/china.yaml", "../policy.yaml",
};

const char *changes_value(size_t index)
{
    return index < sizeof values / sizeof *values ? values[index] : NULL;
}

static bool is_sign(char c)
{
    return strchr("{}[],:\n#", c) != NULL || c == ' ' || c == '\0';
}

static size_t word_end(const char *text, size_t size, size_t at)
{
    if (text[at] == '"' || text[at] == '\'') {
        size_t end = at + 1;
        while (end < size && text[end] != text[at] && text[end] != '\n')
            end += text[end] == '\\' && end + 1 < size ? 2 : 1;
        return end < size ? end + 1 : size;
    }
    size_t end = at;
    while (end < size && (!is_sign(text[end]) ||
                          (text[end] == ':' && end + 1 < size && !is_sign(text[end + 1])) ||
                          (text[end] == ' ' && end + 1 < size && !is_sign(text[end + 1]))))
        end++;
    return end;
}

size_t changes_words(const char *text, size_t size, struct word_place *out, size_t room)
{
    size_t count = 0, at = 0;
    while (at < size && count < room) {
        if (text[at] == '#' && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n')) {
            while (at < size && text[at] != '\n')
                at++;
        } else if (is_sign(text[at]) || (text[at] == '-' && at + 1 < size && text[at + 1] == ' ')) {
            at++;
        } else {
            out[count++] = (struct word_place){at, word_end(text, size, at)};
            at = out[count - 1].end;
        }
    }
    return count;
}

void changes_put(struct changed_text *text, size_t begin, size_t end, const char *bytes,
                 size_t length)
{
    if (text->size - (end - begin) + length > text->limit)
        return;
    memmove(text->data + begin + length, text->data + end, text->size - end);
    memcpy(text->data + begin, bytes, length);
    text->size += length - (end - begin);
}

static size_t below(struct random *random, size_t limit)
{
    return limit == 0 ? 0 : (size_t)(random_next(random) % limit);
}

static size_t line_begin(const char *text, size_t at)
{
    while (at > 0 && text[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(const char *text, size_t size, size_t at)
{
    while (at < size && text[at] != '\n')
        at++;
    return at < size ? at + 1 : size;
}

static size_t indent_of(const char *text, size_t size, size_t at)
{
    size_t begin = at;
    while (at < size && text[at] == ' ')
        at++;
    return at - begin;
}

/* The line at a place with the deeper ones below it. */
static struct word_place block_at(const char *text, size_t size, size_t at)
{
    size_t begin = line_begin(text, at), end = line_end(text, size, at);
    size_t indent = indent_of(text, size, begin);
    while (end < size && indent_of(text, size, end) > indent)
        end = line_end(text, size, end);
    return (struct word_place){begin, end};
}

/* The value in brackets that begins at or behind a place, or nothing. */
static struct word_place brackets_from(const char *text, size_t size, size_t at)
{
    while (at < size && text[at] != '{' && text[at] != '[')
        at++;
    size_t begin = at;
    for (int depth = 0; at < size; at++) {
        depth += text[at] == '{' || text[at] == '[';
        depth -= text[at] == '}' || text[at] == ']';
        if (depth == 0)
            return (struct word_place){begin, at + 1};
    }
    return (struct word_place){begin, begin};
}

/* A word of the language, a value, or a word of the text itself or of the other one. */
static size_t choose_word(const struct changed_text *text, struct random *random, const char *other,
                          size_t other_size, char out[256])
{
    static struct word_place words[WORDS_MAX];
    const char *chosen;
    size_t length, count = 0;
    if (random_next(random) % 3 == 0) {
        const struct key_rule *rules = keys_all(&count);
        chosen = rules[below(random, count)].key;
        length = strlen(chosen);
    } else if (random_next(random) % 2 == 0) {
        chosen = values[below(random, sizeof values / sizeof *values)];
        length = strlen(chosen);
    } else {
        const char *from = other != NULL && random_next(random) % 2 == 0 ? other : text->data;
        count = changes_words(from, from == other ? other_size : text->size, words, WORDS_MAX);
        if (count == 0)
            return 0;
        struct word_place word = words[below(random, count)];
        chosen = from + word.begin;
        length = word.end - word.begin;
    }
    if (length > 255)
        length = 255;
    memcpy(out, chosen, length);
    return length;
}

static void change_word(struct changed_text *text, struct random *random, const char *other,
                        size_t other_size)
{
    static struct word_place words[WORDS_MAX];
    char word[256 + 8];
    size_t count = changes_words(text->data, text->size, words, WORDS_MAX);
    if (count == 0)
        return;
    struct word_place at = words[below(random, count)];
    size_t length = choose_word(text, random, other, other_size, word);
    switch (random_next(random) % 4) {
    case 0: /* one more member */
        memmove(word + 2, word, length);
        memcpy(word, ", ", 2);
        changes_put(text, at.end, at.end, word, length + 2);
        return;
    case 1: /* a key and a value before this one */
        memcpy(word + length, ": a, ", 5);
        changes_put(text, at.begin, at.begin, word, length + 5);
        return;
    default:
        changes_put(text, at.begin, at.end, word, length);
        return;
    }
}

/* Digits move by little or to the edges. */
static void change_number(struct changed_text *text, struct random *random)
{
    size_t from = below(random, text->size);
    for (size_t i = 0; i < text->size; i++) {
        char *c = &text->data[(from + i) % text->size];
        if (*c < '0' || *c > '9')
            continue;
        *c = (char)('0' + random_next(random) % 10);
        if (random_next(random) % 2 == 0)
            return;
    }
}

static void change_block(struct changed_text *text, struct random *random, const char *other,
                         size_t other_size)
{
    static char copy[CHANGES_BYTES_MAX];
    const char *from = other != NULL && random_next(random) % 4 == 0 ? other : text->data;
    size_t from_size = from == other ? other_size : text->size;
    struct word_place block = random_next(random) % 2 == 0
                                  ? brackets_from(from, from_size, below(random, from_size))
                                  : block_at(from, from_size, below(random, from_size));
    size_t length = block.end - block.begin;
    if (length == 0 || length > sizeof copy)
        return;
    memcpy(copy, from + block.begin, length);
    struct word_place place = copy[length - 1] == '\n'
                                  ? block_at(text->data, text->size, below(random, text->size))
                                  : brackets_from(text->data, text->size,
                                                  below(random, text->size));
    switch (random_next(random) % 4) {
    case 0:
        if (from == text->data)
            changes_put(text, block.begin, block.end, "", 0);
        return;
    case 1:
        changes_put(text, place.begin, place.begin, copy, length);
        return;
    default:
        changes_put(text, place.begin, place.end, copy, length);
        return;
    }
}

static void change_indent(struct changed_text *text, struct random *random)
{
    size_t at = line_begin(text->data, below(random, text->size));
    size_t indent = indent_of(text->data, text->size, at);
    if (random_next(random) % 2 == 0)
        changes_put(text, at, at, "  ", 1 + below(random, 2));
    else
        changes_put(text, at, at + (indent < 2 ? indent : 1 + below(random, 2)), "", 0);
}

/* Puts a value into brackets: a list, a table, a named value. */
static void wrap(struct changed_text *text, struct random *random)
{
    static const char *const before[] = {"[", "{by: a, is: {b: ", "{not: ", "&a ", "{any: [{a: "};
    static const char *const behind[] = {"]", "}, default: none}", "}", "", "}]}"};
    static struct word_place words[WORDS_MAX];
    size_t count = changes_words(text->data, text->size, words, WORDS_MAX);
    struct word_place at = random_next(random) % 2 == 0 && count > 0
                               ? words[below(random, count)]
                               : brackets_from(text->data, text->size, below(random, text->size));
    size_t how = below(random, sizeof before / sizeof *before);
    changes_put(text, at.end, at.end, behind[how], strlen(behind[how]));
    changes_put(text, at.begin, at.begin, before[how], strlen(before[how]));
}

void changes_make(struct changed_text *text, struct random *random, const char *other,
                  size_t other_size)
{
    if (text->size == 0)
        changes_put(text, 0, 0, "sla: 1\n", 7);
    switch (random_next(random) % 10) {
    case 0: change_number(text, random); return;
    case 1: change_indent(text, random); return;
    case 2: wrap(text, random); return;
    case 3:
    case 4:
    case 5: change_block(text, random, other, other_size); return;
    default: change_word(text, random, other, other_size); return;
    }
}
