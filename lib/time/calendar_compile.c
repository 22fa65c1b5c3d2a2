/* SPDX-License-Identifier: MIT */
/* From a calendar's rules to its tables. */
#include "base/text.h"
#include "time/open_source.h"

/* What lives only while a calendar is compiled. */
struct compiler {
    const sla_allocator *allocator;
    const struct calendar_rules *rules;
    struct arena scratch;
    ARRAY(uint64_t) order;                  /* exceptions to keep, sorted; see order_key() */
    ARRAY(struct kept_exception) exceptions;
    struct date_hours week[7];
    struct text_table names;
};

static const struct interval all_day = {0, SECONDS_PER_DAY};

/* Sorted, merged copies of intervals (C2). */
static bool copy_hours(struct compiler *compiler, struct intervals from, struct date_hours *out)
{
    out->hours = NULL;
    out->count = 0;
    if (from.count == 0)
        return true;
    struct interval *hours = arena_new(&compiler->scratch, from.count * sizeof *hours);
    if (hours == NULL)
        return false;
    for (size_t i = 0; i < from.count; i++) {
        size_t place = i;
        for (; place > 0 && hours[place - 1].open > from.items[i].open; place--)
            hours[place] = hours[place - 1];
        hours[place] = from.items[i];
    }
    uint32_t count = 0;
    for (size_t i = 0; i < from.count; i++) {
        if (count > 0 && hours[i].open <= hours[count - 1].close) {
            if (hours[i].close > hours[count - 1].close)
                hours[count - 1].close = hours[i].close;
        } else {
            hours[count++] = hours[i];
        }
    }
    out->hours = hours;
    out->count = count;
    return true;
}

/* A holiday with `open_until` keeps the week's hours up to there. */
static bool cut_hours(struct compiler *compiler, const struct date_hours *from, int32_t until,
                      struct date_hours *out)
{
    out->hours = NULL;
    out->count = 0;
    if (from->count == 0)
        return true;
    struct interval *hours = arena_copy(&compiler->scratch, from->hours,
                                        from->count * sizeof *hours);
    if (hours == NULL)
        return false;
    while (out->count < from->count && hours[out->count].open < until) {
        if (hours[out->count].close > until)
            hours[out->count].close = until;
        out->count++;
    }
    out->hours = hours;
    return true;
}

static bool exception_hours(struct compiler *compiler, const struct date_exception *exception,
                            struct date_hours *out)
{
    out->date = exception->date;
    out->hours = NULL;
    out->count = 0;
    const struct date_hours *like = NULL;
    if (exception->kind == EXCEPTION_HOLIDAY) {
        if (exception->open_until < 0)
            return true;
        return cut_hours(compiler, &compiler->week[weekday_of(exception->date)],
                         exception->open_until, out);
    }
    if (exception->kind == EXCEPTION_WORKDAY && exception->like >= 0) {
        like = &compiler->week[exception->like];
    } else if (exception->kind == EXCEPTION_WORKDAY && exception->like == LIKE_FIRST_OPEN) {
        for (int day = 0; day < 7 && like == NULL; day++)
            like = compiler->week[day].count > 0 ? &compiler->week[day] : NULL;
        if (like == NULL)
            return true;
    }
    if (like == NULL)
        return copy_hours(compiler, exception->hours, out);
    out->hours = like->hours;
    out->count = like->count;
    return true;
}

/* By date, then by precedence (C3), then by place in the list. */
static uint64_t order_key(const struct date_exception *exception, size_t index)
{
    return (uint64_t)(exception->date - DATE_MIN) << 34 |
           (uint64_t)(EXCEPTION_SPECIAL - exception->kind) << 32 | (uint32_t)index;
}

static const struct date_exception *exception_of(const struct compiler *compiler, uint64_t key)
{
    return &compiler->rules->exceptions[key & UINT32_MAX];
}

/* Merge sort from below; lists mostly come in order, and then nothing is done. */
static bool sort_order(struct compiler *compiler)
{
    uint64_t *items = compiler->order.items;
    size_t count = compiler->order.count;
    bool sorted = true;
    for (size_t i = 1; i < count && sorted; i++)
        sorted = items[i - 1] <= items[i];
    if (sorted)
        return true;
    uint64_t *other = arena_new(&compiler->scratch, count * sizeof *other);
    if (other == NULL)
        return false;
    uint64_t *from = items;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = start + 2 * width < count ? start + 2 * width : count;
            size_t left = start;
            size_t right = middle;
            for (size_t i = start; i < end; i++) {
                bool take_left = left < middle && (right == end || from[left] <= from[right]);
                other[i] = take_left ? from[left++] : from[right++];
            }
        }
        uint64_t *swap = from;
        from = other;
        other = swap;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
    return true;
}

/* Which exceptions count: those of dates that can be asked for, the first of each date. */
static bool choose_exceptions(struct compiler *compiler)
{
    const struct calendar_rules *rules = compiler->rules;
    size_t count = rules->always ? 0 : rules->exception_count;
    if (!array_reserve(compiler->allocator, &compiler->order, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        sla_date date = rules->exceptions[i].date;
        if (date >= DATE_MIN && date <= DATE_MAX)
            compiler->order.items[compiler->order.count++] = order_key(&rules->exceptions[i], i);
    }
    if (!sort_order(compiler))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < compiler->order.count; i++) {
        uint64_t key = compiler->order.items[i];
        if (kept == 0 || compiler->order.items[kept - 1] >> 34 != key >> 34)
            compiler->order.items[kept++] = key;
    }
    compiler->order.count = kept;
    return true;
}

static bool read_week(struct compiler *compiler)
{
    for (int day = 0; day < 7; day++) {
        if (compiler->rules->always)
            compiler->week[day] = (struct date_hours){0, &all_day, 1};
        else if (!copy_hours(compiler, compiler->rules->week.days[day], &compiler->week[day]))
            return false;
    }
    return true;
}

static bool read_exceptions(struct compiler *compiler, struct rule_source *source)
{
    size_t count = compiler->order.count;
    struct date_hours *hours = arena_new(&compiler->scratch, (count + 1) * sizeof *hours);
    uint8_t *irregular = arena_new(&compiler->scratch, IRREGULAR_WEEKS);
    source->next_irregular =
        arena_new(&compiler->scratch, IRREGULAR_WEEKS * sizeof *source->next_irregular);
    if (hours == NULL || irregular == NULL || source->next_irregular == NULL ||
        !array_reserve(compiler->allocator, &compiler->exceptions, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct date_exception *exception = exception_of(compiler, compiler->order.items[i]);
        uint32_t name = 0;
        if (!exception_hours(compiler, exception, &hours[i]))
            return false;
        if (exception->name.length > 0) {
            name = text_table_add(&compiler->names, exception->name);
            if (name == 0)
                return false;
        }
        /* More than 65,535 different names: the rest stay nameless. */
        compiler->exceptions.items[compiler->exceptions.count++] = (struct kept_exception){
            exception->date, (uint16_t)exception->kind, (uint16_t)(name > UINT16_MAX ? 0 : name)};
        rule_source_mark(source, irregular, exception->date);
    }
    source->exceptions = hours;
    source->exception_count = count;
    source->irregular = irregular;
    return true;
}

/* The offset that table days follow: the one of winter, if the zone still has two. */
static int32_t usual_offset(const struct zone *zone)
{
    const struct zone_change *last = &zone->changes[zone->change_count - 1];
    if (zone->change_count < 2 || last->at < SLA_TIME_MAX - 366 * SECONDS_PER_DAY)
        return last->offset;
    return last[-1].offset < last->offset ? last[-1].offset : last->offset;
}

static bool copy_names(struct compiler *compiler, struct arena *arena, sla_calendar *calendar)
{
    size_t count = compiler->names.texts.count;
    if (count > UINT16_MAX)
        count = UINT16_MAX;
    sla_text *names = arena_new(arena, (count + 1) * sizeof *names);
    if (names == NULL)
        return false;
    for (size_t i = 1; i <= count; i++) {
        names[i] = arena_text(arena, text_table_at(&compiler->names, (uint32_t)i));
        if (names[i].data == NULL)
            return false;
        calendar->memory += names[i].length + 1;
    }
    calendar->names = names;
    calendar->memory += (count + 1) * sizeof *names;
    calendar->exception_count = compiler->exceptions.count;
    size_t size = compiler->exceptions.count * sizeof *compiler->exceptions.items;
    calendar->memory += size;
    if (size > 0)
        calendar->exceptions = arena_copy(arena, compiler->exceptions.items, size);
    return size == 0 || calendar->exceptions != NULL;
}

static sla_status compile(struct compiler *compiler, struct arena *arena, sla_calendar *calendar)
{
    const struct calendar_rules *rules = compiler->rules;
    struct rule_source source = {.zone = rules->zone};
    source.shift = usual_offset(rules->zone) + (int64_t)TABLE_DAY_OF_1970 * SECONDS_PER_DAY;
    if (!read_week(compiler) || !choose_exceptions(compiler) || !read_exceptions(compiler, &source))
        return SLA_ERROR_MEMORY;
    memcpy(source.week, compiler->week, sizeof source.week);
    struct open_source open = rule_source(&source);
    sla_status status = tables_build(arena, &open, source.shift, &calendar->tables);
    if (status < 0)
        return status;
    uint64_t open_seconds = calendar->tables.count_end - calendar->tables.count_min;
    if (open_seconds == 0)
        return SLA_ERROR_RANGE;
    calendar->always = open_seconds == (uint64_t)(SLA_TIME_MAX + 1 - SLA_TIME_MIN);
    calendar->plain = !calendar->always && !calendar->tables.has_more;
    status = workdays_build(arena, &open, calendar, &calendar->workdays);
    if (status < 0)
        return status;
    calendar->name = arena_text(arena, rules->name);
    if (calendar->name.data == NULL || !copy_names(compiler, arena, calendar))
        return SLA_ERROR_MEMORY;
    calendar->memory += sizeof *calendar + calendar->name.length + 1 + calendar->tables.memory +
                        calendar->workdays.memory;
    return SLA_OK;
}

sla_status calendar_compile(struct arena *arena, const struct calendar_rules *rules,
                            sla_calendar **out_calendar)
{
    sla_calendar *calendar = arena_new(arena, sizeof *calendar);
    if (calendar == NULL)
        return SLA_ERROR_MEMORY;
    calendar->zone = rules->zone;
    calendar->has_through = rules->has_through && !rules->always;
    calendar->through = rules->through;
    struct compiler compiler = {.allocator = &arena->allocator, .rules = rules};
    arena_init(&compiler.scratch, &arena->allocator);
    text_table_init(&compiler.names, &arena->allocator);
    sla_status status = compile(&compiler, arena, calendar);
    text_table_free(&compiler.names);
    array_free(&arena->allocator, &compiler.order);
    array_free(&arena->allocator, &compiler.exceptions);
    arena_free(&compiler.scratch);
    if (status == SLA_OK)
        *out_calendar = calendar;
    return status;
}
