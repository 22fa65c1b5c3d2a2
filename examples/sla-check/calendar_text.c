/* SPDX-License-Identifier: MIT */
/* What the pictures of a month and a year have in common on the terminal: the title, what is
   special, and the totals. */
#include "calendar_text.h"

#include <stdlib.h>
#include <string.h>

#define INDENT 17
#define DATE_CAPACITY 64

const char *glyph(const char *utf8, const char *ascii)
{
    return output_is_utf8() ? utf8 : ascii;
}

size_t print_fitted(const char *text, size_t length, size_t columns)
{
    size_t width = text_width(text, length);
    if (width <= columns) {
        print_visible(stdout, text, length);
        return width;
    }
    const char *dots = glyph("…", "...");
    size_t dots_width = text_width(dots, strlen(dots));
    if (columns < dots_width)
        return 0;
    size_t fitting = text_fitting(text, length, columns - dots_width);
    print_visible(stdout, text, fitting);
    fputs(dots, stdout);
    return text_width(text, fitting) + dots_width;
}

void print_title(const struct span *span)
{
    char title[32];
    const char *dot = glyph("·", "-");
    fputs(style(stdout, STYLE_BOLD), stdout);
    print_fitted(span->name.data, span->name.length, output_columns() - 56);
    printf("%s %s %s %s %.*s\n\n", style(stdout, STYLE_PLAIN), dot, span_title(span, title), dot,
           (int)span->zone.length, span->zone.data);
}

/* A list with a heading, words wrapped to a hanging indent. */
struct list {
    const char *heading;
    char sign;
    enum style colour;
    size_t column; /* 0: nothing was printed yet */
};

static void begin_line(struct list *list, bool first)
{
    if (first)
        printf("%s%c %-*s%s", style(stdout, list->colour), list->sign, INDENT - 2, list->heading,
               style(stdout, STYLE_PLAIN));
    else
        printf("\n%*s", INDENT, "");
    list->column = INDENT;
}

static void print_item(struct list *list, const char *text)
{
    size_t limit = output_columns(), length = strlen(text), width = text_width(text, length);
    bool first = list->column == 0;
    if (!first)
        putchar(',');
    if (first || list->column + 2 + width + 1 > limit) {
        begin_line(list, first);
    } else {
        putchar(' ');
        list->column += 2;
    }
    /* A name longer than a line goes on in the next one. */
    for (;;) {
        size_t fitting = text_fitting(text, length, limit - list->column - 1);
        if (fitting == 0) /* a terminal cannot be as narrow as that, but a loop must end */
            fitting = length;
        print_visible(stdout, text, fitting);
        list->column += text_width(text, fitting);
        text += fitting;
        length -= fitting;
        if (length == 0)
            return;
        begin_line(list, false);
    }
}

static bool end_list(const struct list *list)
{
    if (list->column > 0)
        putchar('\n');
    return list->column > 0;
}

static int write_date(char *buffer, sla_date date, bool with_year)
{
    int32_t year, month, number;
    sla_date_to_civil(date, &year, &month, &number);
    int used = sprintf(buffer, "%d %.3s", number, month_name(month));
    if (with_year)
        used += sprintf(buffer + used, " %d", year);
    return used;
}

/* "15 Feb", or "15 Feb to 23 Feb Spring Festival" when it lasts. */
static void print_occasion(struct list *list, const struct drawn_day *first,
                           const struct drawn_day *last)
{
    char *text = get_memory(NULL, first->day.name.length + 2 * DATE_CAPACITY);
    int used = write_date(text, first->date, false);
    if (last != first) {
        used += sprintf(text + used, " to ");
        used += write_date(text + used, last->date, false);
    }
    if (first->day.name.length > 0)
        sprintf(text + used, " %.*s", (int)first->day.name.length, first->day.name.data);
    print_item(list, text);
    free(text);
}

static bool print_kind(const struct span *span, unsigned kind)
{
    struct list list = {0};
    for (const struct drawn_day *day = span->days; day < span->days + span->count; day++) {
        if (kind_index(day) != kind)
            continue;
        if (list.heading == NULL) {
            const struct day_kind *words = day_kind(day);
            list = (struct list){.heading = words->many, .sign = words->sign,
                                 .colour = kind == SLA_DAY_HOLIDAY ? STYLE_RED : words->colour};
        }
        const struct drawn_day *last = span_occasion_end(span, day);
        print_occasion(&list, day, last);
        day = last;
    }
    return end_list(&list);
}

/* "8 Mar 02:00 → 03:00 (1h forward, a day of 23h)". */
static void print_change(struct list *list, const struct drawn_day *day,
                         const struct clock_change *change)
{
    char text[4 * DATE_CAPACITY], from[CLOCK_CAPACITY], to[CLOCK_CAPACITY];
    char shift[DURATION_CAPACITY], length[DURATION_CAPACITY];
    int used = write_date(text, day->date, false);
    if (day->skipped)
        sprintf(text + used, " is skipped (%s)", shift_text(change, shift));
    else
        sprintf(text + used, " %s %s %s (%s, a day of %s)", clock_text(change->from, from),
                glyph("→", "->"), clock_text(change->to, to), shift_text(change, shift),
                duration_text(day->day.end - day->day.start, length));
    print_item(list, text);
}

static bool print_changes(const struct span *span)
{
    struct list list = {.heading = "clock changes", .sign = '\'', .colour = STYLE_YELLOW};
    for (size_t i = 0; i < span->count; i++)
        for (size_t k = 0; k < span->days[i].change_count; k++)
            print_change(&list, &span->days[i], &span->days[i].changes[k]);
    return end_list(&list);
}

static bool print_provisional(const struct span *span)
{
    struct list list = {.heading = "provisional", .sign = '?', .colour = STYLE_YELLOW};
    char text[2 * DATE_CAPACITY + 64];
    if (span->provisional == NULL)
        return false;
    int used = sprintf(text, "from ");
    used += write_date(text + used, span->provisional->date, false);
    used += sprintf(text + used, " on: the holiday lists end on ");
    write_date(text + used, span_through(span), true);
    print_item(&list, text);
    return end_list(&list);
}

bool print_occasions(const struct span *span)
{
    bool any = false;
    for (unsigned kind = 1; kind < KIND_COUNT; kind++)
        any = print_kind(span, kind) || any;
    any = print_changes(span) || any;
    return print_provisional(span) || any;
}

void print_totals(const struct totals *totals)
{
    char *text = totals_text(totals);
    size_t open = strcspn(text, ","), length = open + 1 + strcspn(text + open + 1, ",");
    printf("%s%.*s%s%s\n", style(stdout, STYLE_BOLD), (int)length, text,
           style(stdout, STYLE_PLAIN), text + length);
    free(text);
}
