/* SPDX-License-Identifier: MIT */
/* Writing YAML and JSON: both are the same structure with other signs. */
#include "policy/dump_writer.h"

/* libyaml and others take a text for a key only if it is shorter than 1024 characters. */
#define PLAIN_KEY_MAX 1000u
#define WHOLE_DIGITS_MAX 15u /* exact in every reader's numbers */

void dump_init(struct dump *dump, struct build *build, bool is_json)
{
    builder_init(&dump->text, &build->allocator);
    dump->work = &build->work;
    dump->is_json = is_json;
    dump->after_key = false;
    dump->depth = dump->level = 0;
}

static void put(struct dump *dump, const char *text)
{
    builder_add_c(&dump->text, text);
}

static void indent(struct dump *dump, uint32_t level)
{
    while (level-- > 0)
        put(dump, "  ");
}

static struct dump_frame *top(struct dump *dump)
{
    return dump->depth == 0 ? NULL : &dump->frames[dump->depth - 1];
}

static bool in_block(struct dump *dump)
{
    return dump->depth == 0 || !top(dump)->is_line;
}

/* What stands before a member: a comma, a new line, a dash. */
static void begin_member(struct dump *dump)
{
    struct dump_frame *frame = top(dump);
    bool is_first = !frame->is_used;
    frame->is_used = true;
    if (frame->is_line) {
        put(dump, is_first ? "" : ", ");
    } else if (dump->is_json) {
        put(dump, is_first ? "\n" : ",\n");
        indent(dump, dump->level);
    } else {
        bool is_inlined = is_first && dump->depth > 1 && !frame->after_key;
        if (is_first && frame->after_key)
            put(dump, "\n");
        if (!is_inlined) /* the first key stands behind the dash */
            indent(dump, dump->level - 1);
        put(dump, frame->is_map ? "" : "- ");
    }
}

/* Before a value of any kind. */
static void begin_value(struct dump *dump)
{
    if (dump->depth > 0 && !top(dump)->is_map)
        begin_member(dump);
}

static void end_value(struct dump *dump)
{
    dump->after_key = false;
    if (in_block(dump) && (!dump->is_json || dump->depth == 0))
        put(dump, "\n");
}

static void put_blank(struct dump *dump)
{
    if (dump->after_key)
        put(dump, " ");
}

static void begin(struct dump *dump, bool is_map, enum dump_style style)
{
    begin_value(dump);
    struct dump_frame frame = {.is_map = is_map, .is_line = style == DUMP_LINE,
                               .after_key = dump->after_key};
    frame.is_line = frame.is_line || !in_block(dump);
    if (dump->is_json || frame.is_line) {
        put_blank(dump);
        put(dump, is_map ? "{" : "[");
    }
    dump->after_key = false;
    if (dump->depth == DUMP_DEPTH_MAX) { /* no tree is so deep */
        dump->text.failed = true;
        return;
    }
    dump->frames[dump->depth++] = frame;
    dump->level += !frame.is_line;
}

void dump_begin_map(struct dump *dump, enum dump_style style)
{
    begin(dump, true, style);
}

void dump_begin_list(struct dump *dump, enum dump_style style)
{
    begin(dump, false, style);
}

void dump_end(struct dump *dump)
{
    struct dump_frame frame = dump->frames[--dump->depth];
    dump->level -= !frame.is_line;
    dump->after_key = frame.after_key;
    if (!dump->is_json && !frame.is_line) {
        if (!frame.is_used) {
            put_blank(dump);
            put(dump, frame.is_map ? "{}\n" : "[]\n");
        }
        dump->after_key = false;
        return;
    }
    if (!frame.is_line && frame.is_used) {
        put(dump, "\n");
        indent(dump, dump->level);
    }
    put(dump, frame.is_map ? "}" : "]");
    end_value(dump);
}

/* Words that some reader of YAML 1.1 or 1.2 takes for a boolean, nothing or a number. */
static bool is_taken(sla_text text)
{
    static const char *const taken[] = {"y",   "n",    "yes",   "no",  "on", "off",
                                        "nan", "null", "true",  "inf", "false"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        size_t length = strlen(taken[i]), at = 0;
        if (length != text.length)
            continue;
        while (at < length && (text.data[at] | 0x20) == taken[i][at])
            at++;
        if (at == length)
            return true;
    }
    return false;
}

static bool is_letter(char character)
{
    char lower = (char)(character | 0x20);
    return lower >= 'a' && lower <= 'z';
}

/* Letters first, then digits, a few signs that mean nothing, and single blanks inside. */
static bool is_plain(sla_text text)
{
    static const char signs[] = "_-./'()";
    if (text.length == 0 || !is_letter(text.data[0]) || is_taken(text))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char character = text.data[i];
        bool is_blank = character == ' ' && i + 1 < text.length && text.data[i + 1] != ' ';
        if (!is_letter(character) && !(character >= '0' && character <= '9') && !is_blank &&
            memchr(signs, character, sizeof signs - 1) == NULL)
            return false;
    }
    return true;
}

/* What is not printable in YAML, ends a line in some of its versions, or turns the direction of
   writing. */
static bool is_escaped(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == '"' ||
           character == '\\' || (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xFEFF ||
           character == 0xFFFE || character == 0xFFFF;
}

static void put_escape(struct dump *dump, uint32_t character)
{
    static const char digits[] = "0123456789ABCDEF";
    const char simple[] = {'\\', character == '\n' ? 'n' : character == '\t' ? 't'
                                                                             : (char)character,
                           '\0'};
    const char numbered[] = {'\\', 'u', digits[character >> 12 & 15], digits[character >> 8 & 15],
                             digits[character >> 4 & 15], digits[character & 15], '\0'};
    bool is_simple = character == '\n' || character == '\t' || character == '"' ||
                     character == '\\';
    put(dump, is_simple ? simple : numbered);
}

static void put_quoted(struct dump *dump, sla_text text)
{
    size_t from = 0, at = 0;
    put(dump, "\"");
    while (at < text.length) {
        size_t before = at;
        uint32_t character = text_next_character(text, &at);
        if (!is_escaped(character))
            continue;
        builder_add(&dump->text, (sla_text){text.data + from, before - from});
        put_escape(dump, character);
        from = at;
    }
    builder_add(&dump->text, (sla_text){text.data + from, text.length - from});
    put(dump, "\"");
}

static void put_text(struct dump *dump, sla_text text)
{
    if (!dump->is_json && is_plain(text))
        builder_add(&dump->text, text);
    else
        put_quoted(dump, text);
}

void dump_name(struct dump *dump, sla_text key)
{
    begin_member(dump);
    size_t start = dump->text.count;
    put_text(dump, key);
    bool is_long = !dump->is_json && dump->text.count - start > PLAIN_KEY_MAX;
    if (is_long) { /* YAML has another way to write it, JSON has not */
        dump->text.count = start;
        put(dump, "? ");
        put_text(dump, key);
        if (top(dump)->is_line) {
            put(dump, " ");
        } else {
            put(dump, "\n");
            indent(dump, dump->level - 1);
        }
    }
    put(dump, ":");
    dump->after_key = true;
}

void dump_key(struct dump *dump, const char *key)
{
    dump_name(dump, (sla_text){key, strlen(key)});
}

void dump_text(struct dump *dump, sla_text text)
{
    begin_value(dump);
    put_blank(dump);
    put_text(dump, text);
    end_value(dump);
}

static void put_value(struct dump *dump, const char *text, const char *quote)
{
    begin_value(dump);
    put_blank(dump);
    put(dump, quote);
    put(dump, text);
    put(dump, quote);
    end_value(dump);
}

void dump_word(struct dump *dump, const char *word)
{
    put_value(dump, word, dump->is_json ? "\"" : "");
}

void dump_flag(struct dump *dump, bool flag)
{
    put_value(dump, flag ? "true" : "false", "");
}

void dump_number(struct dump *dump, int64_t number)
{
    begin_value(dump);
    put_blank(dump);
    builder_add_number(&dump->text, number);
    end_value(dump);
}

void dump_decimal(struct dump *dump, sla_text text)
{
    uint64_t number;
    bool is_whole = text.length <= WHOLE_DIGITS_MAX && text_to_u64(text, INT64_MAX, &number) &&
                    (text.length == 1 || text.data[0] != '0');
    if (is_whole)
        dump_number(dump, (int64_t)number);
    else
        dump_text(dump, text);
}
