/* SPDX-License-Identifier: MIT */
/* Lays what was built into the tables that are asked: shapes into one block, numbers into cells. */
#include "time/tables_build.h"

#define GROUP_CELLS (sizeof(struct group_shape) / CELL_SIZE)
/* Somewhat more than pages, so that from a bucket's page it is rarely more than one step. */
#define BUCKETS 1700u

static const struct span *copy_days(struct arena *arena, const struct built_shapes *built,
                                    struct day_shape *shapes, struct calendar_tables *tables)
{
    size_t more_count = 0;
    for (size_t i = 0; i < built->days.count; i++)
        more_count += built->days.items[i].count > 2 ? built->days.items[i].count - 2 : 0;
    struct span *more = arena_new(arena, (more_count + 1) * sizeof *more);
    uint32_t used = 0;
    for (size_t i = 0; more != NULL && i < built->days.count; i++) {
        const struct built_day *day = &built->days.items[i];
        shapes[i].more_first = used;
        for (uint32_t k = 0; k < day->count; k++) {
            struct span span = built->spans.spans.items[day->first + k];
            if (k < 2)
                shapes[i].spans[k] = span;
            else
                more[used++] = span;
        }
        shapes[i].more_count = used - shapes[i].more_first;
    }
    tables->has_more = more_count > 0;
    tables->memory += (more_count + 1) * sizeof *more;
    return more;
}

/* Lays the shapes into one block; numbers become cells. */
static sla_status copy_shapes(struct arena *arena, const struct built_shapes *built,
                              uint64_t *pages, struct calendar_tables *tables)
{
    size_t first_week = built->days.count * DAY_CELLS;
    size_t first_page = first_week + built->weeks.count * GROUP_CELLS;
    size_t end = first_page + built->pages.count * GROUP_CELLS;
    if (end > CELL_LIMIT)
        return SLA_ERROR_LIMIT;
    unsigned char *cells = arena_new(arena, end * CELL_SIZE);
    if (cells == NULL)
        return SLA_ERROR_MEMORY;
    struct day_shape *days = (struct day_shape *)(void *)cells;
    struct group_shape *weeks = (struct group_shape *)(void *)(cells + first_week * CELL_SIZE);
    struct group_shape *page_shapes =
        (struct group_shape *)(void *)(cells + first_page * CELL_SIZE);
    for (size_t i = 0; i < built->weeks.count; i++) {
        weeks[i] = built->weeks.items[i];
        for (size_t k = 0; k < 8; k++)
            weeks[i].parts[k] = (uint16_t)(weeks[i].parts[k] * DAY_CELLS);
    }
    for (size_t i = 0; i < built->pages.count; i++) {
        page_shapes[i] = built->pages.items[i];
        for (size_t k = 0; k < PAGE_WEEKS; k++)
            page_shapes[i].parts[k] =
                (uint16_t)(first_week + page_shapes[i].parts[k] * GROUP_CELLS);
    }
    for (size_t i = 0; i < PAGE_COUNT; i++)
        pages[i] =
            (pages[i] & ~(uint64_t)0xffff) | (first_page + (pages[i] & 0xffff) * GROUP_CELLS);
    tables->cells = cells;
    tables->pages = pages;
    tables->memory += end * CELL_SIZE + (PAGE_COUNT + 4) * sizeof *pages;
    tables->more_spans = copy_days(arena, built, days, tables);
    return tables->more_spans == NULL ? SLA_ERROR_MEMORY : SLA_OK;
}

/* Where to begin to look for open second n: the page of the first second of its bucket. */
static sla_status build_index(struct arena *arena, struct calendar_tables *tables)
{
    uint64_t total = tables->pages[PAGE_COUNT] >> 16;
    if (total == 0)
        return SLA_ERROR_RANGE;
    uint64_t scale = ((uint64_t)BUCKETS << 32) / total;
    if (scale > UINT32_MAX)
        scale = UINT32_MAX;
    size_t count = (size_t)(total * scale >> 32) + 2;
    uint16_t *index = arena_new(arena, count * sizeof *index);
    if (index == NULL)
        return SLA_ERROR_MEMORY;
    uint16_t page = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t first = (((uint64_t)i << 32) + scale - 1) / scale;
        while (page + 1 < PAGE_COUNT && tables->pages[page + 1] >> 16 <= first)
            page++;
        index[i] = page;
        if (i > 0 && page - (index[i - 1] & INDEX_PAGE) > 1)
            index[i - 1] |= INDEX_FAR;
    }
    tables->index = index;
    tables->bucket_scale = (uint32_t)scale;
    tables->memory += count * sizeof *index;
    return SLA_OK;
}

sla_status tables_lay(struct arena *arena, const struct built_shapes *built, uint64_t *pages,
                      int64_t shift, struct calendar_tables *out_tables)
{
    struct calendar_tables tables = {.shift = shift};
    sla_status status = copy_shapes(arena, built, pages, &tables);
    if (status == SLA_OK)
        status = build_index(arena, &tables);
    if (status != SLA_OK)
        return status;
    tables.count_min = tables_count(&tables, SLA_TIME_MIN);
    tables.count_max = tables_count(&tables, SLA_TIME_MAX);
    tables.count_end = tables_count(&tables, SLA_TIME_MAX + 1);
    *out_tables = tables;
    return SLA_OK;
}
