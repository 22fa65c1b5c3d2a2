/* SPDX-License-Identifier: MIT */
/* Agreements: whom they are for, and since when; their rows are told by diff_targets.c. */
#include "diff.h"

#include <string.h>

/* Agreements in one form: `targets` at the top are one of them. */
static json_t *agreements_of(struct diff *diff, json_t *root)
{
    json_t *agreements = json_object_get(root, "agreements");
    json_t *targets = json_object_get(root, "targets");
    if (agreements != NULL)
        return agreements;
    json_t *list = keep(diff, json_array());
    if (targets != NULL)
        json_array_append_new(list, json_pack("{s:s, s:O}", "name", "default", "targets", targets));
    return list;
}

static char *place_of(struct diff *diff, json_t *agreements, json_t *root, size_t i)
{
    if (json_object_get(root, "agreements") == NULL)
        return say(diff, "targets");
    json_t *agreement = json_array_get(agreements, i);
    return say(diff, "agreements[%s].targets", json_string_value(json_object_get(agreement,
                                                                                 "name")));
}

static char *agreement_words(struct diff *diff, json_t *agreement)
{
    json_t *kind = json_object_get(agreement, "kind");
    size_t rows = json_array_size(json_object_get(agreement, "targets"));
    return say(diff, "%s, for %s, %zu %s", kind != NULL ? json_string_value(kind) : "sla",
               condition_words(diff, json_object_get(agreement, "when")),
               rows, rows == 1 ? "row" : "rows");
}

static void tell_agreement(struct diff *diff, json_t *old, json_t *new)
{
    static const char *const keys[] = {"kind", "from", "until"};
    json_t *named = new != NULL ? new : old;
    const char *name = json_string_value(json_object_get(named, "name"));
    struct change base = {.section = "targets", .kind = "changed",
                          .path = say(diff, "agreements[%s]", name),
                          .subject = say(diff, "agreement %s", name)};
    if (old == NULL || new == NULL) {
        base.kind = old == NULL ? "added" : "removed";
        base.what = say(diff, "agreement");
        base.before = old == NULL ? NULL : agreement_words(diff, old);
        base.after = new == NULL ? NULL : agreement_words(diff, new);
        base.direction = DIRECTION_CHANGED;
        diff_add(diff, base);
        return;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        diff_key(diff, base, keys[i], json_object_get(old, keys[i]), json_object_get(new, keys[i]),
                 value_words);
    json_t *before = json_object_get(old, "when"), *after = json_object_get(new, "when");
    if (strcmp(condition_key(diff, before), condition_key(diff, after)) == 0)
        return;
    base.what = say(diff, "condition");
    base.path = say(diff, "%s.when", base.path);
    base.before = condition_words(diff, before);
    base.after = condition_words(diff, after);
    diff_add(diff, base);
}

void diff_targets(struct diff *diff)
{
    json_t *old = agreements_of(diff, diff->old.root), *new = agreements_of(diff, diff->new.root);
    struct pairs pairs = pair_items(diff, old, new, NULL);
    for (size_t i = 0; i < pairs.new_count; i++) {
        json_t *after = json_array_get(new, i);
        json_t *before = pairs.to_old[i] == NOWHERE ? NULL : json_array_get(old, pairs.to_old[i]);
        const char *name = json_string_value(json_object_get(after, "name"));
        bool is_top = json_object_get(diff->new.root, "agreements") == NULL;
        tell_agreement(diff, before, after);
        if (pairs.is_moved[i])
            diff_add(diff, (struct change){
                               .section = "targets", .kind = "moved", .what = say(diff, "place"),
                               .path = say(diff, "agreements[%s]", name),
                               .subject = say(diff, "agreement %s", name),
                               .before = say(diff, "%zu", pairs.to_old[i] + 1),
                               .after = say(diff, "%zu", i + 1),
                               .direction = DIRECTION_CHANGED});
        if (before != NULL)
            diff_rows(diff, before, after, place_of(diff, new, diff->new.root, i),
                      is_top ? "" : say(diff, "%s: ", name));
    }
    for (size_t i = 0; i < pairs.old_count; i++)
        if (pairs.to_new[i] == NOWHERE)
            tell_agreement(diff, json_array_get(old, i), NULL);
    pairs_free(&pairs);
}
