/* SPDX-License-Identifier: MIT */
/* Reading and writing small words: choices, lists, instants, durations, "did you mean". */
#include "words.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t find_word(const char *word, size_t length, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++)
        if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
            return i;
    return NO_CHOICE;
}

#define LONGEST_GUESS 64

/* Edits (insert, drop, change, swap neighbours) that turn one word into the other. */
static size_t edit_distance(const char *from, const char *to)
{
    size_t rows = strlen(from), columns = strlen(to);
    static size_t cost[LONGEST_GUESS + 1][LONGEST_GUESS + 1];
    if (rows > LONGEST_GUESS || columns > LONGEST_GUESS)
        return SIZE_MAX;
    for (size_t i = 0; i <= rows; i++) {
        for (size_t j = 0; j <= columns; j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            size_t best = cost[i - 1][j - 1] + (from[i - 1] != to[j - 1]);
            if (cost[i - 1][j] + 1 < best)
                best = cost[i - 1][j] + 1;
            if (cost[i][j - 1] + 1 < best)
                best = cost[i][j - 1] + 1;
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] &&
                cost[i - 2][j - 2] + 1 < best)
                best = cost[i - 2][j - 2] + 1;
            cost[i][j] = best;
        }
    }
    return cost[rows][columns];
}

const char *nearest_word(const char *word, const char *const *words)
{
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; words[i] != NULL; i++) {
        size_t distance = edit_distance(word, words[i]);
        if (distance < least) {
            least = distance;
            nearest = words[i];
        }
    }
    size_t allowed = strlen(word) / 3 + 1;
    return least <= allowed && least < strlen(word) ? nearest : NULL;
}

void join_words(const char *const *words, char *buffer, size_t capacity)
{
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; words[i] != NULL && used < capacity; i++) {
        int written = snprintf(buffer + used, capacity - used, "%s%s", i > 0 ? ", " : "", words[i]);
        if (written < 0)
            return;
        used += (size_t)written;
    }
}

bool next_part(const char **list, sla_text *out_part)
{
    const char *start = *list;
    if (start == NULL)
        return false;
    size_t length = strcspn(start, ",");
    *list = start[length] == ',' ? start + length + 1 : NULL;
    while (length > 0 && isspace((unsigned char)start[0])) {
        start++;
        length--;
    }
    while (length > 0 && isspace((unsigned char)start[length - 1]))
        length--;
    *out_part = (sla_text){start, length};
    return true;
}

sla_status read_seconds(double seconds, sla_time *out_at)
{
    double whole = floor(seconds);
    if (!(whole >= (double)SLA_TIME_MIN && whole <= (double)SLA_TIME_MAX))
        return SLA_ERROR_RANGE;
    *out_at = (sla_time)whole;
    return SLA_OK;
}

/* Digits, with a sign before and a fraction behind: Unix seconds. */
static bool is_number(const char *text, size_t length)
{
    size_t i = 0, digits = 0, points = 0;
    if (length > 0 && text[0] == '-')
        i = 1;
    for (; i < length; i++) {
        if (text[i] >= '0' && text[i] <= '9')
            digits++;
        else if (text[i] == '.' && digits > 0 && points == 0)
            points++;
        else
            return false;
    }
    return digits > 0 && text[length - 1] != '.';
}

sla_status read_instant(const sla_calendar *calendar, const char *text, size_t length,
                        sla_time *out_at)
{
    if (!is_number(text, length))
        return sla_calendar_parse_time(calendar, text, length, out_at);
    char digits[32];
    if (length >= sizeof digits)
        return SLA_ERROR_RANGE;
    memcpy(digits, text, length);
    digits[length] = '\0';
    return read_seconds(strtod(digits, NULL), out_at);
}

const sla_calendar *policy_zone(const sla_policy *policy)
{
    return sla_policy_calendar(policy, "24x7", 4);
}

const char *duration_text(sla_duration seconds, char buffer[DURATION_CAPACITY])
{
    if (seconds == SLA_DURATION_NONE) {
        buffer[0] = '\0';
        return buffer;
    }
    const char *sign = seconds < 0 ? "-" : "";
    uint64_t rest = seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds;
    uint64_t hours = rest / 3600, minutes = rest % 3600 / 60, last = rest % 60;
    size_t used = (size_t)snprintf(buffer, DURATION_CAPACITY, "%s", sign);
    if (hours > 0)
        used += (size_t)snprintf(buffer + used, DURATION_CAPACITY - used, "%" PRIu64 "h", hours);
    if (minutes > 0)
        used += (size_t)snprintf(buffer + used, DURATION_CAPACITY - used, "%" PRIu64 "m", minutes);
    if (last > 0 || rest == 0)
        snprintf(buffer + used, DURATION_CAPACITY - used, "%" PRIu64 "s", last);
    return buffer;
}

const char *time_of_day_text(uint32_t seconds, char buffer[DURATION_CAPACITY])
{
    snprintf(buffer, DURATION_CAPACITY, "%02u:%02u", seconds / 3600 % 100, seconds / 60 % 60);
    return buffer;
}

const char *count_text(uint64_t count, char buffer[DURATION_CAPACITY])
{
    char digits[DURATION_CAPACITY];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, count);
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            buffer[used++] = ',';
        buffer[used++] = digits[i];
    }
    buffer[used] = '\0';
    return buffer;
}

int weekday_index(sla_date date)
{
    /* 1970-01-01 was a Thursday */
    return (int)(((int64_t)date % 7 + 7 + 3) % 7);
}

const char *weekday_name(sla_date date)
{
    static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return names[weekday_index(date)];
}

const char *weekday_time_text(const sla_calendar *calendar, sla_time at,
                              char buffer[WEEKDAY_TIME_CAPACITY])
{
    sla_date date;
    if (sla_calendar_date(calendar, at, &date) != SLA_OK) {
        snprintf(buffer, WEEKDAY_TIME_CAPACITY, "-");
        return buffer;
    }
    snprintf(buffer, WEEKDAY_TIME_CAPACITY, "%s ", weekday_name(date));
    if (sla_calendar_format_time(calendar, at, buffer + 4) < 0)
        snprintf(buffer, WEEKDAY_TIME_CAPACITY, "-");
    return buffer;
}
