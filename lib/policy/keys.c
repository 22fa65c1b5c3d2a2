/* SPDX-License-Identifier: MIT */
/* Checking mappings against the table of the language. */
#include "policy/keys_unknown.h"

#include "policy/report.h"

#define NODE_TYPES (NODE_TEXT | NODE_LIST | NODE_MAP)

const struct key_rule *keys_of(enum map_kind kind, size_t *out_count)
{
    size_t all, first = 0, count = 0;
    const struct key_rule *rules = keys_all(&all);
    for (size_t end = all; first < end;) { /* the table ascends by kind: a test says so */
        size_t middle = first + (end - first) / 2;
        if (rules[middle].map < (uint32_t)kind)
            first = middle + 1;
        else
            end = middle;
    }
    while (first + count < all && rules[first + count].map == (uint32_t)kind)
        count++;
    *out_count = count;
    return rules + first;
}

static const struct key_rule *find_rule(const struct key_rule *rules, size_t count, sla_text key)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(text_of(rules[i].key), key))
            return &rules[i];
    return NULL;
}

static const char *types_in_words(uint32_t types)
{
    switch (types & NODE_TYPES) {
    case NODE_TEXT:
        return "a text";
    case NODE_LIST:
        return "a list";
    case NODE_MAP:
        return "a mapping";
    case NODE_TEXT | NODE_LIST:
        return "a text or a list";
    case NODE_TEXT | NODE_MAP:
        return "a text or a mapping";
    case NODE_LIST | NODE_MAP:
        return "a list or a mapping";
    default:
        return "a text, a list or a mapping";
    }
}

/* key:value and key：value are texts. */
static sla_text colon_hint(const struct node *node)
{
    if (node->type != NODE_TEXT || !node->plain)
        return TEXT_NONE;
    if (text_contains(node->text, TEXT("\xEF\xBC\x9A")))
        return TEXT("write the colon as a half-width sign (:) with a blank behind it");
    if (text_contains(node->text, TEXT(":")))
        return TEXT("write a blank behind the colon");
    return TEXT_NONE;
}

void keys_wrong_type(struct build *build, const struct node *node, sla_text what, uint32_t types)
{
    struct text_builder wanted, entry;
    const struct node *list = node->parent;
    builder_init(&wanted, &build->allocator);
    builder_init(&entry, &build->allocator);
    builder_add_c(&wanted, types_in_words(types));
    builder_add_c(&wanted, ", not ");
    builder_add_c(&wanted, node_describe(node));
    if (list != NULL && list->type == NODE_LIST && list->key != NULL &&
        text_equal(list->key->text, what))
        builder_add_c(&entry, "an entry of ");
    builder_add(&entry, what);
    if (wanted.failed || entry.failed)
        build_fail(build, SLA_ERROR_MEMORY);
    else
        report(build, CODE_WRONG_TYPE, node, builder_text(&entry), builder_text(&wanted),
               (types & NODE_MAP) != 0 ? colon_hint(node) : TEXT_NONE);
    builder_free(&wanted);
    builder_free(&entry);
}

bool keys_expect(struct build *build, const struct node *node, const char *what, uint32_t types)
{
    if (node == NULL)
        return false;
    if (node_is(node, types))
        return true;
    keys_wrong_type(build, node, text_of(what), types);
    return false;
}

static void report_too_new(struct build *build, const struct node *key,
                           const struct key_rule *rule)
{
    struct text_builder version;
    builder_init(&version, &build->allocator);
    builder_add_c(&version, "0.");
    builder_add_number(&version, rule->since);
    if (version.failed)
        build_fail(build, SLA_ERROR_MEMORY);
    else
        report(build, CODE_TOO_NEW, key, key->text, builder_text(&version), TEXT_NONE);
    builder_free(&version);
}

static bool is_missing(const struct node *node, const struct key_rule *rule)
{
    return (rule->value & KEY_REQUIRED) != 0 && node_get(node, rule->key) == NULL;
}

/* All that is missing is one fault. */
static bool check_missing(struct build *build, const struct node *node, enum map_kind kind,
                          const struct key_rule *rules, size_t count)
{
    struct text_builder missing;
    builder_init(&missing, &build->allocator);
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        left += is_missing(node, &rules[i]);
    bool complete = left == 0;
    for (size_t i = 0; i < count && left > 0; i++) {
        if (!is_missing(node, &rules[i]))
            continue;
        builder_add_c(&missing, missing.count == 0 ? "\"" : left > 1 ? ", \"" : " and \"");
        builder_add_c(&missing, rules[i].key);
        builder_add_c(&missing, "\"");
        left--;
    }
    if (missing.failed)
        build_fail(build, SLA_ERROR_MEMORY);
    else if (!complete)
        report(build, CODE_MISSING_KEY, node, text_of(keys_map_name(kind)),
               builder_text(&missing), TEXT_NONE);
    builder_free(&missing);
    return complete;
}

bool keys_is_doubtful(const struct node *map, enum map_kind kind, const struct text_table *more)
{
    size_t count;
    const struct key_rule *rules = keys_of(kind, &count);
    if (map->type != NODE_MAP || map->damaged)
        return true;
    for (const struct member *member = map->members; member != NULL; member = member->next) {
        const struct key_rule *rule = find_rule(rules, count, member->key->text);
        bool known = rule != NULL && rule->since <= LANGUAGE_LEVEL;
        if (!known && !keys_is_own(member->key->text) &&
            (more == NULL || text_table_find(more, member->key->text) == 0))
            return true;
    }
    return false;
}

bool keys_are_sound(const struct node *map, enum map_kind kind)
{
    size_t count;
    const struct key_rule *rules = keys_of(kind, &count);
    for (const struct member *member = map->members; member != NULL; member = member->next) {
        const struct key_rule *rule = find_rule(rules, count, member->key->text);
        if (rule != NULL && !node_is(member->value, value_types[keys_kind(rule)]))
            return false;
    }
    return true;
}

void keys_missing(struct build *build, const struct node *map, enum map_kind kind,
                  const char *what, const char *key)
{
    char quoted[40];
    size_t length = strlen(key);
    if (keys_is_doubtful(map, kind, NULL) || length > sizeof quoted - 2)
        return;
    quoted[0] = quoted[length + 1] = '"';
    memcpy(quoted + 1, key, length);
    report(build, CODE_MISSING_KEY, map, text_of(what), (sla_text){quoted, length + 2}, TEXT_NONE);
}

bool keys_check(struct build *build, const struct node *node, enum map_kind kind,
                const struct text_table *more)
{
    if (!keys_expect(build, node, keys_map_name(kind), NODE_MAP))
        return false;
    size_t count;
    const struct key_rule *rules = keys_of(kind, &count);
    bool too_new = false, unknown = node->damaged;
    struct unknown_keys strangers = {.asked = false};
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        sla_text key = member->key->text;
        const struct key_rule *rule = find_rule(rules, count, key);
        if (rule != NULL && rule->since > build->level) {
            report_too_new(build, member->key, rule);
            too_new = true;
        } else if (rule != NULL) {
            uint32_t types = value_types[keys_kind(rule)];
            if (!node_is(member->value, types))
                keys_wrong_type(build, member->value, key, types);
        } else if (!keys_is_own(key) && (more == NULL || text_table_find(more, key) == 0)) {
            if (more == NULL || (build->lost & LOST_METRICS) == 0) /* it may be one of these */
                keys_report_unknown(build, node, member->key, kind, more, &strangers);
            unknown = true;
        }
    }
    /* What is missing may be what was misspelt or is too new: one fault, one message. */
    if (too_new || unknown)
        return !too_new;
    return check_missing(build, node, kind, rules, count);
}

const struct node *keys_value(const struct node *map, enum map_kind kind, const char *key)
{
    const struct node *value = node_get(map, key);
    size_t count;
    const struct key_rule *rules = keys_of(kind, &count);
    const struct key_rule *rule = find_rule(rules, count, text_of(key));
    return rule != NULL && node_is(value, value_types[keys_kind(rule)]) ? value : NULL;
}
