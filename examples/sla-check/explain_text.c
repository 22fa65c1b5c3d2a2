/* SPDX-License-Identifier: MIT */
/* An explanation on the screen: the library's text, with what is looked for first set off. */
#include "explain_text.h"

#include "output.h"

#include <stdlib.h>
#include <string.h>

/* Headings begin at the margin; rows that did not match are not what one looks for first. */
static const char *line_style(const char *line, size_t length)
{
    static const char denied[] = "  no   wants ", under_it[] = "                    ";
    if (length > 0 && line[0] != ' ')
        return style(stdout, STYLE_BOLD);
    if (memmem(line, length, denied, strlen(denied)) != NULL ||
        (length > strlen(under_it) && memcmp(line, under_it, strlen(under_it)) == 0))
        return style(stdout, STYLE_DIM);
    return "";
}

static void print_line(const char *line, size_t length)
{
    const char *start = line_style(line, length);
    fputs(start, stdout);
    while (!output_is_utf8()) { /* what is our own can be written otherwise */
        const char *dash = memmem(line, length, "\xe2\x80\x93", 3);
        if (dash == NULL)
            break;
        print_visible(stdout, line, (size_t)(dash - line));
        putchar('-');
        length -= (size_t)(dash - line) + 3;
        line = dash + 3;
    }
    print_visible(stdout, line, length);
    fputs(*start != '\0' ? style(stdout, STYLE_PLAIN) : "", stdout);
    putchar('\n');
}

void print_explanation(const sla_explanation *explanation, uint32_t flags, int indent)
{
    size_t length = sla_explanation_text(explanation, flags, NULL, 0);
    char *text = get_memory(NULL, length + 1);
    sla_explanation_text(explanation, flags, text, length + 1);
    for (const char *line = text; *line != '\0';) {
        size_t size = strcspn(line, "\n");
        printf("%*s", size > 0 ? indent : 0, "");
        print_line(line, size);
        line += size + 1;
    }
    free(text);
}
