/* SPDX-License-Identifier: MIT */
/* A month of a calendar as a picture: a bar of 24 hours for every date, and its weeks. */
#include "calendar.h"
#include "calendar_text.h"

#include <stdlib.h>
#include <string.h>

#define CELLS 48
#define CELL_SECONDS 1800
#define BAR_COLUMN 8
#define NOTE_LEAST 8 /* columns without which a name says nothing */
#define HOURS_CAPACITY 128 /* columns of a line, and one stretch more */
#define HOURS_USUAL 23 /* "09:00-12:00 13:30-18:00" */

/* How much of a cell is open. */
enum cell {
    CELL_CLOSED,
    CELL_FIRST_HALF,
    CELL_SECOND_HALF,
    CELL_PART,
    CELL_OPEN,
    CELL_SKIPPED,  /* the wall clock never shows it */
    CELL_REPEATED, /* it comes twice, and is closed */
    CELL_TWICE,    /* it comes twice, and counts twice */
    CELL_KINDS,
};

struct legend {
    bool seen[CELL_KINDS];
};

static int32_t overlap(int32_t from, int32_t to, int32_t low, int32_t high)
{
    int32_t start = from > low ? from : low, end = to < high ? to : high;
    return end > start ? end - start : 0;
}

/* What the changes of the clock do to a cell; CELL_CLOSED: nothing. */
static enum cell changed_cell(const struct drawn_day *day, int32_t low, int32_t high, int32_t open)
{
    for (size_t i = 0; i < day->change_count; i++) {
        const struct clock_change *change = &day->changes[i];
        if (2 * overlap(change->from, change->to, low, high) >= high - low)
            return open == 0 ? CELL_SKIPPED : CELL_CLOSED;
        if (2 * overlap(change->to, change->from, low, high) >= high - low)
            return open == 0 ? CELL_REPEATED : open > high - low ? CELL_TWICE : CELL_CLOSED;
    }
    return CELL_CLOSED;
}

/* By the wall clock, as the hours were written (C1). */
static enum cell cell_at(const struct drawn_day *day, int cell)
{
    int32_t low = cell * CELL_SECONDS, middle = low + CELL_SECONDS / 2, high = low + CELL_SECONDS;
    int32_t first = 0, second = 0;
    for (size_t i = 0; i < day->part_count; i++) {
        first += overlap(day->parts[i].from, day->parts[i].to, low, middle);
        second += overlap(day->parts[i].from, day->parts[i].to, middle, high);
    }
    enum cell changed = changed_cell(day, low, high, first + second);
    bool first_full = first >= CELL_SECONDS / 2, second_full = second >= CELL_SECONDS / 2;
    if (changed != CELL_CLOSED)
        return changed;
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

static const char *cell_glyph(enum cell cell)
{
    static const char *const blocks[CELL_KINDS] = {"·", "▌", "▐", "▒", "█", "»", "«", "2"};
    static const char *const plain[CELL_KINDS] = {".", "+", "+", "+", "#", ">", "<", "2"};
    return glyph(blocks[cell], plain[cell]);
}

static void print_bar(const struct drawn_day *day, struct legend *legend)
{
    enum style current = STYLE_PLAIN;
    for (int cell = 0; cell < CELLS; cell++) {
        enum cell look = cell_at(day, cell);
        enum style wanted = look == CELL_CLOSED   ? STYLE_DIM
                            : look > CELL_OPEN    ? STYLE_YELLOW
                            : day->provisional    ? STYLE_PLAIN
                                                  : day_kind(day)->colour;
        if (wanted != current)
            printf("%s%s", style(stdout, STYLE_PLAIN), style(stdout, wanted));
        current = wanted;
        legend->seen[look] = true;
        fputs(cell_glyph(look), stdout);
    }
    fputs(style(stdout, STYLE_PLAIN), stdout);
}

/* "09:00-12:00 13:30-18:00", or the first of them and "+3" where there is no room for all. */
static void write_hours(const struct drawn_day *day, size_t columns, char buffer[HOURS_CAPACITY])
{
    char from[CLOCK_CAPACITY], to[CLOCK_CAPACITY];
    size_t used = 0, count = day->day.stretch_count;
    if (count == 0)
        strcpy(buffer, day->skipped ? "no such date" : "closed");
    for (size_t i = 0; i < count; i++) {
        size_t mark = used, rest = 0;
        used += (size_t)snprintf(buffer + used, HOURS_CAPACITY - used, "%s%s-%s", i > 0 ? " " : "",
                                 clock_text(day->hours[i].from, from),
                                 clock_text(day->hours[i].to, to));
        if (i + 1 < count)
            rest = (size_t)snprintf(from, sizeof from, " +%zu", count - i - 1);
        if (i > 0 && used + rest > columns) {
            snprintf(buffer + mark, HOURS_CAPACITY - mark, " +%zu", count - i);
            return;
        }
    }
}

/* What stands behind the hours: a name, or how the clock changes. */
static char *note_text(const struct drawn_day *day)
{
    char clock[64] = "", from[CLOCK_CAPACITY], to[CLOCK_CAPACITY];
    const char *kind = day_kind(day)->one;
    sla_text name = day->day.name;
    if (day->change_count > 0 && !day->skipped)
        snprintf(clock, sizeof clock, "%s%s%s", clock_text(day->changes[0].from, from),
                 glyph("→", ">"), clock_text(day->changes[0].to, to));
    char *text = get_memory(NULL, name.length + strlen(kind) + sizeof clock + 3);
    size_t used = (size_t)sprintf(text, "%s", clock);
    if (name.length == 0) {
        sprintf(text + used, "%s%s", used > 0 && *kind != '\0' ? ", " : "", kind);
        return text;
    }
    used += (size_t)sprintf(text + used, "%s", used > 0 ? ", " : "");
    memcpy(text + used, name.data, name.length);
    text[used + name.length] = '\0';
    return text;
}

static char day_sign(const struct drawn_day *day)
{
    char sign = day_kind(day)->sign;
    return sign != ' '             ? sign
           : day->change_count > 0 ? '\''
           : day->provisional      ? '?'
                                   : ' ';
}

static void print_day(const struct drawn_day *day, struct legend *legend)
{
    size_t gap = output_columns() >= 100 ? 2 : 1;
    size_t room = output_columns() - BAR_COLUMN - CELLS - gap;
    bool quiet = day->day.open == 0 && day->day.kind == SLA_DAY_REGULAR;
    enum style sign_style = day_kind(day)->sign != ' ' ? day_kind(day)->colour : STYLE_YELLOW;
    char sign[2] = {day_sign(day), '\0'};
    printf("%s%s %2d%s%s%s%s ", style(stdout, quiet ? STYLE_DIM : STYLE_BOLD),
           weekday_name(day->date), day->number, style(stdout, STYLE_PLAIN),
           style(stdout, sign_style), sign, style(stdout, STYLE_PLAIN));
    print_bar(day, legend);
    char *note = note_text(day);
    char hours[HOURS_CAPACITY];
    write_hours(day, *note != '\0' && gap == 2 ? HOURS_USUAL : room, hours);
    size_t width = strlen(hours);
    printf("%*s%s%s%s", (int)gap, "", style(stdout, quiet ? STYLE_DIM : STYLE_PLAIN), hours,
           style(stdout, STYLE_PLAIN));
    /* The notes stand under each other where there is room for that. */
    size_t column = width;
    if (gap == 2 && width < HOURS_USUAL && HOURS_USUAL + 2 + text_width(note, strlen(note)) <= room)
        column = HOURS_USUAL;
    if (*note != '\0' && column + 2 + NOTE_LEAST <= room) {
        printf("%*s%s", (int)(column - width + 2), "", style(stdout, sign_style));
        print_fitted(note, strlen(note), room - column - 2);
        fputs(style(stdout, STYLE_PLAIN), stdout);
    }
    putchar('\n');
    free(note);
}

/* Behind a Sunday and the last date: what its week, or the part of it in the month, adds up to. */
static void print_week(const struct totals *week)
{
    char open[DURATION_CAPACITY], text[DURATION_CAPACITY + 32];
    snprintf(text, sizeof text, "%u day%s, %s", week->open_days, week->open_days == 1 ? "" : "s",
             duration_text(week->open, open));
    printf("%s%*s%*s%s%s\n", style(stdout, STYLE_DIM), BAR_COLUMN + CELLS, "week",
           output_columns() >= 100 ? 2 : 1, "", week->open > 0 ? text : "no open day",
           style(stdout, STYLE_PLAIN));
}

static void print_scale(void)
{
    printf("%s%*s", style(stdout, STYLE_DIM), BAR_COLUMN, "");
    for (int hour = 0; hour < 24; hour += 3)
        printf("%-6d", hour);
    printf("24%s\n", style(stdout, STYLE_PLAIN));
}

static void print_legend(const struct legend *legend)
{
    static const char *const words[CELL_KINDS] = {
        [CELL_CLOSED] = "closed",
        [CELL_PART] = "open in part",
        [CELL_OPEN] = "open",
        [CELL_SKIPPED] = "skipped by the clock",
        [CELL_REPEATED] = "comes twice",
        [CELL_TWICE] = "open, comes twice",
    };
    static const enum cell order[] = {CELL_OPEN,     CELL_PART,     CELL_CLOSED,
                                      CELL_SKIPPED,  CELL_REPEATED, CELL_TWICE};
    bool halves = legend->seen[CELL_FIRST_HALF] || legend->seen[CELL_SECOND_HALF];
    printf("%s%*s", style(stdout, STYLE_DIM), BAR_COLUMN, "");
    const char *gap = "";
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (order[i] == CELL_PART && halves && output_is_utf8()) {
            printf("%s▌▐ open for half of it", gap);
            gap = "   ";
        }
        if (!legend->seen[order[i]] &&
            !(order[i] == CELL_PART && halves && !output_is_utf8()))
            continue;
        printf("%s%s %s", gap, cell_glyph(order[i]), words[order[i]]);
        gap = "   ";
    }
    printf("%s\n", style(stdout, STYLE_PLAIN));
}

void print_month(const struct span *span)
{
    struct legend legend = {{false}};
    struct totals week = {0};
    print_title(span);
    print_scale();
    for (size_t i = 0; i < span->count; i++) {
        print_day(&span->days[i], &legend);
        totals_add(&week, &span->days[i]);
        if (weekday_index(span->days[i].date) < 6 && i + 1 < span->count)
            continue;
        print_week(&week);
        week = (struct totals){0};
    }
    print_legend(&legend);
    putchar('\n');
    if (print_occasions(span))
        putchar('\n');
    print_totals(&span->totals);
}
