/* SPDX-License-Identifier: MIT */
/* Telling faults: from a code and a node to an entry in the list of diagnostics. */
#include "policy/report.h"

/* Bytes of a name from the file that are shown in a message. */
#define VISIBLE_MAX 80
#define WORDS_MAX 1000 /* of what the library says in its own words: {1+} and {2+} */

static void builder_add_line(struct text_builder *builder, sla_text text, size_t most)
{
    size_t at = 0;
    while (at < text.length) {
        size_t start = at;
        uint32_t character = text_next_character(text, &at);
        if (at > most) {
            builder_add_c(builder, "...");
            return;
        }
        bool control = character < 0x20 || (character >= 0x7F && character < 0xA0) ||
                       character == 0x2028 || character == 0x2029;
        if (control)
            builder_add_c(builder, " ");
        else
            builder_add(builder, (sla_text){text.data + start, at - start});
    }
}

void builder_add_visible(struct text_builder *builder, sla_text text)
{
    builder_add_line(builder, text, VISIBLE_MAX);
}

static void add_message(struct text_builder *out, const char *pattern, sla_text a, sla_text b)
{
    while (*pattern != '\0') {
        bool is_words = strncmp(pattern, "{1+}", 4) == 0 || strncmp(pattern, "{2+}", 4) == 0;
        if (is_words || strncmp(pattern, "{1}", 3) == 0 || strncmp(pattern, "{2}", 3) == 0) {
            builder_add_line(out, pattern[1] == '1' ? a : b, is_words ? WORDS_MAX : VISIBLE_MAX);
            pattern += is_words ? 4 : 3;
        } else {
            builder_add(out, (sla_text){pattern, 1});
            pattern++;
        }
    }
}

static sla_text file_name(const struct build *build, uint32_t file)
{
    return file < build->files.count ? build->files.items[file].name : build->options.file_name;
}

static void add_diag(struct build *build, enum diag_code code, struct span span,
                     const struct node *at, sla_text a, sla_text b, sla_text hint,
                     const sla_diag_place *related, size_t related_count)
{
    const struct diag_code_info *info = diag_code_find((uint32_t)code);
    if (build->diags->items.count >= build->diags->limit) { /* do not build what is not kept */
        diags_add(build->diags, &(sla_diag){.severity = info->severity});
        return;
    }
    uint32_t file = at == NULL ? build->file : at->file;
    struct text_builder message, path;
    builder_init(&message, &build->allocator);
    builder_init(&path, &build->allocator);
    add_message(&message, info->message, a, b);
    node_path(at, &path);
    if (message.failed || path.failed) {
        build->status = SLA_ERROR_MEMORY;
    } else {
        diags_add(build->diags, &(sla_diag){
                                    .flags = file,
                                    .code = (uint32_t)code,
                                    .severity = info->severity,
                                    .line = span.line,
                                    .column = span.column,
                                    .end_line = span.end_line,
                                    .end_column = span.end_column,
                                    .file = file_name(build, file),
                                    .path = builder_text(&path),
                                    .message = builder_text(&message),
                                    .hint = hint,
                                    .related = related,
                                    .related_count = related_count,
                                });
        if (build->diags->failed)
            build->status = SLA_ERROR_MEMORY;
    }
    builder_free(&message);
    builder_free(&path);
}

void report(struct build *build, enum diag_code code, const struct node *at, sla_text a,
            sla_text b, sla_text hint)
{
    add_diag(build, code, at->span, at, a, b, hint, NULL, 0);
}

void report_related(struct build *build, enum diag_code code, const struct node *at, sla_text a,
                    sla_text b, sla_text hint, const struct node *place, sla_text place_message)
{
    sla_diag_place related = {place->span.line, place->span.column, place_message,
                              file_name(build, place->file)};
    add_diag(build, code, at->span, at, a, b, hint, &related, 1);
}

void report_places(struct build *build, enum diag_code code, const struct node *at, sla_text a,
                   sla_text b, sla_text hint, const struct related_place *places, size_t count)
{
    sla_diag_place *related = build_array(build, count, sizeof *related);
    for (size_t i = 0; related != NULL && i < count; i++)
        related[i] = (sla_diag_place){places[i].at->span.line, places[i].at->span.column,
                                      text_of(places[i].message),
                                      file_name(build, places[i].at->file)};
    if (related != NULL)
        add_diag(build, code, at->span, at, a, b, hint, related, count);
}

void report_span(struct build *build, enum diag_code code, struct span span, sla_text a, sla_text b,
                 sla_text hint, const sla_diag_place *related)
{
    sla_diag_place place;
    if (related != NULL) { /* in the same file */
        place = *related;
        place.file = file_name(build, build->file);
        related = &place;
    }
    add_diag(build, code, span, NULL, a, b, hint, related, related != NULL);
}

void report_place(struct build *build, size_t index, const struct node *at, sla_text message)
{
    sla_diag_place place = {at->span.line, at->span.column, message, file_name(build, at->file)};
    diags_relate(build->diags, index, &place);
    if (build->diags->failed)
        build->status = SLA_ERROR_MEMORY;
}

#define TOLD_MAX 256 /* unknown names that are remembered; a person's policy has a handful */

bool report_again(struct build *build, enum diag_code code, const struct node *at, sla_text name)
{
    for (size_t i = 0; i < build->told.count; i++) {
        const struct unknown_name *told = &build->told.items[i];
        if (told->code == (uint32_t)code && text_equal(told->name, name)) {
            report_place(build, told->diag, at, TEXT("and here"));
            return true;
        }
    }
    struct unknown_name told = {(uint32_t)code, build->diags->items.count, name};
    if (build->told.count < TOLD_MAX &&
        !array_push(&build->allocator, &build->told, told))
        build->status = SLA_ERROR_MEMORY;
    return false;
}
