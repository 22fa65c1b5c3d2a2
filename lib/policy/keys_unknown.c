/* SPDX-License-Identifier: MIT */
/* Unknown keys: misspelt, or those of a mapping that stands in the wrong place. */
#include "policy/keys_unknown.h"

#include "policy/report.h"

#define KEYS_COMPARED 20u /* no kind of mapping has more */

static void add_choices(const struct build *build, struct hint *hint, enum map_kind kind,
                        const struct text_table *more)
{
    size_t count, shown = 0;
    const struct key_rule *rules = keys_of(kind, &count);
    bool room = true;
    hint_add(hint, "the keys here are ");
    for (size_t i = 0; i < count && room; i++)
        if (rules[i].since <= build->level)
            room = hint_add_choice(hint, &shown, text_of(rules[i].key), false);
    for (size_t i = 0; more != NULL && i < more->texts.count && room; i++)
        room = hint_add_choice(hint, &shown, more->texts.items[i], false);
}

/* A mapping that stands where another kind should be, as when the line above it is missing: the
   kind that knows several of its keys, when this one knows hardly any. */
static enum map_kind kind_meant(const struct node *map, enum map_kind kind)
{
    size_t all, known[MAP_KIND_COUNT] = {0}, best = 0;
    const struct key_rule *rules = keys_all(&all);
    if (map->count > KEYS_COMPARED)
        return MAP_KIND_COUNT;
    for (const struct member *member = map->members; member != NULL; member = member->next)
        for (size_t i = 0; i < all; i++)
            known[rules[i].map] += node_is_word(member->key, rules[i].key);
    for (size_t i = 1; i < MAP_KIND_COUNT; i++)
        best = known[i] > known[best] ? i : best;
    bool clear = known[best] >= 2 && known[best] > 2 * known[kind];
    return clear ? (enum map_kind)best : MAP_KIND_COUNT;
}

static bool is_key_of(enum map_kind kind, sla_text key)
{
    size_t count;
    const struct key_rule *rules = keys_of(kind, &count);
    for (size_t i = 0; i < count; i++)
        if (text_equal(text_of(rules[i].key), key))
            return true;
    return false;
}

void keys_report_unknown(struct build *build, const struct node *map, const struct node *key,
                         enum map_kind kind, const struct text_table *more,
                         struct unknown_keys *strangers)
{
    struct hint hint = {.length = 0};
    if (!strangers->asked)
        strangers->other = kind_meant(map, kind);
    strangers->asked = true;
    if (strangers->other != MAP_KIND_COUNT && is_key_of(strangers->other, key->text)) {
        hint_add(&hint, "the keys are those of ");
        hint_add(&hint, keys_map_name(strangers->other));
        hint_add(&hint, ": is a line before them missing, or indented too far?");
        if (!strangers->told)
            report(build, CODE_UNKNOWN_KEY, key, key->text, text_of(keys_map_name(kind)),
                   hint_text(&hint));
        strangers->told = true;
        return;
    }
    /* A metric that is not there is missing in every row. */
    if (more != NULL && report_again(build, CODE_UNKNOWN_METRIC, key, key->text))
        return;
    size_t count;
    const struct key_rule *rules = keys_of(kind, &count);
    struct suggestion suggestion = suggestion_for(build, key->text);
    for (size_t i = 0; i < count; i++)
        if (rules[i].since <= build->level)
            suggestion_offer(&suggestion, text_of(rules[i].key));
    for (size_t i = 0; more != NULL && i < more->texts.count && *suggestion.budget > 0; i++)
        suggestion_offer(&suggestion, more->texts.items[i]);
    if (suggestion_hint(&suggestion, &hint).length == 0)
        add_choices(build, &hint, kind, more);
    report(build, CODE_UNKNOWN_KEY, key, key->text, text_of(keys_map_name(kind)),
           hint_text(&hint));
}
