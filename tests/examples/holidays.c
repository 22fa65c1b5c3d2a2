/* SPDX-License-Identifier: MIT */
/* The holiday files of examples/holidays against independent lists (tests/data/holidays), date by
   date and in both directions. Arguments: the folder of zone files, of the holiday files, and of
   the lists. */
#include "run_suite.h"

#include <check.h>
#include <sla/sla.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATES_MAX 1000

static const char *zones, *files, *lists;

/* A row of a list: what a date is. */
struct row {
    sla_date date;
    char kind[10], name[100];
};
static struct row rows[DATES_MAX];
static size_t row_count;

static sla_date date_of(int32_t year, int32_t month, int32_t day)
{
    sla_date date;
    ck_assert_int_eq(sla_date_from_civil(year, month, day, &date), SLA_OK);
    return date;
}

static void read_list(const char *name)
{
    char path[4096], line[400];
    snprintf(path, sizeof path, "%s/%s.csv", lists, name);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s", path);
    row_count = 0;
    ck_assert(fgets(line, sizeof line, file) != NULL && strcmp(line, "date,kind,name\n") == 0);
    while (fgets(line, sizeof line, file) != NULL) {
        int year, month, day;
        ck_assert_uint_lt(row_count, DATES_MAX);
        struct row *row = &rows[row_count++];
        ck_assert_msg(sscanf(line, "%d-%d-%d,%9[a-z],%99[^\n]", &year, &month, &day, row->kind,
                             row->name) == 5, "%s", line);
        row->date = date_of(year, month, day);
        ck_assert(row_count == 1 || row[-1].date < row->date);
    }
    fclose(file);
}

static const struct row *row_of(sla_date date)
{
    for (size_t i = 0; i < row_count; i++)
        if (rows[i].date == date)
            return &rows[i];
    return NULL;
}

/* A calendar with these hours and the one list of a file, included as a policy does it. */
static sla_policy *compile_file(const char *name, const char *hours)
{
    char text[500], path[4096], message[1000] = "";
    snprintf(text, sizeof text,
             "sla: 1\ninclude: [%s.yaml]\n"
             "calendars: {c: {hours: {%s: \"09:00-17:00\"}, holidays: [%s]}}\n", name, hours, name);
    snprintf(path, sizeof path, "%s/policy.yaml", files);
    sla_policy_options options = {.size = sizeof options};
    options.file_name = (sla_text){path, SLA_NUL_TERMINATED};
    options.zoneinfo = (sla_text){zones, SLA_NUL_TERMINATED};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    sla_status status = sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, &diags);
    if (sla_diags_count(diags) > 0)
        sla_diag_format(sla_diags_at(diags, 0), message, sizeof message);
    sla_diags_free(diags);
    ck_assert_msg(status == SLA_OK && message[0] == '\0', "%s", message);
    return policy;
}

static sla_day day_of(const sla_policy *policy, sla_date date)
{
    sla_day day = {.size = sizeof day};
    const sla_calendar *calendar = sla_policy_calendar(policy, "c", SLA_NUL_TERMINATED);
    ck_assert_int_eq(sla_calendar_day(calendar, date, &day, NULL, 0), SLA_OK);
    return day;
}

/* Every date of these years is a holiday iff the list says so; weekends count as any day. */
static void assert_same_holidays(const char *name, int32_t first_year, int32_t last_year)
{
    sla_policy *policy = compile_file(name, "daily");
    read_list(name);
    size_t found = 0;
    for (sla_date date = date_of(first_year, 1, 1); date <= date_of(last_year, 12, 31); date++) {
        sla_day day = day_of(policy, date);
        const struct row *row = row_of(date);
        int32_t year, month, number;
        sla_date_to_civil(date, &year, &month, &number);
        ck_assert_msg((row != NULL) == (day.kind == SLA_DAY_HOLIDAY) &&
                          (day.open == 0) == (row != NULL),
                      "%s %04d-%02d-%02d: %s in the list, %.*s here", name, year, month, number,
                      row == NULL ? "nothing" : row->name, (int)day.name.length,
                      day.name.length == 0 ? "" : day.name.data);
        ck_assert_msg(row == NULL || day.name.length > 0, "a holiday without a name");
        found += row != NULL;
    }
    ck_assert_uint_eq(found, row_count); /* no row lies outside these years */
    sla_policy_unref(policy);
}

START_TEST(federal_holidays_of_the_usa_are_those_of_the_list_from_1971_to_2030)
{
    assert_same_holidays("us-federal", 1971, 2030);
}
END_TEST

START_TEST(bank_holidays_of_england_are_those_of_the_list_from_1978_to_2030)
{
    assert_same_holidays("england", 1978, 2030);
}
END_TEST

START_TEST(holidays_of_all_germany_are_those_of_the_list_from_1991_to_2030)
{
    assert_same_holidays("germany", 1991, 2030);
}
END_TEST

START_TEST(holidays_of_bavaria_are_those_of_the_list_from_1991_to_2030)
{
    assert_same_holidays("bavaria", 1991, 2030);
}
END_TEST

START_TEST(holidays_of_japan_are_those_of_the_list_from_2007_to_2030)
{
    assert_same_holidays("japan", 2007, 2030);
}
END_TEST

START_TEST(china_works_and_rests_as_the_list_says_on_every_date_from_2007_to_2026)
{
    sla_policy *policy = compile_file("china", "mon-fri");
    read_list("china");
    size_t found = 0, made_up = 0;
    for (sla_date date = date_of(2007, 1, 1); date <= date_of(2026, 12, 31); date++) {
        sla_day day = day_of(policy, date);
        const struct row *row = row_of(date);
        bool open = (date + 3) % 7 < 5; /* 1970-01-01 was a Thursday */
        if (row != NULL)
            open = strcmp(row->kind, "workday") == 0;
        int32_t year, month, number;
        sla_date_to_civil(date, &year, &month, &number);
        ck_assert_msg((day.open > 0) == open, "%04d-%02d-%02d: %s", year, month, number,
                      row == NULL ? "nothing in the list" : row->kind);
        ck_assert(row == NULL || day.name.length > 0);
        ck_assert(row == NULL || day.kind == (open ? SLA_DAY_WORKDAY : SLA_DAY_HOLIDAY));
        found += row != NULL;
        made_up += row != NULL && open;
    }
    ck_assert_uint_eq(found, row_count);
    ck_assert_uint_gt(made_up, 100);
    /* The notice for 2007 reached back. */
    ck_assert_uint_eq(day_of(policy, date_of(2006, 12, 30)).kind, SLA_DAY_WORKDAY);
    ck_assert_uint_eq(day_of(policy, date_of(2006, 12, 31)).kind, SLA_DAY_WORKDAY);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(lists_of_data_are_provisional_behind_their_end_and_rules_never_are)
{
    static const struct {
        const char *name;
        int32_t last_year; /* 0: it has no end */
    } ends[] = {{"china", 2026}, {"japan", 2030}, {"us-federal", 0},
                {"england", 0},  {"germany", 0},  {"bavaria", 0}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        sla_policy *policy = compile_file(ends[i].name, "daily");
        const sla_calendar *calendar = sla_policy_calendar(policy, "c", SLA_NUL_TERMINATED);
        int32_t last = ends[i].last_year == 0 ? 2100 : ends[i].last_year;
        sla_time inside = day_of(policy, date_of(last, 12, 31)).start;
        sla_time behind = day_of(policy, date_of(last + 1, 1, 1)).start;
        ck_assert_int_eq(sla_calendar_is_provisional(calendar, inside), 0);
        ck_assert_int_eq(sla_calendar_is_provisional(calendar, behind), ends[i].last_year != 0);
        sla_policy_unref(policy);
    }
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    zones = argv[1];
    files = argv[2];
    lists = argv[3];
    Suite *suite = suite_create("holidays");
    TCase *tcase = tcase_create("holidays");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, federal_holidays_of_the_usa_are_those_of_the_list_from_1971_to_2030);
    tcase_add_test(tcase, bank_holidays_of_england_are_those_of_the_list_from_1978_to_2030);
    tcase_add_test(tcase, holidays_of_all_germany_are_those_of_the_list_from_1991_to_2030);
    tcase_add_test(tcase, holidays_of_bavaria_are_those_of_the_list_from_1991_to_2030);
    tcase_add_test(tcase, holidays_of_japan_are_those_of_the_list_from_2007_to_2030);
    tcase_add_test(tcase, china_works_and_rests_as_the_list_says_on_every_date_from_2007_to_2026);
    tcase_add_test(tcase, lists_of_data_are_provisional_behind_their_end_and_rules_never_are);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
