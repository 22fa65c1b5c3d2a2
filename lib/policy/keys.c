/* SPDX-License-Identifier: MIT */
/* Checking mappings against the table of the language. */
#include "policy/keys.h"

#include "policy/report.h"

#define NODE_TYPES (NODE_TEXT | NODE_LIST | NODE_MAP)

/* The rules of one kind of mapping: `*out_count` from the pointer on. */
static const struct key_rule *rules_of(enum map_kind kind, size_t *out_count)
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

void keys_wrong_type(struct build *build, const struct node *node, sla_text what, uint32_t types)
{
    struct text_builder wanted;
    builder_init(&wanted, &build->allocator);
    builder_add_c(&wanted, types_in_words(types));
    builder_add_c(&wanted, ", not ");
    builder_add_c(&wanted, node_describe(node));
    if (wanted.failed)
        build_fail(build, SLA_ERROR_MEMORY);
    else
        report(build, CODE_WRONG_TYPE, node, what, builder_text(&wanted), TEXT_NONE);
    builder_free(&wanted);
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

static void report_unknown(struct build *build, const struct node *key, enum map_kind kind,
                           const struct key_rule *rules, size_t count,
                           const struct text_table *more)
{
    struct suggestion suggestion = suggestion_for(build, key->text);
    for (size_t i = 0; i < count; i++)
        if (rules[i].since <= LANGUAGE_LEVEL)
            suggestion_offer(&suggestion, text_of(rules[i].key));
    for (size_t i = 0; more != NULL && i < more->texts.count && *suggestion.budget > 0; i++)
        suggestion_offer(&suggestion, more->texts.items[i]);
    struct hint hint;
    report(build, CODE_UNKNOWN_KEY, key, key->text, text_of(keys_map_name(kind)),
           suggestion_hint(&suggestion, &hint));
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

static bool check_missing(struct build *build, const struct node *node, enum map_kind kind,
                          const struct key_rule *rules, size_t count)
{
    bool complete = true;
    for (size_t i = 0; i < count; i++) {
        if ((rules[i].allow & KEY_REQUIRED) == 0 || node_get(node, rules[i].key) != NULL)
            continue;
        report(build, CODE_MISSING_KEY, node, text_of(keys_map_name(kind)), text_of(rules[i].key),
               TEXT_NONE);
        complete = false;
    }
    return complete;
}

bool keys_check(struct build *build, const struct node *node, enum map_kind kind,
                const struct text_table *more)
{
    if (!keys_expect(build, node, keys_map_name(kind), NODE_MAP))
        return false;
    size_t count;
    const struct key_rule *rules = rules_of(kind, &count);
    bool too_new = false, unknown = node->damaged;
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        sla_text key = member->key->text;
        const struct key_rule *rule = find_rule(rules, count, key);
        if (rule != NULL && rule->since > LANGUAGE_LEVEL) {
            report_too_new(build, member->key, rule);
            too_new = true;
        } else if (rule != NULL) {
            if (!node_is(member->value, rule->allow))
                keys_wrong_type(build, member->value, key, rule->allow);
        } else if (!keys_is_own(key) && (more == NULL || text_table_find(more, key) == 0)) {
            report_unknown(build, member->key, kind, rules, count, more);
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
    const struct key_rule *rules = rules_of(kind, &count);
    const struct key_rule *rule = find_rule(rules, count, text_of(key));
    return rule != NULL && node_is(value, rule->allow) ? value : NULL;
}
