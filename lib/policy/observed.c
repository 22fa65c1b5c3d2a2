/* SPDX-License-Identifier: MIT */
/* On which date a day that falls on a weekend is observed. Weekdays are Monday to Friday. */
#include "policy/observed.h"

#define SATURDAY 5
#define SUNDAY 6

void taken_init(struct taken *taken)
{
    for (int first = 0; first < 7; first++)
        for (int i = 0; i < 64; i++)
            if ((first + i) % 7 >= SATURDAY)
                taken->weekends[first] |= UINT64_C(1) << i;
}

bool observed_needs_taken(uint32_t observed)
{
    return observed == OBSERVED_NEXT_FREE_WEEKDAY || observed == OBSERVED_SUNDAY_TO_NEXT_FREE_DAY;
}

static bool moves(uint32_t observed, sla_date date)
{
    int weekday = weekday_of(date);
    switch (observed) {
    case OBSERVED_NEAREST_WEEKDAY:
    case OBSERVED_NEXT_WEEKDAY:
    case OBSERVED_NEXT_FREE_WEEKDAY:
        return weekday >= SATURDAY;
    case OBSERVED_SUNDAY_TO_MONDAY:
    case OBSERVED_SUNDAY_TO_NEXT_FREE_DAY:
        return weekday == SUNDAY;
    default:
        return false;
    }
}

size_t observed_count(uint32_t observed, sla_date from, sla_date to)
{
    size_t count = 0;
    for (sla_date date = from; date <= to; date++)
        count += moves(observed, date);
    return count;
}

/* The first date from `date` on that is not taken, and no weekend if `weekdays`; behind the last
   date if there is none. */
static sla_date first_free(const struct taken *taken, sla_date date, bool weekdays)
{
    sla_date first = date - DATE_MIN;
    for (sla_date word = first / 64; word < TAKEN_WORDS; word++) {
        uint64_t free_days = ~taken->bits[word];
        if (weekdays)
            free_days &= ~taken->weekends[weekday_of(word * 64 + DATE_MIN)];
        if (word == first / 64)
            free_days &= UINT64_MAX << first % 64;
        for (sla_date i = 0; free_days != 0 && i < 64; i++)
            if ((free_days >> i & 1) != 0)
                return word * 64 + i + DATE_MIN;
    }
    return DATE_MAX + 1;
}

bool observed_on(uint32_t observed, sla_date date, const struct taken *taken, sla_date *out)
{
    if (!moves(observed, date))
        return false;
    sla_date monday = date + 7 - weekday_of(date);
    switch (observed) {
    case OBSERVED_NEAREST_WEEKDAY:
        *out = weekday_of(date) == SATURDAY ? date - 1 : monday;
        break;
    case OBSERVED_NEXT_FREE_WEEKDAY:
        *out = first_free(taken, date, true);
        break;
    case OBSERVED_SUNDAY_TO_NEXT_FREE_DAY:
        *out = first_free(taken, date, false);
        break;
    default:
        *out = monday;
        break;
    }
    return *out >= DATE_MIN && *out <= DATE_MAX;
}
