/* SPDX-License-Identifier: MIT */
/* Finds the working days of pages of 56 local dates while tables are built. */
#include "time/tables_build.h"

#include <string.h>

bool workday_builder_init(struct workday_builder *builder, const sla_allocator *allocator)
{
    builder->sides = memory_zero(allocator, builder->built->weeks.count * sizeof *builder->sides);
    return builder->sides != NULL;
}

void workday_builder_free(struct workday_builder *builder, const sla_allocator *allocator)
{
    memory_free(allocator, builder->sides, builder->built->weeks.count * sizeof *builder->sides);
}

/* The numbers of a page's weeks. */
static const uint16_t *weeks_of(const struct workday_builder *builder, int32_t page)
{
    return builder->built->pages.items[(uint32_t)builder->pages[page]].parts;
}

static const struct built_day *day_of(const struct workday_builder *builder, uint32_t day)
{
    const struct built_shapes *built = builder->built;
    uint32_t week = weeks_of(builder, (int32_t)(day / PAGE_DAYS))[day % PAGE_DAYS / 7];
    return &built->days.items[built->weeks.items[week].parts[day % 7]];
}

/* Has a stretch of instants an open second? */
static bool is_open_within(const struct workday_builder *builder, sla_time from, sla_time to)
{
    uint64_t begin = (uint64_t)(from + builder->shift);
    uint32_t day = (uint32_t)(begin / SECONDS_PER_DAY);
    int64_t start = (int64_t)(begin % SECONDS_PER_DAY); /* both of the table day */
    int64_t end = start + (to - from);
    for (; end > 0; day++, start -= SECONDS_PER_DAY, end -= SECONDS_PER_DAY) {
        const struct built_day *built = day_of(builder, day);
        const struct span *spans = builder->built->spans.spans.items + built->first;
        for (uint32_t i = 0; i < built->count && spans[i].open < end; i++) {
            if ((int64_t)spans[i].open + spans[i].length > start)
                return true;
        }
    }
    return false;
}

uint64_t key_around(const struct open_source *source, int32_t day, int32_t days)
{
    if (day <= PAGE_DAYS || day + days + 2 * PAGE_DAYS >= PAGE_COUNT * PAGE_DAYS)
        return 0;
    return source->key(source->self, day - DATE_REACH, days + 2 * DATE_REACH);
}

/* How far from the table day of its number each of `days` dates begins (a whole day, where a zone
   has crossed the date line). False: they do not begin alike, or some of them are out of range. */
static bool find_distance(struct workday_builder *builder, int32_t day, int32_t days,
                          int64_t *out_distance)
{
    sla_date first = day - TABLE_DAY_OF_1970;
    sla_time start;
    if (first - 7 < DATE_MIN || first + days + 7 > DATE_MAX ||
        !zone_dates_are_plain_seek(builder->zone, first, days, &builder->cursor, &start))
        return false;
    *out_distance = start + builder->shift - (int64_t)day * SECONDS_PER_DAY;
    return true;
}

/* Has a built day an open second in [from, to) of it? */
static bool is_open_in(const struct workday_builder *builder, const struct built_day *day,
                       int64_t from, int64_t to)
{
    const struct span *spans = builder->built->spans.spans.items + day->first;
    for (uint32_t i = 0; i < day->count && spans[i].open < to; i++) {
        if ((int64_t)spans[i].open + spans[i].length > from)
            return true;
    }
    return false;
}

/* A date that begins some hours before or behind its table day takes that day's other hours from a
   neighbour. Which days of a week are open in their own date's part, and which in the other's? */
static void find_sides(struct workday_builder *builder, uint32_t week, int64_t distance)
{
    const struct built_shapes *built = builder->built;
    struct week_sides sides = {.distance = distance};
    int64_t cut = distance > 0 ? distance : SECONDS_PER_DAY + distance;
    for (uint32_t i = 0; i < 7; i++) {
        const struct built_day *day = &built->days.items[built->weeks.items[week].parts[i]];
        bool early = is_open_in(builder, day, 0, cut);
        bool late = is_open_in(builder, day, cut, SECONDS_PER_DAY);
        sides.own |= (uint8_t)((distance > 0 ? late : early) << i);
        sides.other |= (uint8_t)((distance > 0 ? early : late) << i);
    }
    builder->sides[week] = sides;
}

static inline const struct week_sides *sides_of(struct workday_builder *builder, uint32_t week,
                                                int64_t distance)
{
    if (builder->sides[week].distance != distance)
        find_sides(builder, week, distance);
    return &builder->sides[week];
}

/* The working days of a week whose dates all begin at this distance. */
static uint32_t workdays_at(struct workday_builder *builder, const uint16_t weeks[3],
                            int64_t distance)
{
    if (distance == 0) /* dates are table days */
        return builder->built->weeks.items[weeks[1]].open_days;
    const struct week_sides *sides = sides_of(builder, weeks[1], distance);
    uint32_t own = sides->own, other = sides->other;
    if (distance > 0)
        other = other >> 1 | (sides_of(builder, weeks[2], distance)->other & 1u) << 6;
    else
        other = (other << 1 | sides_of(builder, weeks[0], distance)->other >> 6) & 127u;
    return own | other;
}

static bool is_short(int64_t distance)
{
    return distance > -SECONDS_PER_DAY && distance < SECONDS_PER_DAY;
}

/* Is a date near a change of the zone a working day? */
static bool is_workday(struct workday_builder *builder, int32_t day, const uint16_t weeks[3])
{
    sla_date date = day - TABLE_DAY_OF_1970;
    if (!date_in_range(date))
        return false;
    struct zone_piece pieces[8];
    size_t count = zone_date_pieces(builder->zone, date, pieces, 8);
    if (count == 1 && pieces[0].to - pieces[0].from == SECONDS_PER_DAY &&
        date - 7 >= DATE_MIN && date + 7 <= DATE_MAX) {
        int64_t distance =
            pieces[0].from + builder->shift - (int64_t)day * SECONDS_PER_DAY;
        if (is_short(distance))
            return workdays_at(builder, weeks, distance) >> (day % 7) & 1;
    }
    for (size_t i = 0; i < count && i < 8; i++) {
        if (is_open_within(builder, pieces[i].from, pieces[i].to))
            return true;
    }
    return false;
}

static uint64_t workdays_of_week(struct workday_builder *builder, int32_t day,
                                 const uint16_t weeks[3], const int64_t *distance)
{
    if (distance != NULL && is_short(*distance))
        return workdays_at(builder, weeks, *distance);
    uint64_t mask = 0;
    for (int32_t i = 0; i < 7; i++)
        mask |= (uint64_t)is_workday(builder, day + i, weeks) << i;
    return mask;
}

uint64_t workdays_of_page(struct workday_builder *builder, int32_t page)
{
    uint16_t weeks[1 + PAGE_WEEKS + 1] = {0}; /* at the ends of the tables they do not matter */
    if (page > 0)
        weeks[0] = weeks_of(builder, page - 1)[PAGE_WEEKS - 1];
    memcpy(weeks + 1, weeks_of(builder, page), PAGE_WEEKS * sizeof *weeks);
    if (page + 1 < PAGE_COUNT)
        weeks[1 + PAGE_WEEKS] = *weeks_of(builder, page + 1);
    uint64_t mask = 0;
    int64_t distance = 0;
    bool alike = find_distance(builder, page * PAGE_DAYS, PAGE_DAYS, &distance);
    for (int32_t i = 0; i < PAGE_WEEKS; i++) {
        int32_t day = page * PAGE_DAYS + i * 7;
        bool known = alike || find_distance(builder, day, 7, &distance);
        mask |= workdays_of_week(builder, day, weeks + i, known ? &distance : NULL) << (i * 7);
    }
    return mask;
}
