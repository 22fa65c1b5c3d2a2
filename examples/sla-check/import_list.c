/* SPDX-License-Identifier: MIT */
/* A holiday list while it is imported: in order, without what is there twice. */
#include "import_list.h"

#include <stdlib.h>
#include <string.h>

void list_add(struct holiday_list *list, struct holiday holiday)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity * 2 + 32;
        list->items = get_memory(list->items, list->capacity * sizeof *list->items);
    }
    list->items[list->count++] = holiday;
}

static void holiday_free(struct holiday *holiday)
{
    free(holiday->name);
    free(holiday->except);
}

void list_free(struct holiday_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        holiday_free(&list->items[i]);
    free(list->items);
    *list = (struct holiday_list){0};
}

static int compare_numbers(int64_t left, int64_t right)
{
    return (left > right) - (left < right);
}

/* Yearly ones first, by their day; then all others by date, and by name where that is the same. */
static int compare(const void *left_item, const void *right_item)
{
    const struct holiday *left = left_item, *right = right_item;
    const int64_t numbers[][2] = {
        {left->workday, right->workday},   {!left->yearly, !right->yearly},
        {left->month, right->month},       {left->nth, right->nth},
        {left->weekday, right->weekday},   {left->day, right->day},
        {left->from, right->from},         {left->to, right->to},
        {left->since, right->since},       {left->until, right->until},
        {left->to_month, right->to_month}, {left->to_day, right->to_day},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i][0] != numbers[i][1])
            return compare_numbers(numbers[i][0], numbers[i][1]);
    return strcmp(left->name, right->name);
}

static bool same_yearly(const struct holiday *left, const struct holiday *right)
{
    return left->yearly && compare(left, right) == 0 &&
           left->except_count == right->except_count &&
           (left->except_count == 0 ||
            memcmp(left->except, right->except, left->except_count * sizeof *left->except) == 0);
}

/* The same occasion, and no closed date between the two. */
static bool goes_on(const struct holiday *before, const struct holiday *after)
{
    return !before->yearly && !after->yearly && before->workday == after->workday &&
           after->from <= before->to + 1 && strcmp(before->name, after->name) == 0;
}

/* What `next` could go on from: the last one with its name. */
static struct holiday *find_before(struct holiday_list *list, size_t count,
                                   const struct holiday *next)
{
    for (size_t i = count; i > 0; i--) {
        struct holiday *before = &list->items[i - 1];
        if (same_yearly(before, next) || goes_on(before, next))
            return before;
        /* Ranges are in the order of their first dates and at most some weeks long. */
        if (before->yearly != next->yearly || count - i > 64)
            return NULL;
    }
    return NULL;
}

void list_merge(struct holiday_list *list)
{
    size_t count = 0;
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, compare);
    for (size_t i = 0; i < list->count; i++) {
        struct holiday *next = &list->items[i], *before = find_before(list, count, next);
        if (before == NULL) {
            list->items[count++] = *next;
            continue;
        }
        if (next->to > before->to)
            before->to = next->to;
        before->endless = before->endless && next->endless;
        holiday_free(next);
    }
    list->count = count;
}

static bool has_to_do(const struct holiday *holiday, int32_t first, int32_t last)
{
    int32_t from = holiday->since, to = holiday->until, month, day;
    if (!holiday->yearly) {
        sla_date_to_civil(holiday->from, &from, &month, &day);
        sla_date_to_civil(holiday->to, &to, &month, &day);
    }
    return (last == 0 || from == 0 || from <= last) && (first == 0 || to == 0 || to >= first);
}

void list_keep_years(struct holiday_list *list, int32_t first, int32_t last)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (has_to_do(&list->items[i], first, last))
            list->items[count++] = list->items[i];
        else
            holiday_free(&list->items[i]);
    }
    list->count = count;
}

bool list_last_date(const struct holiday_list *list, sla_date *out_date)
{
    bool any = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct holiday *holiday = &list->items[i];
        if (holiday->yearly || holiday->endless || (any && holiday->to <= *out_date))
            continue;
        any = true;
        *out_date = holiday->to;
    }
    return any;
}
