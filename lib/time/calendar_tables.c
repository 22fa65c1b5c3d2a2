/* SPDX-License-Identifier: MIT */
/* Walking down the tables of a calendar: from a sum back to an instant, and to the next closing. */
#include "time/tables_locate.h"

/* A span of a day: open seconds of the week from `begin` to `end`, and their offset. */
struct day_span {
    int32_t begin, end, offset;
};

/* The spans of a day that has any number of them, one after the other. */
struct span_walk {
    const struct more_span *more; /* the next, or NULL */
    int32_t day_end;
    struct day_span span;
};

static inline struct span_walk span_walk_begin(const struct week_shape *week, uint32_t day)
{
    const int32_t *numbers = week->days + 4 * day;
    return (struct span_walk){
        NULL, numbers[DAY_END], {numbers[DAY_BEFORE], numbers[DAY_MIDDLE], numbers[DAY_FIRST]}};
}

static inline bool span_walk_next(const struct calendar_tables *tables,
                                  const struct week_shape *week, uint32_t day,
                                  struct span_walk *walk)
{
    int32_t begin = walk->span.end;
    if (begin == walk->day_end)
        return false;
    int32_t second = week->days[4 * day + DAY_SECOND];
    if (second < MORE_SPANS) {
        walk->span = (struct day_span){begin, walk->day_end, second};
        return true;
    }
    if (walk->more == NULL)
        walk->more = &tables->more_spans[second - MORE_SPANS];
    walk->span = (struct day_span){begin, walk->more->end, walk->more->offset};
    walk->more++;
    return true;
}

uint64_t tables_count(const struct calendar_tables *tables, sla_time at)
{
    if (!tables->has_more)
        return tables_count_plain(tables, at);
    struct table_place place = tables_place(tables, at);
    struct span_walk walk = span_walk_begin(place.week, place.day);
    int32_t count = walk.span.begin;
    do
        count = larger(count, smaller(place.second - walk.span.offset, walk.span.end));
    while (span_walk_next(tables, place.week, place.day, &walk));
    return place.before_week + (uint32_t)count;
}

/* The offset of an open second behind the first span, where a day has more than two. */
static int32_t offset_in_more(const struct calendar_tables *tables, int32_t place, int32_t number)
{
    const struct more_span *span = &tables->more_spans[place - MORE_SPANS];
    while (number >= span->end)
        span++;
    return span->offset;
}

uint32_t tables_search_page(const struct calendar_tables *tables, uint64_t limit, uint32_t low,
                            uint32_t high)
{
    while (low < high) {
        uint32_t middle = (low + high + 1) / 2;
        if (tables->pages[middle] < limit)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

sla_time tables_locate(const struct calendar_tables *tables, uint64_t number)
{
    struct number_place place = tables_place_of_number(tables, number);
    if (!tables->has_more)
        return time_of_place(&place);
    const int32_t *day = place.week->days + 2 * (size_t)place.twice_day;
    int32_t offset = day[DAY_FIRST];
    if (place.rest >= day[DAY_MIDDLE]) {
        offset = day[DAY_SECOND];
        if (offset >= MORE_SPANS)
            offset = offset_in_more(tables, offset, place.rest);
    }
    return place.week_start + (uint32_t)(place.rest + offset);
}

/* Does a span begin at or before a second of the week, and end behind it? */
static inline bool span_holds(struct day_span span, int32_t second)
{
    return (uint32_t)(second - span.offset - span.begin) < (uint32_t)(span.end - span.begin);
}

/* The span that holds the place. */
static bool find_span(const struct calendar_tables *tables, const struct table_place *place,
                      struct day_span *out_span)
{
    struct span_walk walk = span_walk_begin(place->week, place->day);
    do {
        if (span_holds(walk.span, place->second)) {
            *out_span = walk.span;
            return true;
        }
    } while (span_walk_next(tables, place->week, place->day, &walk));
    return false;
}

/* The highest bit is set when a second of the week lies in a span, which is known by where its
   numbers stand: within a span both differences are negative. */
static inline uint32_t span_signs(const int32_t *day, int begin, int offset, int32_t second)
{
    int32_t number = second - day[offset];
    int32_t end = begin == DAY_BEFORE ? day[DAY_MIDDLE] : day[DAY_END];
    return (uint32_t)((day[begin] - 1 - number) & (number - end));
}

bool tables_is_open(const struct calendar_tables *tables, sla_time at)
{
    struct table_place place = tables_place(tables, at);
    const int32_t *day = place.week->days + 4 * place.day;
    if (tables->has_more) {
        struct day_span span;
        return find_span(tables, &place, &span);
    }
    return (span_signs(day, DAY_BEFORE, DAY_FIRST, place.second) |
            span_signs(day, DAY_MIDDLE, DAY_SECOND, place.second)) >> 31;
}

/* The second of the day of closed second `number` of it, counted from 0, which must exist. */
static uint32_t locate_closed_in_day(const struct calendar_tables *tables,
                                     const struct week_shape *week, uint32_t day, uint32_t number)
{
    int32_t start = (int32_t)(day * SECONDS_PER_DAY);
    int32_t second = (int32_t)number; /* without the open seconds that stand before it */
    struct span_walk walk = span_walk_begin(week, day);
    do {
        if (walk.span.begin < walk.span.end &&
            second >= walk.span.begin + walk.span.offset - start)
            second += walk.span.end - walk.span.begin;
    } while (span_walk_next(tables, week, day, &walk));
    return (uint32_t)second;
}

/* The instant of closed second `number` of the tables, counted from 0, which must exist. */
static sla_time locate_closed(const struct calendar_tables *tables, uint64_t number)
{
    uint32_t low = 0;
    uint32_t high = PAGE_COUNT - 1;
    while (low < high) {
        uint32_t middle = (low + high + 1) / 2;
        if ((uint64_t)middle * PAGE_SECONDS - (tables->pages[middle] >> ENTRY_SUM) <= number)
            low = middle;
        else
            high = middle - 1;
    }
    uint64_t entry = tables->pages[low];
    uint32_t rest = (uint32_t)(number - ((uint64_t)low * PAGE_SECONDS - (entry >> ENTRY_SUM)));
    const struct page_shape *page = page_shape_of(tables, entry);
    uint32_t week = 0;
    while (week + 1 < PAGE_WEEKS &&
           (week + 1) * SECONDS_PER_WEEK - (uint32_t)page->before[week + 1] <= rest)
        week++;
    rest -= week * SECONDS_PER_WEEK - (uint32_t)page->before[week];
    const struct week_shape *shape = week_shape_at(tables, page->weeks[week]);
    uint32_t day = 0;
    while (day < 6 && (day + 1) * SECONDS_PER_DAY - (uint32_t)shape->ends[day] <= rest)
        day++;
    rest -= day * SECONDS_PER_DAY - (uint32_t)shape->days[4 * day];
    uint32_t second = locate_closed_in_day(tables, shape, day, rest);
    return (int64_t)low * PAGE_SECONDS + (int64_t)(week * SECONDS_PER_WEEK) +
           (int64_t)(day * SECONDS_PER_DAY + second) - tables->shift;
}

/* The instant of closing where nothing is open for ever: behind the end of a span that touches the
   end of its table day. */
static sla_time next_closed_far(const struct calendar_tables *tables, sla_time at)
{
    uint64_t closed_before = (uint64_t)(at + tables->shift) - tables_count(tables, at);
    uint64_t open_in_all = tables->pages[PAGE_COUNT] >> ENTRY_SUM;
    uint64_t closed_in_all = (uint64_t)PAGE_COUNT * PAGE_SECONDS - open_in_all;
    if (closed_before >= closed_in_all)
        return SLA_TIME_NEVER;
    return locate_closed(tables, closed_before);
}

sla_time tables_next_closed(const struct calendar_tables *tables, sla_time at)
{
    struct table_place place = tables_place(tables, at);
    int32_t day_end = (int32_t)(place.day + 1) * SECONDS_PER_DAY;
    if (tables->has_more) {
        struct day_span span;
        if (!find_span(tables, &place, &span))
            return at;
        int32_t close = span.end + span.offset;
        return close < day_end ? at + (close - place.second) : next_closed_far(tables, at);
    }
    const int32_t *day = place.week->days + 4 * place.day;
    uint32_t in_first = 0 - (span_signs(day, DAY_BEFORE, DAY_FIRST, place.second) >> 31);
    uint32_t in_second = 0 - (span_signs(day, DAY_MIDDLE, DAY_SECOND, place.second) >> 31);
    int32_t first = day[DAY_MIDDLE] + day[DAY_FIRST] - place.second;
    int32_t second = day[DAY_END] + day[DAY_SECOND] - place.second;
    int32_t wait = (int32_t)(((uint32_t)first & in_first) | ((uint32_t)second & in_second));
    if (wait + place.second == day_end)
        return next_closed_far(tables, at);
    return at + wait;
}

sla_time tables_next_change(const struct calendar_tables *tables, sla_time at)
{
    sla_time closed = tables_next_closed(tables, at);
    if (closed != at)
        return closed;
    uint64_t before = tables_count(tables, at);
    if (before >= tables->pages[PAGE_COUNT] >> ENTRY_SUM)
        return SLA_TIME_NEVER;
    return tables_locate(tables, before);
}
