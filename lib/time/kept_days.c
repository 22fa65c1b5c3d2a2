/* SPDX-License-Identifier: MIT */
/* Names and kinds of dates, kept in little memory: every name once. */
#include "time/kept_days.h"

#include "base/sort.h"

struct keeper {
    const sla_allocator *allocator;
    ARRAY(struct kept_exception) exceptions;
    ARRAY(struct kept_closure) closures;
    struct text_table names;
    bool failed;
};

static void keeper_begin(struct keeper *keeper, const sla_allocator *allocator)
{
    *keeper = (struct keeper){.allocator = allocator};
    text_table_init(&keeper->names, allocator);
}

/* More than 65,535 different names: the rest stay nameless. */
static uint16_t keep_name(struct keeper *keeper, sla_text name)
{
    if (name.length == 0 || keeper->failed)
        return 0;
    uint32_t number = text_table_add(&keeper->names, name);
    keeper->failed = number == 0;
    return (uint16_t)(number > UINT16_MAX ? 0 : number);
}

static void keep_exception(struct keeper *keeper, sla_date date, uint32_t kind, sla_text name)
{
    struct kept_exception kept = {date, (uint16_t)kind, keep_name(keeper, name)};
    if (!array_push(keeper->allocator, &keeper->exceptions, kept))
        keeper->failed = true;
}

static void keep_closure(struct keeper *keeper, sla_time from, sla_time to, sla_text name)
{
    struct kept_closure kept = {from, to, keep_name(keeper, name), 0};
    if (!array_push(keeper->allocator, &keeper->closures, kept))
        keeper->failed = true;
}

static const void *copy_list(struct keeper *keeper, struct arena *arena, const void *items,
                             size_t size, uint64_t *memory)
{
    *memory += size;
    if (size == 0 || keeper->failed)
        return NULL;
    const void *copy = arena_copy(arena, items, size);
    keeper->failed = copy == NULL;
    return copy;
}

static sla_status keeper_end(struct keeper *keeper, struct arena *arena, struct kept_days *out)
{
    struct kept_days kept = {.exception_count = keeper->exceptions.count,
                             .closure_count = keeper->closures.count};
    kept.exceptions = copy_list(keeper, arena, keeper->exceptions.items,
                                kept.exception_count * sizeof *kept.exceptions, &kept.memory);
    kept.closures = copy_list(keeper, arena, keeper->closures.items,
                              kept.closure_count * sizeof *kept.closures, &kept.memory);
    size_t count = keeper->names.texts.count;
    if (count > UINT16_MAX)
        count = UINT16_MAX;
    sla_text *names = arena_new(arena, (count + 1) * sizeof *names);
    for (size_t i = 1; names != NULL && i <= count; i++) {
        names[i] = arena_text(arena, text_table_at(&keeper->names, (uint32_t)i));
        keeper->failed = keeper->failed || names[i].data == NULL;
        kept.memory += names[i].length + 1;
    }
    kept.memory += (count + 1) * sizeof *names;
    kept.names = names;
    bool good = names != NULL && !keeper->failed;
    if (good)
        *out = kept;
    text_table_free(&keeper->names);
    array_free(keeper->allocator, &keeper->exceptions);
    array_free(keeper->allocator, &keeper->closures);
    return good ? SLA_OK : SLA_ERROR_MEMORY;
}

sla_status kept_days_of_rules(struct arena *arena, const struct chosen_exceptions *exceptions,
                              const struct calendar_rules *rules, struct kept_days *out)
{
    struct keeper keeper;
    keeper_begin(&keeper, &arena->allocator);
    for (size_t i = 0; i < exceptions->count && !keeper.failed; i++) {
        const struct date_exception *exception = exceptions->items[i];
        keep_exception(&keeper, exception->date, exception->kind, exception->name);
    }
    for (size_t i = 0; i < rules->closure_count && !rules->always && !keeper.failed; i++) {
        const struct closure *closure = &rules->closures[i];
        keep_closure(&keeper, closure->from, closure->to, closure->name);
    }
    return keeper_end(&keeper, arena, out);
}

/* By date, then by the order of the members: 18 bits, 12 and 31 of index. */
#define MEMBER_SHIFT 31
#define DATE_SHIFT 45

sla_status kept_days_of_members(struct arena *arena, const struct kept_days *const *members,
                                size_t count, struct kept_days *out)
{
    struct keeper keeper;
    size_t all = 0;
    for (size_t m = 0; m < count; m++)
        all += members[m]->exception_count;
    struct arena scratch;
    arena_init(&scratch, &arena->allocator);
    keeper_begin(&keeper, &arena->allocator);
    uint64_t *keys = arena_new(&scratch, (all + 1) * sizeof *keys);
    all = 0;
    for (size_t m = 0; keys != NULL && m < count; m++)
        for (size_t i = 0; i < members[m]->exception_count; i++)
            keys[all++] = (uint64_t)(members[m]->exceptions[i].date - DATE_MIN) << DATE_SHIFT |
                          (uint64_t)m << MEMBER_SHIFT | i;
    keeper.failed = keys == NULL || !keys_sort(&scratch, keys, all);
    for (size_t i = 0; i < all && !keeper.failed; i++) {
        if (i > 0 && keys[i - 1] >> DATE_SHIFT == keys[i] >> DATE_SHIFT)
            continue;
        const struct kept_days *from = members[keys[i] >> MEMBER_SHIFT & 0x3fff];
        const struct kept_exception *kept = &from->exceptions[keys[i] & 0x7fffffff];
        keep_exception(&keeper, kept->date, kept->kind, from->names[kept->name]);
    }
    for (size_t m = 0; m < count; m++)
        for (size_t i = 0; i < members[m]->closure_count && !keeper.failed; i++) {
            const struct kept_closure *closure = &members[m]->closures[i];
            keep_closure(&keeper, closure->from, closure->to, members[m]->names[closure->name]);
        }
    arena_free(&scratch);
    return keeper_end(&keeper, arena, out);
}

const struct kept_exception *kept_days_find(const struct kept_days *kept, sla_date date)
{
    size_t low = 0;
    size_t high = kept->exception_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (kept->exceptions[middle].date < date)
            low = middle + 1;
        else
            high = middle;
    }
    return low < kept->exception_count && kept->exceptions[low].date == date
               ? &kept->exceptions[low]
               : NULL;
}

const struct kept_closure *kept_days_closure(const struct kept_days *kept, sla_time from,
                                             sla_time to)
{
    for (size_t i = 0; i < kept->closure_count; i++)
        if (kept->closures[i].from < to && kept->closures[i].to > from)
            return &kept->closures[i];
    return NULL;
}
