/* SPDX-License-Identifier: MIT */
/* Writes the JSON Schema of policies from the table of keys that the reader uses, too.
 *
 *   write_schema              doc/sla-policy.schema.json
 *   write_schema --included   doc/sla-included.schema.json, for files that policies include
 *   write_schema --keys       every key with its example, for the tests
 */
#include "schema_parts.h"

#include "policy/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char own_key[] = "a key of your own: not read";

static json_t *property(const struct key_rule *rule, enum table_use use)
{
    const struct key_example *example = example_of(rule);
    json_t *property = json_pack("{s:s}", "description", rule->about);
    json_t *kind = part_of_kind(keys_kind(rule), use);
    if (example != NULL && example->otherwise != NULL)
        json_object_set_new(property, "default", plain_value(example->otherwise));
    /* an example of a table shows targets: it would mislead elsewhere */
    if (example != NULL && !(rule->map == MAP_TABLE && use != TABLE_OF_TARGETS))
        json_object_set_new(property, "examples", json_pack("[o]", plain_value(example->value)));
    json_object_update(property, kind);
    json_decref(kind);
    return property;
}

static void add_keys(json_t *properties, json_t *required, uint32_t map, enum table_use use)
{
    size_t count;
    const struct key_rule *rules = keys_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (rules[i].map != map || rules[i].since > LANGUAGE_LEVEL)
            continue;
        if (json_object_get(properties, rules[i].key) == NULL)
            json_object_set_new(properties, rules[i].key, property(&rules[i], use));
        if (required != NULL && (rules[i].value & KEY_REQUIRED) != 0)
            json_array_append_new(required, json_string(rules[i].key));
    }
}

/* Rules add to what the table of keys says; where both speak of a property, the rules win. */
static void add_rules(json_t *schema, const char *text)
{
    json_t *rules = text != NULL ? part(text) : json_object(), *value;
    const char *key;
    json_object_foreach(rules, key, value) {
        json_t *old = json_object_get(schema, key);
        if (json_is_object(old))
            json_object_update(old, value);
        else if (json_is_array(old))
            json_array_extend(old, value);
        else
            json_object_set(schema, key, value);
    }
    json_decref(rules);
}

static char *title(uint32_t map)
{
    char *text = strdup(keys_map_name((enum map_kind)map));
    if (text == NULL)
        exit(1);
    text[0] = (char)(text[0] - 'a' + 'A');
    return text;
}

static json_t *structure_schema(const struct structure *structure)
{
    char *name = title(structure->maps[0]);
    json_t *schema = json_pack("{s:s}", "title", name);
    json_t *properties = json_object(), *required = json_array();
    free(name);
    add_keys(properties, required, structure->maps[0], structure->use);
    if (structure->maps[1] != MAP_KIND_COUNT)
        add_keys(properties, NULL, structure->maps[1], structure->use);
    json_object_set_new(schema, "properties", properties);
    json_object_set_new(schema, "patternProperties",
                        json_pack("{s:{s:s}}", "^x-", "description", own_key));
    json_object_set_new(schema, "additionalProperties",
                        structure->others != NULL ? part(structure->others) : json_false());
    json_object_set_new(schema, "required", required);
    add_rules(schema, structure->rules);
    if (json_array_size(required) == 0)
        json_object_del(schema, "required");
    json_t *snippets = snippets_for(structure->name);
    if (snippets != NULL)
        json_object_set_new(schema, "defaultSnippets", snippets);
    return schema;
}

/* Copies the definitions that `schema` refers to into `used`, and those that they refer to. */
static void take_used(const json_t *schema, const json_t *all, json_t *used)
{
    static const char prefix[] = "#/definitions/";
    const char *key;
    json_t *value;
    size_t index;
    if (json_is_array(schema))
        json_array_foreach((json_t *)schema, index, value)
            take_used(value, all, used);
    if (!json_is_object(schema))
        return;
    json_object_foreach((json_t *)schema, key, value) {
        const char *target = json_string_value(value);
        if (strcmp(key, "$ref") != 0 || target == NULL) {
            take_used(value, all, used);
            continue;
        }
        target += strlen(prefix);
        json_t *definition = json_object_get(all, target);
        if (definition == NULL) {
            fprintf(stderr, "write_schema: there is no definition %s\n", target);
            exit(1);
        }
        if (json_object_get(used, target) == NULL) {
            json_object_set(used, target, definition);
            take_used(definition, all, used);
        }
    }
}

static json_t *all_definitions(void)
{
    json_t *all = json_object();
    for (size_t i = 0; plain_structures[i][0] != NULL; i++)
        json_object_set_new(all, plain_structures[i][0], part(plain_structures[i][1]));
    for (size_t i = 0; i < structure_count; i++)
        json_object_set_new(all, structures[i].name, structure_schema(&structures[i]));
    return all;
}

static json_t *schema_of_file(const struct structure *structure, const char *name,
                              const char *description)
{
    json_t *schema = json_pack(
        "{s:s, s:s, s:s, s:s, s:s}", "$schema", "http://json-schema.org/draft-07/schema#",
        "$comment", "Written by tests/schema/write_schema: do not edit.", "title", name,
        "description", description, "type", "object");
    json_t *body = structure_schema(structure), *all = all_definitions(), *used = json_object();
    json_object_update_missing(schema, body);
    take_used(body, all, used);
    json_t *definitions = json_object(), *value;
    const char *key;
    json_object_foreach(all, key, value) /* in their own order, whatever was found first */
        if (json_object_get(used, key) != NULL)
            json_object_set(definitions, key, value);
    json_object_set_new(schema, "definitions", definitions);
    json_decref(body);
    json_decref(all);
    json_decref(used);
    return schema;
}

static json_t *every_key(void)
{
    size_t count;
    const struct key_rule *rules = keys_all(&count);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        if (rules[i].since > LANGUAGE_LEVEL)
            continue;
        const struct key_example *example = example_of(&rules[i]);
        const char *map = keys_map_name((enum map_kind)rules[i].map);
        json_t *entry = json_pack(
            "{s:s, s:s, s:i, s:i, s:b, s:b, s:s}", "map", map, "key", rules[i].key, "since",
            (int)rules[i].since, "kind", (int)keys_kind(&rules[i]), "text",
            (value_types[keys_kind(&rules[i])] & NODE_TEXT) != 0, "required",
            (rules[i].value & KEY_REQUIRED) != 0, "about", rules[i].about);
        json_object_set_new(entry, "example",
                            example != NULL ? plain_value(example->value) : json_null());
        char beside[200];
        snprintf(beside, sizeof beside, "{%s}",
                 example != NULL && example->beside != NULL ? example->beside : "");
        json_object_set_new(entry, "beside", part(beside));
        json_array_append_new(list, entry);
    }
    return list;
}

int main(int count, char **arguments)
{
    static const struct structure policy = {
        "policy", {MAP_POLICY, MAP_KIND_COUNT}, TABLE_OF_VALUES,
        "{'dependencies': {'targets': {'properties': {'agreements': false}}}}", NULL};
    static const struct structure included = {
        "included", {MAP_INCLUDED, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL};
    const char *wish = count > 1 ? arguments[1] : "";
    json_t *document =
        strcmp(wish, "--keys") == 0 ? every_key()
        : strcmp(wish, "--included") == 0
            ? schema_of_file(&included, "File included by a libsla policy",
                             "Holidays and calendars that several policies share.")
            : schema_of_file(&policy, "libsla policy",
                             "A service policy: when we work, what is promised, who is told.");
    bool good = json_dumpf(document, stdout, JSON_INDENT(1)) == 0 && putchar('\n') != EOF &&
                fflush(stdout) == 0;
    json_decref(document);
    return good ? 0 : 1;
}
