/* SPDX-License-Identifier: MIT */
/* Civil dates: the proleptic Gregorian calendar, as days since 1970-01-01. */
#ifndef TIME_CIVIL_H
#define TIME_CIVIL_H

#include <sla/calendar.h>
#include <stdbool.h>

#define SECONDS_PER_DAY 86400
#define SECONDS_PER_WEEK 604800

/* Local dates that instants in range can fall on: one day either side of 1970..2199. */
#define DATE_MIN ((sla_date)-1)
#define DATE_MAX ((sla_date)84006)

static inline bool date_in_range(sla_date date)
{
    return date >= DATE_MIN && date <= DATE_MAX;
}

/* The day since 1970 of local seconds, any of them. */
static inline int64_t floor_day(int64_t local)
{
    int64_t day = local / SECONDS_PER_DAY;
    return local % SECONDS_PER_DAY < 0 ? day - 1 : day;
}

/* The same as a date, and the second of that day, which may be NULL. */
static inline sla_date date_of_local(int64_t local, int32_t *out_second_of_day)
{
    int64_t day = floor_day(local);
    if (out_second_of_day != NULL)
        *out_second_of_day = (int32_t)(local - day * SECONDS_PER_DAY);
    return (sla_date)day;
}

struct civil {
    int32_t year;
    int32_t month; /* 1..12 */
    int32_t day;   /* 1..31 */
};

bool civil_is_valid(int32_t year, int32_t month, int32_t day);
bool civil_is_leap(int32_t year);
int32_t civil_days_in_month(int32_t year, int32_t month);
sla_date civil_to_date(int32_t year, int32_t month, int32_t day); /* valid civil only */
struct civil civil_from_date(sla_date date);

/* 0 = Monday ... 6 = Sunday. */
static inline int weekday_of(sla_date date)
{
    return (int)((((int64_t)date + 3) % 7 + 7) % 7);
}

#endif
