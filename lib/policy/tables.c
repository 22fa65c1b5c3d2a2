/* SPDX-License-Identifier: MIT */
/* One-key tables: {by: attribute, is: {value: choice}, default: choice}. */
#include "policy/decode.h"

bool decode_table(struct build *build, const struct node *node, enum map_kind kind,
                  const char *what, struct table_model *out)
{
    const struct node *by = keys_value(node, kind, "by"), *is = keys_value(node, kind, "is");
    const struct node *otherwise = keys_value(node, kind, "default");
    out->at = node;
    bool good = decode_name(build, by, "by", &out->by);
    if (!keys_expect(build, is, "is", NODE_MAP) || decode_is_empty_list(build, is, "is"))
        return false;
    out->entries = build_array(build, is->count, sizeof *out->entries);
    if (out->entries == NULL)
        return false;
    for (const struct member *member = is->members; member != NULL; member = member->next) {
        struct entry_model *entry = &out->entries[out->count++];
        entry->key = (struct text_field){member->key->text, member->key};
        entry->at = member->value;
    }
    out->otherwise.at = otherwise;
    if (what == NULL) /* the values are not names */
        return good;
    for (size_t i = 0; i < out->count + (otherwise != NULL); i++) {
        struct entry_model *entry = i < out->count ? &out->entries[i] : &out->otherwise;
        struct text_field name;
        if (decode_name(build, entry->at, what, &name))
            entry->value = name.value;
        else
            good = false;
    }
    return good;
}

void decode_calendar_ref(struct build *build, const struct node *map, enum map_kind kind,
                         const struct text_table *more, struct calendar_ref *out)
{
    struct text_field name;
    const struct node *node = keys_value(map, kind, "calendar");
    out->at = node;
    if (node == NULL) {
        out->lost = build->diags->errors > 0 &&
                    (node_get(map, "calendar") != NULL || keys_is_doubtful(map, kind, more));
        return;
    }
    if (node->type == NODE_TEXT) {
        if (decode_name(build, node, "a calendar's name", &name))
            out->name = name;
        return;
    }
    struct table_model *table = build_new(build, sizeof *table);
    if (table == NULL || !keys_check(build, node, MAP_TABLE, NULL))
        return;
    bool good = decode_table(build, node, MAP_TABLE, "a calendar's name", table);
    if (node_get(node, "default") == NULL) {
        keys_missing(build, node, MAP_TABLE, "a table of calendars", "default");
        good = false;
    }
    if (good)
        out->table = table;
}
