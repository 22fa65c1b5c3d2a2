/* SPDX-License-Identifier: MIT */
/* What questions to a calendar cost: Monday to Friday 09-12 and 13-18 in New York, ten holidays a
 * year for 20 years, random starts over those years. Beside it a bare table of days, timed in turn
 * in the same run: the ratio says more than nanoseconds on a shared machine. The best of some
 * rounds counts. Argument: the folder of test data. */
#include "bare_table.h"
#include "random.h"
#include "time/calendar.h"
#include "time/calendar_tables.h"
#include "zone_files.h"

#include <stdio.h>
#include <time.h>

#define HOUR 3600
#define STARTS 4096
#define CALLS STARTS
#define ROUNDS 400
#define FIRST_YEAR 2015
#define YEARS 20

static sla_time starts[STARTS];
static volatile int64_t sink;

static double now(void)
{
    struct timespec time;
    timespec_get(&time, TIME_UTC);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Nanoseconds a call of `call`, which leaves its answer in `got`. */
#define TIMED(best, call)                                      \
    do {                                                       \
        int64_t sum = 0;                                       \
        double begin = now();                                  \
        for (int i = 0; i < CALLS; i++) {                      \
            sla_time start = starts[i % STARTS];               \
            int64_t got = 0;                                   \
            (void)(call);                                      \
            sum += got;                                        \
        }                                                      \
        double took = (now() - begin) / CALLS;                 \
        sink = sink + sum;                                     \
        best = best == 0 || took < best ? took : best;         \
    } while (0)

static void make_rules(struct calendar_rules *rules, struct date_exception *holidays)
{
    static struct interval hours[2] = {{9 * HOUR, 12 * HOUR}, {13 * HOUR, 18 * HOUR}};
    rules->name = TEXT("office");
    for (int day = 0; day < 5; day++)
        rules->week.days[day] = (struct intervals){hours, 2};
    rules->exceptions = holidays;
    /* Roughly where the American ones fall: ten Mondays to Fridays over the year. */
    static const struct {
        int32_t month, day;
    } places[10] = {{1, 1}, {1, 19}, {2, 16}, {5, 25}, {6, 19}, {7, 4}, {9, 7}, {11, 11}, {11, 26},
                    {12, 25}};
    for (int32_t year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
        for (size_t i = 0; i < 10; i++) {
            sla_date date = civil_to_date(year, places[i].month, places[i].day);
            while (weekday_of(date) > 4)
                date++;
            holidays[rules->exception_count++] = (struct date_exception){
                .date = date, .kind = EXCEPTION_HOLIDAY, .open_until = -1, .name = TEXT("holiday")};
        }
    }
}

static double compile_time(const struct calendar_rules *rules)
{
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena arena;
        sla_calendar *calendar;
        test_arena(&arena);
        double begin = now();
        if (calendar_compile(&arena, rules, &calendar) != SLA_OK)
            return -1;
        double took = now() - begin;
        best = best == 0 || took < best ? took : best;
        arena_free(&arena);
    }
    return best;
}

static void measure(const sla_calendar *calendar, const struct bare_table *bare)
{
    double add_8 = 0, add_200 = 0, elapsed = 0, bare_8 = 0, bare_200 = 0, bare_elapsed = 0;
    double open = 0, next_open = 0, next_close = 0, workdays = 0, due = 0;
    sla_target target = {
        .size = sizeof target, .unit = SLA_UNIT_WORKDAYS, .cutoff = SLA_NO_CUTOFF, .amount = 5};
    for (int round = 0; round < ROUNDS; round++) {
        TIMED(add_8, sla_calendar_add(calendar, start, 8 * HOUR, &got));
        TIMED(bare_8, bare_table_add(bare, start, 8 * HOUR, &got));
        TIMED(add_200, sla_calendar_add(calendar, start, 200 * HOUR, &got));
        TIMED(bare_200, bare_table_add(bare, start, 200 * HOUR, &got));
        TIMED(elapsed, sla_calendar_elapsed(calendar, start, start + 30 * 24 * HOUR, &got));
        TIMED(bare_elapsed, bare_table_elapsed(bare, start, start + 30 * 24 * HOUR, &got));
        TIMED(open, got = sla_calendar_is_open(calendar, start));
        TIMED(next_open, sla_calendar_next_open(calendar, start, &got));
        TIMED(next_close, sla_calendar_next_close(calendar, start, &got));
        TIMED(workdays, sla_calendar_due(calendar, start, &target, &got));
    }
    target.due = SLA_DUE_CLOSE;
    for (int round = 0; round < 50; round++)
        TIMED(due, sla_calendar_due(calendar, start, &target, &got));
    printf("%-24s %8s %8s %8s\n", "ns per call", "libsla", "bare", "ratio");
    printf("%-24s %8.1f %8.1f %8.2f\n", "add 8 h", add_8, bare_8, add_8 / bare_8);
    printf("%-24s %8.1f %8.1f %8.2f\n", "add 200 h", add_200, bare_200, add_200 / bare_200);
    printf("%-24s %8.1f %8.1f %8.2f\n", "elapsed over 30 days", elapsed, bare_elapsed,
           elapsed / bare_elapsed);
    printf("%-24s %8.1f\n", "is_open", open);
    printf("%-24s %8.1f\n", "next_open", next_open);
    printf("%-24s %8.1f\n", "next_close", next_close);
    printf("%-24s %8.1f\n", "due in 5 working days", workdays);
    printf("%-24s %8.1f\n", "... at closing time", due);
}

int main(int count, char **arguments)
{
    char folder[4096];
    static struct date_exception holidays[10 * YEARS];
    struct calendar_rules rules = {.exception_count = 0};
    struct random random = {2026};
    struct arena arena;
    sla_calendar *calendar;
    struct bare_table bare;
    test_arena(&arena);
    snprintf(folder, sizeof folder, "%s/zoneinfo", count > 1 ? arguments[1] : ".");
    struct zone zone = zone_from_file(&arena, folder, "America/New_York");
    rules.zone = &zone;
    make_rules(&rules, holidays);
    if (calendar_compile(&arena, &rules, &calendar) != SLA_OK ||
        !bare_table_init(&bare, calendar, calendar->tables.shift))
        return 1;
    sla_time begin = (sla_time)civil_to_date(FIRST_YEAR, 1, 1) * SECONDS_PER_DAY;
    for (size_t i = 0; i < STARTS; i++)
        starts[i] = begin + random_between(&random, 0, (int64_t)YEARS * 365 * SECONDS_PER_DAY);
    measure(calendar, &bare);
    printf("%-24s %8.1f us\n", "compile", compile_time(&rules) / 1000);
    printf("%-24s %8llu bytes, bare %zu\n", "memory",
           (unsigned long long)calendar_memory(calendar), bare.bytes);
    bare_table_free(&bare);
    arena_free(&arena);
    return 0;
}
