/* SPDX-License-Identifier: MIT */
/* Severities and classification: what makes an incident what it is. */
#include "diff.h"

#include <string.h>

void diff_severities(struct diff *diff)
{
    struct change base = {.section = "severities", .kind = "changed", .path = say(diff, "%s", ""),
                          .note = say(diff, "worst first")};
    diff_key(diff, base, "severities", json_object_get(diff->old.root, "severities"),
             json_object_get(diff->new.root, "severities"), value_words);
}

static char *row_key(struct diff *diff, json_t *row)
{
    return say(diff, "%s%s", json_object_get(row, "raise") != NULL ? "raise " : "",
               condition_key(diff, json_object_get(row, "when")));
}

/* What a row gives: urgent, "the given priority", "one tier up". */
static char *result_words(struct diff *diff, json_t *row)
{
    json_t *is = json_object_get(row, "is"), *raise = json_object_get(row, "raise");
    if (raise != NULL) {
        json_int_t tiers = json_integer_value(raise);
        return say(diff, "%lld %s", (long long)(tiers < 0 ? -tiers : tiers),
                   tiers < 0 ? "down" : "up");
    }
    if (json_is_object(is))
        return say(diff, "the given %s", json_string_value(json_object_get(is, "copy")));
    return value_words(diff, is);
}

static char *row_label(struct diff *diff, json_t *row, size_t place)
{
    return say(diff, "row %zu (%s)", place + 1,
               condition_words(diff, json_object_get(row, "when")));
}

static void tell_row(struct diff *diff, struct change base, json_t *old, json_t *new, size_t place)
{
    base.path = say(diff, "%s[%zu]", base.path, place);
    struct change result = base;
    result.what = row_label(diff, new, place);
    result.before = result_words(diff, old);
    result.after = result_words(diff, new);
    if (strcmp(result.before, result.after) != 0)
        diff_add(diff, result);
    if (strcmp(row_key(diff, old), row_key(diff, new)) == 0)
        return;
    base.what = say(diff, "row %zu (%s): condition", place + 1, result.after);
    base.path = say(diff, "%s.when", base.path);
    base.before = condition_words(diff, json_object_get(old, "when"));
    base.after = condition_words(diff, json_object_get(new, "when"));
    diff_add(diff, base);
}

static void tell_rows(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    struct pairs pairs = pair_items(diff, old, new, row_key);
    for (size_t i = 0; i < pairs.new_count + pairs.old_count; i++) {
        struct pair_item at = pair_at(&pairs, old, new, i);
        bool is_new = at.is_new;
        size_t place = at.place, twin = at.twin;
        json_t *row = at.item;
        struct change change = base;
        change.path = say(diff, "%s[%zu]", base.path, place);
        change.what = row_label(diff, row, place);
        if (twin == NOWHERE) {
            change.kind = is_new ? "added" : "removed";
            change.before = is_new ? NULL : result_words(diff, row);
            change.after = is_new ? result_words(diff, row) : NULL;
            change.note = say(diff, is_new ? "takes incidents from rows behind it"
                                           : "its incidents go to rows behind it");
            if (json_object_get(row, "raise") != NULL)
                change.note = NULL;
            diff_add(diff, change);
            continue;
        }
        if (!is_new)
            continue;
        if (pairs.is_moved[place]) {
            change.kind = "moved";
            change.what = say(diff, "%s: place", change.what);
            change.before = say(diff, "%zu", twin + 1);
            change.after = say(diff, "%zu", place + 1);
            diff_add(diff, change);
        }
        tell_row(diff, base, json_array_get(old, twin), row, place);
    }
    pairs_free(&pairs);
}

/* Values by key, as tables and the cells of a matrix have them. */
static void tell_values(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    json_t *all = keep(diff, json_copy(old)), *value;
    const char *key;
    json_object_update_missing(all, new);
    json_object_foreach(all, key, value) {
        struct change change = base;
        change.what = say(diff, "%s", key);
        diff_key(diff, change, key, json_object_get(old, key), json_object_get(new, key),
                 value_words);
    }
}

static json_t *items_of(json_t *axis, const char **out_name)
{
    const char *name;
    json_t *items;
    json_object_foreach(axis, name, items) {
        *out_name = name;
        return items;
    }
    return NULL;
}

static json_t *item_at(json_t *items, size_t i)
{
    return json_is_array(items) ? json_array_get(items, i) : i == 0 ? items : NULL;
}

/* The cells by what they are for: "impact: high, urgency: low". */
static json_t *cells_of(struct diff *diff, json_t *matrix)
{
    const char *row_name = "", *column_name = "";
    json_t *rows = items_of(json_object_get(matrix, "rows"), &row_name);
    json_t *columns = items_of(json_object_get(matrix, "columns"), &column_name);
    json_t *cells = keep(diff, json_object()), *list, *cell;
    size_t i, k;
    json_array_foreach(json_object_get(matrix, "values"), i, list)
        json_array_foreach(list, k, cell)
            json_object_set(cells,
                            say(diff, "%s: %s, %s: %s", row_name,
                                value_words(diff, item_at(rows, i)), column_name,
                                value_words(diff, item_at(columns, k))),
                            cell);
    return cells;
}

static char *derivation_words(struct diff *diff, json_t *derivation)
{
    if (json_is_array(derivation))
        return say(diff, "%zu rows", json_array_size(derivation));
    if (json_object_get(derivation, "matrix") != NULL)
        return say(diff, "a matrix");
    return say(diff, "a table by %s", json_string_value(json_object_get(derivation, "by")));
}

static void tell_derivation(struct diff *diff, const char *name, json_t *old, json_t *new)
{
    struct change base = {.section = "classify", .kind = "changed",
                          .path = say(diff, "classify.%s", name), .subject = say(diff, "%s", name)};
    json_t *matrix = json_object_get(old, "matrix"), *matrix_now = json_object_get(new, "matrix");
    json_t *by = json_object_get(old, "by"), *by_now = json_object_get(new, "by");
    bool alike = json_is_array(old) == json_is_array(new) &&
                 (matrix != NULL) == (matrix_now != NULL) &&
                 (by == by_now || (by != NULL && by_now != NULL && json_equal(by, by_now)));
    if (!alike) {
        base.before = old != NULL ? derivation_words(diff, old) : NULL;
        base.after = new != NULL ? derivation_words(diff, new) : NULL;
        base.kind = old == NULL ? "added" : new == NULL ? "removed" : "changed";
        base.note = old == NULL   ? say(diff, "until now it was what the host says")
                    : new == NULL ? say(diff, "from now on it is what the host says") : NULL;
        diff_add(diff, base);
        return;
    }
    if (json_is_array(new)) {
        tell_rows(diff, base, old, new);
        return;
    }
    if (matrix != NULL)
        tell_values(diff, base, cells_of(diff, matrix), cells_of(diff, matrix_now));
    else
        tell_values(diff, base, json_object_get(old, "is"), json_object_get(new, "is"));
    base.what = say(diff, "otherwise");
    diff_key(diff, base, "default", json_object_get(old, "default"),
             json_object_get(new, "default"), value_words);
}

void diff_classify(struct diff *diff)
{
    json_t *old = json_object_get(diff->old.root, "classify"), *derivation;
    json_t *new = json_object_get(diff->new.root, "classify");
    const char *name;
    json_object_foreach(new, name, derivation)
        tell_derivation(diff, name, json_object_get(old, name), derivation);
    json_object_foreach(old, name, derivation)
        if (json_object_get(new, name) == NULL)
            tell_derivation(diff, name, derivation, NULL);
    diff_order(diff, (struct change){.section = "classify", .path = say(diff, "classify"),
                                     .note = say(diff, "later ones see what earlier ones made")},
               old, new);
}
