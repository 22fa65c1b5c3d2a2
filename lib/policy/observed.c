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
    for (uint32_t word = 0; word <= TAKEN_WORDS; word++)
        taken->next[0][word] = taken->next[1][word] = (uint16_t)word;
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

static uint64_t free_days_of(const struct taken *taken, uint32_t word, bool weekdays)
{
    uint64_t free_days = ~taken->bits[word];
    if (weekdays)
        free_days &= ~taken->weekends[weekday_of((sla_date)word * 64 + DATE_MIN)];
    return free_days;
}

/* The first word from `word` on that has a free day, TAKEN_WORDS if none has; full ones are passed
   by for good. */
static uint32_t next_word(struct taken *taken, uint32_t word, bool weekdays)
{
    uint16_t *next = taken->next[weekdays];
    for (;;) {
        while (next[word] != word) {
            next[word] = next[next[word]];
            word = next[word];
        }
        if (word == TAKEN_WORDS || free_days_of(taken, word, weekdays) != 0)
            return word;
        next[word] = (uint16_t)(word + 1);
    }
}

/* The first date from `date` on that is not taken, and no weekend if `weekdays`; behind the last
   date if there is none. */
static sla_date first_free(struct taken *taken, sla_date date, bool weekdays)
{
    uint32_t first = (uint32_t)(date - DATE_MIN);
    uint32_t word = first / 64;
    uint64_t free_days = free_days_of(taken, word, weekdays) & UINT64_MAX << first % 64;
    if (free_days == 0) {
        word = next_word(taken, word + 1, weekdays);
        if (word == TAKEN_WORDS)
            return DATE_MAX + 1;
        free_days = free_days_of(taken, word, weekdays);
    }
    sla_date bit = 0;
    while ((free_days >> bit & 1) == 0)
        bit++;
    return (sla_date)word * 64 + bit + DATE_MIN;
}

bool observed_on(uint32_t observed, sla_date date, struct taken *taken, sla_date *out)
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
    return date_in_range(*out);
}
