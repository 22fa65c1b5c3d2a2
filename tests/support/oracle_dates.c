/* SPDX-License-Identifier: MIT */
/* Dates by counting, and the dates that rows of a policy speak of. */
#include "oracle_dates.h"

static struct oracle_date dates[ORACLE_DATES];
static int32_t new_years[2202 - 1969]; /* the dates of 01-01, from 1969 on */

static int32_t days_in(int32_t year, int32_t month)
{
    static const int32_t usual[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    return usual[month - 1] + (month == 2 && leap);
}

/* Counts up from 1968-12-31, a Tuesday, which is 366 days before 1970-01-01. */
static void count_dates(void)
{
    struct oracle_date at = {1968, 12, 31, 1};
    for (int32_t i = 0; i < ORACLE_DATES; i++) {
        dates[i] = at;
        if (at.month == 1 && at.day == 1)
            new_years[at.year - 1969] = i + ORACLE_FIRST;
        at.weekday = (at.weekday + 1) % 7;
        if (++at.day > days_in(at.year, at.month)) {
            at.day = 1;
            at.month = at.month % 12 + 1;
            at.year += at.month == 1;
        }
    }
}

const struct oracle_date *oracle_date(int32_t date)
{
    if (dates[0].year == 0)
        count_dates();
    return &dates[date - ORACLE_FIRST];
}

int32_t oracle_weekday(int32_t date)
{
    return oracle_date(date)->weekday;
}

int32_t oracle_date_of(int32_t year, int32_t month, int32_t day)
{
    oracle_date(0);
    if (year < 1969 || year > 2200 || day > days_in(year, month))
        return ORACLE_FIRST - 1;
    int32_t date = new_years[year - 1969] + day - 1;
    for (int32_t before = 1; before < month; before++)
        date += days_in(year, before);
    return date;
}

/* Easter Sunday by golden number and epact (Lilius and Clavius, 1582). */
static int32_t easter_of(int32_t year)
{
    int32_t golden = year % 19 + 1;
    int32_t century = year / 100 + 1;
    int32_t dropped = 3 * century / 4 - 12; /* leap years left out, for the sun */
    int32_t moon = (8 * century + 5) / 25 - 5;
    int32_t epact = (11 * golden + 20 + moon - dropped) % 30;
    if ((epact == 25 && golden > 11) || epact == 24)
        epact++;
    int32_t full = 44 - epact; /* the full moon, as a day of March */
    if (full < 21)
        full += 30;
    int32_t date = oracle_date_of(year, 3, 1) + full - 1;
    do /* the Sunday after it */
        date++;
    while (oracle_weekday(date) != 6);
    return date;
}

static int32_t nth_of(const struct plan_when *when, int32_t year)
{
    int32_t first = oracle_date_of(year, when->month, 1);
    int32_t seen = 0;
    int32_t found = ORACLE_FIRST - 1;
    for (int32_t day = 0; day < days_in(year, when->month); day++) {
        if (oracle_weekday(first + day) != when->weekday)
            continue;
        if (++seen == when->nth || when->nth < 0)
            found = first + day;
    }
    return found;
}

/* The first and last date of a row in a year; false: it has none. */
static bool dates_in(const struct plan_when *when, int32_t year, int32_t *from, int32_t *to)
{
    if (year < when->since || (when->until != 0 && year > when->until) || year == when->except)
        return false;
    if (when->form == PLAN_NTH)
        *from = nth_of(when, year);
    else if (when->form == PLAN_EASTER)
        *from = easter_of(year) + when->offset;
    else
        *from = oracle_date_of(year, when->month, when->day);
    *to = *from;
    if (*from < ORACLE_FIRST)
        return false;
    if (when->to_month != 0) {
        bool next = when->to_month < when->month ||
                    (when->to_month == when->month && when->to_day < when->day);
        *to = oracle_date_of(year + next, when->to_month, when->to_day);
        if (*to < ORACLE_FIRST)
            *to = ORACLE_LAST; /* behind the last year */
    }
    return true;
}

static void mark(int16_t *marks, int32_t date, int32_t row)
{
    if (date >= ORACLE_FIRST && date <= ORACLE_LAST && marks[date - ORACLE_FIRST] < 0)
        marks[date - ORACLE_FIRST] = (int16_t)row;
}

static bool is_free(const int16_t *marks, const int16_t *taken, int32_t date)
{
    return marks[date - ORACLE_FIRST] < 0 && (taken == NULL || taken[date - ORACLE_FIRST] < 0);
}

/* Where the free day of a date goes; the date itself: nowhere. */
static int32_t substitute_of(const int16_t *marks, const int16_t *taken, int32_t date,
                             int32_t observed)
{
    int32_t weekday = oracle_weekday(date);
    bool weekend = weekday >= 5;
    int32_t at = date;
    switch (observed) {
    case PLAN_NEAREST_WEEKDAY:
        return weekday == 5 ? date - 1 : weekday == 6 ? date + 1 : date;
    case PLAN_NEXT_WEEKDAY:
        return weekend ? date + 7 - weekday : date;
    case PLAN_NEXT_FREE_WEEKDAY:
        while (weekend && at < ORACLE_LAST &&
               (oracle_weekday(at) >= 5 || !is_free(marks, taken, at)))
            at++;
        return at;
    case PLAN_SUNDAY_TO_MONDAY:
        return weekday == 6 ? date + 1 : date;
    case PLAN_SUNDAY_TO_NEXT_FREE_DAY:
        while (weekday == 6 && at < ORACLE_LAST && !is_free(marks, taken, at))
            at++;
        return at;
    default:
        return date;
    }
}

/* 1969-12-31, which some clocks show at an instant of 1970..2199: earlier days are not moved. */
#define FIRST_SHOWN (-1)

void oracle_mark(int16_t *marks, int32_t count,
                 const struct plan_when *(*when)(const void *rows, int32_t i), const void *rows,
                 const int16_t *taken)
{
    int32_t from, to;
    for (int32_t i = 0; i < ORACLE_DATES; i++)
        marks[i] = -1;
    for (int32_t i = 0; i < count; i++) {
        const struct plan_when *row = when(rows, i);
        if (row->form == PLAN_DATE) {
            for (int32_t date = row->date; date <= row->to; date++)
                mark(marks, date, i);
            continue;
        }
        for (int32_t year = 1969; year <= 2200; year++) {
            if (dates_in(row, year, &from, &to))
                for (int32_t date = from; date <= to; date++)
                    mark(marks, date, i);
        }
    }
    for (int32_t i = 0; i < count; i++) {
        const struct plan_when *row = when(rows, i);
        for (int32_t year = 1969; row->observed != PLAN_AS_IS && year <= 2200; year++) {
            if (dates_in(row, year, &from, &to))
                for (int32_t date = from < FIRST_SHOWN ? FIRST_SHOWN : from; date <= to; date++)
                    mark(marks, substitute_of(marks, taken, date, row->observed), i);
        }
    }
}
