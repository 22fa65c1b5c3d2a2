/* SPDX-License-Identifier: MIT */
/* Blocks of rows in plain C. Within one, each step is done for all rows before the next, so that
 * the waiting of one row is the work of another. */
#include "time/calendar_batch.h"

#include "time/tables_locate.h"

bool block_add_plain(const struct calendar_tables *tables, const sla_time *from,
                     const sla_duration *counted, sla_time *out_at)
{
    uint64_t numbers[BLOCK_ROWS];
    uint32_t pages[BLOCK_ROWS];
    bool outside = false;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        outside |= !time_in_range(from[i]);
        outside |= counted[i] <= 0;
    }
    if (outside)
        return false;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        struct table_place place = tables_place(tables, from[i]);
        uint64_t before = count_of_place(&place);
        outside |= (uint64_t)counted[i] > tables->count_max - before;
        numbers[i] = before + (uint64_t)counted[i] - 1;
        pages[i] = place.page;
    }
    if (outside)
        return false;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        uint32_t page = pages[i];
        if (!is_near(tables, page, numbers[i]))
            page = page_near_number(tables, numbers[i]);
        struct number_place place = place_in_two(tables, page, numbers[i]);
        out_at[i] = time_of_place(&place) + 1;
    }
    return true;
}

bool block_elapsed_plain(const struct calendar_tables *tables, const sla_time *from,
                         const sla_time *to, sla_duration *out_counted)
{
    bool outside = false;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        outside |= !time_in_range(from[i]);
        outside |= !time_in_range(to[i]);
    }
    if (outside)
        return false;
    for (size_t i = 0; i < BLOCK_ROWS; i++)
        out_counted[i] = (sla_duration)tables_count_plain(tables, to[i]) -
                         (sla_duration)tables_count_plain(tables, from[i]);
    return true;
}
