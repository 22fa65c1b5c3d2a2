/* SPDX-License-Identifier: MIT */
/* Which date a day of the year is in a year. */
#include "policy/year_day.h"

/* Easter Sunday is the first Sunday after the first full moon from 21 March on. Both are the
   church's: the moon of tables whose year is known by its place in 19 years (the golden number) and
   by its age on 1 January (the epact). The Gregorian tables leave out a leap day in three centuries
   out of four, and move the moon by eight days in 25 centuries. */
static sla_date easter_sunday(int32_t year)
{
    int32_t golden = year % 19 + 1, century = year / 100 + 1;
    int32_t leap_days_left_out = 3 * century / 4 - 12;
    int32_t moon_moved = (8 * century + 5) / 25 - 5;
    int32_t epact = (11 * golden + 20 + moon_moved - leap_days_left_out) % 30;
    /* Two moons of one year must not have the same date: 29 days are made of some that are 30. */
    if ((epact == 25 && golden > 11) || epact == 24)
        epact++;
    sla_date moon = civil_to_date(year, 3, 1) + 43 - epact; /* 44 - epact March */
    if (epact > 23)
        moon += 30; /* it was before the 21st: the next one */
    return moon + 7 - (weekday_of(moon) + 1) % 7;
}

static bool nth_in(const struct year_day *day, int32_t year, sla_date *out)
{
    sla_date first = civil_to_date(year, day->month, 1);
    int32_t days = civil_days_in_month(year, day->month);
    int32_t offset = (day->weekday - weekday_of(first) + 7) % 7;
    if (day->form == YEAR_DAY_LAST)
        offset += (days - 1 - offset) / 7 * 7;
    else
        offset += (day->day - 1) * 7;
    *out = first + offset;
    return offset < days;
}

bool year_day_in(const struct year_day *day, int32_t year, sla_date *out)
{
    sla_date date;
    switch (day->form) {
    case YEAR_DAY_EASTER:
        date = easter_sunday(year);
        break;
    case YEAR_DAY_NTH:
    case YEAR_DAY_LAST:
        if (!nth_in(day, year, &date))
            return false;
        break;
    default:
        if (!civil_is_valid(year, day->month, day->day))
            return false;
        date = civil_to_date(year, day->month, day->day) + day->shift;
        if (day->form == YEAR_DAY_FROM)
            date += (day->weekday - weekday_of(date) + 7) % 7;
        else if (day->form == YEAR_DAY_UP_TO)
            date -= (weekday_of(date) - day->weekday + 7) % 7;
        break;
    }
    *out = date + day->offset;
    return true;
}
