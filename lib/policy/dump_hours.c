/* SPDX-License-Identifier: MIT */
/* Hours as text. The model has a night shift cut at midnight; it is put together again where that
 * reads back as the same week, interval by interval. */
#include "policy/decode.h"
#include "policy/dump.h"
#include "time/civil.h"

#define DAY_COUNT 7
/* In one text: even with seconds it stays far below the reader's limit for a scalar. */
#define INTERVALS_IN_TEXT 500u

/* Intervals of each weekday in the order in which they would be written; one that ends where it
   begins or before runs past midnight. Decoding puts the later one first. */
struct written_week {
    struct interval *days[DAY_COUNT];
    size_t counts[DAY_COUNT];
};

static struct interval at_place(const struct intervals *day, size_t place)
{
    return day->items[day->count - 1 - place];
}

static bool plain_week(struct arena *arena, const struct week_hours *week,
                       struct written_week *out)
{
    for (int day = 0; day < DAY_COUNT; day++) {
        size_t count = week->days[day].count;
        out->days[day] = arena_new(arena, (count + 1) * sizeof *out->days[day]);
        if (out->days[day] == NULL)
            return false;
        for (size_t i = 0; i < count; i++)
            out->days[day][i] = at_place(&week->days[day], i);
        out->counts[day] = count;
    }
    return true;
}

static void remove_at(struct written_week *week, int day, size_t place)
{
    struct interval *items = week->days[day];
    week->counts[day]--;
    memmove(items + place, items + place + 1, (week->counts[day] - place) * sizeof *items);
}

/* Looks for what begins at midnight, as the spilled part of a night shift does; it is alone at one
   end of its day, because whole weekdays are read one after the other. */
static bool find_morning(const struct written_week *week, int day, size_t *out_place)
{
    size_t last = week->counts[day];
    if (last == 0)
        return false;
    *out_place = week->days[day][0].open == 0 ? 0 : last - 1;
    return week->days[day][*out_place].open == 0 &&
           week->days[day][*out_place].close < SECONDS_PER_DAY;
}

/* Joins each evening that lasts until midnight with the next morning. */
static bool join_nights(struct written_week *week)
{
    bool joined = false;
    bool taken[DAY_COUNT] = {false}; /* a day's morning belongs to one evening only */
    for (int day = 0; day < DAY_COUNT; day++) {
        int next = (day + 1) % DAY_COUNT;
        for (size_t i = week->counts[day]; i-- > 0;) {
            size_t morning;
            struct interval *evening = &week->days[day][i];
            if (evening->close != SECONDS_PER_DAY || taken[next] ||
                !find_morning(week, next, &morning) || (next == day && morning == i))
                continue;
            if (week->days[next][morning].close > evening->open)
                continue; /* it would not run past midnight, or for more than a day */
            evening->close = week->days[next][morning].close;
            remove_at(week, next, morning);
            taken[next] = joined = true;
        }
    }
    return joined;
}

static bool is_same_day(const struct written_week *week, int a, int b)
{
    return week->counts[a] == week->counts[b] &&
           (week->counts[a] == 0 || memcmp(week->days[a], week->days[b],
                                           week->counts[a] * sizeof *week->days[a]) == 0);
}

/* The days that have the same hours as this one, a bit each; 0: told before, or it is shut. */
static uint32_t group_of(const struct written_week *week, int day)
{
    uint32_t days = 0;
    for (int other = 0; other < DAY_COUNT; other++)
        if (is_same_day(week, day, other))
            days |= 1u << other;
    return week->counts[day] == 0 || (days & ((1u << day) - 1)) != 0 ? 0 : days;
}

static bool matches(const struct intervals *day, size_t place, int32_t open, int32_t close)
{
    if (place >= day->count)
        return false;
    struct interval interval = at_place(day, place);
    return interval.open == open && interval.close == close;
}

/* Reads the week as decoding does, group by group, day by day, and compares. */
static bool reads_back(const struct written_week *written, const struct week_hours *week)
{
    size_t places[DAY_COUNT] = {0};
    for (int first = 0; first < DAY_COUNT; first++) {
        uint32_t group = group_of(written, first);
        for (int day = 0; day < DAY_COUNT; day++) {
            for (size_t i = 0; (group & 1u << day) != 0 && i < written->counts[day]; i++) {
                struct interval interval = written->days[day][i];
                bool runs_over = interval.close <= interval.open;
                int next = (day + 1) % DAY_COUNT;
                if (!matches(&week->days[day], places[day]++, interval.open,
                             runs_over ? SECONDS_PER_DAY : interval.close))
                    return false;
                if (runs_over && interval.close > 0 &&
                    !matches(&week->days[next], places[next]++, 0, interval.close))
                    return false;
            }
        }
    }
    for (int day = 0; day < DAY_COUNT; day++)
        if (places[day] != week->days[day].count)
            return false;
    return true;
}

static char *put_digits(char *at, int32_t number)
{
    *at++ = (char)('0' + number / 10);
    *at++ = (char)('0' + number % 10);
    return at;
}

static char *put_letters(char *at, const char *letters)
{
    while (*letters != '\0')
        *at++ = *letters++;
    return at;
}

/* 09:00, 09:00:30, 24:00 and a NUL: at most 9 bytes. */
static char *put_time(char *at, int32_t seconds)
{
    at = put_digits(at, seconds / 3600);
    *at++ = ':';
    at = put_digits(at, seconds / 60 % 60);
    if (seconds % 60 != 0) {
        *at++ = ':';
        at = put_digits(at, seconds % 60);
    }
    *at = '\0';
    return at;
}

void dump_time_of_day(struct dump *dump, int32_t seconds)
{
    char text[9];
    dump_text(dump, (sla_text){text, (size_t)(put_time(text, seconds) - text)});
}

static void dump_intervals(struct dump *dump, const struct interval *items, size_t count)
{
    char text[INTERVALS_IN_TEXT * 19 + 1];
    bool is_list = count > INTERVALS_IN_TEXT;
    if (is_list)
        dump_begin_list(dump, DUMP_BLOCK);
    for (size_t from = 0; from < count;) {
        char *at = text;
        size_t end = count - from > INTERVALS_IN_TEXT ? from + INTERVALS_IN_TEXT : count;
        for (size_t i = from; i < end; i++) {
            if (i > from) {
                *at++ = ',';
                *at++ = ' ';
            }
            at = put_time(at, items[i].open);
            *at++ = '-';
            at = put_time(at, items[i].close);
        }
        dump_text(dump, (sla_text){text, (size_t)(at - text)});
        from = end;
    }
    if (is_list)
        dump_end(dump);
}

void dump_day_hours(struct dump *dump, const struct intervals *hours)
{
    if (hours->count == 0)
        dump_word(dump, "closed");
    else
        dump_intervals(dump, hours->items, hours->count);
}

/* mon-fri, or "mon-wed, sat" */
static void dump_days(struct dump *dump, uint32_t days)
{
    char text[DAY_COUNT * 5 + 1], *at = text;
    if (days == (1u << DAY_COUNT) - 1) {
        dump_key(dump, "daily");
        return;
    }
    for (int day = 0, last; day < DAY_COUNT; day = last + 1) {
        last = day;
        if ((days & 1u << day) == 0)
            continue;
        while (last + 1 < DAY_COUNT && (days & 1u << (last + 1)) != 0)
            last++;
        at = put_letters(at, at == text ? "" : ", ");
        at = put_letters(at, weekday_names[day]);
        at = put_letters(at, last == day ? "" : last == day + 1 ? ", " : "-");
        at = put_letters(at, last == day ? "" : weekday_names[last]);
    }
    *at = '\0';
    dump_key(dump, text);
}

void dump_week(struct dump *dump, const struct week_hours *week)
{
    struct written_week joined = {.counts = {0}}, plain = {.counts = {0}};
    if (!plain_week(dump->work, week, &joined) || !plain_week(dump->work, week, &plain))
        dump->text.failed = true;
    bool is_joined = !dump->text.failed && join_nights(&joined) && reads_back(&joined, week);
    const struct written_week *written = is_joined ? &joined : &plain;
    dump_begin_map(dump, DUMP_BLOCK);
    for (int day = 0; !dump->text.failed && day < DAY_COUNT; day++) {
        uint32_t group = group_of(written, day);
        if (group == 0)
            continue;
        dump_days(dump, group);
        dump_intervals(dump, written->days[day], written->counts[day]);
    }
    dump_end(dump);
}
