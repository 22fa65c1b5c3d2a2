/* SPDX-License-Identifier: MIT */
/* D2 in seconds: every "is there", "the last" and "the next" of the rule is a search over them. */
#include "oracle_walk.h"

static int32_t date_at(const struct oracle_walk *walk, int64_t i)
{
    return walk->date[i];
}

static int64_t next_open(const struct oracle_walk *walk, int64_t i)
{
    while (i < WALK_SECONDS && !walk->open[i])
        i++;
    return i;
}

/* The first open second of a date from second `i` on, or WALK_SECONDS. */
static int64_t opening_of(const struct oracle_walk *walk, int32_t date, int64_t i)
{
    int64_t end = oracle_walk_end(walk, date);
    if (i < oracle_walk_begin(walk, date))
        i = oracle_walk_begin(walk, date);
    while (i < end && !(walk->open[i] && date_at(walk, i) == date))
        i++;
    return i < end ? i : WALK_SECONDS;
}

/* The first working day behind a date (C7), up to `last`; far away when there is none. */
static int32_t workday_after(const struct oracle_walk *walk, int32_t date, int32_t last)
{
    while (++date <= last)
        if (opening_of(walk, date, 0) < WALK_SECONDS)
            return date;
    return INT32_MAX;
}

/* T3: the first second that shows the local time, or, where it was skipped, the one so much
   later. */
static int64_t second_of(const struct oracle_walk *walk, int64_t local)
{
    int64_t begin = oracle_walk_begin(walk, oracle_floor_day(local));
    int64_t end = oracle_walk_end(walk, oracle_floor_day(local));
    for (int64_t i = begin; i < end; i++)
        if (walk->local[i] == local)
            return i;
    for (int64_t i = begin + 1; i < end; i++)
        if (walk->local[i - 1] < local && walk->local[i] > local)
            return i - 1 + (local - walk->local[i - 1]);
    return WALK_SECONDS;
}

/* The last closing of a date at or before second `last`; its first opening if there is none. */
static int64_t closing_of(const struct oracle_walk *walk, int32_t date, int64_t last)
{
    if (last > oracle_walk_end(walk, date))
        last = oracle_walk_end(walk, date);
    for (int64_t i = last; i > oracle_walk_begin(walk, date); i--) {
        bool open_before = walk->open[i - 1] && date_at(walk, i - 1) == date;
        bool still = i < WALK_SECONDS && walk->open[i] && date_at(walk, i) == date;
        if (open_before && !still)
            return i;
    }
    return opening_of(walk, date, 0);
}

static int64_t due_on(const struct oracle_walk *walk, const struct oracle_question *question,
                      int32_t date, int64_t time, int64_t s)
{
    if (question->due == SLA_DUE_CLOSE)
        return closing_of(walk, date, WALK_SECONDS - 1);
    if (question->due == SLA_DUE_SAME_TIME && date == date_at(walk, s))
        return s;
    int64_t i = second_of(walk, (int64_t)date * PLAN_DAY + time);
    if (i < WALK_SECONDS && walk->open[i])
        return i;
    return i < WALK_SECONDS ? closing_of(walk, date, i) : i;
}

int64_t oracle_walk_due(const struct oracle_walk *walk, const struct oracle_question *question)
{
    int64_t start = question->at - walk->from;
    int32_t date = date_at(walk, start);
    /* Only the middle days are seen as a whole, with their neighbours. */
    int32_t first = date_at(walk, 0) + 2;
    int32_t last = date_at(walk, WALK_SECONDS - 1) - 3;
    int64_t s = next_open(walk, start);
    if (question->cutoff != SLA_NO_CUTOFF &&
        walk->local[start] - (int64_t)date * PLAN_DAY >= question->cutoff &&
        opening_of(walk, date, start) < WALK_SECONDS) {
        int32_t next = workday_after(walk, date, last);
        if (date < first || next > last)
            return ORACLE_UNKNOWN;
        s = opening_of(walk, next, 0);
    }
    if (s >= WALK_SECONDS)
        return ORACLE_UNKNOWN;
    date = date_at(walk, s);
    int64_t time = question->due == SLA_DUE_TIME
                       ? question->due_time
                       : walk->local[s] - (int64_t)date * PLAN_DAY;
    if (date < first)
        return ORACLE_UNKNOWN;
    for (int64_t n = 0; n < question->with && date <= last; n++)
        date = workday_after(walk, date, last);
    if (date > last)
        return ORACLE_UNKNOWN;
    int64_t due = due_on(walk, question, date, time, s);
    if (due < s) {
        date = workday_after(walk, date, last);
        if (date > last)
            return ORACLE_UNKNOWN;
        due = due_on(walk, question, date, time, s);
    }
    return walk->from + due;
}
