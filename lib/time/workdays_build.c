/* SPDX-License-Identifier: MIT */
/* Finds the working days of pages of 56 local dates while tables are built. */
#include "time/tables_build.h"

void workday_builder_init(struct workday_builder *builder, const sla_allocator *allocator)
{
    builder->allocator = allocator;
    builder->page_keys.allocator = allocator;
    builder->week_keys.allocator = allocator;
}

void workday_builder_free(struct workday_builder *builder)
{
    id_map_free(&builder->page_keys);
    id_map_free(&builder->week_keys);
    array_free(builder->allocator, &builder->page_masks);
    array_free(builder->allocator, &builder->week_masks);
}

static const struct built_day *day_of(const struct workday_builder *builder, int64_t day)
{
    const struct built_shapes *built = builder->built;
    uint32_t weeks = (uint32_t)builder->pages[day / PAGE_DAYS];
    uint32_t week = built->pages.items[weeks].parts[day / 7 % PAGE_WEEKS];
    return &built->days.items[built->weeks.items[week].parts[day % 7]];
}

/* Has a stretch of instants an open second? */
static bool is_open_within(const struct workday_builder *builder, sla_time from, sla_time to)
{
    int64_t end = to + builder->shift;
    for (int64_t at = from + builder->shift; at < end;) {
        int64_t day = at / SECONDS_PER_DAY;
        const struct built_day *built = day_of(builder, day);
        const struct span *spans = builder->built->spans.spans.items + built->first;
        for (size_t i = 0; i < built->count; i++) {
            int64_t open = day * SECONDS_PER_DAY + spans[i].open;
            if (open < end && open + spans[i].length > at)
                return true;
        }
        at = (day + 1) * SECONDS_PER_DAY;
    }
    return false;
}

/* Has the date an open second? Asked only where its source cannot know. */
static bool has_open_second(const struct workday_builder *builder, sla_date date)
{
    struct zone_piece pieces[8];
    size_t count = zone_date_pieces(builder->zone, date, pieces, 8);
    for (size_t i = 0; i < count && i < 8; i++) {
        if (is_open_within(builder, pieces[i].from, pieces[i].to))
            return true;
    }
    return false;
}

static bool is_workday(const struct workday_builder *builder, int32_t day)
{
    sla_date date = day - TABLE_DAY_OF_1970;
    if (date < DATE_MIN || date > DATE_MAX)
        return false;
    enum date_state state = builder->source->date(builder->source->self, date);
    return state == DATE_UNKNOWN ? has_open_second(builder, date) : state == DATE_OPEN;
}

/* The key of the table days that dates [day, day + days) can touch; 0 near the ends of the tables,
   where dates that nobody may ask for count as closed. */
static uint64_t key_around(const struct workday_builder *builder, int32_t day, int32_t days)
{
    if (day <= PAGE_DAYS || day + days + 2 * PAGE_DAYS >= PAGE_COUNT * PAGE_DAYS)
        return 0;
    return builder->source->key(builder->source->self, day - DATE_REACH,
                                days + 2 * DATE_REACH);
}

static bool workdays_of_week(struct workday_builder *builder, int32_t day, uint64_t *out_mask)
{
    uint64_t key = key_around(builder, day, 7);
    uint32_t known = key == 0 ? ID_NONE : id_map_find(&builder->week_keys, key);
    if (known != ID_NONE) {
        *out_mask = builder->week_masks.items[known];
        return true;
    }
    uint64_t mask = 0;
    for (int32_t i = 0; i < 7; i++)
        mask |= (uint64_t)is_workday(builder, day + i) << i;
    *out_mask = mask;
    return key == 0 ||
           (id_map_add(&builder->week_keys, key, (uint32_t)builder->week_masks.count) &&
            array_push(builder->allocator, &builder->week_masks, mask));
}

bool workdays_of_page(struct workday_builder *builder, int32_t day, uint64_t *out_mask)
{
    uint64_t key = key_around(builder, day, PAGE_DAYS);
    uint32_t known = key == 0 ? ID_NONE : id_map_find(&builder->page_keys, key);
    if (known != ID_NONE) {
        *out_mask = builder->page_masks.items[known];
        return true;
    }
    uint64_t mask = 0;
    for (int32_t i = 0; i < PAGE_WEEKS; i++) {
        uint64_t week;
        if (!workdays_of_week(builder, day + i * 7, &week))
            return false;
        mask |= week << (i * 7);
    }
    *out_mask = mask;
    return key == 0 ||
           (id_map_add(&builder->page_keys, key, (uint32_t)builder->page_masks.count) &&
            array_push(builder->allocator, &builder->page_masks, mask));
}
