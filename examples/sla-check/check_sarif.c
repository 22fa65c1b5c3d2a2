/* SPDX-License-Identifier: MIT */
/* Diagnostics as SARIF 2.1.0: a rule for each code that occurs, a result for each diagnostic.
   Columns count characters, as `columnKind` says; results are found again by code and path, because
   lines move when others are added before them. */
#include "check_sarif.h"

#include "check_output.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

struct sarif {
    json_t *rules, *results;
};

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

/* The message of a code, without the marks for what stands at a place. */
static json_t *short_description(uint32_t code)
{
    char text[256];
    size_t used = 0;
    for (const char *at = sla_diag_message(code); *at != '\0' && used < sizeof text - 3; at++) {
        if (*at == '{') {
            memcpy(text + used, "...", 3);
            used += 3;
            at += strcspn(at, "}");
        } else {
            text[used++] = *at;
        }
    }
    return json_stringn(text, used);
}

/* What an explanation says before its first example. */
static json_t *full_description(const char *explanation)
{
    const char *example = strstr(explanation, "\n\n    ");
    size_t length = example == NULL ? strlen(explanation) : (size_t)(example - explanation);
    char *text = copy_text(explanation, length);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\n' && at[1] != '\n' && at[1] != ' ')
            *at = at[1] == '\0' ? '\0' : ' ';
    json_t *json = json_string(text);
    free(text);
    return json;
}

/* The number of a rule, which is added if it is not there yet. */
static size_t rule_index(struct sarif *sarif, const sla_diag *diag, const char *code)
{
    size_t i;
    json_t *rule;
    json_array_foreach(sarif->rules, i, rule)
    {
        if (strcmp(json_string_value(json_object_get(rule, "id")), code) == 0)
            return i;
    }
    rule = json_pack("{s:s}", "id", code);
    const char *explanation = sla_diag_explain(diag->code);
    if (explanation != NULL) {
        const char *level = sla_diag_severity(diag->code) == SLA_DIAG_ERROR ? "error" : "warning";
        json_object_update_new(
            rule, json_pack("{s:{s:o}, s:{s:o}, s:{s:s}, s:{s:s}}", "shortDescription", "text",
                            short_description(diag->code), "fullDescription", "text",
                            full_description(explanation), "help", "text", explanation,
                            "defaultConfiguration", "level", level));
    }
    json_array_append_new(sarif->rules, rule);
    return i;
}

/* Message and hint as one sentence. */
static json_t *message_json(const sla_diag *diag)
{
    sla_text parts[] = {diag->message, {"; ", diag->hint.length > 0 ? 2 : 0}, diag->hint};
    char *text = get_memory(NULL, diag->message.length + diag->hint.length + 2);
    size_t used = 0;
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].length > 0)
            memcpy(text + used, parts[i].data, parts[i].length);
        used += parts[i].length;
    }
    json_t *json = json_from_text((sla_text){text, used});
    free(text);
    return json;
}

static uint64_t hash(uint64_t value, sla_text text) /* FNV-1a */
{
    for (size_t i = 0; i < text.length; i++)
        value = (value ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001B3);
    return (value ^ 0xFF) * UINT64_C(0x100000001B3); /* the end: "a" "bc" is not "ab" "c" */
}

static json_t *fingerprints(const sla_diag *diag)
{
    uint64_t value = hash(UINT64_C(0xCBF29CE484222325) ^ diag->code, diag->file);
    value = hash(hash(value, diag->path), diag->message);
    char digits[20];
    snprintf(digits, sizeof digits, "%016llx", (unsigned long long)value);
    return json_pack("{s:s}", "pathAndMessage/v1", digits);
}

static json_t *related_json(const sla_diag *diag)
{
    json_t *related = json_array();
    for (size_t i = 0; i < diag->related_count; i++) {
        const sla_diag_place *other = &diag->related[i];
        json_t *place = sarif_place(other->file, other->line, other->column, 0, 0);
        json_array_append_new(related, json_pack("{s:I, s:{s:o}, s:o}", "id", (json_int_t)i + 1,
                                                 "message", "text",
                                                 json_from_text(other->message),
                                                 "physicalLocation", place));
    }
    return related;
}

struct sarif *sarif_new(void)
{
    struct sarif *sarif = get_memory(NULL, sizeof *sarif);
    *sarif = (struct sarif){json_array(), json_array()};
    return sarif;
}

void sarif_add(struct sarif *sarif, const sla_diag *diag)
{
    char code[CHECK_CODE_CAPACITY];
    size_t index = rule_index(sarif, diag, check_code(diag->code, code));
    json_t *place =
        sarif_place(diag->file, diag->line, diag->column, diag->end_line, diag->end_column);
    json_t *location = json_pack("{s:o}", "physicalLocation", place);
    if (diag->path.length > 0)
        json_object_set_new(location, "logicalLocations",
                            json_pack("[{s:o}]", "fullyQualifiedName",
                                      json_from_text(diag->path)));
    json_t *result = json_pack("{s:s, s:I, s:s, s:{s:o}, s:[o], s:o}", "ruleId", code, "ruleIndex",
                               (json_int_t)index, "level", check_severity(diag), "message", "text",
                               message_json(diag), "locations", location, "partialFingerprints",
                               fingerprints(diag));
    if (diag->related_count > 0)
        json_object_set_new(result, "relatedLocations", related_json(diag));
    json_array_append_new(sarif->results, result);
}

json_t *sarif_document(const struct sarif *sarif, bool complete)
{
    return json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:O}}, s:[{s:b}], s:s, s:O}]}", "$schema",
                     "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0", "runs",
                     "tool", "driver", "name", PROGRAM, "version", sla_version(), "rules",
                     sarif->rules, "invocations", "executionSuccessful", complete, "columnKind",
                     "unicodeCodePoints", "results", sarif->results);
}

void sarif_free(struct sarif *sarif)
{
    json_decref(sarif->rules);
    json_decref(sarif->results);
    free(sarif);
}
