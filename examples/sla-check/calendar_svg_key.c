/* SPDX-License-Identifier: MIT */
/* What stands under the SVG picture of a calendar: what the colours mean, and what is special. */
#include "calendar_svg_key.h"
#include "svg.h"

#include <stdlib.h>
#include <string.h>

#define LINE 18
#define COLUMNS 3
#define LETTER 6.3 /* about as wide as a letter of the list */

/* What is worth a line: an occasion, or a change of the clock. */
struct item {
    const struct drawn_day *first, *last;
    const struct clock_change *change; /* NULL for an occasion */
};

/* In the order of the dates; to be freed. */
static struct item *find_items(const struct span *span, size_t *out_count)
{
    struct item *items = get_memory(NULL, span->count * (1 + CHANGE_LIMIT) * sizeof *items);
    const struct drawn_day *listed = NULL; /* the last date of the last occasion */
    size_t count = 0;
    for (size_t i = 0; i < span->count; i++) {
        const struct drawn_day *day = &span->days[i];
        if (kind_index(day) != SLA_DAY_REGULAR && (listed == NULL || day > listed)) {
            listed = span_occasion_end(span, day);
            items[count++] = (struct item){day, listed, NULL};
        }
        for (size_t k = 0; k < day->change_count; k++)
            items[count++] = (struct item){day, day, &day->changes[k]};
    }
    *out_count = count;
    return items;
}

static size_t rows_of(size_t count)
{
    return (count + COLUMNS - 1) / COLUMNS;
}

double svg_key_height(const struct span *span)
{
    size_t count;
    free(find_items(span, &count));
    return LINE * (1.5 + (double)rows_of(count)) + (span->provisional != NULL ? LINE : 0);
}

static char *item_text(const struct item *item)
{
    char *text = NULL, from[CLOCK_CAPACITY], to[CLOCK_CAPACITY], shift[DURATION_CAPACITY];
    char until[32] = "";
    const struct drawn_day *first = item->first, *last = item->last;
    int length;
    if (last != first && last->month != first->month)
        snprintf(until, sizeof until, " %.3s - %d", month_name(first->month), last->number);
    else if (last != first)
        snprintf(until, sizeof until, "-%d", last->number);
    if (item->change != NULL && first->skipped)
        length = asprintf(&text, "%d %.3s  is skipped, %s", first->number,
                          month_name(first->month), shift_text(item->change, shift));
    else if (item->change != NULL)
        length = asprintf(&text, "%d %.3s  clock %s → %s, %s", first->number,
                          month_name(first->month), clock_text(item->change->from, from),
                          clock_text(item->change->to, to), shift_text(item->change, shift));
    else if (first->day.name.length > 0)
        length = asprintf(&text, "%d%s %.3s  %.*s", first->number, until, month_name(last->month),
                          (int)first->day.name.length, first->day.name.data);
    else
        length = asprintf(&text, "%d%s %.3s  %s", first->number, until, month_name(last->month),
                          day_kind(first)->one);
    if (length < 0) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    return text;
}

static void print_swatch(double x, double y, const char *kind, bool open)
{
    printf("<g class=\"%s\"><rect class=\"ground\" x=\"%g\" y=\"%g\" width=\"11\" height=\"11\"/>",
           kind, x, y - 10);
    if (open)
        printf("<rect class=\"open\" x=\"%g\" y=\"%g\" width=\"7\" height=\"7\"/>", x + 2, y - 8);
    puts("</g>");
}

static void print_flag(double x, double y)
{
    printf("<path class=\"mark\" d=\"M%g %gl-4 -7h8z\"/>\n", x + 5, y - 1);
}

static void print_item(const struct item *item, double x, double y, double width)
{
    char *text = item_text(item), *visible = visible_text(text, strlen(text));
    size_t columns = (size_t)((width - 20) / LETTER), length = strlen(visible);
    size_t fitting = text_width(visible, length) <= columns
                         ? length
                         : text_fitting(visible, length, columns - 1);
    if (item->change != NULL)
        print_flag(x, y);
    else
        print_swatch(x, y, day_kind(item->first)->word, item->first->day.open > 0);
    puts("<g>");
    if (fitting < length)
        svg_title("%s", text);
    svg_text(x + 18, y, "item", "%.*s%s", (int)fitting, visible, fitting < length ? "…" : "");
    puts("</g>");
    free(visible);
    free(text);
}

/* What the colours mean: only those that the picture has. */
static void print_colours(const struct span *span, double x, double y)
{
    static const struct day_kind open = {.word = "regular", .one = "open"};
    const struct day_kind *shown[KIND_COUNT] = {&open};
    for (size_t i = 0; i < span->count; i++)
        if (kind_index(&span->days[i]) != SLA_DAY_REGULAR)
            shown[kind_index(&span->days[i])] = day_kind(&span->days[i]);
    for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        if (shown[kind] == NULL)
            continue;
        print_swatch(x, y, shown[kind]->word, kind != SLA_DAY_HOLIDAY);
        svg_text(x + 16, y, "soft", "%s", shown[kind]->one);
        x += 34 + LETTER * (double)strlen(shown[kind]->one);
    }
    for (size_t i = 0; i < span->count; i++) {
        if (span->days[i].change_count == 0)
            continue;
        print_flag(x, y);
        svg_text(x + 16, y, "soft", "the clock changes");
        return;
    }
}

void svg_key(const struct span *span, double x, double y, double width)
{
    size_t count;
    struct item *items = find_items(span, &count);
    double column = (width + 26) / COLUMNS;
    print_colours(span, x, y);
    y += LINE * 1.5;
    for (size_t i = 0; i < count; i++) {
        size_t row = i % rows_of(count), place = i / rows_of(count);
        print_item(&items[i], x + (double)place * column, y + LINE * (double)row, column - 26);
    }
    if (span->provisional != NULL) {
        int32_t year, month, number;
        sla_date_to_civil(span_through(span), &year, &month, &number);
        svg_text(x, y + LINE * (double)rows_of(count), "soft",
                 "Provisional from %d %s on: the holiday lists end on %d %s %d.",
                 span->provisional->number, month_name(span->provisional->month), number,
                 month_name(month), year);
    }
    free(items);
}
