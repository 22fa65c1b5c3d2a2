/* SPDX-License-Identifier: MIT */
/* Calendars and memory: how much they take, and what happens when there is none. */
#include "run_suite.h"
#include "test_calendar.h"

#include <stdlib.h>

#define HOUR 3600

/* The size that a calendar may have: 32 KB with 20 years of ten holidays. */
START_TEST(twenty_years_of_holidays_fit_into_32_kilobytes)
{
    struct arena arena;
    struct interval hours[2] = {{9 * HOUR, 12 * HOUR}, {13 * HOUR, 18 * HOUR}};
    struct date_exception exceptions[200];
    struct calendar_rules rules = {.name = TEXT("office"), .exceptions = exceptions};
    test_arena(&arena);
    struct zone zone = zone_from_file(&arena, test_zoneinfo, "America/New_York");
    rules.zone = &zone;
    for (int day = 0; day < 5; day++)
        rules.week.days[day] = (struct intervals){hours, 2};
    for (int32_t year = 2015; year < 2035; year++) {
        for (int32_t month = 1; month <= 10; month++)
            exceptions[rules.exception_count++] =
                (struct date_exception){.date = civil_to_date(year, month, 3 + 2 * month),
                                        .kind = EXCEPTION_HOLIDAY,
                                        .open_until = -1,
                                        .name = TEXT("a day with a name")};
    }
    sla_calendar *calendar;
    ck_assert_int_eq(calendar_compile(&arena, &rules, &calendar), SLA_OK);
    ck_assert_uint_le(calendar_memory(calendar), 32 * 1024);
    arena_free(&arena);
}
END_TEST

/* An allocator that fails at one call, and counts what is still held. */
struct scarce {
    size_t calls, fail_at;
    int64_t held;
};

static void *scarce_allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    struct scarce *scarce = user;
    sla_allocator usual = memory_allocator(NULL);
    if (new_size > 0 && ++scarce->calls == scarce->fail_at)
        return NULL;
    scarce->held += (int64_t)new_size - (block == NULL ? 0 : (int64_t)old_size);
    return usual.allocate(usual.user, block, old_size, new_size);
}

START_TEST(every_failed_allocation_is_told_and_nothing_is_lost)
{
    static struct interval hours[3] = {{9 * HOUR, 12 * HOUR}, {13 * HOUR, 18 * HOUR},
                                       {19 * HOUR, 20 * HOUR}};
    struct date_exception exceptions[3] = {
        {.date = 9000, .kind = EXCEPTION_HOLIDAY, .open_until = 40000, .name = TEXT("b")},
        {.date = 8000, .kind = EXCEPTION_HOLIDAY, .open_until = -1, .name = TEXT("a")},
        {.date = 8500, .kind = EXCEPTION_SPECIAL, .hours = {hours, 3}}};
    struct calendar_rules rules = {
        .name = TEXT("c"), .exceptions = exceptions, .exception_count = 3};
    struct file_bytes file = file_read(test_zoneinfo, "America/New_York");
    rules.week.days[0] = (struct intervals){hours, 3};
    bool done = false;
    for (size_t fail_at = 1; !done; fail_at++) {
        struct scarce scarce = {.fail_at = fail_at};
        sla_allocator allocator = {scarce_allocate, &scarce};
        struct arena arena;
        struct zone zone;
        const char *problem;
        sla_calendar *calendar;
        arena_init(&arena, &allocator);
        sla_status status =
            zone_decode(&arena, TEXT("X"), file.data, file.length, &zone, &problem);
        rules.zone = &zone;
        if (status == SLA_OK)
            status = calendar_compile(&arena, &rules, &calendar);
        done = status == SLA_OK;
        if (!done)
            ck_assert_int_eq(status, SLA_ERROR_MEMORY);
        ck_assert(!done || scarce.calls < fail_at);
        arena_free(&arena);
        ck_assert_int_eq(scarce.held, 0);
    }
    free(file.data);
}
END_TEST

int main(int count, char **arguments)
{
    test_zoneinfo = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("calendar_memory");
    TCase *tests = tcase_create("memory");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, twenty_years_of_holidays_fit_into_32_kilobytes);
    tcase_add_test(tests, every_failed_allocation_is_told_and_nothing_is_lost);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
