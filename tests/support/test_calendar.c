/* SPDX-License-Identifier: MIT */
/* Making calendars for unit tests. */
#include "test_calendar.h"

#include "time/instant.h"

#include <stdio.h>
#include <stdlib.h>

#define INTERVALS 256
#define EXCEPTIONS 32

const char *test_zoneinfo;

struct pool {
    struct interval items[INTERVALS];
    size_t used;
};

static void fail(const char *what, const char *text)
{
    fprintf(stderr, "test data: %s: %s\n", what, text);
    exit(2);
}

static int32_t read_clock(const char *text)
{
    int32_t seconds;
    if (!time_of_day_parse((sla_text){text, 5}, &seconds))
        fail("no time of day", text);
    return seconds;
}

static struct intervals read_hours(struct pool *pool, const char *text)
{
    struct intervals hours = {pool->items + pool->used, 0};
    while (text != NULL && *text != '\0') {
        struct interval *interval = &pool->items[pool->used++];
        interval->open = read_clock(text);
        interval->close = read_clock(text + 6);
        hours.count++;
        text += text[11] == ',' ? 12 : 11;
    }
    return hours;
}

struct test_calendar test_calendar_make(const char *zone, const char *const week[7],
                                        const struct test_exception *exceptions)
{
    struct test_calendar made = {.calendar = NULL};
    struct pool pool = {.used = 0};
    struct date_exception list[EXCEPTIONS];
    struct calendar_rules rules = {.name = TEXT("office"), .always = week == NULL};
    test_arena(&made.arena);
    made.zone = arena_new(&made.arena, sizeof *made.zone);
    if (made.zone == NULL)
        fail("no memory for", zone);
    *made.zone = zone_from_file(&made.arena, test_zoneinfo, zone);
    rules.zone = made.zone;
    for (int day = 0; week != NULL && day < 7; day++)
        rules.week.days[day] = read_hours(&pool, week[day]);
    for (size_t i = 0; exceptions != NULL && exceptions[i].kind != 0; i++) {
        struct date_exception *exception = &list[rules.exception_count++];
        *exception = (struct date_exception){.kind = exceptions[i].kind,
                                             .like = exceptions[i].like,
                                             .open_until = -1};
        if (!date_parse((sla_text){exceptions[i].date, 10}, &exception->date))
            fail("no date", exceptions[i].date);
        if (exceptions[i].name != NULL)
            exception->name = (sla_text){exceptions[i].name, strlen(exceptions[i].name)};
        if (exceptions[i].kind == EXCEPTION_HOLIDAY && exceptions[i].hours != NULL)
            exception->open_until = read_clock(exceptions[i].hours);
        else
            exception->hours = read_hours(&pool, exceptions[i].hours);
    }
    rules.exceptions = list;
    made.status = calendar_compile(&made.arena, &rules, &made.calendar);
    return made;
}

void test_calendar_free(struct test_calendar *made)
{
    arena_free(&made->arena);
}

sla_time test_at(const struct test_calendar *made, const char *text)
{
    sla_time at;
    sla_text given = {text, strlen(text)};
    if (instant_parse(given, calendar_zone(made->calendar), &at) != SLA_OK)
        fail("no instant", text);
    return at;
}

const char *test_text(const struct test_calendar *made, sla_time at)
{
    static char buffers[4][SLA_TIME_CAPACITY];
    static unsigned turn;
    char *buffer = buffers[turn++ % 4];
    instant_format(at, calendar_zone(made->calendar), buffer);
    return buffer;
}
