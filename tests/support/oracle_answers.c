/* SPDX-License-Identifier: MIT */
/* The answers of the oracle of days: targets (D1 to D3), single days (C7), holiday data (C10). */
#include "oracle_days.h"

static int64_t in_range(int64_t at)
{
    return oracle_in_range(at) ? at : ORACLE_RANGE;
}

static bool is_open(const struct oracle_days *days, int64_t at)
{
    size_t i = line_find(&days->open, at);
    return i < days->open.count && days->open.items[i].from <= at;
}

static bool is_workday(const struct oracle_days *days, int32_t date)
{
    return days->workdays[date - ORACLE_FIRST + 1] > days->workdays[date - ORACLE_FIRST];
}

int32_t oracle_workday_after(const struct oracle_days *days, int32_t date)
{
    do
        date++;
    while (date <= ORACLE_LAST && !is_workday(days, date));
    return date;
}

/* Its last closing at or before `at`; its first opening if there is none. */
static int64_t closing_of(const struct oracle_days *days, int32_t date, int64_t at)
{
    struct line_stretch stretches[ORACLE_STRETCHES];
    int32_t count = oracle_stretches(days, date, stretches);
    int64_t found = stretches[0].from;
    for (int32_t i = 0; i < count; i++)
        if (stretches[i].to <= at)
            found = stretches[i].to;
    return found;
}

/* On day 0 the time of day of s is s itself, in the second pass of a repeated hour too. */
static int64_t due_on(const struct oracle_days *days, const struct oracle_question *question,
                      int32_t date, int64_t time, int64_t s)
{
    if (question->due == SLA_DUE_CLOSE)
        return closing_of(days, date, INT64_MAX);
    if (question->due == SLA_DUE_SAME_TIME && date == oracle_local_date(days->clock, s))
        return s;
    int64_t at = oracle_instant(days->clock, (int64_t)date * PLAN_DAY + time);
    return is_open(days, at) ? at : closing_of(days, date, at);
}

/* D2: where counting begins. */
static int64_t start_of(const struct oracle_days *days, const struct oracle_question *question)
{
    int64_t local = oracle_local(days->clock, question->at);
    int32_t date = oracle_floor_day(local);
    struct line_stretch stretches[ORACLE_STRETCHES];
    int32_t count = oracle_stretches(days, date, stretches);
    if (question->cutoff == SLA_NO_CUTOFF || count == 0 ||
        local - (int64_t)date * PLAN_DAY < question->cutoff ||
        stretches[count - 1].to <= question->at)
        return oracle_days_next_open(days, question->at);
    int32_t next = oracle_workday_after(days, date);
    if (next > ORACLE_LAST)
        return ORACLE_RANGE;
    oracle_stretches(days, next, stretches);
    return in_range(stretches[0].from);
}

static int64_t due_in_workdays(const struct oracle_days *days,
                               const struct oracle_question *question)
{
    int64_t s = start_of(days, question);
    if (s == ORACLE_RANGE)
        return ORACLE_RANGE;
    int64_t local = oracle_local(days->clock, s);
    int32_t date = oracle_floor_day(local);
    int64_t time = question->due == SLA_DUE_TIME ? question->due_time
                                                 : local - (int64_t)date * PLAN_DAY;
    for (int64_t n = 0; n < question->with && date <= ORACLE_LAST; n++)
        date = oracle_workday_after(days, date);
    if (date > ORACLE_LAST)
        return ORACLE_RANGE;
    int64_t due = due_on(days, question, date, time, s);
    if (due < s) {
        date = oracle_workday_after(days, date);
        if (date > ORACLE_LAST)
            return ORACLE_RANGE;
        due = due_on(days, question, date, time, s);
    }
    return in_range(due);
}

/* D3: the wall clock, on a calendar that is always open. */
static int64_t due_in_days(const struct oracle_days *days, const struct oracle_question *question)
{
    if (days->open.count != 1 || days->open.items[0].from > SLA_TIME_MIN ||
        days->open.items[0].to <= SLA_TIME_MAX)
        return ORACLE_ARGUMENT;
    int64_t local = oracle_local(days->clock, question->at);
    if (question->with == 0)
        return question->at;
    if (question->with > ORACLE_LAST)
        return ORACLE_RANGE;
    return in_range(oracle_instant(days->clock, local + question->with * PLAN_DAY));
}

/* C6: a sum that ends at a closing is due at the next opening. */
static int64_t roll(const struct oracle_days *days, int64_t at)
{
    bool at_closing = at != ORACLE_RANGE && !is_open(days, at) && is_open(days, at - 1);
    return days->rolls && at_closing ? oracle_days_next_open(days, at) : at;
}

int64_t oracle_days_due(const struct oracle_days *days, const struct oracle_question *question)
{
    if (question->unit == SLA_UNIT_SECONDS)
        return roll(days, oracle_days_add(days, question->at, question->with));
    return question->unit == SLA_UNIT_WORKDAYS ? due_in_workdays(days, question)
                                               : due_in_days(days, question);
}

static int64_t kind_of(const struct oracle_days *days, int32_t date)
{
    if (days->is_algebra)
        return ORACLE_UNKNOWN;
    struct oracle_day day;
    struct line_stretch pieces[ORACLE_PIECES];
    int32_t count = oracle_pieces(days->clock, date, pieces);
    oracle_day_of(&days->rules, date, &day);
    for (int32_t i = 0; i < days->rules.closure_count; i++)
        if (count == 0 || (days->rules.closures[i].from < pieces[count - 1].to &&
                           days->rules.closures[i].to > pieces[0].from))
            return ORACLE_UNKNOWN; /* its kind may be the closure */
    return day.kind;
}

static int64_t part_of_day(const struct oracle_days *days, int32_t date, int64_t part)
{
    struct line_stretch pieces[ORACLE_PIECES];
    struct line_stretch stretches[ORACLE_STRETCHES];
    int32_t piece_count = oracle_pieces(days->clock, date, pieces);
    int32_t count = oracle_stretches(days, date, stretches);
    int64_t open = 0, length = 0;
    for (int32_t i = 0; i < piece_count; i++)
        length += pieces[i].to - pieces[i].from;
    for (int32_t i = 0; i < count; i++)
        open += stretches[i].to - stretches[i].from;
    /* A date that the clocks went back to, over midnight, is not told in one piece. */
    switch (part) {
    case ASK_DAY_OPEN:
        return open;
    case ASK_DAY_COUNT:
        return count;
    case ASK_DAY_LENGTH:
        return piece_count > 1 ? ORACLE_UNKNOWN : length;
    case ASK_DAY_START:
        return piece_count == 0 ? ORACLE_UNKNOWN : pieces[0].from;
    case ASK_DAY_KIND:
        return kind_of(days, date);
    default:
        break;
    }
    int64_t k = (part - ASK_DAY_STRETCH) / 2;
    if (k >= count || count > 32)
        return ORACLE_UNKNOWN;
    return (part - ASK_DAY_STRETCH) % 2 == 0 ? stretches[k].from : stretches[k].to;
}

static bool is_provisional(const struct oracle_days *days, int64_t at)
{
    for (int32_t i = 0; i < days->through_count; i++)
        if (oracle_local_date(days->through[i].clock, at) > days->through[i].date)
            return true;
    return false;
}

/* Dates of which every instant is in range. */
static bool is_whole(int64_t date)
{
    return date >= 2 && date <= 84003;
}

static int64_t add_workdays(const struct oracle_days *days, int32_t date, int64_t n)
{
    for (; n > 0 && date <= 84003; n--)
        date = oracle_workday_after(days, date);
    for (; n < 0 && date >= 2; n++)
        do
            date--;
        while (date >= 2 && !is_workday(days, date));
    return is_whole(date) ? date : ORACLE_UNKNOWN;
}

/* Questions about dates: `with` is a part, nothing, another date, or a number. */
static int64_t of_date(const struct oracle_days *days, const struct oracle_question *question)
{
    int32_t date = (int32_t)question->at;
    if (!is_whole(date))
        return ORACLE_UNKNOWN; /* a part of it lies outside of 1970..2199 */
    if (question->ask == ASK_DAY)
        return part_of_day(days, date, question->with);
    if (question->ask == ASK_IS_WORKDAY)
        return is_workday(days, date);
    if (question->ask == ASK_ADD_WORKDAYS)
        return add_workdays(days, date, question->with);
    if (!is_whole(question->with))
        return ORACLE_UNKNOWN;
    return days->workdays[question->with - ORACLE_FIRST] - days->workdays[date - ORACLE_FIRST];
}

int64_t oracle_days_answer(const struct oracle_days *days, const struct oracle_question *question)
{
    const struct line *open = &days->open;
    int64_t at = question->at;
    if (oracle_asks_date(question))
        return of_date(days, question);
    if (question->ask == ASK_PROVISIONAL)
        return oracle_in_range(at) ? is_provisional(days, at) : ORACLE_UNKNOWN;
    if (!oracle_in_range(at) ||
        (question->ask == ASK_ELAPSED && !oracle_in_range(question->with)))
        return ORACLE_RANGE;
    switch (question->ask) {
    case ASK_ELAPSED:
        return line_before(open, question->with) - line_before(open, at);
    case ASK_ADD:
        return oracle_days_add(days, at, question->with);
    case ASK_IS_OPEN:
        return is_open(days, at);
    case ASK_NEXT_OPEN:
        return oracle_days_next_open(days, at);
    case ASK_NEXT_CLOSE: {
        size_t i = line_find(open, at);
        return in_range(is_open(days, at) ? open->items[i].to : at);
    }
    case ASK_DUE:
        return oracle_days_due(days, question);
    default:
        return ORACLE_UNKNOWN;
    }
}
