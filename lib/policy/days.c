/* SPDX-License-Identifier: MIT */
/* Lists of dates: {date, to, name} and what is said about them, or a date alone. */
#include "policy/days.h"
#include "policy/observed.h"

#include "time/instant.h"

/* `from` and `to` are instants: what lies between is closed. The zone is not known yet. */
static bool decode_closure(struct build *build, const struct node *node, struct day_model *out)
{
    static const char *const others[] = {"date", "yearly", "observed", "since", "until", "except"};
    struct text_field *fields[] = {&out->closed_from, &out->closed_to};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (decode_exclusive(build, node, "from", others[i]))
            return false;
    const struct node *hours = keys_value(node, MAP_SPECIAL, "hours");
    const struct node *ends[] = {keys_value(node, MAP_SPECIAL, "from"),
                                 keys_value(node, MAP_SPECIAL, "to")};
    bool good = ends[0] != NULL;
    if (node_get(node, "to") == NULL)
        keys_missing(build, node, MAP_SPECIAL, "a closure", "to");
    for (size_t i = 0; i < 2; i++) {
        if (ends[i] == NULL || !decode_instant(build, ends[i], TEXT_NONE, fields[i]))
            good = false;
    }
    if (hours != NULL && !node_is_word(hours, "closed")) {
        report(build, CODE_CLOSURE_HOURS, hours, TEXT_NONE, TEXT_NONE,
               TEXT("write hours: closed"));
        good = false;
    }
    return good && hours != NULL;
}

static bool decode_range(struct build *build, const struct node *node, enum map_kind kind,
                         struct day_model *out)
{
    if (node_get(node, "yearly") != NULL)
        return !decode_exclusive(build, node, "date", "yearly") &&
               keys_value(node, kind, "yearly") != NULL && decode_yearly(build, node, kind, out);
    if (decode_exclusive(build, node, "date", "since") ||
        decode_exclusive(build, node, "date", "until") ||
        decode_exclusive(build, node, "date", "except"))
        return false;
    const struct node *date = keys_value(node, kind, "date");
    const struct node *to = keys_value(node, kind, "to");
    if (date == NULL) {
        if (node_get(node, "date") == NULL && kind != MAP_WORKDAY) /* there the table asks for it */
            keys_missing(build, node, kind, keys_map_name(kind), "date");
        return false;
    }
    bool good = decode_date(build, date, &out->from);
    out->to = out->from;
    if (to != NULL)
        good = decode_date(build, to, &out->to) && good;
    if (!good)
        return false;
    if (out->to.value < out->from.value) {
        report_related(build, CODE_RANGE_BACKWARDS, to, to->text, date->text, TEXT_NONE, date,
                       TEXT("the range begins here"));
        return false;
    }
    if (out->to.value - out->from.value >= DAYS_IN_RANGE_MAX) {
        report_related(build, CODE_RANGE_TOO_LONG, to, TEXT_NONE, TEXT_NONE,
                       TEXT("is the year right?"), date, TEXT("the range begins here"));
        return false;
    }
    return true;
}

static bool decode_like(struct build *build, const struct node *node, struct day_model *out)
{
    uint32_t day;
    if (!decode_word(build, node, "like", weekday_names, &day))
        return false;
    out->like = (struct number_field){day, node};
    return true;
}

static bool decode_observed(struct build *build, const struct node *node, struct day_model *out)
{
    const char *const *words = value_words(VALUE_OBSERVED);
    for (uint32_t i = 0; words[i] != NULL; i++)
        if (node_is_word(node, words[i])) {
            out->observed = OBSERVED_NEAREST_WEEKDAY + i;
            return true;
        }
    struct suggestion suggestion = suggestion_for(build, node->text);
    for (uint32_t i = 0; words[i] != NULL; i++)
        suggestion_offer(&suggestion, text_of(words[i]));
    struct hint hint;
    sla_text nearest = suggestion_hint(&suggestion, &hint);
    report(build, CODE_BAD_OBSERVED, node, node->text, TEXT_NONE,
           nearest.length > 0 ? nearest
                              : TEXT("write nearest weekday, next weekday, next free weekday, "
                                     "sunday to monday or sunday to next free day"));
    return false;
}

static bool decode_map(struct build *build, const struct node *node, enum map_kind kind,
                       struct day_model *out)
{
    if (!keys_check(build, node, kind, NULL))
        return false;
    bool closure = kind == MAP_SPECIAL && node_get(node, "from") != NULL;
    bool good = closure ? decode_closure(build, node, out) : decode_range(build, node, kind, out);
    const struct node *name = keys_value(node, kind, "name");
    const struct node *open_until = keys_value(node, kind, "open_until");
    const struct node *observed = keys_value(node, kind, "observed");
    const struct node *like = keys_value(node, kind, "like");
    const struct node *hours = keys_value(node, kind, "hours");
    if (name != NULL)
        good = decode_name(build, name, "name", &out->name) && good;
    if (open_until != NULL)
        good = decode_time_of_day(build, open_until, &out->open_until) && good;
    if (observed != NULL)
        good = decode_observed(build, observed, out) && good;
    if (decode_exclusive(build, node, "like", "hours"))
        return false;
    if (like != NULL)
        good = decode_like(build, like, out) && good;
    if (closure)
        return good;
    if (hours != NULL) {
        out->has_hours = decode_day_hours(build, hours, &out->hours);
        good = good && out->has_hours;
    } else if (kind == MAP_SPECIAL) {
        good = false; /* told: it is missing or of a wrong type */
    }
    return good;
}

static bool decode_day(struct build *build, const struct node *node, enum map_kind kind,
                       struct day_model *out)
{
    out->at = node;
    if (node->type == NODE_TEXT && kind != MAP_SPECIAL) { /* the short form */
        bool good = decode_date(build, node, &out->from);
        out->to = out->from;
        return good;
    }
    return decode_map(build, node, kind, out);
}

static void count_dates(struct day_model *day)
{
    sla_date from, to;
    if (day->closed_from.at != NULL) /* a closure has none */
        return;
    for (int32_t at = 0; day_next_range(day, &at, &from, &to);) {
        day->dates += (size_t)(to - from) + 1;
        if (day->observed != OBSERVED_NOWHERE)
            day->dates += observed_count(day->observed, from, to);
    }
}

bool decode_days(struct build *build, const struct node *list, enum map_kind kind,
                 struct day_list *out)
{
    if (list == NULL)
        return true;
    out->items = build_array(build, list->count, sizeof *out->items);
    if (out->items == NULL)
        return false;
    bool good = true;
    for (const struct member *item = list->members; item != NULL; item = item->next) {
        struct day_model *day = &out->items[out->count];
        if (!decode_day(build, item->value, kind, day)) {
            *day = (struct day_model){.at = NULL};
            good = false;
            continue;
        }
        count_dates(day);
        out->dates += day->dates;
        out->seeks_free = out->seeks_free || observed_needs_taken(day->observed);
        out->count++;
    }
    return good;
}
