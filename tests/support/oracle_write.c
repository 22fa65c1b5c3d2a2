/* SPDX-License-Identifier: MIT */
/* Plans as policies. */
#include "oracle_hours.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct sheet {
    char *text;
    size_t length, capacity;
};

static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

static void put(struct sheet *sheet, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int length = vsnprintf(sheet->text + sheet->length, sheet->capacity - sheet->length, format,
                           values);
    va_end(values);
    if (length < 0 || (size_t)length >= sheet->capacity - sheet->length) {
        printf("Bail out! a plan is too long for its text\n");
        exit(2);
    }
    sheet->length += (size_t)length;
}

static void put_time(struct sheet *sheet, int32_t second)
{
    put(sheet, "%02d:%02d", second / 3600, second / 60 % 60);
    if (second % 60 != 0)
        put(sheet, ":%02d", second % 60);
}

static void put_date(struct sheet *sheet, int32_t date)
{
    const struct oracle_date *at = oracle_date(date);
    put(sheet, "%04d-%02d-%02d", at->year, at->month, at->day);
}

static void put_local(struct sheet *sheet, int64_t local)
{
    int32_t date = oracle_floor_day(local);
    put_date(sheet, date);
    put(sheet, "T");
    put_time(sheet, (int32_t)(local - (int64_t)date * PLAN_DAY));
}

/* One interval as a text, several as a list or as one text with commas. */
static void put_hours(struct sheet *sheet, const struct plan_hours *hours)
{
    bool as_list = hours->count > 1 && hours->spans[0].open % 7200 < 3600;
    if (hours->count == 0) {
        put(sheet, "closed");
        return;
    }
    put(sheet, as_list ? "[\"" : "\"");
    for (int32_t i = 0; i < hours->count; i++) {
        if (i > 0)
            put(sheet, as_list ? "\", \"" : ", ");
        put_time(sheet, hours->spans[i].open);
        put(sheet, "-");
        put_time(sheet, hours->spans[i].close);
    }
    put(sheet, as_list ? "\"]" : "\"");
}

static bool same_hours(const struct plan_hours *a, const struct plan_hours *b)
{
    bool same = a->count == b->count;
    for (int32_t i = 0; same && i < a->count; i++)
        same = a->spans[i].open == b->spans[i].open && a->spans[i].close == b->spans[i].close;
    return same;
}

/* The key of all days with the hours of `day`: "mon", "mon-wed", "daily", "mon, thu". */
static void put_days(struct sheet *sheet, const struct plan_week *week, int day)
{
    int count = 0, last = day;
    for (int other = day; other < 7; other++) {
        if (same_hours(&week->days[day], &week->days[other])) {
            count++;
            last = other;
        }
    }
    if (count == 7) {
        put(sheet, "daily");
    } else if (count == 1) {
        put(sheet, "%s", weekdays[day]);
    } else if (last - day + 1 == count) {
        put(sheet, "%s-%s", weekdays[day], weekdays[last]);
    } else {
        put(sheet, "\"%s", weekdays[day]);
        for (int other = day + 1; other < 7; other++)
            if (same_hours(&week->days[day], &week->days[other]))
                put(sheet, ", %s", weekdays[other]);
        put(sheet, "\"");
    }
}

static void put_week(struct sheet *sheet, const struct plan_week *week)
{
    bool any = false;
    put(sheet, "{");
    for (int day = 0; day < 7; day++) {
        bool told = week->days[day].count == 0;
        for (int before = 0; before < day; before++)
            told = told || same_hours(&week->days[before], &week->days[day]);
        if (told)
            continue;
        put(sheet, any ? ", " : "");
        put_days(sheet, week, day);
        put(sheet, ": ");
        put_hours(sheet, &week->days[day]);
        any = true;
    }
    put(sheet, any ? "}" : "mon: closed}");
}

static void put_when(struct sheet *sheet, const struct plan_when *when)
{
    static const char *const nth[] = {"last", "", "1st", "2nd", "3rd", "4th", "5th"};
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    static const char *const observed[] = {"", "nearest weekday", "next weekday",
                                           "next free weekday", "sunday to monday",
                                           "sunday to next free day"};
    if (when->form == PLAN_DATE) {
        put(sheet, "date: ");
        put_date(sheet, when->date);
        if (when->to > when->date) {
            put(sheet, ", to: ");
            put_date(sheet, when->to);
        }
        return;
    }
    if (when->form == PLAN_YEARLY)
        put(sheet, "yearly: %02d-%02d", when->month, when->day);
    else if (when->form == PLAN_NTH)
        put(sheet, "yearly: \"%s %s of %s\"", nth[when->nth + 1], weekdays[when->weekday],
            months[when->month - 1]);
    else if (when->offset == 0)
        put(sheet, "yearly: easter");
    else
        put(sheet, "yearly: \"easter %c %d\"", when->offset < 0 ? '-' : '+', abs(when->offset));
    if (when->to_month != 0)
        put(sheet, ", to: %02d-%02d", when->to_month, when->to_day);
    if (when->observed != PLAN_AS_IS)
        put(sheet, ", observed: %s", observed[when->observed]);
    if (when->since != 0)
        put(sheet, ", since: %d", when->since);
    if (when->until != 0)
        put(sheet, ", until: %d", when->until);
    if (when->except != 0)
        put(sheet, ", except: [%d]", when->except);
}

static void put_list(struct sheet *sheet, const struct plan_list *list, int32_t number)
{
    put(sheet, "  h%d:\n", number);
    if (list->through >= 0) {
        put(sheet, "    through: ");
        put_date(sheet, list->through);
        put(sheet, "\n");
    }
    put(sheet, list->closed_count > 0 ? "    closed:\n" : "    closed: []\n");
    for (int32_t i = 0; i < list->closed_count; i++) {
        put(sheet, "      - {");
        put_when(sheet, &list->closed[i].when);
        if (list->closed[i].open_until >= 0) {
            put(sheet, ", open_until: \"");
            put_time(sheet, list->closed[i].open_until);
            put(sheet, "\"");
        }
        put(sheet, "}\n");
    }
    if (list->workday_count > 0)
        put(sheet, "    workdays:\n");
    for (int32_t i = 0; i < list->workday_count; i++) {
        const struct plan_workday *workday = &list->workdays[i];
        put(sheet, "      - {date: ");
        put_date(sheet, workday->date);
        if (workday->to > workday->date) {
            put(sheet, ", to: ");
            put_date(sheet, workday->to);
        }
        if (workday->like >= 0)
            put(sheet, ", like: %s", weekdays[workday->like]);
        if (workday->like == PLAN_LIKE_HOURS) {
            put(sheet, ", hours: ");
            put_hours(sheet, &workday->hours);
        }
        put(sheet, "}\n");
    }
}

static void put_rows(struct sheet *sheet, const struct plan_calendar *calendar)
{
    if (calendar->has_hours) {
        put(sheet, "    hours: ");
        if (calendar->always)
            put(sheet, "always");
        else
            put_week(sheet, &calendar->week);
        put(sheet, "\n");
    }
    bool inherits = calendar->extends >= 0; /* then an empty list replaces one */
    if (calendar->has_seasons && (inherits || calendar->season_count > 0))
        put(sheet, calendar->season_count > 0 ? "    seasons:\n" : "    seasons: []\n");
    for (int32_t i = 0; i < calendar->season_count; i++) {
        const struct plan_season *season = &calendar->seasons[i];
        put(sheet, "      - {from: %02d-%02d, to: %02d-%02d, hours: ", season->month, season->day,
            season->to_month, season->to_day);
        put_week(sheet, &season->week);
        put(sheet, "}\n");
    }
    if (calendar->has_holidays && (inherits || calendar->list_count > 0)) {
        put(sheet, "    holidays: [");
        for (int32_t i = 0; i < calendar->list_count; i++)
            put(sheet, "%sh%d", i > 0 ? ", " : "", calendar->lists[i]);
        put(sheet, "]\n");
    }
    if (calendar->has_special && (inherits || calendar->special_count > 0))
        put(sheet, calendar->special_count > 0 ? "    special:\n" : "    special: []\n");
    for (int32_t i = 0; i < calendar->special_count; i++) {
        const struct plan_special *special = &calendar->special[i];
        put(sheet, "      - {");
        if (special->is_closure) {
            put(sheet, "from: ");
            put_local(sheet, special->from);
            put(sheet, ", to: ");
            put_local(sheet, special->to);
        } else {
            put_when(sheet, &special->when);
        }
        put(sheet, ", hours: ");
        put_hours(sheet, &special->hours);
        put(sheet, "}\n");
    }
}

static void put_calendar(struct sheet *sheet, const struct plan *plan,
                         const struct wall_clocks *clocks, int32_t index)
{
    static const char *const algebras[] = {"", "all_of", "any_of", "none_of"};
    const struct plan_calendar *calendar = &plan->calendars[index];
    bool bare = calendar->zone < 0 && calendar->extends < 0 && calendar->algebra == PLAN_HOURS &&
                !calendar->has_hours && !calendar->has_seasons && !calendar->has_holidays &&
                !calendar->has_special;
    put(sheet, bare ? "  c%d: {}\n" : "  c%d:\n", index);
    if (calendar->zone >= 0)
        put(sheet, "    timezone: %s\n", clocks->items[calendar->zone].name);
    if (calendar->extends >= 0)
        put(sheet, "    extends: c%d\n", calendar->extends);
    if (calendar->algebra == PLAN_HOURS) {
        put_rows(sheet, calendar);
        return;
    }
    put(sheet, "    %s: [", algebras[calendar->algebra]);
    for (int32_t i = 0; i < calendar->member_count; i++) {
        put(sheet, i > 0 ? ", " : "");
        if (calendar->members[i] == PLAN_ROUND_THE_CLOCK)
            put(sheet, "24x7");
        else
            put(sheet, "c%d", calendar->members[i]);
    }
    put(sheet, "]\n");
}

void plan_write(const struct plan *plan, const struct wall_clocks *clocks, char *text,
                size_t capacity)
{
    struct sheet sheet = {text, 0, capacity};
    put(&sheet, "sla: 1\n");
    if (plan->zone >= 0)
        put(&sheet, "timezone: %s\n", clocks->items[plan->zone].name);
    if (plan->rolls)
        put(&sheet, "roll_deadlines: true\n");
    if (plan->list_count > 0)
        put(&sheet, "holidays:\n");
    for (int32_t i = 0; i < plan->list_count; i++)
        put_list(&sheet, &plan->lists[i], i);
    put(&sheet, "calendars:\n");
    for (int32_t i = 0; i < plan->calendar_count; i++)
        put_calendar(&sheet, plan, clocks, i);
}
