/* SPDX-License-Identifier: MIT */
/* Weekly hours day by day, whatever days were written together. */
#include "diff.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

#define DAYS 7
#define DAY 86400
static const char *const names[DAYS + 1] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};

struct week {
    char *days[DAYS]; /* intervals as texts, "" where it is closed */
    int64_t open;     /* seconds of all */
    bool is_always;
};

/* "mon-wed, sat" as it stands in a dump. */
static unsigned days_of(const char *key)
{
    unsigned days = 0;
    sla_text part;
    if (strcmp(key, "daily") == 0)
        return (1u << DAYS) - 1;
    while (next_part(&key, &part)) {
        size_t first = find_word(part.data, 3, names);
        size_t last = part.length > 4 ? find_word(part.data + 4, 3, names) : first;
        for (size_t day = first; day < DAYS && day <= last; day++)
            days |= 1u << day;
    }
    return days;
}

static int64_t seconds_of(const char *text, size_t length)
{
    int hours = 0, minutes = 0, seconds = 0;
    char copy[16] = "";
    memcpy(copy, text, length < sizeof copy ? length : sizeof copy - 1);
    return sscanf(copy, "%d:%d:%d", &hours, &minutes, &seconds) >= 2
               ? hours * 3600 + minutes * 60 + seconds
               : 0;
}

/* What is open on a day; a night shift ends behind 24:00. */
struct span {
    int64_t open, close;
};

static int by_open(const void *a, const void *b)
{
    const struct span *first = a, *second = b;
    return first->open < second->open ? -1 : first->open > second->open;
}

/* The intervals of a text, sorted; those that touch are one. Returns how many there are. */
static size_t read_spans(const char *intervals, struct span **out_spans)
{
    struct span *spans = NULL;
    size_t count = 0, kept = 0;
    sla_text part;
    while (next_part(&intervals, &part)) {
        const char *middle = memchr(part.data, '-', part.length);
        if (middle == NULL)
            continue;
        size_t length = (size_t)(middle - part.data);
        struct span span = {seconds_of(part.data, length),
                            seconds_of(middle + 1, part.length - length - 1)};
        span.close += span.close <= span.open ? DAY : 0;
        spans = get_memory(spans, (count + 1) * sizeof *spans);
        spans[count++] = span;
    }
    if (count > 1)
        qsort(spans, count, sizeof *spans, by_open);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && spans[i].open <= spans[kept - 1].close) {
            if (spans[i].close > spans[kept - 1].close)
                spans[kept - 1].close = spans[i].close;
        } else {
            spans[kept++] = spans[i];
        }
    }
    *out_spans = spans;
    return kept;
}

static const char *time_text(int64_t seconds, char buffer[DURATION_CAPACITY])
{
    return time_of_day_text((uint32_t)(seconds > DAY ? seconds - DAY : seconds), buffer);
}

static char *in_order(struct diff *diff, const char *intervals, int64_t *out_open)
{
    char *text = say(diff, "%s", ""), open[DURATION_CAPACITY], close[DURATION_CAPACITY];
    struct span *spans;
    size_t count = read_spans(intervals, &spans);
    *out_open = 0;
    for (size_t i = 0; i < count; i++) {
        text = say(diff, "%s%s%s-%s", text, i > 0 ? ", " : "", time_text(spans[i].open, open),
                   time_text(spans[i].close, close));
        *out_open += spans[i].close - spans[i].open;
    }
    free(spans);
    return text;
}

static struct week read_week(struct diff *diff, json_t *hours)
{
    struct week week = {.is_always = json_is_string(hours)};
    const char *key;
    json_t *value;
    for (size_t day = 0; day < DAYS; day++)
        week.days[day] = say(diff, "%s", week.is_always ? "00:00-24:00" : "");
    week.open = week.is_always ? DAYS * DAY : 0;
    json_object_foreach(hours, key, value) {
        int64_t open;
        char *text = in_order(diff, value_words(diff, value), &open);
        for (size_t day = 0; day < DAYS; day++) {
            if ((days_of(key) & 1u << day) == 0)
                continue;
            week.days[day] = text;
            week.open += open;
        }
    }
    return week;
}

static char *day_names(struct diff *diff, unsigned days)
{
    char *text = say(diff, "%s", "");
    if (days == (1u << DAYS) - 1)
        return say(diff, "daily");
    for (size_t day = 0, last; day < DAYS; day = last + 1) {
        last = day;
        if ((days & 1u << day) == 0)
            continue;
        while (last + 1 < DAYS && (days & 1u << (last + 1)) != 0)
            last++;
        text = say(diff, "%s%s%s%s%s", text, *text != '\0' ? ", " : "", names[day],
                   last > day ? "-" : "", last > day ? names[last] : "");
    }
    return text;
}

static const char *day_words(const char *intervals)
{
    return *intervals != '\0' ? intervals : "closed";
}

char *week_words(struct diff *diff, json_t *hours)
{
    struct week week = read_week(diff, hours);
    char *text = say(diff, "%s", "");
    unsigned told = 0;
    for (size_t day = 0; day < DAYS; day++) {
        unsigned days = 0;
        for (size_t other = day; other < DAYS; other++)
            if (strcmp(week.days[day], week.days[other]) == 0)
                days |= 1u << other;
        if ((told & 1u << day) == 0 && week.days[day][0] != '\0')
            text = say(diff, "%s%s%s %s", text, *text != '\0' ? "; " : "", day_names(diff, days),
                       week.days[day]);
        told |= days;
    }
    return *text != '\0' ? text : say(diff, "closed");
}

void diff_week(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    struct week before = read_week(diff, old), after = read_week(diff, new);
    char total[2][DURATION_CAPACITY];
    unsigned told = 0;
    if (before.open != after.open)
        base.note = say(diff, "from %s to %s a week", duration_text(before.open, total[0]),
                        duration_text(after.open, total[1]));
    for (size_t day = 0; day < DAYS; day++) {
        unsigned days = 0;
        if ((told & 1u << day) != 0 || strcmp(before.days[day], after.days[day]) == 0)
            continue;
        for (size_t other = day; other < DAYS; other++)
            if (strcmp(before.days[day], before.days[other]) == 0 &&
                strcmp(after.days[day], after.days[other]) == 0)
                days |= 1u << other;
        told |= days;
        struct change change = base;
        change.path = say(diff, "%s.hours", base.path);
        change.what = day_names(diff, days);
        change.before = say(diff, "%s", day_words(before.days[day]));
        change.after = say(diff, "%s", day_words(after.days[day]));
        diff_add(diff, change);
    }
    if (told == 0 && before.is_always != after.is_always) { /* D3 asks for `always` */
        base.path = say(diff, "%s.hours", base.path);
        base.what = say(diff, "hours");
        base.before = say(diff, "%s", before.is_always ? "always" : "every hour of every day");
        base.after = say(diff, "%s", after.is_always ? "always" : "every hour of every day");
        diff_add(diff, base);
    }
}
