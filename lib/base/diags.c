/* SPDX-License-Identifier: MIT */
/* A list of diagnostics: adding, sorting, reading, and the source lines that they stand in. */
#include "base/diags.h"

/* More of a source line than this helps nobody: a hostile file may be one line. A policy that a
   program wrote may be one line too, and its faults shall be shown. */
#define SOURCE_LINE_MAX 65536
/* Nor do more second places. */
#define RELATED_MAX 9

sla_diags *diags_new(const sla_allocator *allocator, uint32_t limit)
{
    sla_diags *diags = memory_zero(allocator, sizeof *diags);
    if (diags == NULL)
        return NULL;
    diags->allocator = *allocator;
    diags->limit = limit;
    arena_init(&diags->arena, allocator);
    return diags;
}

static bool keep_text(sla_diags *diags, sla_text *text)
{
    if (text->length == 0) {
        *text = TEXT("");
        return true;
    }
    *text = arena_text(&diags->arena, *text);
    return text->data != NULL;
}

static bool keep_related(sla_diags *diags, sla_diag *diag)
{
    if (diag->related_count == 0) {
        diag->related = NULL;
        return true;
    }
    sla_diag_place *places = arena_copy(&diags->arena, diag->related,
                                        diag->related_count * sizeof *places);
    if (places == NULL)
        return false;
    for (size_t i = 0; i < diag->related_count; i++)
        if (!keep_text(diags, &places[i].message) || !keep_text(diags, &places[i].file))
            return false;
    diag->related = places;
    return true;
}

void diags_add(sla_diags *diags, const sla_diag *diag)
{
    if (diag->severity == SLA_DIAG_ERROR)
        diags->errors++;
    if (diags->failed)
        return;
    if (diags->items.count >= diags->limit) {
        diags->dropped++;
        return;
    }
    sla_diag copy = *diag;
    copy.size = sizeof copy;
    if (!keep_text(diags, &copy.file) || !keep_text(diags, &copy.path) ||
        !keep_text(diags, &copy.message) || !keep_text(diags, &copy.hint) ||
        !keep_text(diags, &copy.source_line) || !keep_related(diags, &copy) ||
        !array_push(&diags->allocator, &diags->items, copy))
        diags->failed = true;
}

static bool is_at(uint32_t line, uint32_t column, sla_text file, const sla_diag_place *place)
{
    return line == place->line && column == place->column && text_equal(file, place->file);
}

void diags_relate(sla_diags *diags, size_t index, const sla_diag_place *place)
{
    if (diags->failed || index >= diags->items.count) /* not kept */
        return;
    sla_diag *diag = &diags->items.items[index];
    bool known = is_at(diag->line, diag->column, diag->file, place); /* a shared node */
    for (size_t i = 0; i < diag->related_count; i++)
        known = known || is_at(diag->related[i].line, diag->related[i].column,
                               diag->related[i].file, place);
    if (known || diag->related_count >= RELATED_MAX)
        return;
    sla_diag_place *places =
        arena_new(&diags->arena, (diag->related_count + 1) * sizeof *places);
    sla_diag_place copy = *place;
    if (places == NULL || !keep_text(diags, &copy.message) || !keep_text(diags, &copy.file)) {
        diags->failed = true;
        return;
    }
    if (diag->related_count > 0)
        memcpy(places, diag->related, diag->related_count * sizeof *places);
    places[diag->related_count++] = copy;
    diag->related = places;
}

static int compare_places(const sla_diag *a, const sla_diag *b)
{
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    if (a->code != b->code)
        return a->code < b->code ? -1 : 1;
    return 0;
}

static bool comes_before(const sla_diag *a, const sla_diag *b)
{
    if (a->flags != b->flags) /* until they are sorted: the number of the file */
        return a->flags < b->flags;
    return compare_places(a, b) < 0;
}

/* Stable, and without memory of its own. The list is short (max_diags) and nearly sorted. */
static void insertion_sort(sla_diag *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        sla_diag moving = items[i];
        size_t low = 0, high = i;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (comes_before(&moving, &items[middle]))
                high = middle;
            else
                low = middle + 1;
        }
        memmove(&items[low + 1], &items[low], (i - low) * sizeof *items);
        items[low] = moving;
    }
}

static bool is_same(const sla_diag *a, const sla_diag *b)
{
    return compare_places(a, b) == 0 && text_equal(a->file, b->file) &&
           text_equal(a->message, b->message);
}

/* An anchored node that is used three times would tell its fault three times. */
static void drop_repeated(sla_diags *diags)
{
    size_t kept = 0;
    for (size_t i = 0; i < diags->items.count; i++) {
        const sla_diag *diag = &diags->items.items[i];
        bool repeated = false;
        for (size_t k = kept; k > 0 && !repeated; k--) {
            if (compare_places(&diags->items.items[k - 1], diag) != 0)
                break;
            repeated = is_same(&diags->items.items[k - 1], diag);
        }
        if (repeated) {
            if (diag->severity == SLA_DIAG_ERROR)
                diags->errors--;
        } else {
            diags->items.items[kept++] = *diag;
        }
    }
    diags->items.count = kept;
}

void diags_sort(sla_diags *diags)
{
    size_t count = diags->items.count;
    insertion_sort(diags->items.items, count);
    for (size_t i = 0; i < count; i++)
        diags->items.items[i].flags = 0;
    drop_repeated(diags);
}

size_t line_break_at(sla_text text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    size_t left = text.length - at;
    if (left == 0)
        return 0;
    if (bytes[0] == '\r')
        return left > 1 && bytes[1] == '\n' ? 2 : 1;
    if (bytes[0] == '\n')
        return 1;
    if (left > 1 && bytes[0] == 0xC2 && bytes[1] == 0x85)
        return 2;
    if (left > 2 && bytes[0] == 0xE2 && bytes[1] == 0x80 && (bytes[2] == 0xA8 || bytes[2] == 0xA9))
        return 3;
    return 0;
}

/* The line as it may be shown: not too long, and without what is no text. One character stays one
   character, so that columns still fit. */
static bool keep_line(sla_diags *diags, sla_text line, sla_text *out)
{
    struct text_builder shown;
    builder_init(&shown, &diags->allocator);
    size_t at = 0;
    while (at < line.length && at < SOURCE_LINE_MAX) {
        size_t start = at;
        uint32_t character = text_next_character(line, &at);
        bool control = (character < 0x20 && character != '\t') ||
                       (character >= 0x7F && character < 0xA0);
        if (control || character == 0xFFFD)
            builder_add_c(&shown, "\xEF\xBF\xBD");
        else
            builder_add(&shown, (sla_text){line.data + start, at - start});
    }
    *out = builder_text(&shown);
    bool good = !shown.failed && keep_text(diags, out);
    builder_free(&shown);
    return good;
}

void diags_attach_lines(sla_diags *diags, sla_text file, sla_text source)
{
    size_t at = 0;
    uint32_t line = 1;
    sla_text kept = TEXT_NONE;
    uint32_t kept_line = 0;
    for (size_t i = 0; i < diags->items.count && !diags->failed; i++) {
        sla_diag *diag = &diags->items.items[i];
        if (diag->line == 0 || !text_equal(diag->file, file))
            continue;
        if (diag->line == kept_line) {
            diag->source_line = kept;
            continue;
        }
        while (line < diag->line && at < source.length) {
            size_t width = line_break_at(source, at);
            at += width == 0 ? 1 : width;
            line += width != 0;
        }
        size_t end = at;
        while (end < source.length && line_break_at(source, end) == 0)
            end++;
        kept_line = diag->line;
        sla_text text = end > at ? (sla_text){source.data + at, end - at} : TEXT_NONE;
        if (!keep_line(diags, text, &kept))
            diags->failed = true;
        diag->source_line = kept;
    }
}

size_t sla_diags_count(const sla_diags *diags)
{
    return diags == NULL ? 0 : diags->items.count;
}

size_t sla_diags_errors(const sla_diags *diags)
{
    return diags == NULL ? 0 : diags->errors;
}

const sla_diag *sla_diags_at(const sla_diags *diags, size_t index)
{
    return index < sla_diags_count(diags) ? &diags->items.items[index] : NULL;
}

void sla_diags_free(sla_diags *diags)
{
    if (diags == NULL)
        return;
    sla_allocator allocator = diags->allocator;
    array_free(&allocator, &diags->items);
    arena_free(&diags->arena);
    memory_free(&allocator, diags, sizeof *diags);
}
