/* SPDX-License-Identifier: MIT */
/* Whole policies: calendars as the oracles draw them, and on top of them promises. */
#include "engine_author.h"

#include "oracle_dates.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int author_below(struct author *author, int limit)
{
    return (int)random_between(&author->random, 0, limit - 1);
}

bool author_chance(struct author *author, int percent)
{
    return author_below(author, 100) < percent;
}

static void reserve(struct author *author, size_t more)
{
    if (author->capacity - author->length > more)
        return;
    author->capacity = 2 * (author->length + more) + 4096;
    author->text = realloc(author->text, author->capacity);
    if (author->text == NULL) {
        printf("Bail out! no memory for a policy\n");
        exit(2);
    }
}

void author_put(struct author *author, const char *format, ...)
{
    va_list values;
    reserve(author, 1000);
    va_start(values, format);
    author->length += (size_t)vsnprintf(author->text + author->length, 1000, format, values);
    va_end(values);
}

void author_put_date(struct author *author, int32_t date)
{
    const struct oracle_date *at = oracle_date(date);
    author_put(author, "%04d-%02d-%02d", at->year, at->month, at->day);
}

void author_put_list(struct author *author, const char *const *words, int count, int most)
{
    int first = author_below(author, count);
    int length = 1 + author_below(author, most < count ? most : count);
    author_put(author, "[");
    for (int i = 0; i < length; i++)
        author_put(author, "%s%s", i > 0 ? ", " : "", words[(first + i) % count]);
    author_put(author, "]");
}

void author_put_calendar(struct author *author)
{
    int index = author_below(author, author->calendar_count + 1);
    if (index == author->calendar_count)
        author_put(author, "24x7");
    else
        author_put(author, "c%d", index);
}

const char *author_metric(const struct author *author, int index)
{
    static const char *const names[][3] = {{"m0", "m1", "m2"},
                                           {"first_response", "resolution", NULL}};
    return names[author->has_default_metrics][index];
}

/* Plain office hours instead of what was drawn: there logs meet deadlines more often. */
static void simplify(struct author *author, struct plan *plan)
{
    struct plan_calendar *calendar = &plan->calendars[0];
    static const struct plan_span spans[][2] = {
        {{9 * 3600, 17 * 3600}, {0, 0}},
        {{9 * 3600, 12 * 3600}, {13 * 3600, 18 * 3600}},
        {{22 * 3600, 6 * 3600}, {0, 0}},
        {{0, 24 * 3600}, {0, 0}},
    };
    const struct plan_span *chosen = AUTHOR_PICK(author, spans);
    if (calendar->algebra != PLAN_HOURS)
        return;
    calendar->has_hours = true;
    calendar->always = false;
    if (author_chance(author, 80))
        calendar->season_count = 0;
    memset(&calendar->week, 0, sizeof calendar->week);
    for (int day = 0; day < (author_chance(author, 25) ? 7 : 5); day++)
        calendar->week.days[day] =
            (struct plan_hours){.spans = {chosen[0], chosen[1]}, .count = chosen[1].close ? 2 : 1};
}

#define FIRST_CENTER 2000 /* so that nothing but a far deadline leaves 1970..2199 */
#define LAST_CENTER 80000

static void write_calendars(struct author *author, const struct wall_clocks *clocks)
{
    static struct plan plan;
    do
        plan_random(&plan, clocks, &author->random, -1);
    while (plan.center < FIRST_CENTER || plan.center > LAST_CENTER);
    if (author_chance(author, 60))
        simplify(author, &plan);
    author->calendar_count = plan.calendar_count;
    author->center = plan.center;
    reserve(author, PLAN_TEXT_CAPACITY);
    plan_write(&plan, clocks, author->text + author->length, PLAN_TEXT_CAPACITY);
    author->length += strlen(author->text + author->length);
}

/* A derived attribute that looks at every attribute, so that two policies look at the same ones. */
static void write_watch(struct author *author)
{
    author_put(author, "  watched:\n    - {when: {any: [");
    for (int i = 0; i < WORDS_COUNT; i++)
        author_put(author, "{%s: {exists: true}}, ", attribute_words[i].name);
    author_put(author, "{" WORDS_VISIT ": {exists: true}}, {remark: {exists: true}}]}, is: yes}\n"
                       "    - {is: no}\n");
}

/* All but targets and escalations. */
static void write_beginning(struct author *author, const struct wall_clocks *clocks, bool watches)
{
    author->length = 0;
    write_calendars(author, clocks);
    author_put(author, "calendar: c%d\n", author_below(author, author->calendar_count));
    author->has_default_metrics = author_chance(author, 6);
    author->metric_count = author->has_default_metrics ? 2 : 1 + author_below(author, 3);
    author_write_classify(author);
    if (watches)
        write_watch(author);
    if (!author->has_default_metrics)
        author_write_metrics(author);
}

void author_write(struct author *author, const struct wall_clocks *clocks)
{
    write_beginning(author, clocks, false);
    author->has_kinds = author_chance(author, 40);
    author_write_targets(author);
    if (author_chance(author, 90))
        author_write_escalations(author);
}

/* The rows that a state of the random numbers makes. */
static void write_era(struct author *author, struct random random, const char *era)
{
    struct random kept = author->random;
    author->random = random;
    author->era = era;
    author_write_rows(author, "  ");
    author->era = NULL;
    author->random = kept;
}

static char *copy_text(const struct author *author)
{
    char *copy = malloc(author->length + 1);
    if (copy == NULL) {
        printf("Bail out! no memory for a policy\n");
        exit(2);
    }
    return memcpy(copy, author->text, author->length + 1);
}

void author_write_eras(struct author *author, const struct wall_clocks *clocks, struct eras *eras)
{
    write_beginning(author, clocks, true);
    author_put(author, "targets:\n");
    struct random rows[2] = {{random_next(&author->random)}, {random_next(&author->random)}};
    struct random end = {random_next(&author->random)};
    char **const texts[] = {&eras->first, &eras->second, &eras->both};
    size_t length = author->length;
    for (int i = 0; i < 3; i++) {
        author->length = length;
        if (i != 1)
            write_era(author, rows[0], i == 2 ? "era: {not: \"2\"}" : NULL);
        if (i != 0)
            write_era(author, rows[1], i == 2 ? "era: \"2\"" : NULL);
        author->random = end;
        author_write_escalations(author);
        *texts[i] = copy_text(author);
    }
}

void author_free(struct author *author)
{
    free(author->text);
    author->text = NULL;
}
