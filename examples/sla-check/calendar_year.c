/* SPDX-License-Identifier: MIT */
/* A year of a calendar as a picture: twelve small months, and what is special in them. */
#include "calendar.h"
#include "calendar_text.h"

#include <string.h>

#define MONTHS_ABREAST 3
#define WEEK_ROWS 6
#define MONTH_WIDTH 21 /* seven cells of three */
#define GAP_WIDTH 4    /* between months */
#define BAR_WIDTH 42   /* of the month with the most open time */

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
static void add_cell(struct cells *line, const struct drawn_day *day)
{
    enum style colour = day->provisional ? STYLE_DIM : STYLE_PLAIN;
    char sign = day_kind(day)->sign;
    if (sign != ' ') {
        colour = day_kind(day)->colour;
    } else if (day->change_count > 0) {
        colour = STYLE_YELLOW;
        sign = '\'';
    } else if (day->day.open == 0) {
        add_spaces(line, 1);
        add_text(line, STYLE_DIM, glyph("·", "."));
        add_spaces(line, 1);
        return;
    }
    char text[16];
    snprintf(text, sizeof text, "%2d%c", day->number, sign);
    text[sign == ' ' ? 2 : 3] = '\0';
    add_text(line, colour, text);
    add_spaces(line, sign == ' ');
}

/* One of the six weeks that a month touches; false when it does not. */
static bool add_week(struct cells *line, const struct drawn_day *days, size_t count, int week)
{
    bool any = false;
    int offset = count > 0 ? weekday_index(days[0].date - days[0].number + 1) : 0;
    for (int weekday = 0; weekday < 7; weekday++) {
        int number = week * 7 + weekday - offset + 1;
        const struct drawn_day *day = NULL;
        for (size_t i = 0; i < count; i++)
            if (days[i].number == number)
                day = &days[i];
        if (day != NULL)
            add_cell(line, day);
        else
            add_spaces(line, 3);
        any = any || day != NULL;
    }
    add_spaces(line, GAP_WIDTH);
    return any;
}

static void add_padded(struct cells *line, enum style colour, const char *text)
{
    add_text(line, colour, text);
    add_spaces(line, MONTH_WIDTH - (int)strlen(text) + GAP_WIDTH);
}

static void print_months(const struct span *span, int32_t first)
{
    struct cells line = {0};
    for (int column = 0; column < MONTHS_ABREAST; column++)
        add_padded(&line, STYLE_BOLD, month_name(first + column));
    end_line(&line);
    for (int column = 0; column < MONTHS_ABREAST; column++)
        add_padded(&line, STYLE_DIM, "Mo Tu We Th Fr Sa Su");
    end_line(&line);
    for (int week = 0; week < WEEK_ROWS; week++) {
        bool any = false;
        for (int column = 0; column < MONTHS_ABREAST; column++) {
            const struct drawn_day *days;
            size_t count = span_month(span, first + column, &days);
            any = add_week(&line, days, count, week) || any;
        }
        if (any)
            end_line(&line);
        line.waiting = 0;
    }
    putchar('\n');
}

/* A bar in eighths of a column. */
static void print_share(sla_duration open, sla_duration most)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int64_t whole = most > 0 ? (open * BAR_WIDTH * 8 + most / 2) / most : 0;
    fputs(style(stdout, STYLE_GREEN), stdout);
    for (int64_t i = 0; i < whole / 8; i++)
        fputs(glyph("█", "#"), stdout);
    fputs(glyph(eighths[whole % 8], whole % 8 >= 4 ? "#" : ""), stdout);
    fputs(style(stdout, STYLE_PLAIN), stdout);
}

/* "January    21 days  157h30m  ██████", a line a month. */
static void print_shares(const struct span *span)
{
    struct totals months[12];
    sla_duration most = 0;
    int widest = 0;
    char open[DURATION_CAPACITY];
    for (int32_t month = 0; month < 12; month++) {
        months[month] = span_month_totals(span, month + 1);
        if (months[month].open > most)
            most = months[month].open;
        int width = (int)strlen(duration_text(months[month].open, open));
        widest = width > widest ? width : widest;
    }
    for (int32_t month = 0; month < 12; month++) {
        const struct totals *totals = &months[month];
        printf("%s%-9s%s%c %2u day%s  %*s", style(stdout, STYLE_BOLD), month_name(month + 1),
               style(stdout, STYLE_PLAIN), totals->provisional ? '?' : ' ', totals->open_days,
               totals->open_days == 1 ? " " : "s", widest, duration_text(totals->open, open));
        if (totals->open > 0)
            fputs("  ", stdout);
        print_share(totals->open, most);
        putchar('\n');
    }
    putchar('\n');
}

void print_year(const struct span *span)
{
    print_title(span);
    for (int32_t month = 1; month <= 12; month += MONTHS_ABREAST)
        print_months(span, month);
    print_shares(span);
    if (span->totals.open_days < span->count)
        printf("%s closed\n", glyph("·", "."));
    if (print_occasions(span) || span->totals.open_days < span->count)
        putchar('\n');
    print_totals(&span->totals);
}
