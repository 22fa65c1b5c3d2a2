/* SPDX-License-Identifier: MIT */
/* A table for people: columns as wide as their widest cell. */
#include "table.h"

#include "output.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct table {
    const char *const *headings;
    size_t columns;
    char **cells;
    size_t count, capacity;
};

struct table *table_new(const char *const *headings, size_t columns)
{
    struct table *table = get_memory(NULL, sizeof *table);
    *table = (struct table){.headings = headings, .columns = columns};
    return table;
}

void table_add(struct table *table, const char *format, ...)
{
    char *cell = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&cell, &length);
    if (stream == NULL) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stream, format, arguments);
    va_end(arguments);
    fclose(stream);
    if (table->count == table->capacity) {
        table->capacity = table->capacity * 2 + 32;
        table->cells = get_memory(table->cells, table->capacity * sizeof *table->cells);
    }
    table->cells[table->count++] = visible_text(cell, length);
    free(cell);
}

static void print_spaces(size_t count)
{
    while (count-- > 0)
        putchar(' ');
}

/* No spaces are left at the end of a line: they are a nuisance in a file. */
static void print_cell(const char *cell, size_t width, bool right, bool last)
{
    size_t own = text_width(cell, strlen(cell));
    size_t gap = width > own ? width - own : 0;
    if (right)
        print_spaces(gap);
    fputs(cell, stdout);
    if (!last)
        print_spaces((right ? 0 : gap) + 2);
}

static bool is_right(const char *heading)
{
    return heading[0] == '>';
}

static const char *heading_text(const char *heading)
{
    return is_right(heading) ? heading + 1 : heading;
}

void table_print(struct table *table)
{
    size_t columns = table->columns;
    size_t *widths = get_memory(NULL, columns * sizeof *widths);
    for (size_t column = 0; column < columns; column++) {
        const char *heading = heading_text(table->headings[column]);
        widths[column] = text_width(heading, strlen(heading));
        for (size_t i = column; i < table->count; i += columns) {
            size_t width = text_width(table->cells[i], strlen(table->cells[i]));
            if (width > widths[column])
                widths[column] = width;
        }
    }
    fputs(style(stdout, STYLE_BOLD), stdout);
    for (size_t column = 0; column < columns; column++)
        print_cell(heading_text(table->headings[column]), widths[column],
                   is_right(table->headings[column]), column + 1 == columns);
    fputs(style(stdout, STYLE_PLAIN), stdout);
    putchar('\n');
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i % columns;
        print_cell(table->cells[i], widths[column], is_right(table->headings[column]),
                   column + 1 == columns);
        if (column + 1 == columns)
            putchar('\n');
        free(table->cells[i]);
    }
    free(table->cells);
    free(widths);
    free(table);
}
