/* SPDX-License-Identifier: MIT */
/* Diagnostics in the forms that people, programs and workflows read, and how many are shown. */
#include "check_output.h"

#include "check_sarif.h"
#include "load.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

/* Said of what is left out; as in the library's registry, so that --explain knows it. */
#define CODE_MORE_FAULTS 19

struct counts {
    size_t errors, warnings;
};

struct check_report {
    enum check_format format;
    size_t limit;  /* shown of each policy; 0: all */
    json_t *items; /* of the document that is printed at the end */
    struct sarif *sarif;
    /* Of the policy at hand: */
    struct counts shown, hidden;
    sla_diag place; /* of the first one that is hidden, or of the last one that was shown */
    char *file;     /* its name */
};

const char *check_code(uint32_t code, char buffer[CHECK_CODE_CAPACITY])
{
    snprintf(buffer, CHECK_CODE_CAPACITY, "SLA-%03u", code);
    return buffer;
}

const char *check_severity(const sla_diag *diag)
{
    return diag->severity == SLA_DIAG_ERROR ? "error" : "warning";
}

static json_t *diag_json(const sla_diag *diag)
{
    char code[CHECK_CODE_CAPACITY];
    json_t *related = json_array();
    for (size_t i = 0; i < diag->related_count; i++) {
        const sla_diag_place *place = &diag->related[i];
        json_t *item = json_pack("{s:I, s:I, s:o}", "line", (json_int_t)place->line, "column",
                                 (json_int_t)place->column, "message",
                                 json_from_text(place->message));
        if (place->file.length != diag->file.length || /* in a file that includes this one */
            memcmp(place->file.data, diag->file.data, diag->file.length) != 0)
            json_object_set_new(item, "file", json_from_text(place->file));
        json_array_append_new(related, item);
    }
    json_t *hint = diag->hint.length > 0 ? json_from_text(diag->hint) : json_null();
    return json_pack("{s:o, s:I, s:I, s:I, s:I, s:s, s:s, s:o, s:o, s:o, s:o}", "file",
                     json_from_text(diag->file), "line", (json_int_t)diag->line, "column",
                     (json_int_t)diag->column, "end_line", (json_int_t)diag->end_line, "end_column",
                     (json_int_t)diag->end_column, "severity", check_severity(diag), "code",
                     check_code(diag->code, code), "path", json_from_text(diag->path), "message",
                     json_from_text(diag->message), "hint", hint, "related", related);
}

/* GitHub's own escapes: % and line ends everywhere, ':' and ',' in properties. */
static void print_github_text(sla_text text, bool is_property)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte == '%' || byte == '\r' || byte == '\n' ||
            (is_property && (byte == ':' || byte == ',')))
            printf("%%%02X", byte);
        else
            putchar(byte);
    }
}

static void print_github(const sla_diag *diag)
{
    char code[CHECK_CODE_CAPACITY];
    printf("::%s file=", check_severity(diag));
    print_github_text(diag->file, true);
    if (diag->line > 0)
        printf(",line=%u,endLine=%u", diag->line, diag->end_line);
    if (diag->line > 0 && diag->line == diag->end_line) /* columns are those of one line */
        printf(",col=%u,endColumn=%u", diag->column, diag->end_column);
    printf(",title=%s::", check_code(diag->code, code));
    print_github_text(diag->message, false);
    if (diag->hint.length > 0) {
        fputs("; ", stdout);
        print_github_text(diag->hint, false);
    }
    putchar('\n');
}

/* "2 errors, 1 warning" */
static void print_counts(const struct counts *counts)
{
    if (counts->errors > 0)
        printf("%zu error%s", counts->errors, counts->errors == 1 ? "" : "s");
    if (counts->warnings > 0)
        printf("%s%zu warning%s", counts->errors > 0 ? ", " : "", counts->warnings,
               counts->warnings == 1 ? "" : "s");
}

static void print_verdict(const struct check_report *report, const char *policy)
{
    struct counts all = {report->shown.errors + report->hidden.errors,
                         report->shown.warnings + report->hidden.warnings};
    print_visible(stdout, policy, strlen(policy));
    fputs(": ", stdout);
    if (all.errors == 0 && all.warnings == 0)
        printf("%sno faults%s", style(stdout, STYLE_GREEN), style(stdout, STYLE_PLAIN));
    print_counts(&all);
    if (report->hidden.errors + report->hidden.warnings > 0)
        printf(" (the first %zu shown; --max-diagnostics 0 shows all)",
               report->shown.errors + report->shown.warnings);
    putchar('\n');
}

struct check_report *check_report_new(enum check_format format, size_t limit)
{
    struct check_report *report = get_memory(NULL, sizeof *report);
    *report = (struct check_report){.format = format, .limit = limit, .items = json_array()};
    report->sarif = sarif_new();
    return report;
}

static void show(struct check_report *report, const sla_diag *diag)
{
    switch (report->format) {
    case CHECK_TEXT:
        print_diag(stdout, diag);
        break;
    case CHECK_JSON:
        json_array_append_new(report->items, diag_json(diag));
        break;
    case CHECK_JSONL:
        print_json_line(diag_json(diag));
        break;
    case CHECK_SARIF:
        sarif_add(report->sarif, diag);
        break;
    case CHECK_GITHUB:
        print_github(diag);
        break;
    }
}

void check_report_add(struct check_report *report, const sla_diag *diag)
{
    bool is_error = diag->severity == SLA_DIAG_ERROR;
    size_t shown = report->shown.errors + report->shown.warnings;
    bool hides = report->limit != 0 && shown >= report->limit;
    struct counts *counts = hides ? &report->hidden : &report->shown;
    if (report->hidden.errors + report->hidden.warnings == 0) {
        report->place = *diag;
        free(report->file);
        report->file = copy_text(diag->file.data, diag->file.length);
    }
    counts->errors += is_error;
    counts->warnings += !is_error;
    if (!hides)
        show(report, diag);
}

/* An honest end of a list that was cut, in the same form as what stands before it. */
static void show_rest(struct check_report *report)
{
    static const char hint[] = "--max-diagnostics 0 shows all of them";
    const struct counts *hidden = &report->hidden;
    char message[140], errors[50] = "", warnings[50] = "";
    if (hidden->errors > 0)
        snprintf(errors, sizeof errors, "%zu more error%s", hidden->errors,
                 hidden->errors == 1 ? "" : "s");
    if (hidden->warnings > 0)
        snprintf(warnings, sizeof warnings, "%zu more warning%s", hidden->warnings,
                 hidden->warnings == 1 ? "" : "s");
    int length = snprintf(message, sizeof message, "%s%s%s are not shown", errors,
                          hidden->errors > 0 && hidden->warnings > 0 ? " and " : "", warnings);
    const sla_diag *place = &report->place;
    show(report, &(sla_diag){
                     .size = sizeof(sla_diag),
                     .code = CODE_MORE_FAULTS,
                     .severity = hidden->errors > 0 ? SLA_DIAG_ERROR : SLA_DIAG_WARNING,
                     .line = place->line,
                     .column = place->column,
                     .end_line = place->end_line,
                     .end_column = place->end_column,
                     .file = {report->file, strlen(report->file)},
                     .message = {message, (size_t)length},
                     .hint = {hint, sizeof hint - 1},
                 });
}

size_t check_report_close(struct check_report *report, const char *policy, size_t errors)
{
    size_t kept = report->shown.errors + report->hidden.errors;
    if (errors > kept) /* the library counts on beyond what it keeps */
        report->hidden.errors += errors - kept;
    size_t warnings = report->shown.warnings + report->hidden.warnings;
    if (report->format == CHECK_TEXT)
        print_verdict(report, policy);
    else if (report->hidden.errors + report->hidden.warnings > 0)
        show_rest(report);
    report->shown = report->hidden = (struct counts){0, 0};
    return warnings;
}

void check_report_end(struct check_report *report, bool complete)
{
    if (report->format == CHECK_JSON)
        print_json_document(json_incref(report->items));
    if (report->format == CHECK_SARIF)
        print_json_document(sarif_document(report->sarif, complete));
    json_decref(report->items);
    sarif_free(report->sarif);
    free(report->file);
    free(report);
}
