/* SPDX-License-Identifier: MIT */
/* A month or a year of a calendar as an SVG picture: a column for every date, and the hours of the
   day from top to bottom. */
#include "calendar.h"
#include "calendar_svg_key.h"
#include "svg.h"

#include <stdlib.h>
#include <string.h>

#define HEAD 92
#define AXIS 44   /* left of the first panel */
#define GAP 26    /* between panels */
#define TITLE 22  /* over a panel */
#define LABELS 18 /* under it */
#define MARGIN 24
#define NAME_LETTER 7.5 /* about as high as a letter of a name that is written downwards */

/* How the panels of the months lie on the paper. */
struct layout {
    int abreast;       /* months in a row */
    int step;          /* hours between two lines */
    double day, hour;  /* size of a date and of an hour */
    double width;      /* of a panel */
    double height;
};

static struct layout layout_of(const struct span *span)
{
    bool year = span->month == 0;
    double day = year ? 10 : 31, hour = year ? 5 : 16;
    return (struct layout){.abreast = year ? 3 : 1, .step = year ? 6 : 3, .day = day, .hour = hour,
                           .width = 31 * day, .height = 24 * hour};
}

/* What is told when the pointer rests on a date. */
static void print_tooltip(const struct drawn_day *day)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    char open[DURATION_CAPACITY], from[CLOCK_CAPACITY], to[CLOCK_CAPACITY];
    fprintf(stream, "%s %d %s %d", weekday_name(day->date), day->number, month_name(day->month),
            day->year);
    if (kind_index(day) != SLA_DAY_REGULAR)
        fprintf(stream, "\n%s", day_kind(day)->one);
    if (day->day.name.length > 0)
        fprintf(stream, ": %.*s", (int)day->day.name.length, day->day.name.data);
    fputs(day->skipped ? "\nskipped by the zone" : day->day.open == 0 ? "\nclosed" : "\n", stream);
    for (size_t i = 0; i < day->day.stretch_count; i++)
        fprintf(stream, "%s%s-%s", i > 0 ? ", " : "", clock_text(day->hours[i].from, from),
                clock_text(day->hours[i].to, to));
    if (day->day.open > 0)
        fprintf(stream, " (%s)", duration_text(day->day.open, open));
    for (size_t i = 0; i < day->change_count; i++)
        fprintf(stream, "\nclock %s to %s, %s", clock_text(day->changes[i].from, from),
                clock_text(day->changes[i].to, to), shift_text(&day->changes[i], open));
    if (day->provisional)
        fputs("\nprovisional: the holiday lists end before", stream);
    fclose(stream);
    fputs("<title>", stdout);
    for (const char *line = text; *line != '\0';) {
        size_t size = strcspn(line, "\n");
        svg_escaped(line, size);
        line += size + (line[size] == '\n');
        if (*line != '\0')
            putchar('\n');
    }
    fputs("</title>", stdout);
    free(text);
}

static void print_rect(const char *class, double x, double width, int32_t from, int32_t to)
{
    printf("<rect class=\"%s\" x=\"%g\" y=\"%d\" width=\"%g\" height=\"%d\"/>", class, x, from,
           width, to - from);
}

/* Inside a panel x counts dates and y counts seconds of the wall clock. */
static void print_day(const struct drawn_day *day)
{
    double x = day->number - 1;
    bool free_day = day->day.kind == SLA_DAY_REGULAR && day->day.open == 0;
    printf("<g class=\"day %s%s\" data-date=\"%04d-%02d-%02d\">", day_kind(day)->word,
           day->provisional ? " provisional" : "", day->year, day->month, day->number);
    print_tooltip(day);
    print_rect(day->skipped ? "ground nodate" : free_day ? "ground free" : "ground", x + 0.03, 0.94,
               0, DAY_SECONDS);
    for (size_t i = 0; i < day->part_count; i++)
        print_rect("open", x + 0.12, 0.76, day->parts[i].from, day->parts[i].to);
    for (size_t i = 0; i < day->change_count && !day->skipped; i++) {
        const struct clock_change *change = &day->changes[i];
        if (change->from < change->to)
            print_rect("skipped", x, 1, change->from, change->to);
        else
            print_rect("repeated", x, 1, change->to, change->from);
    }
    puts("</g>");
}

/* A flag over a date on which the clock changes. */
static void print_flag(const struct layout *layout, const struct drawn_day *day, double x, double y)
{
    double middle = x + (day->number - 0.5) * layout->day;
    if (day->change_count == 0)
        return;
    printf("<path class=\"mark\" d=\"M%g %gl-4 -6h8z\">", middle, y - 1);
    print_tooltip(day);
    puts("</path>");
}

static void print_grid(const struct layout *layout, size_t dates, bool labels, double x, double y)
{
    for (int hour = 0; hour <= 24; hour += layout->step) {
        double line = y + hour * layout->hour;
        printf("<path class=\"grid\" d=\"M%g %gh%g\"/>\n", x, line, (double)dates * layout->day);
        if (labels)
            svg_text(x - 6, line + 3.5, "hour", "%02d:00", hour);
    }
}

static void print_dates(const struct layout *layout, const struct drawn_day *days, size_t count,
                        double x, double y)
{
    for (size_t i = 0; i < count; i++) {
        double middle = x + (days[i].number - 0.5) * layout->day;
        if (layout->abreast == 1) {
            svg_text(middle, y + 14, "date", "%d", days[i].number);
            svg_text(middle, y + 26, "date", "%s", weekday_name(days[i].date));
        } else if (weekday_index(days[i].date) == 0) {
            svg_text(middle, y + 12, "date", "%d", days[i].number);
        }
    }
}

/* In a month there is room for a name in the column of a closed date. */
static void print_names(const struct layout *layout, const struct drawn_day *days, size_t count,
                        double x, double y)
{
    for (size_t i = 0; i < count; i++) {
        sla_text name = days[i].day.name;
        if (layout->abreast > 1 || name.length == 0 || days[i].day.open > 0)
            continue;
        char *text = visible_text(name.data, name.length);
        size_t length = strlen(text), columns = (size_t)(layout->height / NAME_LETTER);
        bool fits = text_width(text, length) <= columns;
        printf("<g transform=\"translate(%g %g) rotate(90)\">",
               x + (days[i].number - 0.5) * layout->day - 4, y + 10);
        svg_text(0, 0, "name", "%.*s%s",
                 (int)(fits ? length : text_fitting(text, length, columns - 2)), text,
                 fits ? "" : "…");
        puts("</g>");
        free(text);
    }
}

static void print_panel(const struct span *span, const struct layout *layout, int32_t month,
                        int place)
{
    const struct drawn_day *days;
    size_t count = span_month(span, month, &days);
    struct totals totals = span_month_totals(span, month);
    char open[DURATION_CAPACITY];
    int column = place % layout->abreast, row = place / layout->abreast;
    double x = AXIS + column * (layout->width + GAP);
    double y = HEAD + TITLE + row * (layout->height + TITLE + LABELS + 8);
    if (layout->abreast > 1) {
        svg_text(x, y - 11, "month", "%s", month_name(month));
        svg_text(x + layout->width, y - 11, "total", "%u day%s · %s", totals.open_days,
                 totals.open_days == 1 ? "" : "s", duration_text(totals.open, open));
    }
    printf("<g class=\"panel\" data-month=\"%d\" transform=\"translate(%g %g) scale(%g %.9g)\">\n",
           month, x, y, layout->day, layout->hour / 3600);
    for (size_t i = 0; i < count; i++)
        print_day(&days[i]);
    puts("</g>");
    print_grid(layout, count, column == 0, x, y);
    print_names(layout, days, count, x, y);
    print_dates(layout, days, count, x, y + layout->height);
    for (size_t i = 0; i < count; i++)
        print_flag(layout, &days[i], x, y);
}

void print_span_svg(const struct span *span)
{
    struct layout layout = layout_of(span);
    char title[32], *totals = totals_text(&span->totals);
    int months = span->month == 0 ? 12 : 1, rows = months / layout.abreast;
    double width = AXIS + layout.abreast * (layout.width + GAP) - GAP + MARGIN;
    double key = HEAD + rows * (layout.height + TITLE + LABELS + 8) + (rows == 1 ? 26 : 16);
    double height = key + svg_key_height(span) + MARGIN;
    printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %g %g\" width=\"%g\" "
           "height=\"%g\" role=\"img\">\n",
           width, height, width, height);
    svg_title("%.*s · %s · %.*s", (int)span->name.length, span->name.data, span_title(span, title),
              (int)span->zone.length, span->zone.data);
    printf("\n<desc>%s</desc>\n", totals);
    svg_style();
    printf("<rect class=\"paper\" width=\"%g\" height=\"%g\"/>\n", width, height);
    svg_text(AXIS, 42, "heading", "%.*s · %s", (int)span->name.length, span->name.data, title);
    svg_text(AXIS, 64, "soft", "%.*s · %s", (int)span->zone.length, span->zone.data, totals);
    for (int place = 0; place < months; place++)
        print_panel(span, &layout, span->month == 0 ? place + 1 : span->month, place);
    svg_key(span, AXIS, key, width - AXIS - MARGIN);
    puts("</svg>");
    free(totals);
}
