/* SPDX-License-Identifier: MIT */
/* The slow calendars: simple on purpose. */
#include "slow_calendar.h"

#include <stdlib.h>
#include <string.h>

#define DAY 86400

/* 1970-01-01 was a Thursday, which is 3 when Monday is 0. */
static int weekday(sla_date date)
{
    return (int)((((int64_t)date + 3) % 7 + 7) % 7);
}

/* The exception in force: special before workday before holiday, of equals the first. */
static const struct date_exception *exception_on(const struct calendar_rules *rules,
                                                 sla_date date)
{
    static const uint32_t order[] = {EXCEPTION_SPECIAL, EXCEPTION_WORKDAY, EXCEPTION_HOLIDAY};
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < rules->exception_count; i++) {
            if (rules->exceptions[i].date == date && rules->exceptions[i].kind == order[k])
                return &rules->exceptions[i];
        }
    }
    return NULL;
}

/* C3: the hours of a local date, which end at `until` at the latest. */
struct day_rule {
    struct intervals hours;
    int32_t until;
};

static struct day_rule rule_of(const struct calendar_rules *rules, sla_date date)
{
    static const struct interval whole = {0, DAY};
    const struct date_exception *exception = exception_on(rules, date);
    struct day_rule rule = {rules->week.days[weekday(date)], DAY};
    if (rules->always)
        rule.hours = (struct intervals){&whole, 1};
    else if (exception != NULL && exception->kind == EXCEPTION_HOLIDAY)
        rule.until = exception->open_until < 0 ? 0 : exception->open_until;
    else if (exception != NULL && exception->kind == EXCEPTION_SPECIAL)
        rule.hours = exception->hours;
    else if (exception != NULL && exception->like == LIKE_NONE)
        rule.hours = exception->hours;
    else if (exception != NULL && exception->like >= 0)
        rule.hours = rules->week.days[exception->like];
    else if (exception != NULL) {
        int day = 0;
        while (day < 6 && rules->week.days[day].count == 0)
            day++;
        rule.hours = rules->week.days[day];
    }
    return rule;
}

static int64_t floor_day(int64_t seconds)
{
    return seconds >= 0 ? seconds / DAY : -((DAY - 1 - seconds) / DAY);
}

static bool is_in(const struct day_rule *rule, int32_t second)
{
    for (size_t i = 0; i < rule->hours.count; i++) {
        struct interval interval = rule->hours.items[i];
        if (second >= interval.open && second < interval.close && second < rule->until)
            return true;
    }
    return false;
}

void walk_make(struct walk *walk, const struct calendar_rules *rules,
               const struct wall_clock *clock, int64_t from, int64_t to)
{
    size_t count = (size_t)(to - from);
    walk->from = from;
    walk->to = to;
    walk->before = malloc((count + 1) * sizeof *walk->before);
    walk->open = malloc(count);
    if (walk->before == NULL || walk->open == NULL)
        exit(2);
    size_t change = wall_change_at(clock, from);
    struct day_rule rule = {{NULL, 0}, 0};
    int64_t ruled = INT64_MIN; /* the date that `rule` is of */
    walk->before[0] = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t at = from + (int64_t)i;
        while (change + 1 < clock->count && clock->changes[change + 1].at <= at)
            change++;
        int64_t local = at + clock->changes[change].offset;
        int64_t date = floor_day(local);
        if (date != ruled)
            rule = rule_of(rules, (sla_date)date);
        ruled = date;
        walk->open[i] = is_in(&rule, (int32_t)(local - date * DAY));
        walk->before[i + 1] = walk->before[i] + walk->open[i];
    }
}

void walk_free(struct walk *walk)
{
    free(walk->before);
    free(walk->open);
}

/* Open stretches of instants, sorted and merged. */
struct stretches {
    struct {
        int64_t from, to;
    } items[256];
    size_t count;
};

static void add_stretch(struct stretches *list, int64_t from, int64_t to)
{
    size_t i = list->count++;
    for (; i > 0 && list->items[i - 1].from > from; i--)
        list->items[i] = list->items[i - 1];
    list->items[i].from = from;
    list->items[i].to = to;
}

static void merge(struct stretches *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (kept > 0 && list->items[i].from <= list->items[kept - 1].to) {
            if (list->items[i].to > list->items[kept - 1].to)
                list->items[kept - 1].to = list->items[i].to;
        } else {
            list->items[kept++] = list->items[i];
        }
    }
    list->count = kept;
}

/* Lays one interval of a local date on the instants of [from, to), under every offset. */
static void lay(const struct model *model, sla_date date, struct interval hours, int64_t from,
                int64_t to, struct stretches *out)
{
    const struct wall_clock *clock = model->clock;
    for (size_t i = wall_change_at(clock, from - 2 * DAY); i < clock->count; i++) {
        int64_t begin = clock->changes[i].at > from ? clock->changes[i].at : from;
        int64_t end = i + 1 < clock->count && clock->changes[i + 1].at < to
                          ? clock->changes[i + 1].at
                          : to;
        int64_t open = (int64_t)date * DAY + hours.open - clock->changes[i].offset;
        int64_t close = (int64_t)date * DAY + hours.close - clock->changes[i].offset;
        if (clock->changes[i].at >= to)
            break;
        open = open < begin ? begin : open;
        close = close > end ? end : close;
        if (open < close)
            add_stretch(out, open, close);
    }
}

static void lay_date(const struct model *model, sla_date date, int64_t from, int64_t to,
                     struct stretches *out)
{
    struct day_rule rule = rule_of(model->rules, date);
    for (size_t i = 0; i < rule.hours.count; i++) {
        struct interval cut = rule.hours.items[i];
        cut.close = cut.close < rule.until ? cut.close : rule.until;
        if (cut.open < cut.close)
            lay(model, date, cut, from, to, out);
    }
}

/* What is open within one UTC day. */
static void open_of_day(const struct model *model, int64_t day, struct stretches *out)
{
    out->count = 0;
    for (int64_t date = day - 2; date <= day + 2; date++)
        lay_date(model, (sla_date)date, day * DAY, (day + 1) * DAY, out);
    merge(out);
}

static int64_t sum_until(const struct stretches *list, int64_t end)
{
    int64_t sum = 0;
    for (size_t i = 0; i < list->count && list->items[i].from < end; i++)
        sum += (list->items[i].to < end ? list->items[i].to : end) - list->items[i].from;
    return sum;
}

void model_make(struct model *model, const struct calendar_rules *rules,
                const struct wall_clock *clock)
{
    model->rules = rules;
    model->clock = clock;
    model->before = calloc(MODEL_DAYS + 1, sizeof *model->before);
    if (model->before == NULL)
        exit(2);
    for (int64_t i = 0; i < MODEL_DAYS; i++) {
        struct stretches day;
        open_of_day(model, i + MODEL_FIRST_DAY, &day);
        model->before[i + 1] = model->before[i] + sum_until(&day, INT64_MAX);
    }
}

void model_free(struct model *model)
{
    free(model->before);
}

static int64_t count_before(const struct model *model, int64_t at)
{
    int64_t day = floor_day(at);
    struct stretches open;
    open_of_day(model, day, &open);
    return model->before[day - MODEL_FIRST_DAY] + sum_until(&open, at);
}

int64_t model_elapsed(const struct model *model, int64_t from, int64_t to)
{
    return count_before(model, to) - count_before(model, from);
}

bool model_is_open(const struct model *model, int64_t at)
{
    return count_before(model, at + 1) > count_before(model, at);
}

static bool in_range(int64_t at)
{
    return at >= 0 && at <= 7258118399;
}

/* The first day behind which more than `sum` open seconds lie (or, with `or_as_many`, as many). */
static int64_t day_of_sum(const struct model *model, int64_t sum, bool or_as_many)
{
    int64_t low = 0;
    int64_t high = MODEL_DAYS;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        int64_t behind = model->before[middle + 1];
        if (behind > sum || (or_as_many && behind == sum))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* C5 forwards: the earliest instant before which `sum` open seconds lie. */
static bool earliest(const struct model *model, int64_t sum, int64_t *out_at)
{
    int64_t day = day_of_sum(model, sum, true);
    if (day == MODEL_DAYS)
        return false;
    struct stretches open;
    open_of_day(model, day + MODEL_FIRST_DAY, &open);
    int64_t left = sum - model->before[day];
    size_t k = 0;
    for (; left > open.items[k].to - open.items[k].from; k++)
        left -= open.items[k].to - open.items[k].from;
    *out_at = open.items[k].from + left;
    return in_range(*out_at);
}

/* C5 backwards: the latest instant before which `sum` open seconds lie, where the next begins. */
static bool latest(const struct model *model, int64_t sum, int64_t *out_at)
{
    int64_t day = day_of_sum(model, sum, false);
    if (sum < 0 || day == MODEL_DAYS)
        return false;
    struct stretches open;
    open_of_day(model, day + MODEL_FIRST_DAY, &open);
    int64_t left = sum - model->before[day];
    size_t k = 0;
    for (; left >= open.items[k].to - open.items[k].from; k++)
        left -= open.items[k].to - open.items[k].from;
    *out_at = open.items[k].from + left;
    return in_range(*out_at);
}

bool model_add(const struct model *model, int64_t from, int64_t counted, int64_t *out_at)
{
    *out_at = from;
    if (counted == 0)
        return true;
    int64_t sum = count_before(model, from) + counted;
    return counted > 0 ? earliest(model, sum, out_at) : latest(model, sum, out_at);
}

bool model_next_open(const struct model *model, int64_t at, int64_t *out_at)
{
    for (int64_t day = floor_day(at); day < MODEL_FIRST_DAY + MODEL_DAYS; day++) {
        struct stretches open;
        open_of_day(model, day, &open);
        for (size_t k = 0; k < open.count; k++) {
            if (open.items[k].to > at) {
                *out_at = open.items[k].from > at ? open.items[k].from : at;
                return in_range(*out_at);
            }
        }
    }
    return false;
}

bool model_next_close(const struct model *model, int64_t at, int64_t *out_at)
{
    *out_at = at;
    for (int64_t day = floor_day(at); day < MODEL_FIRST_DAY + MODEL_DAYS; day++) {
        struct stretches open;
        open_of_day(model, day, &open);
        for (size_t k = 0; k < open.count; k++) {
            if (open.items[k].from <= *out_at && *out_at < open.items[k].to)
                *out_at = open.items[k].to;
        }
        if (*out_at < (day + 1) * DAY)
            return in_range(*out_at);
    }
    return false;
}

int64_t model_open_of_date(const struct model *model, sla_date date)
{
    struct stretches open = {.count = 0};
    lay_date(model, date, 0, 7258118400, &open);
    merge(&open);
    return sum_until(&open, INT64_MAX);
}

static struct intervals random_hours(struct random_rules *made, struct random *random, int most)
{
    struct intervals hours = {made->hours + made->hours_used,
                              (size_t)random_between(random, 0, most)};
    for (size_t i = 0; i < hours.count; i++) {
        /* Quarters of an hour mostly, single seconds sometimes; overlapping and touching (C2). */
        int64_t step = random_between(random, 0, 5) == 0 ? 1 : 900;
        int64_t open = random_between(random, 0, DAY / step - 1) * step;
        int64_t longest = i == 0 && random_between(random, 0, 3) == 0 ? DAY : 6 * 3600;
        int64_t close = open + random_between(random, 1, longest / step) * step;
        made->hours[made->hours_used++] =
            (struct interval){(int32_t)open, (int32_t)(close > DAY ? DAY : close)};
    }
    return hours;
}

/* A shift over midnight, split as the policy reader does it: tail on the next weekday. */
static void add_night(struct random_rules *made, int day, int32_t open, int32_t close)
{
    struct interval *evening = &made->hours[made->hours_used++];
    struct interval *morning = &made->hours[made->hours_used++];
    *evening = (struct interval){open, DAY};
    *morning = (struct interval){0, close};
    /* A weekday gets at most one evening and one morning here, and nothing else. */
    made->rules.week.days[day] = (struct intervals){evening, 1};
    made->rules.week.days[(day + 1) % 7] = (struct intervals){morning, 1};
}

void random_rules_make(struct random_rules *made, struct random *random, sla_date center)
{
    memset(made, 0, sizeof *made);
    struct calendar_rules *rules = &made->rules;
    rules->name = TEXT("random");
    int most = (int)random_between(random, 1, 5);
    for (int day = 0; day < 7; day++)
        rules->week.days[day] = random_hours(made, random, day < 5 || most > 3 ? most : 1);
    if (random_between(random, 0, 3) == 0) { /* night shifts, Sunday to Monday included */
        for (int day = 0; day < 6; day += 2)
            add_night(made, day, (int32_t)random_between(random, 20 * 4, 95) * 900,
                      (int32_t)random_between(random, 1, 28) * 900);
        if (random_between(random, 0, 1) == 0)
            add_night(made, 6, 22 * 3600, 6 * 3600);
    }
    rules->exceptions = made->exceptions;
    rules->exception_count = (size_t)random_between(random, 0, 24);
    for (size_t i = 0; i < rules->exception_count; i++) {
        struct date_exception *exception = &made->exceptions[i];
        exception->date = center + (sla_date)random_between(random, -20, 20);
        exception->kind = (uint32_t)random_between(random, EXCEPTION_HOLIDAY, EXCEPTION_SPECIAL);
        exception->like = (int32_t)random_between(random, LIKE_FIRST_OPEN, 6);
        exception->open_until = random_between(random, 0, 2) > 0
                                    ? -1
                                    : (int32_t)random_between(random, 0, 96) * 900;
        exception->hours = random_hours(made, random, 3);
    }
    bool opens = false;
    for (int day = 0; day < 7; day++)
        opens = opens || rules->week.days[day].count > 0;
    if (!opens) {
        made->hours[made->hours_used] = (struct interval){9 * 3600, 17 * 3600};
        rules->week.days[2] = (struct intervals){&made->hours[made->hours_used++], 1};
    }
}
