/* SPDX-License-Identifier: MIT */
/* A month of a calendar as a picture: a bar of 24 hours for every date. */
#include "calendar.h"
#include "output.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

#define CELLS 48
#define CELL_SECONDS 1800
#define HOURS_CAPACITY (STRETCH_LIMIT * 18)
#define NOTE_CAPACITY 512

/* How much of a cell is open, half by half. */
enum cell { CELL_CLOSED, CELL_FIRST_HALF, CELL_SECOND_HALF, CELL_PART, CELL_OPEN };

static int32_t overlap(int32_t from, int32_t to, int32_t low, int32_t high)
{
    int32_t start = from > low ? from : low, end = to < high ? to : high;
    return end > start ? end - start : 0;
}

/* By the local clock, as the hours were written (C1): a repeated hour fills its cells once. */
static enum cell cell_at(const sla_calendar *calendar, const struct picture_day *day, int cell)
{
    int32_t low = cell * CELL_SECONDS, middle = low + CELL_SECONDS / 2, high = low + CELL_SECONDS;
    int32_t first = 0, second = 0;
    for (size_t i = 0; i < day->stretch_count; i++) {
        int32_t from = local_seconds(calendar, day->stretches[i].open);
        int32_t to = local_end(calendar, &day->stretches[i]);
        first += overlap(from, to, low, middle);
        second += overlap(from, to, middle, high);
    }
    bool first_full = first >= CELL_SECONDS / 2, second_full = second >= CELL_SECONDS / 2;
    if (first_full && second_full)
        return CELL_OPEN;
    if (first == 0 && second == 0)
        return CELL_CLOSED;
    if (first_full && second == 0)
        return CELL_FIRST_HALF;
    if (second_full && first == 0)
        return CELL_SECOND_HALF;
    return CELL_PART;
}

static enum style kind_style(const struct picture_day *day)
{
    switch (day->day.kind) {
    case SLA_DAY_HOLIDAY:
        return day->day.open > 0 ? STYLE_YELLOW : STYLE_RED;
    case SLA_DAY_WORKDAY:
        return STYLE_CYAN;
    case SLA_DAY_SPECIAL:
        return STYLE_MAGENTA;
    default:
        return STYLE_GREEN;
    }
}

static void print_bar(const sla_calendar *calendar, const struct picture_day *day)
{
    static const char *const blocks[] = {"·", "▌", "▐", "▒", "█"};
    static const char *const plain[] = {".", "+", "+", "+", "#"};
    enum style current = STYLE_PLAIN;
    for (int cell = 0; cell < CELLS; cell++) {
        enum cell open = day->skipped ? CELL_CLOSED : cell_at(calendar, day, cell);
        enum style wanted = open == CELL_CLOSED ? STYLE_DIM : kind_style(day);
        if (wanted != current)
            printf("%s%s", style(stdout, STYLE_PLAIN), style(stdout, wanted));
        current = wanted;
        fputs(output_is_utf8() ? blocks[open] : plain[open], stdout);
    }
    fputs(style(stdout, STYLE_PLAIN), stdout);
}

static size_t append(char *buffer, size_t used, size_t capacity, const char *text, size_t length)
{
    if (length >= capacity - used)
        length = capacity - used - 1;
    memcpy(buffer + used, text, length);
    buffer[used + length] = '\0';
    return used + length;
}

static size_t append_clock(char *buffer, size_t used, size_t capacity, int32_t seconds)
{
    char text[16];
    int length = seconds % 60 == 0
                     ? snprintf(text, sizeof text, "%02d:%02d", seconds / 3600, seconds / 60 % 60)
                     : snprintf(text, sizeof text, "%02d:%02d:%02d", seconds / 3600,
                                seconds / 60 % 60, seconds % 60);
    return append(buffer, used, capacity, text, (size_t)length);
}

/* "09:00-12:00 13:30-18:00". */
static void write_hours(const sla_calendar *calendar, const struct picture_day *day, char *buffer)
{
    size_t used = 0;
    buffer[0] = '\0';
    if (day->stretch_count == 0)
        append(buffer, 0, HOURS_CAPACITY, day->skipped ? "-" : "closed", day->skipped ? 1 : 6);
    for (size_t i = 0; i < day->stretch_count; i++) {
        if (i > 0)
            used = append(buffer, used, HOURS_CAPACITY, " ", 1);
        used = append_clock(buffer, used, HOURS_CAPACITY,
                            local_seconds(calendar, day->stretches[i].open));
        used = append(buffer, used, HOURS_CAPACITY, "-", 1);
        used = append_clock(buffer, used, HOURS_CAPACITY, local_end(calendar, &day->stretches[i]));
    }
}

/* "the clock goes from -05:00 to -04:00, a day of 23h". */
static size_t append_clock_change(const sla_calendar *calendar, const struct picture_day *day,
                                  char *buffer, size_t used)
{
    char before[SLA_TIME_CAPACITY], after[SLA_TIME_CAPACITY], text[160];
    char length[DURATION_CAPACITY];
    if (sla_calendar_format_time(calendar, day->day.start, before) < 20 ||
        sla_calendar_format_time(calendar, day->day.end, after) < 20)
        return used;
    int written = snprintf(text, sizeof text, "%sclock changes from %s to %s, a day of %s",
                           used > 0 ? "; " : "", before + 19, after + 19,
                           duration_text(day->day.end - day->day.start, length));
    return append(buffer, used, NOTE_CAPACITY, text, (size_t)written);
}

static void write_note(const sla_calendar *calendar, const struct picture_day *day, char *buffer)
{
    static const char *const kinds[] = {
        [SLA_DAY_REGULAR] = "",
        [SLA_DAY_HOLIDAY] = "holiday",
        [SLA_DAY_WORKDAY] = "make-up day",
        [SLA_DAY_SPECIAL] = "special day",
    };
    size_t used = 0;
    buffer[0] = '\0';
    if (day->skipped) {
        const char *text = "this date was skipped by the zone";
        append(buffer, 0, NOTE_CAPACITY, text, strlen(text));
        return;
    }
    const char *kind = kinds[day->day.kind & 3];
    sla_text name = day->day.name;
    used = append(buffer, used, NOTE_CAPACITY, kind, strlen(kind));
    if (name.length > 0) {
        if (used > 0)
            used = append(buffer, used, NOTE_CAPACITY, ": ", 2);
        used = append(buffer, used, NOTE_CAPACITY, name.data, name.length);
    }
    if (day->day.clock_change)
        used = append_clock_change(calendar, day, buffer, used);
    if (day->provisional)
        append(buffer, used, NOTE_CAPACITY, used > 0 ? " ?" : "?", used > 0 ? 2 : 1);
}

static void print_scale(void)
{
    printf("%8s", "");
    for (int hour = 0; hour < 24; hour += 3)
        printf("%-6d", hour);
    puts("24");
}

static void print_day(const sla_calendar *calendar, const struct picture_day *day, int32_t number,
                      const char *hours, int width, const char *note)
{
    bool dim = day->day.open == 0 && day->day.kind == SLA_DAY_REGULAR;
    printf("%s%s %2d%s  ", style(stdout, dim ? STYLE_DIM : STYLE_BOLD), weekday_name(day->date),
           number, style(stdout, STYLE_PLAIN));
    print_bar(calendar, day);
    printf("  %s%s%s", style(stdout, dim ? STYLE_DIM : STYLE_PLAIN), hours,
           style(stdout, STYLE_PLAIN));
    if (*note != '\0') {
        bool coloured = day->day.kind != SLA_DAY_REGULAR;
        printf("%*s  %s", width - (int)strlen(hours), "",
               style(stdout, coloured ? kind_style(day) : STYLE_YELLOW));
        print_visible(stdout, note, strlen(note));
        fputs(style(stdout, STYLE_PLAIN), stdout);
    }
    putchar('\n');
}

static void print_title(const sla_calendar *calendar, int32_t year, int32_t month)
{
    sla_text name, zone;
    sla_calendar_name(calendar, &name);
    sla_calendar_zone(calendar, &zone);
    const char *separator = output_is_utf8() ? "·" : "-";
    printf("%s%.*s%s %s %s %d %s %.*s\n\n", style(stdout, STYLE_BOLD), (int)name.length, name.data,
           style(stdout, STYLE_PLAIN), separator, month_name(month), year, separator,
           (int)zone.length, zone.data);
}

int print_month(const sla_calendar *calendar, int32_t year, int32_t month)
{
    struct picture_day days[31];
    char hours[31][HOURS_CAPACITY], note[NOTE_CAPACITY];
    int32_t numbers[31];
    size_t count = 0;
    int width = 0;
    struct picture_totals totals = {0};
    for (int32_t number = 1; number <= 31; number++) {
        sla_date date;
        if (sla_date_from_civil(year, month, number, &date) != SLA_OK)
            break;
        if (picture_day_read(calendar, date, &days[count]) != SLA_OK)
            continue; /* the zone's first or last day is cut by the range of T1 */
        write_hours(calendar, &days[count], hours[count]);
        if ((int)strlen(hours[count]) > width)
            width = (int)strlen(hours[count]);
        picture_totals_add(&totals, &days[count]);
        numbers[count++] = number;
    }
    print_title(calendar, year, month);
    print_scale();
    for (size_t i = 0; i < count; i++) {
        write_note(calendar, &days[i], note);
        print_day(calendar, &days[i], numbers[i], hours[i], width, note);
    }
    putchar('\n');
    picture_totals_print(&totals);
    return EXIT_FINE;
}
