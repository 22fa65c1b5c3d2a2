/* SPDX-License-Identifier: MIT */
/* Conditions: mappings in which everything must hold. Depth is limited by the reader. */
#include "policy/decode.h"

static struct condition_model *new_condition(struct build *build, uint32_t op,
                                             const struct node *at)
{
    struct condition_model *condition = build_new(build, sizeof *condition);
    if (condition != NULL) {
        condition->op = op;
        condition->at = at;
    }
    return condition;
}

/* Hangs `child` to the end of the list at `*link`; the new end. */
static struct condition_model **hang(struct condition_model **link, struct condition_model *child)
{
    if (child == NULL)
        return link;
    *link = child;
    return &child->next;
}

/* The same for a member of a mapping. */
static struct condition_model **hang_member(struct condition_model **link,
                                            const struct member *member,
                                            struct condition_model *child)
{
    if (child != NULL)
        child->key = member->key->text;
    return hang(link, child);
}

static struct condition_model *decode_value(struct build *build, const struct text_field *attribute,
                                            const struct node *node);

static struct condition_model *negation(struct build *build, const struct node *at,
                                        struct condition_model *child)
{
    struct condition_model *condition = new_condition(build, CONDITION_NOT, at);
    if (condition != NULL)
        condition->children = child;
    return child == NULL ? NULL : condition;
}

static struct condition_model *on_attribute(struct build *build, uint32_t op,
                                            const struct text_field *attribute,
                                            const struct node *at)
{
    struct condition_model *condition = new_condition(build, op, at);
    if (condition != NULL)
        condition->attribute = *attribute;
    return condition;
}

/* key: [{...}, {...}]: `all` and `any` have such a list. */
static void report_conditions(struct build *build, const struct text_field *attribute,
                              const struct node *item)
{
    struct suggestion suggestion = suggestion_for(build, attribute->value);
    suggestion_offer(&suggestion, TEXT("all"));
    suggestion_offer(&suggestion, TEXT("any"));
    struct hint hint;
    sla_text nearest = suggestion_hint(&suggestion, &hint);
    report(build, CODE_WRONG_TYPE, item, TEXT("a value"), TEXT("a text, not a mapping"),
           nearest.length > 0 ? nearest : TEXT("lists of conditions stand under all or any"));
}

/* key: value, key: [one, of] */
static struct condition_model *decode_equal(struct build *build, const struct text_field *attribute,
                                            const struct node *node)
{
    struct condition_model *condition = on_attribute(build, CONDITION_IN, attribute, node);
    size_t count = node->type == NODE_LIST ? node->count : 1;
    struct text_field *items = build_array(build, count, sizeof *items);
    if (condition == NULL || items == NULL || decode_is_empty_list(build, node, "values"))
        return NULL;
    condition->values = (struct text_list){items, 0, node};
    if (node->type == NODE_TEXT) {
        decode_text(build, node, "a value", &items[condition->values.count++]);
        return condition;
    }
    for (const struct member *item = node->members; item != NULL; item = item->next) {
        if (item->value->type == NODE_MAP) {
            report_conditions(build, attribute, item->value);
            return NULL;
        }
        if (decode_text(build, item->value, "a value", &items[condition->values.count]))
            condition->values.count++;
    }
    return condition->values.count == count ? condition : NULL;
}

static bool decode_bound(struct build *build, const struct node *node, struct text_field *out)
{
    if (node == NULL)
        return true;
    if (!text_is_decimal(node->text)) {
        report(build, CODE_BAD_NUMBER, node, node->text, TEXT_NONE, TEXT_NONE);
        return false;
    }
    *out = (struct text_field){node->text, node};
    return true;
}

static struct condition_model *decode_between(struct build *build,
                                              const struct text_field *attribute,
                                              const struct node *map)
{
    const struct node *min = keys_value(map, MAP_TEST, "min");
    const struct node *max = keys_value(map, MAP_TEST, "max");
    struct condition_model *condition = on_attribute(build, CONDITION_BETWEEN, attribute, map);
    if (condition == NULL || (min == NULL && max == NULL))
        return NULL;
    bool good = decode_bound(build, min, &condition->min);
    good = decode_bound(build, max, &condition->max) && good;
    if (good && min != NULL && max != NULL && decimal_compare(min->text, max->text) > 0) {
        report_related(build, CODE_MIN_ABOVE_MAX, min, min->text, max->text, TEXT_NONE, max,
                       TEXT("max is here"));
        good = false;
    }
    return good ? condition : NULL;
}

static struct condition_model *decode_part(struct build *build, uint32_t op,
                                           const struct text_field *attribute,
                                           const struct node *node)
{
    if (node == NULL)
        return NULL;
    struct condition_model *condition = on_attribute(build, op, attribute, node);
    if (condition != NULL)
        condition->text = (struct text_field){node->text, node};
    return condition;
}

static struct condition_model *decode_exists(struct build *build,
                                             const struct text_field *attribute,
                                             const struct node *node)
{
    bool exists;
    if (node == NULL || !decode_flag(build, node, "exists", &exists))
        return NULL;
    struct condition_model *condition = on_attribute(build, CONDITION_EXISTS, attribute, node);
    return exists ? condition : negation(build, node, condition);
}

/* key: {min: 3, not: 7}: everything must hold. */
static struct condition_model *decode_test(struct build *build, const struct text_field *attribute,
                                           const struct node *map)
{
    if (!keys_check(build, map, MAP_TEST, NULL) || decode_says_nothing(build, map, "a condition"))
        return NULL;
    struct condition_model *all = new_condition(build, CONDITION_ALL, map);
    if (all == NULL)
        return NULL;
    struct condition_model **link = &all->children;
    const struct node *not = keys_value(map, MAP_TEST, "not");
    link = hang(link, decode_between(build, attribute, map));
    link = hang(link, decode_part(build, CONDITION_PREFIX, attribute,
                                  keys_value(map, MAP_TEST, "prefix")));
    link = hang(link, decode_part(build, CONDITION_CONTAINS, attribute,
                                  keys_value(map, MAP_TEST, "contains")));
    link = hang(link, decode_exists(build, attribute, keys_value(map, MAP_TEST, "exists")));
    if (not != NULL)
        link = hang(link, negation(build, not, decode_value(build, attribute, not)));
    (void)link;
    return all;
}

static struct condition_model *decode_value(struct build *build, const struct text_field *attribute,
                                            const struct node *node)
{
    if (!keys_expect(build, node, "the value of a condition", NODE_TEXT | NODE_LIST | NODE_MAP))
        return NULL;
    return node->type == NODE_MAP ? decode_test(build, attribute, node)
                                  : decode_equal(build, attribute, node);
}

/* all: [...], any: [...] */
static struct condition_model *decode_several(struct build *build, uint32_t op, const char *what,
                                              const struct node *node)
{
    if (!keys_expect(build, node, what, NODE_LIST) || decode_is_empty_list(build, node, what))
        return NULL;
    struct condition_model *several = new_condition(build, op, node);
    if (several == NULL)
        return NULL;
    struct condition_model **link = &several->children;
    for (const struct member *item = node->members; item != NULL; item = item->next)
        link = hang(link, decode_condition(build, item->value));
    return several;
}

static struct condition_model *decode_opened(struct build *build, const struct node *key,
                                             const struct node *value, bool outside)
{
    struct condition_model *condition = new_condition(build, CONDITION_OPENED_IN, key);
    if (condition == NULL || !decode_name(build, value, "a calendar's name", &condition->calendar))
        return NULL;
    return outside ? negation(build, key, condition) : condition;
}

static struct condition_model *decode_attribute(struct build *build, const struct node *key,
                                                const struct node *value)
{
    struct text_field attribute;
    if (!decode_name(build, key, "the name of an attribute", &attribute))
        return NULL;
    return decode_value(build, &attribute, value);
}

/* attribute: {not: true}, for attributes that bear a word of the language. */
static struct condition_model *decode_quoted(struct build *build, const struct node *value)
{
    if (!keys_expect(build, value, "attribute", NODE_MAP) ||
        decode_is_empty_list(build, value, "attribute"))
        return NULL;
    struct condition_model *all = new_condition(build, CONDITION_ALL, value);
    if (all == NULL)
        return NULL;
    struct condition_model **link = &all->children;
    for (const struct member *member = value->members; member != NULL; member = member->next)
        link = hang_member(link, member, decode_attribute(build, member->key, member->value));
    return all;
}

static struct condition_model *decode_member(struct build *build, const struct member *member)
{
    const struct node *key = member->key, *value = member->value;
    if (node_is_word(key, "all"))
        return decode_several(build, CONDITION_ALL, "all", value);
    if (node_is_word(key, "any"))
        return decode_several(build, CONDITION_ANY, "any", value);
    if (node_is_word(key, "not"))
        return negation(build, value, decode_condition(build, value));
    if (node_is_word(key, "opened_in"))
        return decode_opened(build, key, value, false);
    if (node_is_word(key, "opened_outside"))
        return decode_opened(build, key, value, true);
    if (node_is_word(key, "attribute"))
        return decode_quoted(build, value);
    return decode_attribute(build, key, value);
}

struct condition_model *decode_condition(struct build *build, const struct node *node)
{
    if (!keys_expect(build, node, "a condition", NODE_MAP))
        return NULL;
    struct condition_model *all = new_condition(build, CONDITION_ALL, node);
    if (all == NULL)
        return NULL;
    struct condition_model **link = &all->children;
    for (const struct member *member = node->members; member != NULL; member = member->next)
        link = hang_member(link, member, decode_member(build, member));
    return all;
}
