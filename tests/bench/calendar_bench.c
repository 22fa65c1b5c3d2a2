/* SPDX-License-Identifier: MIT */
/* Rules for the benchmarks of calendars. */
#include "calendar_bench.h"

#include "base/text.h"

#include <string.h>
#include <time.h>

volatile int64_t bench_sink;

double bench_now(void)
{
    struct timespec time;
    timespec_get(&time, TIME_UTC);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

void bench_rules_make(struct bench_rules *made, const struct zone *zone, unsigned variant)
{
    /* Roughly where the American holidays fall: ten Mondays to Fridays over the year. */
    static const struct {
        int32_t month, day;
    } places[10] = {{1, 1}, {1, 19}, {2, 16}, {5, 25}, {6, 19}, {7, 4}, {9, 7}, {11, 11}, {11, 26},
                    {12, 25}};
    memset(made, 0, sizeof *made);
    made->rules.name = TEXT("office");
    made->rules.zone = zone;
    int32_t later = (int32_t)(variant % 16) * 900;
    made->hours[0] = (struct interval){9 * HOUR - later, 12 * HOUR};
    made->hours[1] = (struct interval){13 * HOUR, 18 * HOUR + later};
    for (int day = 0; day < 5; day++)
        made->rules.week.days[day] = (struct intervals){made->hours, 2};
    made->rules.exceptions = made->holidays;
    for (int32_t year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
        for (size_t i = 0; i < 10; i++) {
            sla_date date = civil_to_date(year, places[i].month, places[i].day);
            date += (sla_date)(variant / 16 % 64);
            while (weekday_of(date) > 4)
                date++;
            made->holidays[made->rules.exception_count++] = (struct date_exception){
                .date = date, .kind = EXCEPTION_HOLIDAY, .open_until = -1, .name = TEXT("holiday")};
        }
    }
}
