/* SPDX-License-Identifier: MIT */
/* The walk over every second. */
#include "oracle_walk.h"

#include <stdlib.h>

static void *take(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        exit(2);
    return memory;
}

static bool is_in(const struct oracle_day *day, int64_t second)
{
    for (int32_t i = 0; i < day->count; i++)
        if (second >= day->spans[i].open && second < day->spans[i].close)
            return true;
    return false;
}

static void walk_hours(const struct plan *plan, const struct wall_clocks *clocks, int32_t index,
                       int64_t from, uint8_t *open)
{
    struct oracle_rules rules;
    oracle_rules_make(&rules, plan, index, clocks);
    const struct wall_clock *clock = rules.clock;
    size_t change = wall_change_at(clock, from);
    struct oracle_day day = {ORACLE_REGULAR, {{0, 0}}, 0};
    int64_t known = INT64_MIN; /* the date that `day` is of */
    for (int64_t i = 0; i < WALK_SECONDS; i++) {
        int64_t at = from + i;
        while (change + 1 < clock->count && clock->changes[change + 1].at <= at)
            change++;
        int64_t local = at + clock->changes[change].offset;
        int32_t date = oracle_floor_day(local);
        if (date != known)
            oracle_day_of(&rules, date, &day);
        known = date;
        open[i] = is_in(&day, local - (int64_t)date * PLAN_DAY);
        for (int32_t k = 0; k < rules.closure_count; k++)
            if (at >= rules.closures[k].from && at < rules.closures[k].to)
                open[i] = 0;
    }
    oracle_rules_free(&rules);
}

/* C9, second by second. */
static void walk_calendar(const struct plan *plan, const struct wall_clocks *clocks, int32_t index,
                          int64_t from, uint8_t *open)
{
    if (index == PLAN_ROUND_THE_CLOCK) {
        memset(open, 1, WALK_SECONDS);
        return;
    }
    const struct plan_calendar *calendar = &plan->calendars[index];
    if (calendar->algebra == PLAN_HOURS) {
        walk_hours(plan, clocks, index, from, open);
        return;
    }
    uint8_t *member = take(WALK_SECONDS, 1);
    memset(open, calendar->algebra == PLAN_ALL_OF, WALK_SECONDS);
    for (int32_t k = 0; k < calendar->member_count; k++) {
        walk_calendar(plan, clocks, calendar->members[k], from, member);
        for (int64_t i = 0; i < WALK_SECONDS; i++)
            open[i] = calendar->algebra == PLAN_ALL_OF ? open[i] && member[i]
                                                       : open[i] || member[i];
    }
    for (int64_t i = 0; calendar->algebra == PLAN_NONE_OF && i < WALK_SECONDS; i++)
        open[i] = !open[i];
    free(member);
}

void oracle_walk_make(struct oracle_walk *walk, const struct plan *plan,
                      const struct wall_clocks *clocks, int32_t index, int64_t from)
{
    const struct wall_clock *clock = oracle_clock(clocks, plan_resolve(plan, index).zone);
    walk->from = from;
    walk->rolls = plan->rolls;
    walk->open = take(WALK_SECONDS, 1);
    walk->before = take(WALK_SECONDS + 1, sizeof *walk->before);
    walk->local = take(WALK_SECONDS, sizeof *walk->local);
    walk->date = take(WALK_SECONDS, sizeof *walk->date);
    walk_calendar(plan, clocks, index, from, walk->open);
    size_t change = wall_change_at(clock, from);
    for (int64_t i = 0; i < WALK_SECONDS; i++) {
        while (change + 1 < clock->count && clock->changes[change + 1].at <= from + i)
            change++;
        walk->local[i] = from + i + clock->changes[change].offset;
        walk->date[i] = oracle_floor_day(walk->local[i]);
        walk->before[i + 1] = walk->before[i] + walk->open[i];
    }
}

void oracle_walk_free(struct oracle_walk *walk)
{
    free(walk->open);
    free(walk->before);
    free(walk->local);
    free(walk->date);
}

/* No place's clocks were ever moved by more than a day. */
static int64_t in_walk(int64_t i)
{
    return i < 0 ? 0 : i > WALK_SECONDS ? WALK_SECONDS : i;
}

int64_t oracle_walk_begin(const struct oracle_walk *walk, int32_t date)
{
    return in_walk((int64_t)(date - 2) * PLAN_DAY - walk->local[0]);
}

int64_t oracle_walk_end(const struct oracle_walk *walk, int32_t date)
{
    return in_walk((int64_t)(date + 3) * PLAN_DAY - walk->local[0]);
}

int64_t oracle_walk_moment(const struct oracle_walk *walk, struct random *random)
{
    int64_t i = random_between(random, 0, WALK_SECONDS - 1);
    if (random_between(random, 0, 3) > 0)
        while (i + 1 < WALK_SECONDS && walk->open[i] == walk->open[i + 1] &&
               walk->local[i] + 1 == walk->local[i + 1])
            i++;
    i += random_between(random, 0, 2);
    return walk->from + (i < WALK_SECONDS ? i : WALK_SECONDS - 1);
}

/* The first second from `i` on that is open, or closed; -1: none is seen. */
static int64_t find(const struct oracle_walk *walk, int64_t i, uint8_t open)
{
    while (i < WALK_SECONDS && walk->open[i] != open)
        i++;
    return i < WALK_SECONDS ? walk->from + i : ORACLE_UNKNOWN;
}

static int64_t in_range(int64_t at)
{
    return at == ORACLE_UNKNOWN || oracle_in_range(at) ? at : ORACLE_RANGE;
}

/* The first second before which `sum` were open, or WALK_SECONDS + 1. */
static int64_t reach(const struct oracle_walk *walk, int64_t sum)
{
    int64_t low = 0;
    int64_t high = WALK_SECONDS + 1;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (walk->before[middle] >= sum)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* C5: the earliest second with the sum behind the start; the latest with it before the start, which
   is one before the first that has more. */
static int64_t add(const struct oracle_walk *walk, int64_t i, int64_t sum)
{
    int64_t wanted = walk->before[i] + sum;
    if (sum == 0)
        return walk->from + i;
    int64_t found = sum > 0 ? reach(walk, wanted) : reach(walk, wanted + 1) - 1;
    bool seen = wanted >= 0 && found <= WALK_SECONDS && (sum > 0 || found < i);
    return seen ? walk->from + found : ORACLE_UNKNOWN;
}

/* C6: from a closing to the next opening. */
static int64_t roll(const struct oracle_walk *walk, int64_t at)
{
    int64_t i = at - walk->from;
    if (at == ORACLE_UNKNOWN || !walk->rolls)
        return at;
    if (i == 0 || i == WALK_SECONDS)
        return ORACLE_UNKNOWN; /* whether it is one is not seen */
    return walk->open[i - 1] && !walk->open[i] ? find(walk, i, 1) : at;
}

/* Counted seconds of a date that is seen as a whole, or how many stretches it has. */
static int64_t part_of_day(const struct oracle_walk *walk, int32_t date, int64_t part)
{
    int64_t counted = 0, stretches = 0, length = 0;
    bool before = false;
    if (date < walk->date[0] + 2 || date > walk->date[WALK_SECONDS - 1] - 3)
        return ORACLE_UNKNOWN;
    for (int64_t i = oracle_walk_begin(walk, date); i < oracle_walk_end(walk, date); i++) {
        bool here = walk->date[i] == date;
        length += here;
        counted += here && walk->open[i];
        stretches += here && walk->open[i] && !before;
        before = here && walk->open[i];
    }
    return part == ASK_DAY_OPEN     ? counted
           : part == ASK_DAY_COUNT  ? stretches
           : part == ASK_DAY_LENGTH ? length
                                    : ORACLE_UNKNOWN;
}

int64_t oracle_walk_answer(const struct oracle_walk *walk, const struct oracle_question *question)
{
    if (question->ask == ASK_DAY)
        return part_of_day(walk, (int32_t)question->at, question->with);
    if (question->ask == ASK_IS_WORKDAY) {
        int64_t open = part_of_day(walk, (int32_t)question->at, ASK_DAY_OPEN);
        return open == ORACLE_UNKNOWN ? open : open > 0;
    }
    if (oracle_asks_date(question))
        return ORACLE_UNKNOWN;
    bool fine = oracle_in_range(question->at);
    int64_t i = question->at - walk->from;
    if (question->ask == ASK_ELAPSED)
        fine = fine && oracle_in_range(question->with);
    if (!fine)
        return ORACLE_RANGE;
    if (i < 0 || i >= WALK_SECONDS)
        return ORACLE_UNKNOWN;
    switch (question->ask) {
    case ASK_ELAPSED:
        if (question->with < walk->from || question->with > walk->from + WALK_SECONDS)
            return ORACLE_UNKNOWN;
        return walk->before[question->with - walk->from] - walk->before[i];
    case ASK_ADD:
        return in_range(add(walk, i, question->with));
    case ASK_IS_OPEN:
        return walk->open[i];
    case ASK_NEXT_OPEN:
        return find(walk, i, 1);
    case ASK_NEXT_CLOSE:
        return find(walk, i, 0);
    case ASK_DUE:
        if (question->unit == SLA_UNIT_SECONDS)
            return in_range(roll(walk, add(walk, i, question->with)));
        return question->unit == SLA_UNIT_WORKDAYS ? in_range(oracle_walk_due(walk, question))
                                                   : ORACLE_UNKNOWN;
    default:
        return ORACLE_UNKNOWN;
    }
}
