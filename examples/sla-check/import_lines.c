/* SPDX-License-Identifier: MIT */
/* Is a feed whole? libical takes whatever it finds; a file that was cut off must not become a list
   with half of the holidays. */
#include "import_ics.h"
#include "output.h"

#include <string.h>
#include <strings.h>

#define NESTING_MOST 16
#define WORD_MOST 40

struct nesting {
    char words[NESTING_MOST][WORD_MOST];
    size_t depth;
};

/* The word behind BEGIN: or END:, or NULL. */
static const char *word_behind(const char *line, size_t length, const char *key, char *buffer)
{
    size_t size = strlen(key);
    if (length <= size || strncasecmp(line, key, size) != 0)
        return NULL;
    while (length > size && (line[length - 1] == ' ' || line[length - 1] == '\t'))
        length--;
    snprintf(buffer, WORD_MOST, "%.*s", (int)(length - size), line + size);
    return buffer;
}

/* What is wrong with a line, or NULL. */
static const char *look_at(struct nesting *nesting, const char *line, size_t length)
{
    char word[WORD_MOST];
    json_t *text = json_stringn(line, length);
    if (text == NULL || memchr(line, '\0', length) != NULL) {
        json_decref(text);
        return "this is no UTF-8 text";
    }
    json_decref(text);
    if (word_behind(line, length, "BEGIN:", word) != NULL) {
        if (nesting->depth == 0 && strcasecmp(word, "VCALENDAR") != 0)
            return "a feed begins with BEGIN:VCALENDAR";
        if (nesting->depth == NESTING_MOST)
            return "nested too deeply";
        strcpy(nesting->words[nesting->depth++], word);
    } else if (word_behind(line, length, "END:", word) != NULL) {
        if (nesting->depth == 0 || strcasecmp(nesting->words[nesting->depth - 1], word) != 0)
            return "this END has no BEGIN";
        nesting->depth--;
    } else if (nesting->depth == 0 && strspn(line, " \t") < length) {
        return "a feed begins with BEGIN:VCALENDAR";
    }
    return NULL;
}

int check_ics(const char *text, size_t length, const char *file)
{
    struct nesting nesting = {.depth = 0};
    size_t number = 0, feeds = 0;
    for (size_t at = 0; at < length;) {
        const char *line = text + at, *end = memchr(line, '\n', length - at);
        size_t size = end != NULL ? (size_t)(end - line) : length - at;
        at += size + (end != NULL);
        number++;
        if (size > 0 && line[size - 1] == '\r')
            size--;
        if (size == 0)
            continue;
        const char *fault = look_at(&nesting, line, size);
        feeds++;
        if (fault != NULL) {
            complain("%s:%zu: %s", file, number, fault);
            return EXIT_USAGE;
        }
    }
    if (feeds == 0) {
        complain("%s is empty", file);
        return EXIT_USAGE;
    }
    if (nesting.depth > 0) {
        complain("%s ends inside %s; was it cut off?", file, nesting.words[nesting.depth - 1]);
        return EXIT_USAGE;
    }
    return EXIT_FINE;
}
