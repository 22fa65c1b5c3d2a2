/* SPDX-License-Identifier: MIT */
/* Working days: local dates with at least one open second (C7), counted and found by rank. */
#include "base/checked.h"
#include "time/id_map.h"
#include "time/open_source.h"

#define MASK_OF_RANK ((1u << WORKDAY_MASK_BITS) - 1)

static uint32_t count_bits(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (uint32_t)(bits * 0x0101010101010101u >> 56);
}

/* The place of the set bit number `rank`, from 0, which must be there. */
static uint32_t select_bit(uint64_t bits, uint32_t rank)
{
    uint32_t place = 0;
    for (uint32_t half = 32; half > 0; half /= 2) {
        uint32_t low = count_bits(bits & (((uint64_t)1 << half) - 1));
        bool above = rank >= low;
        rank -= above ? low : 0;
        bits = above ? bits >> half : bits;
        place += above ? half : 0;
    }
    return place;
}

static uint64_t mask_of_page(const struct workdays *workdays, uint32_t page)
{
    return workdays->masks[workdays->pages[page] & MASK_OF_RANK];
}

/* Working days before a table day. */
static uint32_t rank_of(const struct workdays *workdays, uint32_t day)
{
    uint32_t page = day / PAGE_DAYS;
    uint64_t before = ((uint64_t)1 << (day % PAGE_DAYS)) - 1;
    return (workdays->pages[page] >> WORKDAY_MASK_BITS) +
           count_bits(mask_of_page(workdays, page) & before);
}

static bool date_in_range(sla_date date)
{
    return date >= DATE_MIN && date <= DATE_MAX;
}

bool calendar_is_workday(const sla_calendar *calendar, sla_date date)
{
    if (!date_in_range(date))
        return false;
    uint32_t day = table_day_of(date);
    return mask_of_page(&calendar->workdays, day / PAGE_DAYS) >> (day % PAGE_DAYS) & 1;
}

sla_status calendar_add_workdays(const sla_calendar *calendar, sla_date date, int64_t n,
                                 sla_date *out_date)
{
    const struct workdays *workdays = &calendar->workdays;
    if (n == 0) {
        *out_date = date;
        return SLA_OK;
    }
    if (!date_in_range(date))
        return SLA_ERROR_RANGE;
    int64_t rank = rank_of(workdays, table_day_of(date) + (n > 0));
    if (ckd_add(&rank, rank, n > 0 ? n - 1 : n))
        return SLA_ERROR_RANGE;
    if (rank < 0 || rank >= workdays->pages[PAGE_COUNT] >> WORKDAY_MASK_BITS)
        return SLA_ERROR_RANGE;
    const uint32_t *pages = workdays->pages;
    uint32_t page = 0;
    uint32_t limit = ((uint32_t)rank + 1) << WORKDAY_MASK_BITS;
    for (uint32_t left = PAGE_COUNT; left > 1; left -= left / 2)
        page += pages[page + left / 2] < limit ? left / 2 : 0;
    uint32_t place = select_bit(mask_of_page(workdays, page),
                                (uint32_t)rank - (pages[page] >> WORKDAY_MASK_BITS));
    *out_date = (sla_date)(page * PAGE_DAYS + place) - TABLE_DAY_OF_1970;
    return SLA_OK;
}

int32_t sla_calendar_is_workday(const sla_calendar *calendar, sla_date date)
{
    if (calendar == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!date_in_range(date))
        return SLA_ERROR_RANGE;
    return calendar_is_workday(calendar, date);
}

sla_status sla_calendar_workdays(const sla_calendar *calendar, sla_date from, sla_date to,
                                 int64_t *out_count)
{
    if (calendar == NULL || out_count == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!date_in_range(from) || !date_in_range(to))
        return SLA_ERROR_RANGE;
    *out_count = (int64_t)rank_of(&calendar->workdays, table_day_of(to)) -
                 (int64_t)rank_of(&calendar->workdays, table_day_of(from));
    return SLA_OK;
}

sla_status sla_calendar_add_workdays(const sla_calendar *calendar, sla_date date, int64_t n,
                                     sla_date *out_date)
{
    if (calendar == NULL || out_date == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!date_in_range(date))
        return SLA_ERROR_RANGE;
    return calendar_add_workdays(calendar, date, n, out_date);
}

/* Has the date an open second? Asked only where its source cannot know. */
static bool has_open_second(const sla_calendar *calendar, sla_date date)
{
    struct zone_piece pieces[8];
    size_t count = zone_date_pieces(calendar->zone, date, pieces, 8);
    for (size_t i = 0; i < count && i < 8; i++) {
        if (tables_count(&calendar->tables, pieces[i].from) <
            tables_count(&calendar->tables, pieces[i].to))
            return true;
    }
    return false;
}

struct mask_builder {
    const struct open_source *source;
    const sla_calendar *calendar;
    struct id_map page_keys, week_keys, numbers; /* masks by key, by key, by mask */
    ARRAY(uint64_t) masks;
    ARRAY(uint64_t) week_masks;
};

static bool is_workday(const struct mask_builder *builder, int32_t day)
{
    sla_date date = day - TABLE_DAY_OF_1970;
    if (date < DATE_MIN || date > DATE_MAX)
        return false;
    enum date_state state = builder->source->date(builder->source->self, date);
    return state == DATE_UNKNOWN ? has_open_second(builder->calendar, date) : state == DATE_OPEN;
}

/* The key of the table days that dates [day, day + days) can touch; 0 near the ends of the tables,
   where dates that nobody may ask for count as closed. */
static uint64_t key_around(const struct mask_builder *builder, int32_t day, int32_t days)
{
    if (day <= PAGE_DAYS || day + days + 2 * PAGE_DAYS >= PAGE_COUNT * PAGE_DAYS)
        return 0;
    return builder->source->key(builder->source->self, day - DATE_REACH,
                                days + 2 * DATE_REACH);
}

static bool mask_of_week(struct mask_builder *builder, int32_t day, uint64_t *out_mask)
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
    const sla_allocator *allocator = builder->week_keys.allocator;
    return key == 0 ||
           (id_map_add(&builder->week_keys, key, (uint32_t)builder->week_masks.count) &&
            array_push(allocator, &builder->week_masks, mask));
}

/* The number of the mask of a page, or ID_NONE. */
static uint32_t mask_number(struct mask_builder *builder, int32_t day)
{
    uint64_t key = key_around(builder, day, PAGE_DAYS);
    uint32_t number = key == 0 ? ID_NONE : id_map_find(&builder->page_keys, key);
    if (number != ID_NONE)
        return number;
    uint64_t mask = 0;
    for (int32_t i = 0; i < PAGE_WEEKS; i++) {
        uint64_t week;
        if (!mask_of_week(builder, day + i * 7, &week))
            return ID_NONE;
        mask |= week << (i * 7);
    }
    number = id_map_find(&builder->numbers, mask);
    if (number == ID_NONE) {
        number = (uint32_t)builder->masks.count;
        if (!array_push(builder->numbers.allocator, &builder->masks, mask) ||
            !id_map_add(&builder->numbers, mask, number))
            return ID_NONE;
    }
    if (key != 0 && !id_map_add(&builder->page_keys, key, number))
        return ID_NONE;
    return number;
}

sla_status workdays_build(struct arena *arena, const struct open_source *source,
                          const sla_calendar *calendar, struct workdays *out_workdays)
{
    const sla_allocator *allocator = &arena->allocator;
    struct mask_builder builder = {.source = source, .calendar = calendar};
    builder.page_keys.allocator = allocator;
    builder.week_keys.allocator = allocator;
    builder.numbers.allocator = allocator;
    uint32_t *pages = arena_new(arena, (PAGE_COUNT + 1) * sizeof *pages);
    uint32_t rank = 0;
    uint32_t number = 0;
    for (int32_t i = 0; pages != NULL && i < PAGE_COUNT && number != ID_NONE; i++) {
        number = mask_number(&builder, i * PAGE_DAYS);
        if (number == ID_NONE)
            break;
        pages[i] = rank << WORKDAY_MASK_BITS | number;
        rank += count_bits(builder.masks.items[number]);
    }
    const uint64_t *masks = NULL;
    if (pages != NULL && number != ID_NONE) {
        pages[PAGE_COUNT] = rank << WORKDAY_MASK_BITS;
        masks = arena_copy(arena, builder.masks.items, builder.masks.count * sizeof *masks);
    }
    *out_workdays = (struct workdays){pages, masks, (PAGE_COUNT + 1) * sizeof *pages +
                                                        builder.masks.count * sizeof *masks};
    id_map_free(&builder.page_keys);
    id_map_free(&builder.week_keys);
    id_map_free(&builder.numbers);
    array_free(allocator, &builder.masks);
    array_free(allocator, &builder.week_masks);
    return masks == NULL ? SLA_ERROR_MEMORY : SLA_OK;
}
