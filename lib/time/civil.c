/* SPDX-License-Identifier: MIT */
/* Civil dates as days since 1970-01-01, and back. */
#include "time/civil.h"

/* Days before each month of a year that begins in March, so that the leap day comes last. */
#define DAYS_IN_400_YEARS 146097
#define DAYS_0000_03_01_TO_1970 719468

bool civil_is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t civil_days_in_month(int32_t year, int32_t month)
{
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && civil_is_leap(year));
}

bool civil_is_valid(int32_t year, int32_t month, int32_t day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= civil_days_in_month(year, month);
}

static int64_t floor_divide(int64_t value, int64_t by)
{
    int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

/* In years that begin on 1 March, the days before month m (0 = March) are (153 m + 2) / 5. */
sla_date civil_to_date(int32_t year, int32_t month, int32_t day)
{
    int64_t march_year = (int64_t)year - (month <= 2);
    int64_t march_month = (month + 9) % 12;
    int64_t era = floor_divide(march_year, 400);
    int64_t year_of_era = march_year - era * 400;
    int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (sla_date)(era * DAYS_IN_400_YEARS + day_of_era - DAYS_0000_03_01_TO_1970);
}

struct civil civil_from_date(sla_date date)
{
    int64_t days = (int64_t)date + DAYS_0000_03_01_TO_1970;
    int64_t era = floor_divide(days, DAYS_IN_400_YEARS);
    int64_t day_of_era = days - era * DAYS_IN_400_YEARS;
    /* Leap days that lie before: every 1,461st day, not every 36,525th, and the era's last. */
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;
    struct civil civil;
    civil.day = (int32_t)(day_of_year - (153 * march_month + 2) / 5 + 1);
    civil.month = (int32_t)(march_month < 10 ? march_month + 3 : march_month - 9);
    civil.year = (int32_t)(era * 400 + year_of_era + (civil.month <= 2));
    return civil;
}

sla_status sla_date_from_civil(int32_t year, int32_t month, int32_t day, sla_date *out_date)
{
    if (out_date == NULL)
        return SLA_ERROR_ARGUMENT;
    if (year < 1969 || year > 2200 || !civil_is_valid(year, month, day))
        return SLA_ERROR_RANGE;
    sla_date date = civil_to_date(year, month, day);
    if (!date_in_range(date))
        return SLA_ERROR_RANGE;
    *out_date = date;
    return SLA_OK;
}

sla_status sla_date_to_civil(sla_date date, int32_t *out_year, int32_t *out_month,
                             int32_t *out_day)
{
    if (out_year == NULL || out_month == NULL || out_day == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!date_in_range(date))
        return SLA_ERROR_RANGE;
    struct civil civil = civil_from_date(date);
    *out_year = civil.year;
    *out_month = civil.month;
    *out_day = civil.day;
    return SLA_OK;
}
