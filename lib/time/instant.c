/* SPDX-License-Identifier: MIT */
/* Instants, dates, times of day and durations as text: RFC 3339 and the policy's short forms. */
#include "time/instant.h"

#include "base/checked.h"
#include "base/text.h"

#define DATE_LENGTH 10u

struct reader {
    const char *at, *end;
};

static struct reader reader_of(sla_text text)
{
    if (text.length == 0)
        return (struct reader){"", ""};
    return (struct reader){text.data, text.data + text.length};
}

static bool at_end(const struct reader *reader)
{
    return reader->at == reader->end;
}

static bool take(struct reader *reader, char wanted)
{
    if (at_end(reader) || *reader->at != wanted)
        return false;
    reader->at++;
    return true;
}

static bool is_digit(const struct reader *reader)
{
    return !at_end(reader) && *reader->at >= '0' && *reader->at <= '9';
}

/* Exactly `digits` digits, at most `max`. */
static bool read_digits(struct reader *reader, int digits, int32_t max, int32_t *out)
{
    int32_t value = 0;
    for (int i = 0; i < digits; i++) {
        if (!is_digit(reader))
            return false;
        value = value * 10 + (*reader->at++ - '0');
    }
    *out = value;
    return value <= max;
}

static bool read_civil(struct reader *reader, struct civil *out)
{
    return read_digits(reader, 4, 9999, &out->year) && take(reader, '-') &&
           read_digits(reader, 2, 12, &out->month) && take(reader, '-') &&
           read_digits(reader, 2, 31, &out->day) &&
           civil_is_valid(out->year, out->month, out->day);
}

/* hh:mm[:ss[.fraction]] up to 23:59:60, as seconds; fractions are passed over. */
static bool read_clock(struct reader *reader, int32_t *out)
{
    int32_t hour;
    int32_t minute;
    int32_t second = 0;
    if (!read_digits(reader, 2, 23, &hour) || !take(reader, ':') ||
        !read_digits(reader, 2, 59, &minute))
        return false;
    if (take(reader, ':')) {
        /* A leap second is the next minute's first: POSIX time has no place for it. */
        if (!read_digits(reader, 2, 60, &second) || (second == 60 && minute != 59))
            return false;
        if (take(reader, '.')) {
            if (!is_digit(reader))
                return false;
            while (is_digit(reader))
                reader->at++;
        }
    }
    *out = hour * 3600 + minute * 60 + second;
    return true;
}

/* Z or +hh:mm or -hh:mm. */
static bool read_offset(struct reader *reader, int32_t *out)
{
    int32_t hours;
    int32_t minutes;
    *out = 0;
    if (take(reader, 'Z') || take(reader, 'z'))
        return true;
    bool negative = take(reader, '-');
    if (!negative && !take(reader, '+'))
        return false;
    if (!read_digits(reader, 2, 23, &hours) || !take(reader, ':') ||
        !read_digits(reader, 2, 59, &minutes))
        return false;
    *out = (hours * 60 + minutes) * (negative ? -60 : 60);
    return true;
}

sla_status instant_parse(sla_text text, const struct zone *zone, sla_time *out_at)
{
    struct reader reader = reader_of(text);
    struct civil civil;
    int32_t second = 0;
    int32_t offset = 0;
    bool has_offset = false;
    if (!read_civil(&reader, &civil))
        return SLA_ERROR_SYNTAX;
    if (!at_end(&reader)) {
        if (!take(&reader, 'T') && !take(&reader, 't') && !take(&reader, ' '))
            return SLA_ERROR_SYNTAX;
        if (!read_clock(&reader, &second))
            return SLA_ERROR_SYNTAX;
        has_offset = !at_end(&reader);
        if (has_offset && (!read_offset(&reader, &offset) || !at_end(&reader)))
            return SLA_ERROR_SYNTAX;
    }
    sla_date date = civil_to_date(civil.year, civil.month, civil.day);
    sla_time at = (int64_t)date * SECONDS_PER_DAY + second - offset;
    if (!has_offset && zone != NULL)
        at = zone_instant(zone, date, second);
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    *out_at = at;
    return SLA_OK;
}

bool instant_has_offset(sla_text text)
{
    for (size_t i = DATE_LENGTH; i < text.length; i++) {
        char c = text.data[i];
        if (c == 'Z' || c == 'z' || c == '+' || c == '-')
            return true;
    }
    return false;
}

static char *write_digits(char *at, int32_t number, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        at[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return at + digits;
}

static char *write_pair(char *at, int32_t first, char between, int32_t second)
{
    at = write_digits(at, first, 2);
    *at++ = between;
    return write_digits(at, second, 2);
}

size_t instant_format(sla_time at, const struct zone *zone, char *buffer)
{
    /* RFC 3339 has no seconds in offsets (Africa/Monrovia 1970 is -00:44:30): the offset is cut to
       whole minutes and the local time goes with it, so that the instant stays right. */
    int32_t minutes = zone == NULL ? 0 : zone_offset_at(zone, at) / 60;
    int32_t second;
    struct civil civil = civil_from_date(date_of_local(at + (int64_t)minutes * 60, &second));
    char *end = write_digits(buffer, civil.year, 4);
    *end++ = '-';
    end = write_pair(end, civil.month, '-', civil.day);
    *end++ = 'T';
    end = write_pair(end, second / 3600, ':', second / 60 % 60);
    *end++ = ':';
    end = write_digits(end, second % 60, 2);
    if (zone == NULL) {
        *end++ = 'Z';
    } else {
        *end++ = minutes < 0 ? '-' : '+';
        minutes = minutes < 0 ? -minutes : minutes;
        end = write_pair(end, minutes / 60, ':', minutes % 60);
    }
    *end = '\0';
    return (size_t)(end - buffer);
}

bool date_parse(sla_text text, sla_date *out_date)
{
    struct reader reader = reader_of(text);
    struct civil civil;
    if (!read_civil(&reader, &civil) || !at_end(&reader))
        return false;
    *out_date = civil_to_date(civil.year, civil.month, civil.day);
    return true;
}

bool month_day_parse(sla_text text, int32_t *out_month, int32_t *out_day)
{
    struct reader reader = reader_of(text);
    int32_t month, day;
    if (!read_digits(&reader, 2, 12, &month) || !take(&reader, '-') ||
        !read_digits(&reader, 2, 31, &day) || !at_end(&reader) ||
        !civil_is_valid(2000, month, day)) /* 02-29 is a day of some years */
        return false;
    *out_month = month;
    *out_day = day;
    return true;
}

bool time_of_day_parse(sla_text text, int32_t *out_seconds)
{
    struct reader reader = reader_of(text);
    int32_t hour;
    int32_t minute;
    int32_t second = 0;
    if (!read_digits(&reader, 2, 24, &hour) || !take(&reader, ':') ||
        !read_digits(&reader, 2, 59, &minute))
        return false;
    if (take(&reader, ':') && !read_digits(&reader, 2, 59, &second))
        return false;
    int32_t seconds = hour * 3600 + minute * 60 + second;
    if (!at_end(&reader) || seconds > SECONDS_PER_DAY)
        return false;
    *out_seconds = seconds;
    return true;
}

sla_status duration_parse(sla_text text, sla_duration *out_duration)
{
    static const struct {
        char letter;
        int32_t seconds;
    } units[] = {{'h', 3600}, {'m', 60}, {'s', 1}};
    struct reader reader = reader_of(text);
    int64_t total = 0;
    bool fits = true;
    size_t unit = 0; /* units must fall, so each comes at most once */
    if (at_end(&reader))
        return SLA_ERROR_SYNTAX;
    while (!at_end(&reader)) {
        int64_t amount = 0;
        if (!is_digit(&reader))
            return SLA_ERROR_SYNTAX;
        while (is_digit(&reader)) {
            fits = fits && !ckd_mul(&amount, amount, 10) &&
                   !ckd_add(&amount, amount, *reader.at - '0');
            reader.at++;
        }
        while (unit < 3 && !take(&reader, units[unit].letter))
            unit++;
        if (unit == 3)
            return SLA_ERROR_SYNTAX;
        fits = fits && !ckd_mul(&amount, amount, units[unit].seconds) &&
               !ckd_add(&total, total, amount);
        unit++;
    }
    if (!fits)
        return SLA_ERROR_RANGE;
    *out_duration = total;
    return SLA_OK;
}
