/* SPDX-License-Identifier: MIT */
/* Working days: local dates with at least one open second (C7), counted and found by rank. */
#include "base/checked.h"
#include "time/calendar_tables.h"

#define HIGH_BITS 0x8080808080808080u

/* How many bytes of `sums`, all below 128, are not above `limit`. */
static uint32_t bytes_up_to(uint64_t sums, uint32_t limit)
{
    uint64_t reached = ((limit * LOW_BITS | HIGH_BITS) - sums) & HIGH_BITS;
    return (uint32_t)((reached >> 7) * LOW_BITS >> 56);
}

/* The place of the set bit number `rank`, from 0, which must be there: its byte, by the sums of the
   bytes up to each one, and its place in it, by the same sums over its eight bits. */
static uint32_t select_bit(uint64_t bits, uint32_t rank)
{
    uint64_t sums = bits_of_bytes(bits) * LOW_BITS;
    uint32_t place = bytes_up_to(sums, rank) * 8;
    rank -= (uint32_t)(sums << 8 >> place) & 0xff;
    uint64_t spread = (bits >> place & 0xff) * LOW_BITS & 0x8040201008040201u;
    spread = (spread + ~HIGH_BITS) >> 7 & LOW_BITS; /* 1 where there was any */
    return place + bytes_up_to(spread * LOW_BITS, rank);
}

/* Working days before a table day. */
static uint32_t rank_of(const struct calendar_tables *tables, uint32_t day)
{
    uint64_t entry = tables->pages[day / PAGE_DAYS];
    uint64_t before = ((uint64_t)1 << (day % PAGE_DAYS)) - 1;
    return rank_of_entry(entry) + count_bits(page_shape_of(tables, entry)->workdays & before);
}

bool calendar_is_workday(const sla_calendar *calendar, sla_date date)
{
    if (!date_in_range(date))
        return false;
    uint32_t day = table_day_of(date);
    const struct calendar_tables *tables = &calendar->tables;
    const struct page_shape *page = page_shape_of(tables, tables->pages[day / PAGE_DAYS]);
    return page->workdays >> (day % PAGE_DAYS) & 1;
}

/* A few working days on, which mostly lie in the page of the date behind `date`: then they are
   counted off there. False: they do not. */
#define FEW_DAYS 5
static bool add_few(const struct calendar_tables *tables, sla_date date, int64_t n, sla_date *out)
{
    uint32_t day = table_day_of(date) + 1;
    uint64_t left = page_shape_of(tables, tables->pages[day / PAGE_DAYS])->workdays >>
                    (day % PAGE_DAYS);
    for (int64_t i = 1; i < n; i++)
        left &= left - 1;
    uint64_t lowest = left & (0 - left);
    *out = date + 1 + (sla_date)count_bits(lowest - 1);
    return left != 0;
}

sla_status calendar_add_workdays(const sla_calendar *calendar, sla_date date, int64_t n,
                                 sla_date *out_date)
{
    const struct calendar_tables *tables = &calendar->tables;
    if (n == 0) {
        *out_date = date;
        return SLA_OK;
    }
    if (!date_in_range(date))
        return SLA_ERROR_RANGE;
    sla_date found;
    if (n > 0 && n <= FEW_DAYS && add_few(tables, date, n, &found)) {
        *out_date = found;
        return SLA_OK;
    }
    int64_t rank = rank_of(tables, table_day_of(date) + (n > 0));
    if (ckd_add(&rank, rank, n > 0 ? n - 1 : n))
        return SLA_ERROR_RANGE;
    if (rank < 0 || rank >= tables->rank_end)
        return SLA_ERROR_RANGE;
    const uint64_t *pages = tables->pages;
    uint32_t page = tables->rank_index[(uint64_t)rank * tables->rank_scale >> 32];
    /* Mostly none to three steps, so these are no branches. */
    page += (rank_of_entry(pages[page + 1]) <= rank) + (rank_of_entry(pages[page + 2]) <= rank) +
            (rank_of_entry(pages[page + 3]) <= rank);
    while (rank_of_entry(pages[page + 1]) <= rank)
        page++;
    uint64_t entry = pages[page];
    uint32_t place = select_bit(page_shape_of(tables, entry)->workdays,
                                (uint32_t)rank - rank_of_entry(entry));
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
    *out_count = (int64_t)rank_of(&calendar->tables, table_day_of(to)) -
                 (int64_t)rank_of(&calendar->tables, table_day_of(from));
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
