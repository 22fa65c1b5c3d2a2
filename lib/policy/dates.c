/* SPDX-License-Identifier: MIT */
/* From days to dates: ranges, yearly days and substitutes are written out and sorted. */
#include "policy/dates.h"

#include "base/sort.h"
#include "policy/days.h"
#include "policy/fingerprint.h"
#include "policy/observed.h"

/* One or two lists of days that become one list of dates. */
struct writing {
    struct build *build;
    const struct day_list *lists[2];
    uint32_t kinds[2];
    uint64_t *places;   /* the date, and below it the day: its number in both lists */
    struct taken *taken; /* NULL: nobody looks for a free day */
    size_t count;
};

static void place(struct writing *writing, sla_date date, size_t day)
{
    writing->places[writing->count++] = (uint64_t)(date - DATE_MIN) << 32 | (uint32_t)day;
}

static void place_originals(struct writing *writing, size_t number, size_t first)
{
    const struct day_list *list = writing->lists[number];
    for (size_t i = 0; i < list->count; i++) {
        sla_date from, to;
        for (int32_t at = 0; list->items[i].dates > 0 &&
                             day_next_range(&list->items[i], &at, &from, &to);) {
            for (sla_date date = from; date <= to; date++) {
                place(writing, date, first + i);
                if (writing->taken != NULL && writing->kinds[number] != EXCEPTION_WORKDAY)
                    taken_add(writing->taken, date);
            }
        }
    }
}

static void place_substitutes(struct writing *writing, size_t number, size_t first)
{
    const struct day_list *list = writing->lists[number];
    for (size_t i = 0; i < list->count; i++) {
        const struct day_model *day = &list->items[i];
        sla_date from, to, substitute;
        if (day->observed == OBSERVED_NOWHERE || day->dates == 0)
            continue;
        for (int32_t at = 0; day_next_range(day, &at, &from, &to);) {
            for (sla_date date = from; date <= to; date++) {
                if (!observed_on(day->observed, date, writing->taken, &substitute))
                    continue;
                place(writing, substitute, first + list->count + i);
                if (writing->taken != NULL)
                    taken_add(writing->taken, substitute);
            }
        }
    }
}

static struct date_exception exception_of(const struct day_model *day, uint32_t kind)
{
    struct date_exception exception = {.kind = kind, .like = LIKE_NONE, .open_until = -1,
                                       .hours = day->hours, .name = day->name.value};
    if (kind == EXCEPTION_HOLIDAY && day->open_until.at != NULL)
        exception.open_until = (int32_t)day->open_until.value;
    if (kind == EXCEPTION_WORKDAY && !day->has_hours)
        exception.like = day->like.at != NULL ? (int32_t)day->like.value : LIKE_FIRST_OPEN;
    return exception;
}

/* The day that a number stands for: originals of the first list, its substitutes, then those of the
   second. Sorted, that is the order of precedence on a date. */
static struct date_exception exception_at(const struct writing *writing, size_t number)
{
    size_t list = 0, count = writing->lists[0]->count;
    if (number >= 2 * count) {
        number -= 2 * count;
        count = writing->lists[++list]->count;
    }
    return exception_of(&writing->lists[list]->items[number % count], writing->kinds[list]);
}

static bool write_out(struct writing *writing, struct dates *out)
{
    size_t first[2] = {0, 2 * writing->lists[0]->count};
    size_t most = writing->lists[0]->dates;
    if (writing->lists[1] != NULL)
        most += writing->lists[1]->dates;
    writing->places = build_array(writing->build, most, sizeof *writing->places);
    if (writing->places == NULL)
        return false;
    for (size_t i = 0; i < 2 && writing->lists[i] != NULL; i++)
        place_originals(writing, i, first[i]);
    for (size_t i = 0; i < 2 && writing->lists[i] != NULL; i++)
        place_substitutes(writing, i, first[i]);
    out->items = build_array(writing->build, writing->count, sizeof *out->items);
    if (out->items == NULL || !keys_sort(&writing->build->work, writing->places, writing->count)) {
        build_fail(writing->build, SLA_ERROR_MEMORY);
        return false;
    }
    for (size_t i = 0; i < writing->count; i++) {
        out->items[i] = exception_at(writing, writing->places[i] & UINT32_MAX);
        out->items[i].date = (sla_date)(writing->places[i] >> 32) + DATE_MIN;
    }
    out->count = writing->count;
    fingerprint_exceptions(&out->digest, out->items, out->count);
    out->ready = true;
    return true;
}

static bool begin_taken(struct writing *writing)
{
    writing->taken = build_new(writing->build, sizeof *writing->taken);
    if (writing->taken != NULL)
        taken_init(writing->taken);
    return writing->taken != NULL;
}

static bool dates_of_list(struct compile *compile, struct holidays_model *list)
{
    struct writing writing = {.build = compile->build,
                              .lists = {&list->workdays, &list->closed},
                              .kinds = {EXCEPTION_WORKDAY, EXCEPTION_HOLIDAY}};
    return list->dates.ready ||
           ((!list->closed.seeks_free || begin_taken(&writing)) &&
            write_out(&writing, &list->dates));
}

static bool dates_of_special(struct compile *compile, const struct calendar_model *calendar,
                             struct holidays_model *const *lists, struct dates *out)
{
    struct writing writing = {.build = compile->build, .lists = {&calendar->special, NULL},
                              .kinds = {EXCEPTION_SPECIAL}};
    if (calendar->special.seeks_free && !begin_taken(&writing))
        return false;
    for (size_t i = 0; writing.taken != NULL && i < calendar->holidays.count; i++)
        for (size_t k = 0; k < lists[i]->dates.count; k++)
            if (lists[i]->dates.items[k].kind == EXCEPTION_HOLIDAY)
                taken_add(writing.taken, lists[i]->dates.items[k].date);
    return write_out(&writing, out);
}

static bool add_dates(struct compile *compile, const struct dates *dates)
{
    if (!array_reserve(&compile->build->allocator, &compile->exceptions, dates->count)) {
        build_fail(compile->build, SLA_ERROR_MEMORY);
        return false;
    }
    if (dates->count > 0)
        memcpy(compile->exceptions.items + compile->exceptions.count, dates->items,
               dates->count * sizeof *dates->items);
    compile->exceptions.count += dates->count;
    return true;
}

bool dates_of_calendar(struct compile *compile, const struct calendar_model *calendar,
                       struct holidays_model *const *lists, struct calendar_rules *rules)
{
    size_t count = calendar->holidays.count;
    struct dates special = {.count = 0};
    for (size_t i = 0; i < count; i++)
        if (!dates_of_list(compile, lists[i]))
            return false;
    if (calendar->special.count > 0) {
        if (!dates_of_special(compile, calendar, lists, &special))
            return false;
        fingerprint_dates(compile->policy, &special.digest);
        fingerprint_add_dates(rules, &special.digest);
    }
    for (size_t i = 0; i < count; i++) {
        fingerprint_dates(compile->policy, &lists[i]->dates.digest);
        fingerprint_add_dates(rules, &lists[i]->dates.digest);
    }
    if (count == 1 && special.count == 0) { /* nothing to put together, and it is sorted */
        rules->exceptions = lists[0]->dates.items;
        rules->exception_count = lists[0]->dates.count;
        return true;
    }
    compile->exceptions.count = 0;
    if (!add_dates(compile, &special))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!add_dates(compile, &lists[i]->dates))
            return false;
    rules->exceptions = compile->exceptions.items;
    rules->exception_count = compile->exceptions.count;
    return true;
}
