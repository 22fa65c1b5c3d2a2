/* SPDX-License-Identifier: MIT */
/* The pieces of the JSON Schema that are written by hand: what a kind of value looks like, and what
 * keys of one mapping mean for each other. Which keys there are comes from lib/policy. */
#ifndef SCHEMA_SCHEMA_PARTS_H
#define SCHEMA_SCHEMA_PARTS_H

#include "policy/keys.h"

#include <jansson.h>

/* JSON in which texts stand in 'single quotes'; it ends the program if it cannot be read. New. */
json_t *part(const char *text);

/* Where a table stands decides what its lines give. */
enum table_use { TABLE_OF_VALUES, TABLE_OF_CALENDARS, TABLE_OF_TARGETS };

/* The schema of a kind of value, without description and examples. New. */
json_t *part_of_kind(enum value_kind kind, enum table_use use);

/* A definition made of keys: its name, the mappings whose keys it has, what its keys mean for each
   other, and what stands for keys that the table does not know (NULL: they are refused). */
struct structure {
    const char *name;
    uint32_t maps[2]; /* enum map_kind; MAP_KIND_COUNT: no second one */
    enum table_use use;
    const char *rules;
    const char *others;
};
extern const struct structure structures[];
extern const size_t structure_count;

/* Definitions without keys of the table: name and text, NULL at the end. */
extern const char *const plain_structures[][2];

/* What editors offer to fill in, for a structure: NULL, or a list for "defaultSnippets". New. */
json_t *snippets_for(const char *structure);

/* How a key is used. `value` is a text, or JSON in single quotes if it begins with { or [; `beside`
   are the keys that must stand with it, in the same way; `otherwise` is what holds without the key,
   NULL if it cannot be said in a word. */
struct key_example {
    uint32_t map;
    const char *key, *value, *beside, *otherwise;
};
const struct key_example *example_of(const struct key_rule *rule);

/* A text as JSON: a number, true or false where an editor would read one. New. */
json_t *plain_value(const char *text);

#endif
