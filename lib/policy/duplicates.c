/* SPDX-License-Identifier: MIT */
/* Keys that a mapping has twice: YAML forbids them, and most of its readers take the last one. */
#include "policy/duplicates.h"

#include "policy/report.h"

/* Most mappings are small, and compared faster than a table is made. */
static bool is_surely_unique(const struct node *map)
{
    if (map->count > 12)
        return false;
    for (const struct member *a = map->members; a != NULL; a = a->next)
        for (const struct member *b = map->members; b != a; b = b->next)
            if (text_equal(a->key->text, b->key->text))
                return false;
    return true;
}

struct duplicate {
    const struct node *key, *first;
};

/* Several of them are one fault more often than not: two entries of a list that lost the dash
   between them. */
static void tell(struct build *build, const struct duplicate *duplicates, size_t count)
{
    size_t index = build->diags->items.count;
    for (size_t i = 0; i < count; i++) {
        const struct node *key = duplicates[i].key;
        if (i == 0)
            report_related(build, CODE_DUPLICATE_KEY, key, key->text, TEXT_NONE,
                           count == 1 ? TEXT_NONE
                                      : TEXT("so are others below: is the dash of a list's entry "
                                             "missing before it?"),
                           duplicates[i].first, TEXT("first defined here"));
        else
            report_place(build, index, key, TEXT("this key is there twice, too"));
    }
}

/* Takes the second ones out of the list of members; false: no memory. */
static bool gather(struct node *map, struct text_table *seen, struct member **first,
                   struct duplicate *duplicates, size_t *count)
{
    uint32_t kept = 0;
    struct member **link = &map->members;
    while (*link != NULL) {
        struct member *member = *link;
        uint32_t number = text_table_add(seen, member->key->text);
        if (number == 0)
            return false;
        if (number > kept) {
            first[kept++] = member;
            link = &member->next;
            continue;
        }
        duplicates[(*count)++] = (struct duplicate){member->key, first[number - 1]->key};
        if (node_is_empty(first[number - 1]->value)) /* a line that was begun twice */
            first[number - 1]->value = member->value;
        *link = member->next;
    }
    map->count = kept;
    return true;
}

bool duplicates_drop(struct build *build, struct node *map)
{
    if (is_surely_unique(map))
        return true;
    struct text_table seen;
    size_t count = 0;
    struct member **first = build_array(build, map->count, sizeof(struct member *));
    struct duplicate *duplicates = build_array(build, map->count, sizeof *duplicates);
    if (first == NULL || duplicates == NULL)
        return false;
    text_table_init(&seen, &build->allocator);
    bool good = gather(map, &seen, first, duplicates, &count);
    text_table_free(&seen);
    if (good)
        tell(build, duplicates, count);
    else
        build_fail(build, SLA_ERROR_MEMORY);
    return good;
}
