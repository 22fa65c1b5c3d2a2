/* SPDX-License-Identifier: MIT */
/* The policy's bytes: is this a text that YAML can read at all? */
#include "policy/source.h"

#include "policy/report.h"

#define START ((struct span){1, 1, 1, 2})

struct span source_place(sla_text source, size_t offset)
{
    struct span span = START;
    size_t at = 0;
    while (at < offset && at < source.length) {
        size_t width = line_break_at(source, at);
        if (width != 0) {
            span.line++;
            span.column = 1;
            at += width;
        } else {
            text_next_character(source, &at);
            span.column++;
        }
    }
    span.end_line = span.line;
    span.end_column = span.column + 1;
    return span;
}

static bool starts_with(sla_text text, const char *bytes, size_t count)
{
    return text.length >= count && memcmp(text.data, bytes, count) == 0;
}

/* YAML's own rule: tab, line breaks, and what can be seen. */
static bool is_allowed(uint32_t character)
{
    if (character < 0x20)
        return character == '\t' || character == '\n' || character == '\r';
    if (character < 0x7F)
        return true;
    return character == 0x85 ||
           (character >= 0xA0 && character != 0xFEFF && character != 0xFFFE && character != 0xFFFF);
}

/* The byte where UTF-8 ends. text_next_character() gives U+FFFD for damage, so a U+FFFD that is
   really written in the text is told apart by its bytes. */
static bool is_damaged(sla_text text, size_t start, size_t end, uint32_t character)
{
    return character == 0xFFFD &&
           !(end - start == 3 && memcmp(text.data + start, "\xEF\xBF\xBD", 3) == 0);
}

static sla_text hex(uint32_t character, char buffer[16])
{
    static const char digits[] = "0123456789ABCDEF";
    size_t length = 0;
    buffer[length++] = 'U';
    buffer[length++] = '+';
    for (int shift = character > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4)
        buffer[length++] = digits[(character >> shift) & 15];
    return (sla_text){buffer, length};
}

static bool check_characters(struct build *build, sla_text text)
{
    size_t at = 0;
    while (at < text.length) {
        unsigned char byte = (unsigned char)text.data[at];
        if (byte >= 0x20 && byte < 0x7F) { /* nearly every byte */
            at++;
            continue;
        }
        size_t start = at;
        uint32_t character = text_next_character(text, &at);
        if (is_damaged(text, start, at, character)) {
            report_span(build, CODE_NOT_UTF8, source_place(text, start), TEXT_NONE, TEXT_NONE,
                        TEXT("save the file as UTF-8"), NULL);
            return false;
        }
        if (!is_allowed(character)) {
            char buffer[16];
            report_span(build, CODE_CHARACTER, source_place(text, start), hex(character, buffer),
                        TEXT_NONE,
                        character == 0 ? TEXT("is this a text file in UTF-8?") : TEXT_NONE, NULL);
            return false;
        }
    }
    return true;
}

/* libyaml compares every %TAG line with all before it; and the language has no tags. */
static bool check_directives(struct build *build, sla_text text)
{
    static const char word[] = "%TAG";
    sla_text rest = text;
    while (rest.length >= sizeof word - 1) {
        const char *found = memchr(rest.data, '%', rest.length);
        if (found == NULL)
            return true;
        size_t at = (size_t)(found - text.data);
        rest = (sla_text){found + 1, text.length - at - 1};
        bool starts_line = at == 0 || text.data[at - 1] == '\n' || text.data[at - 1] == '\r';
        if (!starts_line || !starts_with((sla_text){found, text.length - at}, word, 4))
            continue;
        report_span(build, CODE_TAG, source_place(text, at), TEXT("directive %TAG"), TEXT_NONE,
                    TEXT("leave it out: what a value is follows from where it stands"), NULL);
        return false;
    }
    return true;
}

bool source_check(struct build *build, sla_text bytes)
{
    if (bytes.length > build->options.max_bytes - build->bytes) {
        report_span(build, CODE_TOO_LONG, START, TEXT_NONE, TEXT_NONE, TEXT_NONE, NULL);
        return false;
    }
    if (starts_with(bytes, "\xFF\xFE", 2) || starts_with(bytes, "\xFE\xFF", 2)) {
        report_span(build, CODE_UTF16, START, TEXT_NONE, TEXT_NONE, TEXT("save the file as UTF-8"),
                    NULL);
        return false;
    }
    build->bytes += bytes.length;
    /* Some editors on Windows write a byte order mark before UTF-8; it means nothing. */
    if (starts_with(bytes, "\xEF\xBB\xBF", 3))
        bytes = (sla_text){bytes.data + 3, bytes.length - 3};
    build->source = bytes;
    return check_characters(build, bytes) && check_directives(build, bytes);
}
