/* SPDX-License-Identifier: MIT */
/* Which item of one list is which of the other: by name, because it stayed as it is, by what it is
 * about, by place. */
#include "diff.h"

#include <stdlib.h>

/* Takes the numbers of items under a text away, one after the other. */
static size_t take_first(json_t *by_key, const char *key)
{
    json_t *list = json_object_get(by_key, key), *first = json_array_get(list, 0);
    if (first == NULL)
        return NOWHERE;
    size_t number = (size_t)json_integer_value(first);
    json_array_remove(list, 0);
    return number;
}

static void match(struct pairs *pairs, size_t old, size_t new)
{
    pairs->to_new[old] = new;
    pairs->to_old[new] = old;
}

static char *name_of(struct diff *diff, json_t *item)
{
    const char *name = json_string_value(json_object_get(item, "name"));
    return name != NULL ? say(diff, "%s", name) : NULL;
}

/* Items with the same text, the first with the first. */
static void match_by(struct diff *diff, struct pairs *pairs, json_t *old, json_t *new, key_of key)
{
    json_t *by_key = json_object();
    char *text;
    for (size_t i = 0; i < pairs->new_count; i++) {
        if (pairs->to_old[i] != NOWHERE ||
            (text = key(diff, json_array_get(new, i))) == NULL)
            continue;
        if (json_object_get(by_key, text) == NULL)
            json_object_set_new(by_key, text, json_array());
        json_array_append_new(json_object_get(by_key, text), json_integer((json_int_t)i));
    }
    for (size_t i = 0; i < pairs->old_count; i++) {
        if (pairs->to_new[i] != NOWHERE ||
            (text = key(diff, json_array_get(old, i))) == NULL)
            continue;
        size_t found = take_first(by_key, text);
        if (found != NOWHERE)
            match(pairs, i, found);
    }
    json_decref(by_key);
}

/* What is left between two neighbours that are pairs: if as many are left on both sides, they are
   the same items with other conditions. */
static void match_by_place(struct pairs *pairs)
{
    for (size_t old = 0, start = 0; old <= pairs->old_count; old++) {
        if (old < pairs->old_count && pairs->to_new[old] == NOWHERE)
            continue;
        size_t left = old - start;
        size_t from = start == 0 ? 0 : pairs->to_new[start - 1] + 1, free_places = 0;
        while (from + free_places < pairs->new_count &&
               pairs->to_old[from + free_places] == NOWHERE)
            free_places++;
        bool ends_alike = from + free_places ==
                          (old < pairs->old_count ? pairs->to_new[old] : pairs->new_count);
        for (size_t i = 0; ends_alike && left == free_places && i < left; i++)
            match(pairs, start + i, from + i);
        start = old + 1;
    }
}

/* The most pairs that kept their order; the others were moved. */
static void find_moved(struct pairs *pairs)
{
    size_t *last = get_memory(NULL, pairs->new_count * sizeof *last);
    size_t *before = get_memory(NULL, pairs->new_count * sizeof *before), length = 0;
    for (size_t i = 0; i < pairs->new_count; i++) {
        size_t low = 0, high = length;
        pairs->is_moved[i] = pairs->to_old[i] != NOWHERE;
        if (!pairs->is_moved[i])
            continue;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (pairs->to_old[last[middle]] < pairs->to_old[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low == 0 ? NOWHERE : last[low - 1];
        last[low] = i;
        length = low == length ? length + 1 : length;
    }
    for (size_t i = length == 0 ? NOWHERE : last[length - 1]; i != NOWHERE; i = before[i])
        pairs->is_moved[i] = false;
    free(last);
    free(before);
}

struct pairs pair_items(struct diff *diff, json_t *old, json_t *new, key_of key)
{
    struct pairs pairs = {json_array_size(old), json_array_size(new), NULL, NULL, NULL};
    pairs.to_new = get_memory(NULL, pairs.old_count * sizeof *pairs.to_new);
    pairs.to_old = get_memory(NULL, pairs.new_count * sizeof *pairs.to_old);
    pairs.is_moved = get_memory(NULL, pairs.new_count * sizeof *pairs.is_moved);
    for (size_t i = 0; i < pairs.old_count; i++)
        pairs.to_new[i] = NOWHERE;
    for (size_t i = 0; i < pairs.new_count; i++)
        pairs.to_old[i] = NOWHERE;
    match_by(diff, &pairs, old, new, name_of);
    match_by(diff, &pairs, old, new, key_text); /* what stayed as it is */
    if (key != NULL) {
        match_by(diff, &pairs, old, new, key);
        match_by_place(&pairs);
    }
    find_moved(&pairs);
    return pairs;
}

struct pair_item pair_at(const struct pairs *pairs, json_t *old, json_t *new, size_t number)
{
    bool is_new = number < pairs->new_count;
    size_t place = is_new ? number : number - pairs->new_count;
    return (struct pair_item){is_new, place,
                              is_new ? pairs->to_old[place] : pairs->to_new[place],
                              json_array_get(is_new ? new : old, place)};
}

void pairs_free(struct pairs *pairs)
{
    free(pairs->to_new);
    free(pairs->to_old);
    free(pairs->is_moved);
}
