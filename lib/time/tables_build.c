/* SPDX-License-Identifier: MIT */
/* Builds a calendar's tables: pages of weeks of days, every different shape once. What a source
 * names by the same key is not even looked at twice. */
#include "base/hash.h"
#include "time/tables_build.h"

#include <string.h>

#define DAY_LIMIT 65535u /* their numbers have 16 bits */

struct builder {
    const sla_allocator *allocator;
    const struct open_source *source;
    struct built_shapes shapes;
    struct id_map day_keys, week_keys, page_keys;       /* by the source's keys */
    struct id_map day_hashes, week_hashes, page_hashes; /* by content */
    struct id_map whole_hashes;
    struct id_map around_keys; /* the first page of each key */
    uint64_t last_week_key;    /* 0: none */
    uint32_t last_week;
    bool too_many;
};

void span_list_add(struct span_list *list, uint32_t open, uint32_t close)
{
    if (list->failed || open >= close)
        return;
    struct span *last = list->spans.count > 0 ? &list->spans.items[list->spans.count - 1] : NULL;
    /* `length` 0 at the end of a list marks where a new day begins: nothing merges with it. */
    if (last != NULL && last->length > 0 && last->open + last->length == open) {
        last->length += close - open;
        return;
    }
    struct span span = {open, close - open};
    if (!array_push(list->allocator, &list->spans, span))
        list->failed = true;
}

/* The number of the day whose spans stand at the end of the list; they are dropped if such a day
   was there before. */
static uint32_t intern_day(struct builder *builder, size_t first)
{
    struct span_list *list = &builder->shapes.spans;
    uint32_t count = (uint32_t)(list->spans.count - first);
    const struct span *spans = list->spans.items + first;
    uint64_t hash = count == 0 ? 0 : hash_bytes(spans, count * sizeof *spans);
    size_t probe = 0;
    for (;;) {
        uint32_t known = id_map_next(&builder->day_hashes, hash, &probe);
        if (known == ID_NONE)
            break;
        const struct built_day *day = &builder->shapes.days.items[known];
        if (day->count == count &&
            (count == 0 ||
             memcmp(list->spans.items + day->first, spans, count * sizeof *spans) == 0)) {
            list->spans.count = first - 1;
            return known;
        }
    }
    struct built_day day = {(uint32_t)first, count, 0};
    for (uint32_t i = 0; i < count; i++)
        day.open += spans[i].length;
    uint32_t number = (uint32_t)builder->shapes.days.count;
    builder->too_many = builder->too_many || number >= DAY_LIMIT;
    if (builder->too_many || !array_push(builder->allocator, &builder->shapes.days, day) ||
        !id_map_add(&builder->day_hashes, hash, number))
        return ID_NONE;
    return number;
}

static uint32_t build_day(struct builder *builder, int32_t day)
{
    const struct open_source *source = builder->source;
    uint64_t key = source->key(source->self, day, 1);
    if (key != 0) {
        key = key * 7 + (uint64_t)(day % 7);
        uint32_t known = id_map_find(&builder->day_keys, key);
        if (known != ID_NONE)
            return known;
    }
    struct span mark = {0, 0};
    if (!array_push(builder->allocator, &builder->shapes.spans.spans, mark))
        return ID_NONE;
    size_t first = builder->shapes.spans.spans.count;
    source->day(source->self, day, &builder->shapes.spans);
    if (builder->shapes.spans.failed)
        return ID_NONE;
    uint32_t number = intern_day(builder, first);
    if (number != ID_NONE && key != 0 && !id_map_add(&builder->day_keys, key, number))
        return ID_NONE;
    return number;
}

static uint64_t hash_of_parts(const uint16_t parts[8])
{
    uint64_t halves[2];
    memcpy(halves, parts, sizeof halves);
    return id_mix(halves[0]) * 31 + id_mix(halves[1] + 1);
}

static uint32_t intern_week(struct builder *builder, const uint16_t days[8])
{
    uint64_t hash = hash_of_parts(days);
    size_t probe = 0;
    for (;;) {
        uint32_t known = id_map_next(&builder->week_hashes, hash, &probe);
        if (known == ID_NONE)
            break;
        if (memcmp(builder->shapes.weeks.items[known].parts, days, 8 * sizeof *days) == 0)
            return known;
    }
    struct built_group week = {.open_days = 0};
    memcpy(week.parts, days, sizeof week.parts);
    const struct built_day *built = builder->shapes.days.items;
    for (size_t i = 0; i < 8; i++) {
        week.before[i + 1] = week.before[i] + (i < 7 ? built[days[i]].open : 0);
        week.open_days |= (uint32_t)(week.before[i + 1] > week.before[i]) << i;
    }
    uint32_t number = (uint32_t)builder->shapes.weeks.count;
    if (!array_push(builder->allocator, &builder->shapes.weeks, week) ||
        !id_map_add(&builder->week_hashes, hash, number))
        return ID_NONE;
    return number;
}

static uint32_t build_week(struct builder *builder, int32_t day)
{
    const struct open_source *source = builder->source;
    uint64_t key = source->key(source->self, day, 7);
    if (key != 0 && key == builder->last_week_key)
        return builder->last_week;
    if (key != 0) {
        uint32_t known = id_map_find(&builder->week_keys, key);
        if (known != ID_NONE) {
            builder->last_week_key = key;
            builder->last_week = known;
            return known;
        }
    }
    uint16_t days[8] = {0};
    for (int32_t i = 0; i < 7; i++) {
        uint32_t number = build_day(builder, day + i);
        if (number == ID_NONE)
            return ID_NONE;
        days[i] = (uint16_t)number;
    }
    uint32_t number = intern_week(builder, days);
    if (number != ID_NONE && key != 0 && !id_map_add(&builder->week_keys, key, number))
        return ID_NONE;
    return number;
}

static uint32_t intern_page(struct builder *builder, const uint16_t weeks[PAGE_WEEKS])
{
    uint64_t hash = hash_of_parts(weeks);
    size_t probe = 0;
    for (;;) {
        uint32_t known = id_map_next(&builder->page_hashes, hash, &probe);
        if (known == ID_NONE)
            break;
        const struct built_group *page = &builder->shapes.pages.items[known];
        if (memcmp(page->parts, weeks, sizeof page->parts) == 0)
            return known;
    }
    struct built_group page = {.open_days = 0};
    memcpy(page.parts, weeks, sizeof page.parts);
    for (size_t i = 0; i < PAGE_WEEKS; i++)
        page.before[i + 1] = page.before[i] + builder->shapes.weeks.items[weeks[i]].before[8];
    uint32_t number = (uint32_t)builder->shapes.pages.count;
    if (!array_push(builder->allocator, &builder->shapes.pages, page) ||
        !id_map_add(&builder->page_hashes, hash, number))
        return ID_NONE;
    return number;
}

static uint32_t build_page(struct builder *builder, int32_t day)
{
    const struct open_source *source = builder->source;
    uint64_t key = source->key(source->self, day, PAGE_DAYS);
    if (key != 0) {
        uint32_t known = id_map_find(&builder->page_keys, key);
        if (known != ID_NONE)
            return known;
    }
    uint16_t weeks[PAGE_WEEKS];
    for (int32_t i = 0; i < PAGE_WEEKS; i++) {
        uint32_t number = build_week(builder, day + i * 7);
        if (number == ID_NONE)
            return ID_NONE;
        weeks[i] = (uint16_t)number;
    }
    uint32_t number = intern_page(builder, weeks);
    if (number != ID_NONE && key != 0 && !id_map_add(&builder->page_keys, key, number))
        return ID_NONE;
    return number;
}

/* The number of a page with these weeks and these working days. */
static uint32_t intern_whole(struct builder *builder, uint32_t weeks, uint64_t workdays)
{
    uint64_t hash = id_mix(workdays) + weeks;
    size_t probe = 0;
    for (;;) {
        uint32_t known = id_map_next(&builder->whole_hashes, hash, &probe);
        if (known == ID_NONE)
            break;
        const struct built_page *page = &builder->shapes.whole_pages.items[known];
        if (page->weeks == weeks && page->workdays == workdays)
            return known;
    }
    struct built_page page = {workdays, weeks, 0};
    uint32_t number = (uint32_t)builder->shapes.whole_pages.count;
    if (!array_push(builder->allocator, &builder->shapes.whole_pages, page) ||
        !id_map_add(&builder->whole_hashes, hash, number))
        return ID_NONE;
    return number;
}

/* Upper halves of `pages` while their weeks are looked for: nothing, or one more than the number of
   an earlier page that is like this one. */
#define PAGE_LIKE 32

/* The weeks of all pages. Pages that even their surroundings cannot tell apart are built once. */
static bool build_pages(struct builder *builder, uint64_t *pages)
{
    for (int32_t i = 0; i < PAGE_COUNT; i++) {
        uint64_t key = key_around(builder->source, i * PAGE_DAYS, PAGE_DAYS);
        uint32_t like = key == 0 ? ID_NONE : id_map_find(&builder->around_keys, key);
        if (like != ID_NONE) {
            pages[i] = (uint64_t)(like + 1) << PAGE_LIKE | (uint32_t)pages[like];
            continue;
        }
        uint32_t weeks = build_page(builder, i * PAGE_DAYS);
        if (weeks == ID_NONE ||
            (key != 0 && !id_map_add(&builder->around_keys, key, (uint32_t)i)))
            return false;
        pages[i] = weeks;
    }
    return true;
}

/* And their working days; `pages` then has numbers of whole pages. The lower halves are asked until
   all are done. */
static bool build_whole_pages(struct builder *builder, const struct zone *zone, int64_t shift,
                              uint64_t *pages)
{
    struct workday_builder workdays = {
        .zone = zone, .shift = shift, .built = &builder->shapes, .pages = pages};
    if (!workday_builder_init(&workdays, builder->allocator))
        return false;
    bool fine = true;
    for (int32_t i = 0; i < PAGE_COUNT && fine; i++) {
        uint64_t like = pages[i] >> PAGE_LIKE;
        uint64_t whole = like > 0 ? pages[like - 1] >> PAGE_LIKE
                                  : intern_whole(builder, (uint32_t)pages[i],
                                                 workdays_of_page(&workdays, i));
        fine = whole != ID_NONE;
        pages[i] = whole << PAGE_LIKE | (uint32_t)pages[i];
    }
    workday_builder_free(&workdays, builder->allocator);
    for (int32_t i = 0; i < PAGE_COUNT; i++)
        pages[i] >>= PAGE_LIKE;
    return fine;
}

static sla_status build(struct builder *builder, struct arena *arena, const struct zone *zone,
                        int64_t shift, struct calendar_tables *out_tables)
{
    uint64_t *pages = memory_new(builder->allocator, PAGE_COUNT * sizeof *pages);
    if (pages == NULL)
        return SLA_ERROR_MEMORY;
    sla_status status = SLA_ERROR_MEMORY;
    if (build_pages(builder, pages) && build_whole_pages(builder, zone, shift, pages))
        status = tables_lay(arena, &builder->shapes, pages, shift, out_tables);
    else if (builder->too_many)
        status = SLA_ERROR_LIMIT;
    memory_free(builder->allocator, pages, PAGE_COUNT * sizeof *pages);
    return status;
}

sla_status tables_build(struct arena *arena, const struct open_source *source,
                        const struct zone *zone, int64_t shift, struct calendar_tables *out_tables)
{
    const sla_allocator *allocator = &arena->allocator;
    struct builder builder = {.allocator = allocator, .source = source};
    struct id_map *maps[] = {&builder.day_keys,    &builder.week_keys,   &builder.page_keys,
                             &builder.day_hashes,  &builder.week_hashes, &builder.page_hashes,
                             &builder.whole_hashes, &builder.around_keys};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        maps[i]->allocator = allocator;
    builder.shapes.spans.allocator = allocator;
    sla_status status = build(&builder, arena, zone, shift, out_tables);
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        id_map_free(maps[i]);
    array_free(allocator, &builder.shapes.spans.spans);
    array_free(allocator, &builder.shapes.days);
    array_free(allocator, &builder.shapes.weeks);
    array_free(allocator, &builder.shapes.pages);
    array_free(allocator, &builder.shapes.whole_pages);
    return status;
}
