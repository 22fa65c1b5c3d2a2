/* SPDX-License-Identifier: MIT */
/* Lists of days: plain ranges date by date, so that it does not matter how they were written; days
 * that come every year, and closures between instants, by their rule. */
#include "diff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_date(const char *text, sla_date *out)
{
    int year, month, day;
    return text != NULL && sscanf(text, "%4d-%2d-%2d", &year, &month, &day) == 3 &&
           sla_date_from_civil(year, month, day, out) == SLA_OK;
}

static char *date_text(struct diff *diff, sla_date date)
{
    int32_t year = 0, month = 0, day = 0;
    sla_date_to_civil(date, &year, &month, &day);
    return say(diff, "%04d-%02d-%02d", year, month, day);
}

/* What a day does, and its name: "closed (New Year)". */
static char *day_meaning(struct diff *diff, json_t *day, const char *word)
{
    const char *until = json_string_value(json_object_get(day, "open_until"));
    const char *like = json_string_value(json_object_get(day, "like"));
    const char *name = json_string_value(json_object_get(day, "name"));
    json_t *hours = json_object_get(day, "hours");
    char *text = say(diff, "%s", word);
    if (until != NULL)
        text = say(diff, "open until %s", until);
    else if (like != NULL)
        text = say(diff, "%s like %s", word, like);
    else if (hours != NULL)
        text = say(diff, strcmp(value_words(diff, hours), "closed") == 0 ? "%s" : "open %s",
                   value_words(diff, hours));
    return name == NULL ? text : say(diff, "%s (%s)", text, name);
}

/* When a rule holds: "every 12-25 since 2021". */
static char *rule_words(struct diff *diff, json_t *day)
{
    static const char *const keys[][2] = {{"to", " to "},         {"since", " since "},
                                          {"until", " until "},   {"except", " except "},
                                          {"observed", ", observed "}};
    const char *yearly = json_string_value(json_object_get(day, "yearly"));
    char *text = yearly == NULL
                     ? say(diff, "%s", json_string_value(json_object_get(day, "from")))
                     : say(diff, "every %s", yearly);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *value = json_object_get(day, keys[i][0]), *item;
        size_t k;
        char *words = value == NULL || json_is_array(value) ? say(diff, "%s", "")
                                                            : value_words(diff, value);
        json_array_foreach(value, k, item)
            words = say(diff, "%s%s%s", words, k > 0 ? ", " : "", value_words(diff, item));
        if (value != NULL)
            text = say(diff, "%s%s%s", text, keys[i][1], words);
    }
    return text;
}

/* Days by date or rule, each with its meaning; of two on a date the first counts. */
static json_t *read_days(struct diff *diff, json_t *list, const char *word)
{
    json_t *days = keep(diff, json_object()), *day;
    size_t i;
    json_array_foreach(list, i, day) {
        char *meaning = day_meaning(diff, day, word);
        const char *from = json_is_string(day) ? json_string_value(day)
                                               : json_string_value(json_object_get(day, "date"));
        const char *to = json_string_value(json_object_get(day, "to"));
        sla_date first, last;
        bool is_plain = json_object_get(day, "observed") == NULL && read_date(from, &first);
        last = is_plain ? first : 0;
        if (!is_plain) {
            char *rule = from == NULL ? rule_words(diff, day)
                                      : say(diff, "%s%s", from, rule_words(diff, day));
            if (json_object_get(days, rule) == NULL)
                json_object_set_new(days, rule, json_string(meaning));
            continue;
        }
        if (to != NULL)
            read_date(to, &last);
        for (; first <= last; first++)
            if (json_object_get(days, date_text(diff, first)) == NULL)
                json_object_set_new(days, date_text(diff, first), json_string(meaning));
    }
    return days;
}

static bool is_next_date(const char *before, const char *text)
{
    sla_date first, second;
    return strlen(before) == 10 && strlen(text) == 10 && read_date(before, &first) &&
           read_date(text, &second) && second == first + 1;
}

static bool is_equal(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Neighbouring dates that change in the same way are told as one. */
struct run {
    const char *first, *last, *before, *after;
};

static void tell_run(struct diff *diff, const struct change *base, const struct run *run)
{
    if (run->first == NULL)
        return;
    struct change change = *base;
    change.kind = run->before == NULL ? "added" : run->after == NULL ? "removed" : "changed";
    change.what = strcmp(run->first, run->last) == 0
                      ? say(diff, "%s", run->first)
                      : say(diff, "%s to %s", run->first, run->last);
    change.before = run->before == NULL ? NULL : say(diff, "%s", run->before);
    change.after = run->after == NULL ? NULL : say(diff, "%s", run->after);
    diff_add(diff, change);
}

void diff_days(struct diff *diff, struct change base, const char *word, json_t *old, json_t *new)
{
    json_t *before = read_days(diff, old, word), *after = read_days(diff, new, word), *value;
    json_t *all = keep(diff, json_copy(before));
    const char *day;
    struct run run = {NULL, NULL, NULL, NULL};
    json_object_update_missing(all, after);
    size_t count = json_object_size(all), used = 0;
    const char **days = get_memory(NULL, count * sizeof *days);
    json_object_foreach(all, day, value)
        days[used++] = day;
    qsort(days, count, sizeof *days, diff_by_text);
    for (size_t i = 0; i < count; i++) {
        const char *was = json_string_value(json_object_get(before, days[i]));
        const char *is = json_string_value(json_object_get(after, days[i]));
        if (is_equal(was, is))
            continue;
        if (run.first != NULL && is_equal(run.before, was) && is_equal(run.after, is) &&
            is_next_date(run.last, days[i])) {
            run.last = days[i];
            continue;
        }
        tell_run(diff, &base, &run);
        run = (struct run){days[i], days[i], was, is};
    }
    tell_run(diff, &base, &run);
    free(days);
}
