/* SPDX-License-Identifier: MIT */
/* The footer of a TZif file, a POSIX TZ text such as "EST5EDT,M3.2.0,M11.1.0": the rule that holds
 * for ever after the file's last change. */
#include "base/text.h"
#include "time/zone_build.h"

/* Years for which a rule is expanded: one more than asked for on both sides. */
#define FIRST_YEAR 1968
#define LAST_YEAR 2201
#define EVENT_COUNT (2 * (LAST_YEAR - FIRST_YEAR + 1))

struct reader {
    const char *at, *end;
};

static bool take(struct reader *reader, char wanted)
{
    if (reader->at == reader->end || *reader->at != wanted)
        return false;
    reader->at++;
    return true;
}

static bool is_digit(const struct reader *reader)
{
    return reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9';
}

static bool read_number(struct reader *reader, int32_t min, int32_t max, int32_t *out)
{
    int32_t value = 0;
    if (!is_digit(reader))
        return false;
    while (is_digit(reader)) {
        value = value * 10 + (*reader->at++ - '0');
        if (value > max)
            return false;
    }
    *out = value;
    return value >= min;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* An abbreviation: three letters or more, or anything of letters, digits and signs in <>. */
static bool skip_abbreviation(struct reader *reader)
{
    bool quoted = take(reader, '<');
    const char *begin = reader->at;
    while (reader->at < reader->end &&
           (is_letter(*reader->at) ||
            (quoted && (is_digit(reader) || *reader->at == '+' || *reader->at == '-'))))
        reader->at++;
    if (reader->at - begin < 3 || reader->at - begin > ABBREVIATION_MAX)
        return false;
    return !quoted || take(reader, '>');
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool read_time(struct reader *reader, int32_t max_hours, int32_t *out)
{
    int32_t hours;
    int32_t minutes = 0;
    int32_t seconds = 0;
    bool negative = take(reader, '-');
    if (!negative)
        (void)take(reader, '+');
    if (!read_number(reader, 0, max_hours, &hours))
        return false;
    if (take(reader, ':')) {
        if (!read_number(reader, 0, 59, &minutes))
            return false;
        if (take(reader, ':') && !read_number(reader, 0, 59, &seconds))
            return false;
    }
    int32_t value = hours * 3600 + minutes * 60 + seconds;
    *out = negative ? -value : value;
    return true;
}

static bool read_rule(struct reader *reader, struct posix_rule *rule)
{
    *rule = (struct posix_rule){.second = 2 * 3600};
    bool read;
    if (take(reader, 'M')) {
        rule->type = POSIX_RULE_MONTH;
        read = read_number(reader, 1, 12, &rule->month) && take(reader, '.') &&
               read_number(reader, 1, 5, &rule->week) && take(reader, '.') &&
               read_number(reader, 0, 6, &rule->weekday);
    } else if (take(reader, 'J')) {
        rule->type = POSIX_RULE_JULIAN;
        read = read_number(reader, 1, 365, &rule->day);
    } else {
        rule->type = POSIX_RULE_DAY;
        read = read_number(reader, 0, 365, &rule->day);
    }
    return read && (!take(reader, '/') || read_time(reader, 167, &rule->second));
}

bool posix_tz_parse(sla_text text, struct posix_tz *out_tz)
{
    if (text.length == 0)
        return false;
    struct reader reader = {text.data, text.data + text.length};
    struct posix_tz tz = {.has_dst = false};
    int32_t west;
    if (!skip_abbreviation(&reader) || !read_time(&reader, 24, &west))
        return false;
    tz.standard_offset = -west; /* POSIX counts westwards */
    if (reader.at < reader.end) {
        tz.has_dst = true;
        tz.dst_offset = tz.standard_offset + 3600;
        if (!skip_abbreviation(&reader))
            return false;
        if (reader.at < reader.end && *reader.at != ',') {
            if (!read_time(&reader, 24, &west))
                return false;
            tz.dst_offset = -west;
        }
        if (!take(&reader, ',') || !read_rule(&reader, &tz.dst_start) || !take(&reader, ',') ||
            !read_rule(&reader, &tz.dst_end))
            return false;
    }
    if (reader.at != reader.end)
        return false;
    *out_tz = tz;
    return true;
}

/* The rule's instant in a year, where clocks show `offset` until then. */
static sla_time rule_instant(const struct posix_rule *rule, int32_t year, int32_t offset)
{
    int64_t date;
    if (rule->type == POSIX_RULE_MONTH) {
        sla_date first = civil_to_date(year, rule->month, 1);
        int32_t monday_based = (rule->weekday + 6) % 7;
        int32_t day = (monday_based - weekday_of(first) + 7) % 7 + 7 * (rule->week - 1);
        if (day >= civil_days_in_month(year, rule->month))
            day -= 7; /* week 5 is the last one, be it the fourth */
        date = first + day;
    } else if (rule->type == POSIX_RULE_JULIAN) {
        bool behind_leap_day = civil_is_leap(year) && rule->day >= 60;
        date = civil_to_date(year, 1, 1) + rule->day - 1 + behind_leap_day;
    } else {
        date = civil_to_date(year, 1, 1) + rule->day;
    }
    return date * SECONDS_PER_DAY + rule->second - offset;
}

/* All changes of the expanded years, in order. Rules may reach into the next year, so they are
   sorted; of two at one instant the one of the later year stays behind. */
static void list_events(const struct posix_tz *tz, struct zone_change events[EVENT_COUNT])
{
    size_t count = 0;
    for (int32_t year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        struct zone_change both[2] = {
            {rule_instant(&tz->dst_start, year, tz->standard_offset), tz->dst_offset, 1},
            {rule_instant(&tz->dst_end, year, tz->dst_offset), tz->standard_offset, 0},
        };
        for (size_t i = 0; i < 2; i++) {
            size_t place = count++;
            for (; place > 0 && events[place - 1].at > both[i].at; place--)
                events[place] = events[place - 1];
            events[place] = both[i];
        }
    }
}

bool posix_tz_expand(const struct posix_tz *tz, sla_time after, struct zone_builder *builder)
{
    struct zone_change state = {after, tz->standard_offset, 0};
    if (!tz->has_dst || after == ZONE_ALWAYS) {
        if (!zone_builder_add(builder, state))
            return false;
    }
    if (!tz->has_dst)
        return true;
    /* The footer tells changes: until its first one the file's last type stays in force, even where
       the rule would have it otherwise. zic 2022 wrote slim files of that kind: America/Ojinaga
       left DST on 2022-10-30 and took over a rule by which it would have lasted a week longer. */
    struct zone_change events[EVENT_COUNT];
    list_events(tz, events);
    for (size_t i = 0; i < EVENT_COUNT; i++) {
        if (events[i].at > after && !zone_builder_add(builder, events[i]))
            return false;
    }
    return true;
}
