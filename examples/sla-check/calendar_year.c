/* SPDX-License-Identifier: MIT */
/* A year of a calendar as a picture: twelve small months, and what is special in them. */
#include "calendar.h"
#include "output.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

#define MONTHS_ABREAST 3
#define WEEK_ROWS 6
#define MONTH_WIDTH 21 /* seven cells of three */
#define GAP_WIDTH 4    /* between months */
#define LINE_WIDTH 76

struct small_month {
    struct picture_day days[31];
    bool known[31];
    int length;
    int offset; /* of the first day from Monday */
    struct picture_totals totals;
};

static void read_month(const sla_calendar *calendar, int32_t year, int32_t month,
                       struct small_month *out)
{
    memset(out, 0, sizeof *out);
    for (int number = 1; number <= 31; number++) {
        sla_date date;
        if (sla_date_from_civil(year, month, number, &date) != SLA_OK)
            break;
        if (number == 1)
            out->offset = weekday_index(date);
        out->length = number;
        /* the zone's first or last day is cut by the range of T1 */
        out->known[number - 1] = picture_day_read(calendar, date, &out->days[number - 1]) == SLA_OK;
        if (out->known[number - 1])
            picture_totals_add(&out->totals, &out->days[number - 1]);
    }
}

/* A line of cells. Spaces wait until something follows, so that none ends a line. */
struct cells {
    int waiting;
};

static void add_spaces(struct cells *line, int count)
{
    line->waiting += count;
}

static void end_line(struct cells *line)
{
    line->waiting = 0;
    putchar('\n');
}

static void add_text(struct cells *line, enum style colour, const char *text)
{
    bool plain = colour == STYLE_PLAIN;
    printf("%*s%s%s%s", line->waiting, "", plain ? "" : style(stdout, colour), text,
           plain ? "" : style(stdout, STYLE_PLAIN));
    line->waiting = 0;
}

/* Weekends are dots, so that the weeks stand out; everything special has a sign of its own. */
static void add_cell(struct cells *line, const struct small_month *month, int cell)
{
    int number = cell - month->offset + 1;
    if (number < 1 || number > month->length || !month->known[number - 1]) {
        add_spaces(line, 3);
        return;
    }
    const struct picture_day *day = &month->days[number - 1];
    enum style colour = STYLE_PLAIN;
    const char *sign = "";
    if (day->day.kind == SLA_DAY_HOLIDAY) {
        colour = day->day.open > 0 ? STYLE_YELLOW : STYLE_RED;
        sign = "*";
    } else if (day->day.kind == SLA_DAY_WORKDAY) {
        colour = STYLE_CYAN;
        sign = "+";
    } else if (day->day.kind == SLA_DAY_SPECIAL) {
        colour = STYLE_MAGENTA;
        sign = "~";
    } else if (day->day.open == 0) {
        add_spaces(line, 1);
        add_text(line, STYLE_DIM, output_is_utf8() ? "·" : ".");
        add_spaces(line, 1);
        return;
    } else if (day->day.clock_change) {
        colour = STYLE_YELLOW;
        sign = "'";
    }
    char text[16];
    snprintf(text, sizeof text, "%2d%s", number, sign);
    add_text(line, colour, text);
    add_spaces(line, *sign == '\0');
}

static void add_padded(struct cells *line, enum style colour, const char *text)
{
    add_text(line, colour, text);
    add_spaces(line, MONTH_WIDTH - (int)strlen(text) + GAP_WIDTH);
}

static void print_months(const struct small_month *months, int32_t first)
{
    struct cells line = {0};
    for (int column = 0; column < MONTHS_ABREAST; column++)
        add_padded(&line, STYLE_BOLD, month_name(first + column));
    end_line(&line);
    for (int column = 0; column < MONTHS_ABREAST; column++)
        add_padded(&line, STYLE_DIM, "Mo Tu We Th Fr Sa Su");
    end_line(&line);
    for (int row = 0; row < WEEK_ROWS; row++) {
        bool any = false;
        for (int column = 0; column < MONTHS_ABREAST; column++)
            any = any || row * 7 - months[column].offset < months[column].length;
        if (!any)
            break;
        for (int column = 0; column < MONTHS_ABREAST; column++) {
            for (int weekday = 0; weekday < 7; weekday++)
                add_cell(&line, &months[column], row * 7 + weekday);
            add_spaces(&line, GAP_WIDTH);
        }
        end_line(&line);
    }
    for (int column = 0; column < MONTHS_ABREAST; column++) {
        char open[DURATION_CAPACITY], text[MONTH_WIDTH + DURATION_CAPACITY];
        const struct picture_totals *totals = &months[column].totals;
        snprintf(text, sizeof text, "%u day%s, %s", totals->open_days,
                 totals->open_days == 1 ? "" : "s", duration_text(totals->open, open));
        add_padded(&line, STYLE_DIM, text);
    }
    end_line(&line);
    putchar('\n');
}

/* Prints words with a hanging indent. */
struct wrapped {
    size_t column, indent;
};

static void print_wrapped(struct wrapped *line, const char *text)
{
    size_t width = text_width(text, strlen(text));
    bool begins = line->column == line->indent;
    if (!begins && line->column + 2 + width > LINE_WIDTH) {
        printf(",\n%*s", (int)line->indent, "");
        line->column = line->indent;
    } else if (!begins) {
        fputs(", ", stdout);
        line->column += 2;
    }
    print_visible(stdout, text, strlen(text));
    line->column += width;
}

static bool continues(const struct picture_day *day, const struct picture_day *next)
{
    return next->day.kind == day->day.kind && next->date == day->date + 1 &&
           next->day.name.length == day->day.name.length &&
           (day->day.name.length == 0 ||
            memcmp(next->day.name.data, day->day.name.data, day->day.name.length) == 0);
}

/* "15 Feb", or "15 Feb-23 Feb Spring Festival" when it lasts. */
static void print_occasion(struct wrapped *line, const struct picture_day *first,
                           const struct picture_day *last)
{
    int32_t year, month, number;
    char *text = get_memory(NULL, first->day.name.length + 64);
    sla_date_to_civil(first->date, &year, &month, &number);
    int used = sprintf(text, "%d %.3s", number, month_name(month));
    if (last != first) {
        sla_date_to_civil(last->date, &year, &month, &number);
        used += sprintf(text + used, " to %d %.3s", number, month_name(month));
    }
    if (first->day.name.length > 0)
        sprintf(text + used, " %.*s", (int)first->day.name.length, first->day.name.data);
    print_wrapped(line, text);
    free(text);
}

static void print_occasions(const struct small_month *months, uint32_t kind, const char *heading,
                            enum style colour)
{
    struct wrapped line = {.indent = 16};
    const struct picture_day *first = NULL, *last = NULL;
    for (int month = 0; month < 12; month++) {
        for (int i = 0; i < months[month].length; i++) {
            const struct picture_day *day = &months[month].days[i];
            if (!months[month].known[i] || day->day.kind != kind)
                continue;
            if (first == NULL) {
                printf("%s%s%s%*s", style(stdout, colour), heading, style(stdout, STYLE_PLAIN),
                       (int)(line.indent - strlen(heading)), "");
                line.column = line.indent;
            } else if (continues(last, day)) {
                last = day;
                continue;
            } else {
                print_occasion(&line, first, last);
            }
            first = last = day;
        }
    }
    if (first == NULL)
        return;
    print_occasion(&line, first, last);
    putchar('\n');
}

static void print_clock_changes(const struct small_month *months)
{
    struct wrapped line = {.indent = 16, .column = 16};
    bool any = false;
    for (int month = 0; month < 12; month++) {
        for (int i = 0; i < months[month].length; i++) {
            const struct picture_day *day = &months[month].days[i];
            if (!months[month].known[i] || (!day->day.clock_change && !day->skipped))
                continue;
            if (!any)
                printf("%s' clock changes%s ", style(stdout, STYLE_YELLOW),
                       style(stdout, STYLE_PLAIN));
            any = true;
            char length[DURATION_CAPACITY], text[96];
            snprintf(text, sizeof text, "%d %.3s (%s)", i + 1, month_name(month + 1),
                     duration_text(day->day.end - day->day.start, length));
            print_wrapped(&line, text);
        }
    }
    if (any)
        putchar('\n');
}

int print_year(const sla_calendar *calendar, int32_t year)
{
    struct small_month *months = get_memory(NULL, 12 * sizeof *months);
    struct picture_totals totals = {0};
    sla_text name, zone;
    sla_calendar_name(calendar, &name);
    sla_calendar_zone(calendar, &zone);
    const char *separator = output_is_utf8() ? "·" : "-";
    printf("%s%.*s%s %s %d %s %.*s\n\n", style(stdout, STYLE_BOLD), (int)name.length, name.data,
           style(stdout, STYLE_PLAIN), separator, year, separator, (int)zone.length, zone.data);
    for (int32_t month = 1; month <= 12; month++) {
        read_month(calendar, year, month, &months[month - 1]);
        for (int i = 0; i < months[month - 1].length; i++)
            if (months[month - 1].known[i])
                picture_totals_add(&totals, &months[month - 1].days[i]);
    }
    for (int32_t month = 1; month <= 12; month += MONTHS_ABREAST)
        print_months(&months[month - 1], month);
    printf("%s closed\n", output_is_utf8() ? "·" : ".");
    print_occasions(months, SLA_DAY_HOLIDAY, "* holidays", STYLE_RED);
    print_occasions(months, SLA_DAY_WORKDAY, "+ make-up days", STYLE_CYAN);
    print_occasions(months, SLA_DAY_SPECIAL, "~ special days", STYLE_MAGENTA);
    print_clock_changes(months);
    putchar('\n');
    picture_totals_print(&totals);
    free(months);
    return EXIT_FINE;
}
