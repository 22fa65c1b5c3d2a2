/* SPDX-License-Identifier: MIT */
/* Lays what was built into the tables that are asked: shapes into one block, numbers into cells. */
#include "time/tables_build.h"

#define PAGE_CELLS (sizeof(struct page_shape) / CELL_SIZE)
#define WEEK_CELLS (sizeof(struct week_shape) / CELL_SIZE)
#define CELL_LIMIT 65536u           /* numbers of weeks' cells have 16 bits */
#define FIRST_PAGE_LIMIT (1u << 15) /* pages lie within the first 2^19 bytes */
#define CACHE_LINE 64u
/* Somewhat more than pages, so that from a bucket's page it is rarely more than one step. */
#define BUCKETS 1700u
#define RANK_BUCKETS 500u

_Static_assert(sizeof(struct page_shape) % 32 == 0, "an entry has five bits below its shape");
_Static_assert(sizeof(struct week_shape) % CELL_SIZE == 0, "weeks are whole cells");

struct layer {
    const struct built_shapes *built;
    struct calendar_tables tables;
    unsigned char *block; /* everything, and how much of it is used */
    size_t used;
    struct more_span *more;
    size_t more_used;
};

static size_t whole_lines(size_t size)
{
    return (size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
}

/* The next piece of the block. */
static void *take(struct layer *layer, size_t size)
{
    void *piece = layer->block + layer->used;
    layer->used += whole_lines(size);
    return piece;
}

/* Of one day of a week that is laid: where its spans lie, seen from the week's start. */
static void lay_day(struct layer *layer, const struct built_day *day, int32_t *numbers,
                    int32_t start)
{
    const struct span *spans = layer->built->spans.spans.items + day->first;
    int32_t before = numbers[DAY_BEFORE];
    numbers[DAY_MIDDLE] = numbers[DAY_END] = before + (int32_t)day->open;
    if (day->count == 0)
        return;
    numbers[DAY_FIRST] = numbers[DAY_SECOND] = start + (int32_t)spans[0].open - before;
    before += (int32_t)spans[0].length;
    numbers[DAY_MIDDLE] = before;
    if (day->count > 2)
        numbers[DAY_SECOND] = MORE_SPANS + (int32_t)layer->more_used;
    for (uint32_t i = 1; i < day->count; i++) {
        int32_t offset = start + (int32_t)spans[i].open - before;
        before += (int32_t)spans[i].length;
        if (day->count == 2)
            numbers[DAY_SECOND] = offset;
        else
            layer->more[layer->more_used++] = (struct more_span){before, offset};
    }
}

static void lay_week(struct layer *layer, const struct built_group *built, struct week_shape *week)
{
    for (uint32_t i = 0; i < 7; i++) {
        lay_day(layer, &layer->built->days.items[built->parts[i]], week->days + 4 * i,
                (int32_t)(i * SECONDS_PER_DAY));
        week->ends[i] = (int32_t)built->before[i + 1];
    }
}

/* How many spans stand behind the first where there are more than two. */
static size_t count_more(const struct built_shapes *built)
{
    size_t count = 0;
    for (size_t i = 0; i < built->weeks.count; i++) {
        for (size_t k = 0; k < 7; k++) {
            const struct built_day *day = &built->days.items[built->weeks.items[i].parts[k]];
            count += day->count > 2 ? day->count - 1 : 0;
        }
    }
    return count;
}

/* One block for all: where a program asks a thousand calendars, each piece of memory that lies
   apart costs a translation of its address. */
static bool take_block(struct layer *layer, struct arena *arena, size_t cells, size_t more_count)
{
    size_t size = whole_lines(cells * CELL_SIZE) +
                  whole_lines((PAGE_COUNT + 4) * sizeof *layer->tables.pages) +
                  whole_lines((BUCKETS + 2) * sizeof *layer->tables.index) +
                  whole_lines((RANK_BUCKETS + 2) * sizeof *layer->tables.rank_index) +
                  whole_lines(more_count * sizeof *layer->more) + CACHE_LINE;
    layer->block = arena_new(arena, size);
    if (layer->block == NULL)
        return false;
    layer->block += (CACHE_LINE - (uintptr_t)layer->block % CACHE_LINE) % CACHE_LINE;
    layer->tables.memory = size;
    return true;
}

/* The shapes: weeks, which are few and always asked, before pages. */
static sla_status lay_shapes(struct layer *layer, struct arena *arena, size_t *out_first_page)
{
    const struct built_shapes *built = layer->built;
    size_t first_page = (built->weeks.count * WEEK_CELLS + 3) / 4 * 4; /* whole cache lines */
    size_t first_week = 0;
    if (first_page + built->whole_pages.count * PAGE_CELLS > FIRST_PAGE_LIMIT) {
        first_page = 0;
        first_week = built->whole_pages.count * PAGE_CELLS;
    }
    size_t end = built->whole_pages.count * PAGE_CELLS + built->weeks.count * WEEK_CELLS + 3;
    size_t more_count = count_more(built);
    if (end > CELL_LIMIT || more_count > MORE_SPANS)
        return SLA_ERROR_LIMIT;
    if (!take_block(layer, arena, end, more_count))
        return SLA_ERROR_MEMORY;
    unsigned char *cells = take(layer, end * CELL_SIZE);
    layer->more = take(layer, more_count * sizeof *layer->more);
    struct page_shape *pages = (struct page_shape *)(void *)(cells + first_page * CELL_SIZE);
    for (size_t i = 0; i < built->whole_pages.count; i++) {
        const struct built_group *weeks = &built->pages.items[built->whole_pages.items[i].weeks];
        for (size_t k = 0; k <= PAGE_WEEKS; k++)
            pages[i].before[k] = (int32_t)weeks->before[k];
        for (size_t k = 0; k < PAGE_WEEKS; k++)
            pages[i].weeks[k] = (uint16_t)(first_week + weeks->parts[k] * WEEK_CELLS);
        pages[i].workdays = built->whole_pages.items[i].workdays;
    }
    struct week_shape *weeks = (struct week_shape *)(void *)(cells + first_week * CELL_SIZE);
    for (size_t i = 0; i < built->weeks.count; i++)
        lay_week(layer, &built->weeks.items[i], &weeks[i]);
    layer->tables.cells = cells;
    layer->tables.more_spans = layer->more;
    layer->tables.has_more = more_count > 0;
    *out_first_page = first_page;
    return SLA_OK;
}

/* Numbers of pages become their entries. */
static void lay_pages(struct layer *layer, const uint64_t *numbers, size_t first_page)
{
    const struct built_shapes *built = layer->built;
    uint64_t *pages = take(layer, (PAGE_COUNT + 4) * sizeof *pages);
    uint64_t sum = 0;
    uint32_t rank = 0;
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        const struct built_page *page = &built->whole_pages.items[numbers[i]];
        pages[i] = page_entry(sum, rank, (uint32_t)(first_page + numbers[i] * PAGE_CELLS));
        sum += built->pages.items[page->weeks].before[PAGE_WEEKS];
        rank += count_bits(page->workdays);
    }
    for (size_t i = PAGE_COUNT; i < PAGE_COUNT + 4; i++) /* behind every open second */
        pages[i] = page_entry(sum, rank, 0) | ENTRY_SHAPE;
    layer->tables.pages = pages;
    layer->tables.rank_end = rank;
}

/* What scale makes of a total about so many buckets. */
static uint32_t scale_of(uint64_t total, uint32_t buckets)
{
    uint64_t scale = ((uint64_t)buckets << 32) / total;
    return scale > UINT32_MAX ? UINT32_MAX : (uint32_t)scale;
}

static uint64_t sum_of_entry(uint64_t entry)
{
    return entry >> ENTRY_SUM;
}

static uint64_t wide_rank_of_entry(uint64_t entry)
{
    return rank_of_entry(entry);
}

/* Where to begin to look for a number: for each bucket the page that its first number lies in.
   `before` tells the numbers before the page of an entry. */
static uint16_t *lay_index(struct layer *layer, uint64_t total, uint32_t scale,
                           uint64_t (*before)(uint64_t entry))
{
    size_t count = (size_t)(total * scale >> 32) + 2;
    uint16_t *index = take(layer, count * sizeof *index);
    size_t bucket = 0;
    for (uint32_t page = 0; page < PAGE_COUNT; page++) {
        uint64_t end = before(layer->tables.pages[page + 1]);
        /* The first number of a bucket is (bucket << 32) / scale, rounded up. */
        while (bucket < count && end > 0 && (uint64_t)bucket << 32 <= (end - 1) * scale)
            index[bucket++] = (uint16_t)page;
    }
    while (bucket < count)
        index[bucket++] = PAGE_COUNT - 1;
    return index;
}

static sla_status lay_indexes(struct layer *layer)
{
    struct calendar_tables *tables = &layer->tables;
    uint64_t total = tables->pages[PAGE_COUNT] >> ENTRY_SUM;
    if (total == 0)
        return SLA_ERROR_RANGE;
    tables->bucket_scale = scale_of(total, BUCKETS);
    /* At least one, so that there is always a bucket. */
    tables->rank_scale = scale_of(tables->rank_end + 1, RANK_BUCKETS);
    uint16_t *index = lay_index(layer, total, tables->bucket_scale, sum_of_entry);
    tables->rank_index = lay_index(layer, tables->rank_end, tables->rank_scale,
                                   wide_rank_of_entry);
    size_t count = (size_t)(total * tables->bucket_scale >> 32) + 2;
    for (size_t i = 0; i + 1 < count; i++) {
        if (index[i + 1] - index[i] > 1)
            index[i] |= INDEX_FAR;
    }
    tables->index = index;
    return SLA_OK;
}

sla_status tables_lay(struct arena *arena, const struct built_shapes *built,
                      const uint64_t *pages, int64_t shift, struct calendar_tables *out_tables)
{
    struct layer layer = {.built = built, .tables.shift = shift};
    size_t first_page;
    sla_status status = lay_shapes(&layer, arena, &first_page);
    if (status != SLA_OK)
        return status;
    lay_pages(&layer, pages, first_page);
    status = lay_indexes(&layer);
    if (status != SLA_OK)
        return status;
    struct calendar_tables *tables = &layer.tables;
    tables->count_min = tables_count(tables, SLA_TIME_MIN);
    tables->count_max = tables_count(tables, SLA_TIME_MAX);
    tables->count_end = tables_count(tables, SLA_TIME_MAX + 1);
    *out_tables = *tables;
    return SLA_OK;
}
