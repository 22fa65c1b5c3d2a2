/* SPDX-License-Identifier: MIT */
/* Finds the working days of pages of 56 local dates while tables are built. */
#include "time/tables_build.h"

#include <string.h>

void workday_builder_init(struct workday_builder *builder, const sla_allocator *allocator)
{
    builder->week_keys.allocator = allocator;
}

void workday_builder_free(struct workday_builder *builder)
{
    id_map_free(&builder->week_keys);
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

static bool is_workday(const struct workday_builder *builder, int32_t day)
{
    sla_date date = day - TABLE_DAY_OF_1970;
    sla_time start;
    if (!date_in_range(date))
        return false;
    if (zone_dates_are_plain(builder->zone, date, 1, &start))
        return is_open_within(builder, start, start + SECONDS_PER_DAY);
    struct zone_piece pieces[8];
    size_t count = zone_date_pieces(builder->zone, date, pieces, 8);
    for (size_t i = 0; i < count && i < 8; i++) {
        if (is_open_within(builder, pieces[i].from, pieces[i].to))
            return true;
    }
    return false;
}

uint64_t key_around(const struct open_source *source, int32_t day, int32_t days)
{
    if (day <= PAGE_DAYS || day + days + 2 * PAGE_DAYS >= PAGE_COUNT * PAGE_DAYS)
        return 0;
    return source->key(source->self, day - DATE_REACH, days + 2 * DATE_REACH);
}

/* What decides on the working days of a week: the table weeks that its dates can touch, which are
   the one before, its own and the one behind, and how far from the table day of its number each
   date begins (a whole day, where a zone has crossed the date line). 0: more than that decides. */
static uint64_t key_of_week(const struct workday_builder *builder, int32_t day,
                            const uint16_t weeks[3])
{
    sla_date first = day - TABLE_DAY_OF_1970;
    sla_time start;
    if (first - 7 < DATE_MIN || first + 14 > DATE_MAX ||
        !zone_dates_are_plain(builder->zone, first, 7, &start))
        return 0;
    int64_t distance = start + builder->shift - (int64_t)day * SECONDS_PER_DAY;
    distance += DATE_REACH * SECONDS_PER_DAY;
    if (distance % 60 != 0)
        return 0;
    return (uint64_t)weeks[0] << 48 | (uint64_t)weeks[1] << 32 | (uint64_t)weeks[2] << 16 |
           (uint64_t)(distance / 60 + 1);
}

static bool workdays_of_week(struct workday_builder *builder, int32_t day, const uint16_t weeks[3],
                             uint64_t *out_mask)
{
    uint64_t key = key_of_week(builder, day, weeks);
    uint32_t known = key == 0 ? ID_NONE : id_map_find(&builder->week_keys, key);
    if (known != ID_NONE) {
        *out_mask = known;
        return true;
    }
    uint32_t mask = 0;
    for (int32_t i = 0; i < 7; i++)
        mask |= (uint32_t)is_workday(builder, day + i) << i;
    *out_mask = mask;
    return key == 0 || id_map_add(&builder->week_keys, key, mask);
}

bool workdays_of_page(struct workday_builder *builder, int32_t page, uint64_t *out_mask)
{
    uint16_t weeks[1 + PAGE_WEEKS + 1] = {0}; /* at the ends of the tables they do not matter */
    if (page > 0)
        weeks[0] = weeks_of(builder, page - 1)[PAGE_WEEKS - 1];
    memcpy(weeks + 1, weeks_of(builder, page), PAGE_WEEKS * sizeof *weeks);
    if (page + 1 < PAGE_COUNT)
        weeks[1 + PAGE_WEEKS] = *weeks_of(builder, page + 1);
    *out_mask = 0;
    for (int32_t i = 0; i < PAGE_WEEKS; i++) {
        uint64_t week;
        if (!workdays_of_week(builder, page * PAGE_DAYS + i * 7, weeks + i, &week))
            return false;
        *out_mask |= week << (i * 7);
    }
    return true;
}
