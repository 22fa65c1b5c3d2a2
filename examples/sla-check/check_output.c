/* SPDX-License-Identifier: MIT */
/* Diagnostics in the forms that people, programs, code scanning and workflows read. */
#include "check_output.h"

#include "load.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

struct check_report {
    enum check_format format;
    json_t *items; /* of a document that is printed at the end */
    json_t *rules; /* SARIF: the codes that occur */
    size_t errors, warnings; /* of the policy at hand, as far as they are shown */
};

#define CODE_CAPACITY 16

static const char *code_text(uint32_t code, char buffer[CODE_CAPACITY])
{
    snprintf(buffer, CODE_CAPACITY, "SLA-%03u", code);
    return buffer;
}

static const char *severity_name(const sla_diag *diag)
{
    return diag->severity == SLA_DIAG_ERROR ? "error" : "warning";
}

static json_t *diag_json(const sla_diag *diag)
{
    char code[CODE_CAPACITY];
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
                     (json_int_t)diag->end_column, "severity", severity_name(diag), "code",
                     code_text(diag->code, code), "path", json_from_text(diag->path), "message",
                     json_from_text(diag->message), "hint", hint, "related", related);
}

/* A file name as a relative reference (RFC 3986): SARIF wants a URI. */
static json_t *uri_json(sla_text file)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "-._~/";
    char *uri = get_memory(NULL, file.length * 3 + 1);
    size_t used = 0;
    for (size_t i = 0; i < file.length; i++) {
        unsigned char byte = (unsigned char)file.data[i];
        if (byte != '\0' && strchr(plain, byte) != NULL)
            uri[used++] = (char)byte;
        else
            used += (size_t)snprintf(uri + used, 4, "%%%02X", byte);
    }
    json_t *json = json_stringn(uri, used);
    free(uri);
    return json;
}

static json_t *sarif_place(sla_text file, uint32_t line, uint32_t column, uint32_t end_line,
                           uint32_t end_column)
{
    json_t *place = json_pack("{s:{s:o}}", "artifactLocation", "uri", uri_json(file));
    if (line == 0)
        return place;
    json_t *region = json_pack("{s:I, s:I}", "startLine", (json_int_t)line, "startColumn",
                               (json_int_t)(column > 0 ? column : 1));
    if (end_line > line || (end_line == line && end_column > column)) {
        json_object_set_new(region, "endLine", json_integer(end_line));
        json_object_set_new(region, "endColumn", json_integer(end_column));
    }
    json_object_set_new(place, "region", region);
    return place;
}

static void add_sarif_rule(json_t *rules, uint32_t number, const char *code)
{
    size_t i;
    json_t *rule;
    json_array_foreach(rules, i, rule)
    {
        if (strcmp(json_string_value(json_object_get(rule, "id")), code) == 0)
            return;
    }
    const char *explanation = sla_diag_explain(number);
    rule = json_pack("{s:s}", "id", code);
    if (explanation != NULL)
        json_object_set_new(rule, "help", json_pack("{s:s}", "text", explanation));
    json_array_append_new(rules, rule);
}

static size_t append(char *buffer, size_t used, sla_text text)
{
    if (text.length > 0)
        memcpy(buffer + used, text.data, text.length);
    return used + text.length;
}

static json_t *sarif_result(const sla_diag *diag)
{
    char code[CODE_CAPACITY];
    bool has_hint = diag->hint.length > 0;
    char *message = get_memory(NULL, diag->message.length + diag->hint.length + 2);
    size_t used = append(message, 0, diag->message);
    used = append(message, used, has_hint ? (sla_text){"; ", 2} : diag->hint);
    used = append(message, used, diag->hint);
    json_t *text = json_from_text((sla_text){message, used});
    free(message);
    json_t *place =
        sarif_place(diag->file, diag->line, diag->column, diag->end_line, diag->end_column);
    json_t *result = json_pack("{s:s, s:s, s:{s:o}, s:[{s:o}]}", "ruleId",
                               code_text(diag->code, code), "level", severity_name(diag), "message",
                               "text", text, "locations", "physicalLocation", place);
    if (diag->related_count > 0) {
        json_t *related = json_array();
        for (size_t i = 0; i < diag->related_count; i++) {
            const sla_diag_place *other = &diag->related[i];
            place = sarif_place(other->file, other->line, other->column, 0, 0);
            json_array_append_new(related, json_pack("{s:{s:o}, s:o}", "message", "text",
                                                     json_from_text(other->message),
                                                     "physicalLocation", place));
        }
        json_object_set_new(result, "relatedLocations", related);
    }
    return result;
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
    char code[CODE_CAPACITY];
    printf("::%s file=", severity_name(diag));
    print_github_text(diag->file, true);
    if (diag->line > 0)
        printf(",line=%u,endLine=%u,col=%u,endColumn=%u", diag->line, diag->end_line, diag->column,
               diag->end_column);
    printf(",title=%s::", code_text(diag->code, code));
    print_github_text(diag->message, false);
    if (diag->hint.length > 0) {
        fputs("; ", stdout);
        print_github_text(diag->hint, false);
    }
    putchar('\n');
}

static void print_verdict(const char *policy, size_t errors, size_t shown, size_t warnings)
{
    print_visible(stdout, policy, strlen(policy));
    fputs(": ", stdout);
    if (errors == 0 && warnings == 0)
        printf("%sno faults%s", style(stdout, STYLE_GREEN), style(stdout, STYLE_PLAIN));
    if (errors > 0)
        printf("%zu error%s", errors, errors == 1 ? "" : "s");
    if (errors > shown)
        printf(" (%zu shown)", shown);
    if (warnings > 0)
        printf("%s%zu warning%s", errors > 0 ? ", " : "", warnings, warnings == 1 ? "" : "s");
    putchar('\n');
}

struct check_report *check_report_new(enum check_format format)
{
    struct check_report *report = get_memory(NULL, sizeof *report);
    *report = (struct check_report){
        .format = format, .items = json_array(), .rules = json_array()};
    return report;
}

void check_report_add(struct check_report *report, const sla_diag *diag)
{
    char code[CODE_CAPACITY];
    if (diag->severity == SLA_DIAG_ERROR)
        report->errors++;
    else
        report->warnings++;
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
        add_sarif_rule(report->rules, diag->code, code_text(diag->code, code));
        json_array_append_new(report->items, sarif_result(diag));
        break;
    case CHECK_GITHUB:
        print_github(diag);
        break;
    }
}

size_t check_report_close(struct check_report *report, const char *policy, size_t errors)
{
    size_t warnings = report->warnings;
    if (report->format == CHECK_TEXT)
        print_verdict(policy, errors, report->errors, warnings);
    report->errors = report->warnings = 0;
    return warnings;
}

void check_report_end(struct check_report *report)
{
    if (report->format == CHECK_JSON)
        print_json_document(json_incref(report->items));
    if (report->format == CHECK_SARIF)
        print_json_document(json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:O}}, s:s, s:O}]}",
                                      "$schema", "https://json.schemastore.org/sarif-2.1.0.json",
                                      "version", "2.1.0", "runs", "tool", "driver", "name", PROGRAM,
                                      "version", sla_version(), "rules", report->rules,
                                      "columnKind", "unicodeCodePoints", "results", report->items));
    json_decref(report->items);
    json_decref(report->rules);
    free(report);
}
