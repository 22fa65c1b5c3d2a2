/* SPDX-License-Identifier: MIT */
/* Compiling a text, once or twice, and holding the two outcomes against the text and each other. */
#include "sound_policy.h"

#include "scarce_memory.h"

#include <sla/dump.h>

#include <string.h>

#define FILE_NAME "policy.yaml"
#define EVERYTHING (SLA_POLICY_ANALYSE | SLA_POLICY_PORTABLE | SLA_POLICY_KEEP_DUMP)

/* The text, and where in it the walk through the diagnostics stands. */
struct reader {
    const char *text;
    size_t length;
    size_t at; /* where `line` begins */
    uint32_t line;
};

/* Bytes of the character at the front; 0: this is no UTF-8. */
static size_t character_width(const char *text, size_t left)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (bytes[0] < 0x80)
        return 1;
    size_t width = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;
    if (bytes[0] < 0xC2 || bytes[0] > 0xF4 || left < width)
        return 0;
    for (size_t i = 1; i < width; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    bool overlong = (bytes[0] == 0xE0 && bytes[1] < 0xA0) || (bytes[0] == 0xF0 && bytes[1] < 0x90);
    bool beyond = (bytes[0] == 0xED && bytes[1] > 0x9F) || (bytes[0] == 0xF4 && bytes[1] > 0x8F);
    return overlong || beyond ? 0 : width;
}

/* Bytes of the line break at the front, as YAML 1.1 has them; 0: there is none. */
static size_t break_width(const char *text, size_t left)
{
    static const char *const breaks[] = {"\r\n", "\r", "\n", "\xC2\x85", "\xE2\x80\xA8",
                                         "\xE2\x80\xA9"};
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        size_t width = strlen(breaks[i]);
        if (left >= width && memcmp(text, breaks[i], width) == 0)
            return width;
    }
    return 0;
}

static bool can_be_shown(sla_text text, bool with_tabs)
{
    for (size_t at = 0; at < text.length;) {
        size_t width = character_width(text.data + at, text.length - at);
        unsigned char byte = (unsigned char)text.data[at];
        if (width == 0 || byte == 0x7F || (byte < 0x20 && !(byte == '\t' && with_tabs)))
            return false;
        if (width == 2 && byte == 0xC2 && (unsigned char)text.data[at + 1] < 0xA0)
            return false; /* C1: some terminals obey them */
        at += width;
    }
    return true;
}

/* Characters in a line, which must not lie before the last one asked for; -1: there is none. */
static long line_width(struct reader *reader, uint32_t line)
{
    while (reader->line < line && reader->at < reader->length) {
        size_t width = break_width(reader->text + reader->at, reader->length - reader->at);
        reader->at += width == 0 ? 1 : width;
        reader->line += width != 0;
    }
    if (reader->line != line)
        return -1;
    long count = 0;
    for (size_t at = reader->at; at < reader->length; count++) {
        if (break_width(reader->text + at, reader->length - at) != 0)
            break;
        size_t width = character_width(reader->text + at, reader->length - at);
        at += width == 0 ? 1 : width;
    }
    return count;
}

static struct reader read_again(const struct reader *reader)
{
    return (struct reader){reader->text, reader->length, 0, 1};
}

static const char *check_place(struct reader *reader, const sla_diag *diag)
{
    long width = line_width(reader, diag->line);
    if (diag->line < 1 || width < 0)
        return "a diagnostic stands in a line of the text";
    if (diag->column < 1 || (long)diag->column > width + 1)
        return "a diagnostic stands in a column of its line";
    if (diag->end_line < diag->line ||
        (diag->end_line == diag->line && diag->end_column < diag->column))
        return "a place ends at its beginning or behind it";
    struct reader ahead = *reader;
    width = line_width(&ahead, diag->end_line);
    if (width < 0 || (long)diag->end_column > width + 2) /* at the end of the text, too */
        return "a place ends in the text";
    for (size_t i = 0; i < diag->related_count; i++) {
        const sla_diag_place *place = &diag->related[i];
        struct reader again = read_again(reader);
        if (!can_be_shown(place->message, false) || !can_be_shown(place->file, false))
            return "what is said of the second place can be shown";
        if (place->file.length != strlen(FILE_NAME)) /* included */
            continue;
        width = line_width(&again, place->line);
        if (place->line < 1 || place->column < 1 || (long)place->column > width + 1)
            return "a second place is in the text";
    }
    return NULL;
}

static const char *check_texts(const sla_diag *diag)
{
    static char whole[65536];
    char cut[64];
    if (diag->message.length == 0 || !can_be_shown(diag->message, false))
        return "a message can be shown";
    if (!can_be_shown(diag->hint, false) || !can_be_shown(diag->path, false))
        return "hints and paths can be shown";
    if (!can_be_shown(diag->source_line, true))
        return "the line can be shown";
    if (sla_diag_explain(diag->code) == NULL)
        return "every code is explained";
    size_t length = sla_diag_format(diag, whole, sizeof whole);
    if (length < 20 || (length < sizeof whole && strlen(whole) != length))
        return "a diagnostic is written as long as it says";
    if (sla_diag_format(diag, cut, sizeof cut) != length || strlen(cut) >= sizeof cut)
        return "a diagnostic that is cut says how long it is";
    return NULL;
}

static const char *check_diags(const char *text, size_t length, const sla_diags *diags)
{
    size_t mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    struct reader reader = {text + mark, length - mark, 0, 1};
    const sla_diag *last = NULL;
    size_t errors = 0;
    for (size_t i = 0; i < sla_diags_count(diags); i++) {
        const sla_diag *diag = sla_diags_at(diags, i);
        errors += diag->severity == SLA_DIAG_ERROR;
        const char *broken = check_texts(diag);
        if (broken != NULL)
            return broken;
        if (diag->file.length != strlen(FILE_NAME)) /* included: its text is not at hand */
            continue;
        if (last != NULL && (diag->line < last->line ||
                             (diag->line == last->line && diag->column < last->column)))
            return "diagnostics are in the order of their places";
        broken = check_place(&reader, diag);
        if (broken != NULL)
            return broken;
        last = diag;
    }
    return sla_diags_errors(diags) < errors ? "errors are counted" : NULL;
}

static bool same_text(sla_text a, sla_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* The next error at or behind `*at`. */
static const sla_diag *next_error(const sla_diags *diags, size_t *at)
{
    const sla_diag *diag;
    while ((diag = sla_diags_at(diags, (*at)++)) != NULL)
        if (diag->severity == SLA_DIAG_ERROR)
            return diag;
    return NULL;
}

/* With every flag there may be more warnings, and nothing else differs. */
static const char *check_same(const sla_diags *one, const sla_diags *other)
{
    size_t at_one = 0, at_other = 0;
    const sla_diag *a, *b;
    do {
        a = next_error(one, &at_one);
        b = next_error(other, &at_other);
        if ((a == NULL) != (b == NULL))
            return "the same errors are found again";
        if (a != NULL && (a->code != b->code || a->line != b->line || a->column != b->column ||
                          !same_text(a->message, b->message) || !same_text(a->hint, b->hint) ||
                          !same_text(a->path, b->path)))
            return "an error is told in the same words again";
    } while (a != NULL);
    return NULL;
}

struct outcome {
    sla_policy *policy;
    sla_diags *diags;
};

static const char *compile(const char *text, size_t length, sla_policy_options *options,
                           struct outcome *out)
{
    *out = (struct outcome){NULL, NULL};
    sla_status status = sla_policy_compile(text, length, options, &out->policy, &out->diags);
    if (status != SLA_OK && status != SLA_ERROR_POLICY)
        return "a text is a policy or has faults";
    if (out->diags == NULL || (status == SLA_OK) != (out->policy != NULL) ||
        (status == SLA_OK) != (sla_diags_errors(out->diags) == 0))
        return "a policy that has no faults compiles, and no other";
    return check_diags(text, length, out->diags);
}

static const char *compare(const struct outcome *one, const struct outcome *other)
{
    uint8_t first[16], second[16];
    if ((one->policy == NULL) != (other->policy == NULL))
        return "what compiles, compiles again";
    if (one->policy != NULL) {
        sla_policy_fingerprint(one->policy, first);
        sla_policy_fingerprint(other->policy, second);
        if (memcmp(first, second, sizeof first) != 0)
            return "the fingerprint is the same again";
    }
    return check_same(one->diags, other->diags);
}

/* What was read, written out: the same policy again, and the same text from that. */
static const char *check_dump(sla_policy *policy, uint32_t format, sla_policy_options *options)
{
    sla_text text, again;
    uint8_t first[16], second[16];
    struct outcome read = {NULL, NULL};
    if (sla_policy_dump(policy, format, &text) != SLA_OK)
        return "what was kept can be written out";
    sla_status status = sla_policy_compile(text.data, text.length, options, &read.policy, NULL);
    if (status != SLA_OK)
        return "what was written out is a policy";
    sla_policy_fingerprint(policy, first);
    sla_policy_fingerprint(read.policy, second);
    const char *broken = NULL;
    if (memcmp(first, second, sizeof first) != 0)
        broken = "what was written out is the same policy";
    else if (sla_policy_dump(read.policy, format, &again) != SLA_OK || !same_text(text, again))
        broken = "what was written out is written out again";
    sla_policy_unref(read.policy);
    return broken;
}

const char *sound_policy(const char *text, size_t length, const sla_loader *loader,
                         const char *zoneinfo, bool again, sound_use use, bool *out_accepted)
{
    struct scarce_memory memory = {0};
    sla_allocator allocator = scarce_allocator(&memory);
    sla_policy_options options = {.size = sizeof options, .allocator = &allocator};
    options.loader = loader;
    options.file_name = (sla_text){FILE_NAME, SLA_NUL_TERMINATED};
    if (zoneinfo != NULL)
        options.zoneinfo = (sla_text){zoneinfo, SLA_NUL_TERMINATED};
    struct outcome plain, full = {NULL, NULL};
    const char *broken = compile(text, length, &options, &plain);
    if (broken == NULL && again) {
        options.flags = EVERYTHING;
        broken = compile(text, length, &options, &full);
    }
    if (broken == NULL && again)
        broken = compare(&plain, &full);
    if (broken == NULL && full.policy != NULL)
        broken = check_dump(full.policy, SLA_DUMP_YAML, &options);
    if (broken == NULL && full.policy != NULL)
        broken = check_dump(full.policy, SLA_DUMP_JSON, &options);
    if (out_accepted != NULL)
        *out_accepted = plain.policy != NULL;
    sla_policy_unref(full.policy);
    sla_diags_free(full.diags);
    if (broken == NULL && plain.policy != NULL && use != NULL)
        broken = use(plain.policy, &allocator);
    sla_policy_unref(plain.policy);
    sla_diags_free(plain.diags);
    if (broken == NULL && memory.blocks != 0)
        broken = "nothing is left when all is freed";
    if (broken == NULL && memory.wrong_size != 0)
        broken = "memory is given back with the size it had";
    return broken;
}
